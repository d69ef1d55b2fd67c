/**
 * Where the gc transform puts what: allocations taken together, what is cleared of a new object, barriers, roots, the
 * way out when memory is exhausted. Each case is a graph as text and the collector's operations of the result, in order
 * of the blocks.
 */
import { describe, expect, test } from "vitest";
import { COLLECTORS, type Collector, FLAG_BARRIER } from "../../gc/interface.ts";
import { transformProgram } from "../../gc/transform/transform.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { LowStruct } from "../../rtyper/lltype/memory.ts";
import { gcArray, type LowType, OBJECT, ptr, Signed, Struct } from "../../rtyper/lltype/types.ts";
import { Constant, type FunctionGraph, type Operation } from "../../translator/flow/model.ts";
import { operationsOf } from "../../translator/flow/traverse.ts";
import { parseFunctions } from "../backends/kit.ts";

const node = new Struct("Node", true, OBJECT);
node.define([
  { name: "value", type: Signed, immutable: false },
  { name: "next", type: ptr(node), immutable: false },
  { name: "other", type: ptr(node), immutable: false },
]);
const prebuilt = new LowStruct(node, 0);
const names = new Map<string, Struct | LowType>([["Node", node]]);
const GENERATIONS: Collector = { ...COLLECTORS.semispace, barrier: FLAG_BARRIER };

/** A function that collects, and one that does not. */
const HELPERS = `
graph collecting -> Ptr(Node)
b1():
    p1: Ptr(Node) = malloc(type"Node")
    return p1

graph quiet -> Signed
b1(p1: Ptr(Node)):
    i2: Signed = getfield(p1, "value")
    return i2
`;

const SHOWN = /^(gc_|direct_call|exc_set)/;

function textOf(op: Operation): string {
  const args = op.args
    .filter((arg) => arg instanceof Constant && arg.value !== null && typeof arg.value !== "object")
    .map((arg) => String((arg as Constant).value));
  return args.length === 0 ? op.opname : `${op.opname} ${args.join(" ")}`;
}

/** What the transform makes of `main`, one word or more for each operation of interest. */
function transformed(body: string, collector: Collector = GENERATIONS): string[] {
  const known = [
    ["prebuilt", prebuilt, ptr(node)],
    ["list", gcArray(ptr(node)), null],
  ] as const;
  const functions: Map<string, LowFunction> = parseFunctions(`${HELPERS}\ngraph main -> Signed\n${body}`, {
    names: names as never,
    known: known as never,
  });
  transformProgram(functions.values(), collector, new Layout({ wordBytes: 8, typePointer: false }), prebuilt);
  const graph = functions.get("main")?.graph as FunctionGraph;
  return [...operationsOf(graph)].filter((op) => SHOWN.test(op.opname)).map(textOf);
}

const only = (operations: readonly string[], pattern: RegExp): string[] => operations.filter((op) => pattern.test(op));

describe("allocation", () => {
  const pair = (between: string): string => `b1(p0: Ptr(Node)):
    p1: Ptr(Node) = malloc(type"Node")
    setfield(p1, "value", 1)
    setfield(p1, "next", p0)
    ${between}
    p2: Ptr(Node) = malloc(type"Node")
    setfield(p2, "value", 2)
    setfield(p2, "next", p1)
    setfield(p2, "other", p0)
    return 0
`;

  test("neighbours are taken with one comparison, and cleared where nobody writes", () => {
    expect(only(transformed(pair("")), /gc_(bump|clear|call)/)).toEqual([
      "gc_bump 64",
      "gc_call malloc_room 64",
      "gc_clear 8",
    ]);
  });
  test("nothing is cleared in a nursery of zeros", () => {
    expect(only(transformed(pair(""), COLLECTORS.none), /gc_clear/)).toEqual([]);
  });
  test("what may collect separates them", () => {
    const operations = transformed(pair("p9: Ptr(Node) = direct_call(@collecting)"));
    expect(only(operations, /gc_bump/)).toEqual(["gc_bump 32", "gc_bump 32"]);
  });
  test("what does not collect does not, but its look at the object counts", () => {
    const operations = transformed(pair("i9: Signed = direct_call(@quiet, p1)"));
    expect(only(operations, /gc_(bump|clear)/)).toEqual(["gc_bump 64", "gc_clear 8"]);
    const early = transformed(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = malloc(type"Node")
    i2: Signed = direct_call(@quiet, p1)
    setfield(p1, "value", 1)
    setfield(p1, "next", p0)
    setfield(p1, "other", p0)
    return i2
`);
    expect(only(early, /gc_clear/)).toEqual(["gc_clear 24"]);
  });
  test("an object that was stored may be read through another", () => {
    const operations = transformed(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = malloc(type"Node")
    setfield(p1, "next", p0)
    setfield(p0, "other", p1)
    p2: Ptr(Node) = getfield(p0, "other")
    i3: Signed = getfield(p2, "value")
    setfield(p1, "value", 1)
    setfield(p1, "other", p0)
    return i3
`);
    expect(only(operations, /gc_clear/)).toEqual(["gc_clear 8", "gc_clear 8"]);
  });
  test("arrays of constant length are like structs, others are not", () => {
    const array = (length: string): string => `b1(p0: Ptr(Node), i0: Signed):
    p1: Ptr(GcArray(Ptr(Node))) = malloc_varsize(type"GcArray(Ptr(Node))", ${length})
    setarrayitem(p1, 0, p0)
    setarrayitem(p1, 2, p0)
    return 0
`;
    expect(only(transformed(array("3")), /gc_(bump|clear|init_length)/)).toEqual([
      "gc_bump 40",
      "gc_init_length 3",
      "gc_clear 8",
    ]);
    expect(only(transformed(array("i0")), /gc_(bump|call)/)).toEqual(["gc_bump", "gc_call malloc_varsize_slow 8"]);
  });
  test("collectors without a nursery are called for each object", () => {
    const calls = only(transformed(pair(""), COLLECTORS.marksweep), /gc_(bump|clear|call)/);
    expect(calls).toEqual(["gc_call malloc_slow 32", "gc_call malloc_slow 32"]);
  });
  test("exhausted memory leaves the function only from the slow path", () => {
    expect(only(transformed(pair("")), /exc_set/)).toEqual(["exc_set"]);
  });
});

