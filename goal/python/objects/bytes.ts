// bytes: immutable bytes. Methods are in `bytesmethods.ts`.
import type { int } from "rtypescript/rlib";
import { newint, W_Int } from "./int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MUL,
  overflowError,
  typeError,
  valueError,
  W_Root,
} from "./root.ts";
import { indexOf, requireIndex, sliceIndices, W_Slice } from "./slice.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";

export const w_bytes = builtinType("bytes");
w_bytes.sequence = true;
export const w_bytes_iterator = builtinType("bytes_iterator");

export class W_Bytes extends W_Root {
  readonly data: Uint8Array;
  user: W_Instance | null;
  constructor(data: Uint8Array) {
    super();
    this.data = data;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_bytes : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override asBytes(): W_Root | null {
    return this;
  }
  /** Each byte as the character of that number. */
  latin(): string {
    const parts: string[] = [];
    for (let i: int = 0; i < this.data.length; i++) parts.push(String.fromCharCode(this.data[i]));
    return parts.join("");
  }
  override repr(): string {
    return reprOfBytes(this.data);
  }
  override truth(): boolean {
    return this.data.length !== 0;
  }
  override hash(): int {
    let h: int = 5381 + this.data.length;
    for (let i: int = 0; i < this.data.length; i++) h = (Math.imul(h, 1000003) ^ this.data[i]) | 0;
    return h;
  }
  override compare(op: int, w_other: W_Root): int {
    return w_other instanceof W_Bytes ? compareBytes(op, this.data, w_other.data) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Bytes)) throw typeError(`can't concat ${w_other.typename()} to bytes`);
      return new W_Bytes(concatBytes(this.data, w_other.data));
    }
    return op === OP_MUL ? this.#repeat(w_other) : null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  #repeat(w_count: W_Root): W_Root | null {
    const w_n = w_count.asInt();
    if (w_n === null) return null;
    if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    const n = Math.max(0, w_n.value);
    const size = this.data.length;
    const result = new Uint8Array(n * size);
    for (let k: int = 0; k < n; k++) for (let i: int = 0; i < size; i++) result[k * size + i] = this.data[i];
    return new W_Bytes(result);
  }
  override len(): int {
    return this.data.length;
  }
  override getitem(w_key: W_Root): W_Root {
    const data = this.data;
    if (w_key instanceof W_Slice) {
      const range = sliceIndices(w_key, data.length);
      const result = new Uint8Array(range.count);
      for (let k: int = 0; k < range.count; k++) result[k] = data[range.start + k * range.step];
      return new W_Bytes(result);
    }
    return newint(data[requireIndex(indexOf(w_key, "byte"), data.length, "index out of range")]);
  }
  override contains(w_item: W_Root): boolean | null {
    if (w_item instanceof W_Bytes) return findBytes(this.data, w_item.data, 0, this.data.length) >= 0;
    const w_i = w_item.asInt();
    if (w_i === null) throw typeError(`a bytes-like object is required, not '${w_item.typename()}'`);
    if (!(w_i instanceof W_Int) || w_i.value < 0 || w_i.value > 255) throw valueError("byte must be in range(0, 256)");
    for (let i: int = 0; i < this.data.length; i++) if (this.data[i] === w_i.value) return true;
    return false;
  }
  override iter(): W_Root {
    return new W_BytesIterator(this.data);
  }
}

class W_BytesIterator extends W_Root {
  readonly data: Uint8Array;
  index: int;
  constructor(data: Uint8Array) {
    super();
    this.data = data;
    this.index = 0;
  }
  override getclass(): W_Type {
    return w_bytes_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    if (this.index >= this.data.length) return null;
    this.index += 1;
    return newint(this.data[this.index - 1]);
  }
}

export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length + b.length);
  for (let i: int = 0; i < a.length; i++) result[i] = a[i];
  for (let i: int = 0; i < b.length; i++) result[a.length + i] = b[i];
  return result;
}

/** Where `part` first starts in `from … to`, −1 without. */
export function findBytes(data: Uint8Array, part: Uint8Array, from: int, to: int): int {
  for (let i: int = from; i + part.length <= to; i++) {
    let k: int = 0;
    while (k < part.length && data[i + k] === part[k]) k++;
    if (k === part.length) return i;
  }
  return -1;
}

/** 1 or 0. */
export function compareBytes(op: int, a: Uint8Array, b: Uint8Array): int {
  let order: int = 0;
  for (let i: int = 0; i < a.length && i < b.length && order === 0; i++) order = a[i] - b[i];
  if (order === 0) order = a.length - b.length;
  let result = false;
  switch (op) {
    case CMP_EQ:
      result = order === 0;
      break;
    case CMP_NE:
      result = order !== 0;
      break;
    case CMP_LT:
      result = order < 0;
      break;
    case CMP_LE:
      result = order <= 0;
      break;
    case CMP_GT:
      result = order > 0;
      break;
    case CMP_GE:
      result = order >= 0;
      break;
  }
  return result ? 1 : 0;
}

export function reprOfBytes(data: Uint8Array): string {
  let single = false;
  let double = false;
  for (let i: int = 0; i < data.length; i++) {
    if (data[i] === 39) single = true;
    if (data[i] === 34) double = true;
  }
  const quote = single && !double ? '"' : "'";
  const parts: string[] = ["b", quote];
  for (let i: int = 0; i < data.length; i++) {
    const c = data[i];
    if (c === quote.charCodeAt(0) || c === 92) parts.push(`\\${String.fromCharCode(c)}`);
    else if (c === 9) parts.push("\\t");
    else if (c === 10) parts.push("\\n");
    else if (c === 13) parts.push("\\r");
    else if (c < 32 || c > 126) parts.push(`\\x${c.toString(16).padStart(2, "0")}`);
    else parts.push(String.fromCharCode(c));
  }
  parts.push(quote);
  return parts.join("");
}
