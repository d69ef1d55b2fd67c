// Integer instructions. Each constant is one form; a name ends in what the second operand is (R register or memory,
// I8/I32 immediate, M a store to memory or register) and, where it is not the word, in the width (8, 16, 32, 64).
import { type Form, form, formDigit } from "./form.ts";

// Arithmetic of two operands: register ← register op (register or memory).
export const ADD_R = form("add", "rR", 0x03);
export const OR_R = form("or", "rR", 0x0b);
export const ADC_R = form("adc", "rR", 0x13);
export const SBB_R = form("sbb", "rR", 0x1b);
export const AND_R = form("and", "rR", 0x23);
export const SUB_R = form("sub", "rR", 0x2b);
export const XOR_R = form("xor", "rR", 0x33);
export const CMP_R = form("cmp", "rR", 0x3b);
export const XOR_R32 = form("xor", "dD", 0x33);
export const AND_R32 = form("and", "dD", 0x23);
export const CMP_R32 = form("cmp", "dD", 0x3b);
export const SUB_R32 = form("sub", "dD", 0x2b);
// (register or memory) ← (register or memory) op register.
export const ADD_M = form("add", "Rr", 0x01);
export const SUB_M = form("sub", "Rr", 0x29);
export const CMP_M = form("cmp", "Rr", 0x39);
export const CMP_M8 = form("cmp", "Bb", 0x38);
export const CMP_M16 = form("cmp", "Hh", 0x6639);
export const CMP_M32 = form("cmp", "Dd", 0x39);
// (register or memory) ← (register or memory) op immediate.
export const ADD_I8 = formDigit("add", "Ri", 0x83, 0, 1);
export const OR_I8 = formDigit("or", "Ri", 0x83, 1, 1);
export const ADC_I8 = formDigit("adc", "Ri", 0x83, 2, 1);
export const SBB_I8 = formDigit("sbb", "Ri", 0x83, 3, 1);
export const AND_I8 = formDigit("and", "Ri", 0x83, 4, 1);
export const SUB_I8 = formDigit("sub", "Ri", 0x83, 5, 1);
export const XOR_I8 = formDigit("xor", "Ri", 0x83, 6, 1);
export const CMP_I8 = formDigit("cmp", "Ri", 0x83, 7, 1);
export const ADD_I32 = formDigit("add", "Ri", 0x81, 0, 4);
export const OR_I32 = formDigit("or", "Ri", 0x81, 1, 4);
export const ADC_I32 = formDigit("adc", "Ri", 0x81, 2, 4);
export const SBB_I32 = formDigit("sbb", "Ri", 0x81, 3, 4);
export const AND_I32 = formDigit("and", "Ri", 0x81, 4, 4);
export const SUB_I32 = formDigit("sub", "Ri", 0x81, 5, 4);
export const XOR_I32 = formDigit("xor", "Ri", 0x81, 6, 4);
export const CMP_I32 = formDigit("cmp", "Ri", 0x81, 7, 4);
export const AND_D_I8 = formDigit("and", "Di", 0x83, 4, 1);
export const AND_D_I32 = formDigit("and", "Di", 0x81, 4, 4);
export const CMP_D_I8 = formDigit("cmp", "Di", 0x83, 7, 1);
export const CMP_D_I32 = formDigit("cmp", "Di", 0x81, 7, 4);
export const SUB_D_I8 = formDigit("sub", "Di", 0x83, 5, 1);
export const CMP_H_I16 = formDigit("cmp", "Hi", 0x6681, 7, 2);
export const CMP_B_I8 = formDigit("cmp", "Bi", 0x80, 7, 1);
export const OR_B_I8 = formDigit("or", "Bi", 0x80, 1, 1);

export const TEST = form("test", "Rr", 0x85);
export const TEST_8 = form("test", "Bb", 0x84);
export const TEST_I32 = formDigit("test", "Ri", 0xf7, 0, 4);
export const TEST_D_I32 = formDigit("test", "Di", 0xf7, 0, 4);
export const TEST_H_I16 = formDigit("test", "Hi", 0x66f7, 0, 2);
export const TEST_B_I8 = formDigit("test", "Bi", 0xf6, 0, 1);

export const IMUL_R = form("imul", "rR", 0x0faf);
export const IMUL_I8 = form("imul", "rRi", 0x6b, 1);
export const IMUL_I32 = form("imul", "rRi", 0x69, 4);
/** Unsigned product of rax and the operand in rdx:rax. */
export const MUL = formDigit("mul", "R", 0xf7, 4);
export const IMUL_WIDE = formDigit("imul", "R", 0xf7, 5);
export const DIV = formDigit("div", "R", 0xf7, 6);
/** Signed quotient of rdx:rax in rax, remainder in rdx. */
export const IDIV = formDigit("idiv", "R", 0xf7, 7);
export const NOT = formDigit("not", "R", 0xf7, 2);
export const NEG = formDigit("neg", "R", 0xf7, 3);
/** Sign of eax into edx. */
export const CDQ = form("cdq", "", 0x99);
/** Sign of rax into rdx; x86-64 only. */
export const CQO = form("cqo", "", 0x4899);

