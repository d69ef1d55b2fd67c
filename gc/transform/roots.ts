/**
 * Root handling: every GC pointer that lives across an operation that can collect is in the function's frame on the
 * shadow stack during it, and is read back afterwards where it is used again.
 *
 * Cost is what this file is about, so each store, load and frame adjustment is placed by dataflow:
 * - the frame is pushed on the paths that reach a collecting operation, and popped where none can follow: a fast path
 *   without one touches nothing;
 * - a pointer is stored once, before the first collecting operation it crosses, and not again while its slot keeps it
 *   (collections update the slot, so it stays right);
 * - it is loaded after a collecting operation only if it is used before the next one.
 *
 * Slots: variables joined by link arguments share one where their lifetimes across collecting operations do not meet;
 * the webs so made are coloured. A slot not written since the push is nulled before the first collection sees it.
 *
 *     b1(p1):                                  b1(p1):
 *       p2 = direct_call(@f, p1)                 gc_push_roots(1); gc_save_root(0, p1)
 *       p3 = direct_call(@g, p1)       ==>       p2 = direct_call(@f, p1);  p1' = gc_reload_root(0)
 *       return p3                                p3 = direct_call(@g, p1'); gc_pop_roots(1)
 *
 * Invariant: between a collecting operation and its reload nobody uses the stale name; the verifier of llinterp's
 * simulated heap (poisoned from-space) finds any that does.
 */
