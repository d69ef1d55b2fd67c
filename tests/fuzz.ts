/**
 * `npm run fuzz [-- NAMES… --minutes=10 --seed=N --collectors=hybrid,…]`: random tests for as long as one likes.
 *
 * Each fuzzer gives every subject the minutes. The first failure ends it with status 1 and says how to repeat it; the
 * seed of the whole run is printed first.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FUZZERS, type FuzzOptions } from "./gc/fuzz.ts";

const USAGE = `usage: npm run fuzz [-- NAMES… --minutes=10 --seed=N --collectors=hybrid,…]

${FUZZERS.map(({ name, describe }) => `  ${name.padEnd(10)} ${describe}`).join("\n")}
`;

function usage(message: string): never {
  process.stderr.write(`fuzz: ${message}\n${USAGE}`);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    collectors: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
  allowPositionals: true,
});
if (values.help === true) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const unknown = positionals.find((name) => FUZZERS.every((fuzzer) => fuzzer.name !== name));
if (unknown !== undefined) usage(`there is no ${unknown}`);
const minutes = Number(values.minutes);
if (!(minutes > 0)) usage(`--minutes=${values.minutes} is not a number of minutes`);
const options: FuzzOptions = {
  minutes,
  seed: values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed),
  collectors: values.collectors === undefined ? null : values.collectors.split(","),
  folder: mkdtempSync(join(tmpdir(), "rts-fuzz-")),
  say: (text) => process.stdout.write(`${text}\n`),
};
options.say(`seed ${options.seed}, ${minutes} minutes each`);
try {
  for (const fuzzer of FUZZERS) if (positionals.length === 0 || positionals.includes(fuzzer.name)) fuzzer.run(options);
} catch (error) {
  process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
