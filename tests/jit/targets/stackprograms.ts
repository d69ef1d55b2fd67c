/**
 * Random programs of the stack language that end: loops count to constants, recursion counts down. Ints, floats, strings,
 * objects, globals, calls, exceptions, looks at frames from outside.
 */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0;
  }

  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** Locals: ints 0 to 2, a float, an object, a string, loop counters. */
const FLOAT = 3;
const OBJECT = 4;
const TEXT = 5;
const FIRST_COUNTER = 6;
const LOCALS = 10;

class Writer {
  readonly #random: Random;
  readonly #functions: number;
  #label = 0;
  #out: string[] = [];

  constructor(random: Random, functions: number) {
    this.#random = random;
    this.#functions = functions;
  }

  #emit(...words: string[]): void {
    this.#out.push(...words);
  }

  #newLabel(): string {
    this.#label++;
    return `L${this.#label}`;
  }

  int(depth: number): void {
    const r = this.#random;
    switch (depth <= 0 ? r.below(2) : r.below(11)) {
      case 0:
        this.#emit("int", String(r.below(20) - 5));
        break;
      case 1:
      case 2:
        this.#emit("load", String(r.below(3)));
        break;
      case 3:
      case 4:
      case 5:
        this.int(depth - 1);
        this.int(depth - 1);
        this.#emit(r.pick(["add", "sub", "add", "mul", "lt"]));
        break;
      case 6:
        this.#emit("load", String(OBJECT), "get", r.pick(["a", "b"]));
        break;
      case 7:
        this.#emit("global", r.pick(["g", "h"]));
        break;
      case 8:
        this.#emit("load", String(TEXT), "length");
        break;
      case 9:
        this.float(depth - 1);
        this.float(depth - 1);
        this.#emit("lt");
        break;
      default:
        if (r.chance(50)) this.#emit("int", r.pick(["0", "0", "0", "1"]), "maypeek", String(r.below(3)));
        else this.#call(depth);
    }
  }

  float(depth: number): void {
    const r = this.#random;
    switch (depth <= 0 ? r.below(2) : r.below(4)) {
      case 0:
        this.#emit("float", r.pick(["0.5", "2.25", "-1.5", "1e3"]));
        break;
      case 1:
        this.#emit("load", String(FLOAT));
        break;
      default:
        this.float(depth - 1);
        if (r.chance(60)) this.float(depth - 1);
        else this.int(depth - 1);
        this.#emit(r.pick(["add", "sub", "mul"]));
    }
  }

  #call(depth: number): void {
    this.int(depth - 1);
    // The depth of recursion that is left.
    this.#emit("load", "9", "int", "1", "sub");
    this.#emit(this.#random.chance(80) ? "call" : "callseen", `f${this.#random.below(this.#functions)}`);
  }

  statement(depth: number, loops: number): void {
    const r = this.#random;
    switch (r.below(depth <= 0 ? 6 : 11)) {
      case 0:
      case 1:
      case 2:
        this.int(2);
        this.#emit("store", String(r.below(3)));
        break;
      case 3:
        this.float(2);
        this.#emit("store", String(FLOAT));
        break;
      case 4:
        this.#emit("load", String(OBJECT));
        this.int(2);
        this.#emit("set", r.pick(["a", "b"]));
        break;
      case 5:
        this.#small(r);
        break;
      case 6:
      case 7:
        this.#branch(depth, loops);
        break;
      case 8:
      case 9:
        if (loops > 0) this.#loop(depth, loops);
        else this.#branch(depth, loops);
        break;
      default:
        this.#attempt(depth, loops);
    }
  }

  #small(r: Random): void {
    switch (r.below(6)) {
      case 0:
        this.#emit("new", "dup", "int", "1", "set", "a", "dup", "int", "2", "set", "b", "store", String(OBJECT));
        break;
      case 1:
        this.#emit("str", r.pick(["x", "yy", "zzz"]), "store", String(TEXT));
        break;
      case 2:
        this.#emit("load", String(TEXT), "str", r.pick(["p", "qq"]), "add", "store", String(TEXT));
        break;
      case 3:
        this.int(1);
        this.#emit("setglobal", r.pick(["g", "h", "h"]));
        break;
      case 4:
        this.int(1);
        this.#emit("print");
        break;
      default:
        if (r.chance(30)) {
          this.int(1);
          this.#emit("poke", String(r.below(3)));
        }
    }
  }

  #branch(depth: number, loops: number): void {
    const [no, end] = [this.#newLabel(), this.#newLabel()];
    this.int(1);
    this.#emit("jumpf", no);
    this.statement(depth - 1, loops);
    this.#emit("jump", end, `:${no}`);
    if (this.#random.chance(60)) this.statement(depth - 1, loops);
    this.#emit(`:${end}`);
  }

  #loop(depth: number, loops: number): void {
    const counter = String(FIRST_COUNTER + loops);
    const [head, end] = [this.#newLabel(), this.#newLabel()];
    this.#emit("int", "0", "store", counter, `:${head}`);
    this.#emit("load", counter, "int", String(5 + this.#random.below(25)), "lt", "jumpf", end);
    for (let n = 1 + this.#random.below(3); n > 0; n--) this.statement(depth - 1, loops - 1);
    this.#emit("load", counter, "int", "1", "add", "store", counter, "jump", head, `:${end}`);
  }

  #attempt(depth: number, loops: number): void {
    const [caught, end] = [this.#newLabel(), this.#newLabel()];
    this.#emit("try", caught);
    this.statement(depth - 1, loops);
    if (this.#random.chance(40)) {
      const on = this.#newLabel();
      this.int(1);
      this.#emit("jumpf", on);
      this.int(1);
      this.#emit("throw", `:${on}`);
    }
    this.#emit("endtry", "jump", end, `:${caught}`, "store", "0", `:${end}`);
  }

  /** A function of an int and the depth of recursion that is left, or main. */
  body(isMain: boolean): string {
    this.#out = [];
    const r = this.#random;
    if (isMain) this.#emit("int", "3", "store", "9");
    else this.#emit("load", "1", "store", "9", "int", "0", "load", "9", "lt", "jumpf", "out");
    this.#emit("float", "0.5", "store", String(FLOAT), "str", "s", "store", String(TEXT));
    this.#emit("new", "dup", "int", "3", "set", "a", "dup", "int", "4", "set", "b", "store", String(OBJECT));
    for (let n = 2 + r.below(3); n > 0; n--) this.statement(3, isMain ? 2 : r.below(2));
    if (isMain) this.#emit("load", "0", "print", "load", String(FLOAT), "print", "load", String(TEXT), "print");
    if (!isMain) this.#emit(":out");
    this.#emit("load", String(r.below(3)), "ret");
    return this.#out.join(" ");
  }
}

/** The program of a seed. */
export function randomProgram(seed: number): string {
  const random = new Random(seed);
  const functions = 1 + random.below(3);
  const parts: string[] = [];
  for (let i = 0; i < functions; i++) {
    parts.push(`f${i} 2 ${LOCALS} { ${new Writer(random, functions).body(false)} }`);
  }
  parts.push(`main 0 ${LOCALS} { ${new Writer(random, functions).body(true)} }`);
  return parts.join(" ");
}
