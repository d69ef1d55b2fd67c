// Letter case of text, and questions about all characters of a text.
import type { int } from "rtypescript/rlib";
import {
  foldOf,
  isAsciiText,
  isCased,
  isCaseIgnorable,
  isLower,
  isTitle,
  isUpper,
  lowerOf,
  titleOf,
  upperOf,
} from "./chartype.ts";
import type { W_Str } from "./str.ts";

const SIGMA: int = 0x3a3;

export function upperText(w_text: W_Str): string {
  if (isAsciiText(w_text.text)) return w_text.text.toUpperCase();
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) parts.push(upperOf(w_text.codeAt(i)));
  return parts.join("");
}
export function lowerText(w_text: W_Str): string {
  if (isAsciiText(w_text.text)) return w_text.text.toLowerCase();
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) parts.push(lowerAt(w_text, i));
  return parts.join("");
}
/** The lower case of a character; a sigma at the end of a word has its own. */
function lowerAt(w_text: W_Str, i: int): string {
  const code = w_text.codeAt(i);
  if (code !== SIGMA) return lowerOf(code);
  let before: int = i - 1;
  while (before >= 0 && isCaseIgnorable(w_text.codeAt(before))) before--;
  if (before < 0 || !isCased(w_text.codeAt(before))) return "σ";
  const n = w_text.len();
  let after: int = i + 1;
  while (after < n && isCaseIgnorable(w_text.codeAt(after))) after++;
  return after < n && isCased(w_text.codeAt(after)) ? "σ" : "ς";
}
export function foldText(w_text: W_Str): string {
  if (isAsciiText(w_text.text)) return w_text.text.toLowerCase();
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) parts.push(foldOf(w_text.codeAt(i)));
  return parts.join("");
}
export function titleText(w_text: W_Str): string {
  const parts: string[] = [];
  const n = w_text.len();
  let inWord = false;
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    parts.push(inWord ? lowerAt(w_text, i) : titleOf(code));
    inWord = isCased(code);
  }
  return parts.join("");
}
export function capitalizeText(w_text: W_Str): string {
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) parts.push(i === 0 ? titleOf(w_text.codeAt(0)) : lowerAt(w_text, i));
  return parts.join("");
}
export function swapText(w_text: W_Str): string {
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (isUpper(code)) parts.push(lowerAt(w_text, i));
    else parts.push(isLower(code) ? upperOf(code) : String.fromCodePoint(code));
  }
  return parts.join("");
}

/** Is some character cased, and none lower or title case? */
export function isUpperText(w_text: W_Str): boolean {
  const n = w_text.len();
  let cased = false;
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (isLower(code) || isTitle(code)) return false;
    if (isUpper(code)) cased = true;
  }
  return cased;
}
export function isLowerText(w_text: W_Str): boolean {
  const n = w_text.len();
  let cased = false;
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (isUpper(code) || isTitle(code)) return false;
    if (isLower(code)) cased = true;
  }
  return cased;
}
export function isTitleText(w_text: W_Str): boolean {
  const n = w_text.len();
  let cased = false;
  let inWord = false;
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (isUpper(code) || isTitle(code)) {
      if (inWord) return false;
      inWord = true;
      cased = true;
    } else if (isLower(code)) {
      if (!inWord) return false;
      cased = true;
    } else inWord = false;
  }
  return cased;
}
/** Has the text characters, and does each of them pass? */
export function allCharacters(w_text: W_Str, test: (code: int) => boolean): boolean {
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) if (!test(w_text.codeAt(i))) return false;
  return n > 0;
}
