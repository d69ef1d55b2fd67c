/**
 * Expressions by operator precedence, primaries and slices.
 *
 * Binary operators are parsed by precedence climbing: one loop instead of one method per level. Assignment targets are
 * parsed as expressions and turned into targets afterwards (targets.ts), since both have the same shape.
 */
import type { int } from "rtypescript/rlib";
import {
  Attribute,
  Await,
  BinOp,
  BoolOp,
  type Call,
  Compare,
  Constant,
  IfExp,
  Name,
  NamedExpr,
  Slice,
  Starred,
  Subscript,
  TupleExpr,
  UnaryOp,
  Yield,
  YieldFrom,
} from "./ast.ts";
import { type ConstValue, ELLIPSIS_VALUE, FALSE_VALUE, NONE_VALUE, TRUE_VALUE } from "./constant.ts";
import type { Expr, Span } from "./node.ts";
import * as n from "./node.ts";
import { numberValue } from "./number.ts";
import { ParseFailure } from "./stream.ts";
import { StringParser } from "./strings.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

/** Binding power of the binary operators from T_PLUS on; 0 for "**", which is parsed with its operand. */
const powers: readonly int[] = [5, 5, 6, 6, 6, 6, 0, 4, 4, 1, 2, 3, 6];

/** Whether an expression can begin with a token of this kind, by kind. */
const startsExpression: readonly boolean[] = buildStarts();

function buildStarts(): boolean[] {
  const starts: boolean[] = new Array<boolean>(t.T_YIELD + 1).fill(false);
  for (const kind of [t.T_NAME, t.T_NUMBER, t.T_STRING, t.T_LPAR, t.T_LSQB, t.T_LBRACE, t.T_ELLIPSIS, t.T_TILDE]) {
    starts[kind] = true;
  }
  for (const kind of [t.T_PLUS, t.T_MINUS, t.T_FALSE, t.T_NONE, t.T_TRUE, t.T_AWAIT, t.T_LAMBDA, t.T_NOT]) {
    starts[kind] = true;
  }
  return starts;
}

/** Comparison operator that a token is by itself, or −1. */
function comparison(kind: int): int {
  switch (kind) {
    case t.T_EQEQUAL:
      return n.CMP_EQ;
    case t.T_NOTEQUAL:
      return n.CMP_NE;
    case t.T_LESS:
      return n.CMP_LT;
    case t.T_LESSEQUAL:
      return n.CMP_LE;
    case t.T_GREATER:
      return n.CMP_GT;
    case t.T_GREATEREQUAL:
      return n.CMP_GE;
    case t.T_IN:
      return n.CMP_IN;
    case t.T_IS:
      return n.CMP_IS;
  }
  return -1;
}

export abstract class ExpressionParser extends StringParser {
  abstract group(): Expr;
  abstract listDisplay(): Expr;
  abstract braceDisplay(): Expr;
  abstract callArguments(first: Token, func: Expr): Call;
  abstract lambda(): Expr;
  /** `expression` of the second pass, with its checks. */
  abstract diagnosedExpression(): Expr;
  /** Checks of the second pass after the expression `e`, whose first token has index `mark`. */
  abstract diagnoseNamed(e: Expr, mark: int): void;

  canStartExpression(): boolean {
    return this.kind < startsExpression.length && startsExpression[this.kind];
  }

  // Lists of expressions.

  /** Expressions with commas; a tuple when there is a comma. Each may be starred. */
  starExpressions(): Expr {
    const first: Token = this.token;
    const e: Expr = this.starExpression();
    if (this.kind !== t.T_COMMA) return e;
    const elts: Expr[] = [e];
    while (this.accept(t.T_COMMA)) {
      if (!this.canStartExpression() && this.kind !== t.T_STAR) break;
      elts.push(this.starExpression());
    }
    return new TupleExpr(first, this.last, elts, n.LOAD);
  }

  starExpression(): Expr {
    return this.kind === t.T_STAR ? this.starred() : this.expression();
  }

  starNamedExpression(): Expr {
    return this.kind === t.T_STAR ? this.starred() : this.namedExpression();
  }

  /** "*" and an operand without comparison. */
  starred(): Expr {
    const star: Token = this.advance();
    const value: Expr = this.bitwiseOr();
    return new Starred(star, this.last, value, n.LOAD);
  }

  yieldExpression(): Expr {
    const first: Token = this.advance();
    if (this.accept(t.T_FROM)) {
      const value: Expr = this.expression();
      return new YieldFrom(first, this.last, value);
    }
    let value: Expr | null = null;
    if (this.canStartExpression() || this.kind === t.T_STAR) value = this.starExpressions();
    return new Yield(first, this.last, value);
  }

  yieldOrStarExpressions(): Expr {
    return this.kind === t.T_YIELD ? this.yieldExpression() : this.starExpressions();
  }

  // Single expressions.

