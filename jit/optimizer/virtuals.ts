/**
 * Allocation removal: a new object is virtual until something needs it as such. Reads and writes of its contents go to
 * its info; identity, class and length are known. What cannot do with contents alone (a call, a store into another
 * object that is done, an item at an index that is not constant) makes the object, through `Optimizer.force`, when the
 * operation is emitted.
 */

import type { int } from "../../rlib/types.ts";
import {
  ArrayDescr,
  CallDescr,
  FieldDescr,
  InteriorFieldDescr,
  SizeDescr,
  SPECIAL_ARRAY_COPY,
} from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { ConstInt, NULL, Op, type Value, ZERO, zeroOf } from "../format/values.ts";
import { VirtualArray, type VirtualInfo, VirtualStruct, VirtualStructArray } from "./info.ts";
import { noteAllocation } from "./materialize.ts";
import { Pass } from "./pass.ts";

/** Arrays of more items are allocated. */
const MAX_ITEMS = 64;
/** Copies of more items between arrays, one of them virtual, are left to the call. */
const MAX_COPIED = 32;

function nulls(n: int): (Value | null)[] {
  const made: (Value | null)[] = [];
  for (let i = 0; i < n; i++) made.push(null);
  return made;
}

export class VirtualsPass extends Pass {
  override process(op: Op): void {
    if (ops.hasFlag(op.opnum, ops.ALLOC)) this.#allocation(op);
    else if (op.args.length > 0 && op.args[0].kind === ops.KIND_REF) this.#onObject(op);
    else if (ops.hasFlag(op.opnum, ops.CALL) && this.#copyItems(op)) this.opt.callRemoved = true;
    else this.pass(op);
  }

  #allocation(op: Op): void {
    const descr = op.descr;
    if (descr instanceof SizeDescr) {
      op.info = new VirtualStruct(descr, nulls(descr.fields.length));
      return;
    }
    if (op.opnum === ops.VIRTUAL_REF) {
      this.#virtualRef(op);
      return;
    }
    const length = op.args[0];
    if (descr instanceof ArrayDescr && length instanceof ConstInt && length.value >= 0 && length.value <= MAX_ITEMS) {
      const n = length.value;
      if (descr.kind === ops.KIND_VOID) op.info = new VirtualStructArray(descr, n, nulls(n * descr.itemFields.length));
      else op.info = new VirtualArray(descr, nulls(n), op.opnum === ops.NEW_ARRAY_CLEAR);
      return;
    }
    if (descr instanceof ArrayDescr) {
      noteAllocation(this.opt, op);
    }
    this.pass(op);
  }

  /** Operations whose first operand is a reference. */
  #onObject(op: Op): void {
    const virtual = this.opt.virtualOf(op.args[0]);
    if (op.opnum === ops.VIRTUAL_REF_FINISH) this.#virtualRefFinish(op);
    else if (virtual === null) this.pass(op);
    else if (op.opnum === ops.KEEPALIVE) return;
    else if (virtual instanceof VirtualStruct && op.descr instanceof FieldDescr) this.#field(op, virtual, op.descr);
    else if (op.opnum === ops.ARRAYLEN_GC && this.#length(op, virtual)) return;
    else if (virtual instanceof VirtualArray) this.#item(op, virtual);
    else if (virtual instanceof VirtualStructArray) this.#interior(op, virtual);
    else this.pass(op);
  }

