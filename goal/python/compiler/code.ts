/**
 * Code objects: what the compiler produces and the interpreter runs. Immutable.
 *
 * Exception table: parallel lists, sorted by start, ranges `[start, end)` of pcs that do not overlap (the innermost
 * handler of each instruction). When the instruction at `pc` raises and a range contains `pc`: cut the stack to
 * `depth`, push the exception instance, go to `target`.
 *
 * Positions are run-length encoded in one string, because they are read for tracebacks only and a program has
 * hundreds of thousands of instructions. Columns are offsets in UTF-8 bytes, as `co_positions()` gives them.
 */
import type { int } from "rtypescript/rlib";
import type { W_Root } from "../objects/root.ts";

// co_flags, with CPython's values.
export const CO_OPTIMIZED: int = 0x1;
export const CO_NEWLOCALS: int = 0x2;
export const CO_VARARGS: int = 0x4;
export const CO_VARKEYWORDS: int = 0x8;
export const CO_NESTED: int = 0x10;
export const CO_GENERATOR: int = 0x20;
export const CO_COROUTINE: int = 0x80;
export const CO_ITERABLE_COROUTINE: int = 0x100;
export const CO_ASYNC_GENERATOR: int = 0x200;
export const CO_FUTURE_ANNOTATIONS: int = 0x1000000;

/** Units of the position string per run: count of instructions, line low, line high, column, end line, end column. */
const RUN: int = 6;

/** Source range of one instruction; lines from 1, columns in UTF-8 bytes from 0; −1 where unknown. */
export class Position {
  readonly line: int;
  readonly endLine: int;
  readonly column: int;
  readonly endColumn: int;
  constructor(line: int, endLine: int, column: int, endColumn: int) {
    this.line = line;
    this.endLine = endLine;
    this.column = column;
    this.endColumn = endColumn;
  }
}

/** Handlers of a code object; see the head of this file. */
export class ExceptionTable {
  readonly starts: readonly int[];
  readonly ends: readonly int[];
  readonly targets: readonly int[];
  readonly depths: readonly int[];
  constructor(starts: readonly int[], ends: readonly int[], targets: readonly int[], depths: readonly int[]) {
    this.starts = starts;
    this.ends = ends;
    this.targets = targets;
    this.depths = depths;
  }

  /** Index of the entry that covers `pc`, or −1. */
  find(pc: int): int {
    let low: int = 0;
    let high: int = this.starts.length;
    while (low < high) {
      const middle: int = (low + high) >> 1;
      if (this.ends[middle] <= pc) low = middle + 1;
      else high = middle;
    }
    return low < this.starts.length && this.starts[low] <= pc ? low : -1;
  }
}

/** What a code object's parameters and kind are. Order of the locals: positional, keyword-only, *args, **kwargs. */
export class Signature {
  /** Positional parameters, positional-only ones included; without *args. */
  readonly argcount: int;
  readonly posonlyargcount: int;
  readonly kwonlyargcount: int;
  readonly flags: int;
  constructor(argcount: int, posonlyargcount: int, kwonlyargcount: int, flags: int) {
    this.argcount = argcount;
    this.posonlyargcount = posonlyargcount;
    this.kwonlyargcount = kwonlyargcount;
    this.flags = flags;
  }
}

/** Names that a code object's instructions index. */
export class NameTables {
  /** Fast locals; the parameters first. */
  readonly varnames: readonly string[];
  /** Variables of this function that inner functions see; cells 0 … cellvars.length − 1. */
  readonly cellvars: readonly string[];
  /** Variables of enclosing functions; the cells after those of cellvars, in the order of the closure tuple. */
  readonly freevars: readonly string[];
  /** Globals, attributes, imported names. */
  readonly names: readonly string[];
  /** For each cell variable the parameter (index of a local) that it starts from, or −1. */
  readonly cellToArg: readonly int[];
  constructor(
    varnames: readonly string[],
    cellvars: readonly string[],
    freevars: readonly string[],
    names: readonly string[],
    cellToArg: readonly int[],
  ) {
    this.varnames = varnames;
    this.cellvars = cellvars;
    this.freevars = freevars;
    this.names = names;
    this.cellToArg = cellToArg;
  }
}

