// Every arithmetic operation, for every type it takes, natively against BigInt and JavaScript numbers, at -O0 (the
// instructions themselves) and -O2, on both word sizes. One binary per target evaluates all cases: operands and results
// are prebuilt arrays, so that LLVM cannot fold them, and the results are written out as bytes.

import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LowArrayObject, type LowValue } from "../../rtyper/lltype/memory.ts";
import {
  Bool,
  Char,
  Float,
  gcArray,
  Int8,
  Int16,
  Int32,
  Int64,
  type LowType,
  type Primitive,
  ptr,
  Signed,
  SingleFloat,
  UInt8,
  UInt16,
  UInt32,
  UInt64,
  Unsigned,
} from "../../rtyper/lltype/types.ts";
import { build, TARGETS } from "./kit.ts";

const INTEGERS = [Signed, Unsigned, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64];
const CASES = 60;

interface Case {
  readonly name: string;
  readonly op: string;
  readonly args: readonly LowType[];
  readonly result: LowType;
  /** The exact meaning over BigInts and numbers; null where the operands break the operation's precondition. */
  readonly mean: (...args: never[]) => bigint | number | boolean | null;
}

function bitsOf(type: Primitive, word: number): number {
  return type.bits === 0 ? word : type.bits;
}

function wrap(value: bigint, type: Primitive, word: number): bigint {
  const bits = bitsOf(type, word);
  return type.signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

function integerCases(type: Primitive, word: number): Case[] {
  const bits = bitsOf(type, word);
  const w = (value: bigint): bigint => wrap(value, type, word);
  const fits = (value: bigint): boolean => w(value) === value;
  const unsigned = (value: bigint): bigint => BigInt.asUintN(bits, value);
  const count = (value: bigint): boolean => value >= 0n && value < BigInt(bits);
  const binary = (op: string, mean: (a: bigint, b: bigint) => bigint | null): Case => ({
    name: `${op}_${type.name}`,
    op,
    args: [type, type],
    result: type,
    mean,
  });
  const test = (op: string, mean: (a: bigint, b: bigint) => boolean): Case => ({
    name: `${op}_${type.name}`,
    op,
    args: [type, type],
    result: Bool,
    mean,
  });
  const unary = (op: string, mean: (a: bigint) => bigint | number | boolean, result: LowType = type): Case => ({
    name: `${op}_${type.name}_${result.toText()}`,
    op,
    args: [type],
    result,
    mean,
  });
  const binaryDigits = (v: bigint): string => unsigned(v).toString(2);
  return [
    binary("int_add", (a, b) => w(a + b)),
    binary("int_sub", (a, b) => w(a - b)),
    binary("int_mul", (a, b) => w(a * b)),
    binary("int_div", (a, b) => (b === 0n || !fits(a / b) ? null : a / b)),
    binary("int_mod", (a, b) => (b === 0n || !fits(a / b) ? null : a % b)),
    binary("int_and", (a, b) => w(a & b)),
    binary("int_or", (a, b) => w(a | b)),
    binary("int_xor", (a, b) => w(a ^ b)),
    binary("int_shl", (a, b) => (count(b) ? w(a << b) : null)),
    binary("int_shr", (a, b) => (count(b) ? w(a >> b) : null)),
    binary("int_mul_high", (a, b) => w((a * b) >> BigInt(bits))),
    test("int_add_overflows", (a, b) => !fits(a + b)),
    test("int_sub_overflows", (a, b) => !fits(a - b)),
    test("int_mul_overflows", (a, b) => !fits(a * b)),
    test("int_lt", (a, b) => a < b),
    test("int_le", (a, b) => a <= b),
    test("int_gt", (a, b) => a > b),
    test("int_ge", (a, b) => a >= b),
    test("int_eq", (a, b) => a === b),
    test("int_ne", (a, b) => a !== b),
    unary("int_neg", (a) => w(-a)),
    unary("int_invert", (a) => w(~a)),
    unary("int_count_leading_zeros", (a) => w(BigInt(bits - (unsigned(a) === 0n ? 0 : binaryDigits(a).length)))),
    unary("int_count_trailing_zeros", (a) =>
      w(BigInt(unsigned(a) === 0n ? bits : binaryDigits(a).length - 1 - binaryDigits(a).lastIndexOf("1"))),
    ),
    unary("int_popcount", (a) => w(BigInt(binaryDigits(a).replaceAll("0", "").length))),
    unary("int_to_bool", (a) => a !== 0n, Bool),
    unary("int_to_char", (a) => BigInt.asUintN(16, a), Char),
    unary("int_to_float", (a) => Number(a), Float),
    ...INTEGERS.map((to) => unary("int_cast", (a) => wrap(a, to, word), to)),
    {
      name: `float_to_int_${type.name}`,
      op: "float_to_int",
      args: [Float],
      result: type,
      mean: (x: number) => (Number.isFinite(x) && fits(BigInt(Math.trunc(x))) ? BigInt(Math.trunc(x)) : null),
    },
    {
      name: `bool_to_int_${type.name}`,
      op: "bool_to_int",
      args: [Bool],
      result: type,
      mean: (b: boolean) => (b ? 1n : 0n),
    },
    {
      name: `char_to_int_${type.name}`,
      op: "char_to_int",
      args: [Char],
      result: type,
      mean: (c: bigint) => w(c),
    },
  ];
}

const scratch = new DataView(new ArrayBuffer(8));

function floatBits(x: number): bigint {
  scratch.setFloat64(0, x);
  return scratch.getBigInt64(0);
}

function floatCases(): Case[] {
  const binary = (op: string, mean: (a: number, b: number) => number): Case => ({
    name: op,
    op,
    args: [Float, Float],
    result: Float,
    mean,
  });
  const test = (op: string, mean: (a: number, b: number) => boolean): Case => ({
    name: op,
    op,
    args: [Float, Float],
    result: Bool,
    mean,
  });
  const unary = (op: string, mean: (a: number) => number): Case => ({
    name: op,
    op,
    args: [Float],
    result: Float,
    mean,
  });
  return [
    binary("float_add", (a, b) => a + b),
    binary("float_sub", (a, b) => a - b),
    binary("float_mul", (a, b) => a * b),
    binary("float_div", (a, b) => a / b),
    binary("float_mod", (a, b) => a % b),
    unary("float_neg", (a) => -a),
    unary("float_abs", Math.abs),
    unary("float_sqrt", Math.sqrt),
    unary("float_floor", Math.floor),
    unary("float_ceil", Math.ceil),
    unary("float_trunc", Math.trunc),
    test("float_lt", (a, b) => a < b),
    test("float_le", (a, b) => a <= b),
    test("float_gt", (a, b) => a > b),
    test("float_ge", (a, b) => a >= b),
    test("float_eq", (a, b) => a === b),
    test("float_ne", (a, b) => a !== b),
    { name: "float_to_single", op: "float_to_single", args: [Float], result: SingleFloat, mean: Math.fround },
    { name: "single_to_float", op: "single_to_float", args: [SingleFloat], result: Float, mean: (x: number) => x },
    { name: "float_to_bits", op: "float_to_bits", args: [Float], result: Int64, mean: floatBits },
    {
      name: "bits_to_float",
      op: "bits_to_float",
      args: [Int64],
      result: Float,
      mean: (v: bigint) => {
        scratch.setBigInt64(0, v);
        return scratch.getFloat64(0);
      },
    },
    { name: "bool_not", op: "bool_not", args: [Bool], result: Bool, mean: (b: boolean) => !b },
    { name: "bool_eq", op: "bool_eq", args: [Bool, Bool], result: Bool, mean: (a: boolean, b: boolean) => a === b },
    { name: "char_eq", op: "char_eq", args: [Char, Char], result: Bool, mean: (a: bigint, b: bigint) => a === b },
    { name: "likely", op: "likely", args: [Bool], result: Bool, mean: (b: boolean) => b },
    { name: "unlikely", op: "unlikely", args: [Bool], result: Bool, mean: (b: boolean) => b },
  ];
}

/** Values of a type as BigInt, number or boolean, with those at the borders more likely. */
function values(type: LowType, word: number): fc.Arbitrary<bigint | number | boolean> {
  const primitive = type as Primitive;
  if (primitive.kind === "bool") return fc.boolean();
  if (type === SingleFloat) return fc.float({ noNaN: true });
  if (primitive.kind === "float") {
    return fc.oneof(fc.double(), fc.constantFrom(0, -0, 0.5, -1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308), fc.integer());
  }
  const bits = primitive.kind === "char" ? 16 : bitsOf(primitive, word);
  const min = primitive.signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const max = primitive.signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  return fc.oneof(
    fc.bigInt(min, max),
    fc.constantFrom(min, max, min + 1n, max - 1n, 0n, 1n, 2n),
    fc.bigInt(0n, BigInt(bits - 1)),
    fc.constantFrom(0n, 1n, primitive.signed ? -1n : 3n),
  );
}

/** A value as low-level memory holds it. */
function low(value: bigint | number | boolean, type: LowType): LowValue {
  const primitive = type as Primitive;
  if (typeof value !== "bigint") return value;
  return primitive.kind === "integer" && (primitive.bits === 0 || primitive.bits === 64) ? value : Number(value);
}

function byteSize(type: LowType, word: number): number {
  const bits = (type as Primitive).bits;
  return (bits === 0 ? word : bits) / 8;
}

function readBack(bytes: DataView, at: number, type: LowType, word: number): bigint | number | boolean {
  const primitive = type as Primitive;
  const size = byteSize(type, word);
  if (type === Bool) return bytes.getUint8(at) !== 0;
  if (type === SingleFloat) return bytes.getFloat32(at, true);
  if (type === Float) return bytes.getFloat64(at, true);
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes.getUint8(at + i));
  return primitive.signed ? BigInt.asIntN(size * 8, value) : value;
}

