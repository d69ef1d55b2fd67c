import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as hash from "../../rtyper/runtime/hash.ts";
import * as number from "../../rtyper/runtime/number.ts";
import * as str from "../../rtyper/runtime/string.ts";
import * as edit from "../../rtyper/runtime/stringedit.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "b", "ab", "é", "\ud83d\ude00", " ", "\t", "$", "$&", "\ud800", "z"),
});
const index = fc.integer({ min: -12, max: 12 });

function check<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ours: (...a: T) => unknown,
  theirs: (...a: T) => unknown,
): void {
  fc.assert(
    fc.property(fc.tuple(...arbitraries) as unknown as fc.Arbitrary<T>, (args) => {
      expect(ours(...args)).toEqual(theirs(...args));
    }),
    { numRuns: 300 },
  );
}

describe("strings", () => {
  test("concatenation and comparison", () => {
    check([text, text], str.stringConcat, (a, b) => a + b);
    check([text, text, text], str.stringConcat3, (a, b, c) => a + b + c);
    check([text, text, text, text], str.stringConcat4, (a, b, c, d) => a + b + c + d);
    check(
      [text, text],
      (a, b) => Math.sign(str.stringCompare(a, b)),
      (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    );
    check([text, text], hash.equalStrings, (a, b) => a === b);
    check(
      [fc.array(fc.option(text)), text],
      (a, s) => str.stringJoin(a, a.length, s),
      (a, s) => a.join(s),
    );
  });
  test("parts", () => {
    check([text, index, index], str.stringSlice, (s, a, b) => s.slice(a, b));
    check([text, index], str.stringSliceFrom, (s, a) => s.slice(a));
    check([text, index, index], str.stringSubstring, (s, a, b) => s.substring(a, b));
    check([text, index], str.stringSubstringFrom, (s, a) => s.substring(a));
    check([text, index], str.stringAt, (s, i) => s.at(i));
    check([text, index], str.stringCodePointAt, (s, i) => s.codePointAt(i));
    check([text, index], str.stringCharCodeOrNaN, (s, i) => s.charCodeAt(i));
    check([fc.integer({ min: 0, max: 0x10ffff })], str.stringOfCodePoint, (c) => String.fromCodePoint(c));
    check(
      [text],
      (s) => edit.splitCodePoints(s, []),
      (s) => [...s],
    );
  });
  test("search", () => {
    check([text, text, index], str.stringIndexOf, (s, p, i) => s.indexOf(p, i));
    check([text, text, index], str.stringLastIndexOf, (s, p, i) => s.lastIndexOf(p, i));
    check([text, text, index], str.stringIncludes, (s, p, i) => s.includes(p, i));
    check([text, text, index], str.stringStartsWith, (s, p, i) => s.startsWith(p, i));
    check([text, text, index], str.stringEndsWith, (s, p, i) => s.endsWith(p, i));
  });
  test("editing", () => {
    check([text, fc.nat(5)], edit.stringRepeat, (s, n) => s.repeat(n));
    check([text, index, text], edit.stringPadStart, (s, n, f) => s.padStart(n, f));
    check([text, index, text], edit.stringPadEnd, (s, n, f) => s.padEnd(n, f));
    check([text], edit.stringTrim, (s) => s.trim());
    check([text], edit.stringTrimStart, (s) => s.trimStart());
    check([text], edit.stringTrimEnd, (s) => s.trimEnd());
    check([text, text, text], edit.stringReplace, (s, a, b) => s.replace(a, b));
    check([text, text, text], edit.stringReplaceAll, (s, a, b) => s.replaceAll(a, b));
    check(
      [text, text, fc.integer({ min: -1, max: 4 })],
      (s, p, n) => edit.stringSplit(s, p, n, []),
      (s, p, n) => s.split(p, n < 0 ? undefined : n),
    );
    expect(() => edit.stringRepeat("a", -1)).toThrow(RangeError);
    expect(() => edit.stringRepeat("ab", 536870888)).toThrow("Invalid string length");
  });
  test("every space unit", () => {
    for (let c = 0; c < 65536; c++) expect(edit.isSpaceUnit(c)).toBe(String.fromCharCode(c).trim() === "");
  });
});

describe("numbers", () => {
  const ints = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.integer({ min: -2000, max: 2000 }));
  const floats = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double({ min: -1e6, max: 1e6 }),
    fc.constantFrom(0.5, -0, 1e21, 1e-7, 123.456, 5e-324, 1.7976931348623157e308),
  );
  test("ints to text", () => {
    check([ints], number.intToString, (x) => String(x));
    check([ints, fc.integer({ min: 2, max: 36 })], number.intToRadix, (x, r) => x.toString(r));
  });
  test("floats to text", () => {
    check([floats], number.floatToString, (x) => String(x));
    check([floats, fc.nat(100)], number.floatToFixed, (x, n) => x.toFixed(n));
    check([floats, fc.integer({ min: 1, max: 100 })], number.floatToPrecision, (x, n) => x.toPrecision(n));
    check([floats, fc.nat(100)], number.floatToExponential, (x, n) => x.toExponential(n));
    check([floats, fc.integer({ min: 2, max: 36 })], number.floatToRadix, (x, r) => x.toString(r));
  });
  const numeral = fc.oneof(
    floats.map(String),
    floats.map((x) => `  ${x}\n`),
    fc.string({ unit: fc.constantFrom("0", "1", "9", ".", "e", "E", "-", "+", " ", "x", "f", "Infinity", "_") }),
    fc.bigInt({ min: 0n, max: 1n << 200n }).map((b) => `0x${b.toString(16)}`),
    fc.bigInt({ min: 0n, max: 1n << 100n }).map((b) => `0b${b.toString(2)}`),
  );
  test("text to numbers", () => {
    check([numeral], number.numberOfText, (s) => Number(s));
    check([numeral], number.parseFloatText, (s) => Number.parseFloat(s));
    check([numeral, fc.constantFrom(0, 10, 16, 2, 8)], number.parseIntText, (s, r) => Number.parseInt(s, r));
    check(
      [ints, fc.integer({ min: 2, max: 36 })],
      (x, r) => number.parseIntegerText(x.toString(r), r),
      (x) => x,
    );
    expect(number.parseIntegerText("9007199254740992", 10)).toBe(null);
    expect(number.parseIntegerText("", 10)).toBe(null);
    expect(number.parseIntegerText("-", 10)).toBe(null);
    expect(number.parseIntegerText("1 ", 10)).toBe(null);
  });
});
