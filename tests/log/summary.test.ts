/** `rtslog summary`: the tables of a log whose figures are known. */
import { expect, test } from "vitest";
import { loadLog } from "../../translator/log/model.ts";
import { summaryJson, summaryText } from "../../translator/log/summary.ts";
import { HEADER, logFolder } from "./kit.ts";

const folder = logFolder();

/** A thousand pauses of 1 to 1000 µs, one every 10 ms, in a random-looking order, within one section of the program. */
function pauses(): string {
  const lines = [HEADER, "[0.000] {serve"];
  for (let i = 0; i < 1000; i++) {
    const length = ((i * 617) % 1000) + 1;
    lines.push(`[${i * 10000}.000] {gc-minor`, "survived=1048576 roots=3", `[${i * 10000 + length}.000] gc-minor}`);
  }
  lines.push("[10000000.000] serve}", "[10000000.000] {gc-collect", "[10010000.000] gc-collect}", "[20000000.000] end");
  return folder.write("pauses.log", lines);
}

test("tables", () => {
  const lines = summaryText(loadLog(pauses())).split("\n");
  const find = (start: string): string[] => {
    const line = lines.find((text) => text.trim().startsWith(start)) ?? "";
    return line.trim().split(/ {2,}/);
  };
  expect(lines[0]).toBe("bench-c (/work/bench-c), 64-bit, process 7, 2023-11-14 22:13:20 UTC, 20.0 s");
  expect(find("garbage collection")).toEqual(["garbage collection", "511 ms", "2.6%"]);
  expect(find("program")).toEqual(["program", "19.5 s", "97.4%"]);
  expect(find("serve")).toEqual(["serve", "1", "9.50 s", "47.5%", "10.0 s", "10.0 s", "10.0 s"]);
  const all = lines.findIndex((line) => line.trim().startsWith("pauses"));
  const rows = lines.slice(all, all + 4).map((line) => line.trim().split(/ {2,}/));
  expect(rows).toEqual([
    ["pauses", "count", "total", "mean", "50% ≤", "90% ≤", "99% ≤", "99.9% ≤", "99.99% ≤", "longest"],
    ["all", "1,001", "511 ms", "510 µs", "501 µs", "901 µs", "991 µs", "1.00 ms", "10.0 ms", "10.0 ms"],
    ["gc-minor", "1,000", "501 ms", "501 µs", "500 µs", "900 µs", "990 µs", "999 µs", "1.00 ms", "1.00 ms"],
    ["gc-collect", "1", "10.0 ms", "10.0 ms", "10.0 ms", "10.0 ms", "10.0 ms", "10.0 ms", "10.0 ms", "10.0 ms"],
  ]);
  expect(find("500 µs to 1 ms").slice(0, 3)).toEqual(["500 µs to 1 ms", "500", "99.800%"]);
  expect(find("5 ms to 10 ms").slice(0, 3)).toEqual(["5 ms to 10 ms", "0", "99.900%"]);
  expect(find("10 ms to 20 ms").slice(0, 3)).toEqual(["10 ms to 20 ms", "1", "100.000%"]);
  expect(find("gc-minor: survived")).toEqual([
    "gc-minor: survived",
    "1,000",
    "1000 MB",
    "1.00 MB",
    "1.00 MB",
    "1.00 MB",
  ]);
  expect(find("gc-minor: roots")).toEqual(["gc-minor: roots", "1,000", "3,000", "3", "3", "3"]);
});

test("as JSON", () => {
  const value = JSON.parse(summaryJson(loadLog(pauses())));
  expect(value.components).toEqual({ gc: 510500, jit: 0, program: 19489500 });
  expect(value.pauses["gc-minor"]).toEqual({
    count: 1000,
    total: 500500,
    mean: 500.5,
    longest: 1000,
    percentiles: { "50": 500, "90": 900, "99": 990, "99.9": 999, "99.99": 1000 },
  });
  expect(value.numbers["gc-minor"].survived).toEqual({ count: 1000, sum: 1048576000, largest: 1048576, last: 1048576 });
});

test("a log without sections, of a process that was killed", () => {
  const text = summaryText(loadLog(folder.write("none.log", [HEADER])));
  expect(text).toContain("the process was killed or is still running");
  expect(text).toContain("The log has no section");
});
