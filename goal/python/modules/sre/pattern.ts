// re.Pattern and its scanners.
import type { int } from "rtypescript/rlib";
import { classMethodN, getset, method0, method1, methodN } from "../../objects/builtin.ts";
import { bufferContents, copyOctets, newbytes, requireBuffer, W_Buffer } from "../../objects/bytes.ts";
import { makeAlias } from "../../objects/classes.ts";
import type { W_Dict } from "../../objects/dict.ts";
import { newint } from "../../objects/int.ts";
import { W_NativeIterator } from "../../objects/iterators.ts";
import { newlist } from "../../objects/list.ts";
import { W_MappingProxy } from "../../objects/mappingproxy.ts";
import { CMP_EQ, CMP_NE, NOT_IMPLEMENTED, typeError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { clampedArgument, intArgument } from "../../objects/slice.ts";
import { slots } from "../../objects/slots.ts";
import { eq, hash, repr } from "../../objects/space.ts";
import { codePoints, newstr, W_Str } from "../../objects/str.ts";
import { W_Tuple } from "../../objects/tuple.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";
import { Machine, Subject } from "./machine.ts";
import { emptyLike, helperOfRe, PatternFacts, subjectSlice, W_Match } from "./match.ts";
import type { Program } from "./program.ts";

export const w_Pattern = builtinType("Pattern", null, "re");
w_Pattern.acceptsSubclasses = false;
const w_Scanner = builtinType("SRE_Scanner", null, "_sre");
const w_matchIterator = builtinType("callable_iterator");

const FLAG_NAMES: [string, int][] = [
  ["re.TEMPLATE", 1],
  ["re.IGNORECASE", 2],
  ["re.LOCALE", 4],
  ["re.MULTILINE", 8],
  ["re.DOTALL", 16],
  ["re.VERBOSE", 64],
  ["re.DEBUG", 128],
  ["re.ASCII", 256],
];

export class W_Pattern extends PatternFacts {
  /** The source: str, bytes, or None. */
  readonly w_source: W_Root;
  readonly flags: int;
  readonly program: Program;
  readonly groups: int;
  readonly w_groupindex: W_Dict;
  readonly w_indexgroup: W_Tuple;
  constructor(w_source: W_Root, flags: int, program: Program, groups: int, w_index: W_Dict, w_names: W_Tuple) {
    super();
    this.w_source = w_source;
    this.flags = flags;
    this.program = program;
    this.groups = groups;
    this.w_groupindex = w_index;
    this.w_indexgroup = w_names;
  }
  override getclass(): W_Type {
    return w_Pattern;
  }
  override groupCount(): int {
    return this.groups;
  }
  override groupIndex(): W_Dict {
    return this.w_groupindex;
  }
  override groupNames(): W_Tuple {
    return this.w_indexgroup;
  }
  override repr(): string {
    const names: string[] = [];
    const isText = this.w_source.asStr() !== null;
    // The Unicode flag is what texts have anyway.
    let left: int = isText && (this.flags & (4 | 32 | 256)) === 32 ? this.flags & ~32 : this.flags;
    for (const [name, flag] of FLAG_NAMES) {
      if ((left & flag) === 0) continue;
      names.push(name);
      left &= ~flag;
    }
    if (left !== 0) names.push(`0x${left.toString(16)}`);
    const source = repr(this.w_source).slice(0, 200);
    return names.length === 0 ? `re.compile(${source})` : `re.compile(${source}, ${names.join("|")})`;
  }
  override hash(): int {
    return hash(this.w_source) ^ this.flags;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Pattern) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    const same =
      this.flags === w_other.flags &&
      this.w_source.getclass() === w_other.w_source.getclass() &&
      eq(this.w_source, w_other.w_source);
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}
slots(w_Pattern, "repr hash eq ne");

function pattern(w_self: W_Root): W_Pattern {
  return w_self as W_Pattern;
}

/** A pattern at work on a subject. */
class Search {
  readonly w_pattern: W_Pattern;
  readonly w_string: W_Root;
  readonly machine: Machine;
  readonly position: int;
  readonly end: int;
  /** Where the next attempt begins, and whether it must not be empty there. */
  at: int;
  advance: boolean;
  constructor(w_pattern: W_Pattern, w_string: W_Root, w_start: W_Root, w_end: W_Root) {
    const subject = subjectOf(w_pattern, w_string);
    const n = subject.length;
    let start: int = clampedArgument(w_start);
    let end: int = w_end === w_None ? n : clampedArgument(w_end);
    start = start < 0 ? 0 : start > n ? n : start;
    end = end < 0 ? 0 : end > n ? n : end;
    this.w_pattern = w_pattern;
    this.w_string = w_string;
    this.machine = new Machine(w_pattern.program, w_pattern.groups, subject, end);
    this.position = start;
    this.end = end;
    this.at = start;
    this.advance = false;
  }
  /** The next match from where the last one ended; false without. */
  next(): boolean {
    this.machine.reset();
    if (this.at > this.end || !this.machine.search(this.at, this.advance)) return false;
    this.#moveOn();
    return true;
  }
  /** As `next`, for a match that begins where the last one ended. */
  nextHere(): boolean {
    this.machine.reset();
    if (this.at > this.end || !this.machine.match(this.at, false, this.advance)) return false;
    this.#moveOn();
    return true;
  }
  #moveOn(): void {
    this.at = this.machine.stop;
    this.advance = this.machine.stop === this.machine.start;
  }
  match(): W_Match {
    const machine = this.machine;
    const bounds: int[] = [machine.start, machine.stop];
    for (let i: int = 0; i < machine.lastMark; i += 2) {
      const set = machine.marks[i] >= 0 && machine.marks[i + 1] >= 0;
      bounds.push(set ? machine.marks[i] : -1);
      bounds.push(set ? machine.marks[i + 1] : -1);
    }
    const last = machine.marks[machine.lastMark];
    return new W_Match(this.w_pattern, this.w_string, bounds, this.position, this.end, last);
  }
  /** Text of a group of the present match; empty for one that took no part. */
  groupText(i: int, w_otherwise: W_Root): W_Root {
    if (i === 0) return subjectSlice(this.w_string, this.machine.start, this.machine.stop);
    const from = this.machine.marks[2 * i - 2];
    const to = this.machine.marks[2 * i - 1];
    return from < 0 || to < 0 ? w_otherwise : subjectSlice(this.w_string, from, to);
  }
}

