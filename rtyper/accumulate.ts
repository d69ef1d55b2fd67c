/**
 * `s += …` in a loop: the string becomes a builder while the loop runs, so that building n units takes time n and not
 * n². The pass works on a graph that has just been lowered, before nullable scalars are split.
 *
 *     header(s): … r = concat(s, x); goto header(r)        header(b): … append(b, x); goto header(b)
 *     after:     goto rest(s)                              after:     t = build(b); goto rest(t)
 *
 * A *web* is the set of block inputs through which one string travels inside a loop. It is taken over if nothing in the
 * loop does anything else with the string: each value of it is used once, as the left operand of a concatenation, or is
 * passed on. Edges that bring another string into the web (the loop's entry, `s = ""` inside) make a builder, edges that
 * leave the loop build the string. Outer loops are tried first, so that a string that grows in nested loops has one
 * builder. Rejected alternative: strings that remember spare room behind them (every string would pay a word).
 */
import { SomePtr, STRING } from "../annotator/model.ts";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { bodyBlocks } from "../translator/flow/traverse.ts";
import { countUses } from "./concats.ts";
import { type LowFunction, LowStruct } from "./lltype/memory.ts";
import { type LowType, ptr, ptrTo, Void } from "./lltype/types.ts";
import { BUILDER } from "./repr/builder.ts";
import type { HelperFunction, Typer } from "./repr.ts";
import { builderAppend, builderBuild, newBuilder } from "./runtime/builder.ts";
import { stringConcat } from "./runtime/string.ts";

const BUILDER_PTR = ptr(BUILDER);

/** What happens to a web's value in one block. */
interface Passage {
  readonly input: Variable;
  readonly appends: readonly Operation[];
  /** The value at the end of the block: the input or the last concatenation's result. */
  readonly last: Variable;
}

interface Edge {
  readonly from: Block;
  readonly link: Link;
  readonly index: number;
}

interface Web {
  readonly passages: ReadonlyMap<Block, Passage>;
  readonly entries: readonly Edge[];
  readonly exits: readonly Edge[];
}

/** Turns the strings that a graph accumulates in loops into builders. */
export function accumulateStrings(graph: FunctionGraph, typer: Typer): void {
  const blocks = bodyBlocks(graph);
  if (!blocks.some((b) => b.operations.some((op) => op.opname === "direct_call"))) return;
  const concat = typer.helper(stringConcat, [STRING, STRING]).lowered;
  const isConcat = (op: Operation): boolean =>
    op.opname === "direct_call" && op.args[0] instanceof Constant && op.args[0].value === concat;
  if (!blocks.some((b) => b.operations.some(isConcat))) return;
  const pass = new Accumulation(typer, isConcat, blocks, graph.position);
  pass.inLoops(new Set(blocks));
}

class Accumulation {
  readonly #typer: Typer;
  readonly #isConcat: (op: Operation) => boolean;
  readonly #position: SourcePosition;
  readonly #incoming = new Map<Block, Edge[]>();

  constructor(typer: Typer, isConcat: (op: Operation) => boolean, blocks: readonly Block[], position: SourcePosition) {
    this.#typer = typer;
    this.#position = position;
    this.#isConcat = isConcat;
    for (const from of blocks) {
      for (const link of from.exits) {
        const edges = this.#incoming.get(link.target) ?? [];
        edges.push({ from, link, index: -1 });
        this.#incoming.set(link.target, edges);
      }
    }
  }

