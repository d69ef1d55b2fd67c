/** Calls, `new`, `super`: from operations to what `calls.ts` and `builtins.ts` resolve. */

import { Node } from "ts-morph";
import { FuncType, Ptr } from "../../rtyper/lltype/types.ts";
import type { SpreadMask } from "../../translator/flow/description.ts";
import type { Called, Passed } from "../arguments.ts";
import { TypeCell } from "../cells.ts";
import type { ClassDesc } from "../classes.ts";
import { contextualType } from "../context.ts";
import type { DeclaredType } from "../declared.ts";
import type { FunctionSpecialization, LiveFunction } from "../functions.ts";
import {
  isBottom,
  NOTHING,
  POISON,
  SomeClass,
  SomeFunction,
  SomeInstance,
  SomePtr,
  type SomeValue,
  UNDEFINED,
} from "../model.ts";
import type { OpContext, Transfer } from "../opcontext.ts";
import { someOfLowType } from "../scalars.ts";
import { explicitTypeArguments } from "../specialize.ts";
import { isStringCall } from "../state.ts";
import { lexicalClass } from "../virtual.ts";
import { textOf } from "./convert.ts";
import { requireText } from "./kinds.ts";

/** Operands from `first` on as arguments. */
function passedFrom(ctx: OpContext, first: number, mask: SpreadMask | null = null): Passed {
  const types: SomeValue[] = [];
  const operands: number[] = [];
  for (let i = first; i < ctx.count; i++) {
    types.push(ctx.arg(i));
    operands.push(i);
  }
  return { types, operands, spread: mask?.spread ?? null };
}

function done(ctx: OpContext, called: Called): SomeValue {
  if (called.target !== null) ctx.target(called.target);
  return called.result;
}

function call(ctx: OpContext, passed: Passed): SomeValue {
  const f = ctx.arg(0);
  if (f instanceof SomePtr) return callPointer(ctx, f);
  // `String(x)` is what a template literal does: the operation is rewritten when graphs are cleaned.
  if (isStringCall(ctx.op)) return textOf(ctx, ctx.arg(1), 1);
  if (f.kind === "host") {
    const made = ctx.solver.builtins.construct(ctx, f.constant?.value, passed);
    if (made !== null) return done(ctx, made);
  }
  return done(ctx, ctx.solver.calls.callValue(ctx, f, passed));
}

/** A function address that a helper was given. */
function callPointer(ctx: OpContext, f: SomePtr): SomeValue {
  const to = f.lltype instanceof Ptr ? f.lltype.to : f.lltype;
  if (!(to instanceof FuncType)) return ctx.fail("RTS1204", `${f.toText()} is called`);
  ctx.target({ kind: "pointer" });
  return someOfLowType(to.result);
}

function callMethod(ctx: OpContext, passed: Passed): SomeValue {
  const s = ctx.arg(0);
  const name = ctx.constant<string>(1);
  if (s.kind === "nothing") return NOTHING;
  const { solver } = ctx;
  if (s instanceof SomeInstance) return instanceMethod(ctx, s, name, passed);
  const builtin = solver.builtins.callMethod(ctx, s, name, passed);
  if (builtin !== null) return done(ctx, builtin);
  if (s.kind === "host" || s.kind === "function" || s.kind === "class") return hostMethod(ctx, s, name, passed);
  if (s instanceof SomePtr) {
    const made = solver.builtins.callMethod(ctx, s, name, passed);
    if (made !== null) return done(ctx, made);
  }
  return ctx.fail("RTS1203", `${s.toText()} has no method \`${name}\``, builtinHelp(name), [0]);
}

function builtinHelp(name: string): string | null {
  if (name === "next") return "drive iterators with for…of";
  return null;
}

function instanceMethod(ctx: OpContext, s: SomeInstance, name: string, passed: Passed): SomeValue {
  const { solver } = ctx;
  const member = solver.classes.member(s.classDesc, name, lexicalClass(ctx.specialization));
  if (member?.kind === "field" || member?.kind === "accessor") return callMember(ctx, s, name, member.kind, passed);
  if (member === null && name === "toString" && s.classDesc.isSubclassOf(solver.classes.descOf(Error))) {
    ctx.target({ kind: "builtin", name: "error.toString", operands: [0], spread: null, callbacks: new Map() });
    return solver.prebuilt.typeOf("text").withoutConstant();
  }
  const live = member?.kind === "method" ? member.live : null;
  return ownSelf(ctx, s, live, done(ctx, solver.calls.callMethod(ctx, s, name, "method", passed)));
}

