// The operations of the language on any objects: user classes through their special methods, built-in ones natively.
import type { int } from "rtypescript/rlib";
import { FLAVOR_SLOT, instanceRepr, ReprFunction, W_Builtin } from "./builtin.ts";
import { newbool, W_Bool, W_Int, type W_Long } from "./int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  type ExcKind,
  KIND_AttributeError,
  KIND_IndexError,
  KIND_RecursionError,
  KIND_StopIteration,
  OP_ADD,
  OP_DIVMOD,
  OP_FLOORDIV,
  OP_MOD,
  OP_MUL,
  OP_OR,
  OP_POW,
  OperationError,
  operationError,
  overflowError,
  typeError,
  valueError,
  W_Root,
  zeroDivisionError,
} from "./root.ts";
import { w_None, w_NotImplemented } from "./singletons.ts";
import { indexObject } from "./slice.ts";
import { newstr, W_Str } from "./str.ts";
import {
  builtinType,
  w_object as objectClass,
  objectDelattr,
  objectGetattr,
  objectSetattr,
  W_Instance,
  W_Type,
  w_type,
} from "./type.ts";

export const BINARY_NAMES: string[] = [
  "__add__",
  "__sub__",
  "__mul__",
  "__matmul__",
  "__truediv__",
  "__mod__",
  "__pow__",
  "__lshift__",
  "__rshift__",
  "__or__",
  "__xor__",
  "__and__",
  "__floordiv__",
  "__divmod__",
];
export const REFLECTED_NAMES: string[] = BINARY_NAMES.map((name) => `__r${name.slice(2)}`);
export const INPLACE_NAMES: string[] = BINARY_NAMES.map((name) => `__i${name.slice(2)}`);
const SYMBOLS: string[] = ["+", "-", "*", "@", "/", "%", "** or pow()", "<<", ">>", "|", "^", "&", "//", "divmod()"];
const INPLACE_SYMBOLS: string[] = [
  "+=",
  "-=",
  "*=",
  "@=",
  "/=",
  "%=",
  "**=",
  "<<=",
  ">>=",
  "|=",
  "^=",
  "&=",
  "//=",
  "",
];
export const COMPARE_NAMES: string[] = ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"];
const COMPARE_SYMBOLS: string[] = ["==", "!=", "<", "<=", ">", ">="];
/** The comparison with operands exchanged. */
const SWAPPED: int[] = [CMP_EQ, CMP_NE, CMP_GT, CMP_GE, CMP_LT, CMP_LE];

// --- exceptions --------------------------------------------------------------------------------------------------------

/** Is the exception an instance of this class? */
export function matches(error: OperationError, kind: ExcKind): boolean {
  const w_wanted = kind.w_type as W_Type;
  const w_value = error.w_value;
  if (w_value !== null) return w_value.getclass().isSubtype(w_wanted);
  const own = error.kind;
  if (own === null) return false;
  return own === kind || (own.w_type as W_Type).isSubtype(w_wanted);
}

// --- special methods ---------------------------------------------------------------------------------------------------

/** A user's special method of an object; null when the native behaviour holds. */
export function userMethod(w_obj: W_Root, name: string): W_Root | null {
  const w_class = w_obj.getclass();
  if (!w_class.heap) return null;
  const w_method = w_class.lookup(name);
  if (w_method instanceof W_Builtin && w_method.flavor === FLAVOR_SLOT) return null;
  return w_method;
}

export function callBound0(w_method: W_Root, w_self: W_Root): W_Root {
  if (w_method.isMethodDescriptor()) return w_method.call1(w_self);
  return w_method.descrGet(w_self, w_self.getclass()).call0();
}
export function callBound1(w_method: W_Root, w_self: W_Root, w_a: W_Root): W_Root {
  if (w_method.isMethodDescriptor()) return w_method.call2(w_self, w_a);
  return w_method.descrGet(w_self, w_self.getclass()).call1(w_a);
}
export function callBound2(w_method: W_Root, w_self: W_Root, w_a: W_Root, w_b: W_Root): W_Root {
  if (w_method.isMethodDescriptor()) return w_method.call3(w_self, w_a, w_b);
  return w_method.descrGet(w_self, w_self.getclass()).call2(w_a, w_b);
}