function subjectOf(w_pattern: W_Pattern, w_string: W_Root): Subject {
  const w_text = w_string.asStr();
  const textPattern = w_pattern.w_source.asStr() !== null;
  if (w_text instanceof W_Str) {
    if (!textPattern && w_pattern.w_source !== w_None) {
      throw typeError("cannot use a bytes pattern on a string-like object");
    }
    return w_text.isBasic() ? new Subject(w_text.text, null, null) : new Subject(null, codePoints(w_text.text), null);
  }
  const data = bufferContents(w_string);
  if (data === null) throw typeError(`expected string or bytes-like object, got '${w_string.typename()}'`);
  if (textPattern) throw typeError("cannot use a string pattern on a bytes-like object");
  return new Subject(null, null, data);
}

// --- methods -------------------------------------------------------------------------------------------------------------

const RANGE = "string, pos=0, endpos=None";

methodN(w_Pattern, "match", RANGE, (args) => {
  const search = new Search(pattern(args[0]), args[1], args[2], args[3]);
  return search.position <= search.end && search.machine.match(search.position, false, false) ? search.match() : w_None;
});
methodN(w_Pattern, "fullmatch", RANGE, (args) => {
  const search = new Search(pattern(args[0]), args[1], args[2], args[3]);
  return search.position <= search.end && search.machine.match(search.position, true, false) ? search.match() : w_None;
});
methodN(w_Pattern, "search", RANGE, (args) => {
  const search = new Search(pattern(args[0]), args[1], args[2], args[3]);
  return search.machine.search(search.position, false) ? search.match() : w_None;
});
methodN(w_Pattern, "findall", RANGE, (args) => {
  const w_pattern = pattern(args[0]);
  const search = new Search(w_pattern, args[1], args[2], args[3]);
  const w_empty = emptyLike(args[1]);
  const found: W_Root[] = [];
  while (search.next()) {
    if (w_pattern.groups < 2) found.push(search.groupText(w_pattern.groups, w_empty));
    else {
      const items: W_Root[] = [];
      for (let i: int = 1; i <= w_pattern.groups; i++) items.push(search.groupText(i, w_empty));
      found.push(new W_Tuple(items));
    }
  }
  return newlist(found);
});

class W_MatchIterator extends W_NativeIterator {
  readonly search: Search;
  constructor(search: Search) {
    super();
    this.search = search;
  }
  override nativeClass(): W_Type {
    return w_matchIterator;
  }
  override next(): W_Root | null {
    return this.search.next() ? this.search.match() : null;
  }
}
slots(w_matchIterator, "iter next");
methodN(
  w_Pattern,
  "finditer",
  RANGE,
  (args) => new W_MatchIterator(new Search(pattern(args[0]), args[1], args[2], args[3])),
);

class W_Scanner extends W_NativeIterator {
  readonly search: Search;
  constructor(search: Search) {
    super();
    this.search = search;
  }
  override nativeClass(): W_Type {
    return w_Scanner;
  }
}
methodN(w_Pattern, "scanner", RANGE, (args) => new W_Scanner(new Search(pattern(args[0]), args[1], args[2], args[3])));
method0(w_Scanner, "match", (w_self) => {
  const search = (w_self as W_Scanner).search;
  return search.nextHere() ? search.match() : w_None;
});
method0(w_Scanner, "search", (w_self) => {
  const search = (w_self as W_Scanner).search;
  return search.next() ? search.match() : w_None;
});
getset(w_Scanner, "pattern", (w_self) => (w_self as W_Scanner).search.w_pattern);

