/**
 * Generator functions. The body is built like any other, with `yield` as an operation, and the finished graph is then
 * taken apart:
 *
 *  - what stands before `generator_start` (parameters and their defaults) stays the function: it makes a closure, the
 *    generator's *step*, and returns an iterator of it;
 *  - the rest becomes the step's graph: `(…captured, close) → boolean`, which runs to the next `yield`, leaves the value
 *    in a cell and gives true, or ends and gives false. A cell holds the number of the place to go on from, further
 *    cells what lives across each `yield`. Because blocks are closed, that is what the rest of its block uses.
 *
 * `close` asks to leave instead of going on (`break` in a `for…of`): the result of `yield` is then true, and where a
 * `finally` or a loop over another generator stands around, the builder branches on it to a `return`.
 *
 * The rejected alternative, a stack for each generator, would need a second stack for the collector's roots and for
 * the JIT, which sees the step as an ordinary function.
 */
import { ts } from "ts-morph";
import type { SourcePosition } from "../../diagnostics/position.ts";
import { type BuiltFunction, ClosureTemplate, type FunctionSignature } from "../description.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "../model.ts";
import type { FlowOpName } from "../ops.ts";
import { simplifyGraph } from "../simplify.ts";
import { bodyBlocks } from "../traverse.ts";
import type { FunctionContext } from "./context.ts";
import { leaveFunction, setFrames, within } from "./frames.ts";
import { Local } from "./ssa.ts";
import { type Expected, expect } from "./types.ts";

/** Types of what a loop goes over that may be generators. */
const MAYBE_GENERATORS: ReadonlySet<string> = new Set([
  "Generator",
  "Iterable",
  "Iterator",
  "IterableIterator",
  "IteratorObject",
]);

/** Whether an expression's value may be a generator, which wants to be told when a loop over it is left. */
export function maybeGenerator(ctx: FunctionContext, node: ts.Node): boolean {
  return isGeneratorType(ctx, ctx.types.checker.getTypeAtLocation(node));
}

/** Whether values of a type may be generators. */
export function isGeneratorType(ctx: FunctionContext, type: ts.Type): boolean {
  const { checker } = ctx.types;
  const plain = type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  const all = plain.isUnion() ? plain.types : [plain];
  return all.some((t) => MAYBE_GENERATORS.has(t.getSymbol()?.name ?? ""));
}

/** The declared type of what a generator function yields. */
export function yieldedType(node: ts.SignatureDeclaration): Expected | null {
  const { type } = node;
  if (type === undefined || !ts.isTypeReferenceNode(type)) return null;
  const [item] = type.typeArguments ?? [];
  return item === undefined ? null : expect(item);
}

/** Runs `body`, a loop over `iterator`, so that leaving it, also by an exception, tells the iterator. */
export function closing(ctx: FunctionContext, iterator: Value, node: ts.Node, body: () => void): void {
  const handler = { state: ctx.graph.newBlock(), caught: new Local("error") };
  const close = (): void => void ctx.emit("iter_close", [ctx.graph.localize(iterator)], node);
  within(ctx, { kind: "finally", handler, body: close, copies: new Map() }, body);
  const after = ctx.graph.newBlock();
  ctx.graph.jump(after);
  ctx.graph.startBlock(handler.state);
  const error = ctx.graph.read(handler.caught);
  close();
  ctx.graph.raise(error, null);
  ctx.graph.startBlock(after);
}

/** `yield v` and `yield* v`; their value is undefined, because nothing is sent into generators. */
export function yieldExpression(ctx: FunctionContext, node: ts.YieldExpression): Value {
  if (node.asteriskToken === undefined || node.expression === undefined) {
    const value =
      node.expression === undefined ? new Constant(undefined) : ctx.expression(node.expression, ctx.yieldType);
    yieldValue(ctx, ctx.contract(value, ctx.yieldType, node), node);
    return new Constant(undefined);
  }
  const iterator = ctx.emit("iter", [ctx.expression(node.expression)], node.expression, "iterator");
  const head = ctx.graph.newBlock();
  const body = ctx.graph.newBlock();
  const end = ctx.graph.newBlock();
  ctx.graph.jump(head);
  ctx.graph.startBlock(head);
  ctx.graph.branch(ctx.emit("iter_advance", [iterator], node), body, end);
  ctx.graph.startBlock(body);
  const item = ctx.emit("iter_value", [iterator], node);
  if (maybeGenerator(ctx, node.expression)) closing(ctx, iterator, node, () => yieldValue(ctx, item, node));
  else yieldValue(ctx, item, node);
  ctx.graph.jump(head);
  ctx.graph.startBlock(end);
  return new Constant(undefined);
}

