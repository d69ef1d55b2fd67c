/** Members and items: `v.name`, `v[i]`, and their assignment. */
import { type LowArray, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import { Constant } from "../../translator/flow/model.ts";
import type { ClassDesc, FieldDesc } from "../classes.ts";
import { BoundMethod } from "../functions.ts";
import {
  CHAR,
  FLOAT,
  NON_NEGATIVE,
  NOTHING,
  SomeClass,
  SomeFunction,
  type SomeHost,
  SomeInstance,
  SomeList,
  SomePtr,
  SomeTuple,
  SomeTypedArray,
  type SomeValue,
  STRING,
  UNDEFINED,
} from "../model.ts";
import type { OpContext, Transfer } from "../opcontext.ts";
import { itemOfTypedArray, someOfLowType, storedType } from "../scalars.ts";
import { lexicalClass } from "../virtual.ts";
import { isNumber, isText, knownNumber, requireInt } from "./kinds.ts";

function getattr(ctx: OpContext): SomeValue {
  return attribute(ctx, ctx.arg(0), ctx.constant<string>(1));
}

function attribute(ctx: OpContext, s: SomeValue, name: string): SomeValue {
  switch (s.kind) {
    case "nothing":
      return NOTHING;
    case "instance":
      return instanceAttribute(ctx, s as SomeInstance, name);
    case "string":
    case "char":
    case "list":
    case "typedArray":
    case "tuple":
      if (name === "length")
        return builtinProperty(ctx, `${s.kind === "char" ? "string" : s.kind}.length`, lengthOf(s));
      break;
    case "map":
    case "set":
      if (name === "size") return builtinProperty(ctx, `${s.kind}.size`, NON_NEGATIVE);
      break;
    case "stringBuilder":
      if (name === "length") return builtinProperty(ctx, "stringBuilder.length", NON_NEGATIVE);
      break;
    case "class":
      return classAttribute(ctx, s as SomeClass, name);
    case "host":
      return hostAttribute(ctx, s as SomeHost, name);
    case "ptr":
      return pointerAttribute(ctx, s as SomePtr, name);
    case "external":
      return hostAttribute(ctx, s, name);
    default:
      break;
  }
  return ctx.fail("RTS1203", `${s.toText()} has no property \`${name}\``, null, [0]);
}

function lengthOf(s: SomeValue): SomeValue {
  return s instanceof SomeTuple ? ctxless(s.items.length) : NON_NEGATIVE;
}

function ctxless(value: number): SomeValue {
  return NON_NEGATIVE.withConstant(value);
}

function builtinProperty(ctx: OpContext, name: string, result: SomeValue): SomeValue {
  ctx.target({ kind: "builtin", name, operands: [0], spread: null, callbacks: new Map() });
  return result;
}

function instanceAttribute(ctx: OpContext, s: SomeInstance, name: string): SomeValue {
  const desc = s.classDesc;
  const member = ctx.solver.classes.member(desc, name, lexicalClass(ctx.specialization));
  if (member === null) return noProperty(ctx, desc, name);
  if (member.kind === "field") return readField(ctx, s, ctx.solver.classes.field(member.owner, name));
  if (member.kind === "accessor") return callAccessor(ctx, s, name);
  if (member.kind === "abstract") return abstractAttribute(ctx, s, name);
  return boundMethod(ctx, s, name);
}

function noProperty(ctx: OpContext, desc: ClassDesc, name: string): SomeValue {
  return ctx.fail("RTS1203", `${desc.name} has no property \`${name}\``, null, [0]);
}

/** A constant object's immutable field is a constant. */
function readField(ctx: OpContext, s: SomeInstance, field: FieldDesc): SomeValue {
  ctx.target({ kind: "field", field });
  const type = ctx.read(field.cell);
  if (s.constant !== null && field.immutable && typeof s.constant.value === "object") {
    const property = ctx.solver.world.readProperty(s.constant.value as object, field.name);
    if (property !== null) return knownField(ctx, type, property.value);
  }
  return type;
}

function knownField(ctx: OpContext, type: SomeValue, value: unknown): SomeValue {
  const known = ctx.solver.prebuilt.typeOf(value);
  if (known.kind === "nothing") return known;
  if (known.kind !== type.kind) return isNumber(known) || isText(known) ? type.withConstant(value) : type;
  return known;
}

function callAccessor(ctx: OpContext, s: SomeInstance, name: string): SomeValue {
  const called = ctx.solver.calls.callMethod(ctx, s, name, "get", { types: [], operands: [], spread: null });
  if (called.target !== null) ctx.target(called.target);
  return called.result;
}

/** Declared abstract: a getter in the subclasses, or a method as a value. */
function abstractAttribute(ctx: OpContext, s: SomeInstance, name: string): SomeValue {
  for (const c of s.classDesc.subtree()) {
    const member = ctx.solver.classes.member(c, name);
    if (member?.kind === "accessor") return callAccessor(ctx, s, name);
    if (member?.kind === "field") return readField(ctx, s, ctx.solver.classes.field(member.owner, name));
    if (member?.kind === "method") return boundMethod(ctx, s, name);
  }
  return NOTHING;
}

function boundMethod(ctx: OpContext, s: SomeInstance, name: string): SomeValue {
  const cell = ctx.typeCell("bound", `object of method ${name}`);
  ctx.merge(cell, s.nonNull(), `object of method ${name}`, 0);
  const made = ctx.solver.opValue(ctx.op, "bound", () => new BoundMethod(cell, name));
  ctx.target({ kind: "boundMethod", method: made });
  return new SomeFunction([made]);
}

/** A static member read through a class value. */
function classAttribute(ctx: OpContext, s: SomeClass, name: string): SomeValue {
  ctx.target({ kind: "constant" });
  // How many calls a trace shows is Node's own matter: natively it is read as 0 and never set.
  if (name === TRACE_LIMIT && s.constant?.value === Error) return NON_NEGATIVE.withConstant(0);
  let joined: SomeValue = NOTHING;
  for (const c of s.classes) {
    const live = c.find().liveClass;
    if (live === null) continue;
    if (name === "name")
      joined = ctx.union(joined, s.classes.length === 1 ? ctx.solver.prebuilt.typeOf(live.name) : STRING);
    else joined = ctx.union(joined, staticMember(ctx, live as never, name));
  }
  return joined;
}

function staticMember(ctx: OpContext, live: object, name: string): SomeValue {
  for (let c: object | null = live; c !== null && c !== Function.prototype; c = Object.getPrototypeOf(c)) {
    const d = Object.getOwnPropertyDescriptor(c, name);
    if (d === undefined && !name.startsWith("#")) continue;
    if (d !== undefined && !("value" in d))
      return ctx.fail("RTS1203", `static accessor \`${name}\` through a class value`);
    if (typeof d?.value === "function") return ctx.solver.prebuilt.typeOf(d.value);
    return ctx.read(ctx.solver.staticCell(c as never, name));
  }
  return ctx.fail("RTS1203", `the class has no static member \`${name}\``, null, [0]);
}

function hostAttribute(ctx: OpContext, s: SomeValue, name: string): SomeValue {
  ctx.target({ kind: "constant" });
  const host = s.constant?.value;
  const special = typeof host === "object" && host !== null ? ctx.solver.builtins.hostProperty(ctx, host, name) : null;
  if (special !== null) return special;
  if (typeof host !== "object" || host === null || !Reflect.has(host, name)) {
    return ctx.fail("RTS1011", `\`${s.describe()}.${name}\` is not available at run time`);
  }
  const value: unknown = Reflect.get(host, name);
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? ctx.solver.prebuilt.typeOf(value) : FLOAT.withConstant(value);
  return ctx.solver.prebuilt.typeOf(value);
}

/** A field of a low-level struct, in a run-time helper. */
function pointerAttribute(ctx: OpContext, s: SomePtr, name: string): SomeValue {
  const to = s.lltype instanceof Ptr ? s.lltype.to : null;
  if (name === "length" && !(to instanceof Struct && to.findField(name) !== null)) {
    return builtinProperty(ctx, "ptr.length", NON_NEGATIVE);
  }
  const field = to instanceof Struct ? to.findField(name) : null;
  if (field === null) return ctx.fail("RTS1203", `${s.describe()} has no field \`${name}\``);
  return storedType(to as Struct, name, field.type);
}

/** Whether a subclass implements what is declared abstract by a getter or setter. */
function hasAccessorBelow(ctx: OpContext, desc: ClassDesc, name: string): boolean {
  for (const c of desc.subtree()) if (ctx.solver.classes.member(c, name)?.kind === "accessor") return true;
  return false;
}

function setattr(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  const name = ctx.constant<string>(1);
  if (s.kind === "nothing") return NOTHING;
  if (s.kind === "ptr") return UNDEFINED;
  if (s instanceof SomeClass) return setStaticThroughValue(ctx, s, name);
  if (s instanceof SomeList && name === "length") {
    requireInt(ctx, 2, "length of a list");
    s.cell.resized = true;
    ctx.target({ kind: "builtin", name: "list.setLength", operands: [0, 2], spread: null, callbacks: new Map() });
    return UNDEFINED;
  }
  if (!(s instanceof SomeInstance))
    return ctx.fail("RTS1203", `${s.toText()} has no property \`${name}\` to assign`, null, [0]);
  const desc = s.classDesc;
  const member = ctx.solver.classes.member(desc, name, lexicalClass(ctx.specialization));
  if (member === null) return noProperty(ctx, desc, name);
  if (member.kind === "accessor" || (member.kind === "abstract" && hasAccessorBelow(ctx, desc, name))) {
    const passed = { types: [ctx.arg(2)], operands: [2], spread: null };
    const called = ctx.solver.calls.callMethod(ctx, s, name, "set", passed);
    if (called.target !== null) ctx.target(called.target);
    return called.target === null ? NOTHING : UNDEFINED;
  }
  if (member.kind === "method") return ctx.fail("RTS1012", `method \`${name}\` of ${desc.name} is assigned`, null, [0]);
  const field = ctx.solver.classes.field(member.owner, name);
  if (!isInitialisation(ctx)) field.assignedLater = true;
  ctx.target({ kind: "field", field });
  ctx.merge(field.cell, ctx.arg(2), `assigned to ${desc.isRecord ? "property" : "field"} ${name}`, 2);
  return UNDEFINED;
}

function isInitialisation(ctx: OpContext): boolean {
  const { specialization, op } = ctx;
  return specialization.signature.kind === "constructor" && !(op.args[0] instanceof Constant);
}

const TRACE_LIMIT = "stackTraceLimit";

function setStaticThroughValue(ctx: OpContext, s: SomeClass, name: string): SomeValue {
  if (name === TRACE_LIMIT && s.constant?.value === Error) {
    ctx.target({ kind: "constant" });
    return UNDEFINED;
  }
  for (const c of s.classes) {
    const live = c.find().liveClass;
    if (live !== null)
      ctx.merge(ctx.solver.staticCell(live as never, name), ctx.arg(2), `assigned to ${c.name}.${name}`, 2);
  }
  return UNDEFINED;
}

function getitem(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (s.kind === "nothing") return NOTHING;
  if (s instanceof SomeTuple) return tupleItem(ctx, s);
  if (s instanceof SomeInstance) return computedName(ctx, s);
  if (s instanceof SomeList) {
    requireInt(ctx, 1, "index");
    return ctx.read(s.cell.item);
  }
  if (isText(s)) {
    requireInt(ctx, 1, "index");
    return CHAR;
  }
  if (s instanceof SomeTypedArray) {
    requireInt(ctx, 1, "index");
    return itemOfTypedArray(s.array, ctx.solver.options.wordBits);
  }
  if (s instanceof SomePtr) return someOfLowType(pointerItem(ctx, s));
  return ctx.fail("RTS1203", `${s.toText()} has no items`, null, [0]);
}

function pointerItem(ctx: OpContext, s: SomePtr): LowArray["item"] {
  const to = s.lltype instanceof Ptr ? s.lltype.to : null;
  if (to !== null && "item" in to) return to.item;
  if (to instanceof Struct && to.varItem !== null) return to.varItem;
  return ctx.fail("RTS1203", `${s.describe()} has no items`);
}

function tupleItem(ctx: OpContext, s: SomeTuple): SomeValue {
  const index = knownNumber(ctx.arg(1));
  if (index === null) {
    requireInt(ctx, 1, "index");
    return s.items.reduce((a, b) => ctx.union(a, b.withoutConstant()), NOTHING);
  }
  const item = s.items[index];
  return item ?? ctx.fail("RTS1219", `${s.toText()} has no item ${index}`, null, [0]);
}

/** `record["name"]` with a name that is constant in the program. */
function computedName(ctx: OpContext, s: SomeInstance): SomeValue {
  const key = ctx.arg(1);
  const name = key.constant?.value;
  if (typeof name === "string" || typeof name === "number") return instanceAttribute(ctx, s, String(name));
  return ctx.fail("RTS1010", `a property of ${s.toText()} is chosen by a name computed at run time`, null, [1]);
}

function setitem(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (s.kind === "nothing") return NOTHING;
  const value = ctx.arg(2);
  if (s instanceof SomeList) {
    requireInt(ctx, 1, "index");
    s.cell.assigned = true;
    ctx.merge(s.cell.item, value, "assigned to an item", 2);
    return UNDEFINED;
  }
  if (s instanceof SomeTypedArray) {
    requireInt(ctx, 1, "index");
    return storeInTypedArray(ctx, s, value);
  }
  if (s instanceof SomePtr) return UNDEFINED;
  if (s instanceof SomeTuple) return ctx.fail("RTS1212", "an item of a tuple is assigned", "use a list", [0]);
  return ctx.fail("RTS1203", `${s.toText()} has no items to assign`, null, [0]);
}

/** Integer arrays take ints and integral floats (JavaScript truncates, which is refused), float arrays any number. */
function storeInTypedArray(ctx: OpContext, s: SomeTypedArray, value: SomeValue): SomeValue {
  if (value.kind === "nothing") return NOTHING;
  const item = itemOfTypedArray(s.array, ctx.solver.options.wordBits);
  if (item.kind === "machineInt") {
    if (value.kind === "bigint" || value.kind === "machineInt") return UNDEFINED;
  } else if (isNumber(value)) {
    if (item.kind !== "float") requireInt(ctx, 2, `item of ${s.array}`);
    return UNDEFINED;
  }
  return ctx.fail("RTS1201", `${value.toText()} is stored in ${s.array}`, null, [2]);
}

function getStatic(ctx: OpContext): SomeValue {
  return ctx.read(ctx.solver.staticCell(ctx.constant(0), ctx.constant<string>(1)));
}

function setStatic(ctx: OpContext): SomeValue {
  const name = ctx.constant<string>(1);
  const live = ctx.constant<{ name: string }>(0);
  ctx.merge(ctx.solver.staticCell(live as never, name), ctx.arg(2), `assigned to ${live.name}.${name}`, 2);
  return UNDEFINED;
}

export const ACCESS: Readonly<Record<string, Transfer>> = {
  getattr,
  setattr,
  getitem,
  setitem,
  get_static: getStatic,
  set_static: setStatic,
};
