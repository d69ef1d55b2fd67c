// Sets and classes of characters of regular expressions, as the `re` compiler writes them: items that add characters,
// perhaps after a mark that turns the meaning round. Answers for characters below 256 are computed once.
import type { int } from "rtypescript/rlib";
import { isAlnum, isDecimal, isLineBreak, isSpace, simpleLower, simpleUpper } from "../../objects/chartype.ts";
import * as op from "./opcodes.ts";

/** Is the character in a category (`\d`, `\s`, `\w`, line breaks; ASCII or Unicode)? */
export function inCategory(category: int, c: int): boolean {
  switch (category) {
    case 0:
      return c >= 48 && c <= 57;
    case 1:
      return c < 48 || c > 57;
    case 2:
      return isAsciiSpace(c);
    case 3:
      return !isAsciiSpace(c);
    case 4:
    case 8:
      return isAsciiWord(c);
    case 5:
    case 9:
      return !isAsciiWord(c);
    case 6:
      return c === 10;
    case 7:
      return c !== 10;
    case 10:
      return isDecimal(c);
    case 11:
      return !isDecimal(c);
    case 12:
      return isSpace(c);
    case 13:
      return !isSpace(c);
    case 14:
      return isWord(c);
    case 15:
      return !isWord(c);
    case 16:
      return isLineBreak(c);
    default:
      return !isLineBreak(c);
  }
}
function isAsciiSpace(c: int): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
export function isAsciiWord(c: int): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}
export function isWord(c: int): boolean {
  return c < 128 ? isAsciiWord(c) : isAlnum(c);
}

export const CASE_EXACT: int = 0;
export const CASE_ASCII: int = 1;
export const CASE_UNICODE: int = 2;

/** The character as comparisons without regard to case see it. */
export function lowered(mode: int, c: int): int {
  if (mode === CASE_EXACT) return c;
  if (c < 128) return c >= 65 && c <= 90 ? c + 32 : c;
  if (mode === CASE_ASCII) return c;
  return simpleLower(c);
}

export class CharSet {
  /** The items, as in the compiler's code. */
  readonly items: int[];
  /** 1 for members below 256. */
  readonly low: Uint8Array;
  constructor(items: int[]) {
    this.items = items;
    const low = new Uint8Array(256);
    this.low = low;
    for (let c: int = 0; c < 256; c++) if (this.#search(c)) low[c] = 1;
  }
  has(c: int): boolean {
    return c < 256 ? this.low[c] === 1 : this.#search(c);
  }
  #search(c: int): boolean {
    const items = this.items;
    let found = true;
    let i: int = 0;
    for (;;) {
      switch (items[i]) {
        case op.FAILURE:
          return !found;
        case op.NEGATE:
          found = !found;
          i += 1;
          break;
        case op.LITERAL:
          if (items[i + 1] === c) return found;
          i += 2;
          break;
        case op.RANGE:
          if (items[i + 1] <= c && c <= items[i + 2]) return found;
          i += 3;
          break;
        case op.RANGE_UNI_IGNORE: {
          const upper = simpleUpper(c);
          if (items[i + 1] <= c && c <= items[i + 2]) return found;
          if (items[i + 1] <= upper && upper <= items[i + 2]) return found;
          i += 3;
          break;
        }
        case op.CATEGORY:
          if (inCategory(items[i + 1], c)) return found;
          i += 2;
          break;
        case op.CHARSET:
          if (c < 256 && ((items[i + 1 + (c >> 5)] >> (c & 31)) & 1) === 1) return found;
          i += 9;
          break;
        case op.BIGCHARSET: {
          const blocks = items[i + 1];
          if (c < 65536) {
            const word = items[i + 2 + (c >> 10)];
            const block: int = (word >> (8 * ((c >> 8) & 3))) & 255;
            const bits = items[i + 2 + 64 + block * 8 + ((c & 255) >> 5)];
            if (((bits >> (c & 31)) & 1) === 1) return found;
          }
          i += 2 + 64 + blocks * 8;
          break;
        }
        default:
          return false;
      }
    }
  }
}

/** How many words a set's code has from `at` on, its end included. */
export function charsetLength(code: int[], at: int): int {
  let i = at;
  for (;;) {
    switch (code[i]) {
      case op.FAILURE:
        return i + 1 - at;
      case op.NEGATE:
        i += 1;
        break;
      case op.LITERAL:
      case op.CATEGORY:
        i += 2;
        break;
      case op.CHARSET:
        i += 9;
        break;
      case op.BIGCHARSET:
        i += 2 + 64 + code[i + 1] * 8;
        break;
      default:
        i += 3;
    }
  }
}
