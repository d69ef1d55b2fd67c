/**
 * The base of the syntax tree: spans, nodes, and the numbers that tell nodes apart.
 *
 * A node's class is found by its `kind` (N_…), an int: passes are switches over it followed by a cast, which needs no
 * visitor methods and costs one comparison. Spans are as the `ast` module gives them: lines from 1, columns in UTF-8
 * bytes from 0, the end exclusive.
 */
import type { int } from "rtypescript/rlib";

/** A range of source: what tokens and nodes have in common, so that either can delimit a node. */
export abstract class Span {
  line: int;
  col: int;
  endLine: int;
  endCol: int;
  constructor(line: int, col: int, endLine: int, endCol: int) {
    this.line = line;
    this.col = col;
    this.endLine = endLine;
    this.endCol = endCol;
  }
}

/** A node reaches from the start of `first` to the end of `last`. */
export abstract class Node extends Span {
  readonly kind: int;
  constructor(kind: int, first: Span, last: Span) {
    super(first.line, first.col, last.endLine, last.endCol);
    this.kind = kind;
  }
}

export abstract class Expr extends Node {}
export abstract class Stmt extends Node {}
export abstract class Pattern extends Node {}

// Expressions, then statements, patterns, and parts of those.
export const N_BOOL_OP: int = 1;
export const N_NAMED_EXPR: int = 2;
export const N_BIN_OP: int = 3;
export const N_UNARY_OP: int = 4;
export const N_LAMBDA: int = 5;
export const N_IF_EXP: int = 6;
export const N_DICT_EXPR: int = 7;
export const N_SET_EXPR: int = 8;
export const N_LIST_COMP: int = 9;
export const N_SET_COMP: int = 10;
export const N_DICT_COMP: int = 11;
export const N_GENERATOR_EXP: int = 12;
export const N_AWAIT: int = 13;
export const N_YIELD: int = 14;
export const N_YIELD_FROM: int = 15;
export const N_COMPARE: int = 16;
export const N_CALL: int = 17;
export const N_FORMATTED_VALUE: int = 18;
export const N_JOINED_STR: int = 19;
export const N_CONSTANT: int = 20;
export const N_ATTRIBUTE: int = 21;
export const N_SUBSCRIPT: int = 22;
export const N_STARRED: int = 23;
export const N_NAME: int = 24;
export const N_LIST_EXPR: int = 25;
export const N_TUPLE_EXPR: int = 26;
export const N_SLICE: int = 27;
export const N_FUNCTION_DEF: int = 40;
export const N_CLASS_DEF: int = 41;
export const N_RETURN: int = 42;
export const N_DELETE: int = 43;
export const N_ASSIGN: int = 44;
export const N_AUG_ASSIGN: int = 45;
export const N_ANN_ASSIGN: int = 46;
export const N_FOR: int = 47;
export const N_WHILE: int = 48;
export const N_IF: int = 49;
export const N_WITH: int = 50;
export const N_MATCH: int = 51;
export const N_RAISE: int = 52;
export const N_TRY: int = 53;
export const N_ASSERT: int = 54;
export const N_IMPORT: int = 55;
export const N_IMPORT_FROM: int = 56;
export const N_GLOBAL: int = 57;
export const N_NONLOCAL: int = 58;
export const N_EXPR_STMT: int = 59;
export const N_PASS: int = 60;
export const N_BREAK: int = 61;
export const N_CONTINUE: int = 62;
export const N_MATCH_VALUE: int = 70;
export const N_MATCH_SINGLETON: int = 71;
export const N_MATCH_SEQUENCE: int = 72;
export const N_MATCH_MAPPING: int = 73;
export const N_MATCH_CLASS: int = 74;
export const N_MATCH_STAR: int = 75;
export const N_MATCH_AS: int = 76;
export const N_MATCH_OR: int = 77;
export const N_COMPREHENSION: int = 80;
export const N_EXCEPT_HANDLER: int = 81;
export const N_ARGUMENTS: int = 82;
export const N_ARG: int = 83;
export const N_KEYWORD: int = 84;
export const N_ALIAS: int = 85;
export const N_WITH_ITEM: int = 86;
export const N_MATCH_CASE: int = 87;

// Contexts of Name, Attribute, Subscript, Starred, List, Tuple.
export const LOAD: int = 0;
export const STORE: int = 1;
export const DEL: int = 2;

// Operators of BinOp and AugAssign, in the order of the BINARY_… opcodes.
export const OP_ADD: int = 0;
export const OP_SUB: int = 1;
export const OP_MULT: int = 2;
export const OP_MATMULT: int = 3;
export const OP_DIV: int = 4;
export const OP_MOD: int = 5;
export const OP_POW: int = 6;
export const OP_LSHIFT: int = 7;
export const OP_RSHIFT: int = 8;
export const OP_BITOR: int = 9;
export const OP_BITXOR: int = 10;
export const OP_BITAND: int = 11;
export const OP_FLOORDIV: int = 12;

// Operators of UnaryOp, in the order of the UNARY_… opcodes.
export const OP_UADD: int = 0;
export const OP_USUB: int = 1;
export const OP_NOT: int = 2;
export const OP_INVERT: int = 3;

// Operators of BoolOp.
export const OP_AND: int = 0;
export const OP_OR: int = 1;

// Operators of Compare, in the order of the COMPARE_… opcodes.
export const CMP_EQ: int = 0;
export const CMP_NE: int = 1;
export const CMP_LT: int = 2;
export const CMP_LE: int = 3;
export const CMP_GT: int = 4;
export const CMP_GE: int = 5;
export const CMP_IS: int = 6;
export const CMP_IS_NOT: int = 7;
export const CMP_IN: int = 8;
export const CMP_NOT_IN: int = 9;
