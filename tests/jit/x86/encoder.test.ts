// The encoder against llvm-mc: every form of the tables with random operands, for both word sizes. Two encodings agree
// when the disassembler reads the same from both; ours may be longer only by the accumulator's short forms.
import { describe, expect, test } from "vitest";
import { Encoder } from "../../../jit/backend/x86/encoder/encoder.ts";
import * as floats from "../../../jit/backend/x86/encoder/float.ts";
import { Form, QUAD } from "../../../jit/backend/x86/encoder/form.ts";
import * as integers from "../../../jit/backend/x86/encoder/integer.ts";
import { RSP } from "../../../jit/backend/x86/encoder/registers.ts";
import { resetSimulatedMemory } from "../../../rlib/lowlevel.ts";
import { assemble, disassemble } from "./mc.ts";
import { randomFrom } from "./random.ts";

const ROUNDS = Number(process.env.RTS_FUZZ_ROUNDS ?? 12);

/** Every form that the tables export. */
function allForms(): Map<string, Form> {
  const found = new Map<string, Form>();
  for (const [name, value] of Object.entries({ ...integers, ...floats })) {
    if (value instanceof Form) found.set(name, value);
    else if (Array.isArray(value))
      for (const [i, item] of value.entries()) if (item instanceof Form) found.set(`${name}[${i}]`, item);
  }
  return found;
}

const LEGACY = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"];
const LOW_BYTES = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"];

function registerName(n: number, bits: 8 | 16 | 32 | 64): string {
  if (n >= 8) return `r${n}${{ 8: "b", 16: "w", 32: "d", 64: "" }[bits]}`;
  if (bits === 8) return LOW_BYTES[n] as string;
  return `${{ 16: "", 32: "e", 64: "r" }[bits]}${LEGACY[n]}`;
}

const MEMORY_SIZES: Record<string, string> = { 8: "byte", 16: "word", 32: "dword", 64: "qword", 128: "xmmword", 0: "" };

type Random = ReturnType<typeof randomFrom>;

function displacement(random: Random): number {
  const kind = random.below(4);
  if (kind === 0) return 0;
  if (kind === 1) return random.below(256) - 128;
  return random.below(2 ** 31) - (kind === 2 ? 2 ** 30 : 2 ** 29);
}

/** One instruction: encoded by us, and as text (null: the text is what the disassembler must say). */
interface Sample {
  readonly bytes: number[];
  readonly text: string;
  readonly isFinal: boolean;
}

class Maker {
  readonly wide: boolean;
  readonly random: Random;

  constructor(wide: boolean, random: Random) {
    this.wide = wide;
    this.random = random;
  }

  get word(): 32 | 64 {
    return this.wide ? 64 : 32;
  }

  register(): number {
    return this.random.below(this.wide ? 16 : 8);
  }

  byteRegister(): number {
    return this.random.below(this.wide ? 16 : 4);
  }

  memory(encoder: Encoder, bits: number): string {
    const { random } = this;
    const size = bits === 0 ? "" : `${MEMORY_SIZES[bits]} ptr `;
    const base = this.register();
    let index = this.register();
    if (index === RSP) index = 5;
    const scale = random.below(4);
    const offset = displacement(random);
    const name = registerName(base, this.word);
    const scaled = `${2 ** scale}*${registerName(index, this.word)}`;
    const plus = offset < 0 ? `- ${-offset}` : `+ ${offset}`;
    switch (random.below(4)) {
      case 0:
        encoder.memory(base, offset);
        return `${size}[${name} ${plus}]`;
      case 1:
        encoder.indexed(base, index, scale, offset);
        return `${size}[${name} + ${scaled} ${plus}]`;
      case 2:
        encoder.scaled(index, scale, offset);
        return `${size}[${scaled} ${plus}]`;
      default:
        encoder.absolute(Math.abs(offset));
        return `${size}[${Math.abs(offset)}]`;
    }
  }

  immediate(form: Form): number {
    const { random } = this;
    const signed = form.operands.endsWith("i");
    if (form.immediate === 8) return random.below(2 ** 45) - 2 ** 44;
    const range = 2 ** (8 * form.immediate);
    const value = signed ? random.below(range) - range / 2 : random.below(range);
    // Shifts count modulo 64, and LLVM has a shorter form of shifts by 1.
    return /^(sh|sa|ps)/.test(form.name) && signed ? 2 + random.below(30) : value;
  }

  sample(form: Form): Sample {
    const encoder = new Encoder(this.wide);
    const { operands } = form;
    const immediate = this.immediate(form);
    const parts: string[] = [];
    let reg = 0;
    let hasRm = false;
    let plus = false;
    for (const letter of operands) {
      if (letter === "i" || letter === "u") parts.push(String(immediate));
      else if (letter === "c") parts.push("cl");
      else if (letter === "j") parts.push(String(immediate));
      else if ("pwW".includes(letter)) {
        plus = true;
        reg = this.register();
        parts.push(registerName(reg, letter === "w" ? 32 : this.word));
      } else if ("rdqhb".includes(letter)) {
        reg = letter === "b" ? this.byteRegister() : this.register();
        parts.push(registerName(reg, this.bitsOf(letter) as 8));
      } else if (letter === "x") {
        reg = this.register();
        parts.push(`xmm${reg}`);
      } else {
        hasRm = true;
        parts.push(this.rm(encoder, letter));
      }
    }
    if (plus) encoder.plus(form, reg, immediate);
    else if (hasRm) encoder.emit(form, reg, immediate);
    else encoder.plain(form, immediate);
    const bytes: number[] = [];
    for (let i = 0; i < encoder.code.length; i++) bytes.push(encoder.code.byteAt(i));
    const name = form.immediate === 8 ? "movabs" : form.name;
    return { bytes, text: `${name} ${parts.join(", ")}`.trim(), isFinal: operands.includes("j") };
  }

