/**
 * Calls: followed ones, ones that stay, calls through pointers, the portal's.
 *
 * A function that is followed is called by its jitcode. What stays a call carries a descriptor with its effects. A call
 * through a pointer promotes the pointer first if any candidate is followed: the class of the receiver is known then
 * anyway, so the guard costs nothing.
 */
import { calleesOf } from "../../../rtyper/lltype/effects.ts";
import type { ExternalFunction, LowFunction } from "../../../rtyper/lltype/memory.ts";
import { FuncType, type LowType, Ptr, ptr } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import type { EffectInfo } from "../../format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../../format/traceops.ts";
import { arg, type BlockLowering, described, type Lowering, resultOf, unsupported } from "./context.ts";

/** Makes an argument constant in the trace. */
export function promote(l: BlockLowering, value: Value): void {
  const v = l.resolve(value);
  if (v instanceof Constant) return;
  const kind = l.kind(v);
  if (kind === KIND_INT) l.emit("int_guard_value", [v], null, "before");
  else if (kind === KIND_REF) l.emit("ref_guard_value", [v], null, "before");
  else if (kind === KIND_FLOAT) l.emit("float_guard_value", [v], null, "before");
}

function residual(
  l: BlockLowering,
  name: string,
  op: Operation,
  address: Value,
  callee: { readonly name: string; readonly args: readonly LowType[]; readonly result: LowType },
  args: readonly Value[],
  effect: EffectInfo,
  isC = false,
): void {
  const descr = l.world.descrs.call(callee.name, callee.args, callee.result, effect, null, isC);
  const instruction = l.byKind(name, l.kind(op.result));
  l.emit(instruction, [address, ...l.lists(args), descr], resultOf(op), "after");
}

function directCall(l: BlockLowering, op: Operation): void {
  const f = described<LowFunction>(op, 0);
  const args = op.args.slice(1);
  const portal = l.world.portalOf(f);
  if (portal !== null) {
    const greens = portal.driver.greens.length;
    const lists = [...l.lists(args.slice(0, greens)), ...l.lists(args.slice(greens))];
    const name = l.byKind("recursive_call", l.kind(op.result));
    l.emit(name, [l.world.driverIndex(portal), ...lists], resultOf(op), "after");
    return;
  }
  if (l.world.policy.isFollowed(f)) {
    const name = l.byKind("inline_call", l.kind(op.result));
    l.emit(name, [l.world.codeOf(f), ...l.lists(args)], resultOf(op), "after");
    return;
  }
  if (f.jit?.promoteArguments === true) for (const value of args) promote(l, value);
  const callee = { name: f.name, args: f.type.args, result: f.type.result };
  residual(l, "residual_call", op, arg(op, 0), callee, args, l.world.effects.of([f]));
}

function indirectCall(l: BlockLowering, op: Operation): void {
  const pointer = arg(op, 0);
  const type = pointer.type instanceof Ptr ? pointer.type.to : null;
  if (!(type instanceof FuncType)) unsupported(op);
  const args = op.args.slice(1, -1);
  const candidates = calleesOf(op);
  const callee = { name: "indirect", args: type.args, result: type.result };
  const effect = l.world.effects.of(candidates);
  const followed = (candidates ?? []).filter((f) => l.world.policy.isFollowed(f));
  if (followed.length === 0) {
    residual(l, "residual_call", op, pointer, callee, args, effect);
    return;
  }
  l.world.noteIndirect(followed);
  promote(l, pointer);
  residual(l, "indirect_call", op, pointer, callee, args, effect);
}

function externalCall(l: BlockLowering, op: Operation): void {
  const external = described<ExternalFunction>(op, 0);
  const f = l.world.helpers.external(external);
  const address = l.constant(f, ptr(f.type));
  const effect = l.world.effects.ofExternal(external.pure);
  const callee = { name: external.name, args: external.args, result: external.result };
  residual(l, "residual_call", op, address, callee, op.args.slice(1), effect, true);
}

export const CALLS: Readonly<Record<string, Lowering>> = {
  direct_call: directCall,
  indirect_call: indirectCall,
  external_call: externalCall,
  load_flag: (l, op) => l.emit("load_flag", [], op.result),
  store_flag: (l, op) => l.emit("store_flag", [arg(op, 0)]),
  fatal: (l, op) => l.emit("fatal", [l.world.descrs.text(described<string>(op, 0))]),
  unreachable: (l) => l.emit("unreachable", []),
};
