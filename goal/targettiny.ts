/**
 * An interpreter for a language of one accumulator and three instructions, the smallest that has a loop:
 *
 *     +   INCREASE      adds 1
 *     -   DECREASE      subtracts 1
 *     j   JUMP_BACK_3   goes back three instructions unless the accumulator is 0
 *
 * Usage: `tiny FILE START`, or `tiny -e PROGRAM START`. Runs the program with START in the accumulator, prints what is
 * in it at the end.
 */
import type { int, Target, TargetOptions } from "rtypescript/rlib";
import { parseInteger } from "rtypescript/rlib";
import { JitDriver } from "rtypescript/rlib/jit";
import { readFile, write } from "rtypescript/rlib/os";

const INCREASE = 0;
const DECREASE = 1;
const JUMP_BACK_3 = 2;

/** Distance of a backward jump. */
const DISTANCE = 3;

class Program {
  readonly code: readonly int[];

  constructor(code: readonly int[]) {
    this.code = code;
  }
}

const driver = new JitDriver<{ pc: int; program: Program }, { accumulator: int }>({
  greens: ["pc", "program"],
  reds: ["accumulator"],
  location: ({ pc }) => `instruction ${pc}`,
});

/** Instructions of a text; other characters are comments. */
function parse(text: string): Program {
  const code: int[] = [];
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case "+":
        code.push(INCREASE);
        break;
      case "-":
        code.push(DECREASE);
        break;
      case "j":
        code.push(JUMP_BACK_3);
        break;
    }
  }
  return new Program(code);
}

function interpret(program: Program, start: int): int {
  let accumulator = start;
  let pc = 0;
  while (pc < program.code.length) {
    driver.mergePoint({ pc, program, accumulator });
    const instruction = program.code[pc];
    if (instruction === INCREASE) {
      accumulator++;
      pc++;
    } else if (instruction === DECREASE) {
      accumulator--;
      pc++;
    } else if (accumulator !== 0 && pc >= DISTANCE) {
      pc -= DISTANCE;
      driver.canEnter({ pc, program });
    } else {
      pc++;
    }
  }
  return accumulator;
}

function main(argv: string[]): int {
  if (argv.length !== 2 && argv.length !== 3) {
    write(2, "usage: tiny FILE START | tiny -e PROGRAM START\n");
    return 64;
  }
  const start = parseInteger(argv[argv.length - 1], 10);
  if (start === null) {
    write(2, "tiny: START must be an int\n");
    return 64;
  }
  const text = argv.length === 3 ? argv[1] : readFile(argv[0]);
  write(1, `${interpret(parse(text), start)}\n`);
  return 0;
}

export function target(_options: TargetOptions): Target {
  return { entry: main, name: "tiny" };
}
