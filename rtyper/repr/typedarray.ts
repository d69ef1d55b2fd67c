/**
 * Typed arrays: arrays of machine numbers, never resized. Reading widens to the word (or to float), writing converts as
 * JavaScript does: integers modulo their width, `Uint8ClampedArray` by clamping.
 */
import type { SomeTypedArray, TypedArrayKind } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import { toInt32OfFloat } from "../arith.ts";
import type { Hop, OpList } from "../hop.ts";
import { LowArrayObject, type LowValue } from "../lltype/memory.ts";
import {
  Address,
  Bool,
  Float,
  gcArray,
  Int8,
  Int16,
  Int32,
  Int64,
  type LowArray,
  type Primitive,
  type Ptr,
  ptr,
  Signed,
  SingleFloat,
  UInt8,
  UInt16,
  UInt32,
  UInt64,
  Void,
} from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs, type Typer } from "../repr.ts";
import { clampFloat, clampInt } from "../runtime/typedarray.ts";
import { machineIntRepr } from "./bigint.ts";
import { FLOAT_REPR, FloatRepr } from "./float.ts";
import { INT_REPR, UINT32_REPR } from "./int.ts";
import { checkIndex } from "./list.ts";

const ITEMS: Readonly<Record<TypedArrayKind, Primitive>> = {
  Uint8Array: UInt8,
  Uint8ClampedArray: UInt8,
  Int8Array: Int8,
  Uint16Array: UInt16,
  Int16Array: Int16,
  Uint32Array: UInt32,
  Int32Array: Int32,
  Float32Array: SingleFloat,
  Float64Array: Float,
  BigInt64Array: Int64,
  BigUint64Array: UInt64,
};

export class TypedArrayRepr extends Repr {
  readonly kind: TypedArrayKind;
  readonly arrayType: LowArray;
  readonly lowType: Ptr;

  constructor(kind: TypedArrayKind) {
    super();
    this.kind = kind;
    this.arrayType = gcArray(ITEMS[kind]);
    this.lowType = ptr(this.arrayType);
  }

  get storage(): Primitive {
    return ITEMS[this.kind];
  }

  toText(): string {
    return this.kind;
  }

  /** The repr in which an item is read and written. */
  itemRepr(typer: Typer): Repr {
    switch (this.storage) {
      case Float:
      case SingleFloat:
        return FLOAT_REPR;
      case Int64:
      case UInt64:
        return machineIntRepr(64, this.storage === Int64);
      case UInt32:
        return typer.wordBits === 32 ? UINT32_REPR : INT_REPR;
      default:
        return INT_REPR;
    }
  }

  load(array: Value, index: Value, ops: OpList): Value {
    const raw = ops.emit("getarrayitem", [array, index], this.storage);
    return this.widen(raw, ops);
  }

  /** A stored item in its item repr. */
  widen(raw: Value, ops: OpList): Value {
    if (this.storage === SingleFloat) return ops.emit("single_to_float", [raw], Float);
    const to = this.itemRepr(ops.typer).lowType;
    return raw.type === to ? raw : ops.emit("int_cast", [raw], to);
  }

  /** Operand i converted to what is stored. */
  storedArg(hop: Hop, i: number): Value {
    if (this.storage === Float) return hop.inputArg(FLOAT_REPR, i);
    if (this.storage === SingleFloat) return hop.emit("float_to_single", [hop.inputArg(FLOAT_REPR, i)], SingleFloat);
    if (this.storage === Int64 || this.storage === UInt64) return hop.inputArg(this.itemRepr(hop.typer), i);
    const isFloat = hop.repr(i) instanceof FloatRepr && hop.known(i) === null;
    if (this.kind === "Uint8ClampedArray") {
      const clamped = isFloat
        ? hop.helper(clampFloat, hop.inputArg(FLOAT_REPR, i))
        : hop.helper(clampInt, hop.inputArg(INT_REPR, i));
      return hop.emit("int_cast", [clamped], UInt8);
    }
    const word = isFloat ? toInt32OfFloat(hop, hop.input(i)) : this.#wordArg(hop, i);
    return word.type === this.storage ? word : hop.emit("int_cast", [word], this.storage);
  }

  /** A value of an item repr as it is stored, outside of a hop. */
  stored(ops: OpList, value: Value, from: Repr): Value {
    if (this.storage === Float || this.storage === SingleFloat) {
      const float = ops.convert(value, from, FLOAT_REPR);
      return this.storage === Float ? float : ops.emit("float_to_single", [float], SingleFloat);
    }
    if (this.storage === Int64 || this.storage === UInt64) return ops.convert(value, from, this.itemRepr(ops.typer));
    if (this.kind === "Uint8ClampedArray") {
      const clamped = from instanceof FloatRepr ? ops.helper(clampFloat, value) : ops.helper(clampInt, value);
      return ops.emit("int_cast", [clamped], UInt8);
    }
    const word = from instanceof FloatRepr ? toInt32OfFloat(ops, value) : value;
    return word.type === this.storage ? word : ops.emit("int_cast", [word], this.storage);
  }

  /** A constant beyond the target's word is taken modulo 2^32 at once. */
  #wordArg(hop: Hop, i: number): Value {
    const known = hop.known(i);
    if (known !== null && typeof known.value === "number") return hop.const(known.value | 0, Int32);
    return hop.inputArg(hop.repr(i) === UINT32_REPR ? UINT32_REPR : INT_REPR, i);
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (!ArrayBuffer.isView(value) || value.constructor.name !== this.kind) return badConst(this, value, place);
    const items = value as unknown as ArrayLike<number | bigint>;
    return place.prebuilt(
      value,
      this,
      () => new LowArrayObject(this.arrayType, items.length),
      (made) => {
        for (let i = 0; i < items.length; i++) made.setItem(i, items[i] as number | bigint);
      },
    );
  }
}

export function typedArrayRepr(kind: TypedArrayKind, typer: Typer): TypedArrayRepr {
  return typer.intern(`typed array ${kind}`, () => new TypedArrayRepr(kind));
}

reprs.on<SomeTypedArray>("typedArray", (s, typer) => typedArrayRepr(s.array, typer));

/** Address of the first item for a C call, which neither collects nor keeps it. */
export function bufferAddress(array: Value, _repr: Repr, ops: OpList): Value {
  return ops.emit("array_items_address", [array], Address);
}

function place(hop: Hop): [array: Value, index: Value] {
  const array = hop.inputNonNull(0);
  const index = hop.inputArg(INT_REPR, 1);
  checkIndex(hop, index, hop.emit("getarraysize", [array], Signed), "typed array");
  return [array, index];
}

lowerings.on("getitem", TypedArrayRepr, (hop, repr) => {
  const [array, index] = place(hop);
  return hop.toResult(repr.load(array, index, hop), repr.itemRepr(hop.typer));
});
lowerings.on("setitem", TypedArrayRepr, (hop, repr) => {
  const [array, index] = place(hop);
  hop.emit("setarrayitem", [array, index, repr.storedArg(hop, 2)], Void);
  return null;
});
conversions.on(TypedArrayRepr, TypedArrayRepr, (v) => v);
lowerings.on("is_true", TypedArrayRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));
pairLowerings.on("eq", TypedArrayRepr, TypedArrayRepr, (hop) => hop.emit("ptr_eq", [hop.input(0), hop.input(1)], Bool));
pairLowerings.on("ne", TypedArrayRepr, TypedArrayRepr, (hop) => hop.emit("ptr_ne", [hop.input(0), hop.input(1)], Bool));
