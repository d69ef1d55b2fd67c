/** Reading logs: nesting, damage, wrong files, totals against a nanosecond-by-nanosecond model. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Log, loadLog } from "../../translator/log/model.ts";
import { timelineOf } from "../../translator/log/timeline.ts";
import { histogram, pausesOf, percentile, sectionTotals } from "../../translator/log/totals.ts";
import { sizeText, tickText, timeText } from "../../translator/log/units.ts";
import { Random } from "../kit/random-graphs.ts";
import { HEADER, logFolder, randomLog } from "./kit.ts";

const folder = logFolder();
const load = (...lines: string[]): Log => loadLog(folder.write("x.log", [HEADER, ...lines]));

/** Sections as `name start-stop(self)^parent`. */
function shown(log: Log): string[] {
  return Array.from({ length: log.count }, (_none, i) => {
    const parent = log.parent[i] as number;
    const under = parent < 0 ? "" : `^${log.names[log.name[parent] as number]}`;
    return `${log.names[log.name[i] as number]} ${log.start[i]}-${log.stop[i]}(${log.self[i]})${under}`;
  });
}

describe("nesting", () => {
  test("sections, numbers and the end", () => {
    const log = load(
      "[1.000] {parse",
      "some text [2.000] {no-section",
      "n=5 m=-2",
      "[2.000] {gc-minor",
      "survived=100",
      "[2.500] gc-minor}",
      "n=7",
      "[9.000] parse}",
      "[10.000] end",
    );
    expect(shown(log)).toEqual(["parse 1-9(7.5)", "gc-minor 2-2.5(0.5)^parse"]);
    expect([log.end, log.ended]).toEqual([10, true]);
    expect(log.header).toEqual({ pid: 7, word: 64, time: 1700000000.25, program: "/work/bench-c" });
    expect(log.facts.get("parse")?.get("n")).toEqual({ count: 2, sum: 12, largest: 7, last: 7 });
    expect(log.facts.get("parse")?.get("m")).toEqual({ count: 1, sum: -2, largest: -2, last: -2 });
    expect(log.facts.get("gc-minor")?.get("survived")?.sum).toBe(100);
  });

  test("what an exception left open ends with the section around it", () => {
    const log = load("[1.000] {run", "[2.000] {parse", "[3.000] {parse", "[5.000] run}", "[6.000] end");
    expect(shown(log)).toEqual(["run 1-5(1)", "parse 2-5(1)^run", "parse 3-5(2)^parse"]);
  });

  test("a process that was killed: its open sections end at the last known time", () => {
    const log = load("[1.000] {run", "[4.000] {gc-minor");
    expect(shown(log)).toEqual(["run 1-4(3)", "gc-minor 4-4(0)^run"]);
    expect(log.ended).toBe(false);
  });

  test("pieces of a file may end anywhere, within a character too", () => {
    const lines = [HEADER, "[0.000] {run"];
    for (let i = 0; i < 90000; i++) lines.push(`é€ ${i} ${"x".repeat(i % 40)}`);
    for (let i = 1; i <= 1000; i++) lines.push(`[${i}.000] {gc-minor`, "n=1", `[${i}.500] gc-minor}`);
    lines.push("[2000.000] run}", "[2000.000] end");
    const log = loadLog(folder.write("long.log", lines));
    expect([log.count, log.facts.get("gc-minor")?.get("n")?.sum, log.self[0]]).toEqual([1001, 1000, 1500]);
  });
});

describe("wrong files", () => {
  const message = (path: string): string => {
    try {
      loadLog(path);
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll(folder.path, "") : "";
    }
    return "no error";
  };

  test("say what is wrong", () => {
    mkdirSync(join(folder.path, "sub"));
    writeFileSync(
      join(folder.path, "binary"),
      new Uint8Array(3000).map((_zero, i) => (i * 37) & 255),
    );
    expect(message(join(folder.path, "none.log"))).toBe("cannot read /none.log: there is no such file");
    expect(message(join(folder.path, "sub"))).toBe("cannot read /sub: it is a folder");
    expect(message(folder.write("empty.log", []))).toBe("/empty.log is empty: no program has written its log yet");
    expect(message(join(folder.path, "binary"))).toContain(
      '/binary is not a log: its first line should begin with "rtslog 1"',
    );
    expect(message(folder.write("other.txt", ["hello", "[1.000] {gc-minor"]))).toContain("/other.txt is not a log");
    expect(message(folder.write("new.log", [HEADER.replace("rtslog 1", "rtslog 3")]))).toBe(
      "/new.log has version 3 of the log's format; this rtslog reads version 1",
    );
    expect(message(folder.write("a.log", [HEADER, "[1.000] gc-minor}"]))).toBe(
      "/a.log:2: gc-minor ends but was not begun",
    );
    expect(message(folder.write("b.log", [HEADER, "lost"]))).toBe("/b.log:2: text outside any section: lost");
    expect(message(folder.write("c.log", [HEADER, "[1.000] end", "[2.000] {run"]))).toBe(
      "/c.log:3: something follows the log's end: [2.000] {run",
    );
  });
});

