/**
 * Patterns of `match`.
 */
import type { int } from "rtypescript/rlib";
import { ArgumentParser } from "./arguments.ts";
import {
  Attribute,
  BinOp,
  Constant,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchStar,
  MatchValue,
  Name,
  UnaryOp,
} from "./ast.ts";
import { C_COMPLEX, FALSE_VALUE, NONE_VALUE, TRUE_VALUE } from "./constant.ts";
import type { Expr, Pattern } from "./node.ts";
import * as n from "./node.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

export abstract class PatternParser extends ArgumentParser {
  /** What follows "case": a pattern, or a sequence without brackets. */
  patterns(): Pattern {
    const first: Token = this.token;
    const p: Pattern = this.#maybeStar();
    if (this.kind !== t.T_COMMA) {
      if (p.kind === n.N_MATCH_STAR) this.fail();
      return p;
    }
    const patterns: Pattern[] = [p];
    while (this.accept(t.T_COMMA)) {
      if (this.kind === t.T_COLON || this.kind === t.T_IF) break;
      patterns.push(this.#maybeStar());
    }
    return new MatchSequence(first, this.last, patterns);
  }

  #maybeStar(): Pattern {
    if (this.kind !== t.T_STAR) return this.pattern();
    const star: Token = this.advance();
    const name: string = this.expectName();
    return new MatchStar(star, this.last, name === "_" ? null : name);
  }

  pattern(): Pattern {
    const first: Token = this.token;
    const p: Pattern = this.#orPattern();
    if (!this.accept(t.T_AS)) return p;
    if (this.diagnosing) this.#diagnoseAs();
    if (this.atName("_")) this.fail();
    const name: string = this.expectName();
    return new MatchAs(first, this.last, p, name);
  }

