// The _thread module. There is one thread: a new one runs to its end when it is started, so that programs that start
// and join threads work; waiting for a lock that is held can never end and is an error.
import { type float, type int, toFloat } from "rtypescript/rlib";
import { function0, functionN, method0, methodN, newKw, newN } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { exceptionType } from "../objects/exceptions.ts";
import { W_Float } from "../objects/float.ts";
import { floatArgument } from "../objects/floatmethods.ts";
import { newbool, newint } from "../objects/int.ts";
import { KIND_SystemExit, operationError, runtimeError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { truth, unpack } from "../objects/space.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_thread = builtinModule("_thread");
const w_lock = builtinType("lock", null, "_thread");
const w_RLock = builtinType("RLock", null, "_thread");
w_lock.acceptsSubclasses = false;

class Threads {
  /** Of the running thread; the main thread is 1. */
  current: int;
  last: int;
  constructor() {
    this.current = 1;
    this.last = 1;
  }
}
const threads = new Threads();

class W_Lock extends W_Root {
  held: boolean;
  constructor() {
    super();
    this.held = false;
  }
  override getclass(): W_Type {
    return w_lock;
  }
  override repr(): string {
    return `<${this.held ? "locked" : "unlocked"} _thread.lock object at ${this.address()}>`;
  }
  acquire(blocking: boolean, timeout: float): boolean {
    if (this.held) {
      if (!blocking || timeout >= 0) return false;
      throw runtimeError("cannot wait for a lock: threads run one after the other");
    }
    this.held = true;
    return true;
  }
  release(): void {
    if (!this.held) throw runtimeError("release unlocked lock");
    this.held = false;
  }
}
slots(w_lock, "repr");

class W_RLockObject extends W_Root {
  owner: int;
  count: int;
  user: W_Instance | null;
  constructor() {
    super();
    this.owner = 0;
    this.count = 0;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_RLock : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override repr(): string {
    const state = this.count > 0 ? "locked" : "unlocked";
    return `<${state} _thread.RLock object owner=${this.owner} count=${this.count} at ${this.address()}>`;
  }
  acquire(blocking: boolean, timeout: float): boolean {
    if (this.count > 0 && this.owner !== threads.current) {
      if (!blocking || timeout >= 0) return false;
      throw runtimeError("cannot wait for a lock: threads run one after the other");
    }
    this.owner = threads.current;
    this.count += 1;
    return true;
  }
  release(): void {
    if (this.count === 0 || this.owner !== threads.current) throw runtimeError("cannot release un-acquired lock");
    this.count -= 1;
    if (this.count === 0) this.owner = 0;
  }
}
slots(w_RLock, "repr");
newKw(w_RLock, (args, _names) => {
  const w_made = new W_RLockObject();
  if (args[0] !== w_RLock) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});

function acquire(w_self: W_Root, blocking: boolean, timeout: float): W_Root {
  if (w_self instanceof W_Lock) return newbool(w_self.acquire(blocking, timeout));
  return newbool((w_self as W_RLockObject).acquire(blocking, timeout));
}
function release(w_self: W_Root): W_Root {
  if (w_self instanceof W_Lock) w_self.release();
  else (w_self as W_RLockObject).release();
  return w_None;
}
for (const w_class of [w_lock, w_RLock]) {
  methodN(w_class, "acquire", "blocking=True, timeout=-1", (args) =>
    acquire(args[0], truth(args[1]), floatArgument(args[2])),
  );
  method0(w_class, "release", release);
  method0(w_class, "__enter__", (w_self) => acquire(w_self, true, -1.0));
  methodN(w_class, "__exit__", "t=None, v=None, tb=None, /", (args) => release(args[0]));
  method0(w_class, "_at_fork_reinit", (_w_self) => w_None);
}
method0(w_lock, "locked", (w_self) => newbool((w_self as W_Lock).held));
method0(w_RLock, "_is_owned", (w_self) => newbool((w_self as W_RLockObject).owner === threads.current));
method0(w_RLock, "_release_save", (w_self) => {
  const w_rlock = w_self as W_RLockObject;
  const count = w_rlock.count;
  w_rlock.count = 0;
  w_rlock.owner = 0;
  return newint(count);
});
methodN(w_RLock, "_acquire_restore", "state, /", (args) => {
  const w_rlock = args[0] as W_RLockObject;
  w_rlock.count = 1;
  w_rlock.owner = threads.current;
  return w_None;
});

// --- thread-local data -------------------------------------------------------------------------------------------------------

const w_local = builtinType("_local", null, "_thread");
w_local.hasDict = true;
class W_Local extends W_Root {
  user: W_Instance;
  constructor(w_class: W_Type) {
    super();
    this.user = new W_Instance(w_class.shape());
  }
  override getclass(): W_Type {
    return this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
}
newKw(w_local, (args, _names) => new W_Local(args[0] as W_Type));

/** Ends the running thread's sentinel lock, which `Thread.join` waits for. */
class Sentinels {
  w_lock: W_Lock | null;
  constructor() {
    this.w_lock = null;
  }
  release(): void {
    if (this.w_lock !== null) this.w_lock.held = false;
  }
}
const sentinels = new Sentinels();

function startThread(args: W_Root[]): W_Root {
  const outer = threads.current;
  const w_outer = sentinels.w_lock;
  threads.last += 1;
  const ident = threads.last;
  threads.current = ident;
  sentinels.w_lock = null;
  try {
    const w_kwargs = args[2];
    const names: string[] = [];
    const values: W_Root[] = unpack(args[1]);
    if (w_kwargs instanceof W_Dict) {
      for (let e = w_kwargs.nextEntry(0); e >= 0; e = w_kwargs.nextEntry(e + 1)) {
        names.push(w_kwargs.keyAt(e).str());
        values.push(w_kwargs.valueAt(e));
      }
    }
    args[0].callArgs(values, names);
  } finally {
    sentinels.release();
    threads.current = outer;
    sentinels.w_lock = w_outer;
  }
  return newint(ident);
}

constant(w_thread, "LockType", w_lock);
constant(w_thread, "RLock", w_RLock);
constant(w_thread, "_local", w_local);
constant(w_thread, "error", exceptionType("RuntimeError"));
constant(w_thread, "TIMEOUT_MAX", new W_Float(toFloat(9223372036)));
functions(w_thread, [
  function0("allocate_lock", () => new W_Lock()),
  function0("allocate", () => new W_Lock()),
  function0("get_ident", () => newint(threads.current)),
  function0("get_native_id", () => newint(threads.current)),
  function0("_count", () => newint(0)),
  function0("_set_sentinel", () => {
    const w_made = new W_Lock();
    sentinels.w_lock = w_made;
    return w_made;
  }),
  functionN("start_new_thread", "function, args, kwargs=None, /", startThread),
  functionN("start_new", "function, args, kwargs=None, /", startThread),
  functionN("stack_size", "size=0, /", (_args) => newint(0)),
  functionN("interrupt_main", "signum=2, /", (_args) => {
    throw operationError(KIND_SystemExit, "");
  }),
  function0("exit", () => {
    throw operationError(KIND_SystemExit, "");
  }),
]);

/** A new lock's class takes no arguments. */
newN(w_lock, "", (_args) => new W_Lock());
