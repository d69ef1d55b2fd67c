/**
 * `Hop`: one high-level operation while it is lowered. It gives the lowering its operands in the representation that
 * it asks for, and takes the low-level operations that it emits.
 *
 * Lowerings emit straight-line code only. `finish` in `blocks.ts` afterwards restores the rule that only a block's last
 * operation may raise into its EXCEPTION link, by splitting the block behind every raising operation.
 */
import type { SomeValue } from "../annotator/model.ts";
import type { BuiltinTarget, CallTarget } from "../annotator/result.ts";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { Constant, Operation, type Value, Variable } from "../translator/flow/model.ts";
import type { FlowOpName } from "../translator/flow/ops.ts";
import type { LowFunction } from "./lltype/memory.ts";
import type { OpName } from "./lltype/ops/index.ts";
import type { JitOpName } from "./lltype/ops/jit.ts";
import {
  Bool,
  type FuncType,
  funcType,
  Int32,
  type LowType,
  PairType,
  type Primitive,
  Ptr,
  Signed,
  Void,
} from "./lltype/types.ts";
import type { ConstValue } from "./pair.ts";
import {
  conversions,
  type HelperFunction,
  lowConstant,
  lowerings,
  pairLowerings,
  type Repr,
  type Typer,
} from "./repr.ts";

/** A value with the type by which a helper shall see it. */
export class Typed {
  readonly value: Value;
  readonly some: SomeValue;
  readonly repr: Repr;

  constructor(value: Value, some: SomeValue, repr: Repr) {
    this.value = value;
    this.some = some;
    this.repr = repr;
  }
}

/**
 * An argument of a helper: a low-level value (seen by the type that `Typer.someOfLowType` gives for its low-level type),
 * a value with an explicit type, or a function, which the helper is specialized for.
 */
export type HelperArg = Value | Typed | HelperFunction;

/** Low-level operations under construction. */
export class OpList {
  readonly typer: Typer;
  readonly operations: Operation[];
  position: SourcePosition;

  constructor(typer: Typer, position: SourcePosition, operations: Operation[] = []) {
    this.typer = typer;
    this.position = position;
    this.operations = operations;
  }

  /** Appends a low-level operation (or an internal one: `pair_make`, `pair_value`, `pair_flag`). */
  emit(opname: OpName | JitOpName | InternalOp, args: readonly Value[], resultType: LowType): Variable {
    const result = new Variable("", resultType);
    this.operations.push(new Operation(opname, [...args], result, this.position));
    return result;
  }

  /** A `Signed` constant. */
  int(value: number | bigint): Constant {
    return lowConstant(BigInt(value), Signed);
  }

  bool(value: boolean): Constant {
    return lowConstant(value, Bool);
  }

  /** A `Void` constant: a type, a field name, a text. */
  void(value: unknown): Constant {
    return lowConstant(value, Void);
  }

  const(value: ConstValue, type: LowType): Constant {
    return lowConstant(value, type);
  }

  /** Converts between reprs; the same repr gives the value itself. */
  convert(value: Value, from: Repr, to: Repr): Value {
    if (from === to) return value;
    const conversion = conversions.find("convert", from, to);
    if (conversion !== null) return conversion(value, from, to, this);
    throw new Error(`rtyper: no conversion from ${from.toText()} to ${to.toText()} at ${this.position}`);
  }

  /** `getfield`, of a nullable scalar too. */
  getField(object: Value, name: string, type: LowType): Value {
    return this.emit("getfield", [object, this.void(name)], type);
  }

  setField(object: Value, name: string, value: Value): void {
    this.emit("setfield", [object, this.void(name), value], Void);
  }

  cast(value: Value, type: LowType): Value {
    return value.type === type ? value : this.emit("cast_pointer", [value], type);
  }

  isNull(pointer: Value): Variable {
    return this.emit("ptr_is_null", [pointer], Bool);
  }

  /** Calls a low-level function. */
  call(f: LowFunction, args: readonly Value[], resultType: LowType): Value {
    return this.emit("direct_call", [this.typer.functionPointer(f), ...args], resultType);
  }

  /** 32-bit part of a word, sign-extended. */
  toInt32(value: Value): Value {
    return this.emit("int_cast", [this.emit("int_cast", [value], Int32)], Signed);
  }

  pairMake(value: Value, flag: Value, type: PairType): Value {
    return this.emit("pair_make", [value, flag], type);
  }

  pairValue(pair: Value): Value {
    return this.emit("pair_value", [pair], (pair.type as PairType).value);
  }

  /** 0 present, 1 null, 2 undefined. */
  pairFlag(pair: Value): Value {
    return this.emit("pair_flag", [pair], Signed);
  }

  /** Calls a run-time helper specialized for the arguments; the result is in the helper's result representation. */
  helper(f: HelperFunction, ...args: HelperArg[]): Value {
    return this.helperTyped(f, ...args).value;
  }

