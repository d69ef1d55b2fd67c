/**
 * Annotation as a stage: from the entry function to typed, cleaned graphs of everything that the program runs.
 *
 * Reading order: `model` (the lattice), `cells`, `classes`, `functions`, `declared` and `types` (types as written),
 * `union` with `conform`, `prebuilt`, `solve`, `calls` with `specialize`, `families` and `virtual`, `transfer/*`, then
 * the end of the work here: `reachable`, `report` with `explain`, `clean`.
 */
import { DivisionByZeroError, OutOfMemoryError, StackOverflowError } from "../rlib/errors.ts";
import type { Diagnostic } from "../translator/diagnostics/report.ts";
import type { FlowBuilder } from "../translator/flow/build/index.ts";
import type { Cell } from "../translator/flow/description.ts";
import type { Operation, Value, Variable } from "../translator/flow/model.ts";
import type { LoadedProgram } from "../translator/load/program.ts";
import { Builtins } from "./builtins.ts";
import { Calls } from "./calls.ts";
import { ListCell, settled, type TypeCell } from "./cells.ts";
import { checkUncalled } from "./check.ts";
import type { ClassDesc } from "./classes.ts";
import { cleanGraph } from "./clean.ts";
import type { FunctionSpecialization, LiveFunction } from "./functions.ts";
import { LoadedWorld } from "./loadedworld.ts";
import { SomeList, type SomeValue, STRING } from "./model.ts";
import { reachableFrom } from "./reachable.ts";
import { diagnosticsOf } from "./report.ts";
import type { AnnotationResult, CallTarget, HelperCall } from "./result.ts";
import { Solver } from "./solve.ts";
import type { SpecializationState } from "./state.ts";
import { BUILTIN_TABLES, TRANSFERS } from "./transfer/index.ts";
import { checkWords } from "./wordcheck.ts";

export interface AnnotateOptions {
  readonly wordBits: 32 | 64;
  /** Also check functions that nothing calls, from their declared types. */
  readonly checkUncalled: boolean;
}

/** Infers the types of the whole program. */
export function annotate(
  entry: LiveFunction,
  builder: FlowBuilder,
  program: LoadedProgram,
  options: AnnotateOptions,
): AnnotationResult {
  const solver = new Solver(new LoadedWorld(builder, program), TRANSFERS, options);
  const calls = new Calls(solver, isHelperFile);
  solver.calls = calls;
  const builtins = new Builtins(solver, BUILTIN_TABLES);
  solver.builtins = builtins;
  solver.prebuilt.hosts = builtins;
  for (const error of [Error, RangeError, TypeError, DivisionByZeroError, StackOverflowError, OutOfMemoryError]) {
    solver.classes.markInstantiated(solver.classes.descOf(error));
  }
  return new Annotation(solver, entry, options);
}

const HELPER_FOLDERS =
  /\/(rlib|rtyper\/runtime|gc\/collectors|jit\/(metainterp|optimizer|backend|format))\/[^/]*\.ts$|\/gc\/typetable\.ts$/;

function isHelperFile(file: string): boolean {
  return HELPER_FOLDERS.test(file);
}

class Annotation implements AnnotationResult {
  readonly entry: FunctionSpecialization;
  readonly diagnostics: readonly Diagnostic[];
  #classes: readonly ClassDesc[];
  readonly #solver: Solver;
  readonly #reachable: Set<FunctionSpecialization>;