/** The graphs that evaluate one case over its arrays and write the results. */
function caseText(c: Case): string {
  const arrays = c.args.map((type, i) => ({ name: `${c.name}.${i}`, type }));
  const loads = arrays.map(({ name }, i) => `    a${i + 10} = getarrayitem(@"${name}", i3)`).join("\n");
  const args = arrays.map((_, i) => `a${i + 10}`).join(", ");
  const params = c.args.map((type, i) => `x${i + 1}: ${type.toText()}`).join(", ");
  const operands = c.args.map((_, i) => `x${i + 1}`).join(", ");
  const result = c.result.toText();
  return `
graph "f.${c.name}" -> ${result}
b1(${params}):
    y9: ${result} = ${c.op}(${operands})
    return y9

graph "run.${c.name}" -> Void
b1():
    goto b2(0)
b2(i1: Signed):
    i2 = getarraysize(@"${c.name}.r")
    b3 = int_lt(i1, i2)
    if b3 goto b3(i1)
    else goto b4()
b3(i3: Signed):
${loads}
    y20: ${result} = direct_call(@"f.${c.name}", ${args})
    setarrayitem(@"${c.name}.r", i3, y20)
    i4 = int_add(i3, 1)
    goto b2(i4)
b4():
    r5 = array_items_address(@"${c.name}.r")
    i6: Signed = external_call(@rts_write: Void, 1: Int32, r5, 0, @"${c.name}.bytes": Signed)
    return undefined
`;
}

