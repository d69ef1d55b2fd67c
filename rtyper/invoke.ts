/**
 * Emitting calls: of one specialization, through a function object, through a vtable. Shared by the lowering of calls,
 * by constructors and by the adapters that families need.
 *
 * Arguments come on demand (`Passed`), so that each is converted once, to what the callee wants.
 */
import type { ClassDesc } from "../annotator/classes.ts";
import {
  type FamilyShape,
  type FunctionFamily,
  type FunctionSpecialization,
  shapeKey,
  VirtualFamily,
} from "../annotator/functions.ts";
import type { ArgumentPlan, CallTarget, DirectTarget, FamilyTarget } from "../annotator/result.ts";
import type { Value } from "../translator/flow/model.ts";
import { implementationsBelow } from "./classes.ts";
import { FUNCTION_PTR } from "./closures.ts";
import { codeField, type LoweredSignature } from "./functions.ts";
import type { Hop, OpList } from "./hop.ts";
import { type LowType, ptr, Void } from "./lltype/types.ts";
import { InstanceRepr, instanceRepr } from "./repr/instance.ts";
import { buildRestList } from "./repr/list.ts";
import { zeroOf } from "./repr/none.ts";
import type { TupleRepr } from "./repr/tuple.ts";
import type { Repr, Typer } from "./repr.ts";
import { lowSignature } from "./synth.ts";

/** A value with its representation. */
export interface Held {
  readonly value: Value;
  readonly repr: Repr;
}

/** A value where it stands, converted on demand: a function object, a receiver. */
export type Receiver = (repr: Repr | null) => Held;

export function checkNonNull(value: Value, ops: OpList): void {
  ops.emit("check_nonnull", [value, ops.void("null or undefined used as an object")], Void);
}

/** Gives argument k of a call in a repr. */
export type Passed = (k: number, repr: Repr) => Value;

/** Arguments by a plan. */
export function planned(hop: Hop, plan: ArgumentPlan): Passed {
  return (k, repr) => {
    const argument = plan[k];
    if (argument === undefined) throw new Error(`rtyper: no argument ${k} for ${hop.describe()}`);
    switch (argument.from) {
      case "operand":
        return hop.inputArg(repr, argument.index);
      case "item": {
        const tuple = hop.repr(argument.index) as TupleRepr;
        const item = tuple.item(hop.inputNonNull(argument.index), argument.item, hop);
        return hop.convert(item, tuple.items[argument.item] as Repr, repr);
      }
      case "list": {
        const parts = argument.operands.map((i, n) => ({ operand: i, spread: argument.spread[n] === true }));
        const list = buildRestList(hop, argument.cell, parts);
        return hop.convert(list.value, list.repr, repr);
      }
    }
  };
}

/** Calls one specialization; `receiver` gives `this` or the function object that holds the environment. */
export function directCall(ops: OpList, target: DirectTarget, receiver: Receiver, passed: Passed): Held {
  return callSpecialization(ops, target.specialization, target.environment, receiver, passed);
}

export function callSpecialization(
  ops: OpList,
  s: FunctionSpecialization,
  environment: DirectTarget["environment"],
  receiver: Receiver,
  passed: Passed,
): Held {
  const { lowered, argReprs, resultRepr } = ops.typer.functions.of(s);
  const args: Value[] = [];
  const next = (): Repr => argReprs[args.length] as Repr;
  if (environment !== null) {
    const layout = ops.typer.functions.layoutOf(environment);
    for (const held of layout.unpack(receiver(null).value, ops)) args.push(ops.convert(held.value, held.repr, next()));
  } else if (s.signature.hasThis) {
    args.push(receiver(next()).value);
  }
  for (let k = 0; args.length < argReprs.length; k++) args.push(passed(k, next()));
  return { value: ops.call(lowered, args, resultRepr.lowType), repr: resultRepr };
}

/** Reprs and code type of a family's call shape. */
export function familySignature(shape: FamilyShape, typer: Typer): LoweredSignature {
  const args = shape.params.map((p) => typer.reprOf(p.type));
  const resultRepr = typer.reprOf(shape.result.type);
  const types: LowType[] = [FUNCTION_PTR, ...args.map((r) => r.lowType)];
  return { args, result: resultRepr, type: lowSignature(types, resultRepr.lowType) };
}

export function familyShape(family: FunctionFamily, key: string): FamilyShape {
  const shape = family.find().shapes.get(key);
  if (shape === undefined) throw new Error(`rtyper: a family of functions has no call shape ${key}`);
  return shape;
}

