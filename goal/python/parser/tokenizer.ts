/**
 * Source text to tokens, one at a time, as the parser asks for them.
 *
 * Laziness matters: an error in the text is reported only when the parser gets there, or when a failed parse looks
 * through the rest of the text for a better explanation. Errors of the text itself are thrown as PySyntaxError with
 * CPython's wording and columns (the column is how far the scan had come).
 */
import type { int } from "rtypescript/rlib";
import { INDENTATION_ERROR, PySyntaxError, SYNTAX_ERROR, TAB_ERROR } from "./errors.ts";
import { numberFailure, scanNumber } from "./number.ts";
import { countCodePoints, isAscii, lineText, utf8Length } from "./source.ts";
import * as t from "./token.ts";
import { Token } from "./token.ts";
import { isIdentifierPart, isIdentifierStart, isPrintable, normalizeIdentifier } from "./unicode.ts";

const TAB: int = 9;
const LF: int = 10;
const FF: int = 12;
const SPACE: int = 32;
const DOUBLE_QUOTE: int = 34;
const HASH: int = 35;
const SINGLE_QUOTE: int = 39;
const DOT: int = 46;
const EQUAL: int = 61;
const BACKSLASH: int = 92;

const TAB_SIZE: int = 8;
const MAX_INDENT: int = 100;
const MAX_LEVEL: int = 200;

/** Kind of each operator character, by code; T_UNKNOWN where there is none. */
const singleKinds: readonly int[] = buildSingleKinds();
/** For operators that "=" may follow: the kind with it. */
const withEqual: readonly int[] = buildWithEqual();
/** Whether a unit can be part of a name: letters, digits, "_", and all beyond ASCII (checked later). */
const nameUnits: readonly boolean[] = buildNameUnits();

function buildSingleKinds(): int[] {
  const kinds: int[] = new Array<int>(128).fill(t.T_UNKNOWN);
  for (let kind = t.T_LPAR; kind < t.T_FALSE; kind += 1) {
    const text = t.TOKEN_TEXTS[kind];
    if (text.length === 1) kinds[text.charCodeAt(0)] = kind;
  }
  return kinds;
}

function buildWithEqual(): int[] {
  const kinds: int[] = new Array<int>(t.T_FALSE).fill(-1);
  for (let kind = t.T_LPAR; kind < t.T_FALSE; kind += 1) {
    for (let longer = t.T_LPAR; longer < t.T_FALSE; longer += 1) {
      if (t.TOKEN_TEXTS[longer] === `${t.TOKEN_TEXTS[kind]}=`) kinds[kind] = longer;
    }
  }
  return kinds;
}

function buildNameUnits(): boolean[] {
  const units: boolean[] = [];
  for (let c = 0; c < 128; c += 1) units.push(isIdentifierPart(c));
  return units;
}

function hexCodePoint(point: int): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}

export class Tokenizer {
  readonly source: string;
  readonly filename: string;
  /** Line number and byte column of the first character; not (1, 0) for expressions within f-strings. */
  readonly startLine: int;
  readonly startCol: int;
  readonly #length: int;
  readonly #ascii: boolean;
  #pos: int;
  #line: int;
  /** Offset of the first unit of the current line. */
  #lineStart: int;
  /** Byte column of offset #markPos, counted so far (only for texts beyond ASCII). */
  #markPos: int;
  #markCol: int;
  #atLineStart: boolean;
  /** Indents (positive) or dedents (negative) still to be given out. */
  #pending: int;
  readonly #indents: int[];
  /** The same indents counted with tabs of one column: where both orders disagree tabs and spaces are mixed. */
  readonly #altIndents: int[];
  /** Kinds, lines and byte columns of the open brackets. */
  readonly openKinds: int[];
  readonly openLines: int[];
  readonly openCols: int[];
  readonly openColsInChars: int[];

  constructor(source: string, filename: string, startLine: int, startCol: int) {
    this.source = source;
    this.filename = filename;
    this.startLine = startLine;
    this.startCol = startCol;
    this.#length = source.length;
    this.#ascii = isAscii(source);
    this.#pos = 0;
    this.#line = startLine;
    this.#lineStart = 0;
    this.#markPos = 0;
    this.#markCol = 0;
    this.#atLineStart = true;
    this.#pending = 0;
    this.#indents = [0];
    this.#altIndents = [0];
    this.openKinds = [];
    this.openLines = [];
    this.openCols = [];
    this.openColsInChars = [];
  }

