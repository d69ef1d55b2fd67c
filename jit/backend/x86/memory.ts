// The program's memory through addresses: the half of the native Cpu that has nothing to do with compiled code.
//
// An address of an object is good until the next collection, so each method asks for it and is done with it before
// anything can collect.
import { objectSize, TYPE_TABLE_SYMBOL, typeEntry, typeIdOf } from "../../../gc/typetable.ts";
import { external } from "../../../rlib/external.ts";
import { identityHash } from "../../../rlib/gc.ts";
import {
  type Address,
  addressOf,
  addressOfGcRef,
  arrayBarrier,
  fatalError,
  type GcRef,
  gcRefAt,
  rawCopy,
  symbolAddress,
  takeItems,
  takeObject,
  wordBytes,
  writeBarrier,
} from "../../../rlib/lowlevel.ts";
import { type float, type int, nothing, int as word } from "../../../rlib/types.ts";
import type { ArrayDescr, FieldDescr, InteriorFieldDescr, SizeDescr } from "../../format/descr.ts";
import type { TextDescr } from "../../format/jitcode.ts";
import { Cpu } from "../cpu.ts";
import type { Runtime } from "./runtime.ts";

const stopWith = external("rts_jit_stop", [word], nothing, { node: () => {} });

/** Loads an int of so many bytes. */
export function loadInt(at: Address, offset: int, size: int, signed: boolean): int {
  if (size === 1) {
    const value = at.loadUInt8(offset);
    return signed && value > 127 ? value - 256 : value;
  }
  if (size === 2) {
    const value = at.loadUInt16(offset);
    return signed && value > 32767 ? value - 65536 : value;
  }
  if (size === 4 && wordBytes() === 8) return signed ? at.loadInt32(offset) : at.loadUInt32(offset);
  return at.loadWord(offset);
}

export function storeInt(at: Address, offset: int, size: int, value: int): void {
  if (size === 1) at.storeUInt8(offset, value);
  else if (size === 2) at.storeUInt16(offset, value);
  else if (size === 4 && wordBytes() === 8) at.storeInt32(offset, value);
  else at.storeWord(offset, value);
}

export function loadRef(at: Address, offset: int): GcRef | null {
  return gcRefAt(at.loadAddress(offset));
}

/** An object whose memory was asked for; running out of it ends the program. */
function made(at: Address): GcRef {
  const ref = gcRefAt(at);
  if (ref === null) fatalError("out of memory");
  return ref;
}

export abstract class NativeMemory extends Cpu {
  readonly runtime: Runtime;

  constructor(runtime: Runtime) {
    super(wordBytes() * 8);
    this.runtime = runtime;
  }

  // Barriers.

