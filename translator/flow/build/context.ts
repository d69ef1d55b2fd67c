/**
 * The state of building one function: the graph so far, what names mean in it, where jumps go. Handlers get it with
 * the node they lower; nested functions get a context of their own whose `parent` is this one.
 */
import { ts } from "ts-morph";
import type { DiagnosticCode } from "../../diagnostics/codes.ts";
import { SourcePosition } from "../../diagnostics/position.ts";
import { Diagnostic, type DiagnosticCollector } from "../../diagnostics/report.ts";
import type { Capture } from "../../load/registry.ts";
import type { BuiltFunction, ClosureTemplate } from "../description.ts";
import { Constant, type Value, type Variable } from "../model.ts";
import type { FlowOpName } from "../ops.ts";
import type { Binding, FileBindings, FunctionScope } from "./bindings.ts";
import { type Captured, type CapturedNames, literalKind } from "./captured.ts";
import type { ControlFrame } from "./frames.ts";
import type { Handlers } from "./handlers.ts";
import { type BlockState, GraphBuilder, Local } from "./ssa.ts";
import { type DeclaredTypes, type Expected, saysNothing } from "./types.ts";

/** What all functions of one translation share. */
export interface Shared {
  readonly types: DeclaredTypes;
  readonly names: CapturedNames;
  readonly diagnostics: DiagnosticCollector;
  readonly handlers: Handlers;
  /** Builds the graph of a nested function; its first inputs are `captured`, in that order, then `this` if asked. */
  buildNested(parent: FunctionContext, node: NestedFunction, name: string, captures: NestedCaptures): BuiltFunction;
  bindingsOf(source: ts.SourceFile): FileBindings;
}

/** A function that run-time code makes. */
export type NestedFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

/** A template with what its operands are. */
export interface NestedTemplate {
  readonly template: ClosureTemplate;
  readonly captures: NestedCaptures;
}

/** What a nested function receives besides its arguments. */
export interface NestedCaptures {
  readonly bindings: readonly Binding[];
  readonly usesThis: boolean;
}

/** What a live function brings from import time. Nested functions share it. */
export interface LiveContext {
  readonly captures: ReadonlyMap<string, Capture>;
  /** Of an arrow function made at import time; of a static method or a method of an object literal; else null. */
  readonly thisValue: Constant | null;
  /** The class whose member it is, null for other functions. */
  readonly owner: object | null;
}

export class FunctionContext {
  readonly shared: Shared;
  readonly parent: FunctionContext | null;
  readonly live: LiveContext;
  readonly name: string;
  readonly source: ts.SourceFile;
  readonly bindings: FileBindings;
  /** The function's variables; null for a synthesized constructor. */
  readonly scope: FunctionScope | null;
  readonly graph: GraphBuilder;
  /** Declared result type, for `contract` at `return`. */
  returnType: Expected | null = null;
  /** Declared type of what a generator yields. */
  yieldType: Expected | null = null;
  isConstructor = false;
  /** `this`, once the function has one. */
  thisValue: Value | null = null;
  /** Jump targets and protected regions around the present place, innermost last. */
  frames: ControlFrame[] = [];
  /** Where `?.` on a nullish value goes, inside an optional chain. */
  chainExit: BlockState | null = null;
  /** Run after `super(…)`: parameter properties and field initialisers. */
  afterSuper: (() => void) | null = null;
  /** Templates of nested functions by node, shared by the whole nest. */
  readonly closures: Map<ts.Node, NestedTemplate>;
  readonly #locals = new Map<Binding, Local>();
  readonly #positions = new Map<number, SourcePosition>();
  /** Texts of variables and paths that conditions of this function test; made on demand by `narrow.ts`. */
  testedPaths: { readonly paths: ReadonlySet<string>; readonly names: ReadonlySet<string> } | null = null;

  constructor(
    shared: Shared,
    parent: FunctionContext | null,
    live: LiveContext,
    name: string,
    node: ts.Node,
    scope: FunctionScope | null,
  ) {
    this.shared = shared;
    this.parent = parent;
    this.live = live;
    this.name = name;
    this.source = node.getSourceFile();
    this.bindings = parent?.bindings ?? shared.bindingsOf(this.source);
    this.scope = scope;
    this.closures = parent?.closures ?? new Map();
    this.graph = new GraphBuilder(name, this.at(node));
  }

  get types(): DeclaredTypes {
    return this.shared.types;
  }

  // ---- Lowering of nodes ----

  expression(node: ts.Expression, expected: Expected | null = null): Value {
    const handler = this.shared.handlers.expressions.find(node.kind);
    if (handler === undefined)
      return this.refuse("RTS1001", node, `unsupported expression: ${ts.SyntaxKind[node.kind]}`);
    return handler(this, node, expected);
  }

  statement(node: ts.Statement): void {
    const handler = this.shared.handlers.statements.find(node.kind);
    if (handler === undefined) this.refuse("RTS1001", node, `unsupported statement: ${ts.SyntaxKind[node.kind]}`);
    else handler(this, node, null);
  }

  emit(opname: FlowOpName, args: readonly Value[], node: ts.Node, name = ""): Variable {
    return this.graph.emit(opname, args, this.at(node), name);
  }

  /** The value held to a declared type. */
  contract(value: Value, declared: Expected | null, node: ts.Node): Value {
    if (declared === null || declared.foreign || saysNothing(declared.node)) return value;
    return this.emit(
      "contract",
      [value, new Constant(this.types.typeRef(declared.node))],
      node,
      value instanceof Constant ? "" : value.name,
    );
  }

