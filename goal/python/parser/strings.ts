/**
 * Adjacent string literals to one constant or one JoinedStr.
 *
 * In 3.11 an f-string is one token; its expressions are found by looking for the closing brace, and each is parsed on
 * its own, in parentheses. All nodes of the string itself span the whole literal; those of an expression have their
 * true place. This follows from the way 3.11 works and is visible in `ast`, tracebacks and messages.
 */
import type { int } from "rtypescript/rlib";
import { Constant, FormattedValue, JoinedStr } from "./ast.ts";
import { bytesValue, strLiteral } from "./constant.ts";
import type { PySyntaxError } from "./errors.ts";
import { EscapeDecoder, LiteralParts, TextBuilder } from "./literal.ts";
import type { Expr, Span } from "./node.ts";
import { utf8Length } from "./source.ts";
import { TokenStream } from "./stream.ts";
import { T_STRING, type Token } from "./token.ts";

const MAX_NESTING: int = 200;

/** Values of an f-string, or of a format spec, as they are found. */
class FStringState {
  readonly values: Expr[];
  readonly text: TextBuilder;
  readonly hasUPrefix: boolean;
  constructor(hasUPrefix: boolean) {
    this.values = [];
    this.text = new TextBuilder();
    this.hasUPrefix = hasUPrefix;
  }

  constant(first: Token, last: Token): Constant {
    const value = strLiteral(this.text.text(), this.text.points(), this.hasUPrefix);
    return new Constant(first, last, value);
  }

  /** The text so far becomes a value that spans `first` to `last`. */
  flush(first: Token, last: Token): void {
    if (this.text.isEmpty) return;
    this.values.push(this.constant(first, last));
    this.text.clear();
  }
}

/** Where the scan of one f-string token stands. */
class FStringCursor {
  readonly token: Token;
  /** The first and last token of the whole literal. */
  readonly first: Token;
  readonly last: Token;
  readonly text: string;
  readonly end: int;
  readonly raw: boolean;
  at: int;
  constructor(token: Token, parts: LiteralParts, first: Token, last: Token) {
    this.token = token;
    this.first = first;
    this.last = last;
    this.text = token.text;
    this.end = parts.end;
    this.raw = parts.isRaw;
    this.at = parts.start;
  }

  /** Unit at the cursor, −1 at the end of the contents. */
  unit(): int {
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1;
  }

  unitAfter(distance: int): int {
    const at: int = this.at + distance;
    return at < this.end ? this.text.charCodeAt(at) : -1;
  }
}

export abstract class StringParser extends TokenStream {
  /** Parses "(expression)" that stands at a place of this source. */
  abstract parseEmbedded(text: string, line: int, col: int): Expr;
  /** A warning of the compiler, such as an unknown escape. */
  abstract warn(span: Span, message: string): void;

  /** One or more adjacent string literals. */
  strings(): Expr {
    const first: Token = this.token;
    const tokens: Token[] = [];
    while (this.kind === T_STRING) tokens.push(this.advance());
    const lastToken: Token = this.last;
    const firstParts: LiteralParts = new LiteralParts(first.text);
    if (firstParts.isBytes) return this.#bytes(tokens, lastToken);
    const state: FStringState = new FStringState(firstParts.hasUPrefix);
    let formatted: boolean = false;
    for (const token of tokens) {
      const parts: LiteralParts = new LiteralParts(token.text);
      if (parts.isBytes) throw this.errorAtLast("cannot mix bytes and nonbytes literals");
      if (parts.isFormatted) {
        formatted = true;
        this.#scanFString(new FStringCursor(token, parts, first, lastToken), 0, state);
      } else this.#addText(token, parts.start, parts.end, parts.isRaw, state.text);
    }
    if (!formatted) return state.constant(first, lastToken);
    state.flush(first, lastToken);
    return new JoinedStr(first, lastToken, state.values);
  }

