/**
 * How constants are written in the textual format, and read back.
 *
 *     5  5.0  -0.0  inf  nan     number literals: int and float; after the rtyper `5` is Signed, `5.0` Float
 *     #5                         a live number, of which nothing is known yet
 *     5n "text" true null        bigint (before the rtyper), string, boolean, null, undefined
 *     5: UInt8  null: Ptr(Box)   with its low-level type where that is not the default for the value
 *     @main  $Frame              named live objects, functions, graphs, memory; classes
 *     type"int" cell"n" …        description objects
 *
 * Objects get their own name, made unique in the order of printing (`@f`, `@f~2`). Reading looks names up in the same
 * table; an unknown name becomes a stand-in that prints as it was read, so that passes can be tested on text alone.
 */
import { quoteName, TextError } from "../text/lexer.ts";
import { type OperandText, quoteTagged } from "../text/line.ts";
import { Cell, ClosureTemplate, NarrowedClass, RecordShape, SpreadMask, TypeRef } from "./description.ts";
import { Constant, FunctionGraph, type ValueType } from "./model.ts";

/** Reads the low-level type that a text stands for. */
export type TypeParser = (text: string) => ValueType;

/** Writes and reads constants; the printer and the parser of graphs are parameterized with one. */
export interface ConstantFormatter {
  format(constant: Constant): string;
  /** `type` is the parsed type text of the operand, null when it has none. */
  parse(operand: OperandText, type: ValueType | null): Constant;
}

/** What an unknown name stands for after parsing. */
export class NamedStandIn {
  readonly name: string;
  /** The tag of a description object (`type`, `closure`), null for `@name` and `$Name`. */
  readonly tag: string | null;
  readonly isClass: boolean;

  constructor(name: string, tag: string | null, isClass: boolean) {
    this.name = name;
    this.tag = tag;
    this.isClass = isClass;
  }
}

export interface TextConstantsOptions {
  /** Given for low-level graphs: untyped numbers, booleans and strings then get Signed, Float, Bool, Void. */
  readonly parseType?: TypeParser;
  /** Represents an integer of a low-level type; by default a bigint for word and 64-bit types, else a number. */
  readonly readInteger?: (digits: string, type: ValueType) => unknown;
  /** A better name for an object than its own, or null. */
  readonly nameOf?: (value: object) => string | null;
  /** Objects known by name beforehand, with their types; classes without `$`. */
  readonly known?: Iterable<readonly [name: string, value: object, type?: ValueType | null]>;
}

const WIDE_INTEGERS = new Set(["Signed", "Unsigned", "Int64", "UInt64"]);

function readIntegerByName(digits: string, type: ValueType): unknown {
  return WIDE_INTEGERS.has(type.toText()) ? BigInt(digits) : Number(digits);
}

/** Classes, of the program and of the host: their `prototype` cannot be replaced. */
function isClass(value: unknown): boolean {
  return typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

/** The name an object goes by when nobody knows a better one. */
function ownName(value: object): string {
  if (value instanceof FunctionGraph || value instanceof NamedStandIn) return value.name;
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value;
  if (typeof name === "string" && name !== "") return name;
  const tag = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(value))?.[1] ?? "";
  if (tag !== "" && tag !== "Object") return tag;
  return value.constructor?.name?.toLowerCase() || "object";
}

/** A float so that it cannot be taken for an int: `5.0`, `-0.0`, `1e21`, `inf`, `nan`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function readFloat(text: string): number {
  if (text === "nan") return Number.NaN;
  if (text === "inf") return Number.POSITIVE_INFINITY;
  return text === "-inf" ? Number.NEGATIVE_INFINITY : Number(text);
}

/** Tag and text of a description object, null for other values. */
function describe(value: unknown): { tag: string; text: string } | null {
  if (value instanceof TypeRef) return { tag: "type", text: value.node.getText().replace(/\s+/g, " ") };
  if (value instanceof NarrowedClass) return { tag: "class", text: value.name };
  if (value instanceof ClosureTemplate) return { tag: "closure", text: value.name };
  if (value instanceof Cell) return { tag: "cell", text: value.name };
  if (value instanceof SpreadMask) return { tag: "spread", text: value.spread.map((s) => (s ? "*" : ".")).join("") };
  if (value instanceof RecordShape) {
    const declared = value.declared === null ? "" : `: ${value.declared.node.getText().replace(/\s+/g, " ")}`;
    return { tag: "record", text: value.names.join(",") + declared };
  }
  if (value instanceof NamedStandIn && value.tag !== null) return { tag: value.tag, text: value.name };
  return null;
}

/** The formatter for high-level graphs, and for low-level ones when given a type parser. */
export class TextConstants implements ConstantFormatter {
  readonly #options: TextConstantsOptions;
  readonly #names = new Map<object, string>();
  readonly #objects = new Map<string, { value: object; type: ValueType | null }>();

  constructor(options: TextConstantsOptions = {}) {
    this.#options = options;
    for (const [name, value, type] of options.known ?? []) {
      this.#register(isClass(value) ? `$${name}` : `@${name}`, value, type ?? null);
    }
  }