function same(a: unknown, b: unknown): boolean {
  return Object.is(a, b);
}

describe.each(TARGETS)("%s", (target) => {
  const word = target === "x86-64" ? 64 : 32;
  const cases = [...INTEGERS.flatMap((type) => integerCases(type, word)), ...floatCases()];
  const inputs = cases.map((c) => {
    const tuple = fc.tuple(...c.args.map((type) => values(type, word)));
    const rows = fc.sample(tuple, { numRuns: CASES * 2, seed: 7 });
    return rows.filter((row) => c.mean(...(row as never[])) !== null).slice(0, CASES);
  });

  function array(type: LowType, items: readonly LowValue[]): LowArrayObject {
    const made = new LowArrayObject(gcArray(type), items.length);
    for (const [i, item] of items.entries()) made.setItem(i, item);
    return made;
  }

  test.each([0, 2] as const)(
    "all operations at -O%d",
    async (optimize) => {
      const known: [string, object, LowType][] = [];
      let text = "";
      for (const [k, c] of cases.entries()) {
        const rows = inputs[k] as (bigint | number | boolean)[][];
        for (const [i, type] of c.args.entries()) {
          const column = rows.map((row) => low(row[i] as bigint, type));
          known.push([`${c.name}.${i}`, array(type, column), ptr(gcArray(type))]);
        }
        const results = new LowArrayObject(gcArray(c.result), rows.length);
        known.push([`${c.name}.r`, results, ptr(gcArray(c.result))]);
        text += caseText(c).replace(`@"${c.name}.bytes": Signed`, String(rows.length * byteSize(c.result, word)));
      }
      const calls = cases.map((c) => `    direct_call(@"run.${c.name}")`).join("\n");
      text += `\ngraph main -> Signed\nb1():\n${calls}\n    return 0\n`;
      const binary = await build(text, target, { known }, { optimize });
      const output = execFileSync(binary, { maxBuffer: 1 << 26 });
      const bytes = new DataView(output.buffer, output.byteOffset, output.byteLength);
      let at = 0;
      for (const [k, c] of cases.entries()) {
        for (const row of inputs[k] as unknown[][]) {
          const expected = c.mean(...(row as never[]));
          const got = readBack(bytes, at, c.result, word);
          if (!same(got, expected)) expect.fail(`${c.name}(${row.join(", ")}) gave ${got}, not ${expected}`);
          at += byteSize(c.result, word);
        }
      }
      expect(at).toBe(output.byteLength);
    },
    120_000,
  );
});
