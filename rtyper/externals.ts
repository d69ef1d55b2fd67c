/**
 * Calls of C functions declared with rlib's `external`. A C call neither collects nor raises, so the address of a typed
 * array's first item is good for its duration.
 */

import type { ArgumentPlan } from "../annotator/result.ts";
import { type ExternalInfo, externalInfo } from "../rlib/external.ts";
import type { Kind } from "../rlib/types.ts";
import type { Value } from "../translator/flow/model.ts";
import type { Hop } from "./hop.ts";
import { planned } from "./invoke.ts";
import { type ExternalFunction, LowAddress, LowArrayObject, type LowValue } from "./lltype/memory.ts";
import { Address, Bool, Float, Int32, type LowType, Signed, SingleFloat, UInt32, Void } from "./lltype/types.ts";
import { BOOL_REPR } from "./repr/bool.ts";
import { FLOAT_REPR } from "./repr/float.ts";
import { INT_REPR } from "./repr/int.ts";
import { UNDEFINED_REPR } from "./repr/none.ts";
import { bufferAddress } from "./repr/typedarray.ts";
import type { Repr } from "./repr.ts";

type KindName = Kind<unknown>["kind"];

const C_TYPES: Readonly<Record<KindName, LowType>> = {
  int: Signed,
  int32: Int32,
  uint32: UInt32,
  float: Float,
  float32: SingleFloat,
  bool: Bool,
  void: Void,
  buffer: Address,
};

const described = new WeakMap<object, ExternalFunction>();

/** The C function of a live `external`. */
export function externalFunction(live: object): ExternalFunction {
  let found = described.get(live);
  if (found === undefined) {
    const info = externalInfo(live) as ExternalInfo;
    found = {
      name: info.name,
      args: info.arguments.map((a) => C_TYPES[a.kind]),
      result: C_TYPES[info.result.kind],
      library: info.library,
      pure: info.elidable,
      run: (...args) => runOnNode(live as (...args: unknown[]) => unknown, info, args),
    };
    described.set(live, found);
  }
  return found;
}

/** Its meaning over simulated values: what Node does, on copies of the buffers. */
function runOnNode(f: (...args: unknown[]) => unknown, info: ExternalInfo, args: readonly LowValue[]): LowValue {
  const buffers: { view: ArrayView; at: LowAddress }[] = [];
  const given = info.arguments.map((kind, i) => {
    const arg = args[i] as LowValue;
    if (kind.kind !== "buffer") return typeof arg === "bigint" ? Number(arg) : arg;
    const view = itemsAt(arg);
    if (arg instanceof LowAddress) buffers.push({ view, at: arg });
    return view;
  });
  const made = f(...given);
  for (const { view, at } of buffers) writeBack(view, at);
  if (info.result.kind === "int") return BigInt(made as number);
  return info.result.kind === "void" ? null : (made as LowValue);
}

/** A copy of a simulated array's items, as the C function sees them. */
type ArrayView = Uint8Array | Int32Array | Float64Array;

/** The items from the address on; Node's own numbers are exact for the kinds of items that C functions take. */
function itemsAt(address: LowValue): ArrayView {
  const array = address instanceof LowAddress ? address.base : address;
  if (!(array instanceof LowArrayObject)) return new Uint8Array(0);
  const start = address instanceof LowAddress ? Number(address.offset) : 0;
  const items = array.items.slice(start);
  if (array.type.item === Float) return Float64Array.from(items, Number);
  if (array.type.item === Int32) return Int32Array.from(items, Number);
  return Uint8Array.from(items, Number);
}

function writeBack(view: ArrayView, at: LowAddress): void {
  const array = at.base;
  if (!(array instanceof LowArrayObject)) return;
  for (const [i, item] of view.entries()) array.setItem(i + Number(at.offset), item);
}

/** Calls it; arguments are converted to what C expects. */
export function callExternal(hop: Hop, live: object, plan: ArgumentPlan): Value | null {
  const info = externalInfo(live) as ExternalInfo;
  const kept: Value[] = [];
  const args = info.arguments.map((kind, k) => toC(kind.kind, k, hop, plan, kept));
  const made = hop.emit("external_call", [hop.void(externalFunction(live)), ...args], C_TYPES[info.result.kind]);
  for (const value of kept) hop.emit("keep_alive", [value], Void);
  return fromC(info.result.kind, made, hop);
}

function toC(kind: KindName, k: number, hop: Hop, plan: ArgumentPlan, kept: Value[]): Value {
  const passed = planned(hop, plan);
  switch (kind) {
    case "int":
      return passed(k, INT_REPR);
    case "int32":
      return hop.emit("int_cast", [passed(k, INT_REPR)], Int32);
    case "uint32":
      return hop.emit("int_cast", [passed(k, INT_REPR)], UInt32);
    case "float":
      return passed(k, FLOAT_REPR);
    case "float32":
      return hop.emit("float_to_single", [passed(k, FLOAT_REPR)], SingleFloat);
    case "bool":
      return passed(k, BOOL_REPR);
    case "void":
      return passed(k, UNDEFINED_REPR);
    case "buffer": {
      const argument = plan[k];
      if (argument?.from !== "operand") throw new Error(`rtyper: a buffer that is no operand: ${hop.describe()}`);
      const array = hop.inputNonNull(argument.index);
      kept.push(array);
      return bufferAddress(array, hop.repr(argument.index), hop);
    }
  }
}

function fromC(kind: KindName, value: Value, hop: Hop): Value {
  const to = (v: Value, repr: Repr): Value => hop.toResult(v, repr);
  switch (kind) {
    case "int32":
    case "uint32":
      return to(hop.emit("int_cast", [value], Signed), INT_REPR);
    case "float32":
      return to(hop.emit("single_to_float", [value], Float), FLOAT_REPR);
    case "float":
      return to(value, FLOAT_REPR);
    case "bool":
      return to(value, BOOL_REPR);
    case "void":
    case "buffer":
      return to(value, UNDEFINED_REPR);
    default:
      return to(value, INT_REPR);
  }
}
