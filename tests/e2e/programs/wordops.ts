/** rlib's arithmetic: checked, exact divisions, word-wide bits within 32 bits of both machines, conversions. */
import {
  DivisionByZeroError,
  floatFromBits,
  floatHighBits,
  floatLowBits,
  type int,
  intAddOvf,
  intAnd,
  intBitLength,
  intDiv,
  intFloorDiv,
  intFloorMod,
  intMod,
  intMulOvf,
  intNegOvf,
  intNot,
  intOr,
  intShl,
  intShlOvf,
  intShr,
  intSubOvf,
  intXor,
  likely,
  maxInt,
  StringBuilder,
  toFloat,
  toInt,
  unlikely,
} from "rtypescript/rlib";

function divide(a: int, b: int): void {
  try {
    console.log(`${intDiv(a, b)} ${intMod(a, b)} ${intFloorDiv(a, b)} ${intFloorMod(a, b)}`);
  } catch (e) {
    if (e instanceof DivisionByZeroError) console.log("by zero");
    else throw e;
  }
}

function checked(a: int, b: int): string {
  return `${intAddOvf(a, b) ?? "over"} ${intSubOvf(a, b) ?? "over"} ${intMulOvf(a, b) ?? "over"}`;
}

function sumUntilOverflow(step: int): boolean {
  let total = maxInt() - 3 * step;
  for (let i = 0; i < 10; i++) {
    const next = intAddOvf(total, step);
    if (next === null) return i === 3;
    total = next;
  }
  return false;
}

export function main(_argv: string[]): int {
  for (const [a, b] of [
    [17, 5],
    [-17, 5],
    [17, -5],
    [-17, -5],
    [4, 0],
    [0, 7],
  ] as const)
    divide(a, b);
  console.log(
    `${checked(3, 4)} ${intNegOvf(5) ?? "over"} ${intMulOvf(maxInt(), 2) === null} ${sumUntilOverflow(1000)}`,
  );
  console.log(
    `${intAnd(12, 10)} ${intOr(12, 10)} ${intXor(12, 10)} ${intNot(5)} ${intShl(3, 4)} ${intShr(-17, 2)} ${intShlOvf(5, 3) ?? -1} ${intShlOvf(1, 70) === null}`,
  );
  console.log(`${intBitLength(0)} ${intBitLength(4)} ${intBitLength(-7)} ${intBitLength(-8)} ${intBitLength(255)}`);
  console.log(`${toInt(3.99)} ${toInt(-3.99)} ${toFloat(7) / 2} ${likely(true)} ${unlikely(false)}`);
  console.log(`${floatHighBits(1.5)} ${floatLowBits(0.1) | 0} ${floatFromBits(1073741824, 0)}`);
  try {
    toInt(NaN);
  } catch (e) {
    if (e instanceof RangeError) console.log("range");
  }
  const out = new StringBuilder();
  for (let i = 0; i < 100; i++) {
    out.append(`${i},`);
    if (i % 10 === 0) out.appendChar("\n");
  }
  console.log(`${out.length}`);
  console.log(out.build());
  let s = "";
  for (let i = 0; i < 20; i++) s += i % 3 === 0 ? "fizz" : String(i);
  console.log(s);
  return 0;
}
