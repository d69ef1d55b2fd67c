// bin/run: exit codes, specifiers, positions, and every check with its counterpart that passes.
import { afterAll, describe, expect, test } from "vitest";
import { makeFolder, type Outcome, runTool } from "./fixtures.ts";

const head = `import { type int, DivisionByZeroError } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";
export function target() { return { entry: main }; }
class Animal { legs: int = 4; halve(): void { this.legs = this.legs / 2; } }
class Dog extends Animal { name = "dog"; }
const prebuilt: int[] = [];
prebuilt[3] = 1;
function print(x: unknown): void { write(1, String(x) + "\\n"); }
`;

const folder = makeFolder({ "sub/lib.ts": `export const answer = 42;\nexport class Cat { purr() { return 1; } }\n` });
afterAll(() => folder.remove());
let count = 0;

async function check(body: string, options: string[] = []): Promise<Outcome> {
  const { writeFileSync } = await import("node:fs");
  count += 1;
  const file = `${folder.path}/p${count}.ts`;
  writeFileSync(file, `${head}function main(argv: string[]): int {\n${body}\n  return 0;\n}\n`);
  return runTool("run", [...options, file], folder.path);
}

/** The body stops the process with this message, at a line of the body (from 1). */
async function stops(body: string, message: string, line = 1): Promise<void> {
  const result = await check(body);
  expect(result.stderr.split("\n")[0]).toBe(`fatal error: ${message}`);
  expect(result.stderr.split("\n")[1]).toMatch(new RegExp(`p${count}\\.ts:${line + 9}:\\d+\\)?$`));
  expect(result.status).toBe(70);
}

async function passes(body: string, stdout: string, status = 0): Promise<void> {
  expect(await check(body)).toEqual({ status, stdout, stderr: "" });
}

describe("a program", () => {
  test("prints and gives its exit code modulo 256", async () => {
    await passes("print(1 + 1); return 259;", "2\n", 3);
  });

  test("an uncaught error prints its name, message and stack, and gives 1", async () => {
    const result = await check('throw new RangeError("no");');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^RangeError: no\n {4}at main \(.*p\d+\.ts:10:7\)\n/);
  });

  test("specifiers end in .ts, .js or nothing", async () => {
    const files = {
      "main.ts":
        'import { a } from "./a";\nimport { b } from "./b.js";\nimport { c } from "./c.ts";\nimport { d } from "./d";\nexport const target = () => ({ entry: () => a + b + c + d });\n',
      "a.ts": "export const a: number = 1;\n",
      "b.ts": "export const b: number = 2;\n",
      "c.ts": "enum E { X = 4 }\nexport const c = E.X;\n",
      "d/index.ts": "export const d = 8;\n",
    };
    const place = makeFolder(files);
    expect(await runTool("run", ["main"], place.path)).toEqual({ status: 15, stdout: "", stderr: "" });
    place.remove();
  });

  test("deep recursion, and catching its end", async () => {
    await passes(
      "const deep = (n: int): int => n === 0 ? 0 : 1 + deep(n - 1);\nprint(deep(200000));\nlet caught = 0;\nconst endless = (): int => endless() + 1;\ntry { endless(); } catch (e) { if (e instanceof RangeError) caught = 1; }\nprint(caught);",
      "200000\n1\n",
    );
  });

  test("--fast runs without checks", async () => {
    const result = await check("const xs = [1]; print(xs[argv.length + 5]);", ["--fast"]);
    expect(result.stdout).toBe("undefined\n");
  });
});

describe("targets", () => {
  test("an unknown name is a usage error", async () => {
    const result = await runTool("run", ["nosuchtarget"], folder.path);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/RTS1401/);
  });

  test("a file without target, a wrong result, a broken import", async () => {
    const place = makeFolder({
      "none.ts": "export const x = 1;\n",
      "wrong.ts": "export const target = () => 3;\n",
      "broken.ts": 'import "./missing.ts";\nexport const target = () => 3;\n',
      "thrown.ts": 'throw new Error("at import");\n',
      "syntax.ts": "export function target( { return 3; }\n",
    });
    const run = async (name: string) => (await runTool("run", [name], place.path)).stderr;
    expect(await run("none.ts")).toMatch(/RTS1402/);
    expect(await run("wrong.ts")).toMatch(/RTS1403/);
    expect(await run("broken.ts")).toMatch(/RTS1404.*missing\.ts/s);
    expect(await run("thrown.ts")).toMatch(/RTS1404.*at import.*thrown\.ts:1:7/s);
    expect(await run("syntax.ts")).toMatch(/RTS1404.*syntax\.ts:1:/s);
    place.remove();
  });
});

