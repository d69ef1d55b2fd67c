/**
 * The type table: one contiguous region with an entry per GC type, in preorder of the class hierarchy, so that "is an
 * instance of C or below" is a range of type ids. The layout of an entry is defined in `gc/typetable.ts`; the vtable of
 * an instance type follows its entry, so that method dispatch is a load of half a header word and an indexed load from
 * a constant base. On 32-bit, where half a word reaches 1 MB, vtables move behind all entries when they do not fit.
 */
import {
  TYPE_ENTRY_SIZE,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_INSTANCE,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_IS_WEAK_TABLE,
  TYPE_IS_WEAKREF,
  TYPE_ITEMS_ARE_POINTERS,
  TYPE_TABLE_SYMBOL,
} from "../../gc/typetable.ts";
import { type Layout, roundUp } from "../../rtyper/lltype/layout.ts";
import { LowStruct } from "../../rtyper/lltype/memory.ts";
import { LowArray, type LowType, OBJECT, Ptr, type PtrTarget, Struct, WEAKREF } from "../../rtyper/lltype/types.ts";

export interface TypeEntry {
  readonly type: PtrTarget;
  readonly name: string;
  /** Byte offset of the entry in the region. */
  readonly offset: number;
  readonly typeId: number;
  /** Last type id of the subtree; equals typeId for a leaf. */
  lastTypeId: number;
  /** Preorder numbers, for the vtable's subclass range. */
  readonly preorder: number;
  lastPreorder: number;
  readonly vtable: LowStruct | null;
  /** Byte offset of the vtable in the region. */
  vtableOffset: number;
}

export interface TypeTable {
  readonly entries: readonly TypeEntry[];
  /** Whether vtables stand right behind their entries. */
  readonly inlineVtables: boolean;
  /** How far a type id is shifted to give the byte offset. */
  readonly shift: number;
  entryOf(type: PtrTarget): TypeEntry;
  has(type: PtrTarget): boolean;
  /** The type with the last type id of a type's subtree; itself for a leaf. */
  lastBelow(type: PtrTarget): PtrTarget;
  /** Unique readable name of a type, part of symbols. */
  nameOf(type: PtrTarget): string;
  /** Whether an object is some type's vtable, and therefore lies in the region. */
  isVtable(object: unknown): boolean;
}

/** Reach of half a word on 32-bit. */
const REACH_32 = 0x10000 * 16;

class Table implements TypeTable {
  readonly entries: TypeEntry[] = [];
  readonly inlineVtables: boolean;
  readonly shift: number;
  readonly #byType = new Map<PtrTarget, TypeEntry>();
  readonly #vtables = new Set<unknown>();
  readonly #names = new Set<string>();
  readonly #layout: Layout;
  #end: number;

  constructor(layout: Layout, inlineVtables: boolean) {
    this.#layout = layout;
    this.inlineVtables = inlineVtables;
    this.shift = layout.wordBytes === 8 ? 0 : 4;
    // No type has id 0.
    this.#end = TYPE_ENTRY_SIZE;
  }

