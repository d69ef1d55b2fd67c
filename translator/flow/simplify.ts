/**
 * Clean-up of a graph's shape, for high- and low-level graphs alike; every pass that rearranges blocks may leave the
 * mess to it. Repeats until nothing changes:
 *
 *  - switches on constants and switches whose exits agree become plain jumps; blocks not reached any more vanish;
 *  - links to empty blocks go to where these lead;
 *  - a block with one plain exit and its target with one entry become one block;
 *  - inputs that always receive one and the same constant become that constant, inputs equal to another one merge;
 *  - operations whose result is unused are removed if they have no effect, inputs if nobody needs them.
 *
 * Liveness is computed backwards over the whole graph, so that values that only circle in a loop die too. The inputs
 * of the start block and of the final blocks are the function's interface and stay.
 */
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  type Link,
  type Operation,
  type Value,
  Variable,
} from "./model.ts";
import { FLOW_OPS } from "./ops.ts";
import { bodyBlocks, entriesOf } from "./traverse.ts";

export interface SimplifyOptions {
  /** Whether an operation may go when its result is unused. By default: high-level operations without any effect. */
  readonly canRemove?: (op: Operation) => boolean;
}

/** Operations of the table that cannot raise, but check, write or steer. */
const EFFECTS = new Set([
  "cast",
  "narrow",
  "nonnull",
  "set_cell",
  "set_static",
  "unreachable",
  "generator_start",
  "yield",
]);

/** Whether a high-level operation has no effect besides its result. */
export function isRemovableFlowOp(op: Operation): boolean {
  const info = (FLOW_OPS as Record<string, { canRaise: boolean }>)[op.opname];
  return info !== undefined && !info.canRaise && !EFFECTS.has(op.opname);
}

/** Replaces uses of variables in one block, as `substitution` says. */
export function substituteInBlock(block: Block, substitution: ReadonlyMap<Variable, Value>): void {
  const replace = (value: Value): Value => (value instanceof Variable ? (substitution.get(value) ?? value) : value);
  for (const op of block.operations) op.args = op.args.map(replace);
  if (block.exitswitch instanceof Variable) block.exitswitch = replace(block.exitswitch);
  for (const link of block.exits) link.args = link.args.map(replace);
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  return (
    a instanceof Constant &&
    b instanceof Constant &&
    Object.is(a.value, b.value) &&
    a.literalKind === b.literalKind &&
    a.type === b.type
  );
}

/** Resolves switches whose outcome is known. */
function foldSwitches(blocks: readonly Block[]): boolean {
  let changed = false;
  for (const block of blocks) {
    const { exitswitch, exits } = block;
    if (exitswitch === null || exitswitch === EXCEPTION) continue;
    const [first] = exits;
    if (first === undefined) continue;
    let chosen: Link | undefined;
    if (exitswitch instanceof Constant) {
      chosen = exits.find((link) => link.exitcase === exitswitch.value) ?? exits.find((l) => l.exitcase === "default");
    } else if (exits.every((link) => sameExit(link, first))) {
      chosen = first;
    }
    if (chosen === undefined) continue;
    chosen.exitcase = null;
    chosen.weight = null;
    block.exitswitch = null;
    block.exits = [chosen];
    changed = true;
  }
  return changed;
}

function sameExit(a: Link, b: Link): boolean {
  return a.target === b.target && a.args.every((arg, index) => sameValue(arg, b.args[index]));
}

/** Sends links to empty blocks on to where these lead; links into a cycle of empty blocks stay. */
function skipEmptyBlocks(blocks: readonly Block[]): boolean {
  let changed = false;
  for (const block of blocks) {
    for (const link of block.exits) {
      if (skipFrom(link)) changed = true;
    }
  }
  return changed;
}

function skipFrom(link: Link): boolean {
  const passed = new Set<Block>();
  let { target, args } = link;
  for (let next = emptyExit(target); next !== null; next = emptyExit(target)) {
    if (passed.has(target)) return false;
    passed.add(target);
    const inputs = target.inputargs;
    const before = args;
    args = next.args.map((v) => (v instanceof Variable ? (before[inputs.indexOf(v)] as Value) : v));
    target = next.target;
  }
  if (passed.size === 0) return false;
  link.target = target;
  link.args = args;
  return true;
}

