// re.Match.
import { type int, intFloorDiv } from "rtypescript/rlib";
import { ec } from "../../interpreter/context.ts";
import { classMethodN, getset, method0, method1, methodKw, methodN } from "../../objects/builtin.ts";
import { newbytes, requireBuffer } from "../../objects/bytes.ts";
import { makeAlias } from "../../objects/classes.ts";
import { W_Dict } from "../../objects/dict.ts";
import { newint, W_Int } from "../../objects/int.ts";
import { indexError, KIND_ImportError, type OperationError, operationError, W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { indexObject } from "../../objects/slice.ts";
import { slots } from "../../objects/slots.ts";
import { getattr, repr } from "../../objects/space.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { newtuple, W_Tuple } from "../../objects/tuple.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";

export const w_Match = builtinType("Match", null, "re");
w_Match.acceptsSubclasses = false;

/** What a match needs of its pattern. */
export abstract class PatternFacts extends W_Root {
  abstract groupCount(): int;
  abstract groupIndex(): W_Dict;
  abstract groupNames(): W_Tuple;
}

/** The text of a subject between two positions. */
export function subjectSlice(w_string: W_Root, from: int, to: int): W_Root {
  const w_text = w_string.asStr();
  if (w_text instanceof W_Str) return w_text.substring(from, to);
  return newbytes(requireBuffer(w_string).slice(from, to));
}
/** A function of the `re` module, which is loaded whenever there are patterns. */
export function helperOfRe(name: string): W_Root {
  const w_re = ec.w_modules.getStr("re");
  if (w_re === null) throw operationError(KIND_ImportError, "re is not loaded");
  return getattr(w_re, name);
}

export class W_Match extends W_Root {
  readonly w_pattern: PatternFacts;
  readonly w_string: W_Root;
  /** Two per group, the whole match first; −1 unset. */
  readonly bounds: int[];
  readonly position: int;
  readonly endPosition: int;
  /** Group closed last, −1 without. */
  readonly last: int;
  constructor(w_pattern: PatternFacts, w_string: W_Root, bounds: int[], position: int, end: int, last: int) {
    super();
    this.w_pattern = w_pattern;
    this.w_string = w_string;
    this.bounds = bounds;
    this.position = position;
    this.endPosition = end;
    this.last = last;
  }
  override getclass(): W_Type {
    return w_Match;
  }
  groups(): int {
    return intFloorDiv(this.bounds.length, 2);
  }
  /** The text of a group, `w_otherwise` for one that took no part. */
  group(i: int, w_otherwise: W_Root): W_Root {
    const from = this.bounds[2 * i];
    return from < 0 ? w_otherwise : subjectSlice(this.w_string, from, this.bounds[2 * i + 1]);
  }
  /** A group by number or name. */
  indexOf(w_key: W_Root): int {
    let w_i = indexObject(w_key);
    if (w_i === null) w_i = this.w_pattern.groupIndex().findKey(w_key);
    const i: int = w_i instanceof W_Int ? w_i.value : -1;
    if (i < 0 || i >= this.groups()) throw noSuchGroup();
    return i;
  }
  span(i: int): W_Root {
    return new W_Tuple([newint(this.bounds[2 * i]), newint(this.bounds[2 * i + 1])]);
  }
  override repr(): string {
    const text = repr(this.group(0, w_None));
    return `<re.Match object; span=(${this.bounds[0]}, ${this.bounds[1]}), match=${text}>`;
  }
  override getitem(w_key: W_Root): W_Root {
    return this.group(this.indexOf(w_key), w_None);
  }
}
slots(w_Match, "repr getitem");

function noSuchGroup(): OperationError {
  return indexError("no such group");
}
function match(w_self: W_Root): W_Match {
  return w_self as W_Match;
}

methodKw(w_Match, "group", (args, _names) => {
  const w_match = match(args[0]);
  if (args.length === 1) return w_match.group(0, w_None);
  if (args.length === 2) return w_match.group(w_match.indexOf(args[1]), w_None);
  const items: W_Root[] = [];
  for (let i: int = 1; i < args.length; i++) items.push(w_match.group(w_match.indexOf(args[i]), w_None));
  return new W_Tuple(items);
});
methodN(w_Match, "groups", "default=None", (args) => {
  const w_match = match(args[0]);
  const items: W_Root[] = [];
  for (let i: int = 1; i < w_match.groups(); i++) items.push(w_match.group(i, args[1]));
  return newtuple(items);
});
methodN(w_Match, "groupdict", "default=None", (args) => {
  const w_match = match(args[0]);
  const w_index = w_match.w_pattern.groupIndex();
  const w_result = new W_Dict();
  for (let e = w_index.nextEntry(0); e >= 0; e = w_index.nextEntry(e + 1)) {
    w_result.storeKey(w_index.keyAt(e), w_match.group(w_match.indexOf(w_index.keyAt(e)), args[1]));
  }
  return w_result;
});
methodN(w_Match, "start", "group=0, /", (args) => {
  const w_match = match(args[0]);
  return newint(w_match.bounds[2 * w_match.indexOf(args[1])]);
});
methodN(w_Match, "end", "group=0, /", (args) => {
  const w_match = match(args[0]);
  return newint(w_match.bounds[2 * w_match.indexOf(args[1]) + 1]);
});
methodN(w_Match, "span", "group=0, /", (args) => match(args[0]).span(match(args[0]).indexOf(args[1])));
method1(w_Match, "expand", (w_self, w_template) =>
  helperOfRe("_expand").call3(match(w_self).w_pattern, w_self, w_template),
);
method0(w_Match, "__copy__", (w_self) => w_self);
methodN(w_Match, "__deepcopy__", "memo, /", (args) => args[0]);
classMethodN(w_Match, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
getset(w_Match, "string", (w_self) => match(w_self).w_string);
getset(w_Match, "re", (w_self) => match(w_self).w_pattern);
getset(w_Match, "pos", (w_self) => newint(match(w_self).position));
getset(w_Match, "endpos", (w_self) => newint(match(w_self).endPosition));
getset(w_Match, "lastindex", (w_self) => (match(w_self).last < 0 ? w_None : newint(match(w_self).last)));
getset(w_Match, "lastgroup", (w_self) => {
  const w_match = match(w_self);
  const names = w_match.w_pattern.groupNames().items;
  return w_match.last >= 0 && w_match.last < names.length ? names[w_match.last] : w_None;
});
getset(w_Match, "regs", (w_self) => {
  const w_match = match(w_self);
  const spans: W_Root[] = [];
  for (let i: int = 0; i < w_match.groups(); i++) spans.push(w_match.span(i));
  return new W_Tuple(spans);
});

/** An empty text of the kind of a subject. */
export function emptyLike(w_string: W_Root): W_Root {
  return w_string.asStr() !== null ? newstr("") : newbytes(new Uint8Array(0));
}
