// dict: an open-addressing index into entries kept in the order of insertion.
//
// Up to SMALL entries there is no index: hashes are compared one after the other. Deleted entries have a null key and
// vanish when the table is rebuilt. The primitives (`findKey` … `clearAll`) are virtual, because the dicts of modules
// (values in cells) and of instances (values in shapes) look like dicts and keep their contents elsewhere.
import { type int, intUshr, newList } from "rtypescript/rlib";
import { W_Int } from "./int.ts";
import { CMP_EQ, CMP_NE, keyError, NOT_IMPLEMENTED, OP_OR, runtimeError, typeError, W_Root } from "./root.ts";
import { w_missing } from "./singletons.ts";
import { callBound1, eq, hash, repr, reprGuard } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { builtinType, DictMaker, dictMaker, W_AttrDict, type W_Instance, type W_Type } from "./type.ts";

export const w_dict = builtinType("dict");
w_dict.patternKind = 2;

const SMALL: int = 8;
const EMPTY: int = 0;
const DELETED: int = -1;
/** Result of a search that a change of the dict made void. */
const CHANGED: int = -2;
const NO_INDEX = new Int32Array(0);

/** The hash of a key, without dispatch for the usual ones. */
export function keyHash(w_key: W_Root): int {
  if (w_key instanceof W_Str) return w_key.hash();
  if (w_key instanceof W_Int) return w_key.hash();
  return hash(w_key);
}

export class W_Dict extends W_AttrDict {
  #keys: (W_Root | null)[];
  #values: W_Root[];
  #hashes: int[];
  /** Entry number + 1, EMPTY or DELETED; NO_INDEX for small tables. */
  #index: Int32Array;
  #used: int;
  user: W_Instance | null;

  constructor() {
    super();
    this.#keys = [];
    this.#values = [];
    this.#hashes = [];
    this.#index = NO_INDEX;
    this.#used = 0;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_dict : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }

  // --- primitives -------------------------------------------------------------------------------------------------------
  /** The value of a key, null without. */
  findKey(w_key: W_Root): W_Root | null {
    const e = this.#find(w_key, keyHash(w_key));
    return e < 0 ? null : this.#values[e];
  }
  storeKey(w_key: W_Root, w_value: W_Root): void {
    const h = keyHash(w_key);
    const e = this.#find(w_key, h);
    if (e >= 0) this.#values[e] = w_value;
    else this.#append(w_key, w_value, h);
  }
  /** Removes a key and gives its value, null without. */
  removeKey(w_key: W_Root): W_Root | null {
    const h = keyHash(w_key);
    const e = this.#find(w_key, h);
    if (e < 0) return null;
    const w_value = this.#values[e];
    if (this.#index !== NO_INDEX) this.#index[this.#slotOf(e, h)] = DELETED;
    this.#keys[e] = null;
    this.#values[e] = w_missing;
    this.#used -= 1;
    if (this.#used === 0) this.#reset();
    else if (e === this.#keys.length - 1) this.#dropLast();
    return w_value;
  }
  clearAll(): void {
    this.#reset();
  }
  size(): int {
    return this.#used;
  }
  /** The next entry from position `i` on, −1 at the end. */
  nextEntry(i: int): int {
    const keys = this.#keys;
    for (let e: int = i; e < keys.length; e++) if (keys[e] !== null) return e;
    return -1;
  }
  /** The last entry before position `i` (−1: before the end), −1 without. */
  previousEntry(i: int): int {
    const keys = this.#keys;
    for (let e: int = i < 0 || i > keys.length ? keys.length - 1 : i - 1; e >= 0; e--) if (keys[e] !== null) return e;
    return -1;
  }
  keyAt(e: int): W_Root {
    return this.#keys[e] as W_Root;
  }
  valueAt(e: int): W_Root {
    return this.#values[e];
  }
  setValueAt(e: int, w_value: W_Root): void {
    this.#values[e] = w_value;
  }

  #reset(): void {
    this.#keys = [];
    this.#values = [];
    this.#hashes = [];
    this.#index = NO_INDEX;
    this.#used = 0;
  }
  #dropLast(): void {
    while (this.#keys.length > 0 && this.#keys[this.#keys.length - 1] === null) {
      this.#keys.pop();
      this.#values.pop();
      this.#hashes.pop();
    }
  }

  /** The entry of a key, −1 without. A user's `__eq__` may change the dict meanwhile: then the search starts again. */
  #find(w_key: W_Root, h: int): int {
    for (;;) {
      const e = this.#index === NO_INDEX ? this.#findSmall(w_key, h) : this.#findIndexed(w_key, h);
      if (e > CHANGED) return e;
    }
  }
  #findSmall(w_key: W_Root, h: int): int {
    const keys = this.#keys;
    const hashes = this.#hashes;
    for (let e: int = 0; e < keys.length; e++) {
      if (hashes[e] !== h) continue;
      const w_k = keys[e];
      if (w_k === null) continue;
      if (w_k === w_key) return e;
      const same = eq(w_k, w_key);
      if (this.#keys !== keys || e >= keys.length || keys[e] !== w_k) return CHANGED;
      if (same) return e;
    }
    return -1;
  }
  #findIndexed(w_key: W_Root, h: int): int {
    const index = this.#index;
    const keys = this.#keys;
    const hashes = this.#hashes;
    const mask: int = index.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    for (;;) {
      const e: int = index[slot] - 1;
      if (e >= 0) {
        if (hashes[e] === h) {
          const w_k = keys[e];
          if (w_k !== null) {
            if (w_k === w_key) return e;
            const same = eq(w_k, w_key);
            if (this.#keys !== keys || this.#index !== index || e >= keys.length || keys[e] !== w_k) return CHANGED;
            if (same) return e;
          }
        }
      } else if (e === EMPTY - 1) return -1;
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + perturb + 1) & mask;
    }
  }

