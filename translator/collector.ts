/**
 * Brings a collector into the program: its module is loaded like any other RTypeScript, and each entry point is typed
 * by the declared kinds below and translated with what it calls.
 *
 * The collector's functions are compiled like the program's own, but may not allocate: they are marked so that the gc
 * transform leaves them alone.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { COLLECTOR_ENTRIES, Collector } from "../gc/interface.ts";
import type { LowFunction } from "../rtyper/lltype/memory.ts";
import type { LowProgram } from "../rtyper/lltype/program.ts";
import { findReachable } from "../rtyper/lltype/reach.ts";
import type { CollectorBinding } from "../rtyper/lltype/transformed.ts";
import { Address, type LowType, Signed } from "../rtyper/lltype/types.ts";
import type { HelperRequest } from "../rtyper/rtype.ts";
import { bug } from "./diagnostics/report.ts";
import { toolchainRoot } from "./load/root.ts";

/** Low-level argument types of the entry points. */
const ENTRY_ARGUMENTS: Record<keyof typeof COLLECTOR_ENTRIES, readonly LowType[]> = {
  malloc_room: [Signed],
  malloc_slow: [Signed, Signed],
  malloc_varsize_slow: [Signed, Signed, Signed, Signed],
  malloc_of_class: [Address],
  malloc_pinned: [Signed, Signed, Signed, Signed],
  identity_hash: [Address],
  weakref_create: [Address],
  write_barrier: [Address],
  array_barrier: [Address, Signed],
  array_range_barrier: [Address, Signed, Signed],
  register_finalizer: [Address, Address],
  next_finalizer: [],
  finalizer_callback: [],
  collect: [Signed],
  stats_word: [Signed],
  set_param: [Signed, Signed],
};

type LiveFunction = (...args: never[]) => unknown;

/** Loads the collector's module; null for collectors of the C runtime. Must happen before annotation. */
export async function loadCollector(collector: Collector): Promise<Record<string, LiveFunction> | null> {
  if (collector.module === null) return null;
  return (await import(pathToFileURL(join(toolchainRoot, collector.module)).href)) as Record<string, LiveFunction>;
}

/** The entry points that the module has, to be typed with the program. `setup` is first: what it assigns must be known to
 * vary before the readers of it are cleaned of branches that no value reaches. */
export function collectorRequests(
  module: Record<string, LiveFunction> | null,
): { name: string; request: HelperRequest }[] {
  if (module === null) return [];
  const found: { name: string; request: HelperRequest }[] = [];
  for (const [name, args] of Object.entries({ setup: [], ...ENTRY_ARGUMENTS })) {
    const f = module[name];
    if (f !== undefined) found.push({ name, request: { f, args } });
  }
  return found;
}

/** Helpers of the language are the program's too: what raises an error there allocates it. */
function isCollectors(f: LowFunction): boolean {
  return !/^(rlib|rtyper)\//.test(f.name);
}

/** Ties the typed entry points to the names that `gc_call` uses. */
export function bindCollector(collector: Collector, names: readonly string[], program: LowProgram): CollectorBinding {
  const entries = new Map<string, LowFunction>();
  for (const [i, name] of names.entries()) entries.set(name, program.requested[i] as LowFunction);
  for (const f of findReachable(entries.values()).functions) if (isCollectors(f)) f.attributes.add("no_collect");
  // Slow paths call them: inlined they would only be in the way.
  for (const f of entries.values()) f.attributes.add("noinline");
  const setup = entries.get("setup") ?? bug("a collector's module must export setup()");
  entries.delete("setup");
  const { prebuiltFlags, hashFlag, barrier } = collector;
  const { zeroedNursery, moves } = collector;
  const allocation = { inlineLimit: collector.inlineAllocation ? collector.inlineLimit : 0, zeroedNursery, moves };
  return { entries, setup, prebuiltFlags, hashFlag, barrier: barrier?.kind === "flag" ? barrier : null, allocation };
}
