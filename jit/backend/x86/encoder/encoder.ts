// Turns instruction forms and operands into bytes, for both word sizes.
//
// The `rm` operand is set first (`register`, `memory`, `indexed`, `absolute`), then the instruction is emitted; the
// pair is one expression of the helpers at the end for the commonest cases. That keeps operands unboxed: an operand
// object for each instruction was the alternative, and costs the assembler an allocation per instruction.
//
// Invariant: every byte of an instruction except its displacement to a label is final when `emit` returns; lengths
// never change later.
import { intShr } from "../../../../rlib/bits.ts";
import type { int } from "../../../../rlib/types.ts";
import { CodeBuffer } from "./buffer.ts";
import { type Form, NARROW, QUAD } from "./form.ts";
import { JCC_REL8, JCC_REL32, JMP_REL8, JMP_REL32 } from "./integer.ts";
import { R12, R13, RBP, RSP } from "./registers.ts";

const NO_REGISTER = -1;

/** Does a value fit a sign-extended byte? */
export function fitsByte(value: int): boolean {
  return value >= -128 && value <= 127;
}

/** Does a value fit a sign-extended immediate of 32 bits? */
export function fitsInt32(value: int): boolean {
  return value >= -2147483648 && value <= 2147483647;
}

export class Encoder {
  readonly code: CodeBuffer;
  /** Words have 64 bits. */
  readonly wide: boolean;
  // The rm operand: a register when `#rm` is one, else memory at base + index * 2**scale + displacement.
  #rm: int;
  #base: int;
  #index: int;
  #scale: int;
  #displacement: int;

  constructor(wide: boolean) {
    this.code = new CodeBuffer();
    this.wide = wide;
    this.#rm = NO_REGISTER;
    this.#base = NO_REGISTER;
    this.#index = NO_REGISTER;
    this.#scale = 0;
    this.#displacement = 0;
  }

  /** Offset of the next instruction. */
  position(): int {
    return this.code.length;
  }

  /** The rm operand is a register (number within its file). */
  register(reg: int): void {
    this.#rm = reg;
  }

  /** The rm operand is memory at a register plus a constant. */
  memory(base: int, displacement: int): void {
    this.#rm = NO_REGISTER;
    this.#base = base;
    this.#index = NO_REGISTER;
    this.#displacement = displacement;
  }

  /** The rm operand is memory at base + index * 2**scale + displacement; the index is not rsp. */
  indexed(base: int, index: int, scale: int, displacement: int): void {
    this.#rm = NO_REGISTER;
    this.#base = base;
    this.#index = index;
    this.#scale = scale;
    this.#displacement = displacement;
  }

  /** The rm operand is memory at index * 2**scale + displacement. */
  scaled(index: int, scale: int, displacement: int): void {
    this.indexed(NO_REGISTER, index, scale, displacement);
  }

  /** The rm operand is memory at an address below 2 GB. */
  absolute(address: int): void {
    this.memory(NO_REGISTER, address);
  }

  /** Emits a form of rm and reg (which is the form's digit where it has one) with an immediate where it has one. */
  emit(form: Form, reg: int, immediate: int): void {
    const { code } = this;
    code.reserve();
    const field = form.digit >= 0 ? form.digit : reg;
    if (form.prefix !== 0) code.byte(form.prefix);
    if (this.wide) this.#rex(form, field);
    this.#opcode(form, form.opcode);
    this.#modRm(field & 7);
    this.#immediate(form.immediate, immediate);
  }

  /** Emits a form whose register stands in the opcode. */
  plus(form: Form, reg: int, immediate: int): void {
    const { code } = this;
    code.reserve();
    const rex = (form.width === QUAD ? 8 : 0) | (reg >> 3);
    if (rex !== 0) code.byte(0x40 | rex);
    code.byte(form.opcode + (reg & 7));
    this.#immediate(form.immediate, immediate);
  }

  /** Emits a form without register or memory operand. */
  plain(form: Form, immediate: int): void {
    const { code } = this;
    code.reserve();
    if (form.prefix !== 0) code.byte(form.prefix);
    this.#opcode(form, form.opcode);
    this.#immediate(form.immediate, immediate);
  }

