/** The pictures: what stands in them, and where. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pageOf } from "../../translator/log/html.ts";
import { type Log, loadLog } from "../../translator/log/model.ts";
import { drawTime, type Picture } from "../../translator/log/picture.ts";
import { pngOf } from "../../translator/log/png.ts";
import { describeSections, REST_COLOUR, SECTIONS } from "../../translator/log/sections.ts";
import { Random } from "../kit/random-graphs.ts";
import { HEADER, logFolder, randomLog } from "./kit.ts";
import { decodePng } from "./png.ts";

const folder = logFolder();

/** A second: a quarter collecting, a quarter tracing, a quarter parsing with a collection in it, a quarter of nothing. */
const QUARTERS = [
  HEADER,
  "[0.000] {gc-collect",
  "[250000.000] gc-collect}",
  "[250000.000] {jit-tracing",
  "[500000.000] jit-tracing}",
  "[500000.000] {parse",
  "[600000.000] {gc-minor",
  "[650000.000] gc-minor}",
  "[750000.000] parse}",
  "[1000000.000] end",
];

const quarters = (): Log => loadLog(folder.write("quarters.log", QUARTERS));
const whole = (log: Log): Picture => drawTime(log, { from: 0, to: log.end });

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

function rectsOf(svg: string): Rect[] {
  return [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="(#\w+)"/g)].map(
    ([, x, y, width, height, fill]) => ({
      ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
      fill: fill as string,
    }),
  );
}

/** Area of each colour within the bar, as shares of the bar. */
function areasInBar({ svg, bar }: Picture): Map<string, number> {
  const areas = new Map<string, number>();
  for (const { x, y, width, height, fill } of rectsOf(svg)) {
    if (x < bar.x || y < bar.y || x + width > bar.x + bar.width + 0.1 || y + height > bar.y + bar.height + 0.1)
      continue;
    const share = (width * height) / (bar.width * bar.height);
    areas.set(fill, (areas.get(fill) ?? 0) + share);
  }
  return areas;
}

/** The texts of a picture from top to bottom, those of one line from left to right. */
function textsOf(svg: string): string[][] {
  const lines = new Map<number, { x: number; text: string }[]>();
  for (const [, x, y, text] of svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)) {
    const line = lines.get(Number(y)) ?? [];
    lines.set(Number(y), [...line, { x: Number(x), text: text as string }]);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line.sort((a, b) => a.x - b.x).map(({ text }) => text));
}

