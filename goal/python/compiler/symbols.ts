/**
 * Scopes and symbols: what the symbol table holds.
 *
 * A Scope belongs to a module, class, function, lambda or comprehension. First all definitions and uses are collected
 * (symtable.ts), then names are resolved against enclosing scopes (here). Class scopes are invisible to the scopes
 * within them, except for `__class__`, which every class offers to its methods.
 */
import type { int } from "rtypescript/rlib";
import { PySyntaxError, SYNTAX_ERROR } from "../parser/errors.ts";
import type { Span } from "../parser/node.ts";
import { byteToCharOffset, lineText } from "../parser/source.ts";

export const SCOPE_MODULE: int = 0;
export const SCOPE_CLASS: int = 1;
/** Functions, lambdas and comprehensions. */
export const SCOPE_FUNCTION: int = 2;

// What a scope does with a name (bits).
export const DEF_GLOBAL: int = 1;
export const DEF_LOCAL: int = 2;
export const DEF_PARAM: int = 4;
export const DEF_NONLOCAL: int = 8;
export const USE: int = 16;
export const DEF_ANNOT: int = 64;
export const DEF_IMPORT: int = 128;
/** Target of a comprehension. */
export const DEF_COMP_TARGET: int = 256;
const DEF_BOUND: int = DEF_LOCAL | DEF_PARAM | DEF_IMPORT;

// Where a name lives, after resolution.
export const IN_LOCAL: int = 1;
export const IN_GLOBAL_EXPLICIT: int = 2;
export const IN_GLOBAL_IMPLICIT: int = 3;
/** In a cell of an enclosing function. */
export const IN_FREE: int = 4;
/** In a cell of this function. */
export const IN_CELL: int = 5;

/** Makes the syntax errors that the compiler finds. */
export class ErrorPlace {
  readonly source: string;
  readonly filename: string;
  constructor(source: string, filename: string) {
    this.source = source;
    this.filename = filename;
  }

  /** An error at a span; the source line is given for files only, as CPython does by reading them again. */
  error(span: Span, message: string): PySyntaxError {
    const line: string = lineText(this.source, span.line);
    const last: string = span.endLine === span.line ? line : lineText(this.source, span.endLine);
    const offset: int = byteToCharOffset(line, span.col + 1);
    const endOffset: int = byteToCharOffset(last, span.endCol + 1);
    const text: string | null = this.filename.startsWith("<") ? null : line;
    return new PySyntaxError(SYNTAX_ERROR, message, this.filename, span.line, offset, span.endLine, endOffset, text);
  }
}

export class SymbolInfo {
  readonly name: string;
  /** DEF_… and USE bits. */
  flags: int;
  /** IN_…, 0 until resolved. */
  place: int;
  constructor(name: string) {
    this.name = name;
    this.flags = 0;
    this.place = 0;
  }
}

/** A global or nonlocal statement's name, for messages that come later. */
class Directive {
  readonly name: string;
  readonly span: Span;
  constructor(name: string, span: Span) {
    this.name = name;
    this.span = span;
  }
}

export class Scope {
  readonly kind: int;
  readonly name: string;
  readonly parent: Scope | null;
  readonly children: Scope[];
  readonly symbols: Map<string, SymbolInfo>;
  /** Symbols in order of their first mention. */
  readonly order: SymbolInfo[];
  /** Parameters in order: positional, keyword-only, *args, **kwargs. */
  readonly params: string[];
  readonly directives: Directive[];
  /** Where the scope's node begins. */
  readonly span: Span;
  isComprehension: boolean;
  isGeneratorExpression: boolean;
  isGenerator: boolean;
  isCoroutine: boolean;
  /** A generator or async generator returns a value. */
  hasReturnValue: boolean;
  hasVarargs: boolean;
  hasVarkeywords: boolean;
  /** Within a function. */
  readonly isNested: boolean;
  /** A method of this class uses `__class__` or `super`. */
  needsClassCell: boolean;
  /** Names of enclosing functions that this scope, or one within it, uses. */
  readonly freeNames: Set<string>;
  /** Comprehension: in the iterable of a clause (number of nested ones). */
  inIterable: int;
  inTarget: boolean;

