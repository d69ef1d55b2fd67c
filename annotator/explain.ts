/**
 * The chain of inferences behind a type, found backwards: from a value through the operation, block input or cell that
 * gave it its type, to a literal, a declaration or prebuilt data. Only built when a mistake is reported.
 */
import type { Chain, ChainStep } from "../translator/diagnostics/chain.ts";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { type Block, Constant, type Operation, type Value, type Variable } from "../translator/flow/model.ts";
import type { Inflow, TypeCell } from "./cells.ts";
import type { Side } from "./errors.ts";
import type { FunctionSpecialization } from "./functions.ts";
import { SomeIterator, SomeList, SomeMap, type SomeValue } from "./model.ts";
import type { CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";
import { numberRank } from "./union.ts";

const MAX_STEPS = 12;

type Definition = { readonly op: Operation; readonly block: Block } | { readonly input: number; readonly block: Block };

/** Builds chains over the solved program. */
export class Explainer {
  readonly #solver: Solver;
  readonly #definitions = new Map<FunctionSpecialization, Map<Variable, Definition>>();

  constructor(solver: Solver) {
    this.#solver = solver;
  }

  /** The chain of one side of a mistake. */
  side(side: Side, specialization: FunctionSpecialization | null, position: SourcePosition | null): Chain {
    if (side.cell !== null) return this.ofCell(side.title, side.cell, side.cell.type);
    if (side.value === null || specialization === null) return { title: side.title, steps: [] };
    return this.ofValue(side.title, side.value, specialization, position);
  }

  ofValue(title: string, value: Value, specialization: FunctionSpecialization, position: SourcePosition | null): Chain {
    const walk = new Walk(this.#solver.typeOf(value));
    this.#value(walk, value, specialization, position);
    return { title, steps: walk.steps.reverse() };
  }

  /** How a value came into a cell. */
  ofInflow(title: string, inflow: Inflow): Chain {
    const walk = new Walk(inflow.type);
    walk.step(inflow.what, inflow.position);
    if (inflow.from !== null) this.#value(walk, inflow.from.value, inflow.from.specialization, inflow.position);
    return { title, steps: walk.steps.reverse() };
  }

  /** Why a cell has (among others) this type. */
  ofCell(title: string, cell: TypeCell, wanted: SomeValue): Chain {
    const walk = new Walk(wanted);
    this.#cell(walk, cell);
    return { title, steps: walk.steps.reverse() };
  }

  #value(walk: Walk, value: Value, specialization: FunctionSpecialization, position: SourcePosition | null): void {
    if (walk.isDone(value)) return;
    if (value instanceof Constant) {
      walk.step(constantText(value), position);
      return;
    }
    const definition = this.#definition(specialization, value);
    if (definition === null) return;
    if ("op" in definition) this.#operation(walk, definition.op, specialization);
    else this.#input(walk, definition.block, definition.input, specialization);
  }

  #input(walk: Walk, block: Block, index: number, specialization: FunctionSpecialization): void {
    if (block === specialization.graph.startBlock) {
      const cell = specialization.params[index];
      if (cell !== undefined) this.#cell(walk, cell);
      return;
    }
    let fallback: { arg: Value; from: Block } | null = null;
    for (const state of this.#solver.states.get(specialization)?.inOrder ?? []) {
      if (!state.reached) continue;
      for (const link of state.block.exits) {
        if (link.target !== block) continue;
        const arg = link.args[index] as Value;
        const type = this.#solver.typeOf(arg);
        if (walk.matches(type) && !walk.seen.has(arg)) {
          this.#value(
            walk,
            arg,
            specialization,
            state.block.operations.at(-1)?.position ?? specialization.graph.position,
          );
          return;
        }
        fallback ??= { arg, from: state.block };
      }
    }
    if (fallback !== null)
      this.#value(walk, fallback.arg, specialization, fallback.from.operations.at(-1)?.position ?? null);
  }

  #operation(walk: Walk, op: Operation, specialization: FunctionSpecialization): void {
    switch (op.opname) {
      case "contract":
      case "cast":
      case "nonnull":
      case "narrow":
        this.#value(walk, op.args[0] as Value, specialization, op.position);
        return;
      case "iter_value": {
        const it = this.#solver.typeOf(op.args[0] as Value);
        walk.step("item of the iteration", op.position);
        if (it instanceof SomeIterator) this.#cell(walk, it.item);
        return;
      }
      case "getitem": {
        const s = this.#solver.typeOf(op.args[0] as Value);
        walk.step("item", op.position);
        if (s instanceof SomeList) this.#cell(walk, s.cell.item);
        return;
      }
      default:
        walk.step(operationText(op), op.position);
        this.#target(walk, this.#solver.targets.get(op) ?? null, op);
    }
  }

  /** Goes on into what a call or access resolved to. */
  #target(walk: Walk, target: CallTarget | null, op: Operation): void {
    if (target === null) return;
    if (target.kind === "direct") this.#cell(walk, target.specialization.result);
    else if (target.kind === "virtual") this.#cell(walk, target.family.result);
    else if (target.kind === "field") this.#cell(walk, target.field.cell);
    else if (target.kind === "family") {
      const shape = [...target.family.find().shapes.values()][0];
      if (shape !== undefined) this.#cell(walk, shape.result);
    } else if (target.kind === "builtin") {
      const self = op.args[0] === undefined ? null : this.#solver.typeOf(op.args[0]);
      if (self instanceof SomeMap && target.name === "map.get") this.#cell(walk, self.cell.value);
      if (self instanceof SomeList && (target.name === "list.pop" || target.name === "list.shift"))
        this.#cell(walk, self.cell.item);
    }
  }

  #cell(walk: Walk, cell: TypeCell): void {
    const root = cell.find();
    if (walk.isDone(root)) return;
    const inflow = bestInflow(root.inflows, walk);
    if (inflow === null) {
      if (root.declared !== null)
        walk.step(`declared ${this.#solver.types.describe(root.declared)}: ${root.what}`, root.position);
      return;
    }
    walk.step(inflow.what, inflow.position);
    if (inflow.from !== null) this.#value(walk, inflow.from.value, inflow.from.specialization, inflow.position);
    else if (inflow.cell !== null) this.#cell(walk, inflow.cell);
  }

  #definition(specialization: FunctionSpecialization, variable: Variable): Definition | null {
    let map = this.#definitions.get(specialization);
    if (map === undefined) {
      map = new Map();
      for (const { block } of this.#solver.states.get(specialization)?.inOrder ?? []) {
        block.inputargs.forEach((v, input) => {
          map?.set(v, { input, block });
        });
        for (const op of block.operations) map.set(op.result, { op, block });
      }
      this.#definitions.set(specialization, map);
    }
    return map.get(variable) ?? null;
  }
}

