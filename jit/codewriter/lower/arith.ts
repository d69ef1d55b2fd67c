/**
 * Arithmetic. Narrow integers live in words, extended by their own signedness, so an operation that can leave their
 * range is followed by an extension. What jitcode has no instruction for is a call of a helper with just that operation
 * in it.
 */
import { Primitive } from "../../../rtyper/lltype/types.ts";
import type { Operation, Value, Variable } from "../../../translator/flow/model.ts";
import { arg, type BlockLowering, type Lowering, typeOf, unsupported } from "./context.ts";

function primitive(op: Operation, i = 0): Primitive {
  const type = typeOf(arg(op, i));
  return type instanceof Primitive ? type : unsupported(op);
}

function bitsOf(type: Primitive, l: BlockLowering): number {
  if (type.kind === "bool") return 1;
  return type.bits === 0 ? l.world.wordBits : type.bits;
}

/** Unsigned and as wide as the word: comparisons and divisions differ from the signed ones. */
function isUnsignedWord(type: Primitive, l: BlockLowering): boolean {
  return !type.signed && type.kind === "integer" && bitsOf(type, l) === l.world.wordBits;
}

/** Brings a word into a narrow type's range. */
function extend(l: BlockLowering, from: Variable, type: Primitive, result: Variable): void {
  l.emit(type.signed ? "int_signext" : "int_zeroext", [from, bitsOf(type, l) / 8], result);
}

/** An instruction whose result may leave the range of a narrow type. */
function wrapping(name: string): Lowering {
  return (l, op) => {
    const type = primitive(op);
    const operands = op.args.map((_, i) => arg(op, i));
    if (bitsOf(type, l) === l.world.wordBits) {
      l.emit(name, operands, op.result);
      return;
    }
    const wide = l.fresh(typeOf(op.result));
    l.emit(name, operands, wide);
    extend(l, wide, type, op.result);
  };
}

/** An instruction whose result stays in range. */
function plain(name: string): Lowering {
  return (l, op) =>
    l.emit(
      name,
      op.args.map((_, i) => arg(op, i)),
      op.result,
    );
}

/** One name for signed and narrow types, another for unsigned words (null: a helper does it). */
function bySign(signed: string, unsigned: string | null): Lowering {
  return (l, op) => {
    const name = isUnsignedWord(primitive(op), l) ? unsigned : signed;
    if (name === null) callHelper(l, op);
    else
      l.emit(
        name,
        op.args.map((_, i) => arg(op, i)),
        op.result,
      );
  };
}

/** The operation as a function of its own. */
export const callHelper: Lowering = (l, op) => l.world.helpers.lower(l, op);

const aliased: Lowering = (l, op) => l.alias(op.result, arg(op, 0));

function cast(l: BlockLowering, op: Operation): void {
  const from = primitive(op);
  const to = typeOf(op.result) as Primitive;
  const [narrow, wide] = [bitsOf(from, l), bitsOf(to, l)];
  const fits = from.signed ? to.signed && wide >= narrow : wide > narrow || (wide === narrow && !to.signed);
  // A word takes whatever it is: wrapping to it changes no bit.
  if (fits || wide === l.world.wordBits) l.alias(op.result, arg(op, 0));
  else l.emit(to.signed ? "int_signext" : "int_zeroext", [arg(op, 0), wide / 8], op.result);
}

function shiftRight(l: BlockLowering, op: Operation): void {
  const name = primitive(op).signed || !isUnsignedWord(primitive(op), l) ? "int_rshift" : "uint_rshift";
  l.emit(name, [arg(op, 0), arg(op, 1)], op.result);
}

/** Only where the word holds all 64 bits. */
function bits(name: string): Lowering {
  return (l, op) => {
    if (l.world.wordBits !== 64) unsupported(op);
    l.emit(name, [arg(op, 0)], op.result);
  };
}

/**
 * Whether a sum or difference overflows, without the jump that usually follows: by the signs. Products, and types
 * narrower than the word, are left to a helper.
 */
