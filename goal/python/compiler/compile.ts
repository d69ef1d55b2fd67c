/**
 * The compiler's entry points: source text to code object.
 */
import type { int } from "rtypescript/rlib";
import type { ExprStmt } from "../parser/ast.ts";
import type { Stmt } from "../parser/node.ts";
import { MODE_EVAL, MODE_SINGLE, parseSource, type SourceWarning } from "../parser/parser.ts";
import { normalizeNewlines } from "../parser/source.ts";
import { CompilerSettings } from "./base.ts";
import { CO_FUTURE_ANNOTATIONS, type Code } from "./code.ts";
import type { ConstantFactory } from "./constants.ts";
import { Compiler } from "./definitions.ts";
import { futureFlags } from "./future.ts";
import { ErrorPlace } from "./symbols.ts";
import { buildSymbolTable, type SymbolTable } from "./symtable.ts";
import { Unit } from "./unit.ts";

export { PySyntaxError } from "../parser/errors.ts";
export { MODE_EVAL, MODE_EXEC, MODE_SINGLE } from "../parser/parser.ts";

/** What a compilation may be told besides its source. */
export class CompileOptions {
  /** −O level: 1 drops asserts, 2 docstrings too. */
  optimize: int;
  /** CO_FUTURE_… flags inherited from the calling code (`compile()` within a program). */
  inheritedFlags: int;
  /** Warnings found, in order. */
  readonly warnings: SourceWarning[];
  constructor(optimize: int) {
    this.optimize = optimize;
    this.inheritedFlags = 0;
    this.warnings = [];
  }
}

/** Compiles in MODE_EXEC, MODE_EVAL or MODE_SINGLE; throws PySyntaxError. */
export function compileSource(source: string, filename: string, mode: int, factory: ConstantFactory): Code {
  return compileWithOptions(source, filename, mode, factory, new CompileOptions(0));
}

export function compileWithOptions(
  source: string,
  filename: string,
  mode: int,
  factory: ConstantFactory,
  options: CompileOptions,
): Code {
  const text: string = normalizeNewlines(source);
  const body: Stmt[] = parseSource(text, filename, mode, options.warnings).body;
  return compileBody(body, text, filename, mode, factory, options);
}

/** Compiles a parsed program; `source` serves messages only. */
export function compileBody(
  body: Stmt[],
  source: string,
  filename: string,
  mode: int,
  factory: ConstantFactory,
  options: CompileOptions,
): Code {
  const errors: ErrorPlace = new ErrorPlace(source, filename);
  const flags: int = futureFlags(body, errors) | options.inheritedFlags;
  const lazy: boolean = (flags & CO_FUTURE_ANNOTATIONS) !== 0;
  const table: SymbolTable = buildSymbolTable(body, errors, lazy);
  const settings: CompilerSettings = new CompilerSettings(
    filename,
    errors,
    factory,
    options.optimize,
    lazy,
    flags,
    mode === MODE_SINGLE,
    options.warnings,
  );
  const unit: Unit = new Unit(table.module, "<module>", "<module>", 1, null, null, factory);
  unit.flags = flags;
  const compiler: Compiler = new Compiler(settings, table, unit);
  if (mode === MODE_EVAL) return compiler.program((body[0] as ExprStmt).value);
  return compiler.module(body);
}