  format(constant: Constant): string {
    const type = constant.type;
    const value = constant.value;
    if (type === null) return this.#text(value, constant.literalKind);
    const typeText = type.toText();
    if (typeof value === "number" && /Float$/.test(typeText)) {
      return this.#typed(floatText(value), typeText, "Float");
    }
    if (typeof value === "number" || typeof value === "bigint") {
      return typeText === "Void" ? `${this.#text(value, null)}: Void` : this.#typed(String(value), typeText, "Signed");
    }
    if (typeof value === "boolean") return this.#typed(String(value), typeText, "Bool");
    if (value === null) return `null: ${typeText}`;
    return typeof value === "string" || value === undefined
      ? this.#typed(this.#text(value, null), typeText, "Void")
      : this.#text(value, null);
  }

  #typed(text: string, typeText: string, usual: string): string {
    return typeText === usual ? text : `${text}: ${typeText}`;
  }

  #text(value: unknown, literalKind: "int" | "float" | null): string {
    if (typeof value === "number") {
      if (literalKind === "int" && Number.isInteger(value) && !Object.is(value, -0)) return BigInt(value).toString();
      return literalKind === "float"
        ? floatText(value)
        : `#${Object.is(value, -0) ? "-0" : floatText(value).replace(/\.0$/, "")}`;
    }
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "symbol") return quoteTagged("symbol", value.description ?? "");
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
    const description = describe(value);
    if (description !== null) return quoteTagged(description.tag, description.text);
    const name = this.#nameOf(value);
    return name[0] + quoteName(name.slice(1));
  }

  #nameOf(value: object): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const sigil = isClass(value) || (value instanceof NamedStandIn && value.isClass) ? "$" : "@";
    const stem = sigil + (this.#options.nameOf?.(value) ?? ownName(value));
    let name = stem;
    for (let n = 2; this.#objects.has(name); n++) name = `${stem}~${n}`;
    this.#register(name, value, null);
    return name;
  }

  #register(name: string, value: object, type: ValueType | null): void {
    this.#names.set(value, name);
    this.#objects.set(name, { value, type });
  }

  parse(operand: OperandText, type: ValueType | null): Constant {
    switch (operand.kind) {
      case "number":
        return this.#parseNumber(operand.value, type);
      case "live":
        return new Constant(readFloat(operand.value), type);
      case "string":
        return new Constant(operand.value, type ?? this.#usualType("Void"));
      case "object":
        return this.#lookUp(`@${operand.value}`, operand.value, null, type);
      case "class":
        return this.#lookUp(`$${operand.value}`, operand.value, null, type);
      case "tagged":
        return this.#parseTagged(operand, type);
      case "word":
        return this.#parseWord(operand, type);
      default:
        throw new TextError(`"${operand.value}" is not a constant`, operand.line, operand.column);
    }
  }

  #usualType(name: string): ValueType | null {
    return this.#options.parseType?.(name) ?? null;
  }

  #parseNumber(text: string, type: ValueType | null): Constant {
    if (text.endsWith("n")) return new Constant(BigInt(text.slice(0, -1)), type);
    const isFloat = /[.e]|inf/.test(text);
    const typed = type ?? this.#usualType(isFloat ? "Float" : "Signed");
    if (isFloat) return new Constant(readFloat(text), typed, typed === null ? "float" : null);
    if (typed === null) return new Constant(Number(text), null, "int");
    const readInteger = this.#options.readInteger ?? readIntegerByName;
    return new Constant(readInteger(text, typed), typed);
  }

  #parseWord(operand: OperandText, type: ValueType | null): Constant {
    switch (operand.value) {
      case "true":
        return new Constant(true, type ?? this.#usualType("Bool"));
      case "false":
        return new Constant(false, type ?? this.#usualType("Bool"));
      case "null":
        return new Constant(null, type);
      case "undefined":
        return new Constant(undefined, type ?? this.#usualType("Void"));
      case "nan":
      case "inf": {
        const typed = type ?? this.#usualType("Float");
        return new Constant(readFloat(operand.value), typed, typed === null ? "float" : null);
      }
      default:
        throw new TextError(`unknown value "${operand.value}"`, operand.line, operand.column);
    }
  }

  #parseTagged(operand: OperandText, type: ValueType | null): Constant {
    const { tag, value: text } = operand;
    if (tag === "spread") return new Constant(new SpreadMask([...text].map((c) => c === "*")), type);
    return this.#lookUp(`${tag}"${text}`, text, tag, type);
  }

  #lookUp(key: string, name: string, tag: string | null, type: ValueType | null): Constant {
    let found = this.#objects.get(key);
    if (found === undefined) {
      found = { value: new NamedStandIn(name, tag, key[0] === "$"), type: null };
      this.#objects.set(key, found);
      if (tag === null) this.#names.set(found.value, key);
    }
    return new Constant(found.value, type ?? found.type);
  }
}
