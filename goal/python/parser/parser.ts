/**
 * Entry points of the parser, and what happens when a text does not parse.
 */
import type { int } from "rtypescript/rlib";
import { ExprStmt, Module, Pass } from "./ast.ts";
import { CompoundParser } from "./compound.ts";
import { PySyntaxError, SYNTAX_ERROR } from "./errors.ts";
import type { Expr, Span, Stmt } from "./node.ts";
import { normalizeNewlines } from "./source.ts";
import { ParseFailure } from "./stream.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";
import { Tokenizer } from "./tokenizer.ts";

/** A file or a text of statements. */
export const MODE_EXEC: int = 0;
/** One expression. */
export const MODE_EVAL: int = 1;
/** One interactive statement. */
export const MODE_SINGLE: int = 2;
/** An expression of an f-string, in parentheses. */
const MODE_FSTRING: int = 3;

/** A DeprecationWarning or SyntaxWarning about the text. */
export class SourceWarning {
  readonly isDeprecation: boolean;
  readonly message: string;
  readonly line: int;
  constructor(isDeprecation: boolean, message: string, line: int) {
    this.isDeprecation = isDeprecation;
    this.message = message;
    this.line = line;
  }
}

export class Parser extends CompoundParser {
  readonly warnings: SourceWarning[];

  constructor(tokenizer: Tokenizer, isFString: boolean, warnings: SourceWarning[]) {
    super(tokenizer, isFString);
    this.warnings = warnings;
  }

  override warn(span: Span, message: string): void {
    this.warnings.push(new SourceWarning(true, message, span.line));
  }

  override parseEmbedded(text: string, line: int, col: int): Expr {
    const tokenizer: Tokenizer = new Tokenizer(text, this.tokenizer.filename, line, col);
    const parser: Parser = new Parser(tokenizer, true, this.warnings);
    const body: Stmt[] = parser.parse(MODE_FSTRING);
    return (body[0] as ExprStmt).value;
  }

  /** Parses all of the text; throws PySyntaxError. */
  parse(mode: int): Stmt[] {
    try {
      this.reset(0);
      return this.#start(mode);
    } catch (e) {
      if (e instanceof PySyntaxError) {
        e.incomplete = e.incomplete || this.#reachedEnd();
        throw this.scanning ? e : this.#preferLaterError(e);
      }
      if (!(e instanceof ParseFailure)) throw e;
    }
    throw this.#diagnose(mode, this.tokens[this.tokens.length - 1]);
  }

  /** The second pass: finds out what is wrong. `last` is the last token that the first pass looked at. */
  #diagnose(mode: int, last: Token): PySyntaxError {
    const incomplete: boolean = this.#reachedEnd();
    const error: PySyntaxError = this.#explain(mode, last);
    error.incomplete = error.incomplete || incomplete;
    return error;
  }

  #explain(mode: int, last: Token): PySyntaxError {
    this.reset(0);
    this.diagnosing = true;
    this.lenient = true;
    try {
      this.#start(mode);
    } catch (e) {
      if (e instanceof PySyntaxError) return this.scanning ? e : this.#preferLaterError(e);
      if (!(e instanceof ParseFailure)) throw e;
    }
    if (last.kind === t.T_INDENT) return this.indentationError("unexpected indent");
    if (last.kind === t.T_DEDENT) return this.indentationError("unexpected unindent");
    return this.#preferLaterError(this.errorAt(last, "invalid syntax"));
  }

  /** An error of the text itself further on, such as an unterminated string, explains a failure better. */
  #preferLaterError(found: PySyntaxError): PySyntaxError {
    const failedLine: int = this.tokens[this.tokens.length - 1].line;
    const tokenizer: Tokenizer = this.tokenizer;
    try {
      while (tokenizer.next().kind !== t.T_ENDMARKER);
    } catch (e) {
      if (!(e instanceof PySyntaxError)) throw e;
      if (e.kind !== SYNTAX_ERROR || e.msg.startsWith("unexpected ")) return found;
      if (e.msg.endsWith("was never closed")) return failedLine > e.lineno ? e : found;
      return e;
    }
    return found;
  }

  /** Whether more input could have changed the outcome. */
  #reachedEnd(): boolean {
    if (!this.tokenizer.atEnd) return false;
    const kind: int = this.tokens[this.tokens.length - 1].kind;
    return kind === t.T_ENDMARKER || kind === t.T_DEDENT || kind === t.T_NEWLINE;
  }

  #start(mode: int): Stmt[] {
    const body: Stmt[] = [];
    if (mode === MODE_EXEC) {
      while (this.kind !== t.T_ENDMARKER) this.statement(body);
      return body;
    }
    if (mode === MODE_SINGLE) {
      this.#interactive(body);
      return body;
    }
    const first: Token = this.token;
    const e: Expr = mode === MODE_EVAL ? this.#expressions() : this.starExpressions();
    body.push(new ExprStmt(first, this.last, e));
    if (mode === MODE_EVAL) {
      while (this.accept(t.T_NEWLINE));
      this.expect(t.T_ENDMARKER);
    }
    return body;
  }

  /** Expressions with commas, none of them starred. */
  #expressions(): Expr {
    if (this.kind === t.T_STAR) this.fail();
    return this.starExpressions();
  }

  #interactive(body: Stmt[]): void {
    const first: Token = this.token;
    if (this.kind === t.T_NEWLINE) {
      body.push(new Pass(first, first));
      return;
    }
    if (this.kind === t.T_ENDMARKER) this.fail();
    const compound: Stmt | null = this.compoundStatement();
    if (compound === null) this.simpleStatements(body);
    else {
      body.push(compound);
      this.accept(t.T_NEWLINE);
    }
  }
}

/** Parses a source text in one of the modes; warnings are added to `warnings`. */
export function parseSource(source: string, filename: string, mode: int, warnings: SourceWarning[]): Module {
  const tokenizer: Tokenizer = new Tokenizer(normalizeNewlines(source), filename, 1, 0);
  const parser: Parser = new Parser(tokenizer, false, warnings);
  return new Module(parser.parse(mode));
}