  /** The same with the result's type and repr. */
  helperTyped(f: HelperFunction, ...args: HelperArg[]): { value: Value; repr: Repr } {
    const somes: SomeValue[] = [];
    const given: { value: Value; repr: Repr }[] = [];
    for (const arg of args) {
      const typed = this.#typed(arg);
      somes.push(typed.some);
      given.push(typed);
    }
    const { lowered, argReprs, resultRepr } = this.typer.helper(f, somes);
    const converted = given.map((g, i) => this.convert(g.value, g.repr, argReprs[i] as Repr));
    return { value: this.call(lowered, converted, resultRepr.lowType), repr: resultRepr };
  }

  #typed(arg: HelperArg): { value: Value; some: SomeValue; repr: Repr } {
    if (arg instanceof Typed) return arg;
    if (typeof arg === "function") {
      const some = this.typer.functionType(arg);
      const repr = this.typer.reprOf(some);
      return { value: this.typer.constant(repr, arg), some, repr };
    }
    const type = arg.type as LowType;
    const some = this.typer.someOfLowType(type);
    return { value: arg, some, repr: this.typer.reprOf(some) };
  }
}

/** Operations that exist between lowering and `explode` only. */
export type InternalOp = "pair_make" | "pair_value" | "pair_flag";

/** What a hop is about. */
export interface HopOperands {
  /** The operation's own name if left out. */
  readonly opname?: string;
  readonly args: readonly Value[];
  /** Types of the operands, where they are not those that the annotator knows for the operation's own. */
  readonly somes?: readonly SomeValue[];
  readonly reprs?: readonly Repr[] | null;
  readonly result: SomeValue;
  readonly callbacks?: ReadonlyMap<number, CallTarget>;
  readonly spread?: readonly boolean[] | null;
}

const NO_CALLBACKS: ReadonlyMap<number, CallTarget> = new Map();

/** A callback as a helper gets it. */
export interface Callback {
  readonly code: Constant;
  readonly environment: Value;
  readonly result: Repr;
  /** Types of environment and arguments, and of the result, nullable scalars not yet split. */
  readonly signature: FuncType;
}

export class Hop extends OpList {
  /** The operation of the flow graph: what the annotator's answers are about. */
  readonly op: Operation;
  readonly opname: string;
  /**
   * Operands: low-level values (of the repr that `repr(i)` says), and Constants without type, which hold live values or
   * description objects of the flow graph.
   */
  readonly args: readonly Value[];
  readonly #somes: readonly SomeValue[] | null;
  readonly resultSome: SomeValue;
  readonly resultRepr: Repr;
  /** How callback operands are called (builtins only). */
  readonly callbacks: ReadonlyMap<number, CallTarget>;
  /** Which operands are spread lists (builtins only). */
  readonly spread: readonly boolean[] | null;
  /** Reprs that differ from those of `somes`; usually none. */
  readonly #reprs: readonly Repr[] | null;

  constructor(typer: Typer, op: Operation, operands: HopOperands, operations: Operation[] = []) {
    super(typer, op.position, operations);
    this.op = op;
    this.opname = operands.opname ?? op.opname;
    this.args = operands.args;
    this.#somes = operands.somes ?? null;
    this.resultSome = operands.result;
    this.resultRepr = typer.reprOf(operands.result);
    this.callbacks = operands.callbacks ?? NO_CALLBACKS;
    this.spread = operands.spread ?? null;
    this.#reprs = operands.reprs ?? null;
  }

  /** The same operation seen as the builtin's: only the operands that it takes, in its order. */
  asBuiltin(target: BuiltinTarget): Hop {
    const at = target.operands;
    return new Hop(
      this.typer,
      this.op,
      {
        opname: target.name,
        args: at.map((i) => this.args[i] as Value),
        somes: at.map((i) => this.some(i)),
        reprs: this.#reprs === null ? null : at.map((i) => this.repr(i)),
        result: this.resultSome,
        callbacks: new Map([...target.callbacks].map(([i, call]) => [at.indexOf(i), call] as const)),
        spread: target.spread,
      },
      this.operations,
    );
  }

  /** Lowers another operation on other operands in place of this one; gives its result. */
  again(opname: FlowOpName, operands: readonly (Typed | Constant)[], result: SomeValue): Value {
    const somes = operands.map((o) => (o instanceof Typed ? o.some : this.typer.annotation.typeOf(o)));
    const value = lowerHop(
      new Hop(
        this.typer,
        this.op,
        {
          opname,
          args: operands.map((o) => (o instanceof Typed ? o.value : o)),
          somes,
          reprs: operands.map((o, i) => (o instanceof Typed ? o.repr : this.typer.reprOf(somes[i] as SomeValue))),
          result,
        },
        this.operations,
      ),
    );
    return value ?? this.void(null);
  }

  /** Number of operands. */
  get argCount(): number {
    return this.args.length;
  }

