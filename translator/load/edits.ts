/**
 * Text edits that keep positions exact: insertions and one-token replacements within lines, and the source map that
 * leads from what esbuild makes of the edited text back to the text as written.
 *
 * No edit contains or removes a line feed, so lines stay what they are and only columns move. At one offset, what
 * closes comes before what opens; of two that open, the one made first is outside; of two that close, the one that
 * closes the larger range. So wrappings nest properly in whatever order the closing parts are made.
 */

interface Edit {
  readonly pos: number;
  /** Characters of the text that the edit replaces. */
  readonly length: number;
  readonly text: string;
  /** 0 closes, 1 opens. */
  readonly side: 0 | 1;
  /** For what closes: where the text that it closes starts. */
  readonly start: number;
  readonly order: number;
}

/** Where the columns of one line of edited text come from: from `column` on, `source` on. Ascending. */
type Anchors = { readonly column: number; readonly source: number; readonly inserted: boolean }[];

/** The text with all edits done, and where each column comes from. */
export interface EditedText {
  readonly text: string;
  /** One entry for each line; null where nothing changed. */
  readonly lines: readonly (Anchors | null)[];
}

function compare(a: Edit, b: Edit): number {
  if (a.pos !== b.pos || a.side !== b.side) return a.pos - b.pos || a.side - b.side;
  return a.side === 1 ? a.order - b.order : b.start - a.start || b.order - a.order;
}

/** Collects the edits of one file. */
export class Edits {
  readonly #edits: Edit[] = [];

  /** Inserts before what stands at `pos`. */
  open(pos: number, text: string): void {
    this.#edits.push({ pos, length: 0, text, side: 1, start: 0, order: this.#edits.length });
  }

  /** Inserts after what ends at `pos` and starts at `start`. */
  close(pos: number, text: string, start: number): void {
    this.#edits.push({ pos, length: 0, text, side: 0, start, order: this.#edits.length });
  }

  /** Inserts before and after a range. */
  wrap(start: number, end: number, before: string, after: string): void {
    this.open(start, before);
    this.close(end, after, start);
  }

  /** Replaces a token. */
  replace(pos: number, length: number, text: string): void {
    this.#edits.push({ pos, length, text, side: 1, start: 0, order: this.#edits.length });
  }

  /** Does all edits. */
  apply(source: string): EditedText {
    const sorted = this.#edits.sort(compare);
    const out: string[] = [];
    const lines: (Anchors | null)[] = [];
    let anchors: Anchors | null = null;
    let column = 0;
    let sourceColumn = 0;
    let at = 0;
    const copy = (end: number) => {
      while (at < end) {
        const feed = source.indexOf("\n", at);
        if (feed < 0 || feed >= end) {
          out.push(source.slice(at, end));
          column += end - at;
          sourceColumn += end - at;
          at = end;
          return;
        }
        out.push(source.slice(at, feed + 1));
        at = feed + 1;
        lines.push(anchors);
        anchors = null;
        column = 0;
        sourceColumn = 0;
      }
    };
    for (const edit of sorted) {
      copy(edit.pos);
      anchors ??= [{ column: 0, source: 0, inserted: false }];
      anchors.push({ column, source: sourceColumn, inserted: true });
      out.push(edit.text);
      column += edit.text.length;
      at += edit.length;
      sourceColumn += edit.length;
      anchors.push({ column, source: sourceColumn, inserted: false });
    }
    copy(source.length);
    lines.push(anchors);
    return { text: out.join(""), lines };
  }
}

function sourceColumn(anchors: Anchors | null | undefined, column: number): number {
  if (!anchors) return column;
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((anchors[middle] as Anchors[number]).column <= column) low = middle;
    else high = middle - 1;
  }
  const anchor = anchors[low] as Anchors[number];
  return anchor.inserted ? anchor.source : anchor.source + column - anchor.column;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitValues = new Map([...digits].map((d, i) => [d.charCodeAt(0), i]));

function encode(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

/** Reads base-64 VLQ numbers until a `,` or `;`. */
function decodeSegment(mappings: string, start: number, out: number[]): number {
  out.length = 0;
  let i = start;
  let value = 0;
  let shift = 0;
  for (; i < mappings.length; i++) {
    const digit = digitValues.get(mappings.charCodeAt(i));
    if (digit === undefined) break;
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    out.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return i;
}

/** Rewrites the `mappings` of a source map whose source is the edited text: they then lead to the text as written. */
export function remapMappings(mappings: string, edited: EditedText): string {
  const out: string[] = [];
  const fields: number[] = [];
  let [line, column, name] = [0, 0, 0];
  let [lastLine, lastColumn, lastName] = [0, 0, 0];
  for (let i = 0; i < mappings.length; ) {
    const char = mappings[i] as string;
    if (char === "," || char === ";") {
      out.push(char);
      i += 1;
      continue;
    }
    i = decodeSegment(mappings, i, fields);
    let segment = encode(fields[0] as number);
    if (fields.length >= 4) {
      line += fields[2] as number;
      column += fields[3] as number;
      const original = sourceColumn(edited.lines[line], column);
      segment += encode(fields[1] as number) + encode(line - lastLine) + encode(original - lastColumn);
      lastLine = line;
      lastColumn = original;
    }
    if (fields.length >= 5) {
      name += fields[4] as number;
      segment += encode(name - lastName);
      lastName = name;
    }
    out.push(segment);
  }
  return out.join("");
}