  bitsOf(letter: string): number {
    return { r: this.word, p: this.word, d: 32, q: 64, h: 16, b: 8, x: 64, s: 32, v: 128, m: 0, f: 64 }[
      letter.toLowerCase()
    ] as number;
  }

  rm(encoder: Encoder, letter: string): string {
    const isRegister = letter === "N" || (letter !== "M" && letter !== "F" && this.random.below(2) === 0);
    if (!isRegister) return this.memory(encoder, this.bitsOf(letter));
    const n = letter === "B" ? this.byteRegister() : this.register();
    encoder.register(n);
    return "XSVN".includes(letter) ? `xmm${n}` : registerName(n, this.bitsOf(letter) as 8);
  }
}

/** The encoding of a form may be this much longer than LLVM's choice. */
function slack(form: Form): number {
  // Some instructions have another form without a ModR/M byte (of eax, of addresses, of any register), and immediates
  // that fit a byte one of their own; the choice between forms is the assembler's, not the encoder's.
  if (form.operands.endsWith("i")) return 3;
  return ["xchg", "mov", "movq", "push", "pop"].includes(form.name) ? 1 : 0;
}

/** The disassembler prints displacements with or without sign, depending on the word size. */
function asUnsigned(jump: string, form: Form): string {
  return jump.replace(/-?\d+$/, (n) => String(BigInt.asUintN(8 * form.immediate, BigInt(n))));
}

/** The operands of xchg may stand in either order. */
function inOrder(text: string): string {
  return text.startsWith("xchg ") ? `xchg ${text.slice(5).split(", ").sort().join(", ")}` : text;
}

describe.each([
  [64, true],
  [32, false],
] as const)("%i bits", (bits, wide) => {
  test("every form assembles to what LLVM says", () => {
    const random = randomFrom(`encoder ${bits}`);
    const maker = new Maker(wide, random);
    const samples: (Sample & { name: string; form: Form })[] = [];
    for (const [name, form] of allForms()) {
      if (!wide && (form.width === QUAD || form.prefix === 0x48)) continue;
      resetSimulatedMemory();
      const rounds = form.operands === "" ? 1 : ROUNDS;
      for (let i = 0; i < rounds; i++) samples.push({ ...maker.sample(form), name, form });
    }
    expect(samples.length).toBeGreaterThan(100 * ROUNDS);
    const open = samples.filter((s) => !s.isFinal);
    const theirs = assemble(
      open.map((s) => s.text),
      wide,
    );
    const expected = disassemble(theirs, wide);
    const ours = disassemble(
      open.map((s) => s.bytes),
      wide,
    );
    const wrong: string[] = [];
    for (const [i, sample] of open.entries()) {
      if (inOrder(ours[i] as string) !== inOrder(expected[i] as string))
        wrong.push(`${sample.name}: ${sample.text}: ${ours[i]} is not ${expected[i]}`);
      const longer = sample.bytes.length - (theirs[i] as number[]).length;
      if (longer > slack(sample.form)) wrong.push(`${sample.name}: ${sample.text}: ${longer} bytes too long`);
    }
    const jumps = samples.filter((s) => s.isFinal);
    const read = disassemble(
      jumps.map((s) => s.bytes),
      wide,
    );
    for (const [i, sample] of jumps.entries())
      if (asUnsigned(read[i] as string, sample.form) !== asUnsigned(sample.text, sample.form))
        wrong.push(`${sample.name}: ${read[i]} is not ${sample.text}`);
    expect(wrong).toEqual([]);
  });
});

test("jumps to places before and behind", () => {
  resetSimulatedMemory();
  const encoder = new Encoder(true);
  const start = encoder.position();
  const forward = encoder.jumpIf(4);
  const short = encoder.skipIf(5);
  encoder.rr(integers.ADD_R, 0, 1);
  encoder.hereShort(short);
  encoder.jumpBack(start);
  encoder.here(forward);
  for (let i = 0; i < 50; i++) encoder.rr(integers.IMUL_R, 8, 9);
  encoder.jumpBack(start);
  const bytes = Array.from({ length: encoder.position() }, (_, i) => encoder.code.byteAt(i));
  expect(disassemble([bytes.slice(0, 6)], true)).toEqual(["je 7"]);
  expect(disassemble([bytes.slice(6, 8)], true)).toEqual(["jne 3"]);
  expect(disassemble([bytes.slice(11, 13)], true)).toEqual(["jmp -13"]);
  expect(disassemble([bytes.slice(213)], true)).toEqual(["jmp -218"]);
});
