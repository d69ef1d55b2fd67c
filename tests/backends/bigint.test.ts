// The C functions on bigints against JavaScript's, natively for both word sizes. One binary per target runs all cases:
// operands and results are prebuilt objects, results are written out as bytes.
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ExternalFunction, LowArrayObject, LowStruct } from "../../rtyper/lltype/memory.ts";
import {
  Address,
  BIGINT,
  Float,
  gcArray,
  Int64,
  type LowType,
  type Primitive,
  ptr,
  Signed,
  UInt8,
  UInt64,
  Void,
} from "../../rtyper/lltype/types.ts";
import { BIG } from "../../rtyper/repr/bigcalls.ts";
import { build, TARGETS } from "./kit.ts";

const BIG_PTR = ptr(BIGINT);
const CASES = 80;

const magnitude = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt(0n, 2n ** 70n) },
  { weight: 2, arbitrary: fc.bigInt(0n, 2n ** 700n) },
  { weight: 1, arbitrary: fc.bigInt(0n, 2n ** 9000n) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 260 }).map((n) => 2n ** BigInt(n)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 260 }).map((n) => 2n ** BigInt(n) - 1n) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n, 2n ** 1024n - 2n ** 969n, 2n ** 1024n - 2n ** 970n) },
);
const big = fc.tuple(magnitude, fc.boolean()).map(([m, negative]) => (negative ? -m : m));

interface Case {
  readonly name: string;
  readonly external: ExternalFunction;
  /** The operands after the result, for bigints as bigint. */
  readonly args: readonly (bigint | number | string)[];
  /** A bigint for functions that fill a result, else the value returned. */
  readonly expected: bigint | number | string;
  /** Bits of room in the result. */
  readonly room: number;
}

function sample<T>(arbitrary: fc.Arbitrary<T>): T[] {
  return fc.sample(arbitrary, { numRuns: CASES, seed: 11 });
}

function bitLength(a: bigint): number {
  return a === 0n ? 0 : (a < 0n ? -a : a).toString(2).length;
}

function hash(a: bigint): bigint {
  let h = a < 0n ? 0x5bd1e995 : 0;
  for (let rest = a < 0n ? -a : a; rest > 0n; rest >>= 32n) h = Math.imul(h ^ Number(rest & 0xffffffffn), 0x01000193);
  return BigInt(h | 0);
}

function binaryCases(): Case[] {
  const meanings: Record<string, (a: bigint, b: bigint) => bigint> = {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    quotient: (a, b) => a / b,
    remainder: (a, b) => a % b,
    and: (a, b) => a & b,
    or: (a, b) => a | b,
    xor: (a, b) => a ^ b,
  };
  return Object.entries(meanings).flatMap(([name, mean]) =>
    sample(fc.tuple(big, big))
      .filter(([, b]) => b !== 0n || !/quot|rem/.test(name))
      .map(([a, b]) => {
        const both = name === "mul" ? bitLength(a) + bitLength(b) : Math.max(bitLength(a), bitLength(b)) + 64;
        const external = BIG[name as "add"];
        return { name, external, args: [a, b], expected: mean(a, b), room: both };
      }),
  );
}

