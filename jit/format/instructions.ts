/**
 * The instructions of jitcodes: bytecode of the *interpreter*, made from its low-level graphs by the codewriter, read by
 * the tracer and by the blackhole interpreter. This table is all that they share about it.
 *
 * A jitcode is a sequence of 16-bit units: the opcode, then its operands. Each kind of value has registers of its own,
 * and the constants of a kind are numbered after its registers, so that an operand is one unit either way. Operands by
 * the letters of an instruction's format:
 *
 *     i r f     a register or constant of a kind (int word, GC reference, float)
 *     I R F     a list of them: a count, then that many units
 *     c         a small signed number (one unit)
 *     d         a descriptor: number in the store's table (two units, low half first)
 *     j         a jitcode: number in the store's table (two units)
 *     L         a position in this jitcode (two units)
 *     l         an offset into the store's liveness table (two units)
 *     >i >r >f  the result register, always last
 *
 * Booleans, chars, narrow integers, addresses and raw pointers are ints (narrow integers always extended by their own
 * signedness). Where an operand list and a call descriptor meet, the descriptor says in which order kinds alternate.
 *
 * `live` stands in front of every instruction that can become a guard which resumes *before* the instruction, and
 * directly behind every call, where a guard on its outcome resumes. It names the registers that are alive there.
 *
 * To add an instruction: a line here, its making in `jit/codewriter`, its case in the blackhole interpreter and in the
 * tracer.
 */
import type { int } from "../../rlib/types.ts";

const names: string[] = [];
const formats: string[] = [];
const docs: string[] = [];

function define(name: string, format: string, doc: string): int {
  names.push(name);
  formats.push(format);
  docs.push(doc);
  return names.length - 1;
}

// Ints. All wrap to the word.
export const INT_ADD: int = define("int_add", "ii>i", "sum");
export const INT_SUB: int = define("int_sub", "ii>i", "difference");
export const INT_MUL: int = define("int_mul", "ii>i", "product");
export const INT_FLOORDIV: int = define("int_floordiv", "ii>i", "truncating quotient; divisor not 0, quotient fits");
export const INT_MOD: int = define("int_mod", "ii>i", "remainder with the dividend's sign; same preconditions");
export const INT_AND: int = define("int_and", "ii>i", "bitwise and");
export const INT_OR: int = define("int_or", "ii>i", "bitwise or");
export const INT_XOR: int = define("int_xor", "ii>i", "bitwise exclusive or");
export const INT_LSHIFT: int = define("int_lshift", "ii>i", "shift left; 0 <= count < width");
export const INT_RSHIFT: int = define("int_rshift", "ii>i", "arithmetic shift right; 0 <= count < width");
export const UINT_RSHIFT: int = define("uint_rshift", "ii>i", "logical shift right; 0 <= count < width");
export const INT_NEG: int = define("int_neg", "i>i", "negation");
export const INT_INVERT: int = define("int_invert", "i>i", "bitwise complement");
export const INT_SIGNEXT: int = define("int_signext", "ic>i", "the low c bytes, sign-extended");
export const INT_ZEROEXT: int = define("int_zeroext", "ic>i", "the low c bytes, zero-extended");
export const INT_LT: int = define("int_lt", "ii>i", "signed less");
export const INT_LE: int = define("int_le", "ii>i", "signed less or equal");
export const INT_EQ: int = define("int_eq", "ii>i", "equal");
export const INT_NE: int = define("int_ne", "ii>i", "different");
export const INT_GT: int = define("int_gt", "ii>i", "signed greater");
export const INT_GE: int = define("int_ge", "ii>i", "signed greater or equal");
export const UINT_LT: int = define("uint_lt", "ii>i", "unsigned less");
export const UINT_LE: int = define("uint_le", "ii>i", "unsigned less or equal");
export const UINT_GT: int = define("uint_gt", "ii>i", "unsigned greater");
export const UINT_GE: int = define("uint_ge", "ii>i", "unsigned greater or equal");
export const INT_IS_ZERO: int = define("int_is_zero", "i>i", "equal to 0");
export const INT_IS_TRUE: int = define("int_is_true", "i>i", "different from 0");
export const INT_ADD_JUMP_IF_OVF: int = define(
  "int_add_jump_if_ovf",
  "iiL>i",
  "sum, or a jump when it leaves the word",
);
export const INT_SUB_JUMP_IF_OVF: int = define("int_sub_jump_if_ovf", "iiL>i", "difference, or a jump");
export const INT_MUL_JUMP_IF_OVF: int = define("int_mul_jump_if_ovf", "iiL>i", "product, or a jump");

