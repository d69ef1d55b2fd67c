/**
 * Removal of allocations that do not escape: an object that is only created, read, written and passed along links
 * inside one graph is replaced by one variable for each field.
 *
 *     p = malloc(Pair);  setfield(p, a, i);  j = getfield(p, a)        ==>        (j is i)
 *
 * The unit is a *web*: variables that flow into each other through links and pointer casts. A web qualifies when every
 * source is a `malloc` of the same struct, every use is one this pass can replay on variables, and no block receives
 * two members of it (two names of one object would each need to see the other's writes).
 *
 * The alternative, scalar replacement by LLVM, comes too late: by then allocations are inline paths with calls.
 */
import { zeroValue } from "../../rtyper/lltype/memory.ts";
import { type Field, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  type Operation,
  type Value,
  Variable,
} from "../flow/model.ts";
import { bodyBlocks, definitionsOf } from "../flow/traverse.ts";

/** Operations that a removed object can take as their first operand (as no other one). */
const REPLAYABLE = new Set([
  "getfield",
  "setfield",
  "cast_pointer",
  "ptr_is_null",
  "ptr_nonnull",
  "check_nonnull",
  "is_instance",
  "check_instance",
  "class_of",
  "keep_alive",
]);

interface Web {
  readonly members: Set<Variable>;
  /** The struct that all sources allocate; null once disqualified. */
  struct: Struct | null;
  sources: number;
  escapes: boolean;
}

/** Removes what it can from one graph; returns the number of allocations removed. */
export function removeAllocations(graph: FunctionGraph): number {
  let removed = 0;
  for (const web of findWebs(graph)) {
    if (web.escapes || web.struct === null || web.sources === 0) continue;
    replaceWeb(graph, web, web.struct);
    removed += web.sources;
  }
  return removed;
}

function isCandidate(v: unknown): v is Variable {
  return v instanceof Variable && v.type instanceof Ptr && v.type.isGc && v.type.to instanceof Struct;
}

function findWebs(graph: FunctionGraph): Web[] {
  const blocks = bodyBlocks(graph);
  const webs = buildWebs(blocks);
  const disqualify = (v: unknown): void => {
    if (isCandidate(v)) webs.of(v).escapes = true;
  };
  for (const v of graph.startBlock.inputargs) disqualify(v);
  for (const v of graph.returnBlock.inputargs) disqualify(v);
  for (const v of graph.exceptBlock.inputargs) disqualify(v);
  for (const block of blocks) {
    requireSingleInputs(block, webs);
    for (const op of block.operations) judge(op, webs, disqualify);
    disqualify(block.exitswitch);
    for (const link of block.exits) {
      disqualify(link.exceptionValue);
      for (const [i, arg] of link.args.entries()) {
        // A constant (null, or a prebuilt object) flowing in cannot be taken apart.
        if (arg instanceof Constant) disqualify(link.target.inputargs[i]);
        else if (isCandidate(arg) && !isCandidate(link.target.inputargs[i])) disqualify(arg);
      }
    }
  }
  return webs.all();
}

function judge(op: Operation, webs: Webs, disqualify: (v: unknown) => void): void {
  if (op.opname === "malloc") {
    const web = isCandidate(op.result) ? webs.of(op.result) : null;
    if (web === null) return;
    const struct = (op.args[0] as Constant).value as Struct;
    if (web.struct !== null && web.struct !== struct) web.escapes = true;
    if (hasInlinedStruct(struct)) web.escapes = true;
    web.struct = struct;
    web.sources++;
    return;
  }
  const replayable = REPLAYABLE.has(op.opname);
  for (const [i, arg] of op.args.entries()) if (!replayable || i > 0) disqualify(arg);
  if (op.opname !== "cast_pointer") disqualify(op.result);
  else if (op.args[0] instanceof Constant) disqualify(op.result);
}

function hasInlinedStruct(struct: Struct): boolean {
  for (const field of struct.allFields()) if (field.type instanceof Struct) return true;
  return false;
}

function requireSingleInputs(block: Block, webs: Webs): void {
  const seen = new Set<Web>();
  for (const v of block.inputargs) {
    if (!isCandidate(v)) continue;
    const web = webs.of(v);
    if (seen.has(web)) web.escapes = true;
    seen.add(web);
  }
}

interface Webs {
  of(v: Variable): Web;
  all(): Web[];
}

