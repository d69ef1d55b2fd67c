/** One closure for each operation: arithmetic from the table of meanings, the rest over simulated memory. */
import type { Operation } from "../../translator/flow/model.ts";
import {
  describeValue,
  type ExternalFunction,
  LowAddress,
  LowArrayObject,
  LowFunction,
  LowOpaque,
  LowStruct,
  type LowValue,
  MemoryError,
} from "../lltype/memory.ts";
import type { JitOpName } from "../lltype/ops/jit.ts";
import { findMeaning, wrap } from "../lltype/ops/meaning.ts";
import { Address, LowArray, type LowType, OBJECT, type Ptr, Signed, Struct, WEAKREF } from "../lltype/types.ts";
import { GC_HANDLERS } from "./gcoperations.ts";
import type { Heap } from "./heap.ts";
import type { Frame, Read } from "./interpreter.ts";
import { FatalStop, type Machine, RaisedException } from "./machine.ts";

type Run = (frame: Frame) => LowValue;

/** Makes the closure of one operation whose operands are read by `reads`. */
export function compileOperation(op: Operation, reads: readonly Read[], machine: Machine): Run {
  const meaning = findMeaning(op.opname);
  if (meaning !== null) {
    const context = {
      wordBits: machine.wordBits,
      argTypes: op.args.map((arg) => arg.type as LowType),
      resultType: op.result.type as LowType,
    };
    const [a, b] = reads;
    if (a === undefined) throw new Error(`${op.opname} without operands`);
    if (b === undefined) return (frame) => meaning(context, a(frame));
    return (frame) => meaning(context, a(frame), b(frame));
  }
  const handler = HANDLERS[op.opname] ?? GC_HANDLERS[op.opname];
  if (handler === undefined) throw new Error(`${op.opname} has no meaning in llinterp`);
  return (frame) =>
    handler(
      reads.map((read) => read(frame)),
      op,
      machine,
    );
}

export type Handler = (args: LowValue[], op: Operation, machine: Machine) => LowValue;

type Items = LowStruct | LowArrayObject;

function structOf(value: LowValue | undefined): LowStruct {
  if (value instanceof LowStruct) return value;
  throw new MemoryError(`${value === null ? "null" : describeValue(value as LowValue)} used as a struct`);
}

function itemsOf(value: LowValue | undefined): Items {
  if (value instanceof LowArrayObject || value instanceof LowStruct) return value;
  throw new MemoryError(`${value === null ? "null" : describeValue(value as LowValue)} used as an array`);
}

const index = (value: LowValue | undefined): number => Number(value as bigint);
const word = (value: number, machine: Machine): LowValue => wrap(BigInt(value), Signed, machine.wordBits);
const nameOf = (value: LowValue | undefined): string => value as unknown as string;
const NOTHING = null;

function allocate(type: LowType, length: number): LowValue {
  if (type instanceof Struct) return new LowStruct(type, length);
  if (type instanceof LowArray) return new LowArrayObject(type, length);
  throw new Error(`cannot allocate ${type.toText()}`);
}

function classOf(value: LowValue | undefined): LowStruct {
  return structOf(structOf(value).type.vtable as LowValue);
}

function call(f: LowValue | undefined, args: LowValue[], machine: Machine): LowValue {
  if (!(f instanceof LowFunction)) throw new MemoryError("call of something that is not a function");
  return machine.call(f, args);
}

function isInstance(object: LowValue | undefined, type: LowValue | undefined): boolean {
  return structOf(object).type.inheritsFrom(type as unknown as Struct);
}

const requireThat = (condition: boolean, text: LowValue | undefined): LowValue => {
  if (!condition) throw new FatalStop(nameOf(text));
  return NOTHING;
};

/** Hints for the JIT: what they are on Node. */
const HINTS: Record<JitOpName, Handler> = {
  jit_merge_point: () => NOTHING,
  jit_can_enter: () => NOTHING,
  jit_promote: ([v]) => v as LowValue,
  jit_promote_string: ([v]) => v as LowValue,
  jit_is_constant: () => false,
  jit_is_virtual: () => false,
  jit_we_are_jitted: () => false,
  jit_assert_green: () => NOTHING,
  jit_record_exact_class: () => NOTHING,
  jit_virtual_ref: ([v]) => v as LowValue,
  jit_virtual_ref_finish: () => NOTHING,
  jit_set_param: () => NOTHING,
};

