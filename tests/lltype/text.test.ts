// Low-level types and graphs as text: printing and parsing are inverse; the verifier names what is wrong.
import { expect, test } from "vitest";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { LowConstants, parseLowGraphs, parseType } from "../../rtyper/lltype/parse.ts";
import { printLowGraph } from "../../rtyper/lltype/print.ts";
import { resultTypeOf } from "../../rtyper/lltype/signature.ts";
import { funcType, OBJECT, Opaque, ptr, Signed, Struct } from "../../rtyper/lltype/types.ts";
import { requireValidFunction, verifyLowGraph } from "../../rtyper/lltype/verify.ts";
import type { FunctionGraph } from "../../translator/flow/model.ts";

const frame = new Struct("goal/python/frame.ts#Frame", true, OBJECT);
frame.define([
  { name: "pc", type: Signed, immutable: false },
  { name: "back", type: ptr(frame), immutable: true },
]);
const generic = new Struct("Box<int, List(string)>", true, OBJECT).define([]);
const opaque = new Opaque("Handle", false);
const names = new Map<string, Struct | Opaque>([frame, generic, opaque].map((t) => [t.name, t]));

test.each([
  "Signed",
  "UInt16",
  "Ptr(Object)",
  "Ptr(goal/python/frame.ts#Frame)",
  "GcArray(Ptr(Box<int, List(string)>))",
  "Array(Char, immutable)",
  "Func((Signed, Ptr(Handle)) -> Bool)",
  "Ptr(Func(() -> Void))",
  "Nullable(Float)",
])("the type %s", (text) => {
  const type = parseType(text, names);
  expect(type.toText()).toBe(text);
  expect(parseType(type.toText(), names)).toBe(type);
});

test("a wrong type says where", () => {
  expect(() => parseType("Ptr(Nothing)", names)).toThrow(/unknown type at "Nothing\)"/);
  expect(() => parseType("GcArray(Signed", names)).toThrow(/expected "\)"/);
});

const LOOP = `graph sum -> Signed
b1(p1: Ptr(GcArray(Signed))):
    goto b2(p1, 0, 0)
b2(p2: Ptr(GcArray(Signed)), i3: Signed, i4: Signed):
    i5 = getarraysize(p2)
    b6 = int_lt(i3, i5)
    if b6 goto b3(p2, i3, i4)
    else return i4
b3(p7: Ptr(GcArray(Signed)), i8: Signed, i9: Signed):
    check_index(i8, 10, "out of range")
    i10 = getarrayitem(p7, i8)
    i11 = int_add(i9, i10)
    p12: Ptr(goal/python/frame.ts#Frame) = malloc(type"goal/python/frame.ts#Frame")
    setfield(p12, "pc", i11)
    p13 = getfield(p12, "back")
    b14 = ptr_is_null(p13)
    check_true(b14, "null")
    i15 = int_add(i8, 1)
    goto b2(p7, i15, i11)
`;

function parseOne(text: string): FunctionGraph {
  return parseLowGraphs(text, names)[0] as FunctionGraph;
}

test("print after parse is the text itself", () => {
  const graph = parseOne(LOOP);
  expect(verifyLowGraph(graph)).toEqual([]);
  const printed = printLowGraph(graph, { constants: new LowConstants(names), resultType: resultTypeOf });
  expect(`${printed.trimEnd()}\n`).toBe(LOOP);
});

function problemsOf(body: string): string[] {
  const text = `graph f -> Signed\nb1(i1: Signed, p2: Ptr(Object), i3: Int8):\n${body}\n    return 0\n`;
  return verifyLowGraph(parseOne(text)).map((problem) => problem.message);
}

test.each([
  ["    i4 = int_add(i1, i3)", "operand 1 of int_add has type Int8, expected the integer type Signed"],
  ["    i4 = int_add(i1)", "int_add takes 2 operands, not 1"],
  ["    i4: Bool = int_add(i1, i1)", "the result of int_add has type Bool, expected Signed"],
  ["    i4 = frobnicate(i1)", "unknown operation frobnicate"],
  ["    i4: Signed = getarraysize(p2)", "operand 0 of getarraysize has type Ptr(Object), expected A"],
  ["    b4 = ptr_is_null(i1)", "operand 0 of ptr_is_null has type Signed, expected P"],
  ['    i4: Signed = getfield(p2, "nothing")', "Ptr(Object) has no field nothing"],
])("the verifier on %s", (body, message) => {
  expect(problemsOf(body).join("\n")).toContain(message);
});

test("a function's graph must fit its type", () => {
  const graph = parseOne("graph f -> Signed\nb1(i1: Signed):\n    return i1\n");
  const f = new LowFunction("f", funcType([ptr(OBJECT)], Signed), graph);
  expect(() => requireValidFunction(f)).toThrow("input 0 has type Signed");
});
