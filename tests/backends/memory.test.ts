// Objects, arrays, classes and control flow: each graph gives the same on llinterp and natively, with and without type
// pointers, on both word sizes.
import { describe, expect, test } from "vitest";
import { LowArrayObject, LowFunction, LowStruct, SymbolicWord } from "../../rtyper/lltype/memory.ts";
import { parseLowGraphs } from "../../rtyper/lltype/parse.ts";
import { withoutCollector } from "../../rtyper/lltype/transformed.ts";
import {
  Bool,
  Char,
  type Field,
  Float,
  funcType,
  gcArray,
  Int8,
  Int16,
  Int32,
  Int64,
  type LowType,
  OBJECT,
  ptr,
  rawArray,
  Signed,
  SingleFloat,
  STRING,
  Struct,
  UInt8,
  UInt16,
  UInt32,
  VTABLE,
} from "../../rtyper/lltype/types.ts";
import { everyWay, lowString, type ProgramOptions, runNatively, TARGETS } from "./kit.ts";

const field = (name: string, type: LowType, immutable = false): Field => ({ name, type, immutable });

/** A small hierarchy Shape ← Square ← Cube, Shape ← Circle, with a method in the vtable. */
function shapes(): ProgramOptions {
  const shape = new Struct("Shape", true, OBJECT).define([field("size", Signed)]);
  const square = new Struct("Square", true, shape).define([field("tag", UInt8)]);
  const cube = new Struct("Cube", true, square).define([field("depth", Signed)]);
  const circle = new Struct("Circle", true, shape).define([field("radius", Float)]);
  const names = new Map<string, Struct>([shape, square, cube, circle].map((s) => [s.name, s]));
  const method = funcType([ptr(shape)], Signed);
  const vtableType = new Struct("ShapeVTable", false, VTABLE).define([
    field("area", ptr(method), true),
    field("factor", Signed, true),
  ]);
  names.set(vtableType.name, vtableType);
  for (const [i, struct] of [shape, square, cube, circle].entries()) {
    const vtable = new LowStruct(vtableType, 0);
    vtable.name = `${struct.name}.vtable`;
    vtable.set("subclassMin", [1, 2, 3, 4][i] as number);
    vtable.set("subclassMax", [4, 3, 3, 4][i] as number);
    vtable.set("factor", BigInt(i + 1));
    const text = `graph "area.${struct.name}" -> Signed\nb1(p1: Ptr(Shape)):\n    i2 = getfield(p1, "size")\n    i3 = int_mul(i2, ${i + 10})\n    return i3\n`;
    const f = new LowFunction(`area.${struct.name}`, method, parseLowGraphs(text, names)[0] ?? null);
    vtable.set("area", f);
    struct.vtable = vtable;
  }
  const vtables = [shape, square, cube, circle].map(
    (s) => [`${s.name}.vtable`, s.vtable as LowStruct, ptr(vtableType)] as const,
  );
  const prebuilt = new LowStruct(cube, 0);
  prebuilt.set("size", 6n);
  prebuilt.set("depth", 5n);
  return { names, known: [...vtables, ["cube", prebuilt, ptr(shape)]] };
}

