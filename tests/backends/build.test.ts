// The build itself: caching by content, allocators, static binaries, programs too large for inline vtables.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildBinary } from "../../backends/llvm/build.ts";
import { prune } from "../../backends/llvm/cache.ts";
import { World } from "../../backends/llvm/world.ts";
import { LowStruct } from "../../rtyper/lltype/memory.ts";
import { withoutCollector } from "../../rtyper/lltype/transformed.ts";
import { type Field, Int32, OBJECT, ptr, Signed, Struct, VTABLE } from "../../rtyper/lltype/types.ts";
import { buildAndRun, parseProgram, run, runNatively, scratchDirectory, TARGETS } from "./kit.ts";

const scratch = scratchDirectory();

/** Functions of several files: the graph's position comes from nowhere, so it is set by hand. */
function manyFiles(body: string): ReturnType<typeof parseProgram> {
  const text = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@first, 3)
    i2: Signed = direct_call(@second, i1)
    return i2

graph first -> Signed
b1(i1: Signed):
    ${body}
    return i2

graph second -> Signed
b1(i1: Signed):
    i2 = int_mul(i1, 5)
    return i2
`;
  return parseProgram(text);
}

test("an unchanged program compiles nothing; a changed function only its partition", async () => {
  const cache = join(scratch, "cache");
  mkdirSync(cache, { recursive: true });
  const output = join(scratch, "cached");
  const build = (body: string) => buildBinary(manyFiles(body), { target: "x86-64", optimize: 1, output, cache });
  const fresh = await build("i2 = int_add(i1, 1)");
  expect(run(output).code).toBe(20);
  expect(fresh.compiled).toBe(fresh.modules);
  expect((await build("i2 = int_add(i1, 1)")).compiled).toBe(0);
  expect((await build("i2 = int_add(i1, 2)")).compiled).toBe(1);
  expect(run(output).code).toBe(25);
});

test("entries of the cache that nobody used for a week go", () => {
  const folder = join(scratch, "prune");
  mkdirSync(folder);
  for (const name of ["old.o", "new.o"]) writeFileSync(join(folder, name), "");
  const week = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  utimesSync(join(folder, "old.o"), week, week);
  prune(folder);
  expect(readdirSync(folder).sort()).toEqual(["new.o", "pruned"]);
});

const TREE = `
graph test -> Signed
b1():
    goto b2(0, 0)
b2(i1: Signed, i2: Signed):
    b3 = int_lt(i1, 200)
    if b3 goto b3(i1, i2)
    else return i2
b3(i4: Signed, i5: Signed):
    p6: Ptr(Node) = direct_call(@tree, 10)
    i7 = getfield(p6, "value")
    i8 = int_add(i5, i7)
    i9 = int_add(i4, 1)
    goto b2(i9, i8)

graph tree -> Ptr(Node)
b1(i1: Signed):
    p2: Ptr(Node) = malloc(type"Node")
    b3 = int_gt(i1, 0)
    if b3 goto b2(i1, p2)
    else goto b3(p2)
b2(i4: Signed, p5: Ptr(Node)):
    i6 = int_sub(i4, 1)
    p7: Ptr(Node) = direct_call(@tree, i6)
    setfield(p5, "left", p7)
    p8: Ptr(Node) = direct_call(@tree, i6)
    setfield(p5, "right", p8)
    i9 = getfield(p7, "value")
    i10 = getfield(p8, "value")
    i11 = int_add(i9, i10)
    setfield(p5, "value", i11)
    return p5
b3(p12: Ptr(Node)):
    setfield(p12, "value", 1)
    return p12
