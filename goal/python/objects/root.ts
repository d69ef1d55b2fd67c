// The root of all Python-level objects and the carrier of Python exceptions.
//
// A virtual method of W_Root is the *native* behaviour of a built-in type, never a look-up of a user's `__dunder__`:
// the functions of `space.ts` look at the class first (`W_Type.heap`) and call either the user's method or the native
// one. So `list.__getitem__` of a subclass that overrides it is simply the virtual method. Exceptions to the rule are
// `callArgs`/`call0…3`, `descrGet` and `getattr…`, which dispatch themselves.
//
// Results that may be absent are null: NotImplemented of binary operations, the end of an iterator.
import { ControlFlow, identityHash, type int } from "rtypescript/rlib";
import type { W_Instance, W_Type } from "./type.ts";

/** Binary operations, numbered for `binop`, `rbinop` and `ibinop` in the order of the opcodes. */
export const OP_ADD: int = 0;
export const OP_SUB: int = 1;
export const OP_MUL: int = 2;
export const OP_MATMUL: int = 3;
export const OP_TRUEDIV: int = 4;
export const OP_MOD: int = 5;
export const OP_POW: int = 6;
export const OP_LSHIFT: int = 7;
export const OP_RSHIFT: int = 8;
export const OP_OR: int = 9;
export const OP_XOR: int = 10;
export const OP_AND: int = 11;
export const OP_FLOORDIV: int = 12;
export const OP_DIVMOD: int = 13;

/** Comparisons, numbered for `compare` in the order of the opcodes. */
export const CMP_EQ: int = 0;
export const CMP_NE: int = 1;
export const CMP_LT: int = 2;
export const CMP_LE: int = 3;
export const CMP_GT: int = 4;
export const CMP_GE: int = 5;

/** Results of `compare`. */
export const NOT_IMPLEMENTED: int = -1;

/** The keyword names of a call without keywords. */
export const NO_NAMES: string[] = [];
/** No arguments. Never written to. */
export const NO_ARGS: W_Root[] = [];

/** Any Python object. */
export abstract class W_Root {
  /** Its class: `type(x)`. */
  abstract getclass(): W_Type;

  /** Name of its class for messages. */
  typename(): string {
    const w_class = this.getclass();
    return w_class.heap || w_class.module === "builtins" ? w_class.name : `${w_class.module}.${w_class.name}`;
  }

  // --- attributes -------------------------------------------------------------------------------------------------
  /** Where attributes set by the user live: the shape and its values; null for objects without `__dict__`. */
  userPart(): W_Instance | null {
    return null;
  }
  /** As `userPart`, made when the object may have one and has none yet. */
  ensureUserPart(): W_Instance | null {
    return this.userPart();
  }
  /** Does `customGetattr` replace the generic attribute access? (classes, modules, super) */
  hasCustomGetattr(): boolean {
    return false;
  }
  customGetattr(_name: string): W_Root | null {
    return null;
  }
  /** Setting and deleting for objects with attributes of their own kind (modules, …): false to go on as usual. */
  customSetattr(_name: string, _w_value: W_Root): boolean {
    return false;
  }
  customDelattr(_name: string): boolean {
    return false;
  }
  /** For AttributeErrors: which attribute was missing, if not known yet. */
  rememberAttribute(_w_obj: W_Root, _name: string): void {}
  /** The AttributeError for a missing attribute. */
  noAttribute(name: string): OperationError {
    const error = new OperationError(
      KIND_AttributeError,
      `'${this.typename()}' object has no attribute '${name}'`,
      null,
    );
    error.subject = name;
    error.w_subject = this;
    return error;
  }
  /** A descriptor's `__get__`: what reading the attribute gives. Plain objects give themselves. */
  descrGet(_w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return this;
  }
  /** Does the class define `__get__`? */
  isDescriptor(): boolean {
    return false;
  }
  /** Does the class define `__set__` or `__delete__`? */
  isDataDescriptor(): boolean {
    return false;
  }
  descrSet(_w_obj: W_Root, _w_value: W_Root): void {
    throw attributeError("__set__");
  }
  descrDelete(_w_obj: W_Root): void {
    throw attributeError("__delete__");
  }
  /** May a method call pass the receiver as first argument instead of binding? (functions and built-in methods) */
  isMethodDescriptor(): boolean {
    return false;
  }

