/**
 * Layout of classes and records: one struct per class, inlining its base's fields, and one vtable struct per class,
 * inlining its base's slots. A slot is a typed function pointer, one per family of implementations that is really
 * called virtually (`slotOf`), introduced at the class that introduces the method.
 *
 * Structs and vtables are handed out at once (graphs name them) and defined by `finish`, when every field and every
 * virtual call of the program is known. Preorder numbers are symbolic words: the backend numbers the classes.
 */
import { type ClassDesc, commonBase } from "../annotator/classes.ts";
import type { FunctionSpecialization, VirtualFamily } from "../annotator/functions.ts";
import { shapeKey } from "../annotator/functions.ts";
import { nameBytes } from "./closures.ts";
import { hiddenFields, structHints } from "./jithints.ts";
import type { StructHints } from "./lltype/jit.ts";
import { type LowFunction, LowStruct, SymbolicWord } from "./lltype/memory.ts";
import type { LowClass } from "./lltype/program.ts";
import { type Field, OBJECT, Struct, storageFields, Void, VTABLE } from "./lltype/types.ts";
import { originName, storageName } from "./names.ts";
import type { Typer } from "./repr.ts";

/** A slot of a vtable: code for one method of all classes below the one that introduces it. */
export interface Slot {
  readonly field: Field;
  /** The function that an object exactly of this class runs; null when it has none. */
  readonly codeOf: (desc: ClassDesc) => LowFunction | null;
}

/** What the low-level world knows of one class, record or closure body. */
export class ClassLayout {
  readonly struct: Struct;
  readonly vtableStruct: Struct;
  readonly vtable: LowStruct;
  readonly base: ClassLayout | null;
  readonly subclasses: ClassLayout[] = [];
  readonly desc: ClassDesc;
  readonly slots: Slot[] = [];
  /** Own fields; computed by `finish`. */
  readonly #fields: () => readonly Field[];
  readonly #hints: () => StructHints | null;
  #isFinished = false;

  constructor(
    name: string,
    desc: ClassDesc,
    base: ClassLayout | null,
    fields: () => readonly Field[],
    hints: () => StructHints | null,
  ) {
    this.desc = desc;
    this.base = base;
    this.#fields = fields;
    this.#hints = hints;
    this.struct = new Struct(name, true, base === null ? OBJECT : base.struct);
    this.vtableStruct = new Struct(`${name} vtable`, false, base === null ? VTABLE : base.vtableStruct);
    this.vtable = new LowStruct(this.vtableStruct, 0);
    this.vtable.name = `${name} vtable`;
    this.struct.vtable = this.vtable;
    base?.subclasses.push(this);
  }

  /** Defines the structs; bases first. */
  define(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.base?.define();
    this.struct.define(this.#fields());
    this.struct.jit = this.#hints();
    this.vtableStruct.define(this.slots.map((slot) => slot.field));
  }

  /** Fills the vtable. */
  fill(): void {
    this.vtable.set("subclassMin", new SymbolicWord("subclass_min", this.struct));
    this.vtable.set("subclassMax", new SymbolicWord("subclass_max", this.struct));
    this.vtable.set("name", nameBytes(this.desc.name, `${this.struct.name} name`));

    for (let l: ClassLayout | null = this; l !== null; l = l.base) {
      for (const slot of l.slots) this.vtable.set(slot.field.name, slot.codeOf(this.desc));
    }
  }

  /** The form in which the program lists it. */
  toLowClass(base: LowClass | null): LowClass {
    const subclasses: LowClass[] = [];
    const made: LowClass = { struct: this.struct, vtable: this.vtable, base, subclasses };
    for (const sub of this.subclasses) subclasses.push(sub.toLowClass(made));
    return made;
  }
}

/** The layouts of the program's classes and records. */
export class ClassTable {
  readonly #typer: Typer;
  readonly #layouts = new Map<ClassDesc, ClassLayout>();
  readonly #byStruct = new Map<Struct, ClassDesc>();
  readonly #slots = new Map<VirtualFamily, Slot>();
  readonly #roots: ClassLayout[] = [];
  #byLive: Map<unknown, ClassDesc[]> | null = null;
  /** The list that `#byLive` was made from; helpers asked for later bring new classes. */
  #known: readonly ClassDesc[] | null = null;