  /** The index slot of an entry. */
  #slotOf(e: int, h: int): int {
    const index = this.#index;
    const mask: int = index.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    while (index[slot] !== e + 1) {
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + perturb + 1) & mask;
    }
    return slot;
  }

  #append(w_key: W_Root, w_value: W_Root, h: int): void {
    const n = this.#keys.length;
    if (n >= SMALL && (this.#index === NO_INDEX || n * 3 >= this.#index.length * 2)) this.#rebuild();
    const e: int = this.#keys.length;
    this.#keys.push(w_key);
    this.#values.push(w_value);
    this.#hashes.push(h);
    this.#used += 1;
    if (this.#index !== NO_INDEX) this.#enter(e, h);
  }
  #enter(e: int, h: int): void {
    const index = this.#index;
    const mask: int = index.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    while (index[slot] > 0) {
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + perturb + 1) & mask;
    }
    index[slot] = e + 1;
  }
  /** Drops deleted entries and makes room. */
  #rebuild(): void {
    if (this.#used < this.#keys.length) this.#compact();
    let size: int = 16;
    while (size < this.#used * 3) size *= 2;
    this.#index = new Int32Array(size);
    const hashes = this.#hashes;
    for (let e: int = 0; e < hashes.length; e++) this.#enter(e, hashes[e]);
  }
  #compact(): void {
    const keys: (W_Root | null)[] = [];
    const values: W_Root[] = [];
    const hashes: int[] = [];
    for (let e: int = 0; e < this.#keys.length; e++) {
      if (this.#keys[e] === null) continue;
      keys.push(this.#keys[e]);
      values.push(this.#values[e]);
      hashes.push(this.#hashes[e]);
    }
    this.#keys = keys;
    this.#values = values;
    this.#hashes = hashes;
  }

  /** A new dict with the same entries. */
  copyDict(): W_Dict {
    const w_copy = new W_Dict();
    w_copy.updateFrom(this);
    return w_copy;
  }
  updateFrom(w_other: W_Dict): void {
    if (w_other === this) return;
    const n = w_other.size();
    for (let e = w_other.nextEntry(0); e >= 0; e = w_other.nextEntry(e + 1)) {
      this.storeKey(w_other.keyAt(e), w_other.valueAt(e));
      if (w_other.size() !== n) throw runtimeError("dict mutated during update");
    }
  }

  // --- attributes ---------------------------------------------------------------------------------------------------------
  override getStr(name: string): W_Root | null {
    return this.findKey(newstr(name));
  }
  override setStr(name: string, w_value: W_Root): void {
    this.storeKey(newstr(name), w_value);
  }
  override delStr(name: string): boolean {
    return this.removeKey(newstr(name)) !== null;
  }

  // --- protocol -------------------------------------------------------------------------------------------------------------
  override repr(): string {
    if (this.size() === 0) return "{}";
    if (!reprGuard.enter(this)) return "{...}";
    const parts: string[] = [];
    try {
      for (let e = this.nextEntry(0); e >= 0; e = this.nextEntry(e + 1)) {
        parts.push(`${repr(this.keyAt(e))}: ${repr(this.valueAt(e))}`);
      }
    } finally {
      reprGuard.leave();
    }
    return `{${parts.join(", ")}}`;
  }
  override truth(): boolean {
    return this.size() !== 0;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Dict) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    return this.#equals(w_other) === (op === CMP_EQ) ? 1 : 0;
  }
  #equals(w_other: W_Dict): boolean {
    if (this.size() !== w_other.size()) return false;
    for (let e = this.nextEntry(0); e >= 0; e = this.nextEntry(e + 1)) {
      const w_mine = this.valueAt(e);
      const w_value = w_other.findKey(this.keyAt(e));
      if (w_value === null || !eq(w_mine, w_value)) return false;
    }
    return true;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op !== OP_OR || !(w_other instanceof W_Dict)) return null;
    const w_result = this.copyDict();
    w_result.updateFrom(w_other);
    return w_result;
  }
  override len(): int {
    return this.size();
  }
  override getitem(w_key: W_Root): W_Root {
    const w_value = this.findKey(w_key);
    return w_value === null ? this.missing(w_key) : w_value;
  }
  /** What `d[key]` gives for an absent key. */
  missing(w_key: W_Root): W_Root {
    if (this.user !== null) {
      const w_method = this.getclass().lookup("__missing__");
      if (w_method !== null) return callBound1(w_method, this, w_key);
    }
    throw keyError(w_key);
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    this.storeKey(w_key, w_value);
  }
  override delitem(w_key: W_Root): void {
    if (this.removeKey(w_key) === null) throw keyError(w_key);
  }
  override contains(w_item: W_Root): boolean | null {
    return this.findKey(w_item) !== null;
  }
  /** All keys, in order. */
  keyList(): W_Root[] {
    const keys = newList<W_Root>(this.size(), w_missing);
    let k: int = 0;
    for (let e = this.nextEntry(0); e >= 0; e = this.nextEntry(e + 1)) {
      keys[k] = this.keyAt(e);
      k++;
    }
    return keys;
  }
  override iter(): W_Root {
    return new W_DictIterator(this, ITERATE_KEYS, false);
  }
  override reversed(): W_Root | null {
    return new W_DictIterator(this, ITERATE_KEYS, true);
  }
}

