/**
 * Traces as text, for logs and tests; `jit/text` parses it back.
 *
 *     [p0, i1]
 *     i2 = getfield_gc_i(p0, descr=.Box.value)
 *     i3 = int_lt(i2, i1)
 *     guard_true(i3, descr=@g1) [p0, i1]
 *     jump(p0, i2, descr=@loop1)
 *
 * Boxes are numbered by their first appearance; the letter is their kind (`i`, `p`, `f`). Descriptors are written with
 * the sigil of their sort: `.field`, `$struct` and `$array`, `@call`, `@guard` or `@loop`.
 */
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { ArrayDescr, type Descr, FieldDescr, InteriorFieldDescr, SizeDescr } from "./descr.ts";
import { KIND_INT, KIND_REF, traceOpInfo } from "./traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, InputArg, type Op, type Trace, type Value } from "./values.ts";

/** Names of boxes and objects in one text. Subclass it where objects have names. */
export class TraceNames {
  #count: int = 0;
  readonly #objects: GcRef[] = [];

  /** Name of an object, without `@`. */
  objectName(ref: GcRef): string {
    for (let i = 0; i < this.#objects.length; i++) {
      if (sameObject(this.#objects[i] as GcRef, ref)) return `o${i}`;
    }
    this.#objects.push(ref);
    return `o${this.#objects.length - 1}`;
  }

  /** Text of a class id. */
  classText(id: int): string {
    return String(id);
  }

  /** Begins a new text: all boxes of `trace` get numbers afresh. */
  number(trace: Trace): void {
    this.#count = 0;
    for (const input of trace.inputs) input.number = -1;
    for (const op of trace.ops) {
      op.number = -1;
      // Operands of labels are boxes of their own.
      for (const arg of op.args) if (arg instanceof InputArg) arg.number = -1;
    }
  }

  boxName(box: Box): string {
    if (box.number < 0) {
      box.number = this.#count;
      this.#count++;
    }
    return (box.kind === KIND_INT ? "i" : box.kind === KIND_REF ? "p" : "f") + String(box.number);
  }

  valueText(value: Value): string {
    if (value instanceof Box) return this.boxName(value);
    if (value instanceof ConstInt) return String(value.value);
    if (value instanceof ConstFloat) return floatText(value.value);
    if (value instanceof ConstRef) {
      const ref = value.value;
      return ref === null ? "null" : `@${this.objectName(ref)}`;
    }
    return "?";
  }

  listText(values: readonly Value[]): string {
    let text = "[";
    for (let i = 0; i < values.length; i++) text += (i > 0 ? ", " : "") + this.valueText(values[i] as Value);
    return `${text}]`;
  }
}

/** A float that reads back as a float. */
export function floatText(x: float): string {
  if (Number.isNaN(x)) return "nan";
  if (x === 0 && 1 / x < 0) return "-0.0";
  const text = String(x);
  if (text === "Infinity") return "inf";
  if (text === "-Infinity") return "-inf";
  return text.includes(".") || text.includes("e") ? text : `${text}.0`;
}

/** A descriptor with its sigil. */
export function descrText(descr: Descr): string {
  if (descr instanceof FieldDescr || descr instanceof InteriorFieldDescr) return `.${descr.name}`;
  if (descr instanceof SizeDescr || descr instanceof ArrayDescr) return `$${descr.name}`;
  return `@${descr.name}`;
}

function isClassOperand(op: Op, index: int): boolean {
  const name = traceOpInfo(op.opnum).name;
  if (name === "guard_exception") return index === 0;
  return index === 1 && (name === "guard_class" || name === "guard_nonnull_class" || name === "record_exact_class");
}

/** One operation as a line. */
export function printOp(op: Op, names: TraceNames): string {
  let text = "";
  for (let i = 0; i < op.args.length; i++) {
    const arg = op.args[i] as Value;
    if (i > 0) text += ", ";
    text += arg instanceof ConstInt && isClassOperand(op, i) ? names.classText(arg.value) : names.valueText(arg);
  }
  const descr = op.descr;
  if (descr !== null) text += `${text === "" ? "" : ", "}descr=${descrText(descr)}`;
  text = `${traceOpInfo(op.opnum).name}(${text})`;
  const failArgs = op.failArgs;
  if (failArgs !== null) text += ` ${names.listText(failArgs)}`;
  return op.hasResult ? `${names.boxName(op)} = ${text}` : text;
}

/** A whole trace; each line ends in a newline. */
export function printTrace(trace: Trace, names: TraceNames = new TraceNames()): string {
  names.number(trace);
  let text = "[";
  for (let i = 0; i < trace.inputs.length; i++) text += (i > 0 ? ", " : "") + names.boxName(trace.inputs[i] as Box);
  text += "]\n";
  for (const op of trace.ops) text += `${printOp(op, names)}\n`;
  return text;
}
