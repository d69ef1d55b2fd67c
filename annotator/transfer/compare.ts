/** Comparison, truth, `typeof`, `instanceof`. What is known while translating folds, so that dead branches vanish. */
import {
  BOOL,
  FALSE,
  isBottom,
  NOTHING,
  NULL_BIT,
  SomeClass,
  SomeInstance,
  SomeString,
  type SomeValue,
  STRING,
  TRUE,
  UNDEFINED_BIT,
} from "../model.ts";
import { typeofName } from "../narrow.ts";
import type { OpContext, Transfer } from "../opcontext.ts";
import { blocked, isBig, isNumber, isText } from "./kinds.ts";

function bool(value: boolean): SomeValue {
  return value ? TRUE : FALSE;
}

function isScalarConstant(s: SomeValue): boolean {
  const type = typeof s.constant?.value;
  return type === "number" || type === "string" || type === "boolean" || type === "bigint";
}

function relational(symbol: string, fold: (a: never, b: never) => boolean): Transfer {
  return (ctx) => {
    const [a, b] = [ctx.arg(0), ctx.arg(1)];
    if (blocked(a, b)) return NOTHING;
    const alike =
      (isNumber(a) && isNumber(b)) || (isText(a) && isText(b)) || (isBig(a) && isBig(b)) || isBigAndNumber(a, b);
    if (!alike && !(a.kind === "bool" && b.kind === "bool")) {
      return ctx.fail("RTS1206", `\`${symbol}\` is applied to ${a.toText()} and ${b.toText()}`, null, [0, 1]);
    }
    if (isScalarConstant(a) && isScalarConstant(b)) {
      return bool(fold((a.constant as { value: never }).value, (b.constant as { value: never }).value));
    }
    return BOOL;
  };
}

function isBigAndNumber(a: SomeValue, b: SomeValue): boolean {
  return (isBig(a) && isNumber(b)) || (isNumber(a) && isBig(b));
}

/** Kinds that can be equal. */
function comparable(a: SomeValue, b: SomeValue): boolean {
  if (a.kind === b.kind) return true;
  if (isNumber(a) && isNumber(b)) return true;
  if (isText(a) && isText(b)) return true;
  if (isBig(a) && isBig(b)) return true;
  const functions = (s: SomeValue): boolean => s.kind === "function" || s.kind === "class";
  return functions(a) && functions(b);
}

function equality(ctx: OpContext): boolean | null {
  const [a, b] = [ctx.arg(0), ctx.arg(1)];
  if (a.kind === "nothing" || b.kind === "nothing") return equalsNull(a, b);
  if (isScalarConstant(a) && isScalarConstant(b))
    return (a.constant as { value: unknown }).value === (b.constant as { value: unknown }).value;
  if (!comparable(a, b)) {
    if ((a.nulls & b.nulls) !== 0 || isLow(a) || isLow(b)) return null;
    return ctx.fail("RTS1215", `${a.toText()} is compared with ${b.toText()}`, null, [0, 1]);
  }
  if (a.nulls === 0 && b.nulls === 0 && a instanceof SomeClass && b instanceof SomeClass) {
    if (a.constant !== null && b.constant !== null) return a.constant.value === b.constant.value;
  }
  return null;
}

function isLow(s: SomeValue): boolean {
  return s.kind === "ptr" || s.kind === "gcRef" || s.kind === "address";
}

/** One side is null, undefined or either. */
function equalsNull(a: SomeValue, b: SomeValue): boolean | null {
  const [none, other] = a.kind === "nothing" ? [a, b] : [b, a];
  if (isLow(other)) return null;
  if ((none.nulls & other.nulls) === 0) return false;
  if (other.kind === "nothing" && none.constant !== null && other.constant !== null) return true;
  return null;
}

function eq(ctx: OpContext): SomeValue {
  if (blockedBoth(ctx)) return NOTHING;
  const known = equality(ctx);
  return known === null ? BOOL : bool(known);
}

