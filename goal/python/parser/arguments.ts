/**
 * Arguments of calls and class definitions, parameters of functions and lambdas.
 */
import type { int } from "rtypescript/rlib";
import { Arg, Arguments, Call, type Comprehension, GeneratorExp, Keyword, Lambda, Starred } from "./ast.ts";
import { DisplayParser } from "./displays.ts";
import type { Expr, Span } from "./node.ts";
import * as n from "./node.ts";
import { ParseFailure } from "./stream.ts";
import type { Token } from "./token.ts";
import * as t from "./token.ts";

/** Arguments of a call as they are found. */
export class CallArguments {
  readonly args: Expr[];
  readonly keywords: Keyword[];
  /** A "**" has been seen: no "*" may follow. */
  hasUnpacking: boolean;
  /** Arguments of a class definition: no generator expression without parentheses. */
  readonly isClass: boolean;
  constructor(isClass: boolean) {
    this.isClass = isClass;
    this.args = [];
    this.keywords = [];
    this.hasUnpacking = false;
  }
}

/** Parameters as they are found. */
class ParameterList {
  posonly: Arg[];
  args: Arg[];
  readonly kwonly: Arg[];
  readonly kwDefaults: (Expr | null)[];
  readonly defaults: Expr[];
  vararg: Arg | null;
  kwarg: Arg | null;
  /** "/" has been seen. */
  hasSlash: boolean;
  /** "*" or "*args" has been seen: what follows is keyword-only. */
  hasStar: boolean;
  constructor() {
    this.posonly = [];
    this.args = [];
    this.kwonly = [];
    this.kwDefaults = [];
    this.defaults = [];
    this.vararg = null;
    this.kwarg = null;
    this.hasSlash = false;
    this.hasStar = false;
  }
}

export abstract class ArgumentParser extends DisplayParser {
  // Calls.

  override callArguments(first: Token, func: Expr): Call {
    const open: Token = this.advance();
    const found: CallArguments = new CallArguments(false);
    this.argumentList(found, open);
    return new Call(first, this.last, func, found.args, found.keywords);
  }

  /** Arguments up to and including the closing parenthesis; the opening one is consumed. */
  argumentList(found: CallArguments, open: Token): void {
    while (this.kind !== t.T_RPAR) {
      this.#argument(found, open);
      if (this.kind !== t.T_COMMA) break;
      this.advance();
    }
    this.expect(t.T_RPAR);
  }

