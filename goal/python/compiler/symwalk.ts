/**
 * The part of the symbol table's walk that concerns expressions: names, lambdas, comprehensions, yield and await, and
 * the rules for assignment expressions.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { Expr, Node, Span } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import {
  DEF_COMP_TARGET,
  DEF_GLOBAL,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  type ErrorPlace,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
  Scope,
  USE,
} from "./symbols.ts";

/** Private names of a class (`__x`) are prefixed with its name. */
export function mangleName(name: string, privateClass: string | null): string {
  if (privateClass === null || !name.startsWith("__")) return name;
  if (name.endsWith("__") || name.indexOf(".") >= 0) return name;
  let start: int = 0;
  while (start < privateClass.length && privateClass.charCodeAt(start) === 95) start += 1;
  if (start === privateClass.length) return name;
  return `_${privateClass.slice(start, privateClass.length)}${name}`;
}

export abstract class ExpressionWalker {
  scope: Scope;
  /** Name of the innermost class, for mangling. */
  privateClass: string | null;
  readonly errors: ErrorPlace;
  readonly #scopes: Map<Node, Scope>;
  readonly module: Scope;
  readonly #lazyAnnotations: boolean;
  /** Within a lazy annotation: yield, await and := are refused. */
  #inAnnotation: boolean;

  constructor(module: Scope, scopes: Map<Node, Scope>, errors: ErrorPlace, lazyAnnotations: boolean) {
    this.scope = module;
    this.module = module;
    this.privateClass = null;
    this.errors = errors;
    this.#scopes = scopes;
    this.#lazyAnnotations = lazyAnnotations;
    this.#inAnnotation = false;
  }

  mangle(name: string): string {
    return mangleName(name, this.privateClass);
  }

  /** Enters a new scope; returns the one to come back to. */
  enter(kind: int, name: string, node: Node): Scope {
    const outer: Scope = this.scope;
    this.scope = new Scope(kind, name, outer, node);
    this.#scopes.set(node, this.scope);
    return outer;
  }

  leave(outer: Scope): void {
    this.scope = outer;
  }

