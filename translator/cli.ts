/**
 * `bin/translate`: options in, exit code out. 0 built, 1 the program has errors, 2 usage, 3 the toolchain failed.
 */
import { relative } from "node:path";
import { DiagnosticError, InternalError, renderDiagnostic } from "./diagnostics/report.ts";
import { type Outcome, translate } from "./driver.ts";
import { UnknownTarget } from "./load/target.ts";
import { type Options, parseOptions, UsageError } from "./options.ts";
import { Progress, peak } from "./progress.ts";
import { startViewer } from "./view/server.ts";

const BUILT = 0;
const PROGRAM_ERRORS = 1;
const USAGE = 2;
const TOOLCHAIN_FAILED = 3;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Runs the command line and gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let options: Options | null;
  try {
    options = await parseOptions(args);
  } catch (error) {
    if (!(error instanceof UsageError)) say(`translate: ${error instanceof Error ? error.message : String(error)}`);
    else say(`translate: ${error.message}`);
    return USAGE;
  }
  if (options === null) return BUILT;
  const progress = new Progress(process.stderr);
  try {
    const outcome = await translate(options, progress);
    if (options.profile) say(progress.profile());
    return await finish(outcome, options, progress);
  } catch (error) {
    return failed(error, args);
  }
}

async function finish(outcome: Outcome, options: Options, progress: Progress): Promise<number> {
  const color = process.stderr.isTTY === true;
  if (outcome.kind === "errors") {
    say(outcome.diagnostics.render({ color }));
    return PROGRAM_ERRORS;
  }
  const seconds = progress.totalSeconds.toFixed(1);
  if (outcome.kind === "checked") {
    say(`no errors in ${outcome.functions} functions (${seconds} s)`);
  } else {
    const { output, size } = outcome.report;
    const kilobytes = `${(size / 1024).toFixed(0)} KB`;
    say(
      `${relative(process.cwd(), output)}: ${kilobytes}, ${options.machine}, ${seconds} s, peak ${peak().toFixed(0)} MB`,
    );
  }
  if (options.view !== null) await serve(outcome, options.view);
  return BUILT;
}

/** Serves the viewer until interrupted. */
async function serve(outcome: Exclude<Outcome, { kind: "errors" }>, stage: string): Promise<void> {
  const { server, url } = await startViewer(outcome.shown.store, stage);
  say(`graphs: ${url}  (Ctrl-C ends)`);
  await new Promise<void>((resolve) => process.once("SIGINT", () => server.close(() => resolve())));
}

function failed(error: unknown, args: readonly string[]): number {
  if (error instanceof UnknownTarget) {
    say(`translate: ${error.message}`);
    return USAGE;
  }
  if (error instanceof DiagnosticError) {
    say(renderDiagnostic(error.diagnostic, { color: process.stderr.isTTY === true }));
    return PROGRAM_ERRORS;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = error instanceof InternalError && error.where !== "" ? `\n${error.where}` : "";
  say(`internal error of the translator (not a mistake of your program):\n${text}${where}`);
  say(`please report this with the program and the command: translate ${args.join(" ")}`);
  return TOOLCHAIN_FAILED;
}