describe("sums", () => {
  test("random logs: own times, and the columns of pictures, are those of the model", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { lines, moments } = randomLog(new Random(seed), 40);
      const log = loadLog(folder.write("random.log", lines));
      const columns = 1 + (seed % 13);
      const timeline = timelineOf(log, 0, log.end, columns);
      for (const [i, { name, self }] of sectionTotals(log).entries()) {
        const expected = moments.filter((moment) => moment === name).length / 1000;
        expect(self).toBeCloseTo(expected, 9);
        const spent = Array.from(timeline.spent.subarray(i * columns, (i + 1) * columns));
        expect(spent.reduce((a, b) => a + b, 0)).toBeCloseTo(expected, 9);
        for (const [column, time] of spent.entries()) {
          const [from, to] = [column, column + 1].map((c) => (c * moments.length) / columns) as [number, number];
          const inColumn = moments.reduce((sum, moment, at) => {
            const part = Math.min(to, at + 1) - Math.max(from, at);
            return moment === name && part > 0 ? sum + part : sum;
          }, 0);
          expect(time).toBeCloseTo(inColumn / 1000, 9);
        }
      }
    }
  });

  test("a section within one of its own name counts once in its total", () => {
    const log = load("[0.000] {run", "[1.000] {run", "[3.000] run}", "[8.000] run}", "[9.000] end");
    expect(sectionTotals(log)[0]).toMatchObject({ count: 2, total: 8, self: 8, longest: 8 });
  });

  test("pauses are the outermost sections of the collector", () => {
    const log = load(
      "[0.000] {jit-tracing",
      "[1.000] {gc-minor",
      "[2.000] {gc-collect",
      "[5.000] gc-collect}",
      "[6.000] gc-minor}",
      "[8.000] jit-tracing}",
      "[10.000] {gc-collect",
      "[12.000] gc-collect}",
      "[13.000] end",
    );
    expect(Array.from(pausesOf(log).length)).toEqual([5, 2]);
    expect(Array.from(pausesOf(log).start)).toEqual([1, 10]);
    expect(Array.from(pausesOf(log, "gc-collect").length)).toEqual([2]);
  });

  test("percentiles by nearest rank", () => {
    const hundred = Float64Array.from({ length: 100 }, (_none, i) => i + 1);
    expect([50, 90, 99, 99.9, 100].map((p) => percentile(hundred, p))).toEqual([50, 90, 99, 100, 100]);
    const thousand = Float64Array.from({ length: 1000 }, (_none, i) => i + 1);
    expect([99.9, 99.99, 0].map((p) => percentile(thousand, p))).toEqual([999, 1000, 1]);
    expect(percentile(new Float64Array(0), 50)).toBe(0);
  });

  test("histograms leave out empty rows at both ends only", () => {
    const rows = histogram(Float64Array.from([3, 4.99, 5, 70, 70]));
    expect(rows.map(({ from, below, count }) => [from, below, count])).toEqual([
      [2, 5, 2],
      [5, 10, 1],
      [10, 20, 0],
      [20, 50, 0],
      [50, 100, 2],
    ]);
    expect(histogram(Float64Array.from([0.5, 1])).map((row) => row.count)).toEqual([1, 1]);
    expect(histogram(new Float64Array(0))).toEqual([]);
  });

  test("numbers as text", () => {
    expect([0, 0.5, 9.999, 12.34, 999.9, 1000, 1234567].map(timeText)).toEqual([
      "0 µs",
      "0.50 µs",
      "10.0 µs",
      "12.3 µs",
      "1.00 ms",
      "1.00 ms",
      "1.23 s",
    ]);
    expect([0, 2500, 20, 3e6].map(tickText)).toEqual(["0", "2.5 ms", "20 µs", "3 s"]);
    expect([12, 4 << 20, 3 * 1024].map(sizeText)).toEqual(["12 B", "4.00 MB", "3.00 KB"]);
  });
});
