/**
 * Types of live values: what import time built and run-time code reaches. Each object is described once, by identity;
 * what is inside it flows into cells only when run-time code first touches them, so cyclic and large structures cost
 * what is used of them, and an import-time field that is never touched may hold anything.
 *
 * A number is int-valued (below int and float) unless it has a fraction, is -0, or is not exact as an int.
 */
import { Node } from "ts-morph";
import { freezerOf } from "../rlib/hints.ts";
import { Address } from "../rlib/lowlevel.ts";
import { WordConstant } from "../rlib/word.ts";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import { fail } from "../translator/diagnostics/report.ts";
import { type Inflow, ListCell, MapCell, TypeCell } from "./cells.ts";
import type { ClassDesc, FieldDesc, RecordDesc } from "./classes.ts";
import type { ClassTable } from "./classtable.ts";
import { contextualType } from "./context.ts";
import type { DeclaredType } from "./declared.ts";
import type { LiveFunction } from "./functions.ts";
import {
  ADDRESS,
  BIGINT,
  FALSE,
  FLOAT,
  INT_VALUED,
  NULL,
  SomeAddress,
  SomeBigInt,
  SomeChar,
  SomeClass,
  SomeExternal,
  SomeFloat,
  SomeHost,
  SomeInstance,
  SomeInt,
  SomeIntValued,
  SomeList,
  SomeMap,
  SomeSet,
  SomeString,
  SomeStringBuilder,
  SomeTuple,
  SomeTypedArray,
  type SomeValue,
  SomeWeakRef,
  TRUE,
  type TypedArrayKind,
  UNDEFINED,
} from "./model.ts";
import type { TypeResolver } from "./types.ts";
import type { Unifier, Why } from "./union.ts";
import { weakContents } from "./weakcontents.ts";
import type { World } from "./world.ts";

const TYPED_ARRAY_CLASSES: ReadonlyMap<unknown, TypedArrayKind> = new Map<unknown, TypedArrayKind>([
  [Uint8Array, "Uint8Array"],
  [Uint8ClampedArray, "Uint8ClampedArray"],
  [Int8Array, "Int8Array"],
  [Uint16Array, "Uint16Array"],
  [Int16Array, "Int16Array"],
  [Uint32Array, "Uint32Array"],
  [Int32Array, "Int32Array"],
  [Float32Array, "Float32Array"],
  [Float64Array, "Float64Array"],
  [BigInt64Array, "BigInt64Array"],
  [BigUint64Array, "BigUint64Array"],
]);

/** What has no form in the binary. */
const REFUSED: readonly (readonly [new (...args: never[]) => object, string])[] = [
  [Promise, "a Promise"],
  [Date, "a Date"],
  [RegExp, "a regular expression"],
  [ArrayBuffer, "an ArrayBuffer"],
  [DataView, "a DataView"],
];

/** Functions and host objects that the annotator knows; the caller fills it in. */
export interface KnownHosts {
  /** The element for a builtin function, external function or user function; null when none applies. */
  functionValue(live: LiveFunction): SomeValue | null;
  /** Is it a constructor that the annotator knows? */
  isConstructor(live: LiveFunction): boolean;
  /** Name of a host object such as `Math`; null for others. */
  hostName(o: object): string | null;
  /** Kind of an rlib object with a native form, by its class; null for others. */
  externalKind(o: object): string | null;
}

export class Prebuilt {
  readonly #world: World;
  readonly #types: TypeResolver;
  readonly #classes: ClassTable;
  readonly #unifier: Unifier;
  readonly #known = new Map<object, SomeValue>();
  /** How each object was first reached, for messages. */
  readonly #paths = new Map<object, { readonly parent: object | null; readonly step: string }>();
  hosts: KnownHosts | null = null;
  /** Runs a step; the solver records mistakes in it. */
  guard: (step: () => void) => void = (step) => step();

  constructor(world: World, types: TypeResolver, classes: ClassTable, unifier: Unifier) {
    this.#world = world;
    this.#types = types;
    this.#classes = classes;
    this.#unifier = unifier;
    classes.prebuilt = this;
  }

