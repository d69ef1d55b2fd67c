/**
 * Families of function values: functions that meet at one call have, per call shape, one tuple of parameter types and
 * one result type. Their cells are unified, so that a call through a function object needs no conversions.
 */
import { leadingInputs } from "./adapt.ts";
import { type Called, maxParameters, operandOf, type Passed, planArguments } from "./arguments.ts";
import { sharedCell, type TypeCell } from "./cells.ts";
import {
  BoundMethod,
  BuiltinFunction,
  type CallShape,
  ClosureFunction,
  ExternalFunction,
  FamilyShape,
  type FunctionDesc,
  FunctionFamily,
  shapeKey,
  UserFunction,
} from "./functions.ts";
import { SomeInstance } from "./model.ts";
import type { OpContext } from "./opcontext.ts";

export class Families {
  /** Calls one of several functions. */
  call(ctx: OpContext, functions: readonly FunctionDesc[], passed: Passed): Called {
    const family = this.#familyOf(functions, ctx);
    const spreadTo = functions.find(
      (f): f is UserFunction | ClosureFunction => f instanceof UserFunction || f instanceof ClosureFunction,
    );
    const isSpread = passed.spread?.some((s) => s) ?? false;
    const planned = planArguments(
      ctx,
      passed,
      isSpread ? (spreadTo?.built.signature ?? null) : null,
      maxParameters([...family.members]),
    );
    const shape = this.#familyShape(family, planned.shape);
    planned.types.forEach((type, i) => {
      ctx.merge(shape.params[i] as TypeCell, type, `argument ${i + 1}`, operandOf(planned, passed, i));
    });
    for (const member of [...family.members]) this.#joinFamily(ctx, shape, member);
    return {
      result: ctx.read(shape.result),
      target: { kind: "family", family, shape: planned.shape, plan: planned.plan },
    };
  }

  #familyOf(functions: readonly FunctionDesc[], ctx: OpContext): FunctionFamily {
    let family = (functions[0] as FunctionDesc).family?.find() ?? null;
    if (family === null) {
      family = new FunctionFamily();
      family.members.add(functions[0] as FunctionDesc);
      (functions[0] as FunctionDesc).family = family;
    }
    for (const f of functions.slice(1)) {
      const other: FunctionFamily | null = f.family?.find() ?? null;
      if (other === null) {
        family.members.add(f);
        f.family = family;
      } else if (other !== family) {
        this.#mergeFamilies(ctx, family, other);
      }
    }
    return family;
  }

  #mergeFamilies(ctx: OpContext, kept: FunctionFamily, gone: FunctionFamily): void {
    gone.forwardTo(kept);
    for (const m of gone.members) kept.members.add(m);
    for (const [key, shape] of gone.shapes) {
      const own = kept.shapes.get(key);
      if (own === undefined) {
        kept.shapes.set(key, shape);
        continue;
      }
      for (const [member, runs] of shape.members) own.members.set(member, runs);
      shape.params.forEach((p, i) => {
        ctx.unify(own.params[i] as TypeCell, p, "argument of functions in one table");
      });
      ctx.unify(own.result, shape.result, "result of functions in one table");
    }
  }

  #familyShape(family: FunctionFamily, shape: CallShape): FamilyShape {
    const key = shapeKey(shape);
    let found = family.shapes.get(key);
    if (found === undefined) {
      const params: TypeCell[] = [];
      for (let i = 0; i < shape.count; i++)
        params.push(sharedCell(`parameter ${i + 1} of functions called at one place`));
      found = new FamilyShape(shape, params, sharedCell("result of functions called at one place"));
      family.shapes.set(key, found);
    }
    return found;
  }

  #joinFamily(ctx: OpContext, shape: FamilyShape, member: FunctionDesc): void {
    if (member instanceof BuiltinFunction || member instanceof ExternalFunction) {
      shape.members.set(member, "builtin");
      const called = ctx.solver.builtins.callFunction(ctx, member, {
        types: shape.params.map((p) => ctx.read(p)),
        operands: [],
        spread: null,
      });
      ctx.merge(shape.result, called.result, `result of ${member.name}`);
      return;
    }
    if (member instanceof BoundMethod) {
      this.#joinBound(ctx, shape, member);
      return;
    }
    if (shape.members.has(member) || !(member instanceof UserFunction || member instanceof ClosureFunction)) return;
    if (member.built.signature.hasThis) ctx.fail("RTS1204", `method ${member.name} is called without its object`);
    const { specializer } = ctx.solver.calls;
    const made = specializer.specialization(member, shape.shape, "", specializer.environmentOf(member), false);
    shape.members.set(member, made);
    const leading = leadingInputs(made.signature);
    shape.params.forEach((p, i) => {
      ctx.unify(p, made.params[leading + i] as TypeCell, `parameter ${i + 1} of ${member.name}`);
    });
    ctx.unify(shape.result, made.result, `result of ${member.name}`);
  }

  #joinBound(ctx: OpContext, shape: FamilyShape, member: BoundMethod): void {
    const receiver = ctx.read(member.receiver);
    if (!(receiver instanceof SomeInstance)) return;
    const types = shape.params.map((p) => ctx.read(p));
    const called = ctx.solver.calls.callMethod(ctx, receiver, member.method, "method", {
      types,
      operands: [],
      spread: null,
    });
    if (called.target?.kind === "direct") {
      shape.members.set(member, called.target.specialization);
      ctx.unify(shape.result, called.target.specialization.result, `result of ${member.name}`);
    } else if (called.target?.kind === "virtual") {
      const { family } = called.target;
      shape.members.set(member, family);
      family.params.forEach((p, i) => {
        if (i < shape.params.length) ctx.unify(shape.params[i] as TypeCell, p, `parameter ${i + 1} of ${member.name}`);
      });
      ctx.unify(shape.result, family.result, `result of ${member.name}`);
    }
  }
}
