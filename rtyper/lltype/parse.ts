/**
 * Low-level types and graphs from text. A type is written as its `toText` writes it: `Signed`, `Ptr(GcArray(Float))`,
 * `GcArray(Char, immutable)`, `Func((Signed, Address) -> Bool)`, `Nullable(Float)`, and structs by name, which the
 * reader's environment knows.
 */
import { type ConstantFormatter, TextConstants, type TextConstantsOptions } from "../../translator/flow/constants.ts";
import { Constant, type FunctionGraph, type ValueType } from "../../translator/flow/model.ts";
import { parseGraphs } from "../../translator/flow/parse.ts";
import { type OperandText, quoteTagged } from "../../translator/text/line.ts";
import { LowFunction } from "./memory.ts";
import { resultTypeOf } from "./signature.ts";
import {
  FuncType,
  funcType,
  gcArray,
  LowArray,
  type LowType,
  OBJECT,
  Opaque,
  PRIMITIVES,
  Primitive,
  Ptr,
  type PtrTarget,
  pairType,
  ptr,
  RAW_CODE,
  rawArray,
  STRING,
  Struct,
  Void,
  VTABLE,
  WEAKREF,
} from "./types.ts";

/** The nominal types by name. */
export type TypeNames = ReadonlyMap<string, Struct | Opaque>;

const BUILT_IN = new Map<string, LowType>([
  ...PRIMITIVES.map((p): [string, LowType] => [p.name, p]),
  ...[OBJECT, VTABLE, STRING, WEAKREF, RAW_CODE].map((t): [string, LowType] => [t.name, t]),
]);

class TypeReader {
  readonly #text: string;
  readonly #names: TypeNames;
  #at = 0;

  constructor(text: string, names: TypeNames) {
    this.#text = text;
    this.#names = names;
  }

  whole(): LowType {
    const type = this.type();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("unexpected text after the type");
    return type;
  }

  type(): LowType {
    for (const [word, read] of this.#forms()) if (this.#accept(`${word}(`)) return read();
    return this.#named();
  }

  #forms(): [string, () => LowType][] {
    return [
      ["Ptr", () => this.#closed(() => ptr(this.type() as PtrTarget))],
      ["GcArray", () => this.#array(gcArray)],
      ["Array", () => this.#array(rawArray)],
      ["Nullable", () => this.#closed(() => pairType(this.type() as Primitive))],
      ["Func", () => this.#function()],
    ];
  }

  #closed<T>(read: () => T): T {
    const made = read();
    this.#require(")");
    return made;
  }

  #array(make: (item: LowType, immutable: boolean) => LowType): LowType {
    return this.#closed(() => {
      const item = this.type();
      const immutable = this.#accept(",");
      if (immutable) this.#require("immutable");
      return make(item, immutable);
    });
  }

  #function(): LowType {
    return this.#closed(() => {
      this.#require("(");
      const args: LowType[] = [];
      if (!this.#accept(")")) {
        do args.push(this.type());
        while (this.#accept(","));
        this.#require(")");
      }
      this.#require("->");
      return funcType(args, this.type());
    });
  }

  /** The longest known name that stands here: names of structs may contain anything. */
  #named(): LowType {
    this.#space();
    let best: LowType | null = null;
    let length = 0;
    for (const table of [BUILT_IN, this.#names]) {
      for (const [name, type] of table) {
        if (name.length > length && this.#text.startsWith(name, this.#at)) {
          best = type;
          length = name.length;
        }
      }
    }
    if (best === null) this.#fail("unknown type");
    this.#at += length;
    return best as LowType;
  }

  #space(): void {
    while (this.#text[this.#at] === " ") this.#at++;
  }

  #accept(text: string): boolean {
    this.#space();
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #require(text: string): void {
    if (!this.#accept(text)) this.#fail(`expected "${text}"`);
  }

  #fail(message: string): never {
    throw new Error(`${message} at "${this.#text.slice(this.#at)}" in the type "${this.#text}"`);
  }
}

/** Reads a type. Throws for text that is not one. */
export function parseType(text: string, names: TypeNames = new Map()): LowType {
  return new TypeReader(text.trim(), names).whole();
}

function isType(value: unknown): value is LowType {
  return (
    value instanceof Struct ||
    value instanceof LowArray ||
    value instanceof Opaque ||
    value instanceof Ptr ||
    value instanceof FuncType ||
    value instanceof Primitive
  );
}

/**
 * Constants of low-level graphs: types as `type"GcArray(Signed)"`, lists of functions as `list"f,g"`, functions with
 * their pointer type; the rest as in all graphs.
 */
export class LowConstants implements ConstantFormatter {
  readonly #inner: TextConstants;
  readonly #names: TypeNames;
  readonly #functions = new Map<string, LowFunction>();

  constructor(names: TypeNames, options: TextConstantsOptions = {}) {
    this.#names = names;
    const known: [string, object, (ValueType | null)?][] = [];
    for (const [name, value, type] of options.known ?? []) {
      if (value instanceof LowFunction) this.#functions.set(name, value);
      known.push([name, value, type ?? (value instanceof LowFunction ? ptr(value.type) : null)]);
    }
    this.#inner = new TextConstants({ parseType: (text) => parseType(text, names), ...options, known });
  }

  format(constant: Constant): string {
    const value = constant.value;
    if (isType(value)) return quoteTagged("type", value.toText());
    if (Array.isArray(value)) {
      for (const f of value) if (f instanceof LowFunction) this.#functions.set(f.name, f);
      return quoteTagged("list", value.map((f) => (f as LowFunction).name).join(","));
    }
    return this.#inner.format(constant);
  }

  parse(operand: OperandText, type: ValueType | null): Constant {
    if (operand.kind === "tagged" && operand.tag === "type") {
      return new Constant(parseType(operand.value, this.#names), Void);
    }
    if (operand.kind === "tagged" && operand.tag === "list") {
      const names = operand.value === "" ? [] : operand.value.split(",");
      return new Constant(
        names.map((name) => this.#functions.get(name) ?? name),
        Void,
      );
    }
    return this.#inner.parse(operand, type);
  }
}

/** Reads low-level graphs; `known` names functions, external functions and prebuilt objects. */
export function parseLowGraphs(
  text: string,
  names: TypeNames = new Map(),
  known: Iterable<readonly [string, object, (ValueType | null)?]> = [],
): FunctionGraph[] {
  return parseGraphs(text, {
    parseType: (typeText) => parseType(typeText, names),
    constants: new LowConstants(names, { known }),
    resultType: resultTypeOf,
  });
}
