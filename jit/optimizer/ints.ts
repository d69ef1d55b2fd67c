/**
 * Ints: ranges of all values, relations between them, and what follows: comparisons and checks that are decided,
 * overflow operations that cannot overflow.
 *
 * What a result is known to be is learnt when the operation has passed, about whatever it has become by then. A guard
 * on a comparison teaches its operands what it says, and sums of a value and a constant pass that on to the value.
 */
import type { int } from "../../rlib/types.ts";
import { ArrayDescr, CallDescr, type Descr, FieldDescr, InteriorFieldDescr } from "../format/descr.ts";
import { overflows } from "../format/meaning.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstInt, Op, type Value, ZERO } from "../format/values.ts";
import { wordAddOverflows, wordMax, wordMin, wordNeg, wordShiftLeft } from "../format/word.ts";
import * as b from "./bounds.ts";
import { IntBound } from "./bounds.ts";
import { InvalidLoop } from "./environment.ts";
import { OVERFLOW_ALWAYS, OVERFLOW_NEVER, OVERFLOW_OPEN, Pass } from "./pass.ts";
import { addEdge, isKnown, learnRelation } from "./relations.ts";

/** How far a new range is passed on to operands. */
const MAX_DEPTH = 4;

export class IntsPass extends Pass {
  override process(op: Op): void {
    if (ops.hasFlag(op.opnum, ops.OVERFLOW)) this.#overflowOp(op);
    else if (op.opnum >= ops.INT_LT && op.opnum <= ops.UINT_GE) this.#comparison(op);
    else if (op.opnum === ops.CHECK_INDEX) this.#checkIndex(op);
    else if (op.opnum === ops.GUARD_TRUE || op.opnum === ops.GUARD_FALSE) {
      const condition = op.args[0];
      const holds = op.opnum === ops.GUARD_TRUE;
      if (condition instanceof Op && this.#isImplied(condition, holds)) return;
      this.pass(op);
      if (condition instanceof Op) this.#assume(condition, holds);
    } else if (op.opnum === ops.GUARD_VALUE) {
      this.#guardValue(op);
    } else {
      this.pass(op);
      if (op.kind === ops.KIND_INT) this.#learnResult(op);
    }
  }

  /** Has what was learnt since the comparison decided it? */
  #isImplied(condition: Op, holds: boolean): boolean {
    if (condition.opnum < ops.INT_LT || condition.opnum > ops.UINT_GE) return false;
    const x = this.opt.resolve(condition.args[0]);
    const y = this.opt.resolve(condition.args[1]);
    const decided = this.#decide(condition.opnum, x, y);
    if (decided < 0) return false;
    if ((decided === 1) !== holds) throw new InvalidLoop("a comparison is never as recorded");
    return true;
  }