  /** Line that the scan has come to. */
  get line(): int {
    return this.#line;
  }

  /** Whether all of the text has been given out. */
  get atEnd(): boolean {
    return this.#pos >= this.#length;
  }

  /** The next token; T_ENDMARKER again and again at the end. */
  next(): Token {
    if (this.#atLineStart) {
      if (this.#pos > 0) this.#nextLine();
      this.#startLine();
    }
    if (this.#pending !== 0) return this.#indentToken();
    const source: string = this.source;
    const n: int = this.#length;
    for (;;) {
      let c: int = -1;
      while (this.#pos < n) {
        c = source.charCodeAt(this.#pos);
        if (c !== SPACE && c !== TAB && c !== FF) break;
        this.#pos += 1;
      }
      const start: int = this.#pos;
      if (start >= n) return this.#endToken();
      if (c === HASH) {
        while (this.#pos < n && source.charCodeAt(this.#pos) !== LF) this.#pos += 1;
        c = LF;
        if (this.#pos >= n) return this.#endToken();
      }
      if (c === LF) {
        const newline: int = this.#pos;
        if (this.openKinds.length === 0) {
          const token: Token = this.#token(t.T_NEWLINE, start, newline, "");
          this.#pos = newline + 1;
          this.#atLineStart = true;
          return token;
        }
        this.#pos = newline + 1;
        this.#nextLine();
        continue;
      }
      if (c === BACKSLASH) {
        this.#continuation();
        continue;
      }
      return this.#scan(c, start);
    }
  }

  #scan(c: int, start: int): Token {
    if (c >= 128 || (nameUnits[c] && (c < 48 || c > 57))) return this.#name(start);
    if (c >= 48 && c <= 57) return this.#number(start);
    if (c === SINGLE_QUOTE || c === DOUBLE_QUOTE) return this.#string(start, start);
    if (c === DOT) {
      const d: int = this.#unit(start + 1);
      if (d >= 48 && d <= 57) return this.#number(start);
    }
    return this.#operator(c, start);
  }

  /** Unit at an offset, −1 beyond the end. */
  #unit(at: int): int {
    return at < this.#length ? this.source.charCodeAt(at) : -1;
  }

  #endToken(): Token {
    if (this.openKinds.length > 0) throw this.unclosedError();
    if (this.#indents.length > 1) {
      this.#pending = 1 - this.#indents.length;
      while (this.#indents.length > 1) {
        this.#indents.pop();
        this.#altIndents.pop();
      }
      return this.#indentToken();
    }
    return new Token(t.T_ENDMARKER, this.#pos, this.#pos, 0, "", this.#line, -1, this.#line, -1);
  }

  #indentToken(): Token {
    const kind: int = this.#pending > 0 ? t.T_INDENT : t.T_DEDENT;
    this.#pending += this.#pending > 0 ? -1 : 1;
    return new Token(kind, this.#lineStart, this.#pos, 0, "", this.#line, -1, this.#line, -1);
  }

  /** A newline was consumed: the next line begins, unless the text ends (then positions stay on the last line). */
  #nextLine(): void {
    if (this.#pos >= this.#length) return;
    this.#line += 1;
    this.#lineStart = this.#pos;
    this.#markPos = this.#pos;
    this.#markCol = 0;
  }

  /** Byte column of an offset at or after the last one asked for on this line. */
  #column(at: int): int {
    let col: int = at - this.#lineStart;
    if (!this.#ascii) {
      this.#markCol += utf8Length(this.source, this.#markPos, at);
      this.#markPos = at;
      col = this.#markCol;
    }
    return this.#line === this.startLine ? col + this.startCol : col;
  }

  #token(kind: int, start: int, end: int, text: string): Token {
    const col: int = this.#column(start);
    const endCol: int = this.#column(end);
    this.#pos = end;
    return new Token(kind, start, end, this.openKinds.length, text, this.#line, col, this.#line, endCol);
  }

  // Indentation.

  #startLine(): void {
    this.#atLineStart = false;
    const source: string = this.source;
    const n: int = this.#length;
    let col: int = 0;
    let alt: int = 0;
    let continued: int = 0;
    for (;;) {
      const c: int = this.#pos < n ? source.charCodeAt(this.#pos) : -1;
      if (c === SPACE) {
        col += 1;
        alt += 1;
      } else if (c === TAB) {
        col = (((col / TAB_SIZE) | 0) + 1) * TAB_SIZE;
        alt += 1;
      } else if (c === FF) {
        col = 0;
        alt = 0;
      } else if (c === BACKSLASH) {
        if (continued === 0) continued = col;
        this.#continuation();
        continue;
      } else if (c === HASH || c === LF) {
        while (this.#pos < n && source.charCodeAt(this.#pos) !== LF) this.#pos += 1;
        this.#pos += 1;
        this.#nextLine();
        col = 0;
        alt = 0;
        continued = 0;
        continue;
      } else {
        if (c === -1) {
          col = 0;
          alt = 0;
        }
        break;
      }
      this.#pos += 1;
    }
    this.#setIndent(continued > 0 ? continued : col, continued > 0 ? continued : alt);
  }

  #setIndent(col: int, alt: int): void {
    const indents: int[] = this.#indents;
    const alts: int[] = this.#altIndents;
    let top: int = indents.length - 1;
    if (col === indents[top]) {
      if (alt !== alts[top]) throw this.#tabError();
      return;
    }
    if (col > indents[top]) {
      if (indents.length >= MAX_INDENT) throw this.#indentError("too many levels of indentation", 1, 0);
      if (alt <= alts[top]) throw this.#tabError();
      indents.push(col);
      alts.push(alt);
      this.#pending = 1;
      return;
    }
    while (top > 0 && col < indents[top]) {
      this.#pending -= 1;
      indents.pop();
      alts.pop();
      top -= 1;
    }
    if (col !== indents[top]) {
      const width: int = countCodePoints(this.source, this.#lineStart, this.#endOfLine()) + 1;
      throw this.#indentError("unindent does not match any outer indentation level", width, -1);
    }
    if (alt !== alts[top]) throw this.#tabError();
  }

  #endOfLine(): int {
    const end: int = this.source.indexOf("\n", this.#lineStart);
    return end < 0 ? this.#length : end;
  }

  #tabError(): PySyntaxError {
    return this.#problem(TAB_ERROR, "inconsistent use of tabs and spaces in indentation", 1, 0, true);
  }

  #indentError(message: string, offset: int, endOffset: int): PySyntaxError {
    return this.#problem(INDENTATION_ERROR, message, offset, endOffset, true);
  }

