// Where in an expression's text the operator or subscript stands that failed: `~~^~~`.
import type { int } from "rtypescript/rlib";
import { utf8Decode, utf8Encode } from "rtypescript/rlib/os";
import { BinOp, ExprStmt, Subscript } from "../parser/ast.ts";
import { PySyntaxError } from "../parser/errors.ts";
import { MODE_EXEC, parseSource } from "../parser/parser.ts";

/** Marked characters: `left … right − 1`. */
export class Anchors {
  readonly left: int;
  readonly right: int;
  constructor(left: int, right: int) {
    this.left = left;
    this.right = right;
  }
}

function charOf(segment: string, bytes: int): int {
  return utf8Decode(utf8Encode(segment).slice(0, bytes)).length;
}
function isBlank(c: string): boolean {
  return c === " " || c === "\t" || c === "\f";
}

/** For a text that is one binary operation or subscript; null for others. */
export function findAnchors(segment: string): Anchors | null {
  try {
    const body = parseSource(segment, "<traceback>", MODE_EXEC, []).body;
    if (body.length !== 1) return null;
    const statement = body[0];
    if (!(statement instanceof ExprStmt)) return null;
    const value = statement.value;
    if (value instanceof BinOp) return operatorAnchors(segment, value);
    if (!(value instanceof Subscript)) return null;
    const left = charOf(segment, value.value.endCol);
    return new Anchors(left, charOf(segment, value.index.endCol) + 1);
  } catch (e) {
    if (e instanceof PySyntaxError) return null;
    throw e;
  }
}

function operatorAnchors(segment: string, value: BinOp): Anchors | null {
  const to = charOf(segment, value.right.col);
  for (let i: int = charOf(segment, value.left.endCol); i < to; i++) {
    if (isBlank(segment.charAt(i))) continue;
    const two = i + 1 < to && !isBlank(segment.charAt(i + 1));
    return new Anchors(i, two ? i + 2 : i + 1);
  }
  return null;
}
