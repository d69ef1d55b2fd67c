// Classes, shapes (hidden classes) and instances of user classes.
//
// A class keeps its own attributes in `dict` and finds inherited ones through `lookup`, which caches per class; a change
// gives the class and all its subclasses a new `version`, on which the interpreter's inline caches rely.
// An instance's attributes are a list of values whose names are in its shape; shapes form a tree per class, grown by
// setting attributes in the order in which programs set them. After a deletion, past a size, or when `__dict__` is
// assigned, an instance goes over to an ordinary dict ("dict mode": one value, the dict).
import { type int, newList } from "rtypescript/rlib";
import {
  attributeError,
  KIND_AttributeError,
  KIND_RecursionError,
  OperationError,
  operationError,
  typeError,
  W_Root,
} from "./root.ts";

/** A dict as seen by attribute access. */
export abstract class W_AttrDict extends W_Root {
  abstract getStr(name: string): W_Root | null;
  abstract setStr(name: string, w_value: W_Root): void;
  /** False when there is no such key. */
  abstract delStr(name: string): boolean;
}

/** Marks, in the cache of a class, a name that neither it nor its bases have. */
class W_Absent extends W_Root {
  override getclass(): W_Type {
    return w_object;
  }
}

/** Behaviour of instances that look-ups need often; valid while FLAGS_KNOWN is set. */
const FLAGS_KNOWN = 1;
const HAS_GETATTR = 2;
const HAS_GETATTRIBUTE = 4;
const HAS_SETATTR = 8;
const HAS_DELATTR = 16;
const HAS_BOOL = 32;
const HAS_EQ = 64;
const HAS_HASH = 128;
const HAS_INIT = 256;
const HAS_NEW = 512;
const HAS_DEL = 1024;

/** Attributes an instance may have before it goes over to a dict. */
const MAX_SHAPED = 80;

class Versions {
  last: int;
  constructor() {
    this.last = 0;
  }
}
const versions = new Versions();

/** A class. */
export class W_Type extends W_Root {
  name: string;
  qualname: string;
  /** `__module__` of built-in classes: "builtins", "collections", … */
  readonly module: string;
  /** Made by a `class` statement or `type(…)`: its special methods are looked up, not called natively. */
  readonly heap: boolean;
  bases: W_Type[];
  mro: W_Type[];
  readonly dict: Map<string, W_Root>;
  readonly subclasses: W_Type[];
  /** The built-in class that determines what instances are natively. */
  w_layout: W_Type;
  /** Do instances have a `__dict__`? */
  hasDict: boolean;
  /** May classes derive from it? */
  acceptsSubclasses: boolean;
  /** Concatenation and repetition are those of sequences: the right operand's reflected method goes first. */
  sequence: boolean;
  /** Matches a sequence or mapping pattern: 0 no, 1 sequence, 2 mapping. */
  patternKind: int;
  /** Metaclass; null for `type` itself. */
  w_metaclass: W_Type | null;
  /** Names of abstract methods that instances would lack. */
  w_abstract: W_Root | null;
  version: int;
  /** Values of instances so far: room given to new ones. */
  learnedSlots: int;
  rootShape: Shape | null;
  readonly #cache: Map<string, W_Root>;
  #flags: int;

  constructor(name: string, module: string, bases: W_Type[], heap: boolean) {
    super();
    this.name = name;
    this.qualname = name;
    this.module = module;
    this.heap = heap;
    this.bases = bases;
    this.mro = [];
    this.dict = new Map<string, W_Root>();
    this.subclasses = [];
    this.w_layout = this;
    this.hasDict = false;
    this.acceptsSubclasses = true;
    this.sequence = false;
    this.patternKind = 0;
    this.w_metaclass = null;
    this.w_abstract = null;
    this.version = 0;
    this.learnedSlots = 0;
    this.rootShape = null;
    this.#cache = new Map<string, W_Root>();
    this.#flags = 0;
    this.mro = [this];
    if (bases.length > 0) {
      this.mro = computeMro(this, bases);
      for (const w_base of bases) w_base.subclasses.push(this);
      this.sequence = bases[0].sequence;
      this.patternKind = inheritedPattern(bases);
      if (heap) {
        this.w_layout = commonLayout(bases);
        for (const w_base of bases) if (w_base.hasDict) this.hasDict = true;
      }
    }
    this.mutated();
  }