describe.each(TARGETS)("%s", (target) => {
  test("fields of every width, filled holes, zeroed memory", async () => {
    const fields = [Bool, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, Signed, Char, Float, SingleFloat];
    const make = (): ProgramOptions => {
      const base = new Struct("Base", true, OBJECT).define([field("b0", UInt8), field("b1", Float)]);
      const all = new Struct("All", true, base).define(fields.map((type, i) => field(`f${i}`, type)));
      return { names: new Map([["All", all]]) };
    };
    const stores = fields.map((type, i) => {
      const value = type === Bool ? "true" : type === Float || type === SingleFloat ? "-2.5" : `${100 + i}`;
      return `    setfield(p1, "f${i}", ${value}: ${type.name})`;
    });
    const loads = fields.map((type, i) => {
      const to = (value: string): string =>
        `    i${i + 500}: Signed = ${value}\n    s${i + 1} = int_mul(s${i}, 31)\n    s${i + 801} = int_add(s${i + 1}, i${i + 500})\n    s${i + 1001} = int_add(s${i + 801}, 0)`;
      const load = `    v${i + 100} = getfield(p1, "f${i}")\n`;
      if (type === Bool) return load + to(`bool_to_int(v${i + 100})`);
      if (type === Char) return load + to(`char_to_int(v${i + 100})`);
      if (type === Float) return load + to(`float_to_int(v${i + 100})`);
      if (type === SingleFloat)
        return `${load}    w${i + 100} = single_to_float(v${i + 100})\n${to(`float_to_int(w${i + 100})`)}`;
      return load + to(type === Signed ? `same_as(v${i + 100})` : `int_cast(v${i + 100})`);
    });
    const sums = loads.map((_, i) => (i === 0 ? "" : `    t${i + 1} = int_xor(t${i}, s${i + 1001})\n`)).join("");
    const text = `
graph test -> Signed
b1():
    p1: Ptr(All) = malloc(type"All")
    i2 = getfield(p1, "b0")
    s0: Signed = int_cast(i2)
${stores.join("\n")}
${loads.join("\n")}
    t1: Signed = same_as(s1001)
${sums}    return t${loads.length - 1}
`;
    await everyWay(text, target, make);
  });

  for (const removed of [false, true]) {
    const gc = withoutCollector("bump", removed);
    const withGc = (make: () => ProgramOptions) => (): ProgramOptions => ({ ...make(), gc });

    test(`classes: dispatch, instance tests, new cls(), type pointer ${!removed}`, async () => {
      const text = `
graph test -> Signed
b1():
    check_instance(@cube, type"Square", "not a square")
    i1: Signed = direct_call(@probe, @cube)
    p2: Ptr(Circle) = malloc(type"Circle")
    setfield(p2, "size", 3)
    i3: Signed = direct_call(@probe, p2)
    p4: Ptr(Shape) = malloc_of_class(@"Square.vtable")
    setfield(p4, "size", 2)
    i5: Signed = direct_call(@probe, p4)
    p6: Ptr(ShapeVTable) = class_of(p4)
    b7 = ptr_eq(p6, @"Square.vtable")
    i8: Signed = bool_to_int(b7)
    i9 = int_mul(i1, 100000)
    i10 = int_mul(i3, 300)
    i11 = int_add(i9, i10)
    i12 = int_add(i11, i5)
    i13 = int_add(i12, i8)
    return i13

graph probe -> Signed
b1(p1: Ptr(Shape)):
    p2: Ptr(ShapeVTable) = class_of(p1)
    p3 = getfield(p2, "area")
    i4 = indirect_call(p3, p1, null: Void)
    i5 = getfield(p2, "factor")
    b6 = is_instance(p1, type"Square")
    b7 = is_instance(p1, type"Cube")
    b8 = is_instance(p1, type"Shape")
    b9 = class_is_subclass(p2, @"Square.vtable")
    i10: Signed = bool_to_int(b6)
    i11: Signed = bool_to_int(b7)
    i12: Signed = bool_to_int(b8)
    i13: Signed = bool_to_int(b9)
    i14 = int_mul(i4, 16)
    i15 = int_shl(i10, 3)
    i16 = int_shl(i11, 2)
    i17 = int_shl(i12, 1)
    i18 = int_add(i14, i15)
    i19 = int_add(i18, i16)
    i20 = int_add(i19, i17)
    i21 = int_add(i20, i13)
    i22 = int_add(i21, i5)
    return i22
`;
      await everyWay(text, target, withGc(shapes));
    });
  }

  test("arrays: copy with overlap, fill, compare, shrink", async () => {
    const text = `
graph test -> Signed
b1():
    p1: Ptr(GcArray(Int32)) = malloc_varsize(type"GcArray(Int32)", 20)
    i2 = getarraysize(p1)
    array_fill(p1, 2, 5, 7: Int32)
    array_fill(p1, 10, 5, 0: Int32)
    setarrayitem(p1, 0, 1: Int32)
    setarrayitem(p1, 1, -2: Int32)
    array_copy(p1, 0, p1, 1, 10)
    array_copy(p1, 5, p1, 3, 10)
    i3: Signed = direct_call(@digest, p1)
    p4: Ptr(GcArray(UInt16)) = malloc_varsize_uninit(type"GcArray(UInt16)", 9)
    array_fill(p4, 0, 9, 513: UInt16)
    p5: Ptr(GcArray(UInt16)) = malloc_varsize(type"GcArray(UInt16)", 9)
    array_copy(p4, 0, p5, 0, 9)
    i6 = array_compare(p4, 0, p5, 0, 9)
    setarrayitem(p5, 6, 256: UInt16)
    i7 = array_compare(p4, 0, p5, 0, 9)
    i8 = array_compare(p5, 0, p4, 0, 9)
    i9 = array_compare(p5, 0, p4, 0, 6)
    b10 = int_gt(i7, 0)
    b11 = int_lt(i8, 0)
    i12: Signed = bool_to_int(b10)
    i13: Signed = bool_to_int(b11)
    array_shrink(p5, 4)
    i14 = getarraysize(p5)
    i15 = int_mul(i3, 100)
    i16 = int_add(i15, i12)
    i17 = int_add(i16, i13)
    i18 = int_add(i17, i6)
    i19 = int_add(i18, i9)
    i20 = int_add(i19, i14)
    i21 = int_add(i20, i2)
    return i21

graph digest -> Signed
b1(p1: Ptr(GcArray(Int32))):
    goto b2(p1, 0, 17)
b2(p2: Ptr(GcArray(Int32)), i3: Signed, i4: Signed):
    i5 = getarraysize(p2)
    b6 = int_lt(i3, i5)
    if b6 goto b3(p2, i3, i4)
    else return i4
b3(p7: Ptr(GcArray(Int32)), i8: Signed, i9: Signed):
    check_index(i8, 20, "index")
    i10 = getarrayitem(p7, i8)
    i11: Signed = int_cast(i10)
    i12 = int_mul(i9, 3)
    i13 = int_add(i12, i11)
    i14 = int_add(i8, 1)
    goto b2(p7, i14, i13)
`;
    await everyWay(text, target);
  });

  test("items that are structs, items of pairs, strings, doubles", async () => {
    const make = (): ProgramOptions => {
      const entry = new Struct("Entry", false).define([
        field("key", ptr(STRING)),
        field("flag", UInt8),
        field("value", Float),
      ]);
      const table = new LowArrayObject(gcArray(entry), 2);
      (table.getItem(1) as LowStruct).set("key", lowString("prebuilt"));
      (table.getItem(1) as LowStruct).set("value", 2.25);
      const names = new Map<string, Struct>([["Entry", entry]]);
      return { names, known: [["table", table, ptr(gcArray(entry))]] };
    };
    const text = `
graph test -> Signed
b1():
    p1: Ptr(GcArray(Entry)) = malloc_varsize(type"GcArray(Entry)", 5)
    setinteriorfield(p1, 3, "value", 1.75)
    setinteriorfield(p1, 3, "flag", 9: UInt8)
    p2 = getinteriorfield(@table, 1, "key")
    setinteriorfield(p1, 3, "key", p2)
    array_copy(p1, 3, p1, 2, 2)
    p3 = getinteriorfield(p1, 2, "key")
    i4 = getarraysize(p3)
    f5 = getinteriorfield(p1, 2, "value")
    f6 = getinteriorfield(@table, 1, "value")
    f7 = float_add(f5, f6)
    f8 = float_mul(f7, 100.0)
    i9: Signed = float_to_int(f8)
    p10 = getinteriorfield(p1, 4, "key")
    b11 = ptr_is_null(p10)
    b12 = ptr_nonnull(p3)
    b13 = ptr_ne(p3, p10)
    b14 = bool_eq(b11, b12)
    b15 = bool_eq(b14, b13)
    check_true(b15, "nulls")
    check_nonnull(p3, "null")
    i16 = getinteriorfield(p1, 2, "flag")
    i17: Signed = int_cast(i16)
    i18 = int_mul(i9, 100)
    i19 = int_add(i18, i4)
    i20 = int_add(i19, i17)
    return i20
`;
    expect(await everyWay(text, target, make)).toBe(40017n);
  });

  test("switches, also with a second edge to one block", async () => {
    const text = `
graph test -> Signed
b1():
    goto b2(0, 0)
b2(i1: Signed, i2: Signed):
    b3 = int_lt(i1, 12)
    if b3 goto b3(i1, i2)
    else return i2
b3(i4: Signed, i5: Signed):
    switch i4
    case 0n goto b4(i4, i5, 5)
    case 3n goto b4(i4, i5, 11)
    case -7n goto b4(i4, i5, 1)
    case 5n goto b4(i4, i5, 2)
    default goto b5(i4, i5)
b5(i6: Signed, i7: Signed):
    b8 = int_gt(i6, 8)
    if b8 goto b4(i6, i7, 100)
    else goto b4(i6, i7, 200)
b4(i9: Signed, i10: Signed, i11: Signed):
    i12 = int_mul(i10, 3)
    i13 = int_add(i12, i11)
    i14 = int_add(i9, 1)
    goto b2(i14, i13)
`;
    await everyWay(text, target);
  });

  test("flags, overflow pairs, casts, nulls", async () => {
    const text = `
graph test -> Signed
b1():
    i1: Signed = direct_call(@halve, 9)
    i2 = load_flag()
    i3: Signed = direct_call(@halve, 8)
    i4 = load_flag()
    i5: Signed = direct_call(@saturate, -5, 7)
    i6: Signed = direct_call(@saturate, -5, 2147483647)
    i7 = int_mul(i1, 7)
    i8 = int_add(i7, i2)
    i9 = int_mul(i8, 7)
    i10 = int_add(i9, i3)
    i11 = int_mul(i10, 7)
    i12 = int_add(i11, i4)
    i13 = int_mul(i12, 7)
    i14 = int_add(i13, i5)
    i15 = int_xor(i14, i6)
    return i15

graph halve -> Signed
b1(i1: Signed):
    i2 = int_and(i1, 1)
    store_flag(i2)
    i3 = int_shr(i1, 1)
    return i3

graph saturate -> Signed
b1(i1: Signed, i2: Signed):
    b3 = int_mul_overflows(i1, i2)
    i4 = int_mul(i1, i2)
    if b3 return -1 unlikely
    else goto b2(i4, i2)
b2(i5: Signed, i6: Signed):
    b7 = int_sub_overflows(i5, i6)
    i8 = int_sub(i5, i6)
    b9 = likely(b7)
    if b9 return 0
    else return i8
`;
    await everyWay(text, target);
  });

  test("raw memory and addresses", async () => {
    const make = (): ProgramOptions => {
      const pair = new Struct("Pair", true, OBJECT).define([field("a", Int16), field("b", ptr(STRING))]);
      return { names: new Map([["Pair", pair]]) };
    };
    const text = `
graph test -> Signed
b1():
    p1: Ptr(GcArray(UInt8)) = malloc_varsize(type"GcArray(UInt8)", 64)
    r2 = array_items_address(p1)
    raw_store(r2, 3, 123456789: Int32)
    raw_store(r2, 20, 2.5)
    r3 = address_add(r2, 32)
    raw_copy(r2, r3, 30)
    raw_clear(r2, 16)
    i4: Int32 = raw_load(r3, 3)
    i5: Int32 = raw_load(r2, 3)
    f6: Float = raw_load(r3, 20)
    i7: Signed = float_to_int(f6)
    i8: Signed = int_cast(i4)
    i9: Signed = int_cast(i5)
    i10 = int_add(i8, i9)
    i11 = int_add(i10, i7)
    i12 = address_sub(r3, r2)
    b13 = address_lt(r2, r3)
    b14 = address_eq(r2, r3)
    b15 = bool_eq(b13, b14)
    check_true(b13, "order")
    i16: Signed = bool_to_int(b15)
    i17 = int_mul(i11, 10)
    i18 = int_add(i17, i16)
    i19 = int_add(i18, i12)
    i20 = offset_of(type"Pair", "b")
    i21 = size_of(type"Pair")
    i22 = type_id(type"Pair")
    p23: Ptr(Pair) = malloc(type"Pair")
    r24 = ptr_to_address(p23)
    i25: UInt16 = raw_load(r24, 0)
    i26: Signed = int_cast(i25)
    b27 = int_eq(i26, i22)
    check_true(b27, "type id")
    p28: Ptr(Pair) = address_to_ptr(r24)
    b29 = ptr_eq(p23, p28)
    check_true(b29, "pointer")
    i30 = address_to_int(r24)
    r31 = int_to_address(i30)
    b32 = address_eq(r24, r31)
    check_true(b32, "address")
    p33: Ptr(WeakRef) = weakref_create(p23)
    p34: Ptr(Pair) = weakref_deref(p33)
    b35 = ptr_eq(p34, p23)
    check_true(b35, "weak reference")
    i36 = identity_hash(p23)
    i37 = identity_hash(p34)
    b38 = int_eq(i36, i37)
    check_true(b38, "hash")
    keep_alive(p23)
    i39 = int_mul(i20, 1000)
    i40 = int_add(i39, i21)
    i41 = int_add(i40, i19)
    return i41
`;
    const word = target === "x86-64" ? 8 : 4;
    const expected = BigInt((123456789 + 2) * 10 + 32 + 2 * word * 1000 + 4 * word);
    expect(await runNatively(text, target, make())).toBe(expected);
  });

  test("symbolic words in prebuilt data", async () => {
    const make = (): ProgramOptions => {
      const thing = new Struct("Thing", true, OBJECT).define([field("x", Signed)]);
      const table = new LowArrayObject(rawArray(Signed, true), 3);
      table.setItem(0, new SymbolicWord("type_id", thing));
      table.setItem(1, new SymbolicWord("size_of", thing));
      table.setItem(2, new SymbolicWord("offset_of", thing, "x"));
      const names = new Map<string, Struct>([["Thing", thing]]);
      return { names, known: [["table", table, ptr(rawArray(Signed, true))]] };
    };
    const text = `
graph test -> Signed
b1():
    i1 = getarrayitem(@table, 0)
    i2 = type_id(type"Thing")
    b3 = int_eq(i1, i2)
    check_true(b3, "id")
    i4 = getarrayitem(@table, 1)
    i5 = getarrayitem(@table, 2)
    i6 = int_mul(i4, 100)
    i7 = int_add(i6, i5)
    return i7
`;
    const word = target === "x86-64" ? 8n : 4n;
    expect(await runNatively(text, target, make())).toBe(word * 300n + 2n * word);
  });
});
