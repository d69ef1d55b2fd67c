/**
 * What the viewer shows: each function's graph as it was after each stage, as plain data. Passes rewrite graphs in
 * place, so a graph is copied into this form right after its stage; a graph that a stage did not change shares the
 * earlier snapshot.
 */
import type { SourcePosition } from "../diagnostics/position.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type ExitCase,
  type FunctionGraph,
  type Value,
  Variable,
} from "../flow/model.ts";
import { reversePostorder } from "../flow/traverse.ts";

/** A value as shown: its text and its type's text (empty when unknown). */
export type ShownValue = readonly [text: string, type: string];

export interface ShownOperation {
  readonly name: string;
  readonly result: ShownValue | null;
  readonly args: readonly ShownValue[];
  /** Names of the functions it can call. */
  readonly callees: readonly string[];
  readonly file: string;
  readonly line: number;
}

export interface ShownExit {
  readonly label: string;
  readonly target: number;
  readonly args: readonly ShownValue[];
  readonly unlikely: boolean;
}

export interface ShownBlock {
  readonly kind: "start" | "body" | "return" | "raise";
  readonly inputs: readonly ShownValue[];
  readonly operations: readonly ShownOperation[];
  readonly switchOn: ShownValue | null;
  readonly exits: readonly ShownExit[];
}

export interface ShownGraph {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly blocks: readonly ShownBlock[];
}

/** How a stage names types and functions. */
export interface Describer {
  typeOf(value: Value): string;
  /** Text of a constant. */
  constant(value: Constant): string;
  callees(opname: string, args: readonly Value[]): readonly string[];
}

/** Copies a graph into the shown form. */
export function snapshot(name: string, graph: FunctionGraph, describe: Describer): ShownGraph {
  const blocks = reversePostorder(graph);
  const numbers = new Map<Block, number>(blocks.map((block, i) => [block, i]));
  const names = new Map<Variable, string>();
  const textOf = (v: Value): string => {
    if (v instanceof Constant) return describe.constant(v);
    let text = names.get(v);
    if (text === undefined) {
      text = `${v.name === "" ? "v" : v.name}${names.size}`;
      names.set(v, text);
    }
    return text;
  };
  const shown = (v: Value): ShownValue => [textOf(v), describe.typeOf(v)];
  const operation = (op: Block["operations"][number]): ShownOperation => {
    const args = op.args.map(shown);
    const type = describe.typeOf(op.result);
    return {
      name: op.opname,
      result: type === "Void" ? null : [textOf(op.result), type],
      args,
      callees: describe.callees(op.opname, op.args),
      ...place(op.position),
    };
  };
  return {
    name,
    ...place(graph.position),
    blocks: blocks.map((block) => ({
      kind: kindOf(graph, block),
      inputs: block.inputargs.map(shown),
      operations: block.operations.map(operation),
      switchOn: block.exitswitch instanceof Variable ? shown(block.exitswitch) : null,
      exits: block.exits.map((link) => ({
        label: exitLabel(link.exitcase),
        target: numbers.get(link.target) as number,
        args: link.args.map(shown),
        unlikely: link.weight === "unlikely",
      })),
    })),
  };
}

function place(position: SourcePosition): { file: string; line: number } {
  return { file: position.file, line: position.line };
}

function kindOf(graph: FunctionGraph, block: Block): ShownBlock["kind"] {
  if (block === graph.startBlock) return "start";
  if (block === graph.returnBlock) return "return";
  return block === graph.exceptBlock ? "raise" : "body";
}

function exitLabel(exitcase: ExitCase): string {
  if (exitcase === null) return "";
  return exitcase === EXCEPTION ? "exception" : String(exitcase);
}

/** Where a position's function was inlined and such are not shown; stages in order, functions by name. */
export class SnapshotStore {
  readonly stages: string[] = [];
  readonly #graphs = new Map<string, Map<string, ShownGraph>>();
  readonly #texts = new Map<string, string>();

  /** Records all functions after a stage. */
  record(stage: string, functions: Iterable<{ name: string; graph: FunctionGraph }>, describe: Describer): void {
    if (!this.stages.includes(stage)) this.stages.push(stage);
    const graphs = new Map<string, ShownGraph>();
    const before = this.#graphs.get(this.stages.at(-2) ?? "");
    for (const { name, graph } of functions) {
      const shown = snapshot(name, graph, describe);
      const text = JSON.stringify(shown);
      const old = before?.get(name);
      graphs.set(name, old !== undefined && this.#texts.get(name) === text ? old : shown);
      this.#texts.set(name, text);
    }
    this.#graphs.set(stage, graphs);
  }

  graph(stage: string, name: string): ShownGraph | null {
    return this.#graphs.get(stage)?.get(name) ?? null;
  }

  /** The stages that know a function. */
  stagesOf(name: string): string[] {
    return this.stages.filter((stage) => this.#graphs.get(stage)?.has(name) === true);
  }

  /** Functions of a stage whose name contains all words, at most `limit`, and how many there are. */
  search(stage: string, words: string, limit: number): { names: string[]; total: number } {
    const parts = words
      .toLowerCase()
      .split(/\s+/)
      .filter((w) => w !== "");
    const names: string[] = [];
    let total = 0;
    for (const name of this.#graphs.get(stage)?.keys() ?? []) {
      const lower = name.toLowerCase();
      if (!parts.every((part) => lower.includes(part))) continue;
      total++;
      if (names.length < limit) names.push(name);
    }
    return { names, total };
  }

  /** Direct callees and callers of a function at a stage. */
  neighbours(stage: string, name: string): { callees: string[]; callers: string[] } {
    const callees = calleesIn(this.graph(stage, name));
    const callers: string[] = [];
    for (const [other, graph] of this.#graphs.get(stage) ?? [])
      if (calleesIn(graph).includes(name)) callers.push(other);
    return { callees, callers };
  }

  /** The call graph around a function: what is reached in at most `depth` calls up or down, at most `limit` functions. */
  callGraph(stage: string, name: string, depth: number, limit: number): { names: string[]; calls: [number, number][] } {
    const callees = new Map<string, string[]>();
    const callers = new Map<string, string[]>();
    for (const [other, graph] of this.#graphs.get(stage) ?? []) {
      const called = calleesIn(graph);
      callees.set(other, called);
      for (const callee of called) callers.set(callee, [...(callers.get(callee) ?? []), other]);
    }
    const found = new Map<string, number>([[name, 0]]);
    for (const next of [callees, callers]) {
      let layer = [name];
      for (let i = 0; i < depth; i++) {
        layer = layer.flatMap((from) => next.get(from) ?? []).filter((to) => !found.has(to));
        for (const to of layer) if (found.size < limit && !found.has(to)) found.set(to, found.size);
        layer = layer.filter((to) => found.has(to));
      }
    }
    const calls: [number, number][] = [];
    for (const [from, i] of found) {
      for (const to of callees.get(from) ?? []) {
        const j = found.get(to);
        if (j !== undefined) calls.push([i, j]);
      }
    }
    return { names: [...found.keys()], calls };
  }
}

function calleesIn(graph: ShownGraph | null): string[] {
  const found = new Set<string>();
  for (const block of graph?.blocks ?? []) for (const op of block.operations) for (const f of op.callees) found.add(f);
  return [...found];
}
