// Random traces, made the same way on Node and natively: a seed names a trace.
//
// Values have roles, one letter each: i int, b bool, c the loop's counter, f float, n node (an object that is not null),
// m node or null, a array of ints, d array of floats, p array of nodes or nulls (arrays have at least LENGTH items), s
// string of UNITS units. A role says what may be done with a value, so every trace makes sense: no division by zero, no
// index out of range. Loops count down, also through bridges, so every run ends.

import type { Descr } from "../../../../jit/format/descr.ts";
import { LoopToken, TargetToken } from "../../../../jit/format/descr.ts";
import * as t from "../../../../jit/format/traceops.ts";
import {
  ConstFloat,
  ConstInt,
  ConstRef,
  InputArg,
  NULL,
  Op,
  Trace,
  type Value,
} from "../../../../jit/format/values.ts";
import type { GcRef } from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";
import { type Callee, kindOfRole, RoleDescr, type World } from "./world.ts";

/** Items that every array has at least, a power of two. */
export const LENGTH = 8;
/** Units of every string, a power of two. */
export const UNITS = 4;
const ROLES = "ibfnmadps";

export class Rng {
  #state: int;

  constructor(seed: int) {
    this.#state = (Math.imul(seed, 2654435761 | 0) ^ 0x5bd1e995) | 1;
    for (let i = 0; i < 4; i++) this.below(2);
  }

  /** 0 to n - 1; n at most 2**20. */
  below(n: int): int {
    let x = this.#state;
    x ^= x << 13;
    x ^= (x >> 17) & 0x7fff;
    x ^= x << 5;
    this.#state = x;
    return ((x >> 4) & 0xffffff) % n;
  }

  chance(percent: int): boolean {
    return this.below(100) < percent;
  }
}

const INT_BINARY = [t.INT_ADD, t.INT_ADD, t.INT_SUB, t.INT_SUB, t.INT_MUL, t.INT_AND, t.INT_OR, t.INT_XOR];
const COMPARISONS = [
  t.INT_LT,
  t.INT_LE,
  t.INT_EQ,
  t.INT_NE,
  t.INT_GT,
  t.INT_GE,
  t.UINT_LT,
  t.UINT_LE,
  t.UINT_GT,
  t.UINT_GE,
];
const OVERFLOWING = [t.INT_ADD_OVF, t.INT_SUB_OVF, t.INT_MUL_OVF];
const SHIFTS = [t.INT_LSHIFT, t.INT_RSHIFT, t.INT_URSHIFT];
const DIVISIONS = [t.INT_FLOORDIV, t.INT_MOD, t.UINT_FLOORDIV, t.UINT_MOD];
const INT_UNARY = [t.INT_NEG, t.INT_INVERT, t.INT_CLZ, t.INT_CTZ, t.INT_POPCOUNT, t.INT_IS_TRUE, t.INT_IS_ZERO];
const FLOAT_BINARY = [t.FLOAT_ADD, t.FLOAT_SUB, t.FLOAT_MUL, t.FLOAT_TRUEDIV];
const FLOAT_UNARY = [t.FLOAT_NEG, t.FLOAT_ABS, t.FLOAT_SQRT, t.FLOAT_FLOOR, t.FLOAT_CEIL, t.FLOAT_TRUNC];
const FLOAT_COMPARISONS = [t.FLOAT_LT, t.FLOAT_LE, t.FLOAT_EQ, t.FLOAT_NE, t.FLOAT_GT, t.FLOAT_GE];
const SMALL_INTS = [0, 1, -1, 2, 3, 5, 7, 8, 10, 127, 128, -128, 255, 256, 1000, 65535, -65536, 1000003, 2147483647];
const SOME_FLOATS = [0.0, -0.0, 1.0, -1.5, 0.5, 3.25, 1e10, -1e300, 4503599627370497.0, 1e-310, 2147483648.0];
const DIVISORS = [2, 3, 7, 10, -3, 16, 1000003, -128];

