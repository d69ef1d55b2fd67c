/**
 * Code for try and with, and for leaving them by break, continue and return.
 *
 * Handlers cost nothing until an exception comes: the exception table says which instructions a handler covers.
 * A handler is entered with [… exc]; PUSH_EXC_INFO makes that [… previous exc]. While a handler runs, another one
 * (`cleanup`) covers it, which restores the previous exception before the new one goes on:
 *
 *     handler:  PUSH_EXC_INFO … POP_EXCEPT        covered by cleanup, whose depth includes `previous`
 *     cleanup:  [previous new]  SWAP 2, POP_EXCEPT, RERAISE
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { Expr, Span, Stmt } from "../parser/node.ts";
import type { Position } from "./code.ts";
import { FunctionCompiler } from "./functions.ts";
import * as op from "./opcodes.ts";
import {
  FRAME_ASYNC_WITH,
  FRAME_FINALLY_END,
  FRAME_FINALLY_TRY,
  FRAME_FOR,
  FRAME_GROUP_HANDLERS,
  FRAME_HANDLER,
  FRAME_HANDLERS,
  FRAME_TRY,
  FRAME_VALUE,
  FRAME_WHILE,
  FRAME_WITH,
  type Frame,
} from "./unit.ts";

export abstract class FlowCompiler extends FunctionCompiler {
  // Leaving constructs.

  /** Undoes everything up to the innermost loop; its exit (or start), or −1 when there is no loop. */
  unwindToLoop(s: Stmt, breaking: boolean): int {
    const frames: Frame[] = this.unit.frames;
    let loop: int = frames.length - 1;
    while (loop >= 0 && frames[loop].kind !== FRAME_WHILE && frames[loop].kind !== FRAME_FOR) {
      this.#refuseGroup(frames[loop], s);
      loop -= 1;
    }
    if (loop < 0) return -1;
    // A `for` that is left gives up its iterator.
    const down: int = breaking && frames[loop].kind === FRAME_FOR ? loop : loop + 1;
    const result: int = breaking ? frames[loop].exit : frames[loop].start;
    this.#unwindDownTo(down, false);
    return result;
  }

  /** Undoes everything before a return; with `keepTop` the top of the stack is the result. */
  unwindAll(s: Stmt, keepTop: boolean): void {
    const value: Expr | null = (s as ast.Return).value;
    for (const frame of this.unit.frames) this.#refuseGroup(frame, value === null ? s : value);
    this.#unwindDownTo(0, keepTop);
  }

  #refuseGroup(frame: Frame, s: Span): void {
    if (frame.kind !== FRAME_GROUP_HANDLERS) return;
    throw this.error(s, "'break', 'continue' and 'return' cannot appear in an except* block");
  }

  /** Undoes frames from the innermost down to index `down`; frames and handlers are as before afterwards. */
  #unwindDownTo(down: int, keepTop: boolean): void {
    const frames: Frame[] = this.unit.frames;
    const handlers: int[] = this.unit.activeHandlers;
    const position: Position = this.unit.position;
    const removedFrames: Frame[] = [];
    const removedHandlers: int[] = [];
    while (frames.length > down) {
      const frame: Frame = frames[frames.length - 1];
      frames.pop();
      removedFrames.push(frame);
      while (handlers.length > frame.handlerCount) {
        removedHandlers.push(handlers[handlers.length - 1]);
        handlers.pop();
      }
      this.#undo(frame, keepTop);
    }
    while (removedFrames.length > 0) {
      frames.push(removedFrames[removedFrames.length - 1]);
      removedFrames.pop();
    }
    while (removedHandlers.length > 0) {
      handlers.push(removedHandlers[removedHandlers.length - 1]);
      removedHandlers.pop();
    }
    this.unit.position = position;
  }

  /** What leaving one construct takes. With `keepTop` a value lies on the construct's own stack entries. */
  #undo(frame: Frame, keepTop: boolean): void {
    switch (frame.kind) {
      case FRAME_FOR:
      case FRAME_VALUE:
        if (keepTop) this.emit(op.SWAP, 2);
        this.emit0(op.POP_TOP);
        return;
      case FRAME_FINALLY_TRY: {
        const position: Position = this.unit.position;
        if (keepTop) this.unit.pushFrame(FRAME_VALUE, -1, -1);
        this.statements(frame.finalbody);
        if (keepTop) this.unit.popFrame();
        this.unit.position = position;
        return;
      }
      case FRAME_FINALLY_END:
        if (keepTop) this.emit(op.SWAP, 2);
        this.emit0(op.POP_TOP);
        if (keepTop) this.emit(op.SWAP, 2);
        this.emit0(op.POP_EXCEPT);
        return;
      case FRAME_WITH:
      case FRAME_ASYNC_WITH: {
        const position: Position = this.unit.position;
        if (frame.span !== null) this.at(frame.span);
        if (keepTop) this.emit(op.SWAP, 2);
        this.#callExit(frame.kind === FRAME_ASYNC_WITH);
        this.unit.position = position;
        return;
      }
      case FRAME_HANDLER:
        if (keepTop) this.emit(op.SWAP, 2);
        this.emit0(op.POP_EXCEPT);
        if (frame.name !== null) this.#unbind(frame.name);
        return;
    }
  }

  /** The variable of an except clause is None, then gone. */
  #unbind(name: string): void {
    this.loadNone();
    this.storeName(name, this.#here());
    this.deleteName(name, this.#here());
  }

  #here(): Span {
    return this.unit.scope.span;
  }

  // with.

  /** Items from `index` on, and the body. */
  with(s: ast.With, index: int): void {
    const item: ast.WithItem = s.items[index];
    const isAsync: boolean = s.isAsync;
    if (isAsync && !this.unit.isAsyncFunction) throw this.error(s, "'async with' outside async function");
    const handler: int = this.newLabel();
    const exit: int = this.newLabel();
    this.expression(item.contextExpr);
    if (isAsync) {
      this.emit0(op.BEFORE_ASYNC_WITH);
      this.emit(op.GET_AWAITABLE, 1);
      this.delegate();
    } else this.emit0(op.BEFORE_WITH);
    // The frame remembers the handlers around it, so it comes first.
    this.unit.pushWith(isAsync, s);
    this.unit.pushHandlerBelowTop(handler);
    if (item.optionalVars !== null) this.storeTarget(item.optionalVars);
    else this.emit0(op.POP_TOP);
    if (index + 1 < s.items.length) this.with(s, index + 1);
    else this.statements(s.body);
    this.unit.popHandler();
    this.unit.popFrame();
    this.at(s);
    this.#callExit(isAsync);
    this.jump(op.JUMP, exit);
    this.place(handler);
    this.#withHandler(isAsync);
    this.place(exit);
  }

  /** [exit -- ]: exit(None, None, None). */
  #callExit(isAsync: boolean): void {
    this.loadNone();
    this.loadNone();
    this.loadNone();
    this.emit(op.CALL, 3);
    if (isAsync) {
      this.emit(op.GET_AWAITABLE, 2);
      this.delegate();
    }
    this.emit0(op.POP_TOP);
  }

  /** [exit exc -- ]: calls exit with the exception; goes on when that is true. */
  #withHandler(isAsync: boolean): void {
    const cleanup: int = this.newLabel();
    const suppressed: int = this.newLabel();
    const done: int = this.newLabel();
    this.unit.pushHandler(cleanup);
    this.emit0(op.PUSH_EXC_INFO);
    this.emit0(op.WITH_EXCEPT_START);
    if (isAsync) {
      this.emit(op.GET_AWAITABLE, 2);
      this.delegate();
    }
    this.jump(op.POP_JUMP_IF_TRUE, suppressed);
    this.emit0(op.RERAISE);
    this.place(suppressed);
    this.emit0(op.POP_TOP);
    this.unit.popHandler();
    this.emit0(op.POP_EXCEPT);
    this.emit0(op.POP_TOP);
    this.jump(op.JUMP, done);
    this.#cleanup(cleanup);
    this.place(done);
  }

  /** Restores the previous exception before the one raised in a handler goes on. */
  #cleanup(label: int): void {
    const position: Position = this.unit.position;
    this.place(label);
    this.atNowhere();
    this.emit(op.SWAP, 2);
    this.emit0(op.POP_EXCEPT);
    this.emit0(op.RERAISE);
    this.unit.position = position;
  }

  // try.

  try(s: ast.Try): void {
    if (s.finalbody.length > 0) this.#tryFinally(s);
    else this.#tryExcept(s);
  }

  #tryFinally(s: ast.Try): void {
    const handler: int = this.newLabel();
    const cleanup: int = this.newLabel();
    const exit: int = this.newLabel();
    this.unit.pushFinally(s.finalbody);
    this.unit.pushHandler(handler);
    if (s.handlers.length > 0) this.#tryExcept(s);
    else this.statements(s.body);
    this.unit.popHandler();
    this.unit.popFrame();
    this.statements(s.finalbody);
    this.jump(op.JUMP, exit);
    this.place(handler);
    this.unit.pushFrame(FRAME_FINALLY_END, -1, -1);
    this.unit.pushHandler(cleanup);
    this.atNowhere();
    this.emit0(op.PUSH_EXC_INFO);
    this.statements(s.finalbody);
    this.unit.popFrame();
    this.emit0(op.RERAISE);
    this.unit.popHandler();
    this.#cleanup(cleanup);
    this.place(exit);
  }

  #tryExcept(s: ast.Try): void {
    const handler: int = this.newLabel();
    const cleanup: int = this.newLabel();
    const end: int = this.newLabel();
    this.unit.pushFrame(FRAME_TRY, -1, -1);
    this.unit.pushHandler(handler);
    this.statements(s.body);
    this.unit.popHandler();
    this.unit.popFrame();
    this.statements(s.orelse);
    this.jump(op.JUMP, end);
    this.place(handler);
    this.atNowhere();
    this.unit.pushHandler(cleanup);
    this.emit0(op.PUSH_EXC_INFO);
    if (s.isStar) this.#groupHandlers(s, end);
    else this.#handlers(s, end);
    this.unit.popHandler();
    this.#cleanup(cleanup);
    this.place(end);
  }

  /** [previous exc]: each clause is tried; without match the exception goes on. */
  #handlers(s: ast.Try, end: int): void {
    this.unit.pushFrame(FRAME_HANDLERS, -1, -1);
    for (let i: int = 0; i < s.handlers.length; i += 1) {
      const h: ast.ExceptHandler = s.handlers[i];
      const next: int = this.newLabel();
      this.at(h);
      if (h.type === null) {
        if (i + 1 < s.handlers.length) throw this.error(h, "default 'except:' must be last");
      } else {
        this.expression(h.type);
        this.emit0(op.CHECK_EXC_MATCH);
        this.jump(op.POP_JUMP_IF_FALSE, next);
      }
      if (h.name === null) this.#plainHandler(h, end);
      else this.#namedHandler(h, h.name, end);
      this.place(next);
      this.at(h);
    }
    this.emit0(op.RERAISE);
    this.unit.popFrame();
  }

  #plainHandler(h: ast.ExceptHandler, end: int): void {
    this.emit0(op.POP_TOP);
    this.#enterHandler(null);
    this.statements(h.body);
    this.unit.popFrame();
    this.#leaveHandlers();
    this.emit0(op.POP_EXCEPT);
    this.jump(op.JUMP, end);
    this.#reenterHandlers();
  }

  /** The handlers in force around the whole statement are those before the innermost one. */
  #leaveHandlers(): void {
    this.#suspended.push(this.unit.activeHandlers[this.unit.activeHandlers.length - 1]);
    this.unit.popHandler();
  }

  #reenterHandlers(): void {
    this.unit.activeHandlers.push(this.#suspended[this.#suspended.length - 1]);
    this.#suspended.pop();
  }

  readonly #suspended: int[] = [];

  /** A frame for the body of an except clause; leaving it leaves the clause's cleanup handler too. */
  #enterHandler(name: string | null): void {
    this.#leaveHandlers();
    this.unit.pushNamedHandler(name);
    this.#reenterHandlers();
  }

  #namedHandler(h: ast.ExceptHandler, name: string, end: int): void {
    const unbind: int = this.newLabel();
    this.storeName(name, h);
    this.#enterHandler(name);
    this.unit.pushHandler(unbind);
    this.statements(h.body);
    this.unit.popHandler();
    this.unit.popFrame();
    this.#leaveHandlers();
    this.emit0(op.POP_EXCEPT);
    this.#unbind(name);
    this.jump(op.JUMP, end);
    this.#reenterHandlers();
    this.place(unbind);
    this.atNowhere();
    this.#unbind(name);
    this.emit0(op.RERAISE);
  }

  // except*.

  /** [previous exc]: each clause takes its part of the group; what remains and what was raised goes on together. */
  #groupHandlers(s: ast.Try, end: int): void {
    const nothing: int = this.newLabel();
    this.unit.pushFrame(FRAME_GROUP_HANDLERS, -1, -1);
    // [previous original raised rest]
    this.at(s.handlers[0]);
    this.emit(op.BUILD_LIST, 0);
    this.emit(op.COPY, 2);
    for (const h of s.handlers) this.#groupHandler(h);
    this.emit(op.LIST_APPEND, 1);
    this.unit.popFrame();
    this.emit0(op.PREP_RERAISE_STAR);
    // [previous exc]
    this.emit(op.COPY, 1);
    this.jump(op.POP_JUMP_IF_NONE, nothing);
    // The exception goes on as from outside of the handler.
    this.#leaveHandlers();
    this.emit(op.SWAP, 2);
    this.emit0(op.POP_EXCEPT);
    this.emit0(op.RERAISE);
    this.place(nothing);
    this.emit0(op.POP_TOP);
    this.emit0(op.POP_EXCEPT);
    this.jump(op.JUMP, end);
    this.#reenterHandlers();
  }

  /** [previous original raised rest -- previous original raised rest']. */
  #groupHandler(h: ast.ExceptHandler): void {
    const noMatch: int = this.newLabel();
    const failed: int = this.newLabel();
    const next: int = this.newLabel();
    this.at(h);
    this.expression(h.type as Expr);
    this.emit0(op.CHECK_EG_MATCH);
    this.emit(op.COPY, 1);
    this.jump(op.POP_JUMP_IF_NONE, noMatch);
    if (h.name === null) this.emit0(op.POP_TOP);
    else this.storeName(h.name, h);
    this.unit.pushHandler(failed);
    this.unit.pushFrame(FRAME_HANDLERS, -1, -1);
    this.statements(h.body);
    this.unit.popFrame();
    this.unit.popHandler();
    if (h.name !== null) this.#unbind(h.name);
    this.jump(op.JUMP, next);
    // [previous original raised rest new]
    this.place(failed);
    this.atNowhere();
    if (h.name !== null) this.#unbind(h.name);
    this.emit(op.LIST_APPEND, 2);
    this.jump(op.JUMP, next);
    this.place(noMatch);
    this.emit0(op.POP_TOP);
    this.place(next);
  }
}