  namedExpression(): Expr {
    if (this.kind === t.T_NAME && this.peekKind() === t.T_COLONEQUAL) return this.assignmentExpression();
    if (!this.diagnosing) return this.expression();
    const mark: int = this.pos;
    const e: Expr = this.expression();
    this.diagnoseNamed(e, mark);
    return e;
  }

  assignmentExpression(): Expr {
    const name: Token = this.advance();
    this.advance();
    const target: Name = new Name(name, name, name.text, n.STORE);
    const value: Expr = this.expression();
    return new NamedExpr(name, this.last, target, value);
  }

  expression(): Expr {
    if (this.diagnosing) return this.diagnosedExpression();
    if (this.kind === t.T_LAMBDA) return this.lambda();
    const first: Token = this.token;
    return this.conditional(first, this.disjunction());
  }

  /** The rest of an expression that begins with a disjunction. */
  conditional(first: Token, body: Expr): Expr {
    if (this.kind !== t.T_IF) return body;
    this.advance();
    const test: Expr = this.disjunction();
    this.expect(t.T_ELSE);
    const orelse: Expr = this.expression();
    return new IfExp(first, this.last, test, body, orelse);
  }

  disjunction(): Expr {
    const first: Token = this.token;
    const e: Expr = this.#conjunction();
    if (this.kind !== t.T_OR) return e;
    const values: Expr[] = [e];
    while (this.accept(t.T_OR)) values.push(this.#conjunction());
    return new BoolOp(first, this.last, n.OP_OR, values);
  }

  #conjunction(): Expr {
    const first: Token = this.token;
    const e: Expr = this.#inversion();
    if (this.kind !== t.T_AND) return e;
    const values: Expr[] = [e];
    while (this.accept(t.T_AND)) values.push(this.#inversion());
    return new BoolOp(first, this.last, n.OP_AND, values);
  }

  #inversion(): Expr {
    if (this.kind !== t.T_NOT) return this.#comparison();
    const first: Token = this.advance();
    const operand: Expr = this.#inversion();
    return new UnaryOp(first, this.last, n.OP_NOT, operand);
  }