  #barrier(o: GcRef): void {
    const { barrierMask, flagsOffset } = this.runtime;
    if (barrierMask === 0) return;
    const at = addressOfGcRef(o);
    const flags = wordBytes() === 8 ? at.loadUInt32(flagsOffset) : at.loadUInt16(flagsOffset);
    if ((flags & barrierMask) !== 0) writeBarrier(o);
  }

  #itemBarrier(o: GcRef, index: int): void {
    const { barrierMask, cardMask, flagsOffset } = this.runtime;
    if (barrierMask === 0) return;
    const at = addressOfGcRef(o);
    const flags = wordBytes() === 8 ? at.loadUInt32(flagsOffset) : at.loadUInt16(flagsOffset);
    if ((flags & barrierMask) === 0) return;
    if (cardMask === 0) writeBarrier(o);
    else arrayBarrier(o, index);
  }

  // Fields.

  override getFieldInt(o: GcRef, d: FieldDescr): int {
    return loadInt(addressOfGcRef(o), d.offset, d.size, d.signed);
  }

  override getFieldRef(o: GcRef, d: FieldDescr): GcRef | null {
    return loadRef(addressOfGcRef(o), d.offset);
  }

  override getFieldFloat(o: GcRef, d: FieldDescr): float {
    return addressOfGcRef(o).loadFloat(d.offset);
  }

  override setFieldInt(o: GcRef, d: FieldDescr, value: int): void {
    storeInt(addressOfGcRef(o), d.offset, d.size, value);
  }

  override setFieldRef(o: GcRef, d: FieldDescr, value: GcRef | null): void {
    if (value !== null) this.#barrier(o);
    addressOfGcRef(o).storeAddress(d.offset, addressOfGcRef(value));
  }

  override setFieldFloat(o: GcRef, d: FieldDescr, value: float): void {
    addressOfGcRef(o).storeFloat(d.offset, value);
  }

  // Items.

  override getItemInt(o: GcRef, index: int, d: ArrayDescr): int {
    return loadInt(addressOfGcRef(o), d.baseOffset + index * d.itemSize, d.itemSize, d.signed);
  }

  override getItemRef(o: GcRef, index: int, d: ArrayDescr): GcRef | null {
    return loadRef(addressOfGcRef(o), d.baseOffset + index * d.itemSize);
  }

  override getItemFloat(o: GcRef, index: int, d: ArrayDescr): float {
    return addressOfGcRef(o).loadFloat(d.baseOffset + index * d.itemSize);
  }

  override setItemInt(o: GcRef, index: int, d: ArrayDescr, value: int): void {
    storeInt(addressOfGcRef(o), d.baseOffset + index * d.itemSize, d.itemSize, value);
  }

  override setItemRef(o: GcRef, index: int, d: ArrayDescr, value: GcRef | null): void {
    if (value !== null) this.#itemBarrier(o, index);
    addressOfGcRef(o).storeAddress(d.baseOffset + index * d.itemSize, addressOfGcRef(value));
  }

  override setItemFloat(o: GcRef, index: int, d: ArrayDescr, value: float): void {
    addressOfGcRef(o).storeFloat(d.baseOffset + index * d.itemSize, value);
  }

  override arrayLength(o: GcRef, d: ArrayDescr): int {
    return addressOfGcRef(o).loadWord(d.lengthOffset);
  }

  // Fields of items.

  override getInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr): int {
    return loadInt(addressOfGcRef(o), interiorOffset(index, d), d.size, d.signed);
  }

  override getInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr): GcRef | null {
    return loadRef(addressOfGcRef(o), interiorOffset(index, d));
  }

  override getInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr): float {
    return addressOfGcRef(o).loadFloat(interiorOffset(index, d));
  }

  override setInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr, value: int): void {
    storeInt(addressOfGcRef(o), interiorOffset(index, d), d.size, value);
  }

  override setInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr, value: GcRef | null): void {
    if (value !== null) this.#barrier(o);
    addressOfGcRef(o).storeAddress(interiorOffset(index, d), addressOfGcRef(value));
  }

  override setInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr, value: float): void {
    addressOfGcRef(o).storeFloat(interiorOffset(index, d), value);
  }

  // Strings.

  override stringLength(text: GcRef): int {
    return addressOfGcRef(text).loadWord(this.runtime.stringLength);
  }

  override stringUnit(text: GcRef, index: int): int {
    return addressOfGcRef(text).loadUInt16(this.runtime.stringUnits + 2 * index);
  }

  override setUnit(o: GcRef, index: int, unit: int): void {
    addressOfGcRef(o).storeUInt16(this.runtime.stringUnits + 2 * index, unit);
  }

  override copyUnits(from: GcRef, to: GcRef, fromStart: int, toStart: int, n: int): void {
    copyStringUnits(from, to, fromStart, toStart, n);
  }

  override newString(n: int): GcRef {
    const { stringType, stringUnits, stringLength } = this.runtime;
    const bytes = roundedToWord(stringUnits + 2 * n);
    return made(takeItems(stringType, bytes, n, stringLength));
  }

  override makeString(units: int[]): GcRef | null {
    const text = this.newString(units.length);
    for (let i = 0; i < units.length; i++) this.setUnit(text, i, units[i] as int);
    return text;
  }

  // Classes.

  override classOf(object: GcRef): int {
    return typeIdOf(addressOfGcRef(object));
  }

  override vtableOf(classId: int): int {
    return this.runtime.vtableOf(classId);
  }

  override isSubclass(classId: int, of: SizeDescr): boolean {
    return classId >= of.number && classId <= of.lastNumber;
  }

  override isInstance(o: GcRef, d: SizeDescr): boolean {
    return this.isSubclass(this.classOf(o), d);
  }

  override identityHash(o: GcRef): int {
    return identityHash(o);
  }

  // Allocation.

  override newStruct(d: SizeDescr): GcRef {
    const least = 2 * wordBytes();
    const at = takeObject(d.classId, d.size < least ? least : d.size);
    if (this.runtime.typePointer && d.hasClass && !at.isNull())
      at.storeAddress(wordBytes(), addressOf(this.runtime.vtableOf(d.classId)));
    return made(at);
  }

  override newArray(d: ArrayDescr, n: int, _clear: boolean): GcRef {
    const entry = typeEntry(symbolAddress(TYPE_TABLE_SYMBOL), d.classId);
    return made(takeItems(d.classId, objectSize(entry, n), n, d.lengthOffset));
  }

  // Raw memory.

  override rawLoadInt(address: int, offset: int, d: ArrayDescr): int {
    return loadInt(addressOf(address), offset, d.itemSize, d.signed);
  }

  override rawLoadFloat(address: int, offset: int, _d: ArrayDescr): float {
    return addressOf(address).loadFloat(offset);
  }

  override rawStoreInt(address: int, offset: int, d: ArrayDescr, value: int): void {
    storeInt(addressOf(address), offset, d.itemSize, value);
  }

  override rawStoreFloat(address: int, offset: int, _d: ArrayDescr, value: float): void {
    addressOf(address).storeFloat(offset, value);
  }

  override getRawFieldInt(address: int, d: FieldDescr): int {
    return loadInt(addressOf(address), d.offset, d.size, d.signed);
  }

  override getRawFieldRef(address: int, d: FieldDescr): GcRef | null {
    return loadRef(addressOf(address), d.offset);
  }

  override getRawFieldFloat(address: int, d: FieldDescr): float {
    return addressOf(address).loadFloat(d.offset);
  }

  override setRawFieldInt(address: int, d: FieldDescr, value: int): void {
    storeInt(addressOf(address), d.offset, d.size, value);
  }

  override setRawFieldRef(address: int, d: FieldDescr, value: GcRef | null): void {
    addressOf(address).storeAddress(d.offset, addressOfGcRef(value));
  }

  override setRawFieldFloat(address: int, d: FieldDescr, value: float): void {
    addressOf(address).storeFloat(d.offset, value);
  }

  override stop(text: TextDescr): void {
    stopWith(text.address);
  }
}

function interiorOffset(index: int, d: InteriorFieldDescr): int {
  return d.array.baseOffset + index * d.array.itemSize + d.offset;
}

function roundedToWord(bytes: int): int {
  return (bytes + wordBytes() - 1) & -wordBytes();
}

/** Copies units between strings; compiled code calls it too. */
export function copyStringUnits(from: GcRef | null, to: GcRef | null, fromStart: int, toStart: int, n: int): void {
  const units = symbolAddress("rts_jit_config").loadWord(10 * wordBytes());
  const source = addressOfGcRef(from).add(units + 2 * fromStart);
  rawCopy(source, addressOfGcRef(to).add(units + 2 * toStart), 2 * n);
}
