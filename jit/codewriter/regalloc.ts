/**
 * Registers of jitcode frames, one set for each kind of value.
 *
 * Blocks are closed, so two variables interfere only inside a block, and whatever a link passes may share the register
 * of the input that receives it: these are joined first (so that links need few moves), unless the joined groups
 * interfere. Groups are then coloured greedily in order of first appearance. The function's arguments take the first
 * registers of their kind, in order, because callers put them there.
 */

import type { LowType } from "../../rtyper/lltype/types.ts";
import { type Block, type FunctionGraph, type Value, Variable } from "../../translator/flow/model.ts";
import { reversePostorder } from "../../translator/flow/traverse.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { type BlockLowering, type Step, ValueList } from "./lower/context.ts";

export interface Allocation {
  registerOf(v: Variable): number;
  /** Registers used of each kind. */
  readonly counts: readonly number[];
}

/** Variables that share a register. */
class Group {
  parent: Group | null = null;
  neighbours = new Set<Group>();
  color = -1;

  find(): Group {
    let g: Group = this;
    while (g.parent !== null) g = g.parent;
    return g;
  }
}

export function allocate(
  graph: FunctionGraph,
  lowered: ReadonlyMap<Block, BlockLowering>,
  wordBits: number,
): Allocation {
  const maps: Map<Variable, Group>[] = [];
  const counts: number[] = [];
  for (const kind of [KIND_INT, KIND_REF, KIND_FLOAT] as const) {
    const allocator = new Allocator(graph, lowered, wordBits, kind);
    maps.push(allocator.groups);
    counts.push(allocator.run());
  }
  return {
    counts,
    registerOf: (v) => {
      const kind = kindOf(v.type as LowType, wordBits);
      const group = maps[kind]?.get(v);
      if (group === undefined) throw new Error(`variable ${v.name} of type ${v.type?.toText()} has no register`);
      return group.find().color;
    },
  };
}

class Allocator {
  readonly groups = new Map<Variable, Group>();
  readonly #graph: FunctionGraph;
  readonly #lowered: ReadonlyMap<Block, BlockLowering>;
  readonly #wordBits: number;
  readonly #kind: Kind;

  constructor(graph: FunctionGraph, lowered: ReadonlyMap<Block, BlockLowering>, wordBits: number, kind: Kind) {
    this.#graph = graph;
    this.#lowered = lowered;
    this.#wordBits = wordBits;
    this.#kind = kind;
  }

  run(): number {
    const blocks = reversePostorder(this.#graph);
    for (const block of blocks) this.#interfere(block);
    this.#colorArguments();
    for (const block of blocks) this.#coalesce(block);
    return this.#color();
  }

  #isMine(v: unknown): v is Variable {
    if (!(v instanceof Variable)) return false;
    const kind = kindOf(v.type as LowType, this.#wordBits);
    return kind === this.#kind && kind !== KIND_VOID;
  }

  #group(v: Variable): Group {
    let group = this.groups.get(v);
    if (group === undefined) {
      group = new Group();
      this.groups.set(v, group);
    }
    return group;
  }

  /** Everything alive at the same time in a block; walks it from its end. */
  #interfere(block: Block): void {
    const l = this.#lowered.get(block) ?? null;
    const live = new Set<Variable>();
    const use = (value: Value): void => {
      const v = l === null ? value : l.resolve(value);
      if (this.#isMine(v)) live.add(v);
    };
    const caught: Variable[] = [];
    for (const link of block.exits) {
      for (const value of link.args) if (value !== link.exceptionValue) use(value);
      if (link.exceptionValue !== null && this.#isMine(link.exceptionValue)) caught.push(link.exceptionValue);
    }
    if (block.exitswitch instanceof Variable) use(block.exitswitch);
    for (const v of caught) this.#define(v, live);
    const steps = l?.steps ?? [];
    for (let i = steps.length - 1; i >= 0; i--) {
      const step = steps[i] as Step;
      if (step.result !== null && this.#isMine(step.result)) this.#define(step.result, live);
      for (const operand of step.operands) {
        if (operand instanceof ValueList) for (const v of operand.values) use(v);
        else if (operand instanceof Variable) use(operand);
      }
    }
    for (const input of block.inputargs) if (this.#isMine(input)) this.#define(input, live);
    // Inputs that nobody uses arrive together with the others.
    const inputs = block.inputargs.filter((v): v is Variable => this.#isMine(v));
    for (const [i, a] of inputs.entries()) for (const b of inputs.slice(i + 1)) this.#connect(a, b);
  }

  #define(v: Variable, live: Set<Variable>): void {
    live.delete(v);
    this.#group(v);
    for (const other of live) this.#connect(v, other);
  }

  #connect(a: Variable, b: Variable): void {
    if (a === b) return;
    const [g, h] = [this.#group(a), this.#group(b)];
    g.neighbours.add(h);
    h.neighbours.add(g);
  }

  #colorArguments(): void {
    let next = 0;
    for (const v of this.#graph.startBlock.inputargs) if (this.#isMine(v)) this.#group(v).color = next++;
  }

  /** Joins what links pass with what receives it. */
  #coalesce(block: Block): void {
    const l = this.#lowered.get(block) ?? null;
    for (const link of block.exits) {
      for (const [i, value] of link.args.entries()) {
        const from = l === null ? value : l.resolve(value);
        const to = link.target.inputargs[i];
        if (this.#isMine(from) && this.#isMine(to)) this.#join(this.#group(from).find(), this.#group(to).find());
      }
    }
  }

  #join(a: Group, b: Group): void {
    if (a === b || (a.color >= 0 && b.color >= 0 && a.color !== b.color)) return;
    const neighbours = new Set([...a.neighbours].map((n) => n.find()));
    if (neighbours.has(b)) return;
    const color = Math.max(a.color, b.color);
    const others = [...b.neighbours].map((n) => n.find());
    // A group with a fixed register may not meet another one with the same.
    if (color >= 0 && [...neighbours, ...others].some((n) => n.color === color)) return;
    b.parent = a;
    for (const n of others) {
      neighbours.add(n);
      n.neighbours.add(a);
    }
    a.neighbours = neighbours;
    a.color = color;
  }

  #color(): number {
    let count = 0;
    const done = new Set<Group>();
    for (const g of this.groups.values()) {
      const group = g.find();
      if (done.has(group)) continue;
      done.add(group);
      if (group.color < 0) {
        const taken = new Set([...group.neighbours].map((n) => n.find().color));
        let color = 0;
        while (taken.has(color)) color++;
        group.color = color;
      }
      count = Math.max(count, group.color + 1);
    }
    return count;
  }
}
