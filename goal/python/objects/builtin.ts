// Built-in functions and methods, bound methods, and the descriptors of classes.
//
// A built-in function is a TypeScript function of one of five forms: 0 to 3 arguments, or a list of arguments that a
// signature has put in order. Signatures are text, parsed at import time:
//     "value, start=0, stop=?, /"      `?` is an optional argument given as `w_missing`
//     "iterable, /, *, key=None"       defaults: None, True, False, ints, 'text', ?
// A method's receiver is args[0] and not in the signature.
import { type int, newList, parseInteger } from "rtypescript/rlib";
import { W_Int, w_False, w_True } from "./int.ts";
import { attributeError, NO_NAMES, type OperationError, typeError, W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { newstr } from "./str.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export type Fn0 = () => W_Root;
export type Fn1 = (w_a: W_Root) => W_Root;
export type Fn2 = (w_a: W_Root, w_b: W_Root) => W_Root;
export type Fn3 = (w_a: W_Root, w_b: W_Root, w_c: W_Root) => W_Root;
export type FnN = (args: W_Root[]) => W_Root;
/** Positional arguments followed by the values of the keywords. */
export type FnKw = (args: W_Root[], names: string[]) => W_Root;

export const w_builtin_function = builtinType("builtin_function_or_method");
export const w_method_descriptor = builtinType("method_descriptor");
export const w_wrapper_descriptor = builtinType("wrapper_descriptor");
export const w_method_wrapper = builtinType("method-wrapper");
export const w_classmethod_descriptor = builtinType("classmethod_descriptor");
export const w_getset_descriptor = builtinType("getset_descriptor");
export const w_member_descriptor = builtinType("member_descriptor");
export const w_method = builtinType("method");
export const w_property = builtinType("property");
export const w_staticmethod = builtinType("staticmethod");
export const w_classmethod = builtinType("classmethod");
for (const w_class of [
  w_builtin_function,
  w_method_descriptor,
  w_wrapper_descriptor,
  w_method_wrapper,
  w_classmethod_descriptor,
  w_getset_descriptor,
  w_member_descriptor,
  w_method,
]) {
  w_class.acceptsSubclasses = false;
}
w_staticmethod.hasDict = true;
w_classmethod.hasDict = true;

/** Parameters of a built-in function with optional or keyword arguments. */
export class BuiltinSignature {
  readonly names: string[];
  /** `w_missing` for a required parameter too. */
  readonly defaults: W_Root[];
  readonly required: boolean[];
  /** Parameters before this index cannot be keywords. */
  readonly positionalOnly: int;
  /** Parameters from this index on must be keywords. */
  readonly keywordOnly: int;
  readonly minimum: int;
  /** Text signature, for help. */
  readonly text: string;
  constructor(text: string) {
    this.text = text;
    this.names = [];
    this.defaults = [];
    this.required = [];
    let positionalOnly = 0;
    let keywordOnly = -1;
    let minimum = 0;
    for (const part of text.split(",")) {
      const item = part.trim();
      if (item === "") continue;
      if (item === "/") positionalOnly = this.names.length;
      else if (item === "*") keywordOnly = this.names.length;
      else {
        const eq = item.indexOf("=");
        this.names.push(eq < 0 ? item : item.slice(0, eq).trim());
        this.defaults.push(eq < 0 ? w_missing : parseDefault(item.slice(eq + 1).trim()));
        this.required.push(eq < 0);
        if (eq < 0 && keywordOnly < 0) minimum++;
      }
    }
    this.positionalOnly = positionalOnly;
    this.keywordOnly = keywordOnly < 0 ? this.names.length : keywordOnly;
    this.minimum = minimum;
  }
}

/** Import time only. */
function parseDefault(text: string): W_Root {
  if (text === "?") return w_missing;
  if (text === "None") return w_None;
  if (text === "True") return w_True;
  if (text === "False") return w_False;
  if (text.startsWith("'")) return newstr(text.slice(1, -1));
  const value = parseInteger(text);
  if (value === null) throw new Error(`no default value is written ${text}`);
  return new W_Int(value);
}

export const FLAVOR_FUNCTION: int = 0;
export const FLAVOR_METHOD: int = 1;
/** A `__dunder__` that shows the native behaviour. */
export const FLAVOR_SLOT: int = 2;
/** `__new__`: called with the class. */
export const FLAVOR_NEW: int = 3;

const FORM_N = 4;
const FORM_KW = 5;

/** A function written in TypeScript. */
export class W_Builtin extends W_Root {
  readonly name: string;
  readonly flavor: int;
  /** The class that a method belongs to. */
  readonly w_owner: W_Type | null;
  /** Fixed number of arguments 0…3 (receiver included), FORM_N or FORM_KW. */
  form: int;
  signature: BuiltinSignature | null;
  f0: Fn0 | null;
  f1: Fn1 | null;
  f2: Fn2 | null;
  f3: Fn3 | null;
  fN: FnN | null;
  fKw: FnKw | null;
  /** `__module__` */
  module: string;
  doc: string;

  constructor(name: string, flavor: int, w_owner: W_Type | null) {
    super();
    this.name = name;
    this.flavor = flavor;
    this.w_owner = w_owner;
    this.form = FORM_KW;
    this.signature = null;
    this.f0 = null;
    this.f1 = null;
    this.f2 = null;
    this.f3 = null;
    this.fN = null;
    this.fKw = null;
    this.module = "builtins";
    this.doc = "";
  }
  override getclass(): W_Type {
    if (this.flavor === FLAVOR_METHOD) return w_method_descriptor;
    return this.flavor === FLAVOR_SLOT ? w_wrapper_descriptor : w_builtin_function;
  }
  override repr(): string {
    if (this.flavor === FLAVOR_METHOD) return `<method '${this.name}' of '${this.ownerName()}' objects>`;
    if (this.flavor === FLAVOR_SLOT) return `<slot wrapper '${this.name}' of '${this.ownerName()}' objects>`;
    if (this.flavor === FLAVOR_NEW) return `<built-in method ${this.name} of type object at ${this.address()}>`;
    return `<built-in function ${this.name}>`;
  }
  ownerName(): string {
    const w_owner = this.w_owner;
    return w_owner === null ? "" : w_owner.fullName();
  }
  /** Name with the class, for messages. */
  fullName(): string {
    const w_owner = this.w_owner;
    return this.flavor === FLAVOR_METHOD && w_owner !== null ? `${w_owner.name}.${this.name}` : this.name;
  }
  /** Name for messages about arguments. */
  shownName(): string {
    return this.flavor === FLAVOR_NEW && this.name === "__new__" ? (this.w_owner as W_Type).name : this.name;
  }
  errorName(): string {
    if (this.flavor === FLAVOR_METHOD) return this.fullName();
    if (this.flavor === FLAVOR_FUNCTION && this.module !== "builtins") return `${this.module}.${this.name}`;
    return this.shownName();
  }
  isMethod(): boolean {
    return this.flavor === FLAVOR_METHOD || this.flavor === FLAVOR_SLOT;
  }
  override isMethodDescriptor(): boolean {
    return this.flavor === FLAVOR_METHOD || this.flavor === FLAVOR_SLOT;
  }
  override isDescriptor(): boolean {
    return this.isMethod();
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null || !this.isMethod() ? this : new W_BoundBuiltin(w_obj, this);
  }
  override isCallable(): boolean {
    return true;
  }

  /** Refuses a receiver that the method is not for. */
  checkSelf(w_self: W_Root): void {
    const w_owner = this.w_owner;
    if (w_owner === null || this.flavor === FLAVOR_NEW) return;
    const w_class = w_self.getclass();
    if (w_class === w_owner || w_class.isSubtype(w_owner)) return;
    if (this.flavor === FLAVOR_SLOT) {
      throw typeError(`descriptor '${this.name}' requires a '${w_owner.name}' object but received a '${w_class.name}'`);
    }
    throw typeError(
      `descriptor '${this.name}' for '${w_owner.name}' objects doesn't apply to a '${w_class.name}' object`,
    );
  }

  override call0(): W_Root {
    if (this.form === 0) return (this.f0 as Fn0)();
    return this.callArgs([], NO_NAMES);
  }
  override call1(w_a: W_Root): W_Root {
    if (this.form === 1) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      return (this.f1 as Fn1)(w_a);
    }
    if (this.form === FORM_N && this.#takes(1)) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      const args = this.#withDefaults(1);
      args[0] = w_a;
      return (this.fN as FnN)(args);
    }
    return this.callArgs([w_a], NO_NAMES);
  }
  override call2(w_a: W_Root, w_b: W_Root): W_Root {
    if (this.form === 2) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      return (this.f2 as Fn2)(w_a, w_b);
    }
    if (this.form === FORM_N && this.#takes(2)) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      const args = this.#withDefaults(2);
      args[0] = w_a;
      args[1] = w_b;
      return (this.fN as FnN)(args);
    }
    return this.callArgs([w_a, w_b], NO_NAMES);
  }
  override call3(w_a: W_Root, w_b: W_Root, w_c: W_Root): W_Root {
    if (this.form === 3) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      return (this.f3 as Fn3)(w_a, w_b, w_c);
    }
    if (this.form === FORM_N && this.#takes(3)) {
      if (this.w_owner !== null) this.checkSelf(w_a);
      const args = this.#withDefaults(3);
      args[0] = w_a;
      args[1] = w_b;
      args[2] = w_c;
      return (this.fN as FnN)(args);
    }
    return this.callArgs([w_a, w_b, w_c], NO_NAMES);
  }

  /** Can so many positional arguments (receiver included) be passed without more ado? */
  #takes(count: int): boolean {
    const signature = this.signature as BuiltinSignature;
    const given: int = this.w_owner === null ? count : count - 1;
    return given >= signature.minimum && given <= signature.keywordOnly;
  }
  /** A list for all parameters with room for the first `count` and the defaults of the others. */
  #withDefaults(count: int): W_Root[] {
    const signature = this.signature as BuiltinSignature;
    const self: int = this.w_owner === null ? 0 : 1;
    const total: int = signature.names.length + self;
    const args = newList<W_Root>(total, w_missing);
    for (let i: int = count; i < total; i++) args[i] = signature.defaults[i - self];
    return args;
  }

  override callArgs(args: W_Root[], names: string[]): W_Root {
    if (this.w_owner !== null) {
      if (args.length === names.length) throw this.#needsArgument();
      this.checkSelf(args[0]);
    }
    if (this.form === FORM_KW) return (this.fKw as FnKw)(args, names);
    if (this.form === FORM_N) return (this.fN as FnN)(this.arrange(args, names));
    if (names.length > 0) throw typeError(`${this.errorName()}() takes no keyword arguments`);
    if (args.length !== this.form) throw this.#wrongCount(args.length);
    switch (this.form) {
      case 0:
        return (this.f0 as Fn0)();
      case 1:
        return (this.f1 as Fn1)(args[0]);
      case 2:
        return (this.f2 as Fn2)(args[0], args[1]);
      default:
        return (this.f3 as Fn3)(args[0], args[1], args[2]);
    }
  }

  #needsArgument(): OperationError {
    if (this.flavor === FLAVOR_NEW) return typeError(`${this.ownerName()}.__new__(): not enough arguments`);
    if (this.flavor === FLAVOR_SLOT) {
      return typeError(`descriptor '${this.name}' of '${this.ownerName()}' object needs an argument`);
    }
    return typeError(`unbound method ${this.fullName()}() needs an argument`);
  }
  #wrongCount(given: int): OperationError {
    const self: int = this.w_owner === null ? 0 : 1;
    const expected = this.form - self;
    if (this.flavor === FLAVOR_SLOT)
      return typeError(`expected ${expected} argument${expected === 1 ? "" : "s"}, got ${given - self}`);
    if (expected === 0) return typeError(`${this.errorName()}() takes no arguments (${given - self} given)`);
    if (expected === 1) return typeError(`${this.errorName()}() takes exactly one argument (${given - self} given)`);
    return typeError(`${this.shownName()} expected ${expected} arguments, got ${given - self}`);
  }

  /** Puts arguments in the order of the signature, with defaults. */
  arrange(args: W_Root[], names: string[]): W_Root[] {
    const signature = this.signature as BuiltinSignature;
    const self: int = this.w_owner === null ? 0 : 1;
    const total: int = signature.names.length;
    const positional: int = args.length - names.length - self;
    if (positional > signature.keywordOnly) throw this.#tooMany(signature, positional, names.length);
    const result: W_Root[] = newList<W_Root>(total + self, w_missing);
    for (let i: int = 0; i < positional + self; i++) result[i] = args[i];
    for (let i: int = positional; i < total; i++) result[i + self] = signature.defaults[i];
    for (let k: int = 0; k < names.length; k++) {
      const at = this.#keyword(signature, names[k], positional);
      result[at + self] = args[positional + self + k];
    }
    if (positional < signature.minimum) this.#requireAll(signature, result, self, positional);
    return result;
  }
  #keyword(signature: BuiltinSignature, name: string, positional: int): int {
    if (signature.positionalOnly === signature.names.length) {
      throw typeError(`${this.errorName()}() takes no keyword arguments`);
    }
    for (let i: int = signature.positionalOnly; i < signature.names.length; i++) {
      if (signature.names[i] === name) {
        if (i < positional) {
          throw typeError(`argument for ${this.shownName()}() given by name ('${name}') and position (${i + 1})`);
        }
        return i;
      }
    }
    throw typeError(`'${name}' is an invalid keyword argument for ${this.shownName()}()`);
  }
  #tooMany(signature: BuiltinSignature, given: int, keywords: int): OperationError {
    const most = signature.keywordOnly;
    if (signature.positionalOnly === signature.names.length) {
      const bound = signature.minimum === most ? "" : "at most ";
      return typeError(`${this.shownName()} expected ${bound}${most} argument${most === 1 ? "" : "s"}, got ${given}`);
    }
    const kind = signature.keywordOnly < signature.names.length ? "positional argument" : "argument";
    const bound = signature.minimum === most ? "exactly" : "at most";
    const count = signature.keywordOnly < signature.names.length ? given : given + keywords;
    return typeError(`${this.shownName()}() takes ${bound} ${most} ${kind}${most === 1 ? "" : "s"} (${count} given)`);
  }
  #requireAll(signature: BuiltinSignature, result: W_Root[], self: int, positional: int): void {
    for (let i: int = positional; i < signature.minimum; i++) {
      if (result[i + self] !== w_missing) continue;
      if (signature.positionalOnly === signature.names.length) {
        const bound = signature.minimum === signature.keywordOnly ? "" : "at least ";
        const n = signature.minimum;
        throw typeError(`${this.shownName()} expected ${bound}${n} argument${n === 1 ? "" : "s"}, got ${positional}`);
      }
      throw typeError(`${this.shownName()}() missing required argument '${signature.names[i]}' (pos ${i + 1})`);
    }
  }
}

