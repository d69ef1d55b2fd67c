/**
 * The table of classes: descriptions of live classes and of record shapes, their fields and members.
 *
 * Generic classes have one description per tuple of type arguments where these are written in the source (or follow
 * from the declared type), and one per place of allocation where they are not; the latter are unified as values meet.
 */
import { type ClassDeclaration, type ClassExpression, Node, type TypeNode } from "ts-morph";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { TypeCell } from "./cells.ts";
import { ClassDesc, FieldDesc, type LiveClass, RecordDesc } from "./classes.ts";
import type { Shapes } from "./conform.ts";
import {
  type DeclaredProperty,
  type DeclaredRecord,
  type DeclaredType,
  NO_TYPES,
  type TypeEnvironment,
} from "./declared.ts";
import type { LiveFunction } from "./functions.ts";
import { type Nulls, SomeInstance, type SomeValue, STRING, UNDEFINED, UNDEFINED_BIT } from "./model.ts";
import type { Prebuilt } from "./prebuilt.ts";
import type { TypeResolver } from "./types.ts";
import type { Unifier, Why } from "./union.ts";
import type { LiveMember, World } from "./world.ts";

/** A member found on a class or one of its bases. */
export type Member =
  | { readonly kind: "field"; readonly owner: ClassDesc }
  | { readonly kind: "method"; readonly owner: ClassDesc; readonly live: LiveFunction }
  | {
      readonly kind: "accessor";
      readonly owner: ClassDesc;
      readonly get: LiveFunction | null;
      readonly set: LiveFunction | null;
    }
  /** Declared without implementation: implemented by subclasses. */
  | { readonly kind: "abstract"; readonly owner: ClassDesc };

interface DeclaredMember {
  readonly kind: "field" | "abstract" | "abstractField";
  readonly type: TypeNode | null;
  readonly initializer: Node | null;
  readonly readonly: boolean;
  readonly optional: boolean;
  readonly node: Node;
}

/** Fields of the host's Error classes. */
const ERROR_FIELDS: Readonly<Record<string, SomeValue>> = {
  message: STRING,
  name: STRING,
  stack: STRING.withNulls(UNDEFINED_BIT),
};

const HOST_ERRORS = new Set<unknown>([Error, RangeError, TypeError, EvalError, SyntaxError, ReferenceError]);

export class ClassTable implements Shapes {
  readonly #world: World;
  readonly #types: TypeResolver;
  readonly #unifier: Unifier;
  readonly #byLive = new Map<LiveFunction, Map<string, ClassDesc>>();
  readonly #records = new Map<string, RecordDesc>();
  readonly #declaredMembers = new Map<Node, Map<string, DeclaredMember>>();
  readonly #members = new Map<ClassDesc, Map<string, Member | null>>();
  /** All descriptions in order of discovery. */
  readonly all: ClassDesc[] = [];
  /** Set when the annotator is connected. */
  prebuilt: Prebuilt | null = null;
  /** Called when instances of a class become possible. */
  onInstantiated: (desc: ClassDesc) => void = () => {};

  constructor(world: World, types: TypeResolver, unifier: Unifier) {
    this.#world = world;
    this.#types = types;
    this.#unifier = unifier;
    unifier.shapes = this;
  }

  /** Is this live function a class that instances can be made of? */
  isClass(live: LiveFunction): boolean {
    return HOST_ERRORS.has(live) || this.#world.classNode(live) !== null;
  }

  isGeneric(live: LiveFunction): boolean {
    return this.typeParameters(live).length > 0;
  }

  /** Names of the type parameters of a class's own declaration. */
  typeParameters(live: LiveFunction): readonly string[] {
    const node = this.#world.classNode(live);
    if (!isClassNode(node)) return [];
    return node.getTypeParameters().map((p) => p.getName());
  }

