/**
 * Iterators over builtin collections: a struct of source and place, advanced by straight-line code, so that after
 * inlining and removal of allocations a `for…of` over a list is a counted loop. Each kind of source has a strategy.
 */
import type { IteratorWhat, SomeIterator, SomeTuple, SomeValue } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop, OpList } from "../hop.ts";
import type { LowValue } from "../lltype/memory.ts";
import { Bool, type Ptr, ptr, ptrTo, Signed, Struct } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, Repr, reprs, type Typer } from "../repr.ts";
import { stringIteratorAdvance } from "../runtime/iterate.ts";
import { mapAdvance, mapIterator, mapIteratorKey, mapIteratorValue } from "../runtime/map.ts";
import { codePointText } from "../runtime/string.ts";
import { CharRepr, MaybeCharRepr } from "./char.ts";
import { INT_REPR } from "./int.ts";
import { ListRepr } from "./list.ts";
import { MapRepr } from "./map.ts";
import { STRING_REPR, StringRepr } from "./string.ts";
import { TupleRepr, tupleRepr } from "./tuple.ts";
import { tupleListRepr, tupleToList } from "./tuplelist.ts";
import { TypedArrayRepr } from "./typedarray.ts";

/** A value with its repr. */
export interface Produced {
  readonly value: Value;
  readonly repr: Repr;
}

/** How one kind of source is iterated. */
export interface Strategy {
  readonly struct: Struct;
  start(source: Value, ops: OpList): Value;
  /** Moves on; a boolean. */
  advance(iterator: Value, ops: OpList): Value;
  key(iterator: Value, ops: OpList): Produced;
  value(iterator: Value, ops: OpList): Produced;
  /** Tells it that a loop was left early; where missing nothing is to do. */
  close?(iterator: Value, ops: OpList): void;
}

export class IteratorRepr extends Repr {
  readonly source: Repr;
  readonly what: IteratorWhat;
  readonly strategy: Strategy;
  readonly lowType: Ptr;

  constructor(source: Repr, what: IteratorWhat, strategy: Strategy) {
    super();
    this.source = source;
    this.what = what;
    this.strategy = strategy;
    this.lowType = ptr(this.strategy.struct);
  }

  toText(): string {
    return `iterator over ${this.what} of ${this.source.toText()}`;
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    return value === null || value === undefined ? null : badConst(this, value, place);
  }

  /** The current item, as entries of a pair where it is one. */
  current(iterator: Value, ops: OpList): Produced {
    if (this.what === "values") return this.strategy.value(iterator, ops);
    if (this.what === "keys") return this.strategy.key(iterator, ops);
    const [key, value] = [this.strategy.key(iterator, ops), this.strategy.value(iterator, ops)];
    const repr = tupleRepr([key.repr, value.repr], ops.typer);
    return { value: repr.make([key.value, value.value], ops), repr };
  }
}

const indexStructs = new Map<Ptr, Struct>();

/** A struct of a source and an index. */
function indexStruct(source: Ptr): Struct {
  let made = indexStructs.get(source);
  if (made === undefined) {
    made = new Struct(`Iterator(${source.to.toText()})`, true).define([
      { name: "source", type: source, immutable: true },
      { name: "index", type: Signed, immutable: false },
    ]);
    indexStructs.set(source, made);
  }
  return made;
}

/** Sources with a length and items by index: the index is that of the current item, −1 at the start. */
function byIndex(
  type: Ptr,
  length: (source: Value, ops: OpList) => Value,
  item: (source: Value, index: Value, ops: OpList) => Produced,
): Strategy {
  const struct = indexStruct(type);
  return {
    struct,
    start: (source, ops) => {
      const it = ops.emit("malloc", [ops.void(struct)], ptr(struct));
      ops.setField(it, "source", source);
      ops.setField(it, "index", ops.int(-1));
      return it;
    },
    advance: (it, ops) => {
      const index = ops.emit("int_add", [ops.getField(it, "index", Signed), ops.int(1)], Signed);
      ops.setField(it, "index", index);
      return ops.emit("int_lt", [index, length(ops.getField(it, "source", type), ops)], Bool);
    },
    key: (it, ops) => ({ value: ops.getField(it, "index", Signed), repr: INT_REPR }),
    value: (it, ops) => item(ops.getField(it, "source", type), ops.getField(it, "index", Signed), ops),
  };
}

function listStrategy(repr: ListRepr): Strategy {
  return byIndex(
    repr.lowType,
    (list, ops) => repr.length(list, ops),
    (list, index, ops) => ({ value: repr.load(list, index, ops), repr: repr.item }),
  );
}

function typedArrayStrategy(repr: TypedArrayRepr, typer: Typer): Strategy {
  return byIndex(
    repr.lowType,
    (array, ops) => ops.emit("getarraysize", [array], Signed),
    (array, index, ops) => ({ value: repr.load(array, index, ops), repr: repr.itemRepr(typer) }),
  );
}

/** Strings by code points: where the current one starts, and where the next one does. */
const STRING_ITERATOR: Struct = new Struct("Iterator(String)", true).define([
  { name: "source", type: ptrTo.string, immutable: true },
  { name: "at", type: Signed, immutable: false },
  { name: "next", type: Signed, immutable: false },
]);