/** Values that can be used, with their roles. */
class Pool {
  readonly values: Value[] = [];
  roles = "";

  add(value: Value, role: string): void {
    this.values.push(value);
    this.roles += role;
  }

  clear(): void {
    this.values.length = 0;
    this.roles = "";
  }

  count(role: string): int {
    let n = 0;
    for (let i = 0; i < this.roles.length; i++) if (this.roles.charAt(i) === role) n += 1;
    return n;
  }

  /** The n-th value of a role. */
  nth(role: string, n: int): Value | null {
    let left = n;
    for (let i = 0; i < this.roles.length; i++) {
      if (this.roles.charAt(i) !== role) continue;
      if (left === 0) return this.values[i] as Value;
      left -= 1;
    }
    return null;
  }
}

/** A loop under test: its trace, the roles of its inputs, and of the label in it. */
export class TestLoop {
  readonly token: LoopToken;
  readonly roles: string;
  readonly label: TargetToken;
  labelRoles: string;
  trace: Trace;

  constructor(token: LoopToken, roles: string, label: TargetToken, trace: Trace) {
    this.token = token;
    this.roles = roles;
    this.label = label;
    this.labelRoles = "";
    this.trace = trace;
  }
}

export class Generator {
  readonly world: World;
  readonly rng: Rng;
  readonly pool: Pool;
  #ops: Op[];
  /** Loops that may be called. */
  readonly called: TestLoop[];

  constructor(world: World, seed: int) {
    this.world = world;
    this.rng = new Rng(seed);
    this.pool = new Pool();
    this.#ops = [];
    this.called = [];
  }

  // Values.

  emit(opnum: int, args: Value[], role: string): Op {
    return this.emitWith(opnum, args, null, role);
  }

  emitWith(opnum: int, args: Value[], descr: Descr | null, role: string): Op {
    const op = new Op(opnum, args, descr);
    this.#ops.push(op);
    if (role !== "") this.pool.add(op, role);
    return op;
  }

  constInt(): Value {
    const { rng } = this;
    if (rng.chance(80)) return new ConstInt(SMALL_INTS[rng.below(SMALL_INTS.length)] as int);
    const large = (rng.below(65536) - 32768) * 65536 + rng.below(65536);
    if (this.world.wordBits === 32) return new ConstInt(large | 0);
    return new ConstInt(large * 16384 + rng.below(16384));
  }

  constFloat(): Value {
    return new ConstFloat(SOME_FLOATS[this.rng.below(SOME_FLOATS.length)] as float);
  }

  /** A value of the pool; null when it has none of the role. */
  known(role: string): Value | null {
    const n = this.pool.count(role);
    if (n === 0) return null;
    // Recent ones more often.
    const at = this.rng.chance(50) ? n - 1 - this.rng.below(n > 4 ? 4 : n) : this.rng.below(n);
    return this.pool.nth(role, at);
  }

  value(role: string): Value {
    const { rng } = this;
    if (role === "i") {
      if (rng.chance(15)) return this.constInt();
      if (rng.chance(10)) return this.known("b") ?? this.constInt();
      if (rng.chance(5)) return this.known("c") ?? this.constInt();
      return this.known("i") ?? this.constInt();
    }
    if (role === "f") return rng.chance(15) ? this.constFloat() : (this.known("f") ?? this.constFloat());
    if (role === "b") return this.known("b") ?? this.compare();
    if (role === "m") {
      if (rng.chance(20)) return rng.chance(50) ? NULL : this.constNode();
      return rng.chance(50) ? (this.known("m") ?? this.node()) : this.node();
    }
    if (role === "n") return this.node();
    return this.known(role) ?? this.make(role);
  }

  constNode(): Value {
    const { constants } = this.world;
    return new ConstRef(constants[this.rng.below(constants.length)] as GcRef);
  }

  node(): Value {
    if (this.rng.chance(10)) return this.constNode();
    return this.known("n") ?? this.newNode();
  }