  #bytes(tokens: Token[], lastToken: Token): Expr {
    const data: int[] = [];
    const decoder: EscapeDecoder = new EscapeDecoder();
    for (const token of tokens) {
      const parts: LiteralParts = new LiteralParts(token.text);
      if (!parts.isBytes) throw this.errorAtLast("cannot mix bytes and nonbytes literals");
      for (let i: int = parts.start; i < parts.end; i += 1) {
        if (token.text.charCodeAt(i) > 127) {
          throw this.errorAt(token, "bytes can only contain ASCII literal characters");
        }
      }
      decoder.decodeBytes(token.text, parts.start, parts.end, parts.isRaw, data);
      this.#checkDecoded(decoder, token);
    }
    return new Constant(tokens[0], lastToken, bytesValue(data));
  }

  #addText(token: Token, start: int, end: int, raw: boolean, out: TextBuilder): void {
    if (raw || token.text.indexOf("\\", start) < 0) {
      out.addText(token.text.slice(start, end));
      return;
    }
    const decoder: EscapeDecoder = new EscapeDecoder();
    decoder.decodeText(token.text, start, end, out);
    this.#checkDecoded(decoder, token);
  }

  #checkDecoded(decoder: EscapeDecoder, token: Token): void {
    if (decoder.error !== "") throw this.errorAtLast(decoder.error);
    if (decoder.warnAt < 0) return;
    const c: string = token.text.charAt(decoder.warnAt + 1);
    const unit: int = token.text.charCodeAt(decoder.warnAt + 1);
    if (unit >= 48 && unit <= 55) {
      const octal: string = token.text.slice(decoder.warnAt, decoder.warnAt + 4);
      this.warn(token, `invalid octal escape sequence '${octal}'`);
    } else this.warn(token, `invalid escape sequence '\\${c}'`);
    decoder.warnAt = -1;
  }

  // f-strings.

  /** Literals and expressions up to the end, or in a format spec up to its closing brace. */
  #scanFString(cursor: FStringCursor, level: int, state: FStringState): void {
    for (;;) {
      const doubled: boolean = this.#scanLiteral(cursor, level, state);
      if (doubled) continue;
      const c: int = cursor.unit();
      if (c === -1 || c === 125) break;
      this.#scanExpression(cursor, level, state);
    }
    if (level === 0 && cursor.at < cursor.end) throw this.#fault("f-string: unexpected end of string");
  }

  #fault(message: string): PySyntaxError {
    return this.errorAtLast(message);
  }

  /** Text up to a brace or the end; true when it ended with a doubled brace and more text may follow. */
  #scanLiteral(cursor: FStringCursor, level: int, state: FStringState): boolean {
    const start: int = cursor.at;
    let doubled: boolean = false;
    let literalEnd: int = -1;
    while (cursor.at < cursor.end) {
      let c: int = cursor.unit();
      cursor.at += 1;
      if (!cursor.raw && c === 92 && cursor.at < cursor.end) {
        c = cursor.unit();
        cursor.at += 1;
        if (c === 78) {
          this.#skipName(cursor);
          continue;
        }
      }
      if (c !== 123 && c !== 125) continue;
      if (level === 0) {
        if (cursor.unit() === c) {
          literalEnd = cursor.at;
          cursor.at += 1;
          doubled = true;
          break;
        }
        if (c === 125) throw this.#fault("f-string: single '}' is not allowed");
      }
      cursor.at -= 1;
      break;
    }
    const end: int = literalEnd >= 0 ? literalEnd : cursor.at;
    this.#addText(cursor.token, start, end, cursor.raw, state.text);
    return doubled;
  }

  /** The braces of "\N{…}" are no expression. */
  #skipName(cursor: FStringCursor): void {
    if (cursor.unit() !== 123) return;
    while (cursor.at < cursor.end && cursor.unit() !== 125) cursor.at += 1;
    if (cursor.at < cursor.end) cursor.at += 1;
  }

  /** "{expression = !conversion :spec}" with the cursor at the opening brace. */
  #scanExpression(cursor: FStringCursor, level: int, state: FStringState): void {
    if (level >= 2) throw this.#fault("f-string: expressions nested too deeply");
    const brace: int = cursor.at;
    cursor.at += 1;
    this.#findExpressionEnd(cursor);
    if (cursor.at >= cursor.end) throw this.#fault("f-string: expecting '}'");
    const value: Expr = this.#compileExpression(cursor, brace, cursor.at);
    let conversion: int = -1;
    let debugging: boolean = false;
    if (cursor.unit() === 61) {
      cursor.at += 1;
      while (isSpace(cursor.unit())) cursor.at += 1;
      if (cursor.at >= cursor.end) throw this.#fault("f-string: expecting '}'");
      state.text.addText(cursor.text.slice(brace + 1, cursor.at));
      debugging = true;
    }
    if (cursor.unit() === 33) {
      cursor.at += 1;
      if (cursor.at >= cursor.end) throw this.#fault("f-string: expecting '}'");
      conversion = cursor.unit();
      cursor.at += 1;
      if (conversion !== 115 && conversion !== 114 && conversion !== 97) {
        throw this.#fault("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      }
    }
    let spec: JoinedStr | null = null;
    if (cursor.unit() === 58) {
      cursor.at += 1;
      if (cursor.at >= cursor.end) throw this.#fault("f-string: expecting '}'");
      const inner: FStringState = new FStringState(state.hasUPrefix);
      this.#scanFString(cursor, level + 1, inner);
      inner.flush(cursor.token, cursor.token);
      // A format spec spans the one token it stands in.
      spec = new JoinedStr(cursor.token, cursor.token, inner.values);
    }
    if (cursor.unit() !== 125) throw this.#fault("f-string: expecting '}'");
    cursor.at += 1;
    if (debugging && spec === null && conversion === -1) conversion = 114;
    state.flush(cursor.first, cursor.last);
    state.values.push(new FormattedValue(cursor.first, cursor.last, value, conversion, spec));
  }

  /** Moves the cursor to what ends the expression: "!", ":", "=" or "}" outside of strings and brackets. */
  #findExpressionEnd(cursor: FStringCursor): void {
    const open: int[] = [];
    let quote: int = -1;
    let triple: boolean = false;
    for (; cursor.at < cursor.end; cursor.at += 1) {
      const c: int = cursor.unit();
      if (c === 92) throw this.#fault("f-string expression part cannot include a backslash");
      const tripled: boolean = cursor.unitAfter(1) === c && cursor.unitAfter(2) === c;
      if (quote >= 0) {
        if (c === quote && (!triple || tripled)) {
          if (triple) cursor.at += 2;
          quote = -1;
        }
      } else if (c === 39 || c === 34) {
        quote = c;
        triple = tripled;
        if (triple) cursor.at += 2;
      } else if (c === 91 || c === 123 || c === 40) {
        if (open.length >= MAX_NESTING) throw this.#fault("f-string: too many nested parenthesis");
        open.push(c);
      } else if (c === 35) throw this.#fault("f-string expression part cannot include '#'");
      else if (open.length === 0 && (c === 33 || c === 58 || c === 125 || c === 61 || c === 60 || c === 62)) {
        const isPair: boolean = c !== 58 && c !== 125 && cursor.unitAfter(1) === 61;
        if (isPair) cursor.at += 1;
        else if (c !== 60 && c !== 62) break;
      } else if (c === 93 || c === 125 || c === 41) this.#closeBracket(open, c);
    }
    if (quote >= 0) throw this.#fault("f-string: unterminated string");
    if (open.length > 0) {
      throw this.#fault(`f-string: unmatched '${String.fromCharCode(open[open.length - 1])}'`);
    }
  }

  #closeBracket(open: int[], c: int): void {
    const closing: string = String.fromCharCode(c);
    if (open.length === 0) throw this.#fault(`f-string: unmatched '${closing}'`);
    const opening: int = open[open.length - 1];
    open.pop();
    const matches: boolean = opening === 40 ? c === 41 : c === opening + 2;
    if (matches) return;
    const text: string = String.fromCharCode(opening);
    throw this.#fault(`f-string: closing parenthesis '${closing}' does not match opening parenthesis '${text}'`);
  }

  #compileExpression(cursor: FStringCursor, brace: int, end: int): Expr {
    const text: string = cursor.text;
    let blank: boolean = true;
    for (let i: int = brace + 1; i < end; i += 1) {
      if (!isSpace(text.charCodeAt(i))) blank = false;
    }
    if (blank) {
      const next: string = text.charAt(end);
      if (next === "}") throw this.#fault("f-string: empty expression not allowed");
      throw this.#fault(`f-string: expression required before '${next}'`);
    }
    let lines: int = 0;
    let lineStart: int = 0;
    for (let i: int = 0; i < brace; i += 1) {
      if (text.charCodeAt(i) !== 10) continue;
      lines += 1;
      lineStart = i + 1;
    }
    // An expression that begins on the next line has nothing to be shifted on this one.
    let after: int = brace + 1;
    while (after < end && isBlank(text.charCodeAt(after))) after += 1;
    const newlineFirst: boolean = after < text.length && text.charCodeAt(after) === 10;
    let col: int = newlineFirst ? 0 : utf8Length(text, lineStart, brace);
    if (lines === 0) col += cursor.token.col;
    return this.parseEmbedded(`(${text.slice(brace + 1, end)})\n`, cursor.token.line + lines, col);
  }
}

function isBlank(c: int): boolean {
  return c === 32 || c === 9 || c === 12;
}

function isSpace(c: int): boolean {
  return isBlank(c) || c === 10 || c === 13 || c === 11;
}
