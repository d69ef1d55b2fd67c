// "Did you mean": the name most like the one that was not found.
import { type int, newList } from "rtypescript/rlib";
import { dirOf } from "../modules/builtins.ts";
import { type W_BaseException, w_AttributeError, w_NameError } from "../objects/exceptions.ts";
import { attributeNames } from "../objects/objectmethods.ts";
import { OperationError, type W_Root } from "../objects/root.ts";
import { unpack } from "../objects/space.ts";
import { W_Str } from "../objects/str.ts";
import { ec } from "./context.ts";
import type { Frame } from "./frame.ts";
import { W_Traceback } from "./traceback.ts";

const MOVE = 2;
const CASE = 1;
const MAX_NAMES = 750;
const MAX_LENGTH = 40;

/** A suggestion for an AttributeError or NameError; null without. */
export function suggestion(w_error: W_BaseException): string | null {
  const w_class = w_error.w_exctype;
  const w_name = w_error.field("name");
  if (!(w_name instanceof W_Str)) return null;
  if (w_class.isSubtype(w_AttributeError)) {
    if (w_error.fields === null || !w_error.fields.has("obj")) return null;
    return closest(w_name.text, namesOf(w_error.field("obj")));
  }
  if (!w_class.isSubtype(w_NameError)) return null;
  let w_at: W_Root | null = w_error.w_traceback;
  let frame: Frame | null = null;
  while (w_at instanceof W_Traceback) {
    frame = w_at.frame;
    w_at = w_at.w_next;
  }
  if (frame === null) return null;
  const local = closest(w_name.text, texts(unpack(frame.localsDict())));
  if (local !== null) return local;
  return closest(w_name.text, texts(frame.w_globals.keyList())) ?? closest(w_name.text, texts(ec.w_builtins.keyList()));
}

function namesOf(w_obj: W_Root): string[] {
  try {
    return texts(unpack(dirOf(w_obj)));
  } catch (e) {
    if (!(e instanceof OperationError)) throw e;
    return texts(attributeNames(w_obj));
  }
}
function texts(items: W_Root[]): string[] {
  const names: string[] = [];
  for (const w of items) {
    const w_text = w.asStr();
    if (w_text instanceof W_Str) names.push(w_text.text);
  }
  return names;
}

function closest(name: string, names: string[]): string | null {
  if (names.length >= MAX_NAMES) return null;
  let best: string | null = null;
  let bestDistance: int = 1000000;
  for (const candidate of names) {
    if (candidate === name) continue;
    let most: int = Math.floor(((name.length + candidate.length + 3) * MOVE) / 6);
    most = Math.min(most, bestDistance - 1);
    const distance = levenshtein(name, candidate, most);
    if (distance > most) continue;
    if (best === null || distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function substitution(a: int, b: int): int {
  if (a === b) return 0;
  const lower: int = a >= 65 && a <= 90 ? a + 32 : a;
  const other: int = b >= 65 && b <= 90 ? b + 32 : b;
  return lower === other ? CASE : MOVE;
}

/** Edit distance, given up beyond `most`. */
function levenshtein(left: string, right: string, most: int): int {
  if (left === right) return 0;
  let a = left;
  let b = right;
  let start: int = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  a = a.slice(start);
  b = b.slice(start);
  while (a.length > 0 && b.length > 0 && a.charCodeAt(a.length - 1) === b.charCodeAt(b.length - 1)) {
    a = a.slice(0, a.length - 1);
    b = b.slice(0, b.length - 1);
  }
  if (a.length === 0 || b.length === 0) return (a.length + b.length) * MOVE;
  if (a.length > MAX_LENGTH || b.length > MAX_LENGTH) return most + 1;
  if (b.length < a.length) {
    const t = a;
    a = b;
    b = t;
  }
  if ((b.length - a.length) * MOVE > most) return most + 1;
  const row: int[] = newList<int>(a.length, 0);
  for (let i: int = 0; i < a.length; i++) row[i] = (i + 1) * MOVE;
  let result: int = 0;
  for (let j: int = 0; j < b.length; j++) {
    let distance: int = j * MOVE;
    result = distance;
    let minimum: int = 1000000;
    for (let i: int = 0; i < a.length; i++) {
      const substitute: int = distance + substitution(b.charCodeAt(j), a.charCodeAt(i));
      distance = row[i];
      const insertDelete: int = Math.min(result, distance) + MOVE;
      result = Math.min(insertDelete, substitute);
      row[i] = result;
      if (result < minimum) minimum = result;
    }
    if (minimum > most) return most + 1;
  }
  return result;
}
