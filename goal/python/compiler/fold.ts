/**
 * Constant expressions.
 *
 * Folds what programs really write: arithmetic on small numbers, negative and complex literals, tuples of constants,
 * repeated strings. Results that might leave a machine word, and operations whose Python meaning is intricate, are left
 * to run time: folding must never change a result, and an operation that raises must raise when executed.
 */
import type { float, int } from "rtypescript/rlib";
import type { BinOp, Constant, Name, Subscript, TupleExpr, UnaryOp } from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { hasNarrowWord } from "../parser/number.ts";
import { isAscii } from "../parser/source.ts";

const MAX_REPEATED: int = 4096;
const MAX_SHIFT: int = 128;

/** Results beyond this (absolute) are not folded: it and twice it fit every machine word. */
function limit(): int {
  return hasNarrowWord() ? 0x3fffffff : 0xfffffffffffff;
}

/** The value of an expression that is constant, else null. `optimized`: `__debug__` is false. */
export function constantOf(e: Expr, optimized: boolean): ConstValue | null {
  switch (e.kind) {
    case n.N_CONSTANT:
      return (e as Constant).value;
    case n.N_NAME:
      return (e as Name).id === "__debug__" && (e as Name).ctx === n.LOAD ? c.boolValue(!optimized) : null;
    case n.N_TUPLE_EXPR: {
      const tuple: TupleExpr = e as TupleExpr;
      return tuple.ctx === n.LOAD ? constantTuple(tuple.elts, optimized) : null;
    }
    case n.N_SUBSCRIPT:
      return (e as Subscript).ctx === n.LOAD ? constantItem(e as Subscript, optimized) : null;
    case n.N_UNARY_OP: {
      const operand: ConstValue | null = constantOf((e as UnaryOp).operand, optimized);
      return operand === null ? null : foldUnary((e as UnaryOp).op, operand);
    }
    case n.N_BIN_OP: {
      // Right first: in a long chain it is the operand that is seldom deep.
      const right: ConstValue | null = constantOf((e as BinOp).right, optimized);
      if (right === null) return null;
      const left: ConstValue | null = constantOf((e as BinOp).left, optimized);
      return left === null ? null : foldBinary((e as BinOp).op, left, right);
    }
  }
  return null;
}

/** `b"."[0]` and `"abc"[-1]`. */
function constantItem(e: Subscript, optimized: boolean): ConstValue | null {
  const value: ConstValue | null = constantOf(e.value, optimized);
  if (value === null || (value.kind !== c.C_BYTES && value.kind !== c.C_STR)) return null;
  const key: ConstValue | null = constantOf(e.index, optimized);
  if (key === null || key.kind !== c.C_INT) return null;
  if (value.kind === c.C_BYTES) {
    const data: readonly int[] = value.data as readonly int[];
    const index: int = key.small < 0 ? key.small + data.length : key.small;
    return index < 0 || index >= data.length ? null : c.intValue(data[index]);
  }
  const text: string = value.text;
  const index: int = key.small < 0 ? key.small + text.length : key.small;
  if (value.data !== null || index < 0 || index >= text.length || !isAscii(text)) return null;
  return c.strValue(text.charAt(index));
}

/** A tuple of constant elements, else null. */
export function constantTuple(elts: Expr[], optimized: boolean): ConstValue | null {
  const items: ConstValue[] = [];
  for (const e of elts) {
    const item: ConstValue | null = constantOf(e, optimized);
    if (item === null) return null;
    items.push(item);
  }
  return c.tupleValue(items);
}

/** Python's truth of a constant. */
export function isTrue(v: ConstValue): boolean {
  switch (v.kind) {
    case c.C_NONE:
      return false;
    case c.C_BOOL:
    case c.C_INT:
      return v.small !== 0;
    case c.C_FLOAT:
      return v.real !== 0.0;
    case c.C_COMPLEX:
      return v.real !== 0.0 || v.imag !== 0.0;
    case c.C_STR:
      return v.text.length > 0;
    case c.C_BYTES:
      return (v.data as readonly int[]).length > 0;
    case c.C_TUPLE:
    case c.C_FROZENSET:
      return v.items.length > 0;
  }
  return true;
}

function foldUnary(op: int, v: ConstValue): ConstValue | null {
  if (op === n.OP_NOT) return c.boolValue(!isTrue(v));
  switch (v.kind) {
    case c.C_INT:
      if (op === n.OP_USUB) return c.intValue(-v.small);
      return op === n.OP_INVERT ? c.intValue(-v.small - 1) : v;
    case c.C_FLOAT:
      if (op === n.OP_USUB) return c.floatValue(-v.real);
      return op === n.OP_UADD ? v : null;
    case c.C_COMPLEX:
      if (op === n.OP_USUB) return c.complexValue(-v.real, -v.imag);
      return op === n.OP_UADD ? v : null;
  }
  return null;
}

function isReal(v: ConstValue): boolean {
  return v.kind === c.C_INT || v.kind === c.C_FLOAT;
}

function realOf(v: ConstValue): float {
  return v.kind === c.C_INT ? v.small : v.real;
}