  /**
   * The callback operand i as a code pointer for a helper to call, `code(environment, …args)`, with arguments of the
   * given reprs (list items, as the helper has them); its result has the repr `result`.
   */
  callback(i: number, args: readonly Repr[], result: Repr | null = null): Callback {
    const target = this.callbacks.get(i);
    if (target === undefined) throw new Error(`rtyper: operand ${i} of ${this.describe()} is no callback`);
    const { lowered, resultRepr } = this.typer.callback(target, this.repr(i), args, result);
    const types = [this.repr(i).lowType, ...args.map((repr) => repr.lowType)];
    return {
      code: this.typer.functionPointer(lowered),
      environment: this.input(i),
      result: resultRepr,
      signature: funcType(types, resultRepr.lowType),
    };
  }

  some(i: number): SomeValue {
    if (i >= this.args.length) throw new Error(`rtyper: ${this.opname} has no operand ${i} at ${this.position}`);
    return this.#somes?.[i] ?? this.typer.annotation.typeOf(this.op.args[i] as Value);
  }

  /** The repr that operand i has by its own type. */
  repr(i: number): Repr {
    return this.#reprs === null ? this.typer.reprOf(this.some(i)) : (this.#reprs[i] as Repr);
  }

  /** Operand i converted to a repr. */
  inputArg(repr: Repr, i: number): Value {
    const arg = this.args[i] as Value;
    if (isLive(arg)) return this.typer.constant(repr, arg.value);
    return this.convert(arg, this.repr(i), repr);
  }

  /** Operand i in the repr of its own type. */
  input(i: number): Value {
    return this.inputArg(this.repr(i), i);
  }

  /** Operand i, a reference, checked not to be null where the annotator cannot exclude it. */
  inputNonNull(i: number): Value {
    const value = this.input(i);
    if (this.some(i).canBeNull && value.type instanceof Ptr) {
      this.emit("check_nonnull", [value, this.void("null or undefined used as an object")], Void);
    }
    return value;
  }

  /** Operand i of a nullable scalar type, checked and without its flag; of any other type as it is. */
  inputPresent(i: number): Value {
    const value = this.inputNonNull(i);
    return value.type instanceof PairType ? this.present(value) : value;
  }

  /** The value of a pair that must not be null. */
  present(pair: Value): Value {
    const isThere = this.emit("int_eq", [this.pairFlag(pair), this.int(0)], Bool);
    this.emit("check_true", [isThere, this.void("null or undefined used as a value")], Void);
    return this.pairValue(pair);
  }

  /** The live value of operand i, which must be a Constant (a name, a class, a description). */
  literal<T = unknown>(i: number): T {
    const arg = this.args[i];
    if (!isLive(arg)) throw new Error(`rtyper: operand ${i} of ${this.describe()} is no constant`);
    return arg.value as T;
  }

  /** Whether operand i is the same live value on all paths, and which. */
  known(i: number): { readonly value: unknown } | null {
    const arg = this.args[i];
    return isLive(arg) ? { value: arg.value } : this.some(i).constant;
  }

  /** Operand i with the annotator's own type, for a helper that shall see it so. A live function stays constant. */
  typed(i: number): Typed {
    return new Typed(this.input(i), this.some(i), this.repr(i));
  }

  /** The result's representation from a value of another one. */
  toResult(value: Value, repr: Repr): Value {
    return this.convert(value, repr, this.resultRepr);
  }

  /** The helper's result in the operation's result representation. */
  helperResult(f: HelperFunction, ...args: HelperArg[]): Value {
    const { value, repr } = this.helperTyped(f, ...args);
    return this.toResult(value, repr);
  }

  /** Text of the operation for messages of bugs. */
  describe(): string {
    const args = this.args.map((arg, i) => (isLive(arg) ? "constant" : this.some(i).toText())).join(", ");
    return `${this.opname}(${args}) at ${this.position} in ${this.position.functionName}`;
  }
}

/** Whether an operand is a Constant of the flow graph, not yet of a low-level type. */
export function isLive(value: Value | undefined): value is Constant {
  return value instanceof Constant && value.type === null;
}

/** Operations whose first operand is a description: they are found by their result. */
const FOUND_BY_RESULT: ReadonlySet<string> = new Set([
  "new_list",
  "new_tuple",
  "new_record",
  "record_extend",
  "make_closure",
  "get_static",
  "set_static",
  "get_cell",
  "set_cell",
  "unreachable",
]);

/** Lowers an operation by the tables: the most specific entry for its first two operands, else for the first. */
export function lowerHop(hop: Hop): Value | null {
  const first = hop.argCount === 0 || FOUND_BY_RESULT.has(hop.opname) ? hop.resultRepr : hop.repr(0);
  if (hop.argCount > 1 && pairLowerings.has(hop.opname)) {
    const second = hop.repr(1);
    const found = pairLowerings.find(hop.opname, first, second);
    if (found !== null) return found(hop, first, second);
  }
  const found = lowerings.find(hop.opname, first);
  if (found === null) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  return found(hop, first);
}

/** The type of a primitive low-level value, or an error for others. */
export function primitiveOf(value: Value): Primitive {
  return value.type as Primitive;
}
