/**
 * Stand-ins: compiled code for a position that has none yet, so that a trace can call it as a loop. It calls the portal
 * at its merge point; when the position is traced, calls are redirected to the real code.
 */
import type { int } from "../../rlib/types.ts";
import * as T from "../format/traceops.ts";
import { ConstInt, ConstRef, InputArg, Op, Trace, type Value } from "../format/values.ts";
import type { JitContext } from "./context.ts";
import { finishOfKind, PROPAGATE } from "./exits.ts";
import { JitLoop } from "./loop.ts";
import type { JitCell } from "./warm.ts";

function kindOfLetter(letter: string): int {
  if (letter === "i") return T.KIND_INT;
  return letter === "r" ? T.KIND_REF : T.KIND_FLOAT;
}

/** Makes the stand-in of a cell and notes it there. */
export function standInFor(context: JitContext, cell: JitCell): JitLoop {
  const { driver } = cell;
  const number = context.nextNumber();
  const loop = new JitLoop(`standin${number}`, number, driver, true);
  const args: Value[] = [new ConstInt(driver.address)];
  let ints = 0;
  let refs = 0;
  for (let i = 0; i < driver.greens.length; i++) {
    if (driver.greens[i] === "i") {
      args.push(new ConstInt(cell.ints[ints]));
      ints++;
    } else {
      args.push(new ConstRef(cell.refs[refs]));
      refs++;
    }
  }
  const inputs: InputArg[] = [];
  for (let i = 0; i < driver.reds.length; i++) {
    const input = new InputArg(kindOfLetter(driver.reds[i]));
    inputs.push(input);
    args.push(input);
  }
  const call = new Op(T.opForKind(T.CALL_I, driver.result), args, driver.callDescr);
  const guard = new Op(T.GUARD_NO_EXCEPTION, [], PROPAGATE);
  guard.failArgs = [];
  const finish = new Op(T.FINISH, call.hasResult ? [call] : [], finishOfKind(driver.result));
  context.cpu.compileLoop(loop, new Trace(inputs, [call, guard, finish]));
  cell.loop = loop;
  return loop;
}
