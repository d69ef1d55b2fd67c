/** Every range function, for all pairs of ranges of a small word: the result holds every result of the operation. */
import { describe, expect, it } from "vitest";
import { intMeaning, overflows } from "../../../jit/format/meaning.ts";
import * as ops from "../../../jit/format/traceops.ts";
import * as b from "../../../jit/optimizer/bounds.ts";

const BITS = 4;
const words = Array.from({ length: 2 ** BITS }, (_, i) => i - 2 ** (BITS - 1));
const ranges = words.flatMap((lo) => words.filter((hi) => lo <= hi).map((hi) => new b.IntBound(lo, hi)));
const members = (r: b.IntBound) => words.filter((x) => r.contains(x));

type Transfer = (x: b.IntBound, y: b.IntBound) => b.IntBound;
const divisible = (x: number, y: number) => y !== 0 && !(y === -1 && x === words[0]);
const counts = (_: number, y: number) => y >= 0 && y < BITS;
const fits = (op: number) => (x: number, y: number) => !overflows(op, x, y, BITS);

const binary: [string, number, Transfer, (x: number, y: number) => boolean][] = [
  ["add", ops.INT_ADD, (x, y) => b.boundAdd(x, y, BITS), () => true],
  ["add exact", ops.INT_ADD, (x, y) => b.boundAddExact(x, y, BITS), fits(ops.INT_ADD_OVF)],
  ["sub", ops.INT_SUB, (x, y) => b.boundSub(x, y, BITS), () => true],
  ["sub exact", ops.INT_SUB, (x, y) => b.boundSubExact(x, y, BITS), fits(ops.INT_SUB_OVF)],
  ["mul", ops.INT_MUL, (x, y) => b.boundMul(x, y, BITS), () => true],
  ["floordiv", ops.INT_FLOORDIV, (x, y) => b.boundFloordiv(x, y, BITS), divisible],
  ["mod", ops.INT_MOD, (x, y) => b.boundMod(x, y, BITS), divisible],
  ["unsigned mod", ops.UINT_MOD, (x, y) => b.boundUnsignedMod(x, y, BITS), (_, y) => y !== 0],
  ["and", ops.INT_AND, b.boundAnd, () => true],
  ["or", ops.INT_OR, b.boundOr, () => true],
  ["xor", ops.INT_XOR, b.boundXor, () => true],
  ["lshift", ops.INT_LSHIFT, (x, y) => b.boundLshift(x, y, BITS), counts],
  ["rshift", ops.INT_RSHIFT, (x, y) => b.boundRshift(x, y, BITS), counts],
  ["urshift", ops.INT_URSHIFT, (x, y) => b.boundUrshift(x, y, BITS), counts],
];

describe("ranges", () => {
  it.each(binary)("of %s hold every result", (_, op, transfer, defined) => {
    const results = words.map((x) => words.map((y) => (defined(x, y) ? intMeaning(op, x, y, BITS) : null)));
    const wrong: string[] = [];
    for (const x of ranges) {
      for (const y of ranges) {
        const bound = transfer(x, y);
        if (bound.lo < words[0]! || bound.hi > words.at(-1)!) wrong.push(`range of ${x.lo}..${x.hi}, ${y.lo}..${y.hi}`);
        for (let i = x.lo; i <= x.hi; i++) {
          for (let j = y.lo; j <= y.hi; j++) {
            const r = results[i + 8]![j + 8]!;
            if (r !== null && !bound.contains(r))
              wrong.push(`${i} of ${x.lo}..${x.hi}, ${j} of ${y.lo}..${y.hi}: ${r}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it("tell exactly when sums, differences, products fit", () => {
    for (const x of ranges) {
      for (const y of ranges) {
        const all = (op: number) => members(x).every((i) => members(y).every((j) => !overflows(op, i, j, BITS)));
        const fit = [b.addFits(x, y, BITS), b.subFits(x, y, BITS), b.mulFits(x, y, BITS)];
        expect(fit).toEqual([all(ops.INT_ADD_OVF), all(ops.INT_SUB_OVF), all(ops.INT_MUL_OVF)]);
      }
    }
  });

  it("extend, invert, intersect and unite", () => {
    const wide = [-200, -129, -128, -1, 0, 1, 127, 128, 255, 256, 300];
    for (const lo of wide) {
      for (const hi of wide.filter((h) => h >= lo)) {
        const bound = new b.IntBound(lo, hi);
        const signed = b.boundSignext(bound, 1, 16);
        const zeroed = b.boundZeroext(bound, 1, 16);
        for (let x = lo; x <= hi; x++) {
          expect(signed.contains(intMeaning(ops.INT_SIGNEXT, x, 1, 16))).toBe(true);
          expect(zeroed.contains(intMeaning(ops.INT_ZEROEXT, x, 1, 16))).toBe(true);
        }
      }
    }
    for (const x of ranges) {
      expect(members(b.boundInvert(x))).toEqual(
        members(x)
          .map((i) => -1 - i)
          .reverse(),
      );
      for (const y of ranges) {
        const both = members(x).filter((i) => y.contains(i));
        const common = b.intersect(x, y);
        expect(common === null ? [] : members(common)).toEqual(both);
        expect([b.union(x, y).lo, b.union(x, y).hi]).toEqual([Math.min(x.lo, y.lo), Math.max(x.hi, y.hi)]);
      }
    }
  });
});
