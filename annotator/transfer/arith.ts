/**
 * Arithmetic. Ints stay ints under `+ - * %`, meet floats as floats; `/` is float; bit operations are JavaScript's on
 * 32 bits. Operations on constants fold, unless the result would leave the exact range.
 */
import {
  BIGINT,
  FLOAT,
  INT,
  INT_VALUED,
  INTEGRAL,
  NON_NEGATIVE,
  NOTHING,
  SomeBigInt,
  SomeFloat,
  SomeInt,
  SomeIntValued,
  SomeString,
  type SomeValue,
  STRING,
  UINT32,
} from "../model.ts";
import type { OpContext, Transfer } from "../opcontext.ts";
import { numberRank } from "../union.ts";
import { blocked, isBig, isIntLike, isNonNegative, isNumber, isText, knownNumber, requireInt } from "./kinds.ts";

type Fold = (a: number, b: number) => number;

/** The result of `>>>` on a 32-bit target: no int of the word holds all of them, so arithmetic takes them as floats. */
function isUint32(s: SomeValue): boolean {
  return s instanceof SomeInt && s.uint32;
}

/** The kind of the result of `+ - *` on numbers. */
function joined(a: SomeValue, b: SomeValue): SomeValue {
  if ((isUint32(a) || isUint32(b)) && numberRank(a) <= 1 && numberRank(b) <= 1) return INTEGRAL;
  const rank = Math.max(numberRank(a), numberRank(b));
  return [INT_VALUED, INT, INTEGRAL, FLOAT][rank] as SomeValue;
}

function folded(a: SomeValue, b: SomeValue, kind: SomeValue, fold: Fold): SomeValue | null {
  const x = knownNumber(a);
  const y = knownNumber(b);
  if (x === null || y === null) return null;
  const value = fold(x, y);
  if (kind instanceof SomeFloat) return new SomeFloat(0, { value }, kind.integral);
  if (!Number.isSafeInteger(value) || Object.is(value, -0) || Math.abs(value) > 0x3fffffff) return null;
  return kind instanceof SomeIntValued ? new SomeIntValued(0, { value }) : new SomeInt(0, { value }, value >= 0);
}

function wrongOperands(ctx: OpContext, symbol: string): never {
  return ctx.fail(
    "RTS1206",
    `\`${symbol}\` is applied to ${ctx.arg(0).toText()} and ${ctx.arg(1).toText()}`,
    null,
    [0, 1],
  );
}

function numeric(symbol: string, fold: Fold): Transfer {
  return (ctx) => {
    const [a, b] = [ctx.arg(0), ctx.arg(1)];
    if (blocked(a, b)) return NOTHING;
    if (isNumber(a) && isNumber(b)) {
      const kind = joined(a, b);
      return folded(a, b, kind, fold) ?? kind;
    }
    // The one of `x++`; what is written as an int is refused by tsc.
    if (isBig(a) && (isBig(b) || knownNumber(b) === 1)) return BIGINT;
    return wrongOperands(ctx, symbol);
  };
}

/** Whether `+` with a string knows the value's text without calling a method of it. */
function hasPlainText(s: SomeValue): boolean {
  return isText(s) || isNumber(s) || isBig(s) || s.kind === "bool" || s.kind === "nothing" || s.kind === "poison";
}

function add(ctx: OpContext): SomeValue {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (isText(a) || isText(b)) {
    const [x, y] = [a.constant, b.constant];
    if (x !== null && y !== null && typeof x.value === "string" && typeof y.value === "string") {
      return new SomeString(0, { value: x.value + y.value });
    }
    if (hasPlainText(a) && hasPlainText(b)) return STRING;
    return ctx.fail("RTS1206", `\`+\` is applied to ${a.toText()} and ${b.toText()}`, "use a template literal", [0, 1]);
  }
  return plus(ctx);
}

const plus = numeric("+", (a, b) => a + b);

function div(ctx: OpContext): SomeValue {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (blocked(a, b)) return NOTHING;
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [knownNumber(a), knownNumber(b)];
    return x !== null && y !== null ? new SomeFloat(0, { value: x / y }) : FLOAT;
  }
  return isBig(a) && isBig(b) ? BIGINT : wrongOperands(ctx, "/");
}

function mod(ctx: OpContext): SomeValue {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (blocked(a, b)) return NOTHING;
  if (isBig(a) && isBig(b)) return BIGINT;
  if (!isNumber(a) || !isNumber(b)) return wrongOperands(ctx, "%");
  if (isIntLike(a) && isIntLike(b) && !isUint32(a) && !isUint32(b)) {
    if (knownNumber(b) !== 0) {
      const constant = folded(a, b, joined(a, b), (x, y) => x % y);
      if (constant !== null) return constant;
    }
    return isNonNegative(a) ? NON_NEGATIVE : joined(a, b);
  }
  const kind = joined(a, b);
  return folded(a, b, kind, (x, y) => x % y) ?? kind;
}