import type { Effects } from "../../rtyper/lltype/effects.ts";
import { Ptr, ptrTo, Signed, Void } from "../../rtyper/lltype/types.ts";
import {
  Block,
  Constant,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { bodyBlocks, entriesOf } from "../../translator/flow/traverse.ts";

function isRoot(value: unknown): value is Variable {
  return value instanceof Variable && value.type instanceof Ptr && value.type.isGc;
}

/** Everything known of one graph while it is rewritten. */
interface Facts {
  readonly graph: FunctionGraph;
  readonly blocks: Block[];
  readonly collects: (op: Operation) => boolean;
  /** For each collecting operation the pointers that live across it. */
  readonly across: Map<Operation, Set<Variable>>;
}

/** Rewrites one graph in place; returns the number of slots of its frame. */
export function insertRoots(graph: FunctionGraph, effects: Effects): number {
  const collects = (op: Operation): boolean => effects.opCanCollect(op);
  const hasCollecting = bodyBlocks(graph).some((block) => block.operations.some(collects));
  if (!hasCollecting) return 0;
  isolateStart(graph);
  const facts = computeFacts(graph, collects);
  const slots = assignSlots(facts);
  if (slots.count === 0) return 0;
  const frame = planFrame(facts);
  new Rewriter(facts, frame, slots.of, slots.count).run();
  placeFrame(facts, frame, slots.count);
  return slots.count;
}

/** Gives the graph a start block that nothing links to, so that a push may stand before a loop at the start. */
function isolateStart(graph: FunctionGraph): void {
  const start = graph.startBlock;
  if ((entriesOf(graph).get(start) ?? []).length === 0) return;
  const inputs = start.inputargs.map((v) => new Variable(v.name, v.type));
  graph.startBlock = new Block(inputs);
  graph.startBlock.exits = [new Link([...inputs], start)];
}

function computeFacts(graph: FunctionGraph, collects: (op: Operation) => boolean): Facts {
  const blocks = bodyBlocks(graph);
  const across = new Map<Operation, Set<Variable>>();
  // Blocks are closed: what is live in a block is decided within it, so one backward scan of each suffices.
  for (const block of blocks) {
    const live = new Set<Variable>();
    for (const link of block.exits) for (const arg of link.args) if (isRoot(arg)) live.add(arg);
    if (isRoot(block.exitswitch)) live.add(block.exitswitch);
    for (let i = block.operations.length - 1; i >= 0; i--) {
      const op = block.operations[i] as Operation;
      live.delete(op.result);
      if (collects(op)) across.set(op, new Set(live));
      for (const arg of op.args) if (isRoot(arg)) live.add(arg);
    }
  }
  return { graph, blocks, collects, across };
}

/** Union-find over variables that may share a slot, then first-fit colouring of the webs. */
function assignSlots(facts: Facts): { of: Map<Variable, number>; count: number } {
  const parent = new Map<Variable, Variable>();
  const crossings = new Map<Variable, Set<Operation>>();
  const find = (v: Variable): Variable => {
    let root = v;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    if (root !== v) parent.set(v, root);
    return root;
  };
  for (const [op, live] of facts.across) {
    for (const v of live) {
      const set = crossings.get(v);
      if (set === undefined) crossings.set(v, new Set([op]));
      else set.add(op);
    }
  }
  for (const block of facts.blocks) {
    for (const link of block.exits) {
      for (const [i, arg] of link.args.entries()) {
        const input = link.target.inputargs[i];
        if (!isRoot(arg) || !isRoot(input)) continue;
        joinWebs(find(arg), find(input), parent, crossings);
      }
    }
  }
  return colour(facts, find, crossings);
}

function joinWebs(
  a: Variable,
  b: Variable,
  parent: Map<Variable, Variable>,
  crossings: Map<Variable, Set<Operation>>,
): void {
  if (a === b) return;
  const ofA = crossings.get(a);
  const ofB = crossings.get(b);
  if (ofA !== undefined && ofB !== undefined) {
    const [small, large] = ofA.size < ofB.size ? [ofA, ofB] : [ofB, ofA];
    for (const op of small) if (large.has(op)) return;
    for (const op of ofB) ofA.add(op);
  } else if (ofB !== undefined) {
    crossings.set(a, ofB);
  }
  parent.set(b, a);
}

function colour(
  facts: Facts,
  find: (v: Variable) => Variable,
  crossings: Map<Variable, Set<Operation>>,
): { of: Map<Variable, number>; count: number } {
  const slotOfWeb = new Map<Variable, number>();
  const takenAt = new Map<Operation, Set<number>>([...facts.across.keys()].map((op) => [op, new Set()]));
  let count = 0;
  for (const live of facts.across.values()) {
    for (const v of [...live].sort((a, b) => a.id - b.id)) {
      const web = find(v);
      if (slotOfWeb.has(web)) continue;
      const ops = crossings.get(web) as Set<Operation>;
      let slot = 0;
      while ([...ops].some((op) => (takenAt.get(op) as Set<number>).has(slot))) slot++;
      slotOfWeb.set(web, slot);
      for (const op of ops) (takenAt.get(op) as Set<number>).add(slot);
      count = Math.max(count, slot + 1);
    }
  }
  const of = new Map<Variable, number>();
  const note = (v: unknown): void => {
    if (!isRoot(v)) return;
    const slot = slotOfWeb.get(find(v));
    if (slot !== undefined) of.set(v, slot);
  };
  for (const block of facts.blocks) {
    for (const v of block.inputargs) note(v);
    for (const op of block.operations) note(op.result);
  }
  return { of, count };
}

/** Where the frame is pushed: at the start and end of each block, and during each collecting operation. */
interface Frame {
  readonly atStart: Map<Block, boolean>;
  readonly atEnd: Map<Block, boolean>;
  readonly during: Map<Operation, boolean>;
}

/** A collecting operation that some pointer lives across. Others need no frame of this function. */
function isRooted(op: Operation, facts: Facts): boolean {
  const live = facts.across.get(op);
  return live !== undefined && live.size > 0;
}

/** The frame is pushed exactly between rooted operations: where one may have come before and one may follow. */
function planFrame(facts: Facts): Frame {
  const rooted = new Map(facts.blocks.map((b) => [b, b.operations.some((op) => isRooted(op, facts))]));
  const entries = entriesOf(facts.graph);
  const successors = (b: Block): Block[] => b.exits.map((link) => link.target);
  const predecessors = (b: Block): Block[] => (entries.get(b) ?? []).map((entry) => entry.from);
  const before = spread(facts.blocks, rooted, successors);
  const after = spread(facts.blocks, rooted, predecessors);
  const atStart = new Map<Block, boolean>();
  const atEnd = new Map<Block, boolean>();
  const during = new Map<Operation, boolean>();
  for (const block of facts.blocks) {
    const had = before.has(block);
    atStart.set(block, had && (rooted.get(block) === true || after.has(block)));
    atEnd.set(block, (had || rooted.get(block) === true) && after.has(block));
    let left = block.operations.filter((op) => isRooted(op, facts)).length;
    let seen = had;
    for (const op of block.operations) {
      if (!facts.collects(op)) continue;
      if (isRooted(op, facts)) {
        left--;
        seen = true;
        during.set(op, true);
      } else {
        during.set(op, seen && (left > 0 || after.has(block)));
      }
    }
  }
  return { atStart, atEnd, during };
}

/** The blocks reached by at least one step from a block of the set. */
function spread(blocks: Block[], from: Map<Block, boolean>, next: (b: Block) => Block[]): Set<Block> {
  const found = new Set<Block>();
  const work: Block[] = blocks.filter((b) => from.get(b) === true);
  for (let b = work.pop(); b !== undefined; b = work.pop()) {
    for (const reached of next(b)) {
      if (found.has(reached)) continue;
      found.add(reached);
      work.push(reached);
    }
  }
  return found;
}

/** What each slot holds at a point: a variable, some valid older reference ("old"), or nothing yet (null). */
type SlotState = (Variable | "old" | null)[];

/** Places saves and reloads. */
class Rewriter {
  readonly facts: Facts;
  readonly frame: Frame;
  readonly slotOf: Map<Variable, number>;
  readonly count: number;
  /** Slot contents at the start of each block, as seen through its own input arguments. */
  readonly stateIn = new Map<Block, SlotState>();
  /** The pointers stored before each collecting operation; they must be in their registers there. */
  readonly saves = new Map<Operation, Set<Variable>>();

  constructor(facts: Facts, frame: Frame, slotOf: Map<Variable, number>, count: number) {
    this.facts = facts;
    this.frame = frame;
    this.slotOf = slotOf;
    this.count = count;
  }

  run(): void {
    this.#solveStates();
    for (const block of this.facts.blocks) this.#collectSaves(block);
    const neededIn = computeNeeded(this.facts, this.saves);
    for (const block of this.facts.blocks)
      this.#rewrite(block, neededAfterEach(block, this.facts, this.saves, neededIn));
  }

  /** Forward must-analysis of slot contents. */
  #solveStates(): void {
    const { blocks, graph } = this.facts;
    const work = new Set<Block>(blocks);
    this.stateIn.set(graph.startBlock, new Array<null>(this.count).fill(null));
    for (const block of work) {
      work.delete(block);
      const start = this.stateIn.get(block);
      if (start === undefined) continue;
      const state = [...start];
      this.#walk(block, state, () => undefined);
      for (const link of block.exits) if (this.#mergeInto(link, state)) work.add(link.target);
    }
  }

  /** Carries a state through a block; `visit` sees each collecting operation with the state before its saves. */
  #walk(block: Block, state: SlotState, visit: (op: Operation, state: SlotState) => void): void {
    for (const op of block.operations) {
      if (!this.facts.collects(op)) continue;
      if (this.frame.during.get(op) === true) {
        visit(op, state);
        for (const v of this.facts.across.get(op) as Set<Variable>) state[this.slotOf.get(v) as number] = v;
        for (let i = 0; i < this.count; i++) if (state[i] === null) state[i] = "old";
      } else {
        // The frame is not pushed: callees use its place.
        state.fill(null);
      }
    }
    if (this.frame.atEnd.get(block) !== true) state.fill(null);
  }

  #collectSaves(block: Block): void {
    this.#walk(block, [...(this.stateIn.get(block) as SlotState)], (op, state) => {
      const across = this.facts.across.get(op) as Set<Variable>;
      this.saves.set(op, new Set([...across].filter((v) => state[this.slotOf.get(v) as number] !== v)));
    });
  }

  #mergeInto(link: Link, state: SlotState): boolean {
    const { target } = link;
    if (target === this.facts.graph.returnBlock || target === this.facts.graph.exceptBlock) return false;
    const incoming: SlotState = state.map((held, slot) => {
      if (held === null || held === "old") return held;
      for (const [i, arg] of link.args.entries()) {
        const input = target.inputargs[i] as Variable;
        if (arg === held && this.slotOf.get(input) === slot) return input;
      }
      return "old";
    });
    const known = this.stateIn.get(target);
    if (known === undefined) {
      this.stateIn.set(target, incoming);
      return true;
    }
    let changed = false;
    for (let i = 0; i < this.count; i++) {
      if (known[i] === incoming[i] || known[i] === null) continue;
      const lower = incoming[i] === null ? null : "old";
      if (known[i] !== lower) {
        known[i] = lower;
        changed = true;
      }
    }
    return changed;
  }

  #rewrite(block: Block, needed: Map<Operation, Set<Variable>>): void {
    const names = new Map<Variable, Variable>();
    const current = (v: Value): Value => (v instanceof Variable ? (names.get(v) ?? v) : v);
    const operations: Operation[] = [];
    const before = new Map<Operation, Operation[]>();
    this.#walk(block, [...(this.stateIn.get(block) as SlotState)], (op, state) =>
      before.set(op, this.#nulls(op, state)),
    );
    for (const op of block.operations) {
      op.args = op.args.map(current);
      if (this.facts.collects(op)) {
        for (const v of this.saves.get(op) ?? [])
          operations.push(this.#save(this.slotOf.get(v) as number, current(v), op));
        operations.push(...(before.get(op) ?? []));
      }
      operations.push(op);
      for (const v of needed.get(op) ?? []) {
        const fresh = new Variable(v.name, v.type);
        names.set(v, fresh);
        const slot = new Constant(this.slotOf.get(v) as number, Void);
        operations.push(new Operation("gc_reload_root", [slot], fresh, op.position));
      }
    }
    block.operations = operations;
    if (block.exitswitch instanceof Variable) block.exitswitch = current(block.exitswitch) as Variable;
    for (const link of block.exits) link.args = link.args.map(current);
  }

  #save(slot: number, value: Value, op: Operation): Operation {
    return new Operation("gc_save_root", [new Constant(slot, Void), value], new Variable("", Void), op.position);
  }

  /** Slots that hold nothing yet and get nothing here must not show the collector what an older frame left. */
  #nulls(op: Operation, state: SlotState): Operation[] {
    const across = this.facts.across.get(op) as Set<Variable>;
    const filled = new Set([...across].map((v) => this.slotOf.get(v) as number));
    const operations: Operation[] = [];
    for (let slot = 0; slot < this.count; slot++) {
      if (state[slot] === null && !filled.has(slot))
        operations.push(this.#save(slot, new Constant(null, ptrTo.object), op));
    }
    return operations;
  }
}

