/** What the program runs: specializations reachable from roots through the targets of operations in reached blocks. */
import type { FunctionSpecialization, VirtualFamily } from "./functions.ts";
import type { CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";

export function reachableFrom(solver: Solver, roots: readonly FunctionSpecialization[]): Set<FunctionSpecialization> {
  const found = new Set<FunctionSpecialization>();
  const queue: FunctionSpecialization[] = [];
  const add = (s: FunctionSpecialization): void => {
    if (found.has(s)) return;
    found.add(s);
    queue.push(s);
  };
  for (const root of roots) add(root);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const state of solver.states.get(next)?.inOrder ?? []) {
      if (!state.reached) continue;
      for (const op of state.block.operations) {
        const target = solver.targets.get(op);
        if (target !== undefined) forEachCallee(target, add);
        if (op === state.stoppedAt) break;
      }
    }
  }
  return found;
}

/** Calls `add` for everything that a target can run. */
export function forEachCallee(target: CallTarget, add: (s: FunctionSpecialization) => void): void {
  const family = (f: VirtualFamily): void => {
    for (const member of f.members.values()) add(member);
  };
  switch (target.kind) {
    case "direct":
      add(target.specialization);
      return;
    case "virtual":
      family(target.family);
      return;
    case "family": {
      const shape = target.family
        .find()
        .shapes.get(target.shape.restList ? `${target.shape.count}+` : `${target.shape.count}`);
      for (const member of shape?.members.values() ?? []) {
        if (member === "builtin") continue;
        if ("members" in member) family(member);
        else add(member);
      }
      return;
    }
    case "fieldCall":
      forEachCallee(target.call, add);
      return;
    case "getterCall":
      forEachCallee(target.get, add);
      forEachCallee(target.call, add);
      return;
    case "new":
      if (target.construct !== null) add(target.construct.specialization);
      return;
    case "newFamily":
      for (const s of target.classes.values()) if (s !== null) add(s);
      return;
    case "builtin":
      for (const callback of target.callbacks.values()) forEachCallee(callback, add);
      return;
    default:
      return;
  }
}
