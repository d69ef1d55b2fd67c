/**
 * The repr of places that only null, undefined or nothing at all reaches: no run-time existence (`Void`). The type
 * itself says which of the two it is; where both can come, they count as null.
 */
import type { SomeNothing } from "../../annotator/model.ts";
import type { Constant } from "../../translator/flow/model.ts";
import type { OpList } from "../hop.ts";
import { zeroValue } from "../lltype/memory.ts";
import { type LowType, PairType, Ptr, Void } from "../lltype/types.ts";
import { LowPair } from "../pair.ts";
import { conversions, lowConstant, lowerings, Repr, reprs } from "../repr.ts";

export class NoneRepr extends Repr {
  readonly lowType = Void;
  /** 1 null, 2 undefined, as the flag of a nullable scalar. */
  readonly flag: 1 | 2;

  constructor(flag: 1 | 2) {
    super();
    this.flag = flag;
  }

  toText(): string {
    return this.flag === 1 ? "null" : "undefined";
  }

  convertConst(): null {
    return null;
  }
}

export const NULL_REPR = new NoneRepr(1);
export const UNDEFINED_REPR = new NoneRepr(2);

reprs.on<SomeNothing>("nothing", () => UNDEFINED_REPR);

/** The repr of a lone null or undefined. */
export function noneRepr(s: SomeNothing): NoneRepr {
  return s.nulls === 1 || s.nulls === 3 ? NULL_REPR : UNDEFINED_REPR;
}

conversions.on(NoneRepr, Repr, (_value, _from, to, ops) => {
  if (to.lowType instanceof Ptr) return lowConstant(null, to.lowType);
  if (to.lowType === Void) return ops.void(null);
  return zeroOf(to.lowType, ops);
});
// Nothing was inferred for the value, so control cannot come here with one.
conversions.on(Repr, NoneRepr, (_value, _from, _to, ops) => ops.void(null));
conversions.on(NoneRepr, NoneRepr, (_value, _from, _to, ops) => ops.void(null));

/** The zero of a scalar: for paths on which a value was proved absent. */
export function zeroOf(type: LowType, ops: OpList): Constant {
  if (type instanceof PairType) return ops.const(new LowPair(zeroValue(type.value), 2n), type);
  return ops.const(type === Void ? null : zeroValue(type), type);
}

lowerings.on("is_true", NoneRepr, (hop) => hop.bool(false));
lowerings.on("is_nullish", NoneRepr, (hop) => hop.bool(true));
