// What compiled code does for collectors beyond allocating: lengths and zeroes of new objects, barriers of arrays with
// cards, objects that stay; and calls of machine code made at run time.
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildBinary } from "../../backends/llvm/build.ts";
import type { ExternalFunction, LowFunction } from "../../rtyper/lltype/memory.ts";
import type { GcBinding } from "../../rtyper/lltype/transformed.ts";
import { Address, type LowType, OBJECT, ptr, Signed, Struct } from "../../rtyper/lltype/types.ts";
import { vmOffset } from "../../rtyper/lltype/vm.ts";
import { buildAndRun, parseProgram, run, scratchDirectory, TARGETS } from "./kit.ts";

const scratch = scratchDirectory();

function external(name: string, args: LowType[], result: LowType): ExternalFunction {
  return { name, args, result, library: null, pure: false, run: null };
}

const rawMalloc = external("rts_raw_malloc", [Signed], Address);

/** One card for two items; the card of the first pair stands four bytes before the object. */
function withCards(functions: ReadonlyMap<string, LowFunction>): GcBinding {
  return {
    name: "test",
    removeTypePointer: true,
    collector: {
      entries: new Map([...functions].filter(([name]) => name.endsWith("barrier"))) as never,
      setup: null,
      prebuiltFlags: 0,
      hashFlag: 4,
      barrier: {
        flagMask: 16,
        slow: "write_barrier",
        cards: { flagMask: 32, shift: 1, before: 4, slow: "array_barrier", range: "array_range_barrier" },
      },
      allocation: { inlineLimit: 65536, zeroedNursery: false, moves: true },
    },
    allocator: "bump",
  };
}

const MAKES_ADDITION = {
  // lea rax, [rdi + rsi]; ret
  "x86-64": [0x48, 0x8d, 0x04, 0x37, 0xc3],
  // mov eax, [esp + 4]; add eax, [esp + 8]; ret
  "x86-32": [0x8b, 0x44, 0x24, 0x04, 0x03, 0x44, 0x24, 0x08, 0xc3],
} as const;

for (const target of TARGETS) {
  const word = target === "x86-64" ? 8 : 4;
  const wordBits = word === 8 ? 64 : 32;
  const half = word === 8 ? "UInt32" : "UInt16";

  test(`a new array's header, length and zeroes, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    r1: Address = external_call(@rts_raw_malloc: Void, 4096)
    raw_store(r1, ${3 * word}, 77)
    raw_store(r1, ${4 * word}, 99)
    gc_clear(r1, ${4 * word})
    gc_init_header(r1, type"GcArray(Signed)")
    gc_init_length(r1, type"GcArray(Signed)", 3)
    p2: Ptr(GcArray(Signed)) = address_to_ptr(r1)
    i3 = getarraysize(p2)
    i4 = getarrayitem(p2, 1)
    i5 = getarrayitem(p2, 2)
    i6 = int_add(i3, i4)
    i7 = int_add(i6, i5)
    return i7
`;
    const known = [["rts_raw_malloc", rawMalloc]] as const;
    const result = await buildAndRun(text, target, { known, wordBits }, { optimize: 2 });
    // The length, a cleared item, and the item behind the cleared part.
    expect(result.code).toBe(3 + 0 + 99);
  });

  test(`barriers of arrays mark cards, or call the collector, ${target}`, async () => {
    const counter = vmOffset("identityCounter", word);
    const count = (what: string): string => `
    r9 = symbol_address("rts_vm")
    i10: Signed = raw_load(r9, ${counter})
    i11 = int_add(i10, ${what})
    raw_store(r9, ${counter}, i11)
    return undefined`;
    const text = `
graph write_barrier -> Void
b1(p1: Ptr(GcArray(Ptr(Node)))):${count("1000")}

graph array_barrier -> Void
b1(p1: Ptr(GcArray(Ptr(Node))), i2: Signed):${count("i2")}

graph array_range_barrier -> Void
b1(p1: Ptr(GcArray(Ptr(Node))), i2: Signed, i3: Signed):
    i4 = int_mul(i3, 10)
    i5 = int_add(i4, i2)${count("i5")}

graph main -> Signed
b1():
    r1: Address = external_call(@rts_raw_malloc: Void, 4096)
    r2 = address_add(r1, 64)
    gc_init_header(r2, type"GcArray(Ptr(Node))")
    gc_init_length(r2, type"GcArray(Ptr(Node))", 8)
    p3: Ptr(GcArray(Ptr(Node))) = address_to_ptr(r2)
    gc_barrier_item(p3, 7)
    gc_barrier_range(p3, 1, 3)
    raw_store(r2, ${word / 2}, 48: ${half})
    gc_barrier_item(p3, 5)
    raw_store(r2, ${word / 2}, 16: ${half})
    gc_barrier_item(p3, 6)
    gc_barrier_range(p3, 2, 4)
    i4: UInt8 = raw_load(r2, -6)
    i5: Signed = int_cast(i4)
    i6 = int_mul(i5, 100)
    r7 = symbol_address("rts_vm")
    i8: Signed = raw_load(r7, ${counter})
    i9 = int_add(i6, i8)
    return i9
`;
    const node = new Struct("Node", true, OBJECT);
    node.define([{ name: "next", type: ptr(node), immutable: false }]);
    const options = { names: new Map([["Node", node]]), known: [["rts_raw_malloc", rawMalloc]] as const };
    const { program } = parseProgram(text, { ...options, wordBits });
    const functions = new Map([...program.functions].map((f) => [f.name, f]));
    const output = join(scratch, `cards-${target}`);
    await buildBinary({ program, gc: withCards(functions) }, { target, optimize: 2, output });
    const result = run(output);
    expect(result.stderr).toBe("");
    // The card of item 5, then item 6 and the range of four from 2 reported; nothing while no flag was set.
    expect(result.code).toBe(100 + 6 + 42);
  });

  test(`pinned arrays are zeroed arrays, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    p1: Ptr(GcArray(UInt8)) = malloc_pinned(type"GcArray(UInt8)", 9)
    i2: UInt8 = getarrayitem(p1, 8)
    i3: Signed = int_cast(i2)
    i4 = getarraysize(p1)
    i5 = int_add(i3, i4)
    return i5
`;
    expect((await buildAndRun(text, target, { wordBits }, { optimize: 2 })).code).toBe(9);
  });

  test(`machine code made at run time is called, ${target}`, async () => {
    const code = MAKES_ADDITION[target];
    const known = [["rts_code_reserve", external("rts_code_reserve", [Signed], Signed)]] as const;
    const text = `
graph main -> Signed
b1():
    i1: Signed = external_call(@rts_code_reserve: Void, 65536)
    r2: Address = int_to_address(i1)
${code.map((byte, i) => `    raw_store(r2, ${i}, ${byte}: UInt8)`).join("\n")}
    r3: Address = int_to_address(30)
    i4: Signed = machine_call(r2, r3, 12)
    return i4
`;
    expect((await buildAndRun(text, target, { known, wordBits }, { optimize: 2 })).code).toBe(42);
  });
}