  /** Tries the loops of a set of blocks, outer ones first. */
  inLoops(blocks: ReadonlySet<Block>): void {
    for (const loop of stronglyConnected(blocks)) {
      const headers = [...loop].filter((b) => (this.#incoming.get(b) ?? []).some((e) => !loop.has(e.from)));
      for (const header of headers) {
        for (const input of header.inputargs) {
          if (input.type !== ptrTo.string) continue;
          const web = this.#findWeb(header, input, loop);
          if (web !== null) this.#rewrite(web, loop);
        }
      }
      const inner = new Set([...loop].filter((b) => !headers.includes(b)));
      if (inner.size > 0) this.inLoops(inner);
    }
  }

  // ---- finding

  #findWeb(header: Block, start: Variable, loop: ReadonlySet<Block>): Web | null {
    const passages = new Map<Block, Passage>();
    const exits: Edge[] = [];
    const work: [Block, Variable][] = [[header, start]];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const [block, input] = next;
      const known = passages.get(block);
      if (known !== undefined) {
        if (known.input !== input) return null;
        continue;
      }
      const passage = this.#passThrough(block, input);
      if (passage === null) return null;
      passages.set(block, passage);
      for (const link of block.exits) {
        const index = link.args.indexOf(passage.last);
        if (index < 0) continue;
        if (link.exitcase === EXCEPTION) return null;
        if (loop.has(link.target)) work.push([link.target, link.target.inputargs[index] as Variable]);
        else exits.push({ from: block, link, index });
      }
    }
    if (![...passages.values()].some((p) => p.appends.length > 0)) return null;
    const entries = this.#entriesOf(passages);
    return entries === null ? null : { passages, entries, exits };
  }

  /** Follows the value through a block; null if anything but an append is done with it. */
  #passThrough(block: Block, input: Variable): Passage | null {
    const appends: Operation[] = [];
    const past = new Set<Value>();
    let last = input;
    for (const op of block.operations) {
      if (op.args.some((arg) => past.has(arg))) return null;
      if (!op.args.includes(last)) continue;
      if (!this.#isConcat(op) || op.args[1] !== last || op.args[2] === last) return null;
      appends.push(op);
      past.add(last);
      last = op.result;
    }
    if (block.exitswitch === EXCEPTION && appends.length > 0) return null;
    if (block.exitswitch === last || past.has(block.exitswitch as Value)) return null;
    for (const link of block.exits) {
      if (link.args.some((arg) => past.has(arg))) return null;
      if (link.args.filter((arg) => arg === last).length > 1) return null;
    }
    return { input, appends, last };
  }

