// `--lldebug`: broken preconditions stop the program at the operation.
import { expect, test } from "vitest";
import { LowStruct } from "../../rtyper/lltype/memory.ts";
import { OBJECT, ptr, Signed, Struct } from "../../rtyper/lltype/types.ts";
import { buildAndRun } from "./kit.ts";

const animal = new Struct("Animal", true, OBJECT).define([{ name: "legs", type: Signed, immutable: false }]);
const dog = new Struct("Dog", true, animal).define([]);
const cat = new Struct("Cat", true, animal).define([]);
const names = new Map([animal, dog, cat].map((s) => [s.name, s]));
const known = [
  ["zero", new LowStruct(animal, 0), ptr(animal)],
  ["cat", new LowStruct(cat, 0), ptr(animal)],
] as const;

const ARRAY = '    p1: Ptr(GcArray(Signed)) = malloc_varsize(type"GcArray(Signed)", 4)\n';

test.each([
  ['i2 = getfield(null: Ptr(Animal), "legs")', "getfield of null"],
  [`${ARRAY.trim()}\n    i2 = getarrayitem(p1, 4)`, "index of getarrayitem out of range"],
  [`${ARRAY.trim()}\n    setarrayitem(p1, -1, 3)`, "index of setarrayitem out of range"],
  [`${ARRAY.trim()}\n    array_copy(p1, 1, p1, 2, 3)`, "range of array_copy outside the array"],
  ['i1 = getfield(@zero, "legs")\n    i2 = int_div(5, i1)', "int_div by zero"],
  ['i1 = getfield(@zero, "legs")\n    i2 = int_sub(i1, 1)\n    i3 = int_shl(i1, i2)', "count of int_shl out of range"],
  ['p1: Ptr(Dog) = cast_pointer(@cat)\n    p2: Ptr(Dog) = malloc(type"Dog")\n    b3 = ptr_eq(p1, p2)', "cast to Dog"],
])("%s", async (body, message) => {
  const text = `\ngraph main -> Signed\nb1():\n    ${body}\n    return 0\n`;
  const result = await buildAndRun(text, "x86-64", { names, known }, { lldebug: true, optimize: 0 });
  expect(result).toMatchObject({ code: 70, stdout: "" });
  expect(result.stderr).toContain(`fatal error: assertion: ${message}\n`);
});

test("right ones pass", async () => {
  const text = `
graph main -> Signed
b1():
${ARRAY}    array_copy(p1, 0, p1, 2, 2)
    array_fill(p1, 1, 3, 5)
    p2: Ptr(Cat) = cast_pointer(@cat)
    p3: Ptr(Dog) = cast_pointer(null: Ptr(Animal))
    i4 = getfield(p2, "legs")
    i5 = getarrayitem(p1, 3)
    i6 = int_add(i4, i5)
    return i6
`;
  const result = await buildAndRun(text, "x86-64", { names, known }, { lldebug: true });
  expect(result).toMatchObject({ code: 5, stderr: "" });
});