export const SHL_I = formDigit("shl", "Ri", 0xc1, 4, 1);
export const SHR_I = formDigit("shr", "Ri", 0xc1, 5, 1);
export const SAR_I = formDigit("sar", "Ri", 0xc1, 7, 1);
export const SHL_CL = formDigit("shl", "Rc", 0xd3, 4);
export const SHR_CL = formDigit("shr", "Rc", 0xd3, 5);
export const SAR_CL = formDigit("sar", "Rc", 0xd3, 7);
export const SHLD_I = form("shld", "Rri", 0x0fa4, 1);
export const SHRD_I = form("shrd", "Rri", 0x0fac, 1);
export const SHLD_CL = form("shld", "Rrc", 0x0fa5);
export const SHRD_CL = form("shrd", "Rrc", 0x0fad);

// Moves.
export const MOV_R = form("mov", "rR", 0x8b);
export const MOV_R32 = form("mov", "dD", 0x8b);
export const MOV_M = form("mov", "Rr", 0x89);
export const MOV_M32 = form("mov", "Dd", 0x89);
export const MOV_M16 = form("mov", "Hh", 0x6689);
export const MOV_M8 = form("mov", "Bb", 0x88);
/** Zero-extends on x86-64. */
export const MOV_O32 = form("mov", "wu", 0xb8, 4);
export const MOV_O64 = form("mov", "Wi", 0xb8, 8);
/** Sign-extends on x86-64. */
export const MOV_I32 = formDigit("mov", "Ri", 0xc7, 0, 4);
export const MOV_D_I32 = formDigit("mov", "Di", 0xc7, 0, 4);
export const MOV_H_I16 = formDigit("mov", "Hi", 0x66c7, 0, 2);
export const MOV_B_I8 = formDigit("mov", "Bi", 0xc6, 0, 1);
export const MOVZX_8 = form("movzx", "dB", 0x0fb6);
export const MOVZX_16 = form("movzx", "dH", 0x0fb7);
export const MOVSX_8 = form("movsx", "rB", 0x0fbe);
export const MOVSX_16 = form("movsx", "rH", 0x0fbf);
export const MOVSXD = form("movsxd", "qD", 0x63);
export const LEA = form("lea", "rM", 0x8d);
export const XCHG = form("xchg", "rR", 0x87);
export const PUSH = form("push", "p", 0x50);
export const POP = form("pop", "p", 0x58);
export const PUSH_M = formDigit("push", "P", 0xff, 6);
export const POP_M = formDigit("pop", "P", 0x8f, 0);
export const PUSH_I8 = form("push", "i", 0x6a, 1);
export const PUSH_I32 = form("push", "i", 0x68, 4);

// Counting bits.
/** Index of the highest and of the lowest bit set; undefined, with the zero flag, for 0. */
export const BSR = form("bsr", "rR", 0x0fbd);
export const BSF = form("bsf", "rR", 0x0fbc);
export const POPCNT = form("popcnt", "rR", 0xf30fb8);

// Control.
export const CALL_M = formDigit("call", "P", 0xff, 2);
export const JMP_M = formDigit("jmp", "P", 0xff, 4);
export const CALL_REL = form("call", "j", 0xe8, 4);
export const JMP_REL32 = form("jmp", "j", 0xe9, 4);
export const JMP_REL8 = form("jmp", "j", 0xeb, 1);
export const RET = form("ret", "", 0xc3);
export const INT3 = form("int3", "", 0xcc);
export const UD2 = form("ud2", "", 0x0f0b);
export const NOP = form("nop", "", 0x90);
/** With a memory operand of one byte of displacement it is five bytes long. */
export const NOP_M = formDigit("nop", "D", 0x0f1f, 0);
/** Stores eax `rcx` times, four bytes each, upward from `rdi`. */
export const REP_STOSD = form("rep stosd", "", 0xf3ab);

/** Condition codes as the machine numbers them; the lowest bit inverts. */
export const CONDITION_NAMES = ["o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"];

/** By condition code: jump with a 32-bit and an 8-bit displacement, set a byte, conditional move. */
export const JCC_REL32 = CONDITION_NAMES.map((name, i) => form(`j${name}`, "j", 0x0f80 + i, 4));
export const JCC_REL8 = CONDITION_NAMES.map((name, i) => form(`j${name}`, "j", 0x70 + i, 1));
export const SETCC = CONDITION_NAMES.map((name, i) => formDigit(`set${name}`, "B", 0x0f90 + i, 0));
export const CMOVCC = CONDITION_NAMES.map((name, i) => form(`cmov${name}`, "rR", 0x0f40 + i));

/** An instruction of two operands in the forms that constants and places ask for. */
export class Alu {
  /** register ← register op (register or memory). */
  readonly r: Form;
  readonly i8: Form;
  readonly i32: Form;

  constructor(r: Form, i8: Form, i32: Form) {
    this.r = r;
    this.i8 = i8;
    this.i32 = i32;
  }
}

export const ADD = new Alu(ADD_R, ADD_I8, ADD_I32);
export const OR = new Alu(OR_R, OR_I8, OR_I32);
export const AND = new Alu(AND_R, AND_I8, AND_I32);
export const SUB = new Alu(SUB_R, SUB_I8, SUB_I32);
export const XOR = new Alu(XOR_R, XOR_I8, XOR_I32);
export const CMP = new Alu(CMP_R, CMP_I8, CMP_I32);
