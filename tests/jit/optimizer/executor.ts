/**
 * A small executor of traces over the objects of `heap.ts`: the reference by which optimized traces are judged. It
 * refuses undefined boxes, wrong objects and indices out of range, so that an unsound trace shows itself.
 */
import {
  type ArrayDescr,
  type CallDescr,
  FieldDescr,
  InteriorFieldDescr,
  type SizeDescr,
} from "../../../jit/format/descr.ts";
import {
  floatMeaning,
  floatToIntMeaning,
  hasIntMeaning,
  intMeaning,
  intToFloatMeaning,
  overflows,
} from "../../../jit/format/meaning.ts";
import * as ops from "../../../jit/format/traceops.ts";
import { Box, ConstInt, type Op, type Value } from "../../../jit/format/values.ts";
import {
  VirtualArray,
  VirtualCall,
  VirtualStruct,
  VirtualStructArray,
  VirtualText,
} from "../../../jit/optimizer/info.ts";
import type { ExitDescr, Recipe } from "./exits.ts";
import { type Callee, interiorAt, List, type Scalar, Struct, scalarOf, TEXT_CLASS, Text } from "./heap.ts";

/** How a run ended. */
export interface Outcome {
  /** "finish", "jump" out of the operations, "exit" by a guard, or "stop" by a check. */
  readonly kind: "finish" | "jump" | "exit" | "stop";
  /** Place of the operation. */
  readonly at: number;
  /** Operands of finish or jump; of an exit nothing. */
  readonly values: Scalar[];
}

export class Machine {
  readonly bits: number;
  readonly values = new Map<Box, Scalar>();
  readonly callees: Map<string, Callee>;
  /** An exception is pending. Set by callees. */
  raised = false;
  overflow = false;

  constructor(bits: number, callees: Map<string, Callee>) {
    this.bits = bits;
    this.callees = callees;
  }

  get(value: Value): Scalar {
    if (!(value instanceof Box)) return scalarOf(value);
    const held = this.values.get(value);
    if (held === undefined) throw new Error("a box is used that is not defined");
    return held;
  }

  int(value: Value): number {
    const held = this.get(value);
    if (typeof held !== "number") throw new Error("not an int");
    return held;
  }

  /** Runs from one place; jumps to labels among the operations are followed. */
  run(all: readonly Op[], from = 0): Outcome {
    for (let at = from; ; at++) {
      const op = all[at];
      if (op === undefined) throw new Error("fell off the end");
      if (op.opnum === ops.FINISH) return { kind: "finish", at, values: op.args.map((a) => this.get(a)) };
      if (op.opnum === ops.JUMP) {
        const label = all.findIndex((other) => other.opnum === ops.LABEL && other.descr === op.descr);
        const values = op.args.map((a) => this.get(a));
        if (label < 0) return { kind: "jump", at, values };
        this.enter(all[label]!, values);
        at = label;
      } else if (ops.isGuard(op.opnum)) {
        if (!this.holds(op)) return { kind: "exit", at, values: [] };
      } else if (ops.hasFlag(op.opnum, ops.CHECK)) {
        if (!this.checks(op)) return { kind: "stop", at, values: [] };
      } else if (op.opnum !== ops.LABEL) this.step(op);
    }
  }

  enter(label: Op, values: readonly Scalar[]): void {
    if (new Set(label.args).size !== label.args.length) throw new Error("a label has an operand twice");
    if (values.length !== label.args.length) throw new Error("a jump has other operands than its label");
    // What was defined before the label is out of reach behind it.
    this.values.clear();
    for (const [i, box] of label.args.entries()) this.values.set(box as Box, values[i]!);
  }

