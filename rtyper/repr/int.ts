/**
 * Ints: one machine word (`Signed`). `| & ^ ~ << >>` work on the low 32 bits, as in JavaScript; `%` by zero raises in a
 * helper whose fast path the inliner takes in. The result of `>>>` is a `UInt32` where the word has 32 bits.
 */
import type { SomeInt, SomeIntValued } from "../../annotator/model.ts";
import { WordConstant } from "../../rlib/word.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { FlowOpName } from "../../translator/flow/ops.ts";
import { checkedDivision, toInt32OfFloat } from "../arith.ts";
import type { Hop, OpList } from "../hop.ts";
import { type LowValue, SymbolicWord } from "../lltype/memory.ts";
import type { OpName } from "../lltype/ops/index.ts";
import { Bool, Float, Int32, Signed, UInt32 } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs } from "../repr.ts";

export class IntRepr extends Repr {
  readonly lowType = Signed;

  toText(): string {
    return "int";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (typeof value === "number" && Number.isInteger(value)) return requireWord(this, value, place);
    if (typeof value === "boolean") return value ? 1n : 0n;
    if (typeof value === "bigint" || value instanceof SymbolicWord) return value;
    if (value instanceof WordConstant) return wordConstant(value, place.typer.wordBits);
    return badConst(this, value, place);
  }
}

/** An int of the target's word; the annotator refuses others. */
function requireWord(repr: Repr, value: number, place: ConstPlace): bigint {
  const bound = 2 ** (place.typer.wordBits - 1);
  return value >= -bound && value < bound ? BigInt(value) : badConst(repr, value, place);
}

/** What `minInt()`, `maxInt()`, `wordBits()` called at import time stand for. */
function wordConstant(value: WordConstant, wordBits: number): bigint {
  switch (value.property) {
    case "wordBits":
      return BigInt(wordBits);
    case "minInt":
      return -(1n << BigInt(wordBits - 1));
    case "maxInt":
      return (1n << BigInt(wordBits - 1)) - 1n;
  }
}

/** The result of `>>>` on a 32-bit target. */
export class UInt32Repr extends Repr {
  readonly lowType = UInt32;

  toText(): string {
    return "uint32";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    return typeof value === "number" && Number.isInteger(value) ? value : badConst(this, value, place);
  }
}

export const INT_REPR = new IntRepr();
export const UINT32_REPR = new UInt32Repr();

reprs.on<SomeInt>("int", (s, typer) => (s.uint32 && typer.wordBits === 32 ? UINT32_REPR : INT_REPR));
reprs.on<SomeIntValued>("intValued", () => INT_REPR);

conversions.on(UInt32Repr, IntRepr, (v, _from, _to, ops) => ops.emit("int_cast", [v], Signed));
conversions.on(IntRepr, UInt32Repr, (v, _from, _to, ops) => ops.emit("int_cast", [v], UInt32));

const WORD_ARITHMETIC: readonly (readonly [FlowOpName, OpName])[] = [
  ["add", "int_add"],
  ["sub", "int_sub"],
  ["mul", "int_mul"],
];
for (const [name, opname] of WORD_ARITHMETIC) {
  pairLowerings.on(name, IntRepr, IntRepr, (hop) => word(hop, hop.emit(opname, words(hop), Signed)));
}

function words(hop: Hop): [Value, Value] {
  return [hop.inputArg(INT_REPR, 0), hop.inputArg(INT_REPR, 1)];
}

function word(hop: Hop, value: Value): Value {
  return hop.toResult(value, INT_REPR);
}

pairLowerings.on("mod", IntRepr, IntRepr, (hop) => {
  const divisor = hop.known(1);
  if (divisor !== null && typeof divisor.value === "number" && divisor.value > 0) {
    return word(hop, hop.emit("int_mod", words(hop), Signed));
  }
  return word(hop, checkedDivision(hop, "int_mod_checked", ...words(hop)));
});

