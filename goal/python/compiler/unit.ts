/**
 * A code object in the making: instructions with labels, constants, names.
 *
 * Instructions are appended in order; jumps name labels, which are placed later. Which handler covers an instruction
 * is known when it is emitted (`handlers`), so the exception table needs no blocks: a SETUP pseudo-instruction only
 * marks where a handler's stack depth is taken from.
 */
import type { int } from "rtypescript/rlib";
import type { W_Root } from "../objects/root.ts";
import { type ConstValue, constantKey } from "../parser/constant.ts";
import type { Span, Stmt } from "../parser/node.ts";
import { Position } from "./code.ts";
import type { ConstantFactory } from "./constants.ts";
import * as op from "./opcodes.ts";
import type { Scope } from "./symbols.ts";
import { IN_CELL, SCOPE_CLASS, SCOPE_FUNCTION } from "./symbols.ts";

/** Pseudo-opcode: here the depth of a handler is taken; arg = 2 × label, + 1 when it is one less than here. */
export const SETUP: int = op.OPCODE_COUNT;

// Kinds of enclosing constructs that a jump out of them has to undo.
export const FRAME_WHILE: int = 0;
export const FRAME_FOR: int = 1;
export const FRAME_TRY: int = 2;
export const FRAME_FINALLY_TRY: int = 3;
export const FRAME_FINALLY_END: int = 4;
export const FRAME_WITH: int = 5;
export const FRAME_ASYNC_WITH: int = 6;
export const FRAME_HANDLER: int = 7;
export const FRAME_HANDLERS: int = 8;
export const FRAME_GROUP_HANDLERS: int = 9;
export const FRAME_VALUE: int = 10;

/** A construct that the instructions being emitted are in. */
export class Frame {
  readonly kind: int;
  /** Loops: where `continue` goes. */
  readonly start: int;
  /** Loops: where `break` goes. */
  readonly exit: int;
  /** How many handlers were active around the construct. */
  readonly handlerCount: int;
  /** FRAME_FINALLY_TRY: what to run on the way out. */
  readonly finalbody: Stmt[];
  /** FRAME_HANDLER: the variable to unbind, or null. */
  readonly name: string | null;
  /** With statements: the place of their exit calls. */
  readonly span: Span | null;
  constructor(
    kind: int,
    start: int,
    exit: int,
    handlerCount: int,
    finalbody: Stmt[],
    name: string | null,
    span: Span | null,
  ) {
    this.kind = kind;
    this.start = start;
    this.exit = exit;
    this.handlerCount = handlerCount;
    this.finalbody = finalbody;
    this.name = name;
    this.span = span;
  }
}

const noStatements: Stmt[] = [];

export class Unit {
  readonly scope: Scope;
  readonly name: string;
  readonly qualname: string;
  readonly firstLine: int;
  readonly parent: Unit | null;
  /** Name of the innermost class, for mangling. */
  readonly privateClass: string | null;
  readonly #factory: ConstantFactory;

  // Instructions, in parallel.
  readonly ops: int[];
  /** The argument, or the label of a jump. */
  readonly args: int[];
  readonly positions: Position[];
  /** Label of the handler that covers the instruction, or −1. */
  readonly handlers: int[];

  /** Index of the instruction that each label stands before, −1 until placed. */
  readonly labels: int[];
  /** Labels of the handlers in force, innermost last. */
  readonly activeHandlers: int[];
  readonly frames: Frame[];

  readonly consts: W_Root[];
  readonly #constIndex: Map<string, int>;
  readonly names: string[];
  readonly #nameIndex: Map<string, int>;
  readonly varnames: string[];
  readonly #localIndex: Map<string, int>;
  readonly cellvars: string[];
  readonly freevars: string[];
  readonly #cellIndex: Map<string, int>;

  position: Position;
  argcount: int;
  posonlyargcount: int;
  kwonlyargcount: int;
  flags: int;
  /** Annotations at this level are collected in `__annotations__`. */
  hasAnnotations: boolean;
  /** The body of an `async def`. */
  isAsyncFunction: boolean;

  constructor(
    scope: Scope,
    name: string,
    qualname: string,
    firstLine: int,
    parent: Unit | null,
    privateClass: string | null,
    factory: ConstantFactory,
  ) {
    this.scope = scope;
    this.name = name;
    this.qualname = qualname;
    this.firstLine = firstLine;
    this.parent = parent;
    this.privateClass = privateClass;
    this.#factory = factory;
    this.ops = [];
    this.args = [];
    this.positions = [];
    this.handlers = [];
    this.labels = [];
    this.activeHandlers = [];
    this.frames = [];
    this.consts = [];
    this.#constIndex = new Map();
    this.names = [];
    this.#nameIndex = new Map();
    this.varnames = [];
    this.#localIndex = new Map();
    this.cellvars = [];
    this.freevars = [];
    this.#cellIndex = new Map();
    this.position = new Position(firstLine, firstLine, -1, -1);
    this.argcount = 0;
    this.posonlyargcount = 0;
    this.kwonlyargcount = 0;
    this.flags = 0;
    this.hasAnnotations = false;
    this.isAsyncFunction = false;
    for (const param of scope.params) this.localIndex(param);
    this.#collectCells();
  }

