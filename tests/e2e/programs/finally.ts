/** The order of finally blocks with return, break and throw. */
import type { int } from "rtypescript/rlib";

const trace: string[] = [];

function early(n: int): int {
  try {
    if (n === 1) return 10;
    if (n === 2) throw new Error("two");
    trace.push("body");
  } catch {
    trace.push("catch");
    return 20;
  } finally {
    trace.push(`finally ${n}`);
  }
  return 30;
}

function loop(): int {
  let rounds = 0;
  for (let i = 0; i < 5; i++) {
    try {
      if (i === 1) continue;
      if (i === 3) break;
      rounds += 10;
    } finally {
      rounds++;
    }
  }
  return rounds;
}

function nested(): string {
  try {
    try {
      throw new Error("inner");
    } finally {
      trace.push("inner finally");
    }
  } catch (e) {
    return e instanceof Error ? e.message : "?";
  }
}

export function main(_argv: string[]): int {
  console.log(`${early(0)} ${early(1)} ${early(2)} ${loop()} ${nested()}`);
  for (const t of trace) console.log(t);
  return 0;
}
