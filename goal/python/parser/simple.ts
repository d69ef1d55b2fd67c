/**
 * Simple statements.
 */
import type { int } from "rtypescript/rlib";
import {
  Alias,
  AnnAssign,
  Assert,
  Assign,
  AugAssign,
  Break,
  Continue,
  Delete,
  ExprStmt,
  Global,
  Import,
  ImportFrom,
  Nonlocal,
  Pass,
  Raise,
  Return,
  type TupleExpr,
} from "./ast.ts";
import type { Expr, Stmt } from "./node.ts";
import * as n from "./node.ts";
import { PatternParser } from "./patterns.ts";
import { describe, requireAssignable, setContext, TARGET_DEL, TARGET_STAR } from "./targets.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

export abstract class SimpleParser extends PatternParser {
  /** Statements on one line, with its end. */
  simpleStatements(body: Stmt[]): void {
    for (;;) {
      body.push(this.#simpleStatement());
      if (!this.accept(t.T_SEMI)) break;
      if (this.kind === t.T_NEWLINE) break;
    }
    this.expect(t.T_NEWLINE);
  }

  #simpleStatement(): Stmt {
    const first: Token = this.token;
    switch (this.kind) {
      case t.T_RETURN: {
        this.advance();
        let value: Expr | null = null;
        if (this.canStartExpression() || this.kind === t.T_STAR) value = this.starExpressions();
        return new Return(first, this.last, value);
      }
      case t.T_IMPORT:
        return this.#import();
      case t.T_FROM:
        return this.#importFrom();
      case t.T_RAISE:
        return this.#raise();
      case t.T_PASS:
        this.advance();
        return new Pass(first, first);
      case t.T_BREAK:
        this.advance();
        return new Break(first, first);
      case t.T_CONTINUE:
        this.advance();
        return new Continue(first, first);
      case t.T_DEL:
        return this.#delete();
      case t.T_ASSERT: {
        this.advance();
        const test: Expr = this.expression();
        const msg: Expr | null = this.accept(t.T_COMMA) ? this.expression() : null;
        return new Assert(first, this.last, test, msg);
      }
      case t.T_GLOBAL: {
        this.advance();
        const names: string[] = this.#names();
        return new Global(first, this.last, names);
      }
      case t.T_NONLOCAL: {
        this.advance();
        const names: string[] = this.#names();
        return new Nonlocal(first, this.last, names);
      }
    }
    return this.#expressionStatement();
  }

