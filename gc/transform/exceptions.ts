/**
 * The exception transform: after it, exceptions are ordinary control flow. A call that can raise is followed by a test
 * of the Vm struct (`exc_occurred`, expected false); raising stores the object there and returns a zero. No link of a
 * transformed graph has the case EXCEPTION, and none goes to `exceptBlock`.
 *
 *     v = direct_call(@f, a)                 v = direct_call(@f, a)
 *     goto b2(v)                    ==>      b = exc_occurred()
 *     on exception goto b3(e, a)             if b goto h(a) else goto b2(v)
 *                                          h(a'):  e = exc_fetch()   goto b3(e, a')
 *
 * A call without a handler leaves through `exc_trace` and a return, one such block for each call, so that the trace
 * ring names the position. Allocations, which raise where memory is exhausted, are left for `allocation.ts`: only their
 * slow path needs a test. A block may still end in one with its EXCEPTION link. Tables beside the code (the "zero cost" alternative) would make raising cost microseconds,
 * and interpreters raise for control flow.
 */

import type { Effects } from "../../rtyper/lltype/effects.ts";
import { zeroValue } from "../../rtyper/lltype/memory.ts";
import { opInfo } from "../../rtyper/lltype/ops/index.ts";
import { Bool, type LowType, type Primitive, Void } from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";

/** The constant a function returns while an exception is in flight; nobody reads it. */
function zeroResult(graph: FunctionGraph): Constant {
  const type = (graph.returnBlock.inputargs[0] as Variable).type as LowType;
  return new Constant(type === (Void as Primitive) ? undefined : zeroValue(type), type);
}

/** Ends a block by leaving the function with an exception in flight. */
export function leave(graph: FunctionGraph, block: Block): void {
  block.exits = [new Link([zeroResult(graph)], graph.returnBlock)];
}

/** Rewrites one graph in place. */
export function transformExceptions(graph: FunctionGraph, effects: Effects): void {
  for (const block of bodyBlocks(graph)) {
    dropImpossibleHandler(block, effects);
    redirectRaises(graph, block);
    insertTests(graph, block, effects);
  }
}

/** A block may end in a raising operation whose lowered form turned out not to raise. */
function dropImpossibleHandler(block: Block, effects: Effects): void {
  if (block.exitswitch !== EXCEPTION) return;
  const last = block.operations.at(-1);
  if (last !== undefined && effects.opCanRaise(last)) return;
  block.exitswitch = null;
  block.exits = block.exits.filter((link) => link.exitcase !== EXCEPTION);
}

function redirectRaises(graph: FunctionGraph, block: Block): void {
  for (const link of block.exits) {
    if (link.target !== graph.exceptBlock) continue;
    const position = block.operations.at(-1)?.position ?? graph.position;
    if (link.exitcase === EXCEPTION) {
      // The handler only passes the exception on.
      if (link.args[0] === link.exceptionValue) {
        block.exitswitch = null;
        block.exits = block.exits.filter((other) => other !== link);
        for (const other of block.exits) other.exitcase = null;
        continue;
      }
    }
    const raised = new Variable("exception", (link.args[0] as Value).type);
    const raising = new Block([raised]);
    raising.operations.push(new Operation("exc_set", [raised], new Variable("", Void), position));
    leave(graph, raising);
    link.target = raising;
  }
}

/** Raises OutOfMemoryError only, and in its slow path only. */
function isAllocation(op: Operation): boolean {
  return opInfo(op.opname).effect === "alloc";
}

function insertTests(graph: FunctionGraph, block: Block, effects: Effects): void {
  const handler = block.exitswitch === EXCEPTION ? (block.exits.find((l) => l.exitcase === EXCEPTION) as Link) : null;
  const raising: number[] = [];
  for (const [i, op] of block.operations.entries()) {
    if (isAllocation(op) || !effects.opCanRaise(op)) continue;
    if (handler === null || i < block.operations.length - 1) raising.push(i);
  }
  const parts = cutAfter(block, raising);
  for (const part of parts.slice(0, -1)) {
    const op = part.block.operations.at(-1) as Operation;
    testAfter(part.block, op.position, part.block.exits[0] as Link, propagation(graph, op.position));
  }
  if (handler === null) return;
  const last = (parts.at(-1) as { block: Block }).block;
  if (isAllocation(last.operations.at(-1) as Operation)) return;
  const normal = last.exits.find((link) => link !== handler) as Link;
  const position = (last.operations.at(-1) as Operation).position;
  normal.exitcase = null;
  testAfter(last, position, normal, fetching(handler, position));
}

function testAfter(block: Block, position: SourcePosition, normal: Link, raised: Link): void {
  const occurred = new Variable("raised", Bool);
  block.operations.push(new Operation("exc_occurred", [], occurred, position));
  block.exitswitch = occurred;
  normal.exitcase = false;
  normal.weight = "likely";
  raised.exitcase = true;
  raised.weight = "unlikely";
  block.exits = [normal, raised];
}

function propagation(graph: FunctionGraph, position: SourcePosition): Link {
  const block = new Block();
  block.operations.push(new Operation("exc_trace", [], new Variable("", Void), position));
  leave(graph, block);
  return new Link([], block);
}

/** A link to a handler through a block that takes the exception out of the Vm struct; its arguments are the source's. */
export function fetching(handler: Link, position: SourcePosition): Link {
  const caught = handler.exceptionValue;
  const outer = handler.args.filter((arg) => arg instanceof Variable && arg !== caught) as Variable[];
  const passed = [...new Set(outer)];
  const inner = new Map(passed.map((v) => [v, new Variable(v.name, v.type)]));
  const block = new Block([...inner.values()]);
  const exception = new Variable("exception", caught === null ? null : caught.type);
  if (caught === null) exception.type = (handler.target.inputargs[0] ?? exception).type;
  block.operations.push(new Operation("exc_fetch", [], exception, position));
  const args = handler.args.map((arg) =>
    arg instanceof Variable ? (arg === caught ? exception : (inner.get(arg) as Variable)) : arg,
  );
  block.exits = [new Link(args, handler.target)];
  return new Link(passed, block);
}
