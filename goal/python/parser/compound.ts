/**
 * Compound statements and blocks.
 */
import type { int } from "rtypescript/rlib";
import { CallArguments } from "./arguments.ts";
import {
  type Arguments,
  ClassDef,
  ExceptHandler,
  For,
  FunctionDef,
  If,
  Match,
  MatchCase,
  Try,
  TupleExpr,
  While,
  With,
  WithItem,
} from "./ast.ts";
import type { Expr, Pattern, Stmt } from "./node.ts";
import * as n from "./node.ts";
import { SimpleParser } from "./simple.ts";
import { ParseFailure } from "./stream.ts";
import { describe, requireAssignable, setContext, TARGET_STAR } from "./targets.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

export abstract class CompoundParser extends SimpleParser {
  /** One statement, or several on a line. */
  statement(body: Stmt[]): void {
    const compound: Stmt | null = this.compoundStatement();
    if (compound !== null) body.push(compound);
    else this.simpleStatements(body);
  }

  /** A compound statement, or null when none begins here. */
  compoundStatement(): Stmt | null {
    switch (this.kind) {
      case t.T_IF:
        return this.#if("if");
      case t.T_DEF:
        return this.#function(this.token, [], false);
      case t.T_CLASS:
        return this.#class([]);
      case t.T_FOR:
        return this.#for(this.token, false);
      case t.T_WHILE:
        return this.#while();
      case t.T_TRY:
        return this.#try();
      case t.T_WITH:
        return this.#with(this.token, false);
      case t.T_AT:
        return this.#decorated();
      case t.T_ASYNC:
        return this.#async([]);
      case t.T_NAME:
        return this.token.text === "match" ? this.#match() : null;
    }
    return null;
  }

  // Blocks.

