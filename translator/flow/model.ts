/**
 * The graph model shared by every stage: five small classes. A graph is born high-level (operations of `ops.ts`,
 * values untyped), and becomes low-level when the rtyper gives every value a low-level type and replaces the
 * operations by those of `rtyper/lltype/ops`.
 *
 * Architecture invariant: **blocks are closed**. A block uses only its own input arguments, results of its own
 * earlier operations, and constants. Everything that lives across blocks travels through link arguments
 * (block arguments instead of phi). This makes narrowing a property of links, and inlining, copying and liveness
 * local operations. A variable is defined exactly once in its graph.
 *
 * A pass keeps its private facts in its own `Map`, never on these objects.
 */
import type { SourcePosition } from "../diagnostics/position.ts";

/** What a value's `type` slot holds once known; low-level types implement it (`rtyper/lltype/types.ts`). */
export interface ValueType {
  /** The type as the textual format writes it. */
  toText(): string;
}

let nextVariableId = 1;

export class Variable {
  /** Readable stem for the textual format, without number (`i`, `node`); may be empty. */
  name: string;
  /** Low-level type; null before the rtyper. */
  type: ValueType | null;
  /** Unique per process; for deterministic ordering only, never printed. */
  readonly id: number;

  constructor(name = "", type: ValueType | null = null) {
    this.name = name;
    this.type = type;
    this.id = nextVariableId++;
  }
}

export class Constant {
  /**
   * Before the rtyper: any live JavaScript value, or one of the description objects the operation asks for
   * (`TypeRef`, `ClosureTemplate`, `Cell`, a property name). After it: a value of the low-level type
   * (see `rtyper/lltype/memory.ts` for how each type is represented).
   */
  readonly value: unknown;
  type: ValueType | null;
  /** For number literals written `1.0` or with an exponent: "float"; without: "int"; null for live values. */
  readonly literalKind: "int" | "float" | null;

  constructor(value: unknown, type: ValueType | null = null, literalKind: "int" | "float" | null = null) {
    this.value = value;
    this.type = type;
    this.literalKind = literalKind;
  }
}

export type Value = Variable | Constant;

export class Operation {
  opname: string;
  args: Value[];
  result: Variable;
  position: SourcePosition;

  constructor(opname: string, args: Value[], result: Variable, position: SourcePosition) {
    this.opname = opname;
    this.args = args;
    this.result = result;
    this.position = position;
  }
}

/** The case of a link that is taken when the block's last operation raised. */
export const EXCEPTION = Symbol("exception");

/**
 * `null` for an unconditional link or the normal exit beside an exception link; a boolean under a boolean switch;
 * a number or bigint (low level) or a char string (high level) under a value switch; "default"; or EXCEPTION.
 */
export type ExitCase = null | boolean | number | bigint | string | typeof EXCEPTION;

export class Link {
  args: Value[];
  target: Block;
  exitcase: ExitCase;
  /** Only on EXCEPTION links: the variable that stands for the caught exception in `args`. */
  exceptionValue: Variable | null;
  /** Expected to be taken: "likely", "unlikely" or null (no knowledge). */
  weight: "likely" | "unlikely" | null;
  /** On links to `exceptBlock` (or a handler) made by a `throw`: where it stands; else null. */
  position: SourcePosition | null;

  constructor(args: Value[], target: Block, exitcase: ExitCase = null, exceptionValue: Variable | null = null) {
    this.args = args;
    this.target = target;
    this.exitcase = exitcase;
    this.exceptionValue = exceptionValue;
    this.weight = null;
    this.position = null;
  }
}

export class Block {
  inputargs: Variable[];
  operations: Operation[];
  /** The value switched on; EXCEPTION when the last operation may raise into an EXCEPTION link; null otherwise. */
  exitswitch: Value | typeof EXCEPTION | null;
  exits: Link[];

  constructor(inputargs: Variable[] = []) {
    this.inputargs = inputargs;
    this.operations = [];
    this.exitswitch = null;
    this.exits = [];
  }
}

/**
 * `returnBlock` has one input argument (the result) and `exceptBlock` one (the exception object); both have no
 * operations and no exits. An operation that raises in a block without an EXCEPTION link leaves the function.
 */
export class FunctionGraph {
  name: string;
  startBlock: Block;
  readonly returnBlock: Block;
  readonly exceptBlock: Block;
  /** Where the function is declared; operations synthesized for it inherit this with line 0. */
  position: SourcePosition;

  constructor(name: string, startBlock: Block, position: SourcePosition) {
    this.name = name;
    this.startBlock = startBlock;
    this.returnBlock = new Block([new Variable("result")]);
    this.exceptBlock = new Block([new Variable("exception")]);
    this.position = position;
  }
}
