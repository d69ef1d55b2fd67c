/**
 * Prebuilt data and the type table as LLVM globals. Each object is one packed LLVM struct whose parts are placed by
 * our layout, with explicit padding, so that LLVM's own layout rules play no part. GC objects are writable (the
 * collector writes flags in their headers); raw data whose fields are all immutable is constant.
 */
import { TYPE_ENTRY_SIZE, TYPE_TABLE_SYMBOL, VTABLE_TYPE_ID } from "../../gc/typetable.ts";
import type { ArrayLayout } from "../../rtyper/lltype/layout.ts";
import {
  LowArrayObject,
  type LowContainer,
  LowFunction,
  LowOpaque,
  LowStruct,
  type LowValue,
} from "../../rtyper/lltype/memory.ts";
import { type LowType, OBJECT, Primitive, type PtrTarget, Struct, VTABLE } from "../../rtyper/lltype/types.ts";
import { constantText } from "./constants.ts";
import { C_HASH_FLAG } from "./header.ts";
import type { Module } from "./module.ts";
import { escapeBytes, quoted } from "./symbols.ts";
import { memoryType } from "./types.ts";
import { type EntryFacts, entryFacts, type TypeEntry } from "./typetable.ts";

/** One piece of an initializer at a byte offset. */
interface Part {
  readonly offset: number;
  readonly size: number;
  readonly text: string;
}

/** Writes the definition of one prebuilt object. */
export function defineObject(module: Module, object: LowContainer): void {
  const symbol = module.world.symbol(object);
  const { type, text } = packed(objectParts(module, object));
  const kind = isConstant(object) ? "constant" : "global";
  const align = module.world.layout.wordBytes;
  module.define(symbol, `${quoted(symbol)} = hidden ${kind} ${type} ${text}, align ${align}`);
}

/** An aggregate as type and initializer. */
function packed(parts: readonly Part[], size = 0): { type: string; text: string } {
  const types: string[] = [];
  const texts: string[] = [];
  let at = 0;
  const pad = (bytes: number): void => {
    if (bytes <= 0) return;
    types.push(`[${bytes} x i8]`);
    texts.push(`[${bytes} x i8] zeroinitializer`);
  };
  for (const part of [...parts].sort((a, b) => a.offset - b.offset)) {
    if (part.size === 0) continue;
    if (part.offset < at) throw new Error(`two fields overlap at offset ${part.offset}`);
    pad(part.offset - at);
    types.push(typeOfText(part.text));
    texts.push(part.text);
    at = part.offset + part.size;
  }
  pad(size - at);
  return { type: `<{ ${types.join(", ")} }>`, text: `<{ ${texts.join(", ")} }>` };
}

/** The leading type of `i32 5`, `[3 x i8] c"…"`, `<{ … }> <{ … }>`. */
function typeOfText(text: string): string {
  const open = text[0] as string;
  if (open !== "[" && open !== "<") return text.slice(0, text.indexOf(" "));
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === "[" || c === "<" || c === "{") depth++;
    else if (c === "]" || c === ">" || c === "}") depth--;
    if (depth === 0) return text.slice(0, i + 1);
  }
  throw new Error("an initializer without type");
}

function isConstant(object: LowContainer): boolean {
  if (object instanceof LowStruct) return isConstantStruct(object.type);
  return (
    object instanceof LowArrayObject && !object.type.gc && object.type.immutable && isConstantItem(object.type.item)
  );
}

function isConstantStruct(type: Struct): boolean {
  if (type.gc || (type.varItem !== null && !type.varItemImmutable)) return false;
  return [...type.allFields()].every((field) => field.immutable);
}

function isConstantItem(type: LowType): boolean {
  return !(type instanceof Struct) || isConstantStruct(type);
}

function objectParts(module: Module, object: LowContainer): Part[] {
  const { layout } = module.world;
  if (object instanceof LowFunction) throw new Error(`the function ${object.name} is not data`);
  if (object instanceof LowOpaque) return opaqueParts(module, object);
  const parts = headerParts(module, object);
  let items: ArrayLayout | null = null;
  if (object instanceof LowStruct) {
    parts.push(...fieldParts(module, object, 0));
    if (object.type.varItem !== null) items = layout.itemsOf(object.type);
  } else items = layout.array(object.type);
  if (items !== null) parts.push(...itemParts(module, object, items));
  const size = layout.objectSize(object.type, items === null ? 0 : object.length);
  const extra = hashPart(module, object, size);
  if (extra !== null) parts.push(extra);
  // The collector rounds sizes up to words; the object really has them.
  const end = parts.reduce((max, part) => Math.max(max, part.offset + part.size), 0);
  if (end < size) parts.push({ offset: end, size: size - end, text: `[${size - end} x i8] zeroinitializer` });
  return parts;
}

