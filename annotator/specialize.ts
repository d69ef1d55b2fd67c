/**
 * Specializations: which copy of a function a call runs. One per call shape; for generic functions one per tuple of
 * argument types, for run-time helpers one per types of all arguments, and as the `specialize` hints ask.
 */
import { Node } from "ts-morph";
import { hintsOfFunction } from "../rlib/hints.ts";
import { DiagnosticError } from "../translator/diagnostics/report.ts";
import { copyGraph } from "../translator/flow/copy.ts";
import type { BuiltFunction, FunctionSignature } from "../translator/flow/description.ts";
import { adaptGraph, restIndex } from "./adapt.ts";
import type { Planned } from "./arguments.ts";
import { TypeCell } from "./cells.ts";
import type { ClassDesc, LiveClass } from "./classes.ts";
import { type DeclaredType, NO_TYPES, type TypeEnvironment } from "./declared.ts";
import { Mistake } from "./errors.ts";
import {
  type CallShape,
  ClosureFunction,
  FunctionSpecialization,
  type LiveFunction,
  shapeKey,
  UserFunction,
} from "./functions.ts";
import type { SomeValue } from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import type { Solver } from "./solve.ts";
import { constantKey, typeKey } from "./typekey.ts";

/** More copies than this of one function are a mistake of the program. */
const MAX_COPIES = 500;

export class Specializer {
  readonly #solver: Solver;
  readonly #isHelperFile: (file: string) => boolean;
  readonly #functions = new Map<LiveFunction, Map<ClassDesc | null, UserFunction | null>>();
  readonly #constructors = new Map<ClassDesc, UserFunction | null>();
  readonly #built = new Map<object, BuiltFunction | null>();
  /** All specializations in order of creation. */
  readonly all: FunctionSpecialization[] = [];

  constructor(solver: Solver, isHelperFile: (file: string) => boolean) {
    this.#solver = solver;
    this.#isHelperFile = isHelperFile;
  }

  /** The description of a live function; null when it has no graph (that was reported). */
  userFunction(live: LiveFunction, owner: ClassDesc | null): UserFunction | null {
    let byOwner = this.#functions.get(live);
    if (byOwner === undefined) {
      byOwner = new Map();
      this.#functions.set(live, byOwner);
    }
    const key = owner?.find() ?? null;
    let found = byOwner.get(key);
    if (found === undefined) {
      const built = this.#build(live, () => this.#solver.world.build(live));
      found = built === null ? null : new UserFunction(built.graph.name, live, built, key);
      byOwner.set(key, found);
    }
    return found;
  }

  /** The constructor of a class, or null when nothing has to run. */
  constructorOf(desc: ClassDesc): UserFunction | null {
    const c = desc.find();
    let found = this.#constructors.get(c);
    if (found === undefined) {
      const live = c.liveClass as LiveClass;
      const built = this.#build(live, () => this.#solver.world.buildConstructor(live));
      found =
        built === null ? null : new UserFunction(`${c.name}.constructor`, live as unknown as LiveFunction, built, c);
      this.#constructors.set(c, found);
    }
    return found;
  }