// --- attributes --------------------------------------------------------------------------------------------------------

/** The attribute, or null; errors other than a missing attribute are raised. */
export function findattr(w_obj: W_Root, name: string): W_Root | null {
  const w_class = w_obj.getclass();
  if (w_class.heap && w_class.hasGetattribute()) return findattrUser(w_obj, w_class, name);
  if (!w_class.heap || !w_class.hasGetattr()) return nativeGetattr(w_obj, name);
  return findattrFallback(w_obj, w_class, name);
}

/** `object.__getattribute__`, `type.__getattribute__`, …; null when missing. */
export function nativeGetattr(w_obj: W_Root, name: string): W_Root | null {
  return w_obj.hasCustomGetattr() ? w_obj.customGetattr(name) : objectGetattr(w_obj, name);
}

function findattrFallback(w_obj: W_Root, w_class: W_Type, name: string): W_Root | null {
  try {
    const w_value = nativeGetattr(w_obj, name);
    if (w_value !== null) return w_value;
  } catch (e) {
    if (!(e instanceof OperationError) || !matches(e, KIND_AttributeError)) throw e;
  }
  return callGetattr(w_obj, w_class, name);
}

/** Calls a user's `__getattr__`; an AttributeError learns the attribute's name. */
function callGetattr(w_obj: W_Root, w_class: W_Type, name: string): W_Root {
  try {
    return callBound1(w_class.lookup("__getattr__") as W_Root, w_obj, newstr(name));
  } catch (e) {
    if (e instanceof OperationError) rememberAttribute(e, w_obj, name);
    throw e;
  }
}

/** Notes object and attribute in an AttributeError that has none. */
export function rememberAttribute(error: OperationError, w_obj: W_Root, name: string): void {
  if (!matches(error, KIND_AttributeError)) return;
  const w_value = error.w_value;
  if (w_value !== null) w_value.rememberAttribute(w_obj, name);
  else if (error.subject === "") {
    error.subject = name;
    error.w_subject = w_obj;
  }
}

function findattrUser(w_obj: W_Root, w_class: W_Type, name: string): W_Root | null {
  try {
    return callBound1(w_class.lookup("__getattribute__") as W_Root, w_obj, newstr(name));
  } catch (e) {
    if (!(e instanceof OperationError) || !matches(e, KIND_AttributeError) || !w_class.hasGetattr()) throw e;
  }
  return callGetattr(w_obj, w_class, name);
}

export function getattr(w_obj: W_Root, name: string): W_Root {
  const w_value = findattr(w_obj, name);
  if (w_value === null) throw w_obj.noAttribute(name);
  return w_value;
}

/** As `findattr`, null also when a user's method raises AttributeError. */
export function findattrQuiet(w_obj: W_Root, name: string): W_Root | null {
  try {
    return findattr(w_obj, name);
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_AttributeError)) return null;
    throw e;
  }
}

export function setattr(w_obj: W_Root, name: string, w_value: W_Root): void {
  const w_class = w_obj.getclass();
  if (w_class.heap && w_class.hasSetattr()) {
    callBound2(w_class.lookup("__setattr__") as W_Root, w_obj, newstr(name), w_value);
  } else nativeSetattr(w_obj, name, w_value);
}
export function nativeSetattr(w_obj: W_Root, name: string, w_value: W_Root): void {
  if (w_obj instanceof W_Type) typeSetattr(w_obj, name, w_value);
  else if (!w_obj.customSetattr(name, w_value)) objectSetattr(w_obj, name, w_value);
}

