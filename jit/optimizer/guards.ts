/**
 * Guards and checks: drops those that are implied, strengthens an earlier one where that saves a second, and keeps what
 * each one says. The facts are in the infos of values; the places of guards (`RefInfo.guardAt`) tell which guard can be
 * made stronger: leaving the trace earlier, before anything between the two happened, is as good.
 */
import type { int } from "../../rlib/types.ts";
import { CallDescr, SizeDescr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, NULL, ONE, Op, sameValue, type Value, ZERO } from "../format/values.ts";
import { IntBound } from "./bounds.ts";
import { InvalidLoop } from "./environment.ts";
import { RefInfo, UNKNOWN_CLASS } from "./info.ts";
import { OVERFLOW_NEVER, OVERFLOW_OPEN, Pass } from "./pass.ts";

export class GuardsPass extends Pass {
  /** Nothing that could have invalidated the loop happened since the last guard_not_invalidated. */
  #valid: boolean = false;

  override process(op: Op): void {
    if (ops.hasFlag(op.opnum, ops.GUARD)) this.#guard(op);
    else if (ops.hasFlag(op.opnum, ops.CHECK)) this.#check(op);
    else if (op.opnum === ops.IS_INSTANCE) this.#isInstance(op);
    else if (op.opnum === ops.CLASS_OF) this.#classOf(op);
    else if (op.opnum === ops.RECORD_EXACT_CLASS) this.#recordExactClass(op);
    else if (op.opnum === ops.PTR_EQ || op.opnum === ops.PTR_NE) this.#compare(op);
    else {
      if (ops.hasFlag(op.opnum, ops.CALL)) this.#noteCall(op);
      this.pass(op);
      if (op.opnum === ops.ARRAYLEN_GC || op.opnum === ops.STRLEN) this.opt.learnNonNull(this.opt.resolve(op.args[0]));
    }
  }

