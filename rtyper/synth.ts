/**
 * Small functions written directly as low-level graphs: adapters between signatures, dispatch over classes, and
 * arithmetic whose fast path needs operations that RTypeScript has no word for. They are ordinary functions to all
 * later stages, which inline them.
 *
 * Control flow is a tree: every branch ends by `return`, a tail `raise` or another branch; blocks are closed, so a
 * branch names the values that go on into it.
 */
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { Block, FunctionGraph, Link, type Value, Variable } from "../translator/flow/model.ts";
import { OpList } from "./hop.ts";
import { LowFunction } from "./lltype/memory.ts";
import { type FuncType, funcType, type LowType, PairType, Signed, Void } from "./lltype/types.ts";
import type { Typer } from "./repr.ts";

/** A place in a synthesized function: operations are appended to one block. */
export class Synth extends OpList {
  readonly #graph: FunctionGraph;
  readonly #block: Block;

  constructor(typer: Typer, position: SourcePosition, graph: FunctionGraph, block: Block) {
    super(typer, position);
    this.#graph = graph;
    this.#block = block;
  }

  return(value: Value | null = null): void {
    this.#end([new Link([value ?? this.void(null)], this.#graph.returnBlock)]);
  }

  /** Ends with the exception. */
  raise(exception: Value): void {
    this.#end([new Link([exception], this.#graph.exceptBlock)]);
  }

  /** Ends where control never comes. */
  unreachable(): void {
    this.emit("unreachable", [], Void);
    this.#end([]);
  }

  /** Ends in two branches; `keep` arrives in each as its own variables, in order. */
  branch(
    condition: Value,
    keep: readonly Value[],
    whenTrue: (s: Synth, ...kept: Value[]) => void,
    whenFalse: (s: Synth, ...kept: Value[]) => void,
  ): void {
    const links = [true, false].map((exitcase) => {
      const inputs = keep.map((v) => new Variable("", v.type));
      return new Link([...keep], new Block(inputs), exitcase);
    });
    this.#end(links);
    this.#block.exitswitch = condition;
    for (const [i, run] of [whenTrue, whenFalse].entries()) {
      const block = (links[i] as Link).target;
      run(new Synth(this.typer, this.position, this.#graph, block), ...block.inputargs);
    }
  }

  #end(exits: Link[]): void {
    this.#block.operations = this.operations;
    this.#block.exits = exits;
  }
}

export interface SynthSignature {
  readonly args: readonly (readonly [name: string, type: LowType])[];
  readonly result: LowType;
  readonly exception: LowType;
}

/** The graph of a synthesized function. */
export function synthesize(
  typer: Typer,
  name: string,
  position: SourcePosition,
  signature: SynthSignature,
  build: (s: Synth, ...args: Value[]) => void,
): FunctionGraph {
  const inputs = signature.args.map(([argName, type]) => new Variable(argName, type));
  const start = new Block(inputs);
  const graph = new FunctionGraph(name, start, position);
  (graph.returnBlock.inputargs[0] as Variable).type = signature.result;
  (graph.exceptBlock.inputargs[0] as Variable).type = signature.exception;
  build(new Synth(typer, position, graph, start), ...inputs);
  return graph;
}

/** Parameter types with every nullable scalar as two words, and without those that have no run-time existence. */
export function splitTypes(types: readonly LowType[]): LowType[] {
  return types.flatMap((t) => (t instanceof PairType ? [t.value, FLAG_TYPE] : t === Void ? [] : [t]));
}

/** Flags of nullable scalars in variables and parameters. */
export const FLAG_TYPE = Signed;

/** The machine-level type of a function of these argument and result types. */
export function lowSignature(args: readonly LowType[], result: LowType): FuncType {
  return funcType(splitTypes(args), result instanceof PairType ? result.value : result);
}

/** A function object for a graph whose values may still be pairs. */
export function lowFunction(
  name: string,
  args: readonly LowType[],
  result: LowType,
  graph: FunctionGraph | null,
): LowFunction {
  return new LowFunction(name, lowSignature(args, result), graph);
}