function otherCases(word: number): Case[] {
  const unary = (name: keyof typeof BIG, mean: (a: bigint) => bigint | number, values = sample(big)): Case[] =>
    values.map((a) => ({ name, external: BIG[name], args: [a], expected: mean(a), room: bitLength(a) + 1 }));
  const fill = (name: keyof typeof BIG, values: readonly (bigint | number)[]): Case[] =>
    values.map((x) => ({
      name,
      external: BIG[name],
      args: [x],
      expected: BigInt(x),
      room: name === "ofFloat" ? bitLength(BigInt(x)) : 64,
    }));
  const integral = fc
    .oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.double({ min: -1e20, max: 1e20, noNaN: true }),
    )
    .map(Math.trunc);
  const cuts = sample(fc.tuple(big, fc.oneof(fc.nat(200), fc.constantFrom(0, 1, 31, 32, 33, 63, 64, 65, 128, 5000))));
  const radixes = sample(fc.tuple(big, fc.integer({ min: 2, max: 36 })));
  return [
    ...unary("neg", (a) => -a),
    ...unary("not", (a) => ~a),
    ...unary("hash", hash),
    ...unary("low64", (a) => BigInt.asIntN(64, a)),
    ...unary("low64Word", (a) => BigInt.asIntN(word, a)),
    ...unary("toFloat", Number),
    ...unary("fits", (a) => (BigInt.asIntN(word, a) === a ? 1n : 0n)),
    ...fill("ofInt64", sample(fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.constant(-(2n ** 63n))))),
    ...fill("ofUInt64", sample(fc.bigInt(0n, 2n ** 64n - 1n))),
    ...fill("ofFloat", sample(integral)),
    ...sample(fc.tuple(big, fc.integer({ min: -400, max: 400 }))).map(
      ([a, n]): Case => ({
        name: "shift",
        external: BIG.shift,
        args: [a, n],
        expected: n >= 0 ? a << BigInt(n) : a >> BigInt(-n),
        room: bitLength(a) + Math.max(n, 0) + word,
      }),
    ),
    ...sample(
      fc.oneof(
        fc.tuple(big, big),
        big.map((a): [bigint, bigint] => [a, a]),
      ),
    ).map(
      ([a, b]): Case => ({
        name: "compare",
        external: BIG.compare,
        args: [a, b],
        expected: a < b ? -1n : a > b ? 1n : 0n,
        room: 0,
      }),
    ),
    ...cuts.flatMap(([a, bits]): Case[] => {
      const room = a >= 0n ? Math.min(bitLength(a) + word, bits + word) : bits + word;
      return [
        { name: "asInt", external: BIG.asInt, args: [a, bits], expected: BigInt.asIntN(bits, a), room },
        { name: "asUint", external: BIG.asUint, args: [a, bits], expected: BigInt.asUintN(bits, a), room },
      ];
    }),
    ...radixes.flatMap(([a, radix]): Case[] => [
      { name: "toText", external: BIG.toText, args: [a, radix], expected: a.toString(radix), room: 0 },
      {
        name: "ofText",
        external: BIG.ofText,
        args: [a < 0n ? (-a).toString(radix) : `00${a.toString(radix)}`, radix, a < 0n ? 1 : 0],
        expected: a,
        room: Math.ceil((a.toString(radix).length + 2) * Math.log2(radix)) + 2 * word,
      },
    ]),
  ];
}

function lowBig(value: bigint, word: number, limbs: number): LowStruct {
  const made = new LowStruct(BIGINT, limbs);
  let rest = value < 0n ? -value : value;
  let n = 0;
  for (; rest > 0n; rest >>= BigInt(word)) made.setItem(n++, BigInt.asUintN(word, rest));
  made.set("size", BigInt(value < 0n ? -n : n));
  return made;
}

