/**
 * Weaving the JIT into a program's own graphs: what becomes of the hints where the program itself runs them.
 *
 *     M(greens, reds):                          M(greens, reds):
 *         jit_merge_point(driver, …)                i = raw_load(mark)
 *         …                             ==>         if i: buffer[…] := greens, reds
 *                                                         status = enter(driver)
 *                                                         CONTINUE: goto M(buffer[…])
 *                                                         RETURN: return buffer[0]; RAISE: raise buffer[0]
 *                                                   else …
 *
 * A back edge puts its greens into the buffer and counts; so does the start of a portal. All other hints are what they
 * are on Node. No exception is thrown through the interpreter to go on in it: the portal asks, and is told.
 */

import { LowAddress, type LowArrayObject, type LowFunction } from "../../rtyper/lltype/memory.ts";
import { isJitOp } from "../../rtyper/lltype/ops/jit.ts";
import { graphOf } from "../../rtyper/lltype/program.ts";
import { Address, Bool, type LowType, ptr, Signed, Void } from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import type { Portal } from "../codewriter/portal.ts";
import { CONTINUE, RETURN } from "../metainterp/jit.ts";
import { BUFFER_STEP } from "../runtime/entry.ts";

/** The functions of the JIT that a woven program calls. */
export interface JitEntries {
  readonly enter: LowFunction;
  readonly canEnter: LowFunction;
  readonly functionEntry: LowFunction;
  readonly setParam: LowFunction;
  readonly changed: LowFunction;
  readonly force: LowFunction;
}

export interface WeaveData {
  readonly entries: JitEntries;
  readonly buffer: LowAddress;
  readonly mark: LowAddress;
  /** Number of a portal's driver. */
  readonly driverOf: (portal: Portal) => number;
  readonly portalOfDriver: (driver: unknown) => Portal | null;
}

/** Appends operations at one position. */
class Code {
  readonly operations: Operation[] = [];
  readonly #position: SourcePosition;

  constructor(position: SourcePosition) {
    this.#position = position;
  }