  /** The description of a class; for a generic one the variant with these type arguments. */
  descOf(live: LiveFunction, typeArguments: readonly DeclaredType[] = []): ClassDesc {
    return this.#variant(live, typeArguments, typeArguments.map((t) => t.text).join(","));
  }

  /** A variant of a generic class for one place of allocation, whose type arguments are not known. */
  openVariant(live: LiveFunction, place: object): ClassDesc {
    return this.#variant(live, [], `open ${this.#placeId(place)}`);
  }

  readonly #places = new Map<object, number>();

  #placeId(place: object): number {
    let id = this.#places.get(place);
    if (id === undefined) {
      id = this.#places.size;
      this.#places.set(place, id);
    }
    return id;
  }

  #variant(live: LiveFunction, typeArguments: readonly DeclaredType[], key: string): ClassDesc {
    let variants = this.#byLive.get(live);
    if (variants === undefined) {
      variants = new Map();
      this.#byLive.set(live, variants);
    }
    let desc = variants.get(key);
    if (desc === undefined) {
      desc = this.#makeDesc(live, typeArguments, key);
      variants.set(key, desc);
      this.all.push(desc);
    }
    return desc.find();
  }

  /** All variants of a class that exist, one for a class that is not generic. */
  variants(live: LiveFunction): ClassDesc[] {
    const found = this.#byLive.get(live);
    return found === undefined ? [this.descOf(live)] : [...new Set([...found.values()].map((d) => d.find()))];
  }

  #makeDesc(live: LiveFunction, typeArguments: readonly DeclaredType[], key: string): ClassDesc {
    const node = this.#world.classNode(live);
    const names = this.typeParameters(live);
    const environment = names.length === 0 ? NO_TYPES : this.#types.environment(names, typeArguments);
    const base = this.#baseOf(live, node, environment, key);
    const name = live.name === "" ? "(anonymous class)" : live.name;
    const shown =
      typeArguments.length === 0 ? name : `${name}<${typeArguments.map((t) => this.#types.describe(t)).join(", ")}>`;
    return new ClassDesc(shown, live as unknown as LiveClass, base, node, typeArguments, environment);
  }

  #baseOf(live: LiveFunction, node: Node | null, environment: TypeEnvironment, key: string): ClassDesc | null {
    const base: unknown = Object.getPrototypeOf(live);
    if (typeof base !== "function" || base === Function.prototype) return null;
    if (!this.isClass(base)) return null;
    if (!this.isGeneric(base)) return this.descOf(base);
    const heritage = isClassNode(node) ? node.getExtends() : undefined;
    const args = heritage?.getTypeArguments().map((a) => this.#types.resolve(a, environment)) ?? [];
    if (args.length > 0 && args.every((a) => a.kind !== "unknown")) return this.descOf(base, args);
    return this.#variant(base, args, `base of ${live.name} ${this.#placeId(live)} ${key}`);
  }

  /** The live class of a declaration. */
  liveOf(node: Node): LiveClass | null {
    return this.#world.liveClassOf(node);
  }

  // ---- records

  /** The shape named by a declared type. */
  declaredRecord(d: DeclaredRecord): RecordDesc {
    const key = d.text.split(" ?")[0] as string;
    let desc = this.#records.get(key);
    if (desc === undefined) {
      desc = new RecordDesc(d.name, d.declaration, d.properties().keys(), d);
      this.#records.set(key, desc);
      this.all.push(desc);
    }
    return desc.find() as RecordDesc;
  }

  /** A shape of its own for one object literal without declared type. */
  anonymousRecord(place: object, names: readonly string[], node: Node | null): RecordDesc {
    const key = `anonymous ${this.#placeId(place)}`;
    let desc = this.#records.get(key);
    if (desc === undefined) {
      desc = new RecordDesc(`{${names.join(", ")}}`, node, names, null);
      this.#records.set(key, desc);
      this.all.push(desc);
    }
    return desc.find() as RecordDesc;
  }

  /** Notes that an object of this shape lacks the properties not in `names`: they are undefined in it. */
  noteNames(desc: RecordDesc, names: readonly string[], why: Why): void {
    if (names.length === desc.names.size) return;
    const given = new Set(names);
    for (const name of given) desc.names.add(name);
    for (const name of desc.names) {
      if (given.has(name) || desc.sometimesAbsent.has(name)) continue;
      desc.sometimesAbsent.add(name);
      const field = desc.fields.get(name);
      if (field !== undefined) this.#unifier.merge(field.cell, UNDEFINED, why);
    }
  }

  describe(declared: DeclaredType): SomeValue | null {
    if (declared.kind === "record") return new SomeInstance(this.declaredRecord(declared));
    if (declared.kind !== "instance") return null;
    const live = this.liveOf(declared.declaration);
    if (live === null || !this.isGeneric(live as unknown as LiveFunction)) return null;
    if (declared.typeArguments.some((t) => t.kind === "unknown")) return null;
    return new SomeInstance(this.descOf(live as unknown as LiveFunction, declared.typeArguments));
  }

  /** Does a class or one of its bases name a class declaration in its `implements` clause? */
  implementsClass(desc: ClassDesc, declaration: Node): boolean {
    for (const c of desc.find().chain()) {
      if (!isClassNode(c.node)) continue;
      for (const clause of c.node.getImplements()) {
        const symbol = clause.getExpression().getSymbol();
        const target = symbol?.getAliasedSymbol() ?? symbol;
        if (target?.getDeclarations().includes(declaration) === true) return true;
      }
    }
    return false;
  }

  // ---- members

  /** Finds a member on a class or its bases; null when neither has it. `lexical` is the class whose code asks (for `#x`). */
  member(desc: ClassDesc, name: string, lexical: ClassDesc | null = null): Member | null {
    const start = desc.find();
    if (name.startsWith("#") && lexical !== null) {
      for (const c of start.chain()) {
        if (c.liveClass === lexical.find().liveClass) return this.#ownMember(c, name) ?? this.#search(start, name);
      }
    }
    let cache = this.#members.get(start);
    if (cache === undefined) {
      cache = new Map();
      this.#members.set(start, cache);
    }
    let found = cache.get(name);
    if (found === undefined) {
      found = this.#search(start, name);
      cache.set(name, found);
    }
    return found;
  }

  /** Forgets cached lookups after descriptions were unified or shapes grew. */
  forgetMembers(): void {
    this.#members.clear();
  }

  #search(start: ClassDesc, name: string): Member | null {
    let abstract: Member | null = null;
    for (const c of start.chain()) {
      const own = this.#ownMember(c, name);
      if (own === null) continue;
      if (own.kind === "abstract") {
        abstract ??= own;
        continue;
      }
      if (own.kind !== "field") return own;
      return { kind: "field", owner: this.#topmostField(c, name) };
    }
    return abstract;
  }

  #topmostField(desc: ClassDesc, name: string): ClassDesc {
    let owner = desc;
    if (name.startsWith("#")) return owner;
    for (const c of desc.chain()) {
      const own = this.#ownMember(c, name);
      if (
        own?.kind === "field" ||
        (own?.kind === "abstract" && this.#declaredMember(c, name)?.kind === "abstractField")
      )
        owner = c;
    }
    return owner;
  }

  #ownMember(c: ClassDesc, name: string): Member | null {
    if (c instanceof RecordDesc) return c.names.has(name) ? { kind: "field", owner: c } : null;
    if (c.liveClass === null) return null;
    const live = this.#liveMember(c.liveClass, name);
    if (live !== null) {
      if (live.kind === "method") return { kind: "method", owner: c, live: live.live };
      if (live.kind === "accessor") return { kind: "accessor", owner: c, get: live.get, set: live.set };
    }
    if (HOST_ERRORS.has(c.liveClass)) {
      if (c.liveClass !== (Error as unknown as LiveClass)) return null;
      return !Object.hasOwn(ERROR_FIELDS, name) && name !== "cause" ? null : { kind: "field", owner: c };
    }
    const declared = this.#declaredMember(c, name);
    if (declared === null) return null;
    return declared.kind === "field" ? { kind: "field", owner: c } : { kind: "abstract", owner: c };
  }

  #liveMember(live: LiveClass, name: string): LiveMember | null {
    if (name.startsWith("#")) return this.#world.privateMember(live, name);
    if (name === "constructor" || HOST_ERRORS.has(live)) return null;
    const d = Object.getOwnPropertyDescriptor(live.prototype as object, name);
    if (d === undefined) return null;
    if (typeof d.value === "function") return { kind: "method", live: d.value };
    if (d.get !== undefined || d.set !== undefined) return { kind: "accessor", get: d.get ?? null, set: d.set ?? null };
    return null;
  }

  #declaredMember(c: ClassDesc, name: string): DeclaredMember | null {
    const { node } = c;
    if (!isClassNode(node)) return null;
    let members = this.#declaredMembers.get(node);
    if (members === undefined) {
      members = declaredMembers(node);
      this.#declaredMembers.set(node, members);
    }
    return members.get(name) ?? null;
  }

  /** The class highest in the chain that has a member of this name, for the family of its implementations. */
  topOwner(desc: ClassDesc, name: string): ClassDesc {
    let owner = desc.find();
    if (name.startsWith("#")) return this.member(desc, name)?.owner.find() ?? owner;
    for (const c of desc.find().chain()) if (this.#ownMember(c, name) !== null) owner = c;
    return owner;
  }

  /** Fields that a class and its bases (or a declared shape) declare with a type. */
  declaredFields(desc: ClassDesc): { readonly owner: ClassDesc; readonly name: string; readonly type: DeclaredType }[] {
    const found: { owner: ClassDesc; name: string; type: DeclaredType }[] = [];
    if (desc instanceof RecordDesc) {
      for (const [name, p] of desc.declared?.properties() ?? []) found.push({ owner: desc, name, type: p.type });
      return found;
    }
    for (const c of desc.find().chain()) {
      if (!isClassNode(c.node)) continue;
      this.#declaredMember(c, "");
      for (const [name, m] of this.#declaredMembers.get(c.node) ?? []) {
        if (m.type === null || m.kind === "abstract") continue;
        const type = this.#types.resolve(m.type, c.environment);
        found.push({ owner: c, name, type: m.optional ? this.#types.withNulls(type, UNDEFINED_BIT) : type });
      }
    }
    return found;
  }

  // ---- fields

  /** The field of a class that has it as a member, made at first touch. */
  field(owner: ClassDesc, name: string): FieldDesc {
    const desc = owner.find();
    const known = desc.fields.get(name);
    if (known !== undefined) return known;
    const field = desc instanceof RecordDesc ? this.#recordField(desc, name) : this.#classField(desc, name);
    desc.fields.set(name, field);
    return field;
  }

  #recordField(desc: RecordDesc, name: string): FieldDesc {
    const property: DeclaredProperty | null = desc.declared?.properties().get(name) ?? null;
    const cell = new TypeCell(`property ${name} of ${desc.name}`, this.#position(desc.node));
    if (property !== null) {
      cell.declared = property.type.constrains ? property.type : null;
      cell.loneNull = loneNullOf(
        property.optional ? this.#types.withNulls(property.type, UNDEFINED_BIT) : property.type,
      );
    }
    const field = new FieldDesc(name, desc, cell, property?.readonly ?? false);
    field.readonlyItems = property?.type.kind === "list" && property.type.readonly && property.readonly;
    if (desc.sometimesAbsent.has(name)) cell.value = UNDEFINED;
    this.#pourLater(desc, field);
    return field;
  }

  #classField(desc: ClassDesc, name: string): FieldDesc {
    if (desc.liveClass !== null && HOST_ERRORS.has(desc.liveClass)) {
      const cell = new TypeCell(`field ${name} of ${desc.name}`);
      cell.value = ERROR_FIELDS[name] ?? UNDEFINED;
      return new FieldDesc(name, desc, cell, name !== "name");
    }
    const member = this.#declaredMember(desc, name);
    const cell = new TypeCell(`field ${desc.name}.${name}`, this.#position(member?.node ?? desc.node));
    const field = new FieldDesc(name, desc, cell, member?.readonly ?? false);
    if (member?.type != null) {
      const declared = this.#types.resolve(member.type, desc.environment);
      const full = member.optional ? this.#types.withNulls(declared, UNDEFINED_BIT) : declared;
      if (full.constrains) cell.declared = full;
      cell.loneNull = loneNullOf(full);
      field.readonlyItems = full.kind === "list" && full.readonly && field.declaredReadonly;
      const startsUndefined = member.initializer === null && !Node.isParameterDeclaration(member.node);
      if (startsUndefined && (full.nulls & UNDEFINED_BIT) !== 0) cell.value = UNDEFINED;
    }
    this.#pourLater(desc, field);
    return field;
  }

  /** Live instances of the class and its subclasses pour their values in when the field is first used. */
  #pourLater(desc: ClassDesc, field: FieldDesc): void {
    field.cell.pending = [
      () => {
        for (const c of desc.subtree()) for (const o of c.prebuilt) this.#pour(o, field);
      },
    ];
  }

  #pour(o: object, field: FieldDesc): void {
    this.prebuilt?.pourLater(o, field);
  }

  /** A live instance that run-time code reaches. */
  addPrebuilt(desc: ClassDesc, o: object): void {
    const c = desc.find();
    c.prebuilt.push(o);
    for (const base of c.chain()) {
      for (const field of base.fields.values()) {
        const cell = field.cell.find();
        if (cell.pending === null) this.#pour(o, field);
      }
    }
    this.markInstantiated(c);
  }

  markInstantiated(desc: ClassDesc): void {
    const c = desc.find();
    if (c.instantiated) return;
    c.instantiated = true;
    this.onInstantiated(c);
  }

  #position(node: Node | null): SourcePosition | null {
    return node === null ? null : this.#world.positionOf(node);
  }
}

