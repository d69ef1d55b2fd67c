/**
 * The token side of the parser: looking, consuming, going back, and raising errors the way CPython places them.
 *
 * A parse runs at most twice. The first pass only accepts or fails (ParseFailure, no message). After a failure the
 * second pass runs with `diagnosing` set: productions then look for the well-known mistakes and raise precise errors.
 * If it finds none, the error is a plain "invalid syntax" at the last token that the first pass had looked at.
 */
import { ControlFlow, type int } from "rtypescript/rlib";
import { INDENTATION_ERROR, PySyntaxError, SYNTAX_ERROR } from "./errors.ts";
import type { Span } from "./node.ts";
import { byteToCharOffset, lineText } from "./source.ts";
import { T_DEDENT, T_ENDMARKER, T_INDENT, T_NAME, T_NEWLINE, TOKEN_TEXTS, Token } from "./token.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** The text does not fit the grammar here; which mistake it is, if any, the second pass finds. */
export class ParseFailure extends ControlFlow {}

export abstract class TokenStream {
  readonly tokenizer: Tokenizer;
  /** All tokens looked at so far. */
  readonly tokens: Token[];
  /** Index of the next token. */
  pos: int;
  /** The next token and its kind. */
  token: Token;
  kind: int;
  /** The last consumed token other than NEWLINE, INDENT, DEDENT: where a node ends. */
  last: Token;
  /** The second pass: see the head of the file. */
  diagnosing: boolean;
  /** Operands and suffixes that do not parse are left, so that what stands before them can be judged. */
  lenient: boolean;
  /** Token indices where an expression was tried without diagnoses: CPython does not look again there. */
  readonly triedPlainly: Set<int>;
  /** The text is an expression within an f-string: messages and columns differ. */
  readonly isFString: boolean;
  /** The tokenizer is at work: an error thrown now is one of the text itself. */
  scanning: boolean;

  constructor(tokenizer: Tokenizer, isFString: boolean) {
    this.tokenizer = tokenizer;
    this.isFString = isFString;
    this.tokens = [];
    this.scanning = false;
    // An error of the first token is thrown by the first reset, within parse().
    const first: Token = new Token(T_NEWLINE, 0, 0, 0, "", tokenizer.startLine, 0, tokenizer.startLine, 0);
    this.pos = 0;
    this.token = first;
    this.kind = first.kind;
    this.last = first;
    this.diagnosing = false;
    this.lenient = false;
    this.triedPlainly = new Set();
  }

  /** Consumes the next token. */
  advance(): Token {
    const token: Token = this.token;
    const kind: int = token.kind;
    if (kind < T_NEWLINE || kind > T_DEDENT) this.last = token;
    this.#moveTo(this.pos + 1);
    return token;
  }

  #moveTo(pos: int): void {
    this.pos = pos;
    if (pos >= this.tokens.length) this.#fetch();
    const token: Token = this.tokens[pos];
    this.token = token;
    this.kind = token.kind;
  }

  #fetch(): void {
    this.scanning = true;
    this.tokens.push(this.tokenizer.next());
    this.scanning = false;
  }

  /** Kind of the token after the next one. */
  peekKind(): int {
    return this.peekToken().kind;
  }

  /** The token after the next one. */
  peekToken(): Token {
    if (this.kind === T_ENDMARKER) return this.token;
    if (this.pos + 1 >= this.tokens.length) this.#fetch();
    return this.tokens[this.pos + 1];
  }

  /** Goes back to a token index. */
  reset(mark: int): void {
    this.#moveTo(mark);
    let i: int = mark - 1;
    while (i > 0 && this.tokens[i].kind >= T_NEWLINE && this.tokens[i].kind <= T_DEDENT) i -= 1;
    this.last = this.tokens[i < 0 ? 0 : i];
  }

  /** Consumes a token of this kind when it is next. */
  accept(kind: int): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Consumes a token of this kind or fails. */
  expect(kind: int): Token {
    if (this.kind !== kind) this.fail();
    return this.advance();
  }

  /** Consumes a token of this kind; anything else is an error at once, in the first pass too. */
  expectForced(kind: int): Token {
    if (this.kind !== kind) throw this.errorAt(this.token, `expected '${TOKEN_TEXTS[kind]}'`);
    return this.advance();
  }

  /** Consumes a name that is not a keyword. */
  expectName(): string {
    if (this.kind !== T_NAME) this.fail();
    return this.advance().text;
  }

  /** Whether the next token is this name (for soft keywords). */
  atName(text: string): boolean {
    return this.kind === T_NAME && this.token.text === text;
  }

  fail(): never {
    throw new ParseFailure();
  }

  // Errors.

  /** At the start and end of one span. */
  errorAt(span: Span, message: string): PySyntaxError {
    return this.errorRange(span, span, message);
  }

  /** From the start of one span to the end of another. */
  errorRange(first: Span, last: Span, message: string): PySyntaxError {
    return this.place(SYNTAX_ERROR, message, first.line, first.col + 1, last.endLine, last.endCol + 1);
  }

  /** From a span to the last token looked at. */
  errorStartingFrom(first: Span, message: string): PySyntaxError {
    const last: Token = this.tokens[this.tokens.length - 1];
    return this.place(SYNTAX_ERROR, message, first.line, first.col + 1, last.endLine, last.endCol);
  }

  /** At the last token looked at. */
  errorAtLast(message: string): PySyntaxError {
    return this.#atLast(SYNTAX_ERROR, message);
  }

  indentationError(message: string): PySyntaxError {
    return this.#atLast(INDENTATION_ERROR, message);
  }

  #atLast(kind: int, message: string): PySyntaxError {
    const token: Token = this.tokens[this.tokens.length - 1];
    if (token.col >= 0) return this.place(kind, message, token.line, token.col + 1, token.endLine, token.endCol + 1);
    // Indents and the end have no column of their own: where the scan stands.
    const isIndent: boolean = token.kind === T_INDENT || token.kind === T_DEDENT;
    const col: int = isIndent ? token.end - token.start : lineText(this.tokenizer.source, token.line).length;
    return this.place(kind, message, token.line, col, token.endLine, -1);
  }

  /** An error at byte columns from 1. */
  place(kind: int, message: string, line: int, col: int, endLine: int, endCol: int): PySyntaxError {
    const tokenizer: Tokenizer = this.tokenizer;
    let text: string = lineText(tokenizer.source, line - tokenizer.startLine + 1);
    const shift: int = this.isFString ? tokenizer.startCol : 0;
    const from: int = byteToCharOffset(text, col - shift);
    const to: int = endCol > 0 ? byteToCharOffset(text, endCol - shift) : endCol;
    if (line !== tokenizer.line && text.endsWith("\n")) text = text.slice(0, text.length - 1);
    const prefix: string = this.isFString ? "f-string: " : "";
    return new PySyntaxError(kind, prefix + message, tokenizer.filename, line, from, endLine, to, text);
  }
}