export const COMPARISONS: readonly (readonly [FlowOpName, "lt" | "le" | "gt" | "ge" | "eq" | "ne"])[] = [
  ["lt", "lt"],
  ["le", "le"],
  ["gt", "gt"],
  ["ge", "ge"],
  ["eq", "eq"],
  ["ne", "ne"],
];
for (const [name, suffix] of COMPARISONS) {
  pairLowerings.on(name, IntRepr, IntRepr, (hop) => hop.emit(`int_${suffix}`, words(hop), Bool));
  pairLowerings.on(name, UInt32Repr, UInt32Repr, (hop) =>
    hop.emit(`int_${suffix}`, [hop.inputArg(UINT32_REPR, 0), hop.inputArg(UINT32_REPR, 1)], Bool),
  );
}

const BITS: readonly (readonly [FlowOpName, OpName])[] = [
  ["bit_and", "int_and"],
  ["bit_or", "int_or"],
  ["bit_xor", "int_xor"],
];

/** The operand as `Int32`. */
export function int32Of(hop: Hop, i: number): Value {
  const known = hop.known(i);
  if (known !== null && typeof known.value === "number") return hop.const(known.value | 0, Int32);
  if (hop.some(i).kind === "float") return toInt32OfFloat(hop, hop.input(i));
  return hop.emit("int_cast", [hop.inputArg(INT_REPR, i)], Int32);
}

/** An `Int32` as the operation's result. */
export function fromInt32(hop: Hop, value: Value): Value {
  return word(hop, hop.emit("int_cast", [value], Signed));
}

/** The count of a 32-bit shift: its low five bits. */
function shiftCount(hop: Hop): Value {
  const known = hop.known(1);
  if (known !== null && typeof known.value === "number") return hop.const(known.value & 31, Int32);
  return hop.emit("int_and", [int32Of(hop, 1), hop.const(31, Int32)], Int32);
}

for (const [name, opname] of BITS) {
  pairLowerings.on(name, Repr, Repr, (hop) => {
    requireNumbers(hop, [0, 1]);
    return fromInt32(hop, hop.emit(opname, [int32Of(hop, 0), int32Of(hop, 1)], Int32));
  });
}
pairLowerings.on("shl", Repr, Repr, (hop) => {
  requireNumbers(hop, [0, 1]);
  return fromInt32(hop, hop.emit("int_shl", [int32Of(hop, 0), shiftCount(hop)], Int32));
});
pairLowerings.on("shr", Repr, Repr, (hop) => {
  requireNumbers(hop, [0, 1]);
  return fromInt32(hop, hop.emit("int_shr", [int32Of(hop, 0), shiftCount(hop)], Int32));
});
pairLowerings.on("ushr", Repr, Repr, (hop) => {
  requireNumbers(hop, [0, 1]);
  const unsigned = hop.emit("int_cast", [int32Of(hop, 0)], UInt32);
  const count = hop.emit("int_cast", [shiftCount(hop)], UInt32);
  const shifted = hop.emit("int_shr", [unsigned, count], UInt32);
  return hop.toResult(shifted, UINT32_REPR);
});
lowerings.on("bit_not", Repr, (hop) => {
  requireNumbers(hop, [0]);
  return fromInt32(hop, hop.emit("int_invert", [int32Of(hop, 0)], Int32));
});

/** The 32-bit operations take whatever converts to int; anything else is a gap between annotator and rtyper. */
function requireNumbers(hop: Hop, operands: readonly number[]): void {
  for (const i of operands) {
    const kind = hop.some(i).kind;
    if (kind !== "int" && kind !== "intValued" && kind !== "float" && kind !== "bool") {
      throw new Error(`rtyper: no lowering of ${hop.describe()}`);
    }
  }
}

lowerings.on("neg", IntRepr, (hop) => word(hop, hop.emit("int_neg", [hop.inputArg(INT_REPR, 0)], Signed)));
lowerings.on("pos", Repr, (hop) => hop.inputArg(hop.resultRepr, 0));
lowerings.on("is_true", IntRepr, (hop) => hop.emit("int_ne", [hop.inputArg(INT_REPR, 0), hop.int(0)], Bool));
lowerings.on("is_true", UInt32Repr, (hop) => hop.emit("int_to_bool", [hop.input(0)], Bool));

/** Nearest double of an int. */
export function intToFloat(value: Value, ops: OpList): Value {
  return ops.emit("int_to_float", [value], Float);
}