  emit(opname: string, args: readonly Value[], type: LowType): Variable {
    const result = new Variable("", type);
    this.operations.push(new Operation(opname, [...args], result, this.#position));
    return result;
  }

  call(f: LowFunction, args: readonly Value[]): Variable {
    return this.emit("direct_call", [new Constant(f, ptr(f.type)), ...args], f.type.result);
  }

  store(data: WeaveData, values: readonly Value[]): void {
    for (const [i, value] of values.entries()) {
      this.emit("raw_store", [address(data.buffer), word(i * BUFFER_STEP), wide(this, value)], Void);
    }
  }

  load(data: WeaveData, i: number, type: LowType): Value {
    return narrow(this, this.emit("raw_load", [address(data.buffer), word(i * BUFFER_STEP)], stored(type)), type);
  }
}

const address = (a: LowAddress): Constant => new Constant(a, Address);
const word = (n: number): Constant => new Constant(BigInt(n), Signed);

/** The type in which the buffer holds a value: narrow ones as words. */
function stored(type: LowType): LowType {
  return isNarrow(type) ? Signed : type;
}

function isNarrow(type: LowType): boolean {
  return "kind" in type && type.kind !== "float" && type.kind !== "address" && type !== Signed;
}

function wide(code: Code, value: Value): Value {
  const type = value.type as LowType;
  if (!isNarrow(type)) return value;
  if (type === Bool) return code.emit("bool_to_int", [value], Signed);
  return code.emit("kind" in type && type.kind === "char" ? "char_to_int" : "int_cast", [value], Signed);
}

function narrow(code: Code, value: Value, type: LowType): Value {
  if (!isNarrow(type)) return value;
  if (type === Bool) return code.emit("int_to_bool", [value], Bool);
  return code.emit("kind" in type && type.kind === "char" ? "int_to_char" : "int_cast", [value], type);
}

/** Weaves one portal: its merge point and its start. */
export function weavePortal(portal: Portal, data: WeaveData): void {
  const graph = graphOf(portal.portal);
  for (const block of bodyBlocks(graph)) {
    const index = block.operations.findIndex((op) => op.opname === "jit_merge_point");
    if (index < 0) continue;
    if (index > 0) throw new Error(`the merge point of ${portal.portal.name} does not start its block`);
    weaveMergePoint(graph, portal, block, data);
    break;
  }
  const start = graph.startBlock;
  const code = new Code(graph.position);
  code.store(data, start.inputargs);
  code.call(data.entries.functionEntry, [word(data.driverOf(portal))]);
  start.operations.unshift(...code.operations);
}

function weaveMergePoint(graph: FunctionGraph, portal: Portal, head: Block, data: WeaveData): void {
  const merge = head.operations[0] as Operation;
  const { position } = merge;
  cutAfter(head, [0]);
  const [onward] = head.exits as [Link];
  const inputs = head.inputargs;
  const test = new Code(position);
  const mark = test.emit("raw_load", [address(data.mark), word(0)], Signed);
  const isMarked = test.emit("unlikely", [test.emit("int_ne", [mark, word(0)], Bool)], Bool);
  head.operations = test.operations;
  head.exitswitch = isMarked;
  onward.exitcase = false;
  onward.weight = "likely";
  const slow = new Link([...inputs], slowBlock(graph, portal, head, position, data), true);
  slow.weight = "unlikely";
  head.exits = [slow, onward];
}

/** Asks the JIT, and does what it says. */
function slowBlock(
  graph: FunctionGraph,
  portal: Portal,
  head: Block,
  position: SourcePosition,
  data: WeaveData,
): Block {
  const block = new Block(head.inputargs.map((v) => new Variable(v.name, v.type)));
  const ask = new Code(position);
  ask.store(data, block.inputargs);
  const status = ask.call(data.entries.enter, [word(data.driverOf(portal))]);
  const goesOn = ask.emit("int_eq", [status, word(CONTINUE)], Bool);
  block.operations = ask.operations;
  block.exitswitch = goesOn;
  const ended = new Block([new Variable("status", Signed)]);
  block.exits = [new Link([], goOnBlock(head, position, data), true), new Link([status], ended, false)];
  const decide = new Code(position);
  const returns = decide.emit("int_eq", [ended.inputargs[0] as Variable, word(RETURN)], Bool);
  ended.operations = decide.operations;
  ended.exitswitch = returns;
  ended.exits = [
    new Link([], leaveBlock(graph, graph.returnBlock, position, data), true),
    new Link([], leaveBlock(graph, graph.exceptBlock, position, data), false),
  ];
  return block;
}

/** Goes on at the merge point with what the buffer holds. */
function goOnBlock(head: Block, position: SourcePosition, data: WeaveData): Block {
  const block = new Block();
  const code = new Code(position);
  const values = head.inputargs.map((v, i) => code.load(data, i, v.type as LowType));
  block.operations = code.operations;
  block.exits = [new Link(values, head)];
  return block;
}

/** Leaves the portal with the value in the buffer. */
function leaveBlock(graph: FunctionGraph, target: Block, position: SourcePosition, data: WeaveData): Block {
  const block = new Block();
  const code = new Code(position);
  const type = (target.inputargs[0] as Variable).type as LowType;
  const value = type === Void ? new Constant(undefined, Void) : code.load(data, 0, type);
  block.operations = code.operations;
  const link = new Link([value], target);
  if (target === graph.exceptBlock) link.position = position;
  block.exits = [link];
  return block;
}

/** Replaces the hints of a graph that is no portal's merge point. */
export function removeHints(graph: FunctionGraph, data: WeaveData): void {
  for (const block of bodyBlocks(graph)) {
    if (!block.operations.some((op) => isJitOp(op.opname))) continue;
    block.operations = block.operations.flatMap((op) => (isJitOp(op.opname) ? withoutHint(op, data) : [op]));
  }
}

function withoutHint(op: Operation, data: WeaveData): Operation[] {
  const { result, position } = op;
  const [first, second] = op.args;
  switch (op.opname) {
    case "jit_promote":
    case "jit_promote_string":
    case "jit_virtual_ref":
      return [new Operation("same_as", [first as Value], result, position)];
    case "jit_is_constant":
    case "jit_is_virtual":
    case "jit_we_are_jitted":
      return [new Operation("same_as", [new Constant(false, Bool)], result, position)];
    case "jit_can_enter":
      return countBackEdge(op, data);
    case "jit_set_param": {
      const f = data.entries.setParam;
      return [
        new Operation("direct_call", [new Constant(f, ptr(f.type)), first as Value, second as Value], result, position),
      ];
    }
    default:
      return [];
  }
}

function countBackEdge(op: Operation, data: WeaveData): Operation[] {
  const portal = data.portalOfDriver((op.args[0] as Constant).value);
  if (portal === null) return [];
  const code = new Code(op.position);
  code.store(data, op.args.slice(1));
  code.call(data.entries.canEnter, [word(data.driverOf(portal))]);
  return code.operations;
}

/** Replaces the addresses of the JIT's own data, which the run-time part asks for by name. */
export function bindSymbols(graph: FunctionGraph, symbols: ReadonlyMap<string, LowAddress>): void {
  for (const block of bodyBlocks(graph)) {
    for (const op of block.operations) {
      if (op.opname !== "symbol_address") continue;
      const bound = symbols.get((op.args[0] as Constant).value as string);
      if (bound === undefined) continue;
      op.opname = "same_as";
      op.args = [new Constant(bound, Address)];
    }
  }
}

/** Raw data as an address of its first item. */
export function dataAddress(data: LowArrayObject, itemsOffset: number): LowAddress {
  return new LowAddress(data, BigInt(itemsOffset));
}
