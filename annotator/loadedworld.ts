/** The world as the loader and the flow builder know it. */
import { Node, type TypeNode } from "ts-morph";
import { SourcePosition } from "../translator/diagnostics/position.ts";
import type { FlowBuilder } from "../translator/flow/build/index.ts";
import type { BuiltFunction } from "../translator/flow/description.ts";
import type { LoadedProgram } from "../translator/load/program.ts";
import {
  allocationPlace,
  boundInfo,
  classesAt,
  classInfo,
  functionInfo,
  liveFunctions,
  loadedFiles,
  ownProperties,
} from "../translator/load/registry.ts";
import { toolchainRoot } from "../translator/load/root.ts";
import type { LiveClass } from "./classes.ts";
import type { LiveFunction } from "./functions.ts";
import { importTimeNames } from "./importtime.ts";
import type { LiveMember, World } from "./world.ts";

interface PrivateMember {
  readonly cls: LiveClass;
  readonly name: string;
  readonly kind: "method" | "getter" | "setter";
}

/** Classes of `rtypescript/lowlevel` whose values are machine words. */
const LOW_CLASSES: ReadonlySet<string> = new Set(["Address", "GcRef"]);

export class LoadedWorld implements World {
  readonly #builder: FlowBuilder;
  readonly #program: LoadedProgram;
  /** Private members have no live function of their own: a stand-in is their identity. */
  readonly #standIns = new Map<LiveFunction, PrivateMember>();
  readonly #privates = new Map<LiveClass, Map<string, LiveMember | null>>();
  readonly #intrinsics = new Map<LiveFunction, string | null>();
  readonly #intrinsicClasses = new Map<LiveFunction, string | null>();
  readonly #classNodes = new Map<LiveFunction, Node | null>();

  constructor(builder: FlowBuilder, program: LoadedProgram) {
    this.#builder = builder;
    this.#program = program;
  }

  build(live: LiveFunction): BuiltFunction {
    const member = this.#standIns.get(live);
    if (member === undefined) return this.#builder.functionGraph(live);
    const built = this.#builder.methodGraph(member.cls as unknown as LiveFunction, member.name, member.kind);
    if (built === null) throw new Error(`annotator: no graph of ${member.cls.name}.${member.name}`);
    return built;
  }

  buildConstructor(live: LiveClass): BuiltFunction | null {
    const cls = live as unknown as LiveFunction;
    return classInfo(cls) === null ? null : this.#builder.constructorGraph(cls);
  }

  classNode(live: LiveFunction): Node | null {
    let node = this.#classNodes.get(live);
    if (node === undefined) {
      node = classInfo(live) === null ? null : this.#program.findClass(live);
      this.#classNodes.set(live, node);
    }
    return node;
  }

  liveClassOf(node: Node): LiveClass | null {
    const found = classesAt(node.getSourceFile().getFilePath(), node.getStart());
    return (found[0] as LiveClass | undefined) ?? null;
  }

  isDeclaredFunction(live: LiveFunction): boolean {
    return functionInfo(live) !== null || this.#standIns.has(live);
  }

  functionNode(live: LiveFunction): Node | null {
    return this.#program.findFunction(live);
  }

  ownerClass(live: LiveFunction): LiveClass | null {
    const info = functionInfo(live);
    if (info === null || info.isStatic || typeof info.owner !== "function") return null;
    return info.owner as unknown as LiveClass;
  }

  fileOf(live: LiveFunction): string {
    return functionInfo(live)?.file ?? "";
  }

  intrinsicName(live: LiveFunction): string | null {
    let name = this.#intrinsics.get(live);
    if (name === undefined) {
      name = this.#findIntrinsic(live);
      this.#intrinsics.set(live, name);
    }
    return name;
  }