function foldBinary(op: int, a: ConstValue, b: ConstValue): ConstValue | null {
  if (a.kind === c.C_INT && b.kind === c.C_INT) return foldInts(op, a.small, b.small);
  if (a.kind === c.C_BIG_INT && b.kind === c.C_INT) return foldMask(op, a, b);
  if (isReal(a) && isReal(b)) return foldFloats(op, realOf(a), realOf(b));
  if (isReal(a) && b.kind === c.C_COMPLEX) {
    if (op === n.OP_ADD) return c.complexValue(realOf(a) + b.real, b.imag);
    if (op === n.OP_SUB) return c.complexValue(realOf(a) - b.real, 0.0 - b.imag);
    return null;
  }
  if (a.kind === c.C_STR && a.data === null) return foldString(op, a, b);
  if (b.kind === c.C_STR && b.data === null && a.kind === c.C_INT)
    return op === n.OP_MULT ? foldString(op, b, a) : null;
  if (op === n.OP_MULT && a.kind === c.C_BYTES && b.kind === c.C_INT) return repeatBytes(a, b.small);
  if (op === n.OP_MULT && b.kind === c.C_BYTES && a.kind === c.C_INT) return repeatBytes(b, a.small);
  if (a.kind === c.C_TUPLE && b.kind === c.C_TUPLE && op === n.OP_ADD) {
    if (a.items.length + b.items.length > 256) return null;
    return c.tupleValue([...a.items, ...b.items]);
  }
  return null;
}

/** 2^k − 1, as in `(1 << 64) - 1`. */
function foldMask(op: int, a: ConstValue, b: ConstValue): ConstValue | null {
  if (op !== n.OP_SUB || a.small !== 2 || b.small !== 1 || a.text.lastIndexOf("1") !== 0) return null;
  return c.bigIntValue("1".repeat(a.text.length - 1), 2);
}

function foldString(op: int, a: ConstValue, b: ConstValue): ConstValue | null {
  if (op === n.OP_ADD && b.kind === c.C_STR && b.data === null) {
    return a.text.length + b.text.length > MAX_REPEATED ? null : c.strValue(a.text + b.text);
  }
  if (op === n.OP_MULT && b.kind === c.C_INT && b.small >= 0) {
    if (b.small > MAX_REPEATED || a.text.length * b.small > MAX_REPEATED) return null;
    return c.strValue(a.text.repeat(b.small));
  }
  return null;
}

function repeatBytes(value: ConstValue, count: int): ConstValue | null {
  const data: readonly int[] = value.data as readonly int[];
  if (count < 0 || count > MAX_REPEATED || data.length * count > MAX_REPEATED) return null;
  const result: int[] = [];
  for (let i: int = 0; i < count; i += 1) for (const b of data) result.push(b);
  return c.bytesValue(result);
}

function foldFloats(op: int, a: float, b: float): ConstValue | null {
  switch (op) {
    case n.OP_ADD:
      return c.floatValue(a + b);
    case n.OP_SUB:
      return c.floatValue(a - b);
    case n.OP_MULT:
      return c.floatValue(a * b);
    case n.OP_DIV:
      return b === 0.0 ? null : c.floatValue(a / b);
  }
  return null;
}

function bounded(value: int): ConstValue | null {
  return value > limit() || value < -limit() ? null : c.intValue(value);
}

function isWithin(value: int, bound: int): boolean {
  return value <= bound && value >= -bound;
}

function foldInts(op: int, a: int, b: int): ConstValue | null {
  if (!isWithin(a, limit()) || !isWithin(b, limit())) return null;
  switch (op) {
    case n.OP_ADD:
      return bounded(a + b);
    case n.OP_SUB:
      return bounded(a - b);
    case n.OP_MULT:
      return multiply(a, b);
    case n.OP_DIV:
      return b === 0 ? null : c.floatValue(a / b);
    case n.OP_FLOORDIV:
      return a < 0 || b <= 0 ? null : c.intValue(Math.floor(a / b));
    case n.OP_MOD:
      return a < 0 || b <= 0 ? null : c.intValue(a % b);
    case n.OP_POW:
      if (b < 0 || b > MAX_SHIFT) return null;
      return power(a, b) ?? (a === 2 ? shifted(1, b) : null);
    case n.OP_LSHIFT:
      return a < 0 || b < 0 || b > MAX_SHIFT ? null : shifted(a, b);
  }
  // The other operators are exact on 32-bit operands only.
  if (a < 0 || b < 0 || a > 0x3fffffff || b > 0x3fffffff) return null;
  switch (op) {
    case n.OP_RSHIFT:
      return c.intValue(b > 31 ? 0 : a >> b);
    case n.OP_BITOR:
      return c.intValue(a | b);
    case n.OP_BITXOR:
      return c.intValue(a ^ b);
    case n.OP_BITAND:
      return c.intValue(a & b);
  }
  return null;
}

/** a × 2^b, of any size. */
function shifted(a: int, b: int): ConstValue | null {
  const factor: ConstValue | null = power(2, b);
  const small: ConstValue | null = factor === null ? null : multiply(a, factor.small);
  return small ?? c.bigIntValue(a.toString(2) + "0".repeat(b), 2);
}

function multiply(a: int, b: int): ConstValue | null {
  if (a === 0 || b === 0) return c.intValue(0);
  const room: float = limit() / Math.abs(b);
  return Math.abs(a) > room ? null : c.intValue(a * b);
}

function power(base: int, exponent: int): ConstValue | null {
  let result: int = 1;
  for (let i: int = 0; i < exponent; i += 1) {
    const next: ConstValue | null = multiply(result, base);
    if (next === null) return null;
    result = next.small;
  }
  return c.intValue(result);
}
