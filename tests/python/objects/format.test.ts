// Numbers and texts by format specifications, against CPython.
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { W_Float } from "../../../goal/python/objects/float.ts";
import { fromBig, newint } from "../../../goal/python/objects/int.ts";
import { OperationError, type W_Root } from "../../../goal/python/objects/root.ts";

interface Case {
  kind: "int" | "float" | "str";
  value: string;
  spec: string;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const program = `
import sys, json
for line in json.load(sys.stdin):
    v = line["value"]
    v = int(v) if line["kind"] == "int" else float.fromhex(v) if line["kind"] == "float" else v
    try: print(json.dumps(format(v, line["spec"])))
    except Exception as e: print(json.dumps(type(e).__name__ + ": " + str(e)))
`;

function hexOf(f: number): string {
  if (Number.isNaN(f)) return "nan";
  if (!Number.isFinite(f)) return f > 0 ? "inf" : "-inf";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, f);
  const bits = view.getBigUint64(0);
  const sign = bits >> 63n ? "-" : "";
  const exponent = Number((bits >> 52n) & 2047n);
  const mantissa = (bits & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  return exponent === 0 ? `${sign}0x0.${mantissa}p-1022` : `${sign}0x1.${mantissa}p${exponent - 1023}`;
}

function fromHex(text: string): number {
  if (text === "nan") return Number.NaN;
  if (text.endsWith("inf")) return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const [, sign, lead, digits, exponent] = /^(-?)0x(\d)\.([0-9a-f]+)p(-?\d+)$/.exec(text) as string[];
  const value = (Number(lead) + Number.parseInt(digits, 16) / 2 ** 52) * 2 ** Number(exponent);
  return sign === "-" ? -value : value;
}

function ours(c: Case): string {
  const w: W_Root = c.kind === "int" ? fromBig(BigInt(c.value)) : new W_Float(fromHex(c.value));
  try {
    return w.format(c.spec);
  } catch (e) {
    if (e instanceof OperationError) return `${e.kind?.name}: ${e.text}`;
    throw e;
  }
}

function check(cases: Case[]): void {
  const run = spawnSync("/usr/bin/python3.11", ["-c", program], { input: JSON.stringify(cases), encoding: "utf8" });
  expect(run.stderr).toBe("");
  const lines = run.stdout.trimEnd().split("\n");
  const wrong: string[] = [];
  for (let i = 0; i < cases.length; i++) {
    const expected = JSON.parse(lines[i]) as string;
    const got = ours(cases[i]);
    if (got !== expected) wrong.push(`${JSON.stringify(cases[i])}: ${got} instead of ${expected}`);
  }
  expect(wrong.slice(0, 10)).toEqual([]);
}

function pick<T>(next: () => number, items: readonly T[]): T {
  return items[Math.floor(next() * items.length)];
}

function randomSpec(next: () => number, types: string): string {
  let spec = "";
  if (next() < 0.4) spec += pick(next, ["", "", "*", "0", "é", "😀"]) + pick(next, ["<", ">", "=", "^"]);
  if (next() < 0.4) spec += pick(next, ["+", "-", " "]);
  if (next() < 0.1) spec += "z";
  if (next() < 0.3) spec += "#";
  if (next() < 0.3) spec += "0";
  if (next() < 0.6) spec += String(Math.floor(next() * 30));
  if (next() < 0.3) spec += pick(next, [",", "_", ",_"]);
  if (next() < 0.4) spec += `.${pick(next, ["0", "1", "2", "3", "5", "10", "17", "25", "120", "400"])}`;
  if (next() < 0.8) spec += pick(next, [...types]);
  return spec;
}

function randomFloat(next: () => number): number {
  const kind = next();
  if (kind < 0.05) return pick(next, [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  if (kind < 0.3) return Math.round((next() - 0.5) * 4000) / 8;
  if (kind < 0.5) return Math.round((next() - 0.5) * 2000) / 10 ** Math.floor(next() * 6);
  if (kind < 0.6) return Math.round(next() * 1000) * 5 * 10 ** Math.floor(next() * 22);
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, next() * 4294967296);
  view.setUint32(4, next() * 4294967296);
  return view.getFloat64(0);
}

describe("format", () => {
  it("writes ints as CPython", () => {
    const next = random(1);
    const cases: Case[] = [];
    for (let i = 0; i < 3000; i++) {
      const digits = Math.floor(next() * 25);
      let text = next() < 0.5 ? "-" : "";
      for (let k = 0; k <= digits; k++) text += Math.floor(next() * 10);
      cases.push({ kind: "int", value: String(BigInt(text)), spec: randomSpec(next, "bdoxXnncs efgEFG%") });
    }
    check(cases);
  });
  it("writes floats as CPython", () => {
    const next = random(2);
    const cases: Case[] = [];
    for (let i = 0; i < 5000; i++) {
      cases.push({ kind: "float", value: hexOf(randomFloat(next)), spec: randomSpec(next, "efgEFG%neffggd") });
    }
    check(cases);
  });
  it("rounds halves to even", () => {
    const cases: Case[] = [];
    for (let i = 0; i < 200; i++) {
      for (const p of [0, 1, 2, 3]) {
        for (const type of ["f", "e", "g", "", "%"]) {
          cases.push({ kind: "float", value: hexOf(i / 16), spec: `.${p}${type}` });
          cases.push({ kind: "float", value: hexOf(i * 5), spec: `.${p}${type}` });
        }
      }
    }
    check(cases);
  });
  it("formats without a specification", () => {
    expect(newint(12).format("")).toBe("12");
    expect(new W_Float(1e16).format("")).toBe("1e+16");
  });
});
