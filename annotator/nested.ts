/** Words for types inside types: descriptions of recursive types stop after a few levels. */
import type { TypeCell } from "./cells.ts";

let depth = 0;

export function describeNested(text: () => string): string {
  if (depth >= 3) return "…";
  depth++;
  try {
    return text();
  } finally {
    depth--;
  }
}

/** The type of a cell in words. */
export function cellText(cell: TypeCell): string {
  return describeNested(() => cell.type.toText());
}

/** The same, in parentheses where `[]` follows. */
export function wrapped(cell: TypeCell): string {
  const text = cellText(cell);
  return text.includes(" ") ? `(${text})` : text;
}