  #argument(found: CallArguments, open: Token): void {
    const first: Token = this.token;
    if (this.kind === t.T_STAR) {
      if (found.hasUnpacking) {
        if (this.diagnosing) {
          throw this.errorAt(first, "iterable argument unpacking follows keyword argument unpacking");
        }
        this.fail();
      }
      this.advance();
      const value: Expr = this.expression();
      const starred: Starred = new Starred(first, this.last, value, n.LOAD);
      const isFirst: boolean = found.args.length === 0 && found.keywords.length === 0;
      if (this.diagnosing && isFirst && this.atForClause() && this.#tryClauses() !== null) {
        throw this.errorAt(starred, "iterable unpacking cannot be used in comprehension");
      }
      found.args.push(starred);
    } else if (this.kind === t.T_DOUBLESTAR) {
      this.advance();
      const value: Expr = this.expression();
      found.keywords.push(new Keyword(first, this.last, null, value));
      found.hasUnpacking = true;
    } else if (this.kind === t.T_NAME && this.peekKind() === t.T_EQUAL) this.#keyword(found);
    else this.#positional(found, open);
  }

  #keyword(found: CallArguments): void {
    const name: Token = this.advance();
    const equal: Token = this.advance();
    if (this.diagnosing && (this.kind === t.T_COMMA || this.kind === t.T_RPAR)) this.fail();
    const value: Expr = this.expression();
    if (this.diagnosing && this.atForClause() && this.#tryClauses() !== null) {
      throw this.errorRange(name, equal, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    found.keywords.push(new Keyword(name, this.last, name.text, value));
  }

  #positional(found: CallArguments, open: Token): void {
    const first: Token = this.token;
    if (!this.diagnosing && found.keywords.length > 0) this.fail();
    if (this.diagnosing && this.peekKind() === t.T_EQUAL) this.#diagnoseConstantKeyword();
    const isNamed: boolean = this.kind === t.T_NAME && this.peekKind() === t.T_COLONEQUAL;
    const e: Expr = isNamed ? this.assignmentExpression() : this.expression();
    if (this.kind === t.T_COLONEQUAL) this.fail();
    if (this.kind === t.T_EQUAL) {
      if (this.diagnosing) {
        const message: string = 'expression cannot contain assignment, perhaps you meant "=="?';
        throw this.errorRange(e, this.token, message);
      }
      this.fail();
    }
    if (this.atForClause()) {
      if (found.isClass) this.fail();
      this.#generator(found, open, first, e);
      return;
    }
    if (found.keywords.length > 0) {
      if (this.diagnosing) throw this.errorAtLast(positionalMessage(found));
      this.fail();
    }
    found.args.push(e);
  }

  /** "f(True=1)". */
  #diagnoseConstantKeyword(): void {
    if (this.kind !== t.T_TRUE && this.kind !== t.T_FALSE && this.kind !== t.T_NONE) return;
    const name: Token = this.token;
    const message: string = `cannot assign to ${t.TOKEN_TEXTS[name.kind]}`;
    throw this.errorRange(name, this.peekToken(), message);
  }

  /** A generator expression without parentheses of its own: it must be the only argument. */
  #generator(found: CallArguments, open: Token, first: Token, elt: Expr): void {
    const generators: Comprehension[] = this.comprehensionClauses();
    const isFirst: boolean = found.args.length === 0 && found.keywords.length === 0;
    if (isFirst && this.kind === t.T_RPAR) {
      found.args.push(new GeneratorExp(open, this.token, elt, generators));
      return;
    }
    if (this.diagnosing) {
      const message: string = "Generator expression must be parenthesized";
      const lastClause: Comprehension = generators[generators.length - 1];
      if (found.keywords.length > 0) throw this.errorRange(first, lastClause.target, message);
      if (!isFirst || this.kind === t.T_COMMA) throw this.errorRange(first, lastItem(lastClause), message);
    }
    this.fail();
  }

  #tryClauses(): Comprehension[] | null {
    const mark: int = this.pos;
    try {
      return this.comprehensionClauses();
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      this.reset(mark);
      return null;
    }
  }

  // Parameters.

  override lambda(): Expr {
    const first: Token = this.advance();
    const args: Arguments = this.parameters(t.T_COLON);
    this.expect(t.T_COLON);
    const body: Expr = this.expression();
    return new Lambda(first, this.last, args, body);
  }

  /** Parameters up to, not including, `closing`: ")" of a function, ":" of a lambda. */
  parameters(closing: int): Arguments {
    const first: Token = this.token;
    const list: ParameterList = new ParameterList();
    while (this.kind !== closing) {
      if (this.kind === t.T_STAR) this.#starParameter(list, closing);
      else if (this.kind === t.T_DOUBLESTAR) {
        this.#kwargParameter(list, closing);
        break;
      } else if (this.kind === t.T_SLASH) this.#slash(list);
      else this.#plainParameter(list, closing);
      if (this.kind !== t.T_COMMA) break;
      this.advance();
    }
    const l: ParameterList = list;
    return new Arguments(first, this.last, l.posonly, l.args, l.vararg, l.kwonly, l.kwDefaults, l.kwarg, l.defaults);
  }

  #slash(list: ParameterList): void {
    const slash: Token = this.token;
    if (list.hasSlash || list.hasStar || list.args.length === 0) {
      if (this.diagnosing) {
        if (list.hasStar) throw this.errorAt(slash, "/ must be ahead of *");
        if (list.hasSlash) throw this.errorAt(slash, "/ may appear only once");
        if (this.peekKind() === t.T_COMMA) throw this.errorAt(slash, "at least one argument must precede /");
      }
      this.fail();
    }
    this.advance();
    if (this.diagnosing && this.kind === t.T_STAR) throw this.errorAt(this.token, "expected comma between / and *");
    list.hasSlash = true;
    list.posonly = list.args;
    list.args = [];
  }

  #plainParameter(list: ParameterList, closing: int): void {
    const isPlain: boolean = !list.hasStar && !list.hasSlash && list.defaults.length === 0;
    if (this.diagnosing && isPlain && this.kind === t.T_LPAR) this.#diagnoseParenthesized(closing);
    const arg: Arg = this.#parameter(closing, false);
    const value: Expr | null = this.#default(closing);
    if (list.hasStar) {
      list.kwonly.push(arg);
      list.kwDefaults.push(value);
      return;
    }
    if (value !== null) list.defaults.push(value);
    else if (list.defaults.length > 0) {
      if (this.diagnosing) throw this.errorAt(arg, "non-default argument follows default argument");
      this.fail();
    }
    list.args.push(arg);
  }

  /** A name, in functions with its annotation; that of *args may be starred. */
  #parameter(closing: int, starAnnotation: boolean): Arg {
    const name: Token = this.expect(t.T_NAME);
    let annotation: Expr | null = null;
    if (closing === t.T_RPAR && this.accept(t.T_COLON)) {
      annotation = starAnnotation ? this.starExpression() : this.expression();
    }
    return new Arg(name, this.last, name.text, annotation);
  }

  #default(closing: int): Expr | null {
    if (this.kind !== t.T_EQUAL) return null;
    const equal: Token = this.advance();
    if (this.diagnosing && (this.kind === closing || this.kind === t.T_COMMA)) {
      throw this.errorAt(equal, "expected default value expression");
    }
    return this.expression();
  }

  #starParameter(list: ParameterList, closing: int): void {
    const star: Token = this.token;
    if (list.hasStar) {
      if (this.diagnosing) throw this.errorAt(star, "* argument may appear only once");
      this.fail();
    }
    this.advance();
    list.hasStar = true;
    if (this.kind === t.T_COMMA) {
      const after: int = this.peekKind();
      if (after === closing || after === t.T_DOUBLESTAR) this.#bareStar(star, closing);
      return;
    }
    if (this.kind === closing) this.#bareStar(star, closing);
    list.vararg = this.#parameter(closing, true);
    if (this.diagnosing && this.kind === t.T_EQUAL) {
      throw this.errorAt(this.token, "var-positional argument cannot have default value");
    }
  }

  #bareStar(star: Token, closing: int): void {
    const message: string = "named arguments must follow bare *";
    if (this.diagnosing) throw closing === t.T_COLON ? this.errorAtLast(message) : this.errorAt(star, message);
    this.fail();
  }

  #kwargParameter(list: ParameterList, closing: int): void {
    this.advance();
    list.kwarg = this.#parameter(closing, false);
    if (this.diagnosing && this.kind === t.T_EQUAL) {
      throw this.errorAt(this.token, "var-keyword argument cannot have default value");
    }
    if (!this.accept(t.T_COMMA) || !this.diagnosing) return;
    const after: Token = this.token;
    const isArgument: boolean = after.kind === t.T_STAR || after.kind === t.T_DOUBLESTAR || after.kind === t.T_SLASH;
    if (isArgument) throw this.errorAt(after, "arguments cannot follow var-keyword argument");
    if (after.kind !== t.T_NAME) return;
    const arg: Arg = this.#parameter(closing, false);
    throw this.errorAt(arg, "arguments cannot follow var-keyword argument");
  }

  /** "def f(a, (b, c))". */
  #diagnoseParenthesized(closing: int): void {
    const mark: int = this.pos;
    const open: Token = this.advance();
    let count: int = 0;
    while (this.kind === t.T_NAME) {
      this.advance();
      count += 1;
      if (!this.accept(t.T_COMMA)) break;
    }
    if (count > 0 && this.kind === t.T_RPAR) {
      const close: Span = this.token;
      const what: string = closing === t.T_COLON ? "Lambda expression parameters" : "Function parameters";
      throw this.errorRange(open, close, `${what} cannot be parenthesized`);
    }
    this.reset(mark);
  }
}

function positionalMessage(found: CallArguments): string {
  return found.hasUnpacking
    ? "positional argument follows keyword argument unpacking"
    : "positional argument follows keyword argument";
}

/** The last condition of a clause, or what it iterates over. */
function lastItem(clause: Comprehension): Expr {
  return clause.ifs.length > 0 ? clause.ifs[clause.ifs.length - 1] : clause.iter;
}
