// super objects.
import { getset, newKw } from "./builtin.ts";
import { KIND_RuntimeError, type OperationError, operationError, typeError, W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { slots } from "./slots.ts";
import { findattrQuiet } from "./space.ts";
import { builtinType, missingAttribute, objectGetattr, W_Type } from "./type.ts";

export const w_super = builtinType("super");

export class W_Super extends W_Root {
  /** The search starts after this class. */
  readonly w_start: W_Type;
  /** The instance, or the class for class methods; null when unbound. */
  readonly w_obj: W_Root | null;
  /** Whose order is searched. */
  readonly w_search: W_Type;
  constructor(w_start: W_Type, w_obj: W_Root | null, w_search: W_Type) {
    super();
    this.w_start = w_start;
    this.w_obj = w_obj;
    this.w_search = w_search;
  }
  override getclass(): W_Type {
    return w_super;
  }
  override repr(): string {
    const about = this.w_obj === null ? "NULL" : `<${this.w_search.name} object>`;
    return `<super: <class '${this.w_start.name}'>, ${about}>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  /** An unbound super as a class attribute is bound when it is read. */
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null || this.w_obj !== null ? this : makeSuper(this.w_start, w_obj);
  }
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    if (name !== "__class__" && this.w_obj !== null) {
      const w_found = this.w_search.lookupAfter(this.w_start, name);
      if (w_found !== null) {
        const onClass = this.w_obj === this.w_search;
        return w_found.descrGet(onClass ? null : this.w_obj, this.w_search);
      }
    }
    return objectGetattr(this, name);
  }
  override noAttribute(name: string): OperationError {
    return missingAttribute(this, name, `'super' object has no attribute '${name}'`);
  }
}

/** The class whose order `super(w_start, w_obj)` searches. */
export function makeSuper(w_start: W_Root, w_obj: W_Root): W_Root {
  if (!(w_start instanceof W_Type)) throw typeError(`super() argument 1 must be a type, not ${w_start.typename()}`);
  if (w_obj === w_None) return new W_Super(w_start, null, w_start);
  if (w_obj instanceof W_Type && w_obj.isSubtype(w_start)) return new W_Super(w_start, w_obj, w_obj);
  const w_class = w_obj.getclass();
  if (w_class.isSubtype(w_start)) return new W_Super(w_start, w_obj, w_class);
  const w_claimed = findattrQuiet(w_obj, "__class__");
  if (w_claimed instanceof W_Type && w_claimed.isSubtype(w_start)) return new W_Super(w_start, w_obj, w_claimed);
  throw typeError("super(type, obj): obj must be an instance or subtype of type");
}

/** `super()` without arguments looks at the caller's frame; the interpreter provides it. */
export abstract class FrameSuper {
  abstract make(): W_Root;
}
class FrameSuperHook {
  maker: FrameSuper | null;
  constructor() {
    this.maker = null;
  }
}
export const frameSuperHook = new FrameSuperHook();

newKw(w_super, (args, names) => {
  if (names.length > 0) throw typeError("super() takes no keyword arguments");
  if (args.length > 3) throw typeError(`super expected at most 2 arguments, got ${args.length - 1}`);
  if (args.length === 1) {
    if (frameSuperHook.maker === null) throw operationError(KIND_RuntimeError, "super(): no current frame");
    return frameSuperHook.maker.make();
  }
  return makeSuper(args[1], args.length === 3 ? args[2] : w_None);
});
slots(w_super, "repr");
getset(w_super, "__thisclass__", (w_self) => (w_self as W_Super).w_start);
getset(w_super, "__self__", (w_self) => (w_self as W_Super).w_obj ?? w_None);
getset(w_super, "__self_class__", (w_self) =>
  (w_self as W_Super).w_obj === null ? w_None : (w_self as W_Super).w_search,
);
