/**
 * Objects, arrays, strings, raw structs, and the checks that stop the program.
 *
 * Three sorts of fields are special: a virtualizable's (the tracer keeps them in registers), a quasi-immutable's (taken
 * for constant while nobody assigns it), and what a `readonly` list holds (its fields and items never change).
 */

import { mutationSlot } from "../../../rtyper/lltype/jit.ts";
import { type LowArray, type LowType, Ptr, STRING, Struct } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../../format/traceops.ts";
import { hintsOf } from "../effects.ts";
import { callHelper } from "./arith.ts";
import { arg, type BlockLowering, described, type Lowering, typeOf, unsupported } from "./context.ts";

function pointee(op: Operation, i = 0): LowType {
  const type = typeOf(arg(op, i));
  return type instanceof Ptr ? type.to : unsupported(op);
}

function structOf(op: Operation): Struct {
  const type = pointee(op);
  return type instanceof Struct ? type : unsupported(op);
}

function arrayOf(op: Operation): LowArray | Struct {
  const type = pointee(op) as LowArray | Struct;
  return type.gc ? type : unsupported(op);
}

function getfield(l: BlockLowering, op: Operation): void {
  const struct = structOf(op);
  const name = described<string>(op, 1);
  const object = arg(op, 0);
  const kind = l.kind(op.result);
  const { descrs } = l.world;
  if (!struct.gc) {
    l.emit(l.byKind("getfield_raw", kind), [object, descrs.field(struct, name)], op.result);
    return;
  }
  const { isVirtualizable, isQuasi, isPureList, owner } = hintsOf(struct, name);
  if (isVirtualizable) {
    getVirtualizable(l, op, owner, name);
    return;
  }
  const isPure = l.pure.has(l.resolve(object));
  const field = descrs.field(struct, name, isPure);
  if (isQuasi) {
    const slot = descrs.field(owner, mutationSlot(name));
    l.emit("record_quasiimmut_field", [object, field, slot], null, "before");
  }
  l.emit(l.byKind("getfield_gc", kind), [object, field], op.result);
  // A list's items belong to it.
  if (isPureList || (isPure && kind === KIND_REF && name === "items")) l.pure.add(op.result);
}

function getVirtualizable(l: BlockLowering, op: Operation, owner: Struct, name: string): void {
  const { descrs } = l.world;
  const object = arg(op, 0);
  const field = descrs.field(owner, name);
  const type = typeOf(op.result);
  if (isArrayField(owner, name)) {
    const array = descrs.array((type as Ptr).to as LowArray);
    l.vableArrays.set(op.result, { object: l.resolve(object), field, array });
    // Code that does more with the array than read and write items in this block sees the array itself.
    if (usedOnlyByItems(l, op.result)) return;
    l.emit("hint_force_virtualizable", [object], null, "before");
    l.vableArrays.delete(op.result);
    l.emit("getfield_gc_r", [object, field], op.result);
    return;
  }
  l.emit(l.byKind("getfield_vable", l.kind(op.result)), [object, field], op.result, "before");
}

function isArrayField(owner: Struct, name: string): boolean {
  for (let s: Struct | null = owner; s !== null; s = s.base) {
    if (s.jit?.virtualizable?.includes(`${name}[*]`) === true) return true;
  }
  return false;
}

/** Uses of a virtualizable's array that need no array. */
const ITEM_USES: ReadonlySet<string> = new Set(["getarrayitem", "setarrayitem", "getarraysize", "check_nonnull"]);

function usedOnlyByItems(l: BlockLowering, array: Value): boolean {
  const { block } = l;
  for (const op of block.operations) {
    const at = op.args.indexOf(array);
    if (at > 0 || (at === 0 && !ITEM_USES.has(op.opname))) return false;
  }
  return block.exitswitch !== array && block.exits.every((link) => !link.args.includes(array));
}