  /** A new object of a role. */
  make(role: string): Value {
    if (role === "s") return this.newString();
    const { world } = this;
    const descr = role === "a" ? world.ints : role === "d" ? world.floats : world.refs;
    let length: Value = new ConstInt(LENGTH + this.rng.below(30));
    if (this.rng.chance(3)) length = new ConstInt(LENGTH + this.rng.below(1000));
    if (this.rng.chance(40)) {
      const some = this.emit(t.INT_AND, [this.value("i"), new ConstInt(63)], "");
      length = this.emit(t.INT_OR, [some, new ConstInt(LENGTH)], "");
    }
    return this.emitWith(t.NEW_ARRAY_CLEAR, [length], descr, role);
  }

  newString(): Value {
    const text = this.emit(t.NEWSTR, [new ConstInt(UNITS)], "s");
    for (let i = 0; i < UNITS; i++) {
      const unit = this.emit(t.INT_AND, [this.value("i"), new ConstInt(0xffff)], "");
      this.emit(t.STRSETITEM, [text, new ConstInt(i), unit], "");
    }
    return text;
  }

  newNode(): Value {
    const { world, rng } = this;
    const isLeaf = rng.chance(40);
    const made = this.emitWith(t.NEW_WITH_VTABLE, [], isLeaf ? world.leaf : world.node, "");
    if (rng.chance(70)) this.emitWith(t.SETFIELD_GC, [made, this.constInt()], world.value, "");
    if (rng.chance(50)) this.emitWith(t.SETFIELD_GC, [made, this.constFloat()], world.weight, "");
    if (isLeaf && rng.chance(50)) this.emitWith(t.SETFIELD_GC, [made, this.value("i")], world.extra, "");
    if (rng.chance(30)) this.emitWith(t.SETFIELD_GC, [made, this.known("n") ?? NULL], world.next, "");
    this.pool.add(made, "n");
    return made;
  }

  compare(): Value {
    const { rng } = this;
    if (rng.chance(30)) {
      const opnum = FLOAT_COMPARISONS[rng.below(FLOAT_COMPARISONS.length)] as int;
      return this.emit(opnum, [this.value("f"), this.value("f")], "b");
    }
    if (rng.chance(15)) return this.emit(rng.chance(50) ? t.PTR_EQ : t.PTR_NE, [this.value("m"), this.value("m")], "b");
    if (rng.chance(10))
      return this.emitWith(t.IS_INSTANCE, [this.node()], rng.chance(50) ? this.world.leaf : this.world.node, "b");
    const opnum = COMPARISONS[rng.below(COMPARISONS.length)] as int;
    return this.emit(opnum, [this.value("i"), this.value("i")], "b");
  }

  // Guards.

  /** Gives a guard an exit of random values; the loop's counter is always among them. */
  guard(opnum: int, args: Value[], role: string, always: Value | null, alwaysRole: string): Op {
    const { pool, rng } = this;
    const values: Value[] = [];
    let roles = "";
    const add = (value: Value, letter: string): void => {
      values.push(value);
      roles += letter;
    };
    add(this.known("c") as Value, "c");
    if (always !== null) add(always, alwaysRole);
    const wanted = rng.below(14);
    for (let i = 0; i < wanted; i++) {
      const what = rng.below(100);
      if (what < 6) add(this.constInt(), "i");
      else if (what < 9) add(this.constFloat(), "f");
      else if (what < 12) add(this.constNode(), "n");
      else {
        const at = rng.below(pool.values.length);
        const letter = pool.roles.charAt(at);
        if (letter !== "c") add(pool.values[at] as Value, letter);
      }
    }
    const guard = new Op(opnum, args, new RoleDescr(`g${this.#ops.length}`, roles));
    guard.failArgs = values;
    this.#ops.push(guard);
    if (role !== "") pool.add(guard, role);
    return guard;
  }

  plainGuard(opnum: int, args: Value[]): void {
    this.guard(opnum, args, "", null, "");
  }

