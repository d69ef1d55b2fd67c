/**
 * What all parts of the code generator share: the current unit, short emission helpers, names, entering and leaving
 * code objects.
 */
import type { int } from "rtypescript/rlib";
import type { W_Root } from "../objects/root.ts";
import { type ConstValue, NONE_VALUE, strValue } from "../parser/constant.ts";
import type { PySyntaxError } from "../parser/errors.ts";
import type { Expr, Node, Span, Stmt } from "../parser/node.ts";
import { SourceWarning } from "../parser/parser.ts";
import { assemble } from "./assemble.ts";
import { CO_NESTED, type Code, Position } from "./code.ts";
import type { ConstantFactory } from "./constants.ts";
import { constantOf } from "./fold.ts";
import * as op from "./opcodes.ts";
import type { ErrorPlace, Scope } from "./symbols.ts";
import {
  IN_CELL,
  IN_FREE,
  IN_GLOBAL_EXPLICIT,
  IN_GLOBAL_IMPLICIT,
  IN_LOCAL,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
} from "./symbols.ts";
import type { SymbolTable } from "./symtable.ts";
import { mangleName } from "./symwalk.ts";
import { Unit } from "./unit.ts";

// Which use of a name an instruction makes.
const NAME_LOAD: int = 0;
const NAME_STORE: int = 1;
const NAME_DELETE: int = 2;

/** What is common to the compilation of one program. */
export class CompilerSettings {
  readonly filename: string;
  readonly errors: ErrorPlace;
  readonly factory: ConstantFactory;
  /** −O level: 1 drops asserts, 2 docstrings too. */
  readonly optimize: int;
  /** `from __future__ import annotations`. */
  readonly lazyAnnotations: boolean;
  /** CO_FUTURE_… flags that every code object gets. */
  readonly futureFlags: int;
  /** Expression statements print their value. */
  readonly interactive: boolean;
  readonly warnings: SourceWarning[];
  constructor(
    filename: string,
    errors: ErrorPlace,
    factory: ConstantFactory,
    optimize: int,
    lazyAnnotations: boolean,
    futureFlags: int,
    interactive: boolean,
    warnings: SourceWarning[],
  ) {
    this.filename = filename;
    this.errors = errors;
    this.factory = factory;
    this.optimize = optimize;
    this.lazyAnnotations = lazyAnnotations;
    this.futureFlags = futureFlags;
    this.interactive = interactive;
    this.warnings = warnings;
  }
}

export abstract class CompilerBase {
  readonly settings: CompilerSettings;
  readonly table: SymbolTable;
  unit: Unit;

  constructor(settings: CompilerSettings, table: SymbolTable, unit: Unit) {
    this.settings = settings;
    this.table = table;
    this.unit = unit;
  }

  abstract expression(e: Expr): void;
  abstract statements(body: Stmt[]): void;

  // Emission.

  emit(opcode: int, arg: int): void {
    this.unit.emit(opcode, arg);
  }

  emit0(opcode: int): void {
    this.unit.emit(opcode, 0);
  }

  jump(opcode: int, label: int): void {
    this.unit.emit(opcode, label);
  }

  newLabel(): int {
    return this.unit.newLabel();
  }

  place(label: int): void {
    this.unit.place(label);
  }

  at(span: Span): void {
    this.unit.setPosition(span);
  }

  /** Instructions that belong to no place of the source. */
  atNowhere(): void {
    this.unit.position = new Position(-1, -1, -1, -1);
  }

  loadConst(value: ConstValue): void {
    this.emit(op.LOAD_CONST, this.unit.constIndex(value));
  }

  loadNone(): void {
    this.loadConst(NONE_VALUE);
  }

  loadText(text: string): void {
    this.loadConst(strValue(text));
  }

  emitName(opcode: int, name: string): void {
    this.emit(opcode, this.unit.nameIndex(this.mangle(name)));
  }

  constantOf(e: Expr): ConstValue | null {
    return constantOf(e, this.settings.optimize > 0);
  }

  mangle(name: string): string {
    return mangleName(name, this.unit.privateClass);
  }

  error(span: Span, message: string): PySyntaxError {
    return this.settings.errors.error(span, message);
  }

  warn(span: Span, message: string): void {
    this.settings.warnings.push(new SourceWarning(false, message, span.line));
  }

  // Names.

  loadName(name: string): void {
    this.#nameInstruction(name, NAME_LOAD);
  }

  storeName(name: string, span: Span): void {
    this.forbidName(name, span);
    this.#nameInstruction(name, NAME_STORE);
  }

  deleteName(name: string, span: Span): void {
    if (name === "__debug__") throw this.error(span, "cannot delete __debug__");
    this.#nameInstruction(name, NAME_DELETE);
  }

