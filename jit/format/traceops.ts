/**
 * The operations of traces: one table.
 *
 * Each operation is one declaration: its constant (the opnum, by which code switches), its name in texts and logs, its
 * operands, its result kind, its properties and its meaning. Everything else about operations is derived from here.
 *
 * Operand letters: `i` int kind (word, bool, char, address, class id), `r` reference, `f` float (8-byte slot: floats,
 * and 64-bit integers where the word has 32 bits), `*` any number of operands of any kind. A bool is an int 0 or 1. The
 * `descr` column names the class of descriptor that the operation carries.
 *
 * To add an operation: one line here; the optimizer treats it by its flags, the backends' tables miss it in a test.
 */
import type { int } from "../../rlib/types.ts";

/** Kinds of values. As ints, so that they can index tables; `KIND_LETTERS` gives their letter. */
export const KIND_INT = 0;
export const KIND_REF = 1;
export const KIND_FLOAT = 2;
/** No result. */
export const KIND_VOID = 3;
export const KIND_LETTERS = "irfn";

/** The result depends on the operands (and what never changes) only; no effect. */
export const PURE = 1;
/** Compares the outcome with what was traced and leaves the trace if it differs. Has failArgs and a GuardDescr. */
export const GUARD = 2;
/** Sets the overflow flag for the guard that follows immediately. */
export const OVERFLOW = 4;
/** A call: effects as its CallDescr says. Operand 0 is the function's address, if the operation has `i*`. */
export const CALL = 8;
/** Reads memory, no effect. */
export const READ = 16;
/** Writes memory, or has another effect that must stay. */
export const WRITE = 32;
/** Makes a new object; no other effect. */
export const ALLOC = 64;
/** Stops the program when its condition fails; without resume data. Removable only when implied. */
export const CHECK = 128;
/** Ends a trace. */
export const FINAL = 256;
/** A comparison: int result 0 or 1. */
export const BOOL = 512;
/** Operands may be exchanged. */
export const COMMUTES = 1024;
/** Code outside of the trace may run: exceptions may be pending afterwards. */
export const RAISES = 2048;

/** One row of the table. */
export class TraceOpInfo {
  readonly opnum: int;
  readonly name: string;
  /** Letters of the operands; ends in `*` if variable. */
  readonly operands: string;
  /** KIND_… of the result. */
  readonly result: int;
  readonly flags: int;
  /** Class of the descriptor: "field", "array", "interior", "size", "call", "guard", "target", or "" for none. */
  readonly descr: string;
  readonly doc: string;

  constructor(opnum: int, name: string, operands: string, result: int, flags: int, descr: string, doc: string) {
    this.opnum = opnum;
    this.name = name;
    this.operands = operands;
    this.result = result;
    this.flags = flags;
    this.descr = descr;
    this.doc = doc;
  }
}

/** All operations, by opnum. */
export const TRACE_OPS: TraceOpInfo[] = [];

const kinds: Record<string, number> = { i: KIND_INT, r: KIND_REF, f: KIND_FLOAT, n: KIND_VOID };

/** `signature`: operands, `>`, result letter. */
function op(name: string, signature: string, flags: number, doc: string, descr = ""): number {
  const [operands, result] = signature.split(">");
  const kind = kinds[result ?? ""];
  if (operands === undefined || kind === undefined) throw new Error(`bad signature of ${name}`);
  if (TRACE_OPS.some((row) => row.name === name)) throw new Error(`${name} declared twice`);
  TRACE_OPS.push(Object.freeze(new TraceOpInfo(TRACE_OPS.length, name, operands, kind, flags, descr, doc)));
  return TRACE_OPS.length - 1;
}