function emptyExit(block: Block): Link | null {
  if (block.operations.length > 0 || block.exitswitch !== null || block.exits.length !== 1) return null;
  return block.exits[0] as Link;
}

/** Joins blocks with their only successor where that has no other entry. */
function joinBlocks(graph: FunctionGraph): boolean {
  const entries = entriesOf(graph);
  const gone = new Set<Block>();
  let changed = false;
  for (const block of bodyBlocks(graph)) {
    if (gone.has(block)) continue;
    while (block.exitswitch === null && block.exits.length === 1) {
      const [link] = block.exits as [Link];
      const { target } = link;
      if (target === block || target === graph.startBlock || entries.get(target)?.length !== 1) break;
      if (target === graph.returnBlock || target === graph.exceptBlock) break;
      substituteInBlock(target, new Map(target.inputargs.map((input, index) => [input, link.args[index] as Value])));
      for (const op of target.operations) block.operations.push(op);
      block.exitswitch = target.exitswitch;
      block.exits = target.exits;
      gone.add(target);
      changed = true;
    }
  }
  return changed;
}

/**
 * The inputs that can only ever hold one constant, also where it comes round a loop through several blocks:
 * optimistic propagation (absent = nothing seen yet, null = more than one value).
 */
function constantInputs(entries: Entries, isFixed: (block: Block) => boolean): Map<Variable, Constant | null> {
  const known = new Map<Variable, Constant | null>();
  for (const block of entries.keys()) if (isFixed(block)) for (const input of block.inputargs) known.set(input, null);
  const inputs = new Set<Variable>();
  for (const block of entries.keys()) for (const input of block.inputargs) inputs.add(input);
  const constantOf = (value: Value): Constant | null | undefined => {
    if (value instanceof Constant) return value;
    return inputs.has(value) ? known.get(value) : null;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [block, from] of entries) {
      block.inputargs.forEach((input, index) => {
        const before = known.get(input);
        if (before === null) return;
        for (const { link } of from) {
          const value = constantOf(link.args[index] as Value);
          if (value === undefined) continue;
          const old = known.get(input);
          const merged = old === undefined || (old !== null && value !== null && sameValue(old, value)) ? value : null;
          known.set(input, merged);
          if (merged !== old && !(merged && old)) changed = true;
        }
      });
    }
  }
  return known;
}

type Entries = ReturnType<typeof entriesOf>;

function keepInputs(block: Block, links: readonly Link[], isKept: (index: number) => boolean): void {
  block.inputargs = block.inputargs.filter((_, index) => isKept(index));
  for (const link of links) link.args = link.args.filter((_, index) => isKept(index));
}

/** Replaces inputs that are constant or equal to an earlier input of the block. */
function mergeInputs(graph: FunctionGraph): boolean {
  let changed = false;
  const entries = entriesOf(graph);
  const isFixed = (block: Block): boolean =>
    block === graph.startBlock || block === graph.returnBlock || block === graph.exceptBlock;
  const constants = constantInputs(entries, isFixed);
  for (const [block, from] of entries) {
    if (isFixed(block)) continue;
    const links = from.map((entry) => entry.link);
    const substitution = new Map<Variable, Value>();
    const representatives = equalInputs(block, links);
    block.inputargs.forEach((input, index) => {
      const replacement = constants.get(input) ?? representatives[index];
      if (replacement !== undefined && replacement !== input) substitution.set(input, replacement);
    });
    const { inputargs } = block;
    if (substitution.size > 0) keepInputs(block, links, (index) => !substitution.has(inputargs[index] as Variable));
    if (substitution.size > 0) {
      resolveChains(substitution);
      substituteInBlock(block, substitution);
      changed = true;
    }
  }
  return changed;
}

/** Two inputs may be replaced in one step, one by the other: makes every replacement final. */
function resolveChains(substitution: Map<Variable, Value>): void {
  for (const [variable, first] of substitution) {
    let value: Value = first;
    while (value instanceof Variable && substitution.has(value)) value = substitution.get(value) as Value;
    substitution.set(variable, value);
  }
}