  override getclass(): W_Type {
    return this.w_metaclass ?? w_type;
  }

  /** Gives the class other bases, of the same layout. */
  setBases(bases: W_Type[]): void {
    for (const w_base of bases) {
      if (w_base.isSubtype(this)) throw typeError("a __bases__ item causes an inheritance cycle");
    }
    if (commonLayout(bases) !== this.w_layout && this.w_layout !== this) {
      throw typeError(`__bases__ assignment: '${bases[0].name}' object layout differs from '${this.bases[0].name}'`);
    }
    const mro = computeMro(this, bases);
    for (const w_base of this.bases) {
      const at: int = w_base.subclasses.indexOf(this);
      if (at >= 0) w_base.subclasses.splice(at, 1);
    }
    for (const w_base of bases) w_base.subclasses.push(this);
    this.bases = bases;
    this.mro = mro;
    this.#orderSubclasses();
    this.mutated();
  }
  #orderSubclasses(): void {
    for (const w_sub of this.subclasses) {
      w_sub.mro = computeMro(w_sub, w_sub.bases);
      w_sub.#orderSubclasses();
    }
  }

  /** Sets the order of look-ups, where a metaclass decides it. */
  setOrder(order: W_Type[]): void {
    this.mro = order;
    this.mutated();
  }

  /** The attribute `name` of this class or the first of its bases that has it, without binding. */
  lookup(name: string): W_Root | null {
    const w_known = this.#cache.get(name);
    if (w_known !== undefined) return w_known === w_absent ? null : w_known;
    for (const w_base of this.mro) {
      const w_found = w_base.dict.get(name);
      if (w_found !== undefined) {
        this.#cache.set(name, w_found);
        return w_found;
      }
    }
    this.#cache.set(name, w_absent);
    return null;
  }

  /** Where `lookup` finds the name. */
  lookupWhere(name: string): W_Type | null {
    for (const w_base of this.mro) if (w_base.dict.has(name)) return w_base;
    return null;
  }

  /** As `lookup`, starting after `w_start` in this class's order: for `super`. */
  lookupAfter(w_start: W_Type, name: string): W_Root | null {
    const mro = this.mro;
    let i: int = 0;
    while (i < mro.length && mro[i] !== w_start) i++;
    for (i++; i < mro.length; i++) {
      const w_found = mro[i].dict.get(name);
      if (w_found !== undefined) return w_found;
    }
    return null;
  }

  isSubtype(w_other: W_Type): boolean {
    if (this === w_other) return true;
    for (const w_base of this.mro) if (w_base === w_other) return true;
    return false;
  }

  setOwn(name: string, w_value: W_Root): void {
    this.dict.set(name, w_value);
    this.mutated();
  }

  /** Attributes of this class changed: forget what was derived from them. */
  mutated(): void {
    versions.last += 1;
    this.version = versions.last;
    this.#cache.clear();
    this.#flags = 0;
    for (const w_sub of this.subclasses) w_sub.mutated();
  }

  #computeFlags(): int {
    let flags = FLAGS_KNOWN;
    if (this.lookup("__getattr__") !== null) flags += HAS_GETATTR;
    if (this.lookupWhere("__getattribute__")?.heap === true) flags += HAS_GETATTRIBUTE;
    if (this.lookupWhere("__setattr__")?.heap === true) flags += HAS_SETATTR;
    if (this.lookupWhere("__delattr__")?.heap === true) flags += HAS_DELATTR;
    if (this.lookup("__bool__") !== null || this.lookup("__len__") !== null) flags += HAS_BOOL;
    if (this.lookupWhere("__eq__")?.heap === true) flags += HAS_EQ;
    if (this.lookupWhere("__hash__")?.heap === true) flags += HAS_HASH;
    if (this.lookupWhere("__init__") !== w_object) flags += HAS_INIT;
    if (this.lookupWhere("__new__") !== w_object) flags += HAS_NEW;
    if (this.lookup("__del__") !== null) flags += HAS_DEL;
    this.#flags = flags;
    return flags;
  }
  #has(flag: int): boolean {
    const flags = this.#flags === 0 ? this.#computeFlags() : this.#flags;
    return (flags & flag) !== 0;
  }
  /** Is there a user's `__getattr__`? */
  hasGetattr(): boolean {
    return this.#has(HAS_GETATTR);
  }
  hasGetattribute(): boolean {
    return this.#has(HAS_GETATTRIBUTE);
  }
  hasSetattr(): boolean {
    return this.#has(HAS_SETATTR);
  }
  hasDelattr(): boolean {
    return this.#has(HAS_DELATTR);
  }
  /** Does truth depend on `__bool__` or `__len__`? */
  hasBool(): boolean {
    return this.#has(HAS_BOOL);
  }
  hasEq(): boolean {
    return this.#has(HAS_EQ);
  }
  hasHash(): boolean {
    return this.#has(HAS_HASH);
  }
  hasInit(): boolean {
    return this.#has(HAS_INIT);
  }
  hasNew(): boolean {
    return this.#has(HAS_NEW);
  }
  hasDel(): boolean {
    return this.#has(HAS_DEL);
  }

  /** Shape of a new instance. */
  shape(): Shape {
    const known = this.rootShape;
    if (known !== null) return known;
    const made = new Shape(this, null, "", 0, false);
    this.rootShape = made;
    return made;
  }

  /** `module.qualname`, without "builtins.". */
  fullName(): string {
    const module = this.moduleName();
    return module === "builtins" || module === "" ? this.qualname : `${module}.${this.qualname}`;
  }
  moduleName(): string {
    const w_module = this.dict.get("__module__");
    if (w_module === undefined) return this.heap ? "" : this.module;
    return w_module.asStr()?.str() ?? "";
  }

  // --- as an object -------------------------------------------------------------------------------------------------
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    const w_meta = this.getclass();
    const w_metaattr = w_meta.lookup(name);
    if (w_metaattr?.isDataDescriptor()) return w_metaattr.descrGet(this, w_meta);
    const w_attr = this.lookup(name);
    if (w_attr !== null) return w_attr.descrGet(null, this);
    if (w_metaattr !== null) return w_metaattr.descrGet(this, w_meta);
    return null;
  }
  override noAttribute(name: string): OperationError {
    return missingAttribute(this, name, `type object '${this.name}' has no attribute '${name}'`);
  }
  override repr(): string {
    return `<class '${this.fullName()}'>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    const w_metaclass = this.w_metaclass;
    if (w_metaclass?.heap) {
      const w_call = w_metaclass.lookup("__call__");
      if (w_call !== null && w_metaclass.lookupWhere("__call__") !== w_type) {
        if (w_call.isMethodDescriptor()) return w_call.callArgs([this, ...args], names);
        return w_call.descrGet(this, w_metaclass).callArgs(args, names);
      }
    }
    return this.instantiate(args, names);
  }
  override call0(): W_Root {
    if (!this.plainNew()) return this.callArgs([], []);
    const w_obj = new W_Instance(this.shape());
    if (this.hasInit()) requireNone((this.lookup("__init__") as W_Root).call1(w_obj));
    return w_obj;
  }
  override call1(w_a: W_Root): W_Root {
    if (!this.heap) return this === w_type ? w_a.getclass() : this.#callNative(w_a);
    if (!this.plainNew() || !this.hasInit()) return this.callArgs([w_a], []);
    const w_obj = new W_Instance(this.shape());
    requireNone((this.lookup("__init__") as W_Root).call2(w_obj, w_a));
    return w_obj;
  }
  /** One argument for a built-in class. */
  #callNative(w_a: W_Root): W_Root {
    const w_new = this.lookup("__new__");
    if (w_new === null || this.w_metaclass !== null) return this.callArgs([w_a], []);
    const w_obj = w_new.call2(this, w_a);
    if (!this.hasInit() || !w_obj.getclass().isSubtype(this)) return w_obj;
    requireNone((this.lookup("__init__") as W_Root).call2(w_obj, w_a));
    return w_obj;
  }
  override call2(w_a: W_Root, w_b: W_Root): W_Root {
    if (!this.plainNew() || !this.hasInit()) return this.callArgs([w_a, w_b], []);
    const w_obj = new W_Instance(this.shape());
    requireNone((this.lookup("__init__") as W_Root).call3(w_obj, w_a, w_b));
    return w_obj;
  }
  override call3(w_a: W_Root, w_b: W_Root, w_c: W_Root): W_Root {
    return this.callArgs([w_a, w_b, w_c], []);
  }

  /** Is calling this class the allocation of a plain instance, then a plain `__init__`? */
  plainNew(): boolean {
    if (!this.heap || this.w_layout !== w_object || this.hasNew() || this.w_abstract !== null) return false;
    if (this.w_metaclass?.heap || this.hasDel()) return false;
    return !this.hasInit() || (this.lookup("__init__") as W_Root).isMethodDescriptor();
  }

  /** `type.__call__`: `__new__`, then `__init__` if that gave an instance. */
  instantiate(args: W_Root[], names: string[]): W_Root {
    if (this === w_type && args.length === 1 && names.length === 0) return args[0].getclass();
    const w_new = this.lookup("__new__");
    if (w_new === null) throw typeError(`cannot create '${this.fullName()}' instances`);
    const w_obj = w_new.descrGet(null, this).callArgs([this, ...args], names);
    const w_class = w_obj.getclass();
    if (!w_class.isSubtype(this)) return w_obj;
    const w_init = w_class.lookup("__init__");
    if (w_init === null) return w_obj;
    if (w_init.isMethodDescriptor()) requireNone(w_init.callArgs([w_obj, ...args], names));
    else requireNone(w_init.descrGet(w_obj, w_class).callArgs(args, names));
    return w_obj;
  }
}

function requireNone(w_result: W_Root): void {
  if (!w_result.isNone()) throw typeError(`__init__() should return None, not '${w_result.typename()}'`);
}

function inheritedPattern(bases: W_Type[]): int {
  for (const w_base of bases) if (w_base.patternKind !== 0) return w_base.patternKind;
  return 0;
}

/** The layout of a class with these bases: the most derived of theirs. */
function commonLayout(bases: W_Type[]): W_Type {
  let w_best = bases[0].w_layout;
  for (const w_base of bases) {
    const w_layout = w_base.w_layout;
    if (w_layout.isSubtype(w_best)) w_best = w_layout;
    else if (!w_best.isSubtype(w_layout)) throw typeError("multiple bases have instance lay-out conflict");
  }
  return w_best;
}

/** C3 linearization. */
function computeMro(w_self: W_Type, bases: W_Type[]): W_Type[] {
  const result: W_Type[] = [w_self];
  if (bases.length === 1) {
    for (const w of bases[0].mro) result.push(w);
    return result;
  }
  const sequences: W_Type[][] = [];
  for (const w_base of bases) sequences.push(w_base.mro);
  sequences.push(bases);
  const heads: int[] = newList<int>(sequences.length, 0);
  for (;;) {
    let w_candidate: W_Type | null = null;
    let finished = true;
    for (let i: int = 0; i < sequences.length && w_candidate === null; i++) {
      if (heads[i] >= sequences[i].length) continue;
      finished = false;
      const w_head = sequences[i][heads[i]];
      if (!inSomeTail(w_head, sequences, heads)) w_candidate = w_head;
    }
    if (finished) return result;
    if (w_candidate === null) throw mroConflict(sequences, heads);
    result.push(w_candidate);
    for (let i: int = 0; i < sequences.length; i++) {
      if (heads[i] < sequences[i].length && sequences[i][heads[i]] === w_candidate) heads[i] += 1;
    }
  }
}

function inSomeTail(w_candidate: W_Type, sequences: W_Type[][], heads: int[]): boolean {
  for (let i: int = 0; i < sequences.length; i++) {
    const sequence = sequences[i];
    for (let j: int = heads[i] + 1; j < sequence.length; j++) if (sequence[j] === w_candidate) return true;
  }
  return false;
}

function mroConflict(sequences: W_Type[][], heads: int[]): OperationError {
  const names: string[] = [];
  for (let i: int = 0; i < sequences.length; i++) {
    if (heads[i] >= sequences[i].length) continue;
    const name = sequences[i][heads[i]].name;
    if (!names.includes(name)) names.push(name);
  }
  return typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${names.join(", ")}`);
}

