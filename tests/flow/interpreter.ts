/**
 * Runs high-level graphs on Node's own values, to compare what the builder made of a function with the function itself.
 * A test tool: it knows no types and takes no care of speed.
 */
import type { FlowBuilder, Live } from "../../translator/flow/build/index.ts";
import {
  type BuiltFunction,
  Cell,
  type ClosureTemplate,
  type RecordShape,
  type SpreadMask,
} from "../../translator/flow/description.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type Link,
  type Operation,
  type Value,
  type Variable,
} from "../../translator/flow/model.ts";
import { classInfo, functionInfo } from "../../translator/load/registry.ts";

/** A running `iter`. */
interface Running {
  readonly iterator: Iterator<unknown>;
  current: unknown;
}
interface Box {
  value: unknown;
}
/** The step of a generator. */
type Step = (close: boolean) => boolean;
type Fields = Record<string, unknown>;
type Env = Map<Variable, unknown>;

const BINARY: Record<string, (a: never, b: never) => unknown> = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  mod: (a: number, b: number) => a % b,
  pow: (a: number, b: number) => a ** b,
  bit_and: (a: number, b: number) => a & b,
  bit_or: (a: number, b: number) => a | b,
  bit_xor: (a: number, b: number) => a ^ b,
  shl: (a: number, b: number) => a << b,
  shr: (a: number, b: number) => a >> b,
  ushr: (a: number, b: number) => a >>> b,
  lt: (a: number, b: number) => a < b,
  le: (a: number, b: number) => a <= b,
  gt: (a: number, b: number) => a > b,
  ge: (a: number, b: number) => a >= b,
  eq: (a: unknown, b: unknown) => a === b,
  ne: (a: unknown, b: unknown) => a !== b,
  instance_of: (a: unknown, b: Live) => a instanceof b,
};

const UNARY: Record<string, (a: never) => unknown> = {
  neg: (a: number) => -a,
  pos: (a: number) => +a,
  bit_not: (a: number) => ~a,
  not: (a: boolean) => !a,
  is_true: (a: unknown) => Boolean(a),
  is_nullish: (a: unknown) => a === null || a === undefined,
  typeof: (a: unknown) => typeof a,
  to_string: (a: unknown) => `${a}`,
  nonnull: (a: unknown) => a,
};

export class FlowInterpreter {
  readonly #builder: FlowBuilder;
  readonly #cells = new Map<Cell, Box>();
  /** Functions made here: they run graphs themselves. */
  readonly #closures = new WeakSet<object>();

  constructor(builder: FlowBuilder) {
    this.#builder = builder;
  }

  /** Calls a live function through its graph. */
  call(f: Live, args: readonly unknown[]): unknown {
    const info = functionInfo(f);
    if (info === null || this.#closures.has(f) || info.file.includes("/rlib/"))
      return Reflect.apply(f, undefined, args);
    return this.#run(this.#builder.functionGraph(f), [], args);
  }

  #run(built: BuiltFunction, head: readonly unknown[], args: readonly unknown[]): unknown {
    const { parameters } = built.signature;
    const passed = parameters.map((p, index) => (p.rest ? args.slice(index) : args[index]));
    let inputs: unknown[] = [...head, ...passed];
    let block: Block = built.graph.startBlock;
    for (let steps = 0; ; steps++) {
      if (steps > 100_000) throw new Error("the graph does not end");
      if (block === built.graph.returnBlock) return inputs[0];
      if (block === built.graph.exceptBlock) throw inputs[0];
      const env: Env = new Map();
      block.inputargs.forEach((variable, index) => {
        env.set(variable, inputs[index]);
      });
      const link = this.#runBlock(block, env);
      inputs = link.args.map((value) => this.#value(value, env));
      block = link.target;
    }
  }

  #value(value: Value, env: Env): unknown {
    if (value instanceof Constant) return value.value;
    if (!env.has(value)) throw new Error(`variable ${value.name} has no value`);
    return env.get(value);
  }