type Saves = ReadonlyMap<Operation, ReadonlySet<Variable>>;

/** Backward analysis over blocks: which inputs are used before the next collecting operation on some path. */
function computeNeeded(facts: Facts, saves: Saves): Map<Block, Set<Variable>> {
  const neededIn = new Map<Block, Set<Variable>>(facts.blocks.map((block) => [block, new Set()]));
  const entries = entriesOf(facts.graph);
  const work = new Set<Block>([...facts.blocks].reverse());
  for (const block of work) {
    work.delete(block);
    const needed = neededAtExits(block, neededIn);
    for (let i = block.operations.length - 1; i >= 0; i--) {
      stepBack(block.operations[i] as Operation, facts, saves, needed);
    }
    const known = neededIn.get(block) as Set<Variable>;
    const size = known.size;
    for (const v of needed) known.add(v);
    if (known.size > size) for (const { from } of entries.get(block) ?? []) work.add(from);
  }
  return neededIn;
}

function neededAtExits(block: Block, neededIn: Map<Block, Set<Variable>>): Set<Variable> {
  const needed = new Set<Variable>();
  if (isRoot(block.exitswitch)) needed.add(block.exitswitch);
  for (const link of block.exits) {
    const inTarget = neededIn.get(link.target);
    for (const [i, arg] of link.args.entries()) {
      // The return block, which is not in the map, uses its argument.
      if (isRoot(arg) && (inTarget === undefined || inTarget.has(link.target.inputargs[i] as Variable)))
        needed.add(arg);
    }
  }
  return needed;
}