function buildWebs(blocks: readonly Block[]): Webs {
  const parent = new Map<Variable, Variable>();
  const find = (v: Variable): Variable => {
    let root = v;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    if (root !== v) parent.set(v, root);
    return root;
  };
  const join = (a: unknown, b: unknown): void => {
    if (!isCandidate(a) || !isCandidate(b)) return;
    const [x, y] = [find(a), find(b)];
    if (x !== y) parent.set(y, x);
  };
  for (const block of blocks) {
    for (const op of block.operations) if (op.opname === "cast_pointer") join(op.args[0], op.result);
    for (const link of block.exits) for (const [i, arg] of link.args.entries()) join(arg, link.target.inputargs[i]);
  }
  const webs = new Map<Variable, Web>();
  const of = (v: Variable): Web => {
    const root = find(v);
    let web = webs.get(root);
    if (web === undefined) {
      web = { members: new Set(), struct: null, sources: 0, escapes: false };
      webs.set(root, web);
    }
    web.members.add(v);
    return web;
  };
  for (const block of blocks) for (const v of definitionsOf(block)) if (isCandidate(v)) of(v);
  return { of, all: () => [...webs.values()] };
}

/** The fields of one object at a point. */
type Fields = Map<string, Value>;

function replaceWeb(graph: FunctionGraph, web: Web, struct: Struct): void {
  const fields = [...struct.allFields()].filter((f) => f.type.toText() !== "Void");
  for (const block of bodyBlocks(graph)) replaceInBlock(block, web, struct, fields);
}

function replaceInBlock(block: Block, web: Web, struct: Struct, fields: readonly Field[]): void {
  const objects = new Map<Variable, Fields>();
  const inputs: Variable[] = [];
  for (const v of block.inputargs) {
    if (!web.members.has(v)) {
      inputs.push(v);
      continue;
    }
    const parts = new Map<string, Value>();
    for (const field of fields) {
      const part = new Variable(field.name, field.type);
      parts.set(field.name, part);
      inputs.push(part);
    }
    objects.set(v, parts);
  }
  block.inputargs = inputs;
  const names = new Map<Variable, Value>();
  const current = (v: Value): Value => (v instanceof Variable ? (names.get(v) ?? v) : v);
  const operations: Operation[] = [];
  const last = block.operations.at(-1);
  for (const op of block.operations) {
    op.args = op.args.map(current);
    const outcome = replay(op, web, struct, fields, objects);
    if (outcome === "keep") operations.push(op);
    else if (outcome !== null) names.set(op.result, outcome);
  }
  block.operations = operations;
  // The allocation that could run out of memory is gone.
  if (block.exitswitch === EXCEPTION && operations.at(-1) !== last) {
    block.exitswitch = null;
    block.exits = block.exits.filter((link) => link.exitcase !== EXCEPTION);
  }
  if (block.exitswitch instanceof Variable) block.exitswitch = current(block.exitswitch) as Variable;
  for (const link of block.exits) {
    link.args = link.args.flatMap((arg): Value[] => {
      const parts = arg instanceof Variable ? objects.get(arg) : undefined;
      return parts === undefined ? [current(arg)] : fields.map((f) => parts.get(f.name) as Value);
    });
  }
}

/** What becomes of an operation: kept, gone (null), or its result's value. */
function replay(
  op: Operation,
  web: Web,
  struct: Struct,
  fields: readonly Field[],
  objects: Map<Variable, Fields>,
): Value | "keep" | null {
  if (op.opname === "malloc" && web.members.has(op.result)) {
    objects.set(op.result, new Map(fields.map((f) => [f.name, new Constant(zeroValue(f.type), f.type)])));
    return null;
  }
  const object = op.args[0];
  const parts = object instanceof Variable ? objects.get(object) : undefined;
  if (parts === undefined) return "keep";
  const constant = (value: unknown): Constant => new Constant(value, op.result.type);
  switch (op.opname) {
    case "getfield":
      return parts.get(nameOperand(op)) ?? constant(undefined);
    case "setfield":
      parts.set(nameOperand(op), op.args[2] as Value);
      return null;
    case "cast_pointer":
      objects.set(op.result, parts);
      return null;
    case "ptr_is_null":
      return constant(false);
    case "ptr_nonnull":
      return constant(true);
    case "is_instance":
      return constant(struct.inheritsFrom((op.args[1] as Constant).value as Struct));
    case "class_of":
      return constant(struct.vtable);
    case "check_instance":
      if (struct.inheritsFrom((op.args[1] as Constant).value as Struct)) return null;
      return keepFailing(op);
    default:
      return null;
  }
}

function nameOperand(op: Operation): string {
  return (op.args[1] as Constant).value as string;
}

/** A cast that is known to fail stops the program without an object. */
function keepFailing(op: Operation): "keep" {
  op.opname = "fatal";
  op.args = [op.args[2] as Value];
  return "keep";
}
