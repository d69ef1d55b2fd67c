/**
 * The program's memory, calls and exceptions over simulated objects and llinterp: the part of the graph backend that
 * does not know of compiled code.
 */
import type { GcRef } from "../../../rlib/lowlevel.ts";
import type { Interpreter } from "../../../rtyper/llinterp/interpreter.ts";
import { FatalStop, type Machine, RaisedException } from "../../../rtyper/llinterp/machine.ts";
import { addressNumber, objectAtNumber } from "../../../rtyper/lltype/addresses.ts";
import { VIRTUALIZABLE_TOKEN } from "../../../rtyper/lltype/jit.ts";
import {
  describeValue,
  LowArrayObject,
  LowFunction,
  LowStruct,
  type LowValue,
  MemoryError,
} from "../../../rtyper/lltype/memory.ts";
import { LowArray, type LowType, STRING, type Struct } from "../../../rtyper/lltype/types.ts";
import type {
  ArrayDescr,
  CallDescr,
  FieldDescr,
  InteriorFieldDescr,
  LoopToken,
  SizeDescr,
} from "../../format/descr.ts";
import type { TextDescr } from "../../format/jitcode.ts";
import { type Arguments, Cpu } from "../cpu.ts";
import { Watchers } from "../watchers.ts";
import { floatFromLow, intFromLow, intToLow, refFromLow, refToLow } from "./values.ts";

/** Which low-level types descriptors stand for. */
export interface LowTypes {
  structOf(d: SizeDescr): Struct;
  arrayOf(d: ArrayDescr): LowArray | Struct;
  fieldName(d: FieldDescr | InteriorFieldDescr): string;
}

type Items = LowStruct | LowArrayObject;

function structAt(o: GcRef): LowStruct {
  const value: unknown = o;
  if (value instanceof LowStruct) return value;
  throw new MemoryError(`${describeValue(value as LowValue)} used as a struct`);
}

function itemsAt(o: GcRef): Items {
  const value: unknown = o;
  if (value instanceof LowStruct || value instanceof LowArrayObject) return value;
  throw new MemoryError(`${describeValue(value as LowValue)} used as an array`);
}

function rawAt(address: number): LowStruct {
  const value = objectAtNumber(address);
  if (value instanceof LowStruct) return value;
  throw new MemoryError(`${value === null ? "null" : describeValue(value)} used as a raw struct`);
}

function itemType(items: Items): LowType {
  return items instanceof LowStruct ? (items.type.varItem as LowType) : items.type.item;
}

function fieldType(struct: LowStruct, name: string): LowType {
  const field = struct.type.findField(name);
  if (field === null) throw new MemoryError(`${struct.type.name} has no field ${name}`);
  return field.type;
}

export abstract class LowMemory extends Cpu {
  readonly interpreter: Interpreter;
  readonly types: LowTypes;
  #pending: LowStruct | null = null;

  constructor(interpreter: Interpreter, types: LowTypes) {
    super(interpreter.machine.wordBits);
    this.interpreter = interpreter;
    this.types = types;
  }

  get machine(): Machine {
    return this.interpreter.machine;
  }

  /**
   * What native code does by tests that weaving puts into it, done here by hooks on objects: changes of quasi-immutable
   * fields, and accesses to virtualizables that compiled code holds. `#own` counts accesses by the JIT itself.
   */
  #own = 0;
  readonly #watched = new WeakMap<LowStruct, Map<string, Watchers>>();
  readonly #guarded = new WeakSet<LowStruct>();
  /** Told that a watched field changed. */
  onChange: (watchers: Watchers) => void = () => undefined;
  /** Told that the program looks at a virtualizable whose token is set. */
  onLook: (o: GcRef) => void = () => undefined;

  override watch(o: GcRef, hidden: FieldDescr, loop: LoopToken): void {
    const struct = structAt(o);
    let fields = this.#watched.get(struct);
    if (fields === undefined) {
      fields = new Map();
      this.#watched.set(struct, fields);
      this.#hookChanges(struct, fields);
    }
    // The hidden field's name ends in the name of the field that it belongs to.
    const name = (this.types.fieldName(hidden).split(" ").at(-1) ?? "") as string;
    let watchers = fields.get(name);
    if (watchers === undefined) {
      watchers = new Watchers();
      fields.set(name, watchers);
    }
    watchers.add(loop);
  }

