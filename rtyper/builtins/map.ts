/** Methods of maps and sets, weak references, and their constructors. */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { PairType, type Ptr, Signed, Void } from "../lltype/types.ts";
import { BOOL_REPR } from "../repr/bool.ts";
import { IteratorRepr, isIterable, iteratorRepr, sourceRepr, startIteration } from "../repr/iterator.ts";
import { callbackCode, keyText, onSpread, synthesizedCode } from "../repr/list.ts";
import { MapRepr } from "../repr/map.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import type { TupleRepr } from "../repr/tuple.ts";
import { type WeakRefRepr, weakRefRepr } from "../repr/weakref.ts";
import { builtins, type HelperFunction, type Repr } from "../repr.ts";
import * as iterate from "../runtime/iterate.ts";
import * as map from "../runtime/map.ts";
import * as weakmap from "../runtime/weakmap.ts";
import { boolResult, intResult, isPassed } from "./arguments.ts";

const UNDEFINED = new NoneRepr(2);

function receiver(hop: Hop): { repr: MapRepr; value: Value } {
  const repr = hop.repr(0);
  if (!(repr instanceof MapRepr)) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  return { repr, value: hop.inputNonNull(0) };
}

/** Key operand, hash and equality: what every search takes. */
function keyArgs(hop: Hop, repr: MapRepr, i: number): [Value, HelperFunction, HelperFunction] {
  const { hash, equal } = repr.functions;
  return [repr.keyArg(hop, i), hash, equal];
}

function setOf(repr: MapRepr): HelperFunction {
  return repr.isWeak ? weakmap.weakMapSet : map.mapSet;
}

function addOf(repr: MapRepr): HelperFunction {
  return repr.isWeak ? weakmap.weakSetAdd : map.setAdd;
}

builtins.on(["map.size", "set.size"], (hop) => {
  const { value } = receiver(hop);
  return intResult(hop, hop.getField(value, "count", Signed));
});
builtins.on(["map.has", "set.has"], (hop) => {
  const { repr, value } = receiver(hop);
  return boolResult(hop, hop.helper(map.mapHas, value, ...keyArgs(hop, repr, 1)));
});
builtins.on("map.get", (hop) => {
  const { repr, value } = receiver(hop);
  if (repr.value.lowType === Void) return hop.void(null);
  const found = hop.helper(map.mapGet, value, ...keyArgs(hop, repr, 1));
  const maybe = found.type instanceof PairType && !(repr.value.lowType instanceof PairType);
  return hop.toResult(found, maybe ? new NullableRepr(repr.value) : repr.value);
});
builtins.on("map.set", (hop) => {
  const { repr, value } = receiver(hop);
  const [key, hash, equal] = keyArgs(hop, repr, 1);
  hop.helper(setOf(repr), value, key, repr.storedValue(hop.inputArg(repr.value, 2), hop), hash, equal);
  return hop.toResult(value, repr);
});
builtins.on("set.add", (hop) => {
  const { repr, value } = receiver(hop);
  hop.helper(addOf(repr), value, ...keyArgs(hop, repr, 1));
  return hop.toResult(value, repr);
});
builtins.on("map.delete", (hop) => {
  const { repr, value } = receiver(hop);
  return boolResult(hop, hop.helper(map.mapDelete, value, ...keyArgs(hop, repr, 1)));
});
builtins.on("set.delete", (hop) => {
  const { repr, value } = receiver(hop);
  return boolResult(hop, hop.helper(map.setDelete, value, ...keyArgs(hop, repr, 1)));
});
builtins.on(["map.clear", "set.clear"], (hop) => {
  hop.helper(map.mapClear, receiver(hop).value);
  return null;
});

builtins.on("map.forEach", (hop) => {
  const { repr, value } = receiver(hop);
  const callback = hop.callback(1, [repr.value, repr.storedKeyRepr, repr], UNDEFINED);
  const code = callbackCode(callback, hop.typer);
  hop.helper(map.mapForEach, value, code, callback.environment, repr.likeIterator(hop));
  return null;
});
builtins.on("set.forEach", (hop) => {
  const { repr, value } = receiver(hop);
  const key = repr.storedKeyRepr;
  const callback = hop.callback(1, [key, key, repr], UNDEFINED);
  const code = callbackCode(callback, hop.typer);
  hop.helper(map.setForEach, value, code, callback.environment, repr.likeIterator(hop));
  return null;
});

