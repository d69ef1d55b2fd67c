/**
 * `rtypescript/lowlevel`: the vocabulary of run-time code that looks below RTypeScript's values. Runtime helpers
 * (`rtyper/runtime`) use the first half: they receive low-level objects (a list is `{ length, items }`, a string is
 * units with a hash) and read their fields as ordinary properties. Collectors use the second half: `Address`.
 * A generic function here gives what its arguments' low-level types say: `newArrayLike` and `newStructLike` the type of
 * `like`, `newFieldArray` that of the named field, `getItemField` that of the named field of the item.
 *
 * On Node everything runs over plain objects and a simulated memory, so helpers and collectors are tested there.
 */
import type { char, float, int } from "./types.ts";

/** A low-level array: `a[i]`, `a.length`; never grows. On Node a plain array. */
export type LowArrayOf<T> = T[];

/** A new array of the same type as `like` with n zeroed items. @intrinsic */
export function newArrayLike<T>(like: LowArrayOf<T>, n: int): LowArrayOf<T> {
  const made: T[] = new Array(n);
  const sample: unknown = like.length > 0 ? like[0] : null;
  const zero: unknown = typeof sample === "number" ? 0 : typeof sample === "boolean" ? false : null;
  for (let i = 0; i < n; i++) made[i] = zero as T;
  return made;
}

/**
 * A new zeroed struct of the same type as `like`, whose value is not looked at (natively it may be null). On Node
 * numbers become 0, booleans false, and all else null. @intrinsic
 */
export function newStructLike<T extends object>(like: T): T {
  const made = Object.create(Object.getPrototypeOf(like)) as Record<string, unknown>;
  for (const [name, value] of Object.entries(like)) made[name] = zeroLike(value);
  return made as T;
}

function zeroLike(sample: unknown): unknown {
  if (typeof sample === "number") return 0;
  return typeof sample === "boolean" ? false : null;
}

/**
 * A new array with n zeroed items, of the type that field `name` of struct `like` has. Only the type of `like`
 * matters (natively it may be null). On Node `like` is a struct whose field holds an array, empty or not. @intrinsic
 */
export function newFieldArray<S, N extends keyof S & string>(like: S, name: N, n: int): NonNullable<S[N]> {
  const sample: unknown = like[name];
  if (sample instanceof LowTable) return sample.newEmpty(n) as unknown as NonNullable<S[N]>;
  return newArrayLike((sample ?? []) as unknown[], n) as NonNullable<S[N]>;
}

/** Assigns `value` to n items from `start`. @intrinsic */
export function arrayFill<T>(a: LowArrayOf<T>, start: int, n: int, value: T): void {
  for (let i = start; i < start + n; i++) a[i] = value;
}

/** Zeroes n items from `start`, so that they keep nothing alive. @intrinsic */
export function arrayClear<T>(a: LowArrayOf<T>, start: int, n: int): void {
  for (let i = start; i < start + n; i++) a[i] = zeroLike(a[i]) as T;
}

/**
 * On Node: a variable-sized struct whose items are structs of type E (natively inlined, reached only through
 * `getItemField` and `setItemField`). Natively any struct with a trailing array of structs.
 */
export class LowTable<E extends object> {
  readonly rows: E[];

  constructor(rows: E[]) {
    this.rows = rows;
  }

  /** Items in it. */
  get length(): int {
    return this.rows.length;
  }

  /** The same kind of table with n rows without fields. */
  newEmpty(n: int): LowTable<E> {
    const made = newStructLike(this) as { rows: E[] };
    made.rows = Array.from({ length: n }, () => ({}) as E);
    return made as unknown as LowTable<E>;
  }
}

/** A field of an item that is an inlined struct. @intrinsic */
export function getItemField<E extends object, N extends keyof E & string>(t: LowTable<E>, index: int, name: N): E[N] {
  return (t.rows[index] as E)[name];
}

/** Assigns a field of an item that is an inlined struct. @intrinsic */
export function setItemField<E extends object, N extends keyof E & string>(
  t: LowTable<E>,
  index: int,
  name: N,
  value: E[N],
): void {
  (t.rows[index] as E)[name] = value;
}

/** Zeroes a field of an item that is an inlined struct. @intrinsic */
export function clearItemField<E extends object, N extends keyof E & string>(
  t: LowTable<E>,
  index: int,
  name: N,
): void {
  const row = t.rows[index] as E;
  row[name] = zeroLike(row[name]) as E[N];
}

