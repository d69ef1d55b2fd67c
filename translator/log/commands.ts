/**
 * The commands of `rtslog`, one record each: adding one is adding a record. What a command prints it returns; a file that
 * cannot be used is a LogError, a wrong word on the command line a UsageError.
 */
import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { pageOf } from "./html.ts";
import { type Log, loadLog } from "./model.ts";
import { drawTime, type Range } from "./picture.ts";
import { pngOf } from "./png.ts";
import { LogError } from "./reader.ts";
import { summaryJson, summaryText } from "./summary.ts";

/** A mistake on the command line. */
export class UsageError extends Error {}

/** Values of a command's options by name. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

export interface CommandOption {
  readonly type: "string" | "number" | "boolean";
  readonly describe: string;
  readonly required?: boolean;
}

export interface Command {
  readonly name: string;
  readonly describe: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Works on a log and gives what goes to standard output. */
  run(file: string, values: Values): string;
}

const drawing: Command = {
  name: "draw-time",
  describe: "draw where the time went: sections over time, pauses, totals",
  options: {
    output: { type: "string", describe: "the picture: a file ending in .png, .svg or .html", required: true },
    from: { type: "number", describe: "draw from this second on" },
    to: { type: "number", describe: "draw up to this second" },
  },
  run(file, values) {
    const output = String(values.output);
    const render = RENDERERS[extname(output)];
    if (render === undefined) throw new UsageError(`--output=${output} should end in .png, .svg or .html`);
    const log = loadLog(file);
    const bytes = render(log, rangeOf(log, values));
    try {
      writeFileSync(output, bytes);
    } catch (error) {
      throw new LogError(`cannot write ${output}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return "";
  },
};

const RENDERERS: Readonly<Record<string, (log: Log, range: Range) => string | Uint8Array>> = {
  ".png": (log, range) => pngOf(drawTime(log, range).svg),
  ".svg": (log, range) => drawTime(log, range).svg,
  ".html": (log, range) => pageOf(log, drawTime(log, range)),
};

function rangeOf(log: Log, values: Values): Range {
  const from = values.from === undefined ? 0 : Number(values.from) * 1e6;
  const to = values.to === undefined ? log.end : Math.min(log.end, Number(values.to) * 1e6);
  if (Number.isNaN(from) || Number.isNaN(to)) throw new UsageError("--from and --to are numbers of seconds");
  const nothing = from < 0 || from > log.end || (from >= to && log.end > 0);
  if (nothing) throw new UsageError(`--from and --to name no part of the log's ${(log.end / 1e6).toFixed(3)} seconds`);
  return { from, to };
}

const summary: Command = {
  name: "summary",
  describe: "print tables: time per component and section, pauses with percentiles and histogram, sums of numbers",
  options: { json: { type: "boolean", describe: "print one JSON object, times in microseconds" } },
  run(file, values) {
    const log = loadLog(file);
    return values.json === true ? summaryJson(log) : summaryText(log);
  },
};

export const COMMANDS: readonly Command[] = [drawing, summary];
