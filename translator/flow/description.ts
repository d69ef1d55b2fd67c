/**
 * Description objects that high-level operations carry in Constants: declared types, closure templates, cells,
 * record shapes. They tie a graph to the source (ts-morph nodes) and to live values (the load registry).
 */
import type { Node, TypeNode } from "ts-morph";
import type { FunctionGraph } from "./model.ts";

/** A type as written in the source. Type parameters in it mean those of the function or class graph it stands in. */
export class TypeRef {
  readonly node: TypeNode;

  constructor(node: TypeNode) {
    this.node = node;
  }
}

/**
 * The operand of `narrow`: the class to which the checker narrowed a variable or property path, by its declaration
 * (no type node of the source need name it).
 */
export class NarrowedClass {
  readonly name: string;
  /** The class declaration or expression. */
  readonly declaration: Node;

  constructor(name: string, declaration: Node) {
    this.name = name;
    this.declaration = declaration;
  }
}

/** One declared parameter of a function. */
export interface ParameterInfo {
  readonly name: string;
  /** Null when the source declares none (then inferred from callers). */
  readonly type: TypeRef | null;
  /** `p?: T` or with a default value: a missing argument arrives as `undefined`; the graph's prologue applies the default. */
  readonly optional: boolean;
  /** `...p`: receives a list of the remaining arguments. */
  readonly rest: boolean;
}

/**
 * What a call needs to know of a function besides its graph. `graph.startBlock.inputargs` are, in order:
 * `this` (if hasThis), the captured values (if a closure), then the parameters.
 */
export interface FunctionSignature {
  /** Methods, constructors, getters, setters. */
  readonly hasThis: boolean;
  readonly kind: "function" | "method" | "constructor" | "getter" | "setter" | "generator";
  readonly captures: readonly string[];
  readonly parameters: readonly ParameterInfo[];
  readonly returns: TypeRef | null;
  /** Declared with result type `never`. */
  readonly neverReturns: boolean;
  /** Names of type parameters declared by the function itself, in order. */
  readonly typeParameters: readonly string[];
  /** The declaration, for type resolution and messages; constructors without source use the class node. */
  readonly node: Node;
}

/** A built function. Graphs are mutable; the annotator copies one per specialization. */
export interface BuiltFunction {
  readonly graph: FunctionGraph;
  readonly signature: FunctionSignature;
}

/**
 * A function expression, arrow or nested function declaration inside run-time code. Two evaluations of the same
 * expression share the template and differ in captured values.
 */
export class ClosureTemplate {
  readonly node: Node;
  readonly name: string;
  /** Names in the order of `make_closure`'s operands; `this` and type-only names excluded, lexical `this` is named "this". */
  readonly captures: readonly string[];
  /** Which captures are passed as cells (assigned after capture, or captured before initialised). */
  readonly capturedAsCell: readonly boolean[];
  /** Builds the body's graph; its first inputs are the captured values (cells for capturedAsCell). */
  readonly build: () => BuiltFunction;

  constructor(
    node: Node,
    name: string,
    captures: readonly string[],
    capturedAsCell: readonly boolean[],
    build: () => BuiltFunction,
  ) {
    this.node = node;
    this.name = name;
    this.captures = captures;
    this.capturedAsCell = capturedAsCell;
    this.build = build;
  }
}

/**
 * A module-level `let`, or a `let` captured by an import-time closure, that run-time code assigns (or that is not a
 * constant for another reason). One object per (scope token, name): closures that share the variable share the cell.
 */
export class Cell {
  readonly name: string;
  /** The value at the end of import time. */
  readonly initial: unknown;
  readonly declared: TypeRef | null;
  readonly node: Node | null;

  constructor(name: string, initial: unknown, declared: TypeRef | null, node: Node | null) {
    this.name = name;
    this.initial = initial;
    this.declared = declared;
    this.node = node;
  }
}

/**
 * An object literal's property names in source order (spread operands have none) and its declared (contextual) type if
 * it has one.
 */
export class RecordShape {
  readonly names: readonly string[];
  readonly declared: TypeRef | null;
  readonly node: Node;

  constructor(names: readonly string[], declared: TypeRef | null, node: Node) {
    this.names = names;
    this.declared = declared;
    this.node = node;
  }
}

/** For each operand of a spread call or literal whether it is spread. */
export class SpreadMask {
  readonly spread: readonly boolean[];

  constructor(spread: readonly boolean[]) {
    this.spread = spread;
  }
}