/** A method whose result type is `this` gives its receiver, whose class the caller may know better. */
function ownSelf(ctx: OpContext, self: SomeInstance, live: LiveFunction | null, result: SomeValue): SomeValue {
  if (live === null || !(result instanceof SomeInstance)) return result;
  const [given, own] = [result.classDesc, self.classDesc];
  if (given === own || !own.isSubclassOf(given) || !ctx.solver.world.returnsThis(live)) return result;
  return self.withoutConstant().withNulls(result.nulls);
}

/** A field or getter that holds a function. */
function callMember(
  ctx: OpContext,
  s: SomeInstance,
  name: string,
  kind: "field" | "accessor",
  passed: Passed,
): SomeValue {
  const { solver } = ctx;
  if (kind === "accessor") {
    const got = solver.calls.callMethod(ctx, s, name, "get", { types: [], operands: [], spread: null });
    const called = solver.calls.callValue(ctx, got.result, passed);
    if (got.target !== null && called.target !== null)
      ctx.target({ kind: "getterCall", get: got.target, call: called.target });
    return called.result;
  }
  const member = solver.classes.member(s.classDesc, name, lexicalClass(ctx.specialization));
  if (member === null) return POISON;
  const field = solver.classes.field(member.owner, name);
  const called = solver.calls.callValue(ctx, ctx.read(field.cell), passed);
  if (called.target !== null) ctx.target({ kind: "fieldCall", field, call: called.target });
  return called.result;
}

/** `Math.floor(x)`, `Number.isInteger(x)`, `C.staticMethod()`, `namespace.f()`: a constant function of a constant object. */
function hostMethod(ctx: OpContext, s: SomeValue, name: string, passed: Passed): SomeValue {
  const { solver } = ctx;
  const host = s.constant?.value;
  if (s instanceof SomeClass) return staticMethod(ctx, s, name, passed);
  if (s instanceof SomeFunction && (name === "call" || name === "apply" || name === "bind")) {
    return ctx.fail(
      "RTS1011",
      `\`${name}\` of a function is not available at run time`,
      "call it directly, or use an arrow function",
    );
  }
  if ((typeof host !== "object" && typeof host !== "function") || host === null || !Reflect.has(host, name)) {
    return ctx.fail("RTS1203", `${s.toText()} has no method \`${name}\``, null, [0]);
  }
  const f: unknown = Reflect.get(host, name);
  const known = typeof f === "function" ? solver.builtins.functionValue(f) : null;
  if (known === null) return ctx.fail("RTS1011", `\`${s.describe()}.${name}\` is not available at run time`);
  return done(ctx, solver.calls.callValue(ctx, known, passed));
}

/** `cls.method()` of a class value; one class or several with methods that agree. */
function staticMethod(ctx: OpContext, s: SomeClass, name: string, passed: Passed): SomeValue {
  const { solver } = ctx;
  let functions: SomeValue = NOTHING;
  for (const c of s.classes) {
    const f: unknown = Reflect.get(c.find().liveClass as unknown as object, name);
    if (typeof f !== "function") return ctx.fail("RTS1203", `${c.name} has no static method \`${name}\``, null, [0]);
    const known = solver.builtins.functionValue(f);
    if (known === null) return ctx.fail("RTS1011", `\`${c.name}.${name}\` is not available at run time`);
    functions = ctx.union(functions, known);
  }
  return done(ctx, solver.calls.callValue(ctx, functions, passed));
}

function make(ctx: OpContext, passed: Passed): SomeValue {
  const cls = ctx.arg(0);
  if (cls.kind === "nothing") return NOTHING;
  const { solver } = ctx;
  const live = cls.constant?.value;
  const builtin = solver.builtins.construct(ctx, live, passed);
  if (builtin !== null) return done(ctx, builtin);
  if (!(cls instanceof SomeClass)) return ctx.fail("RTS1204", `\`new\` of ${cls.toText()}`, null, [0]);
  if (cls.classes.length === 1) return makeOne(ctx, cls.classes[0] as ClassDesc, passed);
  return makeOneOf(ctx, cls, passed);
}

