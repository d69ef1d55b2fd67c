/** What `console` and `process` write, formats included. */
import type { float, int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  const x: float = -0.0;
  const n: int = 42;
  console.log();
  console.log("plain");
  console.log("text", n, 1.5, true, x, "end");
  console.log(n);
  console.log(x);
  console.log("%s is %d and %i%%", "x", n, 7);
  console.log("no directive", "but more");
  console.log("%s", "a", "b");
  console.log("100%");
  console.info("info");
  console.error("to stderr");
  console.warn("also to stderr");
  process.stdout.write("written\n");
  process.stdout.write("é\u{1f600}\u0000!\n");
  const maybe: string | null = n > 1 ? null : "x";
  console.log(maybe, `${maybe}`);
  return 3;
}