function yieldValue(ctx: FunctionContext, value: Value, node: ts.Node): void {
  const closes = ctx.emit("yield", [value], node, "closes");
  if (!ctx.frames.some((frame) => frame.kind === "finally")) return;
  const leave = ctx.graph.newBlock();
  const goOn = ctx.graph.newBlock();
  ctx.graph.branch(closes, leave, goOn);
  ctx.graph.startBlock(leave);
  const saved = ctx.frames;
  leaveFunction(ctx, new Constant(undefined));
  setFrames(ctx, saved);
  ctx.graph.startBlock(goOn);
}

// ---- Taking the graph apart ----

/** One place to go on from. */
interface Resume {
  readonly block: Block;
  /** What the rest needs, in the order of the block's inputs. */
  readonly live: readonly Variable[];
  /** The cells that keep it, by index. */
  readonly cells: readonly number[];
  /** The result of the `yield`, if the rest uses it. */
  readonly closes: Variable | null;
}

/** Cuts a block after its operation `index`; the rest is a block that takes what it needs as inputs. */
function cut(block: Block, index: number): { rest: Block; live: Variable[] } {
  const used = new Set<Variable>();
  const note = (value: unknown): void => {
    if (value instanceof Variable) used.add(value);
  };
  const operations = block.operations.slice(index + 1);
  for (const op of operations) op.args.forEach(note);
  note(block.exitswitch);
  for (const link of block.exits) link.args.forEach(note);
  const defined = [...block.inputargs, ...block.operations.slice(0, index + 1).map((op) => op.result)];
  const live = defined.filter((v) => used.has(v));
  const fresh = new Map(live.map((v) => [v, new Variable(v.name)] as const));
  const renamed = (value: Value): Value => (value instanceof Variable ? (fresh.get(value) ?? value) : value);
  const rest = new Block([...fresh.values()]);
  for (const op of operations) op.args = op.args.map(renamed);
  rest.operations = operations;
  rest.exitswitch = block.exitswitch instanceof Variable ? renamed(block.exitswitch) : block.exitswitch;
  rest.exits = block.exits;
  for (const link of rest.exits) link.args = link.args.map(renamed);
  block.operations = block.operations.slice(0, index);
  block.exitswitch = null;
  block.exits = [];
  return { rest, live };
}

/** Appends operations to blocks. */
class Writer {
  readonly block: Block;
  readonly #position: SourcePosition;

  constructor(block: Block, position: SourcePosition) {
    this.block = block;
    this.#position = position;
  }

