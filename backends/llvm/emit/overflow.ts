/**
 * Overflow tests. `int_add_overflows(a, b)` and `int_add(a, b)` in one block share one `llvm.sadd.with.overflow`: an
 * add and a jump on the overflow flag in machine code. (Across blocks LLVM's value numbering does it.)
 */

import type { Primitive } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";

/** Marks a pair in a block whose instruction was not emitted yet. */
export const LAZY_OVERFLOW = "";

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** Same for the same value; constants by content. */
function identityOf(v: Value): string {
  if (v instanceof Constant) return `c${String(v.value)}`;
  let id = identities.get(v);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(v, id);
  }
  return `v${id}`;
}

/** Key of an operation's arithmetic and operands, with or without `_overflows`. */
export function pairKey(op: Operation): string {
  const kind = op.opname.replace("_overflows", "");
  return `${kind} ${op.args.map(identityOf).join(" ")}`;
}

/** The `{ value, overflow }` pair of an operation, emitted once per block. */
export function overflowPair(w: FunctionWriter, op: Operation): string {
  const key = pairKey(op);
  const known = w.overflows.get(key);
  if (known !== undefined && known !== LAZY_OVERFLOW) return known;
  const [a, b] = op.args as [Value, Value];
  const type = w.type(a);
  const sign = (a.type as Primitive).signed ? "s" : "u";
  const stem = op.opname.slice(4, 7);
  const intrinsic = w.module.intrinsic(
    `llvm.${sign}${stem}.with.overflow.${type}`,
    `{ ${type}, i1 }`,
    `${type}, ${type}`,
  );
  const pair = w.temp(`call { ${type}, i1 } ${intrinsic}(${w.typed(a)}, ${w.typed(b)})`);
  w.overflows.set(key, pair);
  return pair;
}

/** Type of the pair of an operation. */
export function pairType(w: FunctionWriter, v: Value): string {
  return `{ ${w.type(v)}, i1 }`;
}
