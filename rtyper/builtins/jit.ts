/**
 * Hints for the JIT. Without a JIT they are what they are on Node: identities and false, and nothing remains of them.
 * With one they become operations of `lltype/ops/jit.ts`.
 */

import { SomeClass } from "../../annotator/model.ts";
import { JitDriver } from "../../rlib/jit.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { LowDriver } from "../lltype/jit.ts";
import { Bool, PairType, Ptr, Void } from "../lltype/types.ts";
import { type InstanceRepr, instanceRepr } from "../repr/instance.ts";
import { callbackCode } from "../repr/list.ts";
import { NoneRepr } from "../repr/none.ts";
import { STRING_REPR } from "../repr/string.ts";
import { builtins } from "../repr.ts";
import { callIf } from "../runtime/hints.ts";
import { boolResult, intArg } from "./arguments.ts";

const UNDEFINED = new NoneRepr(2);

/** Whether an operand is worth a hint: what has no value at run time is constant anyway. */
function hasValue(v: Value): boolean {
  return v.type !== Void && !(v.type instanceof PairType);
}

builtins.on("jit.promote", (hop) => {
  const value = hop.input(0);
  const promoted = hop.typer.jit && hasValue(value) ? hop.emit("jit_promote", [value], value.type as Ptr) : value;
  return hop.toResult(promoted, hop.repr(0));
});
builtins.on("jit.promoteString", (hop) => {
  const value = hop.input(0);
  const isText = hop.typer.jit && value.type === STRING_REPR.lowType;
  const promoted = isText ? hop.emit("jit_promote_string", [value], STRING_REPR.lowType) : value;
  return hop.toResult(promoted, hop.repr(0));
});
builtins.on("jit.virtualRef", (hop) => {
  const value = hop.input(0);
  const made = hop.typer.jit ? hop.emit("jit_virtual_ref", [value], value.type as Ptr) : value;
  return hop.toResult(made, hop.repr(0));
});
builtins.on("jit.virtualRefFinish", (hop) => {
  if (hop.typer.jit) hop.emit("jit_virtual_ref_finish", [hop.input(0), hop.input(1)], Void);
  return null;
});
builtins.on("jit.isConstant", (hop) => {
  const value = hop.typer.jit ? hop.input(0) : null;
  if (value === null || !hasValue(value)) return boolResult(hop, hop.bool(false));
  return boolResult(hop, hop.emit("jit_is_constant", [value], Bool));
});
builtins.on("jit.isVirtual", (hop) => {
  const value = hop.typer.jit ? hop.input(0) : null;
  if (value === null || !(value.type instanceof Ptr)) return boolResult(hop, hop.bool(false));
  return boolResult(hop, hop.emit("jit_is_virtual", [value], Bool));
});
builtins.on("jit.weAreJitted", (hop) =>
  boolResult(hop, hop.typer.jit ? hop.emit("jit_we_are_jitted", [], Bool) : hop.bool(false)),
);
builtins.on("jit.assertGreen", (hop) => {
  const value = hop.typer.jit ? hop.input(0) : null;
  if (value !== null && hasValue(value)) hop.emit("jit_assert_green", [value], Void);
  return null;
});
builtins.on("jit.recordExactClass", (hop) => {
  const cls = hop.some(1);
  const desc = cls instanceof SomeClass && cls.constant !== null ? cls.classes[0] : undefined;
  if (hop.typer.jit && desc !== undefined) {
    const { struct } = instanceRepr(desc, hop.typer);
    hop.emit("jit_record_exact_class", [hop.inputNonNull(0), hop.void(struct)], Void);
  }
  return null;
});
builtins.on("jit.setParam", (hop) => {
  if (hop.typer.jit) hop.emit("jit_set_param", [hop.inputArg(STRING_REPR, 0), intArg(hop, 1)], Void);
  return null;
});
builtins.on("jit.conditionalCall", (hop) => {
  const reprs = Array.from({ length: hop.argCount - 2 }, (_, i) => hop.repr(i + 2));
  const args = reprs.map((_, i) => hop.input(i + 2));
  const callback = hop.callback(1, reprs, UNDEFINED);
  hop.helper(callIf, hop.input(0), callbackCode(callback, hop.typer), callback.environment, ...args);
  return null;
});

/** The driver as the low-level world knows it, one for each live driver. */
function lowDriver(hop: Hop): LowDriver {
  const live = hop.known(0)?.value;
  if (!(live instanceof JitDriver)) throw new Error(`rtyper: no driver: ${hop.describe()}`);
  const { drivers } = hop.typer;
  let low = drivers.get(live);
  if (low === undefined) {
    const { name, greens, reds, virtualizables } = live.options;
    low = new LowDriver(name ?? greens.join(","), greens, reds ?? null, virtualizables ?? []);
    drivers.set(live, low);
  }
  return low;
}

/** Values of the object literal's properties; the object itself is then not needed, and not made. */
function variables(hop: Hop, names: readonly string[]): Value[] {
  const repr = hop.repr(1) as InstanceRepr;
  const object = hop.input(1);
  return names.map((name) => {
    const field = repr.desc.findField(name);
    if (field === null) throw new Error(`rtyper: no ${name}: ${hop.describe()}`);
    return repr.load(object, field, hop);
  });
}

builtins.on("jit.JitDriver.mergePoint", (hop) => {
  if (!hop.typer.jit) return null;
  const driver = lowDriver(hop);
  const listed = [...(driver.reds ?? []), ...driver.virtualizables];
  const reds = [...new Set(listed)].filter((name) => !driver.greens.includes(name));
  hop.emit("jit_merge_point", [hop.void(driver), ...variables(hop, [...driver.greens, ...reds])], Void);
  return null;
});
builtins.on("jit.JitDriver.canEnter", (hop) => {
  if (!hop.typer.jit) return null;
  const driver = lowDriver(hop);
  hop.emit("jit_can_enter", [hop.void(driver), ...variables(hop, driver.greens)], Void);
  return null;
});
