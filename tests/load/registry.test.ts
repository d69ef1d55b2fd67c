// Live functions, classes and literals: where they come from and what they captured.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  allocationPlace,
  boundInfo,
  type Capture,
  classInfo,
  functionInfo,
  ownProperties,
} from "../../translator/load/registry.ts";

const text = readFileSync(new URL(import.meta.url), "utf8");

function capture(f: unknown, name: string): Capture {
  const found = functionInfo(f)?.captures.get(name);
  if (found === undefined) throw new Error(`no capture ${name}`);
  return found;
}

function sourceAt(f: unknown): string {
  const info = functionInfo(f);
  return info === null ? "none" : text.slice(info.pos, info.pos + 20);
}

function counter(start: number) {
  let n = start;
  return {
    next: () => n++,
    peek: () => n,
    reset: function reset() {
      n = start;
    },
  };
}

let moduleCount = 0;
const table = new Map<string, number>();
function bump() {
  moduleCount += 1;
  table.set("x", moduleCount);
  return bump;
}

describe("captures", () => {
  test("closures that share a variable share its token, two activations do not", () => {
    const a = counter(1);
    const b = counter(10);
    expect(capture(a.next, "n").token).toBe(capture(a.peek, "n").token);
    expect(capture(a.next, "n").token).toBe(capture(a.reset, "n").token);
    expect(capture(a.next, "n").token).not.toBe(capture(b.next, "n").token);
    a.next();
    expect(capture(a.peek, "n").read()).toBe(2);
    expect(capture(b.peek, "n").read()).toBe(10);
    expect(capture(a.reset, "start").token).toBe(null);
  });

  test("iterations have their own variables", () => {
    const fs: (() => number)[] = [];
    for (let i = 0; i < 3; i++) fs.push(() => i);
    for (const i of [7, 8]) fs.push(() => i);
    for (let j = 0; j < 2; j++) {
      let k = j;
      k *= 10;
      fs.push(() => k++);
    }
    expect(fs.map((f) => functionInfo(f)?.captures.values().next().value?.read())).toEqual([0, 1, 2, 7, 8, 0, 10]);
    expect(capture(fs[0], "i").token).not.toBe(capture(fs[1], "i").token);
    expect(capture(fs[5], "k").token).not.toBe(capture(fs[6], "k").token);
  });

  test("module variables, the function's own name, imports", () => {
    bump();
    expect(capture(bump, "moduleCount").token).not.toBe(null);
    expect(capture(bump, "moduleCount").read()).toBe(moduleCount);
    expect(capture(bump, "table").read()).toBe(table);
    expect(capture(bump, "bump").read()).toBe(bump);
    const self = function fact(n: number): number {
      return n < 2 ? 1 : n * fact(n - 1);
    };
    expect(capture(self, "fact").read()).toBe(self);
    const usesImport = () => readFileSync;
    expect(capture(usesImport, "readFileSync").imported).toBe(true);
    expect(capture(usesImport, "readFileSync").read()).toBe(readFileSync);
  });

  test("what inner functions use is captured by outer ones; parameters and globals are not", () => {
    const deep = (p: number) => () => p + moduleCount + Math.PI;
    expect([...(functionInfo(deep)?.captures.keys() ?? [])]).toEqual(["moduleCount"]);
  });

  test("arrow functions capture this", () => {
    class Button {
      label = "ok";
      press = () => this.label;
      later() {
        return () => () => this;
      }
    }
    const b = new Button();
    expect(functionInfo(b.press)?.thisCapture?.read()).toBe(b);
    expect(functionInfo(b.later())?.thisCapture?.read()).toBe(b);
    expect(functionInfo(b.later)?.thisCapture).toBe(null);
  });

  test("types are no captures", () => {
    interface Shape {
      readonly table: number;
    }
    const f = (x: Shape): typeof table | number => (x as Shape).table satisfies number;
    expect(functionInfo(f)?.captures.size).toBe(0);
  });

  test("captured in a default value, a switch, a catch clause, a pattern", () => {
    let seen = 1;
    const f = (g = () => seen) => g;
    seen = 2;
    expect(capture(f(), "seen").read()).toBe(2);
    const inSwitch = (k: number) => {
      switch (k) {
        case 1: {
          return () => k;
        }
        default: {
          let late = 5;
          late += 1;
          return () => late++;
        }
      }
    };
    expect(capture(inSwitch(2), "late").read()).toBe(6);
    expect(capture(inSwitch(1), "k").read()).toBe(1);
    let [p, { q }] = [1, { q: 2 }];
    [p, { q }] = [3, { q: 4 }];
    const both = () => p + q;
    expect(capture(both, "q").read()).toBe(4);
    expect(capture(both, "p").token).not.toBe(null);
    try {
      throw new Error("x");
    } catch (e) {
      expect(capture(() => e, "e").read()).toBe(e);
    }
  });
});

