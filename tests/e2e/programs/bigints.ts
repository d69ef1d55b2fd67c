/** Arbitrary precision and machine widths. */
import type { int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

function factorial(n: int): bigint {
  let product = 1n;
  for (let i = 2; i <= n; i++) product *= BigInt(i);
  return product;
}

export function main(_argv: string[]): int {
  const big = factorial(50);
  write(1, `${big}\n${big / factorial(48)} ${big % 1000007n} ${-big}\n`);
  write(1, `${big >> 100n} ${1n << 100n} ${(big & 0xffffffffffffn) ^ 5n} ${big > factorial(49)}\n`);
  write(1, `${2n ** 200n} ${big.toString(16)} ${BigInt("123456789012345678901234567890") * -3n}\n`);
  let hash = BigInt.asUintN(64, 14695981039346656037n);
  for (const c of "hello") hash = BigInt.asUintN(64, (hash ^ BigInt(c.charCodeAt(0))) * 1099511628211n);
  write(1, `${hash} ${BigInt.asIntN(32, hash)} ${Number(BigInt.asUintN(16, hash))}\n`);
  return 0;
}
