// Operations of the gc transform, headers of prebuilt data, the type table and the table of prebuilt roots, seen from
// graphs that read memory as a collector does.

import { join } from "node:path";
import { expect, test } from "vitest";
import { buildBinary } from "../../backends/llvm/build.ts";
import {
  TYPE_FLAGS,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_INSTANCE,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_ITEM_POINTERS,
  TYPE_ITEM_SIZE,
  TYPE_ITEMS_ARE_POINTERS,
  TYPE_ITEMS_OFFSET,
  TYPE_LENGTH_OFFSET,
  TYPE_POINTERS,
  TYPE_SIZE,
} from "../../gc/typetable.ts";
import { LowAddress, LowArrayObject, LowStruct } from "../../rtyper/lltype/memory.ts";
import { type GcBinding, withoutCollector } from "../../rtyper/lltype/transformed.ts";
import {
  Address,
  Char,
  Float,
  gcArray,
  type LowType,
  OBJECT,
  ptr,
  Signed,
  STRING,
  Struct,
  UInt8,
} from "../../rtyper/lltype/types.ts";
import { vmOffset } from "../../rtyper/lltype/vm.ts";
import { build, type ProgramOptions, parseFunctions, parseProgram, run, scratchDirectory, TARGETS } from "./kit.ts";

const scratch = scratchDirectory();

function nodeType(): Struct {
  const node = new Struct("Node", true, OBJECT);
  return node.define([
    { name: "value", type: Signed, immutable: false },
    { name: "small", type: UInt8, immutable: false },
    { name: "next", type: ptr(node), immutable: false },
    { name: "text", type: ptr(STRING), immutable: false },
  ]);
}

/** A binding whose setup function and entries are graphs of the same text. */
function binding(functions: Map<string, unknown>): GcBinding {
  const entries = new Map([...functions].filter(([name]) => /_slow$|^write_barrier$/.test(name)));
  return {
    name: "test",
    removeTypePointer: true,
    collector: {
      entries: entries as never,
      setup: (functions.get("setup") ?? null) as never,
      prebuiltFlags: 8,
      hashFlag: 4,
      barrier: { flagMask: 16, slow: "write_barrier", cards: null },
      allocation: { inlineLimit: 65536, zeroedNursery: false, moves: true },
    },
    allocator: "bump",
  };
}

