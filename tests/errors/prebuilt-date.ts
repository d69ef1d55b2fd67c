import type { char, float, int } from "rtypescript/rlib";
const started = new Date();
export function main(argv: string[]): int { return started.getTime() > 0 ? 1 : 0; }
