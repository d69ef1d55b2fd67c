/**
 * One low-level graph as one LLVM function. Blocks are visited in reverse postorder; block arguments become phis,
 * except where a block has one entry, whose values then stand for its inputs. An operation may open further LLVM
 * blocks (slow paths, loops); `label` is always the block being written.
 *
 * Failing checks jump to cold stubs at the end of the function, one per text and position.
 */
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { type OpName, opInfo } from "../../rtyper/lltype/ops/index.ts";
import { graphOf } from "../../rtyper/lltype/program.ts";
import type { LowType, Primitive } from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  type Block,
  Constant,
  type ExitCase,
  type FunctionGraph,
  type Link,
  type Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { entriesOf, reversePostorder } from "../../translator/flow/traverse.ts";
import { functionHead } from "./attributes.ts";
import { constantText } from "./constants.ts";
import type { DebugScope } from "./debuginfo.ts";
import { ASSERTIONS } from "./emit/assertions.ts";
import { EMITTERS } from "./emit/index.ts";
import { LAZY_OVERFLOW, pairKey } from "./emit/overflow.ts";
import type { Module } from "./module.ts";
import { isVoid, valueType } from "./types.ts";

/** A phi input: value text and the label it comes from. */
interface Incoming {
  readonly label: string;
  readonly args: readonly string[];
}

/** The text of one block of the graph, before its phis are known. */
interface BlockText {
  readonly block: Block;
  readonly label: string;
  readonly phis: boolean;
  readonly lines: string[];
}

const LIKELY = "i32 2000, i32 1";
const UNLIKELY = "i32 1, i32 2000";

export class FunctionWriter {
  readonly module: Module;
  readonly lowFunction: LowFunction;
  readonly graph: FunctionGraph;
  /** `*_overflows` operations of the current block whose arithmetic twin shares their instruction. */
  overflows = new Map<string, string>();
  /** The outcome of a stack check or bump allocation that stands for the test directly after it. */
  pendingTest: string | null = null;
  /** Slot of this function's shadow-frame base, once roots are pushed. */
  shadowFrame: string | null = null;
  /** Conditions that an operation called likely or unlikely. */
  readonly #expectations = new Map<string, "likely" | "unlikely">();
  readonly #scope: DebugScope;
  readonly #values = new Map<Variable, string>();
  readonly #labels = new Map<Block, string>();
  readonly #incoming = new Map<Block, Incoming[]>();
  readonly #stubs = new Map<string, string>();
  readonly #stubLines: string[] = [];
  readonly #entryLines: string[] = [];
  #lines: string[] = [];
  #label = "";
  #counter = 0;
  #dbg = "";
  #position: SourcePosition;

  constructor(module: Module, f: LowFunction) {
    this.module = module;
    this.lowFunction = f;
    this.graph = graphOf(f);
    this.#position = this.graph.position;
    this.#scope = module.debug.subprogram(readableName(f), this.graph.position);
  }

