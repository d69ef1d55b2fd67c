/** Strings built in loops, StringBuilder, joins, code points. */
import type { int } from "rtypescript/rlib";
import { StringBuilder } from "rtypescript/rlib";

function hex(n: int): string {
  const digits = "0123456789abcdef";
  let out = "";
  do {
    out = digits[n & 15] + out;
    n >>>= 4;
  } while (n !== 0);
  return out;
}

function escape(text: string): string {
  const b = new StringBuilder();
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\n") b.append("\\n");
    else if (c === '"') b.append('\\"');
    else b.appendChar(c);
  }
  return b.build();
}

export function main(_argv: string[]): int {
  console.log(`${hex(255)} ${hex(4096)} ${hex(0)} ${hex(-1)}`);
  console.log(escape('say "hi"\nthere'));
  let n = 0;
  for (const c of "a\u{1F600}b") n += c.length;
  console.log(`${n} ${"a\u{1F600}b".length} ${"é".charCodeAt(0)} ${"\u{1F600}".codePointAt(0) ?? 0}`);
  const parts: string[] = [];
  for (let i = 0; i < 5; i++) parts.push(String.fromCharCode(97 + i).repeat(i));
  console.log(parts.join("|"));
  let padded = "";
  for (const w of ["x", "yy", "zzz"]) padded += w.padEnd(4, ".");
  console.log(padded);
  return 0;
}
