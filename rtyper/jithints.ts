/**
 * rlib's hints about functions and classes, on low-level functions and structs. Only where a program gets a JIT.
 */
import type { ClassDesc } from "../annotator/classes.ts";
import { type FunctionSpecialization, UserFunction } from "../annotator/functions.ts";
import { type HintMap, hintsOfClass, hintsOfFunction } from "../rlib/hints.ts";
import { fail } from "../translator/diagnostics/report.ts";
import { FunctionHints, mutationSlot, StructHints, VIRTUALIZABLE_TOKEN } from "./lltype/jit.ts";
import { type Field, ptrTo, Signed } from "./lltype/types.ts";
import { storageName } from "./names.ts";

/** Hints about a member: about the function itself, or about the class with the member's name. */
function hintMaps(desc: UserFunction): HintMap[] {
  const found: HintMap[] = [];
  const own = hintsOfFunction(desc.live);
  if (own !== null) found.push(own);
  const cls = desc.owner?.liveClass ?? null;
  const ofMember = cls === null ? null : hintsOfClass(cls)?.get(desc.live.name);
  if (ofMember !== null && ofMember !== undefined) found.push(ofMember);
  return found;
}

/** What the program says to the JIT about a function; null: nothing. */
export function functionHints(s: FunctionSpecialization): FunctionHints | null {
  const { desc } = s;
  if (!(desc instanceof UserFunction)) return null;
  const maps = hintMaps(desc);
  const has = (name: string): boolean => maps.some((map) => map.has(name));
  const hints = new FunctionHints();
  hints.promoteArguments = has("elidablePromote");
  hints.elidable = has("elidable") || hints.promoteArguments;
  hints.unrollSafe = has("unrollSafe");
  hints.dontLookInside = has("dontLookInside");
  hints.loopInvariant = has("loopInvariant");
  const isSaid =
    hints.elidable || hints.unrollSafe || hints.dontLookInside || hints.loopInvariant || hints.promoteArguments;
  return isSaid ? hints : null;
}

/** A field's name in the struct by the name in the program; a mistake when the class has no such field. */
function requireField(desc: ClassDesc, name: string, hint: string): void {
  // A field that run-time code never touches is not there, and needs no hint.
  if (desc.liveClass === null || desc.findField(name) !== null) return;
  const source = desc.liveClass.toString();
  if (!source.includes(name)) fail("RTS1505", null, `${hint}: ${desc.name} has no field \`${name}\``);
}

/** Hints about a class itself (its bases' are on their structs); null: nothing. */
export function structHints(desc: ClassDesc): StructHints | null {
  const found = new StructHints();
  const members = desc.liveClass === null ? null : hintsOfClass(desc.liveClass);
  for (const [member, hints] of members ?? []) {
    const fields = member === "" ? hints.get("virtualizable") : undefined;
    if (fields !== undefined) {
      found.virtualizable = fields as readonly string[];
      for (const name of found.virtualizable) requireField(desc, name.replace("[*]", ""), "virtualizable");
    }
    if (!hints.has("quasiImmutable")) continue;
    requireField(desc, member, "quasiImmutable");
    const field = desc.fields.get(member);
    if (field !== undefined) found.quasiImmutable.add(storageName(field));
  }
  for (const field of desc.fields.values()) {
    if (field.immutable && field.readonlyItems) found.readonlyItems.add(storageName(field));
  }
  const isSaid = found.virtualizable !== null || found.quasiImmutable.size > 0 || found.readonlyItems.size > 0;
  return isSaid ? found : null;
}

/** The fields that the JIT itself needs in a class. */
export function hiddenFields(hints: StructHints): Field[] {
  const fields: Field[] = [];
  if (hints.virtualizable !== null) fields.push({ name: VIRTUALIZABLE_TOKEN, type: Signed, immutable: false });
  for (const field of hints.quasiImmutable) {
    fields.push({ name: mutationSlot(field), type: ptrTo.object, immutable: false });
  }
  return fields;
}
