/**
 * Low-level operations that jitcode has no instruction for, as functions of one operation each: the tracer calls them.
 * The functions join the program when it is woven; on Node llinterp runs them.
 */
import { type ExternalFunction, LowFunction } from "../../rtyper/lltype/memory.ts";
import { findOp } from "../../rtyper/lltype/ops/index.ts";
import { funcType, type LowType, ptr, ptrTo, Void } from "../../rtyper/lltype/types.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "../../translator/flow/model.ts";
import { EFFECT_CANNOT_RAISE, EFFECT_ELIDABLE, type EffectInfo, EffectInfo as Info } from "../format/descr.ts";
import type { BlockLowering } from "./lower/context.ts";

export class Helpers {
  readonly #byKey = new Map<string, LowFunction>();
  readonly #externals = new Map<ExternalFunction, LowFunction>();
  readonly #keys = new Map<unknown, number>();

  /** All that were made. */
  get all(): LowFunction[] {
    return [...this.#byKey.values()];
  }

  /** The C function of an `external_call` as a function with an address. */
  external(external: ExternalFunction): LowFunction {
    let made = this.#externals.get(external);
    if (made === undefined) {
      made = new LowFunction(external.name, funcType(external.args, external.result), null, external);
      this.#externals.set(external, made);
    }
    return made;
  }

  /** Lowers an operation to a call of its function. */
  lower(l: BlockLowering, op: Operation): void {
    const f = this.#functionOf(op);
    const args = op.args.filter((a) => a.type !== Void);
    const info = findOp(op.opname);
    const effect = this.#effectOf(l, op, info?.effect === "pure");
    const descr = l.world.descrs.call(f.name, f.type.args, f.type.result, effect, null);
    const kind = l.kind(op.result);
    const address = l.constant(f, ptr(f.type));
    const result = op.result.type === Void ? null : op.result;
    l.emit(l.byKind("residual_call", kind), [address, ...l.lists(args), descr], result, "after");
  }

  #effectOf(l: BlockLowering, op: Operation, isPure: boolean): EffectInfo {
    if (isPure) return new Info(EFFECT_ELIDABLE, [], [], 0, false, false);
    const { reads, writes, canInvalidate } = l.world.effects.ofOperation(op);
    return new Info(EFFECT_CANNOT_RAISE, reads, writes, 0, canInvalidate, findOp(op.opname)?.collects ?? false);
  }

  #functionOf(op: Operation): LowFunction {
    const types = op.args.filter((a) => a.type !== Void).map((a) => a.type as LowType);
    const constants = op.args.filter((a) => a.type === Void).map((a) => this.#keyOf((a as Constant).value));
    const result = op.result.type as LowType;
    const key = `${op.opname} ${types.map((t) => t.toText()).join(",")} ${constants.join(",")} ${result.toText()}`;
    let made = this.#byKey.get(key);
    if (made === undefined) {
      made = wrapOperation(op, `jit ${key}`, types, result);
      this.#byKey.set(key, made);
    }
    return made;
  }

  #keyOf(constant: unknown): string {
    if (typeof constant === "string") return constant;
    let n = this.#keys.get(constant);
    if (n === undefined) {
      n = this.#keys.size;
      this.#keys.set(constant, n);
    }
    return String(n);
  }
}

/** A function of one operation. */
function wrapOperation(op: Operation, name: string, types: readonly LowType[], result: LowType): LowFunction {
  const inputs = types.map((type) => new Variable("", type));
  const block = new Block(inputs);
  const graph = new FunctionGraph(name, block, op.position);
  (graph.returnBlock.inputargs[0] as Variable).type = result;
  (graph.exceptBlock.inputargs[0] as Variable).type = ptrTo.object;
  const rest = [...inputs];
  const args = op.args.map((a): Value => (a.type === Void ? a : (rest.shift() as Variable)));
  const value = new Variable("", result);
  block.operations.push(new Operation(op.opname, args, value, op.position));
  block.exits = [new Link([result === Void ? new Constant(undefined, Void) : value], graph.returnBlock)];
  return new LowFunction(name, funcType(types, result), graph);
}
