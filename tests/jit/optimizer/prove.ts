/**
 * `npm run prove`: proves every rewrite rule of the trace optimizer for words of 32 and 64 bits with Z3.
 *
 * A rule is wrong if there are values for which its conditions hold and its left side is defined, and its right side is
 * not defined or is different. Variables that choose a power of two or a number of bytes are tried one by one: products
 * and extractions with an unknown one are beyond a solver.
 */
import { type BitVec, type Bool, init } from "z3-solver";
import { traceOpInfo } from "../../../jit/format/traceops.ts";
import { RULE_TEXTS } from "../../../jit/optimizer/rules.ts";
import * as t from "../../../jit/optimizer/ruletext.ts";

const { Context } = await init();
const { BitVec: Word, Solver, If, And, Or, Not } = Context("rules");

type W = BitVec<number, "rules">;
type B = Bool<"rules">;

const solver = new Solver();

/** One rule at one width, with values for the variables that are tried one by one. */
class Case {
  readonly bits: number;
  readonly known: ReadonlyMap<number, bigint>;
  readonly #variables: W[];

  constructor(bits: number, known: ReadonlyMap<number, bigint>, count: number) {
    this.bits = bits;
    this.known = known;
    this.#variables = Array.from({ length: count }, (_, i) => {
      const value = known.get(i);
      return value === undefined ? Word.const(`v${i}`, bits) : this.word(value);
    });
  }

  word(value: bigint | number): W {
    return Word.val(BigInt.asUintN(this.bits, BigInt(value)), this.bits);
  }

  truth(condition: B): W {
    return If(condition, this.word(1), this.word(0)) as W;
  }

  /** Value of a pattern; adds to `defined` when it is one. */
  value(p: t.Pattern, defined: B[]): W {
    switch (p.sort) {
      case t.PATTERN_INT:
        return this.word(p.number);
      case t.PATTERN_BITS:
        return this.word(this.bits);
      case t.PATTERN_MIN:
        return this.word(-(1n << BigInt(this.bits - 1)));
      case t.PATTERN_MAX:
        return this.word((1n << BigInt(this.bits - 1)) - 1n);
      case t.PATTERN_OP: {
        const args = p.children.map((c) => this.value(c, defined));
        return this.operation(traceOpInfo(p.number).name, args, p, defined);
      }
      default:
        return this.#variables[p.number]!;
    }
  }

  operation(name: string, args: W[], p: t.Pattern, defined: B[]): W {
    const [a, b] = args as [W, W];
    const zero = this.word(0);
    const divides = () => defined.push(b.neq(zero));
    const quotientFits = () =>
      defined.push(Not(And(b.eq(this.word(-1)), a.eq(this.word(-(1n << BigInt(this.bits - 1)))))));
    const isCount = () => defined.push(And(b.sge(zero), b.slt(this.word(this.bits))));
    switch (name) {
      case "int_add":
        return a.add(b);
      case "int_sub":
        return a.sub(b);
      case "int_mul":
        return a.mul(b);
      case "int_floordiv":
        divides();
        quotientFits();
        return a.sdiv(b);
      case "int_mod":
        divides();
        quotientFits();
        return a.srem(b);
      case "uint_floordiv":
        divides();
        return a.udiv(b);
      case "uint_mod":
        divides();
        return a.urem(b);
      case "int_and":
        return a.and(b);
      case "int_or":
        return a.or(b);
      case "int_xor":
        return a.xor(b);
      case "int_lshift":
        isCount();
        return a.shl(b);
      case "int_rshift":
        isCount();
        return a.shr(b);
      case "int_urshift":
        isCount();
        return a.lshr(b);
      case "int_neg":
        return a.neg();
      case "int_invert":
        return a.not();
      case "int_signext":
      case "int_zeroext":
        return this.extended(name, a, p, defined);
      case "int_ctz":
        return this.word(trailingZeros(this.constant(p.children[0]!), this.bits));
      case "int_popcount":
        return this.word(population(this.constant(p.children[0]!)));
      default:
        return this.truth(this.comparison(name, a, b, zero));
    }
  }

  comparison(name: string, a: W, b: W, zero: W): B {
    const table: Record<string, () => B> = {
      int_lt: () => a.slt(b),
      int_le: () => a.sle(b),
      int_gt: () => a.sgt(b),
      int_ge: () => a.sge(b),
      uint_lt: () => a.ult(b),
      uint_le: () => a.ule(b),
      uint_gt: () => a.ugt(b),
      uint_ge: () => a.uge(b),
      int_eq: () => a.eq(b),
      int_ne: () => a.neq(b),
      int_is_true: () => a.neq(zero),
      int_is_zero: () => a.eq(zero),
    };
    const found = table[name];
    if (found === undefined) throw new Error(`${name} has no meaning here`);
    return found();
  }

  extended(name: string, a: W, p: t.Pattern, defined: B[]): W {
    const bits = Number(this.constant(p.children[1]!)) * 8;
    if (bits <= 0 || bits > this.bits) {
      defined.push(this.word(0).neq(this.word(0)));
      return a;
    }
    if (bits === this.bits) return a;
    const low = a.extract(bits - 1, 0);
    return name === "int_signext" ? low.signExt(this.bits - bits) : low.zeroExt(this.bits - bits);
  }

  /** The number that a pattern of known variables stands for, unsigned. */
  constant(p: t.Pattern): bigint {
    const word = (x: bigint) => BigInt.asUintN(this.bits, x);
    if (p.sort === t.PATTERN_INT) return word(BigInt(p.number));
    if (p.sort === t.PATTERN_OP && traceOpInfo(p.number).name === "int_add") {
      return word(this.constant(p.children[0]!) + this.constant(p.children[1]!));
    }
    const known = this.known.get(p.number);
    if (known === undefined || p.sort === t.PATTERN_OP) throw new Error("a variable is not known that has to be");
    return word(known);
  }
}

