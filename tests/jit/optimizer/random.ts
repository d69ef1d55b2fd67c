/**
 * Random traces. A trace is recorded as the tracer does it: each operation is chosen and executed at once on concrete
 * inputs, guards are written so that they hold. Types are respected by construction: what an operation needs (an object
 * that is not null, an index in range, a divisor that is not 0) was guarded or checked before, or is so in every run.
 */
import { type CallDescr, type Descr, type FieldDescr, GuardDescr } from "../../../jit/format/descr.ts";
import * as ops from "../../../jit/format/traceops.ts";
import {
  Box,
  ConstFloat,
  ConstInt,
  ConstRef,
  InputArg,
  NULL,
  Op,
  Trace,
  type Value,
} from "../../../jit/format/values.ts";
import { wordWrap } from "../../../jit/format/word.ts";
import type { TraceTypes } from "../../../jit/text/types.ts";
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { dump, type Machine } from "./executor.ts";
import { type Callee, List, type Scalar, Struct } from "./heap.ts";

export const DECLARATIONS = `
class Box: value i, next p, tag i readonly, f f
class Sub extends Box: extra i
array ints: i
array refs: p
array entries: {key p, value i}
call @quiet(i) -> i: quiet
call @reads(p) -> i: quiet reads .Box.value
call @writes(p) -> n: quiet reads .Box.value writes .Box.value
call @fills(p) -> n: quiet writes $ints
call @forces(p) -> n: forces
call @raises(i) -> i: raises
call @pure(i) -> i: elidable
call @copy(p p i i i) -> n: quiet reads $ints writes $ints special arraycopy $ints
`;

/** Length of every array that an input is. */
const LENGTH = 4;

/** The functions that traces call; `log` gets what each sees of what its effects let it see. */
export function makeCallees(machine: () => Machine, log: string[]): Map<string, Callee> {
  const word = (x: number) => wordWrap(x, machine().bits);
  const cells = (p: Scalar | undefined) => (p as Struct).fields;
  const quiet: Callee = ([x]) => {
    log.push(`quiet ${x}`);
    return word((x as number) * 3);
  };
  const reads: Callee = ([p]) => {
    log.push(`reads ${cells(p)[0]}`);
    return cells(p)[0]!;
  };
  const writes: Callee = ([p]) => {
    cells(p)[0] = word((cells(p)[0] as number) + 1);
    return 0;
  };
  const fills: Callee = ([a]) => {
    (a as List).items[1] = 77;
    return 0;
  };
  const forces: Callee = ([p]) => {
    log.push(`forces ${dump([p!])}`);
    cells(p)[1] = null;
    return 0;
  };
  const raises: Callee = ([x]) => {
    machine().raised = (x as number) > 90;
    log.push(`raises ${x}`);
    return 5;
  };
  const copy: Callee = ([from, to, si, di, n]) => {
    const items = (from as List).items.slice(si as number, (si as number) + (n as number));
    for (const [i, item] of items.entries()) (to as List).items[(di as number) + i] = item;
    return 0;
  };
  const pure: Callee = ([x]) => word((x as number) * 7 + 1);
  return new Map(Object.entries({ quiet, reads, writes, fills, forces, raises, copy, pure }));
}

/** Choices of one trace: numbers that say what to do, consumed in order. */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  get isEmpty(): boolean {
    return this.#at >= this.#numbers.length;
  }
  next(limit: number): number {
    const n = this.#numbers[this.#at++] ?? 0;
    return n % limit;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)]!;
  }
}

/** What a reference is known to be by construction. */
type Sort = "box" | "maybe" | "ints" | "refs" | "entries";

