/**
 * DWARF: functions and lines of the TypeScript source. Every function gets a DISubprogram; every operation the
 * DILocation of its position; positions that our own inlining moved become LLVM's `inlinedAt` chain, with a
 * subprogram for the inlined function. A debugger and perf then show TypeScript frames only.
 *
 * Every call must have a location: clang drops a module's whole debug information otherwise, with exit code 0.
 */
import { basename, dirname } from "node:path";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import type { Module } from "./module.ts";
import { escapeBytes } from "./symbols.ts";

/** The function whose body is being written. */
export interface DebugScope {
  /** Its DISubprogram. */
  readonly id: string;
  /** The file it is declared in. */
  readonly file: string;
  /** DILocations by position object: operations that share a position share the text. */
  readonly locations: Map<SourcePosition, string>;
}

export class DebugInfo {
  readonly #module: Module;
  readonly #sourceFile: string;
  readonly #unit: string;
  readonly #files = new Map<string, string>();
  readonly #inlined = new Map<string, string>();
  readonly #type: string;
  #hasScope = false;

  constructor(module: Module, sourceFile: string) {
    this.#module = module;
    this.#sourceFile = sourceFile;
    this.#unit = module.distinct("");
    this.#type = module.metadata("!DISubroutineType(types: !{})");
  }

  /** Opens the scope of a function definition. */
  subprogram(name: string, position: SourcePosition): DebugScope {
    this.#hasScope = true;
    const id = this.#subprogram(name, position, position.line);
    return { id, file: position.file, locations: new Map() };
  }

  /** `!dbg` attachment for an operation, with leading comma. */
  location(scope: DebugScope, at: SourcePosition): string {
    let id = scope.locations.get(at);
    if (id === undefined) {
      id = this.#location(scope, at, true);
      scope.locations.set(at, id);
    }
    return `, !dbg ${id}`;
  }

  #location(scope: DebugScope, at: SourcePosition, innermost: boolean): string {
    const place = `line: ${at.line}, column: ${Math.min(at.column, 65535)}`;
    if (at.inlinedAt === null) {
      const text = `!DILocation(${place}, scope: ${this.#scopeFor(scope, at.file)})`;
      return this.#module.metadata(innermost ? text : `distinct ${text}`);
    }
    const outer = this.#location(scope, at.inlinedAt, false);
    const inner = this.#inlinedScope(at);
    const text = `!DILocation(${place}, scope: ${inner}, inlinedAt: ${outer})`;
    return this.#module.metadata(innermost ? text : `distinct ${text}`);
  }

  /** The function itself, or a block of it that stands in another file. */
  #scopeFor(scope: DebugScope, file: string): string {
    if (file === scope.file || file === "") return scope.id;
    return this.#module.metadata(
      `!DILexicalBlockFile(scope: ${scope.id}, file: ${this.#file(file)}, discriminator: 0)`,
    );
  }

  /** The subprogram of a function that we inlined; its own definition may be elsewhere or gone. */
  #inlinedScope(at: SourcePosition): string {
    const key = `${at.functionName}\0${at.file}`;
    let id = this.#inlined.get(key);
    if (id === undefined) {
      id = this.#subprogram(at.functionName, at, 0);
      this.#inlined.set(key, id);
    }
    return id;
  }

  #subprogram(name: string, at: SourcePosition, line: number): string {
    return this.#module.distinct(
      `distinct !DISubprogram(name: "${escaped(name)}", scope: ${this.#file(at.file)}, ` +
        `file: ${this.#file(at.file)}, line: ${line}, type: ${this.#type}, scopeLine: ${line}, ` +
        `spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: ${this.#unit})`,
    );
  }

  #file(path: string): string {
    let id = this.#files.get(path);
    if (id === undefined) {
      const name = path === "" ? "synthesized" : basename(path);
      const directory = path === "" ? "" : dirname(path);
      id = this.#module.metadata(`!DIFile(filename: "${escaped(name)}", directory: "${escaped(directory)}")`);
      this.#files.set(path, id);
    }
    return id;
  }

  /** Completes the compile unit; call once, before printing. */
  finish(): void {
    const file = this.#file(this.#sourceFile);
    this.#module.setMetadata(
      this.#unit,
      `distinct !DICompileUnit(language: DW_LANG_C99, file: ${file}, producer: "RTypeScript", isOptimized: true, ` +
        `runtimeVersion: 0, emissionKind: FullDebug, splitDebugInlining: false, nameTableKind: None)`,
    );
  }

  namedMetadata(): string[] {
    const module = this.#module;
    const flags = [
      module.metadata('!{i32 7, !"Dwarf Version", i32 4}'),
      module.metadata('!{i32 2, !"Debug Info Version", i32 3}'),
    ];
    const units = this.#hasScope ? [`!llvm.dbg.cu = !{${this.#unit}}`] : [];
    return [...units, `!llvm.module.flags = !{${flags.join(", ")}}`];
  }
}

function escaped(text: string): string {
  return escapeBytes(Buffer.from(text, "utf8"));
}