  define(name: string, flag: int, span: Span): void {
    const scope: Scope = this.scope;
    const mangled: string = this.mangle(name);
    const before: int = scope.flagsOf(mangled);
    if ((flag & DEF_PARAM) !== 0 && (before & DEF_PARAM) !== 0) {
      throw this.errors.error(span, `duplicate argument '${name}' in function definition`);
    }
    let flags: int = flag;
    if (scope.inTarget) {
      // A target of a comprehension that an assignment expression in it has bound outside.
      if ((before & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        const message: string = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
        throw this.errors.error(span, message);
      }
      flags |= DEF_COMP_TARGET;
    }
    scope.add(mangled, flags);
    if ((flag & DEF_PARAM) !== 0) scope.params.push(mangled);
  }

  expressions(list: Expr[]): void {
    for (const e of list) this.expression(e);
  }

  optional(e: Expr | null): void {
    if (e !== null) this.expression(e);
  }

  annotation(e: Expr | null): void {
    if (e === null) return;
    if (!this.#lazyAnnotations) {
      this.expression(e);
      return;
    }
    // Its names count for nothing, but it is checked.
    const outer: Scope = this.scope;
    this.scope = new Scope(SCOPE_FUNCTION, "_annotation", null, e);
    this.#inAnnotation = true;
    this.expression(e);
    this.#inAnnotation = false;
    this.scope = outer;
  }

  #refuseInAnnotation(e: Expr, what: string): void {
    if (!this.#inAnnotation) return;
    throw this.errors.error(e, `'${what}' can not be used within an annotation`);
  }

  expression(e: Expr): void {
    switch (e.kind) {
      case n.N_NAME:
        this.#name(e as ast.Name);
        return;
      case n.N_CONSTANT:
        return;
      case n.N_ATTRIBUTE:
        this.expression((e as ast.Attribute).value);
        return;
      case n.N_CALL: {
        const call: ast.Call = e as ast.Call;
        this.expression(call.func);
        this.expressions(call.args);
        for (const k of call.keywords) this.expression(k.value);
        return;
      }
      case n.N_BIN_OP:
        this.expression((e as ast.BinOp).left);
        this.expression((e as ast.BinOp).right);
        return;
      case n.N_SUBSCRIPT:
        this.expression((e as ast.Subscript).value);
        this.expression((e as ast.Subscript).index);
        return;
      case n.N_COMPARE:
        this.expression((e as ast.Compare).left);
        this.expressions((e as ast.Compare).comparators);
        return;
      case n.N_BOOL_OP:
        this.expressions((e as ast.BoolOp).values);
        return;
      case n.N_UNARY_OP:
        this.expression((e as ast.UnaryOp).operand);
        return;
      case n.N_TUPLE_EXPR:
        this.expressions((e as ast.TupleExpr).elts);
        return;
      case n.N_LIST_EXPR:
        this.expressions((e as ast.ListExpr).elts);
        return;
      case n.N_SET_EXPR:
        this.expressions((e as ast.SetExpr).elts);
        return;
      case n.N_DICT_EXPR:
        for (const key of (e as ast.DictExpr).keys) this.optional(key);
        this.expressions((e as ast.DictExpr).values);
        return;
      case n.N_STARRED:
        this.expression((e as ast.Starred).value);
        return;
      case n.N_SLICE:
        this.optional((e as ast.Slice).lower);
        this.optional((e as ast.Slice).upper);
        this.optional((e as ast.Slice).step);
        return;
      case n.N_IF_EXP:
        this.expression((e as ast.IfExp).test);
        this.expression((e as ast.IfExp).body);
        this.expression((e as ast.IfExp).orelse);
        return;
      case n.N_JOINED_STR:
        this.expressions((e as ast.JoinedStr).values);
        return;
      case n.N_FORMATTED_VALUE:
        this.expression((e as ast.FormattedValue).value);
        this.optional((e as ast.FormattedValue).formatSpec);
        return;
    }
    this.#scopedExpression(e);
  }

  /** Expressions that open a scope or have rules of their own. */
  #scopedExpression(e: Expr): void {
    switch (e.kind) {
      case n.N_LAMBDA: {
        const lambda: ast.Lambda = e as ast.Lambda;
        this.defaults(lambda.args);
        const outer: Scope = this.enter(SCOPE_FUNCTION, "lambda", e);
        this.parameters(lambda.args);
        this.expression(lambda.body);
        this.leave(outer);
        return;
      }
      case n.N_NAMED_EXPR:
        this.#named(e as ast.NamedExpr);
        return;
      case n.N_LIST_COMP:
        this.#comprehension(e, "listcomp", (e as ast.ListComp).generators, (e as ast.ListComp).elt, null);
        return;
      case n.N_SET_COMP:
        this.#comprehension(e, "setcomp", (e as ast.SetComp).generators, (e as ast.SetComp).elt, null);
        return;
      case n.N_GENERATOR_EXP:
        this.#comprehension(e, "genexpr", (e as ast.GeneratorExp).generators, (e as ast.GeneratorExp).elt, null);
        return;
      case n.N_DICT_COMP: {
        const dict: ast.DictComp = e as ast.DictComp;
        this.#comprehension(e, "dictcomp", dict.generators, dict.key, dict.value);
        return;
      }
      case n.N_YIELD:
        this.#refuseInAnnotation(e, "yield expression");
        this.optional((e as ast.Yield).value);
        this.#markGenerator(e);
        return;
      case n.N_YIELD_FROM:
        this.#refuseInAnnotation(e, "yield expression");
        this.expression((e as ast.YieldFrom).value);
        this.#markGenerator(e);
        return;
      case n.N_AWAIT:
        this.#refuseInAnnotation(e, "await expression");
        this.expression((e as ast.Await).value);
        this.scope.isCoroutine = true;
        return;
    }
  }