/** The concrete inputs of a run: one Box, perhaps a Sub, two ints arrays and an array of Boxes, then ints. */
export function makeInputs(types: TraceTypes, ints: readonly number[], shape: number): Scalar[] {
  const box = types.structs.get("Box")!;
  const sub = types.structs.get("Sub")!;
  const first = new Struct((shape & 1) === 0 ? box : sub);
  const second = (shape & 2) === 0 ? first : new Struct(box);
  first.fields.splice(0, 4, ints[0]!, (shape & 4) === 0 ? null : second, 5, 1.5);
  second.fields[0] = ints[1]!;
  const array = new List(types.arrays.get("ints")!, LENGTH);
  array.items.splice(0, LENGTH, ...[...ints, 0, 0, 0, 0].slice(0, LENGTH));
  const other = (shape & 8) === 0 ? array : new List(types.arrays.get("ints")!, LENGTH);
  const refs = new List(types.arrays.get("refs")!, LENGTH);
  refs.items[0] = second;
  return [first, second, array, other, refs, ...ints];
}

const INPUT_SORTS: Sort[] = ["box", "box", "ints", "ints", "refs"];
/** Int inputs. */
export const INTS = 4;

export class Recorder {
  readonly types: TraceTypes;
  readonly machine: Machine;
  readonly inputs: InputArg[] = [];
  readonly ops: Op[] = [];
  readonly #choices: Choices;
  readonly #ints: Value[] = [];
  readonly #bools: Value[] = [];
  readonly #floats: Value[] = [new ConstFloat(0.5), new ConstFloat(-0)];
  readonly #refs: { value: Value; sort: Sort }[] = [];
  /** Arrays made by the trace, with their lengths. */
  readonly #lengths = new Map<Value, number>();

  constructor(types: TraceTypes, machine: Machine, choices: Choices, inputs: readonly Scalar[]) {
    this.types = types;
    this.machine = machine;
    this.#choices = choices;
    for (const [i, value] of inputs.entries()) {
      const sort = INPUT_SORTS[i];
      const box = new InputArg(sort === undefined ? ops.KIND_INT : ops.KIND_REF);
      this.inputs.push(box);
      machine.values.set(box, value);
      if (sort === undefined) this.#ints.push(box);
      else this.#refs.push({ value: box, sort });
    }
  }

  /** Records until the choices are used up. */
  record(): void {
    while (!this.#choices.isEmpty) this.#one();
  }

  /** All values of a kind that are alive. */
  get live(): Value[] {
    return [...new Set([...this.#ints, ...this.#bools, ...this.#floats, ...this.#refs.map((r) => r.value)])];
  }

  add(opnum: number, args: Value[], descr: Descr | null = null): Op {
    const op = new Op(opnum, args, descr);
    this.ops.push(op);
    this.machine.step(op);
    return op;
  }

  /** A guard; it resumes before the operation `back` places before it. */
  guard(opnum: number, args: Value[], back = 0, live = this.live): void {
    const op = new Op(opnum, args, new GuardDescr(`g${this.ops.length - back}`));
    op.failArgs = live.filter((v) => v instanceof Box);
    this.ops.push(op);
  }

  #int(): Value {
    const n = this.#choices.next(this.#ints.length + 3);
    if (n < this.#ints.length) return this.#ints[n]!;
    return new ConstInt(this.#choices.pick([0, 1, -1, 2, 3, 5, 8, 100, -128, 127]));
  }

  #ref(sort: Sort): Value | null {
    const fit = this.#refs.filter((r) => r.sort === sort);
    return fit.length === 0 ? null : this.#choices.pick(fit).value;
  }

  /** An object that a field can hold. */
  #anyBox(): Value {
    const fit = this.#refs.filter((r) => r.sort === "box" || r.sort === "maybe");
    return this.#choices.next(5) === 0 ? NULL : this.#choices.pick(fit).value;
  }

  #field(name: string): FieldDescr {
    return this.types.fields.get(name)!;
  }

  #call(name: string): CallDescr {
    return this.types.calls.get(name)!;
  }

