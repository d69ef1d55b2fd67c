/**
 * Code for statements, except match.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Stmt } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { FlowCompiler } from "./flow.ts";
import { isTrue } from "./fold.ts";
import * as op from "./opcodes.ts";
import { SCOPE_FUNCTION } from "./symbols.ts";
import { FRAME_FOR, FRAME_WHILE } from "./unit.ts";

const MAX_NESTING: int = 20;

function isBlock(kind: int): boolean {
  return kind === n.N_FOR || kind === n.N_WHILE || kind === n.N_TRY || kind === n.N_WITH;
}

export abstract class StatementCompiler extends FlowCompiler {
  abstract match(s: ast.Match): void;
  abstract functionDef(s: ast.FunctionDef): void;
  abstract classDef(s: ast.ClassDef): void;

  override statements(body: Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  statement(s: Stmt): void {
    this.at(s);
    if (this.unit.frames.length >= MAX_NESTING && isBlock(s.kind)) {
      throw this.error(s, "too many statically nested blocks");
    }
    switch (s.kind) {
      case n.N_EXPR_STMT:
        this.#expressionStatement(s as ast.ExprStmt);
        return;
      case n.N_ASSIGN:
        this.#assign(s as ast.Assign);
        return;
      case n.N_AUG_ASSIGN:
        this.#augmented(s as ast.AugAssign);
        return;
      case n.N_ANN_ASSIGN:
        this.#annotated(s as ast.AnnAssign);
        return;
      case n.N_RETURN:
        this.#return(s as ast.Return);
        return;
      case n.N_IF:
        this.#if(s as ast.If);
        return;
      case n.N_FOR:
        if ((s as ast.For).isAsync) this.#asyncFor(s as ast.For);
        else this.#for(s as ast.For);
        return;
      case n.N_WHILE:
        this.#while(s as ast.While);
        return;
      case n.N_FUNCTION_DEF:
        this.functionDef(s as ast.FunctionDef);
        return;
      case n.N_CLASS_DEF:
        this.classDef(s as ast.ClassDef);
        return;
      case n.N_WITH:
        this.with(s as ast.With, 0);
        return;
      case n.N_TRY:
        this.try(s as ast.Try);
        return;
      case n.N_MATCH:
        this.match(s as ast.Match);
        return;
    }
    this.#smallStatement(s);
  }

  #smallStatement(s: Stmt): void {
    switch (s.kind) {
      case n.N_BREAK:
        this.#break(s);
        return;
      case n.N_CONTINUE:
        this.#continue(s);
        return;
      case n.N_DELETE:
        for (const e of (s as ast.Delete).targets) this.deleteTarget(e);
        return;
      case n.N_RAISE:
        this.#raise(s as ast.Raise);
        return;
      case n.N_ASSERT:
        this.#assert(s as ast.Assert);
        return;
      case n.N_IMPORT:
        this.#import(s as ast.Import);
        return;
      case n.N_IMPORT_FROM:
        this.#importFrom(s as ast.ImportFrom);
        return;
    }
  }

  // Expressions and assignments.

  #expressionStatement(s: ast.ExprStmt): void {
    if (this.settings.interactive && this.unit.parent === null) {
      this.expression(s.value);
      this.emit0(op.PRINT_EXPR);
      return;
    }
    if (this.constantOf(s.value) !== null && s.value.kind === n.N_CONSTANT) return;
    this.expression(s.value);
    this.at(s.value);
    this.emit0(op.POP_TOP);
  }

  #assign(s: ast.Assign): void {
    this.expression(s.value);
    for (let i: int = 0; i < s.targets.length; i += 1) {
      if (i + 1 < s.targets.length) this.emit(op.COPY, 1);
      this.storeTarget(s.targets[i]);
    }
  }

  #augmented(s: ast.AugAssign): void {
    const e: Expr = s.target;
    const binary: int = op.INPLACE_ADD + s.op;
    this.at(e);
    switch (e.kind) {
      case n.N_NAME:
        this.loadName((e as ast.Name).id);
        this.#augment(s, binary);
        this.at(e);
        this.storeName((e as ast.Name).id, e);
        return;
      case n.N_ATTRIBUTE: {
        const attribute: ast.Attribute = e as ast.Attribute;
        this.forbidName(attribute.attr, e);
        this.expression(attribute.value);
        this.emit(op.COPY, 1);
        this.atAttribute(attribute);
        this.emitName(op.LOAD_ATTR, attribute.attr);
        this.#augment(s, binary);
        this.atAttribute(attribute);
        this.emit(op.SWAP, 2);
        this.emitName(op.STORE_ATTR, attribute.attr);
        return;
      }
      case n.N_SUBSCRIPT:
        this.expression((e as ast.Subscript).value);
        this.expression((e as ast.Subscript).index);
        this.emit(op.COPY, 2);
        this.emit(op.COPY, 2);
        this.emit0(op.BINARY_SUBSCR);
        this.#augment(s, binary);
        this.at(e);
        // [o k v] to [v o k]
        this.emit(op.SWAP, 3);
        this.emit(op.SWAP, 2);
        this.emit0(op.STORE_SUBSCR);
        return;
    }
  }

  #augment(s: ast.AugAssign, opcode: int): void {
    this.at(s);
    this.expression(s.value);
    this.emit0(opcode);
  }

  #annotated(s: ast.AnnAssign): void {
    const target: Expr = s.target;
    if (s.value !== null) {
      this.expression(s.value);
      this.storeTarget(target);
    }
    const isFunction: boolean = this.unit.scope.kind === SCOPE_FUNCTION;
    switch (target.kind) {
      case n.N_NAME:
        this.forbidName((target as ast.Name).id, target);
        if (s.simple && !isFunction) {
          this.annotation(s.annotation);
          this.emitName(op.LOAD_NAME, "__annotations__");
          this.loadText(this.mangle((target as ast.Name).id));
          this.emit0(op.STORE_SUBSCR);
        }
        break;
      case n.N_ATTRIBUTE:
        this.forbidName((target as ast.Attribute).attr, target);
        if (s.value === null) this.#evaluate((target as ast.Attribute).value);
        break;
      case n.N_SUBSCRIPT:
        if (s.value === null) {
          this.#evaluate((target as ast.Subscript).value);
          this.#evaluate((target as ast.Subscript).index);
        }
        break;
    }
    // Annotations of anything but names are evaluated outside of functions, and forgotten.
    if (!s.simple && !isFunction && !this.settings.lazyAnnotations) this.#evaluate(s.annotation);
  }

  #evaluate(e: Expr): void {
    this.expression(e);
    this.emit0(op.POP_TOP);
  }

  // Conditions and loops.

  #if(s: ast.If): void {
    const end: int = this.newLabel();
    const orelse: int = s.orelse.length > 0 ? this.newLabel() : end;
    this.jumpIf(s.test, orelse, false);
    this.statements(s.body);
    if (s.orelse.length > 0) {
      this.jump(op.JUMP, end);
      this.place(orelse);
      this.statements(s.orelse);
    }
    this.place(end);
  }

  #while(s: ast.While): void {
    const start: int = this.newLabel();
    const orelse: int = this.newLabel();
    const end: int = this.newLabel();
    this.place(start);
    this.unit.pushFrame(FRAME_WHILE, start, end);
    this.jumpIf(s.test, orelse, false);
    this.statements(s.body);
    this.at(s.test);
    this.jump(op.JUMP, start);
    this.unit.popFrame();
    this.place(orelse);
    this.statements(s.orelse);
    this.place(end);
  }

  #for(s: ast.For): void {
    const start: int = this.newLabel();
    const cleanup: int = this.newLabel();
    const end: int = this.newLabel();
    this.iterableOrConstant(s.iter);
    this.emit0(op.GET_ITER);
    this.unit.pushFrame(FRAME_FOR, start, end);
    this.place(start);
    this.at(s);
    this.jump(op.FOR_ITER, cleanup);
    this.storeTarget(s.target);
    this.statements(s.body);
    this.jump(op.JUMP, start);
    this.unit.popFrame();
    this.place(cleanup);
    this.statements(s.orelse);
    this.place(end);
  }

  #asyncFor(s: ast.For): void {
    if (!this.unit.isAsyncFunction) throw this.error(s, "'async for' outside async function");
    const start: int = this.newLabel();
    const stop: int = this.newLabel();
    const end: int = this.newLabel();
    this.expression(s.iter);
    this.emit0(op.GET_AITER);
    this.unit.pushFrame(FRAME_FOR, start, end);
    this.place(start);
    this.at(s);
    this.asyncNext(stop);
    this.storeTarget(s.target);
    this.statements(s.body);
    this.jump(op.JUMP, start);
    this.unit.popFrame();
    this.place(stop);
    this.at(s.iter);
    this.emit0(op.END_ASYNC_FOR);
    this.statements(s.orelse);
    this.place(end);
  }

  #break(s: Stmt): void {
    const exit: int = this.unwindToLoop(s, true);
    if (exit < 0) throw this.error(s, "'break' outside loop");
    this.jump(op.JUMP, exit);
  }

  #continue(s: Stmt): void {
    const start: int = this.unwindToLoop(s, false);
    if (start < 0) throw this.error(s, "'continue' not properly in loop");
    this.jump(op.JUMP, start);
  }

  #return(s: ast.Return): void {
    const scope = this.unit.scope;
    if (scope.kind !== SCOPE_FUNCTION) throw this.error(s, "'return' outside function");
    if (s.value !== null && scope.isCoroutine && scope.isGenerator) {
      throw this.error(s, "'return' with value in async generator");
    }
    const value: ConstValue | null = s.value === null ? c.NONE_VALUE : this.constantOf(s.value);
    if (value === null) this.expression(s.value as Expr);
    this.at(s);
    this.unwindAll(s, value === null);
    if (value !== null) this.loadConst(value);
    this.emit0(op.RETURN_VALUE);
  }

  // Other small statements.

  #raise(s: ast.Raise): void {
    let count: int = 0;
    if (s.exc !== null) {
      this.expression(s.exc);
      count = 1;
      if (s.cause !== null) {
        this.expression(s.cause);
        count = 2;
      }
    }
    this.emit(op.RAISE_VARARGS, count);
  }

  #assert(s: ast.Assert): void {
    const isTuple: boolean = s.test.kind === n.N_TUPLE_EXPR && (s.test as ast.TupleExpr).elts.length > 0;
    if (isTuple) this.warn(s, "assertion is always true, perhaps remove parentheses?");
    if (this.settings.optimize > 0) return;
    const value: ConstValue | null = this.constantOf(s.test);
    if (value !== null && isTrue(value)) return;
    const end: int = this.newLabel();
    this.jumpIf(s.test, end, true);
    this.emit0(op.LOAD_ASSERTION_ERROR);
    if (s.msg !== null) {
      this.expression(s.msg);
      this.emit(op.CALL, 1);
    }
    this.emit(op.RAISE_VARARGS, 1);
    this.place(end);
  }

  #import(s: ast.Import): void {
    for (const alias of s.names) {
      this.loadConst(c.intValue(0));
      this.loadNone();
      // Module names are not mangled.
      this.emit(op.IMPORT_NAME, this.unit.nameIndex(alias.name));
      const dot: int = alias.name.indexOf(".");
      if (alias.asname !== null) this.#importAs(alias, dot);
      else this.storeName(dot < 0 ? alias.name : alias.name.slice(0, dot), s);
    }
  }

  /** `import a.b.c as d` binds the innermost module; the import gave the outermost. */
  #importAs(alias: ast.Alias, firstDot: int): void {
    let dot: int = firstDot;
    while (dot >= 0) {
      const next: int = alias.name.indexOf(".", dot + 1);
      const part: string = alias.name.slice(dot + 1, next < 0 ? alias.name.length : next);
      this.emit(op.IMPORT_FROM, this.unit.nameIndex(part));
      this.emit(op.SWAP, 2);
      this.emit0(op.POP_TOP);
      dot = next;
    }
    this.storeName(alias.asname as string, alias);
  }

  #importFrom(s: ast.ImportFrom): void {
    const names: ConstValue[] = [];
    for (const alias of s.names) names.push(c.strValue(alias.name));
    this.loadConst(c.intValue(s.level));
    this.loadConst(c.tupleValue(names));
    this.emit(op.IMPORT_NAME, this.unit.nameIndex(s.module === null ? "" : s.module));
    if (s.names[0].name === "*") {
      this.emit0(op.IMPORT_STAR);
      return;
    }
    for (const alias of s.names) {
      this.emit(op.IMPORT_FROM, this.unit.nameIndex(alias.name));
      this.storeName(alias.asname === null ? alias.name : alias.asname, s);
    }
    this.emit0(op.POP_TOP);
  }
}
