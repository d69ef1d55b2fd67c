/**
 * The command line of `translate`, parsed into one record. Help, defaults and errors come from the table here and from
 * the tables it refers to (collectors, passes, stages).
 */
import { parseArgs } from "node:util";
import yargs from "yargs";
import { COLLECTORS, type CollectorName } from "../gc/interface.ts";
import { PASSES } from "./optimize/passes.ts";

/** Stages whose graphs can be viewed, in order; `optimize` is shown after each pass. */
export const GRAPH_STAGES = ["flow", "annotate", "rtype", "jit", "optimize", "gc"] as const;
export type GraphStage = (typeof GRAPH_STAGES)[number];
/** What can be dumped: the graphs, the jitcodes, and the modules given to clang. */
export const STAGES = [...GRAPH_STAGES, "jitcode", "llvm"] as const;
export type Stage = (typeof STAGES)[number];

export interface Options {
  readonly targetName: string;
  /** What followed `--`. */
  readonly targetArguments: readonly string[];
  readonly level: number;
  /** A tracing JIT is woven into the binary. */
  readonly jit: boolean;
  readonly gc: CollectorName;
  readonly removeTypePointer: boolean;
  readonly machine: "x86-64" | "x86-32";
  readonly wordBits: 32 | 64;
  /** Null: the target's name plus "-c". */
  readonly output: string | null;
  readonly check: boolean;
  /** Stage shown first by the viewer; null without `--view`. */
  readonly view: GraphStage | null;
  readonly dump: readonly Stage[];
  readonly dumpFolder: string;
  readonly passes: ReadonlyMap<string, boolean>;
  readonly lldebug: boolean;
  readonly isStatic: boolean;
  readonly profile: boolean;
}

/** A mistake on the command line; the message says what and which words are right. */
export class UsageError extends Error {}

const LEVELS = ["-O0", "-O1", "-O2", "-O3"];
/** With a JIT, the interpreter itself is optimized as at this level. */
const JIT_LEVEL = 2;

/** `-O2` is one word for people and yargs would split it. */
function takeLevel(args: readonly string[]): { level: number; jit: boolean; rest: string[] } {
  let level = 2;
  let jit = false;
  const rest: string[] = [];
  for (const arg of args) {
    if (LEVELS.includes(arg)) {
      level = Number(arg.slice(2));
      jit = false;
    } else if (arg === "-Ojit") {
      level = JIT_LEVEL;
      jit = true;
    } else if (/^-O/.test(arg)) {
      throw new UsageError(`unknown optimization level ${arg}: use ${LEVELS.join(" ")} -Ojit`);
    } else rest.push(arg);
  }
  return { level, jit, rest };
}

function parser() {
  let y = yargs()
    .scriptName("translate")
    .usage(
      "$0 TARGET [options] [-- target options]\n\nTARGET: a name in goal/ (targetpython or python) or a path to a .ts file.",
    )
    .option("O", {
      type: "string",
      describe: "-O0 -O1 -O2 -O3 -Ojit: optimization level; -Ojit adds a JIT",
      default: "2",
    })
    .option("gc", { choices: Object.keys(COLLECTORS), default: "semispace", describe: "garbage collector" })
    .option("gcremovetypeptr", {
      type: "boolean",
      default: true,
      describe: "merge the type pointer into the GC header",
    })
    .option("target", { choices: ["x86-64", "x86-32"], default: "x86-64", describe: "machine of the binary" })
    .option("output", { type: "string", describe: 'the binary (default: TARGET without "target", plus "-c")' })
    .option("check", { type: "boolean", default: false, describe: "stop after annotation; report every error" })
    .option("view", {
      type: "string",
      describe: `interactive graphs in the browser: --view[=${GRAPH_STAGES.join("|")}]`,
    })
    .option("dump", { type: "string", describe: `write graphs as text: --dump=${STAGES.join(",")}` })
    .option("dump-dir", { type: "string", default: "dump", describe: "folder for --dump" })
    .option("lldebug", { type: "boolean", default: false, describe: "assertions and verification after every pass" })
    .option("static", { type: "boolean", default: false, describe: "link statically" })
    .option("profile-translation", { type: "boolean", default: false, describe: "show where the time went" });
  for (const pass of PASSES) {
    y = y.option(`backendopt-${pass.name}`, {
      type: "boolean",
      describe: pass.why,
      defaultDescription: `on from -O${pass.level}`,
    });
  }
  return y
    .help("help")
    .alias("help", "h")
    .version(false)
    .strictOptions()
    .parserConfiguration({
      "boolean-negation": true,
      "strip-aliased": true,
      "populate--": true,
      "camel-case-expansion": false,
    })
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}

function stage<S extends string>(word: string, stages: readonly S[]): S {
  const found = stages.find((s) => s === word);
  if (found === undefined) throw new UsageError(`unknown stage ${word}: stages are ${stages.join(", ")}`);
  return found;
}

/**
 * Parses the arguments of `bin/translate`. Returns null when help was asked for and printed.
 * Throws UsageError.
 */
export async function parseOptions(args: readonly string[]): Promise<Options | null> {
  const separator = args.indexOf("--");
  const own = separator < 0 ? args : args.slice(0, separator);
  const targetArguments = separator < 0 ? [] : args.slice(separator + 1);
  const { level, jit, rest } = takeLevel(own);
  const wantsHelp = parseArgs({ args: rest, strict: false, options: { help: { type: "boolean", short: "h" } } }).values
    .help;
  if (wantsHelp === true || args.length === 0) {
    parser().showHelp("log");
    return null;
  }
  const values = (await parser().parseAsync(rest)) as Record<string, unknown> & { _: (string | number)[] };
  if (values._.length === 0) throw new UsageError("no TARGET given (translate -h shows the options)");
  if (values._.length > 1) throw new UsageError(`more than one TARGET: ${values._.join(" ")}`);
  const machine = values.target as Options["machine"];
  const passes = new Map<string, boolean>();
  for (const pass of PASSES) {
    const value = values[`backendopt-${pass.name}`];
    if (typeof value === "boolean") passes.set(pass.name, value);
  }
  const view = values.view as string | undefined;
  const dump = values.dump as string | undefined;
  return {
    targetName: String(values._[0]),
    targetArguments,
    level,
    jit,
    gc: values.gc as CollectorName,
    removeTypePointer: values.gcremovetypeptr === true,
    machine,
    wordBits: machine === "x86-64" ? 64 : 32,
    output: (values.output as string | undefined) ?? null,
    check: values.check === true,
    view: view === undefined ? null : stage(view === "" ? "rtype" : view, GRAPH_STAGES),
    dump: dump === undefined ? [] : dump.split(",").map((word) => stage(word, STAGES)),
    dumpFolder: values["dump-dir"] as string,
    passes,
    lldebug: values.lldebug === true,
    isStatic: values.static === true,
    profile: values["profile-translation"] === true,
  };
}