class PlainDictMaker extends DictMaker {
  override make(): W_AttrDict {
    return new W_Dict();
  }
}
dictMaker.maker = new PlainDictMaker();

export const ITERATE_KEYS: int = 0;
export const ITERATE_VALUES: int = 1;
export const ITERATE_ITEMS: int = 2;

export const w_dict_keyiterator = builtinType("dict_keyiterator");
export const w_dict_valueiterator = builtinType("dict_valueiterator");
export const w_dict_itemiterator = builtinType("dict_itemiterator");
export const w_dict_reversekeyiterator = builtinType("dict_reversekeyiterator");
export const w_dict_reversevalueiterator = builtinType("dict_reversevalueiterator");
export const w_dict_reverseitemiterator = builtinType("dict_reverseitemiterator");

/** Iterator over keys, values or items, in either direction. */
export class W_DictIterator extends W_Root {
  w_dict: W_Dict | null;
  readonly what: int;
  readonly backward: boolean;
  /** Next entry position to look at; backward: the position after it, −1 at the start. */
  position: int;
  readonly expected: int;
  left: int;
  constructor(w_of: W_Dict, what: int, backward: boolean) {
    super();
    this.w_dict = w_of;
    this.what = what;
    this.backward = backward;
    this.position = backward ? -1 : 0;
    this.expected = w_of.size();
    this.left = this.expected;
  }
  override getclass(): W_Type {
    if (this.what === ITERATE_KEYS) return this.backward ? w_dict_reversekeyiterator : w_dict_keyiterator;
    if (this.what === ITERATE_VALUES) return this.backward ? w_dict_reversevalueiterator : w_dict_valueiterator;
    return this.backward ? w_dict_reverseitemiterator : w_dict_itemiterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override lengthHint(): int {
    return this.left;
  }
  override next(): W_Root | null {
    const w_of = this.w_dict;
    if (w_of === null) return null;
    if (w_of.size() !== this.expected) {
      this.w_dict = null;
      throw runtimeError("dictionary changed size during iteration");
    }
    const e: int = this.backward
      ? this.position === 0
        ? -1
        : w_of.previousEntry(this.position)
      : w_of.nextEntry(this.position);
    if (e < 0) {
      this.w_dict = null;
      return null;
    }
    if (this.left === 0) {
      this.w_dict = null;
      throw runtimeError("dictionary keys changed during iteration");
    }
    this.left -= 1;
    this.position = this.backward ? e : e + 1;
    if (this.what === ITERATE_KEYS) return w_of.keyAt(e);
    if (this.what === ITERATE_VALUES) return w_of.valueAt(e);
    return new W_Tuple([w_of.keyAt(e), w_of.valueAt(e)]);
  }
}
