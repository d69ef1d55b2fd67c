/**
 * A log in memory: its sections in order of their beginning, as parallel arrays of numbers, because there can be
 * millions; and the numbers that sections carry, added up.
 */
import { type Header, type Listener, readLog } from "./reader.ts";

/** A number that sections of one name carry: `survived=81920`. */
export interface Fact {
  count: number;
  sum: number;
  largest: number;
  last: number;
}

export interface Log {
  readonly header: Header;
  /** Names of sections in order of appearance; `name` below is an index into them. */
  readonly names: readonly string[];
  /** How many sections. */
  readonly count: number;
  readonly name: Int32Array;
  /** Microseconds since the log began. */
  readonly start: Float64Array;
  readonly stop: Float64Array;
  /** Time in the section but in none inside it. */
  readonly self: Float64Array;
  /** Index of the section around it, −1 for none. */
  readonly parent: Int32Array;
  /** By section name, then by the number's name. */
  readonly facts: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
  /** Time of the last line. */
  readonly end: number;
  /** Did the process come to its end? */
  readonly ended: boolean;
}

const FACTS = /^[A-Za-z][\w-]*=-?\d+(?: [A-Za-z][\w-]*=-?\d+)*$/;
const FIRST_CAPACITY = 1024;

/** Numbers in a typed array that grows. */
class Column<A extends Int32Array | Float64Array> {
  items: A;
  readonly #make: (size: number) => A;

  constructor(make: (size: number) => A) {
    this.#make = make;
    this.items = make(FIRST_CAPACITY);
  }

  set(index: number, value: number): void {
    if (index >= this.items.length) {
      const grown = this.#make(this.items.length * 2);
      grown.set(this.items);
      this.items = grown;
    }
    this.items[index] = value;
  }
}

const ints = (): Column<Int32Array> => new Column((size) => new Int32Array(size));
const floats = (): Column<Float64Array> => new Column((size) => new Float64Array(size));

class Loader implements Listener {
  readonly names: string[] = [];
  readonly #indices = new Map<string, number>();
  readonly #open: number[] = [];
  readonly name = ints();
  readonly start = floats();
  readonly stop = floats();
  readonly self = floats();
  readonly parent = ints();
  readonly facts = new Map<string, Map<string, Fact>>();
  head: Header | null = null;
  count = 0;
  last = 0;
  ended = false;

  header(header: Header): void {
    this.head = header;
  }

  #indexOf(section: string): number {
    let index = this.#indices.get(section);
    if (index === undefined) {
      index = this.names.push(section) - 1;
      this.#indices.set(section, index);
    }
    return index;
  }

  begin(section: string, at: number): void {
    const index = this.count++;
    this.name.set(index, this.#indexOf(section));
    this.start.set(index, at);
    this.self.set(index, 0);
    this.parent.set(index, this.#open.at(-1) ?? -1);
    this.#open.push(index);
  }

  finish(_section: string, at: number): void {
    const index = this.#open.pop() as number;
    this.stop.set(index, at);
    const took = at - (this.start.items[index] as number);
    this.self.set(index, (this.self.items[index] as number) + took);
    const parent = this.#open.at(-1);
    if (parent !== undefined) this.self.set(parent, (this.self.items[parent] as number) - took);
  }

  text(line: string): void {
    if (!FACTS.test(line)) return;
    const section = this.names[this.name.items[this.#open.at(-1) as number] as number] as string;
    let facts = this.facts.get(section);
    if (facts === undefined) {
      facts = new Map();
      this.facts.set(section, facts);
    }
    for (const part of line.split(" ")) {
      const equals = part.indexOf("=");
      addFact(facts, part.slice(0, equals), Number(part.slice(equals + 1)));
    }
  }

  end(at: number, ended: boolean): void {
    this.last = at;
    this.ended = ended;
  }
}

function addFact(facts: Map<string, Fact>, name: string, value: number): void {
  const fact = facts.get(name);
  if (fact === undefined) {
    facts.set(name, { count: 1, sum: value, largest: value, last: value });
    return;
  }
  fact.count++;
  fact.sum += value;
  fact.largest = Math.max(fact.largest, value);
  fact.last = value;
}

/** Loads a whole log. Throws LogError. */
export function loadLog(path: string): Log {
  const loader = new Loader();
  readLog(path, loader);
  return {
    header: loader.head as Header,
    names: loader.names,
    count: loader.count,
    name: loader.name.items,
    start: loader.start.items,
    stop: loader.stop.items,
    self: loader.self.items,
    parent: loader.parent.items,
    facts: loader.facts,
    end: loader.last,
    ended: loader.ended,
  };
}