  #field(op: Op, virtual: VirtualStruct, field: FieldDescr): void {
    if (op.opnum === ops.QUASIIMMUT_FIELD) return;
    if (op.opnum === ops.SETFIELD_GC) {
      virtual.fields[field.slot] = op.args[1];
      return;
    }
    const value = virtual.fields[field.slot];
    this.opt.replace(op, value === null ? zeroOf(op.kind) : value);
  }

  #length(op: Op, virtual: VirtualInfo): boolean {
    if (virtual instanceof VirtualArray) this.opt.replaceByInt(op, virtual.items.length);
    else if (virtual instanceof VirtualStructArray) this.opt.replaceByInt(op, virtual.count);
    else return false;
    return true;
  }

  #item(op: Op, virtual: VirtualArray): void {
    const index = op.args.length > 1 ? op.args[1] : ZERO;
    if (!(index instanceof ConstInt) || index.value < 0 || index.value >= virtual.items.length) {
      this.pass(op);
      return;
    }
    if (op.opnum === ops.SETARRAYITEM_GC) virtual.items[index.value] = op.args[2];
    else if (op.opnum >= ops.GETARRAYITEM_GC_I && op.opnum <= ops.GETARRAYITEM_GC_F) {
      const value = virtual.items[index.value];
      this.opt.replace(op, value === null ? zeroOf(op.kind) : value);
    } else this.pass(op);
  }

  #interior(op: Op, virtual: VirtualStructArray): void {
    const descr = op.descr;
    const index = op.args.length > 1 ? op.args[1] : ZERO;
    if (!(descr instanceof InteriorFieldDescr) || !(index instanceof ConstInt)) {
      this.pass(op);
      return;
    }
    if (index.value < 0 || index.value >= virtual.count) {
      this.pass(op);
      return;
    }
    const at = index.value * virtual.descr.itemFields.length + descr.slot;
    if (op.opnum === ops.SETINTERIORFIELD_GC) virtual.items[at] = op.args[2];
    else {
      const value = virtual.items[at];
      this.opt.replace(op, value === null ? zeroOf(op.kind) : value);
    }
  }

  // Copying items between arrays: item by item if one of the arrays is virtual.

  #copyItems(op: Op): boolean {
    const descr = op.descr;
    if (!(descr instanceof CallDescr) || descr.effect.special !== SPECIAL_ARRAY_COPY) return false;
    const array = descr.array;
    const n = op.args[5];
    if (array === null || array.kind === ops.KIND_VOID || !(n instanceof ConstInt)) return false;
    if (n.value <= 0) return true;
    const from = op.args[1];
    const to = op.args[2];
    if (n.value > MAX_COPIED || !(this.opt.isVirtual(from) || this.opt.isVirtual(to))) return false;
    if (!this.#covers(from, op.args[3], n.value) || !this.#covers(to, op.args[4], n.value)) return false;
    const items: Value[] = [];
    for (let i = 0; i < n.value; i++) {
      items.push(this.opt.send(ops.GETARRAYITEM_GC_I + array.kind, [from, this.#plus(op.args[3], i)], array));
    }
    for (let i = 0; i < n.value; i++) {
      this.opt.sendOp(new Op(ops.SETARRAYITEM_GC, [to, this.#plus(op.args[4], i), items[i]], array));
    }
    return true;
  }

  /** If the array is virtual, are the items from `start` in it for sure? */
  #covers(array: Value, start: Value, n: int): boolean {
    const virtual = this.opt.virtualOf(array);
    if (virtual === null) return true;
    if (!(virtual instanceof VirtualArray) || !(start instanceof ConstInt)) return false;
    return start.value >= 0 && start.value + n <= virtual.items.length;
  }

  #plus(start: Value, i: int): Value {
    return this.opt.send(ops.INT_ADD, [start, new ConstInt(i)], null);
  }

  // References to perhaps virtual objects: themselves virtual structs that hold the frame's token, and at the end the
  // object.

  #virtualRef(op: Op): void {
    const descrs = this.opt.env.virtualRef;
    if (descrs === null) {
      this.pass(op);
      return;
    }
    const virtual = new VirtualStruct(descrs.struct, nulls(descrs.struct.fields.length));
    op.info = virtual;
    virtual.fields[descrs.token.slot] = this.opt.send(ops.FORCE_TOKEN, [], null);
    virtual.fields[descrs.forced.slot] = NULL;
  }

  #virtualRefFinish(op: Op): void {
    const descrs = this.opt.env.virtualRef;
    if (descrs === null) {
      this.pass(op);
      return;
    }
    if (!this.opt.isNull(op.args[1])) {
      this.opt.sendOp(new Op(ops.SETFIELD_GC, [op.args[0], op.args[1]], descrs.forced));
    }
    this.opt.sendOp(new Op(ops.SETFIELD_GC, [op.args[0], zeroOf(descrs.token.kind)], descrs.token));
  }
}
