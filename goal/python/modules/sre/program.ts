// Programs of the matching machine, translated from the code that `re._compiler` makes.
//
// A program is a list of numbers: an instruction and its operands. A repetition of a single character is one
// instruction whose unit is the instruction behind it; other repetitions are loops with a counter and the position at
// which the last round began, in registers. Lookaround and atomic groups remember the height of the backtrack stack in
// a register.
import type { int } from "rtypescript/rlib";
import { runtimeError } from "../../objects/root.ts";
import { CASE_ASCII, CASE_EXACT, CASE_UNICODE, CharSet, charsetLength } from "./charset.ts";
import * as op from "./opcodes.ts";

/** character */
export const I_CHAR: int = 0;
export const I_NOT_CHAR: int = 1;
/** Any but a line feed. */
export const I_ANY: int = 2;
export const I_ANY_ALL: int = 3;
/** set */
export const I_SET: int = 4;
/** lower-case character, case mode */
export const I_CHAR_CASE: int = 5;
export const I_NOT_CHAR_CASE: int = 6;
/** set, case mode */
export const I_SET_CASE: int = 7;
/** position code */
export const I_AT: int = 8;
/** mark */
export const I_MARK: int = 9;
/** Goes on here, at `target` on failure. */
export const I_BRANCH: int = 10;
/** target */
export const I_JUMP: int = 11;
/** group, case mode */
export const I_GROUP: int = 12;
/** group, target without it */
export const I_EXISTS: int = 13;
/** least, most, kind, target; followed by the unit */
export const I_UNITS: int = 14;
/** register */
export const I_LOOP_START: int = 15;
/** register, least, most, kind, exit; the body follows and jumps back */
export const I_LOOP: int = 16;
/** register */
export const I_ATOMIC_START: int = 17;
export const I_ATOMIC_END: int = 18;
/** register, characters to go back */
export const I_ASSERT_START: int = 19;
/** register */
export const I_ASSERT_END: int = 20;
/** register, characters to go back, target after a failure */
export const I_REFUSE_START: int = 21;
export const I_REFUSE_END: int = 22;
export const I_SUCCESS: int = 23;
export const I_FAIL: int = 24;

export const GREEDY: int = 0;
export const LAZY: int = 1;
export const POSSESSIVE: int = 2;

const NO_PREFIX: int[] = [];

export class Program {
  readonly code: int[];
  readonly sets: CharSet[];
  /** Registers used. */
  registers: int;
  /** Fewest characters of a match. */
  least: int;
  /** Characters that every match starts with. */
  prefix: int[];
  /** Characters that a match may start with. */
  first: CharSet | null;
  constructor() {
    this.code = [];
    this.sets = [];
    this.registers = 0;
    this.least = 0;
    this.prefix = NO_PREFIX;
    this.first = null;
  }
}

/** Translates; the code is checked no further, since only `re` makes it. */
export function translate(source: int[]): Program {
  const translator = new Translator(source);
  let start: int = 0;
  if (source[0] === op.INFO) {
    translator.info();
    start = 1 + source[1];
  }
  translator.sequence(start, source.length);
  return translator.program;
}

class Translator {
  readonly source: int[];
  readonly program: Program;
  constructor(source: int[]) {
    this.source = source;
    this.program = new Program();
  }

  info(): void {
    const source = this.source;
    const flags = source[2];
    this.program.least = source[3];
    if ((flags & 1) !== 0) {
      const n = source[5];
      this.program.prefix = source.slice(7, 7 + n);
    } else if ((flags & 4) !== 0) {
      this.program.first = new CharSet(source.slice(5, 5 + charsetLength(source, 5)));
    }
  }

  emit(...words: int[]): int {
    const at: int = this.program.code.length;
    for (const word of words) this.program.code.push(word);
    return at;
  }
  here(): int {
    return this.program.code.length;
  }
  register(count: int): int {
    const first = this.program.registers;
    this.program.registers += count;
    return first;
  }
  set(items: int[]): int {
    this.program.sets.push(new CharSet(items));
    return this.program.sets.length - 1;
  }

