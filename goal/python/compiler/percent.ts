/**
 * Format strings of the % operator that an f-string could say: only %s, %r, %a and %%.
 */
import type { int } from "rtypescript/rlib";

/** Texts around the conversions (one more than there are conversions), and FORMAT_VALUE's argument for each. */
export class PercentFormat {
  readonly texts: string[];
  readonly conversions: int[];
  constructor(texts: string[], conversions: int[]) {
    this.texts = texts;
    this.conversions = conversions;
  }
}

/** Takes a format apart; null when it has other conversions or options. */
export function parsePercentFormat(format: string): PercentFormat | null {
  const texts: string[] = [];
  const conversions: int[] = [];
  let text: string = "";
  let start: int = 0;
  for (;;) {
    const at: int = format.indexOf("%", start);
    if (at < 0) break;
    text += format.slice(start, at);
    if (at + 1 >= format.length) return null;
    const c: int = format.charCodeAt(at + 1);
    start = at + 2;
    if (c === 37) {
      text += "%";
      continue;
    }
    let conversion: int = 0;
    if (c === 115) conversion = 1;
    else if (c === 114) conversion = 2;
    else if (c === 97) conversion = 3;
    else return null;
    texts.push(text);
    text = "";
    conversions.push(conversion);
  }
  texts.push(text + format.slice(start, format.length));
  return new PercentFormat(texts, conversions);
}
