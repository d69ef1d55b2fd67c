// _heapq.
import type { int } from "rtypescript/rlib";
import { function1, function2 } from "../objects/builtin.ts";
import { W_List } from "../objects/list.ts";
import { indexError, typeError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { lt } from "../objects/space.ts";
import { builtinModule, functions } from "./registry.ts";

function heapOf(w_heap: W_Root): W_Root[] {
  if (w_heap instanceof W_List) return w_heap.items;
  throw typeError(`heap argument must be a list, not ${w_heap.typename()}`);
}
/** The order of the heap: `max` exchanges the operands. */
function before(w_a: W_Root, w_b: W_Root, max: boolean): boolean {
  return max ? lt(w_b, w_a) : lt(w_a, w_b);
}

/** Moves the item at `at` towards the root, not beyond `start`. */
function siftDown(heap: W_Root[], start: int, at: int, max: boolean): void {
  const w_item = heap[at];
  let i: int = at;
  while (i > start) {
    const parent: int = (i - 1) >> 1;
    if (!before(w_item, heap[parent], max)) break;
    heap[i] = heap[parent];
    i = parent;
  }
  heap[i] = w_item;
}
/** Moves the hole at `at` to a leaf, then its item up again. */
function siftUp(heap: W_Root[], at: int, max: boolean): void {
  const end: int = heap.length;
  const w_item = heap[at];
  let i: int = at;
  let child: int = 2 * i + 1;
  while (child < end) {
    if (child + 1 < end && !before(heap[child], heap[child + 1], max)) child++;
    heap[i] = heap[child];
    i = child;
    child = 2 * i + 1;
  }
  heap[i] = w_item;
  siftDown(heap, at, i, max);
}
function pop(w_heap: W_Root, max: boolean): W_Root {
  const heap = heapOf(w_heap);
  if (heap.length === 0) throw indexError("index out of range");
  const w_last = heap.pop() as W_Root;
  if (heap.length === 0) return w_last;
  const w_first = heap[0];
  heap[0] = w_last;
  siftUp(heap, 0, max);
  return w_first;
}
function replace(w_heap: W_Root, w_item: W_Root, max: boolean): W_Root {
  const heap = heapOf(w_heap);
  if (heap.length === 0) throw indexError("index out of range");
  const w_first = heap[0];
  heap[0] = w_item;
  siftUp(heap, 0, max);
  return w_first;
}
function heapify(w_heap: W_Root, max: boolean): W_Root {
  const heap = heapOf(w_heap);
  for (let i: int = (heap.length >> 1) - 1; i >= 0; i--) siftUp(heap, i, max);
  return w_None;
}

functions(builtinModule("_heapq"), [
  function2("heappush", (w_heap, w_item) => {
    const heap = heapOf(w_heap);
    heap.push(w_item);
    siftDown(heap, 0, heap.length - 1, false);
    return w_None;
  }),
  function1("heappop", (w_heap) => pop(w_heap, false)),
  function1("heapify", (w_heap) => heapify(w_heap, false)),
  function2("heapreplace", (w_heap, w_item) => replace(w_heap, w_item, false)),
  function2("heappushpop", (w_heap, w_item) => {
    const heap = heapOf(w_heap);
    return heap.length > 0 && lt(heap[0], w_item) ? replace(w_heap, w_item, false) : w_item;
  }),
  function1("_heapify_max", (w_heap) => heapify(w_heap, true)),
  function1("_heappop_max", (w_heap) => pop(w_heap, true)),
  function2("_heapreplace_max", (w_heap, w_item) => replace(w_heap, w_item, true)),
]);