  #build(key: object, build: () => BuiltFunction | null): BuiltFunction | null {
    let built = this.#built.get(key);
    if (built === undefined) {
      try {
        built = build();
      } catch (e) {
        if (!(e instanceof DiagnosticError)) throw e;
        const { diagnostic } = e;
        const position = diagnostic.position;
        this.#solver.record({ specialization: null, position, operand: null, what: "", mistake: diagnostic });
        built = null;
        this.failed.add(key);
      }
      this.#built.set(key, built);
    }
    return built;
  }

  /** Functions and classes whose graph could not be built; their diagnostics were recorded. */
  readonly failed = new Set<object>();

  /** The specialization of a function for a call shape and key, made when it is new. */
  specialization(
    desc: UserFunction | ClosureFunction,
    shape: CallShape,
    extraKey: string,
    environment: TypeEnvironment,
    isHelper: boolean,
  ): FunctionSpecialization {
    const key = `${shapeKey(shape)}${extraKey === "" ? "" : ` ${extraKey}`}`;
    const known = desc.specializations.get(key);
    if (known !== undefined) return known;
    if (desc.specializations.size >= MAX_COPIES) {
      throw new Mistake("RTS1208", `${desc.name} is specialized for ever more types`);
    }
    const name = this.#nameOf(desc, extraKey);
    const { signature } = desc.built;
    const { graph } = copyGraph(desc.built.graph, name);
    adaptGraph(graph, signature, shape);
    const params = this.#paramCells(desc, signature, shape, environment, name);
    const result = new TypeCell(`result of ${desc.name}`, graph.position, true);
    if (signature.returns !== null && signature.kind !== "constructor" && signature.kind !== "generator") {
      const declared = this.#solver.types.resolve(signature.returns.node, environment);
      if (declared.constrains || declared.nulls === 0) result.declared = declared.constrains ? declared : null;
    }
    const made = new FunctionSpecialization(name, desc, key, shape, graph, params, result, environment, isHelper);
    desc.specializations.set(key, made);
    this.all.push(made);
    this.#solver.addSpecialization(made);
    return made;
  }

  #nameOf(desc: UserFunction | ClosureFunction, extraKey: string): string {
    const count = desc.specializations.size;
    const owner = desc instanceof UserFunction ? desc.owner : null;
    const base =
      owner !== null && owner.typeArguments.length > 0 ? `${owner.name}.${desc.name.split(".").at(-1)}` : desc.name;
    if (desc instanceof ClosureFunction && desc.enclosing.name !== desc.enclosing.desc.name) {
      return `${desc.enclosing.name}.${base}`;
    }
    return count === 0 && extraKey === "" ? base : `${base}'${count + 1}`;
  }

  #paramCells(
    desc: UserFunction | ClosureFunction,
    signature: FunctionSignature,
    shape: CallShape,
    environment: TypeEnvironment,
    name: string,
  ): TypeCell[] {
    const { position } = desc.built.graph;
    const cells: TypeCell[] = [];
    if (signature.hasThis) cells.push(new TypeCell(`this of ${name}`, position, true));
    if (desc instanceof ClosureFunction) cells.push(...desc.captures);
    const rest = restIndex(signature);
    for (let i = 0; i < shape.count; i++) {
      const parameter = signature.parameters[rest >= 0 && i > rest ? rest : i];
      const cell = new TypeCell(`parameter ${parameter?.name ?? i + 1} of ${desc.name}`, position, true);
      if (parameter !== undefined && parameter.type !== null && (!parameter.rest || shape.restList)) {
        const declared = this.#solver.types.resolve(parameter.type.node, environment);
        const full = parameter.optional ? this.#solver.types.withNulls(declared, 2) : declared;
        cell.declared = full.constrains || full.nulls === 0 ? full : null;
      }
      cells.push(cell);
    }
    return cells;
  }

  /** The copy of a run-time helper for these argument types. */
  forHelper(desc: UserFunction, types: readonly SomeValue[]): FunctionSpecialization {
    const shape = { count: types.length, restList: false };
    return this.specialization(desc, shape, helperKey(types), NO_TYPES, true);
  }

  /** The copy of a function for these arguments: per types for generic functions and helpers, else one. */
  forCall(ctx: OpContext, desc: UserFunction | ClosureFunction, planned: Planned): FunctionSpecialization {
    const isHelper = desc instanceof UserFunction && this.#isHelperFile(this.#solver.world.fileOf(desc.live));
    const { signature } = desc.built;
    const outer = this.environmentOf(desc);
    if (isHelper) return this.specialization(desc, planned.shape, helperKey(planned.types), outer, true);
    let key = this.#variantKey(signature, planned.types);
    let environment = outer;
    if (signature.typeParameters.length > 0) {
      const explicit = explicitTypeArguments(ctx, signature.typeParameters.length);
      if (explicit !== null) {
        environment = this.#solver.types.environment(signature.typeParameters, explicit, outer);
        key = `<${explicit.map((t) => t.text).join(", ")}>`;
      } else {
        environment = this.#solver.types.environment(signature.typeParameters, [], outer);
      }
      key += this.#genericKey(signature, planned.types);
    }
    const hints = desc instanceof UserFunction ? hintsOfFunction(desc.live) : null;
    if (hints !== null) key += hintKey(hints, signature, planned.types);
    return this.specialization(desc, planned.shape, key, environment, false);
  }

  environmentOf(desc: UserFunction | ClosureFunction): TypeEnvironment {
    if (desc instanceof ClosureFunction) return desc.enclosing.environment;
    return desc.owner?.environment ?? NO_TYPES;
  }

  readonly #variants = new Map<FunctionSignature, readonly boolean[] | "all" | null>();

  /**
   * Functions with overloads, and parameters declared as unions of kinds that have no common representation or as
   * `Iterable`, are copied for each kind: `typeof` tests then fold, and loops know what they go over.
   */
  #variantKey(signature: FunctionSignature, types: readonly SomeValue[]): string {
    let asked = this.#variants.get(signature);
    if (asked === undefined) {
      asked = this.#variantParameters(signature);
      this.#variants.set(signature, asked);
    }
    if (asked === null) return "";
    const wanted = asked;
    return types.map((t, i) => (wanted === "all" || wanted[i] === true ? typeKey(t) : "")).join(";");
  }

  #variantParameters(signature: FunctionSignature): readonly boolean[] | "all" | null {
    const { node } = signature;
    if (Node.isOverloadable(node) && node.getOverloads().length > 0) return "all";
    const unions = signature.parameters.map(
      (p) => p.type !== null && isVariant(this.#solver.types.resolve(p.type.node)),
    );
    return unions.includes(true) ? unions : null;
  }

  readonly #mentions = new Map<FunctionSignature, boolean[]>();

  /** Keys of the arguments whose declared types mention a type parameter. */
  #genericKey(signature: FunctionSignature, types: readonly SomeValue[]): string {
    let mentions = this.#mentions.get(signature);
    if (mentions === undefined) {
      const names = new RegExp(`\\b(${signature.typeParameters.join("|")})\\b`);
      mentions = signature.parameters.map((p) => p.type === null || names.test(p.type.node.getText()));
      this.#mentions.set(signature, mentions);
    }
    const asked = mentions;
    return types.map((t, i) => (asked[Math.min(i, asked.length - 1)] === true ? typeKey(t) : "")).join(";");
  }
}

