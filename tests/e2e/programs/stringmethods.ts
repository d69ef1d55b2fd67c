/** The methods of strings with ordinary and border arguments. */
import type { int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const n = argv.length;
  const s = "The quick brown fox";
  console.log(`[${s.at(0)}] [${s.at(-1)}] [${s.at(50) ?? "-"}] [${s.charAt(n + 4)}] [${s.charAt(-1)}]`);
  console.log(
    `${s.concat("!", "?")} ${s.endsWith("fox")} ${s.endsWith("quick", 9)} ${s.startsWith("quick", 4)} ${s.startsWith("")}`,
  );
  console.log(
    `${s.indexOf("o")} ${s.indexOf("o", 13)} ${s.indexOf("o", 99)} ${s.indexOf("", 5)} ${s.lastIndexOf("o")} ${s.lastIndexOf("o", 13)} ${s.lastIndexOf("zz")}`,
  );
  console.log(`${s.includes("quick")} ${s.includes("quick", 5)} ${s.includes("")}`);
  console.log(
    `[${"5".padStart(3, "0")}] [${"5".padEnd(4, "ab")}] [${"long".padStart(2)}] [${"x".padStart(3)}] [${"x".padEnd(3, "")}]`,
  );
  console.log(`[${"ab".repeat(0)}] [${"ab".repeat(3)}] [${"".repeat(5)}]`);
  console.log(
    `${"a-b-c".replace("-", "+")} ${"a-b-c".replaceAll("-", "+")} ${"abc".replace("x", "y")} ${"aaa".replaceAll("aa", "b")} ${"abc".replace("", "_")} ${"abc".replaceAll("", "_")}`,
  );
  console.log(
    `[${s.slice(4, 9)}] [${s.slice(-3)}] [${s.slice(4, -4)}] [${s.slice(9, 4)}] [${s.slice(100)}] [${s.slice()}]`,
  );
  console.log(`[${s.substring(4, 9)}] [${s.substring(9, 4)}] [${s.substring(-5, 3)}] [${s.substring(16)}]`);
  console.log(
    "a,b,,c"
      .split(",")
      .map((p) => `<${p}>`)
      .join(""),
  );
  console.log(
    `${"abc".split("").join("|")} ${"abc".split("x").length} ${"".split(",").length} ${"".split("").length} ${"a,b,c,d".split(",", 2).join()}`,
  );
  console.log(`[${"  x y ".trim()}] [${"  x ".trimStart()}] [${"  x ".trimEnd()}] [${"\t\n x \r\n".trim()}]`);
  console.log(`${s.toLowerCase()} ${s.toUpperCase()}`);
  console.log(
    `${"b".charCodeAt(0)} ${"b".codePointAt(0)} ${String.fromCharCode(72, 105)} ${String.fromCodePoint(72, 128512)}`,
  );
  console.log(
    `${"abc" < "abd"} ${"abc" < "ab"} ${"" < "a"} ${"a" <= "a"} ${"B" < "a"} ${"10" < "9"} ${"abc" >= "abc"}`,
  );
  console.log(`${s === "The quick " + "brown fox"} ${s !== s.slice(0)} ${s.slice(0, 3) === "The"}`);
  let built = "";
  for (let i = 0; i < 200; i++) built += String.fromCharCode(97 + (i % 26));
  console.log(`${built.length} ${built.slice(24, 30)} ${built.indexOf("abc", 1)} ${built.lastIndexOf("xyz")}`);
  console.log(
    `${"tab\there"} ${'quote"s'} ${"back\\slash"} ${`multi
line`}`,
  );
  const name = "World";
  const count = 3;
  console.log(`Hello, ${name}! ${count + 1} ${count > 2 ? "many" : "few"} ${`nested ${name.length}`} ${count * 0.5}`);
  console.log(
    s
      .split(" ")
      .map((w) => w[0].toUpperCase() + w.slice(1).toLowerCase())
      .join(" "),
  );
  console.log(`${"x" + 1 + 2} ${1 + 2 + "x"} ${"" + true} ${"" + null} ${"a" + 1.5 + undefined}`);
  console.log(`${"a\nb\nc".split("\n").length} ${"k=v=w".split("=")[1]} ${String(42)} ${String("s")} ${String(null)}`);
  return 0;
}