  randomGuard(): void {
    const { rng, world } = this;
    switch (rng.below(9)) {
      case 0:
      case 1:
      case 2:
        // A guard right behind its comparison, sometimes with the comparison used again.
        this.plainGuard(rng.chance(50) ? t.GUARD_TRUE : t.GUARD_FALSE, [this.compareUnpooled()]);
        break;
      case 3:
        this.plainGuard(rng.chance(50) ? t.GUARD_TRUE : t.GUARD_FALSE, [this.value("b")]);
        break;
      case 4: {
        const some = this.known("i");
        if (some !== null) this.plainGuard(t.GUARD_VALUE, [some, this.constInt()]);
        break;
      }
      case 5: {
        const node = this.node();
        if (!node.isConstant) {
          const which = rng.chance(50) ? world.leaf : world.node;
          this.plainGuard(rng.chance(50) ? t.GUARD_CLASS : t.GUARD_NONNULL_CLASS, [node, new ConstInt(which.classId)]);
        }
        break;
      }
      case 6: {
        const maybe = this.known("m");
        if (maybe !== null) {
          this.plainGuard(t.GUARD_NONNULL, [maybe]);
          this.pool.add(maybe, "n");
        }
        break;
      }
      case 7: {
        const maybe = this.known("m");
        if (maybe !== null) this.plainGuard(t.GUARD_ISNULL, [maybe]);
        break;
      }
      default:
        if (rng.chance(20)) this.plainGuard(t.GUARD_NOT_INVALIDATED, []);
        else if (rng.chance(30)) {
          const some = this.known("f");
          if (some !== null) this.plainGuard(t.GUARD_VALUE, [some, this.constFloat()]);
        }
    }
  }

  compareUnpooled(): Value {
    if (this.rng.chance(30)) return this.compare();
    const { rng } = this;
    if (rng.chance(25)) {
      const opnum = FLOAT_COMPARISONS[rng.below(FLOAT_COMPARISONS.length)] as int;
      return this.emit(opnum, [this.value("f"), this.value("f")], "");
    }
    if (rng.chance(15)) return this.emitWith(t.IS_INSTANCE, [this.node()], this.world.leaf, "");
    const opnum = COMPARISONS[rng.below(COMPARISONS.length)] as int;
    return this.emit(opnum, [this.value("i"), this.value("i")], "");
  }

  // Operations.

  operation(): void {
    const { rng } = this;
    const kind = rng.below(100);
    if (kind < 30) this.intOperation();
    else if (kind < 45) this.floatOperation();
    else if (kind < 63) this.memoryOperation();
    else if (kind < 70) this.stringOperation();
    else if (kind < 76) this.call();
    else if (kind < 79) this.make(ROLES.charAt(5 + rng.below(3)));
    else if (kind < 82) this.newNode();
    else this.randomGuard();
  }

  intOperation(): void {
    const { rng, world } = this;
    const bits = world.wordBits;
    switch (rng.below(12)) {
      case 0: {
        const count = rng.chance(50)
          ? new ConstInt(rng.below(bits))
          : this.emit(t.INT_AND, [this.value("i"), new ConstInt(bits - 1)], "");
        this.emit(SHIFTS[rng.below(3)] as int, [this.value("i"), count], "i");
        break;
      }
      case 1: {
        const dividend = this.emit(t.INT_AND, [this.value("i"), new ConstInt(0x3fffffff)], "i");
        const divisor = rng.chance(50)
          ? new ConstInt(DIVISORS[rng.below(DIVISORS.length)] as int)
          : this.emit(t.INT_OR, [this.value("i"), new ConstInt(1)], "i");
        this.emit(DIVISIONS[rng.below(4)] as int, [dividend, divisor], "i");
        break;
      }
      case 2:
        this.emit(INT_UNARY[rng.below(INT_UNARY.length)] as int, [this.value("i")], "i");
        break;
      case 3:
        this.emit(
          rng.chance(50) ? t.INT_SIGNEXT : t.INT_ZEROEXT,
          [this.value("i"), new ConstInt(1 << rng.below(3))],
          "i",
        );
        break;
      case 4: {
        const opnum = OVERFLOWING[rng.below(3)] as int;
        const left = this.value("i");
        const right = this.value("i");
        const op = this.emit(opnum, [left, right], "");
        this.plainGuard(rng.chance(70) ? t.GUARD_NO_OVERFLOW : t.GUARD_OVERFLOW, []);
        this.pool.add(op, "i");
        break;
      }
      case 5:
        this.emit(rng.chance(50) ? t.INT_MUL_HIGH : t.UINT_MUL_HIGH, [this.value("i"), this.value("i")], "i");
        break;
      case 6:
        this.compare();
        break;
      case 7:
        this.emit(t.SAME_AS_I, [this.value("i")], "i");
        break;
      default:
        this.emit(INT_BINARY[rng.below(INT_BINARY.length)] as int, [this.value("i"), this.value("i")], "i");
    }
  }