  constructor(solver: Solver, entry: LiveFunction, options: AnnotateOptions) {
    this.#solver = solver;
    this.entry = startEntry(solver, entry);
    solver.finish(() => reachableFrom(solver, [this.entry]));
    this.#reachable = reachableFrom(solver, [this.entry]);
    checkWords(solver, this.#reachable);
    const found = diagnosticsOf(solver, this.#reachable);
    if (options.checkUncalled) found.push(...checkUncalled(solver, this.#reachable));
    this.diagnostics = found;
    for (const s of this.#reachable) cleanGraph(solver, solver.states.get(s) as SpecializationState);
    this.#classes = orderClasses(solver.classes.all);
  }

  get classes(): readonly ClassDesc[] {
    return this.#classes;
  }

  get specializations(): readonly FunctionSpecialization[] {
    return [...this.#reachable];
  }

  get bindings(): ReadonlyMap<Variable, SomeValue> {
    return this.#solver.bindings;
  }

  typeOf(value: Value): SomeValue {
    return settled(this.#solver.typeOf(value));
  }

  callTarget(op: Operation): CallTarget {
    const target = this.#solver.targets.get(op);
    if (target === undefined) throw new Error(`annotator: ${op.opname} at ${op.position} was not resolved`);
    return target;
  }

  findTarget(op: Operation): CallTarget | null {
    return this.#solver.targets.get(op) ?? null;
  }

  prebuilt(value: unknown): SomeValue {
    return settled(this.#solver.prebuilt.typeOf(value));
  }

  cellOf(cell: Cell): TypeCell {
    const found = this.#solver.cellOf(cell);
    this.#solver.unifier.use(found);
    return found;
  }

  staticCell(live: LiveFunction, name: string): TypeCell {
    const found = this.#solver.staticCell(live, name);
    this.#solver.unifier.use(found);
    return found;
  }

  listCell(op: Operation): ListCell {
    const found = this.#solver.findOpCell(op, "list") ?? this.#solver.findOpCell(op, "rest");
    if (!(found instanceof ListCell)) throw new Error(`annotator: ${op.opname} at ${op.position} makes no list`);
    return found.find();
  }

  classOf(live: LiveFunction): ClassDesc {
    return this.#solver.classes.descOf(live);
  }

  readProperty(o: object, name: string): unknown {
    return this.#solver.world.readProperty(this.#solver.prebuilt.formOf(o), name)?.value;
  }

  pathTo(o: object): string {
    return this.#solver.prebuilt.pathTo(o);
  }

  boundReceiver(live: LiveFunction): unknown {
    return this.#solver.world.bound(live)?.receiver;
  }

  annotateHelper(helper: LiveFunction, args: readonly SomeValue[]): FunctionSpecialization {
    return this.annotateHelpers([{ helper, args }])[0] as FunctionSpecialization;
  }

  annotateHelpers(wanted: readonly HelperCall[]): FunctionSpecialization[] {
    const made = wanted.map(({ helper, args }) => this.#solver.calls.helper(helper, args));
    if (made.every((s) => this.#reachable.has(s))) return made;
    const before = new Set(this.#reachable);
    const added = (): FunctionSpecialization[] => [...reachableFrom(this.#solver, made)].filter((s) => !before.has(s));
    this.#solver.finish(added);
    const fresh = added();
    const mistakes = diagnosticsOf(this.#solver, new Set(fresh));
    if (mistakes.length > 0) {
      const shown = mistakes.map((d) => `${d.position}: ${d.code} ${d.message}`).join("\n");
      const names = made.map((s, i) => `${s.name}(${wanted[i]?.args.map((a) => a.toText()).join(", ")})`).join(", ");
      throw new Error(`annotator: helper ${names} has mistakes:\n${shown}`);
    }
    // Helpers bring classes of their own.
    this.#classes = orderClasses(this.#solver.classes.all);
    for (const s of fresh) {
      this.#reachable.add(s);
      cleanGraph(this.#solver, this.#solver.states.get(s) as SpecializationState);
    }
    return made;
  }
}

function startEntry(solver: Solver, entry: LiveFunction): FunctionSpecialization {
  const f = solver.calls.userFunction(entry, null);
  if (f === null) throw new Error("the entry function has no graph");
  const count = f.built.signature.parameters.length;
  const made = solver.calls.specializer.specialization(f, { count, restList: false }, "", new Map(), false);
  const cell = new ListCell(f.built.graph.position);
  cell.resized = true;
  cell.item.pending = null;
  cell.item.value = STRING;
  const why = (type: SomeValue) => ({ type, what: "arguments of the program", position: null, from: null, cell: null });
  const param = made.params[0];
  if (param !== undefined) solver.unifier.merge(param, new SomeList(cell), why);
  return made;
}

/** Preorder numbers of the hierarchies that have instances. */
function orderClasses(all: readonly ClassDesc[]): ClassDesc[] {
  const ordered: ClassDesc[] = [];
  const seen = new Set<ClassDesc>();
  const visit = (c: ClassDesc): void => {
    if (seen.has(c)) return;
    seen.add(c);
    const min = ordered.length;
    ordered.push(c);
    for (const sub of c.subclasses) visit(sub.find());
    c.preorder = { min, max: ordered.length };
  };
  for (const c of all) if (c.find() === c && c.base === null) visit(c);
  return ordered;
}
