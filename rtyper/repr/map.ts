/**
 * Maps and sets (one repr: a set has no values). The layout is that of `runtime/map.ts`: a struct with count and
 * tables, shared by all maps with the same low-level key and value types.
 */
import type { MapCell } from "../../annotator/cells.ts";
import type { SomeMap, SomeSet } from "../../annotator/model.ts";
import { weakContents } from "../../annotator/weakcontents.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop, OpList } from "../hop.ts";
import { LowArrayObject, LowStruct, type LowValue } from "../lltype/memory.ts";
import {
  Bool,
  type Field,
  gcArray,
  Int32,
  type LowType,
  type Ptr,
  ptr,
  Signed,
  Struct,
  storageFields,
  Void,
} from "../lltype/types.ts";
import { storeField } from "../pair.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs, type Typer } from "../repr.ts";
import { BIGINT_REPR, MachineIntRepr } from "./bigint.ts";
import { CharRepr, MAYBE_CHAR_REPR } from "./char.ts";
import { FLOAT_REPR } from "./float.ts";
import { type KeyFunctions, keyFunctions } from "./keys.ts";

/** The structs of maps of one pair of low-level types. */
export interface MapStructs {
  readonly map: Struct;
  readonly table: Struct;
  readonly iterator: Struct;
}

type StructTable = Map<LowType, Map<LowType | null, MapStructs>>;
const structs: StructTable = new Map();
const weakStructs: StructTable = new Map();
/** 32-bit entry numbers. */
const INDEX_ARRAY = gcArray(Int32);

function stored(type: LowType): LowType {
  return type === Void ? Bool : type;
}

function mapStructs(key: LowType, value: LowType | null, weak: boolean): MapStructs {
  const known = weak ? weakStructs : structs;
  let row = known.get(key);
  if (row === undefined) {
    row = new Map();
    known.set(key, row);
  }
  let made = row.get(value);
  if (made === undefined) {
    made = makeStructs(key, value, weak);
    row.set(value, made);
  }
  return made;
}

function makeStructs(key: LowType, value: LowType | null, weak: boolean): MapStructs {
  const kind = value === null ? `Set(${key.toText()})` : `Map(${key.toText()}, ${value.toText()})`;
  const name = weak ? `Weak${kind}` : kind;
  const entryFields: Field[] = storageFields("key", stored(key), false);
  if (value !== null) entryFields.push(...storageFields("value", stored(value), false));
  entryFields.push({ name: "hash", type: Signed, immutable: false });
  const entry = new Struct(`${name} entry`, false).define(entryFields);
  const table = new Struct(`${name} table`, true);
  table.define([{ name: "next", type: ptr(table), immutable: false }], entry);
  table.isWeakTable = weak;
  const map = new Struct(name, true).define([
    { name: "count", type: Signed, immutable: false },
    { name: "used", type: Signed, immutable: false },
    { name: "entries", type: ptr(table), immutable: false },
    { name: "index", type: ptr(INDEX_ARRAY), immutable: false },
  ]);
  const iterator = new Struct(`${name} iterator`, true).define([
    { name: "map", type: ptr(map), immutable: false },
    { name: "table", type: ptr(table), immutable: false },
    { name: "at", type: Signed, immutable: false },
  ]);
  return { map, table, iterator };
}

export class MapRepr extends Repr {
  readonly cell: MapCell;
  readonly isSet: boolean;
  readonly #typer: Typer;
  #key: Repr | null = null;
  #value: Repr | null = null;
  #structs: MapStructs | null = null;

  constructor(cell: MapCell, isSet: boolean, typer: Typer) {
    super();
    this.cell = cell;
    this.isSet = isSet;
    this.#typer = typer;
  }

  /** How keys are compared: machine integers as bigints. A char is stored by its unit as a word. */
  get key(): Repr {
    if (this.#key === null) {
      const repr = this.#typer.reprOf(this.cell.find().key.type);
      this.#key = repr instanceof MachineIntRepr ? BIGINT_REPR : repr;
    }
    return this.#key;
  }