/** Calls through a function object. */
export function familyCall(ops: OpList, target: FamilyTarget, f: Value, passed: Passed): Held {
  const shape = familyShape(target.family, shapeKey(target.shape));
  return callThroughObject(ops, target.family, shape, f, passed);
}

export function callThroughObject(
  ops: OpList,
  family: FunctionFamily,
  shape: FamilyShape,
  f: Value,
  passed: Passed,
): Held {
  const { signature, candidates, vtable } = ops.typer.familySlot(family, shape);
  const args = signature.args.map((repr, k) => passed(k, repr));
  const table = ops.emit("class_of", [f], ptr(vtable));
  const code = ops.emit("getfield", [table, ops.void(codeField(shapeKey(shape.shape)))], ptr(signature.type));
  const value = ops.emit("indirect_call", [code, f, ...args, ops.void(candidates)], signature.result.lowType);
  return { value, repr: signature.result };
}

/** A receiver that is a value already. */
export function asReceiver(held: Held, ops: OpList): Receiver {
  return (repr) => (repr === null ? held : { value: ops.convert(held.value, held.repr, repr), repr });
}

/** Calls a method by the object's class; directly when one implementation remains. */
export function virtualCall(
  ops: OpList,
  family: VirtualFamily,
  receiverClass: ClassDesc,
  receiver: Receiver,
  passed: Passed,
): Held {
  const below = [...implementationsBelow(family, receiverClass)];
  if (below.length === 1) {
    return callSpecialization(ops, below[0] as FunctionSpecialization, null, receiver, passed);
  }
  const signature = virtualSignature(family, ops.typer);
  if (below.length === 0) {
    // No object of such a class is ever made: control cannot come here with one.
    ops.emit("fatal", [ops.void(`call of ${family.method}, which no class implements`)], Void);
    return { value: zeroOf(signature.result.lowType, ops), repr: signature.result };
  }
  const owner = instanceRepr(family.owner, ops.typer);
  const object = receiver(owner).value;
  const args = signature.args.map((repr, k) => passed(k, repr));
  const slot = ops.typer.virtualSlot(family);
  const table = ops.emit("class_of", [object], ptr(owner.layout.vtableStruct));
  const code = ops.emit("getfield", [table, ops.void(slot)], ptr(signature.type));
  const candidates = below.map((s) => ops.typer.slotCode(family, s));
  const value = ops.emit("indirect_call", [code, object, ...args, ops.void(candidates)], signature.result.lowType);
  return { value, repr: signature.result };
}

/** Reprs and code type of a virtual method; its code takes `this` as the introducing class. */
export function virtualSignature(family: VirtualFamily, typer: Typer): LoweredSignature {
  const args = family.params.map((p) => typer.reprOf(p.type));
  const resultRepr = typer.reprOf(family.result.type);
  const owner = instanceRepr(family.owner, typer);
  const types: LowType[] = [owner.lowType, ...args.map((r) => r.lowType)];
  return { args, result: resultRepr, type: lowSignature(types, resultRepr.lowType) };
}

/** The virtual families that a target calls. */
export function* virtualFamilies(target: CallTarget): Generator<VirtualFamily> {
  if (target.kind === "virtual") yield target.family;
  else if (target.kind === "fieldCall") yield* virtualFamilies(target.call);
  else if (target.kind === "builtin") for (const call of target.callbacks.values()) yield* virtualFamilies(call);
  else if (target.kind === "family") {
    for (const member of familyShape(target.family, shapeKey(target.shape)).members.values()) {
      if (member instanceof VirtualFamily) yield member;
    }
  }
}

/** The class of a bound receiver, for a virtual call on it. */
export function implementationReceiver(receiver: Held, family: VirtualFamily): ClassDesc {
  return receiver.repr instanceof InstanceRepr ? receiver.repr.desc : family.owner;
}

/** Calls a function value as a target says, with given arguments; `plan` indices are positions in `args`. */
export function callWithTarget(ops: OpList, target: CallTarget, f: Held, args: readonly Held[]): Held {
  const planOf = "plan" in target ? target.plan : [];
  const passed: Passed = (k, repr) => {
    const argument = planOf[k];
    const at = argument?.from === "operand" ? argument.index : k;
    const held = args[at];
    if (held === undefined) throw new Error(`rtyper: a callback takes an argument ${k} that it does not get`);
    return ops.convert(held.value, held.repr, repr);
  };
  const receiver = asReceiver(f, ops);
  switch (target.kind) {
    case "direct":
      return callSpecialization(ops, target.specialization, target.environment, receiver, passed);
    case "family":
      return familyCall(ops, target, f.value, passed);
    default:
      throw new Error(`rtyper: a callback cannot be called as ${target.kind}`);
  }
}