  // --- calls ------------------------------------------------------------------------------------------------------
  /** Calls with positional arguments followed by the values of the keywords `names`. */
  callArgs(_args: W_Root[], _names: string[]): W_Root {
    throw typeError(`'${this.typename()}' object is not callable`);
  }
  call0(): W_Root {
    return this.callArgs(NO_ARGS, NO_NAMES);
  }
  call1(w_a: W_Root): W_Root {
    return this.callArgs([w_a], NO_NAMES);
  }
  call2(w_a: W_Root, w_b: W_Root): W_Root {
    return this.callArgs([w_a, w_b], NO_NAMES);
  }
  call3(w_a: W_Root, w_b: W_Root, w_c: W_Root): W_Root {
    return this.callArgs([w_a, w_b, w_c], NO_NAMES);
  }
  isCallable(): boolean {
    return false;
  }

  // --- basic protocol ---------------------------------------------------------------------------------------------
  repr(): string {
    return `<${this.qualifiedTypename()} object at ${this.address()}>`;
  }
  str(): string {
    return this.repr();
  }
  hash(): int {
    return identityHash(this);
  }
  isNone(): boolean {
    return false;
  }
  /** Are two objects the same for `is`? */
  is(w_other: W_Root): boolean {
    return this === w_other;
  }
  /** 1 true, 0 false, NOT_IMPLEMENTED. */
  compare(_op: int, _w_other: W_Root): int {
    return NOT_IMPLEMENTED;
  }
  truth(): boolean {
    return true;
  }
  binop(_op: int, _w_other: W_Root): W_Root | null {
    return null;
  }
  /** `w_left op this`. */
  rbinop(_op: int, _w_left: W_Root): W_Root | null {
    return null;
  }
  /** `this op= w_other`; null: do as the plain operation. */
  ibinop(_op: int, _w_other: W_Root): W_Root | null {
    return null;
  }
  /** Three-argument pow. */
  powmod(_w_exponent: W_Root, _w_modulus: W_Root): W_Root | null {
    return null;
  }
  neg(): W_Root {
    throw typeError(`bad operand type for unary -: '${this.typename()}'`);
  }
  pos(): W_Root {
    throw typeError(`bad operand type for unary +: '${this.typename()}'`);
  }
  invert(): W_Root {
    throw typeError(`bad operand type for unary ~: '${this.typename()}'`);
  }
  abs(): W_Root {
    throw typeError(`bad operand type for abs(): '${this.typename()}'`);
  }

  // --- containers -------------------------------------------------------------------------------------------------
  len(): int {
    throw typeError(`object of type '${this.typename()}' has no len()`);
  }
  getitem(_w_key: W_Root): W_Root {
    throw typeError(`'${this.typename()}' object is not subscriptable`);
  }
  setitem(_w_key: W_Root, _w_value: W_Root): void {
    throw typeError(`'${this.typename()}' object does not support item assignment`);
  }
  delitem(_w_key: W_Root): void {
    throw typeError(`'${this.typename()}' object doesn't support item deletion`);
  }
  /** Membership; null: search by iteration. */
  contains(_w_item: W_Root): boolean | null {
    return null;
  }
  iter(): W_Root {
    throw typeError(`'${this.typename()}' object is not iterable`);
  }
  /** The next item, null at the end. */
  next(): W_Root | null {
    throw typeError(`'${this.typename()}' object is not an iterator`);
  }
  /** A new list of all items, for lists and tuples; null: iterate. */
  itemsCopy(): W_Root[] | null {
    return null;
  }
  isIterator(): boolean {
    return false;
  }
  /** How many items an iterator still has, −1 unknown. */
  lengthHint(): int {
    return -1;
  }
  /** What a `return` gave at the end of `next`; null for None. */
  stopValue(): W_Root | null {
    return null;
  }
  /** `__reversed__`; null: by the sequence protocol. */
  reversed(): W_Root | null {
    return null;
  }
  /** `__format__` without a user's override. */
  format(spec: string): string {
    if (spec.length === 0) return this.str();
    throw typeError(`unsupported format string passed to ${this.typename()}.__format__`);
  }

  // --- views by kind (subclasses and bool included), null for others --------------------------------------------------
  /** As exact int. */
  asInt(): W_Root | null {
    return null;
  }
  /** As exact float (floats only). */
  asFloat(): W_Root | null {
    return null;
  }
  /** As exact bytes: bytes and bytearray. */
  asBytes(): W_Root | null {
    return null;
  }
  /** As exact str. */
  asStr(): W_Root | null {
    return null;
  }

  // --- naming -----------------------------------------------------------------------------------------------------
  qualifiedTypename(): string {
    return this.getclass().fullName();
  }
  address(): string {
    return `0x${(objectId(this) + 0x7f0000000000).toString(16)}`;
  }
}