// Integers. Everything wraps; "word" is the target's.
export const INT_ADD = op("int_add", "ii>i", PURE | COMMUTES, "wrapping sum");
export const INT_SUB = op("int_sub", "ii>i", PURE, "wrapping difference");
export const INT_MUL = op("int_mul", "ii>i", PURE | COMMUTES, "wrapping product");
export const INT_FLOORDIV = op(
  "int_floordiv",
  "ii>i",
  PURE,
  "quotient truncated toward 0; divisor not 0, quotient fits",
);
export const INT_MOD = op("int_mod", "ii>i", PURE, "remainder with the sign of the dividend; same preconditions");
export const UINT_FLOORDIV = op("uint_floordiv", "ii>i", PURE, "quotient of unsigned words; divisor not 0");
export const UINT_MOD = op("uint_mod", "ii>i", PURE, "remainder of unsigned words; divisor not 0");
export const INT_AND = op("int_and", "ii>i", PURE | COMMUTES, "bitwise and");
export const INT_OR = op("int_or", "ii>i", PURE | COMMUTES, "bitwise or");
export const INT_XOR = op("int_xor", "ii>i", PURE | COMMUTES, "bitwise exclusive or");
export const INT_LSHIFT = op("int_lshift", "ii>i", PURE, "shift left, 0 <= count < width");
export const INT_RSHIFT = op("int_rshift", "ii>i", PURE, "shift right, the sign comes in; 0 <= count < width");
export const INT_URSHIFT = op("int_urshift", "ii>i", PURE, "shift right, zeros come in; 0 <= count < width");
export const INT_NEG = op("int_neg", "i>i", PURE, "wrapping negation");
export const INT_INVERT = op("int_invert", "i>i", PURE, "bitwise complement");
export const INT_SIGNEXT = op("int_signext", "ii>i", PURE, "low bytes (second operand, constant), the sign kept");
export const INT_ZEROEXT = op("int_zeroext", "ii>i", PURE, "low bytes (second operand, constant), zeros above");
export const INT_CLZ = op("int_clz", "i>i", PURE, "zero bits above the highest one; the width for 0");
export const INT_CTZ = op("int_ctz", "i>i", PURE, "zero bits below the lowest one; the width for 0");
export const INT_POPCOUNT = op("int_popcount", "i>i", PURE, "one bits");
export const INT_MUL_HIGH = op("int_mul_high", "ii>i", PURE | COMMUTES, "upper word of the exact signed product");
export const UINT_MUL_HIGH = op("uint_mul_high", "ii>i", PURE | COMMUTES, "upper word of the exact unsigned product");

export const INT_LT = op("int_lt", "ii>i", PURE | BOOL, "less");
export const INT_LE = op("int_le", "ii>i", PURE | BOOL, "less or equal");
export const INT_EQ = op("int_eq", "ii>i", PURE | BOOL | COMMUTES, "equal");
export const INT_NE = op("int_ne", "ii>i", PURE | BOOL | COMMUTES, "different");
export const INT_GT = op("int_gt", "ii>i", PURE | BOOL, "greater");
export const INT_GE = op("int_ge", "ii>i", PURE | BOOL, "greater or equal");
export const UINT_LT = op("uint_lt", "ii>i", PURE | BOOL, "less, unsigned");
export const UINT_LE = op("uint_le", "ii>i", PURE | BOOL, "less or equal, unsigned");
export const UINT_GT = op("uint_gt", "ii>i", PURE | BOOL, "greater, unsigned");
export const UINT_GE = op("uint_ge", "ii>i", PURE | BOOL, "greater or equal, unsigned");
export const INT_IS_TRUE = op("int_is_true", "i>i", PURE | BOOL, "not 0");
export const INT_IS_ZERO = op("int_is_zero", "i>i", PURE | BOOL, "0");

export const INT_ADD_OVF = op("int_add_ovf", "ii>i", PURE | OVERFLOW | COMMUTES, "sum; guard_(no_)overflow follows");
export const INT_SUB_OVF = op("int_sub_ovf", "ii>i", PURE | OVERFLOW, "difference; guard_(no_)overflow follows");
export const INT_MUL_OVF = op(
  "int_mul_ovf",
  "ii>i",
  PURE | OVERFLOW | COMMUTES,
  "product; guard_(no_)overflow follows",
);