  holds(op: Op): boolean {
    const value = op.args.length > 0 ? this.get(op.args[0]!) : 0;
    switch (op.opnum) {
      case ops.GUARD_TRUE:
        return value !== 0;
      case ops.GUARD_FALSE:
        return value === 0;
      case ops.GUARD_VALUE:
        return Object.is(value, this.get(op.args[1]!));
      case ops.GUARD_NONNULL:
        return value !== null;
      case ops.GUARD_ISNULL:
        return value === null;
      case ops.GUARD_CLASS:
        return this.classOf(value) === this.int(op.args[1]!);
      case ops.GUARD_NONNULL_CLASS:
        return value !== null && this.classOf(value) === this.int(op.args[1]!);
      case ops.GUARD_NO_OVERFLOW:
        return !this.overflow;
      case ops.GUARD_OVERFLOW:
        return this.overflow;
      case ops.GUARD_NO_EXCEPTION:
        return !this.raised;
      default:
        throw new Error(`no guard ${ops.traceOpInfo(op.opnum).name}`);
    }
  }

  checks(op: Op): boolean {
    if (op.opnum === ops.CHECK_INDEX) {
      const index = this.int(op.args[0]!);
      return index >= 0 && index < this.int(op.args[1]!);
    }
    if (op.opnum === ops.CHECK_NONNULL) return this.get(op.args[0]!) !== null;
    if (op.opnum === ops.CHECK_TRUE) return this.int(op.args[0]!) !== 0;
    return this.isInstance(this.get(op.args[0]!), op.descr as SizeDescr);
  }

  classOf(object: Scalar): number {
    if (object instanceof Struct || object instanceof List) return object.type.classId;
    if (object instanceof Text) return TEXT_CLASS;
    throw new Error("class of what is no object");
  }

  isInstance(object: Scalar, descr: SizeDescr): boolean {
    if (!(object instanceof Struct)) throw new Error("not a struct");
    return object.type.number >= descr.number && object.type.number <= descr.lastNumber;
  }

  step(op: Op): void {
    const result = this.result(op);
    if (op.hasResult) this.values.set(op, result);
  }

  result(op: Op): Scalar {
    if (hasIntMeaning(op.opnum)) return this.arithmetic(op);
    if (ops.hasFlag(op.opnum, ops.CALL)) return this.call(op);
    if (op.opnum >= ops.FLOAT_ADD && op.opnum <= ops.WORD_BITS_TO_FLOAT) return this.floats(op);
    const a = op.args.length > 0 ? this.get(op.args[0]!) : 0;
    switch (op.opnum) {
      case ops.SAME_AS_R:
      case ops.SAME_AS_F:
        return a;
      case ops.PTR_EQ:
        return a === this.get(op.args[1]!) ? 1 : 0;
      case ops.PTR_NE:
        return a !== this.get(op.args[1]!) ? 1 : 0;
      case ops.CLASS_OF:
        return this.classOf(a);
      case ops.IS_INSTANCE:
        return this.isInstance(a, op.descr as SizeDescr) ? 1 : 0;
      case ops.NEW:
      case ops.NEW_WITH_VTABLE:
        return new Struct(op.descr as SizeDescr);
      case ops.NEW_ARRAY:
      case ops.NEW_ARRAY_CLEAR:
        return new List(op.descr as ArrayDescr, a as number);
      case ops.ARRAYLEN_GC:
        return list(a).length;
      case ops.DEBUG_MERGE_POINT:
      case ops.KEEPALIVE:
        return 0;
      default:
        return this.memory(op);
    }
  }

  arithmetic(op: Op): Scalar {
    const a = this.int(op.args[0]!);
    const b = op.args.length > 1 ? this.int(op.args[1]!) : 0;
    if (ops.hasFlag(op.opnum, ops.OVERFLOW)) this.overflow = overflows(op.opnum, a, b, this.bits);
    if ([ops.INT_FLOORDIV, ops.INT_MOD, ops.UINT_FLOORDIV, ops.UINT_MOD].includes(op.opnum) && b === 0) {
      throw new Error("division by 0");
    }
    return intMeaning(op.opnum, a, b, this.bits);
  }

  floats(op: Op): Scalar {
    const a = this.get(op.args[0]!) as number;
    const b = op.args.length > 1 ? (this.get(op.args[1]!) as number) : 0;
    if (op.args[0]!.kind === ops.KIND_INT) return intToFloatMeaning(op.opnum, a, b, this.bits);
    return op.kind === ops.KIND_INT ? floatToIntMeaning(op.opnum, a, b) : floatMeaning(op.opnum, a, b);
  }

