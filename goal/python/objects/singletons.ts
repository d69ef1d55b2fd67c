// None, NotImplemented, Ellipsis, and the mark for a missing argument of a built-in function.
import { typeError, W_Root } from "./root.ts";
import { builtinType, noneCell, type W_Type } from "./type.ts";

export const w_NoneType = builtinType("NoneType");
export const w_NotImplementedType = builtinType("NotImplementedType");
export const w_ellipsis = builtinType("ellipsis");
w_NoneType.acceptsSubclasses = false;
w_NotImplementedType.acceptsSubclasses = false;
w_ellipsis.acceptsSubclasses = false;

class W_NoneObject extends W_Root {
  override getclass(): W_Type {
    return w_NoneType;
  }
  override isNone(): boolean {
    return true;
  }
  override repr(): string {
    return "None";
  }
  override truth(): boolean {
    return false;
  }
}

class W_NotImplementedObject extends W_Root {
  override getclass(): W_Type {
    return w_NotImplementedType;
  }
  override repr(): string {
    return "NotImplemented";
  }
}

class W_EllipsisObject extends W_Root {
  override getclass(): W_Type {
    return w_ellipsis;
  }
  override repr(): string {
    return "Ellipsis";
  }
}

/** Never seen by programs. */
class W_MissingObject extends W_Root {
  override getclass(): W_Type {
    throw typeError("missing argument used");
  }
}

export const w_None: W_Root = new W_NoneObject();
export const w_NotImplemented: W_Root = new W_NotImplementedObject();
export const w_Ellipsis: W_Root = new W_EllipsisObject();
/** An optional argument that was not given. */
export const w_missing: W_Root = new W_MissingObject();
noneCell.w_value = w_None;
