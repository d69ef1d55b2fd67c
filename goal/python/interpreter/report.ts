// Printing uncaught exceptions, as CPython does on stderr.
import type { int } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { utf8Decode, utf8Encode } from "rtypescript/rlib/os";
import type { Code, Position } from "../compiler/code.ts";
import {
  groupMembers,
  normalize,
  W_BaseException,
  w_BaseExceptionGroup,
  w_SyntaxError,
} from "../objects/exceptions.ts";
import { W_Int } from "../objects/int.ts";
import { W_List } from "../objects/list.ts";
import { OperationError, type W_Root } from "../objects/root.ts";
import { repr, str } from "../objects/space.ts";
import { W_Str } from "../objects/str.ts";
import { findAnchors } from "./anchors.ts";
import { suggestion } from "./suggestions.ts";
import { W_Traceback } from "./traceback.ts";

/** Entries that are printed at most. */
const LIMIT = 1000;
const REPEATED = 3;

/** Lines of source files, read when first needed. */
class SourceLines {
  readonly files: Map<string, string[]>;
  constructor() {
    this.files = new Map<string, string[]>();
  }
  line(filename: string, number: int): string | null {
    let lines = this.files.get(filename);
    if (lines === undefined) {
      lines = readLines(filename);
      this.files.set(filename, lines);
    }
    return number >= 1 && number <= lines.length ? lines[number - 1] : null;
  }
}
export const sourceLines = new SourceLines();

function readLines(filename: string): string[] {
  if (filename.startsWith("<") || !os.exists(filename)) return [];
  try {
    return os.readFile(filename).replaceAll("\r\n", "\n").split("\n");
  } catch (_e) {
    return [];
  }
}

/** The report of an exception on its way, which ends here. */
export function formatCaught(error: OperationError): string {
  const w_error = normalize(error);
  w_error.w_traceback = error.w_traceback;
  return formatException(w_error);
}

/** The whole report of an exception, with what caused it. */
export function formatException(w_error: W_BaseException): string {
  const parts: string[] = [];
  addChain(parts, w_error, []);
  return parts.join("");
}

function addChain(parts: string[], w_error: W_BaseException, seen: W_BaseException[]): void {
  seen.push(w_error);
  const w_cause = w_error.w_cause;
  const w_context = w_error.w_context;
  if (w_cause instanceof W_BaseException) {
    if (!seen.includes(w_cause)) {
      addChain(parts, w_cause, seen);
      parts.push("\nThe above exception was the direct cause of the following exception:\n\n");
    }
  } else if (w_context instanceof W_BaseException && !w_error.suppressContext && !seen.includes(w_context)) {
    addChain(parts, w_context, seen);
    parts.push("\nDuring handling of the above exception, another exception occurred:\n\n");
  }
  if (w_error.w_exctype.isSubtype(w_BaseExceptionGroup)) addGroup(parts, w_error, 0);
  else addException(parts, w_error, "");
}

function addException(parts: string[], w_error: W_BaseException, margin: string): void {
  const own: string[] = [];
  if (w_error.w_traceback instanceof W_Traceback) {
    own.push("Traceback (most recent call last):\n");
    addTraceback(own, w_error.w_traceback);
  }
  if (w_error.w_exctype.isSubtype(w_SyntaxError)) addSyntaxError(own, w_error);
  else own.push(`${exceptionLine(w_error)}\n`);
  addNotes(own, w_error);
  const text = own.join("");
  parts.push(margin === "" ? text : indented(text, margin));
}

function indented(text: string, margin: string): string {
  const lines = text.split("\n");
  const result: string[] = [];
  for (let i: int = 0; i < lines.length - 1; i++) result.push(`${margin}${lines[i]}\n`);
  return result.join("");
}