  #rex(form: Form, reg: int): void {
    let rex = (reg >> 3) << 2;
    let forced = form.byteReg && reg >= 4;
    if (form.width !== NARROW) rex |= 8;
    if (this.#rm !== NO_REGISTER) {
      rex |= this.#rm >> 3;
      if (form.byteRm && this.#rm >= 4) forced = true;
    } else {
      if (this.#base !== NO_REGISTER) rex |= this.#base >> 3;
      if (this.#index !== NO_REGISTER) rex |= (this.#index >> 3) << 1;
    }
    if (rex !== 0 || forced) this.code.byte(0x40 | rex);
  }

  #opcode(form: Form, opcode: int): void {
    if (form.escape !== 0) {
      if (form.escape > 0xff) this.code.byte(0x0f);
      this.code.byte(form.escape);
    }
    this.code.byte(opcode);
  }

  #modRm(reg: int): void {
    const { code } = this;
    if (this.#rm !== NO_REGISTER) {
      code.byte(0xc0 | (reg << 3) | (this.#rm & 7));
      return;
    }
    const base = this.#base;
    const displacement = this.#displacement;
    if (base === NO_REGISTER) {
      this.#withoutBase(reg);
      return;
    }
    // rbp and r13 as a base without displacement would mean something else.
    const mod = displacement === 0 && base !== RBP && base !== R13 ? 0 : fitsByte(displacement) ? 0x40 : 0x80;
    if (this.#index !== NO_REGISTER) {
      code.byte(mod | (reg << 3) | 4);
      code.byte((this.#scale << 6) | ((this.#index & 7) << 3) | (base & 7));
    } else {
      code.byte(mod | (reg << 3) | (base & 7));
      if (base === RSP || base === R12) code.byte(0x24);
    }
    if (mod === 0x40) code.byte(displacement);
    else if (mod === 0x80) code.int32(displacement);
  }

  /** An absolute address or a scaled index; x86-64 needs the longer form, because the short one counts from rip. */
  #withoutBase(reg: int): void {
    const { code } = this;
    if (this.#index !== NO_REGISTER) {
      code.byte((reg << 3) | 4);
      code.byte((this.#scale << 6) | ((this.#index & 7) << 3) | 5);
    } else if (this.wide) {
      code.byte((reg << 3) | 4);
      code.byte(0x25);
    } else code.byte((reg << 3) | 5);
    code.int32(this.#displacement);
  }

  #immediate(bytes: int, value: int): void {
    const { code } = this;
    if (bytes === 0) return;
    if (bytes === 1) code.byte(value);
    else if (bytes === 2) code.int16(value);
    else {
      code.int32(value);
      if (bytes === 8) code.int32(intShr(value, 32));
    }
  }

  // Common shapes.

  /** reg and a register. */
  rr(form: Form, reg: int, rm: int): void {
    this.register(rm);
    this.emit(form, reg, 0);
  }

  /** reg and memory at a register plus a constant. */
  rm(form: Form, reg: int, base: int, displacement: int): void {
    this.memory(base, displacement);
    this.emit(form, reg, 0);
  }

  /** reg and memory at an address. */
  ra(form: Form, reg: int, address: int): void {
    this.absolute(address);
    this.emit(form, reg, 0);
  }

  /** A register and an immediate. */
  ri(form: Form, rm: int, immediate: int): void {
    this.register(rm);
    this.emit(form, 0, immediate);
  }

  /** A register alone. */
  r(form: Form, rm: int): void {
    this.register(rm);
    this.emit(form, 0, 0);
  }

  // Jumps within the code. A jump forward is emitted with an open displacement, which `here` closes.

  /** A short conditional jump forward; gives what `hereShort` takes. */
  skipIf(condition: int): int {
    this.plain(JCC_REL8[condition] as Form, 0);
    return this.code.length;
  }

  /** A short jump forward. */
  skip(): int {
    this.plain(JMP_REL8, 0);
    return this.code.length;
  }

  /** The short jump `from` goes to the next instruction. */
  hereShort(from: int): void {
    const distance = this.code.length - from;
    if (distance > 127) throw new RangeError("a short jump is too long");
    this.code.patch8(from - 1, distance);
  }

  /** A conditional jump forward with a 32-bit displacement; gives what `here` and `jumpTo` take. */
  jumpIf(condition: int): int {
    this.plain(JCC_REL32[condition] as Form, 0);
    return this.code.length;
  }

  jump(): int {
    this.plain(JMP_REL32, 0);
    return this.code.length;
  }

  /** The jump `from` goes to the next instruction. */
  here(from: int): void {
    this.jumpTo(from, this.code.length);
  }

  /** The jump `from` goes to an offset. */
  jumpTo(from: int, target: int): void {
    this.code.patch32(from - 4, target - from);
  }

  /** Jumps back to an offset, in the short form where it reaches. */
  jumpBack(target: int): void {
    if (fitsByte(target - (this.code.length + 2))) this.plain(JMP_REL8, target - (this.code.length + 2));
    else this.plain(JMP_REL32, target - (this.code.length + 5));
  }
}
