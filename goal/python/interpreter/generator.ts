// Generators: a frame that is left at each yield and entered again.
//
// Coroutines and asynchronous generators are resumed the same way; what differs is which methods their classes show.
import type { int } from "rtypescript/rlib";
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from "../compiler/code.ts";
import { YIELD_DELEGATED } from "../compiler/opcodes.ts";
import { getset, method0, method1, methodN } from "../objects/builtin.ts";
import { isExceptionClass, normalize, W_BaseException } from "../objects/exceptions.ts";
import { newbool } from "../objects/int.ts";
import {
  KIND_GeneratorExit,
  KIND_StopIteration,
  OperationError,
  raiseValue,
  runtimeError,
  typeError,
  valueError,
  W_Root,
} from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots, stopIteration } from "../objects/slots.ts";
import { callMethod1, findattr, matches, next } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { ec } from "./context.ts";
import { type Frame, runFrame } from "./frame.ts";
import { W_Traceback } from "./traceback.ts";

export const w_generator = builtinType("generator");
export const w_coroutine = builtinType("coroutine");
export const w_async_generator = builtinType("async_generator");
w_generator.acceptsSubclasses = false;

export class W_Generator extends W_Root {
  /** Null once finished. */
  frame: Frame | null;
  readonly w_code: W_Root;
  name: string;
  qualname: string;
  readonly kind: int;
  running: boolean;
  started: boolean;
  /** What `return` gave, null for None. */
  w_result: W_Root | null;
  /** The exception that the generator was handling when it yielded. */
  w_handled: W_Root | null;

  constructor(frame: Frame, name: string, qualname: string, kind: int) {
    super();
    this.frame = frame;
    this.w_code = frame.w_code;
    this.name = name;
    this.qualname = qualname;
    this.kind = kind;
    this.running = false;
    this.started = false;
    this.w_result = null;
    this.w_handled = null;
  }
  override getclass(): W_Type {
    if (this.kind === CO_COROUTINE) return w_coroutine;
    return this.kind === CO_ASYNC_GENERATOR ? w_async_generator : w_generator;
  }
  override repr(): string {
    return `<${this.getclass().name} object ${this.qualname} at ${this.address()}>`;
  }
  override isIterator(): boolean {
    return this.kind !== CO_COROUTINE && this.kind !== CO_ASYNC_GENERATOR;
  }
  override iter(): W_Root {
    return this;
  }
  override stopValue(): W_Root | null {
    return this.w_result;
  }

  /** Goes on until the next yield; null when the generator has returned. */
  override next(): W_Root | null {
    return this.send(w_None);
  }
  send(w_value: W_Root): W_Root | null {
    const frame = this.frame;
    if (frame === null) {
      this.w_result = null;
      return null;
    }
    if (this.running) throw valueError(`${this.kindName()} already executing`);
    if (this.started) {
      frame.slots[frame.sp] = w_value;
      frame.sp += 1;
    } else if (w_value !== w_None) {
      throw typeError(`can't send non-None value to a just-started ${this.kindName()}`);
    }
    return this.#resume(frame);
  }
  kindName(): string {
    if (this.kind === CO_COROUTINE) return "coroutine";
    return this.kind === CO_ASYNC_GENERATOR ? "async generator" : "generator";
  }

