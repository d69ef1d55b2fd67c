// Code objects as text: how frozen modules are kept in a binary.
//
// One string per module costs the collector nothing and few bytes, where the objects themselves would have to be looked
// at in each collection. Every number is one UTF-16 unit, or WIDE and four units; texts are their length and units;
// constants begin with a tag. Integers beyond 53 bits are kept as digits, because only the target knows its word.
import type { float, int } from "rtypescript/rlib";
import { Code, ExceptionTable, NameTables, Signature } from "../compiler/code.ts";
import type { ConstantFactory } from "../compiler/constants.ts";
import { W_Bytes } from "../objects/bytes.ts";
import { W_Complex } from "../objects/complex.ts";
import { W_Float } from "../objects/float.ts";
import { W_Int, w_False, w_True } from "../objects/int.ts";
import { W_Root } from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_Ellipsis, w_None } from "../objects/singletons.ts";
import { W_Str } from "../objects/str.ts";
import { W_Tuple, w_tuple } from "../objects/tuple.ts";
import type { W_Type } from "../objects/type.ts";
import { W_Code } from "./pycode.ts";

const WIDE = 0xffff;

const TAG_NONE = 0;
const TAG_TRUE = 1;
const TAG_FALSE = 2;
const TAG_ELLIPSIS = 3;
const TAG_INT = 4;
const TAG_DIGITS = 5;
const TAG_FLOAT = 6;
const TAG_COMPLEX = 7;
const TAG_STR = 8;
const TAG_BYTES = 9;
const TAG_TUPLE = 10;
const TAG_FROZENSET = 11;
const TAG_CODE = 12;

/** An integer constant whose object depends on the target's word; never seen by programs. */
export class W_Digits extends W_Root {
  readonly digits: string;
  readonly radix: int;
  constructor(digits: string, radix: int) {
    super();
    this.digits = digits;
    this.radix = radix;
  }
  override getclass(): W_Type {
    return w_tuple;
  }
}

// --- writing: import time ------------------------------------------------------------------------------------------------------

function putInt(out: string[], n: int): void {
  if (n >= 0 && n < WIDE) out.push(String.fromCharCode(n));
  else {
    const size = Math.abs(n);
    const high = Math.floor(size / 65536);
    out.push(String.fromCharCode(WIDE, n < 0 ? 1 : 0, Math.floor(high / 65536), high % 65536, size % 65536));
  }
}
function putText(out: string[], text: string): void {
  putInt(out, text.length);
  out.push(text);
}
function putTexts(out: string[], texts: readonly string[]): void {
  putInt(out, texts.length);
  for (const text of texts) putText(out, text);
}
function putInts(out: string[], values: readonly int[]): void {
  putInt(out, values.length);
  for (const n of values) putInt(out, n);
}

function putConstant(out: string[], w: W_Root): void {
  if (w === w_None) putInt(out, TAG_NONE);
  else if (w === w_True) putInt(out, TAG_TRUE);
  else if (w === w_False) putInt(out, TAG_FALSE);
  else if (w === w_Ellipsis) putInt(out, TAG_ELLIPSIS);
  else if (w instanceof W_Int) {
    putInt(out, TAG_INT);
    putInt(out, w.value);
  } else if (w instanceof W_Digits) {
    putInt(out, TAG_DIGITS);
    putInt(out, w.radix);
    putText(out, w.digits);
  } else if (w instanceof W_Float) {
    putInt(out, TAG_FLOAT);
    putText(out, floatText(w.value));
  } else if (w instanceof W_Complex) {
    putInt(out, TAG_COMPLEX);
    putText(out, floatText(w.real));
    putText(out, floatText(w.imag));
  } else if (w instanceof W_Str) {
    putInt(out, TAG_STR);
    putText(out, w.text);
  } else if (w instanceof W_Bytes) {
    putInt(out, TAG_BYTES);
    putInts(out, [...w.data]);
  } else if (w instanceof W_Tuple) {
    putInt(out, TAG_TUPLE);
    putInt(out, w.items.length);
    for (const w_item of w.items) putConstant(out, w_item);
  } else if (w instanceof W_Set) {
    putInt(out, TAG_FROZENSET);
    const items = w.items();
    putInt(out, items.length);
    for (const w_item of items) putConstant(out, w_item);
  } else {
    putInt(out, TAG_CODE);
    putCode(out, (w as W_Code).code);
  }
}
function floatText(f: float): string {
  return f === 0 && 1 / f < 0 ? "-0" : String(f);
}