methodN(w_Pattern, "split", "string, maxsplit=0", (args) => {
  const w_pattern = pattern(args[0]);
  const most = intArgument(args[2]);
  const search = new Search(w_pattern, args[1], newint(0), w_None);
  const parts: W_Root[] = [];
  let from: int = 0;
  let count: int = 0;
  while ((most === 0 || count < most) && search.next()) {
    parts.push(subjectSlice(args[1], from, search.machine.start));
    for (let i: int = 1; i <= w_pattern.groups; i++) parts.push(search.groupText(i, w_None));
    from = search.machine.stop;
    count++;
  }
  parts.push(subjectSlice(args[1], from, search.end));
  return newlist(parts);
});

/** What replaces a match: the same text each time, or a function of the match. */
class Replacement {
  /** Null: as it is. */
  readonly w_function: W_Root | null;
  readonly w_text: W_Root;
  constructor(w_pattern: W_Pattern, w_given: W_Root) {
    if (w_given.isCallable()) {
      this.w_function = w_given;
      this.w_text = w_None;
    } else if (isPlain(w_given)) {
      this.w_function = null;
      this.w_text = w_given;
    } else {
      const w_made = helperOfRe("_subx").call2(w_pattern, w_given);
      this.w_function = w_made.isCallable() ? w_made : null;
      this.w_text = w_made;
    }
  }
  of(search: Search): W_Root {
    return this.w_function === null ? this.w_text : this.w_function.call1(search.match());
  }
}
/** Is there no backslash in the replacement? */
function isPlain(w_given: W_Root): boolean {
  const w_text = w_given.asStr();
  if (w_text instanceof W_Str) return !w_text.text.includes("\\");
  const data = bufferContents(w_given);
  if (data === null) return false;
  for (let i: int = 0; i < data.length; i++) if (data[i] === 92) return false;
  return true;
}

function substitute(args: W_Root[], withCount: boolean): W_Root {
  const w_pattern = pattern(args[0]);
  const replacement = new Replacement(w_pattern, args[1]);
  const w_string = args[2];
  const most = intArgument(args[3]);
  const search = new Search(w_pattern, w_string, newint(0), w_None);
  const parts: W_Root[] = [];
  let from: int = 0;
  let count: int = 0;
  while ((most === 0 || count < most) && search.next()) {
    const start = search.machine.start;
    const stop = search.machine.stop;
    if (start > from) parts.push(subjectSlice(w_string, from, start));
    const w_piece = replacement.of(search);
    if (w_piece !== w_None) parts.push(w_piece);
    from = stop;
    count++;
  }
  const w_result = count === 0 ? whole(w_string, search.end) : joined(w_string, parts, from, search.end);
  return withCount ? new W_Tuple([w_result, newint(count)]) : w_result;
}
function whole(w_string: W_Root, end: int): W_Root {
  return subjectSlice(w_string, 0, end);
}
function joined(w_string: W_Root, parts: W_Root[], from: int, end: int): W_Root {
  parts.push(subjectSlice(w_string, from, end));
  if (w_string.asStr() !== null) {
    const texts: string[] = [];
    for (let i: int = 0; i < parts.length; i++) {
      const w_text = parts[i].asStr();
      if (!(w_text instanceof W_Str)) {
        throw typeError(`sequence item ${i}: expected str instance, ${parts[i].typename()} found`);
      }
      texts.push(w_text.text);
    }
    return newstr(texts.join(""));
  }
  return joinedOctets(parts);
}
function joinedOctets(parts: W_Root[]): W_Root {
  let size: int = 0;
  for (let i: int = 0; i < parts.length; i++) {
    const w_part = parts[i];
    if (!(w_part instanceof W_Buffer)) {
      throw typeError(`sequence item ${i}: expected a bytes-like object, ${w_part.typename()} found`);
    }
    size += w_part.contents().length;
  }
  const data = new Uint8Array(size);
  let at: int = 0;
  for (const w_part of parts) {
    const piece = requireBuffer(w_part);
    copyOctets(piece, 0, data, at, piece.length);
    at += piece.length;
  }
  return newbytes(data);
}

methodN(w_Pattern, "sub", "repl, string, count=0", (args) => substitute(args, false));
methodN(w_Pattern, "subn", "repl, string, count=0", (args) => substitute(args, true));

getset(w_Pattern, "pattern", (w_self) => pattern(w_self).w_source);
getset(w_Pattern, "flags", (w_self) => newint(pattern(w_self).flags));
getset(w_Pattern, "groups", (w_self) => newint(pattern(w_self).groups));
getset(w_Pattern, "groupindex", (w_self) => new W_MappingProxy(pattern(w_self).w_groupindex));
method0(w_Pattern, "__copy__", (w_self) => w_self);
method1(w_Pattern, "__deepcopy__", (w_self, _w_memo) => w_self);
classMethodN(w_Pattern, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