function overflows(l: BlockLowering, op: Operation): void {
  const type = primitive(op);
  const isWord = type.signed && bitsOf(type, l) === l.world.wordBits;
  const first = l.steps.length;
  const [left, right] = [l.resolve(arg(op, 0)), l.resolve(arg(op, 1))];
  if (isWord && op.opname !== "int_mul_overflows") overflowsBySigns(l, op, left, right);
  else callHelper(l, op);
  if (!isWord) return;
  const instruction = op.opname.replace("_overflows", "");
  l.overflowTests.set(op.result, { instruction, left, right, steps: l.steps.slice(first) });
}

function overflowsBySigns(l: BlockLowering, op: Operation, a: Value, b: Value): void {
  const t = typeOf(a);
  const result = l.fresh(t);
  const [left, right, both] = [l.fresh(t), l.fresh(t), l.fresh(t)];
  const isAdd = op.opname === "int_add_overflows";
  l.emit(isAdd ? "int_add" : "int_sub", [a, b], result);
  l.emit("int_xor", [result, a], left);
  l.emit("int_xor", isAdd ? [result, b] : [a, b], right);
  l.emit("int_and", [left, right], both);
  l.emit("int_lt", [both, l.constant(0n, t)], op.result);
}

export const ARITHMETIC: Readonly<Record<string, Lowering>> = {
  int_add: wrapping("int_add"),
  int_sub: wrapping("int_sub"),
  int_mul: wrapping("int_mul"),
  int_div: bySign("int_floordiv", null),
  int_mod: bySign("int_mod", null),
  int_neg: wrapping("int_neg"),
  int_and: plain("int_and"),
  int_or: plain("int_or"),
  int_xor: plain("int_xor"),
  int_invert: wrapping("int_invert"),
  int_shl: wrapping("int_lshift"),
  int_shr: shiftRight,
  int_add_overflows: overflows,
  int_sub_overflows: overflows,
  int_mul_overflows: overflows,
  int_lt: bySign("int_lt", "uint_lt"),
  int_le: bySign("int_le", "uint_le"),
  int_gt: bySign("int_gt", "uint_gt"),
  int_ge: bySign("int_ge", "uint_ge"),
  int_eq: plain("int_eq"),
  int_ne: plain("int_ne"),
  int_cast: cast,
  int_count_leading_zeros: callHelper,
  int_count_trailing_zeros: callHelper,
  int_popcount: callHelper,
  int_mul_high: callHelper,
  bool_not: plain("int_is_zero"),
  bool_eq: plain("int_eq"),
  bool_to_int: aliased,
  int_to_bool: plain("int_is_true"),
  char_eq: plain("int_eq"),
  char_to_int: aliased,
  int_to_char: (l, op) => l.emit("int_zeroext", [arg(op, 0), 2], op.result),
  float_add: plain("float_add"),
  float_sub: plain("float_sub"),
  float_mul: plain("float_mul"),
  float_div: plain("float_truediv"),
  float_mod: callHelper,
  float_neg: plain("float_neg"),
  float_abs: plain("float_abs"),
  float_sqrt: plain("float_sqrt"),
  float_floor: plain("float_floor"),
  float_ceil: plain("float_ceil"),
  float_trunc: plain("float_trunc"),
  float_lt: plain("float_lt"),
  float_le: plain("float_le"),
  float_gt: plain("float_gt"),
  float_ge: plain("float_ge"),
  float_eq: plain("float_eq"),
  float_ne: plain("float_ne"),
  int_to_float: bySign("cast_int_to_float", "cast_uint_to_float"),
  float_to_int: (l, op) => {
    if (isUnsignedWord(typeOf(op.result) as Primitive, l)) callHelper(l, op);
    else l.emit("cast_float_to_int", [arg(op, 0)], op.result);
  },
  float_to_bits: bits("convert_float_bytes_to_int"),
  bits_to_float: bits("convert_int_bytes_to_float"),
  same_as: aliased,
  likely: aliased,
  unlikely: aliased,
  // Addresses are words.
  address_add: plain("int_add"),
  address_sub: plain("int_sub"),
  address_lt: plain("uint_lt"),
  address_eq: plain("int_eq"),
  address_to_int: aliased,
  int_to_address: aliased,
};
