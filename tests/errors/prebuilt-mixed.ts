import type { char, float, int } from "rtypescript/rlib";
const xs: any[] = [1, "a"];
export function main(argv: string[]): int { return xs[0] === 1 ? 1 : 0; }
