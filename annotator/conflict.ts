/** The exception thrown where two types without a union meet; the place of the meeting makes it a diagnostic. */
import type { Inflow, TypeCell } from "./cells.ts";
import type { DeclaredType } from "./declared.ts";
import type { SomeValue } from "./model.ts";

/** Two types that have no union met. */
export class TypeConflict extends Error {
  readonly left: SomeValue;
  readonly right: SomeValue;
  /** The cell in which they met, innermost; null when two bare values met. */
  cell: TypeCell | null = null;
  /** The other cell when two cells were unified. */
  otherCell: TypeCell | null = null;
  /** How the right one came, when it flowed into a cell. */
  inflow: Inflow | null = null;
  /** Set when two declarations contradict each other. */
  otherDeclared: DeclaredType | null = null;
  /** Set when the right one contradicts a declaration rather than another value. */
  readonly declared: DeclaredType | null;

  constructor(left: SomeValue, right: SomeValue, declared: DeclaredType | null = null) {
    super(`${right.toText()} meets ${declared === null ? left.toText() : declared.text}`);
    this.left = left;
    this.right = right;
    this.declared = declared;
  }
}
