/**
 * Exceptions in lowered graphs. Only the last operation of a block may raise into its EXCEPTION link; the one operation
 * of the flow graph that stood there can have become several. The block is cut behind each of them that can raise, and
 * every part gets a copy of the link; when none is left that can raise, the link goes.
 */
import {
  type Block,
  EXCEPTION,
  type FunctionGraph,
  Link,
  type Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { cutAfter, type Part } from "../translator/flow/split.ts";
import { bodyBlocks, exceptionLink } from "../translator/flow/traverse.ts";
import { opInfo } from "./lltype/ops/index.ts";

/** Whether an operation can leave with an exception that a handler sees. */
export function canRaise(op: Operation): boolean {
  return opInfo(op.opname).raises;
}

/** `tails`: what the last operation of each block with an EXCEPTION exit became. */
export function splitRaising(graph: FunctionGraph, tails: ReadonlyMap<Block, ReadonlySet<Operation>>): void {
  for (const block of bodyBlocks(graph)) {
    const link = exceptionLink(block);
    if (link !== null) splitBlock(block, link, tails.get(block) ?? new Set());
  }
}

function splitBlock(block: Block, link: Link, tail: ReadonlySet<Operation>): void {
  const raising: number[] = [];
  for (const [i, op] of block.operations.entries()) if (tail.has(op) && canRaise(op)) raising.push(i);
  if (raising.length === 0) {
    dropExceptionLink(block, link);
    return;
  }
  const endsRaising = raising.at(-1) === block.operations.length - 1;
  const cuts = endsRaising ? raising.slice(0, -1) : raising;
  if (cuts.length === 0) return;
  const parts = cutAfter(block, cuts);
  const last = (parts.at(-1) as Part).block;
  let args = link.args;
  for (let k = parts.length - 2; k >= 0; k--) {
    const part = parts[k] as Part;
    args = namesBefore(args, part, (parts[k + 1] as Part).block, link);
    const copy = copyOf(link, args);
    part.block.exits.push(copy);
    part.block.exitswitch = EXCEPTION;
  }
  if (!endsRaising) dropExceptionLink(last, link);
}

/** The arguments as the part before knows them: the next part's inputs stand for what it passes. */
function namesBefore(args: readonly Value[], part: Part, next: Block, link: Link): Value[] {
  return args.map((arg) => {
    if (!(arg instanceof Variable) || arg === link.exceptionValue) return arg;
    const at = next.inputargs.indexOf(arg);
    return at < 0 ? arg : (part.passed[at] as Variable);
  });
}

function copyOf(link: Link, args: readonly Value[]): Link {
  const caught = link.exceptionValue;
  const copy = caught === null ? null : new Variable(caught.name, caught.type);
  const made = new Link(
    args.map((arg) => (arg === caught && copy !== null ? copy : arg)),
    link.target,
    EXCEPTION,
    copy,
  );
  made.weight = link.weight;
  made.position = link.position;
  return made;
}

function dropExceptionLink(block: Block, link: Link): void {
  block.exits = block.exits.filter((exit) => exit !== link);
  block.exitswitch = null;
}