  #name(e: ast.Name): void {
    this.define(e.id, e.ctx === n.LOAD ? USE : DEF_LOCAL, e);
    // A use of `super` without arguments needs the class.
    if (e.ctx === n.LOAD && this.scope.kind === SCOPE_FUNCTION && e.id === "super") {
      this.scope.add("__class__", USE);
    }
  }

  #markGenerator(e: Expr): void {
    this.scope.isGenerator = true;
    const scope: Scope = this.scope;
    if (scope.isComprehension) throw this.errors.error(e, comprehensionYield(scope.name));
    if (scope.isCoroutine && scope.hasReturnValue) {
      throw this.errors.error(scope.span, "'return' with value in async generator");
    }
  }

  // Parameters.

  defaults(args: ast.Arguments): void {
    this.expressions(args.defaults);
    for (const d of args.kwDefaults) this.optional(d);
  }

  parameters(args: ast.Arguments): void {
    this.#params(args.posonlyargs);
    this.#params(args.args);
    this.#params(args.kwonlyargs);
    if (args.vararg !== null) {
      this.define(args.vararg.arg, DEF_PARAM, args.vararg);
      this.scope.hasVarargs = true;
    }
    if (args.kwarg !== null) {
      this.define(args.kwarg.arg, DEF_PARAM, args.kwarg);
      this.scope.hasVarkeywords = true;
    }
  }

  #params(args: ast.Arg[]): void {
    for (const a of args) this.define(a.arg, DEF_PARAM, a);
  }

  // Assignment expressions and comprehensions.

  #named(e: ast.NamedExpr): void {
    this.#refuseInAnnotation(e, "named expression");
    const scope: Scope = this.scope;
    if (scope.inIterable > 0) {
      throw this.errors.error(e, "assignment expression cannot be used in a comprehension iterable expression");
    }
    if (scope.isComprehension) this.#extendNamed(e.target);
    this.expression(e.value);
    this.expression(e.target);
  }

  /** An assignment expression in a comprehension binds in the scope that contains it. */
  #extendNamed(target: ast.Name): void {
    const mangled: string = this.mangle(target.id);
    let at: Scope | null = this.scope;
    while (at !== null) {
      if (at.isComprehension) {
        if ((at.flagsOf(mangled) & DEF_COMP_TARGET) !== 0) {
          const message: string = `assignment expression cannot rebind comprehension iteration variable '${target.id}'`;
          throw this.errors.error(target, message);
        }
      } else {
        this.#bindNamed(at, mangled, target);
        return;
      }
      at = at.parent;
    }
  }

  #bindNamed(at: Scope, mangled: string, target: ast.Name): void {
    const scope: Scope = this.scope;
    if (at.kind === SCOPE_CLASS) {
      throw this.errors.error(target, "assignment expression within a comprehension cannot be used in a class body");
    }
    const isGlobal: boolean = at.kind === SCOPE_MODULE || (at.flagsOf(mangled) & DEF_GLOBAL) !== 0;
    scope.add(mangled, isGlobal ? DEF_GLOBAL : DEF_NONLOCAL);
    scope.addDirective(mangled, target);
    at.add(mangled, at.kind === SCOPE_MODULE ? DEF_GLOBAL : DEF_LOCAL);
  }

  #comprehension(e: Expr, name: string, generators: ast.Comprehension[], elt: Expr, value: Expr | null): void {
    const outermost: ast.Comprehension = generators[0];
    // The first iterable is evaluated outside.
    this.scope.inIterable += 1;
    this.expression(outermost.iter);
    this.scope.inIterable -= 1;
    const outer: Scope = this.enter(SCOPE_FUNCTION, name, e);
    const scope: Scope = this.scope;
    scope.isComprehension = true;
    scope.isGeneratorExpression = e.kind === n.N_GENERATOR_EXP;
    if (outermost.isAsync) scope.isCoroutine = true;
    this.define(".0", DEF_PARAM, e);
    this.#target(outermost.target);
    this.expressions(outermost.ifs);
    for (let i: int = 1; i < generators.length; i += 1) this.#clause(generators[i]);
    if (value !== null) this.expression(value);
    this.expression(elt);
    const isAsync: boolean = scope.isCoroutine && !scope.isGeneratorExpression;
    scope.isGenerator = scope.isGeneratorExpression;
    this.leave(outer);
    if (isAsync) outer.isCoroutine = true;
  }

  #target(target: Expr): void {
    this.scope.inTarget = true;
    this.expression(target);
    this.scope.inTarget = false;
  }

  #clause(clause: ast.Comprehension): void {
    this.#target(clause.target);
    this.scope.inIterable += 1;
    this.expression(clause.iter);
    this.scope.inIterable -= 1;
    this.expressions(clause.ifs);
    if (clause.isAsync) this.scope.isCoroutine = true;
  }
}

function comprehensionYield(name: string): string {
  switch (name) {
    case "listcomp":
      return "'yield' inside list comprehension";
    case "setcomp":
      return "'yield' inside set comprehension";
    case "dictcomp":
      return "'yield' inside dict comprehension";
  }
  return "'yield' inside generator expression";
}