describe("draw-time", () => {
  test("sections stand where they were, in their colours", () => {
    const picture = whole(quarters());
    const { bar } = picture;
    const inBar = rectsOf(picture.svg).filter(({ y, height }) => y === bar.y && height === bar.height);
    const shown = inBar.map(({ x, width, fill }) => [(x - bar.x) / bar.width, width / bar.width, fill]);
    expect(shown).toEqual([
      [0, 1, REST_COLOUR],
      [0, 0.25, SECTIONS["gc-collect"].colour],
      [0.6, 0.05, SECTIONS["gc-minor"].colour],
      [0.25, 0.25, SECTIONS["jit-tracing"].colour],
      [0.5, 0.1, "#4575b4"],
      [0.65, 0.1, "#4575b4"],
    ]);
  });

  test("the list of totals", () => {
    const texts = textsOf(whole(quarters()).svg);
    expect(texts[0]).toEqual(["bench-c: where the time went in 1.00 s"]);
    expect(texts[1]).toEqual(["/work/bench-c · 64-bit · process 7 · 2023-11-14 22:13 UTC"]);
    expect(texts).toContainEqual([
      "0",
      "100 ms",
      "200 ms",
      "300 ms",
      "400 ms",
      "500 ms",
      "600 ms",
      "700 ms",
      "800 ms",
      "900 ms",
      "1 s",
    ]);
    const from = texts.findIndex((line) => line[0] === "count");
    expect(texts.slice(from)).toEqual([
      ["count", "own time", "share", "longest"],
      ["garbage collection", "2", "300 ms", "30.0%", "250 ms"],
      ["gc-collect", "1", "250 ms", "25.0%", "250 ms"],
      ["gc-minor", "1", "50.0 ms", "5.0%", "50.0 ms"],
      ["just-in-time compiler", "1", "250 ms", "25.0%", "250 ms"],
      ["jit-tracing", "1", "250 ms", "25.0%", "250 ms"],
      ["program", "1", "450 ms", "45.0%", "250 ms"],
      ["outside any section", "250 ms", "25.0%"],
      ["parse", "1", "200 ms", "20.0%", "250 ms"],
    ]);
  });

  test("a part of the time", () => {
    const log = quarters();
    const picture = drawTime(log, { from: 200000, to: 700000 });
    const areas = areasInBar(picture);
    expect(areas.get(SECTIONS["gc-collect"].colour)).toBeCloseTo(0.1, 2);
    expect(areas.get(SECTIONS["jit-tracing"].colour)).toBeCloseTo(0.5, 2);
    expect(textsOf(picture.svg)[0]).toEqual(["bench-c: where the time went in 200 ms to 700 ms of 1.00 s"]);
  });

  test("random logs: the area of a colour is the share of its time", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { lines, moments } = randomLog(new Random(seed), 60);
      const log = loadLog(folder.write("random.log", lines));
      const areas = areasInBar(whole(log));
      for (const [i, { colour }] of describeSections(log.names).entries()) {
        const expected = moments.filter((moment) => moment === log.names[i]).length / moments.length;
        expect(areas.get(colour) ?? 0).toBeCloseTo(expected, 2);
      }
    }
  });

  test("many short sections fill a part of the height", () => {
    const lines = [HEADER];
    for (let i = 0; i < 100000; i++) lines.push(`[${i}.000] {gc-minor`, `[${i}.250] gc-minor}`);
    lines.push("[100000.000] end");
    const { svg, bar } = whole(loadLog(folder.write("many.log", lines)));
    const rects = rectsOf(svg).filter(({ fill, height }) => fill === SECTIONS["gc-minor"].colour && height > 14);
    for (const { height } of rects) expect(height / bar.height).toBeCloseTo(0.25, 1);
    expect(rects.reduce((sum, rect) => sum + rect.width, 0)).toBeCloseTo(bar.width, 3);
  });

  test("pauses: one bar of logarithmic height at its time", () => {
    const { svg, bar } = whole(quarters());
    const texts = textsOf(svg).flat();
    expect(texts).toContain("Longest pause of the collector at each moment (logarithmic)");
    expect(texts.filter((text) => text === "10 ms" || text === "1 s")).toEqual(["1 s", "1 s", "10 ms"]);
    const lane = rectsOf(svg).find(({ fill }) => fill === "#f6f7f9") as Rect;
    const bars = rectsOf(svg).filter((rect) => rect.y > lane.y && rect.y + rect.height === lane.y + lane.height);
    const heights = bars.map(({ x, height }) => [(x - bar.x) / bar.width, height / lane.height]);
    expect(heights.map(([at]) => at)).toEqual([0, 0.6]);
    expect(heights[0]?.[1]).toBeCloseTo((Math.log10(250000) - 4) / 2, 2);
    expect(heights[1]?.[1]).toBeCloseTo((Math.log10(50000) - 4) / 2, 2);
  });

  test("a log without sections, and one without time", () => {
    const empty = loadLog(folder.write("none.log", [HEADER, "[5000.000] end"]));
    expect(textsOf(whole(empty).svg)).toContainEqual(["program", "5.00 ms", "100.0%"]);
    const instant = loadLog(folder.write("instant.log", [HEADER]));
    expect(textsOf(whole(instant).svg).flat().join()).toContain("killed or still running");
  });

  test("names from logs are escaped", () => {
    const log = loadLog(folder.write("odd.log", [HEADER.replace("bench-c", "a<b&c"), "[1.000] end"]));
    expect(whole(log).svg).toContain("a&lt;b&amp;c: where");
    expect(pageOf(log, whole(log))).not.toContain("a<b");
  });

  test("as PNG: the same colours at the same places, and text", () => {
    const picture = whole(quarters());
    const image = decodePng(pngOf(picture.svg));
    const zoom = image.width / 1200;
    expect(zoom).toBe(2);
    const { x, y, width, height } = picture.bar;
    const colourAt = (share: number): string =>
      image.at(Math.round((x + share * width) * zoom), Math.round((y + height / 2) * zoom));
    expect([0.1, 0.3, 0.55, 0.62, 0.7, 0.9].map(colourAt)).toEqual([
      SECTIONS["gc-collect"].colour,
      SECTIONS["jit-tracing"].colour,
      "#4575b4",
      SECTIONS["gc-minor"].colour,
      "#4575b4",
      REST_COLOUR,
    ]);
    // The title's line has dark pixels, and white ones between the letters.
    const title = Array.from({ length: 800 }, (_none, i) => image.at(x * zoom + i, 28 * zoom));
    expect(title.filter((colour) => colour === "#24292f").length).toBeGreaterThan(50);
    expect(title.filter((colour) => colour === "#ffffff").length).toBeGreaterThan(200);
  });

  test("as a page: the moment under the pointer", () => {
    const log = quarters();
    const page = pageOf(log, whole(log));
    const data = /const data = (\{.*\});/.exec(page)?.[1] as string;
    const moments = (JSON.parse(data) as { moments: string[] }).moments;
    expect(moments).toHaveLength(1100);
    expect(moments[10]).toContain("gc-collect 909 µs (100.0%)");
    expect(moments[1050]).toContain("program 909 µs (100.0%)");
    expect(page).toContain("<title>bench-c: where the time went</title>");
  });
});