  constructor(typer: Typer) {
    this.#typer = typer;
  }

  layoutOf(given: ClassDesc): ClassLayout {
    const desc = given.find();
    let layout = this.#layouts.get(desc);
    if (layout === undefined) {
      const base = desc.base === null ? null : this.layoutOf(desc.base);
      const name = this.#typer.uniqueName(originName(desc.node, desc.name));
      const hints = (): StructHints | null => (this.#typer.jit ? structHints(desc) : null);
      layout = new ClassLayout(name, desc, base, () => this.#fieldsOf(desc), hints);
      this.#layouts.set(desc, layout);
      this.#byStruct.set(layout.struct, desc);
      if (base === null) this.#roots.push(layout);
    }
    return layout;
  }

  /** The class whose instances a struct is for; null for other structs. */
  descOfStruct(struct: Struct): ClassDesc | null {
    return this.#byStruct.get(struct) ?? null;
  }

  /** The classes (variants of a generic one) that are a live class. */
  variantsOf(live: unknown): readonly ClassDesc[] {
    const { classes } = this.#typer.annotation;
    if (this.#byLive === null || this.#known !== classes) {
      this.#known = classes;
      this.#byLive = new Map();
      for (const c of classes) {
        const desc = c.find();
        const known = this.#byLive.get(desc.liveClass) ?? [];
        if (!known.includes(desc)) this.#byLive.set(desc.liveClass, [...known, desc]);
      }
    }
    return this.#byLive.get(live) ?? [];
  }

  #fieldsOf(desc: ClassDesc): Field[] {
    const fields: Field[] = [];
    for (const field of desc.fields.values()) {
      const type = this.#typer.reprOf(field.cell.type).lowType;
      if (type !== Void) fields.push(...storageFields(storageName(field), type, field.immutable));
    }
    const hints = this.#typer.jit ? structHints(desc) : null;
    return hints === null ? fields : [...fields, ...hiddenFields(hints)];
  }

  /** The slot of a family of methods, made when first asked for. */
  slotOf(family: VirtualFamily, make: (name: string) => Slot): Slot {
    let slot = this.#slots.get(family);
    if (slot === undefined) {
      const owner = this.layoutOf(family.owner);
      const stem = `${family.accessor === "method" ? "" : `${family.accessor} `}${family.method}(${shapeKey(family.shape)})`;
      const taken = owner.slots.filter((s) => s.field.name.startsWith(stem)).length;
      slot = make(taken === 0 ? stem : `${stem}~${taken + 1}`);
      owner.slots.push(slot);
      this.#slots.set(family, slot);
    }
    return slot;
  }

  define(): void {
    for (const root of this.#roots) forEachLayout(root, (l) => l.define());
  }

  fill(): void {
    for (const root of this.#roots) forEachLayout(root, (l) => l.fill());
  }

  /** All classes, bases before their subclasses. */
  lowClasses(): LowClass[] {
    const list: LowClass[] = [];
    const add = (c: LowClass): void => {
      list.push(c);
      for (const sub of c.subclasses) add(sub);
    };
    for (const root of this.#roots) add(root.toLowClass(null));
    return list;
  }
}

function forEachLayout(root: ClassLayout, visit: (l: ClassLayout) => void): void {
  visit(root);
  for (const sub of root.subclasses) forEachLayout(sub, visit);
}

/** The different implementations that objects below a class can run, in preorder; abstract classes have none. */
export function implementationsBelow(family: VirtualFamily, receiver: ClassDesc): Set<FunctionSpecialization> {
  const found = new Set<FunctionSpecialization>();
  for (const desc of receiver.subtree()) {
    if (!desc.instantiated) continue;
    const implementation = family.implementation(desc);
    if (implementation !== null) found.add(implementation);
  }
  return found;
}

/** Nearest common base of classes, or null. */
export function commonBaseOf(classes: Iterable<ClassDesc>): ClassDesc | null {
  let common: ClassDesc | null = null;
  let isFirst = true;
  for (const c of classes) {
    if (isFirst) common = c;
    else if (common !== null) common = commonBase(common, c);
    isFirst = false;
  }
  return common;
}