function makeOne(ctx: OpContext, plain: ClassDesc, passed: Passed): SomeValue {
  const { solver } = ctx;
  const desc = variantFor(ctx, plain);
  solver.classes.markInstantiated(desc);
  const self = new SomeInstance(desc);
  const constructed = constructWith(ctx, desc, self, passed);
  if (constructed === "failed") return POISON;
  ctx.target({
    kind: "new",
    classDesc: desc.find(),
    construct: constructed,
    errorInit: errorInit(ctx, desc, constructed, passed),
  });
  if (constructed !== null && isBottom(ctx.read(constructed.specialization.result))) return NOTHING;
  return new SomeInstance(desc.find());
}

function constructWith(
  ctx: OpContext,
  desc: ClassDesc,
  self: SomeValue,
  passed: Passed,
): ReturnType<OpContext["solver"]["calls"]["construct"]> {
  return ctx.solver.calls.construct(ctx, desc, self, passed);
}

/** An error class without constructor of its own stores the message that `new` was given. */
function errorInit(
  ctx: OpContext,
  desc: ClassDesc,
  constructed: object | null,
  passed: Passed,
): readonly number[] | null {
  if (constructed !== null || !desc.isSubclassOf(ctx.solver.classes.descOf(Error))) return null;
  initError(ctx, desc, passed);
  return passed.operands;
}

function initError(ctx: OpContext, desc: ClassDesc, passed: Passed): void {
  const { classes } = ctx.solver;
  const error = classes.descOf(Error);
  const message = passed.types[0];
  if (message !== undefined && message.kind !== "nothing")
    requireText(ctx, message, "message of an error", passed.operands[0]);
  const options = passed.types[1];
  if (options instanceof SomeInstance && classes.member(options.classDesc, "cause") !== null) {
    const cause = ctx.read(classes.field(options.classDesc, "cause").cell);
    ctx.merge(classes.field(error, "cause").cell, cause, "cause of an error");
  }
  void desc;
}

/** The variant of a generic class that `new` makes: by type arguments where the source gives them. */
function variantFor(ctx: OpContext, plain: ClassDesc): ClassDesc {
  const live = plain.find().liveClass as unknown as LiveFunction;
  const { classes, world, types } = ctx.solver;
  if (!classes.isGeneric(live)) return plain.find();
  const count = classes.typeParameters(live).length;
  const explicit = explicitTypeArguments(ctx, count);
  if (explicit?.every((t) => t.kind !== "unknown")) return classes.descOf(live, explicit);
  const node = world.nodeAt(ctx.op.position);
  for (let n = node; n !== null; n = n.getParent() ?? null) {
    if (!Node.isNewExpression(n)) continue;
    const declared: DeclaredType | null = contextualType(types, n, ctx.specialization.environment);
    if (declared?.kind === "instance" && (classes.liveOf(declared.declaration) as unknown) === live) {
      if (declared.typeArguments.length === count && declared.typeArguments.every((t) => t.kind !== "unknown")) {
        return classes.descOf(live, declared.typeArguments);
      }
    }
    break;
  }
  return classes.openVariant(live, ctx.op);
}

/** `new cls(…)` of one of several classes: their constructors share parameters. */
function makeOneOf(ctx: OpContext, cls: SomeClass, passed: Passed): SomeValue {
  const { solver } = ctx;
  const classes = new Map<ClassDesc, FunctionSpecialization | null>();
  let result: SomeValue = NOTHING;
  let first: FunctionSpecialization | null = null;
  let plan: import("../result.ts").ArgumentPlan = [];
  for (const c of cls.classes) {
    const desc = c.find();
    solver.classes.markInstantiated(desc);
    const constructed = constructWith(ctx, desc, new SomeInstance(desc), passed);
    if (constructed === "failed") return POISON;
    const runs = constructed?.specialization ?? null;
    classes.set(desc, runs);
    plan = constructed?.plan ?? plan;
    result = ctx.union(result, new SomeInstance(desc));
    if (runs === null) continue;
    if (first === null) first = runs;
    else {
      const other = first;
      runs.params.slice(1).forEach((p, i) => {
        const mine = other.params[i + 1];
        if (mine instanceof TypeCell) ctx.unify(mine, p, `parameter ${i + 1} of a constructor`);
      });
    }
  }
  ctx.target({ kind: "newFamily", classes, plan });
  return result;
}

// ---- super

