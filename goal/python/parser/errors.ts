/**
 * Errors of the front end: what Python raises as SyntaxError and its subclasses, with position and source line.
 */
import type { int } from "rtypescript/rlib";

export const SYNTAX_ERROR: int = 0;
export const INDENTATION_ERROR: int = 1;
export const TAB_ERROR: int = 2;

/** Names of the exception classes, by `PySyntaxError.kind`. */
export const SYNTAX_ERROR_NAMES: readonly string[] = ["SyntaxError", "IndentationError", "TabError"];

/** A Python SyntaxError; the interpreter turns it into the Python exception with the same attributes. */
export class PySyntaxError extends Error {
  /** SYNTAX_ERROR, INDENTATION_ERROR or TAB_ERROR. */
  readonly kind: int;
  readonly msg: string;
  filename: string;
  readonly lineno: int;
  /** Column in characters, from 1; 0 and −1 mean unknown, as in CPython. */
  readonly offset: int;
  readonly endLineno: int;
  readonly endOffset: int;
  /** The source line, or null when there is none. */
  text: string | null;
  /** More input could make the program valid: what a REPL wants to know. */
  incomplete: boolean;
  constructor(
    kind: int,
    msg: string,
    filename: string,
    lineno: int,
    offset: int,
    endLineno: int,
    endOffset: int,
    text: string | null,
  ) {
    super(msg);
    this.kind = kind;
    this.msg = msg;
    this.filename = filename;
    this.lineno = lineno;
    this.offset = offset;
    this.endLineno = endLineno;
    this.endOffset = endOffset;
    this.text = text;
    this.incomplete = false;
  }
}
