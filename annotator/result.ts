/**
 * What annotation hands to the rtyper: a type for every variable of every specialization, and for every operation
 * that calls or accesses a member, what it resolves to. Graphs are cleaned: blocks that cannot be reached are gone,
 * and what follows an operation that never gives a result is `unreachable`; every variable that remains has a type.
 */
import type { Diagnostic } from "../translator/diagnostics/report.ts";
import type { Cell } from "../translator/flow/description.ts";
import type { Operation, Value, Variable } from "../translator/flow/model.ts";
import type { ListCell, TypeCell } from "./cells.ts";
import type { ClassDesc, FieldDesc } from "./classes.ts";
import type {
  CallShape,
  ExternalFunction,
  FunctionDesc,
  FunctionFamily,
  FunctionSpecialization,
  LiveFunction,
  VirtualFamily,
} from "./functions.ts";
import type { SomeValue } from "./model.ts";

/** Where one passed argument comes from. Operands are indices into `op.args`. */
export type Argument =
  | { readonly from: "operand"; readonly index: number }
  /** Item of a tuple operand that is spread. */
  | { readonly from: "item"; readonly index: number; readonly item: number }
  /** A new list of operands, those marked in `spread` appended item by item; it is the rest list. */
  | {
      readonly from: "list";
      readonly operands: readonly number[];
      readonly spread: readonly boolean[];
      readonly cell: ListCell;
    };

/**
 * The arguments in order, without receiver and captured values: those are `op.args[0]` of a method call (or the
 * `this` operand of super operations), or come from the function object. Operands that the callee does not take are left out.
 */
export type ArgumentPlan = readonly Argument[];

/** One known function. `closure`: captured values (or the bound receiver) are taken from the function value. */
export interface DirectTarget {
  readonly kind: "direct";
  readonly specialization: FunctionSpecialization;
  /** The function value is a closure or bound method whose environment is passed first; null otherwise. */
  readonly environment: FunctionDesc | null;
  readonly plan: ArgumentPlan;
}

/** One of several function values: call through the function object. */
export interface FamilyTarget {
  readonly kind: "family";
  readonly family: FunctionFamily;
  /** Key into `family.find().shapes`. */
  readonly shape: CallShape;
  readonly plan: ArgumentPlan;
}

/** A method with several implementations below the receiver's class. */
export interface VirtualTarget {
  readonly kind: "virtual";
  readonly family: VirtualFamily;
  readonly receiver: ClassDesc;
  /** The function value is a bound method, not the receiver itself. */
  readonly bound: boolean;
  readonly plan: ArgumentPlan;
}

/** A builtin by its stable name (`"list.push"`, `"math.floor"`, `"rlib.intAddOvf"`); operands as in the operation. */
export interface BuiltinTarget {
  readonly kind: "builtin";
  readonly name: string;
  /** Operand indices of its arguments, receiver first for methods. */
  readonly operands: readonly number[];
  /** Which of them are spread lists; null when none. */
  readonly spread: readonly boolean[] | null;
  /** For builtins that call a function argument: how each callback operand is called. */
  readonly callbacks: ReadonlyMap<number, CallTarget>;
  /** Of a builtin that is itself a callback (`xs.map(Math.sqrt)`): what it is called with and gives. */
  readonly asCallback?: { readonly args: readonly SomeValue[]; readonly result: SomeValue };
}

/** A plain field. */
export interface FieldTarget {
  readonly kind: "field";
  readonly field: FieldDesc;
}

/** A call through a field that holds a function: read the field, then call as `call` says. */
export interface FieldCallTarget {
  readonly kind: "fieldCall";
  readonly field: FieldDesc;
  readonly call: CallTarget;
}

/** A call through a getter that gives a function: get it, then call as `call` says. */
export interface GetterCallTarget {
  readonly kind: "getterCall";
  readonly get: CallTarget;
  readonly call: CallTarget;
}

/** `obj.method` read as a value. */
export interface BoundMethodTarget {
  readonly kind: "boundMethod";
  readonly method: FunctionDesc;
}