// Floats: IEEE doubles.
export const FLOAT_ADD = op("float_add", "ff>f", PURE | COMMUTES, "sum");
export const FLOAT_SUB = op("float_sub", "ff>f", PURE, "difference");
export const FLOAT_MUL = op("float_mul", "ff>f", PURE | COMMUTES, "product");
export const FLOAT_TRUEDIV = op("float_truediv", "ff>f", PURE, "quotient");
export const FLOAT_NEG = op("float_neg", "f>f", PURE, "sign flipped");
export const FLOAT_ABS = op("float_abs", "f>f", PURE, "sign cleared");
export const FLOAT_SQRT = op("float_sqrt", "f>f", PURE, "square root, correctly rounded");
export const FLOAT_FLOOR = op("float_floor", "f>f", PURE, "rounded toward minus infinity");
export const FLOAT_CEIL = op("float_ceil", "f>f", PURE, "rounded toward plus infinity");
export const FLOAT_TRUNC = op("float_trunc", "f>f", PURE, "rounded toward 0");
export const FLOAT_LT = op("float_lt", "ff>i", PURE | BOOL, "less; false with NaN");
export const FLOAT_LE = op("float_le", "ff>i", PURE | BOOL, "less or equal; false with NaN");
export const FLOAT_EQ = op("float_eq", "ff>i", PURE | BOOL | COMMUTES, "equal; false with NaN");
export const FLOAT_NE = op("float_ne", "ff>i", PURE | BOOL | COMMUTES, "different; true with NaN");
export const FLOAT_GT = op("float_gt", "ff>i", PURE | BOOL, "greater; false with NaN");
export const FLOAT_GE = op("float_ge", "ff>i", PURE | BOOL, "greater or equal; false with NaN");
export const CAST_INT_TO_FLOAT = op("cast_int_to_float", "i>f", PURE, "nearest double of the signed word");
export const CAST_UINT_TO_FLOAT = op("cast_uint_to_float", "i>f", PURE, "nearest double of the unsigned word");
export const CAST_FLOAT_TO_INT = op("cast_float_to_int", "f>i", PURE, "truncated; the value is in range");
export const FLOAT_HIGH_BITS = op("float_high_bits", "f>i", PURE, "bits 32 to 63, zero-extended into the word");
export const FLOAT_LOW_BITS = op("float_low_bits", "f>i", PURE, "bits 0 to 31, zero-extended into the word");
export const FLOAT_FROM_HALVES = op("float_from_halves", "ii>f", PURE, "the float with these high and low 32 bits");
export const FLOAT_TO_WORD_BITS = op("float_to_word_bits", "f>i", PURE, "all 64 bits; only where the word has 64");
export const WORD_BITS_TO_FLOAT = op("word_bits_to_float", "i>f", PURE, "from all 64 bits; only where the word has 64");

// References and copies.
export const PTR_EQ = op("ptr_eq", "rr>i", PURE | BOOL | COMMUTES, "the same object or both null");
export const PTR_NE = op("ptr_ne", "rr>i", PURE | BOOL | COMMUTES, "not the same object");
export const CLASS_OF = op("class_of", "r>i", PURE, "class id of a non-null object");
export const IS_INSTANCE = op("is_instance", "r>i", PURE | BOOL, "is a non-null object of the class or below", "size");
export const SAME_AS_I = op("same_as_i", "i>i", PURE, "the operand");
export const SAME_AS_R = op("same_as_r", "r>r", PURE, "the operand");
export const SAME_AS_F = op("same_as_f", "f>f", PURE, "the operand");

