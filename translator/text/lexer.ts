/**
 * The lexer of every textual format of the toolchain (graphs now, traces of the JIT): one line in, tokens out.
 *
 * The formats are line-oriented, so the unit is a line: an error always has a line and a column, and a parser never
 * has to skip newlines. A comment (`; …` to the end of the line) is kept, because it carries positions and expected
 * errors. Types are not tokenized by their own grammar: `Cursor.takeTypeText` cuts out balanced text, which the
 * owner of the types parses.
 */

export type TokenKind = "word" | "number" | "string" | "object" | "class" | "punctuation" | "end";

/** One token. `text` is the raw source; `value` is the decoded content (unquoted name or string). */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: string;
  /** 0-based offsets in the line. */
  readonly start: number;
  readonly end: number;
}

/** A mistake in a textual file; `line` and `column` are 1-based. */
export class TextError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(`${line}:${column}: ${message}`);
    this.name = "TextError";
    this.line = line;
    this.column = column;
  }
}

const SPACE = /[ \t]+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_$]*/y;
const NUMBER = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?n?|inf\b)/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SIGIL_NAME = /[@$](?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9_$.#~]+)/y;
const PUNCTUATION = /->|[()[\]{},:=<>.#*+|&!?/~^%'`\\-]/y;
const COMMENT = /;.*/y;

/** Whether a name can be written after `@` or `$` without quotes. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_$.#~]+$/.test(name);
}

/** A name for the textual format: as it is when plain, quoted otherwise. */
export function quoteName(name: string): string {
  return isPlainName(name) ? name : JSON.stringify(name);
}

/** The tokens of one line and its trailing comment without the `;` (null when there is none). */
export interface LexedLine {
  readonly tokens: readonly Token[];
  readonly comment: string | null;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : match[0];
}

function tokenAt(line: string, at: number): Token | null {
  const make = (kind: TokenKind, text: string, value: string): Token => ({
    kind,
    text,
    value,
    start: at,
    end: at + text.length,
  });
  const sigil = matchAt(SIGIL_NAME, line, at);
  if (sigil !== null) {
    const name = sigil.slice(1);
    return make(sigil[0] === "@" ? "object" : "class", sigil, name[0] === '"' ? JSON.parse(name) : name);
  }
  const word = matchAt(WORD, line, at);
  if (word !== null) return make("word", word, word);
  const number = matchAt(NUMBER, line, at);
  if (number !== null) return make("number", number, number);
  const string = matchAt(STRING, line, at);
  if (string !== null) return make("string", string, JSON.parse(string));
  const punctuation = matchAt(PUNCTUATION, line, at);
  if (punctuation !== null) return make("punctuation", punctuation, punctuation);
  return null;
}

/** Splits one line; `lineNumber` (1-based) is for errors. */
export function lexLine(line: string, lineNumber: number): LexedLine {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const space = matchAt(SPACE, line, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    if (line[at] === ";") {
      return { tokens, comment: (matchAt(COMMENT, line, at) ?? ";").slice(1).trim() };
    }
    const token = tokenAt(line, at);
    if (token === null) throw new TextError(`unexpected character ${JSON.stringify(line[at])}`, lineNumber, at + 1);
    tokens.push(token);
    at = token.end;
  }
  return { tokens, comment: null };
}

const OPENING = new Set(["(", "[", "{", "<"]);
const CLOSING = new Set([")", "]", "}", ">"]);

/** Reads the tokens of one line from left to right. */
export class Cursor {
  readonly line: string;
  readonly lineNumber: number;
  readonly comment: string | null;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(line: string, lineNumber: number) {
    const lexed = lexLine(line, lineNumber);
    this.line = line;
    this.lineNumber = lineNumber;
    this.comment = lexed.comment;
    this.#tokens = lexed.tokens;
  }

  get atEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  /** The token `ahead` places further on, without taking it. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#index + ahead];
    if (token !== undefined) return token;
    const end = this.line.length;
    return { kind: "end", text: "", value: "", start: end, end };
  }

  next(): Token {
    const token = this.peek();
    this.#index++;
    return token;
  }

  isAt(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind !== "string" && token.kind !== "end";
  }

  /** Takes the token if its text is `text`. */
  accept(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.#index++;
    return true;
  }

  require(text: string): void {
    if (!this.accept(text)) this.fail(`expected "${text}"`);
  }

  requireWord(what: string): string {
    const token = this.peek();
    if (token.kind !== "word") this.fail(`expected ${what}`);
    this.#index++;
    return token.value;
  }

  requireEnd(): void {
    if (!this.atEnd) this.fail("unexpected text after the end");
  }

  /**
   * Takes the raw text of a type: up to a `,`, `=`, `:` or closing bracket outside of brackets, to one of the words
   * in `stopWords`, or to the end of the line.
   */
  takeTypeText(stopWords: readonly string[] = []): string {
    const start = this.peek().start;
    let end = start;
    let depth = 0;
    while (!this.atEnd) {
      const token = this.peek();
      if (depth === 0) {
        if (token.kind === "punctuation" && (token.text === "," || token.text === "=" || token.text === ":")) break;
        if (token.kind === "punctuation" && CLOSING.has(token.text)) break;
        if (token.kind === "word" && end > start && stopWords.includes(token.text)) break;
      }
      if (token.kind === "punctuation" && OPENING.has(token.text)) depth++;
      else if (token.kind === "punctuation" && CLOSING.has(token.text)) depth--;
      end = token.end;
      this.#index++;
    }
    if (end === start) this.fail("expected a type");
    return this.line.slice(start, end);
  }

  fail(message: string): never {
    const token = this.peek();
    const found = token.kind === "end" ? "the end of the line" : `"${token.text}"`;
    throw new TextError(`${message}, found ${found}`, this.lineNumber, token.start + 1);
  }
}
