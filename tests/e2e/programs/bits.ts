/** The 32-bit operators, with values around the borders. */
import type { int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const n = argv.length + 0x7fffffff;
  console.log(`${n | 0} ${(n + 1) | 0} ${n & 0xff} ${n ^ 0x55} ${~n}`);
  console.log(`${1 << 31} ${1 << 32} ${(n + 1) << 1} ${n << 4}`);
  console.log(`${-8 >> 1} ${-8 >>> 28} ${n >> 3} ${(n + 1) >> 3}`);
  console.log(`${-1 >>> 0} ${(n * 2 + 2) >>> 0} ${-5 >>> 1}`);
  let hash = 5381;
  for (let i = 0; i < 1000; i++) hash = ((hash << 5) + hash + i) | 0;
  console.log(`${hash}`);
  console.log(`${Math.imul(hash, 0x5bd1e995)}`);
  return 0;
}