describe("declarations", () => {
  test("positions and kept names", () => {
    const anonymous = (x: number) => x;
    const { f = () => 1 } = {} as { f?: () => number };
    expect(sourceAt(bump)).toMatch(/^function bump/);
    expect(sourceAt(anonymous)).toMatch(/^\(x: number\) => x/);
    expect([anonymous.name, f.name, counter(0).next.name, counter(0).reset.name]).toEqual([
      "anonymous",
      "f",
      "next",
      "reset",
    ]);
  });

  test("methods, accessors, static members", () => {
    class A {
      static count = 0;
      static make() {
        return new A();
      }
      get size() {
        return A.count + moduleCount;
      }
      [Symbol.iterator]() {
        return [1].values();
      }
    }
    expect(functionInfo(A.make)).toMatchObject({ kind: "method", isStatic: true, owner: A });
    const size = ownProperties(A.prototype).get("size");
    expect(size?.kind === "accessor" && functionInfo(size.get)?.kind).toBe("get");
    expect(sourceAt(A.prototype[Symbol.iterator])).toMatch(/^\[Symbol.iterator\]/);
    expect([...(classInfo(A)?.captures.keys() ?? [])].sort()).toEqual(["A", "moduleCount"]);
    const literal = {
      m() {
        return moduleCount;
      },
      get g() {
        return 1;
      },
    };
    expect(functionInfo(literal.m)).toMatchObject({ kind: "method", owner: literal });
  });

  test("private data is read, getters are not run", () => {
    class Base {
      #x = 1;
      get x() {
        return this.#x;
      }
    }
    class Derived extends Base {
      static #made = 3;
      #x = 2;
      y = 5;
      #hidden() {
        return this.#x + Derived.#made;
      }
      get z(): number {
        throw new Error("ran");
      }
      use() {
        return this.#hidden();
      }
    }
    const d = new Derived();
    expect(classInfo(Derived)?.readPrivate(d)).toEqual({ "#x": 2 });
    expect(classInfo(Base)?.readPrivate(d)).toEqual({ "#x": 1 });
    expect(classInfo(Derived)?.readPrivate({})).toBe(null);
    expect(ownProperties(Derived).get("#made")).toEqual({ kind: "data", value: 3 });
    expect(ownProperties(d).get("y")).toEqual({ kind: "data", value: 5 });
  });

  test("mixins: one declaration, two classes", () => {
    type Class = new () => object;
    const mixin = (Base: Class, n: number) =>
      class extends Base {
        n() {
          return n;
        }
      };
    const [A, B] = [mixin(Object, 1), mixin(Object, 2)];
    expect(classInfo(A)?.pos).toBe(classInfo(B)?.pos);
    expect(classInfo(A)?.captures.get("n")?.read()).toBe(1);
    expect(classInfo(B)?.captures.get("n")?.read()).toBe(2);
  });

  test("bound functions and native ones", () => {
    const bound = counter.bind(null, 3);
    expect(boundInfo(bound)).toEqual({ target: counter, thisArgument: null, arguments: [3] });
    expect(functionInfo(Math.max)).toBe(null);
    expect(functionInfo(readFileSync)).toBe(null);
  });

  test("places of literals and new", () => {
    const xs = [1, 2];
    const m = new Map([[1, 2]]);
    const place = allocationPlace(xs);
    expect(text.slice(place?.pos, (place?.pos ?? 0) + 6)).toBe("[1, 2]");
    expect(text.slice(allocationPlace(m)?.pos).startsWith("new Map")).toBe(true);
    let a = 1;
    let b = 2;
    [a, b] = [b, a];
    ({ a, b } = { a: 5, b });
    expect([a, b]).toEqual([5, 1]);
  });
});