// Objects. The object is not null, an index is in range.
export const GETFIELD_GC_I = op("getfield_gc_i", "r>i", READ, "a field; pure if its descriptor is immutable", "field");
export const GETFIELD_GC_R = op("getfield_gc_r", "r>r", READ, "a field", "field");
export const GETFIELD_GC_F = op("getfield_gc_f", "r>f", READ, "a field", "field");
export const SETFIELD_GC = op("setfield_gc", "r*>n", WRITE, "stores a field", "field");
export const GETARRAYITEM_GC_I = op("getarrayitem_gc_i", "ri>i", READ, "an item; pure if immutable", "array");
export const GETARRAYITEM_GC_R = op("getarrayitem_gc_r", "ri>r", READ, "an item", "array");
export const GETARRAYITEM_GC_F = op("getarrayitem_gc_f", "ri>f", READ, "an item", "array");
export const SETARRAYITEM_GC = op("setarrayitem_gc", "ri*>n", WRITE, "stores an item", "array");
export const GETINTERIORFIELD_GC_I = op("getinteriorfield_gc_i", "ri>i", READ, "a field of an item", "interior");
export const GETINTERIORFIELD_GC_R = op("getinteriorfield_gc_r", "ri>r", READ, "a field of an item", "interior");
export const GETINTERIORFIELD_GC_F = op("getinteriorfield_gc_f", "ri>f", READ, "a field of an item", "interior");
export const SETINTERIORFIELD_GC = op("setinteriorfield_gc", "ri*>n", WRITE, "stores a field of an item", "interior");
export const ARRAYLEN_GC = op("arraylen_gc", "r>i", PURE, "items, fixed at allocation", "array");
export const STRLEN = op("strlen", "r>i", PURE, "units of a string");
export const STRGETITEM = op("strgetitem", "ri>i", PURE, "a unit of a finished string");
export const NEWSTR = op(
  "newstr",
  "i>r",
  ALLOC,
  "a new string, its units undefined, to be filled before anything reads it",
);
export const STRSETITEM = op("strsetitem", "rii>n", WRITE, "stores a unit into a new string");
export const COPYSTRCONTENT = op(
  "copystrcontent",
  "rriii>n",
  WRITE,
  "copies units: from, to, from's start, to's start, n",
);
export const NEW = op("new", ">r", ALLOC, "a zeroed struct without class", "size");
export const NEW_WITH_VTABLE = op(
  "new_with_vtable",
  ">r",
  ALLOC,
  "a zeroed instance of the descriptor's class",
  "size",
);
export const NEW_ARRAY = op("new_array", "i>r", ALLOC, "n items, undefined unless they are references", "array");
export const NEW_ARRAY_CLEAR = op("new_array_clear", "i>r", ALLOC, "n zeroed items; n >= 0", "array");

// Raw memory: not moved, not traced.
export const RAW_LOAD_I = op("raw_load_i", "ii>i", READ, "at address + bytes, sized by the descriptor", "array");
export const RAW_LOAD_F = op("raw_load_f", "ii>f", READ, "at address + bytes", "array");
export const RAW_STORE = op("raw_store", "ii*>n", WRITE, "at address + bytes: the third operand", "array");
export const GETFIELD_RAW_I = op("getfield_raw_i", "i>i", READ, "a field of a raw struct; pure if immutable", "field");
export const GETFIELD_RAW_R = op("getfield_raw_r", "i>r", READ, "a field of a raw struct", "field");
export const GETFIELD_RAW_F = op("getfield_raw_f", "i>f", READ, "a field of a raw struct", "field");
export const SETFIELD_RAW = op("setfield_raw", "i*>n", WRITE, "stores a field of a raw struct", "field");

