/** Mistakes become diagnostics: message, cure, and the chains of both sides. */
import type { Chain } from "../translator/diagnostics/chain.ts";
import type { DiagnosticCode } from "../translator/diagnostics/codes.ts";
import { Diagnostic } from "../translator/diagnostics/report.ts";
import { Constant } from "../translator/flow/model.ts";
import { TypeConflict } from "./conflict.ts";
import type { MetMistake } from "./errors.ts";
import { Explainer } from "./explain.ts";
import type { FunctionSpecialization } from "./functions.ts";
import { SomeFloat } from "./model.ts";
import type { Solver } from "./solve.ts";

/** The diagnostics of all mistakes in the chosen specializations (and of those in none). */
export function diagnosticsOf(solver: Solver, chosen: ReadonlySet<FunctionSpecialization>): Diagnostic[] {
  const explainer = new Explainer(solver);
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const met of solver.mistakes.values()) {
    if (met.specialization !== null && !chosen.has(met.specialization)) continue;
    const diagnostic = toDiagnostic(solver, explainer, met);
    const key = `${diagnostic.code} ${diagnostic.position}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(diagnostic);
  }
  return found;
}

function toDiagnostic(solver: Solver, explainer: Explainer, met: MetMistake): Diagnostic {
  const { mistake } = met;
  if (mistake instanceof Diagnostic) return mistake;
  if (mistake instanceof TypeConflict) return conflictDiagnostic(solver, explainer, met, mistake);
  const chains = mistake.sides.map((side) => explainer.side(side, met.specialization, met.position));
  return new Diagnostic(mistake.code, met.position, mistake.message, mistake.help, chains.filter(hasSteps));
}

function conflictDiagnostic(solver: Solver, explainer: Explainer, met: MetMistake, conflict: TypeConflict): Diagnostic {
  if (conflict.declared !== null) return contractDiagnostic(solver, explainer, met, conflict);
  const { cell, left, right } = conflict;
  const what = cell?.what ?? met.what;
  const code = codeOf(met, conflict);
  const chains: Chain[] = [];
  if (cell !== null) chains.push(explainer.ofCell(`${what} is ${left.toText()}`, cell, left));
  if (met.operand !== null && met.specialization !== null) {
    chains.push(explainer.ofValue(`${met.what} is ${right.toText()}`, met.operand, met.specialization, met.position));
  } else if (conflict.inflow !== null) {
    chains.push(explainer.ofInflow(`${conflict.inflow.what} is ${right.toText()}`, conflict.inflow));
  } else if (conflict.otherCell !== null) {
    chains.push(explainer.ofCell(`${conflict.otherCell.what} is ${right.toText()}`, conflict.otherCell, right));
  }
  const message = `${what} receives both ${left.toText()} and ${right.toText()}`;
  return new Diagnostic(code, met.position, message, null, chains.filter(hasSteps));
}

function codeOf(met: MetMistake, conflict: TypeConflict): DiagnosticCode {
  if (conflict.left.kind === "tuple" && conflict.right.kind === "tuple") return "RTS1219";
  return conflict.cell?.find().isShared === true && met.operand === null ? "RTS1218" : "RTS1201";
}

function contractDiagnostic(solver: Solver, explainer: Explainer, met: MetMistake, conflict: TypeConflict): Diagnostic {
  const declared = conflict.declared === null ? "" : solver.types.describe(conflict.declared);
  const { cell, right } = conflict;
  const what = cell?.what ?? (met.what === "" ? "value" : met.what);
  if (conflict.otherDeclared !== null) return contradiction(solver, met, conflict, what);
  const isFloat = conflict.declared?.kind === "int" && right instanceof SomeFloat;
  const message = `${what} is declared ${declared}, but receives ${right.toText()}`;
  const chains: Chain[] = [];
  if (cell?.position != null)
    chains.push({
      title: `${what} is ${declared}`,
      steps: [{ text: `declared ${declared}`, position: cell.position }],
    });
  if (met.operand !== null && met.specialization !== null) {
    chains.push(explainer.ofValue(`the value is ${right.toText()}`, met.operand, met.specialization, met.position));
  } else if (conflict.inflow !== null) {
    chains.push(explainer.ofInflow(`the value is ${right.toText()}`, conflict.inflow));
  } else if (cell !== null) {
    chains.push(explainer.ofCell(`the value is ${right.toText()}`, cell, right));
  }
  return new Diagnostic(isFloat ? "RTS1202" : "RTS1214", met.position, message, null, chains.filter(hasSteps));
}

/** Two declarations of one thing: of a prebuilt object reached from two places, or of values that met. */
function contradiction(solver: Solver, met: MetMistake, conflict: TypeConflict, what: string): Diagnostic {
  const [a, b] = [conflict.declared, conflict.otherDeclared].map((d) => (d === null ? "" : solver.types.describe(d)));
  const isPrebuilt = met.operand instanceof Constant && typeof met.operand.value === "object";
  const steps = conflict.cell?.position == null ? [] : [{ text: `declared ${a}`, position: conflict.cell.position }];
  const other = { title: `elsewhere ${b}`, steps: [{ text: `declared ${b}`, position: met.position }] };
  const message = `${what} is declared both ${a} and ${b}`;
  return new Diagnostic(isPrebuilt ? "RTS1303" : "RTS1214", met.position, message, null, [
    { title: `${what} is ${a}`, steps },
    other,
  ]);
}

function hasSteps(chain: Chain): boolean {
  return chain.steps.length > 0;
}