  /** Position of a node in this function. */
  at(node: ts.Node): SourcePosition {
    const start = node.getStart(this.source);
    let position = this.#positions.get(start);
    if (position === undefined) {
      const { line, character } = this.source.getLineAndCharacterOfPosition(start);
      position = new SourcePosition(this.source.fileName, line + 1, character + 1, this.name);
      this.#positions.set(start, position);
    }
    return position;
  }

  /**
   * Reports that the program is not RTypeScript here; building goes on with unreachable code. What never runs (after a
   * `return`, in a branch that a constant rules out) is not reported.
   */
  refuse(code: DiagnosticCode, node: ts.Node, message: string, help: string | null = null): Value {
    if (!this.graph.isReached) return new Constant(undefined);
    const end = node.getText(this.source).search(/\n|$/);
    this.shared.diagnostics.add(new Diagnostic(code, this.at(node), message, help, [], end));
    this.graph.unreachable(message, this.at(node));
    this.graph.assumeReached();
    return new Constant(undefined);
  }

  // ---- Names ----

  /** The context that owns a variable of run-time code; null for what was captured at import time. */
  ownerOf(binding: Binding): FunctionContext | null {
    for (let ctx: FunctionContext | null = this; ctx !== null; ctx = ctx.parent) {
      if (ctx.scope === binding.owner) return ctx;
    }
    return null;
  }

  /** The SSA variable of a binding in this function: its own, or the one that holds what it captured. */
  local(binding: Binding): Local {
    let local = this.#locals.get(binding);
    if (local === undefined) {
      local = new Local(binding.name);
      this.#locals.set(binding, local);
    }
    return local;
  }

  /** Gives a variable of this function its first value. */
  declare(binding: Binding, value: Value, node: ts.Node): void {
    if (binding.storage !== "cell") this.graph.write(this.local(binding), value);
    else if (binding.needsEarlyCell) this.emit("set_cell", [this.graph.read(this.local(binding)), value], node);
    else this.graph.write(this.local(binding), this.emit("new_cell", [value], node, binding.name));
  }

  /** Makes the cells that closures may capture before the variables of this scope are declared. */
  enterScope(node: ts.Node): void {
    for (const binding of this.bindings.declaredIn(node)) {
      if (binding.owner !== this.scope) continue;
      if (binding.kind === "var" && binding.storage === "value") {
        this.graph.write(this.local(binding), new Constant(undefined));
      } else if (binding.needsEarlyCell && binding.kind !== "parameter") {
        const cell = this.emit("new_cell", [], node, binding.name);
        this.graph.write(this.local(binding), cell);
      }
    }
  }

  readLocal(binding: Binding, node: ts.Node): Value {
    const value = this.graph.read(this.local(binding));
    return binding.storage === "cell" ? this.emit("get_cell", [value], node, binding.name) : value;
  }

  writeLocal(binding: Binding, value: Value, node: ts.Node): void {
    if (binding.storage === "cell") this.emit("set_cell", [this.graph.read(this.local(binding)), value], node);
    else this.graph.write(this.local(binding), value);
  }

  /** What a name captured at import time means; null (after a report) if it has no meaning at run time. */
  captured(binding: Binding, node: ts.Identifier): Captured | null {
    const capture = this.live.captures.get(binding.name);
    if (capture === undefined) {
      this.refuse("RTS1015", node, `the value of "${binding.name}" at import time is not known here`);
      return null;
    }
    try {
      return this.shared.names.resolve(binding, capture);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      this.refuse("RTS1015", node, `"${binding.name}" was not initialised at import time`);
      return null;
    }
  }

  /** Reads what a captured name or folded member means. */
  readCaptured(captured: Captured, node: ts.Node): Value {
    switch (captured.kind) {
      case "constant":
        return this.contract(captured.constant, captured.declared, node);
      case "cell":
        return this.emit("get_cell", [new Constant(captured.cell)], node, captured.cell.name);
      case "static":
        return this.emit(
          "get_static",
          [new Constant(captured.holder), new Constant(captured.name)],
          node,
          captured.name,
        );
    }
  }

  /** Reads a global of the host. */
  global(node: ts.Identifier): Value {
    const name = node.text;
    if (name === "undefined") return new Constant(undefined);
    if (name === "NaN" || name === "Infinity") return new Constant(Number(name), null, "float");
    if (name === "arguments") return this.refuse("RTS1006", node, "the arguments object is not available at run time");
    if (name === "eval" || name === "Function")
      return this.refuse("RTS1003", node, `${name} is not available at run time`);
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    if (descriptor === undefined) return this.refuse("RTS1011", node, `"${name}" does not exist at run time`);
    return new Constant(Reflect.get(globalThis, name));
  }

  /** `this` at a node; reports and gives undefined where there is none. */
  readThis(node: ts.Node): Value {
    if (this.thisValue !== null) return this.graph.localize(this.thisValue);
    if (this.live.thisValue !== null && this.isArrowNest()) return this.live.thisValue;
    return this.refuse("RTS1001", node, "`this` has no value in a plain function");
  }

  /** Whether this function and those around it up to the live one share their `this`. */
  isArrowNest(): boolean {
    for (let ctx: FunctionContext = this; ctx.parent !== null; ctx = ctx.parent) {
      if (ctx.scope === null || !ts.isArrowFunction(ctx.scope.node)) return false;
    }
    return true;
  }

  // ---- Small helpers ----

  numberLiteral(node: ts.NumericLiteral, sign: 1 | -1): Constant {
    const value = Number(node.text) * sign;
    // Integers have no −0: who writes -0 means the float.
    const kind = Object.is(value, -0) ? "float" : literalKind(node.getText(this.source));
    return new Constant(value, null, kind);
  }
}
