/**
 * Brings the JIT into the pipeline: its modules are loaded only for a program that gets one, and it is given the
 * optimizer's passes as functions, because the codewriter knows no other part of the toolchain.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { GraphPasses } from "../jit/codewriter/prepare.ts";
import type * as weaving from "../jit/weave/weave.ts";
import { toolchainRoot } from "./load/root.ts";
import { foldConstants } from "./optimize/constfold.ts";
import { removeDeadCode } from "./optimize/deadcode.ts";
import { removeAllocations } from "./optimize/mallocs.ts";

/** The stage `jit`. Loading it loads the run-time part too, which must happen before annotation. */
export async function loadJit(): Promise<typeof weaving> {
  return (await import(pathToFileURL(join(toolchainRoot, "jit/weave/weave.ts")).href)) as typeof weaving;
}

/** What the codewriter does to its copies of graphs. */
export function codewriterPasses(wordBits: number): GraphPasses {
  return {
    foldConstants: (graph) => void foldConstants(graph, wordBits),
    removeAllocations: (graph) => void removeAllocations(graph),
    removeDeadCode: (graph) => void removeDeadCode(graph),
  };
}
