/** The objects of one function value: what they hold, and their class. */

import type { TypeCell } from "../annotator/cells.ts";
import { BoundMethod, ClosureFunction, type FunctionDesc } from "../annotator/functions.ts";
import type { Value } from "../translator/flow/model.ts";
import type { OpList } from "./hop.ts";
import { LowArrayObject, type LowFunction, LowStruct, SymbolicWord } from "./lltype/memory.ts";
import {
  type Field,
  OBJECT,
  type Ptr,
  ptr,
  rawArray,
  Struct,
  storageFields,
  UInt8,
  Void,
  VTABLE,
} from "./lltype/types.ts";
import type { Repr, Typer } from "./repr.ts";
import { loadField, storeValue } from "./storage.ts";

/** Base of all function objects. */
export const FUNCTION = new Struct("Function", true, OBJECT).define([]);
export const FUNCTION_VTABLE = new Struct("Function vtable", false, VTABLE).define([]);
/** Vtable of no object: `Function` is abstract. */
export const FUNCTION_ROOT_VTABLE = new LowStruct(FUNCTION_VTABLE, 0);
FUNCTION_ROOT_VTABLE.name = "Function vtable";
FUNCTION_ROOT_VTABLE.set("subclassMin", new SymbolicWord("subclass_min", FUNCTION));
FUNCTION_ROOT_VTABLE.set("subclassMax", new SymbolicWord("subclass_max", FUNCTION));
FUNCTION.vtable = FUNCTION_ROOT_VTABLE;
export const FUNCTION_PTR = ptr(FUNCTION);

export class FunctionLayout {
  readonly desc: FunctionDesc;
  readonly struct: Struct;
  readonly vtable: LowStruct;
  readonly lowType: Ptr;
  readonly #typer: Typer;
  #singleton: LowStruct | null = null;

  constructor(name: string, desc: FunctionDesc, vtableStruct: Struct, typer: Typer) {
    this.desc = desc;
    this.#typer = typer;
    this.struct = new Struct(name, true, FUNCTION);
    this.vtable = new LowStruct(vtableStruct, 0);
    this.vtable.name = `${name} vtable`;
    this.struct.vtable = this.vtable;
    this.lowType = ptr(this.struct);
  }

  /** What the object holds, in order: captured values, or the receiver of a bound method. */
  get environment(): readonly TypeCell[] {
    if (this.desc instanceof ClosureFunction) return this.desc.captures;
    return this.desc instanceof BoundMethod ? [this.desc.receiver] : [];
  }

  environmentReprs(): Repr[] {
    return this.environment.map((cell) => this.#typer.reprOf(cell.type));
  }

  define(): void {
    if (this.struct.isDefined) return;
    const fields: Field[] = this.environmentReprs().flatMap((repr, i) =>
      repr.lowType === Void ? [] : storageFields(environmentField(i), repr.lowType, true),
    );
    this.struct.define(fields);
  }

  /** The only object of a function that captures nothing. */
  get singleton(): LowStruct {
    if (this.#singleton === null) {
      this.#singleton = new LowStruct(this.struct, 0);
      this.#singleton.name = this.struct.name;
    }
    return this.#singleton;
  }

  /** A new object holding values of the environment's reprs. */
  make(values: readonly Value[], ops: OpList): Value {
    const made = ops.emit("malloc", [ops.void(this.struct)], this.lowType);
    for (const [i, value] of values.entries()) storeValue(made, environmentField(i), value, ops);
    return made;
  }

  /** What an object (known to be of this function) holds. */
  unpack(self: Value, ops: OpList): { value: Value; repr: Repr }[] {
    const reprs = this.environmentReprs();
    if (reprs.length === 0) return [];
    const object = ops.cast(self, this.lowType);
    return reprs.map((repr, i) => ({ value: loadField(object, environmentField(i), repr.lowType, ops), repr }));
  }

  /** Fills the vtable; `codeOf` gives the code for a field of the family's vtable. */
  fill(code: ReadonlyMap<string, LowFunction>): void {
    this.vtable.set("subclassMin", new SymbolicWord("subclass_min", this.struct));
    this.vtable.set("subclassMax", new SymbolicWord("subclass_max", this.struct));
    this.vtable.set("name", nameBytes(this.struct.name));
    for (const [field, f] of code) this.vtable.set(field, f);
  }
}

function environmentField(i: number): string {
  return `value${i}`;
}

/** A text as C sees it, for messages. */
export function nameBytes(name: string, path = `${name} name`): LowArrayObject {
  const bytes = new TextEncoder().encode(name);
  const array = new LowArrayObject(rawArray(UInt8, true), bytes.length + 1);
  for (const [i, byte] of bytes.entries()) array.setItem(i, byte);
  array.name = path;
  return array;
}