  /** ":" and what follows it, for a statement that `what` names in messages and that begins on `line`. */
  #suite(what: string, line: int, forced: boolean): Stmt[] {
    this.#colon(forced);
    return this.#block(what, line);
  }

  #colon(forced: boolean): void {
    if (this.kind === t.T_COLON) this.advance();
    else if (forced) this.expectForced(t.T_COLON);
    else {
      if (this.diagnosing && this.kind === t.T_NEWLINE) throw this.errorAtLast("expected ':'");
      this.fail();
    }
  }

  #block(what: string, line: int): Stmt[] {
    const body: Stmt[] = [];
    if (this.kind !== t.T_NEWLINE) {
      this.simpleStatements(body);
      return body;
    }
    this.#indent(what, line);
    while (this.kind !== t.T_DEDENT && this.kind !== t.T_ENDMARKER) this.statement(body);
    this.expect(t.T_DEDENT);
    return body;
  }

  #indent(what: string, line: int): void {
    this.expect(t.T_NEWLINE);
    if (this.kind !== t.T_INDENT) {
      if (this.diagnosing) {
        throw this.indentationError(`expected an indented block after ${what} on line ${line}`);
      }
      this.fail();
    }
    this.advance();
  }

  // Functions and classes.

  #decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.accept(t.T_AT)) {
      decorators.push(this.namedExpression());
      this.expect(t.T_NEWLINE);
    }
    switch (this.kind) {
      case t.T_DEF:
        return this.#function(this.token, decorators, false);
      case t.T_CLASS:
        return this.#class(decorators);
      case t.T_ASYNC:
        if (this.peekKind() !== t.T_DEF) this.fail();
        return this.#async(decorators);
    }
    return this.fail();
  }

  #async(decorators: Expr[]): Stmt {
    const first: Token = this.advance();
    switch (this.kind) {
      case t.T_DEF:
        return this.#function(first, decorators, true);
      case t.T_FOR:
        return this.#for(first, true);
      case t.T_WITH:
        return this.#with(first, true);
    }
    return this.fail();
  }

  #function(first: Token, decorators: Expr[], isAsync: boolean): Stmt {
    const def: Token = this.advance();
    const name: string = this.expectName();
    this.expectForced(t.T_LPAR);
    const args: Arguments = this.parameters(t.T_RPAR);
    this.expect(t.T_RPAR);
    const returns: Expr | null = this.kind === t.T_ARROW ? this.#returns() : null;
    const body: Stmt[] = this.#suite("function definition", def.line, true);
    return new FunctionDef(first, this.last, name, args, body, decorators, returns, isAsync);
  }

  /** "-> expression"; when that does not parse, a colon was expected in its place. */
  #returns(): Expr | null {
    const mark: int = this.pos;
    try {
      this.advance();
      return this.expression();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      this.expectForced(t.T_COLON);
      return null;
    }
  }

  #class(decorators: Expr[]): Stmt {
    const first: Token = this.advance();
    const name: string = this.expectName();
    const found: CallArguments = new CallArguments(true);
    if (this.kind === t.T_LPAR) {
      const open: Token = this.advance();
      this.argumentList(found, open);
    }
    const body: Stmt[] = this.#suite("class definition", first.line, false);
    return new ClassDef(first, this.last, name, found.args, found.keywords, body, decorators);
  }

  // Conditions and loops.

  #if(word: string): Stmt {
    const first: Token = this.advance();
    const test: Expr = this.namedExpression();
    const body: Stmt[] = this.#suite(`'${word}' statement`, first.line, false);
    let orelse: Stmt[] = [];
    if (this.kind === t.T_ELIF) orelse = [this.#if("elif")];
    else orelse = this.#else();
    return new If(first, this.last, test, body, orelse);
  }

  #else(): Stmt[] {
    if (this.kind !== t.T_ELSE) return [];
    const first: Token = this.advance();
    return this.#suite("'else' statement", first.line, true);
  }

  #while(): Stmt {
    const first: Token = this.advance();
    const test: Expr = this.namedExpression();
    const body: Stmt[] = this.#suite("'while' statement", first.line, false);
    const orelse: Stmt[] = this.#else();
    return new While(first, this.last, test, body, orelse);
  }

  #for(first: Token, isAsync: boolean): Stmt {
    const word: Token = this.advance();
    const target: Expr = this.targetList();
    this.expect(t.T_IN);
    const iter: Expr = this.starExpressions();
    const body: Stmt[] = this.#suite("'for' statement", word.line, false);
    const orelse: Stmt[] = this.#else();
    return new For(first, this.last, target, iter, body, orelse, isAsync);
  }

  // with.

  #with(first: Token, isAsync: boolean): Stmt {
    const word: Token = this.advance();
    let items: WithItem[] | null = this.kind === t.T_LPAR ? this.#parenthesizedItems() : null;
    if (items === null) {
      items = [this.#withItem()];
      while (this.accept(t.T_COMMA)) items.push(this.#withItem());
    }
    const body: Stmt[] = this.#suite("'with' statement", word.line, false);
    return new With(first, this.last, items, body, isAsync);
  }

  /** "(item, …)" up to the colon, or null: then the parenthesis belongs to an expression. */
  #parenthesizedItems(): WithItem[] | null {
    const mark: int = this.pos;
    try {
      this.advance();
      const items: WithItem[] = [this.#withItem()];
      while (this.accept(t.T_COMMA)) {
        if (this.kind === t.T_RPAR) break;
        items.push(this.#withItem());
      }
      this.expect(t.T_RPAR);
      const ends: boolean = this.kind === t.T_COLON || (this.diagnosing && this.kind === t.T_NEWLINE);
      if (!ends) this.fail();
      return items;
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  #withItem(): WithItem {
    const first: Token = this.token;
    const e: Expr = this.expression();
    if (this.kind !== t.T_AS) return new WithItem(first, this.last, e, null);
    this.advance();
    const mark: int = this.pos;
    const target: Expr = this.kind === t.T_STAR ? this.starred() : this.primary();
    const invalid: boolean = requireAssignable(target, TARGET_STAR) !== null;
    if (invalid || (this.kind !== t.T_COMMA && this.kind !== t.T_RPAR && this.kind !== t.T_COLON)) {
      if (this.diagnosing) this.#diagnoseWithTarget(mark);
      if (invalid) this.fail();
    }
    setContext(target, n.STORE);
    return new WithItem(first, this.last, e, target);
  }

  #diagnoseWithTarget(mark: int): void {
    const after: int = this.pos;
    this.reset(mark);
    const e: Expr | null = this.tryExpression();
    const ends: boolean = this.kind === t.T_COMMA || this.kind === t.T_RPAR || this.kind === t.T_COLON;
    const culprit: Expr | null = e === null ? null : requireAssignable(e, TARGET_STAR);
    if (ends && culprit !== null) throw this.errorAt(culprit, `cannot assign to ${describe(culprit)}`);
    this.reset(after);
  }

  // try.

  #try(): Stmt {
    const first: Token = this.advance();
    const body: Stmt[] = this.#suite("'try' statement", first.line, true);
    const handlers: ExceptHandler[] = [];
    const isStar: boolean = this.kind === t.T_EXCEPT && this.peekKind() === t.T_STAR;
    while (this.kind === t.T_EXCEPT) {
      const star: boolean = this.peekKind() === t.T_STAR;
      if (star !== isStar) {
        const message: string = "cannot have both 'except' and 'except*' on the same 'try'";
        if (this.diagnosing) throw this.errorRange(this.token, star ? this.peekToken() : this.token, message);
        this.fail();
      }
      handlers.push(this.#handler(star));
    }
    if (handlers.length === 0 && this.kind !== t.T_FINALLY) {
      if (this.diagnosing) throw this.errorAtLast("expected 'except' or 'finally' block");
      this.fail();
    }
    const orelse: Stmt[] = handlers.length > 0 ? this.#else() : [];
    let finalbody: Stmt[] = [];
    if (this.kind === t.T_FINALLY) {
      const word: Token = this.advance();
      finalbody = this.#suite("'finally' statement", word.line, true);
    }
    return new Try(first, this.last, body, handlers, orelse, finalbody, isStar);
  }

  #handler(star: boolean): ExceptHandler {
    const first: Token = this.advance();
    if (star) this.advance();
    const what: string = star ? "'except*' statement" : "'except' statement";
    if (!star && (this.kind === t.T_COLON || this.kind === t.T_NEWLINE)) {
      const body: Stmt[] = this.#suite(what, first.line, false);
      return new ExceptHandler(first, this.last, null, null, body);
    }
    if (this.diagnosing && star && (this.kind === t.T_COLON || this.kind === t.T_NEWLINE)) {
      throw this.errorAtLast("expected one or more exception types");
    }
    const type: Expr = this.expression();
    if (this.diagnosing && this.kind === t.T_COMMA) this.#diagnoseTypes(type);
    const name: string | null = this.accept(t.T_AS) ? this.expectName() : null;
    const body: Stmt[] = this.#suite(what, first.line, false);
    return new ExceptHandler(first, this.last, type, name, body);
  }

  /** "except A, B:". */
  #diagnoseTypes(type: Expr): void {
    const mark: int = this.pos;
    this.advance();
    const rest: Expr | null = this.tryStarExpressions();
    if (rest !== null) {
      if (this.accept(t.T_AS) && this.kind === t.T_NAME) this.advance();
      if (this.kind === t.T_COLON) {
        throw this.errorStartingFrom(type, "multiple exception types must be parenthesized");
      }
    }
    this.reset(mark);
  }

  // match.

  /** A match statement; null when "match" is a name here. */
  #match(): Stmt | null {
    const mark: int = this.pos;
    const first: Token = this.token;
    const next: int = this.peekKind();
    if (next === t.T_NEWLINE || next === t.T_EQUAL || next === t.T_DOT || next === t.T_COLON) return null;
    const subject: Expr | null = this.#subject();
    if (subject === null) {
      this.reset(mark);
      return null;
    }
    this.#indent("'match' statement", first.line);
    const cases: MatchCase[] = [];
    while (this.atName("case")) cases.push(this.#case());
    if (cases.length === 0) this.fail();
    this.expect(t.T_DEDENT);
    return new Match(first, this.last, subject, cases);
  }

  /** "match subject:" before the end of the line. */
  #subject(): Expr | null {
    try {
      this.advance();
      const first: Token = this.token;
      let e: Expr = this.starNamedExpression();
      if (this.kind === t.T_COMMA) {
        const elts: Expr[] = [e];
        while (this.accept(t.T_COMMA)) {
          if (!this.canStartExpression() && this.kind !== t.T_STAR) break;
          elts.push(this.starNamedExpression());
        }
        e = new TupleExpr(first, this.last, elts, n.LOAD);
      } else if (e.kind === n.N_STARRED) return null;
      if (this.diagnosing && this.kind === t.T_NEWLINE) throw this.errorAtLast("expected ':'");
      return this.accept(t.T_COLON) && this.kind === t.T_NEWLINE ? e : null;
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      return null;
    }
  }

  #case(): MatchCase {
    const first: Token = this.advance();
    const pattern: Pattern = this.patterns();
    const guard: Expr | null = this.accept(t.T_IF) ? this.namedExpression() : null;
    const body: Stmt[] = this.#suite("'case' statement", first.line, false);
    return new MatchCase(first, this.last, pattern, guard, body);
  }
}
