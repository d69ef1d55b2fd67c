/**
 * Methods. A method that no known subclass overrides is called directly; otherwise all implementations below the
 * class that first declares it form a family, one slot of the vtable per call shape, and join it as soon as instances
 * of their class become possible.
 */
import { leadingInputs } from "./adapt.ts";
import { type Called, operandOf, type Passed, planArguments } from "./arguments.ts";
import { sharedCell, type TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import type { Member } from "./classtable.ts";
import {
  type CallShape,
  ClosureFunction,
  type FunctionSpecialization,
  type LiveFunction,
  shapeKey,
  VirtualFamily,
} from "./functions.ts";
import { POISON, SomeInstance } from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import type { ArgumentPlan, CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";
import type { Specializer } from "./specialize.ts";
import type { Why } from "./union.ts";

export class VirtualCalls {
  readonly #solver: Solver;
  readonly #specializer: Specializer;
  readonly #virtual = new Map<string, VirtualFamily>();
  readonly #receivers = new Map<ClassDesc, Set<VirtualFamily>>();
  readonly #overridden = new Map<ClassDesc, Map<string, number | "yes">>();
  #unifications = 0;

  constructor(solver: Solver, specializer: Specializer) {
    this.#solver = solver;
    this.#specializer = specializer;
  }

  get families(): Iterable<VirtualFamily> {
    return this.#virtual.values();
  }

  /** Calls a method or accessor of an instance. */
  call(
    ctx: OpContext,
    receiver: SomeInstance,
    name: string,
    accessor: "method" | "get" | "set",
    passed: Passed,
  ): Called {
    const desc = receiver.classDesc;
    const lexical = lexicalClass(ctx.specialization);
    const member = this.#solver.classes.member(desc, name, lexical);
    if (member === null) return ctx.fail("RTS1203", `${desc.name} has no method \`${name}\``, null, [0]);
    const live = implementationOf(member, accessor);
    if (live !== null && (name.startsWith("#") || !this.#isOverridden(desc, name, live))) {
      const intrinsic = this.#solver.world.intrinsicName(live);
      if (intrinsic !== null) return this.#solver.builtins.callIntrinsicMethod(ctx, live, intrinsic, receiver, passed);
      const f = this.#specializer.userFunction(live, member.owner);
      if (f === null) return { result: POISON, target: null };
      return ctx.solver.calls.callDirect(ctx, f, passed, receiver.nonNull());
    }
    return this.#callVirtual(ctx, desc, name, accessor, passed, live);
  }

  /** Do classes below `desc` have another implementation? Asked of the classes known so far; once yes, always. */
  #isOverridden(desc: ClassDesc, name: string, live: LiveFunction): boolean {
    let known = this.#overridden.get(desc);
    if (known === undefined) {
      known = new Map();
      this.#overridden.set(desc, known);
    }
    const version = this.#solver.classes.all.length + this.#unifications;
    const before = known.get(name);
    if (before !== undefined && (before === "yes" || before === version)) return before === "yes";
    let answer = false;
    for (const c of desc.subtree()) {
      const member = this.#solver.classes.member(c, name);
      if (member === null) continue;
      const own = anyImplementation(member);
      if (own !== null && !own.includes(live)) answer = true;
    }
    known.set(name, answer ? "yes" : version);
    return answer;
  }

  #callVirtual(
    ctx: OpContext,
    desc: ClassDesc,
    name: string,
    accessor: "method" | "get" | "set",
    passed: Passed,
    live: LiveFunction | null,
  ): Called {
    const sample = live === null ? null : this.#specializer.userFunction(live, desc);
    const signature = sample?.built.signature ?? null;
    const planned = planArguments(ctx, passed, signature, Number.POSITIVE_INFINITY);
    const family = this.#virtualFamily(desc, name, accessor, planned.shape);
    planned.types.forEach((type, i) => {
      ctx.merge(family.params[i] as TypeCell, type, `argument ${i + 1} of ${name}`, operandOf(planned, passed, i));
    });
    this.#addReceiver(family, desc);
    const result = ctx.read(family.result);
    const target: CallTarget = this.#devirtualized(family, desc, planned.plan);
    return { result, target };
  }

  /** A virtual call with one live implementation is a direct one. */
  #devirtualized(family: VirtualFamily, receiver: ClassDesc, plan: ArgumentPlan): CallTarget {
    let only: FunctionSpecialization | null = null;
    for (const c of receiver.subtree()) {
      if (!c.instantiated) continue;
      const runs = this.#implementation(family, c);
      if (runs === null) continue;
      if (only !== null && only !== runs)
        return { kind: "virtual", family, receiver: receiver.find(), bound: false, plan };
      only = runs;
    }
    if (only === null) return { kind: "virtual", family, receiver: receiver.find(), bound: false, plan };
    return { kind: "direct", specialization: only, environment: null, plan };
  }

  #implementation(family: VirtualFamily, c: ClassDesc): FunctionSpecialization | null {
    const member = this.#solver.classes.member(c, family.method);
    return member === null ? null : (family.members.get(member.owner.find()) ?? null);
  }

  #virtualFamily(desc: ClassDesc, name: string, accessor: "method" | "get" | "set", shape: CallShape): VirtualFamily {
    const owner = this.#solver.classes.topOwner(desc, name);
    const key = `${owner.find().id}.${name}.${accessor}.${shapeKey(shape)}`;
    let family = this.#virtual.get(key);
    if (family === undefined) {
      const params: TypeCell[] = [];
      for (let i = 0; i < shape.count; i++) params.push(sharedCell(`parameter ${i + 1} of ${owner.name}.${name}`));
      const result = sharedCell(`result of ${owner.name}.${name}`);
      family = new VirtualFamily(owner, name, accessor, shape, params, result);
      this.#virtual.set(key, family);
    }
    return family;
  }

  #addReceiver(family: VirtualFamily, receiver: ClassDesc): void {
    const c = receiver.find();
    if (family.receivers.has(c)) return;
    family.receivers.add(c);
    let families = this.#receivers.get(c);
    if (families === undefined) {
      families = new Set();
      this.#receivers.set(c, families);
    }
    families.add(family);
    for (const sub of c.subtree()) if (sub.instantiated) this.#addMember(family, sub);
  }

  #addMember(family: VirtualFamily, c: ClassDesc): void {
    const member = this.#solver.classes.member(c, family.method);
    if (member === null) return;
    const live = implementationOf(member, family.accessor);
    if (live === null) return;
    const owner = member.owner.find();
    const f = this.#specializer.userFunction(live, owner);
    if (f === null) return;
    let runs = family.members.get(owner);
    const why: Why = (type) => ({
      type,
      what: `method ${f.name}`,
      position: f.built.graph.position,
      from: null,
      cell: null,
    });
    if (runs === undefined) {
      runs = this.#specializer.specialization(f, family.shape, "", owner.environment, false);
      family.members.set(owner, runs);
      const leading = leadingInputs(runs.signature);
      family.params.forEach((p, i) => {
        this.#solver.unifier.unify(p, (runs as FunctionSpecialization).params[leading + i] as TypeCell);
      });
      this.#solver.unifier.unify(family.result, runs.result);
    }
    this.#solver.unifier.merge(runs.params[0] as TypeCell, new SomeInstance(c), why);
  }

  /** Instances of a class became possible: its methods join the families of calls on its bases. */
  classInstantiated(desc: ClassDesc): void {
    for (const c of desc.chain()) {
      for (const family of this.#receivers.get(c) ?? []) this.#addMember(family, desc);
    }
  }

  /** Two variants of a class, or two shapes, became one. */
  classesUnified(kept: ClassDesc, gone: ClassDesc): void {
    const { unifier, classes } = this.#solver;
    classes.forgetMembers();
    this.#unifications++;
    for (const family of [...this.#virtual.values()]) {
      if (family.owner !== gone && family.owner.find() !== kept) continue;
      const key = `${kept.id}.${family.method}.${family.accessor}.${shapeKey(family.shape)}`;
      const other = this.#virtual.get(key);
      if (other === undefined) {
        this.#virtual.set(key, family);
      } else if (other !== family) {
        family.params.forEach((p, i) => {
          unifier.unify(other.params[i] as TypeCell, p);
        });
        unifier.unify(other.result, family.result);
        for (const receiver of family.receivers) this.#addReceiver(other, receiver.find());
      }
    }
    for (const family of this.#receivers.get(gone) ?? []) this.#addReceiver(family, kept);
    if (kept.instantiated) this.classInstantiated(kept);
  }
}

/** The class whose code a specialization is, for the meaning of `#names`. */
export function lexicalClass(specialization: FunctionSpecialization): ClassDesc | null {
  let { desc } = specialization;
  while (desc instanceof ClosureFunction) desc = desc.enclosing.desc;
  return desc.owner?.find() ?? null;
}

function implementationOf(member: Member, accessor: "method" | "get" | "set"): LiveFunction | null {
  if (member.kind === "method") return accessor === "method" ? member.live : null;
  if (member.kind === "accessor") return accessor === "get" ? member.get : accessor === "set" ? member.set : null;
  return null;
}

function anyImplementation(member: Member): LiveFunction[] | null {
  if (member.kind === "method") return [member.live];
  if (member.kind !== "accessor") return null;
  return [member.get, member.set].filter((f) => f !== null);
}
