/** Errors in and around generators and iterations of all kinds. */
import type { int } from "rtypescript/rlib";

function* failing(n: int): Generator<int> {
  for (let i = 0; ; i++) {
    if (i === n) throw new Error(`at ${i}`);
    yield i;
  }
}

function total(n: int, limit: int): string {
  let sum = 0;
  try {
    for (const x of failing(n)) {
      if (x === limit) return `returned ${sum}`;
      sum += x;
    }
    return "never";
  } catch (e) {
    return `${e instanceof Error ? e.message : ""} ${sum}`;
  } finally {
    sum = -1;
  }
}

function callbacks(xs: readonly int[]): string {
  try {
    xs.forEach((x, i) => {
      if (x < 0) throw new RangeError(`negative at ${i}`);
    });
    return xs
      .map((x) => {
        if (x > 100) throw new TypeError("large");
        return x * 2;
      })
      .join();
  } catch (e) {
    if (e instanceof RangeError) return `range ${e.message}`;
    if (e instanceof TypeError) return `type ${e.message}`;
    throw e;
  }
}

export function main(_argv: string[]): int {
  console.log(`${total(3, 10)} ${total(10, 3)} ${total(0, 0)}`);
  console.log(`${callbacks([1, 2])} | ${callbacks([1, -2])} | ${callbacks([500])}`);
  const xs = [3, 1, 2];
  try {
    xs.sort((a, b) => {
      if (a === 2 || b === 2) throw new Error("two");
      return a - b;
    });
  } catch (e) {
    console.log(`${e instanceof Error ? e.message : ""} ${xs.length}`);
  }
  const map = new Map([
    ["a", 1],
    ["b", 0],
  ]);
  try {
    map.forEach((v, k) => {
      if (v === 0) throw new Error(k);
    });
  } catch (e) {
    if (e instanceof Error) console.log(e.message);
  }
  try {
    console.log(`${([] as int[]).reduce((a, b) => a + b)}`);
  } catch (e) {
    if (e instanceof TypeError) console.log("type error");
  }
  return 0;
}
