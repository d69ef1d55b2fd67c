/**
 * The shape of one row of the low-level operation table. Rows are declared once (`arith.ts`, `memory.ts`, `calls.ts`,
 * `runtime.ts`, `gc.ts`); interpreter, constant folding, effect analysis, verifier and backends derive from them.
 *
 * To add an operation: add one row here; the compiler then names the emitters that miss it.
 */

/**
 * Operand and result types in the table's small language:
 * a primitive's name; `T` any integer type, the same at each occurrence; `P` any pointer; `GcP`; `A` pointer to array or
 * variable-sized struct; `I` its item; `F` the named field's type; `C<word>` a Void constant (a type, a name, a list);
 * `?` any type, stated by the result variable; `...` any number of operands.
 */
export type OperandType = string;

export type Effect =
  /** The result depends on the operands only; may be repeated, removed, reordered. */
  | "pure"
  /** Reads memory; removable. */
  | "read"
  /** Writes memory or has another effect. */
  | "write"
  /** Allocates; removable when the result is unused. */
  | "alloc"
  /** Ends the program when its condition fails; removable only when implied. */
  | "check"
  /** A call or runtime service: reads and writes whatever its effect analysis says. */
  | "call";

export interface OpInfo {
  readonly args: readonly OperandType[];
  readonly result: OperandType;
  readonly effect: Effect;
  /** May leave with an exception in the Vm struct. */
  readonly raises: boolean;
  /** A collection may happen during it. */
  readonly collects: boolean;
  readonly doc: string;
}

export const pure = (args: readonly OperandType[], result: OperandType, doc: string): OpInfo => ({
  args,
  result,
  effect: "pure",
  raises: false,
  collects: false,
  doc,
});
export const read = (args: readonly OperandType[], result: OperandType, doc: string): OpInfo => ({
  args,
  result,
  effect: "read",
  raises: false,
  collects: false,
  doc,
});
export const write = (args: readonly OperandType[], doc: string): OpInfo => ({
  args,
  result: "Void",
  effect: "write",
  raises: false,
  collects: false,
  doc,
});
export const check = (args: readonly OperandType[], doc: string): OpInfo => ({
  args,
  result: "Void",
  effect: "check",
  raises: false,
  collects: false,
  doc,
});