  #noteCall(op: Op): void {
    const descr = op.descr;
    if (!(descr instanceof CallDescr) || descr.effect.canInvalidate) this.#valid = false;
  }

  #guard(op: Op): void {
    switch (op.opnum) {
      case ops.GUARD_TRUE:
        this.#truth(op, ONE);
        return;
      case ops.GUARD_FALSE:
        this.#truth(op, ZERO);
        return;
      case ops.GUARD_VALUE:
        this.#value(op);
        return;
      case ops.GUARD_NONNULL:
        this.#nonNull(op);
        return;
      case ops.GUARD_ISNULL:
        this.#isNull(op);
        return;
      case ops.GUARD_CLASS:
      case ops.GUARD_NONNULL_CLASS:
        this.#class(op);
        return;
      case ops.GUARD_NO_EXCEPTION:
        if (this.opt.exceptionPossible) this.pass(op);
        return;
      case ops.GUARD_NO_OVERFLOW:
      case ops.GUARD_OVERFLOW:
        this.#overflow(op);
        return;
      case ops.GUARD_NOT_FORCED:
        if (!this.opt.callRemoved) this.pass(op);
        return;
      case ops.GUARD_NOT_INVALIDATED:
        if (!this.#valid) this.pass(op);
        this.#valid = true;
        return;
      case ops.GUARD_EXCEPTION:
        this.pass(op);
        this.opt.learnClass(op, (op.args[0] as ConstInt).value);
        return;
      default:
        this.pass(op);
        return;
    }
  }

  #truth(op: Op, constant: ConstInt): void {
    const condition = op.args[0];
    if (condition instanceof ConstInt) {
      if ((condition.value !== 0) !== (constant.value !== 0)) throw new InvalidLoop("a condition is never as recorded");
      return;
    }
    const bound = this.opt.boundOf(condition);
    if (!bound.contains(0)) {
      if (constant === ONE) return;
      throw new InvalidLoop("a condition is never as recorded");
    }
    if (condition instanceof Op && this.#simplerTruth(op, condition, constant)) return;
    this.pass(op);
    if (constant === ZERO || bound.isBool()) this.opt.learnConstant(condition, constant);
    else if (bound.lo === 0) this.opt.learnBound(condition, new IntBound(1, bound.hi));
  }

  /** Guards of a test for 0 or null become guards of what is tested. */
  #simplerTruth(op: Op, condition: Op, constant: ConstInt): boolean {
    const holds = constant === ONE;
    let opnum = -1;
    if (condition.opnum === ops.INT_IS_TRUE) opnum = holds ? ops.GUARD_TRUE : ops.GUARD_FALSE;
    else if (condition.opnum === ops.INT_IS_ZERO) opnum = holds ? ops.GUARD_FALSE : ops.GUARD_TRUE;
    else if (condition.opnum === ops.PTR_EQ && this.opt.isNull(this.opt.resolve(condition.args[1]))) {
      opnum = holds ? ops.GUARD_ISNULL : ops.GUARD_NONNULL;
    } else if (condition.opnum === ops.PTR_NE && this.opt.isNull(this.opt.resolve(condition.args[1]))) {
      opnum = holds ? ops.GUARD_NONNULL : ops.GUARD_ISNULL;
    }
    if (opnum < 0) return false;
    this.process(this.#like(op, opnum, [this.opt.resolve(condition.args[0])]));
    this.opt.learnConstant(condition, constant);
    return true;
  }

  /** A guard that is left out or emitted; afterwards the value is the constant. */
  #value(op: Op): void {
    const value = op.args[0];
    const constant = op.args[1];
    if (value instanceof ConstInt || value instanceof ConstRef || value instanceof ConstFloat) {
      if (!sameValue(value, constant)) throw new InvalidLoop("a constant is not the recorded one");
      return;
    }
    if (value.kind === ops.KIND_REF) {
      this.#referenceValue(op, value, constant);
      return;
    }
    if (constant instanceof ConstInt && this.opt.boundOf(value).isBool()) {
      this.process(this.#like(op, constant.value === 1 ? ops.GUARD_TRUE : ops.GUARD_FALSE, [value]));
      return;
    }
    this.pass(op);
    this.opt.learnConstant(value, constant);
  }

  #referenceValue(op: Op, value: Value, constant: Value): void {
    if (constant instanceof ConstRef && constant.value === null) {
      this.process(this.#like(op, ops.GUARD_ISNULL, [value]));
      return;
    }
    const earlier = this.#earlierGuard(value);
    if (earlier >= 0) this.#strengthen(earlier, ops.GUARD_VALUE, [value, constant]);
    else this.pass(op);
    this.opt.learnConstant(value, constant);
  }

  #nonNull(op: Op): void {
    const value = op.args[0];
    if (this.opt.isNonNull(value)) return;
    this.#passNew(op, value);
    this.opt.learnNonNull(value);
  }

  #isNull(op: Op): void {
    const value = op.args[0];
    if (this.opt.isNull(value)) return;
    if (this.opt.isNonNull(value)) throw new InvalidLoop("an object is not null");
    this.pass(op);
    this.opt.learnConstant(value, NULL);
  }

  #class(op: Op): void {
    const opt = this.opt;
    const value = op.args[0];
    const wanted = (op.args[1] as ConstInt).value;
    const known = opt.classOf(value);
    if (known === wanted) return;
    if (known !== UNKNOWN_CLASS || opt.isNull(value)) throw new InvalidLoop("an object is not of the recorded class");
    const earlier = this.#earlierGuard(value);
    if (earlier >= 0) this.#strengthen(earlier, ops.GUARD_NONNULL_CLASS, op.args);
    else if (op.opnum === ops.GUARD_NONNULL_CLASS && opt.isNonNull(value)) {
      this.#passNew(this.#like(op, ops.GUARD_CLASS, op.args), value);
    } else this.#passNew(op, value);
    opt.learnClass(value, wanted);
  }

  /** Emits a guard and remembers its place as the one to be strengthened. */
  #passNew(op: Op, value: Value): void {
    this.pass(op);
    if (value instanceof Box) this.opt.refInfo(value).guardAt = this.opt.out.length - 1;
  }

  /** Place of the emitted guard that a stronger one about the same reference may replace; -1 if there is none. */
  #earlierGuard(value: Value): int {
    if (!(value instanceof Box)) return -1;
    const info = value.info;
    return info instanceof RefInfo ? info.guardAt : -1;
  }

  #strengthen(at: int, opnum: int, args: Value[]): void {
    const old = this.opt.out[at];
    this.opt.out[at] = old.copyWith(opnum, args);
  }

  #like(op: Op, opnum: int, args: Value[]): Op {
    const made = new Op(opnum, args, op.descr);
    made.snapshot = op.snapshot;
    made.failArgs = op.failArgs;
    return made;
  }

  #overflow(op: Op): void {
    const state = this.opt.overflow;
    this.opt.overflow = OVERFLOW_OPEN;
    if (state === OVERFLOW_OPEN) this.pass(op);
    else if ((state === OVERFLOW_NEVER) !== (op.opnum === ops.GUARD_NO_OVERFLOW)) {
      throw new InvalidLoop("an overflow is never as recorded");
    }
  }

  #check(op: Op): void {
    const opt = this.opt;
    const value = op.args[0];
    if (op.opnum === ops.CHECK_NONNULL) {
      if (opt.isNonNull(value)) return;
      this.pass(op);
      if (!opt.isNull(value)) opt.learnNonNull(value);
    } else if (op.opnum === ops.CHECK_CAST) this.#checkCast(op, value);
    else if (op.opnum === ops.CHECK_TRUE) {
      const bound = opt.boundOf(value);
      if (!bound.contains(0)) return;
      this.pass(op);
      if (bound.isBool() && !bound.isConstant) opt.learnConstant(value, ONE);
    } else this.pass(op);
  }

  #checkCast(op: Op, value: Value): void {
    const descr = op.descr;
    if (!(descr instanceof SizeDescr) || this.#isSurely(value, descr)) return;
    this.pass(op);
    this.#learnAtLeast(value, descr);
  }

  /** Is the reference surely of the class or below? */
  #isSurely(value: Value, descr: SizeDescr): boolean {
    const classId = this.opt.classOf(value);
    if (classId !== UNKNOWN_CLASS) return this.opt.env.heap.isSubclass(classId, descr);
    const known = value instanceof Box ? this.opt.refInfo(value).atLeast : null;
    return known !== null && known.number >= descr.number && known.lastNumber <= descr.lastNumber;
  }

  #learnAtLeast(value: Value, descr: SizeDescr): void {
    if (!(value instanceof Box)) return;
    const info = this.opt.refInfo(value);
    info.nonNull = true;
    const known = info.atLeast;
    if (known === null || (descr.number >= known.number && descr.lastNumber <= known.lastNumber)) info.atLeast = descr;
  }

  #isInstance(op: Op): void {
    const value = op.args[0];
    const descr = op.descr as SizeDescr;
    const classId = this.opt.classOf(value);
    if (classId !== UNKNOWN_CLASS) {
      this.opt.replaceByBool(op, this.opt.env.heap.isSubclass(classId, descr));
      return;
    }
    if (this.#isSurely(value, descr)) {
      this.opt.replaceByBool(op, true);
      return;
    }
    const known = value instanceof Box ? this.opt.refInfo(value).atLeast : null;
    if (known !== null && (known.lastNumber < descr.number || known.number > descr.lastNumber)) {
      this.opt.replaceByBool(op, false);
      return;
    }
    this.pass(op);
    this.opt.learnNonNull(value);
  }

  #classOf(op: Op): void {
    const classId = this.opt.classOf(op.args[0]);
    if (classId !== UNKNOWN_CLASS) {
      this.opt.replaceByInt(op, classId);
      return;
    }
    this.pass(op);
    this.opt.learnNonNull(op.args[0]);
  }

  #recordExactClass(op: Op): void {
    const classId = op.args[1];
    if (classId instanceof ConstInt && this.opt.classOf(op.args[0]) === UNKNOWN_CLASS) {
      this.opt.learnClass(op.args[0], classId.value);
    }
  }

  #compare(op: Op): void {
    const a = op.args[0];
    const b = op.args[1];
    if (a instanceof ConstRef && b instanceof Box) {
      op.args[0] = b;
      op.args[1] = a;
    }
    const isEqual = op.opnum === ops.PTR_EQ;
    if (sameValue(a, b)) this.opt.replaceByBool(op, isEqual);
    else if (this.opt.areDistinct(a, b)) this.opt.replaceByBool(op, !isEqual);
    else this.pass(op);
  }
}