/** One walk backwards. */
class Walk {
  readonly steps: ChainStep[] = [];
  readonly seen = new Set<unknown>();
  readonly #wanted: SomeValue;

  constructor(wanted: SomeValue) {
    this.#wanted = wanted;
  }

  isDone(at: unknown): boolean {
    if (this.seen.has(at) || this.steps.length >= MAX_STEPS) return true;
    this.seen.add(at);
    return false;
  }

  step(text: string, position: SourcePosition | null): void {
    const last = this.steps.at(-1);
    if (last !== undefined && last.text === text && String(last.position) === String(position)) return;
    this.steps.push({ text, position });
  }

  matches(type: SomeValue): boolean {
    if (type.kind === this.#wanted.kind) return true;
    return (
      numberRank(type) >= 0 &&
      numberRank(this.#wanted) >= 0 &&
      numberRank(type) <= numberRank(this.#wanted) &&
      numberRank(this.#wanted) < 2
    );
  }
}

function bestInflow(inflows: readonly Inflow[], walk: Walk): Inflow | null {
  return inflows.find((i) => walk.matches(i.type)) ?? inflows[0] ?? null;
}

function constantText(constant: Constant): string {
  const { value } = constant;
  switch (typeof value) {
    case "number":
    case "boolean":
    case "bigint":
    case "undefined":
      return `literal \`${String(value)}\``;
    case "string":
      return `literal \`${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}\``;
    case "function":
      return `\`${value.name}\``;
    default:
      return value === null ? "literal `null`" : "prebuilt value";
  }
}

const SYMBOLS: Readonly<Record<string, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  mod: "%",
  pow: "**",
  bit_and: "&",
  bit_or: "|",
  bit_xor: "^",
  shl: "<<",
  shr: ">>",
  ushr: ">>>",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  eq: "===",
  ne: "!==",
  not: "!",
  instance_of: "instanceof",
};

function operationText(op: Operation): string {
  const symbol = SYMBOLS[op.opname];
  if (symbol !== undefined) return `result of \`${symbol}\``;
  const name = op.args[1] instanceof Constant ? op.args[1].value : null;
  switch (op.opname) {
    case "getattr":
      return `\`.${String(name)}\``;
    case "call_method":
    case "call_method_spread":
      return `result of \`${String(name)}\``;
    case "call":
      return `result of ${op.args[0] instanceof Constant && typeof op.args[0].value === "function" ? `\`${op.args[0].value.name}\`` : "the call"}`;
    case "new":
      return `\`new ${op.args[0] instanceof Constant && typeof op.args[0].value === "function" ? op.args[0].value.name : ""}\``;
    case "new_list":
      return "array literal";
    case "new_tuple":
      return "tuple literal";
    case "new_record":
      return "object literal";
    case "make_closure":
      return "function";
    case "to_string":
      return "template literal";
    default:
      return `result of ${op.opname}`;
  }
}