/** Explicit type arguments of the call or `new` expression at the operation, or null. */
export function explicitTypeArguments(ctx: OpContext, count: number): DeclaredType[] | null {
  let node = ctx.solver.world.nodeAt(ctx.op.position);
  for (; node !== null; node = node.getParent() ?? null) {
    if (Node.isCallExpression(node) || Node.isNewExpression(node)) {
      const args = node.getTypeArguments();
      if (args.length !== count) return null;
      return args.map((a) => ctx.solver.types.resolve(a, ctx.specialization.environment));
    }
    if (Node.isStatement(node) || Node.isFunctionLikeDeclaration(node)) return null;
  }
  return null;
}

/** A declared type whose values have several representations: a copy of the function is made for each. */
function isVariant(declared: DeclaredType): boolean {
  return declared.kind === "iterator" || isMixedUnion(declared);
}

/** A union of scalars of different kinds, or of scalars and objects. */
function isMixedUnion(declared: DeclaredType): boolean {
  if (declared.kind !== "union") return false;
  const kinds = new Set(
    (declared.members ?? []).map((m) => (m.kind === "instance" || m.kind === "record" ? "object" : m.kind)),
  );
  return kinds.size > 1 && !kinds.has("unknown");
}

function helperKey(types: readonly SomeValue[]): string {
  return types
    .map((t) => {
      const isFunction = t.kind === "function" || t.kind === "class";
      return isFunction || t.constant === null || typeof t.constant.value !== "string"
        ? typeKey(t)
        : `${typeKey(t)}=${constantKey(t.constant.value)}`;
    })
    .join(";");
}

function hintKey(
  hints: ReadonlyMap<string, unknown>,
  signature: FunctionSignature,
  types: readonly SomeValue[],
): string {
  if (hints.has("specializeByType")) return types.map((t) => typeKey(t)).join(";");
  const parameter = hints.get("specializeByValue");
  if (parameter === undefined) return "";
  const index = signature.parameters.findIndex((p) => p.name === parameter);
  const type = types[index];
  return type?.constant == null ? "=general" : `=${constantKey(type.constant.value)}`;
}
