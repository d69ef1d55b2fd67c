/**
 * Runs low-level graphs on Node over simulated memory: after the rtyper, after each optimization, and after the
 * exception transform. A wrong pass shows here, without a native build.
 *
 * A graph is compiled once to closures over a frame array (one slot for each variable), because interpreting names
 * through maps is ten times slower and whole test programs run here.
 */
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  type Link,
  type Operation,
  type Value,
  type Variable,
} from "../../translator/flow/model.ts";
import { reversePostorder } from "../../translator/flow/traverse.ts";
import { describeValue, type LowFunction, type LowStruct, type LowValue, MemoryError } from "../lltype/memory.ts";
import { type Machine, RaisedException } from "./machine.ts";
import { compileOperation } from "./operations.ts";

/** Values of one activation by slot. */
export type Frame = LowValue[];
export type Step = (frame: Frame) => void;
export type Read = (frame: Frame) => LowValue;

interface CompiledLink {
  readonly exitcase: Link["exitcase"];
  readonly reads: Read[];
  readonly exceptionSlot: number;
  readonly target: CompiledBlock;
}

interface CompiledBlock {
  readonly inputs: number[];
  steps: Step[];
  exitSwitch: Read | null;
  /** The last step may raise into the EXCEPTION link. */
  catches: CompiledLink | null;
  exits: CompiledLink[];
}

interface CompiledGraph {
  readonly slots: number;
  readonly start: CompiledBlock;
  readonly returned: CompiledBlock;
  readonly raised: CompiledBlock;
}

export class Interpreter {
  readonly machine: Machine;
  readonly #compiled = new Map<FunctionGraph, CompiledGraph>();

  constructor(machine: Machine) {
    this.machine = machine;
    machine.call = (f, args) => this.call(f, args);
  }

  /** Calls a function with low-level values; throws RaisedException when it leaves with an exception. */
  call(f: LowFunction, args: readonly LowValue[]): LowValue {
    if (f.graph === null) {
      const run = f.external?.run ?? null;
      if (run === null) throw new Error(`${f.name} has no meaning on Node`);
      return run(...args);
    }
    const compiled = this.#compile(f.graph);
    const { heap } = this.machine;
    // Transformed graphs have checks of their own, because they look for exceptions in the Vm struct.
    if (heap === null && this.machine.depth > this.machine.depthLimit) this.machine.stackOverflow();
    const frameBase = heap?.frameBase ?? 0;
    if (heap !== null) heap.frameBase = heap.shadow.length;
    this.machine.depth++;
    try {
      return this.#run(compiled, args);
    } finally {
      this.machine.depth--;
      if (heap !== null) {
        heap.shadow.length = heap.frameBase;
        heap.frameBase = frameBase;
      }
    }
  }

  #run(graph: CompiledGraph, args: readonly LowValue[]): LowValue {
    const frame: Frame = new Array(graph.slots).fill(null);
    let block = graph.start;
    for (const [i, slot] of block.inputs.entries()) frame[slot] = args[i] as LowValue;
    for (;;) {
      const link = runBlock(block, frame);
      const values = link.reads.map((read) => read(frame));
      block = link.target;
      for (const [i, slot] of block.inputs.entries()) frame[slot] = values[i] as LowValue;
      if (block === graph.returned) return frame[block.inputs[0] as number] as LowValue;
      if (block === graph.raised) throw new RaisedException(frame[block.inputs[0] as number] as LowStruct);
    }
  }

  #compile(graph: FunctionGraph): CompiledGraph {
    let compiled = this.#compiled.get(graph);
    if (compiled === undefined) {
      compiled = compileGraph(graph, this.machine);
      this.#compiled.set(graph, compiled);
    }
    return compiled;
  }
}

function runBlock(block: CompiledBlock, frame: Frame): CompiledLink {
  if (block.catches === null) {
    for (const step of block.steps) step(frame);
  } else {
    const last = block.steps.length - 1;
    for (let i = 0; i < last; i++) (block.steps[i] as Step)(frame);
    try {
      (block.steps[last] as Step)(frame);
    } catch (error) {
      if (!(error instanceof RaisedException)) throw error;
      if (block.catches.exceptionSlot >= 0) frame[block.catches.exceptionSlot] = error.value;
      return block.catches;
    }
  }
  if (block.exitSwitch === null) return block.exits[0] as CompiledLink;
  const value = block.exitSwitch(frame);
  const taken =
    block.exits.find((link) => link.exitcase === value) ?? block.exits.find((l) => l.exitcase === "default");
  if (taken === undefined) throw new Error(`no exit for ${describeValue(value)}`);
  return taken;
}

function compileGraph(graph: FunctionGraph, machine: Machine): CompiledGraph {
  const slots = new Map<Variable, number>();
  const slotOf = (v: Variable): number => {
    let slot = slots.get(v);
    if (slot === undefined) {
      slot = slots.size;
      slots.set(v, slot);
    }
    return slot;
  };
  const blocks = new Map<Block, CompiledBlock>();
  const order = new Set([...reversePostorder(graph), graph.returnBlock, graph.exceptBlock]);
  for (const block of order) {
    const inputs = block.inputargs.map(slotOf);
    blocks.set(block, { inputs, steps: [], exitSwitch: null, catches: null, exits: [] });
  }
  const reader = (value: Value): Read => readerOf(value, slotOf);
  for (const [block, compiled] of blocks) {
    compiled.steps = block.operations.map((op) => compileStep(op, reader, slotOf, machine));
    const links = block.exits.map(
      (link): CompiledLink => ({
        exitcase: link.exitcase,
        reads: link.args.map(reader),
        exceptionSlot: link.exceptionValue === null ? -1 : slotOf(link.exceptionValue),
        target: blocks.get(link.target) as CompiledBlock,
      }),
    );
    compiled.exits = links.filter((link) => link.exitcase !== EXCEPTION);
    compiled.catches = links.find((link) => link.exitcase === EXCEPTION) ?? null;
    const on = block.exitswitch;
    compiled.exitSwitch = on === null || on === EXCEPTION ? null : reader(on);
  }
  return {
    slots: slots.size,
    start: blocks.get(graph.startBlock) as CompiledBlock,
    returned: blocks.get(graph.returnBlock) as CompiledBlock,
    raised: blocks.get(graph.exceptBlock) as CompiledBlock,
  };
}

function readerOf(value: Value, slotOf: (v: Variable) => number): Read {
  if (value instanceof Constant) {
    const constant = value.value as LowValue;
    return () => constant;
  }
  const slot = slotOf(value);
  return (frame) => frame[slot] as LowValue;
}

function compileStep(
  op: Operation,
  reader: (value: Value) => Read,
  slotOf: (v: Variable) => number,
  machine: Machine,
): Step {
  const run = compileOperation(op, op.args.map(reader), machine);
  const slot = slotOf(op.result);
  return (frame) => {
    try {
      frame[slot] = run(frame);
    } catch (error) {
      throw located(error, op);
    }
  };
}

/** Internal errors tell the operation they happened in, once. */
function located(error: unknown, op: Operation): unknown {
  if (error instanceof RaisedException || !(error instanceof Error) || LOCATED.has(error)) return error;
  LOCATED.add(error);
  if (error.constructor === Error || error instanceof MemoryError) {
    error.message += `\n  in ${op.opname} at ${op.position.toString()} (${op.position.functionName})`;
  }
  return error;
}

const LOCATED = new WeakSet<Error>();