  /** The type of a live value, with the value as its constant. */
  typeOf(value: unknown): SomeValue {
    switch (typeof value) {
      case "number":
        return numberType(value);
      case "string":
        return value.length === 1 ? new SomeChar(0, { value }) : new SomeString(0, { value });
      case "boolean":
        return value ? TRUE : FALSE;
      case "bigint":
        return new SomeBigInt(0, { value });
      case "undefined":
        return UNDEFINED;
      case "symbol":
        return fail("RTS1301", null, `a symbol cannot be used at run time`);
      default:
        return value === null ? NULL : this.#objectType(value as object);
    }
  }

  readonly #forms = new Map<object, object>();

  /** The object that goes into the binary for a live one: itself, unless its class says otherwise (`freezeWith`). */
  formOf(o: object): object {
    return this.#forms.get(o) ?? o;
  }

  /** All live objects that run-time code reaches, with their types. */
  get described(): ReadonlyMap<object, SomeValue> {
    return this.#known;
  }

  /** Notes how an object was reached from another one. */
  reach(value: unknown, parent: object | null, step: string): void {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (!this.#paths.has(value)) this.#paths.set(value, { parent, step });
  }

  /** The path from a root: `table[3].x`. */
  pathTo(o: object): string {
    const steps: string[] = [];
    let at: object | null = o;
    while (at !== null && steps.length < 20) {
      const path: { readonly parent: object | null; readonly step: string } | undefined = this.#paths.get(at);
      if (path === undefined) break;
      steps.unshift(path.step);
      at = path.parent;
    }
    return `${at === null ? "" : this.#variableOf(at)}${steps.join("")}`;
  }

  /** Name of the variable whose initialiser made an object; "" when there is none. */
  #variableOf(o: object): string {
    const declaration = this.#world.allocation(o)?.getParent();
    return Node.isVariableDeclaration(declaration) ? declaration.getName() : "";
  }

  #objectType(o: object): SomeValue {
    const known = this.#known.get(o);
    if (known !== undefined) return known;
    this.#depth++;
    let made: SomeValue;
    try {
      made = this.#describe(o);
    } finally {
      this.#depth--;
    }
    this.#known.set(o, made);
    if (this.#depth === 0) this.#drain();
    return made;
  }

  #depth = 0;
  readonly #waiting: [o: object, field: FieldDesc][] = [];

