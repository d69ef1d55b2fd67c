/**
 * The operation line that all textual formats share:
 *
 *     p6: Ptr(Box) = new_with_vtable($Box)             a result with a type, operands
 *     guard_true(i3, descr=@g1) [p0, i1, i2]           a named operand, a list of values kept for failure
 *     setattr(v1, "x", 5.0)                            no result
 *
 * An operand is read as text; what it stands for (a variable, a constant of which type) is decided by the format
 * that owns the line.
 */
import type { Cursor } from "./lexer.ts";

/** `tag"text"` */
export function quoteTagged(tag: string, text: string): string {
  return tag + JSON.stringify(text);
}

export type OperandKind =
  /** A word: variable, `true`, `null`, `undefined`, `nan`, `inf`. */
  | "word"
  /** Digits as written, `n` suffix included. */
  | "number"
  /** `#5`: a number of undetermined kind. */
  | "live"
  | "string"
  /** `@name` */
  | "object"
  /** `$Name` */
  | "class"
  /** `tag"text"` */
  | "tagged"
  /** `.Box.value` */
  | "path";

/** One operand as written. */
export interface OperandText {
  readonly kind: OperandKind;
  /** Decoded: the word, digits, string content, name without sigil, tagged text, path without leading dot. */
  readonly value: string;
  /** The tag of a tagged operand. */
  readonly tag: string | null;
  /** The text after `:`, when the operand carries its type. */
  readonly type: string | null;
  /** For errors: 1-based. */
  readonly line: number;
  readonly column: number;
}

/** A variable being defined: name and optional type text. */
export interface DefinitionText {
  readonly name: string;
  readonly type: string | null;
}

export interface OperationText {
  readonly result: DefinitionText | null;
  readonly opname: string;
  readonly operands: readonly OperandText[];
  /** `name=operand` operands, in order. */
  readonly named: ReadonlyMap<string, OperandText>;
  /** The bracketed list after the operands (values kept for a guard's failure), null when absent. */
  readonly kept: readonly OperandText[] | null;
  readonly comment: string | null;
}

/** Words that may follow an operand with its type, and so are no part of the type. */
const AFTER_TYPE: readonly string[] = ["goto", "return", "raise", "likely", "unlikely"];

/** Reads `name` or `name: Type`. */
export function parseDefinition(cursor: Cursor): DefinitionText {
  const name = cursor.requireWord("a variable name");
  return { name, type: cursor.accept(":") ? cursor.takeTypeText(AFTER_TYPE) : null };
}

/** Reads one operand. */
export function parseOperand(cursor: Cursor): OperandText {
  const token = cursor.peek();
  const where = { line: cursor.lineNumber, column: token.start + 1 };
  const read = (kind: OperandKind, value: string, tag: string | null = null): OperandText => ({
    kind,
    value,
    tag,
    type: cursor.accept(":") ? cursor.takeTypeText(AFTER_TYPE) : null,
    ...where,
  });
  if (token.kind === "word") {
    cursor.next();
    const following = cursor.peek();
    if (following.kind === "string" && following.start === token.end) {
      cursor.next();
      return read("tagged", following.value, token.value);
    }
    return read("word", token.value);
  }
  if (token.kind === "number" || token.kind === "string" || token.kind === "object" || token.kind === "class") {
    cursor.next();
    return read(token.kind, token.value);
  }
  if (cursor.accept("#")) {
    const number = cursor.next();
    if (number.kind !== "number" && number.kind !== "word") cursor.fail("expected a number");
    return read("live", number.value);
  }
  if (token.text === ".") return read("path", parsePath(cursor));
  return cursor.fail("expected an operand");
}

function parsePath(cursor: Cursor): string {
  const parts: string[] = [];
  while (cursor.accept(".")) parts.push(cursor.requireWord("a name"));
  return parts.join(".");
}

/** Reads `(a, b, …)` or another bracketed, comma-separated list. */
export function parseList<T>(cursor: Cursor, open: string, close: string, item: (cursor: Cursor) => T): T[] {
  const items: T[] = [];
  cursor.require(open);
  if (cursor.accept(close)) return items;
  do items.push(item(cursor));
  while (cursor.accept(","));
  cursor.require(close);
  return items;
}

function startsWithResult(cursor: Cursor): boolean {
  if (cursor.peek().kind !== "word") return false;
  const second = cursor.peek(1).text;
  return second === "=" || second === ":";
}

/** Reads a whole operation line. */
export function parseOperationLine(cursor: Cursor): OperationText {
  let result: DefinitionText | null = null;
  if (startsWithResult(cursor)) {
    result = parseDefinition(cursor);
    cursor.require("=");
  }
  const opname = cursor.requireWord("an operation name");
  const operands: OperandText[] = [];
  const named = new Map<string, OperandText>();
  parseList(cursor, "(", ")", () => {
    if (cursor.peek().kind === "word" && cursor.peek(1).text === "=") {
      const name = cursor.next().value;
      cursor.next();
      named.set(name, parseOperand(cursor));
    } else {
      operands.push(parseOperand(cursor));
    }
  });
  const kept = cursor.isAt("[") ? parseList(cursor, "[", "]", parseOperand) : null;
  cursor.requireEnd();
  return { result, opname, operands, named, kept, comment: cursor.comment };
}