function setfield(l: BlockLowering, op: Operation): void {
  const struct = structOf(op);
  const name = described<string>(op, 1);
  const value = arg(op, 2);
  const { descrs } = l.world;
  const kind = l.kind(value);
  if (!struct.gc) {
    l.emit(l.byKind("setfield_raw", kind), [arg(op, 0), value, descrs.field(struct, name)]);
    return;
  }
  const { isVirtualizable, isQuasi, owner } = hintsOf(struct, name);
  if (isVirtualizable && !isArrayField(owner, name)) {
    l.emit(l.byKind("setfield_vable", kind), [arg(op, 0), value, descrs.field(owner, name)], null, "before");
    return;
  }
  if (isQuasi) {
    callHelper(l, op);
    return;
  }
  l.emit(l.byKind("setfield_gc", kind), [arg(op, 0), value, descrs.field(struct, name)]);
}

function getarrayitem(l: BlockLowering, op: Operation): void {
  const array = arg(op, 0);
  const type = arrayOf(op);
  if (type === STRING) {
    l.emit("strgetitem", [array, arg(op, 1)], op.result);
    return;
  }
  const kind = l.kind(op.result);
  const held = l.vableArrays.get(array);
  if (held !== undefined) {
    l.emit(
      l.byKind("getarrayitem_vable", kind),
      [held.object, arg(op, 1), held.field, held.array],
      op.result,
      "before",
    );
    return;
  }
  const descr = l.world.descrs.array(type, l.pure.has(l.resolve(array)));
  l.emit(l.byKind("getarrayitem_gc", kind), [array, arg(op, 1), descr], op.result);
}

function setarrayitem(l: BlockLowering, op: Operation): void {
  const [array, index, value] = [arg(op, 0), arg(op, 1), arg(op, 2)];
  const type = arrayOf(op);
  if (type === STRING) {
    l.emit("strsetitem", [array, index, value]);
    return;
  }
  const kind = l.kind(value);
  const held = l.vableArrays.get(array);
  if (held !== undefined) {
    l.emit(l.byKind("setarrayitem_vable", kind), [held.object, index, value, held.field, held.array], null, "before");
    return;
  }
  l.emit(l.byKind("setarrayitem_gc", kind), [array, index, value, l.world.descrs.array(type)]);
}

function getarraysize(l: BlockLowering, op: Operation): void {
  const array = arg(op, 0);
  const type = arrayOf(op);
  const held = l.vableArrays.get(array);
  if (held !== undefined) l.emit("arraylen_vable", [held.object, held.field, held.array], op.result, "before");
  else if (type === STRING) l.emit("strlen", [array], op.result);
  else l.emit("arraylen_gc", [array, l.world.descrs.array(type)], op.result);
}

function getinteriorfield(l: BlockLowering, op: Operation): void {
  const descr = l.world.descrs.interior(arrayOf(op), described<string>(op, 2));
  l.emit(l.byKind("getinteriorfield_gc", l.kind(op.result)), [arg(op, 0), arg(op, 1), descr], op.result);
}

function setinteriorfield(l: BlockLowering, op: Operation): void {
  const descr = l.world.descrs.interior(arrayOf(op), described<string>(op, 2));
  const value = arg(op, 3);
  l.emit(l.byKind("setinteriorfield_gc", l.kind(value)), [arg(op, 0), arg(op, 1), value, descr]);
}

function malloc(l: BlockLowering, op: Operation): void {
  const struct = described<LowType>(op, 0);
  if (!(struct instanceof Struct) || !struct.gc) unsupported(op);
  const descr = l.world.descrs.size(struct);
  l.emit(descr.hasClass ? "new_with_vtable" : "new", [descr], op.result);
}

function mallocVarsize(isClear: boolean): Lowering {
  return (l, op) => {
    const type = described<LowArray | Struct>(op, 0);
    if (!type.gc) unsupported(op);
    if (type === STRING && !isClear) l.emit("newstr", [arg(op, 1)], op.result);
    else {
      l.emit(isClear ? "new_array_clear" : "new_array", [arg(op, 1), l.world.descrs.array(type)], op.result);
    }
  };
}

