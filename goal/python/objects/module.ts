// module objects.
import { W_Dict } from "./dict.ts";
import { W_ModuleDict } from "./moduledict.ts";
import { OperationError, W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { rememberAttribute, repr } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { builtinType, missingAttribute, type W_Instance, type W_Type } from "./type.ts";

export const w_module = builtinType("module");
w_module.hasDict = true;

export class W_Module extends W_Root {
  readonly w_dict: W_ModuleDict;
  user: W_Instance | null;
  /** Written in TypeScript? */
  isBuiltin: boolean;
  constructor(name: string) {
    super();
    this.w_dict = new W_ModuleDict();
    this.user = null;
    this.isBuiltin = false;
    this.w_dict.setStr("__name__", newstr(name));
    this.w_dict.setStr("__doc__", w_None);
    this.w_dict.setStr("__package__", w_None);
    this.w_dict.setStr("__loader__", w_None);
    this.w_dict.setStr("__spec__", w_None);
  }
  override getclass(): W_Type {
    return this.user === null ? w_module : this.user.shape.w_class;
  }
  name(): string {
    const w_name = this.w_dict.getStr("__name__");
    return w_name instanceof W_Str ? w_name.text : "?";
  }
  override repr(): string {
    const w_file = this.w_dict.getStr("__file__");
    if (w_file instanceof W_Str) return `<module '${this.name()}' from ${repr(w_file)}>`;
    return `<module '${this.name()}'${this.isBuiltin ? " (built-in)" : ""}>`;
  }
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    const w_value = this.w_dict.getStr(name);
    if (w_value !== null) return w_value;
    const w_class = this.getclass();
    const w_descr = w_class.lookup(name);
    if (w_descr !== null) return w_descr.descrGet(this, w_class);
    if (name === "__annotations__") {
      const w_made = new W_Dict();
      this.w_dict.setStr(name, w_made);
      return w_made;
    }
    const w_hook = this.w_dict.getStr("__getattr__");
    return w_hook === null ? null : this.#callHook(w_hook, name);
  }
  #callHook(w_hook: W_Root, name: string): W_Root {
    try {
      return w_hook.call1(newstr(name));
    } catch (e) {
      if (e instanceof OperationError) rememberAttribute(e, this, name);
      throw e;
    }
  }
  override customSetattr(name: string, w_value: W_Root): boolean {
    const w_descr = this.getclass().lookup(name);
    if (w_descr?.isDataDescriptor()) return false;
    this.w_dict.setStr(name, w_value);
    return true;
  }
  override customDelattr(name: string): boolean {
    if (!this.w_dict.delStr(name)) throw this.noAttribute(name);
    return true;
  }
  override noAttribute(name: string): OperationError {
    return missingAttribute(this, name, `module '${this.name()}' has no attribute '${name}'`);
  }
}
