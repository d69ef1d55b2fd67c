/**
 * How the graphs of each stage are shown: the snapshots for the viewer and the text for `--dump`.
 */
import type { AnnotationResult } from "../annotator/result.ts";
import { calleesOf } from "../rtyper/lltype/effects.ts";
import { LowFunction } from "../rtyper/lltype/memory.ts";
import { originName } from "../rtyper/names.ts";
import { SourcePosition } from "./diagnostics/position.ts";
import { TextConstants } from "./flow/constants.ts";
import { type Constant, type FunctionGraph, Operation, type Value, Variable } from "./flow/model.ts";
import { printGraph } from "./flow/print.ts";
import { type Describer, SnapshotStore } from "./view/snapshot.ts";

export interface ShownFunction {
  readonly name: string;
  readonly graph: FunctionGraph;
}

/** What was kept of the stages. */
export interface Shown {
  readonly store: SnapshotStore;
}

export function noneShown(): Shown {
  return { store: new SnapshotStore() };
}

const NOWHERE = new SourcePosition("", 0, 0, "");
const constants = new TextConstants();

function constantText(constant: Constant): string {
  const text = constants.format(constant);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Graphs as the flow builder made them, one for each function whatever its specializations. */
export function flowFunctions(annotation: AnnotationResult): { functions: ShownFunction[]; describe: Describer } {
  const graphs = new Map<FunctionGraph, string>();
  for (const f of annotation.specializations) {
    const { graph } = f.desc.built;
    if (!graphs.has(graph)) graphs.set(graph, originName(f.signature.node, f.name));
  }
  const functions = [...graphs].map(([graph, name]) => ({ name, graph }));
  return { functions, describe: { typeOf: () => "", constant: constantText, callees: () => [] } };
}

/** Graphs with inferred types. */
export function highFunctions(annotation: AnnotationResult): { functions: ShownFunction[]; describe: Describer } {
  const functions = annotation.specializations.map((f) => ({
    name: originName(f.signature.node, f.name),
    graph: f.graph,
  }));
  return {
    functions,
    describe: {
      typeOf: (value: Value) => (value instanceof Variable ? (annotation.bindings.get(value)?.toText() ?? "") : ""),
      constant: constantText,
      callees: () => [],
    },
  };
}

/** Graphs with low-level types. */
export function lowFunctions(all: Iterable<LowFunction>): { functions: ShownFunction[]; describe: Describer } {
  const functions: ShownFunction[] = [];
  for (const f of all) if (f.graph !== null) functions.push({ name: f.name, graph: f.graph });
  return {
    functions,
    describe: {
      typeOf: (value: Value) => value.type?.toText() ?? "",
      constant: (constant) =>
        constant.value instanceof LowFunction ? `@${constant.value.name}` : constantText(constant),
      callees: (opname, args) =>
        (calleesOf(new Operation(opname, [...args], new Variable(), NOWHERE)) ?? []).map((f) => f.name),
    },
  };
}

/** All graphs as text, for `--dump`. */
export function textOf(functions: readonly ShownFunction[]): string {
  return functions.map(({ graph }) => printGraph(graph, { positions: true })).join("\n");
}