  #resume(frame: Frame): W_Root | null {
    const w_outer = ec.w_handled;
    if (this.w_handled !== null) ec.w_handled = this.w_handled;
    this.started = true;
    this.running = true;
    frame.suspended = false;
    try {
      const w_value = runFrame(frame);
      if (frame.suspended) {
        this.w_handled = ec.w_handled === w_outer ? null : ec.w_handled;
        return w_value;
      }
      this.frame = null;
      this.w_result = w_value === w_None ? null : w_value;
      return null;
    } catch (e) {
      this.frame = null;
      this.w_result = null;
      if (e instanceof OperationError && matches(e, KIND_StopIteration)) throw this.#converted(e);
      throw e;
    } finally {
      this.running = false;
      frame.back = null;
      ec.w_handled = w_outer;
    }
  }

  /** StopIteration must not leave a generator: it would look like its end. */
  #converted(error: OperationError): OperationError {
    const w_cause = normalize(error);
    w_cause.w_traceback = error.w_traceback;
    const made = runtimeError(`${this.kindName()} raised StopIteration`);
    const w_made = normalize(made);
    w_made.w_cause = w_cause;
    w_made.w_context = w_cause;
    w_made.suppressContext = true;
    made.contextSet = true;
    const frame = ec.top;
    if (error.w_traceback instanceof W_Traceback && frame !== null) {
      made.w_traceback = new W_Traceback(null, error.w_traceback.frame, error.w_traceback.pc);
    }
    return made;
  }

  /** Raises inside the generator; null when it then returns. */
  throwInto(error: OperationError): W_Root | null {
    const frame = this.frame;
    if (this.running) throw valueError(`${this.kindName()} already executing`);
    if (frame === null) throw error;
    if (!this.started) {
      this.frame = null;
      error.w_traceback = new W_Traceback(error.w_traceback, frame, frame.pc);
      throw error;
    }
    const w_inner = this.delegate();
    if (w_inner !== null) {
      const w_yielded = this.#throwInner(frame, w_inner, error);
      if (w_yielded !== null) {
        // The inner iterator yielded again: so does this generator, where it stands.
        return w_yielded === DELEGATE_FINISHED ? this.#resume(frame) : w_yielded;
      }
    }
    frame.raiseOnResume = error;
    return this.#resume(frame);
  }

  /** The iterator of the `yield from` at which the generator stands. */
  delegate(): W_Root | null {
    const frame = this.frame;
    if (frame === null || !this.started || this.running) return null;
    const at: int = frame.pc - 2;
    if (at < 0 || frame.code.bytecode[at] !== YIELD_DELEGATED) return null;
    return frame.slots[frame.sp - 1];
  }

  /**
   * `throw()` during `yield from`: null when the exception is to be raised here, DELEGATE_FINISHED when the inner
   * iterator stopped (the frame is set to go on with its result), else what it yielded.
   */
  #throwInner(frame: Frame, w_inner: W_Root, error: OperationError): W_Root | null {
    if (matches(error, KIND_GeneratorExit)) {
      this.running = true;
      try {
        closeIterator(w_inner);
      } catch (e) {
        if (!(e instanceof OperationError)) throw e;
        frame.raiseOnResume = e;
        this.running = false;
        return this.#resumeValue(frame);
      }
      this.running = false;
      return null;
    }
    const w_throw = w_inner instanceof W_Generator ? null : findattr(w_inner, "throw");
    if (!(w_inner instanceof W_Generator) && w_throw === null) return null;
    this.running = true;
    try {
      const w_yielded =
        w_inner instanceof W_Generator ? w_inner.throwInto(error) : (w_throw as W_Root).call1(normalize(error));
      if (w_yielded !== null) return w_yielded;
      return this.#finishDelegate(frame, w_inner.stopValue() ?? w_None);
    } catch (e) {
      if (!(e instanceof OperationError)) throw e;
      if (matches(e, KIND_StopIteration) && !(w_inner instanceof W_Generator)) {
        return this.#finishDelegate(frame, normalize(e).field("value"));
      }
      frame.raiseOnResume = e;
      this.running = false;
      return this.#resumeValue(frame);
    } finally {
      this.running = false;
    }
  }
  #resumeValue(frame: Frame): W_Root {
    const w_value = this.#resume(frame);
    if (w_value === null) throw stopIteration(this);
    return w_value;
  }
  #finishDelegate(frame: Frame, w_result: W_Root): W_Root {
    frame.slots[frame.sp - 1] = w_result;
    frame.pc = frame.code.bytecode[frame.pc - 1];
    return DELEGATE_FINISHED;
  }

  close(): void {
    if (this.frame === null) return;
    if (!this.started) {
      this.frame = null;
      return;
    }
    const error = new OperationError(KIND_GeneratorExit, "", null);
    try {
      if (this.throwInto(error) === null) return;
    } catch (e) {
      if (e instanceof OperationError && (matches(e, KIND_GeneratorExit) || matches(e, KIND_StopIteration))) return;
      throw e;
    }
    throw runtimeError(`${this.kindName()} ignored GeneratorExit`);
  }
}

class W_Mark extends W_Root {
  override getclass(): W_Type {
    return w_generator;
  }
}
const DELEGATE_FINISHED: W_Root = new W_Mark();

