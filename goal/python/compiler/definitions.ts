/**
 * Code for function and class definitions, and for whole programs.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Stmt } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { type Code, Position } from "./code.ts";
import * as op from "./opcodes.ts";
import { PatternCompiler } from "./patterns.ts";

/** The docstring of a body, or null. */
function docstring(body: Stmt[]): ast.Constant | null {
  if (body.length === 0 || body[0].kind !== n.N_EXPR_STMT) return null;
  const value: Expr = (body[0] as ast.ExprStmt).value;
  if (value.kind !== n.N_CONSTANT || (value as ast.Constant).value.kind !== c.C_STR) return null;
  return value as ast.Constant;
}

export class Compiler extends PatternCompiler {
  override functionDef(s: ast.FunctionDef): void {
    this.expressions(s.decorators);
    const firstLine: int = s.decorators.length > 0 ? s.decorators[0].line : s.line;
    this.at(s);
    const flags: int = this.pushDefaults(s.args) | this.pushAnnotations(s.args, s.returns);
    this.enterScope(s.name, s, firstLine, this.unit.privateClass);
    this.unit.isAsyncFunction = s.isAsync;
    const doc: ast.Constant | null = this.settings.optimize < 2 ? docstring(s.body) : null;
    // The first constant is the docstring or None.
    this.unit.constIndex(doc === null ? c.NONE_VALUE : doc.value);
    this.setParameters(s.args);
    this.statements(s.body);
    this.#returnNone();
    const code: Code = this.leaveScope();
    this.at(s);
    this.makeFunction(code, flags);
    this.#applyDecorators(s.decorators);
    this.at(s);
    this.storeName(s.name, s);
  }

  #returnNone(): void {
    this.loadNone();
    this.emit0(op.RETURN_VALUE);
  }

  #applyDecorators(decorators: Expr[]): void {
    for (let i: int = decorators.length - 1; i >= 0; i -= 1) {
      this.at(decorators[i]);
      this.emit(op.CALL, 1);
    }
  }

  override classDef(s: ast.ClassDef): void {
    this.expressions(s.decorators);
    const firstLine: int = s.decorators.length > 0 ? s.decorators[0].line : s.line;
    this.checkKeywords(s.keywords);
    this.at(s);
    this.emit0(op.LOAD_BUILD_CLASS);
    const code: Code = this.#classBody(s, firstLine);
    this.at(s);
    this.makeFunction(code, 0);
    this.loadText(s.name);
    this.callWith(s, 2, s.bases, s.keywords);
    this.#applyDecorators(s.decorators);
    this.at(s);
    this.storeName(s.name, s);
  }

  #classBody(s: ast.ClassDef, firstLine: int): Code {
    this.enterScope(s.name, s, firstLine, s.name);
    this.emitName(op.LOAD_NAME, "__name__");
    this.emitName(op.STORE_NAME, "__module__");
    this.loadText(this.unit.qualname);
    this.emitName(op.STORE_NAME, "__qualname__");
    this.#body(s.body);
    if (this.unit.scope.needsClassCell) {
      this.emit(op.LOAD_CLOSURE, this.unit.cellIndex("__class__"));
      this.emit(op.COPY, 1);
      this.emitName(op.STORE_NAME, "__classcell__");
    } else this.loadNone();
    this.emit0(op.RETURN_VALUE);
    return this.leaveScope();
  }

  /** Body of a module or class: annotations, docstring, statements. */
  #body(body: Stmt[]): void {
    if (hasAnnotations(body)) this.emit0(op.SETUP_ANNOTATIONS);
    const doc: ast.Constant | null = this.settings.optimize < 2 ? docstring(body) : null;
    if (doc !== null && !this.settings.interactive) {
      this.at(body[0]);
      this.loadConst(doc.value);
      this.emitName(op.STORE_NAME, "__doc__");
    }
    this.statements(body);
  }

  /** A module or interactive input. */
  module(body: Stmt[]): Code {
    this.unit.position = new Position(0, 1, 0, 0);
    this.#body(body);
    this.#returnNone();
    return this.leaveScope();
  }

  /** The code whose result is the expression's value. */
  program(e: Expr): Code {
    this.expression(e);
    this.at(e);
    this.emit0(op.RETURN_VALUE);
    return this.leaveScope();
  }
}

/** Whether a body, its nested blocks included, annotates variables. */
function hasAnnotations(body: Stmt[]): boolean {
  for (const s of body) if (annotates(s)) return true;
  return false;
}

function annotates(s: Stmt): boolean {
  switch (s.kind) {
    case n.N_ANN_ASSIGN:
      return true;
    case n.N_FOR:
      return hasAnnotations((s as ast.For).body) || hasAnnotations((s as ast.For).orelse);
    case n.N_WHILE:
      return hasAnnotations((s as ast.While).body) || hasAnnotations((s as ast.While).orelse);
    case n.N_IF:
      return hasAnnotations((s as ast.If).body) || hasAnnotations((s as ast.If).orelse);
    case n.N_WITH:
      return hasAnnotations((s as ast.With).body);
    case n.N_MATCH:
      for (const k of (s as ast.Match).cases) if (hasAnnotations(k.body)) return true;
      return false;
    case n.N_TRY: {
      const t: ast.Try = s as ast.Try;
      for (const h of t.handlers) if (hasAnnotations(h.body)) return true;
      return hasAnnotations(t.body) || hasAnnotations(t.orelse) || hasAnnotations(t.finalbody);
    }
  }
  return false;
}
