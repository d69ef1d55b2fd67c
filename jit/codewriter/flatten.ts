/**
 * From lowered blocks to a listing: blocks in a row, jumps between them, moves for what links pass.
 *
 * A block's only predecessor goes on in it directly; elsewhere a label is jumped to. Link arguments that sit in other
 * registers than the target's inputs are moved all at once (a parallel assignment: cycles go through one scratch
 * register of the kind). A condition that was computed for the jump alone is fused with it, and a checked sum with the
 * test of its overflow.
 *
 *     i3 = int_lt i1 i2 ; if i3 …  ==>  goto_if_not_int_lt i1 i2 L
 *
 * Handlers stand behind their call: `live`, `catch_exception L`; the handler's code starts with `last_exc_value`.
 */
import { LowFunction, type LowValue } from "../../rtyper/lltype/memory.ts";
import type { LowType } from "../../rtyper/lltype/types.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  type Link,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { entriesOf } from "../../translator/flow/traverse.ts";
import type { Descr } from "../format/descr.ts";
import { findInstruction, INSTRUCTION_NAMES } from "../format/instructions.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";
import {
  type CodeReference,
  ConstantOperand,
  type ConstantValue,
  Instruction,
  Label,
  type Listing,
  LiveSet,
  type Operand,
  Register,
  type Source,
  SourceList,
  SwitchCases,
} from "./instruction.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { type BlockLowering, type Step, ValueList } from "./lower/context.ts";
import type { Allocation } from "./regalloc.ts";

export interface FlattenInput {
  readonly f: LowFunction;
  readonly graph: FunctionGraph;
  readonly lowered: ReadonlyMap<Block, BlockLowering>;
  readonly allocation: Allocation;
  readonly wordBits: number;
}

export function flatten(input: FlattenInput): Listing {
  return new Flattener(input).run();
}

/** Jumps fused with the comparison in front of them. */
const FUSED: Readonly<Record<string, string | undefined>> = {
  int_lt: "goto_if_not_int_lt",
  int_le: "goto_if_not_int_le",
  int_eq: "goto_if_not_int_eq",
  int_ne: "goto_if_not_int_ne",
  int_gt: "goto_if_not_int_gt",
  int_ge: "goto_if_not_int_ge",
  int_is_zero: "goto_if_not_int_is_zero",
  int_is_true: "goto_if_not",
  ptr_eq: "goto_if_not_ptr_eq",
  ptr_ne: "goto_if_not_ptr_ne",
  ptr_iszero: "goto_if_not_ptr_iszero",
  ptr_nonzero: "goto_if_not_ptr_nonzero",
};

class Flattener {
  readonly #input: FlattenInput;
  readonly #lines: (Instruction | Label)[] = [];
  readonly #labels = new Map<Block, Label>();
  readonly #placed = new Set<Block>();
  readonly #entries: ReturnType<typeof entriesOf>;
  readonly #registers: number[];
  readonly #scratch: (Register | null)[] = [null, null, null];
  /** Code that jumps lead to and that is not placed yet. */
  readonly #pending: (() => void)[] = [];
  #labelCount = 0;

  constructor(input: FlattenInput) {
    this.#input = input;
    this.#entries = entriesOf(input.graph);
    this.#registers = [...input.allocation.counts];
  }

  run(): Listing {
    this.#place(this.#input.graph.startBlock);
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) next();
    return { name: this.#input.f.name, lines: this.#lines, registers: this.#registers };
  }

