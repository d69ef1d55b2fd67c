/** A program writes the log: on Node and natively the same, with the collector's sections among its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { GC_MINOR, isLogged, logNumber, SURVIVED, startSection, stopSection } from "../../gc/collectors/log.ts";
import { resetSimulatedMemory, symbolAddress } from "../../rlib/lowlevel.ts";
import { loadLog } from "../../translator/log/model.ts";
import { logFolder } from "./kit.ts";

const folder = logFolder();

const PROGRAM = `import { logNumber, logPrint, logStart, logStop, logWanted } from "rtypescript/rlib/log";
import { env, exit, write } from "rtypescript/rlib/os";
import type { int } from "rtypescript/rlib";
export const target = () => ({ entry: main });
class Cell { readonly next: Cell | null; constructor(next: Cell | null) { this.next = next; } }
function fails(): void { logStart("app-inner"); throw new Error("x"); }
function makeCells(n: int): Cell | null {
  let kept: Cell | null = null;
  for (let i = 0; i < n; i++) { const made = new Cell(kept); if (i % 100 === 0) kept = made; }
  return kept;
}
function main(argv: string[]): int {
  logStart("app-work");
  logPrint("héllo");
  logNumber("n", 5);
  logNumber("m", -7);
  const kept = makeCells(1000000);
  logPrint("made");
  logNumber("kept", kept === null ? 0 : 1);
  logStop("app-work");
  logStart("app-outer");
  try { fails(); } catch (e) { logPrint("inner text"); }
  logStop("app-outer");
  logStart("silent");
  logPrint("silent text");
  logStart("app-loud");
  logPrint("loud text");
  logStop("app-loud");
  logPrint("silent again");
  logStop("silent");
  logStop("app-never");
  logPrint("in no section");
  write(1, \`\${logWanted("app-x")} \${logWanted("silent")} \${env("RTSLOG") ?? "none"}\`);
  const end = argv.length > 0 ? argv[0] : "";
  if (end === "stop") { logStart("app-last"); logNumber("unfinished", 1); exit(3); }
  if (end === "fail") { const list: int[] = [1]; return list[argv.length]; }
  if (end === "throw") throw new Error("out");
  return 0;
}
`;

const WITHOUT_TIMES = `{app-work
héllo
n=5 m=-7
made
kept=1
app-work}
{app-outer
{app-inner
inner text
app-outer}
{app-loud
loud text
app-loud}
`;

const source = join(folder.path, "main.ts");
const binary = join(folder.path, "main-c");

/** Lines of sections without the first line, times and what collectors wrote. */
function withoutTimes(text: string): string {
  return text
    .replace(/^rtslog .*\n/, "")
    .replace(/^\[[\d.]+\] \{gc-[\s\S]*?\n\[[\d.]+\] gc-.*\n/gm, "")
    .replace(/^\[[\d.]+\] /gm, "");
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], log: string): Ran {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, RTSLOG: log },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  writeFileSync(source, PROGRAM);
  execFileSync("bin/translate", [source, "--gc=semispace", `--output=${binary}`], { stdio: "pipe" });
});

describe.each([
  ["on Node", "bin/run", [source]],
  ["natively", binary, []],
] as const)("%s", (way, command, first) => {
  const file = (name: string): string => join(folder.path, `${way.replace(" ", "-")}-${name}`);

  test("the sections that are wanted", () => {
    const log = file("wanted.log");
    expect(run(command, first, `app,gc:${log}`)).toMatchObject({ status: 0, stdout: "true false none" });
    expect(withoutTimes(readFileSync(log, "utf8"))).toBe(`${WITHOUT_TIMES}end\n`);
    expect(loadLog(log).ended).toBe(true);
  });

  test("all sections, into standard error", () => {
    const { stderr } = run(command, first, ":-");
    expect(stderr).toContain("silent text\n");
    expect(stderr).toContain("silent again\n");
    expect(stderr.startsWith("rtslog 1 pid=")).toBe(true);
  });

  test("a file for each process: children may write too", () => {
    const log = `app:${file("%d.log")}`;
    expect(run(command, first, log).stdout).toBe(`true false ${log}`);
    const written = readdirSync(folder.path).filter((name) => name.startsWith(`${way.replace(" ", "-")}-`));
    expect(written.filter((name) => /^\d+\.log$/.test(name.slice(way.length + 1)))).toHaveLength(1);
  });

  test("exit within a section", () => {
    const log = file("stop.log");
    expect(run(command, [...first, "stop"], `app:${log}`).status).toBe(3);
    expect(withoutTimes(readFileSync(log, "utf8"))).toBe(`${WITHOUT_TIMES}{app-last\nunfinished=1\nend\n`);
  });

  test("an uncaught error", () => {
    const log = file("throw.log");
    expect(run(command, [...first, "throw"], `app:${log}`).status).toBe(1);
    expect(withoutTimes(readFileSync(log, "utf8"))).toBe(`${WITHOUT_TIMES}end\n`);
  });

  test("a file that cannot be written is said once; the program runs", () => {
    const { status, stdout, stderr } = run(command, first, "app:/no/such/folder/x.log");
    expect([status, stdout.startsWith("false false")]).toEqual([0, true]);
    expect(stderr).toMatch(/^RTSLOG: cannot write \/no\/such\/folder\/x\.log: .*\n$/);
  });
});

test("a fatal error: nothing of the log is lost", () => {
  const log = join(folder.path, "fatal.log");
  expect(run(binary, ["fail"], `app:${log}`).status).toBe(70);
  expect(withoutTimes(readFileSync(log, "utf8"))).toBe(`${WITHOUT_TIMES}end\n`);
});

test("collections lie within the program's sections and carry their sizes", () => {
  const path = join(folder.path, "gc.log");
  run(binary, [], `app,gc:${path}`);
  const log = loadLog(path);
  const collections = Array.from({ length: log.count }, (_none, i) => i).filter((i) =>
    (log.names[log.name[i] as number] as string).startsWith("gc-"),
  );
  expect(collections.length).toBeGreaterThanOrEqual(2);
  for (const i of collections) expect(log.names[log.name[log.parent[i] as number] as number]).toBe("app-work");
  const facts = log.facts.get("gc-collect");
  expect(facts?.get("before")?.count).toBe(collections.length);
  expect(facts?.get("after")?.largest).toBeLessThan(facts?.get("before")?.largest as number);
});

test("without RTSLOG there is no log", () => {
  expect(run(binary, [], "")).toEqual({ status: 0, stdout: "false false ", stderr: "" });
  expect(existsSync("-")).toBe(false);
});

test("the collectors' functions over simulated memory: on when the flag is", () => {
  resetSimulatedMemory();
  expect(isLogged()).toBe(false);
  startSection(GC_MINOR);
  logNumber(SURVIVED, 1);
  stopSection(GC_MINOR);
  symbolAddress("rts_log_on").storeWord(0, 1);
  expect(isLogged()).toBe(true);
  resetSimulatedMemory();
});
