// isinstance and issubclass; union types (`int | str`) and generic aliases (`list[int]`).
import type { int } from "rtypescript/rlib";
import { getset, method1, methodN } from "./builtin.ts";
import { newbool } from "./int.ts";
import { CMP_EQ, CMP_NE, NOT_IMPLEMENTED, typeError, W_Root } from "./root.ts";
import { w_None, w_NoneType } from "./singletons.ts";
import { slots } from "./slots.ts";
import { eq, findattr, findattrQuiet, hash, repr, truth, UnionMaker, unionHook, userMethod } from "./space.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { builtinType, W_Type, w_type } from "./type.ts";

export const w_UnionType = builtinType("UnionType", null, "types");
export const w_GenericAlias = builtinType("GenericAlias", null, "types");

/** `int | str` */
export class W_Union extends W_Root {
  readonly members: W_Root[];
  constructor(members: W_Root[]) {
    super();
    this.members = members;
  }
  override getclass(): W_Type {
    return w_UnionType;
  }
  override repr(): string {
    const parts: string[] = [];
    for (const w of this.members)
      parts.push(w instanceof W_Type ? (w === w_NoneType ? "None" : w.fullName()) : repr(w));
    return parts.join(" | ");
  }
  override hash(): int {
    let h: int = 1;
    for (const w of this.members) h ^= hash(w);
    return h;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Union) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    let same = this.members.length === w_other.members.length;
    for (const w of this.members) if (!includes(w_other.members, w)) same = false;
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}
getset(w_UnionType, "__args__", (w_self) => newtuple((w_self as W_Union).members));
slots(w_UnionType, "repr eq hash");

function includes(members: W_Root[], w_member: W_Root): boolean {
  for (const w of members) if (w === w_member || eq(w, w_member)) return true;
  return false;
}

function isUnionMember(w: W_Root): boolean {
  return w instanceof W_Type || w === w_None || w instanceof W_Union || w instanceof W_Alias;
}

class TypeUnionMaker extends UnionMaker {
  override alias(w_class: W_Root, w_item: W_Root): W_Root {
    return makeAlias(w_class, w_item);
  }
  override make(w_a: W_Root, w_b: W_Root): W_Root | null {
    if (!isUnionMember(w_a) || !isUnionMember(w_b) || (w_a === w_None && w_b === w_None)) return null;
    const members: W_Root[] = [];
    addMember(members, w_a);
    addMember(members, w_b);
    return members.length === 1 ? members[0] : new W_Union(members);
  }
}
unionHook.maker = new TypeUnionMaker();

function addMember(members: W_Root[], w: W_Root): void {
  if (w instanceof W_Union) {
    for (const w_inner of w.members) addMember(members, w_inner);
    return;
  }
  const w_member = w === w_None ? w_NoneType : w;
  if (!includes(members, w_member)) members.push(w_member);
}

/** `list[int]` */
export class W_Alias extends W_Root {
  readonly w_origin: W_Root;
  readonly args: W_Root[];
  constructor(w_origin: W_Root, args: W_Root[]) {
    super();
    this.w_origin = w_origin;
    this.args = args;
  }
  override getclass(): W_Type {
    return w_GenericAlias;
  }
  override repr(): string {
    const parts: string[] = [];
    for (const w of this.args) parts.push(aliasPart(w));
    return `${aliasPart(this.w_origin)}[${parts.length === 0 ? "()" : parts.join(", ")}]`;
  }
  override hash(): int {
    return this.w_origin.hash();
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Alias) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    const same = this.w_origin === w_other.w_origin && eq(newtuple(this.args), newtuple(w_other.args));
    return same === (op === CMP_EQ) ? 1 : 0;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    return this.w_origin.callArgs(args, names);
  }
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    const w_own = w_GenericAlias.lookup(name);
    if (w_own !== null && (name.startsWith("__origin") || name === "__args__" || name === "__mro_entries__")) {
      return w_own.descrGet(this, w_GenericAlias);
    }
    if (name === "__class__") return w_GenericAlias;
    const w_value = findattr(this.w_origin, name);
    if (w_value !== null || w_own === null) return w_value;
    return w_own.descrGet(this, w_GenericAlias);
  }
}
function aliasPart(w: W_Root): string {
  return w instanceof W_Type ? w.fullName() : w.repr() === "Ellipsis" ? "..." : repr(w);
}
getset(w_GenericAlias, "__origin__", (w_self) => (w_self as W_Alias).w_origin);
getset(w_GenericAlias, "__args__", (w_self) => newtuple((w_self as W_Alias).args));
method1(w_GenericAlias, "__mro_entries__", (w_self, _w_bases) => new W_Tuple([(w_self as W_Alias).w_origin]));
slots(w_GenericAlias, "repr eq hash");

