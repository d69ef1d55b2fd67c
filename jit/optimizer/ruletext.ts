/**
 * Rules as trees, parsed from their text when this module is imported (so that a translated program holds the trees):
 * matching walks a pattern beside the operations that made a value.
 */
import type { int } from "../../rlib/types.ts";
import { TRACE_OPS } from "../format/traceops.ts";

/** Any value, bound to a variable. */
export const PATTERN_ANY = 0;
/** A constant, bound to a variable. */
export const PATTERN_CONSTANT = 1;
/** This int. */
export const PATTERN_INT = 2;
/** An operation on patterns. */
export const PATTERN_OP = 3;
/** The width of a word. */
export const PATTERN_BITS = 4;
/** The least word. */
export const PATTERN_MIN = 5;
/** The greatest word. */
export const PATTERN_MAX = 6;

/** Any value but a constant, bound to a variable. */
export const PATTERN_BOX = 7;

export class Pattern {
  /** PATTERN_… */
  readonly sort: int;
  /** Variable, int, or opnum. */
  readonly number: int;
  readonly children: readonly Pattern[];

  constructor(sort: int, number: int, children: readonly Pattern[]) {
    this.sort = sort;
    this.number = number;
    this.children = children;
  }
}

export const CONDITION_LT = 0;
export const CONDITION_LE = 1;
export const CONDITION_EQ = 2;

/** A comparison that must be known to hold. */
export class Condition {
  /** CONDITION_… */
  readonly relation: int;
  readonly left: Pattern;
  readonly right: Pattern;

  constructor(relation: int, left: Pattern, right: Pattern) {
    this.relation = relation;
    this.left = left;
    this.right = right;
  }
}

export class Rule {
  readonly text: string;
  /** A PATTERN_OP. */
  readonly pattern: Pattern;
  readonly result: Pattern;
  readonly conditions: readonly Condition[];
  /** Number of variables. */
  readonly variables: int;

  constructor(text: string, pattern: Pattern, result: Pattern, conditions: readonly Condition[], variables: int) {
    this.text = text;
    this.pattern = pattern;
    this.result = result;
    this.conditions = conditions;
    this.variables = variables;
  }
}

const opnums = new Map(TRACE_OPS.map((row) => [row.name, row.opnum]));
const relations: Record<string, number> = { "<": CONDITION_LT, "<=": CONDITION_LE, "==": CONDITION_EQ };
const words: Record<string, number> = { bits: PATTERN_BITS, min: PATTERN_MIN, max: PATTERN_MAX };

/** Parses one rule. */
export function parseRule(text: string): Rule {
  const tokens = text.match(/-?\d+|\w+|=>|<=|==|<|[(),]/g) ?? [];
  const names: string[] = [];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`rule "${text}": ${what} expected, found "${tokens[at] ?? "the end"}"`);
  };
  const take = (token: string) => (tokens[at] === token ? at++ : fail(token));
  const parsePattern = (): Pattern => {
    const token = tokens[at++] ?? fail("a pattern");
    if (/^-?\d+$/.test(token)) return new Pattern(PATTERN_INT, Number(token), []);
    const word = words[token];
    if (word !== undefined) return new Pattern(word, 0, []);
    if (/^[a-zA-Z]$/.test(token)) {
      if (!names.includes(token)) names.push(token);
      const sort = token === "v" ? PATTERN_BOX : token < "a" ? PATTERN_CONSTANT : PATTERN_ANY;
      return new Pattern(sort, names.indexOf(token), []);
    }
    const opnum = opnums.get(token) ?? fail("an operation");
    take("(");
    const children = [parsePattern()];
    while (tokens[at] === ",") {
      at++;
      children.push(parsePattern());
    }
    take(")");
    return new Pattern(PATTERN_OP, opnum, children);
  };
  const pattern = parsePattern();
  take("=>");
  const result = parsePattern();
  const conditions: Condition[] = [];
  while (at < tokens.length) {
    take(conditions.length === 0 ? "if" : ",");
    const left = parsePattern();
    const relation = relations[tokens[at++] ?? ""] ?? fail("a relation");
    conditions.push(new Condition(relation, left, parsePattern()));
  }
  return new Rule(text, pattern, result, conditions, names.length);
}

/** Rules by the operation that their left side begins with. */
export function rulesByOperation(texts: readonly string[]): readonly (readonly Rule[])[] {
  const table: Rule[][] = TRACE_OPS.map(() => []);
  for (const text of texts) {
    const rule = parseRule(text);
    table[rule.pattern.number]?.push(rule);
  }
  return table;
}