/** What `id()` gives, less a constant: positive. */
export function objectId(w_obj: W_Root): int {
  return (identityHash(w_obj) & 0xfffffff) * 16;
}

/** A class of exceptions, known before the class object exists: `exceptions.ts` fills `w_type` in. */
export class ExcKind {
  readonly name: string;
  w_type: W_Root | null;
  constructor(name: string) {
    this.name = name;
    this.w_type = null;
  }
}

/** A Python exception under way. Its instance is made when somebody looks (`exceptions.ts`: `normalize`). */
export class OperationError extends ControlFlow {
  /** Class of an exception without instance yet. */
  readonly kind: ExcKind | null;
  readonly text: string;
  /** The instance. */
  w_value: W_Root | null;
  /** One argument in place of `text`. */
  w_argument: W_Root | null;
  /** Newest traceback entry. */
  w_traceback: W_Root | null;
  /** The exception that `__cause__` becomes. */
  causeError: OperationError | null;
  /** Has the exception been given its context? */
  contextSet: boolean;
  /** Raised again by the frame that caught it: no new traceback entry there. */
  again: boolean;
  /** Attribute or variable concerned, for suggestions and `name`. */
  subject: string;
  w_subject: W_Root | null;
  constructor(kind: ExcKind | null, text: string, w_value: W_Root | null) {
    super("");
    this.kind = kind;
    this.text = text;
    this.w_value = w_value;
    this.w_argument = null;
    this.w_traceback = null;
    this.causeError = null;
    this.contextSet = false;
    this.again = false;
    this.subject = "";
    this.w_subject = null;
  }
}

export const KIND_TypeError = new ExcKind("TypeError");
export const KIND_ValueError = new ExcKind("ValueError");
export const KIND_AttributeError = new ExcKind("AttributeError");
export const KIND_KeyError = new ExcKind("KeyError");
export const KIND_IndexError = new ExcKind("IndexError");
export const KIND_StopIteration = new ExcKind("StopIteration");
export const KIND_OverflowError = new ExcKind("OverflowError");
export const KIND_ZeroDivisionError = new ExcKind("ZeroDivisionError");
export const KIND_NameError = new ExcKind("NameError");
export const KIND_UnboundLocalError = new ExcKind("UnboundLocalError");
export const KIND_RuntimeError = new ExcKind("RuntimeError");
export const KIND_RecursionError = new ExcKind("RecursionError");
export const KIND_NotImplementedError = new ExcKind("NotImplementedError");
export const KIND_AssertionError = new ExcKind("AssertionError");
export const KIND_ImportError = new ExcKind("ImportError");
export const KIND_ModuleNotFoundError = new ExcKind("ModuleNotFoundError");
export const KIND_GeneratorExit = new ExcKind("GeneratorExit");
export const KIND_SystemExit = new ExcKind("SystemExit");
export const KIND_SystemError = new ExcKind("SystemError");
export const KIND_MemoryError = new ExcKind("MemoryError");
export const KIND_EOFError = new ExcKind("EOFError");
export const KIND_LookupError = new ExcKind("LookupError");
export const KIND_SyntaxError = new ExcKind("SyntaxError");
export const KIND_UnsupportedOperation = new ExcKind("UnsupportedOperation");

export function operationError(kind: ExcKind, text: string): OperationError {
  return new OperationError(kind, text, null);
}
export function typeError(text: string): OperationError {
  return new OperationError(KIND_TypeError, text, null);
}
export function valueError(text: string): OperationError {
  return new OperationError(KIND_ValueError, text, null);
}
export function indexError(text: string): OperationError {
  return new OperationError(KIND_IndexError, text, null);
}
export function overflowError(text: string): OperationError {
  return new OperationError(KIND_OverflowError, text, null);
}
export function zeroDivisionError(text: string): OperationError {
  return new OperationError(KIND_ZeroDivisionError, text, null);
}
export function runtimeError(text: string): OperationError {
  return new OperationError(KIND_RuntimeError, text, null);
}
/** `KeyError(w_key)`. */
export function keyError(w_key: W_Root): OperationError {
  const error = new OperationError(KIND_KeyError, "", null);
  error.w_argument = w_key;
  return error;
}
/** `AttributeError(text)`. */
export function attributeError(text: string): OperationError {
  return new OperationError(KIND_AttributeError, text, null);
}
/** An exception that exists as an instance. */
export function raiseValue(w_value: W_Root): OperationError {
  return new OperationError(null, "", w_value);
}
