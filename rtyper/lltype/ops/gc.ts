/** Operations that exist only after the gc transform: what allocation, barriers and roots become. */
import { type OpInfo, pure, write } from "./info.ts";

const slow = (args: readonly string[], result: string, doc: string): OpInfo => ({
  args,
  result,
  effect: "call",
  raises: true,
  collects: true,
  doc,
});

export const GC_OPS = {
  gc_bump: {
    args: ["Signed"],
    result: "Address",
    effect: "alloc",
    raises: false,
    collects: false,
    doc: "takes bytes from the nursery without a check; null Address when they do not fit",
  },
  gc_call: slow(["Ccollector", "..."], "?", "calls an entry point of the collector by name"),
  gc_init_header: write(["Address", "Ctype"], "writes the header of a new object of that type"),
  gc_init_length: write(
    ["Address", "Ctype", "Signed"],
    "writes the length of a new variable-sized object of that type",
  ),
  gc_clear: write(["Address", "Signed"], "zeroes part of a new object"),
  gc_barrier: write(["GcP"], "reports that a reference will be stored into the object"),
  gc_barrier_item: write(["GcP", "Signed"], "reports that a reference will be stored into that item of an array"),
  gc_barrier_range: write(["GcP", "Signed", "Signed"], "reports the same for several items: first index, count"),
  gc_push_roots: write(["Signed"], "raises the shadow stack's top by that many slots"),
  gc_pop_roots: write(["Signed"], "lowers the shadow stack's top"),
  gc_save_root: write(["Cslot", "GcP"], "stores a pointer in a slot of this function's shadow frame"),
  gc_reload_root: {
    args: ["Cslot"],
    result: "?",
    effect: "read",
    raises: false,
    collects: false,
    doc: "reads a pointer back from its slot after a call that may have moved it",
  },
  type_id: pure(["Ctype"], "Signed", "the type id of a type, resolved by the linker"),
  size_of: pure(["Ctype"], "Signed", "byte size of a fixed-size type's object with header"),
  offset_of: pure(["Ctype", "Cname"], "Signed", "byte offset of a field from the header"),
} as const satisfies Record<string, OpInfo>;