export function delattr(w_obj: W_Root, name: string): void {
  const w_class = w_obj.getclass();
  if (w_class.heap && w_class.hasDelattr()) callBound1(w_class.lookup("__delattr__") as W_Root, w_obj, newstr(name));
  else nativeDelattr(w_obj, name);
}
export function nativeDelattr(w_obj: W_Root, name: string): void {
  if (w_obj instanceof W_Type) typeDelattr(w_obj, name);
  else if (!w_obj.customDelattr(name)) objectDelattr(w_obj, name);
}

function typeSetattr(w_class: W_Type, name: string, w_value: W_Root): void {
  if (!w_class.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${w_class.fullName()}'`);
  const w_meta = w_class.getclass();
  const w_descr = w_meta.lookup(name);
  if (w_descr?.isDataDescriptor()) w_descr.descrSet(w_class, w_value);
  else w_class.setOwn(name, w_value);
}
function typeDelattr(w_class: W_Type, name: string): void {
  if (!w_class.heap) throw typeError(`cannot delete '${name}' attribute of immutable type '${w_class.fullName()}'`);
  const w_descr = w_class.getclass().lookup(name);
  if (w_descr?.isDataDescriptor()) w_descr.descrDelete(w_class);
  else if (w_class.dict.delete(name)) w_class.mutated();
  else throw w_class.noAttribute(name);
}

// --- calls -------------------------------------------------------------------------------------------------------------

export function callMethod0(w_obj: W_Root, name: string): W_Root {
  return getattr(w_obj, name).call0();
}
export function callMethod1(w_obj: W_Root, name: string, w_a: W_Root): W_Root {
  return getattr(w_obj, name).call1(w_a);
}

// --- text --------------------------------------------------------------------------------------------------------------

/** Objects whose repr is under way, for `[...]`. */
class ReprGuard {
  readonly active: W_Root[];
  constructor() {
    this.active = [];
  }
  enter(w_obj: W_Root): boolean {
    for (const w of this.active) if (w === w_obj) return false;
    if (this.active.length > 500) {
      throw operationError(KIND_RecursionError, "maximum recursion depth exceeded while getting the repr of an object");
    }
    this.active.push(w_obj);
    return true;
  }
  leave(): void {
    this.active.pop();
  }
}
export const reprGuard = new ReprGuard();

function textResult(w_result: W_Root, name: string): W_Str {
  const w_text = w_result.asStr();
  if (w_text instanceof W_Str) return w_text;
  throw typeError(`${name} returned non-string (type ${w_result.typename()})`);
}

export function repr(w_obj: W_Root): string {
  const w_method = userMethod(w_obj, "__repr__");
  return w_method === null ? w_obj.repr() : textResult(callBound0(w_method, w_obj), "__repr__").text;
}

class UserRepr extends ReprFunction {
  override repr(w_obj: W_Root): string {
    return repr(w_obj);
  }
}
instanceRepr.function = new UserRepr();

export function str(w_obj: W_Root): string {
  return strObject(w_obj).text;
}

export function strObject(w_obj: W_Root): W_Str {
  if (w_obj instanceof W_Str) return w_obj;
  const w_class = w_obj.getclass();
  if (!w_class.heap) return newstr(w_obj.str());
  const w_method = w_class.lookup("__str__");
  if (w_method === null) return newstr(repr(w_obj));
  if (w_method instanceof W_Builtin) {
    // `object.__str__` is `repr`; a built-in type's own is native.
    return newstr(w_class.lookupWhere("__str__") === objectClass ? repr(w_obj) : w_obj.str());
  }
  return textResult(callBound0(w_method, w_obj), "__str__");
}

export function format(w_obj: W_Root, spec: string): string {
  const w_method = userMethod(w_obj, "__format__");
  if (w_method === null || w_method instanceof W_Builtin) {
    if (spec.length === 0) return str(w_obj);
    return w_obj.format(spec);
  }
  const w_result = callBound1(w_method, w_obj, newstr(spec));
  const w_text = w_result.asStr();
  if (w_text instanceof W_Str) return w_text.text;
  throw typeError(`__format__ must return a str, not ${w_result.typename()}`);
}

/** `ascii(x)`: repr with everything beyond ASCII escaped. */
export function asciiText(text: string): string {
  const parts: string[] = [];
  for (let i: int = 0; i < text.length; i++) {
    const code: int = text.codePointAt(i) ?? 0;
    if (code > 65535) i++;
    if (code < 127) parts.push(String.fromCharCode(code));
    else if (code < 256) parts.push(`\\x${code.toString(16).padStart(2, "0")}`);
    else if (code < 65536) parts.push(`\\u${code.toString(16).padStart(4, "0")}`);
    else parts.push(`\\U${code.toString(16).padStart(8, "0")}`);
  }
  return parts.join("");
}

// --- truth, hash, comparison ---------------------------------------------------------------------------------------------

export function truth(w_obj: W_Root): boolean {
  if (w_obj instanceof W_Bool) return w_obj.value;
  const w_class = w_obj.getclass();
  if (!w_class.heap) return w_obj.truth();
  return w_class.hasBool() ? userTruth(w_obj) : true;
}

function userTruth(w_obj: W_Root): boolean {
  const w_class = w_obj.getclass();
  const w_bool = w_class.lookup("__bool__");
  if (w_bool !== null) {
    if (w_bool instanceof W_Builtin) return w_obj.truth();
    const w_result = callBound0(w_bool, w_obj);
    if (w_result instanceof W_Bool) return w_result.value;
    throw typeError(`__bool__ should return bool, returned ${w_result.typename()}`);
  }
  return len(w_obj) !== 0;
}

/** A user's `__hash__` result as hash. */
export function hash(w_obj: W_Root): int {
  const w_class = w_obj.getclass();
  if (!w_class.heap) return w_obj.hash();
  const w_method = w_class.lookup("__hash__");
  if (w_method === null || w_method === w_None) throw typeError(`unhashable type: '${w_class.name}'`);
  if (w_method instanceof W_Builtin) return w_obj.hash();
  const w_result = callBound0(w_method, w_obj).asInt();
  if (w_result === null) throw typeError("__hash__ method should return an integer");
  if (w_result instanceof W_Int) return w_result.value === -1 ? -2 : w_result.value;
  return w_result.hash();
}

/** `a == b` as a boolean, with the short cut for identical objects that containers use. */
export function eq(w_a: W_Root, w_b: W_Root): boolean {
  if (w_a === w_b) return true;
  if (w_a instanceof W_Int && w_b instanceof W_Int) return w_a.value === w_b.value;
  if (w_a instanceof W_Str && w_b instanceof W_Str) return w_a.text === w_b.text;
  return compareTruth(CMP_EQ, w_a, w_b);
}

/** `a < b` as a boolean. */
export function lt(w_a: W_Root, w_b: W_Root): boolean {
  if (w_a instanceof W_Int && w_b instanceof W_Int) return w_a.value < w_b.value;
  return compareTruth(CMP_LT, w_a, w_b);
}

/** A comparison as a boolean. */
export function compareTruth(op: int, w_a: W_Root, w_b: W_Root): boolean {
  if (!w_a.getclass().heap && !w_b.getclass().heap) return nativeCompare(op, w_a, w_b);
  return truth(userCompare(op, w_a, w_b));
}

/** A comparison. */
export function compareOp(op: int, w_a: W_Root, w_b: W_Root): W_Root {
  if (!w_a.getclass().heap && !w_b.getclass().heap) return newbool(nativeCompare(op, w_a, w_b));
  return userCompare(op, w_a, w_b);
}

function nativeCompare(op: int, w_a: W_Root, w_b: W_Root): boolean {
  let result = w_a.compare(op, w_b);
  if (result < 0) result = w_b.compare(SWAPPED[op], w_a);
  if (result >= 0) return result === 1;
  if (op === CMP_EQ) return w_a.is(w_b);
  if (op === CMP_NE) return !w_a.is(w_b);
  throw notComparable(op, w_a, w_b);
}

function notComparable(op: int, w_a: W_Root, w_b: W_Root): OperationError {
  return typeError(
    `'${COMPARE_SYMBOLS[op]}' not supported between instances of '${w_a.typename()}' and '${w_b.typename()}'`,
  );
}

function tryCompare(op: int, w_a: W_Root, w_b: W_Root): W_Root {
  const w_method = userMethod(w_a, COMPARE_NAMES[op]);
  if (w_method !== null) return callBound1(w_method, w_a, w_b);
  if (op === CMP_NE && w_a.getclass().heap && w_a.getclass().lookupWhere("__ne__") === objectClass) {
    const w_result = tryCompare(CMP_EQ, w_a, w_b);
    return w_result === w_NotImplemented ? w_result : newbool(!truth(w_result));
  }
  const result = w_a.compare(op, w_b);
  return result < 0 ? w_NotImplemented : newbool(result === 1);
}

function userCompare(op: int, w_a: W_Root, w_b: W_Root): W_Root {
  const w_ta = w_a.getclass();
  const w_tb = w_b.getclass();
  const reverseFirst = w_ta !== w_tb && w_tb.isSubtype(w_ta);
  if (reverseFirst) {
    const w_result = tryCompare(SWAPPED[op], w_b, w_a);
    if (w_result !== w_NotImplemented) return w_result;
  }
  const w_result = tryCompare(op, w_a, w_b);
  if (w_result !== w_NotImplemented) return w_result;
  if (!reverseFirst) {
    const w_other = tryCompare(SWAPPED[op], w_b, w_a);
    if (w_other !== w_NotImplemented) return w_other;
  }
  if (op === CMP_EQ) return newbool(w_a.is(w_b));
  if (op === CMP_NE) return newbool(!w_a.is(w_b));
  throw notComparable(op, w_a, w_b);
}

// --- operators -----------------------------------------------------------------------------------------------------------

/** `int | str`: makes union types; defined above this file. */
export abstract class UnionMaker {
  abstract make(w_a: W_Root, w_b: W_Root): W_Root | null;
  /** `cls[item]` */
  abstract alias(w_class: W_Root, w_item: W_Root): W_Root;
}
class UnionHook {
  maker: UnionMaker | null;
  constructor() {
    this.maker = null;
  }
}
export const unionHook = new UnionHook();

/** Makes the pair of `divmod`; tuples are defined above this file. */
export abstract class PairMaker {
  abstract pair(w_a: W_Root, w_b: W_Root): W_Root;
}
class PairHook {
  maker: PairMaker | null;
  constructor() {
    this.maker = null;
  }
}
export const pairHook = new PairHook();

/** Native `divmod`: the quotient rounded down and the remainder. */
export function nativeDivmod(w_a: W_Root, w_b: W_Root): W_Root | null {
  if ((w_a.asFloat() !== null || w_b.asFloat() !== null) && !w_b.truth()) throw zeroDivisionError("float divmod()");
  const w_quotient = w_a.binop(OP_FLOORDIV, w_b) ?? w_b.rbinop(OP_FLOORDIV, w_a);
  if (w_quotient === null || pairHook.maker === null) return null;
  const w_rest = w_a.binop(OP_MOD, w_b) ?? w_b.rbinop(OP_MOD, w_a);
  return w_rest === null ? null : pairHook.maker.pair(w_quotient, w_rest);
}
function nativeLeft(op: int, w_a: W_Root, w_b: W_Root): W_Root | null {
  return op === OP_DIVMOD ? nativeDivmod(w_a, w_b) : w_a.binop(op, w_b);
}

export function binaryOp(op: int, w_a: W_Root, w_b: W_Root): W_Root {
  const w_result = tryBinary(op, w_a, w_b);
  if (w_result !== null) return w_result;
  if (op === OP_MUL) throw notRepeatable(SYMBOLS[op], w_a, w_b);
  throw unsupported(SYMBOLS[op], w_a, w_b);
}
/** The TypeError of `*`: a sequence may be repeated by an int only. */
function notRepeatable(symbol: string, w_a: W_Root, w_b: W_Root): OperationError {
  if (!w_a.getclass().sequence && !w_b.getclass().sequence) return unsupported(symbol, w_a, w_b);
  const w_count = w_a.getclass().sequence ? w_b : w_a;
  return typeError(`can't multiply sequence by non-int of type '${w_count.typename()}'`);
}

function unsupported(symbol: string, w_a: W_Root, w_b: W_Root): OperationError {
  return typeError(`unsupported operand type(s) for ${symbol}: '${w_a.typename()}' and '${w_b.typename()}'`);
}

function tryBinary(op: int, w_a: W_Root, w_b: W_Root): W_Root | null {
  const w_ta = w_a.getclass();
  const w_tb = w_b.getclass();
  if (w_ta.heap || w_tb.heap) return userBinary(op, w_a, w_b, w_ta, w_tb);
  let w_result = nativeLeft(op, w_a, w_b);
  if (w_result === null && w_ta !== w_tb) w_result = w_b.rbinop(op, w_a);
  if (w_result !== null || op !== OP_OR || unionHook.maker === null) return w_result;
  return unionHook.maker.make(w_a, w_b);
}

function implemented(w_result: W_Root): W_Root | null {
  return w_result === w_NotImplemented ? null : w_result;
}

function tryLeft(op: int, w_a: W_Root, w_b: W_Root): W_Root | null {
  const w_method = userMethod(w_a, BINARY_NAMES[op]);
  return w_method === null ? nativeLeft(op, w_a, w_b) : implemented(callBound1(w_method, w_a, w_b));
}
function tryRight(op: int, w_a: W_Root, w_b: W_Root): W_Root | null {
  const w_method = userMethod(w_b, REFLECTED_NAMES[op]);
  return w_method === null ? w_b.rbinop(op, w_a) : implemented(callBound1(w_method, w_b, w_a));
}

function userBinary(op: int, w_a: W_Root, w_b: W_Root, w_ta: W_Type, w_tb: W_Type): W_Root | null {
  let reverseFirst = false;
  if (w_ta !== w_tb) {
    const reflected = REFLECTED_NAMES[op];
    if (w_tb.isSubtype(w_ta)) reverseFirst = w_tb.lookup(reflected) !== w_ta.lookup(reflected);
    else if (w_ta.sequence && (op === OP_ADD || op === OP_MUL)) reverseFirst = userMethod(w_b, reflected) !== null;
  }
  if (reverseFirst) {
    const w_result = tryRight(op, w_a, w_b);
    if (w_result !== null) return w_result;
  }
  let w_result = tryLeft(op, w_a, w_b);
  if (w_result === null && w_ta !== w_tb && !reverseFirst) w_result = tryRight(op, w_a, w_b);
  if (w_result !== null || op !== OP_OR || unionHook.maker === null) return w_result;
  return unionHook.maker.make(w_a, w_b);
}

export function inplaceOp(op: int, w_a: W_Root, w_b: W_Root): W_Root {
  const w_method = userMethod(w_a, INPLACE_NAMES[op]);
  if (w_method === null) {
    const w_result = w_a.ibinop(op, w_b);
    if (w_result !== null) return w_result;
  } else {
    const w_result = callBound1(w_method, w_a, w_b);
    if (w_result !== w_NotImplemented) return w_result;
  }
  const w_result = tryBinary(op, w_a, w_b);
  if (w_result !== null) return w_result;
  if (op === OP_MUL) throw notRepeatable(INPLACE_SYMBOLS[op], w_a, w_b);
  throw unsupported(INPLACE_SYMBOLS[op], w_a, w_b);
}

export function power(w_a: W_Root, w_b: W_Root, w_modulus: W_Root): W_Root {
  if (w_modulus === w_None) return binaryOp(OP_POW, w_a, w_b);
  const w_method = userMethod(w_a, "__pow__");
  if (w_method !== null) {
    const w_result = callBound2(w_method, w_a, w_b, w_modulus);
    if (w_result !== w_NotImplemented) return w_result;
  } else {
    const w_result = w_a.powmod(w_b, w_modulus);
    if (w_result !== null) return w_result;
  }
  if (w_a.asFloat() !== null || w_b.asFloat() !== null) {
    throw typeError("pow() 3rd argument not allowed unless all arguments are integers");
  }
  throw typeError(
    `unsupported operand type(s) for ** or pow(): '${w_a.typename()}', '${w_b.typename()}', '${w_modulus.typename()}'`,
  );
}

export function divmod(w_a: W_Root, w_b: W_Root): W_Root {
  return binaryOp(OP_DIVMOD, w_a, w_b);
}

export function neg(w_a: W_Root): W_Root {
  const w_method = userMethod(w_a, "__neg__");
  return w_method === null ? w_a.neg() : callBound0(w_method, w_a);
}
export function pos(w_a: W_Root): W_Root {
  const w_method = userMethod(w_a, "__pos__");
  return w_method === null ? w_a.pos() : callBound0(w_method, w_a);
}
export function invert(w_a: W_Root): W_Root {
  const w_method = userMethod(w_a, "__invert__");
  return w_method === null ? w_a.invert() : callBound0(w_method, w_a);
}
export function abs(w_a: W_Root): W_Root {
  const w_method = userMethod(w_a, "__abs__");
  return w_method === null ? w_a.abs() : callBound0(w_method, w_a);
}

// --- containers ----------------------------------------------------------------------------------------------------------

export function len(w_obj: W_Root): int {
  const w_method = userMethod(w_obj, "__len__");
  if (w_method === null) return w_obj.len();
  const w_result = callBound0(w_method, w_obj);
  const w_n = indexObject(w_result);
  if (w_n === null) throw typeError(`'${w_result.typename()}' object cannot be interpreted as an integer`);
  if (!(w_n instanceof W_Int)) {
    if ((w_n as W_Long).value < 0n) throw valueError("__len__() should return >= 0");
    throw overflowError("cannot fit 'int' into an index-sized integer");
  }
  if (w_n.value < 0) throw valueError("__len__() should return >= 0");
  return w_n.value;
}

export function getitem(w_obj: W_Root, w_key: W_Root): W_Root {
  if (w_obj instanceof W_Type) return typeGetitem(w_obj, w_key);
  const w_method = userMethod(w_obj, "__getitem__");
  return w_method === null ? w_obj.getitem(w_key) : callBound1(w_method, w_obj, w_key);
}

function typeGetitem(w_class: W_Type, w_key: W_Root): W_Root {
  const w_method = userMethod(w_class, "__getitem__");
  if (w_method !== null) return callBound1(w_method, w_class, w_key);
  const w_hook = findattr(w_class, "__class_getitem__");
  if (w_hook !== null) return w_hook.call1(w_key);
  // `type[int]`; the class `type` has no hook, because all its instances would have it.
  if (w_class === w_type && unionHook.maker !== null) return unionHook.maker.alias(w_class, w_key);
  throw typeError(`type '${w_class.name}' is not subscriptable`);
}

export function setitem(w_obj: W_Root, w_key: W_Root, w_value: W_Root): void {
  const w_method = userMethod(w_obj, "__setitem__");
  if (w_method === null) w_obj.setitem(w_key, w_value);
  else callBound2(w_method, w_obj, w_key, w_value);
}

export function delitem(w_obj: W_Root, w_key: W_Root): void {
  const w_method = userMethod(w_obj, "__delitem__");
  if (w_method === null) w_obj.delitem(w_key);
  else callBound1(w_method, w_obj, w_key);
}

export function contains(w_obj: W_Root, w_item: W_Root): boolean {
  const w_method = userMethod(w_obj, "__contains__");
  if (w_method === w_None) throw typeError(`'${w_obj.typename()}' object is not a container`);
  if (w_method !== null) return truth(callBound1(w_method, w_obj, w_item));
  const found = w_obj.contains(w_item);
  if (found !== null) return found;
  const w_class = w_obj.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
    throw typeError(`argument of type '${w_class.name}' is not iterable`);
  }
  const w_iterator = iter(w_obj);
  for (;;) {
    const w_next = next(w_iterator);
    if (w_next === null) return false;
    if (eq(w_next, w_item)) return true;
  }
}

