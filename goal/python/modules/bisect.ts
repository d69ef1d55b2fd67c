// The _bisect module.
import type { int } from "rtypescript/rlib";
import { functionN } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { replaceRange, W_List } from "../objects/list.ts";
import { valueError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { getattr, getitem, len, lt } from "../objects/space.ts";
import { builtinModule, functions } from "./registry.ts";

/** Where `w_x` belongs; after equal items if `right`. `w_x` is a key already. */
function bisect(w_a: W_Root, w_x: W_Root, w_lo: W_Root, w_hi: W_Root, w_key: W_Root, right: boolean): int {
  let low = intArgument(w_lo);
  if (low < 0) throw valueError("lo must be non-negative");
  let high: int = w_hi === w_None ? len(w_a) : intArgument(w_hi);
  while (low < high) {
    const middle: int = low + ((high - low) >> 1);
    const w_item =
      w_a instanceof W_List && w_a.user === null && middle < w_a.items.length
        ? w_a.items[middle]
        : getitem(w_a, newint(middle));
    const w_value = w_key === w_None ? w_item : w_key.call1(w_item);
    if (right ? lt(w_x, w_value) : !lt(w_value, w_x)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insort(args: W_Root[], right: boolean): W_Root {
  const w_a = args[0];
  const w_key = args[4] === w_None ? args[1] : args[4].call1(args[1]);
  const at = bisect(w_a, w_key, args[2], args[3], args[4], right);
  if (w_a instanceof W_List && w_a.user === null) replaceRange(w_a.items, at, 0, [args[1]]);
  else getattr(w_a, "insert").call2(newint(at), args[1]);
  return w_None;
}

const SIGNATURE = "a, x, lo=0, hi=None, *, key=None";
functions(builtinModule("_bisect"), [
  functionN("bisect_right", SIGNATURE, (a) => newint(bisect(a[0], a[1], a[2], a[3], a[4], true))),
  functionN("bisect_left", SIGNATURE, (a) => newint(bisect(a[0], a[1], a[2], a[3], a[4], false))),
  functionN("insort_right", SIGNATURE, (args) => insort(args, true)),
  functionN("insort_left", SIGNATURE, (args) => insort(args, false)),
]);