function trailingZeros(x: bigint, bits: number): number {
  let n = 0;
  while (n < bits && ((x >> BigInt(n)) & 1n) === 0n) n++;
  return n;
}

function population(x: bigint): number {
  return x.toString(2).replaceAll("0", "").length;
}

/** Every pattern in a rule. */
function* patterns(p: t.Pattern): Generator<t.Pattern> {
  yield p;
  for (const c of p.children) yield* patterns(c);
}

/** Values to try one by one for some variables of a rule. */
function choicesOf(rule: t.Rule, bits: number): Map<number, bigint[]> {
  const choices = new Map<number, bigint[]>();
  const sides = rule.conditions.flatMap((c) => [c.left, c.right]);
  const powers = Array.from({ length: bits }, (_, k) => 1n << BigInt(k));
  for (const p of [rule.pattern, rule.result, ...sides].flatMap((side) => [...patterns(side)])) {
    if (p.sort !== t.PATTERN_OP) continue;
    const { name } = traceOpInfo(p.number);
    const [first, second] = p.children as [t.Pattern, t.Pattern];
    if (name === "int_signext" || name === "int_zeroext") {
      choices.set(
        second.number,
        Array.from({ length: bits / 8 }, (_, i) => BigInt(i + 1)),
      );
    } else if (name === "int_popcount" && first.sort === t.PATTERN_OP) {
      // The condition says that it is a power of two less one.
      choices.set(
        first.children[0]!.number,
        powers.map((x) => x - 1n),
      );
    } else if (name === "int_popcount" || name === "int_ctz") choices.set(first.number, powers);
    else if (name === "int_mul") {
      const shift = p.children.find((c) => c.sort === t.PATTERN_OP && traceOpInfo(c.number).name === "int_lshift");
      if (shift !== undefined)
        choices.set(
          shift.children[1]!.number,
          powers.map((_, k) => BigInt(k)),
        );
    }
  }
  return choices;
}

function* assignments(choices: [number, bigint[]][]): Generator<Map<number, bigint>> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const value of first[1]) for (const others of assignments(rest)) yield new Map([...others, [first[0], value]]);
}

/** A counterexample, or null when the rule is proved. */
async function disprove(rule: t.Rule, bits: number): Promise<string | null> {
  for (const known of assignments([...choicesOf(rule, bits)])) {
    const one = new Case(bits, known, rule.variables);
    const holds: B[] = [];
    const left = one.value(rule.pattern, holds);
    for (const c of rule.conditions) {
      const a = one.value(c.left, holds);
      const b = one.value(c.right, holds);
      holds.push(c.relation === t.CONDITION_LT ? a.slt(b) : c.relation === t.CONDITION_LE ? a.sle(b) : a.eq(b));
    }
    const rightDefined: B[] = [];
    const right = one.value(rule.result, rightDefined);
    solver.reset();
    solver.add(...holds, Or(left.neq(right), ...rightDefined.map((d) => Not(d))));
    const answer = await solver.check();
    if (answer === "unsat") continue;
    return answer === "sat" ? `${solver.model().toString()} ${[...known]}` : "unknown";
  }
  return null;
}

let failures = 0;
const started = performance.now();
for (const bits of [32, 64]) {
  for (const text of RULE_TEXTS) {
    const found = await disprove(t.parseRule(text), bits);
    if (found === null) continue;
    failures++;
    console.log(`${bits} bits: ${text}\n  ${found}`);
  }
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${RULE_TEXTS.length} rules at 32 and 64 bits: ${failures} not proved, ${seconds} s`);
process.exit(failures === 0 ? 0 : 1);
