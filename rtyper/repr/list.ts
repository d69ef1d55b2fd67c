/**
 * Lists. One that is never resized is its array of items; a resizable one is a struct of length and over-allocated
 * items. Structs and arrays are shared by all lists with the same low-level item type, so that helpers are too.
 */
import type { ListCell } from "../../annotator/cells.ts";
import { type SomeList, SomePtr } from "../../annotator/model.ts";
import type { Constant, Value } from "../../translator/flow/model.ts";
import { type Callback, type Hop, type OpList, Typed } from "../hop.ts";
import { LowArrayObject, LowStruct, type LowValue } from "../lltype/memory.ts";
import {
  Bool,
  type FuncType,
  funcType,
  gcArray,
  type LowArray,
  type LowType,
  type Ptr,
  ptr,
  Signed,
  Struct,
  storageItem,
  Void,
} from "../lltype/types.ts";
import { storeItem } from "../pair.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs, type Typer } from "../repr.ts";
import {
  fixedItems,
  fixedLength,
  growableItems,
  growableLength,
  itemsConcat,
  itemsConverted,
  itemsCopy,
  listExtend,
  listPush,
} from "../runtime/list.ts";
import { loadItem, storeItemValue } from "../storage.ts";
import type { Synth } from "../synth.ts";
import { INT_REPR } from "./int.ts";

/** What an array of items is made of: a place without values still needs a type. */
export function itemStorage(type: LowType): LowType {
  return type === Void ? Bool : storageItem(type);
}

const listStructs = new WeakMap<LowArray, Struct>();

/** The struct of resizable lists over an array type. */
export function listStruct(items: LowArray): Struct {
  let made = listStructs.get(items);
  if (made === undefined) {
    made = new Struct(`List(${items.item.toText()})`, true).define([
      { name: "length", type: Signed, immutable: false },
      { name: "items", type: ptr(items), immutable: false },
    ]);
    listStructs.set(items, made);
  }
  return made;
}

export class ListRepr extends Repr {
  readonly cell: ListCell;
  readonly #typer: Typer;
  #item: Repr | null = null;
  #lowType: Ptr | null = null;

  constructor(cell: ListCell, typer: Typer) {
    super();
    this.cell = cell;
    this.#typer = typer;
  }

  get resizable(): boolean {
    return this.cell.find().resized;
  }

