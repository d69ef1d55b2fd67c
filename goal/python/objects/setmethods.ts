// Methods of set and frozenset.
import { classMethodN, method0, method1, methodKw, methodN, newKw, requireNoKeywords } from "./builtin.ts";
import { makeAlias } from "./classes.ts";
import { newbool } from "./int.ts";
import { keyError, typeError, type W_Root } from "./root.ts";
import {
  asSet,
  difference,
  differenceUpdate,
  frozenOf,
  intersection,
  SetTable,
  symmetricUpdate,
  W_Set,
  w_frozenset,
  w_set,
  w_set_iterator,
} from "./set.ts";
import { w_None } from "./singletons.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { newstr } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";

function setOf(w_self: W_Root): W_Set {
  return w_self as W_Set;
}

slots(w_set, `repr len iter contains ${COMPARISONS} and or sub xor rand ror rsub rxor iand ior isub ixor`);
slots(w_frozenset, `repr len iter contains hash ${COMPARISONS} and or sub xor rand ror rsub rxor`);
slots(w_set_iterator, "iter next length_hint");
w_set.setOwn("__hash__", w_None);

newKw(w_set, (args, _names) => {
  const w_made = new W_Set(false);
  const w_class = args[0] as W_Type;
  if (w_class !== w_set) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodKw(w_set, "__init__", (args, names) => {
  requireNoKeywords("set", names);
  if (args.length > 2) throw typeError(`set expected at most 1 argument, got ${args.length - 1}`);
  const w_self = setOf(args[0]);
  w_self.table = new SetTable();
  if (args.length === 2) w_self.update(args[1]);
  return w_None;
});
const emptyFrozen = new W_Set(true);
newKw(w_frozenset, (args, names) => {
  const w_class = args[0] as W_Type;
  if (w_class === w_frozenset) {
    requireNoKeywords("frozenset", names);
    if (args.length > 2) throw typeError(`frozenset expected at most 1 argument, got ${args.length - 1}`);
    if (args.length === 1) return emptyFrozen;
    const w_items = args[1];
    if (w_items instanceof W_Set && w_items.frozen && w_items.user === null) return w_items;
  }
  const w_made = new W_Set(true);
  if (w_class !== w_frozenset) w_made.user = new W_Instance(w_class.shape());
  if (args.length - names.length > 1) w_made.update(args[1]);
  return w_made;
});

for (const w_class of [w_set, w_frozenset]) {
  method0(w_class, "copy", (w_self) => {
    const w_of = setOf(w_self);
    return w_of.frozen && w_of.user === null ? w_of : w_of.copySet();
  });
  methodKw(w_class, "union", (args, names) => {
    requireNoKeywords("union", names);
    const w_result = setOf(args[0]).copySet();
    for (const w_other of args.slice(1)) w_result.update(w_other);
    return w_result;
  });
  methodKw(w_class, "intersection", (args, names) => {
    requireNoKeywords("intersection", names);
    let w_result = setOf(args[0]);
    if (args.length === 1) return w_result.copySet();
    for (const w_other of args.slice(1)) w_result = intersection(w_result, asSet(w_other));
    return w_result;
  });
  methodKw(w_class, "difference", (args, names) => {
    requireNoKeywords("difference", names);
    let w_result = setOf(args[0]);
    if (args.length === 1) return w_result.copySet();
    for (const w_other of args.slice(1)) w_result = difference(w_result, asSet(w_other));
    return w_result;
  });
  method1(w_class, "symmetric_difference", (w_self, w_other) => {
    const w_result = new W_Set(setOf(w_self).frozen);
    w_result.update(w_other);
    symmetricUpdate(w_result, setOf(w_self));
    return w_result;
  });
  method1(w_class, "issubset", (w_self, w_other) => newbool(setOf(w_self).isSubset(asSet(w_other))));
  method1(w_class, "issuperset", (w_self, w_other) => newbool(asSet(w_other).isSubset(setOf(w_self))));
  method1(w_class, "isdisjoint", (w_self, w_other) =>
    newbool(intersection(setOf(w_self), asSet(w_other)).table.used === 0),
  );
  method0(w_class, "__reduce__", (w_self) => {
    const w_of = setOf(w_self);
    return new W_Tuple([w_of.getclass(), newtuple([newtuple(w_of.items())])]);
  });
  classMethodN(w_class, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
}

method1(w_set, "add", (w_self, w_item) => {
  setOf(w_self).add(w_item);
  return w_None;
});
/** Sets are looked up as frozensets. */
function keyOf(w_item: W_Root): W_Root {
  return w_item instanceof W_Set && !w_item.frozen ? frozenOf(w_item) : w_item;
}
method1(w_set, "remove", (w_self, w_item) => {
  if (!setOf(w_self).discard(keyOf(w_item))) throw keyError(w_item);
  return w_None;
});
method1(w_set, "discard", (w_self, w_item) => {
  setOf(w_self).discard(keyOf(w_item));
  return w_None;
});
method0(w_set, "pop", (w_self) => {
  const table = setOf(w_self).table;
  if (table.used === 0) throw keyError(newstr("pop from an empty set"));
  let slot = table.nextSlot(table.finger & (table.keys.length - 1));
  if (slot < 0) slot = table.nextSlot(0);
  table.finger = slot + 1;
  return table.removeSlot(slot);
});
method0(w_set, "clear", (w_self) => {
  setOf(w_self).table = new SetTable();
  return w_None;
});
methodKw(w_set, "update", (args, names) => {
  requireNoKeywords("update", names);
  for (const w_other of args.slice(1)) setOf(args[0]).update(w_other);
  return w_None;
});
methodKw(w_set, "intersection_update", (args, _names) => {
  let w_result = setOf(args[0]);
  for (const w_other of args.slice(1)) w_result = intersection(w_result, asSet(w_other));
  setOf(args[0]).table = w_result.copySet().table;
  return w_None;
});
methodKw(w_set, "difference_update", (args, _names) => {
  for (const w_other of args.slice(1)) differenceUpdate(setOf(args[0]), asSet(w_other));
  return w_None;
});
methodN(w_set, "symmetric_difference_update", "other, /", (args) => {
  symmetricUpdate(setOf(args[0]), asSet(args[1]));
  return w_None;
});
