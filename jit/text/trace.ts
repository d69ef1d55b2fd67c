/**
 * Parses the textual form of traces that `jit/format/print` writes.
 *
 * Boxes keep no names: the letter of a name states its kind, and printing numbers them afresh. Objects (`@name` as an
 * operand) and classes (`$Box` as an operand: its class id) are looked up in the declarations and in `objects`.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import { Cursor, TextError } from "../../translator/text/lexer.ts";
import {
  type OperandText,
  type OperationText,
  parseList,
  parseOperand,
  parseOperationLine,
} from "../../translator/text/line.ts";
import type { Descr } from "../format/descr.ts";
import { TraceNames } from "../format/print.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, TRACE_OPS, type TraceOpInfo } from "../format/traceops.ts";
import { type Box, ConstFloat, ConstInt, ConstRef, InputArg, NULL, Op, Trace, type Value } from "../format/values.ts";
import { required, type TraceTypes } from "./types.ts";

const opsByName = new Map(TRACE_OPS.map((row) => [row.name, row]));
const kindOfLetter: Record<string, number> = { i: KIND_INT, p: KIND_REF, f: KIND_FLOAT };

/** Objects by name; one is made at its first mention. Give `make` to have objects of your own. */
export class TraceObjects extends TraceNames {
  readonly types: TraceTypes;
  readonly #byName = new Map<string, GcRef>();
  readonly #names = new Map<GcRef, string>();
  readonly #make: (name: string) => object;

  constructor(types: TraceTypes, make: (name: string) => object = (name) => ({ name })) {
    super();
    this.types = types;
    this.#make = make;
  }

  object(name: string): GcRef {
    let found = this.#byName.get(name);
    if (found === undefined) {
      found = this.#make(name) as GcRef;
      this.add(name, found);
    }
    return found;
  }

  add(name: string, ref: GcRef): void {
    this.#byName.set(name, ref);
    this.#names.set(ref, name);
  }

  override objectName(ref: GcRef): string {
    const name = this.#names.get(ref);
    if (name !== undefined) return name;
    this.add(`o${this.#names.size}`, ref);
    return this.objectName(ref);
  }

  override classText(id: number): string {
    const struct = this.types.structOfClass(id);
    return struct === undefined ? String(id) : `$${struct.name}`;
  }
}

/** Reads a trace. */
export function parseTrace(text: string, objects: TraceObjects): Trace {
  return new TraceParser(objects).parse(text);
}

class TraceParser {
  readonly #objects: TraceObjects;
  readonly #boxes = new Map<string, Box>();

  constructor(objects: TraceObjects) {
    this.#objects = objects;
  }

  parse(text: string): Trace {
    let inputs: InputArg[] | null = null;
    const ops: Op[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      const cursor = new Cursor(line, index + 1);
      if (cursor.atEnd) continue;
      if (inputs === null) inputs = this.#parseInputs(cursor);
      else ops.push(this.#parseOp(parseOperationLine(cursor), index + 1));
    }
    return new Trace(inputs ?? [], ops);
  }

  #parseInputs(cursor: Cursor): InputArg[] {
    const inputs = parseList(cursor, "[", "]", (c) => {
      const operand = parseOperand(c);
      return this.#define(operand.value, operand.line, (kind) => new InputArg(kind)) as InputArg;
    });
    cursor.requireEnd();
    return inputs;
  }

  #define(name: string, line: number, make: (kind: number) => Box): Box {
    const kind = kindOfLetter[name[0] ?? ""];
    if (kind === undefined) throw new TextError(`the name ${name} begins with none of i, p, f`, line, 1);
    if (this.#boxes.has(name)) throw new TextError(`${name} is defined twice`, line, 1);
    const box = make(kind);
    this.#boxes.set(name, box);
    return box;
  }

  #parseOp(text: OperationText, line: number): Op {
    const info = opsByName.get(text.opname);
    if (info === undefined) throw new TextError(`unknown operation ${text.opname}`, line, 1);
    const args = text.operands.map((operand, i) => this.#value(operand, letterAt(info, i)));
    this.#checkArgs(info, args, line);
    const descrText = text.named.get("descr");
    const op = new Op(info.opnum, args, descrText === undefined ? null : this.#descr(info, descrText));
    if (text.kept !== null) op.failArgs = text.kept.map((operand) => this.#value(operand, "*"));
    if (text.result !== null) {
      this.#define(text.result.name, line, () => op);
      if (kindOfLetter[text.result.name[0] ?? ""] !== op.kind) {
        throw new TextError(`${text.result.name} has not the kind of ${info.name}'s result`, line, 1);
      }
    } else if (op.hasResult && info.name !== "guard_exception") {
      throw new TextError(`${info.name} has a result`, line, 1);
    }
    return op;
  }

  #checkArgs(info: TraceOpInfo, args: Value[], line: number): void {
    const fixed = info.operands.replaceAll("*", "");
    const variable = fixed.length !== info.operands.length;
    if (args.length < fixed.length || (!variable && args.length !== fixed.length)) {
      throw new TextError(`${info.name} has ${fixed.length} operands`, line, 1);
    }
    for (const [i, arg] of args.entries()) {
      const letter = letterAt(info, i);
      if (letter !== "*" && letter !== "irf"[arg.kind]) throw new TextError(`operand ${i} is not ${letter}`, line, 1);
    }
  }

  #value(operand: OperandText, letter: string): Value {
    const { kind, value } = operand;
    if (kind === "number") {
      const isFloat = letter === "f" || /[.e]|inf/.test(value);
      return isFloat ? new ConstFloat(value.endsWith("inf") ? -Infinity : Number(value)) : new ConstInt(Number(value));
    }
    if (kind === "object") return new ConstRef(this.#objects.object(value));
    if (kind === "class") return new ConstInt(required(this.#objects.types.structs, value).classId);
    if (kind === "word") {
      if (value === "null") return NULL;
      if (value === "nan") return new ConstFloat(Number.NaN);
      if (value === "inf") return new ConstFloat(Number.POSITIVE_INFINITY);
      const box = this.#boxes.get(value);
      if (box !== undefined) return box;
      throw new TextError(`${value} is not defined`, operand.line, operand.column);
    }
    throw new TextError(`not an operand: ${value}`, operand.line, operand.column);
  }

  #descr(info: TraceOpInfo, operand: OperandText): Descr {
    const types = this.#objects.types;
    const name = operand.value;
    switch (info.descr) {
      case "field":
        return required(types.fields, name);
      case "interior":
        return required(types.interiors, name);
      case "array":
        return required(types.arrays, name);
      case "size":
        return required(types.structs, name);
      case "call":
        return required(types.calls, name);
      case "target":
        return types.target(name);
      case "guard":
        return types.guard(name);
      default:
        throw new TextError(`${info.name} has no descriptor`, operand.line, operand.column);
    }
  }
}

function letterAt(info: TraceOpInfo, index: number): string {
  return info.operands[Math.min(index, info.operands.length - 1)] ?? "*";
}
