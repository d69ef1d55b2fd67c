/**
 * The optimizations as a list: names (shared by flag, log and documentation), what each is for, and their order.
 * `--backendopt-NAME` and `--no-backendopt-NAME` switch each; the pipeline runs the list in order, twice, because what
 * inlining brings together feeds folding and the removal of allocations, and both make callees small.
 */
import { analyzeEffects } from "../../rtyper/lltype/effects.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import type { FunctionGraph } from "../flow/model.ts";
import { foldConstants } from "./constfold.ts";
import { removeDeadCode } from "./deadcode.ts";
import { inlineCalls } from "./inline.ts";
import { removeAllocations } from "./mallocs.ts";

export interface PassContext {
  readonly wordBits: number;
}

export interface Pass {
  readonly name: string;
  /** One line for `--help`. */
  readonly why: string;
  /** Lowest `-O` level at which the pass runs by default. */
  readonly level: number;
  /** Transforms functions in place and gives those that changed. `dirty` are those that changed since its last run. */
  run(functions: readonly LowFunction[], dirty: ReadonlySet<LowFunction>, context: PassContext): Set<LowFunction>;
}

/** A pass made of independent changes to single graphs: graphs that nobody changed since are left out. */
function perGraph(change: (graph: FunctionGraph, context: PassContext) => boolean): Pass["run"] {
  return (_functions, dirty, context) => {
    const changed = new Set<LowFunction>();
    for (const f of dirty) if (f.graph !== null && change(f.graph, context)) changed.add(f);
    return changed;
  };
}

export const PASSES: readonly Pass[] = [
  {
    name: "constfold",
    why: "computes at translation what depends on constants and immutable prebuilt data only",
    level: 1,
    run: perGraph((graph, context) => foldConstants(graph, context.wordBits)),
  },
  {
    name: "deadcode",
    why: "removes operations whose result nobody uses, and empty blocks",
    level: 0,
    run: perGraph(removeDeadCode),
  },
  {
    name: "inline",
    why: "puts small functions into their callers, so that allocations meet their uses",
    level: 1,
    run: (functions) => inlineCalls(functions, analyzeEffects(functions)),
  },
  {
    name: "mallocs",
    why: "replaces objects that do not escape by variables",
    level: 1,
    run: perGraph((graph) => removeAllocations(graph) > 0),
  },
];

/** One run of a pass, for the log and the viewer. */
export interface PassReport {
  readonly name: string;
  readonly round: number;
  /** Functions changed. */
  readonly changes: number;
  readonly milliseconds: number;
}

export interface OptimizeOptions extends PassContext {
  readonly level: number;
  /** Passes switched on or off by name, over the level's default. */
  readonly switches: ReadonlyMap<string, boolean>;
  /** Called after each pass (verifier, dumps, the viewer's stages). */
  readonly afterPass?: (pass: string, round: number) => void;
}

/** Rounds of the list. */
const ROUNDS = 2;

/** Optimizes the functions in place. */
export function optimize(functions: readonly LowFunction[], options: OptimizeOptions): PassReport[] {
  const enabled = PASSES.filter((pass) => options.switches.get(pass.name) ?? pass.level <= options.level);
  const reports: PassReport[] = [];
  const dirty = new Map(enabled.map((pass) => [pass, new Set(functions)]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const pass of enabled) {
      const start = performance.now();
      const seen = dirty.get(pass) as Set<LowFunction>;
      const changed = pass.run(functions, seen, options);
      seen.clear();
      for (const set of dirty.values()) for (const f of changed) set.add(f);
      reports.push({ name: pass.name, round, changes: changed.size, milliseconds: performance.now() - start });
      options.afterPass?.(pass.name, round);
    }
  }
  return reports;
}