function stepBack(op: Operation, facts: Facts, saves: Saves, needed: Set<Variable>): void {
  needed.delete(op.result);
  if (facts.collects(op)) {
    for (const v of facts.across.get(op) as Set<Variable>) needed.delete(v);
    for (const v of saves.get(op) ?? []) needed.add(v);
  }
  for (const arg of op.args) if (isRoot(arg)) needed.add(arg);
}

/** For each collecting operation the pointers to load after it. */
function neededAfterEach(
  block: Block,
  facts: Facts,
  saves: Saves,
  neededIn: Map<Block, Set<Variable>>,
): Map<Operation, Set<Variable>> {
  const result = new Map<Operation, Set<Variable>>();
  const needed = neededAtExits(block, neededIn);
  for (let i = block.operations.length - 1; i >= 0; i--) {
    const op = block.operations[i] as Operation;
    if (facts.collects(op)) {
      const across = facts.across.get(op) as Set<Variable>;
      result.set(op, new Set([...across].filter((v) => needed.has(v))));
    }
    stepBack(op, facts, saves, needed);
  }
  return result;
}

/** Inserts the pushes and pops where the plan changes state: inside blocks, and on links between them. */
function placeFrame(facts: Facts, frame: Frame, count: number): void {
  const entries = entriesOf(facts.graph);
  for (const block of facts.blocks) placeInside(block, facts, frame, count);
  for (const block of facts.blocks) {
    for (const link of block.exits) {
      const wanted = frame.atStart.get(link.target) === true;
      if ((frame.atEnd.get(block) === true) === wanted) continue;
      const op = frameOperation(wanted, count, facts.graph);
      if (block.exits.length === 1) block.operations.push(op);
      else if (entries.get(link.target)?.length === 1 && link.target.exits.length > 0)
        link.target.operations.unshift(op);
      else insertOnLink(link, op);
    }
  }
}

