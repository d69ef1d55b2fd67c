// An instruction form: one way to encode one instruction, described by data.
//
// The whole assembler knows instructions only as `Form` objects of the tables in this folder; the encoder turns a form
// and operands into bytes without knowing any mnemonic, and the tests turn the same form into text for llvm-mc. So the
// table is the single place where an opcode stands.
//
// `operands` has one letter for each operand, in Intel's order (destination first). Lower case: the `reg` field of the
// instruction, or an operand without a field; upper case: the `rm` field, a register or a place in memory.
//     r R   general register of the machine's word (REX.W on x86-64)
//     p     the same in the opcode's low bits, the word implied (push, pop)    P   in `rm`, implied (call, jmp)
//     d D   32 bits      q Q   64 bits (x86-64 only)      h H   16 bits      b B   8 bits
//     x     xmm register    N   xmm register in `rm`    X   xmm or 64 bits of memory    S   xmm or 32 bits    V   xmm or 128 bits
//     M     memory whose size plays no role (lea)    F   64 bits of memory only
//     i     immediate of `immediate` bytes, sign-extended       u   the same, taken as unsigned
//     c     the register cl     j   displacement of a jump
//     w     32-bit register in the opcode's low bits    W   the same, 64 bits
import type { int } from "../../../../rlib/types.ts";

/** REX.W is never set, set where the machine's word has 64 bits, or always set (the form is for x86-64 only). */
export const NARROW = 0;
export const WORD = 1;
export const QUAD = 2;

/** One way to encode an instruction. */
export class Form {
  /** Mnemonic in Intel's syntax. */
  readonly name: string;
  /** Letters described above. */
  readonly operands: string;
  /** Mandatory prefix 0x66, 0xf2 or 0xf3, or a fixed REX prefix 0x48 (x86-64 only); 0 for none. */
  readonly prefix: int;
  /** Bytes between prefixes and opcode: 0, or 0x0f, 0x0f38, 0x0f3a. */
  readonly escape: int;
  readonly opcode: int;
  /** What stands in the `reg` field when it selects the instruction; -1 when it is an operand. */
  readonly digit: int;
  /** NARROW, WORD or QUAD. */
  readonly width: int;
  /** Bytes of immediate at the end. */
  readonly immediate: int;
  /** The `reg` field is an 8-bit register. */
  readonly byteReg: boolean;
  /** The `rm` field is an 8-bit register or place. */
  readonly byteRm: boolean;

  constructor(name: string, operands: string, code: int, digit: int, immediate: int) {
    let rest = code;
    this.name = name;
    this.operands = operands;
    this.opcode = rest & 0xff;
    rest >>= 8;
    let between = 0;
    if ((rest & 0xff) === 0x38 || (rest & 0xff) === 0x3a) {
      between = 0x0f00 | (rest & 0xff);
      rest >>= 16;
    } else if ((rest & 0xff) === 0x0f) {
      between = 0x0f;
      rest >>= 8;
    }
    this.escape = between;
    this.prefix = rest & 0xff;
    this.digit = digit;
    this.width = widthOf(operands);
    this.immediate = immediate;
    this.byteReg = operands.includes("b");
    this.byteRm = operands.includes("B");
  }
}

function widthOf(operands: string): int {
  if (operands.includes("q") || operands.includes("Q") || operands.includes("W")) return QUAD;
  return operands.includes("r") || operands.includes("R") ? WORD : NARROW;
}

/** A form whose `reg` field is an operand (or that has none); `code` is prefix, escape and opcode read as one number. */
export function form(name: string, operands: string, code: int, immediate: int = 0): Form {
  return new Form(name, operands, code, -1, immediate);
}

/** A form whose `reg` field is part of the opcode (`/digit` in the manuals). */
export function formDigit(name: string, operands: string, code: int, digit: int, immediate: int = 0): Form {
  return new Form(name, operands, code, digit, immediate);
}
