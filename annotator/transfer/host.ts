/** Functions, constructors and objects of the host that run-time code may use: `console`, `process`, `Object`, … */
import type { BuiltinCall, BuiltinTable, BuiltinTransfer } from "../builtins.ts";
import {
  BOOL,
  FLOAT,
  isBottom,
  NON_NEGATIVE,
  NOTHING,
  SomeList,
  type SomeValue,
  STRING,
  UNDEFINED,
  UNDEFINED_BIT,
} from "../model.ts";
import type { OpContext } from "../opcontext.ts";
import { textOf } from "./convert.ts";
import { ARRAY_FUNCTIONS, newArray, newTypedArray } from "./lists.ts";
import { newMap, newSet, newWeakRef } from "./maps.ts";
import { BIGINT_FUNCTIONS, GLOBAL_FUNCTIONS, MATH, NUMBER_FUNCTIONS, optionalInt, textArg } from "./numbers.ts";
import { newBuilder, STRING_FUNCTIONS, stringOf } from "./strings.ts";

/** `console.log(a, b)`: strings and numbers. */
function log(call: BuiltinCall): SomeValue {
  call.args.forEach((s, i) => {
    if (call.spread?.[i] !== true && !isBottom(s)) textOf(call.ctx, s, call.operand(i));
  });
  return UNDEFINED;
}

function truth(call: BuiltinCall): SomeValue {
  return call.args.some((s) => isBottom(s)) ? NOTHING : BOOL;
}

function exit(call: BuiltinCall): SomeValue {
  optionalInt(call, 0);
  return NOTHING;
}

const entries: [unknown, readonly [string, BuiltinTransfer]][] = [];

/** Registers the functions of a table that live on a host object. */
function register(host: object, prefix: string, table: BuiltinTable): void {
  for (const [name, transfer] of Object.entries(table)) {
    const f: unknown = Reflect.get(host, name);
    if (typeof f === "function" && !entries.some(([known]) => known === f))
      entries.push([f, [`${prefix}.${name}`, transfer]]);
  }
}

register(globalThis, "global", GLOBAL_FUNCTIONS);
register(Math, "math", MATH);
register(Number, "number", NUMBER_FUNCTIONS);
register(BigInt, "bigint", BIGINT_FUNCTIONS);
register(String, "string", STRING_FUNCTIONS);
register(Array, "array", ARRAY_FUNCTIONS);
register(globalThis, "global", { String: stringOf, Boolean: truth });
register(Object, "object", { freeze: (call) => call.arg(0) ?? UNDEFINED, is: truth });
register(console, "console", { log, error: log, warn: log, info: log });
register(process, "process", { exit });
register(performance, "performance", { now: () => FLOAT });
register(Date, "date", { now: () => FLOAT });
entries.push([
  process.stdout.write,
  ["process.stdout.write", (call) => (textArg(call, 0).kind === "nothing" ? NOTHING : BOOL)],
]);
if (process.stderr.write !== process.stdout.write) {
  entries.push([
    process.stderr.write,
    ["process.stderr.write", (call) => (textArg(call, 0).kind === "nothing" ? NOTHING : BOOL)],
  ]);
}

export const HOST_FUNCTIONS: ReadonlyMap<unknown, readonly [string, BuiltinTransfer]> = new Map(entries);

export const HOST_CONSTRUCTORS: ReadonlyMap<unknown, readonly [string, BuiltinTransfer]> = new Map<
  unknown,
  readonly [string, BuiltinTransfer]
>([
  [Array, ["new.Array", newArray]],
  [Map, ["new.Map", newMap]],
  [Set, ["new.Set", newSet]],
  [WeakMap, ["new.WeakMap", newMap]],
  [WeakSet, ["new.WeakSet", newSet]],
  [WeakRef, ["new.WeakRef", newWeakRef]],
  [Uint8Array, ["new.Uint8Array", newTypedArray("Uint8Array")]],
  [Uint8ClampedArray, ["new.Uint8ClampedArray", newTypedArray("Uint8ClampedArray")]],
  [Int8Array, ["new.Int8Array", newTypedArray("Int8Array")]],
  [Uint16Array, ["new.Uint16Array", newTypedArray("Uint16Array")]],
  [Int16Array, ["new.Int16Array", newTypedArray("Int16Array")]],
  [Uint32Array, ["new.Uint32Array", newTypedArray("Uint32Array")]],
  [Int32Array, ["new.Int32Array", newTypedArray("Int32Array")]],
  [Float32Array, ["new.Float32Array", newTypedArray("Float32Array")]],
  [Float64Array, ["new.Float64Array", newTypedArray("Float64Array")]],
  [BigInt64Array, ["new.BigInt64Array", newTypedArray("BigInt64Array")]],
  [BigUint64Array, ["new.BigUint64Array", newTypedArray("BigUint64Array")]],
]);

/** Constructors of rlib by the name of the class, which carries `@intrinsic`. */
export const INTRINSIC_CLASSES: Readonly<Record<string, readonly [string, BuiltinTransfer]>> = {
  StringBuilder: ["new.StringBuilder", newBuilder],
  WeakReference: ["new.WeakReference", newWeakRef],
};

export const HOST_OBJECTS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Math, "Math"],
  [console, "console"],
  [process, "process"],
  [process.stdout, "process.stdout"],
  [process.stderr, "process.stderr"],
  [process.env, "process.env"],
  [performance, "performance"],
  [Date, "Date"],
  [globalThis, "globalThis"],
  [Reflect, "Reflect"],
  [JSON, "JSON"],
  [Atomics, "Atomics"],
]);

/** Properties that are data of the running process rather than of the import phase. */
export function hostProperty(ctx: OpContext, host: object, name: string): SomeValue | null {
  if (host === process && name === "argv") {
    const cell = ctx.listCell();
    cell.resized = true;
    ctx.merge(cell.item, STRING, "argument of the program");
    ctx.target({ kind: "builtin", name: "process.argv", operands: [], spread: null, callbacks: new Map() });
    return new SomeList(cell.find());
  }
  if (host === process.env) {
    ctx.target({ kind: "builtin", name: "process.env", operands: [1], spread: null, callbacks: new Map() });
    return STRING.withNulls(UNDEFINED_BIT);
  }
  if (host === process && name === "exitCode") return NON_NEGATIVE;
  return null;
}
