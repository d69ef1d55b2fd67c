/** rlib's hints, builders, collector functions;  */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Bool, Signed, Void } from "../lltype/types.ts";
import { makeBuilder } from "../repr/builder.ts";
import { CharRepr, MaybeCharRepr, unitOf } from "../repr/char.ts";
import { STRING_REPR } from "../repr/string.ts";
import { builtins } from "../repr.ts";
import * as builder from "../runtime/builder.ts";
import { boolResult, intResult } from "./arguments.ts";

builtins.on("rlib.likely", (hop) => boolResult(hop, hop.emit("likely", [hop.input(0)], Bool)));
builtins.on("rlib.unlikely", (hop) => boolResult(hop, hop.emit("unlikely", [hop.input(0)], Bool)));
builtins.on("rlib.unreachable", (hop) => {
  const known = hop.argCount > 0 ? hop.known(0) : null;
  const text = typeof known?.value === "string" ? known.value : "unreachable code was reached";
  if (hop.typer.lldebug) hop.emit("check_true", [hop.bool(false), hop.void(text)], Void);
  hop.emit("unreachable", [], Void);
  return null;
});
builtins.on("rlib.keepAlive", (hop) => {
  hop.emit("keep_alive", [hop.input(0)], Void);
  return null;
});

// StringBuilder.
function self(hop: Hop): Value {
  return hop.inputNonNull(0);
}

builtins.on("new.StringBuilder", (hop) => makeBuilder(hop));
builtins.on("stringBuilder.length", (hop) => intResult(hop, hop.getField(self(hop), "length", Signed)));
builtins.on(["stringBuilder.append", "stringBuilder.appendChar"], (hop) => {
  const b = self(hop);
  const repr = hop.repr(1);
  if (repr instanceof CharRepr) hop.helper(builder.builderAppendUnit, b, unitOf(hop, 1));
  else if (repr instanceof MaybeCharRepr) hop.helper(builder.builderAppendUnitOrNone, b, unitOf(hop, 1));
  else hop.helper(builder.builderAppend, b, hop.inputArg(STRING_REPR, 1));
  return null;
});
builtins.on("stringBuilder.build", (hop) => hop.toResult(hop.helper(builder.builderBuild, self(hop)), STRING_REPR));

// The collector.
builtins.on("gc.identityHash", (hop) => intResult(hop, hop.emit("identity_hash", [hop.inputNonNull(0)], Signed)));