export const w_iterator = builtinType("iterator");

/** Iterates over `obj[0]`, `obj[1]`, … until IndexError. */
class W_SequenceIterator extends W_Root {
  w_sequence: W_Root | null;
  index: int;
  constructor(w_sequence: W_Root) {
    super();
    this.w_sequence = w_sequence;
    this.index = 0;
  }
  override getclass(): W_Type {
    return w_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const w_sequence = this.w_sequence;
    if (w_sequence === null) return null;
    try {
      const w_item = getitem(w_sequence, new W_Int(this.index));
      this.index += 1;
      return w_item;
    } catch (e) {
      if (!(e instanceof OperationError)) throw e;
      if (!matches(e, KIND_IndexError) && !matches(e, KIND_StopIteration)) throw e;
      this.w_sequence = null;
      return null;
    }
  }
}

export function iter(w_obj: W_Root): W_Root {
  const w_class = w_obj.getclass();
  if (!w_class.heap) return w_obj.iter();
  const w_method = userMethod(w_obj, "__iter__");
  if (w_method === w_None) throw typeError(`'${w_class.name}' object is not iterable`);
  if (w_method !== null) {
    const w_result = callBound0(w_method, w_obj);
    if (isIterator(w_result)) return w_result;
    throw typeError(`iter() returned non-iterator of type '${w_result.typename()}'`);
  }
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") !== null)
    return new W_SequenceIterator(w_obj);
  return w_obj.iter();
}