  #one(): void {
    const actions = [
      () => this.#binary(),
      () => this.#binary(),
      () => this.#binary(),
      () => this.#checked(),
      () => this.#compare(),
      () => this.#compare(),
      () => this.#guardBool(),
      () => this.#guardBool(),
      () => this.#getField(),
      () => this.#getField(),
      () => this.#setField(),
      () => this.#setField(),
      () => this.#newBox(),
      () => this.#newArray(),
      () => this.#item(),
      () => this.#item(),
      () => this.#refItem(),
      () => this.#interior(),
      () => this.#narrow(),
      () => this.#narrow(),
      () => this.#callSomething(),
      () => this.#callSomething(),
      () => this.#float(),
      () => this.#compareRefs(),
    ];
    actions[this.#choices.next(actions.length)]!();
  }

  #binary(): void {
    const opnum = this.#choices.next(ops.UINT_MUL_HIGH + 1);
    const a = this.#int();
    let b = this.#int();
    if (opnum >= ops.INT_FLOORDIV && opnum <= ops.UINT_MOD) b = new ConstInt(this.#choices.pick([1, 2, 3, 7, 8, 64]));
    else if (opnum >= ops.INT_LSHIFT && opnum <= ops.INT_URSHIFT)
      b = new ConstInt(this.#choices.next(this.machine.bits));
    else if (opnum === ops.INT_SIGNEXT || opnum === ops.INT_ZEROEXT) b = new ConstInt(1);
    const isUnary = ops.traceOpInfo(opnum).operands.length === 1;
    this.#ints.push(this.add(opnum, isUnary ? [a] : [a, b]));
  }

  #checked(): void {
    const { live } = this;
    const op = this.add(this.#choices.pick([ops.INT_ADD_OVF, ops.INT_SUB_OVF, ops.INT_MUL_OVF]), [
      this.#int(),
      this.#int(),
    ]);
    this.guard(this.machine.overflow ? ops.GUARD_OVERFLOW : ops.GUARD_NO_OVERFLOW, [], 1, live);
    if (!this.machine.overflow) this.#ints.push(op);
  }

  #compare(): void {
    const opnum = ops.INT_LT + this.#choices.next(ops.INT_IS_ZERO - ops.INT_LT + 1);
    const isUnary = ops.traceOpInfo(opnum).operands.length === 1;
    const bool = this.add(opnum, isUnary ? [this.#int()] : [this.#int(), this.#int()]);
    this.#bools.push(bool);
    this.#ints.push(bool);
    if (this.#choices.next(2) === 0) this.#guardTruth(bool);
  }

  #guardBool(): void {
    if (this.#bools.length > 0) this.#guardTruth(this.#choices.pick(this.#bools));
  }

  #guardTruth(value: Value): void {
    this.guard(this.machine.int(value) !== 0 ? ops.GUARD_TRUE : ops.GUARD_FALSE, [value]);
  }

  #getField(): void {
    const object = this.#ref("box")!;
    const name = this.#choices.pick(["value", "next", "tag", "f"]);
    const field = this.#field(`Box.${name}`);
    const read = this.add(ops.GETFIELD_GC_I + field.kind, [object], field);
    if (name === "next") this.#refs.push({ value: read, sort: "maybe" });
    else if (name === "f") this.#floats.push(read);
    else this.#ints.push(read);
  }

  #setField(): void {
    const object = this.#ref("box")!;
    const name = this.#choices.pick(["value", "value", "next", "f"]);
    const value = name === "value" ? this.#int() : name === "next" ? this.#anyBox() : this.#choices.pick(this.#floats);
    this.add(ops.SETFIELD_GC, [object, value], this.#field(`Box.${name}`));
  }

