/**
 * The TypeScript view of what was loaded: declarations of live functions and classes as ts-morph nodes, and the type
 * checker.
 *
 * Files come in when something in them is asked for; TypeScript follows their imports itself. Node's own type
 * declarations, which are large, are left out: a short ambient file declares the few globals that exist at run time
 * (console, process, performance), so that a small target is checked in a fraction of a second. What the import phase
 * uses of Node is `any` to this checker, which does no harm, for only run-time code is looked at.
 *
 * Positions are those of the text that was loaded: files must not change between load and translation.
 */
import { join } from "node:path";
import {
  type ClassDeclaration,
  type ClassExpression,
  type FunctionLikeDeclaration,
  type Node,
  Project,
  type SourceFile,
  SyntaxKind,
  type TypeChecker,
  ts,
} from "ts-morph";
import { SourcePosition } from "../diagnostics/position.ts";
import { findImport } from "./files.ts";
import { type ClassInfo, classInfo, type FunctionInfo, functionInfo, loadedFiles, type Place } from "./registry.ts";
import { toolchainRoot } from "./root.ts";

/** A function with a body, as declarations of live functions are. */
export type FunctionNode = FunctionLikeDeclaration & Node;
/** The declaration of a live class. */
export type ClassNode = ClassDeclaration | ClassExpression;

const ambient = `
interface Console { log(...values: unknown[]): void; error(...values: unknown[]): void; warn(...values: unknown[]): void; info(...values: unknown[]): void; }
declare var console: Console;
interface ProcessStream { write(text: string): boolean; readonly isTTY?: boolean; }
declare var process: { exit(code?: number): never; argv: string[]; env: { [name: string]: string | undefined }; stdout: ProcessStream; stderr: ProcessStream; platform: string; };
interface ErrorConstructor { stackTraceLimit: number; }
declare var performance: { now(): number };
`;

function compilerOptions(): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
  };
}

/** Imports mean what they mean to the loader; packages are unknown to the checker. */
function resolveModule(name: string, importer: string): ts.ResolvedModuleFull | undefined {
  const file = findImport(name, importer, toolchainRoot);
  if (file === null || !/\.[cm]?ts$/.test(file)) return undefined;
  return { resolvedFileName: file, extension: ts.Extension.Ts };
}

/** Files and checker of one translation. */
export class LoadedProgram {
  readonly project: Project;
  readonly #declarations = new WeakMap<object, Node>();
  #allAdded = false;

  constructor() {
    this.project = new Project({
      compilerOptions: compilerOptions(),
      skipAddingFilesFromTsConfig: true,
      skipFileDependencyResolution: true,
      resolutionHost: () => ({
        resolveModuleNames: (names, importer) => names.map((name) => resolveModule(name, importer)),
      }),
    });
    this.project.createSourceFile(join(toolchainRoot, "rlib/__ambient.d.ts"), ambient);
  }

  /** The checker over all loaded files. */
  get checker(): TypeChecker {
    this.#addAll();
    return this.project.getTypeChecker();
  }

  /** Adding a file after the checker was made would make TypeScript bind everything again. */
  #addAll(): void {
    if (this.#allAdded) return;
    this.#allAdded = true;
    for (const file of loadedFiles()) this.project.addSourceFileAtPathIfExists(file);
  }

  /** A loaded file, by absolute path. */
  sourceFile(file: string): SourceFile {
    this.#addAll();
    return this.project.getSourceFile(file) ?? this.project.addSourceFileAtPath(file);
  }

  /** The declaration of a live function; null if it has none. A class gives null: see `findClass`. */
  findFunction(f: unknown): FunctionNode | null {
    const info = functionInfo(f);
    return info === null ? null : this.findDeclaration(info);
  }

  /** The declaration that a FunctionInfo tells of. */
  findDeclaration(info: FunctionInfo): FunctionNode {
    const known = this.#declarations.get(info);
    if (known !== undefined) return known as FunctionNode;
    const node = this.#nodeAt(info.file, info.pos, FUNCTIONS);
    if (node === null) throw new Error(`no function at ${info.file} offset ${info.pos}: did the file change?`);
    this.#declarations.set(info, node);
    return node as FunctionNode;
  }

  /** The declaration of a live class; null if it has none. */
  findClass(c: unknown): ClassNode | null {
    const info = classInfo(c);
    return info === null ? null : this.findClassDeclaration(info);
  }

  /** The declaration that a ClassInfo tells of. */
  findClassDeclaration(info: ClassInfo): ClassNode {
    const known = this.#declarations.get(info);
    if (known !== undefined) return known as ClassNode;
    const node = this.#nodeAt(info.file, info.pos, CLASSES);
    if (node === null) throw new Error(`no class at ${info.file} offset ${info.pos}: did the file change?`);
    this.#declarations.set(info, node);
    return node as ClassNode;
  }

  /** The literal or `new` expression at a recorded place; null if there is none. */
  findAllocation(place: Place): Node | null {
    return this.#nodeAt(place.file, place.pos, ALLOCATIONS);
  }

  /** The outermost node of these kinds that starts at an offset. */
  #nodeAt(file: string, pos: number, kinds: ReadonlySet<SyntaxKind>): Node | null {
    const source = this.sourceFile(file);
    let index = this.#starts.get(source);
    if (index === undefined) {
      index = indexStarts(source.compilerNode);
      this.#starts.set(source, index);
    }
    const found = index.get(pos)?.find((node) => kinds.has(node.kind));
    return found === undefined ? null : (source as unknown as Wrapper)._getNodeFromCompilerNode(found);
  }

  /** Declarations and allocations of each file by where they start, outermost first. */
  readonly #starts = new Map<SourceFile, ReadonlyMap<number, readonly ts.Node[]>>();

  /** The position of a node for diagnostics and operations; `functionName` is that of the enclosing function. */
  positionOf(node: Node, functionName = ""): SourcePosition {
    const file = node.getSourceFile();
    const { line, character } = file.compilerNode.getLineAndCharacterOfPosition(node.getStart());
    return new SourcePosition(file.getFilePath(), line + 1, character + 1, functionName);
  }
}

/** A node of the compiler as ts-morph's node of the same file. */
interface Wrapper {
  _getNodeFromCompilerNode(node: ts.Node): Node;
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.Constructor,
]);
const CLASSES: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ClassDeclaration, SyntaxKind.ClassExpression]);
const ALLOCATIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.NewExpression,
]);

function indexStarts(source: ts.SourceFile): ReadonlyMap<number, readonly ts.Node[]> {
  const index = new Map<number, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    if (FUNCTIONS.has(node.kind) || CLASSES.has(node.kind) || ALLOCATIONS.has(node.kind)) {
      const start = node.getStart(source);
      const known = index.get(start);
      if (known === undefined) index.set(start, [node]);
      else known.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return index;
}
