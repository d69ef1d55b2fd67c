/**
 * Iterators of generators: the step, a function object `close → boolean`, and the cell in which it leaves each value.
 * All steps are one family, so the code is found through the function object; a lone generator's is called directly.
 */
import { type FunctionDesc, FunctionSpecialization, shapeKey } from "../../annotator/functions.ts";
import type { SomeIterator } from "../../annotator/model.ts";
import type { CallTarget } from "../../annotator/result.ts";
import type { Value } from "../../translator/flow/model.ts";
import { FUNCTION_PTR } from "../closures.ts";
import type { OpList } from "../hop.ts";
import { callWithTarget } from "../invoke.ts";
import { ptr, Struct } from "../lltype/types.ts";
import { lowerings, Repr, type Typer } from "../repr.ts";
import { BOOL_REPR } from "./bool.ts";
import { type CellRepr, cellRepr } from "./cell.ts";
import { FUNCTION_REPR } from "./function.ts";
import { IteratorRepr, onOtherIterators, type Strategy } from "./iterator.ts";

const SHAPE = { count: 1, restList: false };

/** How a step is called: directly where there is only one. */
function targetOf(steps: readonly FunctionDesc[]): CallTarget {
  const [only] = steps;
  const family = only?.family?.find() ?? null;
  if (only === undefined || family === null) throw new Error("rtyper: an iterator of no generator");
  const runs = family.shapes.get(shapeKey(SHAPE))?.members.get(only);
  if (steps.length === 1 && runs instanceof FunctionSpecialization) {
    const environment = "captures" in only ? (only as never) : null;
    return { kind: "direct", specialization: runs, environment, plan: [{ from: "operand", index: 0 }] };
  }
  return { kind: "family", family, shape: SHAPE, plan: [{ from: "operand", index: 0 }] };
}

const structs = new WeakMap<CellRepr, Struct>();

function structOf(cell: CellRepr): Struct {
  let struct = structs.get(cell);
  if (struct === undefined) {
    struct = new Struct(`Generator(${cell.struct.name})`, true).define([
      { name: "step", type: FUNCTION_PTR, immutable: true },
      { name: "value", type: cell.lowType, immutable: true },
    ]);
    structs.set(cell, struct);
  }
  return struct;
}

function strategyOf(cell: CellRepr, steps: readonly FunctionDesc[]): Strategy {
  const struct = structOf(cell);
  const step = (iterator: Value, close: boolean, ops: OpList): Value => {
    const f = { value: ops.getField(iterator, "step", FUNCTION_PTR), repr: FUNCTION_REPR };
    const made = callWithTarget(ops, targetOf(steps), f, [{ value: ops.bool(close), repr: BOOL_REPR }]);
    return ops.convert(made.value, made.repr, BOOL_REPR);
  };
  return {
    struct,
    start: () => {
      throw new Error("rtyper: a generator is an iterator already");
    },
    advance: (iterator, ops) => step(iterator, false, ops),
    key: () => {
      throw new Error("rtyper: a generator has no keys");
    },
    value: (iterator, ops) => ({
      value: cell.load(ops.getField(iterator, "value", cell.lowType), ops),
      repr: cell.inner,
    }),
    close: (iterator, ops) => void step(iterator, true, ops),
  };
}

class GeneratorRepr extends IteratorRepr {
  readonly #steps: string;

  constructor(cell: CellRepr, steps: readonly FunctionDesc[], key: string) {
    super(cell, "values", strategyOf(cell, steps));
    this.#steps = key;
  }

  /** Names the steps: code that moves one iterator is not that for another. */
  override toText(): string {
    return `iterator of generators ${this.#steps}`;
  }
}

const made = new WeakMap<CellRepr, Map<string, IteratorRepr>>();

onOtherIterators((s: SomeIterator, typer: Typer) => {
  const cell = cellRepr(s.item, typer);
  let row = made.get(cell);
  if (row === undefined) {
    row = new Map();
    made.set(cell, row);
  }
  const key = s.generators
    .map((f) => f.id)
    .sort((a, b) => a - b)
    .join();
  let repr = row.get(key);
  if (repr === undefined) {
    repr = new GeneratorRepr(cell, s.generators, key);
    row.set(key, repr);
  }
  return repr;
});

lowerings.on("make_iterator", Repr, (hop) => {
  const repr = hop.resultRepr as IteratorRepr;
  const iterator = hop.emit("malloc", [hop.void(repr.strategy.struct)], ptr(repr.strategy.struct));
  hop.setField(iterator, "step", hop.inputArg(FUNCTION_REPR, 0));
  hop.setField(iterator, "value", hop.input(1));
  return iterator;
});
