/**
 * One LLVM module under construction: definitions in the order they come, declarations on first use, metadata and
 * strings shared within the module. Two modules with equal content have equal text, which is what the cache compares;
 * so nothing here may be numbered by anything outside the module.
 */
import type { LowContainer, LowFunction } from "../../rtyper/lltype/memory.ts";
import type { PtrTarget } from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import { functionHead } from "./attributes.ts";
import { DebugInfo } from "./debuginfo.ts";
import { escapeBytes, quoted } from "./symbols.ts";
import { wordType } from "./types.ts";
import type { World } from "./world.ts";

export class Module {
  readonly world: World;
  readonly name: string;
  readonly debug: DebugInfo;
  readonly #definitions: string[] = [];
  /** Symbols that must not be declared because this module defines them. */
  readonly #defined = new Set<string>();
  readonly #declarations = new Map<string, string>();
  readonly #metadata: string[] = [];
  readonly #metadataByText = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  readonly #attributes = new Map<string, string>();
  readonly #strings = new Map<string, string>();
  readonly #positions = new Map<string, string>();
  #privates = 0;

  constructor(world: World, name: string, sourceFile: string) {
    this.world = world;
    this.name = name;
    this.debug = new DebugInfo(this, sourceFile);
  }

  /** Adds a definition of `symbol` (null: several or none). */
  define(symbol: string | null, text: string): void {
    if (symbol !== null) this.#defined.add(symbol);
    this.#definitions.push(text);
  }

  /** Number of bytes of definitions so far. */
  get isEmpty(): boolean {
    return this.#definitions.length === 0;
  }

  /** Declares a symbol once; the text is a whole declaration. */
  declare(symbol: string, text: string): void {
    if (!this.#declarations.has(symbol)) this.#declarations.set(symbol, text);
  }

  /** A function's symbol as an operand, declared if need be. */
  functionRef(f: LowFunction): string {
    const symbol = this.world.symbol(f);
    if (!this.#declarations.has(symbol)) {
      this.#declarations.set(symbol, functionHead(this, f, "declare", null));
    }
    return quoted(symbol);
  }

  /** The address of a prebuilt object. */
  dataRef(object: LowContainer): string {
    const symbol = this.world.symbol(object);
    const linkage = "external hidden global i8";
    this.declare(symbol, `${quoted(symbol)} = ${linkage}, align ${this.world.layout.wordBytes}`);
    return quoted(symbol);
  }

  /** A named global of the runtime, as bytes. */
  runtimeData(symbol: string): string {
    this.declare(symbol, `${quoted(symbol)} = external hidden global i8, align 4`);
    return quoted(symbol);
  }

  /** A C function of the runtime: result, arguments, attributes after the argument list. */
  runtimeFunction(symbol: string, result: string, args: string, attributes = "nounwind"): string {
    this.declare(symbol, `declare ${result} ${quoted(symbol)}(${args}) ${this.attributeGroup(attributes)}`);
    return quoted(symbol);
  }

  intrinsic(symbol: string, result: string, args: string): string {
    this.declare(symbol, `declare ${result} ${quoted(symbol)}(${args})`);
    return quoted(symbol);
  }

  /** A number that the linker knows, as a constant of an integer type: `tid.X`, `span.X`. */
  absolute(symbol: string, type: string): string {
    // Any 32-bit number; on 32-bit that is every value, which LLVM writes as a range from -1 to -1.
    const range = this.metadata(this.word === "i64" ? "!{i64 0, i64 4294967296}" : "!{i32 -1, i32 -1}");
    this.declare(symbol, `${quoted(symbol)} = external hidden global i8, !absolute_symbol ${range}`);
    return `ptrtoint (ptr ${quoted(symbol)} to ${type})`;
  }

  /** The type id of a GC type as a constant. */
  typeId(type: PtrTarget, llvmType: string): string {
    return this.absolute(`tid.${this.world.types.nameOf(type)}`, llvmType);
  }

  /** Metadata by content; the same content gives the same number. */
  metadata(text: string): string {
    const found = this.#metadataByText.get(text);
    if (found !== undefined) return found;
    const id = this.distinct(text);
    this.#metadataByText.set(text, id);
    return id;
  }

  /** Metadata of its own even when another has equal content. */
  distinct(text: string): string {
    this.#metadata.push(text);
    return `!${this.#metadata.length - 1}`;
  }

  /** Replaces the text of metadata that had to be numbered before its content was known. */
  setMetadata(id: string, text: string): void {
    this.#metadata[Number(id.slice(1))] = text;
  }

  /**
   * A TBAA access tag: accesses with different names do not overlap unless one is the other's parent. Fields and items of
   * objects are children of the heap; execution state and the shadow stack stand beside it.
   */
  tbaa(name: string, parent: string | null = null): string {
    const known = this.#tags.get(name);
    if (known !== undefined) return known;
    const above = /^(vm\.|shadow$)/.test(name)
      ? this.#tbaaRoot()
      : parent === null
        ? this.#heapNode()
        : this.#node(parent);
    const node = this.metadata(`!{!"${escapeBytes(Buffer.from(name, "utf8"))}", ${above}, i64 0}`);
    return this.#tag(name, node);
  }

  /** The tag of an access that may touch any part of any object. */
  heapTag(): string {
    return this.#tags.get("heap") ?? this.#tag("heap", this.#heapNode());
  }

  #tag(name: string, node: string): string {
    const tag = this.metadata(`!{${node}, ${node}, i64 0}`);
    this.#tags.set(name, tag);
    return tag;
  }