  /** A backslash before a newline joins lines. */
  #continuation(): void {
    const at: int = this.#pos + 1;
    if (this.#unit(at) !== LF) {
      const offset: int = countCodePoints(this.source, this.#lineStart, at) + 1;
      throw this.#problem(SYNTAX_ERROR, "unexpected character after line continuation character", offset, 0, true);
    }
    if (at + 1 >= this.#length) {
      if (this.openKinds.length > 0) throw this.unclosedError();
      const offset: int = countCodePoints(this.source, this.#lineStart, at) + 1;
      const error: PySyntaxError = this.#problem(SYNTAX_ERROR, "unexpected EOF while parsing", offset, -1, true);
      error.incomplete = true;
      throw error;
    }
    this.#pos = at + 1;
    this.#nextLine();
  }

  // Names, numbers, strings, operators.

  #name(start: int): Token {
    const source: string = this.source;
    const n: int = this.#length;
    let at: int = start;
    let ascii: boolean = true;
    while (at < n) {
      const c: int = source.charCodeAt(at);
      if (c >= 128) ascii = false;
      else if (!nameUnits[c]) {
        if ((c === SINGLE_QUOTE || c === DOUBLE_QUOTE) && at - start <= 2 && isStringPrefix(source, start, at)) {
          return this.#string(start, at);
        }
        break;
      }
      at += 1;
    }
    let text: string = source.slice(start, at);
    if (!ascii) {
      this.#checkIdentifier(start, at);
      text = normalizeIdentifier(text);
    }
    return this.#token(t.nameKind(text), start, at, text);
  }

