/**
 * Big integers: a struct with a signed number of limbs (negative for negative values, 0 for zero) and room for at
 * least that many words, lowest first. The capacity is decided before a result is allocated; C functions over GMP's mpn
 * layer fill it in and set `size`. Machine integers of `asIntN`/`asUintN` are unboxed words of their width.
 */
import type { SomeBigInt, SomeMachineInt } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { FlowOpName } from "../../translator/flow/ops.ts";
import type { Hop, OpList } from "../hop.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import {
  Bool,
  Int8,
  Int16,
  Int32,
  Int64,
  type Primitive,
  Signed,
  UInt8,
  UInt16,
  UInt32,
  UInt64,
} from "../lltype/types.ts";
import {
  badConst,
  type ConstPlace,
  conversions,
  lowerings,
  pairLowerings,
  Repr,
  type ReprClass,
  reprs,
} from "../repr.ts";
import {
  bigPow,
  capacityOfBits,
  capacityOfPart,
  capacityOfProduct,
  capacityOfShift,
  capacityOfSum,
  hashBigInt,
  requireBigDivisor,
  shiftCountOf,
} from "../runtime/bigint.ts";
import { BIG, type BigCall, setSimulatedWord } from "./bigcalls.ts";
import { BIGINT_PTR, BIGINT_STRUCT } from "./bigtype.ts";
import { IntRepr } from "./int.ts";

export class BigIntRepr extends Repr {
  readonly lowType = BIGINT_PTR;

  toText(): string {
    return "bigint";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (value === 1) return this.convertConst(1n, place);
    if (typeof value !== "bigint") return badConst(this, value, place);
    return lowBigInt(value, place.typer.wordBits, place.typer.uniqueName(`bigint ${bigName(value)}`));
  }
}

function bigName(value: bigint): string {
  const text = value.toString();
  return text.length <= 24 ? text : `${text.slice(0, 12)}..${text.length}`;
}

/** The struct that holds a value. */
export function lowBigInt(value: bigint, wordBits: number, name: string | null = null): LowStruct {
  const limbs: bigint[] = [];
  for (let rest = value < 0n ? -value : value; rest !== 0n; rest >>= BigInt(wordBits)) {
    limbs.push(BigInt.asUintN(wordBits, rest));
  }
  const made = new LowStruct(BIGINT_STRUCT, Math.max(limbs.length, 1));
  made.name = name;
  made.set("size", BigInt(value < 0n ? -limbs.length : limbs.length));
  for (const [i, limb] of limbs.entries()) made.setItem(i, limb);
  return made;
}

/** The hash of a bigint as a map key: over 32-bit parts, so that it does not depend on the word. */
export function hashOfBigInt(value: bigint): number {
  return hashBigInt(value);
}

/** An unboxed machine integer. */
export class MachineIntRepr extends Repr {
  readonly lowType: Primitive;
  readonly bits: number;
  readonly signed: boolean;

  constructor(bits: number, signed: boolean) {
    super();
    this.bits = bits;
    this.signed = signed;
    this.lowType = PRIMITIVES[`${signed}${bits}`] as Primitive;
  }

  toText(): string {
    return this.lowType.name;
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (typeof value !== "bigint") return badConst(this, value, place);
    const wrapped = this.signed ? BigInt.asIntN(this.bits, value) : BigInt.asUintN(this.bits, value);
    return this.bits === 64 ? wrapped : Number(wrapped);
  }
}

const PRIMITIVES: Readonly<Record<string, Primitive>> = {
  true8: Int8,
  true16: Int16,
  true32: Int32,
  true64: Int64,
  false8: UInt8,
  false16: UInt16,
  false32: UInt32,
  false64: UInt64,
};

export const BIGINT_REPR = new BigIntRepr();
const machineReprs = new Map<string, MachineIntRepr>();

/** The repr of a width: 8, 16, 32 or 64. */
export function machineIntRepr(bits: number, signed: boolean): MachineIntRepr {
  const key = `${signed}${bits}`;
  let made = machineReprs.get(key);
  if (made === undefined) {
    made = new MachineIntRepr(bits, signed);
    machineReprs.set(key, made);
  }
  return made;
}

reprs.on<SomeBigInt>("bigint", () => BIGINT_REPR);
reprs.on<SomeMachineInt>("machineInt", (s) => machineIntRepr(s.bits, s.signed));

/** A new bigint with room for some limbs, zero until C fills it in. */
export function allocateBig(ops: OpList, capacity: Value): Value {
  return ops.emit("malloc_varsize", [ops.void(BIGINT_STRUCT), capacity], BIGINT_PTR);
}

/** Calls a C function on bigints. */
export function callBig(ops: OpList, call: BigCall, ...args: Value[]): Value {
  setSimulatedWord(ops.typer.wordBits);
  return ops.emit("external_call", [ops.void(call), ...args], call.result);
}

/** Signed number of limbs. */
export function bigSize(ops: OpList, big: Value): Value {
  return ops.getField(big, "size", Signed);
}

