/** Every method of strings, on short texts, texts with surrogates, and at the limits of indices. */
import type { int } from "rtypescript/rlib";

function line(parts: string[]): void {
  console.log(parts.join("|"));
}

function parts(s: string): void {
  line([s.slice(1), s.slice(-3), s.slice(1, -1), s.slice(5, 2), s.substring(3, 1), s.substring(2), s.substr(-2, 1)]);
  line([s.charAt(0), s.charAt(99), `${s.length}`, s.at(-1) ?? "none", s.at(50) ?? "none"]);
}

function search(s: string, part: string): void {
  const flags = `${s.includes(part)} ${s.startsWith(part)} ${s.endsWith(part)} ${s.startsWith(part, 2)}`;
  console.log(`${s.indexOf(part)} ${s.indexOf(part, 3)} ${s.lastIndexOf(part)} ${s.lastIndexOf(part, 4)} ${flags}`);
}

function edit(s: string): void {
  line([s.trim(), s.trimStart(), s.trimEnd(), s.padStart(12, "ab"), s.padEnd(12), s.repeat(2)]);
  line([s.toUpperCase(), s.toLowerCase(), s.replace("a", "[$&]"), s.replaceAll("a", "$$"), s.concat("x", "y")]);
  line(s.split(" "));
  line(s.split(""));
  line(s.split("a", 2));
  line([...s]);
}

function codes(s: string): void {
  let sum = 0;
  for (let i = 0; i < s.length; i++) sum = (sum * 31 + s.charCodeAt(i)) | 0;
  const points: string[] = [];
  for (const c of s) points.push(`${c.codePointAt(0) ?? -1}`);
  console.log(`${sum} ${points.join(" ")} ${s.codePointAt(1) ?? -1} ${s.codePointAt(100) ?? -1}`);
}

function compare(a: string, b: string): void {
  console.log(`${a < b} ${a <= b} ${a > b} ${a >= b} ${a === b} ${a !== b} ${a + b === b + a}`);
}

export function main(_argv: string[]): int {
  const texts = ["banana bread", "  Straße à Paris ", "", "a", "x\u{1f600}y\u{10400}z", "ΟΔΟΣ ΣΑΣ. Σ", "ﬃ ŉ İ"];
  for (const s of texts) {
    parts(s);
    edit(s);
    codes(s);
    for (const part of ["an", "", "a", "z"]) search(s, part);
    for (const other of texts) compare(s, other);
  }
  console.log(String.fromCharCode(72, 105, 8364) + String.fromCodePoint(128512, 33) + String.fromCharCode(65));
  console.log("a-b-c".replaceAll("-", () => "+").replace("b", (m) => `<${m}>`));
  console.log(
    `${"abc"[1]} ${"abc"[1] === "b"} ${"abc"[2] !== "c"} ${"b" < "abc"[2]} ${"x" + "abc"[0] + 1 + true + null}`,
  );
  try {
    console.log("ab".repeat(-1));
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  return 0;
}
