/**
 * Every rewrite rule, for all words of 8 bits. A rule's two sides are written out as JavaScript expressions over numbers
 * from -128 to 127, independently of the optimizer's own arithmetic, and compared for all values of its variables for
 * which its conditions hold and the left side is defined; the right side must be defined there too.
 */
import { describe, expect, it } from "vitest";
import { COMMUTES, traceOpInfo } from "../../../jit/format/traceops.ts";
import { RULE_TEXTS } from "../../../jit/optimizer/rules.ts";
import * as t from "../../../jit/optimizer/ruletext.ts";

const wrap = (e: string) => `((${e}) << 24 >> 24)`;
const truth = (e: string) => `((${e}) ? 1 : 0)`;
const unsigned = (e: string) => `((${e}) & 255)`;

const meanings: Record<string, (a: string, b: string) => string> = {
  int_add: (a, b) => wrap(`${a} + ${b}`),
  int_sub: (a, b) => wrap(`${a} - ${b}`),
  int_mul: (a, b) => wrap(`${a} * ${b}`),
  int_floordiv: (a, b) => wrap(`${a} / ${b}`),
  int_mod: (a, b) => wrap(`${a} % ${b}`),
  uint_floordiv: (a, b) => wrap(`${unsigned(a)} / ${unsigned(b)}`),
  uint_mod: (a, b) => wrap(`${unsigned(a)} % ${unsigned(b)}`),
  int_and: (a, b) => `(${a} & ${b})`,
  int_or: (a, b) => `(${a} | ${b})`,
  int_xor: (a, b) => `(${a} ^ ${b})`,
  int_lshift: (a, b) => wrap(`${a} << ${b}`),
  int_rshift: (a, b) => `(${a} >> ${b})`,
  int_urshift: (a, b) => wrap(`${unsigned(a)} >> ${b}`),
  int_neg: (a) => wrap(`0 - ${a}`),
  int_invert: (a) => `(~${a})`,
  int_signext: (a) => a,
  int_zeroext: (a) => a,
  int_ctz: (a) => `ctz(${a})`,
  int_popcount: (a) => `popcount(${a})`,
  int_lt: (a, b) => truth(`${a} < ${b}`),
  int_le: (a, b) => truth(`${a} <= ${b}`),
  int_eq: (a, b) => truth(`${a} === ${b}`),
  int_ne: (a, b) => truth(`${a} !== ${b}`),
  int_gt: (a, b) => truth(`${a} > ${b}`),
  int_ge: (a, b) => truth(`${a} >= ${b}`),
  uint_lt: (a, b) => truth(`${unsigned(a)} < ${unsigned(b)}`),
  uint_le: (a, b) => truth(`${unsigned(a)} <= ${unsigned(b)}`),
  uint_gt: (a, b) => truth(`${unsigned(a)} > ${unsigned(b)}`),
  uint_ge: (a, b) => truth(`${unsigned(a)} >= ${unsigned(b)}`),
  int_is_true: (a) => truth(`${a} !== 0`),
  int_is_zero: (a) => truth(`${a} === 0`),
};

/** When an operation is defined. A word of 8 bits has one byte. */
const preconditions: Record<string, (a: string, b: string) => string> = {
  int_floordiv: (a, b) => `${b} !== 0 && !(${b} === -1 && ${a} === -128)`,
  int_mod: (a, b) => `${b} !== 0 && !(${b} === -1 && ${a} === -128)`,
  uint_floordiv: (_, b) => `${b} !== 0`,
  uint_mod: (_, b) => `${b} !== 0`,
  int_lshift: (_, b) => `${b} >= 0 && ${b} < 8`,
  int_rshift: (_, b) => `${b} >= 0 && ${b} < 8`,
  int_urshift: (_, b) => `${b} >= 0 && ${b} < 8`,
  int_signext: (_, b) => `${b} === 1`,
  int_zeroext: (_, b) => `${b} === 1`,
};

function expression(p: t.Pattern, defined: string[]): string {
  switch (p.sort) {
    case t.PATTERN_INT:
      return `(${p.number})`;
    case t.PATTERN_BITS:
      return "8";
    case t.PATTERN_MIN:
      return "(-128)";
    case t.PATTERN_MAX:
      return "127";
    case t.PATTERN_OP: {
      const { name } = traceOpInfo(p.number);
      const [a = "", b = ""] = p.children.map((c) => expression(c, defined));
      const condition = preconditions[name]?.(a, b);
      if (condition !== undefined) defined.push(`(${condition})`);
      const meaning = meanings[name];
      if (meaning === undefined) throw new Error(`${name} has no meaning here`);
      return meaning(a, b);
    }
    default:
      return `v${p.number}`;
  }
}

const relations = ["<", "<=", "==="];

/** A function that looks for values for which the rule is wrong: their list, or null. */
function compile(rule: t.Rule): () => number[] | null {
  const leftDefined: string[] = [];
  const rightDefined: string[] = [];
  const left = expression(rule.pattern, leftDefined);
  const right = expression(rule.result, rightDefined);
  const conditions: string[] = [];
  for (const c of rule.conditions) {
    const defined: string[] = [];
    const text = `${expression(c.left, defined)} ${relations[c.relation]} ${expression(c.right, defined)}`;
    conditions.push(...defined, `(${text})`);
  }
  const holds = [...leftDefined, ...conditions].join(" && ") || "true";
  const right1 = rightDefined.join(" && ") || "true";
  const variables = Array.from({ length: rule.variables }, (_, i) => `v${i}`);
  const loops = variables.map((v) => `for (let ${v} = -128; ${v} < 128; ${v}++)`).join("\n");
  const body = `${loops}\nif (${holds}) if (!(${right1}) || ${left} !== ${right}) return [${variables}];\nreturn null;`;
  const helpers = `
    const ctz = (x) => { let n = 0; while (n < 8 && (x >> n & 1) === 0) n++; return n; };
    const popcount = (x) => { let n = 0; for (let i = 0; i < 8; i++) n += x >> i & 1; return n; };`;
  // biome-ignore lint/security/noGlobalEval: the rule is written out as code so that 16 million cases take a moment
  return globalThis.eval(`(() => {${helpers}\n${body}\n})`);
}

describe("rewrite rules at 8 bits", () => {
  it.each(RULE_TEXTS.map((text) => [text]))("%s", (text) => {
    expect(compile(t.parseRule(text))()).toBeNull();
  });

  it("finds what is wrong", () => {
    expect(compile(t.parseRule("int_floordiv(x, 2) => int_rshift(x, 1)"))()).toEqual([-127]);
    expect(compile(t.parseRule("int_add(x, 0) => int_floordiv(x, x)"))()).not.toBeNull();
    expect(compile(t.parseRule("int_lt(x, C) => int_le(x, int_sub(C, 1))"))()).not.toBeNull();
  });

  it("has no rule that an earlier one shadows entirely", () => {
    const shapes = RULE_TEXTS.map((text) => text.split(" => ")[0]);
    const plain = RULE_TEXTS.filter((text) => !text.includes(" if ")).map((text) => text.split(" => ")[0]);
    expect(plain.filter((shape) => shapes.indexOf(shape) !== shapes.lastIndexOf(shape))).toEqual([]);
    expect((traceOpInfo(t.parseRule(RULE_TEXTS[0]!).pattern.number).flags & COMMUTES) !== 0).toBe(true);
  });
});
