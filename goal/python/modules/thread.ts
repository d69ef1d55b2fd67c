// _thread for programs of one thread: locks that are always free.
import { type int, identityHash } from "rtypescript/rlib";
import { function0, functionN, method0, methodN, newKw } from "../objects/builtin.ts";
import { newbool, newint } from "../objects/int.ts";
import { runtimeError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { builtinType, type W_Type, w_object } from "../objects/type.ts";
import { exceptionType } from "../objects/exceptions.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_thread = builtinModule("_thread");
const w_lock = builtinType("lock", null, "_thread");
const w_rlock = builtinType("RLock", null, "_thread");

class W_Lock extends W_Root {
  count: int;
  readonly reentrant: boolean;
  constructor(reentrant: boolean) {
    super();
    this.count = 0;
    this.reentrant = reentrant;
  }
  override getclass(): W_Type {
    return this.reentrant ? w_rlock : w_lock;
  }
  override repr(): string {
    const state = this.count > 0 ? "locked" : "unlocked";
    return `<${state} _thread.${this.reentrant ? "RLock" : "lock"} object at ${this.address()}>`;
  }
}
function lockOf(w_self: W_Root): W_Lock {
  return w_self as W_Lock;
}
function acquire(w_self: W_Root): W_Root {
  const lock = lockOf(w_self);
  if (lock.count > 0 && !lock.reentrant) return newbool(false);
  lock.count += 1;
  return newbool(true);
}
function release(w_self: W_Root): W_Root {
  const lock = lockOf(w_self);
  if (lock.count === 0) throw runtimeError(lock.reentrant ? "cannot release un-acquired lock" : "release unlocked lock");
  lock.count -= 1;
  return w_None;
}
for (const w_class of [w_lock, w_rlock]) {
  slots(w_class, "repr");
  methodN(w_class, "acquire", "blocking=True, timeout=-1", (args) => acquire(args[0]));
  method0(w_class, "release", release);
  method0(w_class, "locked", (w_self) => newbool(lockOf(w_self).count > 0));
  method0(w_class, "__enter__", acquire);
  methodN(w_class, "__exit__", "kind=None, value=None, traceback=None, /", (args) => release(args[0]));
}
newKw(w_rlock, (_args, _names) => new W_Lock(true));

functions(w_thread, [
  function0("allocate_lock", () => new W_Lock(false)),
  function0("allocate", () => new W_Lock(false)),
  function0("get_ident", () => newint(identityHash(w_lock) + 1000)),
  function0("get_native_id", () => newint(identityHash(w_lock) + 1000)),
  function0("_count", () => newint(0)),
  functionN("stack_size", "size=0, /", (_args) => newint(0)),
  functionN("start_new_thread", "function, args, kwargs=?, /", (_args) => {
    throw runtimeError("can't start new thread");
  }),
]);
constant(w_thread, "RLock", w_rlock);
constant(w_thread, "LockType", w_lock);
constant(w_thread, "error", exceptionType("RuntimeError"));
constant(w_thread, "TIMEOUT_MAX", newint(9223372036));
constant(w_thread, "_local", w_object);
