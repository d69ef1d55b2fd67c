/**
 * The state of one specialization while it is solved: which blocks are reached, which wait to be flowed again, and
 * where a block stops because an operation in it never gives a result.
 */
import { type Block, Constant, type Link, type Operation, type Variable } from "../translator/flow/model.ts";
import { reversePostorder } from "../translator/flow/traverse.ts";
import type { Reader } from "./cells.ts";
import type { FunctionSpecialization } from "./functions.ts";

export class BlockState implements Reader {
  readonly owner: SpecializationState;
  readonly block: Block;
  /** Position in reverse postorder. */
  readonly order: number;
  reached = false;
  queued = false;
  /** The operation that gave no result when the block was flowed last. */
  stoppedAt: Operation | null = null;

  constructor(owner: SpecializationState, block: Block, order: number) {
    this.owner = owner;
    this.block = block;
    this.order = order;
  }

  reflow(): void {
    if (this.reached && !this.queued) this.owner.enqueue(this);
  }
}

export class SpecializationState {
  readonly specialization: FunctionSpecialization;
  readonly blocks = new Map<Block, BlockState>();
  readonly inOrder: BlockState[] = [];
  readonly #onWork: (state: SpecializationState) => void;
  #waiting = 0;
  /** No block before this one waits. */
  #lowest = 0;
  queued = false;

  constructor(specialization: FunctionSpecialization, onWork: (state: SpecializationState) => void) {
    this.specialization = specialization;
    this.#onWork = onWork;
    const { graph } = specialization;
    for (const block of reversePostorder(graph)) this.#add(block);
    if (!this.blocks.has(graph.returnBlock)) this.#add(graph.returnBlock);
    if (!this.blocks.has(graph.exceptBlock)) this.#add(graph.exceptBlock);
  }

  #add(block: Block): void {
    const state = new BlockState(this, block, this.inOrder.length);
    this.blocks.set(block, state);
    this.inOrder.push(state);
  }

  get start(): BlockState {
    return this.blocks.get(this.specialization.graph.startBlock) as BlockState;
  }

  enqueue(state: BlockState): void {
    if (state.queued) return;
    state.queued = true;
    this.#waiting++;
    if (state.order < this.#lowest) this.#lowest = state.order;
    if (!this.queued) {
      this.queued = true;
      this.#onWork(this);
    }
  }

  /** The only link into a block, or null when there are several. */
  onlyEntry(block: Block): { readonly from: Block; readonly link: Link } | null {
    if (this.#entries === null) {
      this.#entries = new Map();
      for (const { block: from } of this.inOrder) {
        for (const link of from.exits) {
          this.#entries.set(link.target, this.#entries.has(link.target) ? null : { from, link });
        }
      }
    }
    return this.#entries.get(block) ?? null;
  }

  #entries: Map<Block, { from: Block; link: Link } | null> | null = null;

  /** The waiting block earliest in the order, taken from the list; null when none waits. */
  next(): BlockState | null {
    if (this.#waiting === 0) return null;
    for (let i = this.#lowest; i < this.inOrder.length; i++) {
      const state = this.inOrder[i] as BlockState;
      if (!state.queued) continue;
      state.queued = false;
      this.#waiting--;
      this.#lowest = i;
      return state;
    }
    return null;
  }
}

/** The operation of a block that defines a variable, or null when it comes in. */
export function definition(block: Block, value: unknown): Operation | null {
  for (let i = block.operations.length - 1; i >= 0; i--) {
    const op = block.operations[i] as Operation;
    if (op.result === value) return op;
  }
  return null;
}

/** Operand as a constant's value; undefined when it is a variable. */
export function constantOperand(op: Operation, index: number): unknown {
  const arg = op.args[index];
  return arg instanceof Constant ? arg.value : undefined;
}

/** The variable itself, for tables keyed by variables. */
export function isVariable(value: unknown): value is Variable {
  return value !== null && typeof value === "object" && !(value instanceof Constant);
}

/** `String(x)` with one argument that is not spread. */
export function isStringCall(op: Operation): boolean {
  return op.opname === "call" && op.args.length === 2 && constantOperand(op, 0) === String;
}