/** Names of an instance's attributes, in the order of its values. */
export class Shape {
  readonly w_class: W_Type;
  readonly parent: Shape | null;
  /** The attribute that this shape adds to its parent. */
  readonly name: string;
  /** How many values. */
  readonly count: int;
  readonly dictMode: boolean;
  readonly transitions: Map<string, Shape>;
  #index: Map<string, int> | null;
  #dictShape: Shape | null;

  constructor(w_class: W_Type, parent: Shape | null, name: string, count: int, dictMode: boolean) {
    this.w_class = w_class;
    this.parent = parent;
    this.name = name;
    this.count = count;
    this.dictMode = dictMode;
    this.transitions = new Map<string, Shape>();
    this.#index = null;
    this.#dictShape = null;
  }

  /** Index of an attribute's value, −1 without. */
  find(name: string): int {
    const index = this.#index ?? this.#buildIndex();
    return index.get(name) ?? -1;
  }
  #buildIndex(): Map<string, int> {
    const index = new Map<string, int>();
    let shape: Shape | null = this;
    while (shape !== null && shape.parent !== null) {
      index.set(shape.name, shape.count - 1);
      shape = shape.parent;
    }
    this.#index = index;
    return index;
  }
  with(name: string): Shape {
    const known = this.transitions.get(name);
    if (known !== undefined) return known;
    const made = new Shape(this.w_class, this, name, this.count + 1, false);
    this.transitions.set(name, made);
    return made;
  }
  /** Attribute names in order of creation. */
  names(): string[] {
    const names: string[] = newList<string>(this.count, "");
    let shape: Shape | null = this;
    while (shape !== null && shape.parent !== null) {
      names[shape.count - 1] = shape.name;
      shape = shape.parent;
    }
    return names;
  }
  /** The shape of this class's instances in dict mode. */
  dictShape(): Shape {
    const root = this.w_class.shape();
    if (root.#dictShape === null) root.#dictShape = new Shape(this.w_class, null, "", 1, true);
    return root.#dictShape;
  }
}

