/**
 * Strings: new ones under construction and results of concatenation and slicing are virtual, so that the length, a unit,
 * a slice of them need no string. Calls whose meaning is known carry a `special` in their effects; constants among
 * their operands are folded.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import {
  CallDescr,
  SPECIAL_STR_COMPARE,
  SPECIAL_STR_CONCAT,
  SPECIAL_STR_EQUAL,
  SPECIAL_STR_FROM_UNIT,
  SPECIAL_STR_SLICE,
} from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { ConstInt, ConstRef, ONE, Op, sameValue, type Value, ZERO } from "../format/values.ts";
import { VirtualCall, VirtualText } from "./info.ts";
import { noteAllocation } from "./materialize.ts";
import { Pass } from "./pass.ts";
import { isKnown } from "./relations.ts";

/** Longer new strings are allocated. */
const MAX_UNITS = 64;
/** Copies of more units are left to the operation. */
const MAX_COPIED = 32;

export class StringsPass extends Pass {
  override process(op: Op): void {
    switch (op.opnum) {
      case ops.NEWSTR:
        this.#newString(op);
        return;
      case ops.STRSETITEM:
        this.#setUnit(op);
        return;
      case ops.STRLEN:
        this.#replaceOrPass(op, this.#length(op.args[0]));
        return;
      case ops.STRGETITEM:
        this.#replaceOrPass(op, this.#unit(op.args[0], op.args[1]));
        return;
      case ops.COPYSTRCONTENT:
        this.#copy(op);
        return;
      default:
        if (ops.hasFlag(op.opnum, ops.CALL) && op.descr instanceof CallDescr) this.#call(op, op.descr);
        else this.pass(op);
    }
  }

