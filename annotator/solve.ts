/**
 * The solver: flows types through the blocks of all specializations until nothing grows.
 *
 * A block is flowed from its inputs through its operations to its exits; an operation whose result is bottom stops it
 * (a call that never returns, an operand that is always null). Blocks are flowed again when an input, or a cell that
 * they read, has grown; types only ever grow, so this ends. Branches on known conditions follow only the exit taken.
 *
 * Mistakes: the result of a wrong operation is poison, which passes through all others silently. After the fixpoint
 * every reached block is flowed once more with reporting on; if that still changes something (descriptions unified
 * late), solving goes on and the reporting pass is repeated.
 */
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { Diagnostic, DiagnosticError } from "../translator/diagnostics/report.ts";
import type { Cell } from "../translator/flow/description.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type Link,
  type Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import type { Builtins } from "./builtins.ts";
import type { Calls } from "./calls.ts";
import { type ListCell, type MapCell, TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import { ClassTable } from "./classtable.ts";
import { TypeConflict } from "./conflict.ts";
import { type MetMistake, Mistake } from "./errors.ts";
import type { FunctionSpecialization, LiveFunction } from "./functions.ts";
import { isBottom, NOTHING, POISON, SomeFloat, SomeInstance, SomeInt, type SomeValue } from "./model.ts";
import { refinement } from "./narrow.ts";
import { OpContext, type Transfer } from "./opcontext.ts";
import { Prebuilt } from "./prebuilt.ts";
import type { CallTarget } from "./result.ts";
import { type BlockState, definition, SpecializationState } from "./state.ts";
import { TypeResolver } from "./types.ts";
import { Unifier, type Why } from "./union.ts";
import type { World } from "./world.ts";

export interface SolverOptions {
  readonly wordBits: 32 | 64;
}

export class Solver {
  readonly world: World;
  readonly options: SolverOptions;
  readonly types = new TypeResolver();
  readonly unifier: Unifier;
  readonly classes: ClassTable;
  readonly prebuilt: Prebuilt;
  readonly bindings = new Map<Variable, SomeValue>();
  readonly targets = new Map<Operation, CallTarget>();
  readonly states = new Map<FunctionSpecialization, SpecializationState>();
  readonly mistakes = new Map<string, MetMistake>();
  /** Classes whose instances come from outside of what is analysed. */
  readonly assumed = new Set<ClassDesc>();
  /** Set right after construction: calls need the solver and the solver calls. */
  calls!: Calls;
  builtins!: Builtins;
  /** Mistakes that are not certain yet are recorded only while this is set. */
  reporting = false;
  readonly #transfers: Readonly<Record<string, Transfer>>;
  readonly #constants = new Map<Constant, SomeValue>();
  readonly #cells = new Map<Cell, TypeCell>();
  readonly #statics = new Map<LiveFunction, Map<string, TypeCell>>();
  readonly #opCells = new Map<Operation, Map<string, ListCell | MapCell | TypeCell>>();
  readonly #opValues = new Map<Operation, Map<string, object>>();
  readonly #conflicted = new Set<TypeCell>();
  #work: SpecializationState[] = [];
  readonly #context: OpContext;
  /** Blocks flowed so far. */
  flowed = 0;

  constructor(world: World, transfers: Readonly<Record<string, Transfer>>, options: SolverOptions) {
    this.world = world;
    this.options = options;
    this.#transfers = transfers;
    this.unifier = new Unifier(options.wordBits, (kept, gone) => this.calls.classesUnified(kept, gone));
    this.classes = new ClassTable(world, this.types, this.unifier);
    this.prebuilt = new Prebuilt(world, this.types, this.classes, this.unifier);
    this.#context = new OpContext(this);
    this.prebuilt.guard = (step) => this.#guardPrebuilt(step);
  }

  // ---- values

  typeOf(value: Value): SomeValue {
    if (value instanceof Variable) return this.bindings.get(value) ?? NOTHING;
    let known = this.#constants.get(value);
    if (known === undefined) {
      known = this.#constantType(value);
      this.#constants.set(value, known);
    }
    return known;
  }

  #constantType(constant: Constant): SomeValue {
    const { value, literalKind } = constant;
    if (typeof value === "number" && literalKind !== null) {
      if (literalKind === "int" && Number.isSafeInteger(value)) return new SomeInt(0, { value }, value >= 0);
      return new SomeFloat(0, { value });
    }
    return this.prebuilt.typeOf(value);
  }

  /** The cell of a module-level or captured `let`. */
  cellOf(cell: Cell): TypeCell {
    let made = this.#cells.get(cell);
    if (made === undefined) {
      const position = cell.node === null ? null : this.world.positionOf(cell.node);
      const fresh = new TypeCell(`variable ${cell.name}`, position, true);
      if (cell.declared !== null) {
        const declared = this.types.resolve(cell.declared.node);
        if (declared.constrains) fresh.declared = declared;
      }
      const why: Why = (type) => ({
        type,
        what: `value of ${cell.name} after import`,
        position,
        from: null,
        cell: null,
      });
      fresh.pending = [
        () => {
          this.prebuilt.reach(cell.initial, null, cell.name);
          this.unifier.merge(fresh, this.prebuilt.typeOf(cell.initial), why);
        },
      ];
      made = fresh;
      this.#cells.set(cell, made);
    }
    return made;
  }

  /** The cell of a static field that run-time code assigns. */
  staticCell(live: LiveFunction, name: string): TypeCell {
    const owner = staticOwner(live, name);
    let cells = this.#statics.get(owner);
    if (cells === undefined) {
      cells = new Map();
      this.#statics.set(owner, cells);
    }
    let made = cells.get(name);
    if (made === undefined) {
      const property = this.world.readProperty(owner, name);
      const fresh = new TypeCell(`static field ${owner.name}.${name}`, null, true);
      const why: Why = (type) => ({
        type,
        what: `value of ${owner.name}.${name} after import`,
        position: null,
        from: null,
        cell: null,
      });
      fresh.pending = [
        () => {
          this.prebuilt.reach(property?.value, null, `${owner.name}.${name}`);
          this.unifier.merge(fresh, this.prebuilt.typeOf(property?.value), why);
        },
      ];
      const declared = this.world.staticType(owner, name);
      if (declared !== null) {
        const type = this.types.resolve(declared);
        if (type.constrains) fresh.declared = type;
      }
      made = fresh;
      cells.set(name, made);
    }
    return made;
  }

  /** A cell that belongs to an operation, made at its first evaluation. */
  opCell<T extends ListCell | MapCell | TypeCell>(op: Operation, tag: string, make: () => T): T {
    let cells = this.#opCells.get(op);
    if (cells === undefined) {
      cells = new Map();
      this.#opCells.set(op, cells);
    }
    let cell = cells.get(tag);
    if (cell === undefined) {
      cell = make();
      cells.set(tag, cell);
    }
    return cell as T;
  }

  /** A description that belongs to an operation, made at its first evaluation. */
  opValue<T extends object>(op: Operation, tag: string, make: () => T): T {
    let values = this.#opValues.get(op);
    if (values === undefined) {
      values = new Map();
      this.#opValues.set(op, values);
    }
    let value = values.get(tag);
    if (value === undefined) {
      value = make();
      values.set(tag, value);
    }
    return value as T;
  }

  findOpCell(op: Operation, tag: string): ListCell | MapCell | TypeCell | null {
    return this.#opCells.get(op)?.get(tag) ?? null;
  }

  // ---- the work list

  /** Starts solving a specialization; its parameters' cells wake its start block. */
  addSpecialization(specialization: FunctionSpecialization): SpecializationState {
    const state = new SpecializationState(specialization, (s) => this.#work.push(s));
    this.states.set(specialization, state);
    const { start } = state;
    start.reached = true;
    for (const param of specialization.params) this.addReader(param, start);
    state.enqueue(start);
    return state;
  }

  addReader(cell: TypeCell, reader: BlockState): void {
    const root = cell.find();
    root.readers ??= new Set();
    root.readers.add(reader);
  }

  get hasWork(): boolean {
    return this.#work.length > 0;
  }

  solve(): void {
    while (this.#work.length > 0) {
      const batch = this.#work;
      this.#work = [];
      for (const state of batch) {
        for (let block = state.next(); block !== null; block = state.next()) this.#flow(block);
        state.queued = false;
      }
    }
  }

  /** Solves, then flows every reached block of the given specializations with reporting on, until nothing changes. */
  finish(chosen: () => Iterable<FunctionSpecialization>): void {
    for (let round = 0; round < 20; round++) {
      this.reporting = false;
      this.solve();
      this.reporting = true;
      for (const [key, met] of this.mistakes) if (met.mistake instanceof Mistake) this.mistakes.delete(key);
      this.#conflictedInputs.clear();
      for (const s of [...chosen()]) {
        const state = this.states.get(s) as SpecializationState;
        for (const block of state.inOrder) if (block.reached) this.#flow(block);
      }
      this.reporting = false;
      if (!this.hasWork) return;
    }
  }

  // ---- flowing a block

  #flow(state: BlockState): void {
    this.flowed++;
    const { block } = state;
    const { specialization } = state.owner;
    const { graph } = specialization;
    if (block === graph.startBlock) this.#flowParameters(state);
    if (block === graph.returnBlock) {
      this.#flowResult(state);
      return;
    }
    if (block === graph.exceptBlock) {
      this.#flowThrown(state);
      return;
    }
    const ctx = this.#context;
    ctx.enter(state);
    state.stoppedAt = null;
    for (const op of block.operations) {
      const result = this.#transfer(ctx, op);
      this.bindings.set(op.result, result);
      if (isBottom(result)) {
        state.stoppedAt = op;
        break;
      }
    }
    this.#flowExits(state);
  }

  #flowParameters(state: BlockState): void {
    const { params } = state.owner.specialization;
    state.block.inputargs.forEach((input, i) => {
      const cell = params[i] as TypeCell;
      this.unifier.use(cell);
      this.bindings.set(input, cell.find().value);
    });
  }

  #flowResult(state: BlockState): void {
    const { specialization } = state.owner;
    const value = state.block.inputargs[0] as Variable;
    const position = this.#returnPosition(state);
    this.#guarded(specialization, position, null, "result", () => {
      const why: Why = (type) => ({
        type,
        what: `returned from ${specialization.name}`,
        position,
        from: { value, specialization },
        cell: null,
      });
      this.unifier.merge(specialization.result, this.typeOf(value), why);
    });
  }

  #flowThrown(state: BlockState): void {
    if (!this.reporting) return;
    const { specialization } = state.owner;
    const value = state.block.inputargs[0] as Variable;
    const thrown = this.typeOf(value);
    if (thrown.kind === "poison" || isBottom(thrown)) return;
    const error = this.classes.descOf(Error);
    if (thrown instanceof SomeInstance && thrown.classDesc.isSubclassOf(error)) return;
    const sides = [{ title: `thrown value is ${thrown.toText()}`, value, cell: null }];
    const mistake = new Mistake("RTS1013", `${thrown.toText()} is thrown, which is not an Error`, null, sides);
    const position = this.#throwPosition(state) ?? specialization.graph.position;
    this.record({ specialization, position, operand: value, what: "thrown", mistake });
  }

  /** Where the value is made that gives the result its latest kind: the last return that does not fit the others. */
  #returnPosition(state: BlockState): SourcePosition {
    const { specialization } = state.owner;
    const before = specialization.result.find().value.kind;
    let found: SourcePosition | null = null;
    for (const other of state.owner.inOrder) {
      if (!other.reached) continue;
      for (const link of other.block.exits) {
        const arg = link.args[0];
        if (link.target !== state.block || arg === undefined) continue;
        const { kind } = this.typeOf(arg);
        if (kind !== before || found === null) found = definitionPosition(other, arg);
      }
    }
    return found ?? specialization.graph.position;
  }

  #throwPosition(state: BlockState): SourcePosition | null {
    for (const other of state.owner.inOrder) {
      if (!other.reached) continue;
      const link = other.block.exits.find((l) => l.target === state.block && l.exitcase !== EXCEPTION);
      if (link !== undefined) return link.position ?? other.block.operations.at(-1)?.position ?? null;
    }
    return null;
  }

  #transfer(ctx: OpContext, op: Operation): SomeValue {
    ctx.op = op;
    ctx.operand = null;
    ctx.what = "";
    const transfer = this.#transfers[op.opname];
    if (transfer === undefined) throw new Error(`annotator: unknown operation ${op.opname}`);
    const result = this.#guarded(ctx.specialization, op.position, ctx, op.opname, () => {
      for (const arg of op.args) {
        if (!(arg instanceof Variable)) continue;
        const type = this.bindings.get(arg) as SomeValue | undefined;
        if (type !== undefined && type.kind === "poison") return POISON;
      }
      return transfer(ctx);
    });
    return result ?? POISON;
  }

  /** Runs a step; a mistake in it is recorded, and null returned. */
  #guarded<T>(
    specialization: FunctionSpecialization | null,
    position: SourcePosition | null,
    ctx: OpContext | null,
    what: string,
    step: () => T,
  ): T | null {
    try {
      return step();
    } catch (e) {
      const operand = ctx?.operand ?? null;
      if (e instanceof TypeConflict) {
        this.#recordConflict({ specialization, position, operand, what: ctx?.what ?? what, mistake: e });
      } else if (e instanceof Mistake) {
        if (this.reporting) this.record({ specialization, position, operand, what, mistake: e });
      } else if (e instanceof DiagnosticError) {
        const d = e.diagnostic;
        const placed = d.position === null ? new Diagnostic(d.code, position, d.message, d.help, d.chains) : d;
        this.record({ specialization, position, operand, what, mistake: placed });
      } else {
        throw e;
      }
      return null;
    }
  }

  /** Mistakes in prebuilt data belong to the operation that is being typed, or to none. */
  #guardPrebuilt(step: () => void): void {
    const { specialization, op } = this.#context;
    this.#guarded(specialization ?? null, op?.position ?? null, null, "prebuilt data", step);
  }

  /** Conflicts are certain at once, and one cell gives one report. */
  #recordConflict(met: MetMistake): void {
    const conflict = met.mistake as TypeConflict;
    const cell = conflict.cell?.find() ?? null;
    if (cell !== null) {
      if (this.#conflicted.has(cell)) return;
      this.#conflicted.add(cell);
    }
    this.record(met);
  }

  record(met: MetMistake): void {
    const key = `${met.position} ${met.mistake instanceof Mistake || met.mistake instanceof Diagnostic ? met.mistake.code : "conflict"}`;
    if (!this.mistakes.has(key)) this.mistakes.set(key, met);
  }

  // ---- exits

  #flowExits(state: BlockState): void {
    const { block, stoppedAt } = state;
    if (stoppedAt !== null) {
      if (block.exitswitch === EXCEPTION && stoppedAt === block.operations.at(-1)) {
        for (const link of block.exits) if (link.exitcase === EXCEPTION) this.#flowLink(state, link);
      }
      return;
    }
    const { exitswitch } = block;
    const known =
      exitswitch instanceof Variable || exitswitch instanceof Constant ? this.typeOf(exitswitch).constant : null;
    if (known !== null) {
      const taken =
        block.exits.find((l) => l.exitcase === known.value) ?? block.exits.find((l) => l.exitcase === "default");
      if (taken !== undefined) {
        this.#flowLink(state, taken);
        return;
      }
    }
    for (const link of block.exits) this.#flowLink(state, link);
  }

  #flowLink(state: BlockState, link: Link): void {
    const { specialization } = state.owner;
    if (link.exceptionValue !== null) {
      this.bindings.set(link.exceptionValue, new SomeInstance(this.classes.descOf(Error)));
    }
    const refine = refinement(this, state.block, link);
    const incoming: SomeValue[] = [];
    for (const arg of link.args) {
      let type =
        this.#guarded(specialization, definitionPosition(state, arg), null, "", () => this.typeOf(arg)) ?? POISON;
      const refined = arg instanceof Variable ? refine?.get(arg) : undefined;
      if (refined !== undefined) type = refined(type);
      if (isBottom(type)) return;
      incoming.push(type);
    }
    const target = state.owner.blocks.get(link.target) as BlockState;
    let grown = !target.reached;
    target.reached = true;
    link.target.inputargs.forEach((input, i) => {
      const before = this.bindings.get(input) ?? NOTHING;
      const arg = link.args[i] as Value;
      const joined = this.#guardedUnion(state, arg, before, incoming[i] as SomeValue, input, link.target) ?? before;
      if (joined !== before) {
        this.bindings.set(input, joined);
        grown = true;
      }
    });
    if (grown) target.owner.enqueue(target);
  }

  #guardedUnion(
    state: BlockState,
    arg: Value,
    before: SomeValue,
    incoming: SomeValue,
    input: Variable,
    target: Block,
  ): SomeValue | null {
    if (before === incoming) return before;
    try {
      return this.unifier.union(before, incoming);
    } catch (e) {
      if (!(e instanceof TypeConflict)) throw e;
      const { specialization } = state.owner;
      const isResult = target === specialization.graph.returnBlock;
      const what = isResult ? `result of ${specialization.name}` : input.name === "" ? "value" : `\`${input.name}\``;
      const position = definitionPosition(state, arg) ?? specialization.graph.position;
      if (e.cell === null) this.#recordLinkConflict(state, arg, input, position, what, e);
      else this.#recordConflict({ specialization, position, operand: arg, what, mistake: e });
      return null;
    }
  }

  readonly #conflictedInputs = new Set<Variable>();

  #recordLinkConflict(
    state: BlockState,
    arg: Value,
    input: Variable,
    position: SourcePosition,
    what: string,
    conflict: TypeConflict,
  ): void {
    if (this.#conflictedInputs.has(input)) return;
    this.#conflictedInputs.add(input);
    const { specialization } = state.owner;
    const title = (s: SomeValue): string => `${what} is ${s.toText()}`;
    const sides = [
      { title: title(conflict.left), value: input, cell: null },
      { title: title(conflict.right), value: arg, cell: null },
    ];
    const message = `${what} is both ${conflict.left.toText()} and ${conflict.right.toText()}`;
    const isLength = conflict.left.kind === "tuple" && conflict.right.kind === "tuple";
    const mistake = new Mistake(isLength ? "RTS1219" : "RTS1201", message, null, sides);
    this.record({ specialization, position, operand: arg, what, mistake });
  }
}

/** Where the operand of a link was made, else where the block ends. */
function definitionPosition(state: BlockState, value: Value): SourcePosition | null {
  const op = definition(state.block, value);
  return op?.position ?? state.block.operations.at(-1)?.position ?? state.owner.specialization.graph.position;
}

/** The class of the chain that has a static property of its own. */
function staticOwner(live: LiveFunction, name: string): LiveFunction {
  if (name.startsWith("#")) return live;
  for (let c: unknown = live; typeof c === "function"; c = Object.getPrototypeOf(c)) {
    if (Object.hasOwn(c, name)) return c;
  }
  return live;
}