export function isIterator(w_obj: W_Root): boolean {
  const w_class = w_obj.getclass();
  return w_class.heap ? w_class.lookup("__next__") !== null : w_obj.isIterator();
}

/** The next item of an iterator, null at the end. */
export function next(w_iterator: W_Root): W_Root | null {
  if (!w_iterator.getclass().heap) return w_iterator.next();
  return userNext(w_iterator);
}

function userNext(w_iterator: W_Root): W_Root | null {
  const w_method = userMethod(w_iterator, "__next__");
  if (w_method === null) return w_iterator.next();
  try {
    return callBound0(w_method, w_iterator);
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_StopIteration)) return null;
    throw e;
  }
}

/** All items of an iterable, in a new list. */
export function unpack(w_iterable: W_Root): W_Root[] {
  const known = w_iterable.itemsCopy();
  if (known !== null && !w_iterable.getclass().heap) return known;
  const items: W_Root[] = [];
  const w_it = iter(w_iterable);
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return items;
    items.push(w_item);
  }
}

/** Is the object an instance of a user class without native part? */
export function isPlainInstance(w_obj: W_Root): boolean {
  return w_obj instanceof W_Instance;
}

/** `operator.index`: the exact int. */
export function index(w_obj: W_Root): W_Root {
  const w_i = indexObject(w_obj);
  if (w_i === null) throw typeError(`'${w_obj.typename()}' object cannot be interpreted as an integer`);
  return w_i;
}