for (const target of TARGETS) {
  const word = target === "x86-64" ? 8 : 4;
  const half = word === 8 ? "UInt32" : "UInt16";
  const vm = (name: Parameters<typeof vmOffset>[0]): number => vmOffset(name, word);

  async function exitCode(text: string, options: ProgramOptions): Promise<number | null> {
    const wordBits = word === 8 ? 64 : 32;
    const functions = parseFunctions(text, options);
    const { program } = parseProgram(text, { ...options, wordBits });
    // One set of functions: the program's.
    const own = new Map([...program.functions].map((f) => [f.name, f]));
    expect(functions.size).toBe(own.size);
    const output = join(scratch, `gc${Math.random()}`);
    await buildBinary({ program, gc: binding(own) }, { target, optimize: 2, output });
    const result = run(output);
    expect(result.stderr).toBe("");
    return result.code;
  }

  test(`bump allocation with its slow call, roots, reload, barriers, ${target}`, async () => {
    const nil = ["nil", new LowAddress(null, 0n), Address] as const;
    // The collector hands out one block; the second allocation does not fit and takes the slow call, which moves the
    // root's object by storing another pointer in the shadow stack.
    const text = `
graph setup -> Void
b1():
    r1: Address = external_call(@rts_raw_malloc: Void, 4096)
    r2 = symbol_address("rts_vm")
    raw_store(r2, ${vm("nurseryFree")}, r1)
    r3 = address_add(r1, ${5 * word})
    raw_store(r2, ${vm("nurseryTop")}, r3)
    return undefined

graph malloc_slow -> Ptr(Node)
b1(i1: Signed, i2: Signed):
    r3: Address = external_call(@rts_raw_malloc: Void, 4096)
    raw_store(r3, 0, i1)
    r4: Address = external_call(@rts_raw_malloc: Void, 4096)
    r5 = symbol_address("rts_vm")
    r6: Address = raw_load(r5, ${vm("shadowTop")})
    r7: Address = raw_load(r6, ${-word})
    raw_copy(r7, r4, ${5 * word})
    raw_store(r6, ${-word}, r4)
    r8 = address_add(r4, ${word / 2})
    raw_store(r8, 0, 16: ${half})
    p9: Ptr(Node) = address_to_ptr(r3)
    return p9

graph write_barrier -> Void
b1(p1: Ptr(Node)):
    r2 = symbol_address("rts_vm")
    i3: Signed = raw_load(r2, ${vm("identityCounter")})
    i4 = int_add(i3, 1)
    raw_store(r2, ${vm("identityCounter")}, i4)
    return undefined

graph allocate -> Ptr(Node)
b1(p0: Ptr(Node)):
    r1 = gc_bump(${5 * word})
    b2 = address_eq(r1, @nil)
    if b2 goto b2(p0) unlikely
    else goto b3(p0, r1) likely
b2(p3: Ptr(Node)):
    gc_push_roots(1)
    gc_save_root(0: Void, p3)
    i4 = type_id(type"Node")
    p5: Ptr(Node) = gc_call("malloc_slow", i4, ${5 * word})
    p6: Ptr(Node) = gc_reload_root(0: Void)
    gc_pop_roots(1)
    goto b4(p6, p5)
b3(p7: Ptr(Node), r8: Address):
    gc_init_header(r8, type"Node")
    p9: Ptr(Node) = address_to_ptr(r8)
    goto b4(p7, p9)
b4(p10: Ptr(Node), p11: Ptr(Node)):
    setfield(p11, "next", p10)
    return p11

graph main -> Signed
b1():
    p1: Ptr(Node) = direct_call(@allocate, null: Ptr(Node))
    setfield(p1, "value", 5)
    gc_barrier(p1)
    p3: Ptr(Node) = direct_call(@allocate, p1)
    setfield(p3, "value", 7)
    p4 = getfield(p3, "next")
    b5 = ptr_ne(p4, p1)
    gc_barrier(p4)
    i7 = getfield(p4, "value")
    i9: Signed = bool_to_int(b5)
    b11 = is_instance(p4, type"Node")
    i12: Signed = bool_to_int(b11)
    r13 = symbol_address("rts_vm")
    r14: Address = raw_load(r13, ${vm("shadowTop")})
    r15: Address = raw_load(r13, ${vm("shadowBase")})
    b16 = address_eq(r14, r15)
    i17: Signed = bool_to_int(b16)
    i18: Signed = raw_load(r13, ${vm("identityCounter")})
    i19 = int_add(i7, i9)
    i20 = int_add(i19, i18)
    i21 = int_add(i20, i12)
    i22 = int_add(i21, i17)
    return i22
`;
    const rawMalloc = {
      name: "rts_raw_malloc",
      args: [Signed],
      result: Address,
      library: null,
      pure: false,
      run: null,
    };
    const options = {
      names: new Map([["Node", nodeType()]]),
      known: [nil, ["rts_raw_malloc", rawMalloc]] as readonly (readonly [string, object, LowType?])[],
    };
    // value 5, moved, no barrier before and one after the move, class found, shadow stack balanced
    expect(await exitCode(text, options)).toBe(5 + 1 + 1 + 1 + 1);
  });

  test(`headers and roots of prebuilt data, ${target}`, async () => {
    const node = nodeType();
    const hashed = new LowStruct(node, 0);
    hashed.identityHash = 99;
    const plain = new LowStruct(node, 0);
    plain.set("next", hashed);
    const leaf = new LowArrayObject(gcArray(Float), 3);
    const text = `
graph main -> Signed
b1():
    r1 = ptr_to_address(@plain)
    r2 = ptr_to_address(@hashed)
    r3 = ptr_to_address(@leaf)
    i4: ${half} = raw_load(r1, ${word / 2})
    i5: ${half} = raw_load(r2, ${word / 2})
    i6: ${half} = raw_load(r3, ${word / 2})
    i7: Signed = int_cast(i4)
    i8: Signed = int_cast(i5)
    i9: Signed = int_cast(i6)
    i10: Signed = raw_load(r2, ${5 * word})
    r11 = symbol_address("rts_prebuilt_count")
    i12: Signed = raw_load(r11, 0)
    r13 = symbol_address("rts_prebuilt")
    r14: Address = raw_load(r13, 0)
    r15: Address = raw_load(r13, ${word})
    b16 = address_eq(r14, r1)
    b17 = address_eq(r15, r2)
    check_true(b16, "first root")
    check_true(b17, "second root")
    i18 = int_add(i7, i8)
    i19 = int_add(i18, i9)
    i20 = int_add(i19, i10)
    i21 = int_mul(i12, 100)
    i22 = int_add(i20, i21)
    i23 = int_sub(i22, 200)
    return i23
`;
    const known = [
      ["plain", plain, ptr(node)],
      ["hashed", hashed, ptr(node)],
      ["leaf", leaf, ptr(gcArray(Float))],
    ] as const;
    expect(await exitCode(text, { names: new Map([["Node", node]]), known })).toBe(8 + 12 + 8 + 99);
  });

  test(`the type table, ${target}`, async () => {
    const node = nodeType();
    const read = (type: string, offset: number, value: number): string => {
      const id = `${counter++}00`;
      return [
        `    i${id}1 = type_id(type"${type}")`,
        `    i${id}2 = int_shl(i${id}1, ${word === 8 ? 0 : 4})`,
        `    r${id}3 = address_add(r1, i${id}2)`,
        `    i${id}4: UInt32 = raw_load(r${id}3, ${offset})`,
        `    b${id}5 = int_eq(i${id}4, ${value}: UInt32)`,
        `    check_true(b${id}5, "${type} at ${offset} is not ${value}")`,
      ].join("\n");
    };
    const pointers = (type: string, at: number, offsets: readonly number[]): string => {
      const id = `${counter++}00`;
      const lines = [
        `    i${id}1 = type_id(type"${type}")`,
        `    i${id}2 = int_shl(i${id}1, ${word === 8 ? 0 : 4})`,
        `    r${id}3 = address_add(r1, i${id}2)`,
        `    i${id}4: UInt32 = raw_load(r${id}3, ${at})`,
        `    i${id}5: Signed = int_cast(i${id}4)`,
        `    r${id}6 = address_add(r${id}3, i${id}5)`,
      ];
      for (const [i, value] of [offsets.length, ...offsets].entries()) {
        lines.push(`    i${id}${20 + i}: UInt32 = raw_load(r${id}6, ${i * 4})`);
        lines.push(`    b${id}${40 + i} = int_eq(i${id}${20 + i}, ${value}: UInt32)`);
        lines.push(`    check_true(b${id}${40 + i}, "${type} offset ${i} is not ${value}")`);
      }
      return lines.join("\n");
    };
    let counter = 1;
    const pair = new Struct("Pair", false).define([
      { name: "a", type: Float, immutable: false },
      { name: "b", type: ptr(STRING), immutable: false },
    ]);
    const list = "GcArray(Ptr(Node))";
    const pairs = "GcArray(Pair)";
    const instance = TYPE_IS_INSTANCE;
    const lines = [
      read("Node", TYPE_SIZE, 5 * word),
      read("Node", TYPE_ITEM_SIZE, 0),
      read("Node", TYPE_FLAGS, TYPE_HAS_POINTERS | instance),
      pointers("Node", TYPE_POINTERS, [2 * word, 3 * word]),
      pointers("Node", TYPE_ITEM_POINTERS, []),
      read("String", TYPE_SIZE, 3 * word),
      read("String", TYPE_ITEM_SIZE, 2),
      read("String", TYPE_LENGTH_OFFSET, 2 * word),
      read("String", TYPE_ITEMS_OFFSET, 3 * word),
      read("String", TYPE_FLAGS, TYPE_IS_VARSIZED | TYPE_IS_LEAF),
      read(list, TYPE_FLAGS, TYPE_IS_VARSIZED | TYPE_HAS_ITEM_POINTERS | TYPE_ITEMS_ARE_POINTERS),
      pointers(list, TYPE_ITEM_POINTERS, [0]),
      read(pairs, TYPE_FLAGS, TYPE_IS_VARSIZED | TYPE_HAS_ITEM_POINTERS),
      read(pairs, TYPE_ITEM_SIZE, 8 + word),
      pointers(pairs, TYPE_ITEM_POINTERS, [8]),
    ];
    const text = `\ngraph main -> Signed\nb1():\n    r1 = symbol_address("rts_types")\n${lines.join("\n")}\n    return 0\n`;
    const names = new Map([node, pair].map((s) => [s.name, s]));
    const known = [["c", new LowArrayObject(gcArray(Char), 0), ptr(gcArray(Char))]] as const;
    const binary = await build(text, target, { names, known, gc: withoutCollector("bump", true) }, { optimize: 0 });
    expect(run(binary)).toMatchObject({ code: 0, stderr: "" });
  });
}
