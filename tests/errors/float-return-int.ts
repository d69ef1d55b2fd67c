import type { char, float, int } from "rtypescript/rlib";
function f(n: int): int { return n / 2; }
export function main(argv: string[]): int { return f(argv.length); }