/** Makes dicts for `__dict__`; the dict type sets it. */
export abstract class DictMaker {
  abstract make(): W_AttrDict;
}
class DictMakerCell {
  maker: DictMaker | null;
  constructor() {
    this.maker = null;
  }
}
export const dictMaker = new DictMakerCell();

/** Nesting of `__call__` attributes that are objects with `__call__` attributes. */
class CallDepth {
  depth: int;
  constructor() {
    this.depth = 0;
  }
}
const callDepth = new CallDepth();

/** An instance of a user class, or the user's attributes of an instance of a subclass of a built-in class. */
/** What is done with a new instance of a class that has `__del__`; `modules/finalize.ts` says it. */
class InstanceHook {
  made: (w_obj: W_Instance) => void;
  constructor() {
    this.made = () => {};
  }
}
export const instanceHook = new InstanceHook();

export class W_Instance extends W_Root {
  shape: Shape;
  storage: (W_Root | null)[];

  constructor(shape: Shape) {
    super();
    this.shape = shape;
    this.storage = newList<W_Root | null>(shape.w_class.learnedSlots, null);
  }
  override getclass(): W_Type {
    return this.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this;
  }

  getslot(name: string): W_Root | null {
    const shape = this.shape;
    if (shape.dictMode) return (this.storage[0] as W_AttrDict).getStr(name);
    const i = shape.find(name);
    return i < 0 ? null : this.storage[i];
  }