// Calls: function address, then arguments as the descriptor says.
export const CALL_I = op("call_i", "i*>i", CALL, "a call that may do what its descriptor says", "call");
export const CALL_R = op("call_r", "i*>r", CALL, "a call", "call");
export const CALL_F = op("call_f", "i*>f", CALL, "a call", "call");
export const CALL_N = op("call_n", "i*>n", CALL, "a call", "call");
export const CALL_PURE_I = op(
  "call_pure_i",
  "i*>i",
  CALL,
  "an elidable call; becomes call_i unless folded or reused",
  "call",
);
export const CALL_PURE_R = op("call_pure_r", "i*>r", CALL, "an elidable call", "call");
export const CALL_PURE_F = op("call_pure_f", "i*>f", CALL, "an elidable call", "call");
export const CALL_PURE_N = op("call_pure_n", "i*>n", CALL, "an elidable call without result", "call");
export const CALL_MAY_FORCE_I = op(
  "call_may_force_i",
  "i*>i",
  CALL,
  "a call that may force the frame; guard_not_forced follows",
  "call",
);
export const CALL_MAY_FORCE_R = op("call_may_force_r", "i*>r", CALL, "a call that may force", "call");
export const CALL_MAY_FORCE_F = op("call_may_force_f", "i*>f", CALL, "a call that may force", "call");
export const CALL_MAY_FORCE_N = op("call_may_force_n", "i*>n", CALL, "a call that may force", "call");
export const CALL_LOOPINVARIANT_I = op(
  "call_loopinvariant_i",
  "i*>i",
  CALL,
  "same result throughout one run of a loop",
  "call",
);
export const CALL_LOOPINVARIANT_R = op("call_loopinvariant_r", "i*>r", CALL, "loop-invariant call", "call");
export const CALL_LOOPINVARIANT_F = op("call_loopinvariant_f", "i*>f", CALL, "loop-invariant call", "call");
export const CALL_LOOPINVARIANT_N = op("call_loopinvariant_n", "i*>n", CALL, "loop-invariant call", "call");
export const CALL_ASSEMBLER_I = op(
  "call_assembler_i",
  "*>i",
  CALL,
  "runs another loop; may force; operands are its inputs",
  "target",
);
export const CALL_ASSEMBLER_R = op("call_assembler_r", "*>r", CALL, "runs another loop", "target");
export const CALL_ASSEMBLER_F = op("call_assembler_f", "*>f", CALL, "runs another loop", "target");
export const CALL_ASSEMBLER_N = op("call_assembler_n", "*>n", CALL, "runs another loop", "target");
export const COND_CALL = op("cond_call", "ii*>n", CALL, "if operand 0 then call: function is operand 1", "call");
export const COND_CALL_VALUE_I = op(
  "cond_call_value_i",
  "ii*>i",
  CALL,
  "operand 0 unless 0, else the call's result",
  "call",
);
export const COND_CALL_VALUE_R = op(
  "cond_call_value_r",
  "ri*>r",
  CALL,
  "operand 0 unless null, else the call's result",
  "call",
);
export const LOAD_FLAG = op("load_flag", ">i", READ, "the flag left by the call just before");
export const STORE_FLAG = op("store_flag", "i>n", WRITE, "leaves the flag of a nullable result, before finish");
export const SAVE_EXCEPTION = op("save_exception", ">r", WRITE, "takes the pending exception out of the Vm struct");
export const SAVE_EXC_CLASS = op(
  "save_exc_class",
  ">i",
  READ,
  "class id of the pending exception, 0 when there is none",
);
export const RESTORE_EXCEPTION = op("restore_exception", "r>n", WRITE, "makes an exception pending");

