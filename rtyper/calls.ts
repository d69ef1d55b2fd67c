/**
 * Calls, as the annotator resolved them (`CallTarget`): one known function, one of a family through the function
 * object, a virtual method through the vtable, a builtin, a constructor, a C function. Getters and setters are calls too.
 *
 * Arguments come by the target's plan, converted to the callee's reprs; results are converted to the operation's.
 */

import type { FieldDesc } from "../annotator/classes.ts";
import type { SomeFunction, SomeValue } from "../annotator/model.ts";
import type { BuiltinTarget, CallTarget, VirtualTarget } from "../annotator/result.ts";
import type { Value } from "../translator/flow/model.ts";
import { FUNCTION_PTR } from "./closures.ts";
import { construct, constructOneOf } from "./construct.ts";
import { callExternal } from "./externals.ts";
import type { Hop } from "./hop.ts";
import {
  asReceiver,
  checkNonNull,
  directCall,
  familyCall,
  type Held,
  type Passed,
  planned,
  type Receiver,
  virtualCall,
} from "./invoke.ts";
import type { FuncType } from "./lltype/types.ts";
import { loadStatic } from "./repr/classvalue.ts";
import type { InstanceRepr } from "./repr/instance.ts";
import type { PointerRepr } from "./repr/pointer.ts";
import { builtins } from "./repr.ts";

/** Which operand of each operation is the receiver (or the function value). */
const RECEIVER: Readonly<Record<string, number>> = {
  super_init: 1,
  super_init_spread: 2,
  super_method: 2,
  super_method_spread: 3,
  super_getattr: 2,
  super_setattr: 2,
};
/** Operations without a result. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set(["setattr", "super_init", "super_init_spread", "super_setattr"]);

/** Lowers an operation that the annotator resolved. */
export function lowerTarget(hop: Hop, target: CallTarget): Value | null {
  const at = RECEIVER[hop.opname] ?? 0;
  const receiver: Receiver = (repr) =>
    repr === null
      ? { value: hop.inputNonNull(at), repr: hop.repr(at) }
      : { value: hop.convert(hop.inputNonNull(at), hop.repr(at), repr), repr };
  return lowerWith(hop, target, receiver, hop.opname === "call" || hop.opname === "call_spread" ? hop.some(0) : null);
}

/** `functionType`: of the function value, when the receiver is one. */
function lowerWith(hop: Hop, target: CallTarget, receiver: Receiver, functionType: SomeValue | null): Value | null {
  switch (target.kind) {
    case "direct":
      return result(hop, directCall(hop, target, receiver, planned(hop, target.plan)));
    case "family":
      return result(hop, familyCall(hop, target, receiver(null).value, planned(hop, target.plan)));
    case "virtual":
      return result(hop, virtualTarget(hop, target, receiver, planned(hop, target.plan), functionType));
    case "builtin":
      return lowerBuiltin(hop, target);
    case "field":
      return lowerField(hop, target.field, receiver);
    case "fieldCall": {
      const object = receiver(null);
      const repr = object.repr as InstanceRepr;
      const fieldRepr = repr.fieldRepr(target.field);
      const f = repr.load(object.value, target.field, hop);
      if (target.field.cell.type.canBeNull) checkNonNull(f, hop);
      return lowerWith(hop, target.call, asReceiver({ value: f, repr: fieldRepr }, hop), target.field.cell.type);
    }
    case "getterCall": {
      const got = getterResult(hop, target.get, receiver);
      return lowerWith(hop, target.call, asReceiver(got, hop), got.type);
    }
    case "boundMethod": {
      const layout = hop.typer.functions.layoutOf(target.method);
      const values = layout.environmentReprs().map((repr) => receiver(repr).value);
      return hop.cast(layout.make(values, hop), FUNCTION_PTR);
    }
    case "new":
      return construct(hop, target);
    case "newFamily":
      return constructOneOf(hop, target, planned(hop, target.plan));
    case "external":
      return callExternal(hop, target.external.live, target.plan);
    case "constant":
      return lowerConstant(hop);
    case "pointer":
      return callPointer(hop);
  }
}

/** Calls a getter; `type` is what it gives. */
function getterResult(hop: Hop, target: CallTarget, receiver: Receiver): Held & { readonly type: SomeValue } {
  const none: Passed = () => {
    throw new Error(`rtyper: a getter takes no argument: ${hop.describe()}`);
  };
  switch (target.kind) {
    case "direct":
      return { ...directCall(hop, target, receiver, none), type: target.specialization.resultType };
    case "virtual":
      return {
        ...virtualCall(hop, target.family, target.receiver, receiver, none),
        type: target.family.result.type,
      };
    default:
      throw new Error(`rtyper: a getter is no ${target.kind}: ${hop.describe()}`);
  }
}

/** The operation's result from a call's. */
function result(hop: Hop, made: Held): Value | null {
  return WITHOUT_RESULT.has(hop.op.opname) ? null : hop.toResult(made.value, made.repr);
}

function virtualTarget(
  hop: Hop,
  target: VirtualTarget,
  receiver: Receiver,
  passed: Passed,
  functionType: SomeValue | null,
): Held {
  if (!target.bound) return virtualCall(hop, target.family, target.receiver, receiver, passed);
  const bound = (functionType as SomeFunction | null)?.functions[0];
  if (bound === undefined) throw new Error(`rtyper: a bound method of no function: ${hop.describe()}`);
  const [held] = hop.typer.functions.layoutOf(bound).unpack(receiver(null).value, hop);
  return virtualCall(hop, target.family, target.receiver, asReceiver(held as Held, hop), passed);
}

/** Lowers an operation that a builtin carries out. */
export function lowerBuiltin(hop: Hop, target: BuiltinTarget): Value | null {
  const lower = builtins.find(target.name);
  if (lower === null) throw new Error(`rtyper: no lowering of builtin ${target.name}: ${hop.describe()}`);
  return lower(hop.asBuiltin(target));
}

/** A namespace member, a static member; nothing at all for a base constructor without effect. */
function lowerConstant(hop: Hop): Value | null {
  const { constant, nulls, kind } = hop.resultSome;
  if (WITHOUT_RESULT.has(hop.opname)) return null;
  if (constant !== null || (kind === "nothing" && nulls < 3)) {
    return hop.typer.constant(hop.resultRepr, constant?.value);
  }
  const owner = hop.known(0);
  if (typeof owner?.value !== "function") throw new Error(`rtyper: no single value of ${hop.describe()}`);
  return loadStatic(hop, owner.value, hop.literal<string>(1));
}

/** Field read or assignment. */
function lowerField(hop: Hop, field: FieldDesc, receiver: Receiver): Value | null {
  const object = receiver(null);
  const repr = object.repr as InstanceRepr;
  const fieldRepr = repr.fieldRepr(field);
  if (hop.opname === "setattr") {
    repr.store(object.value, field, hop.inputArg(fieldRepr, 2), hop);
    return null;
  }
  return hop.toResult(repr.load(object.value, field, hop), fieldRepr);
}

/** A call of a code pointer in a helper. */
function callPointer(hop: Hop): Value {
  const code = hop.input(0);
  const type = (hop.repr(0) as PointerRepr).signature as FuncType;
  const args = type.args.map((arg, i) => {
    const repr = hop.typer.reprOf(hop.typer.someOfLowType(arg));
    return hop.inputArg(repr, i + 1);
  });
  const value = hop.emit("indirect_call", [code, ...args, hop.void(null)], type.result);
  return hop.toResult(value, hop.typer.reprOf(hop.typer.someOfLowType(type.result)));
}
