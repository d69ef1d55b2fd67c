/**
 * Mistakes of the user's program as transfer functions meet them, before they become diagnostics. A mistake found
 * while types still grow is kept only if it is certain (two types without union); all others are looked for once the
 * fixpoint is reached. The chains are built at the end, when all types are known.
 */
import type { DiagnosticCode } from "../translator/diagnostics/codes.ts";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import type { Diagnostic } from "../translator/diagnostics/report.ts";
import type { Value } from "../translator/flow/model.ts";
import type { TypeCell } from "./cells.ts";
import type { TypeConflict } from "./conflict.ts";
import type { FunctionSpecialization } from "./functions.ts";

/** One side of a mistake to be explained by its chain. */
export interface Side {
  readonly title: string;
  readonly value: Value | null;
  readonly cell: TypeCell | null;
}

/** Thrown by transfer functions. */
export class Mistake extends Error {
  readonly code: DiagnosticCode;
  readonly help: string | null;
  readonly sides: readonly Side[];

  constructor(code: DiagnosticCode, message: string, help: string | null = null, sides: readonly Side[] = []) {
    super(message);
    this.code = code;
    this.help = help;
    this.sides = sides;
  }
}

/** A mistake and where it was met. */
export interface MetMistake {
  readonly specialization: FunctionSpecialization | null;
  readonly position: SourcePosition | null;
  /** The operand that was flowing in, for conflicts. */
  readonly operand: Value | null;
  readonly what: string;
  readonly mistake: Mistake | TypeConflict | Diagnostic;
}
