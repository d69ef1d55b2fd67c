/**
 * What stands in brackets: groups, tuples, lists, sets, dicts, comprehensions; and the second pass's checks of
 * expressions.
 */
import type { int } from "rtypescript/rlib";
import {
  Comprehension,
  type Constant,
  DictComp,
  DictExpr,
  GeneratorExp,
  ListComp,
  ListExpr,
  type Name,
  SetComp,
  SetExpr,
  type Starred,
  TupleExpr,
} from "./ast.ts";
import { SYNTAX_ERROR } from "./errors.ts";
import { ExpressionParser } from "./expressions.ts";
import type { Expr, Span } from "./node.ts";
import * as n from "./node.ts";
import { ParseFailure } from "./stream.ts";
import { describe, requireAssignable, setContext, TARGET_FOR } from "./targets.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

export abstract class DisplayParser extends ExpressionParser {
  // "(": group, tuple, generator expression.

  override group(): Expr {
    const first: Token = this.advance();
    if (this.accept(t.T_RPAR)) return new TupleExpr(first, this.last, [], n.LOAD);
    if (this.kind === t.T_YIELD) {
      const value: Expr = this.yieldExpression();
      this.expect(t.T_RPAR);
      return value;
    }
    if (this.diagnosing && this.kind === t.T_DOUBLESTAR) this.#diagnoseDoubleStar();
    const e: Expr = this.starNamedExpression();
    if (this.#atFor()) {
      this.#requireUnstarred(e);
      const generators: Comprehension[] = this.comprehensionClauses();
      this.expect(t.T_RPAR);
      return new GeneratorExp(first, this.last, e, generators);
    }
    if (this.kind === t.T_COMMA) {
      const elts: Expr[] = this.#restOfElements(e, t.T_RPAR);
      this.expect(t.T_RPAR);
      return new TupleExpr(first, this.last, elts, n.LOAD);
    }
    if (e.kind === n.N_STARRED) {
      if (this.diagnosing && this.kind === t.T_RPAR) throw this.errorAt(e, "cannot use starred expression here");
      this.fail();
    }
    this.expect(t.T_RPAR);
    return e;
  }