  /** Fields of live objects flow in one after the other, never nested: data structures may be deep and cyclic. */
  #drain(): void {
    this.#depth++;
    try {
      for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
        const [o, field] = next;
        this.guard(() => this.pourField(o, field));
      }
    } finally {
      this.#depth--;
    }
  }

  /** A live instance has a field that is in use. */
  pourLater(o: object, field: FieldDesc): void {
    this.#waiting.push([o, field]);
    if (this.#depth === 0) this.#drain();
  }

  #describe(o: object): SomeValue {
    if (typeof o === "function") return this.#functionType(o as LiveFunction);
    const hostName = this.hosts?.hostName(o) ?? null;
    if (hostName !== null) return new SomeHost(hostName, { value: o });
    if (o instanceof WordConstant) return new SomeInt(0, { value: o }, o.property !== "minInt");
    if (Array.isArray(o)) return this.#listType(o);
    if (o instanceof Map) return this.#mapType(o, o);
    if (o instanceof Set) return this.#setType(o, o);
    if (o instanceof WeakMap) return this.#mapType(o, weakContents(o));
    if (o instanceof WeakSet) return this.#setType(o, new Set(weakContents(o).keys()));
    const prototype: unknown = Object.getPrototypeOf(o);
    const typed = TYPED_ARRAY_CLASSES.get((o as { constructor?: unknown }).constructor);
    if (typed !== undefined && ArrayBuffer.isView(o)) return new SomeTypedArray(typed, 0, { value: o });
    for (const [cls, name] of REFUSED) if (o instanceof cls) return this.refuse(o, name);
    if (o instanceof WeakRef) return this.#weakType(o.deref(), o);
    const external = this.hosts?.externalKind(o) ?? null;
    if (external === "stringBuilder") return new SomeStringBuilder(0, { value: o });
    if (o instanceof Address) return new SomeAddress(0, { value: o });
    if (external === "address") return ADDRESS.withConstant(o);
    if (external === "weakReference") return this.#weakType((o as { get(): unknown }).get(), o);
    if (external !== null) return new SomeExternal(external, 0, { value: o });
    if (prototype === Object.prototype || prototype === null) return this.#recordType(o);
    return this.#instanceType(o, prototype as object);
  }

  /** Refuses a live object, naming the path by which it was reached. */
  refuse(o: object, what: string): never {
    const path = this.pathTo(o);
    const node = this.#world.allocation(o);
    const position = node === null ? null : this.#world.positionOf(node);
    return fail(
      "RTS1301",
      position,
      `${path === "" ? "a value" : `\`${path}\``} is ${what}, which has no form in the binary`,
    );
  }

  #functionType(f: LiveFunction): SomeValue {
    if (this.hosts?.isConstructor(f) !== true && this.#classes.isClass(f)) {
      if (this.#classes.isGeneric(f)) return new SomeClass([this.#classes.openVariant(f, f)], 0, { value: f });
      return new SomeClass([this.#classes.descOf(f)], 0, { value: f });
    }
    const known = this.hosts?.functionValue(f) ?? null;
    if (known !== null) return known;
    return this.refuse(f, "a function of the host");
  }

  #listType(o: unknown[]): SomeValue {
    const node = this.#world.allocation(o);
    const declared = this.#declaredOf(node);
    if (declared?.kind === "tuple" || this.#isTupleLiteral(node, declared, o)) return this.#tupleType(o, declared);
    const position = node === null ? null : this.#world.positionOf(node);
    const cell = new ListCell(position);
    cell.prebuilt.push(o);
    if (declared?.kind === "list" && declared.item.constrains) cell.item.declared = declared.item;
    cell.item.pending = [() => this.#pourItems(cell.item, o, o)];
    return new SomeList(cell, 0, { value: o });
  }

  /** What the checker types as a tuple is one, but for tables: `[…] as const` of items that are alike is a list. */
  #isTupleLiteral(node: Node | null, declared: DeclaredType | null, items: readonly unknown[]): boolean {
    if (node === null || declared !== null || !Node.isArrayLiteralExpression(node)) return false;
    if (isAsserted(node) && areAlike(items)) return false;
    return node.getContextualType()?.isTuple() ?? node.getType().isTuple();
  }

  #tupleType(o: unknown[], declared: DeclaredType | null): SomeValue {
    const items = o.map((item, i) => {
      this.reach(item, o, `[${i}]`);
      const type = this.typeOf(item);
      const wanted = declared?.kind === "tuple" ? declared.items[i] : undefined;
      return wanted === undefined ? type : this.#unifier.conform(type, wanted);
    });
    return new SomeTuple(items, 0, { value: o });
  }

  /** Lets the items of a live list flow into a cell, quickly for the many that are alike. */
  #pourItems(cell: TypeCell, items: unknown[], parent: object): void {
    let last: SomeValue | null = null;
    const node = items === parent ? this.#world.allocation(parent) : null;
    const literals = node !== null && Node.isArrayLiteralExpression(node) ? node.getElements() : null;
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item === undefined && !(i in items)) this.#refuseHole(items, i);
      const isFloat = literals !== null && isFloatLiteral(literals[i]);
      const type = isFloat && typeof item === "number" ? FLOAT : this.#itemType(item, parent, i);
      if (type === last) continue;
      last = type;
      this.#unifier.merge(
        cell,
        type,
        this.#why(() => `item [${i}] of ${this.#nameOf(parent, "the prebuilt list")}`, parent),
      );
    }
  }

  #itemType(item: unknown, parent: object, index: number): SomeValue {
    if (typeof item === "number") {
      const type = numberType(item);
      return type instanceof SomeIntValued ? INT_VALUED : FLOAT;
    }
    if (typeof item === "bigint") return BIGINT;
    if (typeof item === "object" || typeof item === "function") this.reach(item, parent, `[${index}]`);
    return this.typeOf(item);
  }

  #refuseHole(items: unknown[], index: number): never {
    const node = this.#world.allocation(items);
    const position = node === null ? null : this.#world.positionOf(node);
    return fail("RTS1302", position, `${this.#nameOf(items, "the list")} has a hole at index ${index}`);
  }

  #mapType(o: object, entries: ReadonlyMap<unknown, unknown>): SomeValue {
    const node = this.#world.allocation(o);
    const cell = new MapCell(node === null ? null : this.#world.positionOf(node));
    cell.weak = o instanceof WeakMap;
    if (o instanceof Map) cell.prebuilt.push(o);
    const declared = this.#declaredOf(node) ?? this.#ownTypeArguments(node);
    if (declared?.kind === "map") {
      if (declared.key.constrains) cell.key.declared = declared.key;
      if (declared.value.constrains) cell.value.declared = declared.value;
    }
    cell.key.pending = [() => this.#pourItems(cell.key, [...entries.keys()], o)];
    cell.value.pending = [() => this.#pourItems(cell.value, [...entries.values()], o)];
    return new SomeMap(cell, 0, { value: o });
  }

  #setType(o: object, members: ReadonlySet<unknown>): SomeValue {
    const node = this.#world.allocation(o);
    const cell = new MapCell(node === null ? null : this.#world.positionOf(node));
    cell.weak = o instanceof WeakSet;
    if (o instanceof Set) cell.prebuilt.push(o);
    const declared = this.#declaredOf(node) ?? this.#ownTypeArguments(node);
    if (declared?.kind === "set" && declared.key.constrains) cell.key.declared = declared.key;
    cell.key.pending = [() => this.#pourItems(cell.key, [...members], o)];
    return new SomeSet(cell, 0, { value: o });
  }

  /** `new Map<K, V>()` without a declared type around it. */
  #ownTypeArguments(node: Node | null): DeclaredType | null {
    if (node === null || !Node.isNewExpression(node)) return null;
    const args = node.getTypeArguments().map((a) => this.#types.resolve(a));
    const name = node.getExpression().getText();
    const weak = name.startsWith("Weak");
    if (/^(Weak)?Map$/.test(name) && args.length === 2) {
      return this.#types.map(args[0] as DeclaredType, args[1] as DeclaredType, weak);
    }
    if (/^(Weak)?Set$/.test(name) && args.length === 1) return this.#types.set(args[0] as DeclaredType, weak);
    return null;
  }

  #weakType(target: unknown, o: object): SomeValue {
    const cell = new TypeCell("target of the weak reference");
    this.reach(target, o, ".target");
    cell.pending = [
      () =>
        void this.#unifier.merge(
          cell,
          this.typeOf(target),
          this.#why(() => "target", o),
        ),
    ];
    return new SomeWeakRef(cell, 0, { value: o });
  }

  #recordType(o: object): SomeValue {
    const node = this.#world.allocation(o);
    const declared = this.#declaredOf(node);
    const names = this.#world.propertyNames(o);
    const desc =
      declared?.kind === "record"
        ? this.#classes.declaredRecord(declared)
        : this.#classes.anonymousRecord(node ?? o, names, node);
    this.#classes.noteNames(
      desc,
      names,
      this.#why(() => "property absent", o),
    );
    this.#classes.addPrebuilt(desc, o);
    return new SomeInstance(desc, 0, { value: o });
  }

  #instanceType(o: object, prototype: object): SomeValue {
    const cls: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    if (typeof cls !== "function" || !this.#classes.isClass(cls)) {
      const name = typeof cls === "function" ? cls.name : "an object without class";
      return this.refuse(o, `an object of the host (${name})`);
    }
    const freeze = freezerOf(cls);
    const desc = this.#classes.isGeneric(cls) ? this.#genericVariant(cls, o) : this.#classes.descOf(cls);
    const form = freeze === null ? o : freeze(o);
    if (form !== o) this.#forms.set(o, form);
    this.#classes.addPrebuilt(desc, form);
    return new SomeInstance(desc, 0, { value: o });
  }

  #genericVariant(cls: LiveFunction, o: object): ClassDesc {
    const node = this.#world.allocation(o);
    const declared = this.#declaredOf(node);
    if (declared?.kind === "instance" && declared.typeArguments.length > 0) {
      const wanted = this.#classes.liveOf(declared.declaration);
      if (wanted === null || (wanted as unknown) === cls) return this.#classes.descOf(cls, declared.typeArguments);
    }
    if (node !== null && Node.isNewExpression(node) && node.getTypeArguments().length > 0) {
      const args = node.getTypeArguments().map((a) => this.#types.resolve(a));
      return this.#classes.descOf(cls, args);
    }
    return this.#classes.openVariant(cls, o);
  }

  #declaredOf(node: Node | null): DeclaredType | null {
    return node === null ? null : contextualType(this.#types, node);
  }

  /** Lets one field of a live instance flow into its cell. */
  pourField(o: object, field: FieldDesc): void {
    const property = this.#world.readProperty(o, field.name);
    const value = property === null ? undefined : property.value;
    this.reach(value, o, `.${field.name}`);
    let type = property === null && !isRecord(field) ? null : this.typeOf(value);
    if (type === null) return;
    if (type instanceof SomeIntValued && isFloatLiteral(this.#initializer(o, field))) type = FLOAT;
    this.#unifier.merge(
      field.cell,
      type,
      this.#why(() => `field ${field.name} of ${this.#nameOf(o, "a prebuilt object")}`, o),
    );
  }

  /** What the source gives a property at first: in the literal that made the object, or in its class. */
  #initializer(o: object, field: FieldDesc): Node | undefined {
    const node = isRecord(field) ? this.#world.allocation(o) : field.owner.node;
    if (node === null) return undefined;
    const property = Node.isObjectLiteralExpression(node)
      ? node.getProperty(field.name)
      : Node.isClassDeclaration(node) || Node.isClassExpression(node)
        ? node.getProperty(field.name)
        : undefined;
    return Node.isPropertyAssignment(property) || Node.isPropertyDeclaration(property)
      ? property.getInitializer()
      : undefined;
  }

  #nameOf(o: object, otherwise: string): string {
    const path = this.pathTo(o);
    return path === "" ? otherwise : `prebuilt \`${path}\``;
  }

  #why(describe: () => string, o: object): Why {
    return (type): Inflow => {
      const what = describe();
      const node = this.#world.allocation(o);
      const position: SourcePosition | null = node === null ? null : this.#world.positionOf(node);
      return { type, what, position, from: null, cell: null };
    };
  }
}