  /** `__debug__` cannot be bound. */
  forbidName(name: string, span: Span): void {
    if (name === "__debug__") throw this.error(span, "cannot assign to __debug__");
  }

  #nameInstruction(name: string, use: int): void {
    const unit: Unit = this.unit;
    const mangled: string = this.mangle(name);
    switch (unit.scope.placeOf(mangled)) {
      case IN_CELL:
      case IN_FREE: {
        const index: int = unit.cellIndex(mangled);
        const isClass: boolean = unit.scope.kind === SCOPE_CLASS;
        if (use === NAME_LOAD) this.emit(isClass ? op.LOAD_CLASSDEREF : op.LOAD_DEREF, index);
        else this.emit(use === NAME_STORE ? op.STORE_DEREF : op.DELETE_DEREF, index);
        return;
      }
      case IN_LOCAL:
        if (unit.isFunction) {
          const index: int = unit.localIndex(mangled);
          if (use === NAME_LOAD) this.emit(op.LOAD_FAST, index);
          else this.emit(use === NAME_STORE ? op.STORE_FAST : op.DELETE_FAST, index);
          return;
        }
        break;
      case IN_GLOBAL_IMPLICIT:
        if (unit.isFunction) {
          this.#globalInstruction(mangled, use);
          return;
        }
        break;
      case IN_GLOBAL_EXPLICIT:
        this.#globalInstruction(mangled, use);
        return;
    }
    const index: int = unit.nameIndex(mangled);
    if (use === NAME_LOAD) this.emit(op.LOAD_NAME, index);
    else this.emit(use === NAME_STORE ? op.STORE_NAME : op.DELETE_NAME, index);
  }

  #globalInstruction(mangled: string, use: int): void {
    const index: int = this.unit.nameIndex(mangled);
    if (use === NAME_LOAD) this.emit(op.LOAD_GLOBAL, index);
    else this.emit(use === NAME_STORE ? op.STORE_GLOBAL : op.DELETE_GLOBAL, index);
  }

  // Code objects.

  /** Begins the code object of the scope that `node` opens. */
  enterScope(name: string, node: Node, firstLine: int, privateClass: string | null): void {
    const scope: Scope = this.table.scopeOf(node);
    const parent: Unit = this.unit;
    const qualname: string = qualifiedName(name, scope, parent);
    this.unit = new Unit(scope, name, qualname, firstLine, parent, privateClass, this.settings.factory);
    this.unit.flags = this.settings.futureFlags;
    if (scope.kind === SCOPE_FUNCTION && scope.isNested) this.unit.flags |= CO_NESTED;
    this.unit.position = new Position(firstLine, firstLine, 0, 0);
    this.makeCells();
  }

  makeCells(): void {
    for (let i: int = 0; i < this.unit.cellvars.length; i += 1) this.emit(op.MAKE_CELL, i);
  }

  /** Finishes the current code object and goes back to the one around it. */
  leaveScope(): Code {
    const unit: Unit = this.unit;
    const code: Code = this.assembleUnit(unit);
    if (unit.parent !== null) this.unit = unit.parent;
    return code;
  }

  assembleUnit(unit: Unit): Code {
    return assemble(unit, this.settings.filename, this.settings.factory);
  }

  /** Makes a function of `code`; what the flags say is on the stack already, its closure is added. */
  makeFunction(code: Code, flags: int): void {
    let all: int = flags;
    if (code.freevars.length > 0) {
      for (const name of code.freevars) this.emit(op.LOAD_CLOSURE, this.unit.cellIndex(name));
      this.emit(op.BUILD_TUPLE, code.freevars.length);
      all |= 8;
    }
    const w_code: W_Root = this.settings.factory.makeCode(code);
    this.emit(op.LOAD_CONST, this.unit.addConst(w_code));
    this.emit(op.MAKE_FUNCTION, all);
  }
}

/** Dotted name of a code object: that of the enclosing one, "<locals>" within functions. */
function qualifiedName(name: string, scope: Scope, parent: Unit): string {
  if (parent.scope.kind === SCOPE_MODULE) return name;
  const isDefinition: boolean = scope.kind === SCOPE_CLASS || !name.startsWith("<");
  // A function declared global in the enclosing scope has no prefix.
  if (isDefinition && parent.scope.placeOf(mangleName(name, parent.privateClass)) === IN_GLOBAL_EXPLICIT) return name;
  const isFunction: boolean = parent.scope.kind === SCOPE_FUNCTION && !parent.scope.isComprehension;
  const prefix: string = isFunction ? `${parent.qualname}.<locals>` : parent.qualname;
  return `${prefix}.${name}`;
}
