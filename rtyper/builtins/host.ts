/** `console`, `process`, `performance`, `Object`, `Date`: what everybody tries first. */
import { INT } from "../../annotator/model.ts";
import { sysExit, sysNow, sysTime } from "../../rlib/sys.ts";
import type { Value } from "../../translator/flow/model.ts";
import { externalFunction } from "../externals.ts";
import { type Hop, Typed } from "../hop.ts";
import { Float, Int32, Void } from "../lltype/types.ts";
import { BigIntRepr, MachineIntRepr } from "../repr/bigint.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { INT_REPR } from "../repr/int.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { STRING_REPR, StringRepr, textOf } from "../repr/string.ts";
import { builtins } from "../repr.ts";
import * as host from "../runtime/host.ts";
import { stringConcat } from "../runtime/string.ts";
import { boolResult, floatResult, isPassed } from "./arguments.ts";

/** An argument's text as `console.log` writes it: as `String` does, but with the sign of a negative zero. */
function printed(hop: Hop, i: number): Value {
  if (hop.repr(i) instanceof FloatRepr) return hop.helper(host.printedFloat, hop.input(i));
  const repr = hop.repr(i);
  if (repr instanceof StringRepr && !hop.some(i).canBeNull) return hop.input(i);
  const text = textOf(hop, hop.typed(i));
  const isBig = repr instanceof BigIntRepr || repr instanceof MachineIntRepr;
  return isBig ? hop.helper(stringConcat, text, hop.typer.constant(STRING_REPR, "n")) : text;
}

function log(hop: Hop, fd: number): null {
  if (hop.argCount === 0) {
    hop.helper(host.writeLine, hop.int(fd), hop.typer.constant(STRING_REPR, ""));
    return null;
  }
  let line = printed(hop, 0);
  const formats = hop.argCount > 1 && hop.repr(0) instanceof StringRepr;
  if (!formats) {
    for (let i = 1; i < hop.argCount; i++) line = hop.helper(host.joinWords, line, printed(hop, i));
    hop.helper(host.writeLine, hop.int(fd), line);
    return null;
  }
  // The first text may hold `%s` and the like, each of which takes one argument.
  for (let i = 1; i < hop.argCount; i++) line = hop.helper(host.formatNext, line, printed(hop, i));
  hop.helper(host.writeLine, hop.int(fd), hop.helper(host.formatEnd, line));
  return null;
}

builtins.on(["console.log", "console.info"], (hop) => log(hop, 1));
builtins.on(["console.error", "console.warn"], (hop) => log(hop, 2));
for (const [name, fd] of [
  ["process.stdout.write", 1],
  ["process.stderr.write", 2],
] as const) {
  builtins.on(name, (hop) => {
    hop.helper(host.writeText, hop.int(fd), hop.inputArg(STRING_REPR, 0));
    return boolResult(hop, hop.bool(true));
  });
}

builtins.on("process.exit", (hop) => {
  const code = isPassed(hop, 0) ? exitCode(hop) : hop.int(0);
  hop.emit("external_call", [hop.void(externalFunction(sysExit)), hop.emit("int_cast", [code], Int32)], Void);
  hop.emit("unreachable", [], Void);
  return null;
});

function exitCode(hop: Hop): Value {
  if (!(hop.repr(0) instanceof NullableRepr)) return hop.inputArg(INT_REPR, 0);
  const nullable = new NullableRepr(INT_REPR);
  return hop.helper(host.exitCodeOf, new Typed(hop.inputArg(nullable, 0), INT.withNulls(3), nullable));
}

builtins.on("process.argv", (hop) => hop.helperResult(host.processArguments));
builtins.on("process.env", (hop) => {
  const name = hop.known(0);
  const key = name === null ? hop.inputArg(STRING_REPR, 0) : hop.typer.constant(STRING_REPR, name.value);
  return hop.helperResult(host.environmentVariable, key);
});

function seconds(hop: Hop, live: object): Value {
  const made = hop.emit("external_call", [hop.void(externalFunction(live))], Float);
  return hop.emit("float_mul", [made, hop.const(1000, Float)], Float);
}

builtins.on("performance.now", (hop) => floatResult(hop, seconds(hop, sysNow)));
builtins.on("date.now", (hop) => floatResult(hop, hop.emit("float_trunc", [seconds(hop, sysTime)], Float)));

builtins.on("object.freeze", (hop) => hop.toResult(hop.input(0), hop.repr(0)));
builtins.on("object.is", (hop) => {
  if (hop.repr(0) instanceof FloatRepr || hop.repr(1) instanceof FloatRepr) {
    return boolResult(hop, hop.helper(host.sameValue, hop.inputArg(FLOAT_REPR, 0), hop.inputArg(FLOAT_REPR, 1)));
  }
  return boolResult(hop, hop.again("eq", [hop.typed(0), hop.typed(1)], hop.resultSome));
});
