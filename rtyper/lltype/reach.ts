/**
 * What a low-level program consists of: every function and prebuilt object reachable from its entry through the
 * constants of graphs and the fields of prebuilt objects. The order is the order of discovery, breadth first, and so
 * is stable between runs.
 */
import { Constant, type Value } from "../../translator/flow/model.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import { LowAddress, LowArrayObject, type LowContainer, LowFunction, LowOpaque, LowStruct } from "./memory.ts";

export interface Reachable {
  readonly functions: Set<LowFunction>;
  readonly objects: Set<LowContainer>;
}

/** Everything reachable from the given functions and objects. */
export function findReachable(roots: Iterable<LowContainer>): Reachable {
  const functions = new Set<LowFunction>();
  const objects = new Set<LowContainer>();
  const queue: LowContainer[] = [];
  const visit = (value: unknown): void => {
    if (value instanceof LowFunction) {
      if (functions.has(value)) return;
      functions.add(value);
      queue.push(value);
    } else if (value instanceof LowStruct || value instanceof LowArrayObject || value instanceof LowOpaque) {
      if (objects.has(value)) return;
      objects.add(value);
      queue.push(value);
    } else if (value instanceof LowAddress) visit(value.base);
  };
  for (const root of roots) visit(root);
  for (let at = 0; at < queue.length; at++) visitContents(queue[at] as LowContainer, visit);
  return { functions, objects };
}

function visitContents(container: LowContainer, visit: (value: unknown) => void): void {
  if (container instanceof LowFunction) {
    visitGraph(container, visit);
  } else if (container instanceof LowStruct) {
    // The vtable is reached through the object's class even when no field names it.
    visit(container.type.vtable);
    for (const field of container.type.allFields()) visit(container.get(field.name));
    for (const item of container.items ?? []) visit(item);
  } else if (container instanceof LowArrayObject) {
    for (const item of container.items) visit(item);
  } else {
    visit(container.target);
  }
}

function visitGraph(f: LowFunction, visit: (value: unknown) => void): void {
  if (f.graph === null) return;
  const visitValue = (value: Value): void => {
    if (value instanceof Constant) visitConstant(value.value, visit);
  };
  for (const block of bodyBlocks(f.graph)) {
    for (const op of block.operations) for (const arg of op.args) visitValue(arg);
    for (const link of block.exits) for (const arg of link.args) visitValue(arg);
  }
}

/** Candidate lists and allocated types are Void constants that hold functions and structs. */
function visitConstant(value: unknown, visit: (value: unknown) => void): void {
  if (Array.isArray(value)) for (const member of value) visit(member);
  else if (typeof value === "object" && value !== null && "vtable" in value) visit(value.vtable);
  else visit(value);
}
