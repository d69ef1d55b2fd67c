/**
 * Descriptions of classes and records. A `ClassDesc` stands for a live class, for one variant of a generic class
 * (per type arguments), for a builtin error class, or (RecordDesc) for the anonymous final class of an object
 * literal. Variants whose type arguments are not known, and anonymous records, are made per place of allocation and
 * unified when values meet (`find()` gives the representative), as list cells are.
 *
 * Fields belong to the topmost class that declares them; methods are looked up on the live prototypes.
 */
import type { Node } from "ts-morph";
import type { TypeCell } from "./cells.ts";
import type { DeclaredRecord, DeclaredType, TypeEnvironment } from "./declared.ts";

/** One field of a class or property of a record. */
export class FieldDesc {
  readonly name: string;
  readonly owner: ClassDesc;
  readonly cell: TypeCell;
  /** Declared `readonly` (or the record is `as const`, frozen). */
  declaredReadonly: boolean;
  /** Run-time code assigns it outside the constructor of its class. */
  assignedLater = false;
  /** Declared `readonly xs: readonly T[]`: the items are immutable too. */
  readonlyItems = false;

  constructor(name: string, owner: ClassDesc, cell: TypeCell, declaredReadonly: boolean) {
    this.name = name;
    this.owner = owner;
    this.cell = cell;
    this.declaredReadonly = declaredReadonly;
  }

  /** Never changes once the object is made: folded when constant, trusted by the JIT. */
  get immutable(): boolean {
    return this.declaredReadonly && !this.assignedLater;
  }
}

/** A class constructor as a live value. */
export type LiveClass = abstract new (...args: never[]) => unknown;

export class ClassDesc {
  readonly id: number;
  /** For messages and type names: `Frame`, `Box<int>`, `{x, y}`. */
  name: string;
  readonly liveClass: LiveClass | null;
  readonly base: ClassDesc | null;
  /** Direct subclasses known to the program, in order of discovery. */
  readonly subclasses: ClassDesc[] = [];
  /** The class or literal in the source; null for builtin errors. */
  readonly node: Node | null;
  readonly typeArguments: readonly DeclaredType[];
  /** What its type parameters (and its bases') stand for. */
  readonly environment: TypeEnvironment;
  /** Own fields that run-time code touches, in order of discovery. */
  readonly fields = new Map<string, FieldDesc>();
  /** Instances exist: made by run-time `new`, or prebuilt. */
  instantiated = false;
  /** Live instances (exactly of this class) that run-time code reaches. */
  prebuilt: object[] = [];
  /** Preorder interval of the class hierarchy, after the fixpoint: subclasses are min ≤ x < max. */
  preorder: { min: number; max: number } = { min: -1, max: -1 };
  #forward: ClassDesc | null = null;

  constructor(
    name: string,
    liveClass: LiveClass | null,
    base: ClassDesc | null,
    node: Node | null,
    typeArguments: readonly DeclaredType[],
    environment: TypeEnvironment,
  ) {
    this.id = nextId++;
    this.name = name;
    this.liveClass = liveClass;
    this.base = base;
    this.node = node;
    this.typeArguments = typeArguments;
    this.environment = environment;
    base?.subclasses.push(this);
  }

  /** Records are final classes without methods. */
  get isRecord(): boolean {
    return false;
  }

  find(): ClassDesc {
    if (this.#forward === null) return this;
    const root = this.#forward.find();
    this.#forward = root;
    return root;
  }

  /** Makes `other` the representative; only `union.ts` does that. */
  forwardTo(other: ClassDesc): void {
    this.#forward = other;
  }

  isSubclassOf(other: ClassDesc): boolean {
    const wanted = other.find();
    for (let c: ClassDesc | null = this.find(); c !== null; c = c.base === null ? null : c.base.find()) {
      if (c === wanted) return true;
    }
    return false;
  }

  /** This class and its bases, most derived first. */
  *chain(): Generator<ClassDesc> {
    for (let c: ClassDesc | null = this.find(); c !== null; c = c.base === null ? null : c.base.find()) yield c;
  }

  /** This class and all below it, in preorder. */
  *subtree(): Generator<ClassDesc> {
    const seen = new Set<ClassDesc>();
    const stack: ClassDesc[] = [this.find()];
    while (stack.length > 0) {
      const top = stack.pop() as ClassDesc;
      if (seen.has(top)) continue;
      seen.add(top);
      yield top;
      for (let i = top.subclasses.length - 1; i >= 0; i--) stack.push((top.subclasses[i] as ClassDesc).find());
    }
  }

  /** The field as this class or a base declares it, if run-time code touches it. */
  findField(name: string): FieldDesc | null {
    for (const c of this.chain()) {
      const field = c.fields.get(name);
      if (field !== undefined) return field;
    }
    return null;
  }
}

/** The final class of an object literal: by its declared type, else by its set of property names. */
export class RecordDesc extends ClassDesc {
  readonly declared: DeclaredRecord | null;
  /** All property names, touched or not. */
  readonly names: Set<string>;
  /** Properties that some of the literals do not have: undefined there. */
  readonly sometimesAbsent = new Set<string>();

  constructor(name: string, node: Node | null, names: Iterable<string>, declared: DeclaredRecord | null) {
    super(name, null, null, node, declared?.typeArguments ?? [], new Map());
    this.names = new Set(names);
    this.declared = declared;
  }

  override get isRecord(): boolean {
    return true;
  }
}

let nextId = 1;

/** Nearest common base, or null. */
export function commonBase(a: ClassDesc, b: ClassDesc): ClassDesc | null {
  for (const c of a.chain()) if (b.isSubclassOf(c)) return c;
  return null;
}