  setslot(name: string, w_value: W_Root): void {
    const shape = this.shape;
    if (shape.dictMode) {
      (this.storage[0] as W_AttrDict).setStr(name, w_value);
      return;
    }
    const i = shape.find(name);
    if (i >= 0) this.storage[i] = w_value;
    else if (shape.count >= MAX_SHAPED) {
      this.goDictMode();
      (this.storage[0] as W_AttrDict).setStr(name, w_value);
    } else this.addslot(shape.with(name), w_value);
  }

  /** Moves to `shape`, which adds one attribute to the present shape. */
  addslot(shape: Shape, w_value: W_Root): void {
    const i = shape.count - 1;
    if (i >= this.storage.length) this.#grow(shape);
    this.storage[i] = w_value;
    this.shape = shape;
  }
  #grow(shape: Shape): void {
    const old = this.storage;
    const w_class = shape.w_class;
    if (w_class.learnedSlots < shape.count) w_class.learnedSlots = shape.count;
    const storage = newList<W_Root | null>(shape.count < 4 ? 4 : shape.count * 2, null);
    for (let i: int = 0; i < old.length; i++) storage[i] = old[i];
    this.storage = storage;
  }

  delslot(name: string): boolean {
    if (!this.shape.dictMode) {
      if (this.shape.find(name) < 0) return false;
      this.goDictMode();
    }
    return (this.storage[0] as W_AttrDict).delStr(name);
  }

  /** Keeps attributes in a dict from now on; gives it. */
  goDictMode(): W_AttrDict {
    if (this.shape.dictMode) return this.storage[0] as W_AttrDict;
    const w_dict = (dictMaker.maker as DictMaker).make();
    const names = this.shape.names();
    for (let i: int = 0; i < names.length; i++) w_dict.setStr(names[i], this.storage[i] as W_Root);
    this.adoptDict(w_dict);
    return w_dict;
  }
  adoptDict(w_dict: W_AttrDict): void {
    this.shape = this.shape.dictShape();
    const storage = newList<W_Root | null>(1, null);
    storage[0] = w_dict;
    this.storage = storage;
  }
  /** Changes the class; attributes stay. */
  changeClass(w_class: W_Type): void {
    const names = this.shape.names();
    if (this.shape.dictMode) {
      this.shape = w_class.shape().dictShape();
      return;
    }
    let shape = w_class.shape();
    for (const name of names) shape = shape.with(name);
    this.shape = shape;
  }

  // --- special methods of user classes that dispatch themselves ---------------------------------------------------------
  override isCallable(): boolean {
    return this.getclass().lookup("__call__") !== null;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    const w_class = this.getclass();
    const w_call = w_class.lookup("__call__");
    if (w_call === null) throw typeError(`'${this.typename()}' object is not callable`);
    if (w_call.isMethodDescriptor()) return w_call.callArgs([this, ...args], names);
    callDepth.depth += 1;
    try {
      if (callDepth.depth > 1000) throw operationError(KIND_RecursionError, "maximum recursion depth exceeded");
      return w_call.descrGet(this, w_class).callArgs(args, names);
    } finally {
      callDepth.depth -= 1;
    }
  }
  override isDescriptor(): boolean {
    return this.getclass().lookup("__get__") !== null;
  }
  override isDataDescriptor(): boolean {
    const w_class = this.getclass();
    return w_class.lookup("__set__") !== null || w_class.lookup("__delete__") !== null;
  }
  override descrGet(w_obj: W_Root | null, w_type: W_Root): W_Root {
    const w_get = this.getclass().lookup("__get__");
    if (w_get === null) return this;
    return w_get.call3(this, w_obj ?? noneCell.w_none(), w_type);
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    const w_set = this.getclass().lookup("__set__");
    if (w_set === null) throw attributeError("__set__");
    w_set.call3(this, w_obj, w_value);
  }
  override descrDelete(w_obj: W_Root): void {
    const w_delete = this.getclass().lookup("__delete__");
    if (w_delete === null) throw attributeError("__delete__");
    w_delete.call2(this, w_obj);
  }
}