for (const target of TARGETS) {
  test(`all functions, ${target}`, async () => {
    const word = target === "x86-64" ? 64 : 32;
    const bytes = word / 8;
    const limbsFor = (bits: number): number => Math.ceil(bits / word) + 1;
    const cases = [...binaryCases(), ...otherCases(word)];
    const known: [string, object, LowType?][] = Object.values(BIG).map((e) => [e.name, e]);
    const chunks: string[][] = [];
    for (const [k, c] of cases.entries()) {
      const lines: string[] = [];
      const prebuild = (suffix: string, object: LowStruct | LowArrayObject): string => {
        known.push([`c${k}.${suffix}`, object, ptr(object.type)]);
        return `@"c${k}.${suffix}"`;
      };
      const fills = c.external.result === (Void as Primitive);
      const limbs = limbsFor(c.room);
      const types = c.external.args.slice(fills ? 1 : 0);
      const given = [...c.args];
      if (c.name === "ofText") given.splice(1, 0, (given[0] as string).length);
      let result = fills ? prebuild("r", lowBig(0n, word, limbs)) : "";
      const operands = types.map((type, i) => {
        const value = given[i];
        if (type === BIG_PTR)
          return prebuild(`a${i}`, lowBig(value as bigint, word, limbsFor(bitLength(value as bigint))));
        if (type === Address) {
          const text = value === undefined ? "x".repeat((c.expected as string).length + 1) : (value as string);
          const array = new LowArrayObject(gcArray(UInt8), text.length);
          for (let j = 0; j < text.length; j++) array.setItem(j, text.charCodeAt(j));
          const name = prebuild(`t${i}`, array);
          lines.push(`    r${k}00${i} = array_items_address(${name})`);
          if (value === undefined) result = name;
          return `r${k}00${i}`;
        }
        if (type === Float) return Number.isInteger(value) ? `${value}`.replace(/^(-?\d+)$/, "$1.0") : `${value}`;
        return type === Int64 || type === UInt64 ? `${value}: ${type.toText()}` : `${value}`;
      });
      const args = [...(fills ? [result] : []), ...operands].map((a) => `, ${a}`).join("");
      const type = c.external.result.toText();
      lines.push(`    v${k}: ${type} = external_call(@${c.external.name}: Void${args})`);
      if (fills || c.name === "toText") {
        const size = fills ? (2 + limbs) * bytes : (c.expected as string).length;
        lines.push(`    p${k}5 = array_items_address(${result})`);
        lines.push(
          `    n${k}6: Signed = external_call(@rts_write: Void, 1: Int32, p${k}5, ${fills ? -2 * bytes : 0}, ${size})`,
        );
      } else {
        const name = prebuild("s", new LowArrayObject(gcArray(c.external.result), 1));
        lines.push(`    setarrayitem(${name}, 0, v${k})`, `    p${k}5 = array_items_address(${name})`);
        const size = c.external.result === (Signed as Primitive) ? bytes : 8;
        lines.push(`    n${k}6: Signed = external_call(@rts_write: Void, 1: Int32, p${k}5, 0, ${size})`);
      }
      if (k % 100 === 0) chunks.push([]);
      chunks.at(-1)?.push(...lines);
    }
    const parts = chunks.map(
      (lines, i) => `graph part${i} -> Void\nb1():\n${lines.join("\n")}\n    return undefined\n`,
    );
    const calls = parts.map((_, i) => `    direct_call(@part${i})`).join("\n");
    const text = `${parts.join("\n")}\ngraph main -> Signed\nb1():\n${calls}\n    return 0\n`;
    const binary = await build(text, target, { known }, { optimize: 0 });
    const output = execFileSync(binary, { maxBuffer: 1 << 26 });
    const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
    const readWord = (at: number): bigint =>
      bytes === 8 ? view.getBigInt64(at, true) : BigInt(view.getInt32(at, true));
    let at = 0;
    for (const c of cases) {
      let got: bigint | number | string;
      if (c.external.result === (Void as Primitive)) {
        const size = Number(readWord(at));
        const limbs = limbsFor(c.room);
        got = 0n;
        for (let i = Math.abs(size) - 1; i >= 0; i--) {
          got = (got << BigInt(word)) | BigInt.asUintN(word, readWord(at + (2 + i) * bytes));
        }
        if (size < 0) got = -got;
        at += (2 + limbs) * bytes;
      } else if (c.name === "toText") {
        got = output.toString("latin1", at, at + (c.expected as string).length);
        at += (c.expected as string).length;
      } else if (c.external.result === Float) {
        got = view.getFloat64(at, true);
        at += 8;
      } else {
        got = c.external.result === Int64 ? view.getBigInt64(at, true) : readWord(at);
        at += c.external.result === Int64 ? 8 : bytes;
      }
      if (got !== c.expected) expect.fail(`${c.name}(${c.args.join(", ")}) gave ${got}, not ${c.expected}`);
    }
    expect(at).toBe(output.length);
  }, 120_000);
}