/** `new C(...)`. `construct` is null when nothing has to run but, for an error of the host, to store the message. */
export interface NewTarget {
  readonly kind: "new";
  readonly classDesc: ClassDesc;
  readonly construct: DirectTarget | null;
  /** Operands of `(message, options)` that an error class without constructor of its own stores; null otherwise. */
  readonly errorInit: readonly number[] | null;
}

/** `new cls(...)` of one of several classes: the constructors have one signature. */
export interface NewFamilyTarget {
  readonly kind: "newFamily";
  readonly classes: ReadonlyMap<ClassDesc, FunctionSpecialization | null>;
  readonly plan: ArgumentPlan;
}

/** A C function. */
export interface ExternalTarget {
  readonly kind: "external";
  readonly external: ExternalFunction;
  readonly plan: ArgumentPlan;
}

/** The result is a constant (namespace member, static constant, bound host function): see the binding of `op.result`. */
export interface ConstantTarget {
  readonly kind: "constant";
}

/** A function address in low-level memory: only in helpers. */
export interface PointerCallTarget {
  readonly kind: "pointer";
}

export type CallTarget =
  | DirectTarget
  | FamilyTarget
  | VirtualTarget
  | BuiltinTarget
  | FieldTarget
  | FieldCallTarget
  | GetterCallTarget
  | BoundMethodTarget
  | NewTarget
  | NewFamilyTarget
  | ExternalTarget
  | ConstantTarget
  | PointerCallTarget;

/** A run-time helper and the types it is called with. */
export interface HelperCall {
  readonly helper: LiveFunction;
  readonly args: readonly SomeValue[];
}

export interface AnnotationResult {
  readonly entry: FunctionSpecialization;
  /** Reachable from the entry, in order of discovery. */
  readonly specializations: readonly FunctionSpecialization[];
  readonly diagnostics: readonly Diagnostic[];
  /** All classes with instances and their bases, roots in order of discovery, then preorder. */
  readonly classes: readonly ClassDesc[];
  /** Type of a variable (of any specialization) or of a Constant operand. */
  typeOf(value: Value): SomeValue;
  /** Bindings of variables only. */
  readonly bindings: ReadonlyMap<Variable, SomeValue>;
  /** For call, call_method, call_spread, new, super_*, getattr, setattr and iter operations on objects. */
  callTarget(op: Operation): CallTarget;
  /** The same, or null where nothing had to be resolved. */
  findTarget(op: Operation): CallTarget | null;
  /** Type of a live value as run-time code sees it (identity-cached): for prebuilt data. */
  prebuilt(value: unknown): SomeValue;
  /** A property of a live object or class as run-time code sees it, `#private` and static ones included; undefined if absent. */
  readProperty(o: object, name: string): unknown;
  /** The path by which a live object was first reached from a root (`table[3].x`); "" when unknown. */
  pathTo(o: object): string;
  /** The receiver of a live bound method. */
  boundReceiver(live: LiveFunction): unknown;
  /** The cell of a module-level or captured `let`. */
  cellOf(cell: Cell): TypeCell;
  /** The cell of a static field that run-time code assigns. */
  staticCell(live: LiveFunction, name: string): TypeCell;
  /** The list cell that `new_list`, `new Array`, spread or a builtin makes at this operation. */
  listCell(op: Operation): ListCell;
  /** The description of a live class or builtin error class. */
  classOf(live: LiveFunction): ClassDesc;
  /**
   * Types a run-time helper for these arguments and all that it calls; callable at any time after the fixpoint.
   * Specialized by all argument types, low-level types and constant function arguments included.
   */
  annotateHelper(helper: LiveFunction, args: readonly SomeValue[]): FunctionSpecialization;

  /**
   * The same for several that share functions and variables: branches are cleaned only when all of them are typed, for a
   * later one can pass a value that an earlier one never does.
   */
  annotateHelpers(wanted: readonly HelperCall[]): FunctionSpecialization[];
}