  #checkIdentifier(start: int, end: int): void {
    let at: int = start;
    while (at < end) {
      const point: int = this.source.codePointAt(at) as int;
      const width: int = point > 0xffff ? 2 : 1;
      const fits: boolean = at === start ? isIdentifierStart(point) : isIdentifierPart(point);
      if (!fits) {
        const what: string = isPrintable(point)
          ? `invalid character '${this.source.slice(at, at + width)}' (${hexCodePoint(point)})`
          : `invalid non-printable character ${hexCodePoint(point)}`;
        throw this.#scanError(what, at + width);
      }
      at += width;
    }
  }

  #number(start: int): Token {
    const end: int = scanNumber(this.source, start);
    if (end >= 0) return this.#token(t.T_NUMBER, start, end, this.source.slice(start, end));
    const failure = numberFailure();
    if (failure.from >= 0) {
      const from: int = countCodePoints(this.source, this.#lineStart, failure.from) + 1;
      const to: int = countCodePoints(this.source, this.#lineStart, failure.to);
      throw this.#problem(SYNTAX_ERROR, failure.message, from, to, false);
    }
    throw this.#scanError(failure.message, failure.to);
  }

  /** A string literal: prefix from `start`, opening quote at `quoteAt`. */
  #string(start: int, quoteAt: int): Token {
    const source: string = this.source;
    const n: int = this.#length;
    const quote: int = source.charCodeAt(quoteAt);
    const triple: boolean = this.#unit(quoteAt + 1) === quote && this.#unit(quoteAt + 2) === quote;
    const line: int = this.#line;
    const col: int = this.#column(start);
    let at: int = quoteAt + (triple ? 3 : 1);
    for (;;) {
      const c: int = at < n ? source.charCodeAt(at) : -1;
      if (c === -1 || (c === LF && !triple)) throw this.#unterminated(start, line, triple);
      at += 1;
      if (c === quote) {
        if (!triple) break;
        if (this.#unit(at) === quote && this.#unit(at + 1) === quote) {
          at += 2;
          break;
        }
      } else if (c === BACKSLASH) {
        if (this.#unit(at) === LF) this.#newlineInString(at);
        at += 1;
      } else if (c === LF) this.#newlineInString(at - 1);
    }
    const endCol: int = this.#column(at);
    this.#pos = at;
    return new Token(
      t.T_STRING,
      start,
      at,
      this.openKinds.length,
      source.slice(start, at),
      line,
      col,
      this.#line,
      endCol,
    );
  }

  #newlineInString(newline: int): void {
    this.#pos = newline + 1;
    this.#nextLine();
  }

  #unterminated(start: int, line: int, triple: boolean): PySyntaxError {
    const what: string = triple ? "triple-quoted string" : "string";
    const message: string = `unterminated ${what} literal (detected at line ${this.#line})`;
    const lineStart: int = this.source.lastIndexOf("\n", start) + 1;
    const offset: int = countCodePoints(this.source, lineStart, start) + 1;
    const text: string = this.source.slice(lineStart, this.#lineEnd(lineStart));
    const error = new PySyntaxError(SYNTAX_ERROR, message, this.filename, line, offset, line, offset, text);
    error.incomplete = triple;
    return error;
  }

  #lineEnd(from: int): int {
    const end: int = this.source.indexOf("\n", from);
    return end < 0 ? this.#length : end;
  }

  #operator(c: int, start: int): Token {
    const kind: int = c < 128 ? singleKinds[c] : t.T_UNKNOWN;
    if (kind >= t.T_LPAR && kind <= t.T_RBRACE) return this.#bracket(c, kind, start);
    const d: int = this.#unit(start + 1);
    if (kind === t.T_UNKNOWN) {
      if (c === 33 && d === EQUAL) return this.#token(t.T_NOTEQUAL, start, start + 2, "");
      if (!isPrintable(c)) throw this.#scanError(`invalid non-printable character ${hexCodePoint(c)}`, start + 1);
      return this.#token(t.T_UNKNOWN, start, start + 1, "");
    }
    if (d === c) {
      const double: int = doubled(c);
      if (double >= 0) {
        const three: boolean = this.#unit(start + 2) === EQUAL && withEqual[double] >= 0;
        if (three) return this.#token(withEqual[double], start, start + 3, "");
        return this.#token(double, start, start + 2, "");
      }
      if (c === DOT && this.#unit(start + 2) === DOT) return this.#token(t.T_ELLIPSIS, start, start + 3, "");
    }
    if (d === EQUAL && withEqual[kind] >= 0) return this.#token(withEqual[kind], start, start + 2, "");
    if (c === 45 && d === 62) return this.#token(t.T_ARROW, start, start + 2, "");
    // "<>" is one (refused) token.
    if (c === 60 && d === 62) return this.#token(t.T_UNKNOWN, start, start + 2, "");
    return this.#token(kind, start, start + 1, "");
  }

  #bracket(c: int, kind: int, start: int): Token {
    if (kind === t.T_LPAR || kind === t.T_LSQB || kind === t.T_LBRACE) {
      if (this.openKinds.length >= MAX_LEVEL) throw this.#scanError("too many nested parentheses", start + 1);
      this.openKinds.push(kind);
      this.openLines.push(this.#line);
      this.openCols.push(start - this.#lineStart);
      this.openColsInChars.push(countCodePoints(this.source, this.#lineStart, start));
      return this.#token(kind, start, start + 1, "");
    }
    const closing: string = String.fromCharCode(c);
    if (this.openKinds.length === 0) throw this.#scanError(`unmatched '${closing}'`, start + 1);
    const top: int = this.openKinds.length - 1;
    const opening: int = this.openKinds[top];
    if (opening + 1 !== kind) {
      const openLine: int = this.openLines[top];
      const where: string = openLine === this.#line ? "" : ` on line ${openLine}`;
      const message: string = `closing parenthesis '${closing}' does not match opening parenthesis '${t.TOKEN_TEXTS[opening]}'`;
      throw this.#scanError(message + where, start + 1);
    }
    this.openKinds.pop();
    this.openLines.pop();
    this.openCols.pop();
    this.openColsInChars.pop();
    return this.#token(kind, start, start + 1, "");
  }

  // Errors.

  /** An error of the text itself; `upTo` is the offset that the scan had come to. */
  #scanError(message: string, upTo: int): PySyntaxError {
    const offset: int = countCodePoints(this.source, this.#lineStart, upTo);
    return this.#problem(SYNTAX_ERROR, message, offset, offset, false);
  }

  #problem(kind: int, message: string, offset: int, endOffset: int, withNewline: boolean): PySyntaxError {
    const end: int = this.#endOfLine() + (withNewline ? 1 : 0);
    const text: string = this.source.slice(this.#lineStart, end);
    return new PySyntaxError(kind, message, this.filename, this.#line, offset, this.#line, endOffset, text);
  }

  /** "'(' was never closed", at the innermost open bracket. */
  unclosedError(): PySyntaxError {
    const top: int = this.openKinds.length - 1;
    const line: int = this.openLines[top];
    const message: string = `'${t.TOKEN_TEXTS[this.openKinds[top]]}' was never closed`;
    let text: string = lineText(this.source, line - this.startLine + 1);
    if (line !== this.#line && text.endsWith("\n")) text = text.slice(0, text.length - 1);
    const offset: int = this.openColsInChars[top] + 1;
    const error = new PySyntaxError(SYNTAX_ERROR, message, this.filename, line, offset, line, 0, text);
    error.incomplete = true;
    return error;
  }
}

/** The operator that a doubled character is, or −1. */
function doubled(c: int): int {
  switch (c) {
    case 42:
      return t.T_DOUBLESTAR;
    case 47:
      return t.T_DOUBLESLASH;
    case 60:
      return t.T_LEFTSHIFT;
    case 62:
      return t.T_RIGHTSHIFT;
    case 61:
      return t.T_EQEQUAL;
  }
  return -1;
}

/** Whether source[start, end), at most two letters, is a string prefix: each of b, r, u, f at most once, u alone. */
function isStringPrefix(source: string, start: int, end: int): boolean {
  const text: string = source.slice(start, end).toLowerCase();
  switch (text) {
    case "b":
    case "r":
    case "u":
    case "f":
    case "br":
    case "rb":
    case "fr":
    case "rf":
      return true;
  }
  return false;
}
