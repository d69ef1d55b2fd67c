/** Strings with astral characters: units, code points, iteration, search, padding, case. */
import type { int } from "rtypescript/rlib";

function codes(text: string): string {
  const out: string[] = [];
  for (let i = 0; i < text.length; i++) out.push(text.charCodeAt(i).toString(16));
  return out.join(" ");
}

function points(text: string): string {
  const out: string[] = [];
  for (const c of text) out.push(`${c}=${(c.codePointAt(0) ?? 0).toString(16)}/${c.length}`);
  return out.join(" ");
}

export function main(_argv: string[]): int {
  const text = "a\u{1f600}é\u{10ffff}z";
  console.log(`${text.length} ${[...text].length} ${codes(text)}`);
  console.log(points(text));
  console.log(`${text.codePointAt(1)} ${text.codePointAt(2)} ${text.codePointAt(99) ?? "none"}`);
  console.log(`${String.fromCodePoint(97, 0x1f600, 98)} ${String.fromCharCode(0xd83d, 0xde00)}`);
  console.log(
    `${text.indexOf("\u{1f600}")} ${text.indexOf("é")} ${text.lastIndexOf("z")} ${text.includes("\u{10ffff}")}`,
  );
  console.log(text.slice(1, 3) + text.substring(3, 4));
  console.log(codes(text.slice(2, 3)));
  const lone = text.slice(1, 2);
  console.log(`${lone.length} ${lone === "\ud83d"} ${codes(lone + text.slice(2, 3))} ${lone + text.slice(2, 3)}`);
  console.log([...text].reverse().join(""));
  console.log(`${"\u{1f600}".repeat(3)} ${"x".padStart(5, "\u{1f600}")}| ${"ß".toUpperCase()} ${"ÀÉ".toLowerCase()}`);
  console.log(`${"İ".toLowerCase().length} ${"ŉ".toUpperCase().length} ${"ΑΣ".toLowerCase()} ${"ﬁ".toUpperCase()}`);
  console.log(`${"é" < "z"} ${"\u{1f600}" > "\uffff"} ${"\ud83d" < "\ue000"}`);
  console.log(text.split("").length + " " + text.split("é").join("|"));
  console.log(`${"日本語".at(-1)} ${"日本語"[1]} ${"日本語".charAt(0)} ${"日本語".length}`);
  const counts = new Map<string, int>();
  for (const c of "\u{1f600}a\u{1f600}b") counts.set(c, (counts.get(c) ?? 0) + 1);
  for (const [c, n] of counts) console.log(`${c}:${n}`);
  console.log("\u00a0\u2003trim\ufeff\u2028".trim() + "|");
  console.log(`${Array.from("x\u{1f600}").length} ${"\u{1f600}".at(0)?.length ?? 0} ${"a\u0000b".length}`);
  return 0;
}
