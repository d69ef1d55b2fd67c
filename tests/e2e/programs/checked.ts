/** Checked arithmetic: results that are null on overflow, word-wide operations. */
import type { int } from "rtypescript/rlib";
import {
  intAddOvf,
  intAnd,
  intFloorDiv,
  intFloorMod,
  intMulOvf,
  intShl,
  intSubOvf,
  maxInt,
  minInt,
  parseInteger,
} from "rtypescript/rlib";

function power(base: int, exponent: int): int | null {
  let result = 1;
  for (let i = 0; i < exponent; i++) {
    const next = intMulOvf(result, base);
    if (next === null) return null;
    result = next;
  }
  return result;
}

function sum(xs: readonly int[]): int {
  let total = 0;
  for (const x of xs) total = intAddOvf(total, x) ?? -1;
  return total;
}

export function main(argv: string[]): int {
  console.log(`${power(3, 10) ?? -1} ${power(10, 40) === null} ${power(-2, 15) ?? 0}`);
  console.log(
    `${intAddOvf(maxInt(), argv.length + 1) === null} ${intSubOvf(minInt(), 1) === null} ${intAddOvf(3, 4) ?? 0}`,
  );
  console.log(`${sum([1, 2, 3])} ${sum([maxInt(), 1])}`);
  console.log(`${intFloorDiv(-7, 2)} ${intFloorMod(-7, 2)} ${intAnd(intShl(1, 20), 0xfffff0)}`);
  for (const text of ["42", "-17", "x", "", "0", "12a"]) console.log(`${parseInteger(text, 10) ?? "bad"}`);
  return 0;
}
