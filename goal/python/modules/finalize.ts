// `__del__` and callbacks of weak references. The collector says when an object is gone, at the earliest when the program
// asks for a collection, makes another such object, or ends; on Node only at the end. At the end `__del__` of every
// instance that is left is called, in order of creation.
import { gc, type int, onFinalize, type WeakReference, weakRef } from "rtypescript/rlib";
import { ec } from "../interpreter/context.ts";
import { formatCaught } from "../interpreter/report.ts";
import { OperationError, type W_Root } from "../objects/root.ts";
import { repr } from "../objects/space.ts";
import { instanceHook, type W_Instance } from "../objects/type.ts";
import { w_stderr } from "./sys.ts";

/** An instance whose class had `__del__` when it was made. */
class Mortal {
  readonly ref: WeakReference<W_Instance>;
  done: boolean;
  constructor(w_obj: W_Instance) {
    this.ref = weakRef(w_obj);
    this.done = false;
  }
}

class Mortals {
  list: Mortal[];
  /** Length at which finished ones are dropped. */
  limit: int;
  constructor() {
    this.list = [];
    this.limit = 64;
  }

  add(mortal: Mortal): void {
    if (this.list.length >= this.limit) {
      this.list = this.list.filter((m) => !m.done);
      this.limit = this.list.length * 2 + 64;
    }
    this.list.push(mortal);
  }

  /** One that died and whose `__del__` was not called yet. */
  someLost(): boolean {
    return this.list.some((m) => !m.done && m.ref.get() === null);
  }
}
const mortals = new Mortals();

/** Calls back; errors are reported and dropped, as nobody waits for the call. */
export function callAndReport(what: W_Root, call: () => void): void {
  const w_handled = ec.w_handled;
  try {
    call();
  } catch (e) {
    if (!(e instanceof OperationError)) throw e;
    w_stderr.writeText(`Exception ignored in: ${repr(what)}\n`);
    w_stderr.writeText(formatCaught(e));
  }
  ec.w_handled = w_handled;
}

function callDel(mortal: Mortal, w_obj: W_Instance): void {
  if (mortal.done) return;
  mortal.done = true;
  const w_del = w_obj.getclass().lookup("__del__");
  if (w_del !== null) callAndReport(w_del, () => void w_del.call1(w_obj));
}

instanceHook.made = (w_obj) => {
  const mortal = new Mortal(w_obj);
  mortals.add(mortal);
  onFinalize(w_obj, (w_gone) => callDel(mortal, w_gone));
};

/** At the end of the program. */
export function finishMortals(): void {
  gc.runFinalizers();
  while (mortals.someLost()) {
    gc.collect();
    if (gc.runFinalizers() === 0) break;
  }
  for (let i: int = 0; i < mortals.list.length; i++) {
    const mortal = mortals.list[i];
    const w_obj = mortal.done ? null : mortal.ref.get();
    if (w_obj !== null) callDel(mortal, w_obj);
  }
}
