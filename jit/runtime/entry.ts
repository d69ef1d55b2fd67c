/**
 * What a woven program calls of its JIT: at back edges, at entries of portals, at merge points while there is a mark.
 *
 * Values pass through one raw buffer, eight bytes for each green and red in order, because portals differ in their
 * signatures. The collector does not see the buffer: references are taken out of it before anything is allocated, into
 * lists that are always there, and the last thing that `enter` does is to put them back.
 *
 * Nothing of the JIT exists before the program has passed `QUIET` back edges or entries: a short program pays a
 * counter.
 */
import {
  type Address,
  addressOfGcRef,
  fromGcRef,
  functionAddress,
  type GcRef,
  gcRefAt,
  symbolAddress,
} from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { Arguments } from "../backend/cpu.ts";
import { Watchers } from "../backend/watchers.ts";
import { NativeCpu } from "../backend/x86/cpu.ts";
import { CallDescr, EFFECT_CANNOT_RAISE, EffectInfo, SPECIAL_NONE } from "../format/descr.ts";
import type { DriverInfo } from "../format/jitcode.ts";
import { NativeStore } from "../format/serial.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";
import { JitContext } from "../metainterp/context.ts";
import { CONTINUE, Jit, type Outcome, RAISE } from "../metainterp/jit.ts";
import { setParameter, setParametersFromEnvironment } from "../metainterp/params.ts";

/** Greens and reds, or a result in the first place. */
export const BUFFER_SYMBOL = "rts_jit_buffer";
/** One word: not 0 while a merge point is to call `enter`. */
export const MARK_SYMBOL = "rts_jit_mark";
/** Bytes of a value in the buffer. */
export const BUFFER_STEP = 8;

/** Back edges and entries before the JIT wakes up; below every useful threshold. */
const QUIET = 500;

/** One driver's lists of values, by kind and already of the right length. */
class Room {
  readonly driver: DriverInfo;
  readonly greens: Arguments;
  all: Arguments;

  constructor(driver: DriverInfo) {
    this.driver = driver;
    this.greens = roomFor(driver.greens);
    this.all = roomFor(driver.greens + driver.reds);
  }
}

class NativeJit {
  readonly jit: Jit;
  readonly rooms: readonly Room[];

  constructor() {
    const context = new JitContext(new NativeCpu(), new NativeStore());
    setParametersFromEnvironment(context.params);
    context.forceAddress = functionAddress(forceObject, "rn").toInt();
    const effect = new EffectInfo(EFFECT_CANNOT_RAISE, [], [], SPECIAL_NONE, false, true);
    context.forceDescr = new CallDescr("force", "r", KIND_VOID, effect, null);
    this.jit = new Jit(context);
    this.rooms = context.store.drivers.map((driver) => new Room(driver));
  }

  force(object: GcRef): void {
    const { context } = this.jit;
    const info = context.virtualizableOf(context.cpu.classOf(object));
    if (info !== null) this.jit.force(object, info);
  }
}

class State {
  native: NativeJit | null = null;
  /** Back edges and entries so far, while there is no JIT. */
  passed: int = 0;
}

const state = new State();

function roomFor(letters: string): Arguments {
  const made = new Arguments();
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charAt(i);
    if (letter === "i") made.ints.push(0);
    else if (letter === "r") made.refs.push(null);
    else made.floats.push(0.0);
  }
  return made;
}

/** The JIT once it is awake; waking it up takes the place of the first time that it would count. */
function awake(): NativeJit | null {
  if (state.native !== null) return state.native;
  state.passed++;
  if (state.passed >= QUIET) state.native = new NativeJit();
  return null;
}

function buffer(): Address {
  return symbolAddress(BUFFER_SYMBOL);
}

function setMark(jit: Jit): void {
  symbolAddress(MARK_SYMBOL).storeWord(0, jit.mark === null ? 0 : 1);
}

