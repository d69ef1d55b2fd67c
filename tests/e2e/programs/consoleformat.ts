/** console.log of everything it takes, process.stdout.write, performance.now, Date.now. */
import type { float, int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const x: float = 1.5;
  const n: int = argv.length + 3;
  console.log("a", 1, x, true, false, n);
  console.log();
  console.log("");
  console.log("%s=%d", "k", n);
  console.log("%s", "only", "more", 2);
  console.log("%i %f %j%%", 4.7, 2.5, 3);
  console.log("100%", 5);
  console.log(`multi\nline`);
  console.log(n / 2, -0.0, 1e21, 1 / 3, 0 / 0, 1 / (n - n));
  console.log(10n ** 20n, -5n);
  console.error("not shown");
  console.log('tab\tquote"', "single");
  process.stdout.write("no newline ");
  process.stdout.write(`${n}\n`);
  const t0 = performance.now();
  let sum = 0;
  for (let i = 0; i < 1000; i++) sum += i;
  const t1 = performance.now();
  console.log(t1 >= t0, sum, Date.now() > 1.6e12);
  const maybe: int | null = n > 100 ? 1 : null;
  console.log(maybe, `${maybe ?? "none"}`);
  console.log("é ü 日本 \u{1f600}");
  return 0;
}