const HANDLERS: Record<string, Handler | undefined> = {
  malloc: ([type]) => allocate(type as unknown as LowType, 0),
  malloc_varsize: ([type, n]) => allocate(type as unknown as LowType, index(n)),
  malloc_varsize_uninit: ([type, n]) => allocate(type as unknown as LowType, index(n)),
  malloc_pinned: ([type, n]) => allocate(type as unknown as LowType, index(n)),
  malloc_of_class: ([vtable], _op, machine) => new LowStruct(machine.classOfVtable(vtable as object), 0),
  getfield: ([p, name]) => structOf(p).get(nameOf(name)),
  setfield: ([p, name, value], _op, machine) => {
    machine.heap?.checkStore(p as object, null, value as LowValue);
    structOf(p).set(nameOf(name), value as LowValue);
    return NOTHING;
  },
  getarrayitem: ([a, i]) => itemsOf(a).getItem(index(i)),
  setarrayitem: ([a, i, value], _op, machine) => {
    machine.heap?.checkStore(a as object, index(i), value as LowValue);
    itemsOf(a).setItem(index(i), value as LowValue);
    return NOTHING;
  },
  getinteriorfield: ([a, i, name]) => structOf(itemsOf(a).getItem(index(i))).get(nameOf(name)),
  setinteriorfield: ([a, i, name, value], _op, machine) => {
    machine.heap?.checkStore(a as object, index(i), value as LowValue);
    structOf(itemsOf(a).getItem(index(i))).set(nameOf(name), value as LowValue);
    return NOTHING;
  },
  getarraysize: ([a], _op, machine) => word(itemsOf(a).length, machine),
  array_copy: ([src, si, dst, di, n], _op, machine) => {
    copyItems(itemsOf(src), index(si), itemsOf(dst), index(di), index(n), machine.heap);
    return NOTHING;
  },
  array_fill: ([a, start, n, value], _op, machine) => {
    for (let i = index(start); i < index(start) + index(n); i++) {
      machine.heap?.checkStore(a as object, i, value as LowValue);
      itemsOf(a).setItem(i, value as LowValue);
    }
    return NOTHING;
  },
  array_shrink: ([a, n]) => {
    const items = itemsOf(a).items as LowValue[];
    items.length = index(n);
    return NOTHING;
  },
  array_compare: ([a, ai, b, bi, n], _op, machine) => {
    for (let i = 0; i < index(n); i++) {
      const left = itemsOf(a).getItem(index(ai) + i) as number;
      const right = itemsOf(b).getItem(index(bi) + i) as number;
      if (left !== right) return word(left < right ? -1 : 1, machine);
    }
    return word(0, machine);
  },
  ptr_eq: ([a, b]) => a === b,
  ptr_ne: ([a, b]) => a !== b,
  ptr_is_null: ([a]) => a === null,
  ptr_nonnull: ([a]) => a !== null,
  cast_pointer: ([p], op) => {
    const to = (op.result.type as Ptr).to;
    if (p instanceof LowStruct && to instanceof Struct && to !== OBJECT && !p.type.inheritsFrom(to)) {
      throw new MemoryError(`cast of a ${p.type.name} to ${to.name}`);
    }
    return p as LowValue;
  },
  class_of: ([p]) => classOf(p),
  is_instance: ([p, type]) => isInstance(p, type),
  class_is_subclass: ([a, b], _op, machine) => {
    const [left, right] = [structOf(a), structOf(b)];
    return machine.classOfVtable(left).inheritsFrom(machine.classOfVtable(right));
  },
  check_index: ([i, n, text]) => requireThat(index(i) >= 0 && index(i) < index(n), text),
  check_nonnull: ([p, text]) => requireThat(p !== null, text),
  check_instance: ([p, type, text]) => requireThat(isInstance(p, type), text),
  check_true: ([b, text]) => requireThat(b === true, text),
  identity_hash: ([p], _op, machine) => (machine.heap ?? machine).identityHash(p as object),
  weakref_create: ([p]) => new LowOpaque(WEAKREF, p as LowValue),
  weakref_deref: ([w]) => (w as LowOpaque).target,
  keep_alive: () => NOTHING,
  direct_call: ([f, ...args], _op, machine) => call(f, args, machine),
  indirect_call: ([f, ...args], _op, machine) => call(f, args.slice(0, -1), machine),
  external_call: ([external, ...args]) => {
    const { run, name } = external as unknown as ExternalFunction;
    if (run === null) throw new Error(`${name} has no meaning on Node`);
    return run(...args);
  },
  array_items_address: ([array]) => new LowAddress(itemsOf(array) as LowArrayObject, 0n),
  // The arguments of the program: arrays of bytes and of addresses stand for C's memory.
  raw_load: ([address, offset], _op, machine) => {
    const { base, offset: start } = address as LowAddress;
    if (!(base instanceof LowArrayObject)) throw new MemoryError("a load from no array");
    const bytes = Number(start + (offset as bigint));
    return base.getItem(base.type.item === Address ? bytes / (machine.wordBits === 32 ? 4 : 8) : bytes);
  },
  load_flag: (_args, _op, machine) => wrap(machine.flag, Signed, machine.wordBits),
  store_flag: ([flag], _op, machine) => {
    machine.flag = flag as bigint;
    return NOTHING;
  },
  fatal: ([text]) => requireThat(false, text),
  unreachable: () => {
    throw new Error("unreachable code was reached");
  },
  exc_occurred: (_args, _op, machine) => machine.exception !== null,
  exc_fetch: (_args, _op, machine) => machine.fetchException(),
  exc_set: ([value], _op, machine) => {
    machine.exception = value as LowStruct;
    return NOTHING;
  },
  exc_trace: () => NOTHING,
  stack_check: (_args, _op, machine) => {
    machine.checkStack();
    return NOTHING;
  },
  ...HINTS,
};

function copyItems(src: Items, si: number, dst: Items, di: number, n: number, heap: Heap | null): void {
  const moved = Array.from({ length: n }, (_v, i) => src.getItem(si + i));
  for (const [i, value] of moved.entries()) {
    heap?.checkStore(dst, di + i, value);
    if (value instanceof LowStruct && !value.type.gc) {
      for (const field of value.type.allFields()) heap?.checkStore(dst, di + i, value.get(field.name));
    }
    dst.setItem(di + i, value);
  }
}

/** The exception as transformed code leaves it: for callers of functions after the exception transform. */
export function raiseIfLeft(machine: Machine): void {
  if (machine.exception !== null) throw new RaisedException(machine.fetchException());
}