// Guards.
export const GUARD_TRUE = op("guard_true", "i>n", GUARD, "not 0", "guard");
export const GUARD_FALSE = op("guard_false", "i>n", GUARD, "0", "guard");
export const GUARD_VALUE = op("guard_value", "**>n", GUARD, "equal to the second operand, a constant", "guard");
export const GUARD_CLASS = op("guard_class", "ri>n", GUARD, "class id of a non-null object", "guard");
export const GUARD_NONNULL = op("guard_nonnull", "r>n", GUARD, "not null", "guard");
export const GUARD_ISNULL = op("guard_isnull", "r>n", GUARD, "null", "guard");
export const GUARD_NONNULL_CLASS = op("guard_nonnull_class", "ri>n", GUARD, "not null and of the class", "guard");
export const GUARD_NO_EXCEPTION = op("guard_no_exception", ">n", GUARD, "nothing pending", "guard");
export const GUARD_EXCEPTION = op(
  "guard_exception",
  "i>r",
  GUARD,
  "takes a pending exception of exactly this class",
  "guard",
);
export const GUARD_NO_OVERFLOW = op("guard_no_overflow", ">n", GUARD, "the operation before did not overflow", "guard");
export const GUARD_OVERFLOW = op("guard_overflow", ">n", GUARD, "the operation before overflowed", "guard");
export const GUARD_NOT_FORCED = op(
  "guard_not_forced",
  ">n",
  GUARD,
  "the call before did not force this frame",
  "guard",
);
export const GUARD_NOT_FORCED_2 = op(
  "guard_not_forced_2",
  ">n",
  GUARD,
  "the frame was not forced; before finish",
  "guard",
);
export const GUARD_NOT_INVALIDATED = op(
  "guard_not_invalidated",
  ">n",
  GUARD,
  "no quasi-immutable that this loop relies on changed",
  "guard",
);
export const GUARD_ALWAYS_FAILS = op("guard_always_fails", ">n", GUARD, "leaves the trace", "guard");

// Checks that stop the program.
export const CHECK_INDEX = op("check_index", "ii>n", CHECK, "0 <= first < second");
export const CHECK_NONNULL = op("check_nonnull", "r>n", CHECK, "not null");
export const CHECK_CAST = op("check_cast", "r>n", CHECK, "a non-null object of the class or below", "size");
export const CHECK_TRUE = op("check_true", "i>n", CHECK, "not 0");

// Structure of traces, frames, bookkeeping.
export const LABEL = op("label", "*>n", 0, "a place to jump to with these values", "target");
export const JUMP = op("jump", "*>n", FINAL, "to a label, which its operands' values enter", "target");
export const FINISH = op("finish", "*>n", FINAL, "leaves the trace with a result (or none)", "guard");
export const FORCE_TOKEN = op("force_token", ">i", PURE, "identifies this machine frame: its address");
export const VIRTUAL_REF = op(
  "virtual_ref",
  "ri>r",
  ALLOC,
  "a reference to a perhaps virtual object; index of its frame",
);
export const VIRTUAL_REF_FINISH = op("virtual_ref_finish", "rr>n", WRITE, "ends a virtual_ref with the object or null");
export const KEEPALIVE = op("keepalive", "r>n", WRITE, "the object is reachable up to here");
export const QUASIIMMUT_FIELD = op(
  "quasiimmut_field",
  "r>n",
  READ,
  "the read that follows is of a quasi-immutable",
  "field",
);
export const RECORD_EXACT_CLASS = op("record_exact_class", "ri>n", 0, "promise: the object is of this class");
export const DEBUG_MERGE_POINT = op("debug_merge_point", "*>n", 0, "position: driver, depth of calls, greens");
export const CHECK_MEMORY_ERROR = op("check_memory_error", "r>n", WRITE, "a null from an allocator raises");
export const INCREMENT_DEBUG_COUNTER = op(
  "increment_debug_counter",
  "i>n",
  WRITE,
  "adds 1 to the counter at the address",
);

Object.freeze(TRACE_OPS);

/** The row of an operation. */
export function traceOpInfo(opnum: int): TraceOpInfo {
  return TRACE_OPS[opnum] as TraceOpInfo;
}

/** Does the operation have this property? */
export function hasFlag(opnum: int, flag: int): boolean {
  return ((TRACE_OPS[opnum] as TraceOpInfo).flags & flag) !== 0;
}

export function isGuard(opnum: int): boolean {
  return hasFlag(opnum, GUARD);
}

export function isCall(opnum: int): boolean {
  return hasFlag(opnum, CALL);
}

/** The `…_i`, `…_r`, `…_f` (or `…_n`) member of a family, given its `…_i` member. They stand in this order. */
export function opForKind(intOp: int, kind: int): int {
  return intOp + kind;
}
