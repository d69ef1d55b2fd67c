/**
 * Random low-level programs for differential tests of passes: integers, a linked struct type, allocation, field access,
 * loops, calls with and without handlers, raising. Every program ends, and its result is an integer that depends on
 * all it did. The same seed gives the same program.
 */
import { LowFunction, LowStruct, zeroValue } from "../../rtyper/lltype/memory.ts";
import {
  Bool,
  funcType,
  type LowType,
  OBJECT,
  type Ptr,
  ptr,
  Signed,
  Struct,
  Void,
  VTABLE,
} from "../../rtyper/lltype/types.ts";
import { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";

/** A small generator of random numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

function instanceStruct(name: string, base: Struct): Struct {
  const struct = new Struct(name, true, base);
  const vtable = new Struct(`${name}.vtable`, false, VTABLE).define([]);
  struct.vtable = new LowStruct(vtable, 0);
  return struct;
}

export const NODE = instanceStruct("Node", OBJECT);
export const NODE_PTR: Ptr = ptr(NODE);
NODE.define([
  { name: "value", type: Signed, immutable: false },
  { name: "left", type: NODE_PTR, immutable: false },
  { name: "right", type: NODE_PTR, immutable: false },
]);
const POSITION = new SourcePosition("random.ts", 1, 1, "random");
const ERROR_PTR = ptr(OBJECT);
const INTS = 3;
const POINTERS = 3;

/** The program's variables at a point of the function under construction. */
interface Scope {
  ints: Value[];
  pointers: Value[];
}

/** Builds one function; every block receives all program variables. */
class FunctionMaker {
  readonly random: Random;
  readonly callees: readonly LowFunction[];
  readonly graph: FunctionGraph;
  block: Block;
  scope: Scope;

  constructor(name: string, random: Random, callees: readonly LowFunction[]) {
    this.random = random;
    this.callees = callees;
    const inputs = [new Variable("n", Signed), new Variable("node", NODE_PTR)];
    this.block = new Block(inputs);
    this.graph = new FunctionGraph(name, this.block, POSITION);
    (this.graph.returnBlock.inputargs[0] as Variable).type = Signed;
    (this.graph.exceptBlock.inputargs[0] as Variable).type = ERROR_PTR;
    const [n, node] = inputs as [Variable, Variable];
    this.scope = {
      ints: [n, int(1n), int(7n)],
      pointers: [node, new Constant(null, NODE_PTR), node],
    };
  }

  emit(opname: string, args: Value[], type: LowType): Variable {
    const result = new Variable("", type);
    this.block.operations.push(new Operation(opname, args, result, POSITION));
    return result;
  }

  /** A new block that receives the program's variables, and the arguments for a link to it. */
  fork(): { block: Block; scope: Scope } {
    const ints = Array.from({ length: INTS }, () => new Variable("i", Signed));
    const pointers = Array.from({ length: POINTERS }, () => new Variable("p", NODE_PTR));
    return { block: new Block([...ints, ...pointers]), scope: { ints: [...ints], pointers: [...pointers] } };
  }

  args(scope: Scope = this.scope): Value[] {
    return [...scope.ints, ...scope.pointers];
  }

  enter(target: { block: Block; scope: Scope }): void {
    this.block = target.block;
    this.scope = { ints: [...target.scope.ints], pointers: [...target.scope.pointers] };
  }

  branch(condition: Value, whenTrue: () => void, whenFalse: () => void): void {
    const [yes, no, after] = [this.fork(), this.fork(), this.fork()];
    this.block.exitswitch = condition;
    this.block.exits = [new Link(this.args(), no.block, false), new Link(this.args(), yes.block, true)];
    for (const [part, fill] of [
      [yes, whenTrue],
      [no, whenFalse],
    ] as const) {
      this.enter(part);
      fill();
      this.block.exits = [new Link(this.args(), after.block)];
    }
    this.enter(after);
  }

  /** Runs the body a fixed number of times; the counter is a variable of its own. */
  loop(times: number, body: () => void): void {
    const head = this.fork();
    const counter = new Variable("count", Signed);
    head.block.inputargs.push(counter);
    this.block.exits = [new Link([...this.args(), int(BigInt(times))], head.block)];
    this.enter(head);
    const more = this.emit("int_gt", [counter, int(0n)], Bool);
    const [inside, after] = [this.fork(), this.fork()];
    const innerCounter = new Variable("count", Signed);
    inside.block.inputargs.push(innerCounter);
    this.block.exitswitch = more;
    this.block.exits = [
      new Link(this.args(), after.block, false),
      new Link([...this.args(), counter], inside.block, true),
    ];
    this.enter(inside);
    // The counter must survive whatever blocks the body makes: it rides in the last integer variable.
    this.scope.ints[INTS - 1] = innerCounter;
    body();
    const next = this.emit("int_sub", [this.scope.ints[INTS - 1] as Value, int(1n)], Signed);
    this.block.exits = [new Link([...this.args(), next], head.block)];
    this.enter(after);
  }

  anyInt(): Value {
    return this.random.pick(this.scope.ints);
  }

  anyPointer(): Value {
    return this.random.pick(this.scope.pointers);
  }

  /** The last integer may be a loop counter and is never assigned. */
  setInt(value: Value): void {
    this.scope.ints[this.random.below(INTS - 1)] = value;
  }

  setPointer(value: Value): void {
    this.scope.pointers[this.random.below(POINTERS)] = value;
  }
}

const int = (value: bigint): Constant => new Constant(value, Signed);
const word = (text: string): Constant => new Constant(text, Void);

type Statement = (m: FunctionMaker, depth: number) => void;

function newNode(m: FunctionMaker): Variable {
  const node = m.emit("malloc", [new Constant(NODE, Void)], NODE_PTR);
  m.emit("setfield", [node, word("value"), m.anyInt()], Void);
  m.emit("setfield", [node, word("left"), m.anyPointer()], Void);
  if (m.random.below(2) === 0) m.emit("setfield", [node, word("right"), m.anyPointer()], Void);
  return node;
}

function whenPresent(m: FunctionMaker, use: (p: Value) => void): void {
  const slot = m.random.below(POINTERS);
  const present = m.emit("ptr_nonnull", [m.scope.pointers[slot] as Value], Bool);
  m.branch(
    present,
    () => use(m.scope.pointers[slot] as Value),
    () => m.setPointer(newNode(m)),
  );
}

/** `direct_call` of a callee, with a handler half of the time. */
function call(m: FunctionMaker): void {
  if (m.callees.length === 0) return;
  const callee = m.random.pick(m.callees);
  const argument = m.emit("int_and", [m.anyInt(), int(15n)], Signed);
  const target = new Constant(callee, ptr(callee.type));
  const result = m.emit("direct_call", [target, argument, m.anyPointer()], Signed);
  if (m.random.below(2) === 0) {
    const [normal, caught] = [m.fork(), m.fork()];
    const received = new Variable("r", Signed);
    normal.block.inputargs.push(received);
    const exception = new Variable("e", ERROR_PTR);
    const taken = new Variable("e", ERROR_PTR);
    caught.block.inputargs.push(taken);
    m.block.exitswitch = EXCEPTION;
    m.block.exits = [
      new Link([...m.args(), result], normal.block),
      new Link([...m.args(), exception], caught.block, EXCEPTION, exception),
    ];
    const after = m.fork();
    m.enter(normal);
    m.setInt(received);
    m.block.exits = [new Link(m.args(), after.block)];
    m.enter(caught);
    m.setPointer(m.emit("cast_pointer", [taken], NODE_PTR));
    m.block.exits = [new Link(m.args(), after.block)];
    m.enter(after);
  } else {
    m.setInt(result);
  }
}

function maybeRaise(m: FunctionMaker): void {
  const low = m.emit("int_and", [m.anyInt(), int(7n)], Signed);
  const unlucky = m.emit("int_eq", [low, int(3n)], Bool);
  m.branch(
    unlucky,
    () => {
      const error = m.emit("cast_pointer", [newNode(m)], ERROR_PTR);
      m.block.exits = [new Link([error], m.graph.exceptBlock)];
      // What follows is unreachable and goes into a block of its own.
      m.enter(m.fork());
    },
    () => m.setPointer(newNode(m)),
  );
}

const STATEMENTS: readonly Statement[] = [
  (m) => m.setInt(m.emit(m.random.pick(["int_add", "int_sub", "int_xor"]), [m.anyInt(), m.anyInt()], Signed)),
  (m) => m.setInt(m.emit("int_mul", [m.anyInt(), int(BigInt(m.random.below(9)))], Signed)),
  (m) => m.setPointer(newNode(m)),
  (m) => m.setPointer(newNode(m)),
  (m) => m.setPointer(m.anyPointer()),
  (m) => whenPresent(m, (p) => m.setPointer(m.emit("getfield", [p, word(m.random.pick(["left", "right"]))], NODE_PTR))),
  (m) => whenPresent(m, (p) => m.setInt(m.emit("getfield", [p, word("value")], Signed))),
  (m) => whenPresent(m, (p) => m.emit("setfield", [p, word("right"), m.anyPointer()], Void)),
  call,
  call,
  maybeRaise,
  (m, depth) => {
    if (depth === 0) return;
    const less = m.emit("int_lt", [m.anyInt(), m.anyInt()], Bool);
    m.branch(
      less,
      () => statements(m, depth - 1),
      () => statements(m, depth - 1),
    );
  },
  (m, depth) => {
    if (depth === 0) return;
    // A loop needs the last integer for its counter, so loops do not nest.
    m.loop(1 + m.random.below(4), () => statements(m, 0));
  },
];

function statements(m: FunctionMaker, depth: number): void {
  const count = 2 + m.random.below(5);
  for (let i = 0; i < count; i++) m.random.pick(STATEMENTS)(m, depth);
}

function makeFunction(
  name: string,
  random: Random,
  callees: readonly LowFunction[],
  checksum: LowFunction,
): LowFunction {
  const m = new FunctionMaker(name, random, callees);
  statements(m, 2);
  let result = m.emit("int_add", [m.scope.ints[0] as Value, m.scope.ints[1] as Value], Signed);
  for (const p of m.scope.pointers) {
    const target = new Constant(checksum, ptr(checksum.type));
    const sum = m.emit("direct_call", [target, int(3n), p], Signed);
    result = m.emit("int_add", [m.emit("int_mul", [result, int(31n)], Signed), sum], Signed);
  }
  m.block.exits = [new Link([result], m.graph.returnBlock)];
  return new LowFunction(name, funcType([Signed, NODE_PTR], Signed), m.graph);
}

/** checksum(depth, p): mixes the values of a tree down to a depth. */
function makeChecksum(): LowFunction {
  const m = new FunctionMaker("checksum", new Random(1), []);
  const checksum = new LowFunction("checksum", funcType([Signed, NODE_PTR], Signed), m.graph);
  const self = new Constant(checksum, ptr(checksum.type));
  const [depth, node] = m.block.inputargs as [Variable, Variable];
  const missing = m.emit("ptr_is_null", [node], Bool);
  const inner = new Block([new Variable("depth", Signed), new Variable("node", NODE_PTR)]);
  m.block.exitswitch = missing;
  m.block.exits = [new Link([depth, node], inner, false), new Link([int(5n)], m.graph.returnBlock, true)];
  m.block = inner;
  const [d, p] = inner.inputargs as [Variable, Variable];
  const ended = m.emit("int_le", [d, int(0n)], Bool);
  const deep = new Block([new Variable("depth", Signed), new Variable("node", NODE_PTR)]);
  inner.exitswitch = ended;
  inner.exits = [new Link([d, p], deep, false), new Link([int(11n)], m.graph.returnBlock, true)];
  m.block = deep;
  const [d2, q] = deep.inputargs as [Variable, Variable];
  const less = m.emit("int_sub", [d2, int(1n)], Signed);
  const value = m.emit("getfield", [q, word("value")], Signed);
  const left = m.emit("direct_call", [self, less, m.emit("getfield", [q, word("left")], NODE_PTR)], Signed);
  const right = m.emit("direct_call", [self, less, m.emit("getfield", [q, word("right")], NODE_PTR)], Signed);
  const mixed = m.emit(
    "int_add",
    [m.emit("int_mul", [left, int(3n)], Signed), m.emit("int_mul", [right, int(5n)], Signed)],
    Signed,
  );
  deep.exits = [new Link([m.emit("int_add", [mixed, value], Signed)], m.graph.returnBlock)];
  return checksum;
}

export interface RandomProgram {
  readonly entry: LowFunction;
  readonly functions: LowFunction[];
}

/** A program of several functions, each calling earlier ones. */
export function randomProgram(seed: number): RandomProgram {
  const random = new Random(seed);
  const checksum = makeChecksum();
  const functions: LowFunction[] = [];
  const count = 2 + random.below(4);
  for (let i = 0; i < count; i++) functions.push(makeFunction(`f${i}`, random, [...functions], checksum));
  return { entry: functions.at(-1) as LowFunction, functions: [checksum, ...functions] };
}

/** Arguments to call the entry with. */
export const RANDOM_ARGUMENTS: readonly bigint[] = [0n, 1n, 3n, 12n];
export const NO_NODE = zeroValue(NODE_PTR);
