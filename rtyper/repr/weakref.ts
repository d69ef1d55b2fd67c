/** Weak references: an opaque object that the collector knows. */
import type { SomeWeakRef } from "../../annotator/model.ts";
import { LowOpaque, type LowValue } from "../lltype/memory.ts";
import { Bool, ptrTo, WEAKREF } from "../lltype/types.ts";
import { badConst, type ConstPlace, lowerings, Repr, reprs, type Typer } from "../repr.ts";

interface LiveReference {
  get(): object | null;
}

export class WeakRefRepr extends Repr {
  readonly lowType = ptrTo.weakref;
  readonly target: Repr;

  constructor(target: Repr) {
    super();
    this.target = target;
  }

  toText(): string {
    return `weak reference to ${this.target.toText()}`;
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (typeof (value as LiveReference).get !== "function") return badConst(this, value, place);
    return place.prebuilt(
      value,
      this,
      () => new LowOpaque(WEAKREF),
      (made, at) => {
        made.target = this.target.convertConst((value as LiveReference).get(), at.child(".target")) as LowValue;
      },
    );
  }
}

/** The repr for references to values of a repr. */
export function weakRefRepr(target: Repr, typer: Typer): WeakRefRepr {
  let byTarget = made.get(typer);
  if (byTarget === undefined) {
    byTarget = new Map();
    made.set(typer, byTarget);
  }
  let repr = byTarget.get(target);
  if (repr === undefined) {
    repr = new WeakRefRepr(target);
    byTarget.set(target, repr);
  }
  return repr;
}

const made = new WeakMap<Typer, Map<Repr, WeakRefRepr>>();

reprs.on<SomeWeakRef>("weakRef", (s, typer) => weakRefRepr(typer.reprOf(s.target.type.nonNull()), typer));
lowerings.on("is_true", WeakRefRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));