  floatOperation(): void {
    const { rng } = this;
    switch (rng.below(8)) {
      case 0:
        this.emit(rng.chance(60) ? t.CAST_INT_TO_FLOAT : t.CAST_UINT_TO_FLOAT, [this.value("i")], "f");
        break;
      case 1: {
        const small = this.emit(t.INT_AND, [this.value("i"), new ConstInt(0xfffff)], "");
        const whole = this.emit(t.CAST_INT_TO_FLOAT, [small], "f");
        const part = this.emit(t.FLOAT_TRUEDIV, [whole, new ConstFloat(-8.0)], "f");
        this.emit(t.CAST_FLOAT_TO_INT, [part], "i");
        break;
      }
      case 2: {
        // Bits of floats that are no NaN for sure.
        const known = this.emit(t.CAST_INT_TO_FLOAT, [this.value("i")], "");
        const high = this.emit(t.FLOAT_HIGH_BITS, [known], "i");
        const low = this.emit(t.FLOAT_LOW_BITS, [known], "i");
        this.emit(t.FLOAT_FROM_HALVES, [high, low], "f");
        if (this.world.wordBits === 64) {
          const bits = this.emit(t.FLOAT_TO_WORD_BITS, [known], "i");
          this.emit(t.WORD_BITS_TO_FLOAT, [bits], "f");
        }
        break;
      }
      case 3:
      case 4:
        this.emit(FLOAT_UNARY[rng.below(FLOAT_UNARY.length)] as int, [this.value("f")], "f");
        break;
      default:
        this.emit(FLOAT_BINARY[rng.below(FLOAT_BINARY.length)] as int, [this.value("f"), this.value("f")], "f");
    }
  }

  index(): Value {
    if (this.rng.chance(40)) return new ConstInt(this.rng.below(LENGTH));
    return this.emit(t.INT_AND, [this.value("i"), new ConstInt(LENGTH - 1)], "");
  }

