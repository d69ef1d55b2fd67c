/**
 * Resume data: how to rebuild, from the values that a guard's exit leaves, the frames of the interpreter that was
 * traced. Written once for each guard that survives optimization, as bytes.
 *
 *     numbers := count of virtuals, virtual…, virtualizable, frames, pending stores
 *     virtual := KIND, descriptor, contents
 *     virtualizable := count of values, value…          (the object, then fields and items; 0 without)
 *     frames := count * 2 + 0 or 1, for each from the outermost: jitcode, position of its `live`, value for each
 *               register alive; with 1, then the position where the innermost goes on instead of at its `live`
 *     pending := count, for each: field or array, object, [index,] value
 *     value := payload * 4 + tag
 *
 * Descriptors, jitcodes' constants and the like are places in `ResumePool`, one for all guards of a trace. A value is a
 * failArg by place, a small int, a constant of the pool, or a virtual by place; null and 0.0 are the small int 0.
 *
 * The positions are the only thing that ties resume data to jitcodes: which register a value belongs to is told by the
 * liveness there.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { type Descr, FieldDescr, GuardDescr, type PendingStore } from "../format/descr.ts";
import { KIND_REF } from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, type Op, type Value } from "../format/values.ts";
import { GuardEncoder, type TraceState } from "../optimizer/environment.ts";
import {
  VirtualArray,
  VirtualCall,
  type VirtualInfo,
  VirtualStruct,
  VirtualStructArray,
  VirtualText,
} from "../optimizer/info.ts";
import { ByteWriter } from "./bytes.ts";
import type { JitLoop } from "./loop.ts";
import { type FrameState, TraceSnapshot } from "./snapshot.ts";

export const TAG_BOX = 0;
export const TAG_SMALL = 1;
export const TAG_CONSTANT = 2;
export const TAG_VIRTUAL = 3;

export const VIRTUAL_STRUCT = 0;
export const VIRTUAL_ARRAY = 1;
export const VIRTUAL_ARRAY_CLEAR = 2;
export const VIRTUAL_STRUCT_ARRAY = 3;
export const VIRTUAL_TEXT = 4;
export const VIRTUAL_CALL = 5;

export const PENDING_FIELD = 0;
export const PENDING_ITEM = 1;

/** Small ints are those that take at most three bytes. */
const SMALL_LIMIT = 1 << 17;

/** What all guards of a trace refer to by place. */
export class ResumePool {
  readonly ints: int[] = [];
  readonly refs: (GcRef | null)[] = [];
  readonly floats: float[] = [];
  readonly descrs: Descr[] = [];
  readonly #intPlaces = new Map<int, int>();
  readonly #refPlaces = new Map<GcRef, int>();
  readonly #descrPlaces = new Map<Descr, int>();

  intPlace(value: int): int {
    let place = this.#intPlaces.get(value) ?? -1;
    if (place < 0) {
      place = this.ints.length;
      this.ints.push(value);
      this.#intPlaces.set(value, place);
    }
    return place;
  }

  refPlace(value: GcRef): int {
    let place = this.#refPlaces.get(value) ?? -1;
    if (place < 0) {
      place = this.refs.length;
      this.refs.push(value);
      this.#refPlaces.set(value, place);
    }
    return place;
  }

  floatPlace(value: float): int {
    this.floats.push(value);
    return this.floats.length - 1;
  }

  descrPlace(descr: Descr): int {
    let place = this.#descrPlaces.get(descr) ?? -1;
    if (place < 0) {
      place = this.descrs.length;
      this.descrs.push(descr);
      this.#descrPlaces.set(descr, place);
    }
    return place;
  }
}

/** What a guard of a compiled trace resumes from. */
export class ResumeGuard extends GuardDescr {
  readonly data: Uint8Array;
  readonly pool: ResumePool;
  /** KIND_… of the failArgs, by place. */
  readonly kinds: int[];
  /** Operation of the guard as it was recorded. */
  readonly opnum: int;
  /** The loop that has the guard, itself or in a bridge. */
  loop: JitLoop | null = null;
  /** Times it failed and was resumed here. */
  failures: int = 0;
  /** A bridge is being traced from it, or tracing it was given up for good. */
  busy: boolean = false;
  /** Bridges from it were given up so often. */
  aborted: int = 0;
  /** Its bridge is too long: the next one ends where the limit is. */
  segmented: boolean = false;

  constructor(name: string, data: Uint8Array, pool: ResumePool, kinds: int[], opnum: int) {
    super(name);
    this.data = data;
    this.pool = pool;
    this.kinds = kinds;
    this.opnum = opnum;
  }
}

/** Writes resume data for the guards of one trace. */
export class ResumeEncoder extends GuardEncoder {
  readonly pool: ResumePool = new ResumePool();
  /** Guards written, in order. */
  readonly guards: ResumeGuard[] = [];
  /** Bytes written. */
  bytes: int = 0;
  readonly #prefix: string;
  readonly #body: ByteWriter = new ByteWriter();
  readonly #virtuals: ByteWriter = new ByteWriter();
  readonly #whole: ByteWriter = new ByteWriter();
  /** Of the guard being written. */
  #boxes: Box[] = [];
  #pending: Box[] = [];
  #infos: VirtualInfo[] = [];
  #state: TraceState | null = null;

  /** Guards are named by the prefix and a number. */
  constructor(prefix: string) {
    super();
    this.#prefix = prefix;
  }