function isClassNode(node: Node | null): node is ClassDeclaration | ClassExpression {
  return node !== null && (Node.isClassDeclaration(node) || Node.isClassExpression(node));
}

/** Fields, parameter properties and abstract members that a class declares. */
function loneNullOf(declared: DeclaredType): Nulls {
  return declared.nulls === 3 ? 0 : declared.nulls;
}

function declaredMembers(node: Node): Map<string, DeclaredMember> {
  const found = new Map<string, DeclaredMember>();
  if (!isClassNode(node)) return found;
  for (const p of node.getInstanceProperties()) {
    if (Node.isPropertyDeclaration(p)) {
      found.set(p.getName(), {
        kind: p.isAbstract() ? "abstractField" : "field",
        type: p.getTypeNode() ?? null,
        initializer: p.getInitializer() ?? null,
        readonly: p.isReadonly(),
        optional: p.hasQuestionToken(),
        node: p,
      });
    } else if (Node.isParameterDeclaration(p)) {
      found.set(p.getName(), {
        kind: "field",
        type: p.getTypeNode() ?? null,
        initializer: null,
        readonly: p.isReadonly(),
        optional: p.hasQuestionToken(),
        node: p,
      });
    } else if (p.isAbstract()) {
      found.set(p.getName(), {
        kind: "abstract",
        type: null,
        initializer: null,
        readonly: false,
        optional: false,
        node: p,
      });
    }
  }
  for (const m of node.getInstanceMethods()) {
    if (!m.isAbstract()) continue;
    found.set(m.getName(), {
      kind: "abstract",
      type: null,
      initializer: null,
      readonly: false,
      optional: false,
      node: m,
    });
  }
  return found;
}