/** The description of class `live` as a base of the object. */
function baseOf(ctx: OpContext, live: LiveFunction, self: SomeValue): ClassDesc {
  if (self instanceof SomeInstance)
    for (const c of self.classDesc.chain()) if ((c.liveClass as unknown) === live) return c;
  return ctx.solver.classes.descOf(live);
}

function superInit(ctx: OpContext, selfIndex: number, mask: SpreadMask | null): SomeValue {
  const live = ctx.constant<LiveFunction>(0);
  const self = ctx.arg(selfIndex);
  const passed = passedFrom(ctx, selfIndex + 1, mask);
  if (self.kind === "nothing") return NOTHING;
  const desc = baseOf(ctx, live, self);
  const constructed = constructWith(ctx, desc, self.nonNull(), passed);
  if (constructed === "failed") return POISON;
  if (constructed !== null) {
    ctx.target(constructed);
    return isBottom(ctx.read(constructed.specialization.result)) ? NOTHING : UNDEFINED;
  }
  if (desc.isSubclassOf(ctx.solver.classes.descOf(Error))) {
    initError(ctx, desc, passed);
    ctx.target({
      kind: "builtin",
      name: "error.init",
      operands: [selfIndex, ...passed.operands],
      spread: null,
      callbacks: new Map(),
    });
  } else {
    ctx.target({ kind: "constant" });
  }
  return UNDEFINED;
}

function superMember(
  ctx: OpContext,
  accessor: "method" | "get" | "set",
  selfIndex: number,
  mask: SpreadMask | null,
): SomeValue {
  const live = ctx.constant<LiveFunction>(0);
  const name = ctx.constant<string>(1);
  const self = ctx.arg(selfIndex);
  if (!(self instanceof SomeInstance))
    return self.kind === "nothing" ? NOTHING : superStatic(ctx, live, name, selfIndex, mask);
  const desc = baseOf(ctx, live, self);
  const member = ctx.solver.classes.member(desc, name);
  const target =
    member === null
      ? null
      : accessor === "method"
        ? member.kind === "method"
          ? member.live
          : null
        : member.kind === "accessor"
          ? member[accessor]
          : null;
  if (member === null || target === null)
    return ctx.fail("RTS1203", `${desc.name} has no implementation of \`${name}\``);
  const f = ctx.solver.calls.userFunction(target, member.owner);
  if (f === null) return POISON;
  const result = done(ctx, ctx.solver.calls.callDirect(ctx, f, passedFrom(ctx, selfIndex + 1, mask), self.nonNull()));
  return accessor === "method" ? ownSelf(ctx, self, target, result) : result;
}

/** `super.f()` in a static method. */
function superStatic(
  ctx: OpContext,
  live: LiveFunction,
  name: string,
  selfIndex: number,
  mask: SpreadMask | null,
): SomeValue {
  const f: unknown = Reflect.get(live, name);
  const known = typeof f === "function" ? ctx.solver.builtins.functionValue(f) : null;
  if (known === null) return ctx.fail("RTS1203", `${live.name} has no static method \`${name}\``);
  return done(ctx, ctx.solver.calls.callValue(ctx, known, passedFrom(ctx, selfIndex + 1, mask)));
}

export const CALLS: Readonly<Record<string, Transfer>> = {
  call: (ctx) => call(ctx, passedFrom(ctx, 1)),
  call_spread: (ctx) => call(ctx, passedFrom(ctx, 2, ctx.constant<SpreadMask>(1))),
  call_method: (ctx) => callMethod(ctx, passedFrom(ctx, 2)),
  call_method_spread: (ctx) => callMethod(ctx, passedFrom(ctx, 3, ctx.constant<SpreadMask>(2))),
  new: (ctx) => make(ctx, passedFrom(ctx, 1)),
  new_spread: (ctx) => make(ctx, passedFrom(ctx, 2, ctx.constant<SpreadMask>(1))),
  super_init: (ctx) => superInit(ctx, 1, null),
  super_init_spread: (ctx) => superInit(ctx, 2, ctx.constant<SpreadMask>(1)),
  super_method: (ctx) => superMember(ctx, "method", 2, null),
  super_method_spread: (ctx) => superMember(ctx, "method", 3, ctx.constant<SpreadMask>(2)),
  super_getattr: (ctx) => superMember(ctx, "get", 2, null),
  super_setattr: (ctx) => superMember(ctx, "set", 2, null),
};
