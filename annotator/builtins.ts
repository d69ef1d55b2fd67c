/**
 * What the toolchain itself knows how to do: functions and constructors of the host, rlib's intrinsics, methods of
 * strings, lists, maps and so on. Each has a stable name (`"math.floor"`, `"list.push"`, `"rlib.intAddOvf"`), which is
 * the key of its lowering in the rtyper, and a transfer function here (`transfer/*`).
 *
 * The names: methods and properties `KIND.NAME` with KIND of string, list, tuple, map, set, typedArray, stringBuilder,
 * number, boolean, bigint, weakRef, iterator, error, address; host functions `math.*`, `number.*`, `string.*`,
 * `global.*`, `bigint.*`, `array.*`, `object.*`, `console.*`, `process.*`, `performance.*`, `date.*`; constructors
 * `new.NAME`; intrinsics of rlib `rlib.*`, `gc.*`, `jit.*`, `lowlevel.*`.
 *
 * An rlib function is an intrinsic when its doc comment says `@intrinsic`; its types are those that it declares, unless
 * `transfer/rlib.ts` gives it a transfer function.
 */
import { externalInfo } from "../rlib/external.ts";
import type { Called, Passed } from "./arguments.ts";
import { BuiltinFunction, ExternalFunction, type LiveFunction } from "./functions.ts";
import { isBottom, NOTHING, POISON, SomeFunction, SomeHost, type SomeKind, type SomeValue } from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import type { Argument, BuiltinTarget, CallTarget } from "./result.ts";
import type { Solver } from "./solve.ts";

/** One call of a builtin. */
export class BuiltinCall {
  readonly ctx: OpContext;
  readonly name: string;
  /** The receiver of a method; bottom for functions. */
  readonly self: SomeValue;
  readonly args: readonly SomeValue[];
  /** Operand index of each argument; empty when they do not come from operands. */
  readonly operands: readonly number[];
  readonly spread: readonly boolean[] | null;
  readonly callbacks = new Map<number, CallTarget>();

  constructor(ctx: OpContext, name: string, self: SomeValue, passed: Passed) {
    this.ctx = ctx;
    this.name = name;
    this.self = self;
    this.args = passed.types;
    this.operands = passed.operands;
    this.spread = passed.spread?.some((s) => s) === true ? passed.spread : null;
  }

  /** Type of argument i; undefined's type when it is not passed. */
  arg(i: number): SomeValue | null {
    return this.args[i] ?? null;
  }

  /** Operand index of argument i, -1 when it has none. */
  operand(i: number): number {
    return this.operands[i] ?? -1;
  }

  /** Calls argument i, a function, with these types. */
  callback(i: number, types: readonly SomeValue[]): SomeValue {
    const f = this.args[i];
    if (f === undefined) return this.ctx.fail("RTS1205", `${this.name} needs a function`);
    if (types.some((t) => isBottom(t))) return NOTHING;
    const called = this.ctx.solver.calls.callValue(this.ctx, f, { types, operands: [], spread: null });
    const { target, result } = called;
    if (target?.kind === "builtin") {
      this.callbacks.set(this.operand(i), { ...target, asCallback: { args: types, result } });
    } else if (target !== null) this.callbacks.set(this.operand(i), target);
    return result;
  }
}

/** Types one call; throws a Mistake. */
export type BuiltinTransfer = (call: BuiltinCall) => SomeValue;
export type BuiltinTable = Readonly<Record<string, BuiltinTransfer>>;

/** The tables; `transfer/index.ts` puts them together. */
export interface BuiltinTables {
  /** Methods by the kind of the receiver. */
  readonly methods: Readonly<Partial<Record<SomeKind, { readonly prefix: string; readonly table: BuiltinTable }>>>;
  /** Host functions by live identity. */
  readonly functions: ReadonlyMap<unknown, readonly [name: string, transfer: BuiltinTransfer]>;
  /** Host and rlib constructors by live identity. */
  readonly constructors: ReadonlyMap<unknown, readonly [name: string, transfer: BuiltinTransfer]>;
  /** Constructors of rlib by the name of the class. */
  readonly intrinsicClasses: Readonly<Record<string, readonly [name: string, transfer: BuiltinTransfer]>>;
  /** Host objects by live identity. */
  readonly hosts: ReadonlyMap<unknown, string>;
  /** rlib's intrinsics that need more than their declared types. */
  readonly intrinsics: BuiltinTable;
  /** Declared types as a transfer function. */
  readonly declared: (call: BuiltinCall, live: LiveFunction) => SomeValue;
  readonly hostProperty: (ctx: OpContext, host: object, name: string) => SomeValue | null;
}

export class Builtins {
  readonly #solver: Solver;
  readonly #tables: BuiltinTables;
  readonly #values = new Map<LiveFunction, SomeValue | null>();

  constructor(solver: Solver, tables: BuiltinTables) {
    this.#solver = solver;
    this.#tables = tables;
  }

  // ---- live values

  /** The element of a live function that is not a class: builtin, external, user function, or a bound one. */
  functionValue(live: LiveFunction): SomeValue | null {
    let known = this.#values.get(live);
    if (known === undefined) {
      known = this.#describe(live);
      this.#values.set(live, known);
    }
    return known;
  }