/** A built-in method with its receiver. */
export class W_BoundBuiltin extends W_Root {
  readonly w_self: W_Root;
  readonly w_func: W_Builtin;
  constructor(w_self: W_Root, w_func: W_Builtin) {
    super();
    this.w_self = w_self;
    this.w_func = w_func;
  }
  override getclass(): W_Type {
    return this.w_func.flavor === FLAVOR_SLOT ? w_method_wrapper : w_builtin_function;
  }
  override repr(): string {
    const kind = this.w_func.flavor === FLAVOR_SLOT ? "method-wrapper" : "built-in method";
    const quote = this.w_func.flavor === FLAVOR_SLOT ? "'" : "";
    return `<${kind} ${quote}${this.w_func.name}${quote} of ${this.w_self.typename()} object at ${this.w_self.address()}>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    return this.w_func.callArgs([this.w_self, ...args], names);
  }
  override call0(): W_Root {
    return this.w_func.call1(this.w_self);
  }
  override call1(w_a: W_Root): W_Root {
    return this.w_func.call2(this.w_self, w_a);
  }
  override call2(w_a: W_Root, w_b: W_Root): W_Root {
    return this.w_func.call3(this.w_self, w_a, w_b);
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_BoundBuiltin)) return -1;
    return sameMethod(op, this.w_self === w_other.w_self && this.w_func === w_other.w_func);
  }
}

/** `repr` with a user's `__repr__`, which is defined above this file. */
export abstract class ReprFunction {
  abstract repr(w_obj: W_Root): string;
}
class InstanceRepr {
  function: ReprFunction | null;
  constructor() {
    this.function = null;
  }
  of(w_obj: W_Root): string {
    return this.function === null ? w_obj.repr() : this.function.repr(w_obj);
  }
}
export const instanceRepr = new InstanceRepr();

/** A function bound to a receiver. */
export class W_Method extends W_Root {
  readonly w_self: W_Root;
  readonly w_func: W_Root;
  constructor(w_self: W_Root, w_func: W_Root) {
    super();
    this.w_self = w_self;
    this.w_func = w_func;
  }
  override getclass(): W_Type {
    return w_method;
  }
  override repr(): string {
    const w_name = this.customGetattr("__qualname__") ?? this.customGetattr("__name__");
    const name = w_name === null ? "?" : w_name.str();
    return `<bound method ${name} of ${instanceRepr.of(this.w_self)}>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    return this.w_func.callArgs([this.w_self, ...args], names);
  }
  override call0(): W_Root {
    return this.w_func.call1(this.w_self);
  }
  override call1(w_a: W_Root): W_Root {
    return this.w_func.call2(this.w_self, w_a);
  }
  override call2(w_a: W_Root, w_b: W_Root): W_Root {
    return this.w_func.call3(this.w_self, w_a, w_b);
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Method)) return -1;
    return sameMethod(op, this.w_self === w_other.w_self && this.w_func === w_other.w_func);
  }
  override hash(): int {
    return this.w_func.hash() ^ 97;
  }
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    const w_descr = name === "__doc__" ? null : w_method.lookup(name);
    if (w_descr !== null) return w_descr.descrGet(this, w_method);
    const w_class = this.w_func.getclass();
    const part = this.w_func.userPart();
    if (part !== null) {
      const w_value = part.getslot(name);
      if (w_value !== null) return w_value;
    }
    const w_attr = w_class.lookup(name);
    return w_attr === null ? null : w_attr.descrGet(this.w_func, w_class);
  }
}