  override encode(guard: Op, state: TraceState, pending: readonly PendingStore[]): void {
    const snapshot = guard.snapshot;
    if (!(snapshot instanceof TraceSnapshot)) throw new Error("a guard without snapshot");
    this.#begin(state);
    this.#body.number(snapshot.virtualizable.length);
    for (const value of snapshot.virtualizable) this.#value(this.#body, value);
    const depth = depthOf(snapshot.frame);
    this.#body.number(snapshot.next < 0 ? depth * 2 : depth * 2 + 1);
    this.#frame(snapshot.frame);
    if (snapshot.next >= 0) this.#body.number(snapshot.next);
    this.#stores(pending);
    // Contents of virtuals may name further virtuals, which join the list while it is walked.
    for (let i = 0; i < this.#infos.length; i++) this.#virtual(this.#infos[i]);
    this.#whole.number(this.#infos.length);
    this.#whole.append(this.#virtuals);
    this.#whole.append(this.#body);
    this.#end(guard);
  }

  #begin(state: TraceState): void {
    this.#state = state;
    this.#boxes = [];
    this.#pending = [];
    this.#infos = [];
    this.#body.clear();
    this.#virtuals.clear();
    this.#whole.clear();
  }

  #end(guard: Op): void {
    const kinds: int[] = [];
    const failArgs: Value[] = [];
    for (const box of this.#boxes) {
      box.number = -1;
      kinds.push(box.kind);
      failArgs.push(box);
    }
    for (const box of this.#pending) box.number = -1;
    const name = `${this.#prefix}${this.guards.length}`;
    const descr = new ResumeGuard(name, this.#whole.toBytes(), this.pool, kinds, guard.opnum);
    this.guards.push(descr);
    this.bytes += this.#whole.length;
    guard.failArgs = failArgs;
    guard.descr = descr;
    this.#state = null;
  }

  /** Callers come first. */
  #frame(frame: FrameState): void {
    if (frame.caller !== null) this.#frame(frame.caller);
    this.#body.number(frame.jitcode.index);
    this.#body.number(frame.pc);
    for (const value of frame.values) this.#value(this.#body, value);
  }

  #stores(pending: readonly PendingStore[]): void {
    this.#body.number(pending.length);
    for (const store of pending) {
      const isField = store.descr instanceof FieldDescr;
      this.#body.number(isField ? PENDING_FIELD : PENDING_ITEM);
      this.#body.number(this.pool.descrPlace(store.descr));
      this.#value(this.#body, store.object);
      if (!isField) this.#body.number(store.index);
      this.#value(this.#body, store.value);
    }
  }

  #value(out: ByteWriter, recorded: Value): void {
    const state = this.#state;
    if (state === null) return;
    const value = state.resolve(recorded);
    if (value instanceof Box) this.#box(out, value, state);
    else if (value instanceof ConstInt) this.#int(out, value.value);
    else if (value instanceof ConstRef) {
      const ref = value.value;
      if (ref === null) out.number(TAG_SMALL);
      else out.number(this.pool.refPlace(ref) * 4 + TAG_CONSTANT);
    } else if (value instanceof ConstFloat) out.number(this.pool.floatPlace(value.value) * 4 + TAG_CONSTANT);
  }

  #int(out: ByteWriter, n: int): void {
    if (n >= 0 && n < SMALL_LIMIT) out.number(n * 8 + TAG_SMALL);
    else if (n < 0 && n > -SMALL_LIMIT) out.number((-1 - n) * 8 + 4 + TAG_SMALL);
    else out.number(this.pool.intPlace(n) * 4 + TAG_CONSTANT);
  }

  #box(out: ByteWriter, box: Box, state: TraceState): void {
    const info = box.kind === KIND_REF ? state.virtualOf(box) : null;
    if (info !== null) {
      if (box.number < 0) {
        box.number = this.#infos.length;
        this.#infos.push(info);
        this.#pending.push(box);
      }
      out.number(box.number * 4 + TAG_VIRTUAL);
      return;
    }
    if (box.number < 0) {
      box.number = this.#boxes.length;
      this.#boxes.push(box);
    }
    out.number(box.number * 4 + TAG_BOX);
  }

  #virtual(info: VirtualInfo): void {
    const out = this.#virtuals;
    if (info instanceof VirtualStruct) {
      out.number(VIRTUAL_STRUCT);
      out.number(this.pool.descrPlace(info.descr));
      this.#assigned(info.fields);
    } else if (info instanceof VirtualArray) {
      out.number(info.clear ? VIRTUAL_ARRAY_CLEAR : VIRTUAL_ARRAY);
      out.number(this.pool.descrPlace(info.descr));
      out.number(info.items.length);
      this.#assigned(info.items);
    } else if (info instanceof VirtualStructArray) {
      out.number(VIRTUAL_STRUCT_ARRAY);
      out.number(this.pool.descrPlace(info.descr));
      out.number(info.count);
      this.#assigned(info.items);
    } else if (info instanceof VirtualText) {
      out.number(VIRTUAL_TEXT);
      out.number(info.units.length);
      this.#assigned(info.units);
    } else if (info instanceof VirtualCall) {
      out.number(VIRTUAL_CALL);
      out.number(this.pool.descrPlace(info.descr));
      for (const arg of info.args) this.#value(out, arg);
    } else throw new Error("resume data of an unknown sort of virtual");
  }

  /** Contents by place, without those never assigned. */
  #assigned(values: readonly (Value | null)[]): void {
    const out = this.#virtuals;
    let count = 0;
    for (const value of values) if (value !== null) count++;
    out.number(count);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null) continue;
      out.number(i);
      this.#value(out, value);
    }
  }
}

function depthOf(frame: FrameState): int {
  let depth = 0;
  for (let f: FrameState | null = frame; f !== null; f = f.caller) depth++;
  return depth;
}
