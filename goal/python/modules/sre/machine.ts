// The matching machine: runs a program on a subject with an explicit backtrack stack.
//
// A stack entry is four numbers: its kind and three operands. Choices say where to go on after a failure; records of
// old values of marks and registers are put back on the way. So a failed attempt leaves marks and registers as it
// found them, and no recursion limits patterns or subjects. To commit to what was matched (atomic groups, lookahead)
// the choices are taken out of a part of the stack and the records are left.
import { type int, newList } from "rtypescript/rlib";
import { CASE_EXACT, isAsciiWord, isWord, lowered } from "./charset.ts";
import * as p from "./program.ts";

/** Where to go on: instruction, position. */
const CHOICE: int = 0;
/** An old value of a mark: index, value. */
const OLD_MARK: int = 1;
/** An old value of a register: index, value. */
const OLD_REGISTER: int = 2;
/** A run of single characters to give back: instruction behind it, least position, present position. */
const GIVE_BACK: int = 3;
/** A lazy run to extend: its instruction, position, how many more it may take. */
const EXTEND: int = 4;

/** What is searched: text of the basic plane, code points, or octets. */
export class Subject {
  readonly text: string | null;
  readonly codes: Int32Array | null;
  readonly octets: Uint8Array | null;
  readonly length: int;
  constructor(text: string | null, codes: Int32Array | null, octets: Uint8Array | null) {
    this.text = text;
    this.codes = codes;
    this.octets = octets;
    this.length = text !== null ? text.length : codes !== null ? codes.length : octets !== null ? octets.length : 0;
  }
  at(i: int): int {
    const text = this.text;
    if (text !== null) return text.charCodeAt(i);
    const codes = this.codes;
    if (codes !== null) return codes[i];
    return (this.octets as Uint8Array)[i];
  }
}

export class Machine {
  readonly program: p.Program;
  readonly subject: Subject;
  /** Matching ends here, as if the subject did. */
  readonly end: int;
  /** Two per group, −1 unset; then the group closed last. */
  readonly marks: int[];
  readonly lastMark: int;
  readonly registers: int[];
  #stack: Int32Array;
  #top: int;
  /** Where to go on after a failure. */
  #pc: int;
  #position: int;
  /** Bounds of the match. */
  start: int;
  stop: int;

  constructor(program: p.Program, groups: int, subject: Subject, end: int) {
    this.program = program;
    this.subject = subject;
    this.end = end;
    this.marks = newList<int>(2 * groups + 1, -1);
    this.lastMark = 2 * groups;
    this.registers = newList<int>(program.registers, 0);
    this.#stack = new Int32Array(256);
    this.#top = 0;
    this.#pc = 0;
    this.#position = 0;
    this.start = 0;
    this.stop = 0;
  }

  /** Forgets the match before another attempt. */
  reset(): void {
    for (let i: int = 0; i < this.marks.length; i++) this.marks[i] = -1;
  }

  /** Finds the first match at or after `from`; `advance`: one at `from` must not be empty. */
  search(from: int, advance: boolean): boolean {
    const program = this.program;
    const last = this.end - program.least;
    let s = from;
    while (s <= last) {
      s = this.#candidate(s, last);
      if (s < 0) return false;
      if (this.match(s, false, advance && s === from)) return true;
      s++;
    }
    return false;
  }

