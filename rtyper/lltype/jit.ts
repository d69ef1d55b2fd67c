/**
 * What a program says to the JIT about its drivers, functions and classes, on low-level objects: `LowFunction.jit`,
 * `Struct.jit` and the driver operand of `jit_merge_point` and `jit_can_enter`. The rtyper fills these in from rlib's
 * hints; all who read them are in `jit/`.
 */
import type { LowFunction } from "./memory.ts";

/** Hints about a function. */
export class FunctionHints {
  /** Same arguments, same result: called while tracing when they are constant. */
  elidable = false;
  /** Arguments are promoted before a call. */
  promoteArguments = false;
  /** Loops in it may be unrolled. */
  unrollSafe = false;
  /** Traces call it and do not follow it. */
  dontLookInside = false;
  /** Same arguments, same result within one run of a loop. */
  loopInvariant = false;
  /** Traces follow it where this function of the same arguments says so; null: no such condition. */
  lookInsideIf: LowFunction | null = null;
}

/** Hints about a class, on its struct. */
export class StructHints {
  /** Fields that live in registers; `xs[*]`: the items of the fixed-size array in field `xs`. Null: no virtualizable. */
  virtualizable: readonly string[] | null = null;
  /** Fields that change rarely. The struct has a hidden field for each, named by `mutationSlot`. */
  readonly quasiImmutable = new Set<string>();
  /** Fields that never change holding lists whose items never change. */
  readonly readonlyItems = new Set<string>();
}

/** The hidden field of a virtualizable: 0, that it is held by the tracer, or the machine frame that holds it. */
export const VIRTUALIZABLE_TOKEN = "jit token";

/** The hidden field that holds what depends on a quasi-immutable field. */
export function mutationSlot(field: string): string {
  return `jit watchers of ${field}`;
}

/** A JitDriver of the program. */
export class LowDriver {
  readonly name: string;
  readonly greens: readonly string[];
  /** Reds that the program lists; null when it leaves them to liveness. */
  readonly reds: readonly string[] | null;
  readonly virtualizables: readonly string[];
  /** (greens) -> string: text for a position; null without. */
  location: LowFunction | null = null;
  /** (greens) -> boolean: may code at the position be inlined; null: always. */
  canInline: LowFunction | null = null;

  constructor(
    name: string,
    greens: readonly string[],
    reds: readonly string[] | null,
    virtualizables: readonly string[],
  ) {
    this.name = name;
    this.greens = greens;
    this.reds = reds;
    this.virtualizables = virtualizables;
  }
}
