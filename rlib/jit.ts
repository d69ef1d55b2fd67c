// Hints for the JIT generator: `rtypescript/rlib/jit`.
//
// On Node every hint is an identity, so a program runs unchanged. Hints about functions have two forms: around a
// function (`export const f = elidable(function f() {…})`), or, for members that cannot be reached otherwise, with a
// class and a name (`static { unrollSafe(this, "#pop"); }`). Functions tagged @intrinsic occur in run-time code.
import { recordFunctionHint, recordMemberHint } from "./hints.ts";
import type { int } from "./types.ts";

// biome-ignore lint/complexity/noBannedTypes: hints are about any function or class object, whatever its signature
type AnyFunction = Function;
// biome-ignore lint/suspicious/noExplicitAny: the one type of which every class is a subtype, private constructor or not
type AnyClass = { readonly prototype: any } & AnyFunction;

/** Around a function: returns it. With a class and a member's name: returns the class. */
type FunctionHint = <F extends AnyFunction>(f: F, member?: string) => F;

function functionHint(name: string): FunctionHint {
  return (f, member) => {
    if (member === undefined) recordFunctionHint(f, name);
    else recordMemberHint(f, member, name);
    return f;
  };
}

/** Same arguments give the same result: with constant arguments the JIT calls it while compiling. */
export const elidable: FunctionHint = functionHint("elidable");
/** Elidable, and its arguments are promoted first. */
export const elidablePromote: FunctionHint = functionHint("elidablePromote");
/** Loops in this function may be unrolled in a trace. */
export const unrollSafe: FunctionHint = functionHint("unrollSafe");
/** Traces call this function rather than follow it. */
export const dontLookInside: FunctionHint = functionHint("dontLookInside");
/** Same arguments give the same result within one execution of a loop: called once, before it. */
export const loopInvariant: FunctionHint = functionHint("loopInvariant");

/** The JIT follows `f` only where `condition` of the same arguments is true at tracing time. Returns `f`. */
export function lookInsideIf<A extends never[], R>(
  f: (...args: A) => R,
  condition: (...args: A) => boolean,
): (...args: A) => R {
  recordFunctionHint(f, "lookInsideIf", condition);
  return f;
}

/**
 * Instances live in registers while compiled code runs. `fields` are those that change: `"pc"`, or `"stack[*]"` for
 * the items of a fixed-size list that is assigned once in the constructor. Returns the class.
 */
export function virtualizable<C extends AnyClass>(cls: C, fields: readonly string[]): C {
  recordMemberHint(cls, "", "virtualizable", Object.freeze([...fields]));
  return cls;
}

/** A field that changes rarely: compiled code takes it for constant and is thrown away when it changes. */
export function quasiImmutable<C extends AnyClass>(cls: C, field: string): C {
  recordMemberHint(cls, field, "quasiImmutable");
  return cls;
}

/** What a JitDriver is told. `G` are the greens, `R` the reds that are listed. */
export interface JitDriverOptions<G extends object, R extends object> {
  /** Names that identify a position of the user's program: ints, chars, booleans, instances. */
  readonly greens: readonly (keyof G & string)[];
  /** Other live locals of the merge point; found by liveness if left out, checked if given. */
  readonly reds?: readonly (keyof R & string)[];
  /** Greens or reds that are virtualizable. */
  readonly virtualizables?: readonly ((keyof G | keyof R) & string)[];
  /** Text for a position in logs. */
  readonly location?: (greens: G) => string;
  /** May the two positions' code be inlined into each other's trace? Default: always. */
  readonly canInline?: (greens: G) => boolean;
  /** Name in logs. */
  readonly name?: string;
}

/** One interpreter loop. Made at import time, held in a module-level constant. */
export class JitDriver<G extends object, R extends object = object> {
  readonly options: JitDriverOptions<G, R>;
  constructor(options: JitDriverOptions<G, R>) {
    this.options = options;
  }
  /** Head of the interpreter's loop; the argument is an object literal of greens, and of reds if listed. @intrinsic */
  mergePoint(position: G & R): void {
    void position;
  }
  /** A backward jump of the user's program to these greens. @intrinsic */
  canEnter(position: G): void {
    void position;
  }
}

/** `x`, as a constant in the trace, guarded. @intrinsic */
export function promote<T>(x: T): T {
  return x;
}

/** A string, as a constant in the trace, guarded by its content. @intrinsic */
export function promoteString<T extends string | null>(s: T): T {
  return s;
}

/** Is `x` known while compiling? False in the interpreter. @intrinsic */
export function isConstant(x: unknown): boolean {
  void x;
  return false;
}

/** Is `x` an object that the trace need not allocate? False in the interpreter. @intrinsic */
export function isVirtual(x: unknown): boolean {
  void x;
  return false;
}

/** Does this code run as part of a trace? False in the interpreter. @intrinsic */
export function weAreJitted(): boolean {
  return false;
}

/** A reference that lets a virtual object stay unallocated while only this refers to it. @intrinsic */
export function virtualRef<T extends object>(o: T): T {
  return o;
}

/** Ends what `virtualRef` began. @intrinsic */
export function virtualRefFinish<T extends object>(ref: T, o: T): void {
  void ref;
  void o;
}

/** Fails translation of a trace in which `x` is not constant. @intrinsic */
export function assertGreen(x: unknown): void {
  void x;
}

/** `if (condition) f(...args)` without a guard in the trace: for rare calls. @intrinsic */
export function conditionalCall<A extends readonly unknown[]>(
  condition: boolean,
  f: (...args: A) => void,
  ...args: A
): void {
  if (condition) f(...args);
}

/** Promises that `o` is exactly of this class, no subclass. @intrinsic */
export function recordExactClass<T extends object>(o: T, cls: abstract new (...args: never[]) => T): void {
  void o;
  void cls;
}

/** Sets a parameter of the JIT (`"threshold"`, `"function_threshold"`, `"trace_limit"`, …). @intrinsic */
export function setParam(name: string, value: int): void {
  void name;
  void value;
}