  #runBlock(block: Block, env: Env): Link {
    const last = block.operations.at(-1);
    for (const op of block.operations) {
      try {
        env.set(
          op.result,
          this.#operation(
            op,
            op.args.map((arg) => this.#value(arg, env)),
          ),
        );
      } catch (error) {
        const raised = block.exits.find((link) => link.exitcase === EXCEPTION);
        if (raised === undefined || op !== last) throw error;
        if (raised.exceptionValue !== null) env.set(raised.exceptionValue, error);
        return raised;
      }
    }
    const { exitswitch } = block;
    const chosen = exitswitch === null || exitswitch === EXCEPTION ? null : this.#value(exitswitch, env);
    const link = block.exits.find((exit) => exit.exitcase === chosen);
    if (link === undefined) throw new Error("no exit");
    return link;
  }

  #operation(op: Operation, args: readonly unknown[]): unknown {
    const binary = BINARY[op.opname];
    if (binary !== undefined) return binary(args[0] as never, args[1] as never);
    const unary = UNARY[op.opname];
    if (unary !== undefined) return unary(args[0] as never);
    const [first, second, third] = args;
    switch (op.opname) {
      case "contract":
      case "cast":
      case "narrow":
        return first;
      case "getattr":
        return this.#get(first, second as string);
      case "setattr":
        return this.#set(first, second as string, third);
      case "getitem":
        return (first as unknown[])[second as number];
      case "setitem":
        (first as unknown[])[second as number] = third;
        return undefined;
      case "new_list":
      case "new_tuple":
        return args.slice(1);
      case "list_extend":
        return void (first as unknown[]).push(...rest(second));
      case "new_record":
        return Object.fromEntries((first as RecordShape).names.map((name, index) => [name, args[index + 1]]));
      case "record_extend":
        return extended(first as RecordShape, second as SpreadMask, args.slice(2));
      case "iter":
        return { iterator: (first as Iterable<unknown>)[Symbol.iterator](), current: undefined } satisfies Running;
      case "iter_advance":
        return advance(first as Running);
      case "iter_value":
        return (first as Running).current;
      case "iter_close":
        return void (first as Running).iterator.return?.();
      case "make_iterator":
        return generator(first as Step, second as Box);
      case "make_closure":
        return this.#closure(first as ClosureTemplate, args.slice(1));
      case "new_cell":
        return { value: first } satisfies Box;
      case "get_cell":
        return this.#box(first).value;
      case "set_cell":
        this.#box(first).value = second;
        return undefined;
      default:
        return this.#callOperation(op.opname, args);
    }
  }

  #callOperation(opname: string, args: readonly unknown[]): unknown {
    const [first, second, third] = args;
    switch (opname) {
      case "call":
        return this.call(first as Live, args.slice(1));
      case "call_spread":
        return this.call(first as Live, spread(second as SpreadMask, args.slice(2)));
      case "call_method":
        return this.#method(first, second as string, args.slice(2));
      case "call_method_spread":
        return this.#method(first, second as string, spread(third as SpreadMask, args.slice(3)));
      case "new":
        return this.#new(first as Live, args.slice(1));
      case "new_spread":
        return this.#new(first as Live, spread(second as SpreadMask, args.slice(2)));
      case "super_init":
        return this.#initialise(first as Live, second as object, args.slice(2));
      case "super_init_spread":
        return this.#initialise(first as Live, third as object, spread(second as SpreadMask, args.slice(3)));
      case "super_method":
        return this.#methodOf((first as Live).prototype, third, second as string, args.slice(3));
      case "super_getattr":
        return this.#getOf((first as Live).prototype, third, second as string);
      case "get_static":
        return (second as string)[0] === "#"
          ? classInfo(first)?.readStaticPrivate()[second as string]
          : (first as Fields)[second as string];
      case "set_static":
        (first as Fields)[second as string] = third;
        return undefined;
      default:
        throw new Error(`no meaning for ${opname}`);
    }
  }

  #box(cell: unknown): Box {
    if (!(cell instanceof Cell)) return cell as Box;
    let box = this.#cells.get(cell);
    if (box === undefined) {
      box = { value: cell.initial };
      this.#cells.set(cell, box);
    }
    return box;
  }

  #closure(template: ClosureTemplate, captured: readonly unknown[]): unknown {
    const closure = (...args: unknown[]): unknown => this.#run(template.build(), captured, args);
    this.#closures.add(closure);
    return closure;
  }

  #new(cls: Live, args: readonly unknown[]): unknown {
    if (classInfo(cls) === null) return Reflect.construct(cls, args);
    const made: object = Object.create(cls.prototype);
    this.#initialise(cls, made, args);
    return made;
  }

  #initialise(cls: Live, self: object, args: readonly unknown[]): void {
    if (classInfo(cls) !== null) this.#run(this.#builder.constructorGraph(cls), [self], args);
    else (self as Fields).message = args[0];
  }

  #method(object: unknown, name: string, args: readonly unknown[]): unknown {
    return this.#methodOf(Object(object), object, name, args);
  }

  #methodOf(from: object, object: unknown, name: string, args: readonly unknown[]): unknown {
    for (let holder: object | null = from; holder !== null; holder = Object.getPrototypeOf(holder)) {
      const cls: unknown = Object.getOwnPropertyDescriptor(holder, "constructor")?.value;
      const graph = classInfo(cls) === null ? null : this.#builder.methodGraph(cls as Live, name, "method");
      if (graph !== null) return this.#run(graph, [object], args);
      if (Object.hasOwn(holder, name)) break;
    }
    const found = (object as Record<string, Live>)[name] as Live;
    if (object === console) return Reflect.apply(found, object, args);
    return functionInfo(found) === null || this.#closures.has(found)
      ? Reflect.apply(found, object, args)
      : this.call(found, args);
  }

  #get(object: unknown, name: string): unknown {
    return this.#getOf(Object(object), object, name);
  }

  #getOf(from: object, object: unknown, name: string): unknown {
    for (let holder: object | null = from; holder !== null; holder = Object.getPrototypeOf(holder)) {
      const cls: unknown = Object.getOwnPropertyDescriptor(holder, "constructor")?.value;
      const graph = classInfo(cls) === null ? null : this.#builder.methodGraph(cls as Live, name, "getter");
      if (graph !== null) return this.#run(graph, [object], []);
      if (Object.hasOwn(holder, name)) break;
    }
    return (object as Fields)[name];
  }

  #set(object: unknown, name: string, value: unknown): void {
    for (let holder = Object(object); holder !== null; holder = Object.getPrototypeOf(holder)) {
      const cls: unknown = Object.getOwnPropertyDescriptor(holder, "constructor")?.value;
      const graph = classInfo(cls) === null ? null : this.#builder.methodGraph(cls as Live, name, "setter");
      if (graph !== null) {
        this.#run(graph, [object], [value]);
        return;
      }
    }
    (object as Fields)[name] = value;
  }
}

/** The iterator of a generator's step. */
function generator(step: Step, cell: Box): Iterable<unknown> {
  const iterator: Iterator<unknown> = {
    next: () => (step(false) ? { done: false, value: cell.value } : { done: true, value: undefined }),
    return: () => {
      step(true);
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.iterator]: () => iterator };
}

function advance(running: Running): boolean {
  const { done, value } = running.iterator.next();
  running.current = value;
  return done !== true;
}

function rest(from: unknown): unknown[] {
  if (typeof from === "object" && from !== null && "iterator" in from) {
    const items: unknown[] = [];
    while (advance(from as Running)) items.push((from as Running).current);
    return items;
  }
  return [...(from as Iterable<unknown>)];
}

function spread(mask: SpreadMask, args: readonly unknown[]): unknown[] {
  return args.flatMap((arg, index) => (mask.spread[index] === true ? [...(arg as Iterable<unknown>)] : [arg]));
}

function extended(shape: RecordShape, mask: SpreadMask, args: readonly unknown[]): unknown {
  const made: Fields = {};
  let named = 0;
  args.forEach((arg, index) => {
    if (mask.spread[index] === true) Object.assign(made, arg);
    else made[shape.names[named++] as string] = arg;
  });
  return made;
}