  constructor(kind: int, name: string, parent: Scope | null, span: Span) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.children = [];
    this.symbols = new Map();
    this.order = [];
    this.params = [];
    this.directives = [];
    this.span = span;
    this.isComprehension = false;
    this.isGeneratorExpression = false;
    this.isGenerator = false;
    this.isCoroutine = false;
    this.hasReturnValue = false;
    this.hasVarargs = false;
    this.hasVarkeywords = false;
    this.isNested = parent !== null && (parent.isNested || parent.kind === SCOPE_FUNCTION);
    this.needsClassCell = false;
    this.freeNames = new Set();
    this.inIterable = parent === null ? 0 : parent.inIterable;
    this.inTarget = false;
    if (parent !== null) parent.children.push(this);
  }

  /** Bits of a name, 0 when the scope does not mention it. */
  flagsOf(name: string): int {
    const symbol: SymbolInfo | null = this.symbols.get(name) ?? null;
    return symbol === null ? 0 : symbol.flags;
  }

  /** IN_… of a name that the scope mentions, else 0. */
  placeOf(name: string): int {
    const symbol: SymbolInfo | null = this.symbols.get(name) ?? null;
    return symbol === null ? 0 : symbol.place;
  }

  add(name: string, flags: int): void {
    let symbol: SymbolInfo | null = this.symbols.get(name) ?? null;
    if (symbol === null) {
      symbol = new SymbolInfo(name);
      this.symbols.set(name, symbol);
      this.order.push(symbol);
    }
    symbol.flags |= flags;
  }

  addDirective(name: string, span: Span): void {
    this.directives.push(new Directive(name, span));
  }

  directiveSpan(name: string): Span {
    for (const d of this.directives) if (d.name === name) return d.span;
    return this.span;
  }
}

/** Decides where each name of `scope` and of the scopes within it lives. */
export function resolveScope(scope: Scope, errors: ErrorPlace): void {
  for (const symbol of scope.order) resolveSymbol(scope, symbol, errors);
  for (const child of scope.children) resolveScope(child, errors);
}

function resolveSymbol(scope: Scope, symbol: SymbolInfo, errors: ErrorPlace): void {
  const name: string = symbol.name;
  if ((symbol.flags & DEF_GLOBAL) !== 0) {
    if ((symbol.flags & DEF_NONLOCAL) !== 0) {
      throw errors.error(scope.directiveSpan(name), `name '${name}' is nonlocal and global`);
    }
    symbol.place = IN_GLOBAL_EXPLICIT;
    return;
  }
  if ((symbol.flags & DEF_NONLOCAL) !== 0) {
    if (scope.kind === SCOPE_MODULE) {
      throw errors.error(scope.directiveSpan(name), "nonlocal declaration not allowed at module level");
    }
    if (!findBinding(scope, name)) {
      throw errors.error(scope.directiveSpan(name), `no binding for nonlocal '${name}' found`);
    }
    symbol.place = IN_FREE;
    return;
  }
  if ((symbol.flags & DEF_BOUND) !== 0) {
    // An inner scope may have made it a cell already: no, inner scopes are resolved later.
    symbol.place = IN_LOCAL;
    return;
  }
  symbol.place = findBinding(scope, name) ? IN_FREE : IN_GLOBAL_IMPLICIT;
}

/**
 * Looks for the enclosing function that binds `name`. When there is one, the variable becomes a cell there and free in
 * all scopes from `scope` up to it.
 */
function findBinding(scope: Scope, name: string): boolean {
  let owner: Scope | null = scope.parent;
  let throughMethod: boolean = scope.kind === SCOPE_FUNCTION;
  while (owner !== null) {
    if (owner.kind === SCOPE_CLASS) {
      if (name === "__class__" && throughMethod) {
        owner.needsClassCell = true;
        break;
      }
    } else if (owner.kind === SCOPE_FUNCTION) {
      throughMethod = true;
      const flags: int = owner.flagsOf(name);
      if ((flags & DEF_GLOBAL) !== 0) return false;
      if ((flags & DEF_NONLOCAL) === 0 && (flags & DEF_BOUND) !== 0) break;
    }
    owner = owner.parent;
  }
  if (owner === null) return false;
  if (owner.kind === SCOPE_FUNCTION) {
    const symbol: SymbolInfo = owner.symbols.get(name) as SymbolInfo;
    symbol.place = IN_CELL;
  }
  let s: Scope = scope;
  while (s !== owner) {
    s.freeNames.add(name);
    s = s.parent as Scope;
  }
  return true;
}