export class Code {
  readonly name: string;
  readonly qualname: string;
  readonly filename: string;
  readonly firstLine: int;
  readonly argcount: int;
  readonly posonlyargcount: int;
  readonly kwonlyargcount: int;
  readonly flags: int;
  readonly nlocals: int;
  readonly varnames: readonly string[];
  readonly cellvars: readonly string[];
  readonly freevars: readonly string[];
  readonly cellToArg: readonly int[];
  readonly names: readonly string[];
  /** `names` as Python objects, same indices. */
  readonly w_names: readonly W_Root[];
  /** consts[0] of a function is its docstring, or anything but a str when it has none. */
  readonly consts: readonly W_Root[];
  readonly bytecode: readonly int[];
  /** Entries the value stack needs. */
  readonly stacksize: int;
  readonly exceptions: ExceptionTable;
  /** Encoded positions; see `encodePositions`. */
  readonly positions: string;

  constructor(
    name: string,
    qualname: string,
    filename: string,
    firstLine: int,
    signature: Signature,
    tables: NameTables,
    w_names: readonly W_Root[],
    consts: readonly W_Root[],
    bytecode: readonly int[],
    stacksize: int,
    exceptions: ExceptionTable,
    positions: string,
  ) {
    this.name = name;
    this.qualname = qualname;
    this.filename = filename;
    this.firstLine = firstLine;
    this.argcount = signature.argcount;
    this.posonlyargcount = signature.posonlyargcount;
    this.kwonlyargcount = signature.kwonlyargcount;
    this.flags = signature.flags;
    this.nlocals = tables.varnames.length;
    this.varnames = tables.varnames;
    this.cellvars = tables.cellvars;
    this.freevars = tables.freevars;
    this.cellToArg = tables.cellToArg;
    this.names = tables.names;
    this.w_names = w_names;
    this.consts = consts;
    this.bytecode = bytecode;
    this.stacksize = stacksize;
    this.exceptions = exceptions;
    this.positions = positions;
  }

  /** Source range of the instruction at `pc`. */
  positionOf(pc: int): Position {
    const at: int = this.#runOf(pc);
    if (at < 0) return new Position(-1, -1, -1, -1);
    const p: string = this.positions;
    const line: int = decodeLine(p, at);
    const endLine: int = line < 0 ? -1 : line + p.charCodeAt(at + 4);
    return new Position(line, endLine, p.charCodeAt(at + 3) - 1, p.charCodeAt(at + 5) - 1);
  }

  /** Line of the instruction at `pc`, −1 when it has none. */
  lineOf(pc: int): int {
    const at: int = this.#runOf(pc);
    return at < 0 ? -1 : decodeLine(this.positions, at);
  }

  #runOf(pc: int): int {
    let left: int = pc >> 1;
    for (let at: int = 0; at < this.positions.length; at += RUN) {
      left -= this.positions.charCodeAt(at);
      if (left < 0) return at;
    }
    return -1;
  }
}

function decodeLine(positions: string, at: int): int {
  return positions.charCodeAt(at + 1) + positions.charCodeAt(at + 2) * 65536 - 1;
}

/** Columns and line distances beyond a unit are given as unknown. */
function clampUnit(value: int): int {
  return value < 0 || value > 65534 ? 0 : value;
}

/** Position string of a code object from the positions of its instructions in order. */
export function encodePositions(positions: readonly Position[]): string {
  const parts: string[] = [];
  let i: int = 0;
  while (i < positions.length) {
    const p: Position = positions[i];
    let n: int = 1;
    while (i + n < positions.length && n < 65535 && samePosition(p, positions[i + n])) n += 1;
    const line: int = p.line + 1;
    parts.push(String.fromCharCode(n));
    parts.push(String.fromCharCode(line & 65535));
    parts.push(String.fromCharCode(line >> 16));
    parts.push(String.fromCharCode(clampUnit(p.column + 1)));
    parts.push(String.fromCharCode(clampUnit(p.endLine - p.line)));
    parts.push(String.fromCharCode(clampUnit(p.endColumn + 1)));
    i += n;
  }
  return parts.join("");
}

function samePosition(a: Position, b: Position): boolean {
  return (
    a === b || (a.line === b.line && a.endLine === b.endLine && a.column === b.column && a.endColumn === b.endColumn)
  );
}
