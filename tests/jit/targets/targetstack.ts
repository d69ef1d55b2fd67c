/**
 * A stack language made for tests of the JIT: boxed ints, floats and strings, objects with fields, functions that
 * recurse, exceptions, globals. Its interpreter has every hint that a real one has: virtualizable frames, quasi-immutable
 * globals, promoted shapes, elidable lookups.
 *
 * A program is text: functions `NAME PARAMETERS LOCALS { instructions }`, instructions separated by blanks. `main` runs.
 *
 *     main 0 2 { int 0 store 0 :loop load 0 int 10 lt jumpf end … jump loop :end load 0 ret }
 *
 * Usage: `stack FILE`, or `stack -e PROGRAM`. What `print` prints goes to standard output.
 */
import type { float, int, Target, TargetOptions } from "rtypescript/rlib";
import { intAddOvf, intMulOvf, intSubOvf, parseInteger, toFloat } from "rtypescript/rlib";
import {
  dontLookInside,
  elidable,
  JitDriver,
  promote,
  quasiImmutable,
  unrollSafe,
  virtualizable,
} from "rtypescript/rlib/jit";
import { readFile, write } from "rtypescript/rlib/os";

export abstract class W_Root {
  abstract text(): string;
  isTrue(): boolean {
    return true;
  }
  add(w_other: W_Root): W_Root {
    throw new StackError(`cannot add ${this.text()} and ${w_other.text()}`);
  }
  sub(w_other: W_Root): W_Root {
    throw new StackError(`cannot subtract ${w_other.text()} from ${this.text()}`);
  }
  mul(w_other: W_Root): W_Root {
    throw new StackError(`cannot multiply ${this.text()} and ${w_other.text()}`);
  }
  less(w_other: W_Root): boolean {
    throw new StackError(`cannot compare ${this.text()} and ${w_other.text()}`);
  }
}

class StackError extends Error {}

/** An exception of the language, with what was thrown. */
class Thrown extends Error {
  readonly w_value: W_Root;

  constructor(w_value: W_Root) {
    super("thrown");
    this.w_value = w_value;
  }
}

class W_Int extends W_Root {
  readonly value: int;

  constructor(value: int) {
    super();
    this.value = value;
  }

  override text(): string {
    return String(this.value);
  }
  override isTrue(): boolean {
    return this.value !== 0;
  }
  override add(w_other: W_Root): W_Root {
    if (w_other instanceof W_Int) return overflowing(intAddOvf(this.value, w_other.value));
    if (w_other instanceof W_Float) return new W_Float(toFloat(this.value) + w_other.value);
    return super.add(w_other);
  }
  override sub(w_other: W_Root): W_Root {
    if (w_other instanceof W_Int) return overflowing(intSubOvf(this.value, w_other.value));
    if (w_other instanceof W_Float) return new W_Float(toFloat(this.value) - w_other.value);
    return super.sub(w_other);
  }
  override mul(w_other: W_Root): W_Root {
    if (w_other instanceof W_Int) return overflowing(intMulOvf(this.value, w_other.value));
    if (w_other instanceof W_Float) return new W_Float(toFloat(this.value) * w_other.value);
    return super.mul(w_other);
  }
  override less(w_other: W_Root): boolean {
    if (w_other instanceof W_Int) return this.value < w_other.value;
    if (w_other instanceof W_Float) return toFloat(this.value) < w_other.value;
    return super.less(w_other);
  }
}

function overflowing(result: int | null): W_Root {
  if (result === null) throw new Thrown(new W_Str("overflow"));
  return new W_Int(result);
}

class W_Float extends W_Root {
  readonly value: float;

  constructor(value: float) {
    super();
    this.value = value;
  }