// Floats.
export const FLOAT_ADD: int = define("float_add", "ff>f", "IEEE sum");
export const FLOAT_SUB: int = define("float_sub", "ff>f", "IEEE difference");
export const FLOAT_MUL: int = define("float_mul", "ff>f", "IEEE product");
export const FLOAT_TRUEDIV: int = define("float_truediv", "ff>f", "IEEE quotient");
export const FLOAT_NEG: int = define("float_neg", "f>f", "sign flipped");
export const FLOAT_ABS: int = define("float_abs", "f>f", "sign cleared");
export const FLOAT_SQRT: int = define("float_sqrt", "f>f", "square root");
export const FLOAT_FLOOR: int = define("float_floor", "f>f", "rounded toward minus infinity");
export const FLOAT_CEIL: int = define("float_ceil", "f>f", "rounded toward plus infinity");
export const FLOAT_TRUNC: int = define("float_trunc", "f>f", "rounded toward 0");
export const FLOAT_LT: int = define("float_lt", "ff>i", "less; false with NaN");
export const FLOAT_LE: int = define("float_le", "ff>i", "less or equal; false with NaN");
export const FLOAT_EQ: int = define("float_eq", "ff>i", "equal; false with NaN");
export const FLOAT_NE: int = define("float_ne", "ff>i", "different; true with NaN");
export const FLOAT_GT: int = define("float_gt", "ff>i", "greater; false with NaN");
export const FLOAT_GE: int = define("float_ge", "ff>i", "greater or equal; false with NaN");
export const CAST_INT_TO_FLOAT: int = define("cast_int_to_float", "i>f", "nearest double");
export const CAST_UINT_TO_FLOAT: int = define("cast_uint_to_float", "i>f", "nearest double of the unsigned word");
export const CAST_FLOAT_TO_INT: int = define("cast_float_to_int", "f>i", "truncates; the value is in range");
export const CONVERT_FLOAT_BYTES_TO_INT: int = define(
  "convert_float_bytes_to_int",
  "f>i",
  "IEEE representation; 64-bit words only",
);
export const CONVERT_INT_BYTES_TO_FLOAT: int = define("convert_int_bytes_to_float", "i>f", "from the representation");

// Moves.
export const INT_COPY: int = define("int_copy", "i>i", "moves");
export const REF_COPY: int = define("ref_copy", "r>r", "moves");
export const FLOAT_COPY: int = define("float_copy", "f>f", "moves");

// References.
export const PTR_EQ: int = define("ptr_eq", "rr>i", "the same object or both null");
export const PTR_NE: int = define("ptr_ne", "rr>i", "not the same object");
export const PTR_ISZERO: int = define("ptr_iszero", "r>i", "null");
export const PTR_NONZERO: int = define("ptr_nonzero", "r>i", "not null");

// Control. Conditional jumps are taken when the condition does NOT hold.
export const LIVE: int = define("live", "l", "the registers alive here");
export const GOTO: int = define("goto", "L", "jumps");
export const GOTO_IF_NOT: int = define("goto_if_not", "iL", "jumps if 0");
export const GOTO_IF_NOT_INT_LT: int = define("goto_if_not_int_lt", "iiL", "jumps if not less");
export const GOTO_IF_NOT_INT_LE: int = define("goto_if_not_int_le", "iiL", "jumps if not less or equal");
export const GOTO_IF_NOT_INT_EQ: int = define("goto_if_not_int_eq", "iiL", "jumps if not equal");
export const GOTO_IF_NOT_INT_NE: int = define("goto_if_not_int_ne", "iiL", "jumps if not different");
export const GOTO_IF_NOT_INT_GT: int = define("goto_if_not_int_gt", "iiL", "jumps if not greater");
export const GOTO_IF_NOT_INT_GE: int = define("goto_if_not_int_ge", "iiL", "jumps if not greater or equal");
export const GOTO_IF_NOT_INT_IS_ZERO: int = define("goto_if_not_int_is_zero", "iL", "jumps if not 0");
export const GOTO_IF_NOT_PTR_EQ: int = define("goto_if_not_ptr_eq", "rrL", "jumps if not the same object");
export const GOTO_IF_NOT_PTR_NE: int = define("goto_if_not_ptr_ne", "rrL", "jumps if the same object");
export const GOTO_IF_NOT_PTR_ISZERO: int = define("goto_if_not_ptr_iszero", "rL", "jumps if not null");
export const GOTO_IF_NOT_PTR_NONZERO: int = define("goto_if_not_ptr_nonzero", "rL", "jumps if null");
export const SWITCH: int = define("switch", "id", "jumps by a SwitchDescr; goes on when no case fits");
export const INT_RETURN: int = define("int_return", "i", "returns");
export const REF_RETURN: int = define("ref_return", "r", "returns");
export const FLOAT_RETURN: int = define("float_return", "f", "returns");
export const VOID_RETURN: int = define("void_return", "", "returns nothing");
export const UNREACHABLE: int = define("unreachable", "", "control never comes here");