  #names(): string[] {
    const names: string[] = [this.expectName()];
    while (this.accept(t.T_COMMA)) names.push(this.expectName());
    return names;
  }

  #raise(): Stmt {
    const first: Token = this.advance();
    if (!this.canStartExpression()) return new Raise(first, first, null, null);
    const exc: Expr = this.expression();
    const cause: Expr | null = this.accept(t.T_FROM) ? this.expression() : null;
    return new Raise(first, this.last, exc, cause);
  }

  #delete(): Stmt {
    const first: Token = this.advance();
    const open: Token = this.token;
    const e: Expr = this.starExpressions();
    const invalid: Expr | null = requireAssignable(e, TARGET_DEL);
    if (invalid !== null) {
      if (this.diagnosing) throw this.errorAt(invalid, `cannot delete ${describe(invalid)}`);
      this.fail();
    }
    setContext(e, n.DEL);
    // An unparenthesized tuple is a list of targets.
    const isList: boolean = e.kind === n.N_TUPLE_EXPR && !this.#isParenthesized(e, open);
    const targets: Expr[] = isList ? (e as TupleExpr).elts : [e];
    if (this.kind !== t.T_SEMI && this.kind !== t.T_NEWLINE) this.fail();
    return new Delete(first, this.last, targets);
  }

  /** Whether a tuple that begins with the token `open` has parentheses of its own. */
  #isParenthesized(e: Expr, open: Token): boolean {
    if (open.kind !== t.T_LPAR) return false;
    const elts: Expr[] = (e as TupleExpr).elts;
    if (elts.length === 0) return true;
    // "(a), b" begins with a parenthesis too: then its first element's parenthesis closes before the comma.
    return e.endLine === this.last.endLine && e.endCol === this.last.endCol && this.#closesAtEnd(open);
  }

  /** Whether the bracket `open` is closed by the last token. */
  #closesAtEnd(open: Token): boolean {
    let i: int = this.tokens.length - 1;
    while (i > 0 && this.tokens[i] !== this.last) i -= 1;
    if (this.tokens[i].kind !== t.T_RPAR) return false;
    for (i -= 1; i >= 0 && this.tokens[i] !== open; i -= 1) {
      if (this.tokens[i].level < open.level) return false;
    }
    return true;
  }

  // Imports.

  #import(): Stmt {
    const first: Token = this.advance();
    const names: Alias[] = [];
    do {
      const start: Token = this.token;
      const name: string = this.#dotted();
      const asname: string | null = this.accept(t.T_AS) ? this.expectName() : null;
      names.push(new Alias(start, this.last, name, asname));
    } while (this.accept(t.T_COMMA));
    return new Import(first, this.last, names);
  }

  #dotted(): string {
    let name: string = this.expectName();
    while (this.accept(t.T_DOT)) name += `.${this.expectName()}`;
    return name;
  }

  #importFrom(): Stmt {
    const first: Token = this.advance();
    let level: int = 0;
    for (;;) {
      if (this.accept(t.T_DOT)) level += 1;
      else if (this.accept(t.T_ELLIPSIS)) level += 3;
      else break;
    }
    const module: string | null = level > 0 && this.kind === t.T_IMPORT ? null : this.#dotted();
    this.expect(t.T_IMPORT);
    const names: Alias[] = [];
    if (this.kind === t.T_STAR) {
      const star: Token = this.advance();
      names.push(new Alias(star, star, "*", null));
    } else if (this.accept(t.T_LPAR)) {
      this.#importedName(names);
      while (this.accept(t.T_COMMA)) {
        if (this.kind === t.T_RPAR) break;
        this.#importedName(names);
      }
      this.expect(t.T_RPAR);
    } else {
      this.#importedName(names);
      while (this.accept(t.T_COMMA)) {
        if (this.diagnosing && this.kind === t.T_NEWLINE) {
          throw this.errorAtLast("trailing comma not allowed without surrounding parentheses");
        }
        this.#importedName(names);
      }
    }
    return new ImportFrom(first, this.last, module, names, level);
  }

  #importedName(names: Alias[]): void {
    const first: Token = this.token;
    const name: string = this.expectName();
    const asname: string | null = this.accept(t.T_AS) ? this.expectName() : null;
    names.push(new Alias(first, this.last, name, asname));
  }

  // Expressions and assignments.

  #expressionStatement(): Stmt {
    const first: Token = this.token;
    const mark: int = this.pos;
    const e: Expr = this.yieldOrStarExpressions();
    const kind: int = this.kind;
    if (kind === t.T_EQUAL) return this.#assign(first, mark, e);
    if (kind === t.T_COLON && e.kind !== n.N_YIELD) return this.#annotated(first, mark, e);
    if (kind >= t.T_PLUSEQUAL && kind <= t.T_DOUBLESLASHEQUAL) {
      if (!isSingleTarget(e)) this.#invalidAssignment(mark);
      const op: int = this.advance().kind - t.T_PLUSEQUAL;
      setContext(e, n.STORE);
      const value: Expr = this.yieldOrStarExpressions();
      return new AugAssign(first, this.last, e, op, value);
    }
    return new ExprStmt(first, this.last, e);
  }

  #assign(first: Token, mark: int, target: Expr): Stmt {
    const targets: Expr[] = [];
    let value: Expr = target;
    while (this.kind === t.T_EQUAL) {
      const isYield: boolean = value.kind === n.N_YIELD || value.kind === n.N_YIELD_FROM;
      if (isYield || requireAssignable(value, TARGET_STAR) !== null) this.#invalidAssignment(mark);
      setContext(value, n.STORE);
      targets.push(value);
      this.advance();
      value = this.yieldOrStarExpressions();
    }
    return new Assign(first, this.last, targets, value);
  }

  #annotated(first: Token, mark: int, target: Expr): Stmt {
    if (!isSingleTarget(target)) this.#invalidAssignment(mark);
    this.advance();
    const annotation: Expr = this.expression();
    const value: Expr | null = this.accept(t.T_EQUAL) ? this.yieldOrStarExpressions() : null;
    setContext(target, n.STORE);
    const isSimple: boolean = first.kind === t.T_NAME && target.kind === n.N_NAME;
    return new AnnAssign(first, this.last, target, annotation, value, isSimple);
  }

  /** The statement that begins at `mark` assigns to something that cannot be assigned to. */
  #invalidAssignment(mark: int): void {
    if (!this.diagnosing) this.fail();
    this.reset(mark);
    if (this.kind !== t.T_YIELD) this.#diagnoseAnnotation(mark);
    this.reset(mark);
    for (;;) {
      const isYield: boolean = this.kind === t.T_YIELD;
      const e: Expr = this.yieldOrStarExpressions();
      if (this.kind !== t.T_EQUAL) break;
      if (isYield) throw this.errorAt(e, "assignment to yield expression not possible");
      const invalid: Expr | null = requireAssignable(e, TARGET_STAR);
      if (invalid !== null) throw this.errorAt(invalid, `cannot assign to ${describe(invalid)}`);
      this.advance();
    }
    this.reset(mark);
    const e: Expr = this.starExpressions();
    const isAugmented: boolean = this.kind >= t.T_PLUSEQUAL && this.kind <= t.T_DOUBLESLASHEQUAL;
    if (isAugmented) {
      this.advance();
      this.yieldOrStarExpressions();
      throw this.errorAt(e, `'${describe(e)}' is an illegal expression for augmented assignment`);
    }
    this.fail();
  }

  #diagnoseAnnotation(mark: int): void {
    const first: Token = this.token;
    const a: Expr = this.starNamedExpression();
    const isBracketed: boolean = first.kind === t.T_LPAR || first.kind === t.T_LSQB;
    if (this.kind === t.T_COLON && isBracketed && (a.kind === n.N_LIST_EXPR || a.kind === n.N_TUPLE_EXPR)) {
      this.advance();
      if (this.tryExpression() !== null) {
        throw this.errorAt(a, `only single target (not ${describe(a)}) can be annotated`);
      }
      this.fail();
    }
    const isTuple: boolean = this.kind === t.T_COMMA;
    while (this.accept(t.T_COMMA)) {
      if (!this.canStartExpression() && this.kind !== t.T_STAR) break;
      this.starNamedExpression();
    }
    if (this.kind !== t.T_COLON) return;
    this.advance();
    if (this.tryExpression() === null) return;
    if (isTuple) throw this.errorAt(a, "only single target (not tuple) can be annotated");
    if (this.tokens[mark].kind !== t.T_STAR) throw this.errorAt(a, "illegal target for annotation");
  }
}

/** Names, attributes and items: what can be annotated and assigned to with an operator. */
function isSingleTarget(e: Expr): boolean {
  return e.kind === n.N_NAME || e.kind === n.N_ATTRIBUTE || e.kind === n.N_SUBSCRIPT;
}
