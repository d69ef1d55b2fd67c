/**
 * Single assignment on the fly, with closed blocks.
 *
 * While code is built, each block only notes the current value of each variable (`Local`). A read that the block
 * cannot answer makes an input of the block, a *demand*. `finish` then walks demands backwards: every link into the
 * block must pass the variable's value at the end of the block it leaves, which may be a further demand there. So a
 * block gets exactly the inputs that it or its successors use, and no sealing order is needed. (The textbook
 * alternative, phis placed while building, needs a second pass here anyway, because values must also be passed
 * through blocks that do not touch them.)
 *
 * A `Variable` made in one block and used in another (a temporary around a `?:`, say) is its own key: demands carry it
 * in the same way.
 */
import type { SourcePosition } from "../../diagnostics/position.ts";
import { Block, Constant, EXCEPTION, FunctionGraph, Link, Operation, type Value, Variable } from "../model.ts";
import { type FlowOpName, flowOpCanRaise } from "../ops.ts";

/** A variable of the source, or a value that paths join in. */
export class Local {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

type Key = Local | Variable;

/** A block under construction. */
export class BlockState {
  readonly block = new Block();
  /** Values at the end of what is built so far. */
  readonly values = new Map<Key, Value>();
  readonly inputs = new Map<Key, Variable>();
  /** Something that can run leads here. (Loops back do not count: the way in comes first.) */
  isReached = false;
}

/** Where exceptions go: the handler's block receives the exception in `caught`. */
export interface Handler {
  readonly state: BlockState;
  readonly caught: Local;
}

export class GraphBuilder {
  readonly graph: FunctionGraph;
  readonly #start = new BlockState();
  readonly #states = new Map<Block, BlockState>();
  readonly #definedIn = new Map<Variable, BlockState>();
  /** Values that a link passes whatever its block says (the caught exception). */
  readonly #linkValues = new Map<Link, ReadonlyMap<Key, Value>>();
  /** The block being built; after a jump a fresh one that nothing leads to. */
  #current = this.#start;
  /** Where operations that raise lead; null: out of the function. */
  handler: Handler | null = null;

  constructor(name: string, position: SourcePosition) {
    this.graph = new FunctionGraph(name, this.#start.block, position);
    this.#states.set(this.#start.block, this.#start);
    this.#start.isReached = true;
  }

  /** Whether the block being built can be reached: false after a jump and in branches that constants rule out. */
  get isReached(): boolean {
    return this.#current.isReached;
  }

  /** Adds an input of the function. */
  parameter(name: string): Variable {
    const variable = new Variable(name);
    this.#start.block.inputargs.push(variable);
    this.#definedIn.set(variable, this.#start);
    return variable;
  }

  newBlock(): BlockState {
    const state = new BlockState();
    this.#states.set(state.block, state);
    return state;
  }

  /** Goes on building in `state`. */
  startBlock(state: BlockState): void {
    this.#current = state;
  }

  write(local: Local, value: Value): void {
    this.#current.values.set(local, this.localize(value));
  }

  read(local: Local): Value {
    return this.#read(this.#current, local);
  }

  /** The value as the current block knows it. */
  localize(value: Value): Value {
    if (value instanceof Constant || this.#definedIn.get(value) === this.#current) return value;
    return this.#read(this.#current, value);
  }

  #read(state: BlockState, key: Key): Value {
    const known = state.values.get(key);
    if (known !== undefined) return known;
    if (state === this.#start) return new Constant(undefined);
    const input = new Variable(key.name);
    state.inputs.set(key, input);
    state.values.set(key, input);
    this.#definedIn.set(input, state);
    return input;
  }

  /** Adds an operation; inside `try` the block ends after one that can raise. */
  emit(opname: FlowOpName, args: readonly Value[], position: SourcePosition, name = ""): Variable {
    const result = new Variable(name);
    const state = this.#current;
    state.block.operations.push(
      new Operation(
        opname,
        args.map((arg) => this.localize(arg)),
        result,
        position,
      ),
    );
    this.#definedIn.set(result, state);
    if (this.handler !== null && flowOpCanRaise(opname)) this.#cut(this.handler);
    return result;
  }

  #cut(handler: Handler): void {
    const caught = new Variable("error");
    const next = this.newBlock();
    const raised = new Link([], handler.state.block, EXCEPTION, caught);
    const { block } = this.#current;
    block.exitswitch = EXCEPTION;
    block.exits = [new Link([], next.block), raised];
    this.#linkValues.set(raised, new Map([[handler.caught, caught]]));
    this.#definedIn.set(caught, this.#current);
    this.#reach(block.exits);
    this.#current = next;
  }

  #reach(exits: readonly Link[]): void {
    if (!this.#current.isReached) return;
    for (const { target } of exits) {
      const state = this.#states.get(target);
      if (state !== undefined) state.isReached = true;
    }
  }

  #end(exits: Link[]): void {
    this.#current.block.exits = exits;
    this.#reach(exits);
    this.#current = this.newBlock();
  }

