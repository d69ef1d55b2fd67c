/**
 * Ints that do not fit the target's word (RTS1209). A literal or prebuilt number beyond the word is no mistake as long as
 * it ends up as a float; so this looks at the solved program: operands of int operations, values that flow into int
 * cells, and prebuilt data behind cells that are int. Only 32-bit words can be too small, for larger literals than 53
 * bits are floats from the start.
 */
import { Constant, type Operation, type Value } from "../translator/flow/model.ts";
import type { TypeCell } from "./cells.ts";
import { Mistake } from "./errors.ts";
import type { FunctionSpecialization } from "./functions.ts";
import { SomeInstance, SomeList, SomeMap, SomeSet, type SomeValue } from "./model.ts";
import type { CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";
import { numberRank } from "./union.ts";

const LEAST = -2147483648;
const GREATEST = 2147483647;

/** Operations whose int operands are ints of the machine. */
const INT_OPERATIONS = new Set(["add", "sub", "mul", "mod", "lt", "le", "gt", "ge", "eq", "ne"]);

function isTooLarge(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && (value < LEAST || value > GREATEST);
}

function isInt(s: SomeValue): boolean {
  const rank = numberRank(s);
  return rank === 0 || (rank === 1 && !(s as { uint32?: boolean }).uint32);
}

/** Records the mistakes of all reachable functions and of the prebuilt data that they reach. */
export function checkWords(solver: Solver, reachable: Iterable<FunctionSpecialization>): void {
  if (solver.options.wordBits !== 32) return;
  for (const s of reachable) {
    for (const state of solver.states.get(s)?.inOrder ?? []) {
      if (!state.reached) continue;
      for (const op of state.block.operations) checkOperation(solver, s, op);
      for (const link of state.block.exits) {
        link.args.forEach((arg, i) => {
          const input = link.target.inputargs[i] as Value;
          const position = state.block.operations.at(-1)?.position ?? s.graph.position;
          if (isLarge(arg) && isInt(solver.typeOf(input))) report(solver, s, position, arg.value as number);
        });
      }
    }
  }
  checkPrebuilt(solver);
}

function isLarge(value: Value | undefined): value is Constant {
  return value instanceof Constant && value.literalKind !== "float" && isTooLarge(value.value);
}

function checkOperation(solver: Solver, s: FunctionSpecialization, op: Operation): void {
  op.args.forEach((arg, i) => {
    if (isLarge(arg) && isUsedAsInt(solver, op, i)) report(solver, s, op.position, arg.value as number);
  });
}

function isUsedAsInt(solver: Solver, op: Operation, index: number): boolean {
  if (INT_OPERATIONS.has(op.opname)) {
    const other = op.args[1 - index];
    return other !== undefined && isInt(solver.typeOf(other));
  }
  if (op.opname === "contract" || op.opname === "cast") return isInt(solver.typeOf(op.result));
  if (op.opname === "new_list" || op.opname === "setitem") {
    const list = solver.typeOf(op.opname === "new_list" ? op.result : (op.args[0] as Value));
    return list instanceof SomeList && isInt(list.cell.item.type);
  }
  const target = solver.targets.get(op);
  return target !== undefined && flowsIntoInt(target, index);
}

function flowsIntoInt(target: CallTarget, index: number): boolean {
  if (target.kind === "field") return isInt(target.field.cell.type);
  if (target.kind === "new") return target.construct !== null && flowsIntoInt(target.construct, index);
  if (target.kind !== "direct") return false;
  const { params } = target.specialization;
  const first = params.length - target.plan.length;
  const at = target.plan.findIndex((a) => a.from === "operand" && a.index === index);
  const cell: TypeCell | undefined = at < 0 ? undefined : params[first + at];
  return cell !== undefined && isInt(cell.type);
}

function checkPrebuilt(solver: Solver): void {
  for (const [o, type] of solver.prebuilt.described) {
    // What is in weak collections cannot be listed.
    if (o instanceof WeakMap || o instanceof WeakSet) continue;
    if (type instanceof SomeList) checkItems(solver, o, o as unknown[], type.cell.item);
    else if (type instanceof SomeSet) checkItems(solver, o, [...(o as Set<unknown>)], type.cell.key);
    else if (type instanceof SomeMap) {
      const map = o as Map<unknown, unknown>;
      checkItems(solver, o, [...map.keys()], type.cell.key);
      checkItems(solver, o, [...map.values()], type.cell.value);
    } else if (type instanceof SomeInstance) checkFields(solver, o, type);
  }
}

function checkItems(solver: Solver, o: object, items: readonly unknown[], cell: TypeCell): void {
  if (cell.find().pending !== null || !isInt(cell.type)) return;
  const large = items.find(isTooLarge);
  if (large !== undefined) reportPrebuilt(solver, o, large, "");
}

function checkFields(solver: Solver, o: object, type: SomeInstance): void {
  for (const c of type.classDesc.chain()) {
    for (const field of c.fields.values()) {
      if (!isInt(field.cell.type)) continue;
      const value = solver.world.readProperty(o, field.name)?.value;
      if (isTooLarge(value)) reportPrebuilt(solver, o, value, `.${field.name}`);
    }
  }
}

function report(
  solver: Solver,
  specialization: FunctionSpecialization,
  position: Operation["position"],
  value: number,
): void {
  const mistake = new Mistake("RTS1209", `${value} does not fit an int of ${solver.options.wordBits} bits`);
  solver.record({ specialization, position, operand: null, what: "", mistake });
}

function reportPrebuilt(solver: Solver, o: object, value: number, step: string): void {
  const path = solver.prebuilt.pathTo(o);
  const where = path === "" ? "a prebuilt value" : `prebuilt \`${path}${step}\``;
  const node = solver.world.allocation(o);
  const position = node === null ? null : solver.world.positionOf(node);
  const mistake = new Mistake(
    "RTS1209",
    `${where} holds ${value}, which does not fit an int of ${solver.options.wordBits} bits`,
  );
  solver.record({ specialization: null, position, operand: null, what: "", mistake });
}
