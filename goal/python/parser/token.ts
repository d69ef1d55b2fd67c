/**
 * Kinds of tokens, and tokens.
 *
 * Every operator and every keyword is a kind of its own, so that the parser compares ints only. Soft keywords (match,
 * case, _) are NAMEs.
 */
import type { int } from "rtypescript/rlib";
import { Span } from "./node.ts";

const texts: string[] = [];
const keywordKinds: Map<string, int> = new Map();

function define(text: string): int {
  texts.push(text);
  return texts.length - 1;
}

function keyword(text: string): int {
  const kind: int = define(text);
  keywordKinds.set(text, kind);
  return kind;
}

export const T_ENDMARKER: int = define("ENDMARKER");
export const T_NAME: int = define("NAME");
export const T_NUMBER: int = define("NUMBER");
export const T_STRING: int = define("STRING");
export const T_NEWLINE: int = define("NEWLINE");
export const T_INDENT: int = define("INDENT");
export const T_DEDENT: int = define("DEDENT");
/** A character that begins no token ($ ? ! `): the parser refuses it. */
export const T_UNKNOWN: int = define("UNKNOWN");

export const T_LPAR: int = define("(");
export const T_RPAR: int = define(")");
export const T_LSQB: int = define("[");
export const T_RSQB: int = define("]");
export const T_LBRACE: int = define("{");
export const T_RBRACE: int = define("}");
export const T_COLON: int = define(":");
export const T_COMMA: int = define(",");
export const T_SEMI: int = define(";");
export const T_DOT: int = define(".");
export const T_ELLIPSIS: int = define("...");
export const T_ARROW: int = define("->");
export const T_COLONEQUAL: int = define(":=");
export const T_TILDE: int = define("~");
export const T_EQUAL: int = define("=");

export const T_EQEQUAL: int = define("==");
export const T_NOTEQUAL: int = define("!=");
export const T_LESS: int = define("<");
export const T_LESSEQUAL: int = define("<=");
export const T_GREATER: int = define(">");
export const T_GREATEREQUAL: int = define(">=");

// Binary operators and their augmented assignments, both in the order of the AST's operator numbers.
export const T_PLUS: int = define("+");
export const T_MINUS: int = define("-");
export const T_STAR: int = define("*");
export const T_AT: int = define("@");
export const T_SLASH: int = define("/");
export const T_PERCENT: int = define("%");
export const T_DOUBLESTAR: int = define("**");
export const T_LEFTSHIFT: int = define("<<");
export const T_RIGHTSHIFT: int = define(">>");
export const T_VBAR: int = define("|");
export const T_CIRCUMFLEX: int = define("^");
export const T_AMPER: int = define("&");
export const T_DOUBLESLASH: int = define("//");
export const T_PLUSEQUAL: int = define("+=");
export const T_MINUSEQUAL: int = define("-=");
export const T_STAREQUAL: int = define("*=");
export const T_ATEQUAL: int = define("@=");
export const T_SLASHEQUAL: int = define("/=");
export const T_PERCENTEQUAL: int = define("%=");
export const T_DOUBLESTAREQUAL: int = define("**=");
export const T_LEFTSHIFTEQUAL: int = define("<<=");
export const T_RIGHTSHIFTEQUAL: int = define(">>=");
export const T_VBAREQUAL: int = define("|=");
export const T_CIRCUMFLEXEQUAL: int = define("^=");
export const T_AMPEREQUAL: int = define("&=");
export const T_DOUBLESLASHEQUAL: int = define("//=");

// Keywords.
export const T_FALSE: int = keyword("False");
export const T_NONE: int = keyword("None");
export const T_TRUE: int = keyword("True");
export const T_AND: int = keyword("and");
export const T_AS: int = keyword("as");
export const T_ASSERT: int = keyword("assert");
export const T_ASYNC: int = keyword("async");
export const T_AWAIT: int = keyword("await");
export const T_BREAK: int = keyword("break");
export const T_CLASS: int = keyword("class");
export const T_CONTINUE: int = keyword("continue");
export const T_DEF: int = keyword("def");
export const T_DEL: int = keyword("del");
export const T_ELIF: int = keyword("elif");
export const T_ELSE: int = keyword("else");
export const T_EXCEPT: int = keyword("except");
export const T_FINALLY: int = keyword("finally");
export const T_FOR: int = keyword("for");
export const T_FROM: int = keyword("from");
export const T_GLOBAL: int = keyword("global");
export const T_IF: int = keyword("if");
export const T_IMPORT: int = keyword("import");
export const T_IN: int = keyword("in");
export const T_IS: int = keyword("is");
export const T_LAMBDA: int = keyword("lambda");
export const T_NONLOCAL: int = keyword("nonlocal");
export const T_NOT: int = keyword("not");
export const T_OR: int = keyword("or");
export const T_PASS: int = keyword("pass");
export const T_RAISE: int = keyword("raise");
export const T_RETURN: int = keyword("return");
export const T_TRY: int = keyword("try");
export const T_WHILE: int = keyword("while");
export const T_WITH: int = keyword("with");
export const T_YIELD: int = keyword("yield");

/** Spelling of each kind, for messages. */
export const TOKEN_TEXTS: readonly string[] = texts;

/** Kind of a name: that of the keyword, or T_NAME. */
export function nameKind(text: string): int {
  return keywordKinds.get(text) ?? T_NAME;
}

/** Keywords, for the `keyword` module and for suggestions. */
export const KEYWORDS: readonly string[] = [...keywordKinds.keys()];

export class Token extends Span {
  readonly kind: int;
  /** UTF-16 offsets into the source. */
  readonly start: int;
  readonly end: int;
  /** Open brackets after this token. */
  readonly level: int;
  /** The identifier (normalized) or the literal as written; "" for other kinds. */
  readonly text: string;
  constructor(
    kind: int,
    start: int,
    end: int,
    level: int,
    text: string,
    line: int,
    col: int,
    endLine: int,
    endCol: int,
  ) {
    super(line, col, endLine, endCol);
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.level = level;
    this.text = text;
  }
}
