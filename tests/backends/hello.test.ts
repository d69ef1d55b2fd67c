// The smallest programs: exit code, output, prebuilt data, allocation, calls.
import { expect, test } from "vitest";
import { LowArrayObject, LowStruct } from "../../rtyper/lltype/memory.ts";
import { gcArray, OBJECT, ptr, Signed, Struct, UInt8 } from "../../rtyper/lltype/types.ts";
import { buildAndRun, lowString, TARGETS } from "./kit.ts";

const BYTES = gcArray(UInt8);

function bytes(text: string): LowArrayObject {
  const made = new LowArrayObject(BYTES, text.length);
  for (let i = 0; i < text.length; i++) made.setItem(i, text.charCodeAt(i));
  return made;
}

for (const target of TARGETS) {
  test(`exit code, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    return 42
`;
    expect(await buildAndRun(text, target)).toMatchObject({ code: 42, stdout: "", stderr: "" });
  });

  test(`prebuilt bytes are written, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    r1 = array_items_address(@hello)
    i2 = getarraysize(@hello)
    i3: Signed = external_call(@rts_write: Void, 1: Int32, r1, 0, i2)
    return i3
`;
    const known = [["hello", bytes("hello, world\n"), ptr(BYTES)]] as const;
    expect(await buildAndRun(text, target, { known })).toMatchObject({ code: 13, stdout: "hello, world\n" });
  });

  test(`a linked list is built and summed, ${target}`, async () => {
    const node = new Struct("Node", true, OBJECT);
    node.define([
      { name: "value", type: Signed, immutable: false },
      { name: "next", type: ptr(node), immutable: false },
    ]);
    const last = new LowStruct(node, 0);
    last.set("value", 7n);
    const text = `
graph main -> Signed
b1():
    i1: Signed = same_as(10)
    goto b2(i1, @last)
b2(i2: Signed, p3: Ptr(Node)):
    b4 = int_gt(i2, 0)
    if b4 goto b3(i2, p3)
    else goto b4(p3)
b3(i5: Signed, p6: Ptr(Node)):
    p7: Ptr(Node) = malloc(type"Node")
    setfield(p7, "value", i5)
    setfield(p7, "next", p6)
    i8 = int_sub(i5, 1)
    goto b2(i8, p7)
b4(p9: Ptr(Node)):
    i10: Signed = direct_call(@sum, p9)
    return i10

graph sum -> Signed
b1(p1: Ptr(Node)):
    goto b2(p1, 0)
b2(p2: Ptr(Node), i3: Signed):
    b4 = ptr_is_null(p2)
    if b4 return i3
    else goto b3(p2, i3)
b3(p5: Ptr(Node), i6: Signed):
    i7 = getfield(p5, "value")
    i8 = int_add(i6, i7)
    p9 = getfield(p5, "next")
    goto b2(p9, i8)
`;
    const options = { names: new Map([["Node", node]]), known: [["last", last, ptr(node)]] as const };
    expect(await buildAndRun(text, target, options)).toMatchObject({ code: 62 });
  });

  test(`strings as prebuilt data, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    i1 = getarraysize(@text)
    c2 = getarrayitem(@text, 4)
    i3: Signed = char_to_int(c2)
    i4 = int_add(i1, i3)
    return i4
`;
    const string = lowString("grün €");
    expect(await buildAndRun(text, target, { known: [["text", string, ptr(string.type)]] })).toMatchObject({
      code: 6 + 32,
    });
  });
}
