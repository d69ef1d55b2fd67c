/** The program's hints as instructions. */
import type { LowDriver } from "../../../rtyper/lltype/jit.ts";
import { ptr, type Struct } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation } from "../../../translator/flow/model.ts";
import { KIND_REF } from "../../format/traceops.ts";
import { callHelper } from "./arith.ts";
import { promote } from "./calls.ts";
import { arg, type BlockLowering, described, type Lowering } from "./context.ts";

function mergePoint(l: BlockLowering, op: Operation): void {
  const portal = l.world.portalOf(l.f);
  if (portal === null) throw new Error(`a merge point in ${l.f.name}, which is no portal`);
  const values = op.args.slice(1);
  const greens = portal.driver.greens.length;
  const lists = [...l.lists(values.slice(0, greens)), ...l.lists(values.slice(greens))];
  l.emit("jit_merge_point", [l.world.driverIndex(portal), ...lists], null, "before");
}

function canEnter(l: BlockLowering, op: Operation): void {
  const portal = l.world.portalOfDriver(described<LowDriver>(op, 0));
  if (portal === null) return;
  l.emit("loop_header", [l.world.driverIndex(portal), ...l.lists(op.args.slice(1))]);
}

function promoted(l: BlockLowering, op: Operation): void {
  promote(l, arg(op, 0));
  l.alias(op.result, arg(op, 0));
}

function promotedString(l: BlockLowering, op: Operation): void {
  const equal = l.world.equalStrings;
  const value = l.resolve(arg(op, 0));
  if (value instanceof Constant || equal === null) {
    promoted(l, op);
    return;
  }
  const { args, result } = equal.type;
  const descr = l.world.descrs.call(equal.name, args, result, l.world.effects.of([equal]), null);
  l.emit("str_guard_value", [value, l.constant(equal, ptr(equal.type)), descr], op.result, "before");
}

/** Known, virtual: true of constants without asking, and of ints never virtual. */
function isConstant(l: BlockLowering, op: Operation): void {
  const value = l.resolve(arg(op, 0));
  if (value instanceof Constant) l.alias(op.result, l.constant(true, op.result.type as never));
  else l.emit(`${letterName(l, op)}_isconstant`, [value], op.result);
}

function letterName(l: BlockLowering, op: Operation): string {
  const kind = l.kind(arg(op, 0));
  return ["int", "ref", "float"][kind] as string;
}

export const HINTS: Readonly<Record<string, Lowering>> = {
  jit_merge_point: mergePoint,
  jit_can_enter: canEnter,
  jit_promote: promoted,
  jit_promote_string: promotedString,
  jit_is_constant: isConstant,
  jit_is_virtual: (l, op) => {
    if (l.kind(arg(op, 0)) === KIND_REF) l.emit("ref_isvirtual", [arg(op, 0)], op.result);
    else l.alias(op.result, l.constant(false, op.result.type as never));
  },
  jit_we_are_jitted: (l, op) => l.emit("we_are_jitted", [], op.result),
  jit_assert_green: (l, op) => l.emit(`${letterName(l, op)}_assert_green`, [arg(op, 0)]),
  jit_record_exact_class: (l, op) =>
    l.emit("record_exact_class", [arg(op, 0), l.world.descrs.size(described<Struct>(op, 1))]),
  jit_virtual_ref: (l, op) => l.emit("virtual_ref", [arg(op, 0)], op.result),
  jit_virtual_ref_finish: (l, op) => l.emit("virtual_ref_finish", [arg(op, 0), arg(op, 1)]),
  jit_set_param: callHelper,
};