  #diagnoseAs(): void {
    if (this.atName("_")) throw this.errorAt(this.token, "cannot use '_' as a target");
    if (this.kind === t.T_NAME) return;
    const mark: int = this.pos;
    const e: Expr | null = this.tryExpression();
    if (e !== null) throw this.errorAt(e, "invalid pattern target");
    this.reset(mark);
  }

  #orPattern(): Pattern {
    const first: Token = this.token;
    const p: Pattern = this.#closedPattern();
    if (this.kind !== t.T_VBAR) return p;
    const patterns: Pattern[] = [p];
    while (this.accept(t.T_VBAR)) patterns.push(this.#closedPattern());
    return new MatchOr(first, this.last, patterns);
  }

  #closedPattern(): Pattern {
    const first: Token = this.token;
    switch (this.kind) {
      case t.T_NUMBER:
      case t.T_MINUS: {
        const value: Expr = this.#numberLiteral();
        return new MatchValue(first, this.last, value);
      }
      case t.T_STRING: {
        const value: Expr = this.strings();
        return new MatchValue(first, this.last, value);
      }
      case t.T_NONE:
        this.advance();
        return new MatchSingleton(first, first, NONE_VALUE);
      case t.T_TRUE:
        this.advance();
        return new MatchSingleton(first, first, TRUE_VALUE);
      case t.T_FALSE:
        this.advance();
        return new MatchSingleton(first, first, FALSE_VALUE);
      case t.T_NAME:
        return this.#namePattern();
      case t.T_LPAR:
        return this.#groupPattern();
      case t.T_LSQB: {
        this.advance();
        const patterns: Pattern[] = this.#sequence(t.T_RSQB);
        this.expect(t.T_RSQB);
        return new MatchSequence(first, this.last, patterns);
      }
      case t.T_LBRACE:
        return this.#mappingPattern();
    }
    return this.fail();
  }

  /** A capture, the wildcard, a dotted name as value, or a class pattern. */
  #namePattern(): Pattern {
    const first: Token = this.token;
    const following: int = this.peekKind();
    if (following !== t.T_DOT && following !== t.T_LPAR && following !== t.T_EQUAL) {
      this.advance();
      return new MatchAs(first, first, null, first.text === "_" ? null : first.text);
    }
    const value: Expr = this.#dottedName();
    if (this.kind === t.T_LPAR) return this.#classPattern(first, value);
    if (value.kind === n.N_NAME || this.kind === t.T_EQUAL) this.fail();
    return new MatchValue(first, this.last, value);
  }

  #dottedName(): Expr {
    const first: Token = this.expect(t.T_NAME);
    let e: Expr = new Name(first, first, first.text, n.LOAD);
    while (this.accept(t.T_DOT)) {
      const name: string = this.expectName();
      e = new Attribute(first, this.last, e, name, n.LOAD);
    }
    return e;
  }

  #groupPattern(): Pattern {
    const first: Token = this.advance();
    if (this.accept(t.T_RPAR)) return new MatchSequence(first, this.last, []);
    const p: Pattern = this.#maybeStar();
    if (this.kind !== t.T_COMMA) {
      if (p.kind === n.N_MATCH_STAR) this.fail();
      this.expect(t.T_RPAR);
      return p;
    }
    const patterns: Pattern[] = [p];
    while (this.accept(t.T_COMMA)) {
      if (this.kind === t.T_RPAR) break;
      patterns.push(this.#maybeStar());
    }
    this.expect(t.T_RPAR);
    return new MatchSequence(first, this.last, patterns);
  }

  #sequence(closing: int): Pattern[] {
    const patterns: Pattern[] = [];
    while (this.kind !== closing) {
      patterns.push(this.#maybeStar());
      if (!this.accept(t.T_COMMA)) break;
    }
    return patterns;
  }

  #mappingPattern(): Pattern {
    const first: Token = this.advance();
    const keys: Expr[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    while (this.kind !== t.T_RBRACE) {
      if (this.accept(t.T_DOUBLESTAR)) {
        if (this.atName("_")) this.fail();
        rest = this.expectName();
        this.accept(t.T_COMMA);
        break;
      }
      keys.push(this.#mappingKey());
      this.expect(t.T_COLON);
      patterns.push(this.pattern());
      if (!this.accept(t.T_COMMA)) break;
    }
    this.expect(t.T_RBRACE);
    return new MatchMapping(first, this.last, keys, patterns, rest);
  }

  #mappingKey(): Expr {
    const first: Token = this.token;
    switch (this.kind) {
      case t.T_NUMBER:
      case t.T_MINUS:
        return this.#numberLiteral();
      case t.T_STRING:
        return this.strings();
      case t.T_NONE:
        this.advance();
        return new Constant(first, first, NONE_VALUE);
      case t.T_TRUE:
        this.advance();
        return new Constant(first, first, TRUE_VALUE);
      case t.T_FALSE:
        this.advance();
        return new Constant(first, first, FALSE_VALUE);
    }
    const e: Expr = this.#dottedName();
    if (e.kind === n.N_NAME) this.fail();
    return e;
  }

  #classPattern(first: Token, cls: Expr): Pattern {
    this.advance();
    const patterns: Pattern[] = [];
    const names: string[] = [];
    const values: Pattern[] = [];
    while (this.kind !== t.T_RPAR) {
      if (this.kind === t.T_NAME && this.peekKind() === t.T_EQUAL) {
        names.push(this.advance().text);
        this.advance();
        values.push(this.pattern());
      } else {
        const p: Pattern = this.pattern();
        if (names.length > 0) this.#positionalAfterKeyword(p);
        patterns.push(p);
      }
      if (!this.accept(t.T_COMMA)) break;
    }
    this.expect(t.T_RPAR);
    return new MatchClass(first, this.last, cls, patterns, names, values);
  }

  #positionalAfterKeyword(first: Pattern): void {
    if (!this.diagnosing) this.fail();
    let last: Pattern = first;
    while (this.accept(t.T_COMMA)) {
      if (this.kind === t.T_RPAR || (this.kind === t.T_NAME && this.peekKind() === t.T_EQUAL)) break;
      last = this.pattern();
    }
    throw this.errorRange(first, last, "positional patterns follow keyword patterns");
  }

  /** A number, possibly negative, possibly a sum of a real and an imaginary one. */
  #numberLiteral(): Expr {
    const first: Token = this.token;
    const real: Expr = this.#signedNumber();
    if (this.kind !== t.T_PLUS && this.kind !== t.T_MINUS) return real;
    if (isImaginary(real)) throw this.errorAt(real, "real number required in complex literal");
    const op: int = this.advance().kind === t.T_PLUS ? n.OP_ADD : n.OP_SUB;
    const imag: Expr = this.number();
    if (!isImaginary(imag)) throw this.errorAt(imag, "imaginary number required in complex literal");
    return new BinOp(first, this.last, real, op, imag);
  }

  #signedNumber(): Expr {
    if (this.kind !== t.T_MINUS) return this.number();
    const minus: Token = this.advance();
    const operand: Expr = this.number();
    return new UnaryOp(minus, this.last, n.OP_USUB, operand);
  }
}

function isImaginary(e: Expr): boolean {
  if (e.kind === n.N_UNARY_OP) return isImaginary((e as UnaryOp).operand);
  return e.kind === n.N_CONSTANT && (e as Constant).value.kind === C_COMPLEX;
}
