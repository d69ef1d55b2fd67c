/** The operations that exist only after the gc transform, over the simulated moving heap. */
import { LowAddress, type LowValue } from "../lltype/memory.ts";
import type { PtrTarget } from "../lltype/types.ts";
import { PendingObject } from "./heap.ts";
import type { Machine } from "./machine.ts";
import type { Handler } from "./operations.ts";

const NULL_ADDRESS = new LowAddress(null, 0n);
const NOTHING = null;

/** `Address` values of the allocation path: memory that is not an object yet. */
function pendingOf(value: LowValue | undefined): PendingObject {
  const pending: unknown = value;
  if (pending instanceof PendingObject) return pending;
  throw new Error("llinterp knows addresses only in the allocation path");
}

const asValue = (pending: PendingObject): LowValue => pending as unknown as LowValue;
const typeOf = (value: LowValue | undefined): PtrTarget => value as unknown as PtrTarget;
const number = (value: LowValue | undefined): number => Number(value as bigint);

/** What the collector's entry points do here. */
const ENTRIES: Record<string, ((args: LowValue[], machine: Machine) => LowValue) | undefined> = {
  malloc_slow: ([id], machine) => {
    const heap = machine.requireHeap();
    return heap.allocate(heap.typeOfId(id as bigint), 0);
  },
  malloc_varsize_slow: ([id, _bytes, length], machine) => {
    const heap = machine.requireHeap();
    return heap.allocate(heap.typeOfId(id as bigint), number(length));
  },
  malloc_of_class: ([vtable], machine) => {
    const struct = machine.classOfVtable(vtable as object);
    return machine.requireHeap().allocate(struct, 0);
  },
  identity_hash: ([object], machine) => machine.requireHeap().identityHash(object as object),
  weakref_create: ([target], machine) => machine.requireHeap().weakReference(target as LowValue),
  write_barrier: () => NOTHING,
};

export const GC_HANDLERS: Record<string, Handler | undefined> = {
  gc_bump: (_args, _op, machine) => {
    const pending = machine.requireHeap().bump();
    return pending === null ? NULL_ADDRESS : asValue(pending);
  },
  gc_init_header: ([address, type]) => {
    pendingOf(address).type = typeOf(type);
    return NOTHING;
  },
  raw_clear: () => NOTHING,
  raw_store: ([address, _offset, value]) => {
    pendingOf(address).length = number(value);
    return NOTHING;
  },
  address_add: ([address]) => address as LowValue,
  address_eq: ([a, b]) => (a instanceof LowAddress && b instanceof LowAddress ? a.offset === b.offset : a === b),
  address_to_ptr: ([address], _op, machine) => machine.requireHeap().finish(pendingOf(address)),
  gc_call: ([entry, ...args], _op, machine) => {
    const run = ENTRIES[entry as unknown as string];
    if (run === undefined) throw new Error(`no meaning of the collector's ${String(entry)}`);
    return run(args, machine);
  },
  gc_needs_barrier: () => false,
  gc_push_roots: ([count], _op, machine) => {
    machine.requireHeap().push(number(count));
    return NOTHING;
  },
  gc_pop_roots: (_args, _op, machine) => {
    const heap = machine.requireHeap();
    heap.shadow.length = heap.frameBase;
    return NOTHING;
  },
  gc_save_root: ([slot, value], _op, machine) => {
    const heap = machine.requireHeap();
    const at = heap.frameBase + Number(slot as unknown);
    if (at >= heap.shadow.length) throw new Error("a root is saved outside the pushed frame");
    heap.shadow[at] = value as LowValue;
    return NOTHING;
  },
  gc_reload_root: ([slot], _op, machine) => {
    const heap = machine.requireHeap();
    return heap.shadow[heap.frameBase + Number(slot as unknown)] as LowValue;
  },
  type_id: ([type], _op, machine) => machine.requireHeap().typeId(typeOf(type)),
};
