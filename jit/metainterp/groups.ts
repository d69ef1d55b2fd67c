/**
 * Jitcode instructions that are one pure operation, by shape: what the tracer and the blackhole interpreter need to run
 * or record any of them the same way. Made at import time from the two tables by name.
 */
import type { int } from "../../rlib/types.ts";
import { INSTRUCTION_FORMATS, INSTRUCTION_NAMES } from "../format/instructions.ts";
import { PURE, TRACE_OPS } from "../format/traceops.ts";

/** Shapes of operands and result. */
export const GROUP_NONE = 0;
export const GROUP_II_I = 1;
export const GROUP_I_I = 2;
/** The second operand is a small constant in the code. */
export const GROUP_IC_I = 3;
export const GROUP_FF_F = 4;
export const GROUP_F_F = 5;
export const GROUP_FF_I = 6;
export const GROUP_F_I = 7;
export const GROUP_I_F = 8;
export const GROUP_II_F = 9;
export const GROUP_RR_I = 10;
/** A comparison of ints and a jump where it fails. */
export const GROUP_IIL = 11;
export const GROUP_IL = 12;
export const GROUP_RRL = 13;
/** An operation that may overflow, and a jump where it does. */
export const GROUP_IIL_I = 14;

const groupOfFormat: Record<string, int> = {
  "ii>i": GROUP_II_I,
  "i>i": GROUP_I_I,
  "ic>i": GROUP_IC_I,
  "ff>f": GROUP_FF_F,
  "f>f": GROUP_F_F,
  "ff>i": GROUP_FF_I,
  "f>i": GROUP_F_I,
  "i>f": GROUP_I_F,
  "ii>f": GROUP_II_F,
  "rr>i": GROUP_RR_I,
};

const groupOfJump: Record<string, int> = { iiL: GROUP_IIL, iL: GROUP_IL, rrL: GROUP_RRL };

/** Instructions whose operation has another name in traces. */
const otherNames: Record<string, string> = {
  uint_rshift: "int_urshift",
  convert_float_bytes_to_int: "float_to_word_bits",
  convert_int_bytes_to_float: "word_bits_to_float",
  int_add_jump_if_ovf: "int_add_ovf",
  int_sub_jump_if_ovf: "int_sub_ovf",
  int_mul_jump_if_ovf: "int_mul_ovf",
  goto_if_not: "int_is_true",
};

const jumpPrefix = "goto_if_not_";

function pureOperation(name: string): int {
  const wanted = otherNames[name] ?? (name.startsWith(jumpPrefix) ? name.slice(jumpPrefix.length) : name);
  const info = TRACE_OPS.find((row) => row.name === wanted);
  return info !== undefined && (info.flags & PURE) !== 0 ? info.opnum : -1;
}

function groupOf(name: string, format: string): int {
  if (pureOperation(name) < 0) return GROUP_NONE;
  if (format === "iiL>i") return GROUP_IIL_I;
  return (name.startsWith("goto_if_not") ? groupOfJump[format] : groupOfFormat[format]) ?? GROUP_NONE;
}

/** GROUP_… by opcode. */
export const GROUPS: readonly int[] = Object.freeze(
  INSTRUCTION_NAMES.map((name, opcode) => groupOf(name, INSTRUCTION_FORMATS[opcode] as string)),
);

/** The trace operation of an instruction that is in a group, by opcode; -1 elsewhere. */
export const OPERATIONS: readonly int[] = Object.freeze(INSTRUCTION_NAMES.map(pureOperation));