function addGroup(parts: string[], w_group: W_BaseException, depth: int): void {
  const margin = `${"  ".repeat(depth)}${depth === 0 ? "  " : ""}`;
  const own: string[] = [];
  const bar = depth === 0 ? "  | " : `${"  ".repeat(depth + 1)}| `;
  addException(own, w_group, bar);
  let text = own.join("");
  const head = `${bar}Traceback (most recent call last):\n`;
  if (depth === 0 && text.startsWith(head)) {
    text = `  + Exception Group Traceback (most recent call last):\n${text.slice(head.length)}`;
  } else if (text.startsWith(head)) {
    text = `${bar}Exception Group Traceback (most recent call last):\n${text.slice(head.length)}`;
  }
  parts.push(text);
  const members = groupMembers(w_group);
  const inner = `${margin}${depth === 0 ? "" : "  "}`;
  for (let i: int = 0; i < members.length; i++) {
    const w_member = members[i];
    if (!(w_member instanceof W_BaseException)) continue;
    const rule =
      i === 0
        ? `${inner}+-+---------------- ${i + 1} ----------------\n`
        : `${inner}  +---------------- ${i + 1} ----------------\n`;
    parts.push(rule);
    if (w_member.w_exctype.isSubtype(w_BaseExceptionGroup)) addGroup(parts, w_member, depth + 1);
    else addException(parts, w_member, `${inner}  | `);
  }
  const w_last = members[members.length - 1];
  const closed = w_last instanceof W_BaseException && w_last.w_exctype.isSubtype(w_BaseExceptionGroup);
  if (!closed) parts.push(`${inner}  +------------------------------------\n`);
}

// --- the traceback -------------------------------------------------------------------------------------------------------

/** Entries of a traceback, outermost first. */
function entriesOf(w_traceback: W_Traceback): W_Traceback[] {
  const entries: W_Traceback[] = [];
  let w_at: W_Root | null = w_traceback;
  while (w_at instanceof W_Traceback) {
    entries.push(w_at);
    w_at = w_at.w_next;
  }
  return entries;
}

export function addTraceback(parts: string[], w_traceback: W_Traceback): void {
  let entries = entriesOf(w_traceback);
  if (entries.length > LIMIT) entries = entries.slice(entries.length - LIMIT);
  let lastFile = "";
  let lastName = "";
  let lastLine: int = -1;
  let count: int = 0;
  for (const entry of entries) {
    const code = entry.frame.code;
    const line = entry.line();
    if (lastFile !== code.filename || lastLine !== line || lastName !== code.name) {
      addRepeats(parts, count);
      lastFile = code.filename;
      lastLine = line;
      lastName = code.name;
      count = 0;
    }
    count++;
    if (count <= REPEATED) addEntry(parts, code, line, code.positionOf(entry.pc));
  }
  addRepeats(parts, count);
}
function addRepeats(parts: string[], count: int): void {
  if (count <= REPEATED) return;
  const more = count - REPEATED;
  parts.push(`  [Previous line repeated ${more} more time${more === 1 ? "" : "s"}]\n`);
}

function addEntry(parts: string[], code: Code, line: int, position: Position): void {
  parts.push(`  File "${code.filename}", line ${line}, in ${code.name}\n`);
  const source = sourceLines.line(code.filename, line);
  if (source === null) return;
  const stripped = source.slice(indentOf(source));
  parts.push(`    ${stripped}\n`);
  const carets = caretLine(source, position);
  if (carets !== "") parts.push(`${carets}\n`);
}

function indentOf(source: string): int {
  let i: int = 0;
  while (i < source.length && (source.charAt(i) === " " || source.charAt(i) === "\t" || source.charAt(i) === "\f")) i++;
  return i;
}

/** Offset in characters (UTF-16 units) of a byte offset. */
function charOffset(source: string, bytes: int): int {
  const data = utf8Encode(source);
  return bytes >= data.length ? source.length : utf8Decode(data.slice(0, bytes)).length;
}