/** Holds None, which is defined above this file. */
class NoneCell {
  w_value: W_Root | null;
  constructor() {
    this.w_value = null;
  }
  w_none(): W_Root {
    return this.w_value as W_Root;
  }
}
export const noneCell = new NoneCell();

/** The classes `object` and `type`. */
export const w_object = new W_Type("object", "builtins", [], false);
export const w_type = new W_Type("type", "builtins", [w_object], false);
const w_absent = new W_Absent();
w_type.hasDict = true;

/** A built-in class; methods are added by the files that define them. */
export function builtinType(name: string, base: W_Type | null = null, module: string = "builtins"): W_Type {
  return new W_Type(name, module, [base ?? w_object], false);
}

/** AttributeError that knows object and name, for suggestions. */
export function missingAttribute(w_obj: W_Root, name: string, text: string): OperationError {
  const error = new OperationError(KIND_AttributeError, text, null);
  error.subject = name;
  error.w_subject = w_obj;
  return error;
}

/** `object.__getattribute__`, null when there is no such attribute. */
export function objectGetattr(w_obj: W_Root, name: string): W_Root | null {
  const w_class = w_obj.getclass();
  const w_descr = w_class.lookup(name);
  if (w_descr?.isDataDescriptor() && w_descr.isDescriptor()) return w_descr.descrGet(w_obj, w_class);
  const part = w_obj.userPart();
  if (part !== null) {
    const w_value = part.getslot(name);
    if (w_value !== null) return w_value;
  }
  return w_descr === null ? null : w_descr.descrGet(w_obj, w_class);
}

/** `object.__setattr__`. */
export function objectSetattr(w_obj: W_Root, name: string, w_value: W_Root): void {
  const w_class = w_obj.getclass();
  const w_descr = w_class.lookup(name);
  if (w_descr?.isDataDescriptor()) {
    w_descr.descrSet(w_obj, w_value);
    return;
  }
  const part = w_class.hasDict ? w_obj.ensureUserPart() : null;
  if (part !== null) part.setslot(name, w_value);
  else throw w_descr === null ? w_obj.noAttribute(name) : readOnly(w_obj, name);
}

/** `object.__delattr__`. */
export function objectDelattr(w_obj: W_Root, name: string): void {
  const w_class = w_obj.getclass();
  const w_descr = w_class.lookup(name);
  if (w_descr?.isDataDescriptor()) {
    w_descr.descrDelete(w_obj);
    return;
  }
  const part = w_class.hasDict ? w_obj.userPart() : null;
  if (part?.delslot(name)) return;
  throw w_descr !== null && part === null ? readOnly(w_obj, name) : w_obj.noAttribute(name);
}

function readOnly(w_obj: W_Root, name: string): OperationError {
  return missingAttribute(w_obj, name, `'${w_obj.typename()}' object attribute '${name}' is read-only`);
}
