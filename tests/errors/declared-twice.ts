import type { char, float, int } from "rtypescript/rlib";
const ints: int[] = [1];
const floats: float[] = ints;
export function main(argv: string[]): int { return ints[0]! + (floats[0]! > 1 ? 1 : 0); }
