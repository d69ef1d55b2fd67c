/**
 * Splits nullable scalars, and removes what has no run-time existence. A variable of `PairType` becomes two (value and
 * flag); as an argument it takes two places; a function that returns one returns the value and leaves the flag in the
 * Vm struct, where the caller reads it directly after the call. Variables of type Void leave signatures, links and
 * block inputs; where one is used, a Void constant stands.
 */
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { bodyBlocks } from "../translator/flow/traverse.ts";
import { type LowType, PairType, Signed, Void } from "./lltype/types.ts";
import { LowPair } from "./pair.ts";

interface Pair {
  readonly value: Value;
  readonly flag: Value;
}

export function explode(graph: FunctionGraph, position: SourcePosition): void {
  const result = graph.returnBlock.inputargs[0] as Variable;
  const returnsPair = result.type instanceof PairType;
  const blocks = bodyBlocks(graph);
  const inputTypes = new Map<Block, LowType[]>();
  for (const block of blocks) {
    inputTypes.set(
      block,
      block.inputargs.map((v) => v.type as LowType),
    );
  }
  for (const block of blocks) new BlockExploder(graph, block, inputTypes, returnsPair, position).run();
  if (result.type instanceof PairType) result.type = result.type.value;
}

class BlockExploder {
  readonly #graph: FunctionGraph;
  readonly #block: Block;
  readonly #inputTypes: ReadonlyMap<Block, readonly LowType[]>;
  readonly #returnsPair: boolean;
  readonly #position: SourcePosition;
  readonly #pairs = new Map<Variable, Pair>();
  /** Results of `pair_value` and `pair_flag`. */
  readonly #aliases = new Map<Variable, Value>();

  constructor(
    graph: FunctionGraph,
    block: Block,
    inputTypes: ReadonlyMap<Block, readonly LowType[]>,
    returnsPair: boolean,
    position: SourcePosition,
  ) {
    this.#graph = graph;
    this.#block = block;
    this.#inputTypes = inputTypes;
    this.#returnsPair = returnsPair;
    this.#position = position;
  }

  run(): void {
    const block = this.#block;
    block.inputargs = block.inputargs.flatMap((v) => {
      if (v.type instanceof PairType) {
        const pair = this.#newPair(v, v.type);
        return [pair.value as Variable, pair.flag as Variable];
      }
      return v.type === Void ? [] : [v];
    });
    const operations: Operation[] = [];
    for (const op of block.operations) this.#operation(op, operations);
    block.operations = operations;
    if (block.exitswitch instanceof Variable) block.exitswitch = this.#single(block.exitswitch);
    for (const link of block.exits) this.#link(link);
  }

  #newPair(v: Variable, type: PairType): Pair {
    const pair = { value: new Variable(v.name, type.value), flag: new Variable(v.name, Signed) };
    this.#pairs.set(v, pair);
    return pair;
  }

  #operation(op: Operation, operations: Operation[]): void {
    switch (op.opname) {
      case "pair_make":
        this.#pairs.set(op.result, {
          value: this.#single(op.args[0] as Value),
          flag: this.#single(op.args[1] as Value),
        });
        return;
      case "pair_value":
        this.#aliases.set(op.result, this.#pair(op.args[0] as Value).value);
        return;
      case "pair_flag":
        this.#aliases.set(op.result, this.#pair(op.args[0] as Value).flag);
        return;
      case "direct_call":
      case "indirect_call":
        this.#call(op, operations);
        return;
      default:
        op.args = op.args.map((arg) => this.#single(arg));
        operations.push(op);
    }
  }

  #call(op: Operation, operations: Operation[]): void {
    const [callee, ...rest] = op.args as [Value, ...Value[]];
    const candidates = op.opname === "indirect_call" ? [rest.pop() as Value] : [];
    op.args = [this.#single(callee), ...rest.flatMap((arg) => this.#spread(arg, arg.type as LowType)), ...candidates];
    operations.push(op);
    if (op.result.type instanceof PairType) {
      const pair = this.#newPair(op.result, op.result.type);
      op.result = pair.value as Variable;
      operations.push(new Operation("load_flag", [], pair.flag as Variable, op.position));
    }
  }

  /** What a value of a type becomes in a list of arguments. */
  #spread(value: Value, type: LowType): Value[] {
    if (type === Void) return [];
    if (!(type instanceof PairType)) return [this.#single(value)];
    const pair = this.#pair(value);
    return [pair.value, pair.flag];
  }

  #pair(value: Value): Pair {
    if (value instanceof Variable) {
      const pair = this.#pairs.get(value);
      if (pair === undefined) throw new Error(`rtyper: a nullable scalar of ${this.#graph.name} is not defined`);
      return pair;
    }
    const constant = value.value;
    if (!(constant instanceof LowPair)) throw new Error(`rtyper: no nullable scalar in ${this.#graph.name}`);
    const type = (value.type as PairType).value;
    return { value: new Constant(constant.value, type), flag: new Constant(constant.flag, Signed) };
  }

  #single(value: Value): Value {
    if (!(value instanceof Variable)) return value;
    if (value.type === Void) return new Constant(null, Void);
    if (value.type instanceof PairType)
      throw new Error(`rtyper: a nullable scalar as an operand in ${this.#graph.name}`);
    return this.#aliases.get(value) ?? value;
  }

  #link(link: Link): void {
    if (link.target === this.#graph.returnBlock) {
      this.#returnLink(link);
    } else if (link.target === this.#graph.exceptBlock) {
      link.args = link.args.map((arg) => this.#single(arg));
    } else {
      const types = this.#inputTypes.get(link.target) ?? [];
      link.args = link.args.flatMap((arg, i) => this.#spread(arg, types[i] as LowType));
    }
  }

  #returnLink(link: Link): void {
    const [arg] = link.args as [Value];
    if (!this.#returnsPair) {
      link.args = [this.#single(arg)];
      return;
    }
    const pair = this.#pair(arg);
    if (this.#block.exits.length === 1) {
      this.#block.operations.push(this.#storeFlag(pair.flag));
      link.args = [pair.value];
      return;
    }
    const value = new Variable("", pair.value.type);
    const flag = new Variable("", Signed);
    const between = new Block([value, flag]);
    between.operations.push(this.#storeFlag(flag));
    between.exits = [new Link([value], this.#graph.returnBlock)];
    link.args = [pair.value, pair.flag];
    link.target = between;
  }

  #storeFlag(flag: Value): Operation {
    const position = this.#block.operations.at(-1)?.position ?? this.#position;
    return new Operation("store_flag", [flag], new Variable("", Void), position);
  }
}
