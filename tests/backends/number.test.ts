// Floats as text and back: the C functions against Node's own, for both word sizes.
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ExternalFunction, LowArrayObject } from "../../rtyper/lltype/memory.ts";
import { Address, Float, gcArray, Int32, type LowType, ptr, Signed, UInt8 } from "../../rtyper/lltype/types.ts";
import { build, TARGETS } from "./kit.ts";

const external = (name: string, args: LowType[], result: LowType): ExternalFunction => ({
  name,
  args,
  result,
  library: null,
  pure: false,
  run: null,
});

const FUNCTIONS = [
  external("rts_float_shortest", [Float, Address], Signed),
  external("rts_float_fixed", [Float, Int32, Address], Signed),
  external("rts_float_exponential", [Float, Int32, Address], Signed),
  external("rts_float_precision", [Float, Int32, Address], Signed),
  external("rts_parse_decimal", [Address, Signed], Float),
];

const doubles = fc.sample(
  fc.oneof(
    fc.double(),
    fc.double({ min: -1e22, max: 1e22, noNaN: true }),
    fc.integer(),
    fc.constantFrom(0, -0, 0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 0.000001, 123456789012345680000, -1.5, 2.5),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  ),
  { numRuns: 200, seed: 3 },
);

const decimals = [
  ...doubles.filter((x) => Number.isFinite(x)).map((x) => String(Math.abs(x))),
  ...["0", "00012.50", ".5", "7.", "1e400", "1e-400", "4.9e-324", "2.4703282292062327208e-324", "1e99999999999", "0e5"],
  "9007199254740993",
  `9007199254740993.${"0".repeat(900)}1`,
  "179769313486231580793728971405301e276",
  `${"123456789".repeat(100)}e-850`,
  "2.2250738585072011e-308",
];

interface Case {
  readonly call: string;
  readonly expected: string | number;
}

function floatLiteral(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  const text = Object.is(x, -0) ? "-0" : String(x);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

for (const target of TARGETS) {
  test(`digits are Node's, ${target}`, async () => {
    const cases: Case[] = [];
    for (const [i, x] of doubles.entries()) {
      const f = floatLiteral(x);
      cases.push({ call: `@rts_float_shortest: Void, ${f}, out`, expected: String(x) });
      if (!Number.isFinite(x)) continue;
      const digits = i % 21;
      if (Math.abs(x) < 1e21) {
        cases.push({
          call: `@rts_float_fixed: Void, ${f}, ${digits * 5}: Int32, out`,
          expected: x.toFixed(digits * 5),
        });
        cases.push({ call: `@rts_float_fixed: Void, ${f}, 2: Int32, out`, expected: x.toFixed(2) });
      }
      cases.push({
        call: `@rts_float_exponential: Void, ${f}, ${digits}: Int32, out`,
        expected: x.toExponential(digits),
      });
      cases.push({ call: `@rts_float_exponential: Void, ${f}, -1: Int32, out`, expected: x.toExponential() });
      const precision = (i % 100) + 1;
      cases.push({
        call: `@rts_float_precision: Void, ${f}, ${precision}: Int32, out`,
        expected: x.toPrecision(precision),
      });
    }
    const known: [string, object, LowType?][] = FUNCTIONS.map((f) => [f.name, f]);
    const bytes = gcArray(UInt8);
    known.push(["out", new LowArrayObject(bytes, 200), ptr(bytes)]);
    known.push(["bits", new LowArrayObject(gcArray(Float), 1), ptr(gcArray(Float))]);
    const lines = cases.map(
      ({ call }) =>
        `    direct_call(@show_${call.includes("shortest") ? 1 : call.includes("fixed") ? 2 : call.includes("exponential") ? 3 : 4}, ${call.split(", ").slice(1, -1).join(", ")})`,
    );
    const shown = (name: string, params: string, args: string): string => `
graph ${name} -> Void
b1(${params}):
    r1 = array_items_address(@out)
    i2: Signed = external_call(@${FUNCTIONS[Number(name.at(-1)) - 1]?.name}: Void, ${args}, r1)
    raw_store(r1, i2, 10: UInt8)
    i3 = int_add(i2, 1)
    i4: Signed = external_call(@rts_write: Void, 1: Int32, r1, 0, i3)
    return undefined
`;
    for (const [i, text] of decimals.entries()) {
      const array = new LowArrayObject(bytes, text.length);
      for (let j = 0; j < text.length; j++) array.setItem(j, text.charCodeAt(j));
      known.push([`t${i}`, array, ptr(bytes)]);
      lines.push(`    direct_call(@parse, @t${i})`);
    }
    const text = `
${shown("show_1", "f1: Float", "f1")}
${shown("show_2", "f1: Float, i9: Int32", "f1, i9")}
${shown("show_3", "f1: Float, i9: Int32", "f1, i9")}
${shown("show_4", "f1: Float, i9: Int32", "f1, i9")}
graph parse -> Void
b1(p1: Ptr(GcArray(UInt8))):
    r2 = array_items_address(p1)
    i3 = getarraysize(p1)
    f4: Float = external_call(@rts_parse_decimal: Void, r2, i3)
    setarrayitem(@bits, 0, f4)
    r5 = array_items_address(@bits)
    i6: Signed = external_call(@rts_write: Void, 1: Int32, r5, 0, 8)
    return undefined

graph main -> Signed
b1():
${lines.join("\n")}
    return 0
`;
    const binary = await build(text, target, { known }, { optimize: 0 });
    const output = execFileSync(binary, { maxBuffer: 1 << 26 });
    const split = output.length - decimals.length * 8;
    const got = output.toString("latin1", 0, split).split("\n");
    for (const [i, c] of cases.entries()) {
      // The sign of zero is lost in toString and kept in toFixed of what rounds to it.
      if (got[i] !== c.expected) expect.fail(`${c.call} gave ${got[i]}, not ${c.expected}`);
    }
    for (const [i, text] of decimals.entries()) {
      const value = output.readDoubleLE(split + i * 8);
      if (value !== Number(text)) expect.fail(`${text} was read as ${value}, not ${Number(text)}`);
    }
  }, 60_000);
}