/** The line of carets and tildes below a source line, "" when there is none. */
function caretLine(source: string, p: Position): string {
  if (p.line < 0 || p.endLine < 0 || p.column < 0 || p.endColumn < 0) return "";
  const indent = indentOf(source);
  const start = charOffset(source, p.column);
  let end: int;
  let left: int = -1;
  let right: int = -1;
  if (p.line === p.endLine) {
    end = charOffset(source, p.endColumn);
    const anchors = findAnchors(source.slice(start, end));
    if (anchors !== null) {
      left = start + anchors.left;
      right = start + anchors.right;
    }
  } else {
    end = source.length;
    while (end > 0 && " \t\f".includes(source.charAt(end - 1))) end--;
  }
  if (left < 0 && end - start === source.length - indent) return "";
  const marks: string[] = ["    "];
  for (let i: int = indent; i < end; i++) {
    if (i < start) marks.push(" ");
    else if (left < 0) marks.push("^");
    else marks.push(i >= left && i < right ? "^" : "~");
  }
  return marks.join("");
}

// --- the last lines ------------------------------------------------------------------------------------------------------

function textOf(w_error: W_BaseException): string {
  try {
    return str(w_error);
  } catch (e) {
    if (!(e instanceof OperationError)) throw e;
    return "<exception str() failed>";
  }
}

function className(w_error: W_BaseException): string {
  const w_class = w_error.w_exctype;
  const module = w_class.moduleName();
  if (module === "builtins" || module === "__main__" || module === "") return w_class.qualname;
  return `${module}.${w_class.qualname}`;
}

/** `Type: message` */
export function exceptionLine(w_error: W_BaseException): string {
  const text = textOf(w_error);
  const hint = suggestion(w_error);
  const tail = hint === null ? "" : `. Did you mean: '${hint}'?`;
  return text === "" ? `${className(w_error)}${tail}` : `${className(w_error)}: ${text}${tail}`;
}

function addSyntaxError(parts: string[], w_error: W_BaseException): void {
  const w_line = w_error.field("lineno");
  const w_file = w_error.field("filename");
  const w_text = w_error.field("text");
  const w_offset = w_error.field("offset");
  if (w_line instanceof W_Int) {
    const file = w_file instanceof W_Str ? w_file.text : "<string>";
    parts.push(`  File "${file}", line ${w_line.value}\n`);
    if (w_text instanceof W_Str && w_offset instanceof W_Int)
      addSyntaxLine(parts, w_error, w_text.text, w_offset.value);
  }
  const w_message = w_error.field("msg");
  const message = w_message instanceof W_Str ? w_message.text : "<no detail available>";
  parts.push(`${className(w_error)}: ${message}\n`);
}

function addSyntaxLine(parts: string[], w_error: W_BaseException, text: string, offset: int): void {
  let line = text;
  if (line.endsWith("\n")) line = line.slice(0, line.length - 1);
  const indent = indentOf(line);
  const shown = line.slice(indent);
  parts.push(`    ${shown}\n`);
  if (offset < 1) return;
  const w_end = w_error.field("end_offset");
  const w_endLine = w_error.field("end_lineno");
  const w_line = w_error.field("lineno");
  let end: int = w_end instanceof W_Int ? w_end.value : 0;
  if (w_endLine instanceof W_Int && w_line instanceof W_Int && w_endLine.value > w_line.value) end = line.length + 1;
  if (end <= offset) end = offset + 1;
  const start = Math.max(0, offset - 1 - indent);
  const width = Math.max(1, Math.min(end, line.length + 2) - offset);
  parts.push(`    ${" ".repeat(start)}${"^".repeat(Math.max(1, width))}\n`);
}

function addNotes(parts: string[], w_error: W_BaseException): void {
  const part = w_error.userPart();
  if (part === null) return;
  const w_notes = part.getslot("__notes__");
  if (w_notes === null) return;
  if (!(w_notes instanceof W_List)) {
    parts.push(`${repr(w_notes)}\n`);
    return;
  }
  for (const w of w_notes.items) {
    const text = w.asStr() === null ? repr(w) : str(w);
    for (const line of text.split("\n")) parts.push(`${line}\n`);
  }
}
