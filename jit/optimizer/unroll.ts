/**
 * Loops: the recorded iteration is optimized twice. The first copy, the preamble, starts with nothing known; what it
 * knows at its end (virtuals, classes, ranges, results and fields that can be had again) is what the second copy, the
 * loop proper, starts with. So guards, reads and allocations that concern what does not change in the loop are done
 * once, and objects that live only from one iteration to the next are never made.
 *
 * The state at the label is first guessed to be the one at the end of the preamble. If the loop's own end does not fit
 * it, the two are joined and the second copy is made again; after a few times the state of which nothing is known must
 * do. A loop that cannot be made that way jumps back to the start of the preamble.
 */
import type { int } from "../../rlib/types.ts";
import { LabelState, type LoopToken, TargetToken } from "../format/descr.ts";
import { JUMP, LABEL } from "../format/traceops.ts";
import { Box, InputArg, Op, Trace, type Value } from "../format/values.ts";
import { removeDead } from "./dead.ts";
import { InvalidLoop, type OptimizeEnv, type QuasiDependency } from "./environment.ts";
import { Optimized } from "./optimized.ts";
import { Optimizer } from "./optimizer.ts";
import { ImportedBox, ShortExport, type ShortOp, ShortReplay } from "./short.ts";
import {
  ConstantNode,
  FITS,
  FITS_GUARDED,
  FITS_NOT,
  generalNodes,
  StateBuilder,
  StateEntry,
  StateImport,
  StateJoin,
  type StateNode,
} from "./state.ts";

/** Second copies made before the general state is taken. */
const MAX_ATTEMPTS = 4;

/** What a label asks of those who jump to it. */
export class PeeledState extends LabelState {
  readonly nodes: readonly StateNode[];
  /** The label's operands: first the leaves of the nodes, then results of short operations. */
  readonly leaves: readonly InputArg[];
  readonly extra: readonly ImportedBox[];
  /** To be done before a jump, in order. */
  readonly short: readonly ShortOp[];

  constructor(
    nodes: readonly StateNode[],
    leaves: readonly InputArg[],
    extra: readonly ImportedBox[],
    short: readonly ShortOp[],
  ) {
    super();
    this.nodes = nodes;
    this.leaves = leaves;
    this.extra = extra;
    this.short = short;
  }
}

/** A second copy that came out right. */
class Body {
  readonly state: PeeledState;
  /** The loop's operations without its closing jump, and that jump's operands. */
  readonly ops: Op[];
  readonly jumpArgs: Value[];
  /** Operands of the jump from the preamble. */
  readonly entryArgs: Value[];
  readonly dependencies: readonly QuasiDependency[];

  constructor(
    state: PeeledState,
    ops: Op[],
    jumpArgs: Value[],
    entryArgs: Value[],
    dependencies: readonly QuasiDependency[],
  ) {
    this.state = state;
    this.ops = ops;
    this.jumpArgs = jumpArgs;
    this.entryArgs = entryArgs;
    this.dependencies = dependencies;
  }
}

/** Optimizes a trace that ends in a jump to its own start. Adds its labels to the token. */
export function optimizeLoop(trace: Trace, loop: LoopToken, env: OptimizeEnv): Optimized {
  const start = new TargetToken(`${loop.name}_start`, loop);
  const target = new TargetToken(loop.name, loop);
  loop.targets.push(start);
  const peeling = new Peeling(trace, env);
  const body = peeling.makeBody();
  const inputs = peeling.inputs;
  const ops: Op[] = [new Op(LABEL, [...inputs], start)];
  if (body === null) {
    peeling.closeAtStart(start);
    for (const op of peeling.preamble.out) ops.push(op);
    return new Optimized(new Trace(inputs, removeDead(ops)), peeling.preamble.dependencies, start);
  }
  loop.targets.push(target);
  target.state = body.state;
  const operands = [...body.state.leaves, ...body.state.extra];
  for (const op of peeling.preamble.out) ops.push(op);
  ops.push(new Op(JUMP, body.entryArgs, target), new Op(LABEL, operands, target));
  for (const op of body.ops) ops.push(op);
  ops.push(new Op(JUMP, body.jumpArgs, target));
  const dependencies = merged(peeling.preamble.dependencies, body.dependencies);
  return new Optimized(new Trace(inputs, removeDead(ops)), dependencies, target);
}

