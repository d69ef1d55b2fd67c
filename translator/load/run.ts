/**
 * `bin/run TARGET arguments…`: runs a target's entry function on Node. The exit status is the function's result; an
 * uncaught error prints as Node prints it and gives 1.
 */
import { DiagnosticError, renderDiagnostic } from "../diagnostics/report.ts";
import { checker, programFrames } from "./checker.ts";
import { type LoadedTarget, loadTarget, UnknownTarget } from "./target.ts";

const usage = "usage: bin/run [--fast] TARGET [arguments of the program]\n";

async function load(name: string): Promise<LoadedTarget | null> {
  try {
    return await loadTarget(name, {
      target: "node",
      wordBits: 53,
      gc: "node",
      jit: false,
      optimize: 0,
      arguments: [],
    });
  } catch (e) {
    if (!(e instanceof DiagnosticError || e instanceof UnknownTarget)) throw e;
    process.stderr.write(`${renderDiagnostic(e.diagnostic)}\n`);
    process.exitCode = e instanceof UnknownTarget ? 2 : 1;
    return null;
  }
}

/** An uncaught error: its text as `name: message`, then where it was thrown. */
function printUncaught(e: unknown): void {
  const text = e instanceof Error ? `${e.name}: ${e.message}\n${programFrames(e.stack ?? "")}` : String(e);
  process.stderr.write(`${text.trimEnd()}\n`);
}

/** Runs a program; `checked` turns the checks on. */
export async function main(args: readonly string[], checked: boolean): Promise<void> {
  const name = args[0];
  if (name === undefined || name === "-h" || name === "--help") {
    process.stderr.write(usage);
    process.exitCode = name === undefined ? 2 : 0;
    return;
  }
  const target = await load(name);
  if (target === null) return;
  const { entry } = target;
  checker.on = checked;
  try {
    process.exitCode = entry(args.slice(1)) & 255;
  } catch (e) {
    checker.caught(e);
    printUncaught(e);
    process.exitCode = 1;
  } finally {
    checker.on = false;
  }
}
