/**
 * Low-level functions of specializations, and function values.
 *
 * A function value points to an object whose class (vtable) selects its code: a prebuilt singleton for a function that
 * captures nothing, a struct with the captured values for a closure, with the receiver for a bound method. All share
 * the base struct `Function`. Functions that meet at a call form a family: its members' vtables have one layout, with
 * one typed code pointer per call shape; the code takes the function object first (`self`) and unpacks it.
 *
 * An implementation of a virtually called method takes `this` as the class that introduces the method, so that it fits
 * the slot without an adapter.
 */
import type {
  ClosureFunction,
  FamilyShape,
  FunctionDesc,
  FunctionFamily,
  FunctionSpecialization,
  VirtualFamily,
} from "../annotator/functions.ts";
import { FUNCTION, FUNCTION_ROOT_VTABLE, FUNCTION_VTABLE, FunctionLayout } from "./closures.ts";
import { functionHints } from "./jithints.ts";
import type { LowFunction } from "./lltype/memory.ts";
import type { LowClass } from "./lltype/program.ts";
import { ptr, Struct } from "./lltype/types.ts";
import { originName } from "./names.ts";
import { instanceRepr } from "./repr/instance.ts";
import type { LoweredHelper, Repr, Typer } from "./repr.ts";
import { lowFunction } from "./synth.ts";

/** A specialization as the low-level world sees it. */
export interface LoweredFunction extends LoweredHelper {
  readonly specialization: FunctionSpecialization;
}

export class FunctionTable {
  readonly #typer: Typer;
  readonly #lowered = new Map<FunctionSpecialization, LoweredFunction>();
  readonly #queue: LoweredFunction[] = [];
  /** The virtual family whose slot a specialization fills, for the type of its `this`. */
  readonly #families = new Map<FunctionSpecialization, VirtualFamily>();
  readonly #noted = new Set<VirtualFamily>();
  readonly #layouts = new Map<FunctionDesc, FunctionLayout>();
  readonly #familyVtables = new Map<FunctionFamily, FamilyVtable>();
  #isDefined = false;

  constructor(typer: Typer) {
    this.#typer = typer;
  }

  /** Notes that a family is called virtually, before its members get their signatures. */
  noteVirtual(family: VirtualFamily): void {
    if (this.#noted.has(family)) return;
    this.#noted.add(family);
    for (const member of family.members.values()) {
      if (!this.#families.has(member) && !this.#lowered.has(member)) this.#families.set(member, family);
    }
  }

  /** Whether the specialization takes `this` as the family's slot passes it. */
  fitsSlot(s: FunctionSpecialization, family: VirtualFamily): boolean {
    return this.#families.get(s) === family;
  }

  /** The function of a specialization; its graph is lowered when the queue is worked off. */
  of(s: FunctionSpecialization): LoweredFunction {
    let lowered = this.#lowered.get(s);
    if (lowered === undefined) {
      lowered = this.#make(s);
      this.#lowered.set(s, lowered);
      this.#queue.push(lowered);
    }
    return lowered;
  }

  #make(s: FunctionSpecialization): LoweredFunction {
    const argReprs = s.paramTypes.map((type) => this.#typer.reprOf(type));
    const family = this.#families.get(s);
    if (family !== undefined) argReprs[0] = instanceRepr(family.owner, this.#typer);
    const resultRepr = this.#typer.reprOf(s.resultType);
    const name = this.#typer.uniqueName(originName(s.signature.node, s.name));
    const types = argReprs.map((r) => r.lowType);
    const low: LowFunction = lowFunction(name, types, resultRepr.lowType, s.graph);
    if (this.#typer.jit) low.jit = functionHints(s);
    return { specialization: s, lowered: low, argReprs, resultRepr };
  }

  /** The next function whose graph is to be lowered. */
  next(): LoweredFunction | null {
    return this.#queue.shift() ?? null;
  }

  /** Struct and vtable of the function objects of one function. */
  layoutOf(desc: FunctionDesc): FunctionLayout {
    let layout = this.#layouts.get(desc);
    if (layout === undefined) {
      const name = this.#typer.uniqueName(this.layoutName(desc));
      const vtableStruct = desc.family === null ? FUNCTION_VTABLE : this.vtableOf(desc.family).struct;
      layout = new FunctionLayout(name, desc, vtableStruct, this.#typer);
      this.#layouts.set(desc, layout);
      // Function objects first met in prebuilt data are filled at once.
      if (this.#isDefined) layout.define();
    }
    return layout;
  }

  /** Name by origin of a function's objects. */
  layoutName(desc: FunctionDesc): string {
    const node = "built" in desc ? (desc as ClosureFunction).built.signature.node : null;
    return `${originName(node, desc.name)} function`;
  }

  get layouts(): Iterable<FunctionLayout> {
    return this.#layouts.values();
  }

  vtableOf(given: FunctionFamily): FamilyVtable {
    const family = given.find();
    let vtable = this.#familyVtables.get(family);
    if (vtable === undefined) {
      const first = [...family.members].map((desc) => this.layoutName(desc)).sort()[0] ?? "";
      vtable = new FamilyVtable(this.#typer.uniqueName(`${first} family vtable`));
      this.#familyVtables.set(family, vtable);
    }
    return vtable;
  }

  /** Function objects as classes: all below `Function`, which itself is below `Object`. */
  lowClasses(): LowClass[] {
    const subclasses: LowClass[] = [];
    const root: LowClass = { struct: FUNCTION, vtable: FUNCTION_ROOT_VTABLE, base: null, subclasses };
    for (const layout of this.#layouts.values()) {
      subclasses.push({ struct: layout.struct, vtable: layout.vtable, base: root, subclasses: [] });
    }
    return [root, ...subclasses];
  }

  /** Defines the vtable structs of families; no call shape may be asked for afterwards. */
  define(): void {
    this.#isDefined = true;
    for (const vtable of this.#familyVtables.values()) vtable.define();
    for (const layout of this.#layouts.values()) layout.define();
  }
}

/** Vtable layout of a family of functions: one code pointer per call shape that is used. */
export class FamilyVtable {
  readonly struct: Struct;
  readonly shapes = new Map<string, { readonly shape: FamilyShape; readonly signature: LoweredSignature }>();

  constructor(name: string) {
    this.struct = new Struct(name, false, FUNCTION_VTABLE);
  }

  define(): void {
    if (this.struct.isDefined) return;
    this.struct.define(
      [...this.shapes].map(([key, { signature }]) => ({
        name: codeField(key),
        type: ptr(signature.type),
        immutable: true,
      })),
    );
  }
}

/** Reprs of a family's call shape or virtual method, and the type of its code (with `self` or `this` first). */
export interface LoweredSignature {
  readonly args: readonly Repr[];
  readonly result: Repr;
  readonly type: LowFunction["type"];
}

export function codeField(shape: string): string {
  return `code(${shape})`;
}