function sameMethod(op: int, same: boolean): int {
  if (op > 1) return -1;
  return same === (op === 0) ? 1 : 0;
}

/** A computed attribute of a built-in class. */
export class W_GetSet extends W_Root {
  readonly name: string;
  readonly w_owner: W_Type;
  readonly getter: Fn1;
  readonly setter: Fn2 | null;
  readonly deleter: Fn1 | null;
  constructor(name: string, w_owner: W_Type, getter: Fn1, setter: Fn2 | null, deleter: Fn1 | null) {
    super();
    this.name = name;
    this.w_owner = w_owner;
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
  }
  override getclass(): W_Type {
    return w_getset_descriptor;
  }
  override repr(): string {
    return `<attribute '${this.name}' of '${this.w_owner.fullName()}' objects>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null ? this : this.getter(w_obj);
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    if (this.setter === null) throw this.#notWritable(w_obj);
    this.setter(w_obj, w_value);
  }
  override descrDelete(w_obj: W_Root): void {
    if (this.deleter === null) throw this.#notWritable(w_obj);
    this.deleter(w_obj);
  }
  #notWritable(w_obj: W_Root): OperationError {
    return attributeError(`attribute '${this.name}' of '${w_obj.typename()}' objects is not writable`);
  }
}

/** An attribute named in `__slots__`; its value is kept under a name that programs cannot write. */
export class W_Member extends W_Root {
  readonly name: string;
  readonly key: string;
  readonly w_owner: W_Type;
  constructor(name: string, w_owner: W_Type) {
    super();
    this.name = name;
    this.key = `.${name}`;
    this.w_owner = w_owner;
  }
  override getclass(): W_Type {
    return w_member_descriptor;
  }
  override repr(): string {
    return `<member '${this.name}' of '${this.w_owner.name}' objects>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  #part(w_obj: W_Root): W_Instance {
    const part = w_obj.ensureUserPart();
    if (part === null || !w_obj.getclass().isSubtype(this.w_owner)) {
      throw typeError(
        `descriptor '${this.name}' for '${this.w_owner.name}' objects doesn't apply to a '${w_obj.typename()}' object`,
      );
    }
    return part;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    if (w_obj === null) return this;
    const w_value = this.#part(w_obj).getslot(this.key);
    if (w_value === null) throw w_obj.noAttribute(this.name);
    return w_value;
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    this.#part(w_obj).setslot(this.key, w_value);
  }
  override descrDelete(w_obj: W_Root): void {
    if (!this.#part(w_obj).delslot(this.key)) throw attributeError(this.name);
  }
}

/** `property` and its subclasses. */
export class W_Property extends W_Root {
  w_get: W_Root;
  w_set: W_Root;
  w_delete: W_Root;
  w_doc: W_Root;
  /** Is the documentation that of the getter? */
  docFromGetter: boolean;
  /** The attribute's name, from `__set_name__`. */
  name: string;
  user: W_Instance | null;
  constructor(w_get: W_Root, w_set: W_Root, w_delete: W_Root, w_doc: W_Root) {
    super();
    this.w_get = w_get;
    this.w_set = w_set;
    this.w_delete = w_delete;
    this.w_doc = w_doc;
    this.docFromGetter = false;
    this.name = "";
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_property : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    if (w_obj === null) return this;
    if (this.w_get === w_None) throw this.#refuse(w_obj, "getter");
    return this.w_get.call1(w_obj);
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    if (this.w_set === w_None) throw this.#refuse(w_obj, "setter");
    this.w_set.call2(w_obj, w_value);
  }
  override descrDelete(w_obj: W_Root): void {
    if (this.w_delete === w_None) throw this.#refuse(w_obj, "deleter");
    this.w_delete.call1(w_obj);
  }
  #refuse(w_obj: W_Root, what: string): OperationError {
    const name = this.name === "" ? "" : ` '${this.name}'`;
    return attributeError(`property${name} of '${w_obj.getclass().qualname}' object has no ${what}`);
  }
}

