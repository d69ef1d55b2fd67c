/** One operation while it is typed: what transfer functions see of the solver. */
import type { TypeNode } from "ts-morph";
import type { Constant, Operation, Value } from "../translator/flow/model.ts";
import { ListCell, MapCell, TypeCell } from "./cells.ts";
import type { DeclaredType } from "./declared.ts";
import { Mistake } from "./errors.ts";
import type { FunctionSpecialization } from "./functions.ts";
import type { SomeValue } from "./model.ts";
import type { CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";
import type { BlockState } from "./state.ts";

/** Types the result of one operation; throws a Mistake. */
export type Transfer = (ctx: OpContext) => SomeValue;

/** One object serves all operations, one after the other. */
export class OpContext {
  readonly solver: Solver;
  state!: BlockState;
  specialization!: FunctionSpecialization;
  op!: Operation;
  /** The operand that flows in, for messages about conflicts. */
  operand: Value | null = null;
  /** What it flows into, in words. */
  what = "";

  constructor(solver: Solver) {
    this.solver = solver;
  }

  enter(state: BlockState): void {
    this.state = state;
    this.specialization = state.owner.specialization;
  }

  get count(): number {
    return this.op.args.length;
  }

  /** Type of an operand. */
  arg(i: number): SomeValue {
    return this.solver.typeOf(this.op.args[i] as Value);
  }

  /** A description or name that the operation carries in a Constant. */
  constant<T>(i: number): T {
    return (this.op.args[i] as Constant).value as T;
  }

  /** Reads a cell; this block is flowed again when it grows. */
  read(cell: TypeCell): SomeValue {
    this.solver.unifier.use(cell);
    this.solver.addReader(cell, this.state);
    return cell.find().value;
  }

  /** Lets a type flow into a cell; `operand` is the index of the operand it comes from, or -1. */
  merge(cell: TypeCell, type: SomeValue, what: string, operand = -1): void {
    const root = cell.find();
    if (root.value === type && root.pending === null) return;
    const { op, specialization } = this;
    const value = operand < 0 ? null : (op.args[operand] as Value);
    this.operand = value;
    this.what = what;
    this.solver.unifier.merge(cell, type, (grown) => ({
      type: grown,
      what,
      position: op.position,
      from: value === null ? null : { value, specialization },
      cell: null,
    }));
    this.operand = null;
  }

  union(a: SomeValue, b: SomeValue): SomeValue {
    return this.solver.unifier.union(a, b);
  }

  unify(a: TypeCell, b: TypeCell, what: string): void {
    this.what = what;
    this.solver.unifier.unify(a, b);
  }

  listCell(tag = "list"): ListCell {
    return this.solver.opCell(this.op, tag, () => new ListCell(this.op.position)).find();
  }

  mapCell(tag = "map"): MapCell {
    return this.solver.opCell(this.op, tag, () => new MapCell(this.op.position)).find();
  }

  typeCell(tag: string, what: string, keepsConstants = true): TypeCell {
    return this.solver.opCell(this.op, tag, () => new TypeCell(what, this.op.position, keepsConstants));
  }

  /** A declared type of the operation, under this specialization's type arguments. */
  resolve(type: { readonly node: TypeNode } | null): DeclaredType | null {
    return type === null ? null : this.solver.types.resolve(type.node, this.specialization.environment);
  }

  target(target: CallTarget): void {
    this.solver.targets.set(this.op, target);
  }

  /** A mistake; `operands` are explained by chains. */
  fail(code: Mistake["code"], message: string, help: string | null = null, operands: readonly number[] = []): never {
    const sides = operands.map((i) => ({
      title: `operand is ${this.arg(i).toText()}`,
      value: this.op.args[i] as Value,
      cell: null,
    }));
    throw new Mistake(code, message, help, sides);
  }
}
