/**
 * Reads graphs from the textual format of `print.ts`.
 *
 * Blocks may be referred to before they are defined; values may not: blocks are closed, so every value is an input of
 * its block or defined above in it, and an unknown name is an error at its place.
 */
import { SourcePosition } from "../diagnostics/position.ts";
import { Cursor, TextError } from "../text/lexer.ts";
import {
  type DefinitionText,
  type OperandText,
  parseDefinition,
  parseList,
  parseOperand,
  parseOperationLine,
} from "../text/line.ts";
import { type ConstantFormatter, TextConstants, type TypeParser } from "./constants.ts";
import {
  Block,
  EXCEPTION,
  type ExitCase,
  FunctionGraph,
  Link,
  Operation,
  type Value,
  type ValueType,
  Variable,
} from "./model.ts";

export interface ParseOptions {
  /** Needed as soon as the text has types. */
  readonly parseType?: TypeParser;
  /** By default a `TextConstants` with the same type parser. */
  readonly constants?: ConstantFormatter;
  /** The type of a result written without one. */
  readonly resultType?: (opname: string, args: readonly Value[]) => ValueType | null;
}

const EXIT_WORDS = new Set(["goto", "return", "raise", "if", "unless", "else", "switch", "case", "default", "on"]);
const TARGET_WORDS = ["goto", "return", "raise"];

/** The name stem of a printed variable: `node3` → `node`, `x1_3` → `x1`. */
function stemOf(name: string): string {
  return name.replace(/\d+$/, "").replace(/(\d)_$/, "$1");
}

class GraphParser {
  readonly #options: ParseOptions;
  readonly #constants: ConstantFormatter;
  readonly #blocks = new Map<string, Block>();
  readonly #defined = new Set<string>();
  /** First mention of each block, for the error when it is never defined. */
  readonly #mentions = new Map<string, { line: number; column: number }>();
  #graph: FunctionGraph;
  /** Values of the block being read. */
  #values = new Map<string, Variable>();
  #block: Block | null = null;

  constructor(options: ParseOptions) {
    this.#options = options;
    this.#constants =
      options.constants ?? new TextConstants(options.parseType === undefined ? {} : { parseType: options.parseType });
    this.#graph = new FunctionGraph("", new Block(), new SourcePosition("", 0, 0, ""));
  }

  header(cursor: Cursor): void {
    cursor.require("graph");
    const token = cursor.next();
    if (token.kind !== "word" && token.kind !== "string") cursor.fail("expected the graph's name");
    let name = token.value;
    // Plain names may hold dots and the like (`Frame.push`): everything up to the arrow.
    if (token.kind === "word") {
      let end = token.end;
      while (!cursor.atEnd && !cursor.isAt("->") && !cursor.isAt("raises")) end = cursor.next().end;
      name = cursor.line.slice(token.start, end);
    }
    this.#graph = new FunctionGraph(name, new Block(), new SourcePosition("", 0, 0, name));
    const { returnBlock, exceptBlock } = this.#graph;
    if (cursor.accept("->"))
      (returnBlock.inputargs[0] as Variable).type = this.#type(cursor.takeTypeText(["raises"]), cursor);
    if (cursor.accept("raises"))
      (exceptBlock.inputargs[0] as Variable).type = this.#type(cursor.takeTypeText(), cursor);
    cursor.requireEnd();
  }

  line(cursor: Cursor): void {
    const first = cursor.peek();
    const second = cursor.peek(1);
    if (
      first.kind === "word" &&
      second.text === "(" &&
      cursor.line
        .trimEnd()
        .replace(/\s*;.*$/, "")
        .endsWith("):")
    ) {
      this.#startBlock(cursor);
    } else if (this.#block === null) {
      cursor.fail("expected a block");
    } else if (first.kind === "word" && EXIT_WORDS.has(first.value) && second.text !== "(" && second.text !== "=") {
      this.#exit(cursor, this.#block);
    } else {
      this.#operation(cursor, this.#block);
    }
  }

