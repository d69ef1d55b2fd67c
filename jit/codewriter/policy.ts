/**
 * Which functions the tracer follows. What it does not follow is called from the trace.
 *
 * Followed is what has a graph, no hint against it, no loop of its own (unless the program says that unrolling is
 * safe, or the loop is the interpreter's), and only values and operations that jitcode knows.
 */
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { isJitOp } from "../../rtyper/lltype/ops/jit.ts";
import { type LowType, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import { type FunctionGraph, type Value, Variable } from "../../translator/flow/model.ts";
import { bodyBlocks, reversePostorder } from "../../translator/flow/traverse.ts";
import { storedKind } from "./kinds.ts";
import { knownFunction } from "./known.ts";
import { LOWERINGS } from "./lower/index.ts";

/** Operations about raw addresses of collected objects, or of the run-time system itself. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set([
  "ptr_to_address",
  "address_to_ptr",
  "array_items_address",
  "symbol_address",
  "stack_check",
  "single_to_float",
  "float_to_single",
  "exc_set",
  "exc_fetch",
  "exc_occurred",
]);

/** A function with more operations than this is called rather than followed, unless it is a portal. */
const LARGE = 5000;

export class Policy {
  readonly #wordBits: number;
  readonly #portals: ReadonlySet<LowFunction>;
  readonly #known = new Map<LowFunction, string | null>();

  constructor(wordBits: number, portals: Iterable<LowFunction>) {
    this.#wordBits = wordBits;
    this.#portals = new Set(portals);
  }

  isFollowed(f: LowFunction): boolean {
    return this.reasonAgainst(f) === null;
  }

  /** Why a function is not followed; null if it is. */
  reasonAgainst(f: LowFunction): string | null {
    let reason = this.#known.get(f);
    if (reason === undefined) {
      reason = this.#judge(f);
      this.#known.set(f, reason);
    }
    return reason;
  }

  #judge(f: LowFunction): string | null {
    const { graph, jit } = f;
    if (graph === null) return "it is no function of the program";
    if (this.#portals.has(f)) return null;
    if (jit?.dontLookInside === true) return "dontLookInside";
    if (jit?.elidable === true || knownFunction(f)?.elidable === true) return "elidable";
    if (jit?.loopInvariant === true) return "loopInvariant";
    if (f.attributes.has("no_collect") || f.attributes.has("c_entry") || f.name.startsWith("gc/")) {
      return "it belongs to the run-time system";
    }
    const value = this.#unknownValue(graph);
    if (value !== null) return value;
    if (jit?.unrollSafe !== true && hasLoop(graph)) return "it has a loop";
    return null;
  }

  /** A type or operation that jitcode does not know. */
  #unknownValue(graph: FunctionGraph): string | null {
    let count = 0;
    for (const block of bodyBlocks(graph)) {
      for (const input of block.inputargs) {
        const wrong = this.#unknownType(input);
        if (wrong !== null) return wrong;
      }
      for (const op of block.operations) {
        count++;
        if (NOT_FOLLOWED.has(op.opname) || LOWERINGS[op.opname] === undefined) return `it has ${op.opname}`;
        for (const arg of isJitOp(op.opname) ? [] : op.args) {
          const wrong = arg instanceof Variable ? this.#unknownType(arg) : null;
          if (wrong !== null) return wrong;
        }
        const wrong = this.#unknownType(op.result);
        if (wrong !== null) return wrong;
      }
    }
    return count > LARGE ? "it is large" : null;
  }

  #unknownType(v: Value): string | null {
    const type = v.type as LowType;
    try {
      if (type instanceof Ptr && type.to instanceof Struct) return null;
      storedKind(type, this.#wordBits);
      return type.toText() === "SingleFloat" ? "it has single floats" : null;
    } catch {
      return `it has values of type ${type.toText()}`;
    }
  }
}

/** Does a graph have a link back? */
export function hasLoop(graph: FunctionGraph): boolean {
  const order = new Map(reversePostorder(graph).map((block, i) => [block, i]));
  for (const block of bodyBlocks(graph)) {
    for (const link of block.exits) {
      if ((order.get(link.target) as number) <= (order.get(block) as number)) return true;
    }
  }
  return false;
}