  #hookChanges(struct: LowStruct, fields: ReadonlyMap<string, Watchers>): void {
    const { set } = struct;
    struct.set = (name, value) => {
      set.call(struct, name, value);
      const watchers = fields.get(name);
      if (watchers !== undefined) this.onChange(watchers);
    };
  }

  /** From now on accesses to a virtualizable are noticed while its token is set. */
  #guardLooks(struct: LowStruct): void {
    if (this.#guarded.has(struct)) return;
    this.#guarded.add(struct);
    const { get, set } = struct;
    const look = (): void => {
      if (this.#own === 0 && get.call(struct, VIRTUALIZABLE_TOKEN) !== 0n) this.onLook(struct as unknown as GcRef);
    };
    struct.get = (name) => {
      look();
      return get.call(struct, name);
    };
    struct.set = (name, value) => {
      look();
      set.call(struct, name, value);
    };
  }

  #get(struct: LowStruct, d: FieldDescr | InteriorFieldDescr): LowValue {
    this.#own++;
    const value = struct.get(this.types.fieldName(d));
    this.#own--;
    return value;
  }

  #setInt(struct: LowStruct, d: FieldDescr | InteriorFieldDescr, value: number): void {
    const name = this.types.fieldName(d);
    if (name === VIRTUALIZABLE_TOKEN && value !== 0) this.#guardLooks(struct);
    this.#set(struct, d, intToLow(value, fieldType(struct, name)));
  }

  #set(struct: LowStruct, d: FieldDescr | InteriorFieldDescr, value: LowValue): void {
    this.#own++;
    struct.set(this.types.fieldName(d), value);
    this.#own--;
  }

  #item(o: GcRef, index: number): LowStruct {
    return itemsAt(o).getItem(index) as LowStruct;
  }

  override getFieldInt(o: GcRef, d: FieldDescr): number {
    return intFromLow(this.#get(structAt(o), d));
  }
  override getFieldRef(o: GcRef, d: FieldDescr): GcRef | null {
    return refFromLow(this.#get(structAt(o), d));
  }
  override getFieldFloat(o: GcRef, d: FieldDescr): number {
    return floatFromLow(this.#get(structAt(o), d));
  }
  override setFieldInt(o: GcRef, d: FieldDescr, value: number): void {
    this.#setInt(structAt(o), d, value);
  }
  override setFieldRef(o: GcRef, d: FieldDescr, value: GcRef | null): void {
    this.#set(structAt(o), d, refToLow(value));
  }
  override setFieldFloat(o: GcRef, d: FieldDescr, value: number): void {
    this.#set(structAt(o), d, value);
  }
  override getItemInt(o: GcRef, index: number, _d: ArrayDescr): number {
    return intFromLow(itemsAt(o).getItem(index));
  }
  override getItemRef(o: GcRef, index: number, _d: ArrayDescr): GcRef | null {
    return refFromLow(itemsAt(o).getItem(index));
  }
  override getItemFloat(o: GcRef, index: number, _d: ArrayDescr): number {
    return floatFromLow(itemsAt(o).getItem(index));
  }
  override setItemInt(o: GcRef, index: number, _d: ArrayDescr, value: number): void {
    const items = itemsAt(o);
    items.setItem(index, intToLow(value, itemType(items)));
  }
  override setItemRef(o: GcRef, index: number, _d: ArrayDescr, value: GcRef | null): void {
    itemsAt(o).setItem(index, refToLow(value));
  }
  override setItemFloat(o: GcRef, index: number, _d: ArrayDescr, value: number): void {
    itemsAt(o).setItem(index, value);
  }
  override getInteriorInt(o: GcRef, index: number, d: InteriorFieldDescr): number {
    return intFromLow(this.#get(this.#item(o, index), d));
  }
  override getInteriorRef(o: GcRef, index: number, d: InteriorFieldDescr): GcRef | null {
    return refFromLow(this.#get(this.#item(o, index), d));
  }
  override getInteriorFloat(o: GcRef, index: number, d: InteriorFieldDescr): number {
    return floatFromLow(this.#get(this.#item(o, index), d));
  }
  override setInteriorInt(o: GcRef, index: number, d: InteriorFieldDescr, value: number): void {
    this.#setInt(this.#item(o, index), d, value);
  }
  override setInteriorRef(o: GcRef, index: number, d: InteriorFieldDescr, value: GcRef | null): void {
    this.#set(this.#item(o, index), d, refToLow(value));
  }
  override setInteriorFloat(o: GcRef, index: number, d: InteriorFieldDescr, value: number): void {
    this.#set(this.#item(o, index), d, value);
  }
  override arrayLength(o: GcRef, _d: ArrayDescr): number {
    return itemsAt(o).length;
  }
  override stringLength(o: GcRef): number {
    return structAt(o).length;
  }
  override stringUnit(o: GcRef, index: number): number {
    return structAt(o).getItem(index) as number;
  }
  override setUnit(o: GcRef, index: number, unit: number): void {
    structAt(o).setItem(index, unit);
  }
  override copyUnits(from: GcRef, to: GcRef, fromStart: number, toStart: number, n: number): void {
    for (let i = 0; i < n; i++) structAt(to).setItem(toStart + i, structAt(from).getItem(fromStart + i));
  }
  override makeString(units: number[]): GcRef {
    const made = new LowStruct(STRING, units.length);
    for (const [i, unit] of units.entries()) made.setItem(i, unit);
    return made as unknown as GcRef;
  }
  override classOf(o: GcRef): number {
    return addressNumber(structAt(o).type.vtable as LowStruct);
  }
  override isInstance(o: GcRef, d: SizeDescr): boolean {
    return structAt(o).type.inheritsFrom(this.types.structOf(d));
  }
  override isSubclass(classId: number, of: SizeDescr): boolean {
    const struct = this.machine.classOfVtable(objectAtNumber(classId) as object);
    return struct.inheritsFrom(this.types.structOf(of));
  }
  override identityHash(o: GcRef): number {
    return Number(this.machine.identityHash(o));
  }

  override newStruct(d: SizeDescr): GcRef {
    return new LowStruct(this.types.structOf(d), 0) as unknown as GcRef;
  }
  override newArray(d: ArrayDescr, n: number, _clear: boolean): GcRef {
    const type = this.types.arrayOf(d);
    return (type instanceof LowArray ? new LowArrayObject(type, n) : new LowStruct(type, n)) as unknown as GcRef;
  }
  override newString(n: number): GcRef {
    return new LowStruct(STRING, n) as unknown as GcRef;
  }

  #rawItem(address: number, offset: number, d: ArrayDescr): [LowArrayObject, number] {
    const items = objectAtNumber(address);
    if (!(items instanceof LowArrayObject)) throw new MemoryError("raw access to no array");
    return [items, offset / d.itemSize];
  }
  override rawLoadInt(address: number, offset: number, d: ArrayDescr): number {
    const [items, index] = this.#rawItem(address, offset, d);
    return intFromLow(items.getItem(index));
  }
  override rawLoadFloat(address: number, offset: number, d: ArrayDescr): number {
    const [items, index] = this.#rawItem(address, offset, d);
    return floatFromLow(items.getItem(index));
  }
  override rawStoreInt(address: number, offset: number, d: ArrayDescr, value: number): void {
    const [items, index] = this.#rawItem(address, offset, d);
    items.setItem(index, intToLow(value, items.type.item));
  }
  override rawStoreFloat(address: number, offset: number, d: ArrayDescr, value: number): void {
    const [items, index] = this.#rawItem(address, offset, d);
    items.setItem(index, value);
  }
  override getRawFieldInt(address: number, d: FieldDescr): number {
    return intFromLow(this.#get(rawAt(address), d));
  }
  override getRawFieldRef(address: number, d: FieldDescr): GcRef | null {
    return refFromLow(this.#get(rawAt(address), d));
  }
  override getRawFieldFloat(address: number, d: FieldDescr): number {
    return floatFromLow(this.#get(rawAt(address), d));
  }
  override setRawFieldInt(address: number, d: FieldDescr, value: number): void {
    this.#setInt(rawAt(address), d, value);
  }
  override setRawFieldRef(address: number, d: FieldDescr, value: GcRef | null): void {
    this.#set(rawAt(address), d, refToLow(value));
  }
  override setRawFieldFloat(address: number, d: FieldDescr, value: number): void {
    this.#set(rawAt(address), d, value);
  }

  override callInt(address: number, args: Arguments, d: CallDescr): number {
    return intFromLow(this.#call(address, args, d, 0n));
  }
  override callRef(address: number, args: Arguments, d: CallDescr): GcRef | null {
    return refFromLow(this.#call(address, args, d, null));
  }
  override callFloat(address: number, args: Arguments, d: CallDescr): number {
    return floatFromLow(this.#call(address, args, d, 0));
  }
  override callVoid(address: number, args: Arguments, d: CallDescr): void {
    this.#call(address, args, d, null);
  }

  #call(address: number, args: Arguments, d: CallDescr, failed: LowValue): LowValue {
    const f = objectAtNumber(address);
    if (!(f instanceof LowFunction)) throw new MemoryError("call of something that is not a function");
    const values = lowArguments(f.type.args, args, d.arguments);
    try {
      return this.machine.call(f, values);
    } catch (error) {
      if (!(error instanceof RaisedException)) throw error;
      this.#pending = error.value;
      return failed;
    }
  }

  override exceptionPending(): boolean {
    return this.#pending !== null;
  }
  override takeException(): GcRef {
    const pending = this.#pending;
    if (pending === null) throw new Error("no exception is pending");
    this.#pending = null;
    return pending as unknown as GcRef;
  }
  override setException(e: GcRef): void {
    this.#pending = e as unknown as LowStruct;
  }
  override pendingClass(): number {
    return this.#pending === null ? 0 : this.classOf(this.#pending as unknown as GcRef);
  }
  override loadFlag(): number {
    return Number(this.machine.flag);
  }
  override storeFlag(flag: number): void {
    this.machine.flag = BigInt(flag);
  }
  override stop(text: TextDescr): void {
    throw new FatalStop(text.name);
  }
}

/** Arguments by kind in the order of a signature, as low-level values. */
export function lowArguments(types: readonly LowType[], args: Arguments, letters: string): LowValue[] {
  const next = { i: 0, r: 0, f: 0 };
  return types.map((type, at) => {
    const letter = letters[at];
    if (letter === "i") return intToLow(args.ints[next.i++] as number, type);
    if (letter === "r") return refToLow(args.refs[next.r++] as GcRef | null);
    if (letter === "f") return args.floats[next.f++] as number;
    throw new Error(`signature ${letters} does not fit ${types.length} arguments`);
  });
}
