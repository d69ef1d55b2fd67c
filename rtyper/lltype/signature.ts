/**
 * What the operation table's small language of operand and result types means for given operands: the result type of
 * an operation where the table determines it, and whether operands fit. The printer, the parser and the verifier of
 * low-level graphs derive from this.
 */
import { Constant, type Operation, type Value, type ValueType } from "../../translator/flow/model.ts";
import { LowFunction } from "./memory.ts";
import { findOp } from "./ops/index.ts";
import type { OpInfo } from "./ops/info.ts";
import { FuncType, LowArray, type LowType, PRIMITIVES, type Primitive, Ptr, Struct, Void } from "./types.ts";

const primitives = new Map<string, Primitive>(PRIMITIVES.map((p) => [p.name, p]));

/** `Cname`, `Ctype`: a Void constant. */
function isConstantWord(word: string): boolean {
  return word.startsWith("C") && !primitives.has(word);
}

function pointedTo(v: Value | undefined): LowType | null {
  return v?.type instanceof Ptr ? v.type.to : null;
}

/** Item type of the first operand of pointer-to-array type. */
function itemOf(v: Value | undefined): LowType | null {
  const target = pointedTo(v);
  if (target instanceof LowArray) return target.item;
  return target instanceof Struct ? target.varItem : null;
}

function fieldOf(struct: LowType | null, name: Value | undefined): LowType | null {
  if (!(struct instanceof Struct) || !(name instanceof Constant) || typeof name.value !== "string") return null;
  return struct.findField(name.value)?.type ?? null;
}

/** The type that the named field of an operation has. */
function namedField(info: OpInfo, args: readonly Value[]): LowType | null {
  const at = info.args.indexOf("Cname");
  const owner = info.args[1] === "Signed" ? itemOf(args[0]) : pointedTo(args[0]);
  return fieldOf(owner, args[at]);
}

/** The type that `T` stands for: the first operand declared so. */
function sharedInteger(info: OpInfo, args: readonly Value[]): LowType | null {
  return (args[info.args.indexOf("T")]?.type as LowType | undefined) ?? null;
}

/** The type an operand word stands for, null when it is not determined. */
function meaning(word: string, info: OpInfo, args: readonly Value[]): LowType | null {
  if (word === "T") return sharedInteger(info, args);
  if (word === "I") return itemOf(args[0]);
  if (word === "F") return namedField(info, args);
  if (isConstantWord(word)) return Void;
  return primitives.get(word) ?? null;
}

/** The result type of an operation where its operands determine it; null where the operation states its own. */
export function resultTypeOf(opname: string, args: readonly Value[]): ValueType | null {
  const info = findOp(opname);
  if (info === null) return null;
  if (opname === "direct_call") {
    const callee = args[0];
    return callee instanceof Constant && callee.value instanceof LowFunction ? callee.value.type.result : null;
  }
  if (opname === "indirect_call") {
    const f = pointedTo(args[0]);
    return f instanceof FuncType ? f.result : null;
  }
  if (opname === "same_as" || opname === "jit_promote" || opname === "jit_promote_string") return args[0]?.type ?? null;
  return meaning(info.result, info, args);
}

/** What is wrong with an operation's operands or result by the table, or null. */
export function checkLowOperation(op: Operation): string | null {
  const info = findOp(op.opname);
  if (info === null) return `unknown operation ${op.opname}`;
  const count = checkCount(op, info);
  if (count !== null) return count;
  const missing = checkField(op, info);
  if (missing !== null) return missing;
  const spread = info.args.indexOf("...");
  for (const [i, word] of info.args.entries()) {
    if (word === "...") break;
    const wrong = checkOperand(op, info, i, word, op.args[i] as Value);
    if (wrong !== null) return wrong;
  }
  if (spread >= 0) {
    const called = checkCall(op);
    if (called !== null) return called;
  }
  return checkResult(op);
}

function checkCount(op: Operation, info: OpInfo): string | null {
  const isVariadic = info.args.includes("...");
  const least = isVariadic ? info.args.length - 1 : info.args.length;
  if (op.args.length >= least && (isVariadic || op.args.length === least)) return null;
  return `${op.opname} takes ${isVariadic ? "at least " : ""}${least} operands, not ${op.args.length}`;
}

/** A named field must exist. */
function checkField(op: Operation, info: OpInfo): string | null {
  if (info.result !== "F" && !info.args.includes("F")) return null;
  if (namedField(info, op.args) !== null) return null;
  const name = op.args[info.args.indexOf("Cname")];
  const text = name instanceof Constant ? String(name.value) : "a variable";
  return `${op.args[0]?.type?.toText()} has no field ${text}`;
}

function checkOperand(op: Operation, info: OpInfo, i: number, word: string, arg: Value): string | null {
  const type = arg.type as LowType | null;
  if (type === null) return `operand ${i} of ${op.opname} has no type`;
  const fits = operandFits(word, type, arg, info, op.args);
  return fits
    ? null
    : `operand ${i} of ${op.opname} has type ${type.toText()}, expected ${describe(word, info, op.args)}`;
}

function operandFits(word: string, type: LowType, arg: Value, info: OpInfo, args: readonly Value[]): boolean {
  switch (word) {
    case "?":
      return true;
    case "Func":
      return arg instanceof Constant && arg.value instanceof LowFunction;
    case "P":
      return type instanceof Ptr;
    case "GcP":
      return type instanceof Ptr && type.isGc;
    case "A":
      return itemOf(arg) !== null;
    case "T":
      return isInteger(type) && type === sharedInteger(info, args);
    default:
      if (isConstantWord(word)) return arg instanceof Constant && type === Void;
      return assignable(type, meaning(word, info, args));
  }
}

function isInteger(type: LowType): boolean {
  return primitives.get(type.toText()) === type && (type as Primitive).kind === "integer";
}

/** A pointer may stand for one to a base struct; everything else must agree exactly. */
export function assignable(from: LowType, to: LowType | null): boolean {
  if (to === null || from === to) return true;
  if (!(from instanceof Ptr) || !(to instanceof Ptr)) return false;
  return from.to instanceof Struct && to.to instanceof Struct && from.to.inheritsFrom(to.to);
}

function describe(word: string, info: OpInfo, args: readonly Value[]): string {
  if (word === "T") return `the integer type ${sharedInteger(info, args)?.toText() ?? ""}`.trim();
  return meaning(word, info, args)?.toText() ?? word;
}

function checkCall(op: Operation): string | null {
  const callee = op.args[0];
  let type: FuncType | null = null;
  let args = op.args.slice(1);
  if (op.opname === "direct_call") type = (callee as Constant & { value: LowFunction }).value.type;
  if (op.opname === "indirect_call") {
    const target = pointedTo(callee);
    type = target instanceof FuncType ? target : null;
    args = args.slice(0, -1);
  }
  if (type === null) return null;
  if (args.length !== type.args.length) return `the callee takes ${type.args.length} arguments, not ${args.length}`;
  for (const [i, arg] of args.entries()) {
    const expected = type.args[i] as LowType;
    if (!assignable(arg.type as LowType, expected)) {
      return `argument ${i} has type ${arg.type?.toText()}, expected ${expected.toText()}`;
    }
  }
  return null;
}

function checkResult(op: Operation): string | null {
  const type = op.result.type;
  if (type === null) return `the result of ${op.opname} has no type`;
  const expected = resultTypeOf(op.opname, op.args) as LowType | null;
  if (expected === null || type === expected) return null;
  return `the result of ${op.opname} has type ${type.toText()}, expected ${expected.toText()}`;
}