function merged(a: readonly QuasiDependency[], b: readonly QuasiDependency[]): QuasiDependency[] {
  const all = [...a];
  for (const one of b) {
    if (!all.some((other) => other.isSame(one))) all.push(one);
  }
  return all;
}

class Peeling {
  readonly preamble: Optimizer;
  /** Inputs of the preamble. The recorded ones stand for them first, then for the label's values. */
  readonly inputs: InputArg[] = [];
  readonly #trace: Trace;
  readonly #env: OptimizeEnv;
  readonly #jump: Op;
  /** What the recorded jump passes on, at the end of the preamble. */
  readonly #values: Value[];

  constructor(trace: Trace, env: OptimizeEnv) {
    this.#trace = trace;
    this.#env = env;
    this.#jump = trace.ops[trace.ops.length - 1];
    this.preamble = new Optimizer(env);
    for (const recorded of trace.inputs) {
      const input = new InputArg(recorded.kind);
      input.concreteInt = recorded.concreteInt;
      input.concreteRef = recorded.concreteRef;
      input.concreteFloat = recorded.concreteFloat;
      recorded.forwarded = input;
      this.inputs.push(input);
    }
    this.preamble.run(trace.ops, 0, trace.ops.length - 1);
    this.preamble.heap.flush();
    this.#values = this.preamble.resolveAll(this.#jump.args);
  }

