/** What programs and run-time code ask of the collector: its entry points, called by name (`rlib/heap.ts`). */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Address, type LowType, type Ptr, Signed, Void } from "../lltype/types.ts";
import { ADDRESS_REPR } from "../repr/address.ts";
import type { TypedArrayRepr } from "../repr/typedarray.ts";
import { builtins } from "../repr.ts";
import { pinnedArray } from "../runtime/typedarray.ts";
import { intArg, intResult } from "./arguments.ts";

function entry(hop: Hop, name: string, args: readonly Value[], result: LowType): Value {
  return hop.emit("gc_call", [hop.void(name), ...args], result);
}

builtins.on("heap.collectNow", (hop) => {
  entry(hop, "collect", [intArg(hop, 0)], Void);
  return null;
});
builtins.on("heap.statistic", (hop) => intResult(hop, entry(hop, "stats_word", [intArg(hop, 0)], Signed)));
builtins.on("heap.setParameter", (hop) => {
  entry(hop, "set_param", [intArg(hop, 0), intArg(hop, 1)], Void);
  return null;
});
builtins.on("heap.registerFinalizer", (hop) => {
  entry(hop, "register_finalizer", [hop.inputNonNull(0), hop.inputNonNull(1)], Void);
  return null;
});
builtins.on("heap.nextFinalizer", (hop) => entry(hop, "next_finalizer", [], Address));
builtins.on("heap.finalizerAction", (hop) => entry(hop, "finalizer_callback", [], Address));
builtins.on("heap.objectAt", (hop) => {
  const to = hop.resultRepr.lowType as Ptr;
  return hop.emit("address_to_ptr", [hop.inputArg(ADDRESS_REPR, 0)], to);
});

// Arrays that stay where they are.
builtins.on("heap.newPinnedBytes", (hop) => {
  const { lowType } = hop.resultRepr as TypedArrayRepr;
  return hop.helper(pinnedArray, hop.const(null, lowType), intArg(hop, 0));
});
builtins.on("heap.newPinnedLike", (hop) => {
  const to = hop.resultRepr.lowType as Ptr;
  return hop.emit("malloc_pinned", [hop.void(to.to), intArg(hop, 1)], to);
});