  #tbaaRoot(): string {
    return this.metadata('!{!"rtypescript"}');
  }

  #heapNode(): string {
    return this.metadata(`!{!"heap", ${this.#tbaaRoot()}, i64 0}`);
  }

  #node(name: string): string {
    return this.metadata(`!{!"${name}", ${this.#heapNode()}, i64 0}`);
  }

  /** A group of function attributes (`#3`). */
  attributeGroup(attributes: string): string {
    let group = this.#attributes.get(attributes);
    if (group === undefined) {
      group = `#${this.#attributes.size}`;
      this.#attributes.set(attributes, group);
    }
    return group;
  }

  /** Address of a zero-terminated UTF-8 text. */
  cString(text: string): string {
    let symbol = this.#strings.get(text);
    if (symbol === undefined) {
      symbol = this.#private();
      this.#strings.set(text, symbol);
      const bytes = Buffer.from(`${text}\0`, "utf8");
      this.define(
        null,
        `${symbol} = private unnamed_addr constant [${bytes.length} x i8] c"${escapeBytes(bytes)}", align 1`,
      );
    }
    return symbol;
  }

  /**
   * Address of a source position for traces: `{ scope, line and column, inlinedAt? }`, 32-bit words, where scope is
   * `{ function name, file }`. Bit 31 of the second word says that `inlinedAt` follows.
   */
  position(at: SourcePosition): string {
    const inlined = at.inlinedAt === null ? null : this.position(at.inlinedAt);
    const scope = this.#scope(at);
    const place = (Math.min(at.line, (1 << 20) - 1) << 11) | Math.min(at.column, 2047);
    const word = inlined === null ? place : place | (1 << 31);
    const fields = [`i32 ${addressWord(scope)}`, `i32 ${word | 0}`];
    if (inlined !== null) fields.push(`i32 ${addressWord(inlined)}`);
    const key = fields.join(", ");
    let symbol = this.#positions.get(key);
    if (symbol === undefined) {
      symbol = this.#private();
      this.#positions.set(key, symbol);
      const type = fields.map(() => "i32").join(", ");
      this.define(null, `${symbol} = private unnamed_addr constant { ${type} } { ${key} }, align 4`);
    }
    return symbol;
  }

  #scope(at: SourcePosition): string {
    const key = `i32 ${addressWord(this.cString(at.functionName))}, i32 ${addressWord(this.cString(at.file))}`;
    let symbol = this.#positions.get(key);
    if (symbol === undefined) {
      symbol = this.#private();
      this.#positions.set(key, symbol);
      this.define(null, `${symbol} = private unnamed_addr constant { i32, i32 } { ${key} }, align 4`);
    }
    return symbol;
  }

  #private(): string {
    this.#privates++;
    return `@.k${this.#privates}`;
  }

  get word(): "i32" | "i64" {
    return wordType(this.world.target);
  }

  /** The whole module as LLVM text. */
  toText(): string {
    const { target } = this.world;
    this.debug.finish();
    const declarations = [...this.#declarations].filter(([symbol]) => !this.#defined.has(symbol));
    const lines = [
      `source_filename = "${escapeBytes(Buffer.from(this.name, "utf8"))}"`,
      `target datalayout = "${target.dataLayout}"`,
      `target triple = "${target.triple}"`,
      "",
      ...declarations.map(([, text]) => text),
      "",
      ...this.#definitions,
      "",
      ...[...this.#attributes].map(([text, group]) => `attributes ${group} = { ${text} }`),
      "",
      ...this.debug.namedMetadata(),
      ...this.#metadata.map((text, i) => `!${i} = ${text}`),
    ];
    return `${lines.join("\n")}\n`;
  }
}

/** Executables are linked below 4 GB, so an address fits 32 bits on both targets. */
function addressWord(symbol: string): string {
  return `ptrtoint (ptr ${symbol} to i32)`;
}
