/**
 * Resolution of type nodes to declared types. The checker erases `int`, `float` and `char`, so types are read from the
 * source: names are followed through imports and aliases, type parameters replaced by what the specialization knows.
 * Where a node has no reading of its own (conditional and mapped types), the checker's answer is used, in which
 * `number` means "infer".
 */
import { type Symbol as MorphSymbol, Node, SyntaxKind, type Type, type TypeNode } from "ts-morph";
import {
  type DeclaredProperty,
  type DeclaredRecord,
  type DeclaredType,
  NO_TYPES,
  type TypeEnvironment,
} from "./declared.ts";
import { NULL_BIT, type Nulls, type TypedArrayKind, UNDEFINED_BIT } from "./model.ts";

type DeclaredBody = DeclaredType extends infer D ? (D extends DeclaredType ? Omit<D, "text"> : never) : never;

const TYPED_ARRAYS = new Set<string>([
  "Uint8Array",
  "Uint8ClampedArray",
  "Int8Array",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
]);
const LISTS = new Set(["Array", "ReadonlyArray", "ArrayLike", "ConcatArray"]);
const ITERATORS = new Set([
  "Iterable",
  "Iterator",
  "IterableIterator",
  "Generator",
  "ArrayIterator",
  "MapIterator",
  "SetIterator",
  "IteratorObject",
]);
const SCALARS: Readonly<Record<number, "number" | "boolean" | "string" | "bigint">> = {
  [SyntaxKind.NumberKeyword]: "number",
  [SyntaxKind.BooleanKeyword]: "boolean",
  [SyntaxKind.StringKeyword]: "string",
  [SyntaxKind.BigIntKeyword]: "bigint",
};

export class TypeResolver {
  readonly #interned = new Map<string, DeclaredType>();
  readonly #environments = new Map<string, TypeEnvironment>();
  readonly #resolved = new WeakMap<TypeEnvironment, Map<Node, DeclaredType>>();
  readonly #nodeIds = new Map<Node, number>();
  readonly #inProgress = new Set<Node>();