  #newBox(): void {
    const box = this.add(ops.NEW_WITH_VTABLE, [], this.types.structs.get(this.#choices.pick(["Box", "Sub"]))!);
    this.#refs.push({ value: box, sort: "box" });
    this.add(ops.SETFIELD_GC, [box, new ConstInt(this.#choices.next(3))], this.#field("Box.tag"));
    if (this.#choices.next(2) === 0) this.add(ops.SETFIELD_GC, [box, this.#int()], this.#field("Box.value"));
    if (this.#choices.next(2) === 0) this.add(ops.SETFIELD_GC, [box, this.#anyBox()], this.#field("Box.next"));
  }

  #newArray(): void {
    const sort = this.#choices.pick(["ints", "refs", "entries"] as const);
    const n = this.#choices.pick([1, 2, 4]);
    const array = this.add(ops.NEW_ARRAY_CLEAR, [new ConstInt(n)], this.types.arrays.get(sort)!);
    this.#lengths.set(array, n);
    this.#refs.push({ value: array, sort });
  }

  /** An index that is in range in every run that comes here. */
  #index(array: Value): Value {
    const length = this.#lengths.get(array) ?? LENGTH;
    const index = this.#int();
    const now = this.machine.int(index);
    if (!(index instanceof Box) || now < 0 || now >= length || this.#choices.next(3) === 0) {
      return new ConstInt(this.#choices.next(length));
    }
    const n = this.add(ops.ARRAYLEN_GC, [array], (this.machine.get(array) as List).type);
    this.ops.push(new Op(ops.CHECK_INDEX, [index, n], null));
    return index;
  }

  #item(): void {
    const array = this.#ref("ints")!;
    const index = this.#index(array);
    const descr = this.types.arrays.get("ints")!;
    if (this.#choices.next(2) === 0) this.#ints.push(this.add(ops.GETARRAYITEM_GC_I, [array, index], descr));
    else this.add(ops.SETARRAYITEM_GC, [array, index, this.#int()], descr);
  }

  #refItem(): void {
    const array = this.#ref("refs")!;
    const index = this.#index(array);
    const descr = this.types.arrays.get("refs")!;
    if (this.#choices.next(2) === 0) this.add(ops.SETARRAYITEM_GC, [array, index, this.#anyBox()], descr);
    else this.#refs.push({ value: this.add(ops.GETARRAYITEM_GC_R, [array, index], descr), sort: "maybe" });
  }

  #interior(): void {
    const array = this.#ref("entries");
    if (array === null) return;
    const index = this.#index(array);
    const key = this.types.interiors.get("entries.key")!;
    const value = this.types.interiors.get("entries.value")!;
    switch (this.#choices.next(4)) {
      case 0:
        this.add(ops.SETINTERIORFIELD_GC, [array, index, this.#anyBox()], key);
        break;
      case 1:
        this.add(ops.SETINTERIORFIELD_GC, [array, index, this.#int()], value);
        break;
      case 2:
        this.#refs.push({ value: this.add(ops.GETINTERIORFIELD_GC_R, [array, index], key), sort: "maybe" });
        break;
      default:
        this.#ints.push(this.add(ops.GETINTERIORFIELD_GC_I, [array, index], value));
    }
  }

  /** A guard that says more about a reference or an int. */
  #narrow(): void {
    if (this.#choices.next(4) === 0) {
      this.#narrowInt();
      return;
    }
    const fit = this.#refs.filter((r) => r.sort === "box" || r.sort === "maybe");
    const ref = this.#choices.pick(fit);
    const now = this.machine.get(ref.value);
    if (now === null) {
      this.guard(ops.GUARD_ISNULL, [ref.value]);
      return;
    }
    const classId = new ConstInt((now as Struct).type.classId);
    const choice = this.#choices.next(ref.sort === "box" ? 6 : 4);
    if (choice === 0) this.guard(ops.GUARD_NONNULL, [ref.value]);
    else if (choice === 1) this.guard(ops.GUARD_NONNULL_CLASS, [ref.value, classId]);
    else if (choice === 2) {
      this.guard(ops.GUARD_NONNULL, [ref.value]);
      this.guard(ops.GUARD_CLASS, [ref.value, classId]);
    } else if (choice === 3) this.guard(ops.GUARD_VALUE, [ref.value, new ConstRef(now as unknown as GcRef)]);
    else {
      const is = this.add(ops.IS_INSTANCE, [ref.value], this.types.structs.get(this.#choices.pick(["Box", "Sub"]))!);
      this.#bools.push(is);
      this.#guardTruth(is);
    }
    // From here on it is an object in every run.
    if (ref.sort === "maybe") this.#refs.push({ value: ref.value, sort: "box" });
  }

  #narrowInt(): void {
    const value = this.#int();
    if (value instanceof Box) this.guard(ops.GUARD_VALUE, [value, new ConstInt(this.machine.int(value))]);
  }

  #callSomething(): void {
    const name = this.#choices.pick(["quiet", "reads", "writes", "fills", "forces", "raises", "pure", "copy"]);
    const descr = this.#call(name);
    const address = new ConstInt(100);
    if (name === "quiet") this.#ints.push(this.add(ops.CALL_I, [address, this.#int()], descr));
    else if (name === "pure") this.#ints.push(this.add(ops.CALL_PURE_I, [address, this.#int()], descr));
    else if (name === "reads") this.#ints.push(this.add(ops.CALL_I, [address, this.#ref("box")!], descr));
    else if (name === "raises") {
      const result = this.add(ops.CALL_I, [address, this.#int()], descr);
      if (this.machine.raised) throw new RecordingEnds();
      this.guard(ops.GUARD_NO_EXCEPTION, []);
      this.#ints.push(result);
    } else if (name === "fills") {
      const array = this.#ref("ints")!;
      if ((this.#lengths.get(array) ?? LENGTH) >= 2) this.add(ops.CALL_N, [address, array], descr);
    } else if (name === "copy") this.#copy(address, descr);
    else this.add(ops.CALL_N, [address, this.#ref("box")!], descr);
  }

  #copy(address: Value, descr: CallDescr): void {
    const from = this.#ref("ints")!;
    const to = this.#ref("ints")!;
    const n = Math.min(this.#lengths.get(from) ?? LENGTH, this.#lengths.get(to) ?? LENGTH);
    const count = this.#choices.next(n + 1);
    const start = () => new ConstInt(this.#choices.next(n - count + 1));
    this.add(ops.CALL_N, [address, from, to, start(), start(), new ConstInt(count)], descr);
  }

  #float(): void {
    const a = this.#choices.pick(this.#floats);
    const b = this.#choices.pick(this.#floats);
    switch (this.#choices.next(4)) {
      case 0:
        this.#floats.push(this.add(ops.CAST_INT_TO_FLOAT, [this.#int()]));
        break;
      case 1:
        this.#bools.push(this.add(ops.FLOAT_LT + this.#choices.next(6), [a, b]));
        break;
      default: {
        const opnum = ops.FLOAT_ADD + this.#choices.next(ops.FLOAT_TRUNC - ops.FLOAT_ADD + 1);
        this.#floats.push(this.add(opnum, ops.traceOpInfo(opnum).operands.length === 1 ? [a] : [a, b]));
      }
    }
  }

  #compareRefs(): void {
    const bool = this.add(this.#choices.pick([ops.PTR_EQ, ops.PTR_NE]), [this.#anyBox(), this.#anyBox()]);
    this.#bools.push(bool);
  }

  /** Values for a jump back to inputs of these kinds: objects and arrays of the same sorts, ints. */
  jumpArgs(): Value[] {
    return this.inputs.map((_, i) => {
      const sort = INPUT_SORTS[i];
      if (sort === undefined) return this.#int();
      const fit = this.#refs.filter((r) => r.sort === sort && (this.#lengths.get(r.value) ?? LENGTH) === LENGTH);
      return this.#choices.pick(fit).value;
    });
  }

  finished(): Trace {
    return new Trace(this.inputs, this.ops);
  }
}

/** The operation just recorded raised: the trace ends before it. */
export class RecordingEnds extends Error {}
