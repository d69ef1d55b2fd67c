/**
 * What the annotator asks of the stages before it: graphs of live functions, and the declarations behind live values.
 * `annotate.ts` connects it with the load registry and the flow builder; nothing else of the annotator knows those.
 */
import type { Node, TypeNode } from "ts-morph";
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import type { BuiltFunction } from "../translator/flow/description.ts";
import type { LiveClass } from "./classes.ts";
import type { LiveFunction } from "./functions.ts";

/** A member of a class as its live prototype or declaration has it. */
export type LiveMember =
  | { readonly kind: "method"; readonly live: LiveFunction }
  | { readonly kind: "accessor"; readonly get: LiveFunction | null; readonly set: LiveFunction | null }
  | { readonly kind: "abstract" };

export interface World {
  /** The graph and signature of a live function, method or accessor; throws a DiagnosticError when it has none. */
  build(live: LiveFunction): BuiltFunction;
  /** Graph of the constructor of a class that has a declaration; null when there is nothing to run. */
  buildConstructor(live: LiveClass): BuiltFunction | null;
  /** Declaration of a live class; null for classes of the host. */
  classNode(live: LiveFunction): Node | null;
  /** The live class that a declaration made; null when it made none. */
  liveClassOf(node: Node): LiveClass | null;
  /** Has the live function a declaration of its own (not a class)? */
  isDeclaredFunction(live: LiveFunction): boolean;
  /** Stable name of an intrinsic of rlib (`rlib.toInt`, `jit.promote`); null for other functions. */
  intrinsicName(live: LiveFunction): string | null;
  /** Name of a class of rlib with a native form (`StringBuilder`, `Address`); null for other classes. */
  intrinsicClass(live: LiveFunction): string | null;
  /** The class whose non-static member a live function is; null for others. */
  ownerClass(live: LiveFunction): LiveClass | null;
  /** Declaration of a live function, for declared types. */
  functionNode(live: LiveFunction): Node | null;
  /** File that declares a live function; "" when it has none. */
  fileOf(live: LiveFunction): string;
  /** Private methods and accessors, which prototypes do not show. */
  privateMember(live: LiveClass, name: string): LiveMember | null;
  /** Own data of a live object, `#private` fields included. */
  readProperty(o: object, name: string): { readonly value: unknown } | null;
  propertyNames(o: object): string[];
  /** The literal or `new` expression that made a live object. */
  allocation(o: object): Node | null;
  /** Target and receiver of a function made by `bind`. */
  bound(
    live: LiveFunction,
  ): { readonly target: LiveFunction; readonly receiver: unknown; readonly args: readonly unknown[] } | null;
  /** Whether the checker types a method's result as `this`. */
  returnsThis(live: LiveFunction): boolean;
  /** Declared type of a static field; null when there is none. */
  staticType(live: LiveFunction, name: string): TypeNode | null;
  /** Live functions and methods declared in the program's own files. */
  declaredFunctions(): Iterable<LiveFunction>;
  /** Names of functions and methods that import-time code may use. */
  importTimeNames(): ReadonlySet<string>;
  positionOf(node: Node): SourcePosition;
  /** The innermost node of the source that starts at a position. */
  nodeAt(position: SourcePosition): Node | null;
}
