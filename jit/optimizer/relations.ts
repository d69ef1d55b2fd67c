/**
 * Relations between ints, beyond ranges: `a <= b + k`, as facts that guards and exact arithmetic leave (`i < n` is
 * `i <= n - 1`, `j = i + 1` without overflow is `j <= i + 1` and `i <= j - 1`). A question is answered by following
 * facts from the left side to the right one, a few steps deep: that suffices for `0 <= i < n` of loops over lists.
 *
 * All sides are exact integers: a fact about an operation holds only if it cannot leave the word.
 */
import { intAddOvf, intSubOvf } from "../../rlib/checked.ts";
import type { int } from "../../rlib/types.ts";
import { Box, ConstInt, type Value } from "../format/values.ts";
import { IntBound } from "./bounds.ts";
import { Edge, IntInfo } from "./info.ts";
import type { Optimizer } from "./optimizer.ts";

/** Facts followed from one value to another. */
const MAX_DEPTH = 4;
/** Facts kept for one value. */
const MAX_EDGES = 12;

/** Is `a <= b + offset` known? Both resolved. */
export function isKnown(opt: Optimizer, a: Value, b: Value, offset: int): boolean {
  return prove(opt, a, b, offset, MAX_DEPTH);
}

function prove(opt: Optimizer, a: Value, b: Value, offset: int, depth: int): boolean {
  if (a === b) return offset >= 0;
  const limit = intAddOvf(opt.boundOf(b).lo, offset);
  if (limit === null ? offset > 0 : opt.boundOf(a).hi <= limit) return true;
  if (depth === 0 || !(a instanceof Box)) return false;
  const info = a.info;
  if (!(info instanceof IntInfo)) return false;
  const edges = info.edges;
  if (edges === null) return false;
  for (const edge of edges) {
    const rest = intSubOvf(offset, edge.offset);
    if (rest !== null && prove(opt, opt.resolve(edge.other), b, rest, depth - 1)) return true;
  }
  return false;
}

/** From now on `a <= b + offset`. Both resolved. */
export function learnRelation(opt: Optimizer, a: Value, b: Value, offset: int): void {
  const boundA = opt.boundOf(a);
  const boundB = opt.boundOf(b);
  const high = intAddOvf(boundB.hi, offset);
  const low = intSubOvf(boundA.lo, offset);
  addEdge(opt, a, b, offset);
  if (high !== null && high < boundA.hi) opt.learnBound(a, new IntBound(high < boundA.lo ? high : boundA.lo, high));
  if (low !== null && low > boundB.lo) opt.learnBound(b, new IntBound(low, low > boundB.hi ? low : boundB.hi));
}

/** Keeps the fact without looking at what it says of ranges. */
export function addEdge(opt: Optimizer, a: Value, b: Value, offset: int): void {
  if (!(a instanceof Box) || b instanceof ConstInt || a === b) return;
  const info = opt.intInfo(a);
  const edges = info.edges;
  if (edges === null) info.edges = [new Edge(b, offset)];
  else if (edges.length < MAX_EDGES) edges.push(new Edge(b, offset));
}