  closeAtStart(start: TargetToken): void {
    this.preamble.sendOp(new Op(JUMP, this.preamble.resolveAll(this.#values), start));
  }

  makeBody(): Body | null {
    let nodes = new StateBuilder(this.preamble).nodesOf(this.#values);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const isLast = attempt === MAX_ATTEMPTS - 1;
      if (isLast) nodes = generalNodes(this.#values, this.#env.bits);
      nodes = this.#settle(nodes);
      try {
        const made = this.#tryBody(nodes);
        if (made.body !== null) return made.body;
        nodes = new StateJoin(this.#env.bits).join(nodes, made.end);
      } catch (e) {
        if (!(e instanceof InvalidLoop)) throw e;
        // What held after one iteration makes the next one impossible: perhaps it need not be assumed.
        if (attempt < MAX_ATTEMPTS - 2) attempt = MAX_ATTEMPTS - 2;
      }
    }
    return null;
  }

  /** Makes the preamble's values fit a state that was joined from theirs: objects it wants allocated are. */
  #settle(given: StateNode[]): StateNode[] {
    const preamble = this.preamble;
    let nodes = given;
    for (;;) {
      const entry = new StateEntry(preamble, null);
      entry.leaves(nodes, this.#values);
      preamble.heap.flush();
      if (entry.compare(nodes, this.#values) === FITS) return nodes;
      nodes = new StateJoin(this.#env.bits).join(nodes, new StateBuilder(preamble).nodesOf(this.#values));
    }
  }

  #tryBody(nodes: StateNode[]): Attempt {
    const outside = new StateEntry(this.preamble, null).leaves(nodes, this.#values);
    const inside = new StateImport();
    const opt = new Optimizer(this.#env);
    const inputs = this.#trace.inputs;
    for (let i = 0; i < inputs.length; i++) inputs[i].forwarded = inside.value(nodes[i]);
    const exported = new ShortExport(this.preamble, outside, inside.leaves);
    exported.exportTo(opt);
    opt.run(this.#trace.ops, 0, this.#trace.ops.length - 1);
    opt.heap.flush();
    const values = opt.resolveAll(this.#jump.args);
    const entry = new StateEntry(opt, null);
    if (entry.compare(nodes, values) !== FITS) return new Attempt(null, new StateBuilder(opt).nodesOf(values));
    const leaves = entry.leaves(nodes, values);
    opt.heap.flush();
    // Objects that had to be made for one place may be missing as virtuals in another.
    if (entry.compare(nodes, values) !== FITS) return new Attempt(null, new StateBuilder(opt).nodesOf(values));
    return new Attempt(this.#finish(opt, nodes, inside.leaves, leaves, outside, exported), nodes);
  }

  #finish(
    opt: Optimizer,
    nodes: StateNode[],
    inside: InputArg[],
    leaves: Value[],
    outside: Value[],
    exported: ShortExport,
  ): Body {
    const replay = new ShortReplay(opt, this.#jump, inside, leaves);
    // Replaying may look at facts that nobody needed so far: the list grows meanwhile.
    for (let i = 0; i < opt.needed.length; i++) replay.replay(opt.needed[i]);
    opt.heap.flush();
    const jumpArgs = opt.resolveAll(leaves);
    const extra: ImportedBox[] = [];
    const isUsed = usedIn(opt.out, jumpArgs);
    let grown = true;
    while (grown) {
      grown = false;
      for (const short of opt.needed) {
        const box = short.result;
        if (short.node instanceof ConstantNode || box.number !== isUsed || extra.includes(box)) continue;
        extra.push(box);
        const next = replay.valueOf(box);
        jumpArgs.push(next);
        if (next instanceof Box) next.number = isUsed;
        grown = true;
      }
    }
    const entryArgs = this.preamble.resolveAll(outside);
    for (const box of extra)
      entryArgs.push(this.preamble.resolve(exported.originals[exported.found.indexOf(box.source)]));
    return new Body(new PeeledState(nodes, inside, extra, opt.needed), opt.out, jumpArgs, entryArgs, opt.dependencies);
  }
}

/** What one try gave: a body, or the state at the end of one that does not fit. */
class Attempt {
  readonly body: Body | null;
  readonly end: StateNode[];

  constructor(body: Body | null, end: StateNode[]) {
    this.body = body;
    this.end = end;
  }
}

/** Marks imported boxes that operations or a jump mention; gives the mark. */
function usedIn(ops: readonly Op[], jumpArgs: readonly Value[]): int {
  const mark = -2;
  for (const op of ops) {
    markImported(op.args, mark);
    const failArgs = op.failArgs;
    if (failArgs !== null) markImported(failArgs, mark);
  }
  markImported(jumpArgs, mark);
  return mark;
}

function markImported(values: readonly Value[], mark: int): void {
  for (const value of values) if (value instanceof ImportedBox) value.number = mark;
}

/** Inputs of which nothing is known. */
export function startInputs(trace: Trace): void {
  for (const input of trace.inputs) {
    input.forwarded = null;
    input.info = null;
  }
}

// Jumping to a loop from elsewhere.

/** Ends a trace with a jump to the best label of a loop that its values fit, the start if there is none better. */
export function closeToLoop(opt: Optimizer, jump: Op, loop: LoopToken): TargetToken {
  opt.heap.flush();
  const values = opt.resolveAll(jump.args);
  const target = bestTarget(opt, jump, values, loop);
  const state = target.state;
  if (!(state instanceof PeeledState)) {
    opt.sendOp(new Op(JUMP, values, target));
    return target;
  }
  const leaves = new StateEntry(opt, jump).leaves(state.nodes, values);
  opt.heap.flush();
  const replay = new ShortReplay(opt, jump, state.leaves, leaves);
  for (const short of state.short) replay.replay(short);
  const args = opt.resolveAll(leaves);
  for (const box of state.extra) args.push(replay.valueOf(box));
  opt.sendOp(new Op(JUMP, args, target));
  return target;
}

function bestTarget(opt: Optimizer, jump: Op, values: readonly Value[], loop: LoopToken): TargetToken {
  let best = loop.targets[0];
  let bestFit = FITS_NOT;
  for (const target of loop.targets) {
    const state = target.state;
    if (!(state instanceof PeeledState)) continue;
    const fit = new StateEntry(opt, jump).compare(state.nodes, values);
    if (fit <= bestFit) continue;
    best = target;
    bestFit = fit;
  }
  return bestFit >= FITS_GUARDED ? best : loop.targets[0];
}