  /** The next position from `s` to `last` where a match can begin, −1 without. */
  #candidate(s: int, last: int): int {
    const program = this.program;
    const subject = this.subject;
    if (program.prefix.length > 0) {
      const c = program.prefix[0];
      for (let i = s; i <= last; i++) if (subject.at(i) === c) return i;
      return -1;
    }
    const first = program.first;
    if (first === null) return s;
    for (let i = s; i <= last; i++) if (i < this.end && first.has(subject.at(i))) return i;
    return -1;
  }

  /** Matches at a position; `full`: up to the end; `advance`: not the empty text. */
  match(start: int, full: boolean, advance: boolean): boolean {
    this.#top = 0;
    const code = this.program.code;
    const subject = this.subject;
    const end = this.end;
    let pc: int = 0;
    let at = start;
    for (;;) {
      let fits = false;
      switch (code[pc]) {
        case p.I_CHAR:
          if (at < end && subject.at(at) === code[pc + 1]) {
            at++;
            pc += 2;
            fits = true;
          }
          break;
        case p.I_NOT_CHAR:
        case p.I_ANY:
        case p.I_ANY_ALL:
        case p.I_SET:
          if (at < end && this.#fits(pc, subject.at(at))) {
            at++;
            pc += code[pc] === p.I_ANY || code[pc] === p.I_ANY_ALL ? 1 : 2;
            fits = true;
          }
          break;
        case p.I_CHAR_CASE:
        case p.I_NOT_CHAR_CASE:
        case p.I_SET_CASE:
          if (at < end && this.#fits(pc, subject.at(at))) {
            at++;
            pc += 3;
            fits = true;
          }
          break;
        case p.I_AT:
          if (this.#isAt(code[pc + 1], at)) {
            pc += 2;
            fits = true;
          }
          break;
        case p.I_MARK:
          this.#mark(code[pc + 1], at);
          pc += 2;
          fits = true;
          break;
        case p.I_BRANCH:
          this.#push(CHOICE, code[pc + 1], at, 0);
          pc += 2;
          fits = true;
          break;
        case p.I_JUMP:
          pc = code[pc + 1];
          fits = true;
          break;
        case p.I_GROUP: {
          const length = this.#sameAsGroup(code[pc + 1], code[pc + 2], at);
          if (length >= 0) {
            at += length;
            pc += 3;
            fits = true;
          }
          break;
        }
        case p.I_EXISTS:
          pc = this.marks[2 * code[pc + 1] + 1] < 0 ? code[pc + 2] : pc + 3;
          fits = true;
          break;
        case p.I_UNITS: {
          const reached = this.#units(pc, at);
          if (reached >= 0) {
            at = reached;
            pc = code[pc + 4];
            fits = true;
          }
          break;
        }
        case p.I_LOOP_START:
          this.#setRegister(code[pc + 1], 0);
          this.#setRegister(code[pc + 1] + 1, -1);
          pc += 2;
          fits = true;
          break;
        case p.I_LOOP:
          pc = this.#loop(pc, at);
          fits = true;
          break;
        case p.I_ATOMIC_START:
          this.#setRegister(code[pc + 1], this.#top);
          pc += 2;
          fits = true;
          break;
        case p.I_ATOMIC_END:
          this.#commit(this.registers[code[pc + 1]]);
          pc += 2;
          fits = true;
          break;
        case p.I_ASSERT_START:
          if (at >= code[pc + 2]) {
            this.#setRegister(code[pc + 1] + 1, at);
            this.#setRegister(code[pc + 1], this.#top);
            at -= code[pc + 2];
            pc += 3;
            fits = true;
          }
          break;
        case p.I_ASSERT_END:
          this.#commit(this.registers[code[pc + 1]]);
          at = this.registers[code[pc + 1] + 1];
          pc += 2;
          fits = true;
          break;
        case p.I_REFUSE_START:
          fits = true;
          if (at < code[pc + 2]) {
            pc = code[pc + 3];
            break;
          }
          this.#setRegister(code[pc + 1], this.#top);
          this.#push(CHOICE, code[pc + 3], at, 0);
          at -= code[pc + 2];
          pc += 4;
          break;
        case p.I_REFUSE_END:
          this.#unwind(this.registers[code[pc + 1]]);
          break;
        case p.I_SUCCESS:
          if ((!full || at === end) && (!advance || at !== start)) {
            this.start = start;
            this.stop = at;
            return true;
          }
          break;
      }
      if (fits) continue;
      if (!this.#backtrack()) return false;
      pc = this.#pc;
      at = this.#position;
    }
  }

  // --- single characters ----------------------------------------------------------------------------------------------

  /** Does the character fit the instruction? */
  #fits(pc: int, c: int): boolean {
    const code = this.program.code;
    switch (code[pc]) {
      case p.I_CHAR:
        return c === code[pc + 1];
      case p.I_NOT_CHAR:
        return c !== code[pc + 1];
      case p.I_ANY:
        return c !== 10;
      case p.I_ANY_ALL:
        return true;
      case p.I_SET:
        return this.program.sets[code[pc + 1]].has(c);
      case p.I_CHAR_CASE:
        return lowered(code[pc + 2], c) === code[pc + 1];
      case p.I_NOT_CHAR_CASE:
        return lowered(code[pc + 2], c) !== code[pc + 1];
      default:
        return this.program.sets[code[pc + 1]].has(lowered(code[pc + 2], c));
    }
  }

  /** Position after a run of single characters, −1 when there are too few. */
  #units(pc: int, at: int): int {
    const code = this.program.code;
    const least = code[pc + 1];
    const most = code[pc + 2];
    const kind = code[pc + 3];
    if (kind === p.LAZY) {
      const reached = this.#run(pc + 5, at, least);
      if (reached < at + least) return -1;
      if (most < 0 || most > least) this.#push(EXTEND, pc, reached, most < 0 ? -1 : most - least);
      return reached;
    }
    const reached = this.#run(pc + 5, at, most);
    if (reached < at + least) return -1;
    if (kind === p.GREEDY && reached > at + least) this.#push(GIVE_BACK, code[pc + 4], at + least, reached);
    return reached;
  }

  /** Position after as many fitting characters as there are, at most `most` (any number if negative). */
  #run(unit: int, at: int, most: int): int {
    const limit: int = most < 0 || most > this.end - at ? this.end : at + most;
    const code = this.program.code;
    const subject = this.subject;
    let i = at;
    switch (code[unit]) {
      case p.I_ANY_ALL:
        return limit;
      case p.I_CHAR:
        while (i < limit && subject.at(i) === code[unit + 1]) i++;
        return i;
      case p.I_SET: {
        const set = this.program.sets[code[unit + 1]];
        while (i < limit && set.has(subject.at(i))) i++;
        return i;
      }
      default:
        while (i < limit && this.#fits(unit, subject.at(i))) i++;
        return i;
    }
  }

  // --- positions, groups, loops -----------------------------------------------------------------------------------------

  #isAt(where: int, at: int): boolean {
    switch (where) {
      case 0:
      case 2:
        return at === 0;
      case 1:
        return at === 0 || this.subject.at(at - 1) === 10;
      case 3:
      case 8:
        return this.end > 0 && this.#wordBefore(at, true) !== this.#wordAfter(at, true);
      case 4:
      case 9:
        return this.end > 0 && this.#wordBefore(at, true) === this.#wordAfter(at, true);
      case 5:
        return at === this.end || (at + 1 === this.end && this.subject.at(at) === 10);
      case 6:
        return at === this.end || this.subject.at(at) === 10;
      case 7:
        return at === this.end;
      case 10:
        return this.end > 0 && this.#wordBefore(at, false) !== this.#wordAfter(at, false);
      default:
        return this.end > 0 && this.#wordBefore(at, false) === this.#wordAfter(at, false);
    }
  }
  #wordBefore(at: int, ascii: boolean): boolean {
    if (at === 0) return false;
    const c = this.subject.at(at - 1);
    return ascii ? isAsciiWord(c) : isWord(c);
  }
  #wordAfter(at: int, ascii: boolean): boolean {
    if (at >= this.end) return false;
    const c = this.subject.at(at);
    return ascii ? isAsciiWord(c) : isWord(c);
  }

  /** Length of the text of a group if it stands at `at` again, −1 if not. */
  #sameAsGroup(group: int, mode: int, at: int): int {
    const from = this.marks[2 * group];
    const to = this.marks[2 * group + 1];
    if (from < 0 || to < from) return -1;
    const length = to - from;
    if (at + length > this.end) return -1;
    const subject = this.subject;
    for (let i: int = 0; i < length; i++) {
      const a = subject.at(from + i);
      const b = subject.at(at + i);
      if (a !== b && (mode === CASE_EXACT || lowered(mode, a) !== lowered(mode, b))) return -1;
    }
    return length;
  }

  #mark(index: int, at: int): void {
    this.#push(OLD_MARK, index, this.marks[index], 0);
    this.marks[index] = at;
    if ((index & 1) === 1) {
      this.#push(OLD_MARK, this.lastMark, this.marks[this.lastMark], 0);
      this.marks[this.lastMark] = (index >> 1) + 1;
    }
  }

  #setRegister(index: int, value: int): void {
    this.#push(OLD_REGISTER, index, this.registers[index], 0);
    this.registers[index] = value;
  }

  /** Begins another round or leaves the loop: the next instruction. */
  #loop(pc: int, at: int): int {
    const code = this.program.code;
    const register = code[pc + 1];
    const most = code[pc + 3];
    const exit = code[pc + 5];
    const body: int = pc + 6;
    const count = this.registers[register];
    if (count < code[pc + 2]) {
      this.#setRegister(register, count + 1);
      return body;
    }
    const again = (most < 0 || count < most) && this.registers[register + 1] !== at;
    if (!again) return exit;
    if (code[pc + 4] === p.LAZY) {
      // After a failure: another round. The registers are set by an instruction of their own, this one, so the choice
      // is recorded as a round that has been decided on.
      this.#push(EXTEND, pc, at, 0);
      return exit;
    }
    this.#push(CHOICE, exit, at, 0);
    this.#setRegister(register, count + 1);
    this.#setRegister(register + 1, at);
    return body;
  }

  // --- the stack ----------------------------------------------------------------------------------------------------------

  #push(kind: int, a: int, b: int, c: int): void {
    let stack = this.#stack;
    const top = this.#top;
    if (top + 4 > stack.length) {
      const larger = new Int32Array(stack.length * 2);
      for (let i: int = 0; i < top; i++) larger[i] = stack[i];
      this.#stack = larger;
      stack = larger;
    }
    stack[top] = kind;
    stack[top + 1] = a;
    stack[top + 2] = b;
    stack[top + 3] = c;
    this.#top = top + 4;
  }

  /** Undoes what was done since the last choice and takes its other way; false when none is left. */
  #backtrack(): boolean {
    const stack = this.#stack;
    while (this.#top > 0) {
      this.#top -= 4;
      const top = this.#top;
      const a: int = stack[top + 1];
      const b: int = stack[top + 2];
      switch (stack[top]) {
        case CHOICE:
          this.#pc = a;
          this.#position = b;
          return true;
        case OLD_MARK:
          this.marks[a] = b;
          break;
        case OLD_REGISTER:
          this.registers[a] = b;
          break;
        case GIVE_BACK:
          if (this.#giveBack(a, b, stack[top + 3])) return true;
          break;
        default:
          if (this.#extend(a, b, stack[top + 3])) return true;
      }
    }
    return false;
  }

  /** Gives characters of a run back until what follows may match. */
  #giveBack(pc: int, least: int, present: int): boolean {
    const code = this.program.code;
    let at: int = present - 1;
    if (code[pc] === p.I_CHAR) {
      const c = code[pc + 1];
      while (at >= least && !(at < this.end && this.subject.at(at) === c)) at--;
    }
    if (at < least) return false;
    if (at > least) this.#push(GIVE_BACK, pc, least, at);
    this.#pc = pc;
    this.#position = at;
    return true;
  }

  /** Takes one more character into a lazy run, or begins one more round of a lazy loop. */
  #extend(pc: int, at: int, left: int): boolean {
    const code = this.program.code;
    if (code[pc] === p.I_LOOP) {
      const register = code[pc + 1];
      this.#setRegister(register, this.registers[register] + 1);
      this.#setRegister(register + 1, at);
      this.#pc = pc + 6;
      this.#position = at;
      return true;
    }
    if (at >= this.end || !this.#fits(pc + 5, this.subject.at(at))) return false;
    if (left !== 1) this.#push(EXTEND, pc, at + 1, left < 0 ? -1 : left - 1);
    this.#pc = code[pc + 4];
    this.#position = at + 1;
    return true;
  }

  /** Takes the choices made since a height of the stack away; records of old values stay. */
  #commit(height: int): void {
    const stack = this.#stack;
    let to = height;
    for (let from = height; from < this.#top; from += 4) {
      if (stack[from] !== OLD_MARK && stack[from] !== OLD_REGISTER) continue;
      stack[to] = stack[from];
      stack[to + 1] = stack[from + 1];
      stack[to + 2] = stack[from + 2];
      to += 4;
    }
    this.#top = to;
  }

  /** Undoes everything done since a height of the stack. */
  #unwind(height: int): void {
    const stack = this.#stack;
    while (this.#top > height) {
      this.#top -= 4;
      const top = this.#top;
      if (stack[top] === OLD_MARK) this.marks[stack[top + 1]] = stack[top + 2];
      else if (stack[top] === OLD_REGISTER) this.registers[stack[top + 1]] = stack[top + 2];
    }
  }
}