function arrayCopy(l: BlockLowering, op: Operation): void {
  if (arrayOf(op) !== STRING) {
    callHelper(l, op);
    return;
  }
  // Source, its start, target, its start, count.
  l.emit("copystrcontent", [arg(op, 0), arg(op, 2), arg(op, 1), arg(op, 3), arg(op, 4)]);
}

/** A comparison of pointers: of references, or of addresses as words. */
function compare(name: string, ofWords: string): Lowering {
  return (l, op) => {
    const isRef = l.kind(arg(op, 0)) === KIND_REF;
    l.emit(
      isRef ? name : ofWords,
      op.args.map((_, i) => arg(op, i)),
      op.result,
    );
  };
}

function rawLoad(l: BlockLowering, op: Operation): void {
  const kind = l.kind(op.result);
  if (kind !== KIND_INT && kind !== KIND_FLOAT) unsupported(op);
  l.emit(l.byKind("raw_load", kind), [arg(op, 0), arg(op, 1), l.world.descrs.raw(typeOf(op.result))], op.result);
}

function rawStore(l: BlockLowering, op: Operation): void {
  const value = arg(op, 2);
  const kind = l.kind(value);
  if (kind !== KIND_INT && kind !== KIND_FLOAT) unsupported(op);
  l.emit(l.byKind("raw_store", kind), [arg(op, 0), arg(op, 1), value, l.world.descrs.raw(typeOf(value))]);
}

function text(l: BlockLowering, op: Operation, i: number): ReturnType<typeof l.world.descrs.text> {
  return l.world.descrs.text(described<string>(op, i));
}

/** A check on a constant that holds is nothing. */
function isKnownNonNull(value: Value): boolean {
  return value instanceof Constant && value.value !== null;
}

function checkNonnull(l: BlockLowering, op: Operation): void {
  const value = l.resolve(arg(op, 0));
  if (isKnownNonNull(value)) return;
  if (l.kind(value) === KIND_INT) l.emit("check_true", [value, text(l, op, 1)]);
  else if (!l.vableArrays.has(arg(op, 0))) l.emit("check_nonnull", [value, text(l, op, 1)]);
}

export const MEMORY: Readonly<Record<string, Lowering>> = {
  malloc,
  malloc_varsize: mallocVarsize(true),
  malloc_varsize_uninit: mallocVarsize(false),
  malloc_of_class: callHelper,
  getfield,
  setfield,
  getarrayitem,
  setarrayitem,
  getarraysize,
  getinteriorfield,
  setinteriorfield,
  array_copy: arrayCopy,
  array_fill: callHelper,
  array_shrink: callHelper,
  array_compare: callHelper,
  ptr_eq: compare("ptr_eq", "int_eq"),
  ptr_ne: compare("ptr_ne", "int_ne"),
  ptr_is_null: compare("ptr_iszero", "int_is_zero"),
  ptr_nonnull: compare("ptr_nonzero", "int_is_true"),
  cast_pointer: (l, op) => l.alias(op.result, arg(op, 0)),
  class_of: (l, op) => l.emit("guard_class", [arg(op, 0)], op.result, "before"),
  is_instance: (l, op) =>
    l.emit("is_instance", [arg(op, 0), l.world.descrs.size(described<Struct>(op, 1))], op.result, "before"),
  class_is_subclass: callHelper,
  check_index: (l, op) => l.emit("check_index", [arg(op, 0), arg(op, 1), text(l, op, 2)]),
  check_nonnull: checkNonnull,
  check_instance: (l, op) =>
    l.emit("check_instance", [arg(op, 0), l.world.descrs.size(described<Struct>(op, 1)), text(l, op, 2)]),
  check_true: (l, op) => l.emit("check_true", [arg(op, 0), text(l, op, 1)]),
  identity_hash: callHelper,
  weakref_create: callHelper,
  weakref_deref: callHelper,
  keep_alive: (l, op) => {
    if (l.kind(arg(op, 0)) === KIND_REF) l.emit("keep_alive", [arg(op, 0)]);
  },
  raw_load: rawLoad,
  raw_store: rawStore,
  raw_copy: callHelper,
  raw_clear: callHelper,
};
