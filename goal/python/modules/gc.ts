// The gc module: the collector is the system's. What it has done is told as far as CPython's words fit; the rest of what
// programs ask of CPython's gets plain answers.
import { gc, type int } from "rtypescript/rlib";
import { function0, function1, functionKw, functionN } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { newbool, newint } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import type { W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { newtuple } from "../objects/tuple.ts";
import { builtinModule, constant, functions } from "./registry.ts";

class GcState {
  enabled: boolean;
  constructor() {
    this.enabled = true;
  }
}
const state = new GcState();

const w_gc = builtinModule("gc");

/** One generation's entry of `get_stats`. */
function generationStats(collections: int): W_Root {
  const w_stats = new W_Dict();
  w_stats.setStr("collections", newint(collections));
  w_stats.setStr("collected", newint(0));
  w_stats.setStr("uncollectable", newint(0));
  return w_stats;
}
const FLAGS: [string, int][] = [
  ["DEBUG_STATS", 1],
  ["DEBUG_COLLECTABLE", 2],
  ["DEBUG_UNCOLLECTABLE", 4],
  ["DEBUG_SAVEALL", 32],
  ["DEBUG_LEAK", 38],
];
for (const [name, value] of FLAGS) constant(w_gc, name, newint(value));
constant(w_gc, "garbage", newlist([]));
constant(w_gc, "callbacks", newlist([]));
functions(w_gc, [
  functionN("collect", "generation=2", (_args) => {
    gc.collect();
    return newint(0);
  }),
  function0("enable", () => {
    state.enabled = true;
    return w_None;
  }),
  function0("disable", () => {
    state.enabled = false;
    return w_None;
  }),
  function0("isenabled", () => newbool(state.enabled)),
  function0("get_count", () => newtuple([newint(0), newint(0), newint(0)])),
  function0("get_threshold", () => newtuple([newint(700), newint(10), newint(10)])),
  functionKw("set_threshold", (_args, _names) => w_None),
  function0("get_debug", () => newint(0)),
  function1("set_debug", (_w_flags) => w_None),
  functionN("get_objects", "generation=None", (_args) => newlist([])),
  functionKw("get_referrers", (_args, _names) => newlist([])),
  functionKw("get_referents", (_args, _names) => newlist([])),
  function1("is_tracked", (_w_obj) => newbool(true)),
  function1("is_finalized", (_w_obj) => newbool(false)),
  function0("freeze", () => w_None),
  function0("unfreeze", () => w_None),
  function0("get_freeze_count", () => newint(0)),
  function0("get_stats", () => {
    const { minorCollections, majorCollections } = gc.stats();
    return newlist([minorCollections, 0, majorCollections].map(generationStats));
  }),
]);
