// Attribute access of compiled code, with a cache per instruction.
//
// An entry holds for one shape (or one class, for objects without attributes of their own) and one version of the class.
import type { int } from "rtypescript/rlib";
import { W_Member, W_Property } from "../objects/builtin.ts";
import { W_Module } from "../objects/module.ts";
import type { W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { getattr, setattr } from "../objects/space.ts";
import { W_Instance, type W_Type } from "../objects/type.ts";
import {
  AttributeCache,
  CACHE_ADD,
  CACHE_CLASS,
  CACHE_METHOD,
  CACHE_PROPERTY,
  CACHE_SLOT,
  type W_Code,
} from "./pycode.ts";

/** `w_obj.name` at instruction `at`. */
export function loadAttribute(w_code: W_Code, at: int, w_obj: W_Root, name: string): W_Root {
  if (w_obj instanceof W_Instance) {
    const cache = w_code.caches[at];
    const shape = w_obj.shape;
    if (cache !== null && cache.shape === shape && cache.version === shape.w_class.version) {
      if (cache.kind === CACHE_SLOT) {
        const w_value = w_obj.storage[cache.index];
        if (w_value !== null) return w_value;
      } else if (cache.kind === CACHE_PROPERTY) return (cache.w_value as W_Root).call1(w_obj);
      else return (cache.w_value as W_Root).descrGet(w_obj, shape.w_class);
    }
    fillCache(w_code, at, w_obj, name);
    return getattr(w_obj, name);
  }
  if (w_obj instanceof W_Module) {
    const w_value = w_obj.w_dict.getStr(name);
    if (w_value !== null && w_obj.user === null) return w_value;
  }
  return getattr(w_obj, name);
}

function fillCache(w_code: W_Code, at: int, w_obj: W_Instance, name: string): void {
  const shape = w_obj.shape;
  const w_class = shape.w_class;
  if (shape.dictMode || w_class.hasGetattribute()) return;
  const w_descr = w_class.lookup(name);
  if (w_descr?.isDataDescriptor()) {
    if (w_descr instanceof W_Member) {
      const i = shape.find(w_descr.key);
      if (i >= 0) w_code.caches[at] = new AttributeCache(CACHE_SLOT, shape, w_class, i, null, null);
    } else if (w_descr instanceof W_Property && w_descr.w_get !== w_None) {
      w_code.caches[at] = new AttributeCache(CACHE_PROPERTY, shape, w_class, 0, w_descr.w_get, null);
    }
    return;
  }
  const i = shape.find(name);
  if (i >= 0) w_code.caches[at] = new AttributeCache(CACHE_SLOT, shape, w_class, i, null, null);
  else if (w_descr !== null) {
    w_code.caches[at] = new AttributeCache(CACHE_CLASS, shape, w_class, 0, w_descr, null);
  }
}

/**
 * For LOAD_METHOD: the function that `w_obj.name(…)` calls with `w_obj` as first argument; null when the attribute has
 * to be loaded and called as any other object.
 */
export function loadMethod(w_code: W_Code, at: int, w_obj: W_Root, name: string): W_Root | null {
  const cache = w_code.caches[at];
  if (w_obj instanceof W_Instance) {
    const shape = w_obj.shape;
    if (cache !== null && cache.shape === shape && cache.version === shape.w_class.version) {
      return cache.kind === CACHE_METHOD ? cache.w_value : null;
    }
    return findMethod(w_code, at, w_obj, name);
  }
  const w_class = w_obj.getclass();
  if (cache !== null && cache.shape === null && cache.w_class === w_class && cache.version === w_class.version) {
    return cache.w_value;
  }
  if (w_class.heap || w_class.hasDict || w_obj.hasCustomGetattr()) return null;
  const w_method = w_class.lookup(name);
  if (w_method === null || !w_method.isMethodDescriptor()) return null;
  w_code.caches[at] = new AttributeCache(CACHE_METHOD, null, w_class, 0, w_method, null);
  return w_method;
}

function findMethod(w_code: W_Code, at: int, w_obj: W_Instance, name: string): W_Root | null {
  const shape = w_obj.shape;
  const w_class = shape.w_class;
  if (w_class.hasGetattribute()) return null;
  const w_method = w_class.lookup(name);
  if (w_method === null || !w_method.isMethodDescriptor()) return null;
  if (shape.dictMode) return w_obj.getslot(name) === null ? w_method : null;
  if (shape.find(name) >= 0) return null;
  w_code.caches[at] = new AttributeCache(CACHE_METHOD, shape, w_class, 0, w_method, null);
  return w_method;
}

/** `w_obj.name = w_value` at instruction `at`. */
export function storeAttribute(w_code: W_Code, at: int, w_obj: W_Root, name: string, w_value: W_Root): void {
  if (!(w_obj instanceof W_Instance)) {
    setattr(w_obj, name, w_value);
    return;
  }
  const cache = w_code.caches[at];
  const shape = w_obj.shape;
  if (cache !== null && cache.shape === shape && cache.version === shape.w_class.version) {
    if (cache.next === null) w_obj.storage[cache.index] = w_value;
    else w_obj.addslot(cache.next, w_value);
    return;
  }
  setattr(w_obj, name, w_value);
  cacheStore(w_code, at, w_obj, shape.w_class, name);
  if (w_obj.shape !== shape) cacheAdd(w_code, at, w_obj, shape.count, name);
}

function cacheStore(w_code: W_Code, at: int, w_obj: W_Instance, w_class: W_Type, name: string): void {
  const shape = w_obj.shape;
  if (shape.dictMode || w_class.hasSetattr()) return;
  const w_descr = w_class.lookup(name);
  let key = name;
  if (w_descr?.isDataDescriptor()) {
    if (!(w_descr instanceof W_Member)) return;
    key = w_descr.key;
  }
  const i = shape.find(key);
  if (i >= 0) w_code.caches[at] = new AttributeCache(CACHE_SLOT, shape, w_class, i, null, null);
}

/** After a store that added an attribute: remember the step from the shape before. */
function cacheAdd(w_code: W_Code, at: int, w_obj: W_Instance, before: int, name: string): void {
  const shape = w_obj.shape;
  const parent = shape.parent;
  const cache = w_code.caches[at];
  if (cache === null || cache.shape !== shape || parent === null || parent.count !== before) return;
  if (shape.name !== name && shape.name !== `.${name}`) return;
  w_code.caches[at] = new AttributeCache(CACHE_ADD, parent, shape.w_class, 0, null, shape);
}