  add(type: PtrTarget): TypeEntry {
    const vtable = type instanceof Struct && type.vtable instanceof LowStruct ? type.vtable : null;
    const offset = roundUp(this.#end, this.#layout.wordBytes === 8 ? 8 : 16);
    this.#end = offset + TYPE_ENTRY_SIZE;
    const inline = vtable !== null && this.inlineVtables;
    if (inline) this.#end += this.#layout.struct(vtable.type).size;
    const typeId = offset >> this.shift;
    const preorder = this.entries.length;
    const entry: TypeEntry = {
      type,
      name: this.#uniqueName(type.toText()),
      offset,
      typeId,
      lastTypeId: typeId,
      preorder,
      lastPreorder: preorder,
      vtable,
      vtableOffset: inline ? offset + TYPE_ENTRY_SIZE : 0,
    };
    this.entries.push(entry);
    this.#byType.set(type, entry);
    if (vtable !== null) this.#vtables.add(vtable);
    return entry;
  }

  placeVtables(): void {
    if (this.inlineVtables) return;
    for (const entry of this.entries) {
      if (entry.vtable === null) continue;
      entry.vtableOffset = roundUp(this.#end, 8);
      this.#end = entry.vtableOffset + this.#layout.struct(entry.vtable.type).size;
    }
  }

  get reach(): number {
    return (this.entries.at(-1)?.offset ?? 0) + TYPE_ENTRY_SIZE;
  }

  entryOf(type: PtrTarget): TypeEntry {
    const entry = this.#byType.get(type);
    if (entry === undefined) throw new Error(`the type ${type.toText()} is not in the type table`);
    return entry;
  }

  has(type: PtrTarget): boolean {
    return this.#byType.has(type);
  }

  lastBelow(type: PtrTarget): PtrTarget {
    const { lastPreorder } = this.entryOf(type);
    return (this.entries[lastPreorder] as TypeEntry).type;
  }

  nameOf(type: PtrTarget): string {
    return this.entryOf(type).name;
  }

  isVtable(object: unknown): boolean {
    return this.#vtables.has(object);
  }

  #uniqueName(name: string): string {
    let unique = name;
    for (let n = 2; this.#names.has(unique); n++) unique = `${name}~${n}`;
    this.#names.add(unique);
    return unique;
  }
}

/** Builds the table of a program's GC types. */
export function buildTypeTable(types: ReadonlySet<PtrTarget>, layout: Layout): TypeTable {
  const table = fillTable(types, layout, true);
  if (layout.wordBytes === 8 || table.reach <= REACH_32) return table;
  const indirect = fillTable(types, layout, false);
  if (indirect.reach > REACH_32) throw new Error(`${types.size} types do not fit the header of a 32-bit object`);
  return indirect;
}

function fillTable(types: ReadonlySet<PtrTarget>, layout: Layout, inlineVtables: boolean): Table {
  const table = new Table(layout, inlineVtables);
  const children = new Map<Struct | null, Struct[]>();
  const others: PtrTarget[] = [];
  for (const type of types) {
    if (type instanceof Struct && type.inheritsFrom(OBJECT)) {
      const siblings = children.get(type.base);
      if (siblings === undefined) children.set(type.base, [type]);
      else siblings.push(type);
    } else others.push(type);
  }
  const visit = (type: Struct): TypeEntry => {
    const entry = table.add(type);
    for (const child of (children.get(type) ?? []).sort(byName)) {
      const last = visit(child);
      entry.lastTypeId = last.lastTypeId;
      entry.lastPreorder = last.lastPreorder;
    }
    return entry;
  };
  for (const root of (children.get(null) ?? []).sort(byName)) visit(root);
  for (const type of others.sort(byName)) table.add(type);
  table.placeVtables();
  return table;
}

function byName(a: PtrTarget, b: PtrTarget): number {
  const left = a.toText();
  const right = b.toText();
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The numbers of one entry besides distances, from the layout. */
export interface EntryFacts {
  readonly size: number;
  readonly itemSize: number;
  readonly lengthOffset: number;
  readonly itemsOffset: number;
  readonly flags: number;
  readonly pointers: readonly number[];
  readonly itemPointers: readonly number[];
}

/** What collectors need to know of a type. */
export function entryFacts(type: PtrTarget, layout: Layout): EntryFacts {
  const pointers = type instanceof Struct ? gcOffsets(type, layout) : [];
  const varItem = type instanceof LowArray ? type.item : type instanceof Struct ? type.varItem : null;
  const items = varItem === null ? null : layout.itemsOf(type);
  const itemPointers = varItem === null ? [] : gcOffsetsOfValue(varItem, layout);
  let flags = 0;
  if (pointers.length > 0) flags |= TYPE_HAS_POINTERS;
  if (itemPointers.length > 0) flags |= TYPE_HAS_ITEM_POINTERS;
  if (varItem instanceof Ptr && itemPointers.length > 0) flags |= TYPE_ITEMS_ARE_POINTERS;
  if (items !== null) flags |= TYPE_IS_VARSIZED;
  if (type === WEAKREF) flags |= TYPE_IS_WEAKREF;
  if (type instanceof Struct && type.isWeakTable) flags |= TYPE_IS_WEAK_TABLE;
  if (type instanceof Struct && type.inheritsFrom(OBJECT)) flags |= TYPE_IS_INSTANCE;
  if (pointers.length === 0 && itemPointers.length === 0) flags |= TYPE_IS_LEAF;
  return {
    size: roundUp(
      type instanceof LowArray ? layout.array(type).itemsOffset : layout.objectSize(type),
      layout.wordBytes,
    ),
    itemSize: items?.itemSize ?? 0,
    lengthOffset: items?.lengthOffset ?? 0,
    itemsOffset: items?.itemsOffset ?? 0,
    flags,
    pointers,
    itemPointers,
  };
}

function gcOffsets(type: Struct, layout: Layout): number[] {
  const found: number[] = [];
  for (const field of type.allFields()) {
    const at = layout.offsetOf(type, field.name);
    for (const inner of gcOffsetsOfValue(field.type, layout)) found.push(at + inner);
  }
  return found.sort((a, b) => a - b);
}

function gcOffsetsOfValue(type: LowType, layout: Layout): number[] {
  if (type instanceof Ptr) return type.isGc ? [0] : [];
  return type instanceof Struct ? gcOffsets(type, layout) : [];
}

export { TYPE_TABLE_SYMBOL };
