/** Contracts, casts, and conversion to text. */
import type { NarrowedClass, TypeRef } from "../../translator/flow/description.ts";
import type { DeclaredType } from "../declared.ts";
import { isBottom, NOTHING, POISON, SomeInstance, type SomeValue, STRING } from "../model.ts";
import { narrowToClasses } from "../narrow.ts";
import type { OpContext, Transfer } from "../opcontext.ts";

function contract(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  const declared = ctx.resolve(ctx.constant<TypeRef>(1));
  if (declared === null || isBottom(s)) return s;
  ctx.operand = ctx.op.args[0] ?? null;
  ctx.what = "value";
  const conformed = ctx.solver.unifier.conform(s, declared);
  return conformed;
}

/** `v as T`: a downcast of instances, a contract on numbers; other claims are tsc's. */
function cast(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  const declared = ctx.resolve(ctx.constant<TypeRef>(1));
  if (declared === null || isBottom(s)) return s;
  if (declared.kind === "unknown" || declared.kind === "never") return s;
  if (declared.kind === "instance") return castToClass(ctx, s, declared);
  if (s.kind === "nothing") return s;
  const kept = declared.nulls === 0 && declared.kind !== "nullish" && declared.kind !== "union" ? s.nonNull() : s;
  ctx.operand = ctx.op.args[0] ?? null;
  ctx.what = "value of the cast";
  return declared.constrains ? ctx.solver.unifier.conform(kept, declared) : kept;
}

function castToClass(ctx: OpContext, s: SomeValue, declared: DeclaredType): SomeValue {
  if (declared.kind !== "instance") return s;
  const kept = declared.nulls === 0 && s.kind !== "nothing" ? s.nonNull() : s;
  const live = ctx.solver.classes.liveOf(declared.declaration);
  if (!(kept instanceof SomeInstance) || live === null) return kept;
  const generic = ctx.solver.classes.isGeneric(live as never);
  const known = generic && declared.typeArguments.every((t) => t.kind !== "unknown");
  const classes =
    generic && !known
      ? ctx.solver.classes.variants(live as never)
      : [ctx.solver.classes.descOf(live as never, known ? declared.typeArguments : [])];
  const narrowed = narrowToClasses(kept, classes);
  if (narrowed.kind === "nothing") {
    if (ctx.solver.classes.implementsClass(kept.classDesc, declared.declaration)) return kept;
    return ctx.fail("RTS1210", `${kept.toText()} is never ${ctx.solver.types.describe(declared)}`, null, [0]);
  }
  return narrowed.withNulls(kept.nulls);
}

/** The checker narrowed a path to a class. */
function narrow(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  const { declaration } = ctx.constant<NarrowedClass>(1);
  const live = ctx.solver.classes.liveOf(declaration);
  if (!(s instanceof SomeInstance) || live === null) return s.kind === "nothing" ? NOTHING : s;
  const narrowed = narrowToClasses(s, ctx.solver.classes.variants(live as never));
  return narrowed.kind === "nothing" && ctx.solver.classes.implementsClass(s.classDesc, declaration)
    ? s.nonNull()
    : narrowed;
}

function nonnull(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  return s.kind === "nothing" ? NOTHING : s.nonNull();
}

/** Text as a template literal gives it. */
function toText(ctx: OpContext): SomeValue {
  const s = ctx.arg(0);
  return textOf(ctx, s, 0);
}

export function textOf(ctx: OpContext, s: SomeValue, operand: number): SomeValue {
  if (isBottom(s)) return NOTHING;
  switch (s.kind) {
    case "string":
    case "char":
      return s.nulls === 0 ? s : STRING;
    case "nothing":
    case "intValued":
    case "int":
    case "float":
    case "bool":
    case "bigint":
    case "machineInt":
      return STRING;
    case "poison":
      return POISON;
    case "instance":
      return instanceText(ctx, s as SomeInstance);
    case "list":
    case "ptr":
      return STRING;
    default:
      return ctx.fail("RTS1206", `${s.toText()} has no text`, null, [operand]);
  }
}

function instanceText(ctx: OpContext, s: SomeInstance): SomeValue {
  const error = ctx.solver.classes.descOf(Error);
  if (ctx.solver.classes.member(s.classDesc, "toString") !== null) {
    const called = ctx.solver.calls.callMethod(ctx, s, "toString", "method", { types: [], operands: [], spread: null });
    if (called.target !== null) ctx.target(called.target);
    return isBottom(called.result) ? NOTHING : called.result;
  }
  if (s.classDesc.isSubclassOf(error)) {
    ctx.target({ kind: "builtin", name: "error.toString", operands: [0], spread: null, callbacks: new Map() });
    return STRING;
  }
  return ctx.fail("RTS1206", `${s.toText()} has no toString method`, null, [0]);
}

export const CONVERSION: Readonly<Record<string, Transfer>> = {
  contract,
  cast,
  narrow,
  nonnull,
  to_string: toText,
  unreachable: () => NOTHING,
};
