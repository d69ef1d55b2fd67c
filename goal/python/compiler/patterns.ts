/**
 * Code for match.
 *
 * While a pattern is tested its subject is on top. Captured values wait below (the first captured nearest to the top)
 * until the whole pattern has matched, so that a failed pattern binds nothing. A failing test must drop what lies
 * above the outermost subject: it jumps to one of a row of POP_TOPs, as many from its end as there are entries.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Pattern, Span } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import type { Position } from "./code.ts";
import * as op from "./opcodes.ts";
import { StatementCompiler } from "./statements.ts";
import { floatText } from "./unparse.ts";

class PlainSpan extends n.Span {}

class PatternContext {
  /** Names captured so far. */
  stores: string[];
  /** A pattern that always matches is allowed here. */
  allowIrrefutable: boolean;
  /** failLabels[k]: drop k entries, then try the next case. */
  failLabels: int[];
  /** Entries above the captured values that a failure has to drop, the subject itself not counted. */
  onTop: int;
  constructor() {
    this.stores = [];
    this.allowIrrefutable = false;
    this.failLabels = [];
    this.onTop = 0;
  }
}

function isWildcard(p: Pattern): boolean {
  return p.kind === n.N_MATCH_AS && (p as ast.MatchAs).pattern === null && (p as ast.MatchAs).name === null;
}

function isStarWildcard(p: Pattern): boolean {
  return p.kind === n.N_MATCH_STAR && (p as ast.MatchStar).name === null;
}

export abstract class PatternCompiler extends StatementCompiler {
  override match(s: ast.Match): void {
    const end: int = this.newLabel();
    this.expression(s.subject);
    const count: int = s.cases.length;
    const hasDefault: boolean = count > 1 && isWildcard(s.cases[count - 1].pattern);
    const tested: int = hasDefault ? count - 1 : count;
    for (let i: int = 0; i < tested; i += 1) this.#case(s.cases[i], i === tested - 1, i === count - 1, end);
    if (hasDefault) {
      const last: ast.MatchCase = s.cases[count - 1];
      this.at(last.pattern);
      if (last.guard !== null) this.jumpIf(last.guard, end, false);
      this.statements(last.body);
    }
    this.place(end);
  }

