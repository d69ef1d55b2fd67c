/**
 * Fitting the arguments of a call to a parameter list: tuples are spread item by item, a spread list only into a rest
 * parameter; arguments beyond the callee's parameters are left out.
 */

import type { FunctionSignature } from "../translator/flow/description.ts";
import { restIndex } from "./adapt.ts";
import { type CallShape, ClosureFunction, type FunctionDesc, UserFunction } from "./functions.ts";
import { iteratedItem } from "./iteration.ts";
import { SomeList, SomeTuple, type SomeValue } from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import type { Argument, ArgumentPlan, CallTarget } from "./result.ts";

/** What a call passes: types, where they come from (operand indices), and which are spread. */
export interface Passed {
  readonly types: readonly SomeValue[];
  readonly operands: readonly number[];
  readonly spread: readonly boolean[] | null;
}

/** A call's result and what it resolved to. */
export interface Called {
  readonly result: SomeValue;
  readonly target: CallTarget | null;
}

/** Arguments fitted to a callee. */
export interface Planned {
  readonly shape: CallShape;
  readonly plan: ArgumentPlan;
  readonly types: readonly SomeValue[];
}

/** The operand that argument i comes from, -1 when it comes from none alone. */
export function operandOf(planned: Planned, passed: Passed, i: number): number {
  const source = planned.plan[i];
  return source?.from === "operand" && passed.operands.length > 0 ? source.index : -1;
}

/** Fits arguments to a parameter list; tuples are spread item by item, lists only into a rest parameter. */
export function planArguments(
  ctx: OpContext,
  passed: Passed,
  signature: FunctionSignature | null,
  clip: number,
): Planned {
  const plan: Argument[] = [];
  const types: SomeValue[] = [];
  const rest = signature === null ? -1 : restIndex(signature);
  for (let i = 0; i < passed.types.length; i++) {
    const type = passed.types[i] as SomeValue;
    const index = passed.operands[i] ?? i;
    if (passed.spread?.[i] !== true) {
      plan.push({ from: "operand", index });
      types.push(type);
    } else if (type instanceof SomeTuple) {
      type.items.forEach((item, n) => {
        plan.push({ from: "item", index, item: n });
        types.push(item);
      });
    } else {
      return planRestList(ctx, passed, plan, types, i, rest);
    }
  }
  if (rest < 0 && plan.length > clip) {
    plan.length = clip;
    types.length = clip;
  }
  return { shape: { count: plan.length, restList: false }, plan, types };
}

function planRestList(
  ctx: OpContext,
  passed: Passed,
  plan: Argument[],
  types: SomeValue[],
  from: number,
  rest: number,
): Planned {
  if (rest < 0) ctx.fail("RTS1205", "a list is spread into parameters, whose number is not known");
  if (plan.length < rest) ctx.fail("RTS1205", "the spread list would fill parameters before the rest parameter");
  const cell = ctx.listCell("rest");
  const operands: number[] = [];
  const spread: boolean[] = [];
  for (let i = rest; i < from; i++) {
    const before = plan[i] as Argument;
    if (before.from !== "operand") ctx.fail("RTS1205", "a tuple and a list are spread into one rest parameter");
    operands.push(before.from === "operand" ? before.index : 0);
    spread.push(false);
    ctx.merge(cell.item, types[i] as SomeValue, "rest argument");
  }
  for (let i = from; i < passed.types.length; i++) {
    const isSpread = passed.spread?.[i] === true;
    operands.push(passed.operands[i] ?? i);
    spread.push(isSpread);
    const type = passed.types[i] as SomeValue;
    ctx.merge(cell.item, isSpread ? iteratedItem(ctx, type) : type, "rest argument", passed.operands[i] ?? -1);
  }
  cell.resized = true;
  const kept = plan.slice(0, rest);
  kept.push({ from: "list", operands, spread, cell });
  return {
    shape: { count: rest + 1, restList: true },
    plan: kept,
    types: [...types.slice(0, rest), new SomeList(cell)],
  };
}

/** Number of arguments that any of these functions takes. */
export function maxParameters(functions: readonly FunctionDesc[]): number {
  let most = 0;
  for (const f of functions) {
    if (!(f instanceof UserFunction) && !(f instanceof ClosureFunction)) return Number.POSITIVE_INFINITY;
    if (restIndex(f.built.signature) >= 0) return Number.POSITIVE_INFINITY;
    most = Math.max(most, f.built.signature.parameters.length);
  }
  return most;
}