export class W_StaticMethod extends W_Root {
  w_func: W_Root;
  user: W_Instance | null;
  constructor(w_func: W_Root) {
    super();
    this.w_func = w_func;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_staticmethod : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(w_staticmethod.shape());
    return this.user;
  }
  override repr(): string {
    return `<staticmethod(${this.w_func.repr()})>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override descrGet(_w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return this.w_func;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    return this.w_func.callArgs(args, names);
  }
}

export class W_ClassMethod extends W_Root {
  w_func: W_Root;
  user: W_Instance | null;
  constructor(w_func: W_Root) {
    super();
    this.w_func = w_func;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_classmethod : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(w_classmethod.shape());
    return this.user;
  }
  override repr(): string {
    return `<classmethod(${this.w_func.repr()})>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override descrGet(_w_obj: W_Root | null, w_type: W_Root): W_Root {
    const w_func = this.w_func;
    if (w_func instanceof W_Builtin) return new W_BoundBuiltin(w_type, w_func);
    if (w_func.isMethodDescriptor() || !w_func.isDescriptor()) return new W_Method(w_type, w_func);
    return w_func.descrGet(w_type, w_type);
  }
}

// --- tables ------------------------------------------------------------------------------------------------------------

/** A function of a module, of 0 to 3 positional arguments. Import time. */
export function function0(name: string, f: Fn0): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = 0;
  w.f0 = f;
  return w;
}
export function function1(name: string, f: Fn1): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = 1;
  w.f1 = f;
  return w;
}
export function function2(name: string, f: Fn2): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = 2;
  w.f2 = f;
  return w;
}
export function function3(name: string, f: Fn3): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = 3;
  w.f3 = f;
  return w;
}
export function functionN(name: string, signature: string, f: FnN): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = FORM_N;
  w.signature = new BuiltinSignature(signature);
  w.fN = f;
  return w;
}
/** A function that looks at its keywords itself. */
export function functionKw(name: string, f: FnKw): W_Builtin {
  const w = new W_Builtin(name, FLAVOR_FUNCTION, null);
  w.form = FORM_KW;
  w.fKw = f;
  return w;
}

