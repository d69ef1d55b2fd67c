/**
 * Bytes of a source file to text: byte-order mark, encoding comment, decoding.
 *
 * UTF-8 unless one of the first two lines says otherwise ("# -*- coding: latin-1 -*-"). Known besides UTF-8 are
 * Latin-1 and ASCII, which is what Python programs in other encodings nearly always use.
 */
import type { int } from "rtypescript/rlib";
import { utf8Decode, utf8DecodeRange } from "rtypescript/rlib/os";
import { PySyntaxError, SYNTAX_ERROR } from "./errors.ts";

const LF: int = 10;
const HASH: int = 35;

function encodingError(message: string, filename: string): PySyntaxError {
  return new PySyntaxError(SYNTAX_ERROR, message, filename, 0, 0, 0, 0, null);
}

/** Text of a source file; throws PySyntaxError. */
export function decodeSource(bytes: Uint8Array, filename: string): string {
  const hasMark: boolean = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const start: int = hasMark ? 3 : 0;
  const declared: string = declaredEncoding(bytes, start);
  const encoding: string = declared === "" ? "utf-8" : normalizeEncoding(declared);
  if (hasMark && encoding !== "utf-8") throw encodingError(`encoding problem: ${encoding} with BOM`, filename);
  switch (encoding) {
    case "utf-8": {
      const at: int = findInvalid(bytes, start);
      if (at >= 0) throw invalidError(bytes, at, declared !== "", filename);
      return start === 0 ? utf8Decode(bytes) : utf8DecodeRange(bytes, start, bytes.length);
    }
    case "iso-8859-1":
      return decodeLatin1(bytes);
    case "ascii":
      for (let i: int = 0; i < bytes.length; i += 1) {
        if (bytes[i] > 127) throw encodingError("encoding problem: ascii", filename);
      }
      return decodeLatin1(bytes);
  }
  throw encodingError(`encoding problem: ${declared}`, filename);
}

function invalidError(bytes: Uint8Array, at: int, isDeclared: boolean, filename: string): PySyntaxError {
  let line: int = 1;
  for (let i: int = 0; i < at; i += 1) if (bytes[i] === LF) line += 1;
  const hex: string = bytes[at].toString(16).padStart(2, "0");
  if (isDeclared) return encodingError(`(unicode error) 'utf-8' codec can't decode byte 0x${hex}`, filename);
  const where: string = `in file ${filename} on line ${line}, but no encoding declared`;
  return encodingError(
    `Non-UTF-8 code starting with '\\x${hex}' ${where}; see https://peps.python.org/pep-0263/ for details`,
    filename,
  );
}

function decodeLatin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i: int = 0; i < bytes.length; i += 1) parts.push(String.fromCharCode(bytes[i]));
  return parts.join("");
}

/** One name per encoding. */
function normalizeEncoding(name: string): string {
  const lower: string = name.toLowerCase().replaceAll("_", "-");
  if (lower === "utf-8" || lower === "utf8" || lower.startsWith("utf-8-")) return "utf-8";
  if (lower === "latin-1" || lower === "iso-8859-1" || lower === "iso-latin-1" || lower === "latin1") {
    return "iso-8859-1";
  }
  return lower === "ascii" || lower === "us-ascii" ? "ascii" : lower;
}

/** The encoding that a comment in the first two lines names, or "". */
function declaredEncoding(bytes: Uint8Array, start: int): string {
  let at: int = start;
  for (let line: int = 0; line < 2; line += 1) {
    while (at < bytes.length && (bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 12)) at += 1;
    let end: int = at;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== 13) end += 1;
    if (at < end && bytes[at] !== HASH) return "";
    const found: string = encodingInComment(bytes, at, end);
    if (found !== "") return found;
    at = end + 1;
  }
  return "";
}

/** What follows "coding:" or "coding=" in bytes[at, end). */
function encodingInComment(bytes: Uint8Array, at: int, end: int): string {
  const comment: string[] = [];
  for (let i: int = at; i < end; i += 1) comment.push(String.fromCharCode(bytes[i]));
  const text: string = comment.join("");
  let from: int = text.indexOf("coding");
  while (from >= 0) {
    let i: int = from + 6;
    if (i < text.length && (text.charCodeAt(i) === 58 || text.charCodeAt(i) === 61)) {
      i += 1;
      while (i < text.length && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i += 1;
      const start: int = i;
      while (i < text.length && isEncodingUnit(text.charCodeAt(i))) i += 1;
      if (i > start) return text.slice(start, i);
    }
    from = text.indexOf("coding", from + 6);
  }
  return "";
}

function isEncodingUnit(c: int): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 45 || c === 95 || c === 46;
}

/** Offset of the first byte that is not well-formed UTF-8, or −1. */
function findInvalid(bytes: Uint8Array, start: int): int {
  let i: int = start;
  while (i < bytes.length) {
    const b: int = bytes[i];
    if (b < 0x80) {
      i += 1;
      continue;
    }
    const width: int = sequenceWidth(b);
    if (width === 0 || i + width > bytes.length || !isSequence(bytes, i, width)) return i;
    i += width;
  }
  return -1;
}

function sequenceWidth(lead: int): int {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function isSequence(bytes: Uint8Array, at: int, width: int): boolean {
  for (let i: int = 1; i < width; i += 1) if ((bytes[at + i] & 0xc0) !== 0x80) return false;
  const lead: int = bytes[at];
  const next: int = bytes[at + 1];
  // Overlong forms, surrogates, and what lies beyond U+10FFFF.
  if (lead === 0xe0) return next >= 0xa0;
  if (lead === 0xed) return next < 0xa0;
  if (lead === 0xf0) return next >= 0x90;
  return lead !== 0xf4 || next < 0x90;
}