// Exceptions. An exception raised by a call is looked for a handler at the position behind the call (and its `live`).
export const CATCH_EXCEPTION: int = define("catch_exception", "L", "nothing; exceptions of the call before jump there");
export const LAST_EXC_VALUE: int = define("last_exc_value", ">r", "the exception just caught, first in a handler");
export const RAISE: int = define("raise", "r", "leaves with this exception");

// Guards and hints.
export const INT_GUARD_VALUE: int = define("int_guard_value", "i", "promotes a register: constant from here");
export const REF_GUARD_VALUE: int = define("ref_guard_value", "r", "promotes a register");
export const FLOAT_GUARD_VALUE: int = define("float_guard_value", "f", "promotes a register");
export const STR_GUARD_VALUE: int = define(
  "str_guard_value",
  "rid>r",
  "promotes a string by content: equality function and its call descriptor",
);
export const GUARD_CLASS: int = define("guard_class", "r>i", "the vtable of a non-null instance, promoted");
export const IS_INSTANCE: int = define("is_instance", "rd>i", "of the ClassDescr's class or below; not null");
export const RECORD_EXACT_CLASS: int = define("record_exact_class", "rd", "promise: exactly of the ClassDescr's class");
export const INT_ISCONSTANT: int = define("int_isconstant", "i>i", "known while tracing; 0 in the blackhole");
export const REF_ISCONSTANT: int = define("ref_isconstant", "r>i", "known while tracing");
export const FLOAT_ISCONSTANT: int = define("float_isconstant", "f>i", "known while tracing");
export const REF_ISVIRTUAL: int = define("ref_isvirtual", "r>i", "made in this trace, not yet escaped");
export const INT_ASSERT_GREEN: int = define("int_assert_green", "i", "fails if not constant");
export const REF_ASSERT_GREEN: int = define("ref_assert_green", "r", "fails if not constant");
export const FLOAT_ASSERT_GREEN: int = define("float_assert_green", "f", "fails if not constant");
export const WE_ARE_JITTED: int = define("we_are_jitted", ">i", "1 while tracing and in the blackhole");
export const VIRTUAL_REF: int = define("virtual_ref", "r>r", "a reference that lets the object stay virtual");
export const VIRTUAL_REF_FINISH: int = define("virtual_ref_finish", "rr", "ends what virtual_ref began");
export const JIT_MERGE_POINT: int = define(
  "jit_merge_point",
  "cIRFIRF",
  "head of the interpreter's loop: driver, greens by kind, reds by kind",
);
export const LOOP_HEADER: int = define("loop_header", "cIRF", "a back edge of the user's program: driver, greens");

// Checks that stop the program, with the descriptor of the text. Never guards.
export const CHECK_INDEX: int = define("check_index", "iid", "0 <= i < n");
export const CHECK_NONNULL: int = define("check_nonnull", "rd", "not null");
export const CHECK_INSTANCE: int = define("check_instance", "rdd", "of the class or below (not null)");
export const CHECK_TRUE: int = define("check_true", "id", "not 0");
export const FATAL: int = define("fatal", "d", "stops the program");

