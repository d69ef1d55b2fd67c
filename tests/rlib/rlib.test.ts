// rlib on Node: what the documentation of each function says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { externalInfo } from "../../rlib/external.ts";
import { freezerOf, hintsOfClass, hintsOfFunction } from "../../rlib/hints.ts";
import * as r from "../../rlib/index.ts";
import { elidable, JitDriver, promote, unrollSafe } from "../../rlib/jit.ts";
import { markWordConstants, WordConstant } from "../../rlib/word.ts";

const ints = fc.maxSafeInteger();

describe("checked arithmetic", () => {
  test("is exact or null", () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        const exact = (x: bigint) => (x >= -(2n ** 53n) + 1n && x <= 2n ** 53n - 1n ? Number(x) : null);
        expect(r.intAddOvf(a, b)).toBe(exact(BigInt(a) + BigInt(b)));
        expect(r.intSubOvf(a, b)).toBe(exact(BigInt(a) - BigInt(b)));
        expect(r.intMulOvf(a, b)).toBe(exact(BigInt(a) * BigInt(b)));
        if (b === 0) return;
        expect(r.intDiv(a, b)).toBe(Number(BigInt(a) / BigInt(b)));
        expect(r.intMod(a, b)).toBe(Number(BigInt(a) % BigInt(b)));
        expect(r.intFloorDiv(a, b) * b + r.intFloorMod(a, b) === a || Math.abs(a) > 2 ** 52).toBe(true);
        const m = r.intFloorMod(a, b);
        expect(m === 0 || m < 0 === b < 0).toBe(true);
      }),
    );
  });

  test("division by zero, conversions", () => {
    for (const f of [r.intDiv, r.intMod, r.intFloorDiv, r.intFloorMod, r.uintDiv, r.uintMod]) {
      expect(() => f(1, 0)).toThrow(r.DivisionByZeroError);
    }
    expect([r.intFloorDiv(-7, 2), r.intFloorMod(-7, 2), r.intDiv(-7, 2), r.intMod(-7, 2)]).toEqual([-4, 1, -3, -1]);
    expect(Object.is(r.intDiv(0, -5), 0) && Object.is(r.intMod(-4, 2), 0) && Object.is(r.toInt(-0.5), 0)).toBe(true);
    expect([r.toInt(2.9), r.toInt(-2.9), r.bigIntToInt(5n)]).toEqual([2, -2, 5]);
    for (const f of [() => r.toInt(Number.NaN), () => r.toInt(1e300), () => r.bigIntToInt(2n ** 70n)]) {
      expect(f).toThrow(RangeError);
    }
    expect([r.intShlOvf(1, 52), r.intShlOvf(1, 53), r.intShlOvf(0, 99), r.intNegOvf(0)]).toEqual([2 ** 52, null, 0, 0]);
  });

  test("parseInteger reads what toString writes", () => {
    fc.assert(
      fc.property(ints, fc.integer({ min: 2, max: 36 }), (n, radix) => {
        expect(r.parseInteger(n.toString(radix), radix)).toBe(n);
      }),
    );
    expect(["", "-", "+5", " 5", "5 ", "1_0", "9007199254740992"].map((s) => r.parseInteger(s))).toEqual([
      null,
      null,
      5,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("bits", () => {
  test("agree with bigint", () => {
    fc.assert(
      fc.property(ints, ints, fc.integer({ min: 0, max: 52 }), (a, b, n) => {
        expect(BigInt(r.intAnd(a, b))).toBe(BigInt(a) & BigInt(b));
        expect(BigInt(r.intOr(a, b))).toBe(BigInt(a) | BigInt(b));
        expect(BigInt(r.intXor(a, b))).toBe(BigInt(a) ^ BigInt(b));
        expect(BigInt(r.intShr(a, n))).toBe(BigInt(a) >> BigInt(n));
        expect(BigInt(r.intNot(a))).toBe(~BigInt(a));
        expect(r.intBitLength(a)).toBe(a === 0 ? 0 : (a < 0 ? -BigInt(a) : BigInt(a)).toString(2).length);
      }),
    );
  });

  test("floats and their bits", () => {
    fc.assert(
      fc.property(fc.double(), (f) => {
        expect(r.floatFromBits(r.floatHighBits(f), r.floatLowBits(f))).toBe(f);
      }),
    );
    expect(r.floatHighBits(-0)).toBe(0x80000000);
    expect([r.uintLess(1, -1), r.uintLess(-1, 1), r.intUshr(-1, 52), r.intShl(3, 2)]).toEqual([true, false, 1, 12]);
  });
});

describe("errors", () => {
  test("the engine's own are instances too, but not of other classes", () => {
    const caught = (f: () => unknown): unknown => {
      try {
        return f();
      } catch (e) {
        return e;
      }
    };
    const endless = (): number => endless() + 1;
    const overflow = caught(endless);
    const division = caught(() => 1n / BigInt(overflow instanceof Error ? 0 : 1));
    class Mine extends r.StackOverflowError {}
    expect([overflow instanceof r.StackOverflowError, overflow instanceof r.DivisionByZeroError]).toEqual([
      true,
      false,
    ]);
    expect([division instanceof r.DivisionByZeroError, division instanceof r.StackOverflowError]).toEqual([
      true,
      false,
    ]);
    expect([overflow instanceof Mine, new Mine() instanceof r.StackOverflowError]).toEqual([false, true]);
    expect(new RangeError("other") instanceof r.StackOverflowError).toBe(false);
  });

  test("OSError and ControlFlow", () => {
    const e = new r.OSError(2, "/x");
    expect([e.errno, e.code, e.path, e.message]).toEqual([
      2,
      "ENOENT",
      "/x",
      "ENOENT: No such file or directory, '/x'",
    ]);
    class Return extends r.ControlFlow {}
    expect(new Return().stack).not.toContain("rlib.test");
    expect(new Error("x").stack).toContain("rlib.test");
  });
});

describe("collections and text", () => {
  test("HashMap behaves as a Map of keys by value", () => {
    const operations = fc.array(fc.tuple(fc.constantFrom("set", "delete"), fc.integer({ min: 0, max: 30 })));
    fc.assert(
      fc.property(operations, (all) => {
        const map = r.hashMap<{ k: number }, number>(
          (a, b) => a.k === b.k,
          (a) => a.k % 7,
        );
        const model = new Map<number, number>();
        all.forEach(([what, k], i) => {
          if (what === "set") {
            map.set({ k }, i);
            model.set(k, i);
          } else expect(map.delete({ k })).toBe(model.delete(k));
          expect(map.size).toBe(model.size);
        });
        expect(map.keys().map((o) => o.k)).toEqual([...model.keys()]);
        expect(map.values()).toEqual([...model.values()]);
        for (const [k, v] of model) expect([map.get({ k }), map.has({ k })]).toEqual([v, true]);
        expect(map.get({ k: 99 })).toBe(undefined);
        const frozen = freezerOf(r.HashMap)?.(map) as typeof map;
        expect(frozen.index).toEqual([]);
        for (const [k, v] of model) expect(frozen.getOr({ k }, -1)).toBe(v);
      }),
    );
  });

  test("lists", () => {
    expect(r.newList(3, "a")).toEqual(["a", "a", "a"]);
    expect(() => r.newList(-1, 0)).toThrow(RangeError);
    const xs = [1, 2, 3, 4, 5];
    r.copyItems(xs, 0, xs, 1, 4);
    expect(xs).toEqual([1, 1, 2, 3, 4]);
    r.copyItems(xs, 1, xs, 0, 4);
    expect(xs).toEqual([1, 2, 3, 4, 4]);
    expect(() => r.copyItems(xs, 3, xs, 0, 3)).toThrow();
  });

  test("StringBuilder, weak references, identity", () => {
    const b = new r.StringBuilder();
    b.append("ab");
    b.appendChar("c");
    b.appendChar("");
    expect([b.length, b.build()]).toEqual([3, "abc"]);
    const o = {};
    expect(r.weakRef(o).get()).toBe(o);
    expect(r.identityHash(o)).toBe(r.identityHash(o));
    expect(r.identityHash(o)).not.toBe(r.identityHash({}));
  });
});

describe("hints and descriptions", () => {
  test("hints are recorded and change nothing", () => {
    const f = elidable((x: number) => x + 1);
    expect(f(1)).toBe(2);
    expect([...(hintsOfFunction(f)?.keys() ?? [])]).toEqual(["elidable"]);
    class Frame {
      #pop() {
        return 1;
      }
      pop() {
        return this.#pop();
      }
      static {
        unrollSafe(Frame, "#pop");
      }
    }
    expect(hintsOfClass(Frame)?.get("#pop")?.has("unrollSafe")).toBe(true);
    const driver = new JitDriver<{ pc: number }>({ greens: ["pc"] });
    driver.mergePoint({ pc: 1 });
    expect(promote(new Frame()).pop()).toBe(1);
    expect(hintsOfFunction(r.specialize.byValue(f, "x"))?.get("specializeByValue")).toBe("x");
  });

  test("external functions", () => {
    const pow = r.external("pow", [r.float, r.float], r.float, { library: "m", node: Math.pow, elidable: true });
    expect(pow(2, 10)).toBe(1024);
    expect(externalInfo(pow)).toMatchObject({ name: "pow", library: "m", elidable: true, result: r.float });
    expect(externalInfo(Math.pow)).toBe(null);
    const missing = r.external("f", [], r.nothing);
    expect(() => missing()).toThrow(/no equivalent/);
  });

  test("word constants are marked under translation only", () => {
    expect([r.wordBits(), r.minInt(), r.maxInt()]).toEqual([53, -(2 ** 53) + 1, 2 ** 53 - 1]);
    markWordConstants(true);
    const bits: unknown = r.wordBits();
    expect(bits instanceof WordConstant && bits.property).toBe("wordBits");
    expect(() => r.maxInt() - 1).toThrow(/options.wordBits/);
    markWordConstants(false);
    expect(r.wordBits()).toBe(53);
  });
});
