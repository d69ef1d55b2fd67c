/**
 * Rewriting: constants are folded, the rules of `rules.ts` applied to ints, a few like them to floats.
 *
 * The first rule that fits replaces the operation; what it builds goes through all passes anew, so rules compose.
 */
import type { float, int } from "../../rlib/types.ts";
import { floatMeaning, floatToIntMeaning, intMeaning, intToFloatMeaning } from "../format/meaning.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, Op, sameValue, type Value, ZERO } from "../format/values.ts";
import { wordMax, wordMin } from "../format/word.ts";
import { IntBound } from "./bounds.ts";
import { Pass } from "./pass.ts";
import { RULE_TEXTS } from "./rules.ts";
import * as t from "./ruletext.ts";

const RULES = t.rulesByOperation(RULE_TEXTS);

export class RewritePass extends Pass {
  /** Values of the variables of the rule that is being tried. */
  readonly #bound: (Value | null)[] = [null, null, null, null, null];

  override process(op: Op): void {
    const opnum = op.opnum;
    if (opnum >= ops.INT_ADD && opnum <= ops.INT_IS_ZERO) {
      if (!this.#foldInt(op) && !this.#applyRules(op)) this.pass(op);
    } else if (opnum >= ops.FLOAT_ADD && opnum <= ops.WORD_BITS_TO_FLOAT) {
      if (!this.#foldFloat(op) && !this.#simplifyFloat(op)) this.pass(op);
    } else if (opnum === ops.SAME_AS_I || opnum === ops.SAME_AS_R || opnum === ops.SAME_AS_F) {
      this.opt.replace(op, op.args[0]);
    } else this.pass(op);
  }

  #foldInt(op: Op): boolean {
    const a = op.args[0];
    const b = op.args.length > 1 ? op.args[1] : ZERO;
    if (!(a instanceof ConstInt)) return false;
    if (!(b instanceof ConstInt)) {
      if (ops.hasFlag(op.opnum, ops.COMMUTES)) {
        op.args[0] = b;
        op.args[1] = a;
      }
      return false;
    }
    if (!isDefined(op.opnum, a.value, b.value, this.opt.bits)) return false;
    this.opt.replaceByInt(op, intMeaning(op.opnum, a.value, b.value, this.opt.bits));
    return true;
  }

  #applyRules(op: Op): boolean {
    for (const rule of RULES[op.opnum]) {
      for (let i = 0; i < rule.variables; i++) this.#bound[i] = null;
      if (!this.#matchOperands(rule.pattern, op) || !this.#holdAll(rule.conditions)) continue;
      this.opt.replace(op, this.#build(rule.result));
      return true;
    }
    return false;
  }

  #match(pattern: t.Pattern, operand: Value): boolean {
    const value = this.opt.resolve(operand);
    switch (pattern.sort) {
      case t.PATTERN_ANY:
        return this.#bind(pattern.number, value);
      case t.PATTERN_BOX:
        return value instanceof Box && this.#bind(pattern.number, value);
      case t.PATTERN_CONSTANT:
        return value instanceof ConstInt && this.#bind(pattern.number, value);
      case t.PATTERN_INT:
        return value instanceof ConstInt && value.value === pattern.number;
      case t.PATTERN_OP:
        return value instanceof Op && unchecked(value.opnum) === pattern.number && this.#matchOperands(pattern, value);
      default:
        return false;
    }
  }

  #bind(variable: int, value: Value): boolean {
    const bound = this.#bound[variable];
    if (bound !== null) return sameValue(bound, value);
    this.#bound[variable] = value;
    return true;
  }

  #matchOperands(pattern: t.Pattern, op: Op): boolean {
    const children = pattern.children;
    if (children.length === 1) return this.#match(children[0], op.args[0]);
    const saved = this.#bound.slice();
    if (this.#match(children[0], op.args[0]) && this.#match(children[1], op.args[1])) return true;
    if (!ops.hasFlag(op.opnum, ops.COMMUTES)) return false;
    for (let i = 0; i < saved.length; i++) this.#bound[i] = saved[i];
    return this.#match(children[0], op.args[1]) && this.#match(children[1], op.args[0]);
  }