function frameOperation(push: boolean, count: number, graph: FunctionGraph): Operation {
  const name = push ? "gc_push_roots" : "gc_pop_roots";
  return new Operation(name, [new Constant(BigInt(count), Signed)], new Variable("", Void), graph.position);
}

function insertOnLink(link: Link, op: Operation): void {
  const inputs = link.args.map((arg) => new Variable(arg instanceof Variable ? arg.name : "", arg.type));
  const between = new Block(inputs);
  between.operations.push(op);
  between.exits = [new Link([...inputs], link.target)];
  link.target = between;
}

function placeInside(block: Block, facts: Facts, frame: Frame, count: number): void {
  let pushed = frame.atStart.get(block) === true;
  const operations: Operation[] = [];
  for (const op of block.operations) {
    if (facts.collects(op)) {
      const wanted = frame.during.get(op) === true;
      if (wanted !== pushed) {
        operations.splice(firstSave(operations), 0, frameOperation(wanted, count, facts.graph));
        pushed = wanted;
      }
    }
    operations.push(op);
  }
  if (pushed && frame.atEnd.get(block) !== true) {
    operations.splice(endOfReloads(operations, facts), 0, frameOperation(false, count, facts.graph));
  }
  block.operations = operations;
}

/** Index of the first of the saves that end a list of operations. */
function firstSave(operations: readonly Operation[]): number {
  let at = operations.length;
  while (at > 0 && operations[at - 1]?.opname === "gc_save_root") at--;
  return at;
}

/** Index just after the last collecting operation and its reloads. */
function endOfReloads(operations: readonly Operation[], facts: Facts): number {
  let at = operations.length;
  while (at > 0 && !facts.collects(operations[at - 1] as Operation)) at--;
  while (operations[at]?.opname === "gc_reload_root") at++;
  return at;
}