  #emit(name: string, operands: readonly Operand[]): void {
    const opcode = findInstruction(name);
    if (opcode < 0) throw new Error(`no instruction ${name}`);
    this.#lines.push(new Instruction(opcode, operands));
  }

  #live(): void {
    this.#emit("live", [new LiveSet()]);
  }

  #newLabel(): Label {
    this.#labelCount++;
    return new Label(`L${this.#labelCount}`);
  }

  #labelOf(block: Block): Label {
    let label = this.#labels.get(block);
    if (label === undefined) {
      label = this.#newLabel();
      this.#labels.set(block, label);
    }
    return label;
  }

  // ---- values

  source(value: Value): Source {
    if (value instanceof Variable) return this.#register(value);
    const kind = kindOf(value.type as LowType, this.#input.wordBits);
    return new ConstantOperand(kind, constantValue(value));
  }

  #register(v: Variable): Register {
    const kind = kindOf(v.type as LowType, this.#input.wordBits);
    return new Register(kind, this.#input.allocation.registerOf(v));
  }

  #operand(operand: Step["operands"][number]): Operand {
    if (operand instanceof Variable || operand instanceof Constant) return this.source(operand);
    if (operand instanceof ValueList) {
      return new SourceList(
        operand.kind,
        operand.values.map((v) => this.source(v)),
      );
    }
    return operand as Descr | CodeReference | number;
  }

  // ---- blocks

  /** Emits a block here, and what follows it. */
  #place(first: Block): void {
    let block: Block | null = first;
    while (block !== null) {
      const current: Block = block;
      if (this.#placed.has(current)) {
        this.#emit("goto", [this.#labelOf(current)]);
        return;
      }
      this.#placed.add(current);
      if (this.#needsLabel(current)) this.#lines.push(this.#labelOf(current));
      block = this.#placeBlock(current);
    }
  }

  #needsLabel(block: Block): boolean {
    const entries = this.#entries.get(block)?.length ?? 0;
    return entries > 1 || (entries > 0 && block === this.#input.graph.startBlock);
  }

  /** Emits one block; gives the block that goes on here, null when control left. */
  #placeBlock(block: Block): Block | null {
    const { graph } = this.#input;
    if (block === graph.returnBlock) {
      this.#emitReturn(block);
      return null;
    }
    if (block === graph.exceptBlock) {
      this.#emit("raise", [this.source(block.inputargs[0] as Variable)]);
      return null;
    }
    const l = this.#input.lowered.get(block) as BlockLowering;
    const fused = this.#fusedTest(block, l);
    const handler = block.exitswitch === EXCEPTION ? block.exits.find((e) => e.exitcase === EXCEPTION) : undefined;
    this.#emitSteps(l, fused, handler);
    return this.#emitExits(block, l, fused);
  }

  #emitReturn(block: Block): void {
    const result = block.inputargs[0] as Variable;
    const kind = kindOf(result.type as LowType, this.#input.wordBits);
    if (kind === KIND_VOID) this.#emit("void_return", []);
    else this.#emit(["int_return", "ref_return", "float_return"][kind] as string, [this.source(result)]);
  }

  #emitSteps(l: BlockLowering, fused: Fused | null, handler: Link | undefined): void {
    const lastCall = l.steps.findLastIndex((step) => step.live === "after");
    for (const [i, step] of l.steps.entries()) {
      if (fused?.skips.has(step) === true) continue;
      if (step.live === "before") this.#live();
      this.#emitStep(step);
      if (step.live !== "after") continue;
      this.#live();
      if (i === lastCall && handler !== undefined) this.#emit("catch_exception", [this.#handlerLabel(handler, l)]);
    }
  }

  #emitStep(step: Step): void {
    const operands = step.operands.map((operand) => this.#operand(operand));
    if (step.result !== null) operands.push(this.#register(step.result));
    this.#lines.push(new Instruction(step.opcode, operands));
  }

  #handlerLabel(link: Link, l: BlockLowering): Label {
    const label = this.#newLabel();
    this.#pending.push(() => {
      this.#lines.push(label);
      const caught = link.exceptionValue;
      const isUsed = caught !== null && link.args.includes(caught);
      const register = isUsed ? this.#register(caught) : this.#scratchRegister(KIND_REF);
      this.#emit("last_exc_value", [register]);
      this.#follow(link, l);
    });
    return label;
  }

  // ---- exits

  #emitExits(block: Block, l: BlockLowering, fused: Fused | null): Block | null {
    const links = block.exits.filter((link) => link.exitcase !== EXCEPTION);
    const [first, second] = links;
    if (first === undefined) {
      // The last operation never comes back.
      this.#emit("unreachable", []);
      return null;
    }
    if (second === undefined) return this.#through(first, l);
    if (typeof first.exitcase === "boolean") return this.#emitBranch(block, l, fused, links);
    return this.#emitSwitch(block, l, links);
  }

  #emitBranch(block: Block, l: BlockLowering, fused: Fused | null, links: readonly Link[]): Block | null {
    const whenTrue = links.find((link) => link.exitcase === true) as Link;
    const whenFalse = links.find((link) => link.exitcase === false) as Link;
    if (fused?.overflow !== undefined) {
      // The jump is taken when the result overflows; going on means that it does not.
      const [jump, on] = fused.overflowExit ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
      const label = this.#newLabel();
      this.#live();
      const operands = fused.overflow.operands.map((operand) => this.#operand(operand));
      this.#emit(fused.name, [...operands, label, this.#register(fused.overflow.result as Variable)]);
      this.#later(label, jump, l);
      return this.#through(on, l);
    }
    const label = this.#newLabel();
    const condition = l.resolve(block.exitswitch as Value);
    this.#live();
    if (fused?.comparison !== undefined) {
      const operands = fused.comparison.operands.map((operand) => this.#operand(operand));
      this.#emit(fused.name, [...operands, label]);
    } else this.#emit("goto_if_not", [this.source(condition), label]);
    this.#later(label, whenFalse, l);
    return this.#through(whenTrue, l);
  }

  #emitSwitch(block: Block, l: BlockLowering, links: readonly Link[]): Block | null {
    const cases: { value: number; label: Label }[] = [];
    let fallback: Link | null = null;
    for (const link of links) {
      if (link.exitcase === "default" || link.exitcase === null) {
        fallback = link;
        continue;
      }
      const label = this.#newLabel();
      cases.push({ value: caseNumber(link.exitcase), label });
      this.#later(label, link, l);
    }
    cases.sort((a, b) => a.value - b.value);
    this.#live();
    this.#emit("switch", [this.source(l.resolve(block.exitswitch as Value)), new SwitchCases(cases)]);
    if (fallback !== null) return this.#through(fallback, l);
    this.#emit("unreachable", []);
    return null;
  }

  /** Places a link's code under a label, once the present run of blocks has ended. */
  #later(label: Label, link: Link, l: BlockLowering): void {
    this.#pending.push(() => {
      this.#lines.push(label);
      this.#follow(link, l);
    });
  }

  #follow(link: Link, l: BlockLowering): void {
    const next = this.#through(link, l);
    if (next !== null) this.#place(next);
  }

  /** Moves what a link passes; gives the block to go on with. */
  #through(link: Link, l: BlockLowering): Block {
    const moves: { from: Source; to: Register }[] = [];
    for (const [i, value] of link.args.entries()) {
      const input = link.target.inputargs[i] as Variable;
      if (kindOf(input.type as LowType, this.#input.wordBits) === KIND_VOID) continue;
      const from = this.source(l.resolve(value));
      const to = this.#register(input);
      if (!(from instanceof Register) || from.index !== to.index) moves.push({ from, to });
    }
    for (const kind of [KIND_INT, KIND_REF, KIND_FLOAT] as const) {
      this.#moveAll(
        kind,
        moves.filter((move) => move.to.kind === kind),
      );
    }
    return link.target;
  }

  /** A parallel assignment within one kind. */
  #moveAll(kind: Kind, moves: { from: Source; to: Register }[]): void {
    let left = moves;
    while (left.length > 0) {
      const free = left.find((move) => !left.some((other) => other !== move && isRegister(other.from, move.to.index)));
      if (free !== undefined) {
        this.#move(free.from, free.to);
        left = left.filter((move) => move !== free);
        continue;
      }
      // Only cycles are left: take one value out of the way.
      const first = left[0] as { from: Source; to: Register };
      const scratch = this.#scratchRegister(kind);
      this.#move(first.to, scratch);
      left = left.map((move) => (isRegister(move.from, first.to.index) ? { from: scratch, to: move.to } : move));
    }
  }

  #move(from: Source, to: Register): void {
    this.#emit(["int_copy", "ref_copy", "float_copy"][to.kind] as string, [from, to]);
  }

  #scratchRegister(kind: Kind): Register {
    let scratch = this.#scratch[kind] ?? null;
    if (scratch === null) {
      scratch = new Register(kind, this.#registers[kind] as number);
      this.#registers[kind] = (this.#registers[kind] as number) + 1;
      this.#scratch[kind] = scratch;
    }
    return scratch;
  }

  // ---- fusing

  /** The test at the end of a block, if it can be one instruction with what it tests. */
  #fusedTest(block: Block, l: BlockLowering): Fused | null {
    if (!(block.exitswitch instanceof Variable) || typeof block.exits[0]?.exitcase !== "boolean") return null;
    const condition = l.resolve(block.exitswitch);
    const overflow = findOverflow(block, l, condition);
    if (overflow !== null) return overflow;
    const last = l.steps.at(-1);
    if (last === undefined || last.result !== condition || isPassedOn(block, l, condition)) return null;
    const name = FUSED[INSTRUCTION_NAMES[last.opcode] as string];
    if (name === undefined) return null;
    return { name, comparison: last, skips: new Set([last]), overflowExit: true };
  }
}

