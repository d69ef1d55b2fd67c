// Fatal errors, faults and uncaught exceptions print TypeScript frames; a debugger stops at TypeScript lines.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { LowStruct } from "../../rtyper/lltype/memory.ts";
import { OBJECT, ptr, Struct } from "../../rtyper/lltype/types.ts";
import { build, buildAndRun, run, TARGETS } from "./kit.ts";

const CHAIN = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@middle, 12)  ; /src/app/main.ts:3:9 (main)
    return i1

graph middle -> Signed
b1(i1: Signed):
    i3 = int_add(i1, 1)   ; /src/app/main.ts:10:4 (middle)
    i2: Signed = direct_call(@inner, i3)  ; /src/app/main.ts:11:5 (middle)
    i5 = int_add(i2, 1)   ; /src/app/main.ts:12:4 (middle)
    return i5

graph inner -> Signed
b1(i1: Signed):
    BODY   ; /src/lib/list.ts:7:3 (List.at) < /src/app/main.ts:22:8 (inner)
    return i1
`;

const FRAMES = [
  "    at List.at (/src/lib/list.ts:7:3)",
  "    at inner (/src/app/main.ts:22:8)",
  "    at middle (/src/app/main.ts:11:5)",
  "    at main (/src/app/main.ts:3:9)",
];

for (const target of TARGETS) {
  for (const optimize of [0, 2] as const) {
    test(`a failed check prints the chain of inlined and real frames, ${target} -O${optimize}`, async () => {
      const text = CHAIN.replace("BODY", 'check_index(i1, 10, "index out of range")');
      const result = await buildAndRun(text, target, {}, { optimize });
      expect(result.stderr.trimEnd().split("\n")).toEqual(["fatal error: index out of range", ...FRAMES]);
      expect(result.code).toBe(70);
    });
  }

  test(`without debug information the position itself is known, ${target}`, async () => {
    const text = CHAIN.replace("BODY", 'check_true(false, "no")');
    const result = await buildAndRun(text, target, {}, { strip: true });
    expect(result.stderr.trimEnd().split("\n")).toEqual(["fatal error: no", ...FRAMES.slice(0, 2)]);
  });

  test(`a fault through null, ${target}`, async () => {
    const at = "; /src/lib/list.ts:7:3 (List.at) < /src/app/main.ts:22:8 (inner)";
    const faulty = CHAIN.replace("BODY", "r2 = int_to_address(i1)").replace(
      /(r2 = int_to_address\(i1\).*)\n {4}return i1/,
      `$1\n    i9: Signed = raw_load(r2, 16)   ${at}\n    return i9`,
    );
    const result = await buildAndRun(faulty, target, {}, { optimize: 0 });
    expect(result.stderr.trimEnd().split("\n")).toEqual(["fatal error: null used as an object", ...FRAMES]);
  });

  test(`endless recursion without checks, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@down, 1)  ; /src/main.ts:3:9 (main)
    return i1

graph down -> Signed
b1(i1: Signed):
    i2 = int_add(i1, 1)
    i3: Signed = direct_call(@down, i2)  ; /src/main.ts:6:9 (down)
    i4 = int_mul(i3, i1)
    i5: Signed = direct_call(@down, i4)  ; /src/main.ts:7:9 (down)
    return i5
`;
    const result = await buildAndRun(text, target);
    expect(result.stderr).toMatch(/^fatal error: stack overflow\n {4}at down \(\/src\/main.ts:[67]:9\)\n/);
    expect(result.stderr).toContain("    ...\n");
  });

  test(`stack_check raises the system's error, which can be caught, ${target}`, async () => {
    const error = new Struct("StackOverflowError", true, OBJECT).define([]);
    const prebuilt = new LowStruct(error, 0);
    const text = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@down, 1)
    b2 = exc_occurred()
    if b2 goto b2()
    else goto b3()
b2():
    p3: Ptr(Object) = exc_fetch()
    b4 = ptr_eq(p3, @error)
    i5: Signed = bool_to_int(b4)
    return i5
b3():
    return 99

graph down -> Signed
b1(i1: Signed):
    stack_check()
    b2 = exc_occurred()
    if b2 return 0 unlikely
    else goto b2(i1) likely
b2(i2: Signed):
    i3 = int_add(i2, 1)
    i4: Signed = direct_call(@down, i3)
    b5 = exc_occurred()
    if b5 return 0 unlikely
    else goto b3(i4, i2) likely
b3(i6: Signed, i7: Signed):
    i8 = int_xor(i6, i7)
    return i8
`;
    const options = {
      known: [["error", prebuilt, ptr(error)]] as const,
      systemErrors: new Map([["StackOverflowError", prebuilt]]),
    };
    expect(await buildAndRun(text, target, options)).toMatchObject({ code: 1, stderr: "" });
  });

  test(`an uncaught exception leaves its trace, ${target}`, async () => {
    const error = new Struct("MyError", true, OBJECT).define([]);
    const text = `
graph main -> Signed
b1():
    direct_call(@thrower)  ; /src/main.ts:3:9 (main)
    b2 = exc_occurred()
    if b2 goto b2()
    else return 0
b2():
    exc_trace()  ; /src/main.ts:3:9 (main)
    return 0

graph thrower -> Void
b1():
    p1: Ptr(MyError) = malloc(type"MyError")
    exc_set(p1)  ; /src/main.ts:8:5 (fail) < /src/main.ts:6:1 (thrower)
    return undefined
`;
    const result = await buildAndRun(text, target, { names: new Map([["MyError", error]]) });
    expect(result.code).toBe(1);
    expect(result.stderr.split("\n")).toEqual([
      "uncaught exception",
      "    at fail (/src/main.ts:8:5)",
      "    at thrower (/src/main.ts:6:1)",
      "    at main (/src/main.ts:3:9)",
      "",
    ]);
  });
}

test.skipIf(!existsSync("/usr/bin/gdb"))("gdb breaks at a TypeScript line and shows TypeScript frames", async () => {
  const text = CHAIN.replace("BODY", 'check_index(i1, 10, "index out of range")');
  const binary = await build(text, "x86-64", {}, { optimize: 0 });
  const commands = ["break main.ts:11", "break list.ts:7", "run", "bt", "continue", "bt"];
  const output = execFileSync("gdb", ["-batch", ...commands.flatMap((c) => ["-ex", c]), binary], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(output).toMatch(/Breakpoint 1, .*middle \(\) at \/src\/app\/main.ts:11/);
  expect(output).toMatch(
    /#0 +List.at \(\) at \/src\/lib\/list.ts:7\n#1 .*inner \(\) at \/src\/app\/main.ts:22\n#2 .*middle/,
  );
  expect(run(binary).code).toBe(70);
});