  /** The last tested case consumes the subject; the others work on a copy. */
  #case(k: ast.MatchCase, consumes: boolean, isLast: boolean, end: int): void {
    const context: PatternContext = new PatternContext();
    context.allowIrrefutable = k.guard !== null || isLast;
    this.at(k.pattern);
    if (!consumes) this.emit(op.COPY, 1);
    this.#pattern(k.pattern, context);
    for (const name of context.stores) this.storeName(name, k.pattern);
    if (k.guard !== null) {
      this.#requireFailLabels(context, 0);
      this.jumpIf(k.guard, context.failLabels[0], false);
    }
    if (!consumes) this.emit0(op.POP_TOP);
    this.statements(k.body);
    this.jump(op.JUMP, end);
    this.at(k.pattern);
    this.#placeFailLabels(context);
  }

  // Failure.

  #requireFailLabels(context: PatternContext, drops: int): void {
    while (context.failLabels.length <= drops) context.failLabels.push(this.newLabel());
  }

  /** Fails, by a conditional jump or always. */
  #fail(jump: int, context: PatternContext): void {
    const drops: int = context.onTop + context.stores.length;
    this.#requireFailLabels(context, drops);
    this.jump(jump, context.failLabels[drops]);
  }

  #placeFailLabels(context: PatternContext): void {
    for (let k: int = context.failLabels.length - 1; k > 0; k -= 1) {
      this.place(context.failLabels[k]);
      this.emit0(op.POP_TOP);
    }
    if (context.failLabels.length > 0) this.place(context.failLabels[0]);
    context.failLabels = [];
  }

  /** Moves the top below the `count − 1` entries under it. */
  #rotate(count: int): void {
    for (let k: int = count; k > 1; k -= 1) this.emit(op.SWAP, k);
  }

  /** Captures the top; null drops it. */
  #capture(name: string | null, p: Span, context: PatternContext): void {
    if (name === null) {
      this.emit0(op.POP_TOP);
      return;
    }
    this.forbidName(name, p);
    if (context.stores.includes(name)) throw this.#duplicate(name);
    this.#rotate(context.onTop + context.stores.length + 1);
    context.stores.push(name);
  }

  #duplicate(name: string): Error {
    return this.#errorHere(`multiple assignments to name '${name}' in pattern`);
  }

  /** An error at the pattern that was visited last. */
  #errorHere(message: string): Error {
    const at: Position = this.unit.position;
    return this.error(new PlainSpan(at.line, at.column, at.endLine, at.endColumn), message);
  }

  // Patterns: each consumes the subject on top, or fails.

  #pattern(p: Pattern, context: PatternContext): void {
    this.at(p);
    switch (p.kind) {
      case n.N_MATCH_VALUE:
        this.#value((p as ast.MatchValue).value, p, context);
        return;
      case n.N_MATCH_SINGLETON:
        this.loadConst((p as ast.MatchSingleton).value);
        this.emit0(op.COMPARE_IS);
        this.#fail(op.POP_JUMP_IF_FALSE, context);
        return;
      case n.N_MATCH_SEQUENCE:
        this.#sequence(p as ast.MatchSequence, context);
        return;
      case n.N_MATCH_MAPPING:
        this.#mapping(p as ast.MatchMapping, context);
        return;
      case n.N_MATCH_CLASS:
        this.#class(p as ast.MatchClass, context);
        return;
      case n.N_MATCH_STAR:
        this.#capture((p as ast.MatchStar).name, p, context);
        return;
      case n.N_MATCH_AS:
        this.#as(p as ast.MatchAs, context);
        return;
      case n.N_MATCH_OR:
        this.#or(p as ast.MatchOr, context);
        return;
    }
  }

  /** A pattern within another one: it may match always. */
  #subpattern(p: Pattern, context: PatternContext): void {
    const was: boolean = context.allowIrrefutable;
    context.allowIrrefutable = true;
    this.#pattern(p, context);
    context.allowIrrefutable = was;
  }

  #value(e: Expr, p: Span, context: PatternContext): void {
    if (e.kind !== n.N_ATTRIBUTE && this.constantOf(e) === null && !isNumeric(e)) {
      throw this.error(p, "patterns may only match literals and attribute lookups");
    }
    this.expression(e);
    this.emit0(op.COMPARE_EQ);
    this.#fail(op.POP_JUMP_IF_FALSE, context);
  }

  #as(p: ast.MatchAs, context: PatternContext): void {
    if (p.pattern === null) {
      if (!context.allowIrrefutable) {
        const what: string = p.name === null ? "wildcard" : `name capture '${p.name}'`;
        throw this.error(p, `${what} makes remaining patterns unreachable`);
      }
      this.#capture(p.name, p, context);
      return;
    }
    context.onTop += 1;
    this.emit(op.COPY, 1);
    this.#pattern(p.pattern, context);
    context.onTop -= 1;
    this.#capture(p.name, p, context);
  }

  // Sequences.

  #sequence(p: ast.MatchSequence, context: PatternContext): void {
    const patterns: Pattern[] = p.patterns;
    const size: int = patterns.length;
    let star: int = -1;
    let onlyWildcards: boolean = true;
    let starWildcard: boolean = false;
    for (let i: int = 0; i < size; i += 1) {
      const x: Pattern = patterns[i];
      if (x.kind === n.N_MATCH_STAR) {
        if (star >= 0) throw this.error(p, "multiple starred names in sequence pattern");
        star = i;
        starWildcard = isStarWildcard(x);
        onlyWildcards = onlyWildcards && starWildcard;
      } else onlyWildcards = onlyWildcards && isWildcard(x);
    }
    context.onTop += 1;
    this.emit0(op.MATCH_SEQUENCE);
    this.#fail(op.POP_JUMP_IF_FALSE, context);
    if (star < 0) this.#checkLength(size, op.COMPARE_EQ, context);
    else if (size > 1) this.#checkLength(size - 1, op.COMPARE_GE, context);
    context.onTop -= 1;
    if (onlyWildcards) this.emit0(op.POP_TOP);
    else if (starWildcard) this.#items(patterns, star, context);
    else this.#unpacked(patterns, star, context);
  }

  #checkLength(size: int, compare: int, context: PatternContext): void {
    this.emit0(op.GET_LEN);
    this.loadConst(c.intValue(size));
    this.emit0(compare);
    this.#fail(op.POP_JUMP_IF_FALSE, context);
  }

  #unpacked(patterns: Pattern[], star: int, context: PatternContext): void {
    const size: int = patterns.length;
    if (star < 0) this.emit(op.UNPACK_SEQUENCE, size);
    else this.emit(op.UNPACK_EX, star + ((size - star - 1) << 8));
    context.onTop += size;
    for (const p of patterns) {
      context.onTop -= 1;
      this.#subpattern(p, context);
    }
  }

  /** With "*_" only the items that are wanted are taken. */
  #items(patterns: Pattern[], star: int, context: PatternContext): void {
    const size: int = patterns.length;
    context.onTop += 1;
    for (let i: int = 0; i < size; i += 1) {
      if (i === star || isWildcard(patterns[i])) continue;
      this.emit(op.COPY, 1);
      if (i < star) this.loadConst(c.intValue(i));
      else {
        // From the end, without negative indices: the subject need not know them.
        this.emit0(op.GET_LEN);
        this.loadConst(c.intValue(size - i));
        this.emit0(op.BINARY_SUBTRACT);
      }
      this.emit0(op.BINARY_SUBSCR);
      this.#subpattern(patterns[i], context);
    }
    context.onTop -= 1;
    this.emit0(op.POP_TOP);
  }

  // Mappings.

  #mapping(p: ast.MatchMapping, context: PatternContext): void {
    const size: int = p.keys.length;
    context.onTop += 1;
    this.emit0(op.MATCH_MAPPING);
    this.#fail(op.POP_JUMP_IF_FALSE, context);
    if (size === 0 && p.rest === null) {
      context.onTop -= 1;
      this.emit0(op.POP_TOP);
      return;
    }
    if (size > 0) this.#checkLength(size, op.COMPARE_GE, context);
    this.#keys(p);
    this.emit0(op.MATCH_KEYS);
    // [subject keys values]
    context.onTop += 2;
    this.emit(op.COPY, 1);
    this.#fail(op.POP_JUMP_IF_NONE, context);
    this.emit(op.UNPACK_SEQUENCE, size);
    context.onTop += size - 1;
    for (const x of p.patterns) {
      context.onTop -= 1;
      this.#subpattern(x, context);
    }
    // [subject keys]
    context.onTop -= 2;
    this.at(p);
    if (p.rest === null) {
      this.emit0(op.POP_TOP);
      this.emit0(op.POP_TOP);
      return;
    }
    this.#rest(size);
    this.#capture(p.rest, p, context);
  }

  #keys(p: ast.MatchMapping): void {
    const seen: string[] = [];
    for (const key of p.keys) {
      const value: ConstValue | null = this.constantOf(key);
      if (value !== null) {
        const text: string = equalityKey(value);
        if (seen.includes(text)) {
          throw this.error(p, `mapping pattern checks duplicate key (${constantRepr(value)})`);
        }
        seen.push(text);
      } else if (key.kind !== n.N_ATTRIBUTE && !isNumeric(key)) {
        throw this.error(p, "mapping pattern keys may only match literals and attribute lookups");
      }
      this.expression(key);
    }
    this.emit(op.BUILD_TUPLE, p.keys.length);
  }

  /** [subject keys -- dict of the entries that are not in keys]. */
  #rest(size: int): void {
    this.emit(op.BUILD_MAP, 0);
    this.emit(op.SWAP, 3);
    this.emit(op.DICT_UPDATE, 2);
    this.emit(op.UNPACK_SEQUENCE, size);
    for (let k: int = size; k > 0; k -= 1) {
      this.emit(op.COPY, k + 1);
      this.emit(op.SWAP, 2);
      this.emit0(op.DELETE_SUBSCR);
    }
  }

  // Classes.

  #class(p: ast.MatchClass, context: PatternContext): void {
    const names: ConstValue[] = [];
    for (let i: int = 0; i < p.kwdAttrs.length; i += 1) {
      const name: string = p.kwdAttrs[i];
      this.forbidName(name, p.kwdPatterns[i]);
      if (p.kwdAttrs.indexOf(name) !== i) {
        throw this.error(p.kwdPatterns[i], `attribute name repeated in class pattern: ${name}`);
      }
      names.push(c.strValue(name));
    }
    this.expression(p.cls);
    this.loadConst(c.tupleValue(names));
    this.emit(op.MATCH_CLASS, p.patterns.length);
    this.emit(op.COPY, 1);
    context.onTop += 1;
    this.#fail(op.POP_JUMP_IF_NONE, context);
    const all: Pattern[] = [...p.patterns, ...p.kwdPatterns];
    this.emit(op.UNPACK_SEQUENCE, all.length);
    context.onTop += all.length - 1;
    for (const x of all) {
      context.onTop -= 1;
      if (isWildcard(x)) this.emit0(op.POP_TOP);
      else this.#subpattern(x, context);
    }
  }

  // Alternatives.

  #or(p: ast.MatchOr, context: PatternContext): void {
    const end: int = this.newLabel();
    const last: int = p.patterns.length - 1;
    let control: string[] = [];
    for (let i: int = 0; i <= last; i += 1) {
      const inner: PatternContext = new PatternContext();
      inner.allowIrrefutable = i === last && context.allowIrrefutable;
      this.at(p.patterns[i]);
      this.emit(op.COPY, 1);
      this.#pattern(p.patterns[i], inner);
      if (i === 0) control = inner.stores;
      else this.#arrange(control, inner.stores);
      this.jump(op.JUMP, end);
      this.#placeFailLabels(inner);
    }
    // No alternative matched: the copy's original is still there.
    this.emit0(op.POP_TOP);
    this.#fail(op.JUMP, context);
    this.place(end);
    // [… subject captured]: the captured values go where captured values are kept.
    const moves: int = control.length + 1 + context.onTop + context.stores.length;
    for (const name of control) {
      this.#rotate(moves);
      if (context.stores.includes(name)) throw this.#duplicate(name);
      context.stores.push(name);
    }
    this.emit0(op.POP_TOP);
  }

  /** Brings captured values into the order of the first alternative. */
  #arrange(control: string[], stores: string[]): void {
    let same: boolean = control.length === stores.length;
    for (const name of control) if (!stores.includes(name)) same = false;
    if (!same) throw this.#errorHere("alternative patterns bind different names");
    let order: string[] = [...stores];
    for (let k: int = control.length - 1; k >= 0; k -= 1) {
      const from: int = order.indexOf(control[k]);
      if (from === k) continue;
      // The first from + 1 values move down until the wanted one is at k.
      const moved: string[] = order.slice(0, from + 1);
      const others: string[] = order.slice(from + 1, k + 1);
      order = [...others, ...moved, ...order.slice(k + 1, order.length)];
      for (let r: int = 0; r <= from; r += 1) this.#rotate(k + 1);
    }
  }
}

/** A signed or complex number too large to be folded. */
function isNumeric(e: Expr): boolean {
  if (e.kind === n.N_UNARY_OP) return (e as ast.UnaryOp).operand.kind === n.N_CONSTANT;
  return e.kind === n.N_BIN_OP && (e as ast.BinOp).right.kind === n.N_CONSTANT;
}

/** Text that is equal for constants that compare equal. */
function equalityKey(value: ConstValue): string {
  const isNumber: boolean = value.kind === c.C_BOOL || value.kind === c.C_INT;
  if (isNumber) return `${value.small}`;
  const isReal: boolean = value.kind === c.C_FLOAT || (value.kind === c.C_COMPLEX && value.imag === 0.0);
  return isReal ? `${value.real}` : c.constantKey(value);
}

function constantRepr(value: ConstValue): string {
  if (value.kind === c.C_STR) return `'${value.text}'`;
  if (value.kind === c.C_BOOL) return value.small === 1 ? "True" : "False";
  if (value.kind === c.C_NONE) return "None";
  if (value.kind === c.C_COMPLEX) return `${value.imag}j`;
  return value.kind === c.C_INT ? `${value.small}` : floatText(value.real);
}