  emit(opname: FlowOpName, args: readonly Value[], name = ""): Variable {
    const result = new Variable(name);
    this.block.operations.push(new Operation(opname, [...args], result, this.#position));
    return result;
  }
}

const int = (value: number): Constant => new Constant(value, null, "int");

/** State of a generator that runs or has ended. */
const ENDED = -1;

/** Makes of a generator function's graph that of the function and that of its step. */
export function splitGenerator(ctx: FunctionContext, built: BuiltFunction): BuiltFunction {
  const { graph, signature } = built;
  const position = graph.position;
  const start = findStart(graph);
  // Nothing to run: the parameters' defaults never end.
  if (start === null) return built;
  const { rest: first, live: captured } = cut(start.block, start.index);
  const step = new StepBuilder(ctx.name, first, captured, position);
  step.finish(graph);
  const template = new ClosureTemplate(
    signature.node,
    `${ctx.name} step`,
    step.captureNames,
    step.captureNames.map(() => false),
    () => ({ graph: step.graph, signature: stepSignature(signature, step.captureNames) }),
  );
  const w = new Writer(start.block, position);
  const cells = step.cellNames.map((name, i) => w.emit("new_cell", i === 0 ? [int(0)] : [], name));
  const closure = w.emit("make_closure", [new Constant(template), ...cells, ...captured], "step");
  const iterator = w.emit("make_iterator", [closure, cells[1] as Variable], "iterator");
  start.block.exits = [new Link([iterator], graph.returnBlock)];
  simplifyGraph(graph);
  return built;
}

function findStart(graph: FunctionGraph): { block: Block; index: number } | null {
  for (const block of bodyBlocks(graph)) {
    const index = block.operations.findIndex((op) => op.opname === "generator_start");
    if (index >= 0) return { block, index };
  }
  return null;
}

function stepSignature(signature: FunctionSignature, captures: readonly string[]): FunctionSignature {
  return {
    hasThis: false,
    kind: "function",
    captures,
    parameters: [{ name: "close", type: null, optional: false, rest: false }],
    returns: null,
    neverReturns: false,
    typeParameters: [],
    node: signature.node,
  };
}

class StepBuilder {
  readonly graph: FunctionGraph;
  /** The state, the value, then what lives across each `yield`. */
  readonly cellNames: string[] = ["state", "value"];
  readonly #captured: readonly Variable[];
  readonly #first: Block;
  readonly #position: SourcePosition;
  readonly #resumes: Resume[] = [];

  constructor(name: string, first: Block, captured: readonly Variable[], position: SourcePosition) {
    this.graph = new FunctionGraph(`${name} step`, new Block(), position);
    this.#first = first;
    this.#captured = captured;
    this.#position = position;
  }

  get captureNames(): string[] {
    return [...this.cellNames, ...this.#captured.map((v) => v.name)];
  }

  /** Builds the step from the blocks after the start of the body; `outer` is the graph that they come from. */
  finish(outer: FunctionGraph): void {
    const body = this.#bodyBlocks(outer);
    this.#cutYields(body);
    const inputs = this.cellNames.map((name) => new Variable(name));
    const captured = this.#captured.map((v) => new Variable(v.name));
    const close = new Variable("close");
    this.graph.startBlock.inputargs = [...inputs, ...captured, close];
    this.#passCells(body);
    this.#endings(body, outer);
    this.#dispatch(inputs, captured, close);
    simplifyGraph(this.graph);
  }

  #bodyBlocks(outer: FunctionGraph): Block[] {
    const found = new Set<Block>([this.#first]);
    for (const block of found) {
      for (const { target } of block.exits) {
        if (target !== outer.returnBlock && target !== outer.exceptBlock) found.add(target);
      }
    }
    return [...found];
  }

  /** Cuts all blocks at their yields; the rests are appended to `body`. */
  #cutYields(body: Block[]): void {
    for (let i = 0; i < body.length; i++) {
      const block = body[i] as Block;
      const index = block.operations.findIndex((op) => op.opname === "yield");
      if (index < 0) continue;
      const op = block.operations[index] as Operation;
      const { rest, live } = cut(block, index);
      body.push(rest);
      const at = live.indexOf(op.result);
      const closes = at < 0 ? null : (rest.inputargs[at] as Variable);
      const kept = live.filter((v) => v !== op.result);
      const cells = kept.map((v) => this.cellNames.push(v.name) - 1);
      this.#resumes.push({ block: rest, live: kept, cells, closes });
      this.#yields.set(block, { op, number: this.#resumes.length });
    }
  }

  readonly #yields = new Map<Block, { readonly op: Operation; readonly number: number }>();

  /** All blocks of the body get the cells as further inputs, in front; yields store into them. */
  #passCells(body: readonly Block[]): void {
    const cellsOf = new Map<Block, Variable[]>();
    const isBody = new Set(body);
    for (const block of body) {
      const cells = this.cellNames.map((name) => new Variable(name));
      cellsOf.set(block, cells);
      block.inputargs = [...cells, ...block.inputargs];
    }
    for (const block of body) {
      const cells = cellsOf.get(block) as Variable[];
      for (const link of block.exits) if (isBody.has(link.target)) link.args = [...cells, ...link.args];
      const yielded = this.#yields.get(block);
      if (yielded === undefined) continue;
      const resume = this.#resumes[yielded.number - 1] as Resume;
      const w = new Writer(block, yielded.op.position);
      w.emit("set_cell", [cells[1] as Variable, yielded.op.args[0] as Value]);
      resume.live.forEach((v, i) => {
        w.emit("set_cell", [cells[resume.cells[i] as number] as Variable, v]);
      });
      w.emit("set_cell", [cells[0] as Variable, int(yielded.number)]);
      block.exits = [new Link([new Constant(true)], this.graph.returnBlock)];
    }
  }

  /** `return` gives false; exceptions leave the step. */
  #endings(body: readonly Block[], outer: FunctionGraph): void {
    for (const block of body) {
      for (const link of block.exits) {
        if (link.target === outer.returnBlock) {
          link.target = this.graph.returnBlock;
          link.args = [new Constant(false)];
        } else if (link.target === outer.exceptBlock) link.target = this.graph.exceptBlock;
      }
    }
  }

  /** The way in: to the place that the state says. A generator that runs already, or has ended, gives nothing. */
  #dispatch(cells: readonly Variable[], captured: readonly Variable[], close: Variable): void {
    const values = [...cells, ...captured, close];
    const start = new Writer(this.graph.startBlock, this.#position);
    const state = start.emit("get_cell", [cells[0] as Variable], "state");
    start.emit("set_cell", [cells[0] as Variable, int(ENDED)]);
    let at: Test = { w: start, state, values };
    at = this.#test(at, 0, (w, [...held]) => {
      const [own, given, asked] = this.#parts(held);
      this.#unlessClosed(w, asked, [...own, ...given], (args) => new Link([...args], this.#first));
    });
    this.#resumes.forEach((resume, i) => {
      at = this.#test(at, i + 1, (w, [...held]) => {
        const [own, , asked] = this.#parts(held);
        const loaded = resume.live.map((v, k) =>
          w.emit("get_cell", [own[resume.cells[k] as number] as Variable], v.name),
        );
        if (resume.closes === null) {
          this.#unlessClosed(w, asked, [...own, ...loaded], (args) => new Link([...args], resume.block));
          return;
        }
        // The block's inputs after the cells, in its order: what was live, with the request where its use stood.
        let next = 0;
        const rest = resume.block.inputargs.slice(own.length);
        const args = rest.map((input) => (input === resume.closes ? asked : (loaded[next++] as Variable)));
        w.block.exits = [new Link([...own, ...args], resume.block)];
      });
    });
    at.w.block.exits = [new Link([new Constant(false)], this.graph.returnBlock)];
  }

  #parts(held: readonly Variable[]): [cells: Variable[], captured: Variable[], close: Variable] {
    const n = this.cellNames.length;
    return [held.slice(0, n), held.slice(n, -1), held.at(-1) as Variable];
  }

  /** Asks for one state; goes on in the block for the others. */
  #test(at: Test, number: number, found: (w: Writer, held: Variable[]) => void): Test {
    const is = at.w.emit("eq", [at.state, int(number)]);
    const fresh = (): Variable[] => at.values.map((v) => new Variable(v.name));
    const [held, others] = [fresh(), fresh()];
    const state = new Variable("state");
    const here = new Block(held);
    const next = new Block([...others, state]);
    at.w.block.exitswitch = is;
    at.w.block.exits = [new Link([...at.values], here, true), new Link([...at.values, at.state], next, false)];
    found(new Writer(here, this.#position), held);
    return { w: new Writer(next, this.#position), state, values: others };
  }

  /** Goes on with `args`, or, asked to close, ends: there is nothing to clean up at this place. */
  #unlessClosed(w: Writer, close: Variable, args: readonly Variable[], link: (args: readonly Value[]) => Link): void {
    const goOn = new Block(args.map((v) => new Variable(v.name)));
    goOn.exits = [link(goOn.inputargs)];
    w.block.exitswitch = close;
    w.block.exits = [new Link([new Constant(false)], this.graph.returnBlock, true), new Link([...args], goOn, false)];
  }
}

interface Test {
  readonly w: Writer;
  readonly state: Variable;
  readonly values: readonly Variable[];
}