function opaqueParts(module: Module, object: LowOpaque): Part[] {
  const { layout } = module.world;
  const word = layout.wordBytes;
  const parts = headerParts(module, object);
  const target = object.target as LowContainer | null;
  const text = target === null || typeof target !== "object" ? "ptr null" : `ptr ${pointer(module, target)}`;
  parts.push({ offset: object.type.gc ? word : 0, size: word, text });
  const size = layout.objectSize(object.type);
  const end = object.type.gc ? 2 * word : word;
  if (end < size) parts.push({ offset: end, size: size - end, text: `[${size - end} x i8] zeroinitializer` });
  const extra = hashPart(module, object, size);
  if (extra !== null) parts.push(extra);
  return parts;
}

function pointer(module: Module, target: LowContainer): string {
  return target instanceof LowFunction ? module.functionRef(target) : module.dataRef(target);
}

/** Header word and type pointer of a GC object. */
function headerParts(module: Module, object: LowStruct | LowArrayObject | LowOpaque): Part[] {
  const type: PtrTarget = object.type;
  if (!type.gc) return [];
  const { layout, gc } = module.world;
  const half = layout.wordBytes / 2;
  const halfType = `i${half * 8}`;
  const collector = gc.collector;
  let flags = collector === null ? 0 : collector.prebuiltFlags;
  if (object.identityHash !== 0) flags |= collector === null ? C_HASH_FLAG : collector.hashFlag;
  const parts: Part[] = [
    { offset: 0, size: half, text: `${halfType} ${module.typeId(type, halfType)}` },
    { offset: half, size: half, text: `${halfType} ${flags}` },
  ];
  if (layout.typePointer && type instanceof Struct && type.inheritsFrom(OBJECT)) {
    const vtable = type.vtable instanceof LowStruct ? module.dataRef(type.vtable) : "null";
    parts.push({ offset: layout.wordBytes, size: layout.wordBytes, text: `ptr ${vtable}` });
  }
  return parts;
}

/** The identity hash of a prebuilt object used as a key stands in a word of its own behind it. */
function hashPart(module: Module, object: { identityHash: number }, size: number): Part | null {
  if (object.identityHash === 0) return null;
  const { layout } = module.world;
  return {
    offset: Math.ceil(size / layout.wordBytes) * layout.wordBytes,
    size: layout.wordBytes,
    text: `${module.word} ${object.identityHash}`,
  };
}

/** The fields of a vtable in the type table; the one that says where is filled in here. */
function vtableParts(module: Module, entry: TypeEntry, vtable: LowStruct): Part[] {
  const parts = fieldParts(module, vtable, entry.vtableOffset);
  if (!vtable.type.inheritsFrom(VTABLE)) return parts;
  const at = entry.vtableOffset + VTABLE_TYPE_ID;
  return parts.map((part) => (part.offset === at ? { ...part, text: `i32 ${entry.typeId}` } : part));
}

function fieldParts(module: Module, struct: LowStruct, base: number): Part[] {
  const { layout } = module.world;
  const parts: Part[] = [];
  for (const field of struct.type.allFields()) {
    const size = layout.sizeOf(field.type);
    if (size === 0) continue;
    const offset = base + layout.offsetOf(struct.type, field.name);
    parts.push({ offset, size, text: valueText(module, struct.get(field.name), field.type) });
  }
  return parts;
}

/** Type and value of something in memory. */
function valueText(module: Module, value: LowValue, type: LowType): string {
  if (type instanceof Struct) {
    const inlined = packed(fieldParts(module, value as LowStruct, 0), module.world.layout.sizeOf(type));
    return `${inlined.type} ${inlined.text}`;
  }
  const text = constantText(module, value, type);
  const inMemory = memoryType(type, module.world.target);
  if (inMemory === "i8" && text === "true") return "i8 1";
  if (inMemory === "i8" && text === "false") return "i8 0";
  return `${inMemory} ${text}`;
}

function itemParts(module: Module, object: LowStruct | LowArrayObject, layout: ArrayLayout): Part[] {
  const { wordBytes } = module.world.layout;
  const items = object.items as readonly LowValue[];
  const type = object instanceof LowStruct ? (object.type.varItem as LowType) : object.type.item;
  const length: Part = {
    offset: layout.lengthOffset,
    size: wordBytes,
    text: `${module.word} ${items.length}`,
  };
  if (items.length === 0) return [length];
  const size = items.length * layout.itemSize;
  const bytes = itemBytes(items, type);
  if (bytes !== null) {
    const text = bytes.every((b) => b === 0) ? "zeroinitializer" : `c"${escapeBytes(bytes)}"`;
    return [length, { offset: layout.itemsOffset, size, text: `[${size} x i8] ${text}` }];
  }
  const texts = items.map((item) => valueText(module, item, type));
  const itemText = typeOfText(texts[0] as string);
  return [length, { offset: layout.itemsOffset, size, text: `[${items.length} x ${itemText}] [${texts.join(", ")}]` }];
}