  #findIntrinsic(live: LiveFunction): string | null {
    const info = functionInfo(live);
    if (info === null) return null;
    const module = rlibModule(info.file);
    if (module === null) return null;
    const node = this.#program.findDeclaration(info);
    const isLow = module === "lowlevel";
    if (!isLow && !/@intrinsic\b/.test(docOf(node))) return null;
    if (isLow && !(Node.isFunctionDeclaration(node) && node.isExported())) return null;
    const prefix = module === "jit" || module === "gc" || module === "heap" || isLow ? module : "rlib";
    const owner = typeof info.owner === "function" ? `${info.owner.name}.` : "";
    return `${prefix}.${owner}${live.name}`;
  }

  intrinsicClass(live: LiveFunction): string | null {
    let name = this.#intrinsicClasses.get(live);
    if (name === undefined) {
      const info = classInfo(live);
      const module = info === null ? null : rlibModule(info.file);
      const node = module === null ? null : this.classNode(live);
      const isNative =
        node !== null &&
        (/@intrinsic class\b/.test(docOf(node)) || (module === "lowlevel" && LOW_CLASSES.has(live.name)));
      name = isNative ? live.name : null;
      this.#intrinsicClasses.set(live, name);
    }
    return name;
  }

  privateMember(live: LiveClass, name: string): LiveMember | null {
    let members = this.#privates.get(live);
    if (members === undefined) {
      members = new Map();
      this.#privates.set(live, members);
    }
    let member = members.get(name);
    if (member === undefined) {
      member = this.#findPrivate(live, name);
      members.set(name, member);
    }
    return member;
  }

  #findPrivate(cls: LiveClass, name: string): LiveMember | null {
    const live = cls as unknown as LiveFunction;
    if (classInfo(live) === null) return null;
    const kinds = this.#builder
      .memberDeclarations(live)
      .filter((m) => m.name === name)
      .map((m) => m.kind);
    if (kinds.includes("method")) return { kind: "method", live: this.#standIn(cls, name, "method") };
    const get = kinds.includes("getter") ? this.#standIn(cls, name, "getter") : null;
    const set = kinds.includes("setter") ? this.#standIn(cls, name, "setter") : null;
    return get === null && set === null ? null : { kind: "accessor", get, set };
  }

  #standIn(cls: LiveClass, name: string, kind: PrivateMember["kind"]): LiveFunction {
    const standIn = (): void => {};
    Object.defineProperty(standIn, "name", { value: name });
    this.#standIns.set(standIn, { cls, name, kind });
    return standIn;
  }

  readProperty(o: object, name: string): { readonly value: unknown } | null {
    if (!name.startsWith("#")) {
      const d = Object.getOwnPropertyDescriptor(o, name);
      return d !== undefined && "value" in d ? { value: d.value } : null;
    }
    const property = ownProperties(o).get(name);
    return property?.kind === "data" ? { value: property.value } : null;
  }

  propertyNames(o: object): string[] {
    return Object.keys(o);
  }

  allocation(o: object): Node | null {
    const place = allocationPlace(o);
    return place === null ? null : this.#program.findAllocation(place);
  }

  bound(
    live: LiveFunction,
  ): { readonly target: LiveFunction; readonly receiver: unknown; readonly args: readonly unknown[] } | null {
    const info = boundInfo(live);
    return info === null
      ? null
      : { target: info.target as LiveFunction, receiver: info.thisArgument, args: info.arguments };
  }

  readonly #returnThis = new Map<LiveFunction, boolean>();
  returnsThis(live: LiveFunction): boolean {
    let known = this.#returnThis.get(live);
    if (known === undefined) {
      const node = this.functionNode(live);
      const type = node !== null && Node.isMethodDeclaration(node) ? node.getReturnType().compilerType : null;
      known = type !== null && "isThisType" in type && type.isThisType === true;
      this.#returnThis.set(live, known);
    }
    return known;
  }

  staticType(live: LiveFunction, name: string): TypeNode | null {
    const node = this.classNode(live);
    if (node === null || (!Node.isClassDeclaration(node) && !Node.isClassExpression(node))) return null;
    const member = node.getStaticProperties().find((p) => p.getName() === name);
    return member !== undefined && Node.isPropertyDeclaration(member) ? (member.getTypeNode() ?? null) : null;
  }

  *declaredFunctions(): Generator<LiveFunction> {
    for (const f of liveFunctions()) {
      const info = functionInfo(f);
      if (info !== null && !info.file.startsWith(`${toolchainRoot}/rlib/`)) yield f as LiveFunction;
    }
  }

  importTimeNames(): ReadonlySet<string> {
    const files = loadedFiles().filter((file) => !file.startsWith(`${toolchainRoot}/rlib/`));
    return importTimeNames(files.map((file) => this.#program.sourceFile(file)));
  }

  positionOf(node: Node): SourcePosition {
    const found = this.#program.positionOf(node);
    return new SourcePosition(found.file, found.line, found.column, "");
  }

  nodeAt(position: SourcePosition): Node | null {
    if (position.line === 0) return null;
    const file = this.#program.sourceFile(position.file);
    const offset = file.compilerNode.getPositionOfLineAndCharacter(position.line - 1, position.column - 1);
    return file.getDescendantAtPos(offset) ?? null;
  }
}

function rlibModule(file: string): string | null {
  return /\/rlib\/([a-z0-9]+)\.ts$/.exec(file)?.[1] ?? null;
}

/** The doc comment of a declaration. */
function docOf(node: Node): string {
  if (Node.isJSDocable(node))
    return node
      .getJsDocs()
      .map((d) => d.getText())
      .join("\n");
  const holder = node.getFirstAncestor((a) => Node.isVariableStatement(a));
  return Node.isJSDocable(holder)
    ? holder
        .getJsDocs()
        .map((d) => d.getText())
        .join("\n")
    : "";
}
