import type { char, float, int } from "rtypescript/rlib";
function f() { throw "text"; }
export function main(argv: string[]): int { f(); return 0; }