describe("checks", () => {
  test("index out of range", async () => {
    await stops("const xs = [1, 2];\nreturn xs[2];", "list index out of range: index 2, length 2", 2);
    await stops("const xs = [1]; xs[1] = 3;", "list index out of range: index 1, length 1");
    await stops("const xs = [[1]]; xs[0][xs.length - 2]++;", "list index out of range: index -1, length 1");
    await stops('const s = "abc"; print(s[5]);', "string index out of range: index 5, length 3");
    await stops('const s = "abc"; print(s\n.charCodeAt(3));', "string index out of range: index 3, length 3");
    await stops("const b = new Uint8Array(2); b[2] = 1;", "list index out of range: index 2, length 2");
    await stops("const xs = [1]; return xs[0.5];", "index is not an int: 0.5");
    await stops("const i = [0]; const xs = [7]; [xs[i[0] + 1]] = [3];", "list index out of range: index 1, length 1");
  });

  test("indices in range", async () => {
    await passes(
      'const xs = [1, 2]; xs[0] += xs[1]!; [xs[1], xs[0]] = [xs[0]!, xs[1]!]; xs[xs[0]! - 1]++;\nconst fs = [(n: int) => n * 2];\nprint(xs.join() + fs[0](4) + "ab"["ab".length - 1] + prebuilt[3]);\nconst o: Record<string, int> = { k: 5 }; print(o["k"]);',
      "2,48b1\n5\n",
    );
  });

  test("null used as an object cannot be caught", async () => {
    await stops(
      "let a: Animal | null = argv.length > 0 ? new Animal() : null;\ntry { print(a!.legs); } catch { print(0); }",
      "null or undefined used as an object (reading 'legs')",
      2,
    );
    await passes('try { throw new Error("x"); } catch (e) { print((e as Error).message); }', "x\n");
  });

  test("casts", async () => {
    await stops(
      "const a: Animal = new Animal();\nprint((a as Dog).name);",
      "wrong cast: an instance of Animal is not Dog",
      2,
    );
    await passes(
      "const a: Animal = new Dog(); print((a as Dog).name); const n = null as Dog | null; print(n);",
      "dog\nnull\n",
    );
    const place = makeFolder({
      "dog.ts": "export class Base {}\nexport class Dog extends Base {}\nexport class Puppy extends Dog {}\n",
      "main.ts":
        'import { Base, Puppy } from "./dog";\nimport type { Dog } from "./dog";\nexport const target = () => ({ entry: main });\nfunction main(argv: string[]): number {\n  const p = new Puppy() as Base;\n  const d = p as Dog;\n  const b = new Base();\n  const e = b as Dog;\n  return d === e ? 1 : 0;\n}\n',
    });
    const result = await runTool("run", ["main"], place.path);
    expect(result.stderr).toMatch(/^fatal error: wrong cast: an instance of Base is not Dog\n.*main\.ts:8:13/);
    place.remove();
  });

  test("destructuring of a short list", async () => {
    await stops(
      'const [a, b] = "x".split(",");\nprint(a + b);',
      "list too short to be destructured: 2 items needed, length 1",
    );
    await passes(
      'const [a, b = "d"] = "x".split(","); let [p, q] = [1, 2]; [p, q] = [q, p]; print(a + b + p + q);',
      "xd21\n",
    );
  });

  test("int contracts", async () => {
    await stops(
      "const a = new Animal(); a.halve(); a.halve(); a.halve();",
      "a float where an int is declared: 0.5",
      -5,
    );
    await stops("const n: int = argv.length + 0.5;\nprint(n);", "a float where an int is declared: 0.5");
    await stops("const f = (k: int): int => { return k / 2; };\nprint(f(3));", "a float where an int is declared: 1.5");
    await passes("const f = (k: int): int => { return Math.floor(k / 2); }; print(f(3));", "1\n");
    await passes(
      "try { const n: int = Math.floor(1e300); print(n); } catch (e) { print((e as Error).name); }",
      "RangeError\n",
    );
  });

  test("division of ints by zero", async () => {
    await passes(
      "const zero = argv.length; const f = (a: int, b: int): int => { return Math.floor(a / b); };\ntry { print(f(1, zero)); } catch (e) { print(e instanceof DivisionByZeroError); }\nconst g = (a: int, b: int): int => { return a % b; };\ntry { print(g(1, zero)); } catch (e) { print(e instanceof DivisionByZeroError); }\nconst x = 1.5; print(x / zero); print(x % zero);",
      "true\ntrue\nInfinity\nNaN\n",
    );
  });
});