  #diagnoseDoubleStar(): void {
    const mark: int = this.pos;
    const stars: Token = this.advance();
    if (this.tryExpression() !== null && this.kind === t.T_RPAR) {
      throw this.errorAt(stars, "cannot use double starred expression here");
    }
    this.reset(mark);
    this.fail();
  }

  /** Elements after the first one, from its comma on; a comma may end them. */
  #restOfElements(first: Expr, closing: int): Expr[] {
    const elts: Expr[] = [first];
    while (this.accept(t.T_COMMA)) {
      if (this.kind === closing) break;
      if (!this.canStartExpression() && this.kind !== t.T_STAR) break;
      elts.push(this.starNamedExpression());
    }
    return elts;
  }

  // "[": list, list comprehension.

  override listDisplay(): Expr {
    const first: Token = this.advance();
    if (this.accept(t.T_RSQB)) return new ListExpr(first, this.last, [], n.LOAD);
    const e: Expr = this.starNamedExpression();
    if (this.#atFor()) {
      this.#requireUnstarred(e);
      const generators: Comprehension[] = this.comprehensionClauses();
      this.expect(t.T_RSQB);
      return new ListComp(first, this.last, e, generators);
    }
    const elts: Expr[] = this.#restOfElements(e, t.T_RSQB);
    if (this.diagnosing) this.#diagnoseUnparenthesized(elts);
    this.expect(t.T_RSQB);
    return new ListExpr(first, this.last, elts, n.LOAD);
  }

  // "{": dict, set, their comprehensions.

  override braceDisplay(): Expr {
    const first: Token = this.advance();
    if (this.accept(t.T_RBRACE)) return new DictExpr(first, this.last, [], []);
    if (this.kind === t.T_DOUBLESTAR) {
      if (this.diagnosing) this.#diagnoseDictUnpacking();
      return this.#dict(first, null);
    }
    const e: Expr = this.starNamedExpression();
    if (e.kind !== n.N_STARRED && this.kind === t.T_COLON) return this.#dict(first, e);
    if (this.#atFor()) {
      this.#requireUnstarred(e);
      const generators: Comprehension[] = this.comprehensionClauses();
      this.expect(t.T_RBRACE);
      return new SetComp(first, this.last, e, generators);
    }
    const elts: Expr[] = this.#restOfElements(e, t.T_RBRACE);
    if (this.diagnosing) this.#diagnoseUnparenthesized(elts);
    this.expect(t.T_RBRACE);
    return new SetExpr(first, this.last, elts);
  }

  /** A dict whose first key is `key`, with ":" next; or null, with "**" next. */
  #dict(first: Token, key: Expr | null): Expr {
    const keys: (Expr | null)[] = [];
    const values: Expr[] = [];
    if (key === null) {
      this.advance();
      keys.push(null);
      values.push(this.bitwiseOr());
    } else {
      keys.push(key);
      values.push(this.#dictValue());
      if (this.#atFor()) {
        const generators: Comprehension[] = this.comprehensionClauses();
        this.expect(t.T_RBRACE);
        return new DictComp(first, this.last, key, values[0], generators);
      }
    }
    while (this.accept(t.T_COMMA)) {
      if (this.kind === t.T_RBRACE) break;
      if (this.accept(t.T_DOUBLESTAR)) {
        keys.push(null);
        values.push(this.bitwiseOr());
        continue;
      }
      const next: Expr = this.expression();
      if (this.diagnosing && this.kind !== t.T_COLON) throw this.#colonExpected(next);
      if (this.kind !== t.T_COLON) this.fail();
      keys.push(next);
      values.push(this.#dictValue());
    }
    this.expect(t.T_RBRACE);
    return new DictExpr(first, this.last, keys, values);
  }

  #colonExpected(key: Expr): Error {
    return this.place(SYNTAX_ERROR, "':' expected after dictionary key", key.line, key.endCol, key.endLine, 0);
  }

  #dictValue(): Expr {
    const colon: Token = this.advance();
    if (this.diagnosing) {
      if (this.kind === t.T_STAR) {
        const star: Token = this.advance();
        if (this.tryBitwiseOr() !== null) {
          throw this.errorStartingFrom(star, "cannot use a starred expression in a dictionary value");
        }
        this.fail();
      }
      if (this.kind === t.T_RBRACE || this.kind === t.T_COMMA) {
        throw this.errorAt(colon, "expression expected after dictionary key and ':'");
      }
    }
    return this.expression();
  }

  #diagnoseDictUnpacking(): void {
    const mark: int = this.pos;
    const stars: Token = this.advance();
    if (this.tryBitwiseOr() !== null && this.#atFor() && this.#tryClauses() && this.kind === t.T_RBRACE) {
      throw this.errorAt(stars, "dict unpacking cannot be used in dict comprehension");
    }
    this.reset(mark);
  }

  // Comprehensions.

  #atFor(): boolean {
    return this.kind === t.T_FOR || (this.kind === t.T_ASYNC && this.peekKind() === t.T_FOR);
  }

  atForClause(): boolean {
    return this.#atFor();
  }

  comprehensionClauses(): Comprehension[] {
    const clauses: Comprehension[] = [];
    while (this.#atFor()) {
      const first: Token = this.token;
      const isAsync: boolean = this.accept(t.T_ASYNC);
      this.advance();
      const target: Expr = this.targetList();
      this.expect(t.T_IN);
      const iter: Expr = this.disjunction();
      const ifs: Expr[] = [];
      while (this.accept(t.T_IF)) ifs.push(this.disjunction());
      clauses.push(new Comprehension(first, this.last, target, iter, ifs, isAsync));
    }
    return clauses;
  }

  #tryClauses(): boolean {
    const mark: int = this.pos;
    try {
      this.comprehensionClauses();
      return true;
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return false;
    }
  }

  /** Targets of "for": star_targets. */
  targetList(): Expr {
    const first: Token = this.token;
    const mark: int = this.pos;
    const e: Expr = this.target();
    let target: Expr = e;
    if (this.kind === t.T_COMMA) {
      const elts: Expr[] = [e];
      while (this.accept(t.T_COMMA)) {
        if (!this.canStartExpression() && this.kind !== t.T_STAR) break;
        elts.push(this.target());
      }
      target = new TupleExpr(first, this.last, elts, n.LOAD);
    }
    const invalid: Expr | null = requireAssignable(target, TARGET_FOR);
    if (invalid !== null) {
      if (this.diagnosing) this.#diagnoseForTarget(mark);
      this.fail();
    }
    setContext(target, n.STORE);
    return target;
  }

  #diagnoseForTarget(mark: int): void {
    this.reset(mark);
    const all: Expr | null = this.tryStarExpressions();
    const culprit: Expr | null = all === null ? null : requireAssignable(all, TARGET_FOR);
    if (culprit !== null) throw this.errorAt(culprit, `cannot assign to ${describe(culprit)}`);
  }

  /** One target: "*" or an operand; whether it can be assigned to is checked by the caller. */
  target(): Expr {
    return this.kind === t.T_STAR ? this.starred() : this.bitwiseOr();
  }

  #requireUnstarred(e: Expr): void {
    if (e.kind !== n.N_STARRED) return;
    if (this.diagnosing && this.#tryClauses()) {
      throw this.errorAt(e, "iterable unpacking cannot be used in comprehension");
    }
    this.fail();
  }

  /** "[a, b for …": the target needs parentheses. */
  #diagnoseUnparenthesized(elts: Expr[]): void {
    if (!this.#atFor() || !this.#tryClauses()) return;
    const message: string = "did you forget parentheses around the comprehension target?";
    if (elts.length > 1) throw this.errorRange(elts[0], elts[elts.length - 1], message);
    const mark: int = this.pos;
    let comma: int = mark;
    while (comma > 0 && !this.#isCommaAfter(this.tokens[comma], elts[0])) comma -= 1;
    throw this.errorRange(elts[0], this.tokens[comma], message);
  }

  #isCommaAfter(token: Token, e: Span): boolean {
    return (
      token.kind === t.T_COMMA && (token.line < e.endLine || (token.line === e.endLine && token.col <= e.endCol + 1))
    );
  }

  // The second pass.

  override diagnosedExpression(): Expr {
    if (this.kind === t.T_LAMBDA) return this.lambda();
    const mark: int = this.pos;
    const first: Token = this.token;
    const isName: boolean = this.kind === t.T_NAME;
    // Not for unknown string prefixes and soft keywords.
    const skip: boolean = isName && (this.peekKind() === t.T_STRING || isSoftKeyword(first.text));
    this.diagnosing = !this.triedPlainly.has(mark);
    const a: Expr = this.#judgedDisjunction();
    const isBareName: boolean = isName && this.pos === mark + 1;
    if (!skip && this.canStartExpression()) this.#diagnoseMissingComma(a, isBareName);
    if (this.kind === t.T_IF) this.#diagnoseMissingElse(a);
    if (isBareName) this.#diagnoseLegacy(first);
    return this.conditional(first, a);
  }

  #judgedDisjunction(): Expr {
    try {
      return this.disjunction();
    } finally {
      this.diagnosing = true;
    }
  }

  #diagnoseMissingComma(a: Expr, isBareName: boolean): void {
    const mark: int = this.pos;
    const legacy: boolean = isBareName && isLegacyStatement((a as Name).id);
    this.triedPlainly.add(mark);
    const b: Expr | null = this.tryPlainExpression();
    if (b === null) return;
    if (!legacy && this.tokens[this.pos - 1].level > 0) {
      throw this.errorRange(a, b, "invalid syntax. Perhaps you forgot a comma?");
    }
    this.reset(mark);
  }

  #diagnoseMissingElse(a: Expr): void {
    const mark: int = this.pos;
    this.advance();
    const b: Expr | null = this.tryDisjunction();
    if (b !== null && this.kind !== t.T_ELSE && this.kind !== t.T_COLON) {
      throw this.errorRange(a, b, "expected 'else' after 'if' expression");
    }
    this.reset(mark);
  }

  /** "print x"; what follows any other name is judged too. */
  #diagnoseLegacy(name: Token): void {
    if (this.kind === t.T_LPAR || (!this.canStartExpression() && this.kind !== t.T_STAR)) return;
    const mark: int = this.pos;
    const b: Expr | null = this.tryStarExpressions();
    if (b !== null && isLegacyStatement(name.text)) {
      const call: string = name.text;
      throw this.errorRange(name, b, `Missing parentheses in call to '${call}'. Did you mean ${call}(...)?`);
    }
    this.reset(mark);
  }

  override diagnoseNamed(e: Expr, mark: int): void {
    const after: int = this.pos;
    if (this.kind === t.T_COLONEQUAL) {
      this.advance();
      if (this.tryExpression() !== null) {
        throw this.errorAt(e, `cannot use assignment expressions with ${describe(e)}`);
      }
      this.reset(after);
      return;
    }
    if (this.kind !== t.T_EQUAL) return;
    this.reset(mark);
    const a: Expr | null = this.tryBitwiseOr();
    const isName: boolean = this.pos === mark + 1 && this.tokens[mark].kind === t.T_NAME;
    if (a !== null && this.kind === t.T_EQUAL && (isName || !isDisplay(a, this.tokens[mark].kind))) {
      this.advance();
      const b: Expr | null = this.tryBitwiseOr();
      if (b !== null && this.kind !== t.T_EQUAL && this.kind !== t.T_COLONEQUAL) {
        if (isName) {
          throw this.errorRange(a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        throw this.errorAt(a, `cannot assign to ${describe(a)} here. Maybe you meant '==' instead of '='?`);
      }
    }
    this.reset(after);
  }

  /** The value of a "*" that turned out to be wrong; for messages. */
  starValue(e: Expr): Expr {
    return e.kind === n.N_STARRED ? (e as Starred).value : e;
  }
}

/** Names after which another name may follow at the start of a statement. */
function isSoftKeyword(name: string): boolean {
  return name === "_" || name === "case" || name === "match";
}

function isLegacyStatement(name: string): boolean {
  return name === "print" || name === "exec";
}

/** Lists, tuples, generator expressions, True, None, False: an "=" after these is explained elsewhere. */
function isDisplay(e: Expr, firstKind: int): boolean {
  switch (e.kind) {
    case n.N_LIST_EXPR:
    case n.N_GENERATOR_EXP:
      return true;
    case n.N_TUPLE_EXPR:
      return firstKind === t.T_LPAR;
    case n.N_CONSTANT: {
      const value = (e as Constant).value;
      return value.kind <= 1;
    }
  }
  return firstKind === t.T_TRUE || firstKind === t.T_NONE || firstKind === t.T_FALSE;
}