  #collectCells(): void {
    const scope: Scope = this.scope;
    for (const symbol of scope.order) if (symbol.place === IN_CELL) this.cellvars.push(symbol.name);
    if (scope.kind === SCOPE_CLASS && scope.needsClassCell) this.cellvars.push("__class__");
    for (const name of scope.freeNames) this.freevars.push(name);
    this.cellvars.sort(compareNames);
    this.freevars.sort(compareNames);
    for (const name of this.cellvars) this.#cellIndex.set(name, this.#cellIndex.size);
    const cells: int = this.cellvars.length;
    for (let i: int = 0; i < this.freevars.length; i += 1) {
      // A class may have a cell of its own and a free variable of one name: then the cell is meant.
      if (!this.#cellIndex.has(this.freevars[i])) this.#cellIndex.set(this.freevars[i], cells + i);
    }
  }

  get isFunction(): boolean {
    return this.scope.kind === SCOPE_FUNCTION;
  }

  // Tables.

  constIndex(value: ConstValue): int {
    const key: string = constantKey(value);
    const known: int = this.#constIndex.get(key) ?? -1;
    if (known >= 0) return known;
    const index: int = this.consts.length;
    this.consts.push(makeConstant(this.#factory, value));
    this.#constIndex.set(key, index);
    return index;
  }

  /** Adds a constant that is shared with nothing. */
  addConst(w_value: W_Root): int {
    this.consts.push(w_value);
    return this.consts.length - 1;
  }

  nameIndex(name: string): int {
    const known: int = this.#nameIndex.get(name) ?? -1;
    if (known >= 0) return known;
    this.names.push(name);
    this.#nameIndex.set(name, this.names.length - 1);
    return this.names.length - 1;
  }

  localIndex(name: string): int {
    const known: int = this.#localIndex.get(name) ?? -1;
    if (known >= 0) return known;
    this.varnames.push(name);
    this.#localIndex.set(name, this.varnames.length - 1);
    return this.varnames.length - 1;
  }

  /** Index of a cell or free variable, −1 when there is none of that name. */
  cellIndex(name: string): int {
    return this.#cellIndex.get(name) ?? -1;
  }

  /** For each cell the parameter that it starts from, or −1. */
  cellToArg(): int[] {
    const result: int[] = [];
    for (const name of this.cellvars) {
      const local: int = this.scope.params.indexOf(name);
      result.push(local);
    }
    return result;
  }

  // Instructions.

  setPosition(span: Span): void {
    const p: Position = this.position;
    if (p.line === span.line && p.column === span.col && p.endLine === span.endLine && p.endColumn === span.endCol) {
      return;
    }
    this.position = new Position(span.line, span.endLine, span.col, span.endCol);
  }

  emit(opcode: int, arg: int): void {
    this.ops.push(opcode);
    this.args.push(arg);
    this.positions.push(this.position);
    const active: int[] = this.activeHandlers;
    this.handlers.push(active.length === 0 ? -1 : active[active.length - 1]);
  }

  emit0(opcode: int): void {
    this.emit(opcode, 0);
  }

  newLabel(): int {
    this.labels.push(-1);
    return this.labels.length - 1;
  }

  place(label: int): void {
    this.labels[label] = this.ops.length;
  }

  /** From here on `label` handles exceptions, with the stack as deep as it is now. */
  pushHandler(label: int): void {
    this.activeHandlers.push(label);
    this.emit(SETUP, label * 2);
  }

  /** As pushHandler, but the entry on top now is gone in the handler. */
  pushHandlerBelowTop(label: int): void {
    this.activeHandlers.push(label);
    this.emit(SETUP, label * 2 + 1);
  }

  popHandler(): void {
    this.activeHandlers.pop();
  }

  pushFrame(kind: int, start: int, exit: int): void {
    this.frames.push(new Frame(kind, start, exit, this.activeHandlers.length, noStatements, null, null));
  }

  pushFinally(finalbody: Stmt[]): void {
    const count: int = this.activeHandlers.length;
    this.frames.push(new Frame(FRAME_FINALLY_TRY, -1, -1, count, finalbody, null, null));
  }

  pushNamedHandler(name: string | null): void {
    const count: int = this.activeHandlers.length;
    this.frames.push(new Frame(FRAME_HANDLER, -1, -1, count, noStatements, name, null));
  }

  pushWith(isAsync: boolean, span: Span): void {
    const count: int = this.activeHandlers.length;
    const kind: int = isAsync ? FRAME_ASYNC_WITH : FRAME_WITH;
    this.frames.push(new Frame(kind, -1, -1, count, noStatements, null, span));
  }

  popFrame(): void {
    this.frames.pop();
  }
}

function compareNames(a: string, b: string): int {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The Python object of a constant. */
export function makeConstant(factory: ConstantFactory, value: ConstValue): W_Root {
  switch (value.kind) {
    case 0:
      return factory.makeNone();
    case 1:
      return factory.makeBool(value.small === 1);
    case 2:
      return factory.makeEllipsis();
    case 3:
      return factory.makeInt(value.small);
    case 4:
      return factory.makeBigInt(value.text, value.small);
    case 5:
      return factory.makeFloat(value.real);
    case 6:
      return factory.makeComplex(value.real, value.imag);
    case 7:
      return value.data === null ? factory.makeStr(value.text) : factory.makeStrFromCodePoints(value.data);
    case 8:
      return factory.makeBytes(value.data as readonly int[]);
  }
  const items: W_Root[] = [];
  for (const item of value.items) items.push(makeConstant(factory, item));
  return value.kind === 9 ? factory.makeTuple(items) : factory.makeFrozenSet(items);
}
