/**
 * Source positions. Every operation carries one from the flow builder down to the DWARF line table;
 * inlining extends the chain through `inlinedAt`, so a fatal trace and a debugger read the same frames.
 */
export class SourcePosition {
  /** Absolute path of the TypeScript file. */
  readonly file: string;
  /** 1-based line; 0 means "synthesized, belongs to the function as a whole". */
  readonly line: number;
  /** 1-based column in UTF-16 units. */
  readonly column: number;
  /** Readable name of the function the position stands in (`Frame.push`). */
  readonly functionName: string;
  /** Where the function was inlined, innermost first; null when it was not. */
  readonly inlinedAt: SourcePosition | null;

  constructor(
    file: string,
    line: number,
    column: number,
    functionName: string,
    inlinedAt: SourcePosition | null = null,
  ) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.functionName = functionName;
    this.inlinedAt = inlinedAt;
  }

  /** The same place as seen after its function was inlined at `site`. */
  inlinedInto(site: SourcePosition): SourcePosition {
    const outer = this.inlinedAt === null ? site : this.inlinedAt.inlinedInto(site);
    return new SourcePosition(this.file, this.line, this.column, this.functionName, outer);
  }

  toString(): string {
    return `${this.file}:${this.line}:${this.column}`;
  }
}