  #holdAll(conditions: readonly t.Condition[]): boolean {
    for (const condition of conditions) {
      const left = this.#range(condition.left);
      const right = this.#range(condition.right);
      if (left === null || right === null) return false;
      if (condition.relation === t.CONDITION_LT) {
        if (left.hi >= right.lo) return false;
      } else if (condition.relation === t.CONDITION_LE) {
        if (left.hi > right.lo) return false;
      } else if (left.lo !== right.hi || left.hi !== right.lo) return false;
    }
    return true;
  }

  /** Range of one side of a condition; null for a computation that is not defined. */
  #range(pattern: t.Pattern): IntBound | null {
    if (isVariable(pattern)) return this.opt.boundOf(this.#bound[pattern.number] as Value);
    const value = this.#constant(pattern);
    return value === null ? null : new IntBound(value.value, value.value);
  }

  /** Value of a pattern without free values; null if it has none. */
  #constant(pattern: t.Pattern): ConstInt | null {
    const bits = this.opt.bits;
    switch (pattern.sort) {
      case t.PATTERN_CONSTANT: {
        const value = this.#bound[pattern.number];
        return value instanceof ConstInt ? value : null;
      }
      case t.PATTERN_INT:
        return new ConstInt(pattern.number);
      case t.PATTERN_BITS:
        return new ConstInt(bits);
      case t.PATTERN_MIN:
        return new ConstInt(wordMin(bits));
      case t.PATTERN_MAX:
        return new ConstInt(wordMax(bits));
      case t.PATTERN_OP: {
        const a = this.#constant(pattern.children[0]);
        const b = pattern.children.length > 1 ? this.#constant(pattern.children[1]) : ZERO;
        if (a === null || b === null || !isDefined(pattern.number, a.value, b.value, bits)) return null;
        return new ConstInt(intMeaning(pattern.number, a.value, b.value, bits));
      }
      default:
        return null;
    }
  }

  #build(pattern: t.Pattern): Value {
    if (isVariable(pattern)) return this.#bound[pattern.number] as Value;
    const constant = this.#constant(pattern);
    if (constant !== null) return constant;
    // Building sends operations, and that may try other rules: the variables are read before.
    const args: Value[] = [];
    const saved = this.#bound.slice();
    for (const child of pattern.children) {
      for (let i = 0; i < saved.length; i++) this.#bound[i] = saved[i];
      args.push(this.#build(child));
    }
    return this.opt.send(pattern.number, args, null);
  }

  // Floats.

  #foldFloat(op: Op): boolean {
    const a = op.args[0];
    const b: Value = op.args.length > 1 ? op.args[1] : a;
    if (a instanceof ConstFloat && b instanceof ConstFloat) {
      if (op.kind === ops.KIND_FLOAT) this.opt.replaceByFloat(op, floatMeaning(op.opnum, a.value, b.value));
      else if (this.#fitsInt(op, a.value)) {
        this.opt.replaceByInt(op, floatToIntMeaning(op.opnum, a.value, b.value));
      } else return false;
      return true;
    }
    if (a instanceof ConstInt && b instanceof ConstInt) {
      this.opt.replaceByFloat(op, intToFloatMeaning(op.opnum, a.value, b.value, this.opt.bits));
      return true;
    }
    return false;
  }

  /** Is a conversion to int defined, and exact at this width? */
  #fitsInt(op: Op, x: float): boolean {
    if (op.opnum === ops.FLOAT_TO_WORD_BITS) return this.opt.bits >= 64;
    if (op.opnum !== ops.CAST_FLOAT_TO_INT) return true;
    return x > -1073741824.0 && x < 1073741824.0;
  }

  #simplifyFloat(op: Op): boolean {
    const a = op.args[0];
    const b: Value = op.args.length > 1 ? op.args[1] : a;
    if (a instanceof ConstFloat && ops.hasFlag(op.opnum, ops.COMMUTES)) {
      op.args[0] = b;
      op.args[1] = a;
      return this.#withConstant(op, b, a.value);
    }
    if (b instanceof ConstFloat) return this.#withConstant(op, a, b.value);
    if (op.args.length === 1 && a instanceof Op) return this.#undone(op, a);
    return false;
  }

  /** A float and a constant: what leaves it as it is, a division that is a product. */
  #withConstant(op: Op, a: Value, c: float): boolean {
    const opt = this.opt;
    const isNegativeZero = c === 0 && 1 / c < 0;
    switch (op.opnum) {
      case ops.FLOAT_MUL:
        if (c === 1) return this.#becomes(op, a);
        return c === -1 && this.#becomes(op, opt.send(ops.FLOAT_NEG, [a], null));
      case ops.FLOAT_TRUEDIV:
        if (c === 1) return this.#becomes(op, a);
        if (!isPowerOfTwo(c)) return false;
        return this.#becomes(op, opt.send(ops.FLOAT_MUL, [a, new ConstFloat(1 / c)], null));
      case ops.FLOAT_ADD:
        return isNegativeZero && this.#becomes(op, a);
      case ops.FLOAT_SUB:
        return c === 0 && !isNegativeZero && this.#becomes(op, a);
      default:
        return false;
    }
  }

  /** An operation that undoes or repeats its operand. */
  #undone(op: Op, a: Op): boolean {
    const opt = this.opt;
    const inner = opt.resolve(a.args[0]);
    if (op.opnum === ops.FLOAT_NEG && a.opnum === ops.FLOAT_NEG) return this.#becomes(op, inner);
    if (op.opnum === ops.FLOAT_ABS) {
      if (a.opnum === ops.FLOAT_ABS) return this.#becomes(op, a);
      return a.opnum === ops.FLOAT_NEG && this.#becomes(op, opt.send(ops.FLOAT_ABS, [inner], null));
    }
    // An int of up to 53 bits survives the way through a float.
    if (op.opnum === ops.CAST_FLOAT_TO_INT && a.opnum === ops.CAST_INT_TO_FLOAT && inner instanceof Box) {
      const bound = opt.boundOf(inner);
      return bound.within(SMALL_INTS) && this.#becomes(op, inner);
    }
    if (op.opnum === ops.FLOAT_TO_WORD_BITS && a.opnum === ops.WORD_BITS_TO_FLOAT) return this.#becomes(op, inner);
    return op.opnum === ops.WORD_BITS_TO_FLOAT && a.opnum === ops.FLOAT_TO_WORD_BITS && this.#becomes(op, inner);
  }

  #becomes(op: Op, value: Value): boolean {
    this.opt.replace(op, value);
    return true;
  }
}