  memoryOperation(): void {
    const { rng, world } = this;
    switch (rng.below(17)) {
      case 0:
        this.emitWith(t.GETFIELD_GC_I, [this.node()], world.value, "i");
        break;
      case 1:
        this.emitWith(t.GETFIELD_GC_F, [this.node()], world.weight, "f");
        break;
      case 2:
        this.emitWith(t.GETFIELD_GC_R, [this.node()], world.next, "m");
        break;
      case 3:
        this.emitWith(t.GETFIELD_GC_I, [this.node()], world.flag, "i");
        break;
      case 4:
        this.emitWith(t.SETFIELD_GC, [this.node(), this.value("i")], world.value, "");
        break;
      case 5:
        this.emitWith(t.SETFIELD_GC, [this.node(), this.value("f")], world.weight, "");
        break;
      case 6:
        this.emitWith(t.SETFIELD_GC, [this.node(), this.value("m")], world.next, "");
        break;
      case 7:
        this.emitWith(t.SETFIELD_GC, [this.node(), this.value("b")], world.flag, "");
        break;
      case 8:
        this.emitWith(t.GETARRAYITEM_GC_I, [this.value("a"), this.index()], world.ints, "i");
        break;
      case 9:
        this.emitWith(t.SETARRAYITEM_GC, [this.value("a"), this.index(), this.value("i")], world.ints, "");
        break;
      case 10:
        this.emitWith(t.GETARRAYITEM_GC_F, [this.value("d"), this.index()], world.floats, "f");
        break;
      case 11:
        this.emitWith(t.SETARRAYITEM_GC, [this.value("d"), this.index(), this.value("f")], world.floats, "");
        break;
      case 12:
        this.emitWith(t.GETARRAYITEM_GC_R, [this.value("p"), this.index()], world.refs, "m");
        break;
      case 13:
      case 14:
        this.emitWith(t.SETARRAYITEM_GC, [this.value("p"), this.index(), this.value("m")], world.refs, "");
        break;
      case 15: {
        const array = this.value("a");
        const length = this.emitWith(t.ARRAYLEN_GC, [array], world.ints, "i");
        const index = this.index();
        this.emit(t.CHECK_INDEX, [index, length], "");
        break;
      }
      default:
        this.emit(t.CLASS_OF, [this.node()], "");
    }
  }

  stringOperation(): void {
    const { rng } = this;
    const unit = (): Value =>
      rng.chance(40)
        ? new ConstInt(rng.below(UNITS))
        : this.emit(t.INT_AND, [this.value("i"), new ConstInt(UNITS - 1)], "");
    switch (rng.below(4)) {
      case 0:
        this.emit(t.STRLEN, [this.value("s")], "i");
        break;
      case 1:
      case 2:
        this.emit(t.STRGETITEM, [this.value("s"), unit()], "i");
        break;
      default: {
        const from = this.value("s");
        const to = this.newString();
        this.emit(t.COPYSTRCONTENT, [from, to, new ConstInt(1), new ConstInt(0), new ConstInt(3)], "");
      }
    }
  }

  call(): void {
    const { world, rng } = this;
    if (world.callees.length === 0) return;
    const callee = world.callees[rng.below(world.callees.length)] as Callee;
    const args: Value[] = [new ConstInt(callee.address)];
    for (let i = 0; i < callee.roles.length; i++) args.push(this.value(callee.roles.charAt(i)));
    if (callee.result === "i" && !callee.raises && rng.chance(20)) this.conditionalCall(callee, args);
    else {
      const role = callee.raises ? "" : callee.result;
      const made = this.emitWith(t.CALL_I + kindOfRole(callee.result), args, callee.descr, role);
      if (callee.raises) {
        this.plainGuard(t.GUARD_NO_EXCEPTION, []);
        if (callee.result !== "") this.pool.add(made, callee.result);
      }
    }
  }

  conditionalCall(callee: Callee, args: Value[]): void {
    const given: Value[] = [this.value("i")];
    for (const arg of args) given.push(arg);
    this.emitWith(t.COND_CALL_VALUE_I, given, callee.descr, "i");
  }

  operations(n: int): void {
    for (let i = 0; i < n; i++) this.operation();
  }

  // Whole traces.

  input(role: string): InputArg {
    const made = new InputArg(kindOfRole(role));
    this.pool.add(made, role);
    return made;
  }

  /** Counts down; leaves when the count is over. */
  countDown(): void {
    const counter = this.known("c") as Value;
    const less = this.emit(t.INT_SUB, [counter, new ConstInt(1)], "");
    const isOver = this.emit(t.INT_LE, [less, new ConstInt(0)], "");
    this.plainGuard(t.GUARD_FALSE, [isOver]);
    this.#forgetCounter();
    this.pool.add(less, "c");
  }

