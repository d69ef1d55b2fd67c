/** Logs for tests: written by hand or at random, in files of a folder that goes with the test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Random } from "../kit/random-graphs.ts";

export const HEADER = "rtslog 1 pid=7 word=64 time=1700000000.250 program=/work/bench-c";

/** A folder for the logs of one test file. */
export function logFolder(): { readonly path: string; write(name: string, lines: readonly string[]): string } {
  const path = mkdtempSync(join(tmpdir(), "rtslog-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, lines) {
      const file = join(path, name);
      writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
      return file;
    },
  };
}

const NAMES = ["gc-minor", "gc-collect", "gc-mark", "jit-tracing", "jit-backend", "parse", "run"];

export interface RandomLog {
  readonly lines: string[];
  /** For each whole nanosecond, the innermost section open then; null in none. */
  readonly moments: (string | null)[];
}

/** A properly nested log of a few hundred nanoseconds, and what it means at each of them. */
export function randomLog(random: Random, sections: number): RandomLog {
  const lines = [HEADER];
  const moments: (string | null)[] = [];
  const open: string[] = [];
  const stamp = (text: string): void => {
    lines.push(`[${(moments.length / 1000).toFixed(3)}] ${text}`);
  };
  for (let begun = 0; begun < sections || open.length > 0; ) {
    for (let n = random.below(6); n > 0; n--) moments.push(open.at(-1) ?? null);
    if (begun < sections && open.length < 5 && random.below(2) === 0) {
      const name = random.pick(NAMES);
      open.push(name);
      stamp(`{${name}`);
      begun++;
    } else if (open.length > 0) {
      stamp(`${open.pop()}}`);
    }
  }
  stamp("end");
  return { lines, moments };
}