  #describe(live: LiveFunction): SomeValue | null {
    const constant = { value: live };
    const host = this.#tables.functions.get(live);
    if (host !== undefined) return new SomeFunction([new BuiltinFunction(host[0], live)], 0, constant);
    const constructs = this.#constructorOf(live);
    if (constructs !== null) return new SomeHost(constructs[0].replace("new.", ""), constant);
    const namespace = this.#tables.hosts.get(live);
    if (namespace !== undefined) return new SomeHost(namespace, constant);
    const external = externalInfo(live);
    if (external !== null) return new SomeFunction([new ExternalFunction(external.name, live)], 0, constant);
    const intrinsic = this.#solver.world.intrinsicName(live);
    if (intrinsic !== null) return new SomeFunction([new BuiltinFunction(intrinsic, live)], 0, constant);
    const bound = this.#solver.world.bound(live);
    if (bound !== null) return this.#boundValue(bound);
    if (!this.#solver.world.isDeclaredFunction(live)) return null;
    const owner = this.#solver.calls.ownerOf(live);
    const f = this.#solver.calls.userFunction(live, owner);
    return f === null ? POISON : new SomeFunction([f], 0, constant);
  }

  #boundValue(bound: {
    readonly target: LiveFunction;
    readonly receiver: unknown;
    readonly args: readonly unknown[];
  }): SomeValue | null {
    if (bound.args.length > 0) return null;
    return this.#solver.calls.boundLive(bound.target, bound.receiver);
  }

  hostName(o: object): string | null {
    const known = this.#tables.hosts.get(o);
    if (known !== undefined) return known;
    return Object.prototype.toString.call(o) === "[object Module]" ? "module" : null;
  }

  hostProperty(ctx: OpContext, host: object, name: string): SomeValue | null {
    return this.#tables.hostProperty(ctx, host, name);
  }

  #constructorOf(live: unknown): readonly [string, BuiltinTransfer] | null {
    const host = this.#tables.constructors.get(live);
    if (host !== undefined || typeof live !== "function") return host ?? null;
    const name = this.#solver.world.intrinsicClass(live);
    return name === null ? null : (this.#tables.intrinsicClasses[name] ?? null);
  }

  /** Is this a constructor that the toolchain knows? */
  isConstructor(live: unknown): boolean {
    return this.#constructorOf(live) !== null;
  }

  /** Kind of an rlib object with a native form. */
  externalKind(o: object): string | null {
    const cls: unknown = Reflect.get(o, "constructor");
    const name = typeof cls === "function" ? this.#solver.world.intrinsicClass(cls) : null;
    return name === null ? null : `${name[0]?.toLowerCase()}${name.slice(1)}`;
  }

  // ---- calls

  callFunction(ctx: OpContext, desc: BuiltinFunction | ExternalFunction, passed: Passed): Called {
    if (desc instanceof ExternalFunction) return this.#callExternal(ctx, desc, passed);
    const host = this.#tables.functions.get(desc.live);
    const call = new BuiltinCall(ctx, desc.name, NOTHING, passed);
    const transfer = host?.[1] ?? this.#tables.intrinsics[desc.name];
    const result = transfer === undefined ? this.#tables.declared(call, desc.live) : transfer(call);
    return { result, target: targetOf(call, []) };
  }

  #callExternal(ctx: OpContext, desc: ExternalFunction, passed: Passed): Called {
    const call = new BuiltinCall(ctx, desc.name, NOTHING, passed);
    const result = (this.#tables.intrinsics.external as BuiltinTransfer)(withExternal(call, desc));
    const plan: Argument[] = passed.operands.map((index) => ({ from: "operand", index }));
    return { result, target: { kind: "external", external: desc, plan } };
  }

  /** A method of a builtin kind; null when the kind has no such method. */
  callMethod(ctx: OpContext, self: SomeValue, name: string, passed: Passed): Called | null {
    const methods = this.#tables.methods[self.kind];
    if (methods === undefined || !Object.hasOwn(methods.table, name)) return null;
    const call = new BuiltinCall(ctx, `${methods.prefix}.${name}`, self.nonNull(), passed);
    const result = (methods.table[name] as BuiltinTransfer)(call);
    return { result, target: targetOf(call, [0]) };
  }

  /** An intrinsic method of an rlib class (`driver.mergePoint`). */
  callIntrinsicMethod(ctx: OpContext, live: LiveFunction, name: string, self: SomeValue, passed: Passed): Called {
    const call = new BuiltinCall(ctx, name, self, passed);
    const transfer = this.#tables.intrinsics[name];
    const result = transfer === undefined ? this.#tables.declared(call, live) : transfer(call);
    return { result, target: targetOf(call, [0]) };
  }

  construct(ctx: OpContext, live: unknown, passed: Passed): Called | null {
    const known = this.#constructorOf(live);
    if (known === null) return null;
    const call = new BuiltinCall(ctx, known[0], NOTHING, passed);
    return { result: known[1](call), target: targetOf(call, []) };
  }
}

const externals = new WeakMap<BuiltinCall, ExternalFunction>();

function withExternal(call: BuiltinCall, desc: ExternalFunction): BuiltinCall {
  externals.set(call, desc);
  return call;
}

/** The external function that a call is of. */
export function externalOf(call: BuiltinCall): ExternalFunction {
  return externals.get(call) as ExternalFunction;
}

function targetOf(call: BuiltinCall, receiver: readonly number[]): BuiltinTarget {
  return {
    kind: "builtin",
    name: call.name,
    operands: [...receiver, ...call.operands],
    spread: call.spread,
    callbacks: call.callbacks,
  };
}