interface Fused {
  /** Instruction of the jump. */
  readonly name: string;
  readonly comparison?: Step;
  readonly overflow?: Step;
  /** Steps that the jump replaces. */
  readonly skips: ReadonlySet<Step>;
  /** The exit that is taken on overflow is the one for true. */
  readonly overflowExit: boolean;
}

function isRegister(source: Source, index: number): boolean {
  return source instanceof Register && source.index === index;
}

/** Is a value used by a link of its block? */
function isPassedOn(block: Block, l: BlockLowering, value: Value): boolean {
  return block.exits.some((link) => link.args.some((v) => l.resolve(v) === value));
}

/**
 * `x = int_add(a, b); o = int_add_overflows(a, b); if o …` where nothing after the sum depends on it and the overflow
 * exit does not want it. The lowering noted which steps make the test (see `lower/arith.ts`).
 */
function findOverflow(block: Block, l: BlockLowering, condition: Value): Fused | null {
  const test = l.overflowTests.get(condition);
  if (test === undefined || isPassedOn(block, l, condition)) return null;
  const sum = l.steps.find(
    (step) =>
      INSTRUCTION_NAMES[step.opcode] === test.instruction &&
      step.operands[0] === test.left &&
      step.operands[1] === test.right &&
      !test.steps.includes(step),
  );
  if (sum === undefined || sum.result === null) return null;
  const result = sum.result;
  const onOverflow = block.exits.find((link) => link.exitcase === true);
  if (onOverflow?.args.some((v) => l.resolve(v) === result) === true) return null;
  // The jump stands at the end of the block: sum and test must be the last that happens there.
  const rest = l.steps.slice(Math.min(l.steps.indexOf(sum), l.steps.indexOf(test.steps[0] as Step)));
  if (rest.some((step) => step !== sum && !test.steps.includes(step))) return null;
  return {
    name: `${test.instruction}_jump_if_ovf`,
    overflow: sum,
    skips: new Set([sum, ...test.steps]),
    overflowExit: true,
  };
}

/** A constant as jitcode holds it. */
export function constantValue(constant: Constant): ConstantValue {
  const value = constant.value as LowValue;
  if (value === null || typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof LowFunction) return value;
  if ("kind" in value && "field" in value) throw new Error(`a symbolic word reached a jitcode: ${value.kind}`);
  if ("base" in value && "offset" in value) {
    if (value.base === null) return Number(value.offset);
    throw new Error("an address reached a jitcode");
  }
  return value;
}

function caseNumber(exitcase: Link["exitcase"]): number {
  if (typeof exitcase === "number") return exitcase;
  if (typeof exitcase === "bigint") return Number(exitcase);
  if (typeof exitcase === "string") return exitcase.charCodeAt(0);
  throw new Error("a switch case without value");
}
