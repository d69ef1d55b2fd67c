/** A target brought to jitcodes, for tests and, as a tool, to look at them: `… tool tests/kit/jitcodes.ts TARGET [NAME]`. */
import { Codewriter } from "../../jit/codewriter/codewriter.ts";
import { type Portal, splitPortals } from "../../jit/codewriter/portal.ts";
import type { GraphPasses } from "../../jit/codewriter/prepare.ts";
import { listingText } from "../../jit/codewriter/text.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowProgram } from "../../rtyper/lltype/program.ts";
import { foldConstants } from "../../translator/optimize/constfold.ts";
import { removeDeadCode } from "../../translator/optimize/deadcode.ts";
import { removeAllocations } from "../../translator/optimize/mallocs.ts";
import { lowerTarget } from "./pipeline.ts";

/** The optimizer's passes as the codewriter wants them. */
export function graphPasses(wordBits: number): GraphPasses {
  return {
    foldConstants: (graph) => void foldConstants(graph, wordBits),
    removeAllocations: (graph) => void removeAllocations(graph),
    removeDeadCode: (graph) => void removeDeadCode(graph),
  };
}

export interface Codewritten {
  readonly program: LowProgram;
  readonly portals: readonly Portal[];
  readonly codewriter: Codewriter;
}

/** Splits the portals of a program in place and prepares its codewriter. */
export function codewriterOf(program: LowProgram, wordBits = 53): Codewritten {
  const passes = graphPasses(wordBits);
  const prepare: GraphPasses["removeDeadCode"] = (graph) => {
    passes.removeAllocations(graph);
    passes.removeDeadCode(graph);
  };
  const portals = splitPortals(program.functions, prepare);
  const layout = new Layout({ wordBytes: wordBits === 32 ? 4 : 8, typePointer: true });
  return { program, portals, codewriter: new Codewriter(program, portals, { wordBits, layout, passes }) };
}

/** The tool. */
export async function main(args: string[]): Promise<number> {
  const [file, name = ""] = args;
  if (file === undefined) return 2;
  const { program } = await lowerTarget(file, 64, [], true);
  const { codewriter } = codewriterOf(program);
  const start = performance.now();
  codewriter.run();
  console.error(`${codewriter.assembled.length} jitcodes, ${Math.round(performance.now() - start)} ms`);
  for (const { listing } of codewriter.assembled) if (listing.name.includes(name)) console.log(listingText(listing));
  return 0;
}