function putCode(out: string[], code: Code): void {
  putText(out, code.name);
  putText(out, code.qualname);
  putText(out, code.filename);
  putInts(out, [code.firstLine, code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags, code.stacksize]);
  putTexts(out, code.varnames);
  putTexts(out, code.cellvars);
  putTexts(out, code.freevars);
  putTexts(out, code.names);
  putInts(out, code.cellToArg);
  putInts(out, code.bytecode);
  putInts(out, code.exceptions.starts);
  putInts(out, code.exceptions.ends);
  putInts(out, code.exceptions.targets);
  putInts(out, code.exceptions.depths);
  putText(out, code.positions);
  putInt(out, code.consts.length);
  for (const w of code.consts) putConstant(out, w);
}

/** A code object as text. */
export function dumpCode(code: Code): string {
  const out: string[] = [];
  putCode(out, code);
  return out.join("");
}

// --- reading -------------------------------------------------------------------------------------------------------------------------

class Reader {
  readonly text: string;
  at: int;
  readonly factory: ConstantFactory;
  constructor(text: string, factory: ConstantFactory) {
    this.text = text;
    this.at = 0;
    this.factory = factory;
  }

  int(): int {
    const unit = this.text.charCodeAt(this.at);
    this.at += 1;
    if (unit !== WIDE) return unit;
    const t = this.text;
    const at = this.at;
    this.at += 4;
    const size: int = (t.charCodeAt(at + 1) * 65536 + t.charCodeAt(at + 2)) * 65536 + t.charCodeAt(at + 3);
    return t.charCodeAt(at) === 1 ? 0 - size : size;
  }
  string(): string {
    const n = this.int();
    this.at += n;
    return this.text.slice(this.at - n, this.at);
  }
  strings(): string[] {
    const n = this.int();
    const result: string[] = [];
    for (let i: int = 0; i < n; i++) result.push(this.string());
    return result;
  }
  ints(): int[] {
    const n = this.int();
    const result: int[] = [];
    for (let i: int = 0; i < n; i++) result.push(this.int());
    return result;
  }
  constants(): W_Root[] {
    const n = this.int();
    const result: W_Root[] = [];
    for (let i: int = 0; i < n; i++) result.push(this.constant());
    return result;
  }

  constant(): W_Root {
    const factory = this.factory;
    switch (this.int()) {
      case TAG_TRUE:
        return factory.makeBool(true);
      case TAG_FALSE:
        return factory.makeBool(false);
      case TAG_ELLIPSIS:
        return factory.makeEllipsis();
      case TAG_INT:
        return factory.makeInt(this.int());
      case TAG_DIGITS: {
        const radix = this.int();
        return factory.makeBigInt(this.string(), radix);
      }
      case TAG_FLOAT:
        return factory.makeFloat(Number(this.string()));
      case TAG_COMPLEX: {
        const real: float = Number(this.string());
        return factory.makeComplex(real, Number(this.string()));
      }
      case TAG_STR:
        return factory.makeStr(this.string());
      case TAG_BYTES:
        return factory.makeBytes(this.ints());
      case TAG_TUPLE:
        return factory.makeTuple(this.constants());
      case TAG_FROZENSET:
        return factory.makeFrozenSet(this.constants());
      case TAG_CODE:
        return factory.makeCode(this.code());
      default:
        return factory.makeNone();
    }
  }

  code(): Code {
    const name = this.string();
    const qualname = this.string();
    const filename = this.string();
    const n = this.ints();
    const varnames = this.strings();
    const cellvars = this.strings();
    const freevars = this.strings();
    const names = this.strings();
    const cellToArg = this.ints();
    const bytecode = this.ints();
    const starts = this.ints();
    const ends = this.ints();
    const targets = this.ints();
    const exceptions = new ExceptionTable(starts, ends, targets, this.ints());
    const positions = this.string();
    const consts = this.constants();
    const w_names: W_Root[] = [];
    for (const text of names) w_names.push(this.factory.makeName(text));
    return new Code(
      name,
      qualname,
      filename,
      n[0],
      new Signature(n[1], n[2], n[3], n[4]),
      new NameTables(varnames, cellvars, freevars, names, cellToArg),
      w_names,
      consts,
      bytecode,
      n[5],
      exceptions,
      positions,
    );
  }
}

/** The code object of a text that `dumpCode` made. */
export function loadCode(text: string, factory: ConstantFactory): W_Code {
  return new W_Code(new Reader(text, factory).code());
}