  /** What a type node means under an environment. */
  resolve(node: TypeNode, environment: TypeEnvironment = NO_TYPES): DeclaredType {
    let cache = this.#resolved.get(environment);
    if (cache === undefined) {
      cache = new Map();
      this.#resolved.set(environment, cache);
    }
    const known = cache.get(node);
    if (known !== undefined) return known;
    if (this.#inProgress.has(node)) return this.unknown;
    this.#inProgress.add(node);
    try {
      const resolved = this.#resolveNode(node, environment);
      cache.set(node, resolved);
      return resolved;
    } finally {
      this.#inProgress.delete(node);
    }
  }

  /** The same object for the same bindings. */
  environment(
    names: readonly string[],
    types: readonly DeclaredType[],
    outer: TypeEnvironment = NO_TYPES,
  ): TypeEnvironment {
    if (names.length === 0) return outer;
    const map = new Map(outer);
    names.forEach((name, i) => {
      map.set(name, types[i] ?? this.unknown);
    });
    const key = [...map].map(([name, type]) => `${name}=${type.text}`).join(",");
    let known = this.#environments.get(key);
    if (known === undefined) {
      known = map;
      this.#environments.set(key, known);
    }
    return known;
  }

  get unknown(): DeclaredType {
    return this.#other("unknown");
  }

  scalar(kind: "int" | "float" | "number" | "boolean" | "string" | "char" | "bigint"): DeclaredType {
    return this.#intern(kind, { kind, nulls: 0, constrains: kind === "int" || kind === "float" || kind === "char" });
  }

  list(item: DeclaredType, isReadonly = false): DeclaredType {
    const text = `${isReadonly ? "readonly " : ""}${wrap(item)}[]`;
    return this.#intern(text, { kind: "list", item, readonly: isReadonly, nulls: 0, constrains: item.constrains });
  }

  tuple(items: readonly DeclaredType[]): DeclaredType {
    const text = `[${items.map((i) => i.text).join(", ")}]`;
    return this.#intern(text, { kind: "tuple", items, nulls: 0, constrains: items.some((i) => i.constrains) });
  }

  map(key: DeclaredType, value: DeclaredType, weak = false): DeclaredType {
    const constrains = key.constrains || value.constrains;
    const text = `${weak ? "Weak" : ""}Map<${key.text}, ${value.text}>`;
    return this.#intern(text, { kind: "map", key, value, weak, nulls: 0, constrains });
  }

  set(key: DeclaredType, weak = false): DeclaredType {
    return this.#intern(`${weak ? "Weak" : ""}Set<${key.text}>`, {
      kind: "set",
      key,
      value: this.unknown,
      weak,
      nulls: 0,
      constrains: key.constrains,
    });
  }

  typedArray(array: TypedArrayKind): DeclaredType {
    return this.#intern(array, { kind: "typedArray", array, nulls: 0, constrains: false });
  }

  /** A class by its declaration. */
  instance(declaration: Node, name: string, typeArguments: readonly DeclaredType[]): DeclaredType {
    const shown = typeArguments.length === 0 ? name : `${name}<${typeArguments.map((t) => t.text).join(", ")}>`;
    return this.#intern(`${shown}#${this.#idOf(declaration)}`, {
      kind: "instance",
      declaration,
      name: shown,
      typeArguments,
      nulls: 0,
      constrains: typeArguments.some((t) => t.kind !== "unknown"),
    });
  }

  /** The same type, also null or undefined as `nulls` says. */
  withNulls(d: DeclaredType, nulls: Nulls): DeclaredType {
    const all = (d.nulls | nulls) as Nulls;
    if (all === d.nulls) return d;
    const text = `${d.text.split(" ?")[0]} ?${all}`;
    return this.#intern(text, { ...d, nulls: all });
  }

  /** A declared type in words. */
  describe(d: DeclaredType): string {
    const name =
      d.kind === "instance" || d.kind === "record" ? d.name : d.text.replace(/#\d+/g, "").replace(/ \?\d/g, "");
    const nulls = ["", " | null", " | undefined", " | null | undefined"][d.nulls] as string;
    return `${name}${nulls}`;
  }

  #intern(text: string, body: DeclaredBody): DeclaredType {
    const known = this.#interned.get(text);
    if (known !== undefined) return known;
    const made = { ...body, text } as DeclaredType;
    this.#interned.set(text, made);
    return made;
  }

  #other(
    kind: "void" | "never" | "nullish" | "unknown" | "union" | "class" | "stringBuilder" | "weakRef",
    nulls: Nulls = 0,
  ): DeclaredType {
    return this.#intern(`${kind}${nulls === 0 ? "" : ` ?${nulls}`}`, { kind, nulls, constrains: false });
  }

  #idOf(node: Node): number {
    let id = this.#nodeIds.get(node);
    if (id === undefined) {
      id = this.#nodeIds.size + 1;
      this.#nodeIds.set(node, id);
    }
    return id;
  }

  #resolveNode(node: TypeNode, environment: TypeEnvironment): DeclaredType {
    const kind = node.getKind();
    const scalar = SCALARS[kind];
    if (scalar !== undefined) return this.scalar(scalar);
    if (kind === SyntaxKind.VoidKeyword) return this.#other("void");
    if (kind === SyntaxKind.NeverKeyword) return this.#other("never");
    if (kind === SyntaxKind.UndefinedKeyword) return this.#other("nullish", UNDEFINED_BIT);
    if (Node.isLiteralTypeNode(node)) return this.#literal(node.getLiteral());
    if (Node.isParenthesizedTypeNode(node)) return this.resolve(node.getTypeNode(), environment);
    if (Node.isArrayTypeNode(node)) return this.list(this.resolve(node.getElementTypeNode(), environment));
    if (Node.isTupleTypeNode(node)) return this.#tupleNode(node.getElements(), environment);
    if (Node.isNamedTupleMember(node)) {
      const inner = this.resolve(node.getTypeNode(), environment);
      return node.hasQuestionToken() ? this.withNulls(inner, UNDEFINED_BIT) : inner;
    }
    if (Node.isUnionTypeNode(node)) return this.union(node.getTypeNodes().map((n) => this.resolve(n, environment)));
    if (Node.isTypeOperatorTypeNode(node)) return this.#operator(node, environment);
    if (Node.isTypeReference(node)) return this.#reference(node, environment);
    if (Node.isExpressionWithTypeArguments(node)) return this.#heritage(node, environment);
    if (Node.isFunctionTypeNode(node)) {
      const parameters = node.getParameters().map((p) => {
        const declared = p.getTypeNode();
        return declared === undefined ? this.unknown : this.resolve(declared, environment);
      });
      return this.#function(parameters, this.resolve(node.getReturnTypeNodeOrThrow(), environment));
    }
    if (kind === SyntaxKind.ConstructorType) return this.#other("class");
    if (kind === SyntaxKind.TypeQuery) return this.fromChecker(node.getType(), node);
    if (Node.isTypeLiteral(node)) return this.#record(node, "", [], environment);
    if (Node.isTypePredicate(node)) return this.scalar("boolean");
    if (Node.isThisTypeNode(node)) return this.unknown;
    return this.fromChecker(node.getType(), node);
  }

  #literal(literal: Node): DeclaredType {
    if (Node.isNullLiteral(literal)) return this.#other("nullish", NULL_BIT);
    if (Node.isStringLiteral(literal) || Node.isNoSubstitutionTemplateLiteral(literal)) return this.scalar("string");
    if (Node.isTrueLiteral(literal) || Node.isFalseLiteral(literal)) return this.scalar("boolean");
    if (Node.isBigIntLiteral(literal)) return this.scalar("bigint");
    const text = literal.getText();
    const isFloat = /[.]|^[^x]*e/i.test(text) && !/^-?0x/i.test(text);
    return this.scalar(isFloat ? "float" : "int");
  }

  #tupleNode(elements: readonly TypeNode[], environment: TypeEnvironment): DeclaredType {
    const rest = elements.find(
      (e) => Node.isRestTypeNode(e) || (Node.isNamedTupleMember(e) && e.getDotDotDotToken() !== undefined),
    );
    if (rest !== undefined) return this.list(this.unknown);
    const items = elements.map((e) => {
      if (e.getKind() !== SyntaxKind.OptionalType) return this.resolve(e, environment);
      const inner = e.getFirstChild(Node.isTypeNode) as TypeNode;
      return this.withNulls(this.resolve(inner, environment), UNDEFINED_BIT);
    });
    return this.tuple(items);
  }

  #operator(node: TypeNode, environment: TypeEnvironment): DeclaredType {
    if (!Node.isTypeOperatorTypeNode(node)) return this.unknown;
    if (node.getOperator() !== SyntaxKind.ReadonlyKeyword) return this.fromChecker(node.getType(), node);
    const inner = this.resolve(node.getTypeNode(), environment);
    return inner.kind === "list" ? this.list(inner.item, true) : inner;
  }

  /** Union: nullness is kept beside one remaining member; members of one kind are that kind. */
  union(members: readonly DeclaredType[]): DeclaredType {
    let nulls: Nulls = 0;
    const rest: DeclaredType[] = [];
    for (const member of members) {
      nulls = (nulls | member.nulls) as Nulls;
      if (member.kind === "void") nulls = (nulls | UNDEFINED_BIT) as Nulls;
      if (member.kind === "nullish" || member.kind === "never" || member.kind === "void") continue;
      const plain = this.withoutNulls(member);
      if (!rest.includes(plain)) rest.push(plain);
    }
    if (rest.length === 0) return this.#other("nullish", nulls);
    return this.withNulls(rest.length === 1 ? (rest[0] as DeclaredType) : this.#several(rest), nulls);
  }

  #several(members: readonly DeclaredType[]): DeclaredType {
    const kinds = new Set(members.map((m) => m.kind));
    if (kinds.size === 1 && kinds.has("string")) return this.scalar("string");
    const texts = [...kinds].every((k) => k === "string" || k === "char");
    if (texts) return this.scalar("string");
    if ([...kinds].every((k) => k === "int" || k === "float" || k === "number")) {
      if (kinds.has("number")) return this.scalar("number");
      return this.scalar("float");
    }
    const text = members.map((m) => m.text).join(" | ");
    return this.#intern(`(${text})`, { kind: "union", members, nulls: 0, constrains: false });
  }

  /** The type without null and undefined. */
  withoutNulls(d: DeclaredType): DeclaredType {
    if (d.nulls === 0) return d;
    if (d.kind === "nullish") return this.#other("never");
    return this.#intern(d.text.split(" ?")[0] as string, { ...d, nulls: 0 });
  }

  #function(parameters: readonly DeclaredType[], result: DeclaredType): DeclaredType {
    const text = `((${parameters.map((p) => p.text).join(", ")}) => ${result.text})`;
    return this.#intern(text, { kind: "function", parameters, result, nulls: 0, constrains: false });
  }

  #heritage(node: Node, environment: TypeEnvironment): DeclaredType {
    if (!Node.isExpressionWithTypeArguments(node)) return this.unknown;
    const symbol = node.getExpression().getSymbol();
    const args = node.getTypeArguments().map((a) => this.resolve(a, environment));
    return symbol === undefined ? this.unknown : this.#named(unaliased(symbol), args, environment, node);
  }

  #reference(node: TypeNode, environment: TypeEnvironment): DeclaredType {
    if (!Node.isTypeReference(node)) return this.unknown;
    const name = node.getTypeName();
    const symbol = name.getSymbol();
    if (symbol === undefined) return this.unknown;
    const target = unaliased(symbol);
    const special = this.#utility(target.getName(), target, node.getTypeArguments(), environment);
    if (special !== null) return special;
    const args = node.getTypeArguments().map((a) => this.resolve(a, environment));
    return this.#named(target, args, environment, node);
  }

  /** Partial, Readonly, Pick and their like; null for other names. */
  #utility(
    name: string,
    symbol: MorphSymbol,
    args: readonly TypeNode[],
    environment: TypeEnvironment,
  ): DeclaredType | null {
    if (args.length === 0 || !isLibrary(symbol)) return null;
    const [first, second] = args as [TypeNode, TypeNode | undefined];
    const of = (): DeclaredType => this.resolve(first, environment);
    switch (name) {
      case "Readonly": {
        const inner = of();
        if (inner.kind === "list") return this.list(inner.item, true);
        return inner.kind === "record" ? this.#derived("Readonly", inner, (p) => ({ ...p, readonly: true })) : inner;
      }
      case "Partial": {
        const inner = of();
        if (inner.kind !== "record") return inner;
        return this.#derived("Partial", inner, (p) => ({
          ...p,
          optional: true,
          type: this.withNulls(p.type, UNDEFINED_BIT),
        }));
      }
      case "Required": {
        const inner = of();
        if (inner.kind !== "record") return inner;
        return this.#derived("Required", inner, (p) => ({ ...p, optional: false, type: this.withoutNulls(p.type) }));
      }
      case "Pick":
      case "Omit": {
        const inner = of();
        if (inner.kind !== "record" || second === undefined) return inner;
        const keys = literalKeys(second.getType());
        const picks = name === "Pick";
        return this.#derived(`${name}<${[...keys].join("|")}>`, inner, (p, key) =>
          keys.has(key) === picks ? p : null,
        );
      }
      case "Record":
        return second === undefined ? null : this.#recordOf(first.getType(), this.resolve(second, environment), first);
      case "NonNullable":
        return this.withoutNulls(of());
      default:
        return null;
    }
  }

  /** `Record<"a" | "b", T>`; with a string key it is no shape. */
  #recordOf(keys: Type, value: DeclaredType, declaration: Node): DeclaredType {
    const names = [...literalKeys(keys)].sort();
    if (names.length === 0) return this.unknown;
    const properties = new Map(names.map((n) => [n, { type: value, optional: false, readonly: false }]));
    const text = `Record<${names.join("|")}, ${value.text}>`;
    return this.#intern(text, {
      kind: "record",
      declaration,
      name: text.replace(/#\d+/g, ""),
      typeArguments: [],
      properties: () => properties,
      nulls: 0,
      constrains: true,
    });
  }

  #derived(
    how: string,
    base: DeclaredRecord,
    change: (p: DeclaredProperty, name: string) => DeclaredProperty | null,
  ): DeclaredType {
    let made: Map<string, DeclaredProperty> | null = null;
    const properties = (): ReadonlyMap<string, DeclaredProperty> => {
      if (made === null) {
        made = new Map();
        for (const [name, p] of base.properties()) {
          const changed = change(p, name);
          if (changed !== null) made.set(name, changed);
        }
      }
      return made;
    };
    // Readonly objects, and partial ones, are the objects of the base type: one shape.
    if (how === "Readonly" || how === "Partial" || how === "Required") {
      if (how === "Readonly") return base;
    }
    return this.#intern(`${how}(${base.text})`, { ...base, name: `${how}<${base.name}>`, properties });
  }

  /** A named type after special forms: library types, rlib's kinds, parameters, classes, interfaces, aliases, enums. */
  #named(symbol: MorphSymbol, args: readonly DeclaredType[], environment: TypeEnvironment, at: Node): DeclaredType {
    const name = symbol.getName();
    const declarations = symbol.getDeclarations();
    const library = isLibrary(symbol) ? this.#library(name, args) : null;
    if (library !== null) return library;
    const kind = declarations.some(isRlib) ? this.#rlibKind(name, args) : null;
    if (kind !== null) return kind;
    for (const d of declarations) {
      if (Node.isTypeParameterDeclaration(d)) return environment.get(name) ?? this.unknown;
      if (Node.isClassDeclaration(d) || Node.isClassExpression(d)) {
        return this.instance(d, name, args.length > 0 ? args : d.getTypeParameters().map(() => this.unknown));
      }
      if (Node.isInterfaceDeclaration(d)) {
        const call = d.getCallSignatures()[0];
        if (call !== undefined && d.getProperties().length === 0) return this.#function([], this.unknown);
        if (d.getConstructSignatures().length > 0) return this.#other("class");
        return this.#record(d, name, args, this.#parameters(d.getTypeParameters(), args, NO_TYPES));
      }
      if (Node.isTypeAliasDeclaration(d)) {
        const inner = this.#parameters(d.getTypeParameters(), args, NO_TYPES);
        const node = d.getTypeNodeOrThrow();
        if (Node.isTypeLiteral(node)) return this.#record(node, name, args, inner);
        return this.resolve(node, inner);
      }
      if (Node.isEnumDeclaration(d)) {
        const texts = d.getMembers().some((m) => typeof m.getValue() === "string");
        return this.scalar(texts ? "string" : "int");
      }
      if (Node.isEnumMember(d)) return this.scalar(typeof d.getValue() === "string" ? "string" : "int");
    }
    return this.fromChecker(at.getType(), at);
  }

  #parameters(
    parameters: readonly { getName(): string; getDefault(): TypeNode | undefined }[],
    args: readonly DeclaredType[],
    outer: TypeEnvironment,
  ): TypeEnvironment {
    const types = parameters.map((p, i) => {
      const fallback = p.getDefault();
      return args[i] ?? (fallback === undefined ? this.unknown : this.resolve(fallback, outer));
    });
    return this.environment(
      parameters.map((p) => p.getName()),
      types,
      outer,
    );
  }

  #rlibKind(name: string, args: readonly DeclaredType[]): DeclaredType | null {
    switch (name) {
      case "int":
      case "float":
      case "char":
        return this.scalar(name);
      case "StringBuilder":
        return this.#other("stringBuilder");
      case "WeakReference":
        return this.#other("weakRef");
      case "LowArrayOf":
        return args.length > 0 ? this.unknown : null;
      default:
        return null;
    }
  }

  #library(name: string, args: readonly DeclaredType[]): DeclaredType | null {
    if (LISTS.has(name)) return this.list(args[0] ?? this.unknown, name !== "Array");
    if (name === "Map" || name === "ReadonlyMap") return this.map(args[0] ?? this.unknown, args[1] ?? this.unknown);
    if (name === "Set" || name === "ReadonlySet") return this.set(args[0] ?? this.unknown);
    if (name === "WeakMap") return this.map(args[0] ?? this.unknown, args[1] ?? this.unknown, true);
    if (name === "WeakSet") return this.set(args[0] ?? this.unknown, true);
    if (TYPED_ARRAYS.has(name)) return this.typedArray(name as TypedArrayKind);
    if (ITERATORS.has(name)) {
      const item = args[0] ?? this.unknown;
      return this.#intern(`Iterator<${item.text}>`, { kind: "iterator", item, nulls: 0, constrains: false });
    }
    if (name === "Function") return this.#function([], this.unknown);
    if (name === "WeakRef") return this.#other("weakRef");
    if (name === "Number") return this.scalar("number");
    if (name === "Object") return this.unknown;
    return null;
  }

  #record(node: Node, name: string, args: readonly DeclaredType[], environment: TypeEnvironment): DeclaredType {
    const bindings = [...environment].map(([n, t]) => `${n}=${t.text}`).join(",");
    const shown = args.length === 0 ? name : `${name}<${args.map((t) => t.text.replace(/#\d+/g, "")).join(", ")}>`;
    let made: ReadonlyMap<string, DeclaredProperty> | null = null;
    const properties = (): ReadonlyMap<string, DeclaredProperty> => {
      made ??= this.#properties(node, environment);
      return made;
    };
    return this.#intern(`record#${this.#idOf(node)}{${args.length > 0 || name === "" ? bindings : ""}}`, {
      kind: "record",
      declaration: node,
      name: shown === "" ? "object" : shown,
      typeArguments: args,
      properties,
      nulls: 0,
      constrains: true,
    });
  }

  #properties(node: Node, environment: TypeEnvironment): ReadonlyMap<string, DeclaredProperty> {
    const found = new Map<string, DeclaredProperty>();
    if (Node.isInterfaceDeclaration(node)) {
      for (const base of node.getExtends()) {
        const resolved = this.resolve(base, environment);
        if (resolved.kind === "record") for (const [n, p] of resolved.properties()) found.set(n, p);
      }
    }
    if (!Node.isInterfaceDeclaration(node) && !Node.isTypeLiteral(node)) return found;
    for (const p of node.getProperties()) {
      const type = p.getTypeNode();
      const optional = p.hasQuestionToken();
      const resolved = type === undefined ? this.unknown : this.resolve(type, environment);
      found.set(plainName(p.getName()), {
        type: optional ? this.withNulls(resolved, UNDEFINED_BIT) : resolved,
        optional,
        readonly: p.isReadonly(),
      });
    }
    for (const m of node.getMethods()) {
      found.set(plainName(m.getName()), {
        type: this.#function([], this.unknown),
        optional: m.hasQuestionToken(),
        readonly: false,
      });
    }
    return found;
  }

  /** What the checker's type says: scalars, arrays, tuples, classes; `number` means infer. */
  fromChecker(type: Type, at: Node): DeclaredType {
    if (type.isUnion() && !type.isBoolean() && !type.isEnum()) {
      return this.union(type.getUnionTypes().map((t) => this.fromChecker(t, at)));
    }
    if (type.isNull()) return this.#other("nullish", NULL_BIT);
    if (type.isUndefined()) return this.#other("nullish", UNDEFINED_BIT);
    if (type.isEnum() || type.isEnumLiteral()) {
      return this.scalar(typeof type.getLiteralValue() === "string" ? "string" : "number");
    }
    if (type.isNumber() || type.isNumberLiteral()) return this.scalar("number");
    if (type.isString() || type.isStringLiteral() || type.isTemplateLiteral()) return this.scalar("string");
    if (type.isBoolean() || type.isBooleanLiteral()) return this.scalar("boolean");
    if (type.isBigInt() || type.isBigIntLiteral()) return this.scalar("bigint");
    if (type.isTuple()) return this.tuple(type.getTupleElements().map((t) => this.fromChecker(t, at)));
    if (type.isArray() || type.isReadonlyArray()) {
      const item = type.getArrayElementType();
      return this.list(item === undefined ? this.unknown : this.fromChecker(item, at), type.isReadonlyArray());
    }
    const declaration = type.getSymbol()?.getDeclarations()[0];
    if (type.isClass() && declaration !== undefined) {
      return this.instance(declaration, type.getSymbolOrThrow().getName(), []);
    }
    if (type.getCallSignatures().length > 0) return this.#function([], this.unknown);
    if (type.getConstructSignatures().length > 0) return this.#other("class");
    return this.unknown;
  }
}

function wrap(d: DeclaredType): string {
  return d.text.includes(" ") && !d.text.startsWith("(") ? `(${d.text})` : d.text;
}

function unaliased(symbol: MorphSymbol): MorphSymbol {
  return symbol.getAliasedSymbol() ?? symbol;
}

function plainName(name: string): string {
  return name.startsWith('"') || name.startsWith("'") ? name.slice(1, -1) : name;
}

/** Declared in TypeScript's own library files? */
function isLibrary(symbol: MorphSymbol): boolean {
  return symbol
    .getDeclarations()
    .some(
      (d) =>
        /\/(typescript\/lib|@types\/node)\/|^\/node_modules\/typescript/.test(d.getSourceFile().getFilePath()) ||
        d.getSourceFile().getBaseName().startsWith("lib."),
    );
}

function isRlib(node: Node): boolean {
  return /\/rlib\/[a-z]+\.ts$/.test(node.getSourceFile().getFilePath());
}

function literalKeys(type: Type): Set<string> {
  const all = type.isUnion() ? type.getUnionTypes() : [type];
  const names = new Set<string>();
  for (const t of all) if (t.isStringLiteral() || t.isNumberLiteral()) names.add(String(t.getLiteralValue()));
  return names;
}