const stringStrategy: Strategy = {
  struct: STRING_ITERATOR,
  start: (source, ops) => {
    const it = ops.emit("malloc", [ops.void(STRING_ITERATOR)], ptr(STRING_ITERATOR));
    ops.setField(it, "source", source);
    return it;
  },
  advance: (it, ops) => ops.helper(stringIteratorAdvance, it),
  key: (it, ops) => ({ value: ops.getField(it, "at", Signed), repr: INT_REPR }),
  value: (it, ops) => ({
    value: ops.helper(codePointText, ops.getField(it, "source", ptrTo.string), ops.getField(it, "at", Signed)),
    repr: STRING_REPR,
  }),
};

function mapStrategy(repr: MapRepr): Strategy {
  const key = (it: Value, ops: OpList): Produced => ({
    value: repr.loadedKey(ops.helper(mapIteratorKey, it), ops),
    repr: repr.key,
  });
  return {
    struct: repr.structs.iterator,
    start: (source, ops) => ops.helper(mapIterator, source, repr.likeIterator(ops)),
    advance: (it, ops) => ops.helper(mapAdvance, it),
    key,
    value: (it, ops) => {
      if (repr.isSet) return key(it, ops);
      return { value: repr.loadedValue(ops.helper(mapIteratorValue, it), ops), repr: repr.value };
    },
  };
}

function isText(repr: Repr): boolean {
  return repr instanceof StringRepr || repr instanceof CharRepr || repr instanceof MaybeCharRepr;
}

function strategyFor(source: Repr, typer: Typer): Strategy {
  if (source instanceof ListRepr) return listStrategy(source);
  if (source instanceof TypedArrayRepr) return typedArrayStrategy(source, typer);
  if (source instanceof MapRepr) return mapStrategy(source);
  if (isText(source)) return stringStrategy;
  throw new Error(`rtyper: ${source.toText()} cannot be iterated`);
}

/** What an iterator over a value is over: a tuple's items are iterated as a list. */
export function sourceRepr(repr: Repr, some: SomeValue, typer: Typer): Repr {
  return repr instanceof TupleRepr ? tupleListRepr(repr, some as SomeTuple, typer) : repr;
}

/** Whether iterators over a repr are made here. */
export function isIterable(repr: Repr): boolean {
  if (repr instanceof TupleRepr) return true;
  return repr instanceof ListRepr || repr instanceof TypedArrayRepr || repr instanceof MapRepr || isText(repr);
}

const made = new WeakMap<Repr, Map<IteratorWhat, IteratorRepr>>();

/** The repr of iterators over a source. */
export function iteratorRepr(source: Repr, what: IteratorWhat, typer: Typer): IteratorRepr {
  let row = made.get(source);
  if (row === undefined) {
    row = new Map();
    made.set(source, row);
  }
  let repr = row.get(what);
  if (repr === undefined) {
    repr = new IteratorRepr(source, what, strategyFor(source, typer));
    row.set(what, repr);
  }
  return repr;
}

/** Reprs of iterators that have no builtin source (generators) come from elsewhere. */
let otherIterators: ((s: SomeIterator, typer: Typer) => Repr) | null = null;

export function onOtherIterators(make: (s: SomeIterator, typer: Typer) => Repr): void {
  otherIterators = make;
}

reprs.on<SomeIterator>("iterator", (s, typer) => {
  if (s.source !== null) {
    const source = s.source.nonNull();
    return iteratorRepr(sourceRepr(typer.reprOf(source), source, typer), s.what, typer);
  }
  if (otherIterators === null) throw new Error("rtyper: generators have no representation");
  return otherIterators(s, typer);
});

// Two iterators over the same source in the same way are one type; others do not meet.
conversions.on(IteratorRepr, IteratorRepr, (v, from, to) => {
  if (from.lowType === to.lowType) return v;
  throw new Error(`rtyper: an ${from.toText()} where an ${to.toText()} is wanted`);
});

/** A fresh iterator over operand i, which is a collection. */
export function startIteration(hop: Hop, repr: IteratorRepr, i = 0): Value {
  const given = hop.repr(i);
  if (given instanceof TupleRepr) {
    return repr.strategy.start(tupleToList(hop, hop.inputNonNull(i), given, repr.source as ListRepr), hop);
  }
  const source = isText(repr.source) ? hop.inputArg(STRING_REPR, i) : hop.inputNonNull(i);
  return repr.strategy.start(source, hop);
}

lowerings.on("iter", Repr, (hop, repr) => {
  const to = hop.resultRepr;
  if (to instanceof IteratorRepr && isIterable(repr)) return startIteration(hop, to);
  throw new Error(`rtyper: no lowering of ${hop.describe()}`);
});
lowerings.on("iter", IteratorRepr, (hop) => hop.input(0));
lowerings.on("iter_advance", IteratorRepr, (hop, repr) => repr.strategy.advance(hop.input(0), hop));
lowerings.on("iter_value", IteratorRepr, (hop, repr) => {
  const { value, repr: from } = repr.current(hop.input(0), hop);
  return hop.toResult(value, from);
});
lowerings.on("iter_close", IteratorRepr, (hop, repr) => {
  repr.strategy.close?.(hop.input(0), hop);
  return null;
});
lowerings.on("is_true", IteratorRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));
