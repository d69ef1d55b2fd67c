/**
 * Calls: from what is called to the specializations that run. Arguments flow into parameter cells, results are read
 * from result cells, so call sites and callees wake each other.
 */
import { leadingInputs } from "./adapt.ts";
import { type Called, operandOf, type Passed, type Planned, planArguments } from "./arguments.ts";
import { TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import { Families } from "./families.ts";
import {
  BoundMethod,
  type BuiltinFunction,
  ClosureFunction,
  type ExternalFunction,
  type FunctionDesc,
  type FunctionSpecialization,
  type LiveFunction,
  UserFunction,
} from "./functions.ts";
import { BOOL, NOTHING, POISON, SomeFunction, SomeInstance, type SomeValue } from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import type { DirectTarget } from "./result.ts";
import type { Solver } from "./solve.ts";
import { Specializer } from "./specialize.ts";
import { VirtualCalls } from "./virtual.ts";

export class Calls {
  readonly #solver: Solver;
  readonly #families = new Families();
  readonly specializer: Specializer;
  readonly virtual: VirtualCalls;
  readonly #boundLive = new Map<LiveFunction, Map<unknown, BoundMethod>>();

  constructor(solver: Solver, isHelperFile: (file: string) => boolean) {
    this.#solver = solver;
    this.specializer = new Specializer(solver, isHelperFile);
    this.virtual = new VirtualCalls(solver, this.specializer);
    solver.classes.onInstantiated = (desc) => this.virtual.classInstantiated(desc);
  }

  /** All specializations in order of creation. */
  get all(): readonly FunctionSpecialization[] {
    return this.specializer.all;
  }

  /** The description of a live function; null when it has no graph (that was reported). */
  userFunction(live: LiveFunction, owner: ClassDesc | null): UserFunction | null {
    return this.specializer.userFunction(live, owner);
  }

  /** The copy of a run-time helper for these arguments. */
  helper(live: LiveFunction, args: readonly SomeValue[]): FunctionSpecialization {
    const f = this.userFunction(live, null);
    if (f === null) throw new Error(`annotator: helper ${live.name} has no graph`);
    const made = this.specializer.forHelper(f, args);
    const leading = leadingInputs(made.signature);
    args.forEach((type, i) => {
      const cell = made.params[leading + i] as TypeCell;
      this.#solver.unifier.merge(cell, type, (t) => ({
        type: t,
        what: `argument ${i + 1} of ${f.name}`,
        position: null,
        from: null,
        cell: null,
      }));
    });
    return made;
  }

  /** The class that a live method belongs to, when it is met as a plain function value. */
  ownerOf(live: LiveFunction): ClassDesc | null {
    const cls = this.#solver.world.ownerClass(live);
    return cls === null ? null : this.#solver.classes.descOf(cls as unknown as LiveFunction);
  }

  /** A method bound to a live object at import time; null when it is no method of its class. */
  boundLive(target: LiveFunction, receiver: unknown): SomeValue | null {
    if (typeof receiver !== "object" || receiver === null) return null;
    const type = this.#solver.prebuilt.typeOf(receiver);
    if (!(type instanceof SomeInstance)) return null;
    let byReceiver = this.#boundLive.get(target);
    if (byReceiver === undefined) {
      byReceiver = new Map();
      this.#boundLive.set(target, byReceiver);
    }
    let bound = byReceiver.get(receiver);
    if (bound === undefined) {
      const cell = new TypeCell(`object of method ${target.name}`, null, true);
      cell.pending = null;
      cell.value = type;
      bound = new BoundMethod(cell, target.name.replace(/^bound /, ""));
      byReceiver.set(receiver, bound);
    }
    return new SomeFunction([bound]);
  }

  /** Two variants of a class, or two shapes, became one. */
  classesUnified(kept: ClassDesc, gone: ClassDesc): void {
    this.virtual.classesUnified(kept, gone);
  }

  /** Calls a function value. */
  callValue(ctx: OpContext, callee: SomeValue, passed: Passed): Called {
    if (callee.kind === "nothing" || callee.kind === "poison") {
      return { result: callee.kind === "poison" ? POISON : NOTHING, target: null };
    }
    if (!(callee instanceof SomeFunction))
      return ctx.fail("RTS1204", `${callee.toText()} is called, which is not a function`, null, [0]);
    const { functions } = callee;
    if (functions.length === 1) return this.#callOne(ctx, functions[0] as FunctionDesc, passed);
    return this.#families.call(ctx, functions, passed);
  }

  /** A step of any generator, for the family that all steps are. */
  #anyStep: FunctionDesc | null = null;

  /** Has steps of generators called, by whoever iterates. */
  callStep(ctx: OpContext, steps: readonly FunctionDesc[]): void {
    this.#anyStep ??= steps[0] ?? null;
    if (this.#anyStep === null) return;
    const all = [...new Set([this.#anyStep, ...steps])];
    this.#families.call(ctx, all, { types: [BOOL], operands: [], spread: null });
  }

  #callOne(ctx: OpContext, desc: FunctionDesc, passed: Passed): Called {
    if (desc instanceof UserFunction || desc instanceof ClosureFunction) {
      if (desc.built.signature.hasThis) return ctx.fail("RTS1204", `method ${desc.name} is called without its object`);
      return this.callDirect(ctx, desc, passed, null);
    }
    if (desc instanceof BoundMethod) {
      const receiver = ctx.read(desc.receiver);
      if (receiver.kind === "nothing") return { result: NOTHING, target: null };
      if (!(receiver instanceof SomeInstance))
        return ctx.fail("RTS1204", `method ${desc.method} of ${receiver.toText()} as a value`);
      const called = this.callMethod(ctx, receiver, desc.method, "method", passed);
      const target = called.target;
      if (target?.kind === "direct") return { ...called, target: { ...target, environment: desc } };
      if (target?.kind === "virtual") return { ...called, target: { ...target, bound: true } };
      return called;
    }
    return ctx.solver.builtins.callFunction(ctx, desc as BuiltinFunction | ExternalFunction, passed);
  }

  /** Calls one known function with a graph; `self` is its `this` where it has one. */
  callDirect(ctx: OpContext, desc: UserFunction | ClosureFunction, passed: Passed, self: SomeValue | null): Called {
    const { signature } = desc.built;
    const planned = planArguments(ctx, passed, signature, signature.parameters.length);
    const target = this.specializer.forCall(ctx, desc, planned);
    this.#passArguments(ctx, target, planned, passed, self);
    const direct: DirectTarget = {
      kind: "direct",
      specialization: target,
      environment: desc instanceof ClosureFunction ? desc : null,
      plan: planned.plan,
    };
    return { result: ctx.read(target.result), target: direct };
  }

  #passArguments(
    ctx: OpContext,
    target: FunctionSpecialization,
    planned: Planned,
    passed: Passed,
    self: SomeValue | null,
  ): void {
    const leading = leadingInputs(target.signature);
    if (self !== null && target.signature.hasThis)
      ctx.merge(target.params[0] as TypeCell, self, `this of ${target.desc.name}`, -1);
    planned.types.forEach((type, i) => {
      const operand = operandOf(planned, passed, i);
      ctx.merge(target.params[leading + i] as TypeCell, type, `argument ${i + 1} of ${target.desc.name}`, operand);
    });
  }

  /** Calls a method or accessor of an instance. */
  callMethod(
    ctx: OpContext,
    receiver: SomeInstance,
    name: string,
    accessor: "method" | "get" | "set",
    passed: Passed,
  ): Called {
    return this.virtual.call(ctx, receiver, name, accessor, passed);
  }

  /** Runs the constructor of `desc` on `self`; the target is null when nothing has to run. */
  construct(ctx: OpContext, desc: ClassDesc, self: SomeValue, passed: Passed): DirectTarget | null | "failed" {
    const c = desc.find();
    const live = c.liveClass;
    if (live === null) return null;
    const f = this.specializer.constructorOf(c);
    if (f === null) return this.specializer.failed.has(live) ? "failed" : null;
    const called = this.callDirect(ctx, f, passed, self);
    return called.target as DirectTarget;
  }
}
