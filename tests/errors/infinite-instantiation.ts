import type { char, float, int } from "rtypescript/rlib";
class Box<T> { constructor(readonly value: T) {} }
function deep<T>(b: Box<T>, n: int): int { return n === 0 ? 0 : deep(new Box(b), n - 1); }
export function main(argv: string[]): int { return deep(new Box(1), argv.length); }
