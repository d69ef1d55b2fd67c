import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intBitLength } from "../../rlib/bits.ts";
import * as math from "../../rtyper/runtime/math.ts";
import { stringToLowerCase, stringToUpperCase } from "../../rtyper/runtime/stringcase.ts";

const x = fc.oneof(
  fc.double(),
  fc.double({ min: -10, max: 10 }),
  fc.integer({ min: -20, max: 20 }).map((n) => n / 2),
  fc.constantFrom(0, -0, 0.49999999999999994, -0.5, -0.2, 4503599627370495.5, Number.NaN, Number.NEGATIVE_INFINITY),
);

describe("mathematics", () => {
  test("rounding, signs, extremes", () => {
    fc.assert(
      fc.property(x, x, (a, b) => {
        expect(math.mathRound(a)).toBe(Math.round(a));
        expect(math.mathSign(a)).toBe(Math.sign(a));
        expect(math.mathMax(a, b)).toBe(Math.max(a, b));
        expect(math.mathMin(a, b)).toBe(Math.min(a, b));
        expect(math.mathHypot(a, b)).toBe(Math.hypot(a, b));
        expect(math.mathHypot3(a, b, 3)).toBe(Math.hypot(a, b, 3));
        expect(math.isIntegralFloat(a)).toBe(Number.isInteger(a));
        expect(math.isSafeFloat(a)).toBe(Number.isSafeInteger(a));
      }),
      { numRuns: 1000 },
    );
  });
  test("bits", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(math.mathClz32(n)).toBe(Math.clz32(n));
        expect(math.bitLengthOf(n)).toBe(intBitLength(n));
      }),
    );
    for (const n of [0, 1, -1, 2, -2, 3, -3, 4, -4, 7, -7, 8, -8]) expect(math.bitLengthOf(n)).toBe(intBitLength(n));
  });
});

describe("case", () => {
  test("every code point", () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const s = String.fromCodePoint(code);
      if (stringToUpperCase(s) !== s.toUpperCase() || stringToLowerCase(s) !== s.toLowerCase())
        wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
  test("words", () => {
    const unit = fc.constantFrom(
      "a",
      "Z",
      "Σ",
      "ß",
      "İ",
      "'",
      ".",
      " ",
      "\u0301",
      "\ud801\udc00",
      "\ud83d\ude00",
      "é",
      "ﬃ",
      "\ud800",
      "\u{e0020}",
    );
    fc.assert(
      fc.property(fc.string({ unit }), (s) => {
        expect(stringToUpperCase(s)).toBe(s.toUpperCase());
        expect(stringToLowerCase(s)).toBe(s.toLowerCase());
      }),
      { numRuns: 1000 },
    );
  });
});