/** `cls[item]` of built-in generic classes. */
export function makeAlias(w_class: W_Root, w_item: W_Root): W_Root {
  return new W_Alias(w_class, w_item instanceof W_Tuple ? w_item.items : [w_item]);
}

// --- checks --------------------------------------------------------------------------------------------------------------

/** The bases of a class-like object that is not a class (`__bases__`), or null. */
function abstractBases(w_class: W_Root): W_Tuple | null {
  const w_bases = findattrQuiet(w_class, "__bases__");
  return w_bases instanceof W_Tuple ? w_bases : null;
}
/** Does a class-like object derive from another? */
function derives(w_sub: W_Root, w_class: W_Root): boolean {
  if (w_sub === w_class) return true;
  const w_bases = abstractBases(w_sub);
  if (w_bases === null) return false;
  for (const w of w_bases.items) if (derives(w, w_class)) return true;
  return false;
}

export function isinstance(w_obj: W_Root, w_class: W_Root): boolean {
  if (w_class instanceof W_Type) {
    if (w_obj.getclass() === w_class) return true;
    const w_check = metaCheck(w_class, "__instancecheck__");
    return w_check === null ? nativeIsinstance(w_obj, w_class) : truth(w_check.call2(w_class, w_obj));
  }
  if (w_class instanceof W_Tuple) {
    for (const w of w_class.items) if (isinstance(w_obj, w)) return true;
    return false;
  }
  if (w_class instanceof W_Union) {
    for (const w of w_class.members) if (isinstance(w_obj, w)) return true;
    return false;
  }
  if (w_class instanceof W_Alias) throw typeError("isinstance() argument 2 cannot be a parameterized generic");
  const w_method = userMethod(w_class, "__instancecheck__");
  if (w_method !== null) return truth(w_method.call2(w_class, w_obj));
  if (abstractBases(w_class) !== null) {
    const w_claimed = findattrQuiet(w_obj, "__class__");
    return w_claimed !== null && derives(w_claimed, w_class);
  }
  throw typeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
}

/** `type.__instancecheck__`. */
export function nativeIsinstance(w_obj: W_Root, w_class: W_Type): boolean {
  const w_real = w_obj.getclass();
  if (w_real.isSubtype(w_class)) return true;
  if (!w_real.heap) return false;
  if (!w_real.hasGetattribute() && w_real.lookup("__class__") === w_type.mro[1].lookup("__class__")) return false;
  const w_claimed = findattrQuiet(w_obj, "__class__");
  return w_claimed instanceof W_Type && w_claimed !== w_real && w_claimed.isSubtype(w_class);
}

/** A user metaclass's check method, null when `type`'s own holds. */
function metaCheck(w_class: W_Type, name: string): W_Root | null {
  const w_meta = w_class.w_metaclass;
  if (w_meta === null || !w_meta.heap) return null;
  const w_method = w_meta.lookup(name);
  return w_method === w_type.lookup(name) ? null : w_method;
}

export function issubclass(w_sub: W_Root, w_class: W_Root): boolean {
  if (w_class instanceof W_Tuple) {
    for (const w of w_class.items) if (issubclass(w_sub, w)) return true;
    return false;
  }
  if (w_class instanceof W_Union) {
    for (const w of w_class.members) if (issubclass(w_sub, w)) return true;
    return false;
  }
  if (!(w_class instanceof W_Type)) {
    const w_method = userMethod(w_class, "__subclasscheck__");
    if (w_method !== null) return truth(w_method.call2(w_class, w_sub));
    if (abstractBases(w_sub) === null) throw typeError("issubclass() arg 1 must be a class");
    if (abstractBases(w_class) === null) {
      throw typeError("issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
    return derives(w_sub, w_class);
  }
  const w_check = metaCheck(w_class, "__subclasscheck__");
  if (w_check !== null) return truth(w_check.call2(w_class, w_sub));
  return nativeIssubclass(w_sub, w_class);
}

/** `type.__subclasscheck__`. */
export function nativeIssubclass(w_sub: W_Root, w_class: W_Type): boolean {
  if (w_sub instanceof W_Type) return w_sub.isSubtype(w_class);
  const w_bases = abstractBases(w_sub);
  if (w_bases === null) throw typeError("issubclass() arg 1 must be a class");
  for (const w of w_bases.items) if (nativeIssubclass(w, w_class)) return true;
  return false;
}

methodN(w_type, "__instancecheck__", "instance, /", (args) => newbool(nativeIsinstance(args[1], args[0] as W_Type)));
methodN(w_type, "__subclasscheck__", "subclass, /", (args) => newbool(nativeIssubclass(args[1], args[0] as W_Type)));