  /** The cell that a read or write is about. */
  cell(op: Op): [Scalar[], number] {
    const object = this.get(op.args[0]!);
    const { descr } = op;
    if (descr instanceof FieldDescr) {
      if (!(object instanceof Struct) || object.type.fields[descr.slot] !== descr) throw new Error("no such field");
      return [object.fields, descr.slot];
    }
    const index = this.int(op.args[1]!);
    const array = list(object);
    if (index < 0 || index >= array.length) throw new Error("index out of range");
    if (descr instanceof InteriorFieldDescr && array.type === descr.array) {
      return [array.items, interiorAt(array, index, descr)];
    }
    if (array.type !== descr) throw new Error("not that array");
    return [array.items, index];
  }

  memory(op: Op): Scalar {
    const [cells, at] = this.cell(op);
    if (!ops.hasFlag(op.opnum, ops.WRITE)) return cells[at]!;
    cells[at] = this.get(op.args.at(-1)!);
    return 0;
  }

  call(op: Op): Scalar {
    const descr = op.descr as CallDescr;
    const callee = this.callees.get(descr.name);
    if (callee === undefined) throw new Error(`no function ${descr.name}`);
    return callee(op.args.slice(1).map((a) => this.get(a)));
  }

  /** Does what a failed guard's exit does: gives the values that were recorded for it. */
  leave(guard: Op): Scalar[] {
    const descr = guard.descr as ExitDescr;
    const made = new Map<number, Scalar>();
    const value = (r: Recipe): Scalar => {
      if (r.kind === "constant") return scalarOf(r.value);
      if (r.kind === "failArg") return this.get(guard.failArgs![r.index]!);
      if (!made.has(r.index)) this.makeVirtual(descr, r.index, made, value);
      return made.get(r.index)!;
    };
    const values = descr.values.map(value);
    const stores = descr.pending.map((p) => [value(p.object), p.descr, p.index, value(p.value)] as const);
    for (const [object, d, index, stored] of stores) {
      if (d instanceof FieldDescr) (object as Struct).fields[d.slot] = stored;
      else list(object).items[index] = stored;
    }
    return values;
  }

  makeVirtual(descr: ExitDescr, index: number, made: Map<number, Scalar>, value: (r: Recipe) => Scalar): void {
    const { info, contents } = descr.virtuals[index]!;
    if (info instanceof VirtualCall) {
      const args = contents.slice(1).map((c) => value(c!));
      made.set(index, this.callees.get(info.descr.name)!(args));
      return;
    }
    let cells: Scalar[] = [];
    if (info instanceof VirtualStruct) {
      const object = new Struct(info.descr);
      made.set(index, object);
      cells = object.fields;
    } else if (info instanceof VirtualArray || info instanceof VirtualStructArray) {
      const n = info instanceof VirtualArray ? info.items.length : info.count;
      const object = new List(info.descr, n);
      made.set(index, object);
      cells = object.items;
    } else if (info instanceof VirtualText) throw new Error("strings under construction are not executed here");
    for (const [i, c] of contents.entries()) if (c !== null) cells[i] = value(c);
  }
}

function list(object: Scalar): List {
  if (!(object instanceof List)) throw new Error("not an array");
  return object;
}

/** Everything reachable from values, as text that does not depend on identity. */
export function dump(values: readonly Scalar[]): string {
  const numbers = new Map<Scalar, number>();
  const parts: string[] = [];
  const text = (v: Scalar): string => {
    if (v === null || typeof v === "number") return Object.is(v, -0) ? "-0" : String(v);
    if (!numbers.has(v)) {
      const n = numbers.size;
      numbers.set(v, n);
      const cells = v instanceof Struct ? v.fields : v instanceof List ? v.items : v.units;
      const name = v instanceof Text ? "Text" : v.type.name;
      const slot = parts.push("") - 1;
      parts[slot] = `#${n}=${name}(${cells.map(text).join(" ")})`;
    }
    return `#${numbers.get(v)}`;
  };
  return `${values.map(text).join(" ")} | ${parts.join(" ")}`;
}

export { ConstInt };
