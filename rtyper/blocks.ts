/**
 * Lowering one graph in place: inputs get low-level types, operations are replaced by what their lowerings emit, links
 * convert each argument from the representation of its source to that of the target's input.
 *
 * A conversion that needs operations goes to the end of a block with one exit; on one of several exits it gets a block
 * of its own, so that it runs on that path only. An operation that raised in the flow graph can become several: the
 * ones it became are remembered, and `exceptions.ts` cuts the block behind each that still can.
 */
import type { SomeValue } from "../annotator/model.ts";
import type { CallTarget } from "../annotator/result.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  type ExitCase,
  Link,
  type Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { isRemovableFlowOp } from "../translator/flow/simplify.ts";
import { bodyBlocks } from "../translator/flow/traverse.ts";
import { accumulateStrings } from "./accumulate.ts";
import { lowerTarget } from "./calls.ts";
import { mergeConcats } from "./concats.ts";
import { splitRaising } from "./exceptions.ts";
import { explode } from "./explode.ts";
import type { LoweredFunction } from "./functions.ts";
import { Hop, isLive, lowerHop, OpList } from "./hop.ts";
import { Bool, Char, type LowType, Signed, Void } from "./lltype/types.ts";
import type { Repr, Typer } from "./repr.ts";

export function lowerFunction(typer: Typer, f: LoweredFunction): void {
  new GraphLowering(typer, f).run();
}

class GraphLowering {
  readonly #typer: Typer;
  readonly #f: LoweredFunction;
  /** What the last operation of a block with an EXCEPTION exit became. */
  readonly #tails = new Map<Block, ReadonlySet<Operation>>();
  /** Representations of block inputs. */
  readonly #inputs = new Map<Block, readonly Repr[]>();

  constructor(typer: Typer, f: LoweredFunction) {
    this.#typer = typer;
    this.#f = f;
  }

