/**
 * What compiled code assumes about objects, kept true by the program's own code: a quasi-immutable field that is
 * assigned tells whoever took it for constant, and a virtualizable that is looked at from outside is brought up to date
 * in memory first.
 *
 *     setfield(p, "value", v)      ==>   setfield(p, "value", v); call changed(getfield(p, "jit watchers of value"))
 *     x = getfield(frame, "pc")    ==>   call looked(frame); x = getfield(frame, "pc")
 *
 * `changed` and `looked` are functions of a few operations, which are inlined later. The portal needs no test for its
 * own frame: while the program's own code runs in it, no other does.
 */
import { mutationSlot, VIRTUALIZABLE_TOKEN } from "../../rtyper/lltype/jit.ts";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import {
  Address,
  Bool,
  funcType,
  type LowType,
  Ptr,
  ptr,
  ptrTo,
  Signed,
  Struct,
  Void,
} from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "../../translator/flow/model.ts";
import { bodyBlocks, entriesOf } from "../../translator/flow/traverse.ts";
import { hintsOf } from "../codewriter/effects.ts";

/** Functions that graphs call when objects are touched. */
export class ObjectGuards {
  readonly #changed: LowFunction;
  readonly #looks = new Map<Struct, LowFunction>();
  readonly #force: LowFunction;

  /** `changed` takes what the hidden field holds, `force` a virtualizable; both are entry points of the JIT. */
  constructor(changed: LowFunction, force: LowFunction, position: SourcePosition) {
    this.#force = force;
    this.#changed = unless("jit changed", ptrTo.object, position, (block, object) => {
      const isNull = op(block, "ptr_is_null", [object], Bool, position);
      return { skip: isNull, call: changed, object };
    });
  }

  /** Guards every access of a graph; `own` are variables that hold the portal's own virtualizable. */
  guard(graph: FunctionGraph, own: ReadonlySet<Value> = new Set()): void {
    for (const block of bodyBlocks(graph)) {
      if (!block.operations.some((o) => o.opname === "getfield" || o.opname === "setfield")) continue;
      const fresh = new Set<Value>();
      block.operations = block.operations.flatMap((o) => {
        if (o.opname === "malloc" || (o.opname === "cast_pointer" && fresh.has(o.args[0] as Value))) {
          fresh.add(o.result);
        }
        return this.#guarded(o, own, fresh);
      });
    }
  }

  #guarded(o: Operation, own: ReadonlySet<Value>, fresh: ReadonlySet<Value>): Operation[] {
    if (o.opname !== "getfield" && o.opname !== "setfield") return [o];
    const [object, name] = o.args as [Value, Constant];
    const struct = object.type instanceof Ptr ? object.type.to : null;
    if (!(struct instanceof Struct) || !struct.gc || fresh.has(object)) return [o];
    const { owner, isVirtualizable, isQuasi } = hintsOf(struct, name.value as string);
    if (isVirtualizable && !own.has(object)) return [...this.#look(struct, object, o.position), o];
    if (isQuasi && o.opname === "setfield") return [o, ...this.#tell(owner, object, name.value as string, o.position)];
    return [o];
  }

  #look(struct: Struct, object: Value, position: SourcePosition): Operation[] {
    const owner = ownerOfToken(struct);
    let f = this.#looks.get(owner);
    if (f === undefined) {
      const force = this.#force;
      f = unless(`jit look at ${owner.name}`, ptr(owner), position, (block, self) => {
        const token = op(block, "getfield", [self, text(VIRTUALIZABLE_TOKEN)], Signed, position);
        const isFree = op(block, "int_eq", [token, new Constant(0n, Signed)], Bool, position);
        return { skip: op(block, "likely", [isFree], Bool, position), call: force, object: self };
      });
      this.#looks.set(owner, f);
    }
    return calling(f, object, position);
  }

  #tell(owner: Struct, object: Value, name: string, position: SourcePosition): Operation[] {
    const watchers = new Variable("watchers", ptrTo.object);
    const read = new Operation("getfield", [object, text(mutationSlot(name))], watchers, position);
    if (owner.findField(mutationSlot(name)) === null) throw new Error(`${owner.name} has no slot for ${name}`);
    return [read, ...calling(this.#changed, watchers, position)];
  }
}

function text(value: string): Constant {
  return new Constant(value, Void);
}

function op(block: Block, opname: string, args: readonly Value[], type: LowType, position: SourcePosition): Variable {
  const result = new Variable("", type);
  block.operations.push(new Operation(opname, [...args], result, position));
  return result;
}

/** A call with one argument, brought to the type of the parameter. */
function calling(f: LowFunction, argument: Value, position: SourcePosition): Operation[] {
  const wanted = f.type.args[0] as LowType;
  const operations: Operation[] = [];
  let value = argument;
  if (value.type !== wanted) {
    const cast = new Variable("", wanted);
    operations.push(new Operation("cast_pointer", [value], cast, position));
    value = cast;
  }
  const called = new Constant(f, ptr(f.type));
  operations.push(new Operation("direct_call", [called, value], new Variable("", Void), position));
  return operations;
}

/** A function of one argument that calls another one with an object's address unless a condition holds. */
function unless(
  name: string,
  type: LowType,
  position: SourcePosition,
  make: (block: Block, argument: Variable) => { skip: Variable; call: LowFunction; object: Variable },
): LowFunction {
  const input = new Variable("self", type);
  const block = new Block([input]);
  const graph = new FunctionGraph(name, block, position);
  (graph.returnBlock.inputargs[0] as Variable).type = Void;
  (graph.exceptBlock.inputargs[0] as Variable).type = ptrTo.object;
  const { skip, call, object } = make(block, input);
  const held = new Variable("", object.type);
  const slow = new Block([held]);
  const at = op(slow, "ptr_to_address", [held], Address, position);
  op(slow, "direct_call", [new Constant(call, ptr(call.type)), at], call.type.result, position);
  const nothing = new Constant(undefined, Void);
  slow.exits = [new Link([nothing], graph.returnBlock)];
  block.exitswitch = skip;
  const taken = new Link([object], slow, false);
  taken.weight = "unlikely";
  block.exits = [new Link([nothing], graph.returnBlock, true), taken];
  return new LowFunction(name, funcType([type], Void), graph);
}

/** The struct among a class and its bases that holds the token. */
function ownerOfToken(struct: Struct): Struct {
  for (let s: Struct | null = struct; s !== null; s = s.base) {
    if (s.ownFields.some((f) => f.name === VIRTUALIZABLE_TOKEN)) return s;
  }
  throw new Error(`${struct.name} has no token`);
}

/** The variables of a portal that certainly hold its own virtualizable: the input, and whatever only it flows into. */
export function ownVariables(graph: FunctionGraph, input: Variable): Set<Value> {
  const entries = entriesOf(graph);
  const own = new Set<Value>([input]);
  // Optimistic: every pointer of that type is, until something else flows in.
  const blocks = bodyBlocks(graph);
  for (const block of blocks) {
    for (const v of block.inputargs) if (v.type === input.type && block !== graph.startBlock) own.add(v);
  }
  const isOwn = (v: Value): boolean => own.has(v);
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of blocks) {
      for (const [i, v] of block.inputargs.entries()) {
        if (!own.has(v) || v === input) continue;
        if ((entries.get(block) ?? []).every(({ link }) => isOwn(link.args[i] as Value))) continue;
        own.delete(v);
        changed = true;
      }
    }
  }
  for (const block of blocks) {
    for (const o of block.operations) if (o.opname === "cast_pointer" && isOwn(o.args[0] as Value)) own.add(o.result);
  }
  return own;
}
