/**
 * A Brainfuck interpreter: the worked example of docs/tutorial.md. Eight instructions over a tape of bytes; brackets
 * are matched once, when the program is parsed.
 */
import type { int } from "rtypescript/rlib";
import { JitDriver } from "rtypescript/rlib/jit";
import { readFile, readStdin, write, writeBytes } from "rtypescript/rlib/os";

const RIGHT = 62; // >
const LEFT = 60; // <
const INCREMENT = 43; // +
const DECREMENT = 45; // -
const OUTPUT = 46; // .
const INPUT = 44; // ,
const OPEN = 91; // [
const CLOSE = 93; // ]

/** A parsed program: instruction codes, and for each bracket the index of its partner. */
class Program {
  readonly codes: readonly int[];
  readonly partners: readonly int[];

  constructor(codes: int[], partners: int[]) {
    this.codes = codes;
    this.partners = partners;
  }
}

/** A tape that grows to the right. */
class Tape {
  #cells: int[] = [0];
  #position: int = 0;

  get(): int {
    return this.#cells[this.#position];
  }

  add(amount: int): void {
    this.#cells[this.#position] = (this.#cells[this.#position] + amount) & 255;
  }

  set(value: int): void {
    this.#cells[this.#position] = value;
  }

  /** Moves one cell; false at the left end. */
  move(step: int): boolean {
    this.#position += step;
    if (this.#position < 0) return false;
    if (this.#position === this.#cells.length) this.#cells.push(0);
    return true;
  }
}

/** Bytes on their way to standard output. */
class Output {
  #bytes = new Uint8Array(4096);
  #used: int = 0;

  put(byte: int): void {
    if (this.#used === this.#bytes.length) this.flush();
    this.#bytes[this.#used] = byte;
    this.#used++;
  }

  flush(): void {
    writeBytes(1, this.#bytes.slice(0, this.#used));
    this.#used = 0;
  }
}

class BracketError extends Error {}

function isInstruction(code: int): boolean {
  return (
    code === RIGHT ||
    code === LEFT ||
    code === INCREMENT ||
    code === DECREMENT ||
    code === OUTPUT ||
    code === INPUT ||
    code === OPEN ||
    code === CLOSE
  );
}

function parse(source: string): Program {
  const codes: int[] = [];
  const partners: int[] = [];
  const open: int[] = [];
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (!isInstruction(code)) continue;
    const at = codes.length;
    codes.push(code);
    partners.push(0);
    if (code === OPEN) {
      open.push(at);
    } else if (code === CLOSE) {
      const start = open.pop();
      if (start === undefined) throw new BracketError(`] without [ at offset ${i}`);
      partners[start] = at;
      partners[at] = start;
    }
  }
  if (open.length > 0) throw new BracketError("[ without ]");
  return new Program(codes, partners);
}

const driver = new JitDriver<{ pc: int; program: Program }>({
  greens: ["pc", "program"],
  location: ({ pc, program }) => `${pc}: ${String.fromCharCode(program.codes[pc])}`,
});

function run(program: Program, input: string): int {
  const tape = new Tape();
  const output = new Output();
  let read: int = 0;
  let pc: int = 0;
  while (pc < program.codes.length) {
    driver.mergePoint({ pc, program });
    switch (program.codes[pc]) {
      case RIGHT:
        tape.move(1);
        break;
      case LEFT:
        if (!tape.move(-1)) {
          output.flush();
          write(2, `bf: moved left of the first cell at instruction ${pc}\n`);
          return 1;
        }
        break;
      case INCREMENT:
        tape.add(1);
        break;
      case DECREMENT:
        tape.add(-1);
        break;
      case OUTPUT:
        output.put(tape.get());
        break;
      case INPUT:
        if (read < input.length) {
          tape.set(input.charCodeAt(read) & 255);
          read++;
        } else {
          tape.set(0);
        }
        break;
      case OPEN:
        if (tape.get() === 0) pc = program.partners[pc];
        break;
      case CLOSE:
        if (tape.get() !== 0) {
          pc = program.partners[pc] + 1;
          driver.canEnter({ pc, program });
          continue;
        }
        break;
    }
    pc++;
  }
  output.flush();
  return 0;
}

function main(argv: string[]): int {
  if (argv.length !== 1) {
    write(2, "usage: bf FILE\n");
    return 64;
  }
  try {
    const program = parse(readFile(argv[0]));
    return run(program, program.codes.includes(INPUT) ? readStdin() : "");
  } catch (e) {
    if (e instanceof BracketError) {
      write(2, `bf: ${e.message}\n`);
      return 1;
    }
    throw e;
  }
}

export function target() {
  return { entry: main, name: "bf" };
}
