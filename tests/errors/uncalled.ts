import type { char, float, int } from "rtypescript/rlib";
export function helper(xs: int[], name: string): int { return xs[name as any]!; }
export class Thing { constructor(readonly n: int) {} half(): int { return this.n / 2; } }
export function main(argv: string[]): int { return 0; }