  run(): void {
    const { graph } = this.#f.specialization;
    graph.name = this.#f.lowered.name;
    const blocks = bodyBlocks(graph);
    const position = graph.position;
    for (const block of blocks) this.#typeInputs(block);
    this.#inputs.set(graph.returnBlock, [this.#f.resultRepr]);
    this.#inputs.set(graph.exceptBlock, [this.#typer.errorRepr]);
    (graph.returnBlock.inputargs[0] as Variable).type = this.#f.resultRepr.lowType;
    (graph.exceptBlock.inputargs[0] as Variable).type = this.#typer.errorRepr.lowType;
    for (const block of blocks) this.#lowerBlock(block);
    this.#adaptStart();
    accumulateStrings(graph, this.#typer);
    mergeConcats(graph, this.#typer);
    explode(graph, position);
    splitRaising(graph, this.#tails);
  }

  #typeInputs(block: Block): void {
    const reprs = block.inputargs.map((v) => this.#reprOf(v));
    this.#inputs.set(block, reprs);
    for (const [i, v] of block.inputargs.entries()) v.type = (reprs[i] as Repr).lowType;
  }

  #reprOf(value: Value): Repr {
    return this.#typer.reprOf(this.#typer.annotation.typeOf(value));
  }

  /** The function's parameters can have other reprs than the graph's inputs (`this` of a virtual method). */
  #adaptStart(): void {
    const { graph } = this.#f.specialization;
    const start = graph.startBlock;
    const own = this.#inputs.get(start) as readonly Repr[];
    if (own.every((repr, i) => repr === this.#f.argReprs[i])) return;
    const entry = new Block(start.inputargs.map((v, i) => new Variable(v.name, (this.#f.argReprs[i] as Repr).lowType)));
    const ops = new OpList(this.#typer, graph.position);
    const args = own.map((repr, i) => ops.convert(entry.inputargs[i] as Variable, this.#f.argReprs[i] as Repr, repr));
    entry.operations = ops.operations;
    entry.exits = [new Link(args, start)];
    graph.startBlock = entry;
  }

  #lowerBlock(block: Block): void {
    const values = new Map<Variable, Value>();
    for (const v of block.inputargs) values.set(v, v);
    const operations: Operation[] = [];
    const last = block.operations.at(-1);
    for (const op of block.operations) {
      const before = operations.length;
      const value = this.#lowerOperation(op, values, operations);
      values.set(op.result, value);
      if (op === last && block.exitswitch === EXCEPTION) this.#tails.set(block, new Set(operations.slice(before)));
    }
    const position = last?.position ?? this.#f.specialization.graph.position;
    block.operations = operations;
    if (block.exitswitch instanceof Variable) this.#lowerSwitch(block, values);
    else if (block.exitswitch instanceof Constant) block.exitswitch = this.#switchConstant(block.exitswitch);
    for (const link of block.exits) this.#lowerLink(block, link, values, new OpList(this.#typer, position));
  }

  #lowerOperation(op: Operation, values: ReadonlyMap<Variable, Value>, operations: Operation[]): Value {
    const result = this.#typer.annotation.typeOf(op.result);
    if (result.constant !== null && isRemovableFlowOp(op)) {
      return this.#typer.constant(this.#typer.reprOf(result), result.constant.value);
    }
    const args = op.args.map((arg) => (arg instanceof Variable ? this.#valueOf(arg, values, op) : arg));
    const hop = new Hop(this.#typer, op, { args, result }, operations);
    const target = this.#targetOf(op);
    const value = this.#guarded(hop, () => (target === null ? lowerHop(hop) : lowerTarget(hop, target)));
    return this.#checkedResult(hop, value, result);
  }

  #valueOf(variable: Variable, values: ReadonlyMap<Variable, Value>, op: Operation): Value {
    const value = values.get(variable);
    if (value === undefined) throw new Error(`rtyper: ${op.opname} at ${op.position} uses a variable of another block`);
    return value;
  }

  #targetOf(op: Operation): CallTarget | null {
    return this.#typer.targetOf(op);
  }

  /** Adds the place to what goes wrong below. */
  #guarded(hop: Hop, lower: () => Value | null): Value | null {
    try {
      return lower();
    } catch (e) {
      if (e instanceof Error && !e.message.includes(" while lowering ")) {
        e.message += `\n  while lowering ${hop.op.opname} at ${hop.position} in ${this.#f.lowered.name}`;
      }
      throw e;
    }
  }

  #checkedResult(hop: Hop, value: Value | null, result: SomeValue): Value {
    const repr = hop.resultRepr;
    if (value === null || repr.lowType === Void) return hop.void(null);
    if (value instanceof Variable && value.name === "") value.name = hop.op.result.name;
    if (value.type === repr.lowType) return value;
    const got = value.type === null ? "no type" : value.type.toText();
    throw new Error(
      `rtyper: ${hop.describe()} gave ${got}, not ${repr.lowType.toText()} for ${result.toText()} (in ${this.#f.lowered.name})`,
    );
  }

  #lowerSwitch(block: Block, values: ReadonlyMap<Variable, Value>): void {
    const switched = values.get(block.exitswitch as Variable) as Value;
    block.exitswitch = switched;
    for (const link of block.exits) link.exitcase = lowExitCase(link.exitcase, switched.type as LowType);
  }

  #switchConstant(value: Constant): Constant {
    return isLive(value) ? this.#typer.constant(this.#reprOf(value), value.value) : value;
  }

  #lowerLink(block: Block, link: Link, values: ReadonlyMap<Variable, Value>, ops: OpList): void {
    const reprs = this.#inputs.get(link.target);
    if (reprs === undefined) throw new Error(`rtyper: a link of ${this.#f.lowered.name} goes to an unknown block`);
    const caught = link.exceptionValue;
    if (caught !== null) caught.type = this.#typer.errorRepr.lowType;
    const sources = link.args.map((arg) => {
      if (arg === caught) return { value: arg, repr: this.#typer.errorRepr };
      if (arg instanceof Variable) return { value: values.get(arg) as Value, repr: this.#reprOf(arg) };
      return { value: arg, repr: null };
    });
    const convert = (value: Value, from: Repr | null, i: number, into: OpList): Value => {
      const to = reprs[i] as Repr;
      return from === null ? this.#typer.constant(to, (value as Constant).value) : into.convert(value, from, to);
    };
    const converted = sources.map((s, i) => convert(s.value, s.repr, i, ops));
    if (ops.operations.length === 0) {
      link.args = converted;
    } else if (block.exits.length === 1) {
      block.operations.push(...ops.operations);
      link.args = converted;
    } else {
      const inputs = sources.map((s) => (s.repr === null ? null : new Variable("", s.value.type)));
      const between = new Block(inputs.filter((v) => v !== null));
      const inner = new OpList(this.#typer, ops.position);
      const args = sources.map((s, i) => convert(inputs[i] ?? s.value, s.repr, i, inner));
      between.operations = inner.operations;
      between.exits = [new Link(args, link.target)];
      link.args = sources.filter((s) => s.repr !== null).map((s) => s.value);
      link.target = between;
    }
  }
}

function lowExitCase(exitcase: ExitCase, type: LowType): ExitCase {
  if (type === Bool || exitcase === null || exitcase === EXCEPTION || exitcase === "default") return exitcase;
  if (type === Signed && typeof exitcase === "number") return BigInt(exitcase);
  if (type === Char && typeof exitcase === "string") return exitcase.charCodeAt(0);
  return exitcase;
}