/** Copies n items as if through a temporary. @intrinsic */
export function arrayCopy<T>(src: LowArrayOf<T>, si: int, dst: LowArrayOf<T>, di: int, n: int): void {
  if (src === dst && si < di) for (let i = n - 1; i >= 0; i--) dst[di + i] = src[si + i] as T;
  else for (let i = 0; i < n; i++) dst[di + i] = src[si + i] as T;
}

/**
 * Units of a new string under construction; `buildString` makes it a string. Natively the string itself, not copied,
 * which is what its type says; on Node it is an array of units.
 */
export type StringUnits = string;

function codesOf(units: StringUnits): int[] {
  return units as unknown as int[];
}

/** A string of n units to be filled by setUnit/copyUnits, then finished by buildString. @intrinsic */
export function newUnits(n: int): StringUnits {
  return new Array<int>(n).fill(0) as unknown as StringUnits;
}

/** Assigns a unit. @intrinsic */
export function setUnit(units: StringUnits, index: int, code: int): void {
  codesOf(units)[index] = code;
}

/** Copies n units of `source` from `start` into `units` at `at`. @intrinsic */
export function copyUnits(source: string, start: int, units: StringUnits, at: int, n: int): void {
  for (let i = 0; i < n; i++) codesOf(units)[at + i] = source.charCodeAt(start + i);
}

/** New units of that size that begin with the first `used` ones of others. @intrinsic */
export function copyOfUnits(units: StringUnits, used: int, size: int): StringUnits {
  const made = newUnits(size);
  for (let i = 0; i < used; i++) codesOf(made)[i] = codesOf(units)[i] as int;
  return made;
}

/** The finished string of the first n units; `units` must not be used afterwards. @intrinsic */
export function buildString(units: StringUnits, n: int): string {
  let text = "";
  for (let i = 0; i < n; i++) text += String.fromCharCode(codesOf(units)[i] as number);
  return text;
}

/** The finished string of all its units; `units` must not be used afterwards. @intrinsic */
export function wholeString(units: StringUnits): string {
  return buildString(units, codesOf(units).length);
}

