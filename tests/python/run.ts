// Runs the Python of this repository as a process on Node.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const register = pathToFileURL(join(root, "bin", "dev-register.mjs")).href;
const start = `
const { target } = await import(${JSON.stringify(pathToFileURL(join(root, "goal", "targetpython.ts")).href)});
process.exitCode = target({}).entry(process.argv.slice(1));
`;

/** Runs `targetpython` with these arguments; `input` is its standard input. */
export function runTargetPython(args: string[], input: string = "", cwd: string = root): SpawnSyncReturns<string> {
  const node = [process.execPath, "--stack-size=50000", "--import", register, "--input-type=module", "-e", start, "--"];
  const shell = 'ulimit -s 100000 2>/dev/null || ulimit -s "$(ulimit -H -s)"; exec "$@"';
  return spawnSync("/bin/sh", ["-c", shell, "sh", ...node, ...args], {
    input,
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 110_000,
  });
}
