/**
 * The cache of sources and objects, files named by the hash of what they depend on and never rewritten. Entries that
 * no build used for a week are removed, once a day.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Name for a file that depends on these texts. */
export function contentName(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

/** Writes a file unless it is there, and marks it as used; another process may be writing the same. */
export function writeOnce(path: string, text: string): void {
  if (existsSync(path)) {
    markUsed(path);
    return;
  }
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** Access time says when a file was used last; the modification time must stay, ninja compares it. */
export function markUsed(path: string): void {
  if (existsSync(path)) utimesSync(path, new Date(), statSync(path).mtime);
}

const DAY = 24 * 3600 * 1000;
const UNUSED_FOR = 7 * DAY;

/** Removes old entries of a cache folder. */
export function prune(folder: string, now: number = Date.now()): void {
  const marker = join(folder, "pruned");
  if (existsSync(marker) && now - statSync(marker).mtimeMs < DAY) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    const used = stat === undefined ? now : Math.max(stat.atimeMs, stat.mtimeMs);
    if (name !== "pruned" && now - used > UNUSED_FOR) rmSync(path, { recursive: true, force: true });
  }
  writeFileSync(marker, "");
  utimesSync(marker, new Date(now), new Date(now));
}