/** Takes values out of the buffer: greens, then perhaps reds. Allocates nothing, neither lists nor texts. */
function take(greens: string, reds: string, into: Arguments): void {
  const from = buffer();
  let ints = 0;
  let refs = 0;
  let floats = 0;
  const count = greens.length + reds.length;
  for (let i = 0; i < count; i++) {
    const letter = i < greens.length ? greens.charAt(i) : reds.charAt(i - greens.length);
    const at = i * BUFFER_STEP;
    if (letter === "i") into.ints[ints++] = from.loadWord(at);
    else if (letter === "r") into.refs[refs++] = gcRefAt(from.loadAddress(at));
    else into.floats[floats++] = from.loadFloat(at);
  }
}

/** Puts values into the buffer. Allocates nothing. */
function put(greens: string, reds: string, values: Arguments): void {
  const to = buffer();
  let ints = 0;
  let refs = 0;
  let floats = 0;
  const count = greens.length + reds.length;
  for (let i = 0; i < count; i++) {
    const letter = i < greens.length ? greens.charAt(i) : reds.charAt(i - greens.length);
    const at = i * BUFFER_STEP;
    if (letter === "i") to.storeWord(at, values.ints[ints++]);
    else if (letter === "r") to.storeAddress(at, addressOfGcRef(values.refs[refs++]));
    else to.storeFloat(at, values.floats[floats++]);
  }
}

/** A back edge to the greens in the buffer. */
export function canEnter(driver: int): void {
  const native = awake();
  if (native === null) return;
  const room = native.rooms[driver];
  take(room.driver.greens, "", room.greens);
  native.jit.canEnter(room.driver, room.greens);
  setMark(native.jit);
}

/** A portal is entered with the greens and reds in the buffer. */
export function functionEntry(driver: int): void {
  const native = awake();
  if (native === null) return;
  const room = native.rooms[driver];
  take(room.driver.greens, "", room.greens);
  native.jit.functionEntry(room.driver, room.greens);
  setMark(native.jit);
}

/**
 * A merge point, with greens and reds in the buffer, while there is a mark. Says how the portal goes on: CONTINUE with
 * new greens and reds, RETURN with a result, RAISE with an exception, all in the buffer.
 */
export function enter(driver: int): int {
  const { native } = state;
  if (native === null) return CONTINUE;
  const room = native.rooms[driver];
  const args = room.all;
  take(room.driver.greens, room.driver.reds, args);
  room.all = roomFor(room.driver.greens + room.driver.reds);
  const outcome = native.jit.enter(room.driver, args);
  setMark(native.jit);
  give(room.driver, outcome);
  return outcome.status;
}

function give(driver: DriverInfo, outcome: Outcome): void {
  const { args } = outcome;
  if (outcome.status === CONTINUE) {
    if (args !== null) put(driver.greens, driver.reds, args);
    return;
  }
  const to = buffer();
  if (outcome.status === RAISE || outcome.kind === KIND_REF) to.storeAddress(0, addressOfGcRef(outcome.ref));
  else if (outcome.kind === KIND_INT) to.storeWord(0, outcome.int);
  else if (outcome.kind === KIND_FLOAT) to.storeFloat(0, outcome.float);
}

/** A quasi-immutable field was assigned while compiled code relied on it: what its hidden field holds. */
export function changed(at: Address): void {
  const watchers = gcRefAt(at);
  const { native } = state;
  if (native !== null && watchers !== null) native.jit.changed(fromGcRef(watchers, Watchers));
}

/** A virtualizable is looked at while its token is set. */
export function force(at: Address): void {
  forceObject(gcRefAt(at));
}

/** The same as machine code calls it. */
function forceObject(object: GcRef | null): void {
  const { native } = state;
  if (native !== null && object !== null) native.force(object);
}

/** rlib's `setParam`. */
export function setParam(name: string, value: int): void {
  if (state.native === null) state.native = new NativeJit();
  setParameter(state.native.jit.context.params, name, value);
}
