/**
 * Descriptions of functions as values, and their specializations. A `FunctionSpecialization` is one function for one
 * call shape, tuple of type arguments and, where asked for, constant arguments; it owns a copy of the graph.
 *
 * The graph of a specialization takes exactly what its call shape passes (`this`, captured values, then the passed
 * arguments): missing arguments are `undefined` constants and `...rest` lists are built in an entry block, so callers
 * and families of functions pass operands one to one.
 */
import type { BuiltFunction, ClosureTemplate, FunctionSignature } from "../translator/flow/description.ts";
import type { FunctionGraph } from "../translator/flow/model.ts";
import type { TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import type { TypeEnvironment } from "./declared.ts";
import type { SomeValue } from "./model.ts";

// biome-ignore lint/complexity/noBannedTypes: any live function
export type LiveFunction = Function;

/** How many arguments a call passes; `restList`: the last one is already the list for the rest parameter. */
export interface CallShape {
  readonly count: number;
  readonly restList: boolean;
}

export function shapeKey(shape: CallShape): string {
  return shape.restList ? `${shape.count}+` : `${shape.count}`;
}

export abstract class FunctionDesc {
  readonly id: number;
  readonly name: string;
  /** Functions that can be called at one place are one family and have one signature per call shape. */
  family: FunctionFamily | null = null;

  constructor(name: string) {
    this.id = nextId++;
    this.name = name;
  }
}

/** A live function without run-time captures, or a method, getter, setter, constructor of a class. */
export class UserFunction extends FunctionDesc {
  readonly live: LiveFunction;
  readonly built: BuiltFunction;
  /** The class (variant) whose member it is. */
  readonly owner: ClassDesc | null;
  readonly specializations = new Map<string, FunctionSpecialization>();

  constructor(name: string, live: LiveFunction, built: BuiltFunction, owner: ClassDesc | null) {
    super(name);
    this.live = live;
    this.built = built;
    this.owner = owner;
  }
}

/** A closure made at run time by a specialization of the function around it. */
export class ClosureFunction extends FunctionDesc {
  readonly template: ClosureTemplate;
  readonly enclosing: FunctionSpecialization;
  readonly built: BuiltFunction;
  /** What each captured value (or cell) can be, in template order. */
  readonly captures: readonly TypeCell[];
  readonly specializations = new Map<string, FunctionSpecialization>();

  constructor(
    template: ClosureTemplate,
    enclosing: FunctionSpecialization,
    built: BuiltFunction,
    captures: readonly TypeCell[],
  ) {
    super(template.name === "" ? "(anonymous)" : template.name);
    this.template = template;
    this.enclosing = enclosing;
    this.built = built;
    this.captures = captures;
  }
}

/** `obj.method` as a value, or `f.bind(obj)`. */
export class BoundMethod extends FunctionDesc {
  readonly receiver: TypeCell;
  /** Method name, looked up on the receiver's class at each call (virtual). */
  readonly method: string;
  constructor(receiver: TypeCell, method: string) {
    super(method);
    this.receiver = receiver;
    this.method = method;
  }
}

/** A function that the toolchain knows: `Math.floor`, `intAddOvf`, `write`. `name` is its stable name. */
export class BuiltinFunction extends FunctionDesc {
  readonly live: LiveFunction;
  constructor(name: string, live: LiveFunction) {
    super(name);
    this.live = live;
  }
}

/** Made by rlib's `external`: a C function. */
export class ExternalFunction extends FunctionDesc {
  readonly live: LiveFunction;
  constructor(name: string, live: LiveFunction) {
    super(name);
    this.live = live;
  }
}

/** Functions that meet at a call through a value: same parameters and result per call shape. */
export class FunctionFamily {
  readonly id: number;
  #forward: FunctionFamily | null = null;
  readonly members = new Set<FunctionDesc>();
  readonly shapes = new Map<string, FamilyShape>();

  constructor() {
    this.id = nextId++;
  }

  find(): FunctionFamily {
    if (this.#forward === null) return this;
    const root = this.#forward.find();
    this.#forward = root;
    return root;
  }

  forwardTo(other: FunctionFamily): void {
    this.#forward = other;
  }
}

/** One call shape of a family. The cells of each member's parameters and result are unified with these. */
export class FamilyShape {
  readonly shape: CallShape;
  readonly params: readonly TypeCell[];
  readonly result: TypeCell;
  /**
   * What to run for each member that is called with this shape. Bound methods and closures take their receiver and
   * captured values from the function object; a bound virtual method is itself a virtual call.
   */
  readonly members = new Map<FunctionDesc, FunctionSpecialization | VirtualFamily | "builtin">();

  constructor(shape: CallShape, params: readonly TypeCell[], result: TypeCell) {
    this.shape = shape;
    this.params = params;
    this.result = result;
  }
}

/**
 * All implementations of one method name below the class that first declares it, for one call shape: one slot of the
 * vtable. Parameters and results are unified over the members; `this` is each member's own.
 */
export class VirtualFamily {
  readonly id: number;
  readonly owner: ClassDesc;
  readonly method: string;
  /** "method", "get" or "set". */
  readonly accessor: "method" | "get" | "set";
  readonly shape: CallShape;
  readonly params: readonly TypeCell[];
  readonly result: TypeCell;
  /** By implementing class (the one whose prototype holds the method). */
  readonly members = new Map<ClassDesc, FunctionSpecialization>();
  /** Receiver classes of the calls. */
  readonly receivers = new Set<ClassDesc>();

  constructor(
    owner: ClassDesc,
    method: string,
    accessor: "method" | "get" | "set",
    shape: CallShape,
    params: readonly TypeCell[],
    result: TypeCell,
  ) {
    this.id = nextId++;
    this.owner = owner;
    this.method = method;
    this.accessor = accessor;
    this.shape = shape;
    this.params = params;
    this.result = result;
  }

  /** What an object exactly of class `desc` runs, or null if it has no live implementation. */
  implementation(desc: ClassDesc): FunctionSpecialization | null {
    for (const c of desc.chain()) {
      const found = this.members.get(c);
      if (found !== undefined) return found;
    }
    return null;
  }
}

export class FunctionSpecialization {
  readonly id: number;
  /** Readable and unique within the program: `fib`, `Box<int>.get`, `map(2)`. */
  readonly name: string;
  readonly desc: UserFunction | ClosureFunction;
  /** Call shape, type arguments, constant arguments. */
  readonly key: string;
  readonly shape: CallShape;
  readonly signature: FunctionSignature;
  /** Its own copy; inputs of the start block are `params` one to one. */
  readonly graph: FunctionGraph;
  /** `this` (if the signature has one), captured values, passed arguments. */
  readonly params: readonly TypeCell[];
  readonly result: TypeCell;
  readonly environment: TypeEnvironment;
  /** A function of the run-time system (rtyper/runtime, collectors, the JIT's run-time part). */
  readonly isHelper: boolean;

  constructor(
    name: string,
    desc: UserFunction | ClosureFunction,
    key: string,
    shape: CallShape,
    graph: FunctionGraph,
    params: readonly TypeCell[],
    result: TypeCell,
    environment: TypeEnvironment,
    isHelper: boolean,
  ) {
    this.id = nextId++;
    this.name = name;
    this.desc = desc;
    this.key = key;
    this.shape = shape;
    this.signature = desc.built.signature;
    this.graph = graph;
    this.params = params;
    this.result = result;
    this.environment = environment;
    this.isHelper = isHelper;
  }

  /** Types of the graph's inputs, after the fixpoint. */
  get paramTypes(): SomeValue[] {
    return this.params.map((p) => p.type);
  }

  /** Type of the result; bottom when the function never returns. */
  get resultType(): SomeValue {
    return this.result.type;
  }
}

let nextId = 1;