  #replaceOrPass(op: Op, value: Value | null): void {
    if (value === null) this.pass(op);
    else this.opt.replace(op, value);
  }

  #newString(op: Op): void {
    const length = op.args[0];
    if (length instanceof ConstInt && length.value >= 0 && length.value <= MAX_UNITS) {
      const units: (Value | null)[] = [];
      for (let i = 0; i < length.value; i++) units.push(null);
      op.info = new VirtualText(units);
      return;
    }
    noteAllocation(this.opt, op);
    this.pass(op);
  }

  #setUnit(op: Op): void {
    const virtual = this.opt.virtualOf(op.args[0]);
    const index = op.args[1];
    if (virtual instanceof VirtualText && index instanceof ConstInt && inRange(index.value, virtual.units.length)) {
      virtual.units[index.value] = op.args[2];
    } else this.pass(op);
  }

  /** Length of a string, computed or read; null if only the operation itself can tell. */
  #length(text: Value): Value | null {
    const opt = this.opt;
    const virtual = opt.virtualOf(text);
    if (virtual instanceof VirtualText) return new ConstInt(virtual.units.length);
    if (!(virtual instanceof VirtualCall)) return null;
    const args = opt.resolveAll(virtual.args);
    switch (virtual.descr.effect.special) {
      case SPECIAL_STR_CONCAT:
        return opt.send(ops.INT_ADD, [this.#lengthOf(args[1]), this.#lengthOf(args[2])], null);
      case SPECIAL_STR_SLICE:
        return opt.send(ops.INT_SUB, [args[3], args[2]], null);
      default:
        return ONE;
    }
  }

  #lengthOf(text: Value): Value {
    return this.opt.send(ops.STRLEN, [text], null);
  }

  /** A unit of a virtual string; null if it is not known. */
  #unit(text: Value, index: Value): Value | null {
    const opt = this.opt;
    const virtual = opt.virtualOf(text);
    if (virtual instanceof VirtualText) {
      if (!(index instanceof ConstInt) || !inRange(index.value, virtual.units.length)) return null;
      return virtual.units[index.value];
    }
    if (!(virtual instanceof VirtualCall)) return null;
    const args = opt.resolveAll(virtual.args);
    switch (virtual.descr.effect.special) {
      case SPECIAL_STR_FROM_UNIT:
        return args[1];
      case SPECIAL_STR_SLICE: {
        const at = opt.send(ops.INT_ADD, [args[2], index], null);
        return opt.send(ops.STRGETITEM, [args[1], at], null);
      }
      case SPECIAL_STR_CONCAT: {
        const left = this.#lengthOf(args[1]);
        if (isKnown(opt, index, left, -1)) return opt.send(ops.STRGETITEM, [args[1], index], null);
        if (!isKnown(opt, left, index, 0)) return null;
        const at = opt.send(ops.INT_SUB, [index, left], null);
        return opt.send(ops.STRGETITEM, [args[2], at], null);
      }
      default:
        return null;
    }
  }

  /** Units into a new string one by one, if the string is virtual or few are copied from a virtual one. */
  #copy(op: Op): void {
    const opt = this.opt;
    const n = op.args[4];
    if (!(n instanceof ConstInt)) {
      this.pass(op);
      return;
    }
    if (n.value === 0) return;
    const from = op.args[0];
    const to = op.args[1];
    if (n.value > MAX_COPIED || !(opt.isVirtual(from) || opt.isVirtual(to))) {
      this.pass(op);
      return;
    }
    if (!this.#covers(from, op.args[2], n.value) || !this.#covers(to, op.args[3], n.value)) {
      this.pass(op);
      return;
    }
    const units: Value[] = [];
    for (let i = 0; i < n.value; i++) {
      const at = opt.send(ops.INT_ADD, [op.args[2], new ConstInt(i)], null);
      units.push(opt.send(ops.STRGETITEM, [from, at], null));
    }
    for (let i = 0; i < n.value; i++) {
      const at = opt.send(ops.INT_ADD, [op.args[3], new ConstInt(i)], null);
      opt.sendOp(new Op(ops.STRSETITEM, [to, at, units[i]], null));
    }
  }

  /** If it is a string under construction, are the units from `start` in it? */
  #covers(text: Value, start: Value, n: int): boolean {
    const virtual = this.opt.virtualOf(text);
    if (!(virtual instanceof VirtualText)) return true;
    return start instanceof ConstInt && start.value >= 0 && start.value + n <= virtual.units.length;
  }

  // Calls.

  #call(op: Op, descr: CallDescr): void {
    const result = this.#meaning(op, descr);
    if (result === null) {
      this.pass(op);
      return;
    }
    this.opt.callRemoved = true;
    this.opt.replace(op, result);
  }

  /** Result of a call whose meaning is known; the operation itself when it has become virtual. */
  #meaning(op: Op, descr: CallDescr): Value | null {
    if (!descr.effect.isElidable) return null;
    const known = this.opt.pure.find(op.opnum, op.args, descr);
    if (known !== null) return known;
    switch (descr.effect.special) {
      case SPECIAL_STR_CONCAT:
        return this.#concat(op, descr);
      case SPECIAL_STR_SLICE:
        return this.#slice(op, descr);
      case SPECIAL_STR_FROM_UNIT:
        return this.#fromUnit(op, descr);
      case SPECIAL_STR_EQUAL:
        return this.#equal(op);
      case SPECIAL_STR_COMPARE:
        return this.#compare(op);
      default:
        return null;
    }
  }

  #virtual(op: Op, descr: CallDescr, args: Value[]): Value {
    op.info = new VirtualCall(descr, args);
    return op;
  }

  #concat(op: Op, descr: CallDescr): Value {
    const opt = this.opt;
    const a = op.args[1];
    const b = op.args[2];
    const left = this.#constantUnits(a);
    const right = this.#constantUnits(b);
    if (left !== null && left.length === 0) return b;
    if (right !== null && right.length === 0) return a;
    if (left !== null && right !== null) {
      const made = opt.env.heap.makeString(left.concat(right));
      if (made !== null) return new ConstRef(made);
    }
    return this.#virtual(op, descr, op.args);
  }

  #slice(op: Op, descr: CallDescr): Value {
    const opt = this.opt;
    const text = op.args[1];
    const start = op.args[2];
    const stop = op.args[3];
    const units = this.#constantUnits(text);
    if (units !== null && start instanceof ConstInt && stop instanceof ConstInt) {
      const made = opt.env.heap.makeString(units.slice(start.value, stop.value));
      if (made !== null) return new ConstRef(made);
    }
    if (start instanceof ConstInt && start.value === 0 && sameValue(stop, this.#lengthOf(text))) return text;
    const virtual = opt.virtualOf(text);
    if (virtual instanceof VirtualCall && virtual.descr.effect.special === SPECIAL_STR_SLICE) {
      const from = opt.resolve(virtual.args[2]);
      const args = [op.args[0], virtual.args[1], this.#sum(from, start), this.#sum(from, stop)];
      return this.#virtual(op, descr, args);
    }
    return this.#virtual(op, descr, op.args);
  }

  #sum(a: Value, b: Value): Value {
    return this.opt.send(ops.INT_ADD, [a, b], null);
  }

  #fromUnit(op: Op, descr: CallDescr): Value {
    const unit = op.args[1];
    if (unit instanceof ConstInt) {
      const made = this.opt.env.heap.makeString([unit.value]);
      if (made !== null) return new ConstRef(made);
    }
    return this.#virtual(op, descr, op.args);
  }

  #equal(op: Op): Value | null {
    const a = op.args[1];
    const b = op.args[2];
    if (sameValue(a, b)) return ONE;
    const left = this.#constantUnits(a);
    const right = this.#constantUnits(b);
    if (left !== null && right !== null) return compareUnits(left, right) === 0 ? ONE : ZERO;
    if (right !== null) return this.#equalsConstant(a, right);
    if (left !== null) return this.#equalsConstant(b, left);
    const oneA = this.#onlyUnit(a);
    const oneB = this.#onlyUnit(b);
    return oneA !== null && oneB !== null ? this.opt.send(ops.INT_EQ, [oneA, oneB], null) : null;
  }

  /** Comparison with a constant: by length where that decides, by the unit where there is one. */
  #equalsConstant(text: Value, units: int[]): Value | null {
    const opt = this.opt;
    const length = new ConstInt(units.length);
    if (units.length === 0) return opt.send(ops.INT_EQ, [this.#lengthOf(text), length], null);
    if (!opt.isVirtual(text)) return null;
    const same = opt.send(ops.INT_EQ, [this.#lengthOf(text), length], null);
    if (same instanceof ConstInt && same.value === 0) return ZERO;
    if (!(same instanceof ConstInt) || units.length !== 1) return null;
    const unit = opt.send(ops.STRGETITEM, [text, ZERO], null);
    return opt.send(ops.INT_EQ, [unit, new ConstInt(units[0])], null);
  }

  /** The unit of a string known to have just one. */
  #onlyUnit(text: Value): Value | null {
    const virtual = this.opt.virtualOf(text);
    if (!(virtual instanceof VirtualCall)) return null;
    return virtual.descr.effect.special === SPECIAL_STR_FROM_UNIT ? this.opt.resolve(virtual.args[1]) : null;
  }

  #compare(op: Op): Value | null {
    if (sameValue(op.args[1], op.args[2])) return ZERO;
    const left = this.#constantUnits(op.args[1]);
    const right = this.#constantUnits(op.args[2]);
    return left !== null && right !== null ? new ConstInt(compareUnits(left, right)) : null;
  }

  /** The units of a string that is a constant, or new with constant units; null of others. */
  #constantUnits(text: Value): int[] | null {
    if (text instanceof ConstRef) {
      const ref = text.value;
      return ref === null ? null : this.#read(ref);
    }
    const virtual = this.opt.virtualOf(text);
    if (!(virtual instanceof VirtualText)) return null;
    const units: int[] = [];
    for (const unit of virtual.units) {
      const value = unit === null ? null : this.opt.resolve(unit);
      if (!(value instanceof ConstInt)) return null;
      units.push(value.value);
    }
    return units;
  }

  #read(ref: GcRef): int[] {
    const heap = this.opt.env.heap;
    const n = heap.stringLength(ref);
    const units: int[] = [];
    for (let i = 0; i < n; i++) units.push(heap.stringUnit(ref, i));
    return units;
  }
}

function inRange(index: int, n: int): boolean {
  return index >= 0 && index < n;
}

function compareUnits(a: int[], b: int[]): int {
  const n = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}