  /** Writes the whole function into the module. */
  write(): void {
    const { graph, module, lowFunction: f } = this;
    const parameters = graph.startBlock.inputargs.filter((v) => !isVoid(v.type as LowType));
    for (const v of parameters) this.#values.set(v, this.name(v.name));
    const head = functionHead(
      module,
      f,
      "define",
      parameters.map((v) => this.#values.get(v) as string),
    );
    const entries = entriesOf(graph);
    const blocks = reversePostorder(graph);
    for (const [i, block] of blocks.entries()) this.#labels.set(block, `b${i}`);
    const texts = blocks.map((block) => this.#writeBlock(block, entries.get(block) ?? []));
    const lines = [`${head} !dbg ${this.#scope.id} {`, "entry:", ...this.#entryLines];
    lines.push(`  br label %${this.#labels.get(graph.startBlock)}`);
    for (const text of texts) {
      lines.push(`${text.label}:`);
      if (text.phis) lines.push(...this.#phis(text.block));
      for (const line of text.lines) lines.push(line);
    }
    lines.push(...this.#stubLines, "}", "");
    module.define(module.world.symbol(f), lines.join("\n"));
  }

  #writeBlock(block: Block, entries: readonly { from: Block; link: Link }[]): BlockText {
    const label = this.#labels.get(block) as string;
    this.#lines = [];
    this.#label = label;
    this.overflows = overflowPairs(block);
    const isStart = block === this.graph.startBlock;
    const phis = this.#bindInputs(block, entries, isStart);
    for (const [i, op] of block.operations.entries()) this.#operation(op, block.operations[i + 1] ?? null);
    this.#exits(block);
    return { block, label, phis, lines: this.#lines };
  }

  /** Decides what stands for the block's inputs; returns whether phis are needed. */
  #bindInputs(block: Block, entries: readonly { from: Block; link: Link }[], isStart: boolean): boolean {
    if (isStart) {
      if (entries.length === 0) return false;
      // The parameters are the values on entry, phis those of each round.
      const args = block.inputargs.map((v) => this.#values.get(v) ?? "");
      this.#addIncoming(block, { label: "entry", args });
    } else {
      const known = this.#incoming.get(block);
      if (entries.length === 1 && known !== undefined) {
        for (const [i, v] of block.inputargs.entries()) this.#values.set(v, known[0]?.args[i] as string);
        return false;
      }
    }
    for (const v of block.inputargs) if (!isVoid(v.type as LowType)) this.#values.set(v, this.name(v.name));
    return block.inputargs.some((v) => !isVoid(v.type as LowType));
  }

  #phis(block: Block): string[] {
    const incoming = this.#incoming.get(block) ?? [];
    const lines: string[] = [];
    for (const [i, v] of block.inputargs.entries()) {
      const type = v.type as LowType;
      if (isVoid(type)) continue;
      const pairs = incoming.map(({ label, args }) => `[ ${args[i]}, %${label} ]`).join(", ");
      lines.push(`  ${this.#values.get(v)} = phi ${valueType(type, this.module.world.target)} ${pairs}`);
    }
    return lines;
  }

  #addIncoming(block: Block, incoming: Incoming): void {
    const list = this.#incoming.get(block);
    if (list === undefined) this.#incoming.set(block, [incoming]);
    else list.push(incoming);
  }

  #operation(op: Operation, next: Operation | null): void {
    this.#position = op.position;
    this.#dbg = this.module.debug.location(this.#scope, op.position);
    opInfo(op.opname);
    if (this.module.world.options.lldebug) ASSERTIONS[op.opname]?.(this, op);
    EMITTERS[op.opname as OpName](this, op, next);
  }

  #exits(block: Block): void {
    this.#dbg = this.module.debug.location(this.#scope, block.operations.at(-1)?.position ?? this.graph.position);
    if (block === this.graph.returnBlock) {
      const result = block.inputargs[0] as Variable;
      const type = result.type as LowType;
      this.emit(isVoid(type) ? "ret void" : `ret ${this.typed(result)}`);
      return;
    }
    if (block === this.graph.exceptBlock) {
      throw new Error(`${this.lowFunction.name}: exceptions were not transformed`);
    }
    const [first] = block.exits;
    if (block.exits.length === 1 && first !== undefined) {
      const label = this.#label;
      this.#addIncoming(first.target, { label, args: this.#linkArgs(first) });
      this.emit(`br label %${this.#labels.get(first.target)}`);
    } else if (block.exits.length > 1) {
      this.#switch(block);
    } else {
      this.emit("unreachable");
    }
  }

  #linkArgs(link: Link): string[] {
    return link.args.map((arg) => (isVoid(arg.type as LowType) ? "" : this.value(arg)));
  }

