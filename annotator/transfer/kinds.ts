/** Questions and requirements that transfer functions share: numbers, ints, texts. */
import { isBottom, SomeInt, type SomeValue } from "../model.ts";
import type { OpContext } from "../opcontext.ts";
import { numberRank } from "../union.ts";

export function isNumber(s: SomeValue): boolean {
  return numberRank(s) >= 0;
}

export function isText(s: SomeValue): boolean {
  return s.kind === "string" || s.kind === "char";
}

export function isBig(s: SomeValue): boolean {
  return s.kind === "bigint" || s.kind === "machineInt";
}

/** Only null so far, or nothing at all: the operation gives no result yet. */
export function isNothing(s: SomeValue): boolean {
  return s.kind === "nothing";
}

export function isIntLike(s: SomeValue): boolean {
  const rank = numberRank(s);
  return rank === 0 || rank === 1;
}

/** Is the value known to be no less than 0? */
export function isNonNegative(s: SomeValue): boolean {
  if (s.constant !== null && typeof s.constant.value === "number") return s.constant.value >= 0;
  return s instanceof SomeInt && s.nonNegative;
}

/** A constant number, or null. */
export function knownNumber(s: SomeValue): number | null {
  const value = s.constant?.value;
  return typeof value === "number" ? value : null;
}

/** Requires that operand `i` can be used as an int: int, int-valued, or an integral float (converted with a check). */
export function requireInt(ctx: OpContext, i: number, what: string): SomeValue {
  return requireIntType(ctx, ctx.arg(i), i, what);
}

export function requireIntType(ctx: OpContext, s: SomeValue, operand: number, what: string): SomeValue {
  const rank = numberRank(s);
  if (rank >= 0 && rank <= 2) return s;
  if (isBottom(s) || s.kind === "nothing" || s.kind === "poison") return s;
  const shown = operand >= 0 ? [operand] : [];
  if (rank === 3) return ctx.fail("RTS1202", `${what} is a float, an int is required`, null, shown);
  if (s.kind === "address" || s.kind === "gcRef") return s;
  return ctx.fail("RTS1217", `${what} is ${s.toText()}, an int is required`, null, shown);
}

/** Requires a number. */
export function requireNumber(ctx: OpContext, s: SomeValue, what: string, operand = -1): SomeValue {
  if (numberRank(s) >= 0 || s.kind === "nothing" || s.kind === "poison") return s;
  return ctx.fail("RTS1206", `${what} is ${s.toText()}, a number is required`, null, operand >= 0 ? [operand] : []);
}

/** Requires a string. */
export function requireText(ctx: OpContext, s: SomeValue, what: string, operand = -1): SomeValue {
  if (isText(s) || s.kind === "nothing" || s.kind === "poison") return s;
  return ctx.fail("RTS1206", `${what} is ${s.toText()}, a string is required`, null, operand >= 0 ? [operand] : []);
}

/** Bottom if any of the values is null only: control does not pass. */
export function blocked(...values: readonly SomeValue[]): boolean {
  return values.some((s) => s.kind === "nothing");
}