/** Order of n units: negative, 0 or positive. @intrinsic */
export function compareUnits(a: string, ai: int, b: string, bi: int, n: int): int {
  for (let i = 0; i < n; i++) {
    const difference = a.charCodeAt(ai + i) - b.charCodeAt(bi + i);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A bigint's 32-bit parts folded into one 32-bit number, the part of its hash that looks at all limbs. @intrinsic */
export function bigHashParts(x: bigint): int {
  let h = x < 0n ? 0x5bd1e995 : 0;
  for (let rest = x < 0n ? -x : x; rest !== 0n; rest >>= 32n) {
    h = Math.imul(h ^ Number(BigInt.asIntN(32, rest)), 0x01000193);
  }
  return h;
}

/** Truncated quotient of words; b is not 0 and the quotient fits. @intrinsic */
export function wordDiv(a: int, b: int): int {
  return (a - (a % b)) / b;
}

/** Remainder with the sign of `a`; b is not 0. @intrinsic */
export function wordMod(a: int, b: int): int {
  return (a % b) + 0;
}

/** Are both the same object (or both null)? On Node `===`. @intrinsic */
export function sameObject(a: unknown, b: unknown): boolean {
  return a === b;
}

/**
 * Is this reference null? Helpers see low-level strings and lists as never null by their type, so they ask this where
 * a null pointer can come. On Node null or undefined. @intrinsic
 */
export function isNull(x: unknown): boolean {
  return x === null || x === undefined;
}

/** Unit at an index known to be in range. @intrinsic */
export function unitAt(text: string, index: int): int {
  return text.charCodeAt(index);
}

/** Cached hash of a string, 0 when not computed; on Node always 0. @intrinsic */
export function getCachedHash(_text: string): int {
  return 0;
}

/** Keeps the hash in the string; nothing on Node. @intrinsic */
export function setCachedHash(_text: string, _hash: int): void {}

/** Bits of a double as two 32-bit halves (low first), for hashing and formatting. @intrinsic */
export function floatLowBits(x: float): int {
  scratch.setFloat64(0, x, true);
  return scratch.getUint32(0, true);
}

/** The upper half. @intrinsic */
export function floatHighBits(x: float): int {
  scratch.setFloat64(0, x, true);
  return scratch.getUint32(4, true);
}

const scratch = new DataView(new ArrayBuffer(8));

/** Size of the simulated memory that `Address` works over on Node, in bytes. */
const SIMULATED_BYTES = 256 * 1024 * 1024;
let simulated: DataView | null = null;

function memory(): DataView {
  if (simulated === null) simulated = new DataView(new ArrayBuffer(SIMULATED_BYTES));
  return simulated;
}

/**
 * A machine address. Natively an unboxed word; on Node an offset into simulated memory with 8-byte words.
 * All offsets and sizes are bytes.
 */
export class Address {
  readonly offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }

  add(bytes: int): Address {
    return new Address(this.offset + bytes);
  }

  /** this − other, in bytes. */
  diff(other: Address): int {
    return this.offset - other.offset;
  }

  equals(other: Address): boolean {
    return this.offset === other.offset;
  }

  below(other: Address): boolean {
    return this.offset < other.offset;
  }

  isNull(): boolean {
    return this.offset === 0;
  }

  toInt(): int {
    return this.offset;
  }

  loadWord(offset: int): int {
    return Number(memory().getBigInt64(this.offset + offset, true));
  }

  storeWord(offset: int, value: int): void {
    memory().setBigInt64(this.offset + offset, BigInt(value), true);
  }

  loadAddress(offset: int): Address {
    const bits = memory().getBigUint64(this.offset + offset, true);
    return bits > MOST_EXACT ? new RawWord(bits) : new Address(Number(bits));
  }

  storeAddress(offset: int, value: Address): void {
    memory().setBigUint64(this.offset + offset, value instanceof RawWord ? value.bits : BigInt(value.offset), true);
  }

  loadInt32(offset: int): int {
    return memory().getInt32(this.offset + offset, true);
  }

  storeInt32(offset: int, value: int): void {
    memory().setInt32(this.offset + offset, value, true);
  }

  loadUInt32(offset: int): int {
    return memory().getUint32(this.offset + offset, true);
  }

  loadUInt16(offset: int): int {
    return memory().getUint16(this.offset + offset, true);
  }

  storeUInt16(offset: int, value: int): void {
    memory().setUint16(this.offset + offset, value, true);
  }

  /** Eight bytes. */
  loadFloat(offset: int): float {
    return memory().getFloat64(this.offset + offset, true);
  }

  storeFloat(offset: int, value: float): void {
    memory().setFloat64(this.offset + offset, value, true);
  }

  loadUInt8(offset: int): int {
    return memory().getUint8(this.offset + offset);
  }

  storeUInt8(offset: int, value: int): void {
    memory().setUint8(this.offset + offset, value);
  }
}

const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** On Node: a word that is no address and no exact number, on its way through a copying loop. */
class RawWord extends Address {
  readonly bits: bigint;

  constructor(bits: bigint) {
    super(Number(bits));
    this.bits = bits;
  }
}

export const NULL_ADDRESS: Address = new Address(0);

/**
 * A reference to any object of the collected heap, whatever its type: how run-time code that joins the program later
 * (the JIT) holds the program's objects. Compared by identity, usable as a key of a map, `GcRef | null` where it may be
 * null. On Node it is the object itself, of the program or of the simulated heap.
 */
export abstract class GcRef {
  /** Makes the type nominal; no object has it. */
  protected abstract readonly opaque: never;
}

/** The object, whatever its type. @intrinsic */
export function toGcRef(o: object): GcRef {
  return o as GcRef;
}

/** The object as an instance of a class; it must be an instance of some class. Stops the program when it is another. @intrinsic */
export function fromGcRef<T extends object>(ref: GcRef, cls: abstract new (...args: never[]) => T): T {
  const o: object = ref;
  if (!(o instanceof cls)) throw new TypeError(`a reference to ${o.constructor.name} is taken for a ${cls.name}`);
  return o;
}

/** The object whose header is at an address, null for the null address. Natively only. @intrinsic */
export function gcRefAt(at: Address): GcRef | null {
  if (at.offset === 0) return null;
  throw new Error("simulated memory holds no objects");
}

/** Address of an object's header, valid until the next collection unless the object cannot move. Natively only. @intrinsic */
export function addressOfGcRef(ref: GcRef | null): Address {
  if (ref === null) return NULL_ADDRESS;
  throw new Error("objects on Node have no address");
}

/** Copies bytes between addresses as if through a temporary. @intrinsic */
export function rawCopy(src: Address, dst: Address, bytes: int): void {
  new Uint8Array(memory().buffer).copyWithin(dst.offset, src.offset, src.offset + bytes);
}

/** Zeroes bytes. @intrinsic */
export function rawClear(at: Address, bytes: int): void {
  new Uint8Array(memory().buffer).fill(0, at.offset, at.offset + bytes);
}

let simulatedTop = 4096;
/** Simulated memory given back: blocks of offset and size, in no order. */
const freedBlocks: { offset: number; bytes: number }[] = [];

/** Zeroed memory from the system, or null Address when there is none. On Node first fit, then a bump pointer. @intrinsic */
export function rawMalloc(bytes: int): Address {
  const size = (bytes + 15) & ~15;
  const fit = freedBlocks.findIndex((block) => block.bytes >= size);
  let at = simulatedTop;
  if (fit >= 0) {
    const block = freedBlocks[fit] as { offset: number; bytes: number };
    at = block.offset;
    block.offset += size;
    block.bytes -= size;
    if (block.bytes === 0) freedBlocks.splice(fit, 1);
  } else {
    if (at + size > SIMULATED_BYTES) return NULL_ADDRESS;
    simulatedTop = at + size;
  }
  rawClear(new Address(at), bytes);
  return new Address(at);
}

/** Gives back memory of rawMalloc. @intrinsic */
export function rawFree(at: Address, bytes: int): void {
  const size = (bytes + 15) & ~15;
  const twice = freedBlocks.some((b) => b.offset < at.offset + size && at.offset < b.offset + b.bytes);
  if (twice || at.offset < 4096 || at.offset + size > simulatedTop) throw new Error("memory that is not held is freed");
  const before = freedBlocks.find((block) => block.offset + block.bytes === at.offset);
  const after = freedBlocks.findIndex((block) => block.offset === at.offset + size);
  const tail = after >= 0 ? (freedBlocks[after] as { bytes: number }).bytes : 0;
  if (after >= 0) freedBlocks.splice(after, 1);
  if (before !== undefined) before.bytes += size + tail;
  else freedBlocks.push({ offset: at.offset, bytes: size + tail });
}

/** Starts simulated memory afresh (tests on Node). */
export function resetSimulatedMemory(): void {
  simulatedTop = 4096;
  simulated = null;
  freedBlocks.length = 0;
  symbols.clear();
}

/** Bytes of a machine word: 8 or 4 natively, 8 on Node. A run-time constant. @intrinsic */
export function wordBytes(): int {
  return 8;
}

/** A char from a unit known to be in range. @intrinsic */
export function unitToChar(code: int): char {
  return String.fromCharCode(code);
}

const symbols = new Map<string, Address>();
/** Room that a symbol gets in simulated memory, in bytes. */
const SYMBOL_BYTES = 4096;

/**
 * The address of a linker symbol (`rts_vm`, `rts_types`, ...). The name is a constant. On Node the symbol is a zeroed
 * region of simulated memory that tests fill. @intrinsic
 */
export function symbolAddress(name: string): Address {
  let found = symbols.get(name);
  if (found === undefined) {
    found = rawMalloc(SYMBOL_BYTES);
    symbols.set(name, found);
  }
  return found;
}

/** Ends the program with a message; collectors use it where nothing can be raised. @intrinsic */
export function fatalError(message: string): never {
  throw new Error(message);
}

/** The address that a number is. @intrinsic */
export function addressOf(n: int): Address {
  return new Address(n);
}

/** A letter for each argument and the result: `i` int, `r` GcRef or null, `f` float, `a` Address, `n` nothing. */
type FunctionKinds = string;

/**
 * The address of a function of the program, which machine code calls as `kinds` says: letters of the arguments, then
 * that of the result. Natively only. @intrinsic
 */
export function functionAddress(f: (...args: never[]) => unknown, kinds: FunctionKinds): Address {
  throw new Error(`${f.name} has no address on Node (${kinds})`);
}

/** Calls machine code at an address, as C would, with two words. It may collect, and does not raise. Natively only. @intrinsic */
export function callMachineCode(code: Address, a: Address, b: int): int {
  throw new Error(`no machine code runs on Node (${code.offset}, ${a.offset}, ${b})`);
}

/** Room for small objects in the nursery, whose headers the caller writes and which it clears; null when memory is exhausted. @intrinsic */
export function takeRoom(bytes: int): Address {
  return rawMalloc(bytes);
}

/** A zeroed object with its header, null when memory is exhausted. Natively only. @intrinsic */
export function takeObject(typeId: int, bytes: int): Address {
  throw new Error(`no heap on Node (${typeId}, ${bytes})`);
}

/** A zeroed object of variable size with header and length, null when memory is exhausted. Natively only. @intrinsic */
export function takeItems(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  throw new Error(`no heap on Node (${typeId}, ${bytes}, ${length}, ${lengthOffset})`);
}

/** Tells the collector that an object whose flags ask for it is about to get a reference. Natively only. @intrinsic */
export function writeBarrier(o: GcRef): void {
  void o;
}

/** The same for one item of an array of references. Natively only. @intrinsic */
export function arrayBarrier(array: GcRef, index: int): void {
  void array;
  void index;
}