// Objects. Whether a read is of something immutable is in the descriptor.
export const NEW: int = define("new", "d>r", "a new struct without class, zeroed");
export const NEW_WITH_VTABLE: int = define("new_with_vtable", "d>r", "a new instance, zeroed");
export const NEW_ARRAY: int = define("new_array", "id>r", "a new array, items not zeroed (never references)");
export const NEW_ARRAY_CLEAR: int = define("new_array_clear", "id>r", "a new array, zeroed");
export const NEWSTR: int = define("newstr", "i>r", "a new string of that many units");
export const GETFIELD_GC_I: int = define("getfield_gc_i", "rd>i", "a field");
export const GETFIELD_GC_R: int = define("getfield_gc_r", "rd>r", "a field");
export const GETFIELD_GC_F: int = define("getfield_gc_f", "rd>f", "a field");
export const SETFIELD_GC_I: int = define("setfield_gc_i", "rid", "assigns a field");
export const SETFIELD_GC_R: int = define("setfield_gc_r", "rrd", "assigns a field");
export const SETFIELD_GC_F: int = define("setfield_gc_f", "rfd", "assigns a field");
export const GETARRAYITEM_GC_I: int = define("getarrayitem_gc_i", "rid>i", "an item");
export const GETARRAYITEM_GC_R: int = define("getarrayitem_gc_r", "rid>r", "an item");
export const GETARRAYITEM_GC_F: int = define("getarrayitem_gc_f", "rid>f", "an item");
export const SETARRAYITEM_GC_I: int = define("setarrayitem_gc_i", "riid", "assigns an item");
export const SETARRAYITEM_GC_R: int = define("setarrayitem_gc_r", "rird", "assigns an item");
export const SETARRAYITEM_GC_F: int = define("setarrayitem_gc_f", "rifd", "assigns an item");
export const GETINTERIORFIELD_GC_I: int = define("getinteriorfield_gc_i", "rid>i", "a field of an item");
export const GETINTERIORFIELD_GC_R: int = define("getinteriorfield_gc_r", "rid>r", "a field of an item");
export const GETINTERIORFIELD_GC_F: int = define("getinteriorfield_gc_f", "rid>f", "a field of an item");
export const SETINTERIORFIELD_GC_I: int = define("setinteriorfield_gc_i", "riid", "assigns a field of an item");
export const SETINTERIORFIELD_GC_R: int = define("setinteriorfield_gc_r", "rird", "assigns a field of an item");
export const SETINTERIORFIELD_GC_F: int = define("setinteriorfield_gc_f", "rifd", "assigns a field of an item");
export const ARRAYLEN_GC: int = define("arraylen_gc", "rd>i", "number of items");
export const STRLEN: int = define("strlen", "r>i", "number of units");
export const STRGETITEM: int = define("strgetitem", "ri>i", "a unit");
export const STRSETITEM: int = define("strsetitem", "rii", "assigns a unit of a string under construction");
export const COPYSTRCONTENT: int = define("copystrcontent", "rriii", "source, target, start, start, count");
export const RECORD_QUASIIMMUT_FIELD: int = define(
  "record_quasiimmut_field",
  "rdd",
  "the field read next may be taken for constant; its own descriptor and that of the mutation slot",
);

// Virtualizables: the same as field and item access when tracing does not hold the object in registers.
export const GETFIELD_VABLE_I: int = define("getfield_vable_i", "rd>i", "a virtualizable's field");
export const GETFIELD_VABLE_R: int = define("getfield_vable_r", "rd>r", "a virtualizable's field");
export const GETFIELD_VABLE_F: int = define("getfield_vable_f", "rd>f", "a virtualizable's field");
export const SETFIELD_VABLE_I: int = define("setfield_vable_i", "rid", "assigns it");
export const SETFIELD_VABLE_R: int = define("setfield_vable_r", "rrd", "assigns it");
export const SETFIELD_VABLE_F: int = define("setfield_vable_f", "rfd", "assigns it");
export const GETARRAYITEM_VABLE_I: int = define(
  "getarrayitem_vable_i",
  "ridd>i",
  "an item of a virtualizable's array: descriptors of the field and of the array",
);
export const GETARRAYITEM_VABLE_R: int = define("getarrayitem_vable_r", "ridd>r", "an item");
export const GETARRAYITEM_VABLE_F: int = define("getarrayitem_vable_f", "ridd>f", "an item");
export const SETARRAYITEM_VABLE_I: int = define("setarrayitem_vable_i", "riidd", "assigns an item");
export const SETARRAYITEM_VABLE_R: int = define("setarrayitem_vable_r", "rirdd", "assigns an item");
export const SETARRAYITEM_VABLE_F: int = define("setarrayitem_vable_f", "rifdd", "assigns an item");
export const ARRAYLEN_VABLE: int = define("arraylen_vable", "rdd>i", "length of a virtualizable's array");
export const HINT_FORCE_VIRTUALIZABLE: int = define("hint_force_virtualizable", "r", "writes it back to memory");