/** Does it stand for a value that need not be constant? */
function isVariable(pattern: t.Pattern): boolean {
  return pattern.sort === t.PATTERN_ANY || pattern.sort === t.PATTERN_BOX;
}

/** Ints that every word holds and every float holds exactly. */
const SMALL_INTS = new IntBound(-1073741824, 1073741823);

/** Is the float a power of two whose inverse is exact? */
function isPowerOfTwo(c: float): boolean {
  let x = Math.abs(c);
  if (!(x >= 1e-300 && x <= 1e300)) return false;
  while (x < 1) x = x * 2;
  while (x > 1) x = x / 2;
  return x === 1;
}

/** Is an operation on these ints defined? */
export function isDefined(opnum: int, a: int, b: int, bits: int): boolean {
  switch (opnum) {
    case ops.INT_FLOORDIV:
    case ops.INT_MOD:
      return b !== 0 && !(b === -1 && a === wordMin(bits));
    case ops.UINT_FLOORDIV:
    case ops.UINT_MOD:
      return b !== 0;
    case ops.INT_LSHIFT:
    case ops.INT_RSHIFT:
    case ops.INT_URSHIFT:
      return b >= 0 && b < bits;
    case ops.INT_SIGNEXT:
    case ops.INT_ZEROEXT:
      return b > 0 && b * 8 <= bits;
    default:
      return true;
  }
}

/** The operation without its overflow check. */
function unchecked(opnum: int): int {
  return opnum >= ops.INT_ADD_OVF && opnum <= ops.INT_MUL_OVF ? opnum - ops.INT_ADD_OVF + ops.INT_ADD : opnum;
}