  #switch(block: Block): void {
    const condition = block.exitswitch;
    if (!(condition instanceof Variable || condition instanceof Constant)) {
      throw new Error(`${this.lowFunction.name}: a block has several exits and nothing to switch on`);
    }
    const origin = this.#label;
    const edges: string[] = [];
    const used = new Set<Block>();
    const targetOf = (link: Link): string => {
      const args = this.#linkArgs(link);
      // One phi entry per predecessor: a second edge to the same block gets a block of its own.
      if (used.has(link.target)) {
        const edge = this.newLabel("edge");
        edges.push(`${edge}:`, `  br label %${this.#labels.get(link.target)}${this.#dbg}`);
        this.#addIncoming(link.target, { label: edge, args });
        return edge;
      }
      used.add(link.target);
      this.#addIncoming(link.target, { label: origin, args });
      return this.#labels.get(link.target) as string;
    };
    if (block.exits.every((link) => typeof link.exitcase === "boolean")) {
      this.#branch(condition, block.exits, targetOf);
    } else this.#valueSwitch(condition, block.exits, targetOf, edges);
    this.#lines.push(...edges);
  }

  #branch(condition: Value, exits: readonly Link[], targetOf: (link: Link) => string): void {
    const yes = exits.find((link) => link.exitcase === true);
    const no = exits.find((link) => link.exitcase === false);
    if (yes === undefined || no === undefined) throw new Error(`${this.lowFunction.name}: a branch without two exits`);
    const text = this.value(condition);
    const expected = this.#expectations.get(text) ?? null;
    const likely = yes.weight === "likely" || no.weight === "unlikely" || expected === "likely";
    const unlikely = yes.weight === "unlikely" || no.weight === "likely" || expected === "unlikely";
    const weights = likely === unlikely ? "" : this.branchWeights(likely);
    this.emit(`br i1 ${text}, label %${targetOf(yes)}, label %${targetOf(no)}${weights}`);
  }

  #valueSwitch(value: Value, exits: readonly Link[], targetOf: (link: Link) => string, edges: string[]): void {
    const type = value.type as LowType;
    const llvm = valueType(type, this.module.world.target);
    const cases: string[] = [];
    let otherwise: string | null = null;
    for (const link of exits) {
      if (link.exitcase === "default" || link.exitcase === null) otherwise = targetOf(link);
      else cases.push(`    ${llvm} ${this.#caseText(link.exitcase, type)}, label %${targetOf(link)}`);
    }
    if (otherwise === null) {
      otherwise = this.newLabel("nocase");
      edges.push(`${otherwise}:`, "  unreachable");
    }
    this.#lines.push(`  switch ${llvm} ${this.value(value)}, label %${otherwise} [`, ...cases, `  ]${this.#dbg}`);
  }

  #caseText(exitcase: ExitCase, type: LowType): string {
    return constantText(this.module, exitcase, type as Primitive);
  }

  /** `!prof` of a conditional branch. */
  branchWeights(trueIsLikely: boolean): string {
    return `, !prof ${this.module.metadata(`!{!"branch_weights", ${trueIsLikely ? LIKELY : UNLIKELY}}`)}`;
  }

  /** Notes that a condition is expected to be true or false. */
  expect(condition: string, expectation: "likely" | "unlikely"): void {
    this.#expectations.set(condition, expectation);
  }

  // What emitters use.

  /** An operand's text without type. */
  value(v: Value): string {
    if (v instanceof Constant) return constantText(this.module, v.value, v.type as LowType);
    const text = this.#values.get(v);
    if (text === undefined)
      throw new Error(`${this.lowFunction.name}: a value (${v.name}) is used before its definition`);
    return text;
  }

  /** An operand with its type. */
  typed(v: Value): string {
    return `${this.type(v)} ${this.value(v)}`;
  }

  /** LLVM type of an operand's value. */
  type(v: Value): string {
    return valueType(v.type as LowType, this.module.world.target);
  }

  /** Emits an instruction whose value is the operation's result. */
  result(op: Operation, instruction: string, metadata = ""): void {
    if (isVoid(op.result.type as LowType)) {
      this.emit(instruction, metadata);
      return;
    }
    const name = this.name(op.result.name);
    this.#values.set(op.result, name);
    this.emit(`${name} = ${instruction}`, metadata);
  }

  /** Makes the operation's result another text for an existing value. */
  alias(op: Operation, text: string): void {
    this.#values.set(op.result, text);
  }

  /** Emits an instruction into a new temporary. */
  temp(instruction: string, metadata = ""): string {
    const name = this.name("");
    this.emit(`${name} = ${instruction}`, metadata);
    return name;
  }

  /** Emits an instruction with the current location. */
  emit(instruction: string, metadata = ""): void {
    this.#lines.push(`  ${instruction}${metadata}${this.#dbg}`);
  }

  /** Emits into the entry block (slots). */
  emitAtEntry(instruction: string): void {
    this.#entryLines.push(`  ${instruction}`);
  }

  /** A fresh value name; the stem is kept readable. */
  name(stem: string): string {
    this.#counter++;
    const clean = stem.replace(/[^A-Za-z_]/g, "");
    return clean === "" ? `%v${this.#counter}` : `%${clean}.${this.#counter}`;
  }

  newLabel(hint: string): string {
    this.#counter++;
    return `${hint}.${this.#counter}`;
  }

  /** Starts a new LLVM block. */
  openBlock(label: string): void {
    this.#lines.push(`${label}:`);
    this.#label = label;
  }

  /** The LLVM block being written. */
  get label(): string {
    return this.#label;
  }

  get position(): SourcePosition {
    return this.#position;
  }

  /** A location attachment for the current operation. */
  get dbg(): string {
    return this.#dbg;
  }

  /** Continues only if the condition holds; otherwise the program stops with the text. */
  require(condition: string, text: string): void {
    const key = `${text}\0${this.#dbg}`;
    let stub = this.#stubs.get(key);
    if (stub === undefined) {
      stub = this.newLabel("stop");
      this.#stubs.set(key, stub);
      this.#stubLines.push(`${stub}:`, ...this.#fatalLines(text));
    }
    const ok = this.newLabel("ok");
    this.emit(`br i1 ${condition}, label %${ok}, label %${stub}`, this.branchWeights(true));
    this.openBlock(ok);
  }

  /** Stops the program here. */
  fatal(text: string): void {
    this.#lines.push(...this.#fatalLines(text));
    this.openBlock(this.newLabel("dead"));
  }

  #fatalLines(text: string): string[] {
    const fatal = this.module.runtimeFunction("rts_fatal", "void", "ptr, ptr", "nounwind noreturn cold uwtable");
    const message = this.module.cString(text);
    const position = this.module.position(this.#position);
    return [`  call void ${fatal}(ptr ${message}, ptr ${position})${this.#dbg}`, `  unreachable${this.#dbg}`];
  }
}

/** Pairs of `x_overflows(a, b)` and `x(a, b)` in a block, by key; the value is filled in when either is emitted. */
function overflowPairs(block: Block): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const op of block.operations) {
    if (/^int_(add|sub|mul)_overflows$/.test(op.opname)) pairs.set(pairKey(op), LAZY_OVERFLOW);
  }
  return pairs;
}

/** A function's name as a person would call it. */
function readableName(f: LowFunction): string {
  const declared = graphOf(f).position.functionName;
  if (declared !== "") return declared;
  const name = f.name.slice(f.name.lastIndexOf("#") + 1);
  return name === "" ? f.name : name;
}