function closeIterator(w_inner: W_Root): void {
  if (w_inner instanceof W_Generator) {
    w_inner.close();
    return;
  }
  const w_close = findattr(w_inner, "close");
  if (w_close !== null) w_close.call0();
}

/** What `send` or `next` of any iterator gives; null at its end, and then the result is in `box`. */
export class SendResult {
  w_result: W_Root;
  constructor() {
    this.w_result = w_None;
  }
}
export function sendTo(w_iterator: W_Root, w_value: W_Root, box: SendResult): W_Root | null {
  if (w_iterator instanceof W_Generator) {
    const w_yielded = w_iterator.send(w_value);
    if (w_yielded === null) box.w_result = w_iterator.w_result ?? w_None;
    return w_yielded;
  }
  box.w_result = w_None;
  if (w_value === w_None && !w_iterator.getclass().heap) {
    const w_yielded = next(w_iterator);
    if (w_yielded === null) box.w_result = w_iterator.stopValue() ?? w_None;
    return w_yielded;
  }
  try {
    if (w_value === w_None) {
      const w_next = w_iterator.getclass().lookup("__next__");
      if (w_next === null) throw typeError(`'${w_iterator.typename()}' object is not an iterator`);
      return w_next.descrGet(w_iterator, w_iterator.getclass()).call0();
    }
    return callMethod1(w_iterator, "send", w_value);
  } catch (e) {
    if (!(e instanceof OperationError) || !matches(e, KIND_StopIteration)) throw e;
    box.w_result = normalize(e).field("value");
    return null;
  }
}

/** The exception that `throw(type, value, traceback)` stands for. */
export function thrownError(w_kind: W_Root, w_value: W_Root, w_traceback: W_Root): OperationError {
  let w_error: W_Root = w_kind;
  if (isExceptionClass(w_kind)) {
    if (w_value instanceof W_BaseException && w_value.getclass().isSubtype(w_kind as W_Type)) w_error = w_value;
    else w_error = w_value === w_None ? w_kind.call0() : w_kind.call1(w_value);
  }
  if (!(w_error instanceof W_BaseException)) {
    throw typeError(`exceptions must be classes or instances deriving from BaseException, not ${w_kind.typename()}`);
  }
  const error = raiseValue(w_error);
  error.w_traceback = w_traceback === w_None ? w_error.w_traceback : w_traceback;
  return error;
}

for (const w_class of [w_generator, w_coroutine]) {
  method1(w_class, "send", (w_self, w_value) => {
    const w_yielded = (w_self as W_Generator).send(w_value);
    if (w_yielded === null) throw stopIteration(w_self);
    return w_yielded;
  });
  methodN(w_class, "throw", "typ, val=None, tb=None, /", (args) => {
    const w_yielded = (args[0] as W_Generator).throwInto(thrownError(args[1], args[2], args[3]));
    if (w_yielded === null) throw stopIteration(args[0]);
    return w_yielded;
  });
  method0(w_class, "close", (w_self) => {
    (w_self as W_Generator).close();
    return w_None;
  });
  getset(
    w_class,
    "__name__",
    (w_self) => newstr((w_self as W_Generator).name),
    (w_self, w_value) => {
      if (w_value instanceof W_Str) (w_self as W_Generator).name = w_value.text;
      return w_None;
    },
  );
  getset(
    w_class,
    "__qualname__",
    (w_self) => newstr((w_self as W_Generator).qualname),
    (w_self, w_value) => {
      if (w_value instanceof W_Str) (w_self as W_Generator).qualname = w_value.text;
      return w_None;
    },
  );
}
slots(w_generator, "iter next repr");
getset(w_generator, "gi_frame", (w_self) => (w_self as W_Generator).frame ?? w_None);
getset(w_generator, "gi_code", (w_self) => (w_self as W_Generator).w_code);
getset(w_generator, "gi_running", (w_self) => newbool((w_self as W_Generator).running));
getset(w_generator, "gi_suspended", (w_self) => {
  const w_gen = w_self as W_Generator;
  return newbool(w_gen.frame !== null && w_gen.started && !w_gen.running);
});
getset(w_generator, "gi_yieldfrom", (w_self) => (w_self as W_Generator).delegate() ?? w_None);