  #forgetCounter(): void {
    const { pool } = this;
    const at = pool.roles.indexOf("c");
    pool.roles = `${pool.roles.slice(0, at)}i${pool.roles.slice(at + 1)}`;
  }

  /** Values for these roles, to jump with. */
  forRoles(roles: string, unchanged: readonly Value[] | null): Value[] {
    const values: Value[] = [];
    for (let i = 0; i < roles.length; i++) {
      const role = roles.charAt(i);
      if (role === "c") values.push(this.known("c") as Value);
      else if (unchanged !== null && this.rng.chance(40)) values.push(unchanged[i] as Value);
      else values.push(this.value(role));
    }
    return values;
  }

  loop(name: string): TestLoop {
    const { rng, pool } = this;
    this.#ops = [];
    pool.clear();
    let roles = "c";
    const count = 1 + rng.below(9);
    for (let i = 0; i < count; i++) roles += ROLES.charAt(rng.chance(50) ? 0 : rng.below(ROLES.length));
    const inputs: InputArg[] = [];
    for (let i = 0; i < roles.length; i++) inputs.push(this.input(roles.charAt(i)));
    const token = new LoopToken(name);
    const label = new TargetToken(`${name}.label`, token);
    const made = new TestLoop(token, roles, label, new Trace(inputs, this.#ops));
    this.operations(rng.below(12));
    const kept = this.#chooseLabel(made);
    this.operations(3 + rng.below(rng.chance(20) ? 80 : 25));
    this.countDown();
    if (rng.chance(85)) {
      const values = this.forRoles(made.labelRoles, kept);
      this.emitWith(t.JUMP, values, label, "");
    } else this.jumpToStart(made);
    return made;
  }

  jumpToStart(loop: TestLoop): void {
    const values = this.forRoles(loop.roles, null);
    this.emitWith(t.JUMP, values, loop.token, "");
  }

  /** Ends what came so far with a label that keeps some of the values. */
  #chooseLabel(made: TestLoop): Value[] {
    const { pool, rng } = this;
    const kept: Value[] = [];
    let roles = "";
    for (let i = 0; i < pool.values.length; i++) {
      const value = pool.values[i] as Value;
      const role = pool.roles.charAt(i);
      if (value.isConstant || kept.includes(value)) continue;
      if (role === "c" || rng.chance(55)) {
        kept.push(value);
        roles += role;
      }
    }
    if (rng.chance(50)) {
      // Two segments: the label defines boxes of its own.
      const carried: Value[] = [];
      for (let i = 0; i < roles.length; i++) {
        carried.push(kept[i] as Value);
        kept[i] = new InputArg(kindOfRole(roles.charAt(i)));
      }
      for (let i = 0; i < 3; i++) {
        if (!rng.chance(30)) continue;
        const role = ROLES.charAt(rng.below(2) * 2);
        roles += role;
        carried.push(this.value(role));
        kept.push(new InputArg(kindOfRole(role)));
      }
      this.emitWith(t.JUMP, carried, made.label, "");
    }
    this.emitWith(t.LABEL, kept, made.label, "");
    pool.clear();
    for (let i = 0; i < kept.length; i++) pool.add(kept[i] as Value, roles.charAt(i));
    made.labelRoles = roles;
    return kept.slice();
  }

  /** A trace that goes on from an exit. */
  bridge(from: RoleDescr, loop: TestLoop): Trace {
    const { rng, pool } = this;
    this.#ops = [];
    pool.clear();
    const inputs: InputArg[] = [];
    for (let i = 0; i < from.roles.length; i++) inputs.push(this.input(from.roles.charAt(i)));
    this.operations(2 + rng.below(rng.chance(15) ? 60 : 15));
    if (rng.chance(25)) {
      const role = ROLES.charAt(rng.below(ROLES.length));
      this.emitWith(t.FINISH, [this.value(role)], new RoleDescr("finish", role), "");
      return new Trace(inputs, this.#ops);
    }
    this.countDown();
    if (rng.chance(70)) this.emitWith(t.JUMP, this.forRoles(loop.labelRoles, null), loop.label, "");
    else this.jumpToStart(loop);
    return new Trace(inputs, this.#ops);
  }
}