  jump(target: BlockState): void {
    this.#end([new Link([], target.block)]);
  }

  /** Goes to `whenTrue` or `whenFalse` by a boolean value. */
  branch(condition: Value, whenTrue: BlockState, whenFalse: BlockState): void {
    if (condition instanceof Constant && typeof condition.value === "boolean") {
      this.jump(condition.value ? whenTrue : whenFalse);
      return;
    }
    this.#current.block.exitswitch = this.localize(condition);
    this.#end([new Link([], whenTrue.block, true), new Link([], whenFalse.block, false)]);
  }

  returnValue(value: Value): void {
    this.#end([new Link([this.localize(value)], this.graph.returnBlock)]);
  }

  /** Raises an exception object, to the handler or out of the function. */
  raise(error: Value, position: SourcePosition | null): void {
    const local = this.localize(error);
    const { handler } = this;
    const link = handler === null ? new Link([local], this.graph.exceptBlock) : new Link([], handler.state.block);
    link.position = position;
    if (handler !== null) this.#linkValues.set(link, new Map([[handler.caught, local]]));
    this.#end([link]);
  }

  /** Ends the block: control never comes here. */
  unreachable(message: string, position: SourcePosition): void {
    this.#current.block.operations.push(
      new Operation("unreachable", [new Constant(message)], new Variable(), position),
    );
    this.#end([]);
  }

  /** Treats what follows as reached, so that further mistakes after a reported one are reported too. */
  assumeReached(): void {
    this.#current.isReached = true;
  }

  /** Gives every link the values that its target asks for. */
  finish(): FunctionGraph {
    const reachable = this.#reachable();
    const entries = new Map<BlockState, { from: BlockState; link: Link }[]>();
    for (const state of reachable) entries.set(state, []);
    for (const from of reachable) {
      for (const link of from.block.exits) {
        const target = this.#states.get(link.target);
        if (target !== undefined) entries.get(target)?.push({ from, link });
      }
    }
    const work: { state: BlockState; key: Key }[] = [];
    for (const state of reachable) for (const key of state.inputs.keys()) work.push({ state, key });
    const isSeen = (state: BlockState, key: Key): boolean =>
      state.values.has(key) || (key instanceof Variable && this.#definedIn.get(key) === state);
    for (let demand = work.pop(); demand !== undefined; demand = work.pop()) {
      const { key } = demand;
      for (const { from, link } of entries.get(demand.state) ?? []) {
        if (this.#linkValues.get(link)?.has(key) || isSeen(from, key)) continue;
        if (this.#read(from, key) instanceof Variable) work.push({ state: from, key });
      }
    }
    for (const [state, links] of entries) {
      const keys = [...state.inputs.keys()];
      if (state !== this.#start) state.block.inputargs = [...state.inputs.values()];
      for (const { from, link } of links) link.args = keys.map((key) => this.#passed(from, link, key));
    }
    return this.graph;
  }

  #passed(from: BlockState, link: Link, key: Key): Value {
    const override = this.#linkValues.get(link)?.get(key);
    if (override !== undefined) return override;
    if (key instanceof Variable && this.#definedIn.get(key) === from) return key;
    return from.values.get(key) ?? new Constant(undefined);
  }

  #reachable(): Set<BlockState> {
    const found = new Set<BlockState>([this.#start]);
    for (const state of found) {
      for (const link of state.block.exits) {
        const target = this.#states.get(link.target);
        if (target !== undefined) found.add(target);
      }
    }
    return found;
  }
}