describe("barriers", () => {
  const barriers = (body: string): string[] => only(transformed(body), /gc_barrier|gc_bump|direct_call/);

  test("stores that initialise, stored nulls and prebuilt objects need none", () => {
    expect(
      barriers(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = malloc(type"Node")
    setfield(p1, "next", p0)
    setfield(p0, "next", null: Ptr(Node))
    setfield(p0, "other", @prebuilt)
    return 0
`),
    ).toEqual(["gc_bump 32"]);
  });
  test("one for an object until something collects", () => {
    expect(
      barriers(`b1(p0: Ptr(Node), p1: Ptr(Node)):
    setfield(p0, "next", p1)
    setfield(p0, "other", p1)
    p2: Ptr(Node) = malloc(type"Node")
    setfield(p0, "other", p2)
    setfield(p0, "next", p2)
    return 0
`),
    ).toEqual(["gc_barrier", "gc_bump 32", "gc_barrier"]);
  });
  test("a fresh object that saw a collection is no longer fresh", () => {
    expect(
      barriers(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = malloc(type"Node")
    p2: Ptr(Node) = direct_call(@collecting)
    setfield(p1, "next", p2)
    setfield(p2, "next", p1)
    return 0
`),
    ).toEqual(["gc_bump 32", "direct_call", "gc_barrier", "gc_barrier"]);
  });
  test("what is known goes along links, if all say so", () => {
    const diamond = (inLeft: string): string => `b1(p0: Ptr(Node), b1: Bool):
    p1: Ptr(Node) = malloc(type"Node")
    if b1 goto b2(p0, p1)
    else goto b3(p0, p1)
b2(p2: Ptr(Node), p3: Ptr(Node)):
    ${inLeft}
    goto b3(p2, p3)
b3(p4: Ptr(Node), p5: Ptr(Node)):
    setfield(p5, "next", p4)
    return 0
`;
    expect(barriers(diamond(""))).toEqual(["gc_bump 32"]);
    expect(barriers(diamond("p9: Ptr(Node) = direct_call(@collecting)"))).toEqual([
      "gc_bump 32",
      "direct_call",
      "gc_barrier",
    ]);
  });
  test("a loop that collects needs one each time, another does not", () => {
    const loop = (inside: string): string => `b1(p0: Ptr(Node), i0: Signed):
    p1: Ptr(Node) = malloc(type"Node")
    goto b2(p0, p1, i0)
b2(p2: Ptr(Node), p3: Ptr(Node), i4: Signed):
    setfield(p3, "next", p2)
    ${inside}
    i5 = int_sub(i4, 1)
    b6 = int_gt(i5, 0)
    if b6 goto b2(p2, p3, i5)
    else goto b3(i5)
b3(i7: Signed):
    return i7
`;
    expect(barriers(loop(""))).toEqual(["gc_bump 32"]);
    expect(barriers(loop("p9: Ptr(Node) = direct_call(@collecting)"))).toEqual([
      "gc_bump 32",
      "gc_barrier",
      "direct_call",
    ]);
  });
  test("items of arrays are reported one by one, copies and fills at once", () => {
    expect(
      barriers(`b1(p0: Ptr(GcArray(Ptr(Node))), p1: Ptr(GcArray(Ptr(Node))), p2: Ptr(Node), i3: Signed):
    setarrayitem(p0, i3, p2)
    setarrayitem(p0, 7, p2)
    array_copy(p1, 0, p0, i3, 10)
    array_fill(p0, 2, 5, p2)
    array_fill(p0, 2, 5, null: Ptr(Node))
    return 0
`),
    ).toEqual(["gc_barrier_item", "gc_barrier_item 7", "gc_barrier_range 10", "gc_barrier_range 2 5"]);
  });
});

describe("roots", () => {
  test("a fast path stores nothing; a pointer is saved once and read back where it is used", () => {
    const roots = (body: string): string[] => only(transformed(body), /gc_(push|pop|save|reload)|direct_call/);
    expect(
      roots(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = direct_call(@collecting)
    p2: Ptr(Node) = direct_call(@collecting)
    i3: Signed = getfield(p0, "value")
    return i3
`),
    ).toEqual([
      "gc_push_roots 1",
      "gc_save_root 0",
      "direct_call",
      "direct_call",
      "gc_reload_root 0",
      "gc_pop_roots 1",
      // The way out of the first call with an exception.
      "gc_pop_roots 1",
    ]);
    expect(
      roots(`b1(p0: Ptr(Node)):
    p1: Ptr(Node) = direct_call(@collecting)
    return 0
`),
    ).toEqual(["direct_call"]);
  });
});
