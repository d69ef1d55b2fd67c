/** Raw addresses and opaque GC references: one machine word each. */
import type { SomeAddress, SomeExternal, SomeGcRef, SomeHost } from "../../annotator/model.ts";
import { LowAddress, type LowValue } from "../lltype/memory.ts";
import { Address, Bool, ptrTo, Void } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, pairLowerings, Repr, reprs } from "../repr.ts";
import { PointerRepr } from "./pointer.ts";

export class AddressRepr extends Repr {
  readonly lowType = Address;

  toText(): string {
    return "Address";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value instanceof LowAddress) return value;
    if (typeof value === "object" && value !== null && "offset" in value && typeof value.offset === "number") {
      return new LowAddress(null, BigInt(value.offset));
    }
    return badConst(this, value, place);
  }
}

/** Any GC pointer, whatever it points to. */
export class GcRefRepr extends Repr {
  readonly lowType = ptrTo.object;

  toText(): string {
    return "GcRef";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    return value === null || value === undefined ? null : badConst(this, value, place);
  }
}

/** Namespaces, host objects, and rlib objects that exist at translation time only. */
export class HostRepr extends Repr {
  readonly lowType = Void;

  toText(): string {
    return "host object";
  }

  convertConst(): null {
    return null;
  }
}

export const ADDRESS_REPR = new AddressRepr();
export const GCREF_REPR = new GcRefRepr();
export const HOST_REPR = new HostRepr();

reprs.on<SomeAddress>("address", () => ADDRESS_REPR);
reprs.on<SomeGcRef>("gcRef", () => GCREF_REPR);
reprs.on<SomeHost>("host", () => HOST_REPR);
reprs.on<SomeExternal>("external", () => HOST_REPR);

conversions.on(Repr, GcRefRepr, (v, _from, to, ops) => ops.cast(v, to.lowType));
conversions.on(PointerRepr, GcRefRepr, (v, _from, to, ops) => ops.cast(v, to.lowType));
conversions.on(GcRefRepr, PointerRepr, (v, _from, to, ops) => ops.cast(v, to.lowType));

pairLowerings.on("eq", AddressRepr, AddressRepr, (hop) => hop.emit("address_eq", [hop.input(0), hop.input(1)], Bool));
pairLowerings.on("ne", AddressRepr, AddressRepr, (hop) =>
  hop.emit("bool_not", [hop.emit("address_eq", [hop.input(0), hop.input(1)], Bool)], Bool),
);