  finish(): FunctionGraph {
    for (const [name, at] of this.#mentions) {
      if (!this.#defined.has(name)) throw new TextError(`block ${name} is not defined`, at.line, at.column);
    }
    return this.#graph;
  }

  #type(text: string, cursor: Cursor): ValueType {
    if (this.#options.parseType === undefined) cursor.fail(`no type parser for "${text}"`);
    return this.#options.parseType(text);
  }

  #startBlock(cursor: Cursor): void {
    const at = cursor.peek();
    const name = cursor.requireWord("a block name");
    if (this.#defined.has(name)) throw new TextError(`block ${name} is defined twice`, cursor.lineNumber, at.start + 1);
    const block = this.#blockNamed(name, cursor);
    if (this.#defined.size === 0) this.#graph.startBlock = block;
    this.#defined.add(name);
    this.#block = block;
    this.#values = new Map();
    block.inputargs = parseList(cursor, "(", ")", (c) => this.#define(parseDefinition(c), c));
    cursor.require(":");
    cursor.requireEnd();
  }

  #blockNamed(name: string, cursor: Cursor): Block {
    let block = this.#blocks.get(name);
    if (block === undefined) {
      block = new Block();
      this.#blocks.set(name, block);
      this.#mentions.set(name, { line: cursor.lineNumber, column: cursor.peek().start + 1 });
    }
    return block;
  }

  #define(definition: DefinitionText, cursor: Cursor, type: ValueType | null = null): Variable {
    if (this.#values.has(definition.name)) cursor.fail(`${definition.name} is defined twice`);
    const written = definition.type === null ? type : this.#type(definition.type, cursor);
    const variable = new Variable(stemOf(definition.name), written);
    this.#values.set(definition.name, variable);
    return variable;
  }

  #value(operand: OperandText, cursor: Cursor): Value {
    if (operand.kind === "word") {
      const variable = this.#values.get(operand.value);
      if (variable !== undefined) return variable;
      if (/\d$/.test(operand.value)) {
        throw new TextError(`${operand.value} is not defined in this block`, operand.line, operand.column);
      }
    }
    return this.#constants.parse(operand, operand.type === null ? null : this.#type(operand.type, cursor));
  }

  #operation(cursor: Cursor, block: Block): void {
    const text = parseOperationLine(cursor);
    const args = text.operands.map((operand) => this.#value(operand, cursor));
    const usual = this.#options.resultType?.(text.opname, args) ?? null;
    const result = text.result === null ? new Variable("", usual) : this.#define(text.result, cursor, usual);
    block.operations.push(new Operation(text.opname, args, result, this.#position(text.comment)));
  }

  #position(comment: string | null): SourcePosition {
    const none = this.#graph.position;
    if (comment === null) return none;
    let position: SourcePosition | null = null;
    for (const part of comment.split(" < ").reverse()) {
      const match = /^(\S+):(\d+):(\d+)(?: \((.*?)\))?/.exec(part);
      if (match === null) return none;
      const [, file = "", line, column, functionName = this.#graph.name] = match;
      position = new SourcePosition(file, Number(line), Number(column), functionName, position);
    }
    return position ?? none;
  }

  #exit(cursor: Cursor, block: Block): void {
    if (cursor.accept("switch")) {
      block.exitswitch = this.#value(parseOperand(cursor), cursor);
      cursor.requireEnd();
    } else if (cursor.accept("case")) {
      this.#link(cursor, block, this.#caseValue(cursor));
    } else if (cursor.accept("default")) {
      this.#link(cursor, block, "default");
    } else if (cursor.accept("on")) {
      this.#exceptionExit(cursor, block);
    } else if (cursor.isAt("if") || cursor.isAt("unless")) {
      const exitcase = cursor.next().value === "if";
      block.exitswitch = this.#value(parseOperand(cursor), cursor);
      this.#link(cursor, block, exitcase);
    } else if (cursor.accept("else")) {
      this.#link(cursor, block, block.exits[0]?.exitcase === false);
    } else {
      this.#link(cursor, block, null);
    }
  }

  #exceptionExit(cursor: Cursor, block: Block): void {
    cursor.require("exception");
    block.exitswitch = EXCEPTION;
    const caught = TARGET_WORDS.includes(cursor.peek().value) ? null : this.#caught(cursor);
    this.#link(cursor, block, EXCEPTION, caught);
  }

  #caught(cursor: Cursor): Variable {
    const name = cursor.requireWord("a variable name");
    const type = cursor.accept(":") ? cursor.takeTypeText(TARGET_WORDS) : null;
    return this.#define({ name, type }, cursor);
  }

  #caseValue(cursor: Cursor): ExitCase {
    const token = cursor.next();
    if (token.kind === "string") return token.value;
    if (token.value === "true" || token.value === "false") return token.value === "true";
    if (token.kind !== "number") cursor.fail("expected a case value");
    return token.value.endsWith("n") ? BigInt(token.value.slice(0, -1)) : Number(token.value);
  }

  #link(cursor: Cursor, block: Block, exitcase: ExitCase, caught: Variable | null = null): void {
    const link = new Link([], this.#graph.returnBlock, exitcase, caught);
    const read = (c: Cursor): Value => this.#value(parseOperand(c), c);
    if (cursor.accept("goto")) {
      const name = cursor.requireWord("a block name");
      link.target = this.#blockNamed(name, cursor);
      link.args = parseList(cursor, "(", ")", read);
    } else {
      const word = cursor.requireWord('"goto", "return" or "raise"');
      if (!TARGET_WORDS.includes(word)) cursor.fail('expected "goto", "return" or "raise"');
      if (word === "raise") link.target = this.#graph.exceptBlock;
      link.args = [read(cursor)];
    }
    if (cursor.isAt("likely") || cursor.isAt("unlikely")) link.weight = cursor.next().value as "likely" | "unlikely";
    cursor.requireEnd();
    block.exits.push(link);
  }
}

/** Reads every graph of a text, in order. Throws TextError. */
export function parseGraphs(text: string, options: ParseOptions = {}, firstLine = 1): FunctionGraph[] {
  const graphs: FunctionGraph[] = [];
  let parser: GraphParser | null = null;
  text.split("\n").forEach((line, index) => {
    const cursor = new Cursor(line, firstLine + index);
    if (cursor.atEnd) return;
    if (cursor.isAt("graph") && cursor.peek(1).text !== "=") {
      if (parser !== null) graphs.push(parser.finish());
      parser = new GraphParser(options);
      parser.header(cursor);
    } else if (parser === null) {
      cursor.fail('expected "graph"');
    } else {
      parser.line(cursor);
    }
  });
  const last = parser as GraphParser | null;
  if (last !== null) graphs.push(last.finish());
  return graphs;
}

/** Reads a text with exactly one graph. */
export function parseGraph(text: string, options: ParseOptions = {}): FunctionGraph {
  const graphs = parseGraphs(text, options);
  if (graphs.length !== 1) throw new TextError(`expected one graph, found ${graphs.length}`, 1, 1);
  return graphs[0] as FunctionGraph;
}
