/**
 * A graph on its way to jitcode: each block's low-level operations become *steps*, instructions whose operands are
 * still variables and constants of the graph. Register allocation and flattening come after.
 *
 * A variable that is another value under another type (after `cast_pointer`, say) is an alias: operands are resolved
 * through `resolve`, while types are asked of the operation's own operands.
 */
import type { LowFunction, LowValue } from "../../../rtyper/lltype/memory.ts";
import { type LowType, Void } from "../../../rtyper/lltype/types.ts";
import { type Block, Constant, type Operation, type Value, Variable } from "../../../translator/flow/model.ts";
import type { Descr } from "../../format/descr.ts";
import { findInstruction, INSTRUCTION_FORMATS } from "../../format/instructions.ts";
import { KIND_FLOAT, KIND_INT, KIND_LETTERS, KIND_REF, KIND_VOID } from "../../format/traceops.ts";
import type { DescrTable } from "../descrs.ts";
import type { CallEffects } from "../effects.ts";
import type { Helpers } from "../helpers.ts";
import type { CodeReference } from "../instruction.ts";
import { type Kind, kindOf, NotSupported } from "../kinds.ts";
import type { Policy } from "../policy.ts";
import type { Portal } from "../portal.ts";

/** Values of one kind, in a step. */
export class ValueList {
  readonly kind: Kind;
  readonly values: readonly Value[];

  constructor(kind: Kind, values: readonly Value[]) {
    this.kind = kind;
    this.values = values;
  }
}

export type StepOperand = Value | ValueList | Descr | CodeReference | number;

/** One instruction to be; jumps come only when blocks are flattened. */
export class Step {
  readonly opcode: number;
  readonly operands: readonly StepOperand[];
  readonly result: Variable | null;
  /** Where a `live` stands: for guards that resume in front of the instruction, and behind calls. */
  readonly live: "before" | "after" | null;

  constructor(
    opcode: number,
    operands: readonly StepOperand[],
    result: Variable | null,
    live: "before" | "after" | null,
  ) {
    this.opcode = opcode;
    this.operands = operands;
    this.result = result;
    this.live = live;
  }
}

/** What lowering asks about the program. */
export interface World {
  readonly wordBits: number;
  readonly descrs: DescrTable;
  readonly effects: CallEffects;
  readonly policy: Policy;
  readonly helpers: Helpers;
  /** The portal that a function is, null for every other one. */
  readonly portalOf: (f: LowFunction) => Portal | null;
  readonly driverIndex: (portal: Portal) => number;
  /** The portal of a driver; null when it has no merge point. */
  readonly portalOfDriver: (driver: object) => Portal | null;
  /** A reference to a followed function's jitcode, which is then made. */
  readonly codeOf: (f: LowFunction) => CodeReference;
  /** Says that calls through a pointer may reach these functions. */
  readonly noteIndirect: (candidates: readonly LowFunction[]) => void;
  /** The helper that compares strings; null when the program has none. */
  readonly equalStrings: LowFunction | null;
}

/** State of one block while it is lowered. */
export class BlockLowering {
  readonly world: World;
  readonly f: LowFunction;
  readonly block: Block;
  readonly steps: Step[] = [];
  readonly #aliases = new Map<Variable, Value>();
  /** Arrays of virtualizables by the variable that holds them. */
  readonly vableArrays = new Map<Value, { readonly object: Value; readonly field: Descr; readonly array: Descr }>();
  /** Tests of overflow by their result: what they test, and the steps that do it. */
  readonly overflowTests = new Map<
    Value,
    { readonly instruction: string; readonly left: Value; readonly right: Value; readonly steps: readonly Step[] }
  >();
  /** Values of which the fields never change: lists that a readonly field holds, and their items. */
  readonly pure: Set<Value>;

  constructor(world: World, f: LowFunction, block: Block, pure: Set<Value>) {
    this.world = world;
    this.f = f;
    this.block = block;
    this.pure = pure;
  }

  /** The value itself, without other names. */
  resolve(value: Value): Value {
    let v = value;
    while (v instanceof Variable) {
      const next = this.#aliases.get(v);
      if (next === undefined) break;
      v = next;
    }
    return v;
  }

  alias(name: Variable, of: Value): void {
    const value = this.resolve(of);
    const known = value instanceof Constant && value.type !== name.type ? new Constant(value.value, name.type) : value;
    this.#aliases.set(name, known);
    if (this.pure.has(of)) this.pure.add(name);
  }

  kind(value: Value): Kind {
    return kindOf(value.type as LowType, this.world.wordBits);
  }

  /** Appends an instruction by name; variables among the operands are resolved. */
  emit(
    name: string,
    operands: readonly StepOperand[],
    result: Variable | null = null,
    live: "before" | "after" | null = null,
  ): void {
    const opcode = findInstruction(name);
    if (opcode < 0) throw new Error(`no instruction ${name}`);
    const resolved = operands.map((operand) => this.#operand(operand));
    const wanted = (INSTRUCTION_FORMATS[opcode] as string).includes(">") === (result !== null);
    if (!wanted) throw new Error(`${name} ${result === null ? "needs a" : "has no"} result`);
    this.steps.push(new Step(opcode, resolved, result, live));
  }

  #operand(operand: StepOperand): StepOperand {
    if (operand instanceof ValueList) {
      return new ValueList(
        operand.kind,
        operand.values.map((v) => this.resolve(v)),
      );
    }
    return operand instanceof Variable || operand instanceof Constant ? this.resolve(operand) : operand;
  }

  /** `name` with the letter of a kind behind it. */
  byKind(name: string, kind: Kind): string {
    return `${name}_${kind === KIND_VOID ? "v" : KIND_LETTERS[kind]}`;
  }

  /** Arguments by kind; what has no value at run time is left out. */
  lists(values: readonly Value[]): [ValueList, ValueList, ValueList] {
    const of = (kind: Kind): ValueList =>
      new ValueList(
        kind,
        values.filter((v) => this.kind(v) === kind),
      );
    return [of(KIND_INT), of(KIND_REF), of(KIND_FLOAT)];
  }

  /** A new variable of a type. */
  fresh(type: LowType): Variable {
    return new Variable("", type);
  }

  constant(value: LowValue, type: LowType): Constant {
    return new Constant(value, type);
  }
}

export type Lowering = (l: BlockLowering, op: Operation) => void;

/** Operand i. */
export function arg(op: Operation, i: number): Value {
  const value = op.args[i];
  if (value === undefined) throw new Error(`${op.opname} has no operand ${i}`);
  return value;
}

export function typeOf(value: Value): LowType {
  return value.type as LowType;
}

/** The description that operand i carries. */
export function described<T>(op: Operation, i: number): T {
  const value = arg(op, i);
  if (value instanceof Constant) return value.value as T;
  throw new Error(`operand ${i} of ${op.opname} is no constant`);
}

/** The result, or null where nobody can use one. */
export function resultOf(op: Operation): Variable | null {
  return op.result.type === Void ? null : op.result;
}

export function unsupported(op: Operation): never {
  throw new NotSupported(`${op.opname} of ${op.args.map((a) => a.type?.toText()).join(", ")}`);
}