`;

function treeNames(): Map<string, Struct> {
  const node = new Struct("Node", true, OBJECT);
  node.define([
    { name: "value", type: Signed, immutable: false },
    { name: "left", type: ptr(node), immutable: false },
    { name: "right", type: ptr(node), immutable: false },
  ]);
  return new Map([["Node", node]]);
}

for (const target of TARGETS) {
  for (const allocator of ["bump", "boehm"] as const) {
    test(`trees with the ${allocator} allocator, ${target}`, async () => {
      const gc = withoutCollector(allocator);
      expect(await runNatively(TREE, target, { names: treeNames(), gc })).toBe(200n * 1024n);
    });
  }

  test(`a static binary needs nothing, ${target}`, async () => {
    const text = "\ngraph main -> Signed\nb1():\n    return 7\n";
    expect(await buildAndRun(text, target, {}, { static: true })).toMatchObject({ code: 7 });
  });

  test(`exhausted memory stops the program, ${target}`, async () => {
    const transformed = parseProgram(
      `${TREE}\ngraph main -> Signed\nb1():\n    i1: Signed = direct_call(@test)\n    return i1\n`,
      {
        names: treeNames(),
        wordBits: target === "x86-64" ? 64 : 32,
      },
    );
    const output = join(scratch, `limited-${target}`);
    await buildBinary(transformed, { target, optimize: 1, output });
    const result = run(output, [], { RTS_GC_MAX: "5M" });
    expect(result).toMatchObject({ code: 70 });
    expect(result.stderr).toMatch(/^fatal error: out of memory\n/);
  });
}

test("a dynamic binary needs libc and libm only", async () => {
  const output = join(scratch, "needs");
  await buildBinary(manyFiles("i2 = int_add(i1, 1)"), { target: "x86-64", optimize: 1, output });
  const needed = [...execFileSync("readelf", ["-d", output], { encoding: "utf8" }).matchAll(/NEEDED.*\[(.*)\]/g)];
  expect(needed.map((m) => m[1]).sort()).toEqual(["libc.so.6", "libm.so.6"]);
});

test("on 32 bits vtables that do not fit are found by one indirection", async () => {
  const methods = Array.from({ length: 1000 }, (_, i): Field => ({ name: `m${i}`, type: Int32, immutable: true }));
  const vtableType = new Struct("BigVTable", false, VTABLE).define(methods);
  const names = new Map<string, Struct>([["BigVTable", vtableType]]);
  const root = new Struct("Root", true, OBJECT).define([]);
  const structs = [root];
  for (let i = 0; i < 300; i++) structs.push(new Struct(`Class${i}`, true, root).define([]));
  for (const [i, struct] of structs.entries()) {
    const vtable = new LowStruct(vtableType, 0);
    vtable.set("m7", i);
    struct.vtable = vtable;
    names.set(struct.name, struct);
  }
  const known = [["Class250.vtable", structs[251]?.vtable as LowStruct, ptr(vtableType)]] as const;
  const text = `
graph test -> Signed
b1():
    p1: Ptr(Root) = malloc_of_class(@"Class250.vtable")
    b2 = is_instance(p1, type"Class250")
    check_true(b2, "class")
    b3 = is_instance(p1, type"Root")
    check_true(b3, "root")
    b4 = is_instance(p1, type"Class25")
    b5 = bool_not(b4)
    check_true(b5, "other")
    p6: Ptr(BigVTable) = class_of(p1)
    b7 = ptr_eq(p6, @"Class250.vtable")
    check_true(b7, "vtable")
    i8 = getfield(p6, "m7")
    i9: Signed = int_cast(i8)
    return i9
`;
  const all = structs.map(
    (s) => `    p${s === root ? 9000 : s.name.slice(5)}: Ptr(${s.name}) = malloc(type"${s.name}")`,
  );
  const use = `\ngraph use -> Void\nb1():\n${all.join("\n")}\n    return undefined\n`;
  const call = text.replace("    p1:", "    direct_call(@use)\n    p1:");
  for (const removeTypePointer of [true, false]) {
    const gc = withoutCollector("bump", removeTypePointer);
    expect(await runNatively(call + use, "x86-32", { names, known, gc })).toBe(251n);
  }
  const transformed = parseProgram(
    `${call}${use}\ngraph main -> Signed\nb1():\n    i1: Signed = direct_call(@test)\n    return i1\n`,
    {
      names,
      known,
      wordBits: 32,
    },
  );
  expect(new World(transformed, { target: "x86-32", lldebug: false }).types.inlineVtables).toBe(false);
});