/** For each input the first one that every link gives the same value (or both their own, on a loop). */
function equalInputs(block: Block, links: readonly Link[]): Variable[] {
  const { inputargs } = block;
  // Partition refinement: inputs stay in one class as long as no link tells them apart.
  let classes: unknown[] = inputargs.map((input) => input.type);
  for (const link of links) {
    const numbers = new Map<unknown, Map<unknown, number>>();
    let count = 0;
    classes = classes.map((before, index) => {
      const key = link.args[index] === inputargs[index] ? block : valueKey(link.args[index] as Value);
      const known = numbers.get(before) ?? new Map<unknown, number>();
      numbers.set(before, known);
      const number = known.get(key) ?? count++;
      known.set(key, number);
      return number;
    });
    if (count === classes.length) break;
  }
  const first = new Map<unknown, Variable>();
  return inputargs.map((input, index) => {
    const known = first.get(classes[index]);
    if (known !== undefined) return known;
    first.set(classes[index], input);
    return input;
  });
}

/** Equal for equal values in the sense of `sameValue`, as far as that is cheap to say. */
function valueKey(value: Value): unknown {
  if (value instanceof Variable) return value;
  const plain = value.value;
  if (typeof plain === "object" || typeof plain === "function")
    return value.literalKind === null ? (plain ?? value) : value;
  return `${typeof plain} ${Object.is(plain, -0) ? "-0" : String(plain)} ${value.literalKind} ${value.type?.toText()}`;
}

/** The variables that some effect, switch or result needs. */
function neededVariables(graph: FunctionGraph, canRemove: (op: Operation) => boolean): Set<Variable> {
  const needed = new Set<Variable>();
  const work: Variable[] = [];
  const need = (value: Value | typeof EXCEPTION | null): void => {
    if (value instanceof Variable && !needed.has(value)) {
      needed.add(value);
      work.push(value);
    }
  };
  const sources = new Map<Variable, readonly Value[]>();
  const entries = entriesOf(graph);
  for (const [block, from] of entries) {
    const isFinal = block === graph.returnBlock || block === graph.exceptBlock || block === graph.startBlock;
    block.inputargs.forEach((input, index) => {
      sources.set(
        input,
        from.map((entry) => entry.link.args[index] as Value),
      );
      if (isFinal) need(input);
    });
    const last = block.operations.at(-1);
    for (const op of block.operations) {
      sources.set(op.result, op.args);
      const mayRaiseHere = block.exitswitch === EXCEPTION && op === last;
      if (mayRaiseHere || !canRemove(op)) for (const arg of op.args) need(arg);
    }
    need(block.exitswitch);
  }
  for (let variable = work.pop(); variable !== undefined; variable = work.pop()) {
    for (const value of sources.get(variable) ?? []) need(value);
  }
  return needed;
}

/** Removes operations and inputs that nobody needs. */
function removeDead(graph: FunctionGraph, canRemove: (op: Operation) => boolean): boolean {
  const needed = neededVariables(graph, canRemove);
  let changed = false;
  for (const [block, from] of entriesOf(graph)) {
    const last = block.operations.at(-1);
    const kept = block.operations.filter(
      (op) => needed.has(op.result) || !canRemove(op) || (block.exitswitch === EXCEPTION && op === last),
    );
    if (kept.length !== block.operations.length) {
      block.operations = kept;
      changed = true;
    }
    if (block === graph.startBlock) continue;
    const links = from.map((entry) => entry.link);
    const { inputargs } = block;
    if (inputargs.every((input) => needed.has(input))) continue;
    keepInputs(block, links, (index) => needed.has(inputargs[index] as Variable));
    changed = true;
  }
  return changed;
}

/** Simplifies the graph in place; says whether anything changed. */
export function simplifyGraph(graph: FunctionGraph, options: SimplifyOptions = {}): boolean {
  const canRemove = options.canRemove ?? isRemovableFlowOp;
  let everChanged = false;
  for (;;) {
    let changed = foldSwitches(bodyBlocks(graph));
    changed = skipEmptyBlocks(bodyBlocks(graph)) || changed;
    changed = joinBlocks(graph) || changed;
    changed = mergeInputs(graph) || changed;
    changed = removeDead(graph, canRemove) || changed;
    if (!changed) return everChanged;
    everChanged = true;
  }
}
