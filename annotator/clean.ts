/**
 * Cleans the graphs of the solved program: blocks and exits that control cannot reach are removed, and what follows an
 * operation without result becomes `unreachable`. Afterwards every variable has a type. The operands of a division
 * whose quotient is floored in a later block are passed along, so that the rtyper finds them beside the call.
 */
import {
  Block,
  Constant,
  EXCEPTION,
  type Link,
  Link as LinkClass,
  Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { isBottom, type SomeValue } from "./model.ts";
import { refinement } from "./narrow.ts";
import { findDivision } from "./quotient.ts";
import type { Solver } from "./solve.ts";
import { type BlockState, isStringCall, type SpecializationState } from "./state.ts";
import { numberRank } from "./union.ts";

export function cleanGraph(solver: Solver, state: SpecializationState): void {
  passQuotients(solver, state);
  for (const block of state.inOrder) if (block.reached) cleanBlock(solver, block);
}

function cleanBlock(solver: Solver, state: BlockState): void {
  const { block, stoppedAt } = state;
  const { graph } = state.owner.specialization;
  if (block === graph.returnBlock || block === graph.exceptBlock) return;
  for (const op of block.operations) {
    if (!isStringCall(op)) continue;
    op.opname = "to_string";
    op.args = op.args.slice(1);
  }
  // Assignments without meaning in the binary.
  if (block.operations.some((op) => isIgnored(solver, op))) {
    const last = block.operations.at(-1);
    block.operations = block.operations.filter((op) => !isIgnored(solver, op));
    if (block.exitswitch === EXCEPTION && block.operations.at(-1) !== last) {
      block.exits = block.exits.filter((link) => link.exitcase !== EXCEPTION);
      block.exitswitch = null;
    }
  }
  if (stoppedAt !== null) {
    stopAt(solver, state, stoppedAt);
    return;
  }
  const { exitswitch } = block;
  if (exitswitch === null) return;
  if (exitswitch === EXCEPTION) return;
  const kept = block.exits.filter((link) => flows(solver, state, link));
  if (kept.length === block.exits.length) return;
  const known = solver.typeOf(exitswitch).constant;
  const only =
    kept.length === 1 && (typeof kept[0]?.exitcase === "boolean" || known !== null || kept[0]?.exitcase === "default");
  block.exits = kept;
  if (kept.length === 0) {
    block.exitswitch = null;
    block.operations.push(unreachable("no case applies", state));
  } else if (only) {
    block.exitswitch = null;
    (kept[0] as Link).exitcase = null;
    (kept[0] as Link).weight = null;
  }
}

function isIgnored(solver: Solver, op: Operation): boolean {
  return op.opname === "setattr" && solver.targets.get(op)?.kind === "constant";
}

/** Can control take this exit, by the types at the end? */
function flows(solver: Solver, state: BlockState, link: Link): boolean {
  const { block } = state;
  const { exitswitch } = block;
  if (exitswitch instanceof Variable || exitswitch instanceof Constant) {
    const known = solver.typeOf(exitswitch).constant;
    if (known !== null) {
      const taken =
        block.exits.find((l) => l.exitcase === known.value) ?? block.exits.find((l) => l.exitcase === "default");
      if (taken !== undefined && taken !== link) return false;
    }
  }
  const refine = refinement(solver, block, link);
  return link.args.every((arg) => {
    const type: SomeValue = solver.typeOf(arg);
    const refined = arg instanceof Variable ? refine?.get(arg) : undefined;
    return !isBottom(refined === undefined ? type : refined(type));
  });
}

const CALLS = new Set([
  "call",
  "call_spread",
  "call_method",
  "call_method_spread",
  "new",
  "new_spread",
  "super_init",
  "super_init_spread",
  "super_method",
  "super_method_spread",
  "super_getattr",
  "super_setattr",
  "getattr",
  "setattr",
  "unreachable",
]);

/** Calls that never return stay; other operations without result cannot be reached past. */
function stopAt(solver: Solver, state: BlockState, stopped: Operation): void {
  const { block } = state;
  const index = block.operations.indexOf(stopped);
  const target = solver.targets.get(stopped);
  const isCall =
    CALLS.has(stopped.opname) && (target !== undefined || stopped.opname === "unreachable") && target?.kind !== "field";
  block.operations.length = isCall ? index + 1 : index;
  const handler =
    isCall && block.exitswitch === EXCEPTION ? block.exits.find((l) => l.exitcase === EXCEPTION) : undefined;
  if (handler !== undefined) {
    const rest = new Block([]);
    rest.operations.push(unreachable(`${stopped.opname} never returns`, state, stopped));
    block.exits = [new LinkClass([], rest, null), handler];
    return;
  }
  block.exitswitch = null;
  block.exits = [];
  if (stopped.opname !== "unreachable") {
    block.operations.push(unreachable(isCall ? "the call never returns" : "null is used as an object", state, stopped));
  }
}

function unreachable(message: string, state: BlockState, at: Operation | null = null): Operation {
  const position = at?.position ?? state.block.operations.at(-1)?.position ?? state.owner.specialization.graph.position;
  return new Operation("unreachable", [new Constant(message)], new Variable(), position);
}

// ---- quotients

/** Brings the operands of `a / b` into the block of `Math.floor(a / b)`: they become further operands of the call. */
function passQuotients(solver: Solver, state: SpecializationState): void {
  for (const { block, reached } of state.inOrder) {
    if (!reached) continue;
    for (const op of block.operations) {
      const target = solver.targets.get(op);
      if (target?.kind !== "builtin" || (target.name !== "math.floor" && target.name !== "math.trunc")) continue;
      const operand = target.operands[0];
      if (operand === undefined || numberRank(solver.typeOf(op.result)) !== 1) continue;
      if (solver.typeOf(op.args[operand] as Value).kind !== "float") continue;
      const quotient = findDivision(state, block, op.args[operand] as Value);
      if (quotient === null) continue;
      const passed = quotient.op.args.map((arg) => passAlong(solver, quotient.path, arg));
      const first = op.args.length;
      op.args.push(...passed);
      const name = target.name === "math.floor" ? "math.floorDiv" : "math.truncDiv";
      solver.targets.set(op, { ...target, name, operands: [first, first + 1] });
    }
  }
}

/** The value as seen at the end of a path of links. */
function passAlong(solver: Solver, path: readonly Link[], value: Value): Value {
  let at = value;
  for (const link of path) {
    if (at instanceof Constant) return at;
    const index = link.args.indexOf(at);
    if (index >= 0) {
      at = link.target.inputargs[index] as Value;
      continue;
    }
    const fresh = new Variable(at.name);
    solver.bindings.set(fresh, solver.typeOf(at));
    link.args.push(at);
    link.target.inputargs.push(fresh);
    at = fresh;
  }
  return at;
}
