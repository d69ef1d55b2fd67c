/**
 * Graphs as text. `parse.ts` reads the same format; parse ∘ print = identity is a property test.
 *
 *     graph sum -> Signed
 *     b1(p1: Ptr(GcArray(Signed)), i2: Signed):
 *         i3: Signed = getarrayitem(p1, i2)
 *         b4: Bool = int_lt(i3, 10)
 *         if b4 goto b2(i3)
 *         else goto b3(p1) likely
 *     b2(i5: Signed):
 *         i6: Signed = direct_call(@f, i5)               ; sum.ts:3:9
 *         on exception p7: Ptr(Object) raise p7
 *         return i6
 *
 * Blocks and values are numbered by first appearance in reverse postorder, so that equal graphs print equally and the
 * diff of two dumps shows what changed. A result is written only when it is used; a type is written only when the
 * caller's `resultType` does not know it.
 */
import type { SourcePosition } from "../diagnostics/position.ts";
import { quoteName } from "../text/lexer.ts";
import { operationText, Writer } from "../text/writer.ts";
import { type ConstantFormatter, TextConstants } from "./constants.ts";
import {
  type Block,
  EXCEPTION,
  type ExitCase,
  type FunctionGraph,
  type Link,
  type Operation,
  type Value,
  type ValueType,
  Variable,
} from "./model.ts";
import { bodyBlocks, forEachUse } from "./traverse.ts";

export interface PrintOptions {
  readonly constants?: ConstantFormatter;
  /** The result type that the operation table gives; a result of that type is written without. */
  readonly resultType?: (opname: string, args: readonly Value[]) => ValueType | null;
  /** Writes `; file:line:column` after each operation. */
  readonly positions?: boolean;
  /** How a file is written in positions; by default its last path component. */
  readonly fileText?: (file: string) => string;
  /** Text for a comment after a culprit (an operation, a link or a block), for error messages. */
  readonly mark?: ReadonlyMap<Operation | Link | Block, string>;
}

/** Stem of a variable without a name, by its low-level type. */
function usualStem(type: ValueType | null): string {
  if (type === null) return "v";
  const text = type.toText();
  if (/^(Signed|Unsigned|U?Int\d+)$/.test(text)) return "i";
  if (text === "Float" || text === "SingleFloat") return "f";
  if (text === "Bool") return "b";
  if (text === "Char") return "c";
  if (text.startsWith("Ptr(")) return "p";
  return text === "Address" ? "r" : "v";
}

/** A stem that survives printing and parsing: a word that does not end in a digit's separator. */
function cleanStem(name: string): string {
  const word = name.replace(/[^A-Za-z0-9_]/g, "").replace(/(\d)_+$/, "$1");
  return /^[A-Za-z_]/.test(word) ? word : `v${word}`;
}

/** `; file:line:column (function) < …` of an operation, in a graph of function `functionName`. */
export function positionText(
  position: SourcePosition,
  functionName: string,
  fileText: (file: string) => string,
): string {
  const own = position.functionName === functionName ? "" : ` (${position.functionName})`;
  const here = `${fileText(position.file)}:${position.line}:${position.column}${own}`;
  return position.inlinedAt === null ? here : `${here} < ${positionText(position.inlinedAt, functionName, fileText)}`;
}

