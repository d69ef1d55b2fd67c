/** Strings: units, slices, search, case, building, comparison. */
import type { int } from "rtypescript/rlib";

function reverse(text: string): string {
  let out = "";
  for (let i = text.length - 1; i >= 0; i--) out += text[i];
  return out;
}

function isDigit(c: string): boolean {
  return c >= "0" && c <= "9";
}

export function main(_argv: string[]): int {
  const text = "Hello, World";
  console.log(`${text.length} ${text.charCodeAt(4)} ${text[7]} ${text.slice(7)} ${text.substring(0, 5)}`);
  console.log(`${text.indexOf("o")} ${text.lastIndexOf("o")} ${text.indexOf("xyz")} ${text.includes("World")}`);
  console.log(`${text.toUpperCase()} ${text.toLowerCase()} ${reverse(text)}`);
  console.log(`${"a" < "b"} ${"apple" < "apricot"} ${"Z" < "a"} ${"x" === "x"}`);
  console.log(`${"  trim ".trim()}| ${"ab".repeat(3)} ${"7".padStart(3, "0")}`);
  let digits = 0;
  for (const c of "a1b22c333") if (isDigit(c)) digits++;
  console.log(`${digits} ${text.startsWith("Hell")} ${text.endsWith("d")}`);
  console.log(`${"a,b,c".split(",").length} ${"x-y".replace("-", "+")} ${String.fromCharCode(82, 84, 83)}`);
  console.log(`${text.charAt(99)}|${parseInt("42", 10) + 1}|${Number("2.5") * 2}`);
  return 0;
}