function pow(ctx: OpContext): SomeValue {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (blocked(a, b)) return NOTHING;
  if (isBig(a) && isBig(b)) return BIGINT;
  if (!isNumber(a) || !isNumber(b)) return wrongOperands(ctx, "**");
  const [x, y] = [knownNumber(a), knownNumber(b)];
  if (x !== null && y !== null) {
    const value = x ** y;
    if (isIntLike(a) && isIntLike(b) && y >= 0 && Number.isSafeInteger(value)) {
      return Math.abs(value) <= 0x3fffffff ? new SomeInt(0, { value }, value >= 0) : new SomeFloat(0, { value }, true);
    }
    return new SomeFloat(0, { value }, Number.isInteger(value));
  }
  return isIntLike(a) && isIntLike(b) && isNonNegative(b) ? INTEGRAL : FLOAT;
}

function neg(ctx: OpContext): SomeValue {
  const a = ctx.arg(0);
  if (blocked(a)) return NOTHING;
  if (isBig(a)) return a.constant === null ? BIGINT : new SomeBigInt(0, { value: -(a.constant.value as bigint) });
  if (!isNumber(a)) return ctx.fail("RTS1206", `\`-\` is applied to ${a.toText()}`, null, [0]);
  const x = knownNumber(a);
  if (x === null && isUint32(a)) return INTEGRAL;
  if (a instanceof SomeFloat)
    return x === null ? a.withoutConstant().nonNull() : new SomeFloat(0, { value: -x }, a.integral);
  if (x !== null && x !== 0) {
    return a instanceof SomeIntValued ? new SomeIntValued(0, { value: -x }) : new SomeInt(0, { value: -x }, x < 0);
  }
  return a instanceof SomeIntValued ? INT_VALUED : INT;
}

function pos(ctx: OpContext): SomeValue {
  const a = ctx.arg(0);
  if (blocked(a)) return NOTHING;
  if (isText(a)) return FLOAT;
  if (a.kind === "bool") return NON_NEGATIVE;
  if (!isNumber(a)) return ctx.fail("RTS1206", `\`+\` is applied to ${a.toText()}`, null, [0]);
  return a.nonNull();
}

function bits(symbol: string, fold: Fold, nonNegative: (a: SomeValue, b: SomeValue) => boolean): Transfer {
  return (ctx) => {
    const [a, b] = [ctx.arg(0), ctx.arg(1)];
    if (blocked(a, b)) return NOTHING;
    if (isBig(a) && isBig(b)) return BIGINT;
    if (isBig(a) || isBig(b)) return wrongOperands(ctx, symbol);
    requireBits(ctx, 0, symbol);
    requireBits(ctx, 1, symbol);
    return folded(a, b, INT, fold) ?? (nonNegative(a, b) ? NON_NEGATIVE : INT);
  };
}

/** `(a / b) | 0` is the truncated quotient: a quotient of ints may be an operand. */
function requireBits(ctx: OpContext, i: number, symbol: string): void {
  const s = ctx.arg(i);
  if (s.kind === "float" || s.kind === "bool") return;
  requireInt(ctx, i, `operand of \`${symbol}\``);
}

/** Non-negative and within 31 bits, so that the 32-bit operation keeps the sign: constants only. */
function isSmall(s: SomeValue): boolean {
  const x = knownNumber(s);
  return x !== null && x >= 0 && x <= 0x7fffffff;
}

function ushr(ctx: OpContext): SomeValue {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (blocked(a, b)) return NOTHING;
  requireBits(ctx, 0, ">>>");
  requireBits(ctx, 1, ">>>");
  const shift = knownNumber(b);
  const constant = folded(a, b, INT, (x, y) => x >>> y);
  if (constant !== null) return constant;
  if (ctx.solver.options.wordBits === 64 || (shift !== null && (shift & 31) > 0)) return NON_NEGATIVE;
  return UINT32;
}

function bitNot(ctx: OpContext): SomeValue {
  const a = ctx.arg(0);
  if (blocked(a)) return NOTHING;
  if (isBig(a)) return BIGINT;
  requireBits(ctx, 0, "~");
  const x = knownNumber(a);
  return x === null ? INT : new SomeInt(0, { value: ~x }, ~x >= 0);
}

export const ARITHMETIC: Readonly<Record<string, Transfer>> = {
  add,
  sub: numeric("-", (a, b) => a - b),
  mul: numeric("*", (a, b) => a * b),
  div,
  mod,
  pow,
  neg,
  pos,
  bit_and: bits(
    "&",
    (a, b) => a & b,
    (a, b) => isSmall(a) || isSmall(b),
  ),
  bit_or: bits(
    "|",
    (a, b) => a | b,
    () => false,
  ),
  bit_xor: bits(
    "^",
    (a, b) => a ^ b,
    () => false,
  ),
  bit_not: bitNot,
  shl: bits(
    "<<",
    (a, b) => a << b,
    () => false,
  ),
  shr: bits(
    ">>",
    (a, b) => a >> b,
    (a) => isSmall(a),
  ),
  ushr,
};
