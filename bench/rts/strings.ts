/** Strings: building, searching, splitting, joining, comparing. */
import { type int, StringBuilder } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const LINES = 3000;

function makeText(): string {
  const out = new StringBuilder();
  let seed: int = 7;
  for (let i = 0; i < LINES; i++) {
    out.append("line ");
    out.append(`${i}`);
    out.append(": ");
    for (let j = 0; j < 8; j++) {
      seed = (seed * 75 + 74) % 65537;
      out.append(String.fromCharCode(97 + (seed % 26)));
      out.append(j % 2 === 0 ? "a-" : "b ");
    }
    out.append("\n");
  }
  return out.build();
}

function checksum(text: string): int {
  let sum: int = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 1000000007;
  return sum;
}

function workload(): string {
  const text = makeText();
  const lines = text.split("\n");
  const kept: string[] = [];
  let vowels: int = 0;
  for (const line of lines) {
    const colon = line.indexOf(": ");
    if (colon < 0) continue;
    const words = line.slice(colon + 2).split(" ");
    for (const word of words) if (word.startsWith("e") || word.includes("ua")) vowels++;
    kept.push(words.join("+").toUpperCase());
  }
  kept.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `${checksum(kept.join("\n"))} ${vowels}`;
}

function main(argv: string[]): int {
  return benchmark("strings", workload, argv);
}

export function target() {
  return { entry: main, name: "strings" };
}
