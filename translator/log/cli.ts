/**
 * `bin/rtslog`: arguments in, exit status out. 0 done, 1 the log cannot be used, 2 usage.
 */
import yargs, { type Argv } from "yargs";
import { COMMANDS, type Command, UsageError, type Values } from "./commands.ts";
import { LogError } from "./reader.ts";

const DONE = 0;
const UNUSABLE = 1;
const USAGE = 2;

function parserOf(command: Command): Argv {
  let y = yargs().scriptName("rtslog").usage(`$0 ${command.name} FILE [options]\n\n${command.describe}`);
  for (const [name, { type, describe, required }] of Object.entries(command.options)) {
    y = y.option(name, { type, describe: required === true ? `${describe} (required)` : describe });
  }
  return y
    .help("help")
    .alias("help", "h")
    .version(false)
    .strictOptions()
    .parserConfiguration({ "camel-case-expansion": false, "duplicate-arguments-array": false })
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}

function helpText(): string {
  const lines = COMMANDS.map(({ name, describe }) => `  ${name.padEnd(12)}${describe}`);
  return `rtslog COMMAND FILE [options]

Reads the log that a program writes with RTSLOG=CATEGORIES:FILE in its environment, for example RTSLOG=gc,jit:x.log.

${lines.join("\n")}

rtslog COMMAND -h shows the options of a command.
`;
}

/** Runs the command line. Throws LogError and UsageError. */
async function run(args: readonly string[]): Promise<string> {
  const [word, ...rest] = args;
  if (word === undefined || word === "-h" || word === "--help" || word === "help") return helpText();
  const command = COMMANDS.find(({ name }) => name === word);
  if (command === undefined) {
    throw new UsageError(`unknown command ${word}: commands are ${COMMANDS.map(({ name }) => name).join(", ")}`);
  }
  const parser = parserOf(command);
  if (rest.includes("-h") || rest.includes("--help")) return `${await parser.getHelp()}\n`;
  const values = (await parser.parseAsync(rest)) as Values & { _: (string | number)[] };
  const files = values._.map(String);
  if (files.length !== 1) throw new UsageError(`${command.name} needs one FILE, not ${files.length}`);
  for (const [name, option] of Object.entries(command.options)) {
    if (option.required === true && (values[name] === undefined || values[name] === ""))
      throw new UsageError(`${command.name} needs --${name}: ${option.describe}`);
  }
  return command.run(files[0] as string, values);
}

/** The tool's entry. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    process.stdout.write(await run(args));
    return DONE;
  } catch (error) {
    if (!(error instanceof LogError || error instanceof UsageError)) throw error;
    const hint = error instanceof UsageError ? " (rtslog -h shows the commands)" : "";
    process.stderr.write(`rtslog: ${error.message}${hint}\n`);
    return error instanceof UsageError ? USAGE : UNUSABLE;
  }
}