/** How an iterator that a constructor or spread reads is advanced and read, as code for a helper. */
function iteratorCode(hop: Hop, repr: IteratorRepr) {
  const { typer } = hop;
  const name = keyText(repr);
  const advance = synthesizedCode(typer, `advance ${name}`, [["it", repr.lowType]], BOOL_REPR.lowType, (s, it) =>
    s.return(repr.strategy.advance(it as Value, s)),
  );
  return { advance, name };
}

/** The source operand as an iterator. */
function sourceIterator(hop: Hop, i: number): { repr: IteratorRepr; value: Value } {
  const repr = hop.repr(i);
  if (repr instanceof IteratorRepr) return { repr, value: hop.inputNonNull(i) };
  if (!isIterable(repr)) throw new Error(`rtyper: ${repr.toText()} is not iterable: ${hop.describe()}`);
  const it = iteratorRepr(
    sourceRepr(repr, hop.some(i), hop.typer),
    repr instanceof MapRepr && !repr.isSet ? "entries" : "values",
    hop.typer,
  );
  return { repr: it, value: startIteration(hop, it, i) };
}

builtins.on(["new.Map", "new.WeakMap"], (hop) => {
  const repr = hop.resultRepr as MapRepr;
  const made = repr.make(hop);
  if (!isPassed(hop, 0)) return made;
  const source = sourceIterator(hop, 0);
  const { advance, name } = iteratorCode(hop, source.repr);
  const entry = synthesizedCode(
    hop.typer,
    `${name} into ${keyText(repr)}`,
    [
      ["it", source.repr.lowType],
      ["m", repr.lowType],
    ],
    Void,
    (s, it, m) => {
      const current = source.repr.current(it as Value, s);
      const pair = current.repr as TupleRepr;
      const key = repr.storedKey(s.convert(pair.item(current.value, 0, s), pair.items[0] as Repr, repr.key), s);
      const value = repr.storedValue(s.convert(pair.item(current.value, 1, s), pair.items[1] as Repr, repr.value), s);
      s.helper(setOf(repr), m as Value, key, value, repr.functions.hash, repr.functions.equal);
      s.return();
    },
  );
  hop.helper(iterate.drain, source.value, advance, entry, made);
  return made;
});
builtins.on(["new.Set", "new.WeakSet"], (hop) => {
  const repr = hop.resultRepr as MapRepr;
  const made = repr.make(hop);
  if (!isPassed(hop, 0)) return made;
  const source = sourceIterator(hop, 0);
  const { advance, name } = iteratorCode(hop, source.repr);
  const entry = synthesizedCode(
    hop.typer,
    `${name} into ${keyText(repr)}`,
    [
      ["it", source.repr.lowType],
      ["m", repr.lowType],
    ],
    Void,
    (s, it, m) => {
      const current = source.repr.current(it as Value, s);
      const key = repr.storedKey(s.convert(current.value, current.repr, repr.key), s);
      s.helper(addOf(repr), m as Value, key, repr.functions.hash, repr.functions.equal);
      s.return();
    },
  );
  hop.helper(iterate.drain, source.value, advance, entry, made);
  return made;
});

// Spread of maps, sets, iterators, typed arrays: through an iterator into a growing list.
onSpread(
  (repr) => repr instanceof IteratorRepr || repr instanceof MapRepr || isIterable(repr),
  (hop, _source, _repr, into, i) => {
    const source = sourceIterator(hop, i);
    const { advance, name } = iteratorCode(hop, source.repr);
    const out = into.growing(hop);
    const growing = out.type as Ptr;
    const entry = synthesizedCode(
      hop.typer,
      `${name} into list of ${keyText(into.item)}`,
      [
        ["it", source.repr.lowType],
        ["l", growing],
      ],
      Void,
      (s, it, l) => {
        const current = source.repr.current(it as Value, s);
        into.pushGrowing(l as Value, s.convert(current.value, current.repr, into.item), s);
        s.return();
      },
    );
    hop.helper(iterate.drain, source.value, advance, entry, out);
    return into.partsOfGrowing(out, hop);
  },
);

// Weak references.
function targetOf(hop: Hop): Value {
  const repr = hop.repr(0) as WeakRefRepr;
  const target = hop.emit("weakref_deref", [hop.inputNonNull(0)], repr.target.lowType);
  return hop.toResult(target, repr.target);
}

builtins.on(["weakRef.get", "weakRef.deref"], targetOf);
builtins.on(["new.WeakRef", "new.WeakReference", "gc.weakRef"], (hop) => {
  const target = hop.repr(0);
  const value = hop.inputNonNull(0);
  const repr = weakRefRepr(target, hop.typer);
  return hop.toResult(hop.emit("weakref_create", [value], repr.lowType), repr);
});
