/**
 * Nullable scalars: a value and a flag (0 present, 1 null, 2 undefined), one variable of `PairType` until `explode`
 * splits it. A test against null looks at the flag; where control knows the value to be present, the pair converts to
 * the plain scalar for free.
 */

import { BOOL } from "../../annotator/model.ts";
import { Constant, type Value } from "../../translator/flow/model.ts";
import type { FlowOpName } from "../../translator/flow/ops.ts";
import { type Hop, type OpList, Typed } from "../hop.ts";
import { type LowValue, zeroValue } from "../lltype/memory.ts";
import { Bool, type PairType, type Primitive, pairType } from "../lltype/types.ts";
import { type ConstValue, LowPair } from "../pair.ts";
import { type ConstPlace, conversions, lowerings, pairLowerings, Repr } from "../repr.ts";
import { andBool, orBool } from "./bool.ts";
import { NoneRepr } from "./none.ts";

export class NullableRepr extends Repr {
  readonly lowType: PairType;
  readonly inner: Repr;

  constructor(inner: Repr) {
    super();
    this.inner = inner;
    this.lowType = pairType(inner.lowType as Primitive);
  }

  toText(): string {
    return `nullable ${this.inner.toText()}`;
  }

  convertConst(value: unknown, place: ConstPlace): ConstValue {
    if (value === null || value === undefined) {
      return new LowPair(zeroValue(this.lowType.value), value === null ? 1n : 2n);
    }
    return new LowPair(this.inner.convertConst(value, place) as LowValue, 0n);
  }
}

conversions.on(NoneRepr, NullableRepr, (_v, from, to, ops) =>
  ops.const(new LowPair(zeroValue(to.lowType.value), BigInt(from.flag)), to.lowType),
);
conversions.on(NullableRepr, NoneRepr, (_v, _from, _to, ops) => ops.void(null));
conversions.on(NullableRepr, NullableRepr, (v, from, to, ops) => {
  const value = ops.convert(ops.pairValue(v), from.inner, to.inner);
  return ops.pairMake(value, ops.pairFlag(v), to.lowType);
});
conversions.on(Repr, NullableRepr, (v, from, to, ops) =>
  ops.pairMake(ops.convert(v, from, to.inner), ops.int(0), to.lowType),
);
// Only where it was proved or checked to be present.
conversions.on(NullableRepr, Repr, (v, from, to, ops) => ops.convert(ops.pairValue(v), from.inner, to));

/** Whether the operand is a literal null or undefined, and which. */
function literalFlag(hop: Hop, i: number): 1 | 2 | null {
  const repr = hop.repr(i);
  if (repr instanceof NoneRepr) return repr.flag;
  const arg = hop.args[i];
  if (arg instanceof Constant && arg.value === null) return 1;
  return arg instanceof Constant && arg.value === undefined ? 2 : null;
}

function flagIs(pair: Value, flag: number, ops: OpList): Value {
  return ops.emit("int_eq", [ops.pairFlag(pair), ops.int(flag)], Bool);
}

/** `pair === null`, `pair === undefined`. */
function equalsNone(hop: Hop, pairIndex: number, noneIndex: number): Value {
  return flagIs(hop.input(pairIndex), literalFlag(hop, noneIndex) ?? 1, hop);
}

/** `===` where at least one side is a nullable scalar: flags agree, and values when both are present. */
function equalPairs(hop: Hop): Value {
  const flags: Value[] = [];
  const scalars = [0, 1].map((i) => {
    const repr = hop.repr(i);
    const value = hop.input(i);
    const isPair = repr instanceof NullableRepr;
    flags.push(isPair ? hop.pairFlag(value) : hop.int(0));
    return new Typed(isPair ? hop.pairValue(value) : value, hop.some(i).nonNull(), isPair ? repr.inner : repr);
  });
  const values = hop.again("eq", scalars, BOOL);
  const [a, b] = flags as [Value, Value];
  const sameFlags = hop.emit("int_eq", [a, b], Bool);
  const absent = hop.emit("int_ne", [a, hop.int(0)], Bool);
  return andBool(sameFlags, orBool(absent, values, hop), hop);
}

const not = (v: Value, hop: Hop): Value => hop.emit("bool_not", [v], Bool);

pairLowerings.on("eq", NullableRepr, NoneRepr, (hop) => equalsNone(hop, 0, 1));
pairLowerings.on("eq", NoneRepr, NullableRepr, (hop) => equalsNone(hop, 1, 0));
pairLowerings.on("ne", NullableRepr, NoneRepr, (hop) => not(equalsNone(hop, 0, 1), hop));
pairLowerings.on("ne", NoneRepr, NullableRepr, (hop) => not(equalsNone(hop, 1, 0), hop));
pairLowerings.on("eq", NullableRepr, Repr, equalPairs);
pairLowerings.on("eq", Repr, NullableRepr, equalPairs);
pairLowerings.on("ne", NullableRepr, Repr, (hop) => not(equalPairs(hop), hop));
pairLowerings.on("ne", Repr, NullableRepr, (hop) => not(equalPairs(hop), hop));

/** Operations on the value: what inference could not prove to be present is checked. */
const ON_VALUES = ["add", "sub", "mul", "div", "mod", "pow", "lt", "le", "gt", "ge"] as const;
const ON_BITS = ["bit_and", "bit_or", "bit_xor", "shl", "shr", "ushr"] as const;

function onPresent(hop: Hop): Value {
  const operands = hop.args.map((_arg, i) => {
    const repr = hop.repr(i);
    const inner = repr instanceof NullableRepr ? repr.inner : repr;
    return new Typed(hop.inputPresent(i), hop.some(i).nonNull(), inner);
  });
  return hop.again(hop.opname as FlowOpName, operands, hop.resultSome);
}

for (const name of [...ON_VALUES, ...ON_BITS]) {
  pairLowerings.on(name, NullableRepr, NullableRepr, onPresent);
  pairLowerings.on(name, NullableRepr, Repr, onPresent);
  pairLowerings.on(name, Repr, NullableRepr, onPresent);
}
for (const name of ["neg", "pos", "not", "bit_not"] as const) lowerings.on(name, NullableRepr, onPresent);

lowerings.on("is_nullish", NullableRepr, (hop) => hop.emit("int_ne", [hop.pairFlag(hop.input(0)), hop.int(0)], Bool));
lowerings.on("is_true", NullableRepr, (hop, repr) => {
  const pair = hop.input(0);
  const truth = hop.again("is_true", [new Typed(hop.pairValue(pair), hop.some(0).nonNull(), repr.inner)], BOOL);
  return andBool(flagIs(pair, 0, hop), truth, hop);
});