function flavorOf(name: string): int {
  return name.startsWith("__") && name.endsWith("__") && !PLAIN_DUNDERS.includes(name) ? FLAVOR_SLOT : FLAVOR_METHOD;
}
const PLAIN_DUNDERS = [
  "__reduce__",
  "__reduce_ex__",
  "__sizeof__",
  "__format__",
  "__dir__",
  "__reversed__",
  "__getnewargs__",
  "__round__",
  "__floor__",
  "__ceil__",
  "__trunc__",
  "__copy__",
  "__deepcopy__",
  "__length_hint__",
  "__instancecheck__",
  "__subclasscheck__",
  "__subclasses__",
  "__prepare__",
  "__enter__",
  "__exit__",
];

/** A method of no arguments (but the receiver). Import time, like the following. */
export function method0(w_class: W_Type, name: string, f: Fn1): void {
  const w = new W_Builtin(name, flavorOf(name), w_class);
  w.form = 1;
  w.f1 = f;
  w_class.setOwn(name, w);
}
export function method1(w_class: W_Type, name: string, f: Fn2): void {
  const w = new W_Builtin(name, flavorOf(name), w_class);
  w.form = 2;
  w.f2 = f;
  w_class.setOwn(name, w);
}
export function method2(w_class: W_Type, name: string, f: Fn3): void {
  const w = new W_Builtin(name, flavorOf(name), w_class);
  w.form = 3;
  w.f3 = f;
  w_class.setOwn(name, w);
}
/** A method with a signature: args[0] is the receiver. */
export function methodN(w_class: W_Type, name: string, signature: string, f: FnN): void {
  const w = new W_Builtin(name, flavorOf(name), w_class);
  w.form = FORM_N;
  w.signature = new BuiltinSignature(signature);
  w.fN = f;
  w_class.setOwn(name, w);
}
export function methodKw(w_class: W_Type, name: string, f: FnKw): void {
  const w = new W_Builtin(name, flavorOf(name), w_class);
  w.form = FORM_KW;
  w.fKw = f;
  w_class.setOwn(name, w);
}
/** `__new__`: args[0] is the class. */
export function newN(w_class: W_Type, signature: string, f: FnN): void {
  const w = new W_Builtin("__new__", FLAVOR_NEW, w_class);
  w.form = FORM_N;
  w.signature = new BuiltinSignature(signature);
  w.fN = f;
  w_class.setOwn("__new__", w);
}
export function newKw(w_class: W_Type, f: FnKw): void {
  const w = new W_Builtin("__new__", FLAVOR_NEW, w_class);
  w.form = FORM_KW;
  w.fKw = f;
  w_class.setOwn("__new__", w);
}
/** A class method with a signature: args[0] is the class. */
export function classMethodN(w_class: W_Type, name: string, signature: string, f: FnN): void {
  const w = new W_Builtin(name, FLAVOR_NEW, w_class);
  w.form = FORM_N;
  w.signature = new BuiltinSignature(signature);
  w.fN = f;
  w_class.setOwn(name, new W_ClassMethod(w));
}
export function staticMethodN(w_class: W_Type, name: string, signature: string, f: FnN): void {
  w_class.setOwn(name, new W_StaticMethod(functionN(name, signature, f)));
}
export function getset(
  w_class: W_Type,
  name: string,
  getter: Fn1,
  setter: Fn2 | null = null,
  deleter: Fn1 | null = null,
): void {
  w_class.setOwn(name, new W_GetSet(name, w_class, getter, setter, deleter));
}

/** Refuses keywords given to a function that looks at its arguments itself. */
export function requireNoKeywords(name: string, names: string[]): void {
  if (names.length > 0) throw typeError(`${name}() takes no keyword arguments`);
}
