import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  return new Uint8Array(10).subarray(2).length;
}
