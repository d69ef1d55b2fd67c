/**
 * `--check` of what nothing calls: functions and methods of the program's own files are analysed from their declared
 * types, so that a library, or a part that is not used yet, is checked too. Left alone are functions with a parameter
 * whose type is not declared, and functions of the import phase: those that use the host, or syntax that run-time code
 * does not have, or that import-time code mentions. Only files with run-time code are looked at.
 */
import type { Diagnostic } from "../translator/diagnostics/report.ts";
import { leadingInputs } from "./adapt.ts";
import { NO_TYPES } from "./declared.ts";
import { assumeDeclared, fromDeclared } from "./fromdeclared.ts";
import type { FunctionSpecialization, LiveFunction, UserFunction } from "./functions.ts";
import { isBottom, SomeInstance, type SomeValue } from "./model.ts";
import { reachableFrom } from "./reachable.ts";
import { diagnosticsOf } from "./report.ts";
import type { Solver } from "./solve.ts";
import type { Why } from "./union.ts";

/** The mistakes in functions that nothing calls. */
export function checkUncalled(solver: Solver, called: ReadonlySet<FunctionSpecialization>): Diagnostic[] {
  const known = new Set<LiveFunction>();
  for (const s of called) if ("live" in s.desc) known.add(s.desc.live);
  const files = new Set([...called].map((s) => s.graph.position.file));
  const importTime = solver.world.importTimeNames();
  const roots: FunctionSpecialization[] = [];
  for (const live of solver.world.declaredFunctions()) {
    if (known.has(live) || !files.has(solver.world.fileOf(live)) || importTime.has(live.name)) continue;
    const root = startFromDeclared(solver, live);
    if (root !== null) roots.push(root);
  }
  const added = (): FunctionSpecialization[] => [...reachableFrom(solver, roots)].filter((s) => !called.has(s));
  solver.finish(added);
  const found = diagnosticsOf(solver, new Set(added()));
  return found.filter((d) => !IMPORT_TIME.has(d.code));
}

const IMPORT_TIME = new Set<string>([
  "RTS1002",
  "RTS1003",
  "RTS1008",
  "RTS1009",
  "RTS1011",
  "RTS1014",
  "RTS1015",
  "RTS1301",
]);

function startFromDeclared(solver: Solver, live: LiveFunction): FunctionSpecialization | null {
  const owner = solver.calls.ownerOf(live);
  const f: UserFunction | null = solver.calls.userFunction(live, owner);
  if (f === null) return null;
  const { signature } = f.built;
  if (signature.typeParameters.length > 0 || (owner !== null && owner.typeArguments.length > 0)) return null;
  if (owner !== null && solver.classes.isGeneric(owner.liveClass as unknown as LiveFunction)) return null;
  const types: SomeValue[] = [];
  for (const p of signature.parameters) {
    if (p.type === null) return null;
    const declared = solver.types.resolve(p.type.node);
    const type = fromDeclared(solver, p.optional ? solver.types.withNulls(declared, 2) : declared);
    if (isBottom(type)) return null;
    types.push(type);
  }
  const rest = signature.parameters.at(-1)?.rest === true;
  const made = solver.calls.specializer.specialization(f, { count: types.length, restList: rest }, "", NO_TYPES, false);
  const leading = leadingInputs(signature);
  const why: Why = (type) => ({
    type,
    what: "declared type",
    position: f.built.graph.position,
    from: null,
    cell: null,
  });
  if (signature.hasThis && owner !== null) {
    assumeDeclared(solver, owner);
    solver.unifier.merge(made.params[0] as never, new SomeInstance(owner), why);
  }
  types.forEach((type, i) => {
    solver.unifier.merge(made.params[leading + i] as never, type, why);
  });
  return made;
}
