import type { char, float, int } from "rtypescript/rlib";
const table = [{ name: "a", x: Promise.resolve(1) }];
export function main(argv: string[]): int { return (table[0]!.x as any) === null ? 1 : 0; }
