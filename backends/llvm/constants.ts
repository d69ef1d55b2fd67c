/** Low-level values as LLVM constants: operands of instructions and parts of initializers. */
import {
  LowAddress,
  LowArrayObject,
  type LowContainer,
  LowFunction,
  LowOpaque,
  LowStruct,
  SymbolicWord,
} from "../../rtyper/lltype/memory.ts";
import { type LowType, Primitive, Ptr, type Struct } from "../../rtyper/lltype/types.ts";
import type { Module } from "./module.ts";
import { bitsOf } from "./types.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** A double as LLVM writes it exactly. */
export function floatText(value: number): string {
  scratch.setFloat64(0, value);
  return `0x${scratch.getBigUint64(0).toString(16).toUpperCase().padStart(16, "0")}`;
}

/** The address of an object or function. */
export function containerText(module: Module, container: LowContainer): string {
  return container instanceof LowFunction ? module.functionRef(container) : module.dataRef(container);
}

/** A constant operand without its type. */
export function constantText(module: Module, value: unknown, type: LowType): string {
  if (type instanceof Ptr) return pointerText(module, value);
  if (!(type instanceof Primitive)) throw new Error(`no constant of type ${type.toText()}`);
  switch (type.kind) {
    case "bool":
      return value === true ? "true" : "false";
    case "float":
      return floatText(type.bits === 32 ? Math.fround(value as number) : (value as number));
    case "address":
      return addressText(module, value);
    case "char":
      return String(typeof value === "string" ? value.charCodeAt(0) : Number(value));
    case "integer":
      return integerText(module, value, type);
    default:
      throw new Error(`a constant of type ${type.toText()} has no run-time value`);
  }
}

function pointerText(module: Module, value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (isContainer(value)) return containerText(module, value);
  throw new Error(`${String(value)} is not a pointer`);
}

function isContainer(value: unknown): value is LowContainer {
  return (
    value instanceof LowStruct ||
    value instanceof LowArrayObject ||
    value instanceof LowOpaque ||
    value instanceof LowFunction
  );
}

function addressText(module: Module, value: unknown): string {
  if (!(value instanceof LowAddress)) throw new Error(`${String(value)} is not an address`);
  const offset = BigInt.asIntN(module.world.layout.wordBytes * 8, value.offset);
  if (value.base === null) return offset === 0n ? "null" : `inttoptr (${module.word} ${offset} to ptr)`;
  const base = containerText(module, value.base);
  return offset === 0n ? base : `getelementptr (i8, ptr ${base}, ${module.word} ${offset})`;
}

function integerText(module: Module, value: unknown, type: Primitive): string {
  if (value instanceof SymbolicWord) return symbolicText(module, value, type);
  const bits = bitsOf(type, module.world.target);
  if (typeof value !== "bigint" && typeof value !== "number") throw new Error(`${String(value)} is not an integer`);
  return BigInt.asIntN(bits, BigInt(value)).toString();
}

/** A word that depends on layout or on the type table. */
export function symbolicText(module: Module, word: SymbolicWord, type: Primitive): string {
  const { layout, types, target } = module.world;
  switch (word.kind) {
    case "size_of":
      return String(layout.objectSize(word.type));
    case "offset_of":
      return String(layout.offsetOf(word.type as Struct, word.field));
    case "type_id":
      return module.typeId(word.type, `i${bitsOf(type, target)}`);
    case "last_type_id": {
      const last = types.lastBelow(word.type);
      return module.typeId(last, `i${bitsOf(type, target)}`);
    }
    case "subclass_min":
      return String(types.entryOf(word.type).preorder);
    case "subclass_max":
      return String(types.entryOf(word.type).lastPreorder);
  }
}