function lastComponent(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

class GraphPrinter {
  readonly #graph: FunctionGraph;
  readonly #options: PrintOptions;
  readonly #constants: ConstantFormatter;
  readonly #writer = new Writer();
  readonly #blockNames = new Map<Block, string>();
  readonly #names = new Map<Variable, string>();
  readonly #used = new Set<Variable>();

  constructor(graph: FunctionGraph, options: PrintOptions) {
    this.#graph = graph;
    this.#options = options;
    this.#constants = options.constants ?? new TextConstants();
  }

  print(): string {
    const { name, returnBlock, exceptBlock } = this.#graph;
    const blocks = bodyBlocks(this.#graph);
    blocks.forEach((block, index) => {
      this.#blockNames.set(block, `b${index + 1}`);
      forEachUse(block, (variable) => this.#used.add(variable));
    });
    const returns = returnBlock.inputargs[0]?.type;
    const raises = exceptBlock.inputargs[0]?.type;
    const result = returns ? ` -> ${returns.toText()}` : "";
    this.#writer.line(`graph ${quoteName(name)}${result}${raises ? ` raises ${raises.toText()}` : ""}`);
    for (const block of blocks) this.#block(block);
    return this.#writer.toString();
  }

  #block(block: Block): void {
    const inputs = block.inputargs.map((v) => this.#definition(v)).join(", ");
    this.#writer.line(`${this.#blockNames.get(block)}(${inputs}):`, this.#options.mark?.get(block) ?? null);
    this.#writer.indented(() => {
      for (const op of block.operations) this.#operation(op);
      this.#exits(block);
    });
  }

  #name(variable: Variable): string {
    let name = this.#names.get(variable);
    if (name === undefined) {
      const stem = variable.name === "" ? usualStem(variable.type) : cleanStem(variable.name);
      const number = this.#names.size + 1;
      name = /\d$/.test(stem) ? `${stem}_${number}` : `${stem}${number}`;
      this.#names.set(variable, name);
    }
    return name;
  }

  #definition(variable: Variable): string {
    const name = this.#name(variable);
    return variable.type === null ? name : `${name}: ${variable.type.toText()}`;
  }

  #value(value: Value): string {
    return value instanceof Variable ? this.#name(value) : this.#constants.format(value);
  }

  #operation(op: Operation): void {
    const args = op.args.map((arg) => this.#value(arg));
    this.#writer.line(operationText(this.#result(op), op.opname, args), this.#comment(op));
  }

  #result(op: Operation): string | null {
    const type = op.result.type?.toText() ?? null;
    const usual = this.#options.resultType?.(op.opname, op.args)?.toText() ?? null;
    if (!this.#used.has(op.result) && (type === usual || type === "Void")) return null;
    const name = this.#name(op.result);
    return type === usual || type === null ? name : `${name}: ${type}`;
  }

  #comment(op: Operation): string | null {
    const mark = this.#options.mark?.get(op) ?? null;
    if (!this.#options.positions) return mark;
    const text = positionText(op.position, this.#graph.name, this.#options.fileText ?? lastComponent);
    return mark === null ? text : `${text}  ${mark}`;
  }

  #exits(block: Block): void {
    const { exitswitch, exits } = block;
    if (exitswitch === EXCEPTION) {
      for (const link of exits) this.#exit(this.#exceptionPrefix(link), link);
    } else if (exitswitch === null) {
      for (const link of exits) this.#exit("", link);
    } else if (exits.length === 2 && exits.every((link) => typeof link.exitcase === "boolean")) {
      const [first, second] = exits as [Link, Link];
      this.#exit(`${first.exitcase === true ? "if" : "unless"} ${this.#value(exitswitch)} `, first);
      this.#exit("else ", second);
    } else {
      this.#writer.line(`switch ${this.#value(exitswitch)}`);
      for (const link of exits) this.#exit(this.#casePrefix(link.exitcase), link);
    }
  }

  #exceptionPrefix(link: Link): string {
    if (link.exitcase !== EXCEPTION) return "";
    return link.exceptionValue === null ? "on exception " : `on exception ${this.#definition(link.exceptionValue)} `;
  }

  #casePrefix(exitcase: ExitCase): string {
    if (exitcase === null || exitcase === "default") return "default ";
    if (exitcase === EXCEPTION) return "on exception ";
    return typeof exitcase === "string" ? `case ${JSON.stringify(exitcase)} ` : `case ${caseText(exitcase)} `;
  }

  #exit(prefix: string, link: Link): void {
    const args = link.args.map((arg) => this.#value(arg)).join(", ");
    const weight = link.weight === null ? "" : ` ${link.weight}`;
    this.#writer.line(prefix + this.#target(link, args) + weight, this.#options.mark?.get(link) ?? null);
  }

  #target(link: Link, args: string): string {
    if (link.target === this.#graph.returnBlock) return `return ${args}`.trimEnd();
    if (link.target === this.#graph.exceptBlock) return `raise ${args}`.trimEnd();
    return `goto ${this.#blockNames.get(link.target) ?? "?"}(${args})`;
  }
}

function caseText(exitcase: number | bigint | boolean): string {
  return typeof exitcase === "bigint" ? `${exitcase}n` : String(exitcase);
}

/** The graph in the textual format. */
export function printGraph(graph: FunctionGraph, options: PrintOptions = {}): string {
  return new GraphPrinter(graph, options).print();
}
