/**
 * Hints for the JIT: what drivers are told at their merge points, and what is wrong about it. Types are those of Node:
 * identities, and answers that are not known before a trace is made.
 */
import { type HintMap, hintsOfClass } from "../../rlib/hints.ts";
import { JitDriver } from "../../rlib/jit.ts";
import type { BuiltinCall, BuiltinTable } from "../builtins.ts";
import type { ClassDesc, FieldDesc } from "../classes.ts";
import { isBottom, NOTHING, SomeInstance, type SomeKind, type SomeValue, UNDEFINED } from "../model.ts";

/** The argument itself. */
function identity(call: BuiltinCall): SomeValue {
  return call.arg(0) ?? UNDEFINED;
}

function conditionalCall(call: BuiltinCall): SomeValue {
  call.callback(1, call.args.slice(2));
  return UNDEFINED;
}

/** The driver that a call names; it must be known while translating. */
function driverOf(call: BuiltinCall): JitDriver<object> {
  const live: unknown = call.self.constant?.value;
  if (live instanceof JitDriver) return live;
  return call.ctx.fail("RTS1501", `${call.name}: which driver this is must be known`, null, [0]);
}

/** What can tell two positions of the user's program apart. */
const GREEN_KINDS: ReadonlySet<SomeKind> = new Set([
  "int",
  "intValued",
  "char",
  "bool",
  "float",
  "string",
  "instance",
  "function",
  "list",
  "map",
  "typedArray",
]);

/** Scalars that would need a flag beside them. */
function isNullableScalar(s: SomeValue): boolean {
  return s.canBeNull && ["int", "intValued", "char", "bool", "float", "machineInt"].includes(s.kind);
}

/** The object literal of a merge point or of an entry. */
function position(call: BuiltinCall): ClassDesc | null {
  const s = call.arg(0);
  if (s === null || isBottom(s)) return null;
  if (s instanceof SomeInstance && !s.canBeNull) return s.classDesc;
  return call.ctx.fail("RTS1502", `${call.name} takes an object literal, not ${s.toText()}`, null, [call.operand(0)]);
}

function fieldOf(call: BuiltinCall, desc: ClassDesc, name: string): FieldDesc | null {
  const field = desc.findField(name);
  if (field !== null) return field;
  return call.ctx.fail("RTS1502", `${call.name}: \`${name}\` is missing`);
}

/** Checks the names that the literal must have, and their types. */
function readVariables(call: BuiltinCall, desc: ClassDesc, names: readonly string[], isGreen: boolean): boolean {
  for (const name of names) {
    const field = fieldOf(call, desc, name);
    const s = field === null ? NOTHING : call.ctx.read(field.cell);
    if (isBottom(s)) return false;
    if (isNullableScalar(s)) {
      return call.ctx.fail("RTS1503", `${call.name}: \`${name}\` is ${s.toText()}; a number must not be null here`);
    }
    if (isGreen && !GREEN_KINDS.has(s.kind) && s.kind !== "nothing") {
      return call.ctx.fail("RTS1503", `${call.name}: \`${name}\` is ${s.toText()}, which cannot be a green`);
    }
  }
  return true;
}

function namesOf(desc: ClassDesc): string[] {
  return [...desc.find().fields.keys()];
}

function refuseOthers(call: BuiltinCall, desc: ClassDesc, allowed: readonly string[]): void {
  for (const name of namesOf(desc)) {
    if (!allowed.includes(name)) {
      call.ctx.fail("RTS1502", `${call.name}: \`${name}\` is neither a green nor a red of the driver`);
    }
  }
}

function mergePoint(call: BuiltinCall): SomeValue {
  const { greens, reds = [], virtualizables = [] } = driverOf(call).options as DriverNames;
  const desc = position(call);
  if (desc === null) return NOTHING;
  refuseOthers(call, desc, [...greens, ...reds, ...virtualizables]);
  if (!readVariables(call, desc, greens, true) || !readVariables(call, desc, reds, false)) return NOTHING;
  const held = virtualizables.filter((name) => !greens.includes(name) && !reds.includes(name));
  if (!readVariables(call, desc, held, false)) return NOTHING;
  for (const name of virtualizables) requireVirtualizable(call, desc, name);
  return UNDEFINED;
}

function canEnter(call: BuiltinCall): SomeValue {
  const { greens } = driverOf(call).options as DriverNames;
  const desc = position(call);
  if (desc === null) return NOTHING;
  refuseOthers(call, desc, greens);
  return readVariables(call, desc, greens, true) ? UNDEFINED : NOTHING;
}

/** The options as names, whatever the driver's type arguments were. */
interface DriverNames {
  readonly greens: readonly string[];
  readonly reds?: readonly string[];
  readonly virtualizables?: readonly string[];
}

/** Hints about a class itself, of this class or the nearest base that has some. */
export function classHint(desc: ClassDesc, hint: string): unknown {
  for (const c of desc.chain()) {
    if (c.liveClass === null) continue;
    const hints: HintMap | undefined = hintsOfClass(c.liveClass)?.get("");
    const found = hints?.get(hint);
    if (found !== undefined) return found;
  }
  return undefined;
}

function requireVirtualizable(call: BuiltinCall, desc: ClassDesc, name: string): void {
  const field = fieldOf(call, desc, name);
  const s = field === null ? NOTHING : call.ctx.read(field.cell);
  if (s instanceof SomeInstance && classHint(s.classDesc, "virtualizable") === undefined) {
    call.ctx.fail("RTS1504", `${call.name}: ${s.classDesc.name} (\`${name}\`) is not declared virtualizable`);
  }
}

export const JIT_INTRINSICS: BuiltinTable = {
  "jit.promote": identity,
  "jit.promoteString": identity,
  "jit.virtualRef": identity,
  "jit.conditionalCall": conditionalCall,
  "jit.JitDriver.mergePoint": mergePoint,
  "jit.JitDriver.canEnter": canEnter,
};
