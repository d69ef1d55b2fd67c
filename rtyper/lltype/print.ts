/** Low-level graphs as text, in the format that `parse.ts` reads. */
import type { FunctionGraph } from "../../translator/flow/model.ts";
import { type PrintOptions, printGraph } from "../../translator/flow/print.ts";
import { LowConstants, type TypeNames } from "./parse.ts";
import { resultTypeOf } from "./signature.ts";

/** How low-level graphs are printed; result types are written only where the operands do not determine them. */
export function lowPrintOptions(names: TypeNames = new Map()): PrintOptions {
  return { constants: new LowConstants(names), resultType: resultTypeOf };
}

export function printLowGraph(graph: FunctionGraph, options: PrintOptions = {}): string {
  return printGraph(graph, { ...lowPrintOptions(), ...options });
}
