/**
 * The vocabulary of run-time helpers and of the collectors (`rlib/lowlevel.ts`): each word is one or two operations, and
 * none of them is checked.
 */
import { Constant, type Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import type { ExternalFunction } from "../lltype/memory.ts";
import { zeroValue } from "../lltype/memory.ts";
import {
  Address,
  Bool,
  Char,
  FLAG_SUFFIX,
  Float,
  Int32,
  LowArray,
  type LowType,
  PairType,
  Primitive,
  Ptr,
  pairType,
  ptrTo,
  Signed,
  SingleFloat,
  STRING,
  Struct,
  UInt8,
  UInt16,
  UInt32,
  Void,
} from "../lltype/types.ts";
import { ADDRESS_REPR, GCREF_REPR } from "../repr/address.ts";
import { BOOL_REPR } from "../repr/bool.ts";
import { CHAR_REPR } from "../repr/char.ts";
import { FLOAT_REPR } from "../repr/float.ts";
import { checkedCast, type InstanceRepr } from "../repr/instance.ts";
import { INT_REPR } from "../repr/int.ts";
import { STRING_REPR } from "../repr/string.ts";
import { builtins, type Repr } from "../repr.ts";
import { boolResult, intArg, intResult } from "./arguments.ts";

/** What operand i points to. */
function pointee(hop: Hop, i: number): Ptr["to"] {
  const type = hop.repr(i).lowType;
  if (type instanceof Ptr) return type.to;
  throw new Error(`rtyper: no pointer: ${hop.describe()}`);
}

/** Item type of what operand i points to. */
function itemType(hop: Hop, i: number): LowType {
  const to = pointee(hop, i);
  const item = to instanceof LowArray ? to.item : to instanceof Struct ? to.varItem : null;
  if (item === null) throw new Error(`rtyper: no array: ${hop.describe()}`);
  return item;
}

/** The type by which helpers hold what memory stores as `type`. */
function held(type: LowType): LowType {
  if (!(type instanceof Primitive)) return type;
  if (type === SingleFloat) return Float;
  return type.kind === "integer" && type.bits > 0 && type.bits <= 32 ? Signed : type;
}

function reprOfType(hop: Hop, type: LowType): Repr {
  return hop.typer.reprOf(hop.typer.someOfLowType(type));
}

/** A value read from memory as the result. */
function readResult(hop: Hop, raw: Value): Value {
  const type = raw.type as LowType;
  const to = held(type);
  const value = to === type ? raw : hop.emit(type === SingleFloat ? "single_to_float" : "int_cast", [raw], to);
  return hop.toResult(value, reprOfType(hop, to));
}

/** Operand i as memory stores it. */
function storedArg(hop: Hop, i: number, type: LowType): Value {
  const value = hop.inputArg(reprOfType(hop, held(type)), i);
  if (value.type === type) return value;
  return hop.emit(type === SingleFloat ? "float_to_single" : "int_cast", [value], type);
}

// Allocation.
builtins.on("lowlevel.newArrayLike", (hop) => newVarsize(hop, pointee(hop, 0), intArg(hop, 1)));
builtins.on("lowlevel.newStructLike", (hop) => {
  const type = hop.repr(0).lowType as Ptr;
  return hop.emit("malloc", [hop.void(type.to)], type);
});
builtins.on("lowlevel.newFieldArray", (hop) => {
  const struct = pointee(hop, 0) as Struct;
  const field = struct.findField(hop.known(1)?.value as string);
  if (field === null) throw new Error(`rtyper: no such field: ${hop.describe()}`);
  return newVarsize(hop, (field.type as Ptr).to, intArg(hop, 2));
});

function newVarsize(hop: Hop, type: Ptr["to"], n: Value): Value {
  const to = hop.resultRepr.lowType as Ptr;
  return hop.emit("malloc_varsize", [hop.void(type), n], to);
}

// Arrays.
builtins.on("lowlevel.arrayCopy", (hop) => {
  const [source, target] = [hop.input(0), hop.input(2)];
  hop.emit("array_copy", [source, intArg(hop, 1), target, intArg(hop, 3), intArg(hop, 4)], Void);
  return null;
});
builtins.on("lowlevel.arrayFill", (hop) => {
  const item = storedArg(hop, 3, itemType(hop, 0));
  hop.emit("array_fill", [hop.input(0), intArg(hop, 1), intArg(hop, 2), item], Void);
  return null;
});
builtins.on("lowlevel.arrayClear", (hop) => {
  const type = itemType(hop, 0);
  // What is no pointer keeps nothing alive.
  if (!(type instanceof Ptr)) return null;
  const zero = hop.const(zeroValue(type), type);
  const count = hop.args[2];
  if (count instanceof Constant && count.value === 1) {
    hop.emit("setarrayitem", [hop.input(0), intArg(hop, 1), zero], Void);
  } else {
    hop.emit("array_fill", [hop.input(0), intArg(hop, 1), intArg(hop, 2), zero], Void);
  }
  return null;
});

/** Type of a field of the inlined items of operand 0: a pair when a flag stands beside it. */
function itemField(hop: Hop): { name: string; type: LowType } {
  const struct = itemType(hop, 0) as Struct;
  const name = hop.known(2)?.value as string;
  const field = struct.findField(name);
  if (field === null) throw new Error(`rtyper: no such field: ${hop.describe()}`);
  const isPair = struct.findField(`${name}${FLAG_SUFFIX}`) !== null;
  return { name, type: isPair ? pairType(field.type as Primitive) : field.type };
}

builtins.on("lowlevel.getItemField", (hop) => {
  const { name, type } = itemField(hop);
  const [table, index] = [hop.input(0), intArg(hop, 1)];
  if (!(type instanceof PairType)) {
    return readResult(hop, hop.emit("getinteriorfield", [table, index, hop.void(name)], type));
  }
  const value = hop.emit("getinteriorfield", [table, index, hop.void(name)], type.value);
  const flag = hop.emit("getinteriorfield", [table, index, hop.void(`${name}${FLAG_SUFFIX}`)], UInt8);
  return hop.toResult(hop.pairMake(value, hop.emit("int_cast", [flag], Signed), type), reprOfType(hop, type));
});

function setItemField(hop: Hop, name: string, value: Value): void {
  const [table, index] = [hop.input(0), intArg(hop, 1)];
  if (!(value.type instanceof PairType)) {
    hop.emit("setinteriorfield", [table, index, hop.void(name), value], Void);
    return;
  }
  hop.emit("setinteriorfield", [table, index, hop.void(name), hop.pairValue(value)], Void);
  const flag = hop.emit("int_cast", [hop.pairFlag(value)], UInt8);
  hop.emit("setinteriorfield", [table, index, hop.void(`${name}${FLAG_SUFFIX}`), flag], Void);
}

builtins.on("lowlevel.setItemField", (hop) => {
  const { name, type } = itemField(hop);
  const value = type instanceof PairType ? hop.inputArg(reprOfType(hop, type), 3) : storedArg(hop, 3, type);
  setItemField(hop, name, value);
  return null;
});
builtins.on("lowlevel.clearItemField", (hop) => {
  const { name, type } = itemField(hop);
  if (type instanceof Ptr) setItemField(hop, name, hop.const(null, type));
  return null;
});

// Strings.
function string(hop: Hop, i: number): Value {
  return hop.inputArg(STRING_REPR, i);
}

function newString(hop: Hop, n: Value): Value {
  return hop.emit("malloc_varsize_uninit", [hop.void(STRING), n], ptrTo.string);
}

builtins.on("lowlevel.newUnits", (hop) => newString(hop, intArg(hop, 0)));
builtins.on("lowlevel.setUnit", (hop) => {
  const unit = hop.emit("int_to_char", [intArg(hop, 2)], Char);
  hop.emit("setarrayitem", [string(hop, 0), intArg(hop, 1), unit], Void);
  return null;
});
builtins.on("lowlevel.copyUnits", (hop) => {
  const [from, to] = [string(hop, 0), string(hop, 2)];
  hop.emit("array_copy", [from, intArg(hop, 1), to, intArg(hop, 3), intArg(hop, 4)], Void);
  return null;
});
builtins.on("lowlevel.copyOfUnits", (hop) => {
  const made = newString(hop, intArg(hop, 2));
  hop.emit("array_copy", [string(hop, 0), hop.int(0), made, hop.int(0), intArg(hop, 1)], Void);
  return made;
});
builtins.on("lowlevel.buildString", (hop) => {
  const made = string(hop, 0);
  hop.emit("array_shrink", [made, intArg(hop, 1)], Void);
  return made;
});
builtins.on("lowlevel.wholeString", (hop) => string(hop, 0));
builtins.on("lowlevel.compareUnits", (hop) => {
  const args = [string(hop, 0), intArg(hop, 1), string(hop, 2), intArg(hop, 3), intArg(hop, 4)];
  return intResult(hop, hop.emit("array_compare", args, Signed));
});
builtins.on("lowlevel.unitAt", (hop) => {
  const unit = hop.emit("getarrayitem", [string(hop, 0), intArg(hop, 1)], Char);
  return intResult(hop, hop.emit("char_to_int", [unit], Signed));
});
builtins.on("lowlevel.unitToChar", (hop) => hop.toResult(hop.emit("int_to_char", [intArg(hop, 0)], Char), CHAR_REPR));
builtins.on("lowlevel.getCachedHash", (hop) => intResult(hop, hop.getField(string(hop, 0), "hash", Signed)));
builtins.on("lowlevel.setCachedHash", (hop) => {
  hop.setField(string(hop, 0), "hash", intArg(hop, 1));
  return null;
});

// Identity.
builtins.on("lowlevel.isNull", (hop) => {
  const value = hop.input(0);
  return boolResult(hop, value.type instanceof Ptr ? hop.isNull(value) : hop.bool(value.type === Void));
});
builtins.on("lowlevel.sameObject", (hop) => {
  const [a, b] = [hop.input(0), hop.input(1)];
  if (!(a.type instanceof Ptr)) return boolResult(hop, hop.again("eq", [hop.typed(0), hop.typed(1)], hop.resultSome));
  return boolResult(hop, hop.emit("ptr_eq", [a, hop.cast(b, a.type)], Bool));
});

// References to any object.
builtins.on("lowlevel.toGcRef", (hop) => hop.cast(hop.input(0), ptrTo.object));
builtins.on("lowlevel.fromGcRef", (hop) => {
  const repr = hop.resultRepr as InstanceRepr;
  return checkedCast(hop.inputArg(GCREF_REPR, 0), false, repr, hop);
});
builtins.on("lowlevel.gcRefAt", (hop) => hop.emit("address_to_ptr", [address(hop, 0)], ptrTo.object));
builtins.on("lowlevel.addressOfGcRef", (hop) =>
  hop.toResult(hop.emit("ptr_to_address", [hop.inputArg(GCREF_REPR, 0)], Address), ADDRESS_REPR),
);

// Words.
builtins.on("lowlevel.wordDiv", (hop) => intResult(hop, hop.emit("int_div", [intArg(hop, 0), intArg(hop, 1)], Signed)));
builtins.on("lowlevel.wordMod", (hop) => intResult(hop, hop.emit("int_mod", [intArg(hop, 0), intArg(hop, 1)], Signed)));
builtins.on("lowlevel.wordBytes", (hop) => intResult(hop, hop.int(hop.typer.wordBits / 8)));

// Raw memory.
const RAW_MALLOC: ExternalFunction = {
  name: "rts_raw_malloc",
  args: [Signed],
  result: Address,
  library: null,
  pure: false,
  run: null,
};
const RAW_FREE: ExternalFunction = {
  name: "rts_raw_free",
  args: [Address, Signed],
  result: Void,
  library: null,
  pure: false,
  run: null,
};

function address(hop: Hop, i: number): Value {
  return hop.inputArg(ADDRESS_REPR, i);
}

builtins.on("lowlevel.rawMalloc", (hop) => hop.emit("external_call", [hop.void(RAW_MALLOC), intArg(hop, 0)], Address));
builtins.on("lowlevel.rawFree", (hop) => {
  hop.emit("external_call", [hop.void(RAW_FREE), address(hop, 0), intArg(hop, 1)], Void);
  return null;
});
builtins.on("lowlevel.rawCopy", (hop) => {
  hop.emit("raw_copy", [address(hop, 0), address(hop, 1), intArg(hop, 2)], Void);
  return null;
});
builtins.on("lowlevel.rawClear", (hop) => {
  hop.emit("raw_clear", [address(hop, 0), intArg(hop, 1)], Void);
  return null;
});

builtins.on("address.add", (hop) => hop.emit("address_add", [address(hop, 0), intArg(hop, 1)], Address));
builtins.on("address.diff", (hop) =>
  intResult(hop, hop.emit("address_sub", [address(hop, 0), address(hop, 1)], Signed)),
);
builtins.on("address.equals", (hop) =>
  boolResult(hop, hop.emit("address_eq", [address(hop, 0), address(hop, 1)], Bool)),
);
builtins.on("address.below", (hop) =>
  boolResult(hop, hop.emit("address_lt", [address(hop, 0), address(hop, 1)], Bool)),
);
builtins.on("address.isNull", (hop) => {
  const zero = hop.emit("int_to_address", [hop.int(0)], Address);
  return hop.toResult(hop.emit("address_eq", [address(hop, 0), zero], Bool), BOOL_REPR);
});
builtins.on("address.toInt", (hop) => intResult(hop, hop.emit("address_to_int", [address(hop, 0)], Signed)));

/** Loads and stores by the type in memory; `wide` is what the program holds. */
const MEMORY: readonly (readonly [string, Primitive, Repr])[] = [
  ["Word", Signed, INT_REPR],
  ["Address", Address, ADDRESS_REPR],
  ["Int32", Int32, INT_REPR],
  ["UInt32", UInt32, INT_REPR],
  ["UInt16", UInt16, INT_REPR],
  ["UInt8", UInt8, INT_REPR],
  ["Float", Float, FLOAT_REPR],
];
for (const [name, type, wide] of MEMORY) {
  builtins.on(`address.load${name}`, (hop) => {
    const raw = hop.emit("raw_load", [address(hop, 0), intArg(hop, 1)], type);
    return hop.toResult(type === wide.lowType ? raw : hop.emit("int_cast", [raw], Signed), wide);
  });
  builtins.on(`address.store${name}`, (hop) => {
    const value = hop.inputArg(wide, 2);
    const raw = type === wide.lowType ? value : hop.emit("int_cast", [value], type);
    hop.emit("raw_store", [address(hop, 0), intArg(hop, 1), raw], Void);
    return null;
  });
}