/** Is this the literal of `[…] as const` itself? */
function isAsserted(node: Node): boolean {
  const parent = node.getParent();
  if (parent === undefined) return false;
  if (Node.isParenthesizedExpression(parent) || Node.isSatisfiesExpression(parent)) return isAsserted(parent);
  return Node.isAsExpression(parent) && parent.getTypeNode()?.getText() === "const";
}

/** Are these values of one kind, arrays of one length? */
function areAlike(items: readonly unknown[]): boolean {
  const kind = (v: unknown): string => {
    if (Array.isArray(v)) return `array of ${v.length}`;
    return typeof v === "object" && v !== null ? `${v.constructor?.name}` : typeof v;
  };
  return new Set(items.map(kind)).size === 1;
}

function isRecord(field: FieldDesc): boolean {
  return (field.owner as RecordDesc).isRecord;
}

/** Int-valued or float. */
export function numberType(value: number): SomeValue {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return new SomeIntValued(0, { value });
  return new SomeFloat(0, { value });
}

/** A number written with a point or an exponent. */
function isFloatLiteral(node: Node | undefined): boolean {
  if (Node.isPrefixUnaryExpression(node)) return isFloatLiteral(node.getOperand());
  if (Node.isParenthesizedExpression(node) || Node.isAsExpression(node)) return isFloatLiteral(node.getExpression());
  return Node.isNumericLiteral(node) && /[.e]/i.test(node.getText()) && !/^0x/i.test(node.getText());
}