function ne(ctx: OpContext): SomeValue {
  if (blockedBoth(ctx)) return NOTHING;
  const known = equality(ctx);
  return known === null ? BOOL : bool(!known);
}

function blockedBoth(ctx: OpContext): boolean {
  return isBottom(ctx.arg(0)) || isBottom(ctx.arg(1));
}

function isNullish(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (isBottom(s)) return NOTHING;
  if (s.kind === "nothing") return TRUE;
  return s.nulls === 0 && !isLow(s) ? FALSE : BOOL;
}

/** Truthiness of a live value that is constant in the program. */
function isTrue(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (isBottom(s)) return NOTHING;
  if (s.kind === "nothing") return FALSE;
  if (s.constant !== null && s.nulls === 0 && (isScalarConstant(s) || s.kind === "function" || s.kind === "class")) {
    return bool(Boolean(s.constant.value));
  }
  if (s.nulls !== 0) return BOOL;
  switch (s.kind) {
    case "instance":
    case "list":
    case "tuple":
    case "map":
    case "set":
    case "typedArray":
    case "function":
    case "class":
    case "iterator":
    case "stringBuilder":
    case "weakRef":
      return TRUE;
    default:
      return BOOL;
  }
}

function not(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (blocked(s)) return NOTHING;
  return s.constant === null ? BOOL : bool(s.constant.value === false);
}

function typeOf(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  if (isBottom(s)) return NOTHING;
  const names = new Set<string>();
  const own = typeofName(s);
  if (own !== null) names.add(own);
  if ((s.nulls & NULL_BIT) !== 0) names.add("object");
  if ((s.nulls & UNDEFINED_BIT) !== 0) names.add("undefined");
  if (names.size !== 1) return STRING;
  return new SomeString(0, { value: [...names][0] });
}

function instanceOf(ctx: OpContext): SomeValue {
  const [s, cls] = [ctx.arg(0), ctx.arg(1)];
  if (isBottom(s) || blocked(cls)) return NOTHING;
  if (s.kind === "nothing") return FALSE;
  if (!(cls instanceof SomeClass)) return builtinInstanceOf(ctx, s, cls);
  if (!(s instanceof SomeInstance)) return FALSE;
  const classes = cls.classes.flatMap((c) =>
    c.liveClass === null ? [c] : ctx.solver.classes.variants(c.liveClass as never),
  );
  const have = s.classDesc;
  const possible = classes.filter((c) => have.isSubclassOf(c) || c.isSubclassOf(have));
  if (possible.length === 0) return FALSE;
  const certain = cls.constant !== null && s.nulls === 0 && classes.some((c) => have.isSubclassOf(c));
  return certain ? TRUE : BOOL;
}

/** `v instanceof Map` and its like: known from the kind. */
function builtinInstanceOf(ctx: OpContext, s: SomeValue, cls: SomeValue): SomeValue {
  const name = (cls.constant?.value as { name?: string } | undefined)?.name ?? "";
  const kinds: Readonly<Record<string, string>> = { Array: "list", Map: "map", Set: "set", Function: "function" };
  const kind = kinds[name];
  if (kind === undefined) return ctx.fail("RTS1206", `instanceof ${cls.toText()}`, null, [1]);
  if (s.kind === kind || (kind === "list" && s.kind === "tuple")) return s.nulls === 0 ? TRUE : BOOL;
  return FALSE;
}

export const COMPARISON: Readonly<Record<string, Transfer>> = {
  lt: relational("<", (a, b) => a < b),
  le: relational("<=", (a, b) => a <= b),
  gt: relational(">", (a, b) => a > b),
  ge: relational(">=", (a, b) => a >= b),
  eq,
  ne,
  is_nullish: isNullish,
  is_true: isTrue,
  not,
  typeof: typeOf,
  instance_of: instanceOf,
};
