// The _heapq module. The moves are those of CPython, so that heaps of equal items come out in the same order.
import type { int } from "rtypescript/rlib";
import { function1, function2 } from "../objects/builtin.ts";
import { W_Int } from "../objects/int.ts";
import { W_List } from "../objects/list.ts";
import { indexError, runtimeError, typeError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { lt } from "../objects/space.ts";
import { builtinModule, functions } from "./registry.ts";

const ONE_ARGUMENT: string[] = ["heappop", "heapify", "_heappop_max", "_heapify_max"];

function heapOf(w_heap: W_Root, name: string): W_List {
  if (w_heap instanceof W_List) return w_heap;
  throw typeError(
    `${name}() argument${ONE_ARGUMENT.includes(name) ? "" : " 1"} must be list, not ${w_heap.typename()}`,
  );
}

/** Is `w_a` to stand above `w_b`? */
function before(w_a: W_Root, w_b: W_Root, max: boolean): boolean {
  if (w_a instanceof W_Int && w_b instanceof W_Int) return max ? w_b.value < w_a.value : w_a.value < w_b.value;
  return max ? lt(w_b, w_a) : lt(w_a, w_b);
}

function requireLength(w_heap: W_List, n: int): void {
  if (w_heap.items.length !== n) throw runtimeError("list changed size during iteration");
}

/** Moves the item at `at` up to its place, not above `start`. */
function moveUp(w_heap: W_List, start: int, at: int, max: boolean): void {
  const n = w_heap.items.length;
  const w_new = w_heap.items[at];
  let i = at;
  while (i > start) {
    const parent: int = (i - 1) >> 1;
    const w_parent = w_heap.items[parent];
    const higher = before(w_new, w_parent, max);
    requireLength(w_heap, n);
    if (!higher) break;
    w_heap.items[i] = w_parent;
    w_heap.items[parent] = w_new;
    i = parent;
  }
}

/** Moves the hole at `at` down to a leaf and its item up from there. */
function moveDown(w_heap: W_List, at: int, max: boolean): void {
  const n = w_heap.items.length;
  const limit: int = n >> 1;
  let i = at;
  while (i < limit) {
    let child: int = 2 * i + 1;
    if (child + 1 < n) {
      const left = before(w_heap.items[child], w_heap.items[child + 1], max);
      requireLength(w_heap, n);
      if (!left) child++;
    }
    const w = w_heap.items[i];
    w_heap.items[i] = w_heap.items[child];
    w_heap.items[child] = w;
    i = child;
  }
  moveUp(w_heap, at, i, max);
}

function popTop(w_heap: W_List, max: boolean): W_Root {
  if (w_heap.items.length === 0) throw indexError("index out of range");
  const w_last = w_heap.items.pop() as W_Root;
  if (w_heap.items.length === 0) return w_last;
  const w_top = w_heap.items[0];
  w_heap.items[0] = w_last;
  moveDown(w_heap, 0, max);
  return w_top;
}
function replaceTop(w_heap: W_List, w_item: W_Root, max: boolean): W_Root {
  if (w_heap.items.length === 0) throw indexError("index out of range");
  const w_top = w_heap.items[0];
  w_heap.items[0] = w_item;
  moveDown(w_heap, 0, max);
  return w_top;
}
function heapify(w_heap: W_List, max: boolean): W_Root {
  for (let i: int = (w_heap.items.length >> 1) - 1; i >= 0; i--) moveDown(w_heap, i, max);
  return w_None;
}

functions(builtinModule("_heapq"), [
  function2("heappush", (w_list, w_item) => {
    const w_heap = heapOf(w_list, "heappush");
    w_heap.items.push(w_item);
    moveUp(w_heap, 0, w_heap.items.length - 1, false);
    return w_None;
  }),
  function1("heappop", (w_list) => popTop(heapOf(w_list, "heappop"), false)),
  function2("heapreplace", (w_list, w_item) => replaceTop(heapOf(w_list, "heapreplace"), w_item, false)),
  function2("heappushpop", (w_list, w_item) => {
    const w_heap = heapOf(w_list, "heappushpop");
    if (w_heap.items.length === 0 || !before(w_heap.items[0], w_item, false)) return w_item;
    return replaceTop(w_heap, w_item, false);
  }),
  function1("heapify", (w_list) => heapify(heapOf(w_list, "heapify"), false)),
  function1("_heappop_max", (w_list) => popTop(heapOf(w_list, "_heappop_max"), true)),
  function2("_heapreplace_max", (w_list, w_item) => replaceTop(heapOf(w_list, "_heapreplace_max"), w_item, true)),
  function1("_heapify_max", (w_list) => heapify(heapOf(w_list, "_heapify_max"), true)),
]);