  override text(): string {
    return `${String(this.value)}f`;
  }
  override isTrue(): boolean {
    return this.value !== 0.0;
  }
  #of(w_other: W_Root): float {
    if (w_other instanceof W_Float) return w_other.value;
    if (w_other instanceof W_Int) return toFloat(w_other.value);
    throw new StackError(`${w_other.text()} is no number`);
  }
  override add(w_other: W_Root): W_Root {
    return new W_Float(this.value + this.#of(w_other));
  }
  override sub(w_other: W_Root): W_Root {
    return new W_Float(this.value - this.#of(w_other));
  }
  override mul(w_other: W_Root): W_Root {
    return new W_Float(this.value * this.#of(w_other));
  }
  override less(w_other: W_Root): boolean {
    return this.value < this.#of(w_other);
  }
}

class W_Str extends W_Root {
  readonly value: string;

  constructor(value: string) {
    super();
    this.value = value;
  }

  override text(): string {
    return this.value;
  }
  override isTrue(): boolean {
    return this.value.length > 0;
  }
  override add(w_other: W_Root): W_Root {
    if (w_other instanceof W_Str) return new W_Str(this.value + w_other.value);
    return new W_Str(this.value + w_other.text());
  }
  override less(w_other: W_Root): boolean {
    if (w_other instanceof W_Str) return this.value < w_other.value;
    return super.less(w_other);
  }
}

/** Names of fields and their places; each field added makes a shape further on, always the same one. */
class Shape {
  readonly names: readonly string[];
  readonly #next: Map<string, Shape> = new Map();

  constructor(names: readonly string[]) {
    this.names = names;
  }

  find(name: string): int {
    return this.names.indexOf(name);
  }

  with(name: string): Shape {
    let shape = this.#next.get(name);
    if (shape === undefined) {
      shape = new Shape([...this.names, name]);
      this.#next.set(name, shape);
    }
    return shape;
  }

  static {
    elidable(Shape, "find");
    elidable(Shape, "with");
  }
}

const EMPTY = new Shape([]);
const NONE: W_Root[] = [];

class W_Object extends W_Root {
  #shape: Shape = EMPTY;
  #slots: W_Root[] = NONE.slice();

  override text(): string {
    return `object of ${this.#shape.names.length}`;
  }

  get(name: string): W_Root {
    const place = promote(this.#shape).find(name);
    if (place < 0) throw new Thrown(new W_Str(`no field ${name}`));
    return this.#slots[place];
  }

  set(name: string, w_value: W_Root): void {
    const shape = promote(this.#shape);
    const place = shape.find(name);
    if (place >= 0) {
      this.#slots[place] = w_value;
      return;
    }
    this.#shape = shape.with(name);
    this.#slots.push(w_value);
  }
}

/** A global variable. */
class Cell {
  value: W_Root = ZERO;

  static {
    quasiImmutable(Cell, "value");
  }
}

const ZERO: W_Root = new W_Int(0);

const INT = 0;
const LOAD = 1;
const STORE = 2;
const ADD = 3;
const SUB = 4;
const MUL = 5;
const LT = 6;
const JUMP = 7;
const JUMPF = 8;
const CALL = 9;
const RET = 10;
const PRINT = 11;
const NEW = 12;
const GET = 13;
const SET = 14;
const THROW = 15;
const TRY = 16;
const ENDTRY = 17;
const DUP = 18;
const POP = 19;
const GLOBAL = 20;
const SETGLOBAL = 21;
const LENGTH = 22;
/** Calls a function whose frame can be looked at from outside. */
const CALLSEEN = 23;
/** A local of the frame that can be seen, read and written by code that the JIT does not follow. */
const PEEK = 24;
const POKE = 25;
/** The same if what is on the stack is true, else 0: a call that looks only sometimes. */
const MAYPEEK = 26;

const NAMES: ReadonlyMap<string, int> = new Map([
  ["load", LOAD],
  ["store", STORE],
  ["add", ADD],
  ["sub", SUB],
  ["mul", MUL],
  ["lt", LT],
  ["jump", JUMP],
  ["jumpf", JUMPF],
  ["call", CALL],
  ["ret", RET],
  ["print", PRINT],
  ["new", NEW],
  ["get", GET],
  ["set", SET],
  ["throw", THROW],
  ["try", TRY],
  ["endtry", ENDTRY],
  ["dup", DUP],
  ["pop", POP],
  ["global", GLOBAL],
  ["setglobal", SETGLOBAL],
  ["length", LENGTH],
  ["callseen", CALLSEEN],
  ["peek", PEEK],
  ["poke", POKE],
  ["maypeek", MAYPEEK],
]);

class Code {
  readonly name: string;
  readonly parameters: int;
  readonly locals: int;
  /** Instruction, operand, instruction, operand… */
  readonly ops: readonly int[];
  readonly consts: readonly W_Root[];
  readonly names: readonly string[];
  /** Depth of the operand stack at most. */
  readonly depth: int;

  constructor(
    name: string,
    parameters: int,
    locals: int,
    ops: readonly int[],
    consts: readonly W_Root[],
    names: readonly string[],
  ) {
    this.name = name;
    this.parameters = parameters;
    this.locals = locals;
    this.ops = ops;
    this.consts = consts;
    this.names = names;
    this.depth = ops.length / 2 < 24 ? Math.trunc(ops.length / 2) : 24;
  }
}

/** A program's functions and globals. */
class World {
  readonly codes: Code[] = [];
  readonly cells: Map<string, Cell> = new Map();
  /** The frame that can be seen. */
  top: Frame | null = null;

  cell(name: string): Cell {
    let cell = this.cells.get(name);
    if (cell === undefined) {
      cell = new Cell();
      this.cells.set(name, cell);
    }
    return cell;
  }

  code(name: string): Code {
    for (const code of this.codes) if (code.name === name) return code;
    throw new StackError(`no function ${name}`);
  }

  static {
    elidable(World, "cell");
    elidable(World, "code");
  }
}

class Frame {
  /** Locals, then the operand stack. */
  readonly slots: W_Root[];
  depth: int;
  /** Where the innermost handler stands, and those around it: -1 for none. */
  handler: int = -1;

  constructor(code: Code) {
    this.slots = new Array<W_Root>(code.locals + code.depth).fill(ZERO);
    this.depth = code.locals;
  }

  push(w_value: W_Root): void {
    const depth = this.depth;
    this.slots[depth] = w_value;
    this.depth = depth + 1;
  }

  pop(): W_Root {
    const depth = this.depth - 1;
    const w_value = this.slots[depth];
    this.slots[depth] = ZERO;
    this.depth = depth;
    return w_value;
  }

  /** Drops all operands. */
  unwind(locals: int): void {
    let depth = this.depth;
    while (depth > locals) {
      depth--;
      this.slots[depth] = ZERO;
    }
    this.depth = depth;
  }

  static {
    virtualizable(Frame, ["depth", "handler", "slots[*]"]);
    unrollSafe(Frame, "unwind");
  }
}

const driver = new JitDriver<{ pc: int; code: Code }, { frame: Frame; world: World }>({
  greens: ["pc", "code"],
  reds: ["frame", "world"],
  virtualizables: ["frame"],
  location: ({ pc, code }) => `${code.name}:${pc}`,
});

function call(world: World, caller: Frame, name: string): W_Root {
  const code = promote(world).code(name);
  const frame = new Frame(code);
  for (let i = code.parameters - 1; i >= 0; i--) frame.slots[i] = caller.pop();
  return interpret(world, code, frame);
}
unrollSafe(call);

function callSeen(world: World, caller: Frame, name: string): W_Root {
  const code = promote(world).code(name);
  const frame = new Frame(code);
  for (let i = code.parameters - 1; i >= 0; i--) frame.slots[i] = caller.pop();
  const back = world.top;
  world.top = frame;
  try {
    return interpret(world, code, frame);
  } finally {
    world.top = back;
  }
}
unrollSafe(callSeen);

function peek(world: World, local: int): W_Root {
  const frame = world.top;
  return frame === null ? ZERO : frame.slots[local];
}
dontLookInside(peek);

function mayPeek(world: World, local: int, really: boolean): W_Root {
  return really ? peek(world, local) : ZERO;
}
dontLookInside(mayPeek);

function poke(world: World, local: int, w_value: W_Root): void {
  const frame = world.top;
  if (frame !== null) frame.slots[local] = w_value;
}
dontLookInside(poke);

function interpret(world: World, code: Code, frame: Frame): W_Root {
  let pc = 0;
  for (;;) {
    driver.mergePoint({ pc, code, frame, world });
    const operand = code.ops[pc + 1];
    const here = pc;
    pc += 2;
    try {
      switch (code.ops[here]) {
        case INT:
          frame.push(code.consts[operand]);
          break;
        case LOAD:
          frame.push(frame.slots[operand]);
          break;
        case STORE: {
          const w_value = frame.pop();
          frame.slots[operand] = w_value;
          break;
        }
        case ADD: {
          const w_right = frame.pop();
          frame.push(frame.pop().add(w_right));
          break;
        }
        case SUB: {
          const w_right = frame.pop();
          frame.push(frame.pop().sub(w_right));
          break;
        }
        case MUL: {
          const w_right = frame.pop();
          frame.push(frame.pop().mul(w_right));
          break;
        }
        case LT: {
          const w_right = frame.pop();
          frame.push(new W_Int(frame.pop().less(w_right) ? 1 : 0));
          break;
        }
        case JUMP:
          pc = operand;
          if (pc <= here) driver.canEnter({ pc, code });
          break;
        case JUMPF:
          if (!frame.pop().isTrue()) pc = operand;
          break;
        case CALL:
          frame.push(call(world, frame, code.names[operand]));
          break;
        case CALLSEEN:
          frame.push(callSeen(world, frame, code.names[operand]));
          break;
        case PEEK:
          frame.push(peek(world, operand));
          break;
        case MAYPEEK: {
          const really = frame.pop().isTrue();
          frame.push(mayPeek(world, operand, really));
          break;
        }
        case POKE:
          poke(world, operand, frame.pop());
          break;
        case RET:
          return frame.pop();
        case PRINT:
          write(1, `${frame.pop().text()}\n`);
          break;
        case NEW:
          frame.push(new W_Object());
          break;
        case GET:
          frame.push((frame.pop() as W_Object).get(code.names[operand]));
          break;
        case SET: {
          const w_value = frame.pop();
          (frame.pop() as W_Object).set(code.names[operand], w_value);
          break;
        }
        case THROW:
          throw new Thrown(frame.pop());
        case TRY:
          frame.handler = operand;
          break;
        case ENDTRY:
          frame.handler = -1;
          break;
        case DUP: {
          const w_value = frame.pop();
          frame.push(w_value);
          frame.push(w_value);
          break;
        }
        case POP:
          frame.pop();
          break;
        case GLOBAL:
          frame.push(promote(world).cell(code.names[operand]).value);
          break;
        case SETGLOBAL:
          promote(world).cell(code.names[operand]).value = frame.pop();
          break;
        case LENGTH:
          frame.push(new W_Int((frame.pop() as W_Str).value.length));
          break;
      }
    } catch (e) {
      if (!(e instanceof Thrown) || frame.handler < 0) throw e;
      pc = frame.handler;
      frame.handler = -1;
      frame.unwind(code.locals);
      frame.push(e.w_value);
    }
  }
}

class Parser {
  readonly #words: string[];
  #at: int = 0;

  constructor(text: string) {
    this.#words = text
      .replaceAll("\n", " ")
      .split(" ")
      .filter((word) => word !== "");
  }

  parse(world: World): void {
    while (this.#at < this.#words.length) world.codes.push(this.#function());
  }

  #word(): string {
    if (this.#at >= this.#words.length) throw new StackError("the program ends too early");
    const word = this.#words[this.#at];
    this.#at++;
    return word;
  }

  #number(): int {
    const word = this.#word();
    const n = parseInteger(word, 10);
    if (n === null) throw new StackError(`${word} is no number`);
    return n;
  }

  #function(): Code {
    const name = this.#word();
    const parameters = this.#number();
    const locals = this.#number();
    if (this.#word() !== "{") throw new StackError(`{ expected in ${name}`);
    const ops: int[] = [];
    const consts: W_Root[] = [];
    const names: string[] = [];
    const labels: Map<string, int> = new Map();
    const jumps: [int, string][] = [];
    for (;;) {
      const word = this.#word();
      if (word === "}") break;
      if (word.startsWith(":")) {
        labels.set(word.slice(1), ops.length);
        continue;
      }
      this.#instruction(word, ops, consts, names, jumps);
    }
    for (const [at, label] of jumps) {
      const target = labels.get(label);
      if (target === undefined) throw new StackError(`no label ${label} in ${name}`);
      ops[at] = target;
    }
    return new Code(name, parameters, locals, ops, consts, names);
  }

  #instruction(word: string, ops: int[], consts: W_Root[], names: string[], jumps: [int, string][]): void {
    if (word === "int" || word === "float" || word === "str") {
      ops.push(INT, consts.length);
      consts.push(this.#constant(word));
      return;
    }
    const op = NAMES.get(word);
    if (op === undefined) throw new StackError(`no instruction ${word}`);
    ops.push(op);
    if (op === LOAD || op === STORE || op === PEEK || op === POKE || op === MAYPEEK) ops.push(this.#number());
    else if (op === JUMP || op === JUMPF || op === TRY) {
      jumps.push([ops.length, this.#word()]);
      ops.push(0);
    } else if (op === CALL || op === CALLSEEN || op === GET || op === SET || op === GLOBAL || op === SETGLOBAL) {
      ops.push(names.length);
      names.push(this.#word());
    } else ops.push(0);
  }

  #constant(word: string): W_Root {
    if (word === "int") return new W_Int(this.#number());
    if (word === "float") return new W_Float(Number(this.#word()));
    return new W_Str(this.#word());
  }
}

/** Runs a program; returns what `main` does as text. */
export function runStack(text: string): string {
  const world = new World();
  new Parser(text).parse(world);
  const code = world.code("main");
  const frame = new Frame(code);
  world.top = frame;
  try {
    return interpret(world, code, frame).text();
  } catch (e) {
    if (e instanceof Thrown) return `thrown: ${e.w_value.text()}`;
    if (e instanceof StackError) return `error: ${e.message}`;
    throw e;
  }
}

function main(argv: string[]): int {
  if (argv.length !== 1 && argv.length !== 2) {
    write(2, "usage: stack FILE | stack -e PROGRAM\n");
    return 64;
  }
  const text = argv.length === 2 ? argv[1] : readFile(argv[0]);
  write(1, `${runStack(text)}\n`);
  return 0;
}

export function target(_options: TargetOptions): Target {
  return { entry: main, name: "stack" };
}
