/**
 * From what stands on the command line to a loaded program: finds the target's file, imports it, calls `target`.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Target, TargetOptions } from "../../rlib/types.ts";
import { Diagnostic, DiagnosticError, fail } from "../diagnostics/report.ts";
import { findFile } from "./files.ts";
import { toolchainRoot } from "./root.ts";
import { recordingWeakMaps } from "./weakmaps.ts";

/** A name that no file has; the message suggests what could be meant. Usage, not an error of a program. */
export class UnknownTarget extends Error {
  readonly diagnostic: Diagnostic;
  constructor(message: string, help: string) {
    super(`${message}; ${help}`);
    this.name = "UnknownTarget";
    this.diagnostic = new Diagnostic("RTS1401", null, message, help);
  }
}

/** A target, loaded. */
export interface LoadedTarget {
  readonly file: string;
  /** Name without "target": `python`. The binary is this plus "-c". */
  readonly name: string;
  /** The entry function, live. */
  readonly entry: (argv: string[]) => number;
}

/** The names of the targets in the toolchain's goal folder. */
export function knownTargets(): string[] {
  const folder = join(toolchainRoot, "goal");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^target.*\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** Letters to insert, remove or change to make one word of the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word nearest to `word`, null if none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  let best: string | null = null;
  let distance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of words) {
    const d = Math.min(editDistance(word, candidate), editDistance(`target${word}`, candidate));
    if (d < distance) [best, distance] = [candidate, d];
  }
  return best;
}

/** The file of a target: a path, `goal/NAME`, `NAME` or NAME without "target". Throws UnknownTarget. */
export function findTargetFile(name: string): string {
  const goal = join(toolchainRoot, "goal");
  const places = [resolve(name), join(toolchainRoot, name), join(goal, name), join(goal, `target${name}`)];
  for (const place of places) {
    const file = findFile(place);
    if (file !== null && /\.[cm]?ts$/.test(file) && statSync(file).isFile()) return file;
  }
  const known = knownTargets();
  const near = nearest(basename(name).replace(/\.ts$/, ""), known);
  const list = known.length === 0 ? "goal/ has no targets" : `targets in goal/: ${known.join(", ")}`;
  throw new UnknownTarget(`there is no target ${name}`, near === null ? list : `did you mean ${near}? ${list}`);
}

/** `goal/targetpython.ts` → `python`. */
export function targetName(file: string): string {
  const base = basename(file).replace(/\.[cm]?ts$/, "");
  return base.startsWith("target") && base.length > 6 ? base.slice(6) : base;
}

/** Imports a target's file; an exception there becomes a diagnostic with its stack. */
async function importTarget(file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (e) {
    if (e instanceof DiagnosticError) throw e;
    const text = e instanceof Error ? (e.stack ?? e.message) : String(e);
    return fail("RTS1404", null, `importing ${file} failed: ${text}`);
  }
}

/** Loads the target named on the command line. Throws UnknownTarget, DiagnosticError. */
export async function loadTarget(name: string, options: TargetOptions): Promise<LoadedTarget> {
  const file = findTargetFile(name);
  return recordingWeakMaps(() => importAndAsk(file, options));
}

async function importAndAsk(file: string, options: TargetOptions): Promise<LoadedTarget> {
  const { target } = await importTarget(file);
  if (typeof target !== "function") {
    return fail("RTS1402", null, `${file} does not export a function named target`);
  }
  const result = (await target(options)) as Partial<Target> | null;
  if (result === null || typeof result !== "object" || typeof result.entry !== "function") {
    return fail("RTS1403", null, `target() of ${file} did not return an object with an entry function`);
  }
  return { file, name: result.name ?? targetName(file), entry: result.entry };
}
