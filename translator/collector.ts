/**
 * Brings a collector into the program: its module is loaded like any other RTypeScript, and each entry point is typed
 * by the declared kinds below and translated with what it calls.
 *
 * The collector's functions are compiled like the program's own, but may not allocate: they are marked so that the gc
 * transform leaves them alone.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FLAG_HASH_STORED, FLAG_PREBUILT } from "../gc/collectors/header.ts";
import type { COLLECTOR_ENTRIES, Collector } from "../gc/interface.ts";
import type { LowFunction } from "../rtyper/lltype/memory.ts";
import type { LowProgram } from "../rtyper/lltype/program.ts";
import { findReachable } from "../rtyper/lltype/reach.ts";
import type { CollectorBinding } from "../rtyper/lltype/transformed.ts";
import { Address, type LowType, Signed } from "../rtyper/lltype/types.ts";
import { bug } from "./diagnostics/report.ts";
import { toolchainRoot } from "./load/root.ts";

/** Low-level argument types of the entry points. */
const ENTRY_ARGUMENTS: Record<keyof typeof COLLECTOR_ENTRIES, readonly LowType[]> = {
  malloc_slow: [Signed, Signed],
  malloc_varsize_slow: [Signed, Signed, Signed, Signed],
  malloc_of_class: [Address],
  identity_hash: [Address],
  weakref_create: [Address],
  write_barrier: [Address],
};

type LiveFunction = (...args: never[]) => unknown;

/** Loads the collector's module; null for collectors of the C runtime. Must happen before annotation. */
export async function loadCollector(collector: Collector): Promise<Record<string, LiveFunction> | null> {
  if (collector.module === null) return null;
  return (await import(pathToFileURL(join(toolchainRoot, collector.module)).href)) as Record<string, LiveFunction>;
}

/** Translates the entry points that the module has. */
export function bindCollector(module: Record<string, LiveFunction>, program: LowProgram): CollectorBinding {
  const entries = new Map<string, LowFunction>();
  for (const [name, args] of Object.entries(ENTRY_ARGUMENTS)) {
    const live = module[name];
    if (live !== undefined) entries.set(name, program.helper(live, args));
  }
  if (module.setup === undefined) bug("a collector's module must export setup()");
  const setup = program.helper(module.setup, []);
  for (const f of findReachable([...entries.values(), setup]).functions) f.attributes.add("no_collect");
  return { entries, setup, prebuiltFlags: FLAG_PREBUILT, hashFlag: FLAG_HASH_STORED, barrierMask: 0 };
}