  /** Edges that bring other strings into the web; null if one of them cannot hold an operation. */
  #entriesOf(passages: ReadonlyMap<Block, Passage>): Edge[] | null {
    const entries: Edge[] = [];
    for (const [block, { input }] of passages) {
      const index = block.inputargs.indexOf(input);
      for (const { from, link } of this.#incoming.get(block) ?? []) {
        if (passages.get(from)?.last === link.args[index]) continue;
        if (link.exitcase === EXCEPTION) return null;
        entries.push({ from, link, index });
      }
    }
    return entries;
  }

  // ---- rewriting

  #rewrite(web: Web, loop: Set<Block>): void {
    for (const edge of web.entries) {
      this.#onEdge(edge, loop, (block, value) => {
        const made = this.#call(block, newBuilder, [new Constant(null, BUILDER_PTR)], BUILDER_PTR);
        if (!isEmpty(value)) this.#call(block, builderAppend, [made, value], Void);
        return made;
      });
    }
    for (const edge of web.exits) {
      this.#onEdge(edge, loop, (block, value) => this.#call(block, builderBuild, [value], ptrTo.string), BUILDER_PTR);
    }
    for (const [block, { input, appends, last }] of web.passages) {
      input.type = BUILDER_PTR;
      this.#replaceAppends(block, input, new Set(appends));
      // What was built at the end of this very block takes the builder, too.
      for (const op of block.operations) op.args = op.args.map((arg) => (arg === last ? input : arg));
      for (const link of block.exits) link.args = link.args.map((arg) => (arg === last ? input : arg));
    }
  }

  /** Appends part by part: what is concatenated only to be appended need not exist. */
  #replaceAppends(block: Block, builder: Variable, appends: ReadonlySet<Operation>): void {
    const definitions = new Map(block.operations.map((op) => [op.result as Value, op]));
    const uses = countUses(block);
    const gone = new Set<Operation>();
    const partsOf = (value: Value): Value[] => {
      const op = definitions.get(value);
      if (op === undefined || appends.has(op) || !this.#isConcat(op) || uses.get(op.result) !== 1) return [value];
      gone.add(op);
      return op.args.slice(1).flatMap(partsOf);
    };
    const replaced = block.operations.map((op) =>
      appends.has(op)
        ? partsOf(op.args[2] as Value).map((part) => this.#callOperation(op, builderAppend, [builder, part], Void))
        : [op],
    );
    block.operations = replaced.flat().filter((op) => !gone.has(op));
  }

  /** Puts operations on an edge: at the end of its block if it has no other exit, else in a block between. */
  #onEdge(
    { from, link, index }: Edge,
    loop: Set<Block>,
    make: (block: Block, value: Value) => Value,
    type: LowType = ptrTo.string,
  ): void {
    if (from.exits.length === 1) {
      link.args[index] = make(from, link.args[index] as Value);
      return;
    }
    const names = new Map<Variable, Variable>();
    const inner = link.args.map((arg) => {
      if (!(arg instanceof Variable)) return arg;
      const known = names.get(arg);
      if (known !== undefined) return known;
      const fresh = new Variable(arg.name, arg === link.args[index] ? type : arg.type);
      names.set(arg, fresh);
      return fresh;
    });
    const between = new Block([...names.values()]);
    inner[index] = make(between, inner[index] as Value);
    const onward = new Link(inner, link.target);
    between.exits = [onward];
    const edges = this.#incoming.get(link.target) ?? [];
    this.#incoming.set(
      link.target,
      edges.map((e) => (e.link === link ? { from: between, link: onward, index: -1 } : e)),
    );
    this.#incoming.set(between, [{ from, link, index: -1 }]);
    if (loop.has(from) && loop.has(link.target)) loop.add(between);
    link.args = [...names.keys()];
    link.target = between;
  }

  #call(block: Block, f: HelperFunction, args: readonly Value[], type: LowType): Variable {
    const position = block.operations.at(-1)?.position ?? this.#position;
    const op = new Operation("direct_call", [this.#pointer(f), ...args], new Variable("", type), position);
    block.operations.push(op);
    return op.result;
  }

  #callOperation(old: Operation, f: HelperFunction, args: readonly Value[], type: LowType): Operation {
    return new Operation("direct_call", [this.#pointer(f), ...args], new Variable("", type), old.position);
  }

  #pointer(f: HelperFunction): Constant {
    const builder = new SomePtr(BUILDER_PTR);
    const lowered: LowFunction = this.#typer.helper(f, f === builderAppend ? [builder, STRING] : [builder]).lowered;
    return this.#typer.functionPointer(lowered);
  }
}

function isEmpty(value: Value): boolean {
  return value instanceof Constant && value.value instanceof LowStruct && value.value.length === 0;
}

/** The loops of a set of blocks that are in no other: strongly connected components with a cycle (Tarjan). */
function stronglyConnected(blocks: ReadonlySet<Block>): Set<Block>[] {
  const order = new Map<Block, number>();
  const low = new Map<Block, number>();
  const stack: Block[] = [];
  const onStack = new Set<Block>();
  const found: Set<Block>[] = [];
  const visit = (root: Block): void => {
    const path: { block: Block; next: number }[] = [];
    const enter = (block: Block): void => {
      order.set(block, order.size);
      low.set(block, order.get(block) as number);
      stack.push(block);
      onStack.add(block);
      path.push({ block, next: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const top = path[path.length - 1] as { block: Block; next: number };
      const link = top.block.exits[top.next++];
      if (link !== undefined) {
        const to = link.target;
        if (!blocks.has(to)) continue;
        if (!order.has(to)) enter(to);
        else if (onStack.has(to)) low.set(top.block, Math.min(low.get(top.block) as number, order.get(to) as number));
        continue;
      }
      path.pop();
      const parent = path[path.length - 1]?.block;
      const own = low.get(top.block) as number;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) as number, own));
      if (own === order.get(top.block)) found.push(takeComponent(top.block, stack, onStack));
    }
  };
  for (const block of blocks) if (!order.has(block)) visit(block);
  return found.filter((c) => c.size > 1 || [...c].some((b) => b.exits.some((l) => l.target === b)));
}

function takeComponent(root: Block, stack: Block[], onStack: Set<Block>): Set<Block> {
  const component = new Set<Block>();
  for (;;) {
    const block = stack.pop() as Block;
    onStack.delete(block);
    component.add(block);
    if (block === root) return component;
  }
}
