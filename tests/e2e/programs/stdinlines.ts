/** Standard input by lines, then the rest. */
// stdin: first line\nsecond é line\n\nfourth\nrest 1\nrest 2
import type { int } from "rtypescript/rlib";
import { isatty, readLine, readStdin } from "rtypescript/rlib/os";

export function main(_argv: string[]): int {
  for (let i = 0; i < 4; i++) {
    const line = readLine();
    console.log(line === null ? "end" : `${line.length}: ${line}`);
  }
  console.log(readStdin());
  console.log(`${readLine() ?? "end"} ${isatty(0)}`);
  return 0;
}