// Between machine integers and big ones.
conversions.on(MachineIntRepr, BigIntRepr, (v, from, _to, ops) => {
  const made = allocateBig(ops, ops.helper(capacityOfBits, ops.int(64)));
  const wide = from.signed ? Int64 : UInt64;
  const value = v.type === wide ? v : ops.emit("int_cast", [v], wide);
  callBig(ops, from.signed ? BIG.ofInt64 : BIG.ofUInt64, made, value);
  return made;
});
conversions.on(BigIntRepr, MachineIntRepr, (v, _from, to, ops) => truncated(callBig(ops, BIG.low64, v), to, ops));
conversions.on(MachineIntRepr, MachineIntRepr, (v, _from, to, ops) => truncated(v, to, ops));

/** A wider integer cut to a width. */
export function truncated(value: Value, to: MachineIntRepr, ops: OpList): Value {
  return value.type === to.lowType ? value : ops.emit("int_cast", [value], to.lowType);
}

function operands(hop: Hop): [Value, Value] {
  return [hop.inputArg(BIGINT_REPR, 0), hop.inputArg(BIGINT_REPR, 1)];
}

type Capacity = (a: number, b: number) => number;

/** Emits an operation of two bigints with a result of the given capacity. */
function binary(hop: Hop, call: BigCall, capacity: Capacity, divides = false): Value {
  const [a, b] = operands(hop);
  const [n, m] = [bigSize(hop, a), bigSize(hop, b)];
  if (divides) hop.helper(requireBigDivisor, m);
  const made = allocateBig(hop, hop.helper(capacity, n, m));
  callBig(hop, call, made, a, b);
  return hop.toResult(made, BIGINT_REPR);
}

const BINARY: readonly (readonly [FlowOpName, BigCall, Capacity, boolean])[] = [
  ["add", BIG.add, capacityOfSum, false],
  ["sub", BIG.sub, capacityOfSum, false],
  ["mul", BIG.mul, capacityOfProduct, false],
  ["div", BIG.quotient, capacityOfSum, true],
  ["mod", BIG.remainder, capacityOfSum, true],
  ["bit_and", BIG.and, capacityOfSum, false],
  ["bit_or", BIG.or, capacityOfSum, false],
  ["bit_xor", BIG.xor, capacityOfSum, false],
];
const BIGS: readonly ReprClass<Repr>[] = [BigIntRepr, MachineIntRepr];

function onBigPairs(name: FlowOpName, lower: (hop: Hop) => Value): void {
  for (const a of BIGS) for (const b of BIGS) pairLowerings.on(name, a, b, (hop) => lower(hop));
}

for (const [name, call, capacity, divides] of BINARY) onBigPairs(name, (hop) => binary(hop, call, capacity, divides));
// `x++` and `x--`: the one is written as an int.
for (const [name, call] of [
  ["add", BIG.add],
  ["sub", BIG.sub],
] as const) {
  for (const a of BIGS) pairLowerings.on(name, a, IntRepr, (hop) => binary(hop, call, capacityOfSum));
}

/** Shifts by a bigint count; a negative one shifts the other way. */
function shift(hop: Hop, sign: 1 | -1): Value {
  const [a, b] = operands(hop);
  const size = bigSize(hop, a);
  const given = hop.helper(shiftCountOf, size, bigSize(hop, b), callBig(hop, BIG.low64Word, b), hop.int(sign));
  const made = allocateBig(hop, hop.helper(capacityOfShift, size, given));
  callBig(hop, BIG.shift, made, a, given);
  return hop.toResult(made, BIGINT_REPR);
}

onBigPairs("shl", (hop) => shift(hop, 1));
onBigPairs("shr", (hop) => shift(hop, -1));
onBigPairs("pow", (hop) => hop.toResult(hop.helper(bigPow, ...operands(hop)), BIGINT_REPR));

const ORDERS = [
  ["lt", "int_lt"],
  ["le", "int_le"],
  ["gt", "int_gt"],
  ["ge", "int_ge"],
  ["eq", "int_eq"],
  ["ne", "int_ne"],
] as const;
for (const [name, opname] of ORDERS) {
  for (const a of BIGS) {
    for (const b of BIGS) {
      pairLowerings.on(name, a, b, (hop, first, second) => {
        if (first === second && first instanceof MachineIntRepr) {
          return hop.emit(opname, [hop.input(0), hop.input(1)], Bool);
        }
        return hop.emit(opname, [callBig(hop, BIG.compare, ...operands(hop)), hop.int(0)], Bool);
      });
    }
  }
}

function unary(hop: Hop, call: BigCall): Value {
  const a = hop.inputArg(BIGINT_REPR, 0);
  const made = allocateBig(hop, hop.helper(capacityOfPart, bigSize(hop, a)));
  callBig(hop, call, made, a);
  return hop.toResult(made, BIGINT_REPR);
}

for (const repr of BIGS) {
  lowerings.on("neg", repr, (hop) => unary(hop, BIG.neg));
  lowerings.on("bit_not", repr, (hop) => unary(hop, BIG.not));
}
lowerings.on("is_true", BigIntRepr, (hop) => hop.emit("int_ne", [bigSize(hop, hop.input(0)), hop.int(0)], Bool));
lowerings.on("is_true", MachineIntRepr, (hop) => hop.emit("int_to_bool", [hop.input(0)], Bool));
