/** Comma, void, nested conditionals, switch inside loops with continue, empty statements. */
import type { int } from "rtypescript/rlib";

function classify(n: int): string {
  return n < 0 ? "negative" : n === 0 ? "zero" : n < 10 ? "small" : n < 100 ? "medium" : "large";
}

function walk(text: string): string {
  let depth = 0;
  let out = "";
  loop: for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case "(":
        depth++;
        continue;
      case ")":
        depth--;
        if (depth < 0) break loop;
        break;
      case " ":
        continue loop;
      default:
        out += `${text[i]}${depth}`;
    }
    if (depth === 0) out += ".";
  }
  return out;
}

export function main(_argv: string[]): int {
  for (const n of [-5, 0, 5, 50, 500]) console.log(classify(n));
  console.log(walk("a(b (c) d)e)f"));
  let i = 0;
  let j = 10;
  while ((i++, j--, i < j));
  console.log(`${i} ${j}`);
  let count = 0;
  for (;;) {
    if (count > 3) break;
    count += 1;
  }
  do count *= 2;
  while (count < 50);
  console.log(`${count}`);
  const last = ((): int => {
    for (let k = 100; ; k--) if (k % 7 === 0) return k;
  })();
  console.log(`${last}`);
  return 0;
}
