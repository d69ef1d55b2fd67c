import { describe, expect, it } from "vitest";
import * as word from "../../../jit/format/word.ts";

/** What each function means, over exact integers, at any width. */
const exactOnNode = (x: bigint, bits: number) => bits === 53 && Number.isSafeInteger(Number(x));
const asInt = (x: bigint, bits: number) => Number(exactOnNode(x, bits) ? x : BigInt.asIntN(bits, x));
const signed = (x: bigint, bits: number) => Number(BigInt.asIntN(bits, x));
const asUint = (x: number, bits: number) => BigInt.asUintN(bits, BigInt(x));

function check(bits: number, samples: readonly number[]): void {
  for (const a of samples) {
    const A = BigInt(a);
    expect(word.wordNeg(a, bits)).toBe(asInt(-A, bits));
    expect(word.wordInvert(a)).toBe(asInt(~A, bits));
    expect(word.wordLeadingZeros(a, bits)).toBe(
      bits - (asUint(a, bits) === 0n ? 0 : asUint(a, bits).toString(2).length),
    );
    expect(word.wordPopulation(a, bits)).toBe(asUint(a, bits).toString(2).replaceAll("0", "").length);
    expect(word.wordTrailingZeros(a, bits)).toBe(a === 0 ? bits : asUint(a, bits).toString(2).match(/0*$/)![0].length);
    for (const bytes of [1, 2, 4]) {
      if (bytes * 8 >= bits) continue;
      expect(word.wordSignExtend(a, bytes, bits)).toBe(asInt(A, bytes * 8));
      expect(word.wordZeroExtend(a, bytes, bits)).toBe(Number(asUint(a, bytes * 8)));
    }
    for (let n = 0; n < bits; n += bits > 8 ? 7 : 1) {
      expect(word.wordShiftLeft(a, n, bits)).toBe(asInt(A << BigInt(n), bits));
      expect(word.wordShiftRight(a, n)).toBe(asInt(A >> BigInt(n), bits));
      if (n > 0) expect(word.wordUnsignedShiftRight(a, n, bits)).toBe(asInt(asUint(a, bits) >> BigInt(n), bits));
    }
    for (const b of samples) checkPair(a, b, bits);
  }
}

function checkPair(a: number, b: number, bits: number): void {
  const A = BigInt(a);
  const B = BigInt(b);
  const exact: [(a: number, b: number, bits: number) => number, bigint][] = [
    [word.wordAdd, A + B],
    [word.wordSub, A - B],
    [word.wordMul, A * B],
    [word.wordAnd, A & B],
    [word.wordOr, A | B],
    [word.wordXor, A ^ B],
  ];
  const wrong = exact.filter(([f, result]) => f(a, b, bits) !== asInt(result, bits));
  expect(wrong.map(([f]) => `${f.name}(${a}, ${b}, ${bits})`)).toEqual([]);
  const leaves = (x: bigint) => !exactOnNode(x, bits) && BigInt.asIntN(bits, x) !== x;
  const facts = [
    word.wordAddOverflows(a, b, bits) === leaves(A + B),
    word.wordSubOverflows(a, b, bits) === leaves(A - B),
    word.wordMulOverflows(a, b, bits) === leaves(A * B),
    word.wordBelow(a, b) === asUint(a, bits) < asUint(b, bits),
    b === 0 || word.wordQuotient(a, b, bits) === asInt(A / B, bits),
    b === 0 || word.wordRemainder(a, b) === asInt(A % B, bits),
    b === 0 || word.wordUnsignedQuotient(a, b, bits) === signed(asUint(a, bits) / asUint(b, bits), bits),
    b === 0 || word.wordUnsignedRemainder(a, b, bits) === signed(asUint(a, bits) % asUint(b, bits), bits),
  ];
  if (facts.includes(false)) expect({ a, b, bits, facts }).toBe("all true");
}

describe("word arithmetic", () => {
  it("is exact at 8 bits for all operands", () => {
    check(
      8,
      Array.from({ length: 256 }, (_, i) => i - 128),
    );
  });
  it.each([32, 53])("is exact at %i bits for telling operands", (bits) => {
    const edges = [
      0,
      1,
      2,
      3,
      5,
      7,
      255,
      256,
      65535,
      65536,
      2 ** 20 + 3,
      2 ** 31 - 1,
      2 ** (bits - 2),
      2 ** (bits - 1) - 1,
    ];
    check(
      bits,
      [...edges, ...edges.map((x) => -1 - x)].filter((x) => BigInt.asIntN(bits, BigInt(x)) === BigInt(x)),
    );
  });
  it("knows the least and greatest word", () => {
    expect([word.wordMin(8), word.wordMax(8), word.wordMin(32), word.wordMax(32)]).toEqual([
      -128,
      127,
      -(2 ** 31),
      2 ** 31 - 1,
    ]);
    expect([word.wordMin(53), word.wordMax(53)]).toEqual([Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });
});