  get item(): Repr {
    if (this.#item === null) this.#item = this.#typer.reprOf(this.cell.find().item.type);
    return this.#item;
  }

  /** The array that holds the items. */
  get arrayType(): LowArray {
    return gcArray(itemStorage(this.item.lowType));
  }

  get lowType(): Ptr {
    if (this.#lowType === null) {
      const array = this.arrayType;
      this.#lowType = ptr(this.resizable ? listStruct(array) : array);
    }
    return this.#lowType;
  }

  toText(): string {
    return `${this.resizable ? "resizable" : "fixed"} list of ${this.item.toText()}`;
  }

  length(list: Value, ops: OpList): Value {
    return this.resizable ? ops.getField(list, "length", Signed) : ops.emit("getarraysize", [list], Signed);
  }

  items(list: Value, ops: OpList): Value {
    return this.resizable ? ops.getField(list, "items", ptr(this.arrayType)) : list;
  }

  /** The item at an index in range. */
  load(list: Value, index: Value, ops: OpList): Value {
    return loadItem(this.items(list, ops), index, this.item.lowType, ops);
  }

  store(list: Value, index: Value, value: Value, ops: OpList): void {
    storeItemValue(this.items(list, ops), index, value, ops);
  }

  /** The list that an exact array of items becomes. */
  wrap(array: Value, ops: OpList): Value {
    if (!this.resizable) return array;
    return this.wrapPart(array, ops.emit("getarraysize", [array], Signed), ops);
  }

  /** The same of the first items of an array; resizable lists only. */
  wrapPart(array: Value, length: Value, ops: OpList): Value {
    const made = ops.emit("malloc", [ops.void(listStruct(this.arrayType))], this.lowType);
    ops.setField(made, "length", length);
    ops.setField(made, "items", array);
    return made;
  }

  /** An empty resizable list with such items, whatever this repr is. */
  growing(ops: OpList): Value {
    const struct = listStruct(this.arrayType);
    const made = ops.emit("malloc", [ops.void(struct)], ptr(struct));
    ops.setField(made, "items", ops.const(emptyItems(this.arrayType), ptr(this.arrayType)));
    return made;
  }

  /** Appends an item of the item repr to a list made by `growing`. */
  pushGrowing(list: Value, item: Value, ops: OpList): void {
    ops.helper(listPush, list, asItem(this, item, ops));
  }

  /** Items and length of a list made by `growing`. */
  partsOfGrowing(list: Value, ops: OpList): { array: Value; length: Value } {
    return { array: ops.getField(list, "items", ptr(this.arrayType)), length: ops.getField(list, "length", Signed) };
  }

  /** What a list that was built in `growing` becomes. */
  fromGrowing(list: Value, ops: OpList): Value {
    if (this.resizable) return list;
    const items = ops.getField(list, "items", ptr(this.arrayType));
    return ops.helper(itemsCopy, items, ops.getField(list, "length", Signed), this.likeItems(ops));
  }

  /** A null pointer of the array's type, by which helpers know what to allocate. */
  likeItems(ops: OpList): Value {
    return ops.const(null, ptr(this.arrayType));
  }

  /** The functions by which helpers that call back read such a list. */
  get access(): readonly [items: typeof growableItems, length: typeof growableLength] {
    return this.resizable ? [growableItems, growableLength] : [fixedItems as never, fixedLength as never];
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return badConst(this, value, place);
    const live: readonly unknown[] = value;
    const fillItems = (array: LowArrayObject, at: ConstPlace): void => {
      if (this.item.lowType === Void) return;
      for (let i = 0; i < live.length; i++) storeItem(array, i, this.item.convertConst(live[i], at.child(`[${i}]`)));
    };
    if (!this.resizable)
      return place.prebuilt(value, this, () => new LowArrayObject(this.arrayType, live.length), fillItems);
    return place.prebuilt(
      value,
      this,
      () => new LowStruct(listStruct(this.arrayType), 0),
      (made, at) => {
        const array = new LowArrayObject(this.arrayType, live.length);
        array.name = `${made.name}.items`;
        made.set("length", BigInt(live.length));
        made.set("items", array);
        fillItems(array, at);
      },
    );
  }
}

/** The repr of the lists of a cell. */
export function listRepr(given: ListCell, typer: Typer): ListRepr {
  const cell = given.find();
  return typer.intern(cell, () => new ListRepr(cell, typer));
}

reprs.on<SomeList>("list", (s, typer) => listRepr(s.cell, typer));

conversions.on(ListRepr, ListRepr, (v, from, to) => {
  if (from.lowType === to.lowType) return v;
  throw new Error(`rtyper: a ${from.toText()} where a ${to.toText()} is wanted`);
});

const emptyArrays = new WeakMap<LowArray, LowArrayObject>();

/** The array without items that all empty resizable lists of a type begin with. */
function emptyItems(type: LowArray): LowArrayObject {
  let made = emptyArrays.get(type);
  if (made === undefined) {
    made = new LowArrayObject(type, 0);
    made.name = `empty ${type.toText()}`;
    emptyArrays.set(type, made);
  }
  return made;
}

/** A new list of values that have the item's repr. */
export function newList(repr: ListRepr, values: readonly Value[], ops: OpList): Value {
  const type = ptr(repr.arrayType);
  if (values.length === 0 && repr.resizable) {
    return repr.wrapPart(ops.const(emptyItems(repr.arrayType), type), ops.int(0), ops);
  }
  const array = ops.emit("malloc_varsize", [ops.void(repr.arrayType), ops.int(values.length)], type);
  for (const [i, value] of values.entries()) storeItemValue(array, ops.int(i), value, ops);
  return repr.wrap(array, ops);
}

lowerings.on("new_list", Repr, (hop) => {
  const repr = hop.resultRepr as ListRepr;
  const values: Value[] = [];
  for (let i = 1; i < hop.argCount; i++) values.push(hop.inputArg(repr.item, i));
  return newList(repr, values, hop);
});

/** An operand to be put into a list: an item, or an iterable whose items are appended. */
export interface ListPart {
  readonly operand: number;
  readonly spread: boolean;
}

/** How a source repr gives its items as an exact array of a list's item type; filled in by the iterables' files. */
export type ArrayOf = (
  hop: Hop,
  source: Value,
  repr: Repr,
  into: ListRepr,
  operand: number,
) => { array: Value; length: Value };
const spreadSources: { readonly matches: (repr: Repr) => boolean; readonly arrayOf: ArrayOf }[] = [];

/** Declares how `...x` of a repr works. */
export function onSpread(matches: (repr: Repr) => boolean, arrayOf: ArrayOf): void {
  spreadSources.push({ matches, arrayOf });
}

onSpread(
  (repr) => repr instanceof ListRepr,
  (hop, source, repr, into) => itemsFor(hop, source, repr as ListRepr, into),
);

/** Items and length of a list, converted where another list holds its items in another way. */
export function itemsFor(hop: Hop, list: Value, repr: ListRepr, into: ListRepr): { array: Value; length: Value } {
  const [array, length] = [repr.items(list, hop), repr.length(list, hop)];
  return { array: convertedItems(hop, array, length, repr, into), length };
}

/** The first items of an array of one list's kind as an array of another's. */
export function convertedItems(hop: Hop, array: Value, length: Value, from: ListRepr, into: ListRepr): Value {
  if (from.arrayType === into.arrayType) return array;
  return hop.helper(itemsConverted, array, length, itemConverter(hop, from, into), into.likeItems(hop));
}

/** Code that makes an item of one list an item of another. */
export function itemConverter(hop: Hop, from: ListRepr, into: ListRepr): Typed {
  return synthesizedCode(
    hop.typer,
    `item of ${keyText(from.item)} to ${keyText(into.item)}`,
    [["x", from.item.lowType]],
    into.item.lowType,
    (s, x) => s.return(s.convert(x as Value, from.item, into.item)),
  );
}

/** The items of an iterable operand as an array of a list's item type, and how many they are. */
export function spreadItems(hop: Hop, i: number, into: ListRepr): { array: Value; length: Value } {
  const repr = hop.repr(i);
  const source = spreadSources.find((s) => s.matches(repr));
  if (source === undefined) throw new Error(`rtyper: cannot spread ${repr.toText()}: ${hop.describe()}`);
  return source.arrayOf(hop, hop.inputNonNull(i), repr, into, i);
}

/** Appends all items of an iterable operand to a list. */
export function extendList(hop: Hop, repr: ListRepr, list: Value, operand: number): Value {
  const { array, length } = spreadItems(hop, operand, repr);
  if (repr.resizable) {
    hop.helper(listExtend, list, array, hop.int(0), length);
    return list;
  }
  return hop.helper(itemsConcat, list, hop.emit("getarraysize", [list], Signed), array, length);
}

/** The list for a rest parameter, or of a literal with spread parts. */
export function buildRestList(hop: Hop, cell: ListCell, parts: readonly ListPart[]): { value: Value; repr: ListRepr } {
  const repr = listRepr(cell, hop.typer);
  const firstSpread = parts.findIndex((p) => p.spread);
  const plain = firstSpread < 0 ? parts : parts.slice(0, firstSpread);
  let value = newList(
    repr,
    plain.map((p) => hop.inputArg(repr.item, p.operand)),
    hop,
  );
  for (const part of parts.slice(plain.length)) {
    if (part.spread) value = extendList(hop, repr, value, part.operand);
    else value = appendItem(hop, repr, value, hop.inputArg(repr.item, part.operand));
  }
  return { value, repr };
}

function appendItem(hop: Hop, repr: ListRepr, list: Value, item: Value): Value {
  if (repr.resizable) {
    pushItem(hop, repr, list, item);
    return list;
  }
  const one = newList(repr, [item], hop);
  return hop.helper(itemsConcat, list, hop.emit("getarraysize", [list], Signed), one, hop.int(1));
}

/** Appends an item of the list's item repr to a resizable list; gives the new length. */
export function pushItem(hop: Hop, repr: ListRepr, list: Value, item: Value): Value {
  return hop.helper(listPush, list, asItem(repr, item, hop));
}

/** An item for a helper; where no values exist, the place that stands for them. */
export function asItem(repr: ListRepr, item: Value, ops: OpList): Value {
  return repr.item.lowType === Void ? ops.bool(false) : item;
}

// `[...a, b]`: the flow graph appends to the list under construction.
lowerings.on("list_extend", ListRepr, (hop, repr) => {
  extendList(hop, repr, hop.input(0), 1);
  return null;
});

/** Stops the program unless 0 ≤ index < length. */
export function checkIndex(hop: Hop, index: Value, length: Value, what: string): void {
  hop.emit("check_index", [index, length, hop.void(`${what} index out of range`)], Void);
}

function itemAddress(hop: Hop, repr: ListRepr): [list: Value, index: Value] {
  const list = hop.inputNonNull(0);
  const index = hop.inputArg(INT_REPR, 1);
  checkIndex(hop, index, repr.length(list, hop), "list");
  return [list, index];
}

lowerings.on("getitem", ListRepr, (hop, repr) => {
  const [list, index] = itemAddress(hop, repr);
  return hop.toResult(repr.load(list, index, hop), repr.item);
});
lowerings.on("setitem", ListRepr, (hop, repr) => {
  const [list, index] = itemAddress(hop, repr);
  repr.store(list, index, hop.inputArg(repr.item, 2), hop);
  return null;
});
lowerings.on("is_true", ListRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));
pairLowerings.on("eq", ListRepr, ListRepr, (hop) => hop.emit("ptr_eq", [hop.input(0), hop.input(1)], Bool));
pairLowerings.on("ne", ListRepr, ListRepr, (hop) => hop.emit("ptr_ne", [hop.input(0), hop.input(1)], Bool));

/** A code pointer for a helper, which is specialized for it; the signature has nullable scalars not yet split. */
function codeArg(code: Constant, signature: FuncType, typer: Typer): Typed {
  const some = new SomePtr(ptr(signature), 0, { value: code.value });
  return new Typed(code, some, typer.reprOf(some));
}

/** The code of a callback for a helper. */
export function callbackCode(callback: Callback, typer: Typer): Typed {
  return codeArg(callback.code, callback.signature, typer);
}

/** Text that names a repr for certain: classes of one name differ in their structs. */
export function keyText(repr: Repr): string {
  return `${repr.toText()} ${repr.lowType.toText()}`;
}

/** A synthesized function as code for a helper. */
export function synthesizedCode(
  typer: Typer,
  name: string,
  args: readonly (readonly [name: string, type: LowType])[],
  result: LowType,
  build: (s: Synth, ...args: Value[]) => void,
): Typed {
  const f = typer.synthesized(name, args, result, build);
  const signature = funcType(
    args.map(([, type]) => type),
    result,
  );
  return codeArg(typer.functionPointer(f), signature, typer);
}