  /** Translates code from `at` to `end`. */
  sequence(at: int, end: int): void {
    let i = at;
    while (i < end) i = this.one(i);
  }

  /** Translates one operation; gives the place of the next. */
  one(i: int): int {
    const source = this.source;
    const unit = this.unit(i);
    if (unit >= 0) return unit;
    switch (source[i]) {
      case op.SUCCESS:
        this.emit(I_SUCCESS);
        return i + 1;
      case op.FAILURE:
        this.emit(I_FAIL);
        return i + 1;
      case op.AT:
        this.emit(I_AT, source[i + 1]);
        return i + 2;
      case op.MARK:
        this.emit(I_MARK, source[i + 1]);
        return i + 2;
      case op.GROUPREF:
        this.emit(I_GROUP, source[i + 1], CASE_EXACT);
        return i + 2;
      case op.GROUPREF_IGNORE:
      case op.GROUPREF_LOC_IGNORE:
        this.emit(I_GROUP, source[i + 1], CASE_ASCII);
        return i + 2;
      case op.GROUPREF_UNI_IGNORE:
        this.emit(I_GROUP, source[i + 1], CASE_UNICODE);
        return i + 2;
      case op.BRANCH:
        return this.branch(i);
      case op.GROUPREF_EXISTS:
        return this.conditional(i);
      case op.REPEAT_ONE:
        return this.units(i, GREEDY);
      case op.MIN_REPEAT_ONE:
        return this.units(i, LAZY);
      case op.POSSESSIVE_REPEAT_ONE:
        return this.units(i, POSSESSIVE);
      case op.REPEAT:
        return this.loop(i);
      case op.POSSESSIVE_REPEAT:
        return this.possessive(i);
      case op.ATOMIC_GROUP:
        return this.atomic(i);
      case op.ASSERT:
        return this.assert(i);
      case op.ASSERT_NOT:
        return this.refuse(i);
      case op.INFO:
        return i + 1 + source[i + 1];
      default:
        throw runtimeError("invalid SRE code");
    }
  }

  /** Translates an operation that matches one character; −1 if it is another. */
  unit(i: int): int {
    const source = this.source;
    switch (source[i]) {
      case op.LITERAL:
        this.emit(I_CHAR, source[i + 1]);
        return i + 2;
      case op.NOT_LITERAL:
        this.emit(I_NOT_CHAR, source[i + 1]);
        return i + 2;
      case op.LITERAL_IGNORE:
      case op.LITERAL_LOC_IGNORE:
        this.emit(I_CHAR_CASE, source[i + 1], CASE_ASCII);
        return i + 2;
      case op.NOT_LITERAL_IGNORE:
      case op.NOT_LITERAL_LOC_IGNORE:
        this.emit(I_NOT_CHAR_CASE, source[i + 1], CASE_ASCII);
        return i + 2;
      case op.LITERAL_UNI_IGNORE:
        this.emit(I_CHAR_CASE, source[i + 1], CASE_UNICODE);
        return i + 2;
      case op.NOT_LITERAL_UNI_IGNORE:
        this.emit(I_NOT_CHAR_CASE, source[i + 1], CASE_UNICODE);
        return i + 2;
      case op.ANY:
        this.emit(I_ANY);
        return i + 1;
      case op.ANY_ALL:
        this.emit(I_ANY_ALL);
        return i + 1;
      case op.CATEGORY:
        this.emit(I_SET, this.set([op.CATEGORY, source[i + 1], op.FAILURE]));
        return i + 2;
      case op.IN:
        this.emit(I_SET, this.set(source.slice(i + 2, i + 1 + source[i + 1])));
        return i + 1 + source[i + 1];
      case op.IN_IGNORE:
      case op.IN_LOC_IGNORE:
        this.emit(I_SET_CASE, this.set(source.slice(i + 2, i + 1 + source[i + 1])), CASE_ASCII);
        return i + 1 + source[i + 1];
      case op.IN_UNI_IGNORE:
        this.emit(I_SET_CASE, this.set(source.slice(i + 2, i + 1 + source[i + 1])), CASE_UNICODE);
        return i + 1 + source[i + 1];
      default:
        return -1;
    }
  }

