// Diagnostics: what is wrong with the *user's* program, collected and printed the way tsc prints errors.
//
//     a.ts:9:3 - error RTS1201: `xs` holds both int and string
//
//     9   xs.push("a");
//         ~~
//       cure: give the two kinds a common class
//       `xs` is a list of int:
//           literal `0`  at a.ts:3:14
//
// Our own mistakes are never diagnostics: they go through `bug`.
import { relative } from "node:path";
import { type Chain, chainLines } from "./chain.ts";
import { CODES, type DiagnosticCode } from "./codes.ts";
import { codeFrame, SourceLines } from "./frame.ts";
import type { SourcePosition } from "./position.ts";

/** One report about the user's program. */
export class Diagnostic {
  readonly code: DiagnosticCode;
  /** Null where no source place is concerned (an unknown target). */
  readonly position: SourcePosition | null;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly help: string;
  /** How the types concerned came about. */
  readonly chains: readonly Chain[];
  /** Columns to underline; null: the token at the position. */
  readonly length: number | null;

  /** `help` defaults to the cure in the table of codes. */
  constructor(
    code: DiagnosticCode,
    position: SourcePosition | null,
    message: string,
    help: string | null = null,
    chains: readonly Chain[] = [],
    length: number | null = null,
  ) {
    this.code = code;
    this.position = position;
    this.message = message;
    this.help = help ?? CODES[code].cure;
    this.chains = chains;
    this.length = length;
  }
}

/** Carries a diagnostic to where it is collected, where work cannot go on. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.position ?? ""} ${diagnostic.code}: ${diagnostic.message}`.trim());
    this.name = "DiagnosticError";
    this.diagnostic = diagnostic;
  }
}

/** Throws a DiagnosticError; the parameters are those of Diagnostic. */
export function fail(
  code: DiagnosticCode,
  position: SourcePosition | null,
  message: string,
  help: string | null = null,
  chains: readonly Chain[] = [],
): never {
  throw new DiagnosticError(new Diagnostic(code, position, message, help, chains));
}

/** A mistake of the toolchain itself; the driver prints what to report and exits with 3. */
export class InternalError extends Error {
  /** The pass, graph or operation concerned, as text. */
  readonly where: string;
  constructor(message: string, where: string) {
    super(where === "" ? message : `${message}\n${where}`);
    this.name = "InternalError";
    this.where = where;
  }
}

/** Reports a mistake of the toolchain: `where` is the pass and the graph text or position with the culprit. */
export function bug(message: string, where: unknown = ""): never {
  throw new InternalError(message, String(where));
}

/** Gathers the diagnostics of one program: each once, in the order of the source. */
export class DiagnosticCollector {
  readonly #all = new Map<string, Diagnostic>();

  /** Adds a report; a second one of the same code at the same place is dropped. False if it was. */
  add(diagnostic: Diagnostic): boolean {
    const key =
      diagnostic.position === null
        ? `${diagnostic.code} ${diagnostic.message}`
        : `${diagnostic.code} ${diagnostic.position}`;
    if (this.#all.has(key)) return false;
    this.#all.set(key, diagnostic);
    return true;
  }

  /** Runs `work`, collecting a DiagnosticError that it throws; null then. */
  collect<T>(work: () => T): T | null {
    try {
      return work();
    } catch (e) {
      if (!(e instanceof DiagnosticError)) throw e;
      this.add(e.diagnostic);
      return null;
    }
  }

  get count(): number {
    return this.#all.size;
  }

  get hasErrors(): boolean {
    return this.#all.size > 0;
  }

  /** All, by file, line, column; those without a place first. */
  all(): Diagnostic[] {
    return [...this.#all.values()].sort(compare);
  }

  /** All as text, with a last line that counts them. */
  render(options: RenderOptions = {}): string {
    const sources = options.sources ?? new SourceLines();
    const reports = this.all().map((d) => renderDiagnostic(d, { ...options, sources }));
    const total = this.count === 1 ? "Found 1 error." : `Found ${this.count} errors.`;
    return `${[...reports, total].join("\n\n")}\n`;
  }
}

function compare(a: Diagnostic, b: Diagnostic): number {
  if (a.position === null || b.position === null) return (a.position === null ? 0 : 1) - (b.position === null ? 0 : 1);
  if (a.position.file !== b.position.file) return a.position.file < b.position.file ? -1 : 1;
  return a.position.line - b.position.line || a.position.column - b.position.column;
}

/** How diagnostics are written. */
export interface RenderOptions {
  /** With terminal colours. */
  readonly color?: boolean;
  /** File names are written relative to this folder (default: the current one). */
  readonly cwd?: string;
  /** Where source lines come from (default: the files). */
  readonly sources?: SourceLines;
}

/** One diagnostic as text, without a line feed at the end. */
export function renderDiagnostic(d: Diagnostic, options: RenderOptions = {}): string {
  const paint =
    options.color === true ? (code: number, s: string) => `\x1b[${code}m${s}\x1b[0m` : (_: number, s: string) => s;
  const place = (p: SourcePosition) => writePlace(p, options.cwd ?? process.cwd());
  const head = `${paint(91, "error")} ${paint(90, `${d.code}:`)} ${d.message}`;
  const lines = [d.position === null ? head : `${paint(96, place(d.position))} - ${head}`];
  if (d.position !== null) {
    const frame = codeFrame(options.sources ?? new SourceLines(), d.position, d.length);
    if (frame.length > 0) lines.push("", frame[0] as string, paint(91, frame[1] as string));
  }
  if (d.help !== "") lines.push(`  cure: ${d.help}`);
  for (const chain of d.chains) for (const line of chainLines(chain, place)) lines.push(`  ${line}`);
  return lines.join("\n");
}

/** `file:line:column`, the file relative to `cwd` where it is inside it. */
export function writePlace(position: SourcePosition, cwd: string): string {
  const near = relative(cwd, position.file);
  const file = near.startsWith("..") || near === "" ? position.file : near;
  return position.line === 0 ? file : `${file}:${position.line}:${position.column}`;
}
