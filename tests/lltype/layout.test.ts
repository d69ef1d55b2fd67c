// Layout: the rules that other parts rely on, as properties of random structs, and agreement with C for raw structs.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VTABLE_TYPE_ID } from "../../gc/typetable.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import {
  Address,
  Bool,
  Char,
  type Field,
  Float,
  gcArray,
  Int8,
  Int16,
  Int32,
  Int64,
  type LowType,
  OBJECT,
  type Primitive,
  ptr,
  rawArray,
  Signed,
  SingleFloat,
  STRING,
  Struct,
  UInt8,
  UInt32,
  Void,
  VTABLE,
  WEAKREF,
} from "../../rtyper/lltype/types.ts";
import { VM_FIELDS, vmOffset, vmSize } from "../../rtyper/lltype/vm.ts";

const TYPES: readonly LowType[] = [
  ...[Signed, Int8, Int16, Int32, Int64, UInt8, UInt32, Float, SingleFloat, Bool, Char, Address],
  ptr(OBJECT),
];

const configurations = [4, 8].flatMap((wordBytes) =>
  [true, false].map((typePointer) => ({ wordBytes: wordBytes as 4 | 8, typePointer })),
);

let structs = 0;

function makeStruct(types: readonly LowType[], gc: boolean, base: Struct | null = null): Struct {
  const prefix = `s${structs++}_`;
  const fields = types.map((type, i): Field => ({ name: `${prefix}${i}`, type, immutable: false }));
  return new Struct(prefix, gc, base).define(fields);
}

const fieldTypes = fc.array(fc.constantFrom(...TYPES), { maxLength: 12 });

describe.each(configurations)("$wordBytes-byte words, type pointer $typePointer", (config) => {
  const layout = new Layout(config);
  const word = config.wordBytes;

  test("fields are aligned, disjoint, inside; a derived struct keeps its base's offsets", () => {
    const chain = fc.tuple(fieldTypes, fieldTypes, fieldTypes);
    fc.assert(
      fc.property(chain, fc.boolean(), ([a, b, c], gc) => {
        const base = makeStruct(a, gc, gc ? OBJECT : null);
        const middle = makeStruct(b, gc, base);
        const derived = makeStruct(c, gc, middle);
        const { offsets, size } = layout.struct(derived);
        const used = new Uint8Array(size);
        const header = gc ? (config.typePointer ? 2 * word : word) : 0;
        used.fill(1, 0, header);
        for (const field of derived.allFields()) {
          const at = offsets.get(field.name) as number;
          expect(at % layout.alignOf(field.type)).toBe(0);
          for (let i = at; i < at + layout.sizeOf(field.type); i++) {
            expect(used[i]).toBe(0);
            used[i] = 1;
          }
        }
        for (const field of middle.allFields())
          expect(offsets.get(field.name)).toBe(layout.offsetOf(middle, field.name));
        if (gc) expect(size % word).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test("a struct without base has no holes before its end", () => {
    fc.assert(
      fc.property(fieldTypes, (types) => {
        const made = makeStruct(types, true);
        const bytes = types.reduce<number>((sum, type) => sum + layout.sizeOf(type), word);
        expect(layout.struct(made).size).toBe(Math.ceil(bytes / word) * word);
      }),
    );
  });

  test("strings and arrays", () => {
    expect(layout.offsetOf(STRING, "hash")).toBe(word);
    expect(layout.itemsOf(STRING)).toMatchObject({ lengthOffset: 2 * word, itemsOffset: 3 * word, itemSize: 2 });
    expect(layout.objectSize(STRING, 3)).toBe(3 * word + 8);
    expect(layout.array(gcArray(Float))).toMatchObject({ lengthOffset: word, itemsOffset: 2 * word, itemSize: 8 });
    expect(layout.array(rawArray(UInt8))).toMatchObject({ lengthOffset: 0, itemsOffset: word, itemSize: 1 });
    const pair = makeStruct([Float, UInt8], false);
    expect(layout.array(gcArray(pair)).itemSize).toBe(8 + word);
  });

  test("every object has room for a forwarding address; weak references for a link", () => {
    expect(layout.objectSize(OBJECT)).toBe(2 * word);
    expect(layout.objectSize(WEAKREF)).toBe(3 * word);
  });

  test("vtables start with the subclass range", () => {
    expect(layout.offsetOf(VTABLE, "subclassMin")).toBe(0);
    expect(layout.offsetOf(VTABLE, "subclassMax")).toBe(4);
    expect(layout.offsetOf(VTABLE, "typeId")).toBe(VTABLE_TYPE_ID);
  });

  test("fields of type Void take no room", () => {
    const made = makeStruct([Void, Signed, Void], true);
    expect(layout.struct(made).size).toBe(2 * word);
  });

  test("the Vm struct", () => {
    expect(vmSize(word)).toBe(VM_FIELDS.length * word);
    expect(vmOffset("exception", word)).toBe(0);
    expect(vmOffset("nurseryTop", word)).toBe(3 * word);
  });
});

const C_TYPES = new Map<LowType, string>([
  [Signed, "intptr_t"],
  [Int8, "int8_t"],
  [Int16, "int16_t"],
  [Int32, "int32_t"],
  [Int64, "int64_t"],
  [UInt8, "uint8_t"],
  [UInt32, "uint32_t"],
  [Float, "double"],
  [SingleFloat, "float"],
  [Bool, "_Bool"],
  [Char, "uint16_t"],
  [Address, "void *"],
  [ptr(OBJECT), "void *"],
]);

test.each([
  ["-m64", 8],
  ["-m32", 4],
] as const)("raw structs are laid out as C does it, %s", (flag, wordBytes) => {
  const layout = new Layout({ wordBytes, typePointer: false });
  const samples = fc.sample(fieldTypes, { numRuns: 40, seed: 5 }).filter((types) => types.length > 0);
  let text = "#include <stddef.h>\n#include <stdint.h>\n";
  for (const [k, types] of samples.entries()) {
    const made = makeStruct(types, false);
    text += `struct s${k} {${types.map((type, i) => ` ${C_TYPES.get(type as Primitive)} f${i};`).join("")} };\n`;
    for (const [i, field] of made.ownFields.entries()) {
      text += `_Static_assert(offsetof(struct s${k}, f${i}) == ${layout.offsetOf(made, field.name)}, "");\n`;
    }
    text += `_Static_assert(sizeof(struct s${k}) == ${layout.sizeOf(made)}, "");\n`;
  }
  const file = join(mkdtempSync(join(tmpdir(), "rts-layout-")), "layout.c");
  writeFileSync(file, text);
  execFileSync("clang-19", [flag, "-fsyntax-only", file], { stdio: "pipe" });
});