  get value(): Repr {
    if (this.#value === null) this.#value = this.#typer.reprOf(this.cell.find().value.type);
    return this.#value;
  }

  get structs(): MapStructs {
    if (this.#structs === null) {
      this.#structs = mapStructs(this.keyType, this.isSet ? null : this.value.lowType, this.isWeak);
    }
    return this.#structs;
  }

  get isWeak(): boolean {
    return this.cell.find().weak;
  }

  /** Low-level type of stored keys. */
  get keyType(): LowType {
    return this.key instanceof CharRepr ? Signed : this.key.lowType;
  }

  get functions(): KeyFunctions {
    return keyFunctions(this.key, this.cell.find().key.type.canBeNull);
  }

  get lowType(): Ptr {
    return ptr(this.structs.map);
  }

  toText(): string {
    return this.isSet ? `set of ${this.key.toText()}` : `map of ${this.key.toText()} to ${this.value.toText()}`;
  }

  /** The repr by which a helper passes stored keys on. */
  get storedKeyRepr(): Repr {
    return this.key instanceof CharRepr ? MAYBE_CHAR_REPR : this.key;
  }

  /** A key as it is stored: a float without negative zero. */
  storedKey(key: Value, ops: OpList): Value {
    if (this.key === FLOAT_REPR)
      return ops.emit("float_add", [key, ops.const(0, FLOAT_REPR.lowType)], key.type as LowType);
    if (this.key instanceof CharRepr) return ops.emit("char_to_int", [key], Signed);
    return this.key.lowType === Void ? ops.bool(false) : key;
  }

  /** The key that a stored one stands for. */
  loadedKey(key: Value, ops: OpList): Value {
    if (this.key instanceof CharRepr) return ops.emit("int_to_char", [key], this.key.lowType);
    return this.key.lowType === Void ? ops.void(null) : key;
  }

  storedValue(value: Value, ops: OpList): Value {
    return this.value.lowType === Void ? ops.bool(false) : value;
  }

  loadedValue(value: Value, ops: OpList): Value {
    return this.value.lowType === Void ? ops.void(null) : value;
  }

  /** Operand i as a key of this map, as stored. */
  keyArg(hop: Hop, i: number): Value {
    return this.storedKey(hop.inputArg(this.key, i), hop);
  }

  make(ops: OpList): Value {
    return ops.emit("malloc", [ops.void(this.structs.map)], this.lowType);
  }

  likeIterator(ops: OpList): Value {
    return ops.const(null, ptr(this.structs.iterator));
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    const entries = liveEntries(value as object, this.isSet, this.isWeak);
    if (entries === null) return badConst(this, value, place);
    return place.prebuilt(
      value as object,
      this,
      () => new LowStruct(this.structs.map, 0),
      (made, at) => this.#fill(made, entries, at),
    );
  }

  #fill(made: LowStruct, live: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>, at: ConstPlace): void {
    if (live.size === 0) return;
    let capacity = 4;
    while (capacity < live.size) capacity *= 2;
    const table = new LowStruct(this.structs.table, capacity);
    table.name = `${made.name}.entries`;
    const hashes: number[] = [];
    for (const [key, value] of live.entries()) {
      const row = table.getItem(hashes.length) as LowStruct;
      const n = hashes.length;
      const lowKey = this.#constKey(key, at.child(`.key(${n})`));
      const hash = this.functions.hashOf(key, lowKey);
      storeField(row, "key", lowKey);
      if (!this.isSet && this.value.lowType !== Void) {
        storeField(row, "value", this.value.convertConst(value, at.child(`.get(${n})`)));
      }
      row.set("hash", BigInt(hash));
      hashes.push(hash);
    }
    made.set("count", BigInt(live.size));
    made.set("used", BigInt(live.size));
    made.set("entries", table);
    if (capacity > 8) made.set("index", makeIndex(hashes, capacity * 2, `${made.name}.index`));
  }

  #constKey(key: unknown, at: ConstPlace): LowValue {
    if (this.key instanceof CharRepr) return BigInt((key as string).charCodeAt(0));
    return this.key.lowType === Void ? false : (this.key.convertConst(key, at) as LowValue);
  }
}

/** The entries of a live map or set of the kind wanted, null for anything else. */
function liveEntries(
  value: object,
  isSet: boolean,
  isWeak: boolean,
): ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | null {
  if (!isWeak) return (isSet ? value instanceof Set : value instanceof Map) ? (value as Set<unknown>) : null;
  if (isSet ? !(value instanceof WeakSet) : !(value instanceof WeakMap)) return null;
  return weakContents(value as WeakSet<WeakKey>);
}

/** The index of a prebuilt table: the same probing as the helper's. */
function makeIndex(hashes: readonly number[], size: number, name: string): LowArrayObject {
  const index = new LowArrayObject(INDEX_ARRAY, size);
  index.name = name;
  for (const [i, hash] of hashes.entries()) {
    let slot = hash & (size - 1);
    while (index.getItem(slot) !== 0) slot = (slot + 1) & (size - 1);
    index.setItem(slot, i + 1);
  }
  return index;
}

/** The repr of the maps (or sets) of a cell. */
export function mapRepr(given: MapCell, isSet: boolean, typer: Typer): MapRepr {
  const cell = given.find();
  return typer.intern(cell, () => new MapRepr(cell, isSet, typer));
}

reprs.on<SomeMap>("map", (s, typer) => mapRepr(s.cell, false, typer));
reprs.on<SomeSet>("set", (s, typer) => mapRepr(s.cell, true, typer));

conversions.on(MapRepr, MapRepr, (v, from, to) => {
  if (from.lowType === to.lowType) return v;
  throw new Error(`rtyper: a ${from.toText()} where a ${to.toText()} is wanted`);
});

lowerings.on("is_true", MapRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));
pairLowerings.on("eq", MapRepr, MapRepr, (hop) => hop.emit("ptr_eq", [hop.input(0), hop.input(1)], Bool));
pairLowerings.on("ne", MapRepr, MapRepr, (hop) => hop.emit("ptr_ne", [hop.input(0), hop.input(1)], Bool));