  /** Alternatives: a length and code each, a jump at the end of the code, and a length of 0 at last. */
  branch(i: int): int {
    const source = this.source;
    const code = this.program.code;
    const jumps: int[] = [];
    let at: int = i + 1;
    while (source[at] !== 0) {
      const next: int = at + source[at];
      const last = source[next] === 0;
      const split: int = last ? -1 : this.emit(I_BRANCH, 0);
      // The jump to the end takes the last two words.
      this.sequence(at + 1, next - 2);
      if (!last) {
        jumps.push(this.emit(I_JUMP, 0) + 1);
        code[split + 1] = this.here();
      }
      at = next;
    }
    for (const jump of jumps) code[jump] = this.here();
    return at + 1;
  }

  /** `(?(group)yes|no)` */
  conditional(i: int): int {
    const source = this.source;
    const code = this.program.code;
    const test = this.emit(I_EXISTS, source[i + 1], 0);
    // Where the alternative begins; before it stands a jump if there is one.
    const other: int = i + 1 + source[i + 2];
    let last: int = other;
    let at: int = i + 3;
    while (at < other) {
      if (source[at] === op.JUMP && at + 2 === other) {
        last = at + 1 + source[at + 1];
        const jump = this.emit(I_JUMP, 0);
        code[test + 2] = this.here();
        this.sequence(other, last);
        code[jump + 1] = this.here();
        return last;
      }
      at = this.one(at);
    }
    code[test + 2] = this.here();
    return last;
  }

  units(i: int, kind: int): int {
    const source = this.source;
    const next: int = i + 1 + source[i + 1];
    const at = this.emit(I_UNITS, source[i + 2], source[i + 3], kind, 0);
    this.unit(i + 4);
    this.program.code[at + 4] = this.here();
    return next;
  }

  loopOf(from: int, end: int, least: int, most: int, kind: int): void {
    const register = this.register(2);
    this.emit(I_LOOP_START, register);
    const loop = this.emit(I_LOOP, register, least, most, kind, 0);
    this.sequence(from, end);
    this.emit(I_JUMP, loop);
    this.program.code[loop + 5] = this.here();
  }
  loop(i: int): int {
    const source = this.source;
    const until: int = i + 1 + source[i + 1];
    this.loopOf(i + 4, until, source[i + 2], source[i + 3], source[until] === op.MIN_UNTIL ? LAZY : GREEDY);
    return until + 1;
  }
  possessive(i: int): int {
    const source = this.source;
    const until: int = i + 1 + source[i + 1];
    const register = this.register(1);
    this.emit(I_ATOMIC_START, register);
    this.loopOf(i + 4, until, source[i + 2], source[i + 3], GREEDY);
    this.emit(I_ATOMIC_END, register);
    return until + 1;
  }
  atomic(i: int): int {
    const next: int = i + 1 + this.source[i + 1];
    const register = this.register(1);
    this.emit(I_ATOMIC_START, register);
    this.sequence(i + 2, next - 1);
    this.emit(I_ATOMIC_END, register);
    return next;
  }
  assert(i: int): int {
    const next: int = i + 1 + this.source[i + 1];
    const register = this.register(2);
    this.emit(I_ASSERT_START, register, this.source[i + 2]);
    this.sequence(i + 3, next - 1);
    this.emit(I_ASSERT_END, register);
    return next;
  }
  refuse(i: int): int {
    const next: int = i + 1 + this.source[i + 1];
    const register = this.register(1);
    const start = this.emit(I_REFUSE_START, register, this.source[i + 2], 0);
    this.sequence(i + 3, next - 1);
    this.emit(I_REFUSE_END, register);
    this.program.code[start + 3] = this.here();
    return next;
  }
}
