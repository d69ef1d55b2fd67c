import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equalInts, sameFloats } from "../../rtyper/runtime/hash.ts";
import * as list from "../../rtyper/runtime/list.ts";
import * as fn from "../../rtyper/runtime/listfn.ts";
import { itemsSort, itemsSortByText } from "../../rtyper/runtime/listsort.ts";
import { intToString } from "../../rtyper/runtime/number.ts";

/** A resizable list with some room behind. */
function low(values: number[]): list.LowList<number> {
  const l = { length: 0, items: [0, 0] };
  for (const v of values) list.listPush(l, v);
  return l;
}

function live(l: list.LowList<number>): number[] {
  for (let i = l.length; i < l.items.length; i++) expect(l.items[i] ?? 0).toBe(0);
  return l.items.slice(0, l.length);
}

const ints = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 20 });
const index = fc.integer({ min: -25, max: 25 });

function check<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ours: (...a: T) => unknown,
  theirs: (...a: T) => unknown,
): void {
  fc.assert(
    fc.property(fc.tuple(...arbitraries) as unknown as fc.Arbitrary<T>, (args) => {
      expect(ours(...args)).toEqual(theirs(...args));
    }),
    { numRuns: 300 },
  );
}

/** Both results of a changing method: what it gives and what the list is then. */
function changing(f: (l: list.LowList<number>) => unknown): (values: number[]) => unknown {
  return (values) => {
    const l = low(values);
    return [f(l), live(l)];
  };
}

describe("lists", () => {
  test("push, pop, shift, unshift, resize", () => {
    check([ints], changing(list.listPop), (a) => [a.pop(), a]);
    check([ints], changing(list.listShift), (a) => [a.shift(), a]);
    check(
      [ints],
      changing((l) => list.listUnshift(l, 7)),
      (a) => [a.unshift(7), a],
    );
    const l = low([]);
    for (let i = 0; i < 1000; i++) list.listPush(l, i + 1);
    list.listResize(l, 3);
    expect(live(l)).toEqual([1, 2, 3]);
    expect(l.items.length).toBeLessThan(20);
    list.listResize(l, 5);
    expect(l.length).toBe(5);
  });
  test("slice, splice, concat", () => {
    check(
      [ints, index, index],
      (a, s, e) => list.itemsSlice(low(a).items, a.length, s, e),
      (a, s, e) => a.slice(s, e),
    );
    check(
      [ints, index, fc.nat(25), ints],
      (a, s, n, more) => changing((l) => list.listSplice(l, s, n, more))(a),
      (a, s, n, more) => [a.splice(s, n, ...more), a],
    );
    check(
      [ints, ints],
      (a, b) => list.itemsConcat(a, a.length, b, b.length),
      (a, b) => a.concat(b),
    );
  });
  test("search, reverse, fill, at", () => {
    const item = fc.integer({ min: -5, max: 5 });
    check(
      [ints, item, index],
      (a, x, i) => list.itemsIndexOf(low(a).items, a.length, x, i, equalInts),
      (a, x, i) => a.indexOf(x, i),
    );
    check(
      [ints, item, index],
      (a, x, i) => list.itemsLastIndexOf(low(a).items, a.length, x, i, equalInts),
      (a, x, i) => a.lastIndexOf(x, i),
    );
    expect(list.itemsIndexOf([1, Number.NaN], 2, Number.NaN, 0, sameFloats)).toBe(1);
    check(
      [ints],
      changing((l) => list.itemsReverse(l.items, l.length)),
      (a) => [undefined, a.reverse()],
    );
    check(
      [ints, index, index],
      (a, s, e) => changing((l) => list.itemsFill(l.items, l.length, 9, s, e))(a),
      (a, s, e) => [undefined, a.fill(9, s, e)],
    );
    check(
      [ints, index],
      (a, i) => list.itemsAt(low(a).items, a.length, i),
      (a, i) => a.at(i),
    );
  });
  test("callbacks", () => {
    const { growableItems: gi, growableLength: gl } = list;
    const odd = (_: number, x: number) => x % 2 !== 0;
    check(
      [ints],
      (a) => fn.listMap(low(a), gi<number>, gl<number>, (e, x, i) => e + x * i, 3, []),
      (a) => a.map((x, i) => 3 + x * i),
    );
    check(
      [ints],
      (a) => fn.listFilter(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.filter((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listSome(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.some((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listEvery(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.every((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listFind(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.find((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listFindLast(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.findLast((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listFindLastIndex(low(a), gi<number>, gl<number>, odd, 0),
      (a) => a.findLastIndex((x) => x % 2 !== 0),
    );
    check(
      [ints],
      (a) => fn.listReduce(low(a), gi<number>, gl<number>, (_, s, x, i) => s * 3 + x * i, 0, 1),
      (a) => a.reduce((s, x, i) => s * 3 + x * i, 1),
    );
    check(
      [ints],
      (a) => fn.listReduceRight(low(a), gi<number>, gl<number>, (_, s, x, i) => s * 3 + x * i, 0, 1),
      (a) => a.reduceRight((s, x, i) => s * 3 + x * i, 1),
    );
    check(
      [ints],
      (a) => (a.length === 0 ? 0 : fn.listReduceOwn(low(a), gi<number>, gl<number>, (_, s, x) => s - x, 0)),
      (a) => (a.length === 0 ? 0 : a.reduce((s, x) => s - x)),
    );
    check(
      [ints],
      (a) => {
        const out = low([]);
        fn.listFlatMap(
          low(a),
          gi<number>,
          gl<number>,
          (_, x, i) => [x, i],
          0,
          list.fixedItems<number>,
          list.fixedLength<number>,
          (x: number) => x,
          out,
        );
        return live(out);
      },
      (a) => a.flatMap((x, i) => [x, i]),
    );
  });
  test("sort is stable and sorts by text by default", () => {
    const many = fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 200 });
    const byTens = (_: number, a: number, b: number) => Math.trunc(a / 10) - Math.trunc(b / 10);
    check(
      [many],
      changing((l) => itemsSort(l.items, l.length, byTens, 0)),
      (a) => [undefined, a.sort((x, y) => byTens(0, x, y))],
    );
    check(
      [many],
      changing((l) => itemsSortByText(l.items, l.length, intToString, [], [])),
      (a) => [undefined, a.sort()],
    );
  });
});
