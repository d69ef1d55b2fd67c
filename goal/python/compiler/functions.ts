/**
 * Code for calls, functions, lambdas, comprehensions, and for what suspends a frame: yield and await.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { Keyword } from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Span } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import type { Code } from "./code.ts";
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_NEWLOCALS,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
} from "./code.ts";
import { ExpressionCompiler } from "./expressions.ts";
import * as op from "./opcodes.ts";
import { DEF_IMPORT, SCOPE_FUNCTION, type Scope } from "./symbols.ts";
import type { Unit } from "./unit.ts";
import { unparse } from "./unparse.ts";

const MAX_KEYWORDS_AT_ONCE: int = 16;

export abstract class FunctionCompiler extends ExpressionCompiler {
  // Calls.

  override call(e: ast.Call): void {
    this.checkKeywords(e.keywords);
    if (
      e.func.kind === n.N_ATTRIBUTE &&
      !hasUnpacking(e.args, e.keywords) &&
      !this.#isModule(e.func as ast.Attribute)
    ) {
      this.#callMethod(e, e.func as ast.Attribute);
      return;
    }
    this.expression(e.func);
    this.callWith(e, 0, e.args, e.keywords);
  }

  /** An attribute of an imported name is seldom a method. */
  #isModule(e: ast.Attribute): boolean {
    if (e.value.kind !== n.N_NAME) return false;
    return (this.table.module.flagsOf((e.value as ast.Name).id) & DEF_IMPORT) !== 0;
  }

  #callMethod(e: ast.Call, method: ast.Attribute): void {
    this.expression(method.value);
    this.atAttribute(method);
    this.emitName(op.LOAD_METHOD, method.attr);
    this.expressions(e.args);
    for (const k of e.keywords) this.expression(k.value);
    this.#atMethodCall(e, method);
    const count: int = e.args.length + e.keywords.length;
    if (e.keywords.length > 0) {
      this.#loadKeywordNames(e.keywords);
      this.emit(op.CALL_METHOD_KW, count);
    } else this.emit(op.CALL_METHOD, count);
  }

  /** A call whose method name is on a later line than its object begins at that name. */
  #atMethodCall(e: ast.Call, method: ast.Attribute): void {
    this.at(e);
    if (method.line === method.endLine) return;
    const width: int = method.attr.length;
    this.unit.setPosition(
      width > method.endCol
        ? new PlainSpan(method.endLine, -1, e.endLine, -1)
        : new PlainSpan(method.endLine, method.endCol - width, e.endLine, e.endCol),
    );
  }

  checkKeywords(keywords: Keyword[]): void {
    for (let i: int = 0; i < keywords.length; i += 1) {
      const name: string | null = keywords[i].arg;
      if (name === null) continue;
      this.forbidName(name, keywords[i]);
      for (let k: int = i + 1; k < keywords.length; k += 1) {
        if (keywords[k].arg === name) throw this.error(keywords[k], `keyword argument repeated: ${name}`);
      }
    }
  }

  #loadKeywordNames(keywords: Keyword[]): void {
    const names: ConstValue[] = [];
    for (const k of keywords) names.push(c.strValue(this.mangle(k.arg as string)));
    this.loadConst(c.tupleValue(names));
  }

  /** Arguments and the call itself; the callable and `pushed` arguments are on the stack. */
  callWith(span: Span, pushed: int, args: Expr[], keywords: Keyword[]): void {
    if (hasUnpacking(args, keywords)) {
      this.#callUnpacking(span, pushed, args, keywords);
      return;
    }
    this.expressions(args);
    for (const k of keywords) this.expression(k.value);
    const count: int = pushed + args.length + keywords.length;
    this.at(span);
    if (keywords.length > 0) {
      this.#loadKeywordNames(keywords);
      this.emit(op.CALL_KW, count);
    } else this.emit(op.CALL, count);
  }

  #callUnpacking(span: Span, pushed: int, args: Expr[], keywords: Keyword[]): void {
    const isSingleStar: boolean = pushed === 0 && args.length === 1 && args[0].kind === n.N_STARRED;
    if (isSingleStar) this.expression((args[0] as ast.Starred).value);
    else if (pushed + args.length === 0) this.loadConst(c.tupleValue([]));
    else if (hasUnpacking(args, [])) this.buildStarred(args, op.BUILD_TUPLE, pushed);
    else {
      this.expressions(args);
      this.at(span);
      this.emit(op.BUILD_TUPLE, pushed + args.length);
    }
    if (keywords.length > 0) this.#keywordDict(keywords);
    this.at(span);
    this.emit(op.CALL_EX, keywords.length > 0 ? 1 : 0);
  }

  /** A dict of keywords, merged in their order. */
  #keywordDict(keywords: Keyword[]): void {
    let made: boolean = false;
    let i: int = 0;
    while (i < keywords.length) {
      if (keywords[i].arg === null) {
        if (!made) this.emit(op.BUILD_MAP, 0);
        made = true;
        this.expression(keywords[i].value);
        this.emit(op.DICT_MERGE, 1);
        i += 1;
        continue;
      }
      let end: int = i;
      while (end < keywords.length && keywords[end].arg !== null && end - i < MAX_KEYWORDS_AT_ONCE) end += 1;
      this.#keywordPart(keywords, i, end);
      if (made) this.emit(op.DICT_MERGE, 1);
      made = true;
      i = end;
    }
  }

  /** A dict of the keywords from `start` to `end`, all with names. */
  #keywordPart(keywords: Keyword[], start: int, end: int): void {
    if (end - start === 1) {
      this.loadText(this.mangle(keywords[start].arg as string));
      this.expression(keywords[start].value);
      this.emit(op.BUILD_MAP, 1);
      return;
    }
    const names: ConstValue[] = [];
    for (let k: int = start; k < end; k += 1) {
      names.push(c.strValue(this.mangle(keywords[k].arg as string)));
      this.expression(keywords[k].value);
    }
    this.loadConst(c.tupleValue(names));
    this.emit(op.BUILD_CONST_KEY_MAP, end - start);
  }

  // Functions.

  /** Parameters of the code object that was just entered. */
  setParameters(args: ast.Arguments): void {
    const unit: Unit = this.unit;
    unit.argcount = args.posonlyargs.length + args.args.length;
    unit.posonlyargcount = args.posonlyargs.length;
    unit.kwonlyargcount = args.kwonlyargs.length;
    unit.flags |= CO_OPTIMIZED | CO_NEWLOCALS;
    const scope: Scope = unit.scope;
    if (scope.hasVarargs) unit.flags |= CO_VARARGS;
    if (scope.hasVarkeywords) unit.flags |= CO_VARKEYWORDS;
    if (scope.isGenerator) unit.flags |= scope.isCoroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
    else if (scope.isCoroutine) unit.flags |= CO_COROUTINE;
  }

  /** Pushes defaults; the flags of MAKE_FUNCTION for them. */
  pushDefaults(args: ast.Arguments): int {
    let flags: int = 0;
    for (const list of [args.posonlyargs, args.args, args.kwonlyargs]) {
      for (const a of list) this.forbidName(a.arg, a);
    }
    if (args.vararg !== null) this.forbidName(args.vararg.arg, args.vararg);
    if (args.kwarg !== null) this.forbidName(args.kwarg.arg, args.kwarg);
    if (args.defaults.length > 0) {
      flags |= 1;
      this.#defaultTuple(args.defaults);
    }
    const names: ConstValue[] = [];
    for (let i: int = 0; i < args.kwonlyargs.length; i += 1) {
      const value: Expr | null = args.kwDefaults[i];
      if (value === null) continue;
      names.push(c.strValue(this.mangle(args.kwonlyargs[i].arg)));
      this.expression(value);
    }
    if (names.length > 0) {
      flags |= 2;
      this.loadConst(c.tupleValue(names));
      this.emit(op.BUILD_CONST_KEY_MAP, names.length);
    }
    return flags;
  }

  #defaultTuple(defaults: Expr[]): void {
    const items: ConstValue[] = [];
    for (const d of defaults) {
      const value: ConstValue | null = this.constantOf(d);
      if (value !== null) items.push(value);
    }
    if (items.length === defaults.length) {
      this.loadConst(c.tupleValue(items));
      return;
    }
    this.expressions(defaults);
    this.emit(op.BUILD_TUPLE, defaults.length);
  }

  /** Pushes a tuple of names and annotations; 4, or 0 when there are none. */
  pushAnnotations(args: ast.Arguments, returns: Expr | null): int {
    let count: int = 0;
    for (const a of args.posonlyargs) count += this.#argAnnotation(a);
    for (const a of args.args) count += this.#argAnnotation(a);
    if (args.vararg !== null) count += this.#argAnnotation(args.vararg);
    for (const a of args.kwonlyargs) count += this.#argAnnotation(a);
    if (args.kwarg !== null) count += this.#argAnnotation(args.kwarg);
    if (returns !== null) {
      this.loadText("return");
      this.annotation(returns);
      count += 1;
    }
    if (count === 0) return 0;
    this.emit(op.BUILD_TUPLE, count * 2);
    return 4;
  }

  #argAnnotation(a: ast.Arg): int {
    if (a.annotation === null) return 0;
    this.loadText(this.mangle(a.arg));
    if (a.annotation.kind === n.N_STARRED && !this.settings.lazyAnnotations) {
      // *args: *Ts is the single element of (*Ts,).
      this.expression((a.annotation as ast.Starred).value);
      this.emit(op.UNPACK_SEQUENCE, 1);
    } else this.annotation(a.annotation);
    return 1;
  }

  /** The value of an annotation, or its text when annotations are lazy. */
  annotation(e: Expr): void {
    if (this.settings.lazyAnnotations) this.loadText(unparse(e));
    else this.expression(e);
  }

  override lambda(e: ast.Lambda): void {
    const flags: int = this.pushDefaults(e.args);
    this.enterScope("<lambda>", e, e.line, this.unit.privateClass);
    // The first constant is the docstring: none.
    this.unit.constIndex(c.NONE_VALUE);
    this.setParameters(e.args);
    this.expression(e.body);
    this.at(e.body);
    this.emit0(op.RETURN_VALUE);
    const code: Code = this.leaveScope();
    this.at(e);
    this.makeFunction(code, flags);
  }

  // Suspension.

  override yieldValue(e: ast.Yield): void {
    this.#requireFunction(e, "yield");
    if (e.value === null) this.loadNone();
    else this.expression(e.value);
    const scope: Scope = this.unit.scope;
    if (scope.isCoroutine && scope.isGenerator) this.emit0(op.ASYNC_GEN_WRAP);
    this.emit0(op.YIELD_VALUE);
  }

  override yieldFrom(e: ast.YieldFrom): void {
    this.#requireFunction(e, "yield");
    if (this.unit.scope.isCoroutine) throw this.error(e, "'yield from' inside async function");
    this.expression(e.value);
    this.emit0(op.GET_YIELD_FROM_ITER);
    this.delegate();
  }

  #requireFunction(e: Span, word: string): void {
    if (this.unit.scope.kind !== SCOPE_FUNCTION) throw this.error(e, `'${word}' outside function`);
  }

  override awaitValue(e: ast.Await): void {
    this.#requireFunction(e, "await");
    if (!this.unit.isAsyncFunction && !this.unit.scope.isComprehension)
      throw this.error(e, "'await' outside async function");
    this.expression(e.value);
    this.emit(op.GET_AWAITABLE, 0);
    this.delegate();
  }

  /** [iterator -- result]: yields what it yields until it returns. */
  delegate(): void {
    const start: int = this.newLabel();
    const end: int = this.newLabel();
    this.loadNone();
    this.place(start);
    this.jump(op.SEND, end);
    this.jump(op.YIELD_DELEGATED, end);
    this.jump(op.JUMP, start);
    this.place(end);
  }

  // Comprehensions.

  override comprehension(e: Expr): void {
    switch (e.kind) {
      case n.N_LIST_COMP:
        this.#comprehend(e, "<listcomp>", op.BUILD_LIST, (e as ast.ListComp).generators, (e as ast.ListComp).elt, null);
        return;
      case n.N_SET_COMP:
        this.#comprehend(e, "<setcomp>", op.BUILD_SET, (e as ast.SetComp).generators, (e as ast.SetComp).elt, null);
        return;
      case n.N_DICT_COMP: {
        const dict: ast.DictComp = e as ast.DictComp;
        this.#comprehend(e, "<dictcomp>", op.BUILD_MAP, dict.generators, dict.key, dict.value);
        return;
      }
      case n.N_GENERATOR_EXP: {
        const generator: ast.GeneratorExp = e as ast.GeneratorExp;
        this.#comprehend(e, "<genexpr>", -1, generator.generators, generator.elt, null);
        return;
      }
    }
    throw new Error(`no code for expressions of kind ${e.kind}`);
  }

  /** `build` makes the collection, −1 for generator expressions. */
  #comprehend(e: Expr, name: string, build: int, clauses: ast.Comprehension[], elt: Expr, value: Expr | null): void {
    const outer: Unit = this.unit;
    this.enterScope(name, e, e.line, outer.privateClass);
    const scope: Scope = this.unit.scope;
    this.unit.argcount = 1;
    this.unit.flags |= CO_OPTIMIZED | CO_NEWLOCALS;
    const isGenerator: boolean = build < 0;
    if (isGenerator) this.unit.flags |= scope.isCoroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
    else if (scope.isCoroutine) this.unit.flags |= CO_COROUTINE;
    if (scope.isCoroutine && !isGenerator) this.#requireAsync(e, outer);
    this.at(e);
    if (!isGenerator) this.emit(build, 0);
    this.#clause(clauses, 0, 0, build, elt, value);
    if (isGenerator) this.loadNone();
    this.emit0(op.RETURN_VALUE);
    const code: Code = this.leaveScope();
    this.at(e);
    this.makeFunction(code, 0);
    this.iterableOrConstant(clauses[0].iter);
    this.emit0(clauses[0].isAsync ? op.GET_AITER : op.GET_ITER);
    this.emit(op.CALL, 1);
    if (scope.isCoroutine && !isGenerator) {
      this.emit(op.GET_AWAITABLE, 0);
      this.delegate();
    }
  }

  #requireAsync(e: Span, outer: Unit): void {
    if (outer.isAsyncFunction || outer.scope.isComprehension) return;
    throw this.error(e, "asynchronous comprehension outside of an asynchronous function");
  }

  /** Clause `index` and all within it; `depth` iterators lie between the collection and the top. */
  #clause(clauses: ast.Comprehension[], index: int, depth: int, build: int, elt: Expr, value: Expr | null): void {
    const clause: ast.Comprehension = clauses[index];
    if (index === 0) this.emit(op.LOAD_FAST, 0);
    else if (!clause.isAsync && this.#isSingleton(clause.iter)) {
      this.#singletonClause(clauses, index, depth, build, elt, value);
      return;
    } else {
      this.iterableOrConstant(clause.iter);
      this.emit0(clause.isAsync ? op.GET_AITER : op.GET_ITER);
    }
    const start: int = this.newLabel();
    const next: int = this.newLabel();
    const end: int = this.newLabel();
    this.place(start);
    if (clause.isAsync) this.asyncNext(end);
    else this.jump(op.FOR_ITER, end);
    this.storeTarget(clause.target);
    for (const test of clause.ifs) this.jumpIf(test, next, false);
    if (index + 1 < clauses.length) this.#clause(clauses, index + 1, depth + 1, build, elt, value);
    else this.#element(depth + 1, build, elt, value);
    this.place(next);
    this.jump(op.JUMP, start);
    this.place(end);
    if (clause.isAsync) this.emit0(op.END_ASYNC_FOR);
  }

  /** `for x in [e]` is an assignment. */
  #isSingleton(iter: Expr): boolean {
    if (iter.kind === n.N_LIST_EXPR) return isSingleElement((iter as ast.ListExpr).elts);
    return iter.kind === n.N_TUPLE_EXPR && isSingleElement((iter as ast.TupleExpr).elts);
  }

  #singletonClause(
    clauses: ast.Comprehension[],
    index: int,
    depth: int,
    build: int,
    elt: Expr,
    value: Expr | null,
  ): void {
    const clause: ast.Comprehension = clauses[index];
    const iter: Expr = clause.iter;
    const elts: Expr[] = iter.kind === n.N_LIST_EXPR ? (iter as ast.ListExpr).elts : (iter as ast.TupleExpr).elts;
    const next: int = this.newLabel();
    this.expression(elts[0]);
    this.storeTarget(clause.target);
    for (const test of clause.ifs) this.jumpIf(test, next, false);
    if (index + 1 < clauses.length) this.#clause(clauses, index + 1, depth, build, elt, value);
    else this.#element(depth, build, elt, value);
    this.place(next);
  }

  #element(depth: int, build: int, elt: Expr, value: Expr | null): void {
    if (build < 0) {
      this.expression(elt);
      if (this.unit.scope.isCoroutine) this.emit0(op.ASYNC_GEN_WRAP);
      this.emit0(op.YIELD_VALUE);
      this.emit0(op.POP_TOP);
      return;
    }
    this.expression(elt);
    if (value !== null) {
      this.expression(value);
      this.emit(op.MAP_ADD, depth + 1);
    } else this.emit(build === op.BUILD_SET ? op.SET_ADD : op.LIST_APPEND, depth + 1);
  }

  /** [ait -- ait value], or to `end` with [ait exception] when the iterator raises; for StopAsyncIteration. */
  asyncNext(end: int): void {
    this.unit.pushHandler(end);
    this.emit0(op.GET_ANEXT);
    this.delegate();
    this.unit.popHandler();
  }
}

class PlainSpan extends n.Span {}

function isSingleElement(elts: Expr[]): boolean {
  return elts.length === 1 && elts[0].kind !== n.N_STARRED;
}

/** Whether a call has "*" or "**" arguments. */
function hasUnpacking(args: Expr[], keywords: Keyword[]): boolean {
  for (const a of args) if (a.kind === n.N_STARRED) return true;
  for (const k of keywords) if (k.arg === null) return true;
  return false;
}
