/** String methods and conversions. */
import type { int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

export function main(_argv: string[]): int {
  const text = "  The quick brown Fox, jumps over;the lazy dog  ";
  const line = (value: string): void => {
    write(1, `[${value}]\n`);
  };
  line(text.trim());
  line(text.trimStart());
  line(text.trimEnd());
  line(text.toUpperCase());
  line(text.toLowerCase());
  line(text.slice(3, 9));
  line(text.slice(-6));
  line(text.substring(9, 3));
  line(text.split(" ").join("|"));
  line("a,b,,c".split(",").join("-"));
  line("abc".split("").join("-"));
  line("x".repeat(5) + "y".padStart(4, "ab") + "z".padEnd(4));
  line(`${text.indexOf("o")} ${text.lastIndexOf("o")} ${text.indexOf("zzz")} ${text.includes("Fox")}`);
  line(`${text.startsWith("  The")} ${text.endsWith("dog")} ${text.charAt(100)} ${text.charCodeAt(4)}`);
  line("a-b-c".replace("-", "+") + "a-b-c".replaceAll("-", "+"));
  line(`${"abc" < "abd"} ${"abc" < "ab"} ${"" < "a"} ${"Z" < "a"}`);
  line(String.fromCharCode(72, 105) + String.fromCodePoint(128512));
  let codes = "";
  for (const c of "aé😀z") codes += `${c.codePointAt(0) ?? -1} `;
  line(codes);
  let built = "";
  for (let i = 0; i < 20; i++) built += String.fromCharCode(97 + i);
  line(built);
  const c = built[3];
  line(`${c} ${c === "d"} ${c.toUpperCase()} ${built.at(-1) ?? ""}`);
  line(`${(255).toString(16)} ${(-5).toString(2)} ${(2.71828).toFixed(2)} ${Number("12.5")} ${parseInt("42abc", 10)}`);
  return 0;
}
