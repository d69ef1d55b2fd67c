/** The operations that exist only after the gc transform, over the simulated moving heap. */
import { LowAddress, type LowValue } from "../lltype/memory.ts";
import type { PtrTarget } from "../lltype/types.ts";
import { Place } from "./heap.ts";
import type { Machine } from "./machine.ts";
import type { Handler } from "./operations.ts";

const NULL_ADDRESS = new LowAddress(null, 0n);
const NOTHING = null;

/** `Address` values of the allocation path: memory that is not an object yet. */
function placeOf(value: LowValue | undefined): Place {
  const place: unknown = value;
  if (place instanceof Place) return place;
  throw new Error("llinterp knows addresses only in the allocation path");
}

const asValue = (place: Place): LowValue => place as unknown as LowValue;
const typeOf = (value: LowValue | undefined): PtrTarget => value as unknown as PtrTarget;
const number = (value: LowValue | undefined): number => Number(value as bigint);

/** What the collector's entry points do here. */
const ENTRIES: Record<string, ((args: LowValue[], machine: Machine) => LowValue) | undefined> = {
  malloc_room: (_args, machine) => asValue(machine.requireHeap().room()),
  malloc_slow: ([id], machine) => {
    const heap = machine.requireHeap();
    return heap.allocate(heap.typeOfId(id as bigint), 0);
  },
  malloc_varsize_slow: ([id, _bytes, length], machine) => {
    const heap = machine.requireHeap();
    return heap.allocate(heap.typeOfId(id as bigint), number(length));
  },
  malloc_pinned: ([id, _bytes, length], machine) => {
    const heap = machine.requireHeap();
    return heap.allocate(heap.typeOfId(id as bigint), number(length));
  },
  malloc_of_class: ([vtable], machine) => {
    const struct = machine.classOfVtable(vtable as object);
    return machine.requireHeap().allocate(struct, 0);
  },
  identity_hash: ([object], machine) => machine.requireHeap().identityHash(object as object),
  weakref_create: ([target], machine) => machine.requireHeap().weakReference(target as LowValue),
  collect: (_args, machine) => {
    machine.heap?.collect();
    return NOTHING;
  },
  // What a program computes does not depend on these.
  stats_word: () => 0n,
  set_param: () => NOTHING,
  register_finalizer: () => NOTHING,
  next_finalizer: () => NULL_ADDRESS,
};

export const GC_HANDLERS: Record<string, Handler | undefined> = {
  gc_bump: (_args, _op, machine) => {
    const place = machine.requireHeap().bump();
    return place === null ? NULL_ADDRESS : asValue(place);
  },
  gc_init_header: ([address, type]) => {
    placeOf(address).setHeader(typeOf(type));
    return NOTHING;
  },
  gc_init_length: ([address, _type, length]) => {
    placeOf(address).setLength(number(length));
    return NOTHING;
  },
  gc_clear: ([address, bytes]) => {
    placeOf(address).clear(number(bytes));
    return NOTHING;
  },
  int_to_address: ([n]) => new LowAddress(null, n as bigint),
  address_add: ([address, bytes]) => asValue(placeOf(address).add(number(bytes))),
  address_eq: ([a, b]) => (a instanceof LowAddress && b instanceof LowAddress ? a.offset === b.offset : a === b),
  address_to_ptr: ([address], _op, machine) => machine.requireHeap().finish(placeOf(address)),
  gc_call: ([entry, ...args], _op, machine) => {
    const run = ENTRIES[entry as unknown as string];
    if (run === undefined) throw new Error(`no meaning of the collector's ${String(entry)}`);
    return run(args, machine);
  },
  gc_barrier: ([object], _op, machine) => {
    machine.requireHeap().report(object as object);
    return NOTHING;
  },
  gc_barrier_item: ([array, index], _op, machine) => {
    machine.requireHeap().report(array as object, number(index));
    return NOTHING;
  },
  gc_barrier_range: ([array, first, count], _op, machine) => {
    machine.requireHeap().report(array as object, number(first), number(count));
    return NOTHING;
  },
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