/** Items of narrow numbers as bytes, which LLVM reads fastest; null for other items. */
function itemBytes(items: readonly LowValue[], type: LowType): Uint8Array | null {
  if (!(type instanceof Primitive) || type.bits === 0 || type.bits > 32) return null;
  if (type.kind !== "integer" && type.kind !== "char" && type.kind !== "bool") return null;
  if (!items.every((item) => typeof item === "number" || typeof item === "boolean")) return null;
  const size = type.bits / 8;
  const bytes = Buffer.alloc(items.length * size);
  for (const [i, item] of items.entries()) {
    const value = Number(item);
    for (let b = 0; b < size; b++) bytes[i * size + b] = Math.floor(value / 2 ** (8 * b)) & 255;
  }
  return bytes;
}

/** Writes the type table with all vtables, and the linker's numbers that go with it. */
export function defineTypeTable(module: Module): void {
  const { types, layout } = module.world;
  const parts: Part[] = [];
  const lists = new Map<string, number>();
  let end = 0;
  for (const entry of types.entries) {
    end = Math.max(end, entry.offset + TYPE_ENTRY_SIZE);
    if (entry.vtable !== null) end = Math.max(end, entry.vtableOffset + layout.struct(entry.vtable.type).size);
  }
  end = Math.ceil(end / 4) * 4;
  const listAt = (offsets: readonly number[]): number => {
    const words = [offsets.length, ...offsets];
    const key = words.join(",");
    let at = lists.get(key);
    if (at === undefined) {
      at = end;
      lists.set(key, at);
      end += 4 * words.length;
      const items = words.map((w) => `i32 ${w}`).join(", ");
      parts.push({ offset: at, size: 4 * words.length, text: `[${words.length} x i32] [${items}]` });
    }
    return at;
  };
  for (const entry of types.entries) {
    const facts = entryFacts(entry.type, layout);
    parts.push(entryPart(entry, facts, listAt(facts.pointers), listAt(facts.itemPointers)));
    if (entry.vtable !== null) parts.push(...vtableParts(module, entry, entry.vtable));
  }
  const { type, text } = packed(parts, end);
  const mutable = types.entries.some((entry) => entry.vtable !== null && !isConstantStruct(entry.vtable.type));
  const table = quoted(TYPE_TABLE_SYMBOL);
  module.define(TYPE_TABLE_SYMBOL, `${table} = hidden ${mutable ? "global" : "constant"} ${type} ${text}, align 16`);
  for (const entry of types.entries) {
    if (entry.vtable === null) continue;
    const symbol = module.world.symbol(entry.vtable);
    const at = `getelementptr (i8, ptr ${table}, ${module.word} ${entry.vtableOffset})`;
    module.define(symbol, `${quoted(symbol)} = hidden alias i8, ptr ${at}`);
  }
}

function entryPart(entry: TypeEntry, facts: EntryFacts, pointers: number, itemPointers: number): Part {
  const words = [
    facts.size,
    facts.itemSize,
    facts.lengthOffset,
    facts.itemsOffset,
    facts.flags,
    pointers - entry.offset,
    itemPointers - entry.offset,
    entry.vtable === null ? 0 : entry.vtableOffset - entry.offset,
  ];
  const text = `[8 x i32] [${words.map((w) => `i32 ${w}`).join(", ")}]`;
  return { offset: entry.offset, size: TYPE_ENTRY_SIZE, text };
}

/** Assembler text that defines the linker's numbers: type ids; for classes with subclasses also the id's negative (32 bits) and the width of the range of ids. */
export function absoluteSymbols(entries: readonly TypeEntry[]): string {
  const lines: string[] = [];
  const define = (symbol: string, value: number): void => {
    const name = `"${symbol.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    lines.push(`.globl ${name}`, `.hidden ${name}`, `${name} = ${value}`);
  };
  for (const entry of entries) {
    define(`tid.${entry.name}`, entry.typeId);
    if (entry.lastTypeId === entry.typeId) continue;
    define(`ntid.${entry.name}`, 0x1_0000_0000 - entry.typeId);
    define(`span.${entry.name}`, entry.lastTypeId - entry.typeId);
  }
  return `${lines.join("\n")}\n.section .note.GNU-stack,"",@progbits\n`;
}