  #guardValue(op: Op): void {
    const value = op.args[0];
    const constant = op.args[1];
    this.pass(op);
    if (value instanceof Box && constant instanceof ConstInt) {
      this.#narrow(value, new IntBound(constant.value, constant.value), MAX_DEPTH);
    }
  }

  // Results.

  #learnResult(op: Op): void {
    const result = this.opt.resolve(op);
    if (!(result instanceof Box)) return;
    const bound = this.#resultBound(op);
    if (bound !== null) this.opt.learnBound(result, bound);
    if (ops.hasFlag(op.opnum, ops.PURE) && op.args.length === 2) this.#relateResult(op, this.opt.resolve(op));
  }

  /** Range of what an operation of these operands gives; null if nothing is known. */
  naturalBound(opnum: int, args: readonly Value[], descr: Descr | null): IntBound | null {
    return this.#resultBound(new Op(opnum, [...args], descr));
  }

  /** Range of a result; null if nothing is known. */
  #resultBound(op: Op): IntBound | null {
    if (ops.hasFlag(op.opnum, ops.BOOL)) return b.BOOL_BOUND;
    if (op.opnum <= ops.UINT_MUL_HIGH) return this.#arithmeticBound(op);
    switch (op.opnum) {
      case ops.ARRAYLEN_GC:
      case ops.STRLEN:
        return new IntBound(0, wordMax(this.opt.bits));
      case ops.STRGETITEM:
        return new IntBound(0, 65535);
      case ops.LOAD_FLAG:
        return null;
      default:
        return this.#loadedBound(op);
    }
  }

  /** A narrow field or item. */
  #loadedBound(op: Op): IntBound | null {
    const descr = op.descr;
    if (descr instanceof CallDescr) return this.#calledBound(descr);
    if (!ops.hasFlag(op.opnum, ops.READ)) return null;
    if (descr instanceof FieldDescr) return this.#sized(descr.size, descr.signed);
    if (descr instanceof InteriorFieldDescr) return this.#sized(descr.size, descr.signed);
    return descr instanceof ArrayDescr ? this.#sized(descr.itemSize, descr.signed) : null;
  }

  /** A narrow result of a call. */
  #calledBound(descr: CallDescr): IntBound | null {
    const bits = descr.resultBits;
    if (bits <= 0 || bits >= this.opt.bits) return null;
    if (descr.resultSigned) return new IntBound(wordMin(bits), wordMax(bits));
    return new IntBound(0, wordShiftLeft(1, bits, this.opt.bits) - 1);
  }

  #sized(bytes: int, signed: boolean): IntBound | null {
    const bits = this.opt.bits;
    if (bytes * 8 >= bits) return null;
    if (signed) return new IntBound(wordMin(bytes * 8), wordMax(bytes * 8));
    return new IntBound(0, wordShiftLeft(1, bytes * 8, bits) - 1);
  }

  #arithmeticBound(op: Op): IntBound | null {
    const bits = this.opt.bits;
    const x = this.opt.boundOf(this.opt.resolve(op.args[0]));
    const y = op.args.length > 1 ? this.opt.boundOf(this.opt.resolve(op.args[1])) : x;
    switch (op.opnum) {
      case ops.INT_ADD:
        return b.boundAdd(x, y, bits);
      case ops.INT_SUB:
        return b.boundSub(x, y, bits);
      case ops.INT_MUL:
        return b.boundMul(x, y, bits);
      case ops.INT_FLOORDIV:
        return b.boundFloordiv(x, y, bits);
      case ops.INT_MOD:
        return b.boundMod(x, y, bits);
      case ops.UINT_MOD:
        return b.boundUnsignedMod(x, y, bits);
      case ops.INT_AND:
        return b.boundAnd(x, y);
      case ops.INT_OR:
        return b.boundOr(x, y);
      case ops.INT_XOR:
        return b.boundXor(x, y);
      case ops.INT_LSHIFT:
        return b.boundLshift(x, y, bits);
      case ops.INT_RSHIFT:
        return b.boundRshift(x, y, bits);
      case ops.INT_URSHIFT:
        return b.boundUrshift(x, y, bits);
      case ops.INT_NEG:
        return b.boundSub(new IntBound(0, 0), x, bits);
      case ops.INT_INVERT:
        return b.boundInvert(x);
      case ops.INT_SIGNEXT:
        return y.isConstant ? b.boundSignext(x, y.lo, bits) : null;
      case ops.INT_ZEROEXT:
        return y.isConstant ? b.boundZeroext(x, y.lo, bits) : null;
      case ops.INT_CLZ:
      case ops.INT_CTZ:
      case ops.INT_POPCOUNT:
        return new IntBound(0, bits);
      default:
        return null;
    }
  }

  /** Relations of a result to its operands. */
  #relateResult(op: Op, result: Value): void {
    const opt = this.opt;
    const x = opt.resolve(op.args[0]);
    const y = opt.resolve(op.args[1]);
    const boundX = opt.boundOf(x);
    const boundY = opt.boundOf(y);
    switch (op.opnum) {
      case ops.INT_ADD:
        if (b.addFits(boundX, boundY, opt.bits)) this.#relateSum(result, x, y);
        return;
      case ops.INT_SUB:
        if (b.subFits(boundX, boundY, opt.bits)) this.#relateDifference(result, x, y);
        return;
      case ops.INT_AND:
        if (boundX.lo >= 0) addEdge(opt, result, x, 0);
        if (boundY.lo >= 0) addEdge(opt, result, y, 0);
        return;
      case ops.INT_RSHIFT:
      case ops.INT_URSHIFT:
        if (boundX.lo >= 0) addEdge(opt, result, x, 0);
        return;
      case ops.INT_FLOORDIV:
        if (boundX.lo >= 0 && boundY.lo > 0) addEdge(opt, result, x, 0);
        return;
      case ops.INT_MOD:
      case ops.UINT_MOD:
        if (boundY.lo > 0) addEdge(opt, result, y, -1);
        if (boundX.lo >= 0 && boundY.lo > 0) addEdge(opt, result, x, 0);
    }
  }

  #relateSum(result: Value, x: Value, y: Value): void {
    this.#relateSummand(result, x, this.opt.boundOf(y));
    this.#relateSummand(result, y, this.opt.boundOf(x));
  }

  /** `result = x + y` where y is in the range. */
  #relateSummand(result: Value, x: Value, y: IntBound): void {
    const opt = this.opt;
    if (y.hi < wordMax(opt.bits)) addEdge(opt, result, x, y.hi);
    if (y.lo > wordMin(opt.bits)) addEdge(opt, x, result, wordNeg(y.lo, opt.bits));
  }

  #relateDifference(result: Value, x: Value, y: Value): void {
    const opt = this.opt;
    const bound = opt.boundOf(y);
    if (bound.lo > wordMin(opt.bits)) addEdge(opt, result, x, wordNeg(bound.lo, opt.bits));
    if (bound.hi < wordMax(opt.bits)) addEdge(opt, x, result, bound.hi);
  }

  // Overflow operations.

  #overflowOp(op: Op): void {
    const opt = this.opt;
    const x = op.args[0];
    const y = op.args[1];
    opt.overflow = OVERFLOW_OPEN;
    if (x instanceof ConstInt && y instanceof ConstInt && overflows(op.opnum, x.value, y.value, opt.bits)) {
      opt.overflow = OVERFLOW_ALWAYS;
      this.#becomePlain(op);
      return;
    }
    if (this.#fits(op.opnum, opt.boundOf(x), opt.boundOf(y)) || (op.opnum === ops.INT_SUB_OVF && x === y)) {
      opt.overflow = OVERFLOW_NEVER;
      this.#becomePlain(op);
      return;
    }
    const following = opt.following;
    this.pass(op);
    if (following !== null && following.opnum === ops.GUARD_NO_OVERFLOW) this.#learnExact(op);
  }

  #fits(opnum: int, x: IntBound, y: IntBound): boolean {
    if (opnum === ops.INT_ADD_OVF) return b.addFits(x, y, this.opt.bits);
    return opnum === ops.INT_SUB_OVF ? b.subFits(x, y, this.opt.bits) : b.mulFits(x, y, this.opt.bits);
  }

  #becomePlain(op: Op): void {
    const opt = this.opt;
    const state = opt.overflow;
    const plain = op.opnum - ops.INT_ADD_OVF + ops.INT_ADD;
    opt.replace(op, opt.send(plain, op.args, null));
    opt.overflow = state;
  }

  /** The operation does not overflow: the guard for that follows. */
  #learnExact(op: Op): void {
    const opt = this.opt;
    const result = opt.resolve(op);
    const x = opt.resolve(op.args[0]);
    const y = opt.resolve(op.args[1]);
    if (op.opnum === ops.INT_ADD_OVF) {
      opt.learnBound(result, b.boundAddExact(opt.boundOf(x), opt.boundOf(y), opt.bits));
      this.#relateSum(result, x, y);
    } else if (op.opnum === ops.INT_SUB_OVF) {
      opt.learnBound(result, b.boundSubExact(opt.boundOf(x), opt.boundOf(y), opt.bits));
      this.#relateDifference(result, x, y);
    }
  }

  // Comparisons.

  #comparison(op: Op): void {
    const decided = this.#decide(op.opnum, op.args[0], op.args[1]);
    if (decided >= 0) {
      this.opt.replaceByBool(op, decided === 1);
      return;
    }
    this.pass(op);
    this.#learnResult(op);
  }

  /** 1, 0, or -1 if not known. */
  #decide(opnum: int, x: Value, y: Value): int {
    switch (opnum) {
      case ops.INT_LT:
        return this.#isLess(x, y);
      case ops.INT_GT:
        return this.#isLess(y, x);
      case ops.INT_LE:
        return opposite(this.#isLess(y, x));
      case ops.INT_GE:
        return opposite(this.#isLess(x, y));
      case ops.INT_EQ:
        return this.#isEqual(x, y);
      case ops.INT_NE:
        return opposite(this.#isEqual(x, y));
      case ops.UINT_LT:
        return this.#isBelow(x, y);
      case ops.UINT_GT:
        return this.#isBelow(y, x);
      case ops.UINT_LE:
        return opposite(this.#isBelow(y, x));
      default:
        return opposite(this.#isBelow(x, y));
    }
  }

  #isLess(x: Value, y: Value): int {
    if (isKnown(this.opt, x, y, -1)) return 1;
    return isKnown(this.opt, y, x, 0) ? 0 : -1;
  }

  #isEqual(x: Value, y: Value): int {
    if (x === y) return 1;
    const boundX = this.opt.boundOf(x);
    const boundY = this.opt.boundOf(y);
    if (boundX.isConstant && boundY.isConstant) return boundX.lo === boundY.lo ? 1 : 0;
    if (isKnown(this.opt, x, y, -1) || isKnown(this.opt, y, x, -1)) return 0;
    return isKnown(this.opt, x, y, 0) && isKnown(this.opt, y, x, 0) ? 1 : -1;
  }

  /** As unsigned words: the order is the signed one among words of one sign. */
  #isBelow(x: Value, y: Value): int {
    if (x === y) return 0;
    const boundX = this.opt.boundOf(x);
    const boundY = this.opt.boundOf(y);
    if ((boundX.lo >= 0 && boundY.lo >= 0) || (boundX.hi < 0 && boundY.hi < 0)) return this.#isLess(x, y);
    if (boundX.lo >= 0 && boundY.hi < 0) return 1;
    return boundX.hi < 0 && boundY.lo >= 0 ? 0 : -1;
  }

  #checkIndex(op: Op): void {
    const opt = this.opt;
    const index = op.args[0];
    const length = op.args[1];
    if (opt.boundOf(index).lo >= 0 && isKnown(opt, index, length, -1)) return;
    this.pass(op);
    // If the check never holds, the program stops here.
    if (opt.boundOf(index).hi < 0 || isKnown(opt, length, index, 0)) return;
    this.#atMost(ZERO, index, 0);
    this.#atMost(opt.resolve(index), opt.resolve(length), -1);
  }

  // What guards say.

  #assume(condition: Op, holds: boolean): void {
    const opt = this.opt;
    if (condition.opnum < ops.INT_LT || condition.opnum > ops.UINT_GE) return;
    const x = opt.resolve(condition.args[0]);
    const y = opt.resolve(condition.args[1]);
    switch (condition.opnum) {
      case ops.INT_LT:
        holds ? this.#atMost(x, y, -1) : this.#atMost(y, x, 0);
        return;
      case ops.INT_LE:
        holds ? this.#atMost(x, y, 0) : this.#atMost(y, x, -1);
        return;
      case ops.INT_GT:
        holds ? this.#atMost(y, x, -1) : this.#atMost(x, y, 0);
        return;
      case ops.INT_GE:
        holds ? this.#atMost(y, x, 0) : this.#atMost(x, y, -1);
        return;
      case ops.INT_EQ:
        holds ? this.#assumeEqual(x, y) : this.#assumeDifferent(x, y);
        return;
      case ops.INT_NE:
        holds ? this.#assumeDifferent(x, y) : this.#assumeEqual(x, y);
        return;
      case ops.UINT_LT:
        holds ? this.#assumeBelow(x, y, -1) : this.#assumeBelow(y, x, 0);
        return;
      case ops.UINT_LE:
        holds ? this.#assumeBelow(x, y, 0) : this.#assumeBelow(y, x, -1);
        return;
      case ops.UINT_GT:
        holds ? this.#assumeBelow(y, x, -1) : this.#assumeBelow(x, y, 0);
        return;
      case ops.UINT_GE:
        holds ? this.#assumeBelow(y, x, 0) : this.#assumeBelow(x, y, -1);
        return;
    }
  }

  /** `x <= y + offset` as unsigned words. If y is not negative then neither is x, and the order is the signed one. */
  #assumeBelow(x: Value, y: Value, offset: int): void {
    if (this.opt.boundOf(y).lo < 0) return;
    this.#atMost(ZERO, x, 0);
    this.#atMost(this.opt.resolve(x), this.opt.resolve(y), offset);
  }

  #atMost(x: Value, y: Value, offset: int): void {
    const opt = this.opt;
    const beforeX = opt.boundOf(x);
    const beforeY = opt.boundOf(y);
    learnRelation(opt, x, y, offset);
    this.#passOn(x, beforeX, MAX_DEPTH);
    this.#passOn(y, beforeY, MAX_DEPTH);
  }

  #assumeEqual(x: Value, y: Value): void {
    const opt = this.opt;
    if (x instanceof ConstInt && y instanceof Box) this.#narrow(y, new IntBound(x.value, x.value), MAX_DEPTH);
    else if (y instanceof ConstInt && x instanceof Box) this.#narrow(x, new IntBound(y.value, y.value), MAX_DEPTH);
    else {
      learnRelation(opt, x, y, 0);
      learnRelation(opt, opt.resolve(y), opt.resolve(x), 0);
    }
  }

  /** A constant at the end of a range falls away. */
  #assumeDifferent(x: Value, y: Value): void {
    if (x instanceof ConstInt && y instanceof Box) this.#without(y, x.value);
    else if (y instanceof ConstInt && x instanceof Box) this.#without(x, y.value);
  }

  #without(x: Box, value: int): void {
    const bound = this.opt.boundOf(x);
    if (bound.isConstant) {
      if (bound.lo === value) throw new InvalidLoop("a value differs from itself");
    } else if (bound.lo === value) this.#narrow(x, new IntBound(value + 1, bound.hi), MAX_DEPTH);
    else if (bound.hi === value) this.#narrow(x, new IntBound(bound.lo, value - 1), MAX_DEPTH);
  }

  #narrow(x: Box, bound: IntBound, depth: int): void {
    const before = x.forwarded === null ? this.opt.boundOf(x) : b.fullBound(this.opt.bits);
    if (x.forwarded === null) this.opt.learnBound(x, bound);
    this.#passOn(x, before, depth);
  }

  /** A range became smaller: if the value is a sum of another and a constant, so does the other's. */
  #passOn(x: Value, before: IntBound, depth: int): void {
    const opt = this.opt;
    if (depth === 0 || !(x instanceof Op) || x.opnum === ops.INT_SUB || x.args.length !== 2) return;
    if (x.opnum !== ops.INT_ADD && x.opnum !== ops.INT_ADD_OVF) return;
    const now = opt.boundOf(opt.resolve(x));
    if (now.lo === before.lo && now.hi === before.hi) return;
    const other = opt.resolve(x.args[0]);
    const constant = x.args[1];
    if (!(other instanceof Box) || !(constant instanceof ConstInt)) return;
    const opposite = wordNeg(constant.value, opt.bits);
    // A sum that may have wrapped says nothing; one that did not stands in two relations to its operand.
    if (!isKnown(opt, x, other, constant.value) || !isKnown(opt, other, x, opposite)) return;
    if (wordAddOverflows(now.lo, opposite, opt.bits) || wordAddOverflows(now.hi, opposite, opt.bits)) return;
    this.#narrow(other, new IntBound(now.lo + opposite, now.hi + opposite), depth - 1);
  }
}

function opposite(decided: int): int {
  return decided < 0 ? -1 : 1 - decided;
}