  #comparison(): Expr {
    const first: Token = this.token;
    const left: Expr = this.bitwiseOr();
    let op: int = this.#comparisonOperator();
    if (op < 0) return left;
    const ops: int[] = [];
    const comparators: Expr[] = [];
    while (op >= 0) {
      ops.push(op);
      comparators.push(this.bitwiseOr());
      op = this.#comparisonOperator();
    }
    return new Compare(first, this.last, left, ops, comparators);
  }

  /** Consumes a comparison operator; −1 when there is none. */
  #comparisonOperator(): int {
    const kind: int = this.kind;
    if (kind === t.T_NOT) {
      if (this.peekKind() !== t.T_IN) return -1;
      this.advance();
      this.advance();
      return n.CMP_NOT_IN;
    }
    const op: int = comparison(kind);
    if (op < 0) return op;
    this.advance();
    if (op === n.CMP_IS && this.accept(t.T_NOT)) return n.CMP_IS_NOT;
    return op;
  }

  bitwiseOr(): Expr {
    return this.#binary(1);
  }

  /** Operators that bind at least as strongly as `power`. */
  #binary(power: int): Expr {
    const first: Token = this.token;
    let left: Expr = this.factor();
    for (;;) {
      const op: int = this.kind - t.T_PLUS;
      if (op < 0 || op > n.OP_FLOORDIV || powers[op] < power || op === n.OP_POW) return left;
      if (this.lenient) {
        const right: Expr | null = this.#tryRightOperand(powers[op] + 1);
        if (right === null) return left;
        left = new BinOp(first, this.last, left, op, right);
        continue;
      }
      this.advance();
      const right: Expr = this.#binary(powers[op] + 1);
      left = new BinOp(first, this.last, left, op, right);
    }
  }

  /** An operator without operand ends the expression before it; null then. */
  #tryRightOperand(power: int): Expr | null {
    const mark: int = this.pos;
    try {
      this.advance();
      return this.#binary(power);
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  factor(): Expr {
    let op: int = -1;
    if (this.kind === t.T_PLUS) op = n.OP_UADD;
    else if (this.kind === t.T_MINUS) op = n.OP_USUB;
    else if (this.kind === t.T_TILDE) op = n.OP_INVERT;
    if (op < 0) return this.#power();
    const first: Token = this.advance();
    const operand: Expr = this.factor();
    return new UnaryOp(first, this.last, op, operand);
  }

  #power(): Expr {
    const first: Token = this.token;
    const base: Expr = this.#awaitPrimary();
    if (this.kind !== t.T_DOUBLESTAR) return base;
    this.advance();
    const exponent: Expr = this.factor();
    return new BinOp(first, this.last, base, n.OP_POW, exponent);
  }

  #awaitPrimary(): Expr {
    if (this.kind !== t.T_AWAIT) return this.primary();
    const first: Token = this.advance();
    const value: Expr = this.primary();
    return new Await(first, this.last, value);
  }

  // Primaries.

  primary(): Expr {
    const first: Token = this.token;
    let e: Expr = this.atom();
    for (;;) {
      if (this.lenient) {
        const longer: Expr | null = this.#trySuffix(first, e);
        if (longer === null) return e;
        e = longer;
      } else if (this.kind === t.T_DOT) {
        this.advance();
        const name: string = this.expectName();
        e = new Attribute(first, this.last, e, name, n.LOAD);
      } else if (this.kind === t.T_LPAR) e = this.callArguments(first, e);
      else if (this.kind === t.T_LSQB) {
        this.advance();
        const index: Expr = this.#slices();
        this.expect(t.T_RSQB);
        e = new Subscript(first, this.last, e, index, n.LOAD);
      } else return e;
    }
  }

  /** One suffix of a primary; null, with nothing consumed, when there is none or it does not parse. */
  #trySuffix(first: Token, e: Expr): Expr | null {
    const kind: int = this.kind;
    if (kind !== t.T_DOT && kind !== t.T_LPAR && kind !== t.T_LSQB) return null;
    const mark: int = this.pos;
    try {
      if (kind === t.T_LPAR) return this.callArguments(first, e);
      this.advance();
      if (kind === t.T_DOT) {
        const name: string = this.expectName();
        return new Attribute(first, this.last, e, name, n.LOAD);
      }
      const index: Expr = this.#slices();
      this.expect(t.T_RSQB);
      return new Subscript(first, this.last, e, index, n.LOAD);
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      this.reset(mark);
      return null;
    }
  }

  atom(): Expr {
    switch (this.kind) {
      case t.T_NAME: {
        const name: Token = this.advance();
        return new Name(name, name, name.text, n.LOAD);
      }
      case t.T_NUMBER:
        return this.number();
      case t.T_STRING:
        return this.strings();
      case t.T_TRUE:
        return this.#constant(TRUE_VALUE);
      case t.T_FALSE:
        return this.#constant(FALSE_VALUE);
      case t.T_NONE:
        return this.#constant(NONE_VALUE);
      case t.T_ELLIPSIS:
        return this.#constant(ELLIPSIS_VALUE);
      case t.T_LPAR:
        return this.group();
      case t.T_LSQB:
        return this.listDisplay();
      case t.T_LBRACE:
        return this.braceDisplay();
    }
    return this.fail();
  }

  number(): Constant {
    const token: Token = this.expect(t.T_NUMBER);
    return new Constant(token, token, numberValue(token.text));
  }

  #constant(value: ConstValue): Expr {
    const token: Token = this.advance();
    return new Constant(token, token, value);
  }

  // Slices.

  #slices(): Expr {
    const first: Token = this.token;
    const e: Expr = this.#sliceOrStarred();
    if (this.kind !== t.T_COMMA) {
      // A single starred index is a tuple: a[*b].
      if (e.kind !== n.N_STARRED) return e;
      const single: Expr[] = [e];
      return new TupleExpr(first, this.last, single, n.LOAD);
    }
    const elts: Expr[] = [e];
    while (this.accept(t.T_COMMA)) {
      if (this.kind === t.T_RSQB) break;
      elts.push(this.#sliceOrStarred());
    }
    return new TupleExpr(first, this.last, elts, n.LOAD);
  }

  #sliceOrStarred(): Expr {
    return this.kind === t.T_STAR ? this.starred() : this.#slice();
  }

  #slice(): Expr {
    const first: Token = this.token;
    let lower: Expr | null = null;
    if (this.kind !== t.T_COLON) {
      const mark: int = this.pos;
      const e: Expr = this.namedExpression();
      if (this.kind !== t.T_COLON || (e.kind === n.N_NAMED_EXPR && this.tokens[mark].kind !== t.T_LPAR)) return e;
      lower = e;
    }
    this.expect(t.T_COLON);
    let upper: Expr | null = null;
    let step: Expr | null = null;
    if (this.kind !== t.T_COLON && this.kind !== t.T_RSQB && this.kind !== t.T_COMMA) upper = this.expression();
    if (this.accept(t.T_COLON) && this.kind !== t.T_RSQB && this.kind !== t.T_COMMA) step = this.expression();
    return new Slice(first, this.last, lower, upper, step);
  }

  // Attempts.

  /** A disjunction, or null with nothing consumed. */
  tryDisjunction(): Expr | null {
    const mark: int = this.pos;
    try {
      return this.disjunction();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  tryExpression(): Expr | null {
    const mark: int = this.pos;
    try {
      return this.expression();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  tryStarExpressions(): Expr | null {
    const mark: int = this.pos;
    try {
      return this.starExpressions();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  tryBitwiseOr(): Expr | null {
    const mark: int = this.pos;
    try {
      return this.bitwiseOr();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  /** An expression parsed as in the first pass. */
  tryPlainExpression(): Expr | null {
    const was: boolean = this.diagnosing;
    this.diagnosing = false;
    const e: Expr | null = this.tryExpression();
    this.diagnosing = was;
    return e;
  }

  /** Where nodes that begin at a token index begin. */
  spanAt(mark: int): Span {
    return this.tokens[mark];
  }
}
