// Every operation of the table has a backend test that names it; and what the few say that need control flow of
// their own.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPS } from "../../rtyper/lltype/ops/index.ts";
import { buildAndRun, TARGETS } from "./kit.ts";

test("every operation is tested", () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.ts") && name !== "operations.test.ts")
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"))
    .join("\n");
  const here = ["fatal", "unreachable"];
  const missing = Object.keys(OPS).filter((name) => !here.includes(name) && !new RegExp(`\\b${name}\\b`).test(texts));
  expect(missing).toEqual([]);
});

for (const target of TARGETS) {
  test(`fatal and unreachable, ${target}`, async () => {
    const text = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@stop, 4)  ; /src/main.ts:2:1 (main)
    return i1

graph stop -> Signed
b1(i1: Signed):
    b2 = int_gt(i1, 3)
    if b2 goto b2()
    else goto b3()
b2():
    fatal("the end")  ; /src/main.ts:8:5 (stop)
    unreachable()
    return 1
b3():
    unreachable()
    return 2
`;
    const result = await buildAndRun(text, target, {}, { optimize: 0 });
    expect(result.code).toBe(70);
    expect(result.stderr).toBe(
      "fatal error: the end\n    at stop (/src/main.ts:8:5)\n    at main (/src/main.ts:2:1)\n",
    );
  });
}
