/**
 * The writer of every textual format: lines, indentation, comments in one column.
 */

/** The column (0-based) at which trailing comments start, unless the line is longer. */
const COMMENT_COLUMN = 60;

export class Writer {
  readonly #lines: string[] = [];
  #indent = "";

  /** Adds one line; `comment` is written after `;`. */
  line(text: string, comment: string | null = null): void {
    const full = text === "" ? "" : this.#indent + text;
    this.#lines.push(
      comment === null ? full : full === "" ? `; ${comment}` : `${full.padEnd(COMMENT_COLUMN)} ; ${comment}`,
    );
  }

  /** Runs `body` with everything indented by one step. */
  indented(body: () => void): void {
    const saved = this.#indent;
    this.#indent += "    ";
    body();
    this.#indent = saved;
  }

  /** All lines, each ended by a newline. */
  toString(): string {
    return this.#lines.length === 0 ? "" : `${this.#lines.join("\n")}\n`;
  }
}

/** `i8: Signed = op(a, b)` from its parts. */
export function operationText(
  result: string | null,
  opname: string,
  operands: readonly string[],
  kept: readonly string[] | null = null,
): string {
  const call = `${opname}(${operands.join(", ")})`;
  const tail = kept === null ? "" : ` [${kept.join(", ")}]`;
  return result === null ? call + tail : `${result} = ${call}${tail}`;
}