describe("bin/rtslog", () => {
  const run = (...args: string[]): { status: number; stdout: string; stderr: string } => {
    try {
      const stdout = execFileSync("bin/rtslog", args, { encoding: "utf8", stdio: "pipe" });
      return { status: 0, stdout, stderr: "" };
    } catch (error) {
      const failed = error as { status: number; stdout: string; stderr: string };
      const stderr = failed.stderr.replace(/^npm warn.*\n/gm, "").replaceAll(folder.path, "");
      return { status: failed.status, stdout: failed.stdout, stderr };
    }
  };
  const log = folder.write("cli.log", QUARTERS);

  test("draws each kind of file", () => {
    for (const [kind, start] of [
      ["png", "\x89PNG"],
      ["svg", "<svg "],
      ["html", "<!doctype html>"],
    ] as const) {
      const output = join(folder.path, `picture.${kind}`);
      expect(run("draw-time", log, `--output=${output}`)).toEqual({ status: 0, stdout: "", stderr: "" });
      expect(readFileSync(output, "latin1").startsWith(start)).toBe(true);
    }
    const part = join(folder.path, "part.svg");
    run("draw-time", log, "--from=0.3", "--to=0.4", `--output=${part}`);
    expect(textsOf(readFileSync(part, "utf8"))).toContainEqual(["jit-tracing", "1", "100 ms", "100.0%", "250 ms"]);
  });

  test("says what is wrong", () => {
    const output = join(folder.path, "never.png");
    const wrong = (...args: string[]): [number, string] => {
      const { status, stderr } = run(...args);
      return [status, stderr];
    };
    expect(wrong("draw", log)).toEqual([
      2,
      "rtslog: unknown command draw: commands are draw-time, summary (rtslog -h shows the commands)\n",
    ]);
    expect(wrong("draw-time", log)).toEqual([
      2,
      "rtslog: draw-time needs --output: the picture: a file ending in .png, .svg or .html (rtslog -h shows the commands)\n",
    ]);
    expect(wrong("draw-time", log, "--output=x.gif")[1]).toContain("--output=x.gif should end in .png, .svg or .html");
    expect(wrong("summary")[1]).toContain("summary needs one FILE, not 0");
    expect(wrong("summary", log, "--wide")[1]).toContain("Unknown argument: wide");
    expect(wrong("draw-time", log, `--output=${output}`, "--from=5")[1]).toContain(
      "--from and --to name no part of the log's 1.000 seconds",
    );
    expect(wrong("draw-time", join(folder.path, "no.log"), `--output=${output}`)).toEqual([
      1,
      "rtslog: cannot read /no.log: there is no such file\n",
    ]);
    expect(wrong("draw-time", log, "--output=/no/such/folder/x.svg")[1]).toContain(
      "cannot write /no/such/folder/x.svg",
    );
    expect(existsSync(output)).toBe(false);
  });

  test("help", () => {
    expect(run("-h").stdout).toContain("summary     print tables");
    expect(run("draw-time", "-h").stdout).toContain("--output");
  });
});
