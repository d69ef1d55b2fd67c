import type { char, float, int } from "rtypescript/rlib";
const xs = [1, , 3];
export function main(argv: string[]): int { return xs[0]!; }