// Raw memory.
export const RAW_LOAD_I: int = define("raw_load_i", "iid>i", "address, offset; the ArrayDescr says the item's size");
export const RAW_LOAD_F: int = define("raw_load_f", "iid>f", "a float");
export const RAW_STORE_I: int = define("raw_store_i", "iiid", "address, offset, value");
export const RAW_STORE_F: int = define("raw_store_f", "iifd", "a float");
export const GETFIELD_RAW_I: int = define("getfield_raw_i", "id>i", "a field of a raw struct (a vtable)");
export const GETFIELD_RAW_F: int = define("getfield_raw_f", "id>f", "a field of a raw struct");
export const SETFIELD_RAW_I: int = define("setfield_raw_i", "iid", "assigns it");

// Calls. The function's address comes first; `live` follows, and `catch_exception` where a handler stands.
export const INLINE_CALL_I: int = define("inline_call_i", "jIRF>i", "a call that the tracer follows");
export const INLINE_CALL_R: int = define("inline_call_r", "jIRF>r", "a call that the tracer follows");
export const INLINE_CALL_F: int = define("inline_call_f", "jIRF>f", "a call that the tracer follows");
export const INLINE_CALL_V: int = define("inline_call_v", "jIRF", "a call that the tracer follows");
export const RESIDUAL_CALL_I: int = define("residual_call_i", "iIRFd>i", "a call that stays a call");
export const RESIDUAL_CALL_R: int = define("residual_call_r", "iIRFd>r", "a call that stays a call");
export const RESIDUAL_CALL_F: int = define("residual_call_f", "iIRFd>f", "a call that stays a call");
export const RESIDUAL_CALL_V: int = define("residual_call_v", "iIRFd", "a call that stays a call");
export const INDIRECT_CALL_I: int = define("indirect_call_i", "iIRFd>i", "followed if the address has a jitcode");
export const INDIRECT_CALL_R: int = define("indirect_call_r", "iIRFd>r", "followed if the address has a jitcode");
export const INDIRECT_CALL_F: int = define("indirect_call_f", "iIRFd>f", "followed if the address has a jitcode");
export const INDIRECT_CALL_V: int = define("indirect_call_v", "iIRFd", "followed if the address has a jitcode");
export const RECURSIVE_CALL_I: int = define("recursive_call_i", "cIRFIRF>i", "the portal at its merge point: driver");
export const RECURSIVE_CALL_R: int = define("recursive_call_r", "cIRFIRF>r", "greens and reds by kind");
export const RECURSIVE_CALL_F: int = define("recursive_call_f", "cIRFIRF>f", "greens and reds by kind");
export const RECURSIVE_CALL_V: int = define("recursive_call_v", "cIRFIRF", "greens and reds by kind");
export const COND_CALL: int = define("cond_call", "iiIRFd", "condition, function: called if not 0");
export const LOAD_FLAG: int = define("load_flag", ">i", "the flag that the last call left");
export const STORE_FLAG: int = define("store_flag", "i", "leaves the flag; directly before returning");
export const KEEP_ALIVE: int = define("keep_alive", "r", "the object is reachable up to here");

/** Number of instructions. */
export const INSTRUCTION_COUNT: int = names.length;
/** Units that a `live` takes. */
export const LIVE_UNITS: int = 3;

/** By opcode. */
export const INSTRUCTION_NAMES: readonly string[] = Object.freeze(names);
/** Operand formats by opcode. */
export const INSTRUCTION_FORMATS: readonly string[] = Object.freeze(formats);
/** What each does, for the documentation. */
export const INSTRUCTION_DOCS: readonly string[] = Object.freeze(docs);

const byName = new Map<string, int>(names.map((name, opcode) => [name, opcode]));

/** Opcode of a name; -1 if there is none. */
export function findInstruction(name: string): int {
  return byName.get(name) ?? -1;
}

/** Units that one operand takes; lists take their count besides. */
export function operandUnits(letter: string): int {
  return letter === "d" || letter === "j" || letter === "L" || letter === "l" ? 2 : 1;
}

/** Units that the instruction at a position takes. */
export function instructionUnits(code: Uint16Array, at: int): int {
  const format = INSTRUCTION_FORMATS[code[at] as int] as string;
  let end = at + 1;
  for (let i = 0; i < format.length; i++) {
    const letter = format[i] as string;
    if (letter === "I" || letter === "R" || letter === "F") end += 1 + (code[end] as int);
    else if (letter !== ">") end += operandUnits(letter);
  }
  return end - at;
}
