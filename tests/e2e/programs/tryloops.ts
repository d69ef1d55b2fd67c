/** try, catch and finally within loops and within each other, with break, continue, return, labels. */
import type { int } from "rtypescript/rlib";

const log: string[] = [];

function risky(n: int): int {
  if (n % 3 === 0) throw new Error(`three ${n}`);
  return n * 2;
}

function loops(): int {
  let total = 0;
  outer: for (let i = 1; i < 10; i++) {
    for (let j = 0; ; j++) {
      try {
        if (j === 3) continue outer;
        if (i === 7) break outer;
        if (i % 2 === 0 && j === 1) break;
        total += risky(i + j);
      } catch {
        total += 1000;
        if (i === 5) continue;
      } finally {
        total += 1;
      }
      total += 10;
    }
    log.push(`i${i}`);
  }
  return total;
}

function retry(limit: int): string {
  let attempts = 0;
  while (true) {
    try {
      attempts++;
      if (attempts < limit) throw new Error("again");
      return `done after ${attempts}`;
    } catch (e) {
      if (attempts > 5) return "gave up";
    } finally {
      log.push(`attempt ${attempts}`);
    }
  }
}

function overrides(n: int): int {
  try {
    if (n === 0) throw new Error("x");
    return 1;
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: this is what is tested
    if (n < 2) return 2;
  }
}

function finallyThrows(): string {
  try {
    try {
      throw new Error("first");
    } finally {
      risky(3);
    }
  } catch (e) {
    return e instanceof Error ? e.message : "";
  }
}

function nested(depth: int): int {
  try {
    try {
      if (depth === 0) throw new RangeError("bottom");
      return nested(depth - 1) + 1;
    } finally {
      log.push(`leave ${depth}`);
    }
  } catch (e) {
    if (depth < 2) throw e;
    return 100;
  }
}

function valueKept(): int {
  let x = 1;
  try {
    return x;
  } finally {
    x = 5;
    log.push(`x ${x}`);
  }
}

function doWhile(): int {
  let n = 0;
  do {
    try {
      n++;
      if (n === 2) continue;
      if (n === 4) break;
    } finally {
      log.push(`n${n}`);
    }
  } while (n < 10);
  return n;
}

function inSwitch(n: int): string {
  let out = "";
  for (let i = 0; i < n; i++) {
    switch (i) {
      case 1:
        try {
          out += "try ";
          break;
        } finally {
          out += "finally ";
        }
      case 2:
        continue;
      default:
        out += "default ";
    }
    out += "after ";
  }
  return out;
}

function dispatch(codes: readonly int[]): int {
  let acc = 0;
  let pc = 0;
  for (;;) {
    try {
      while (pc < codes.length) {
        const code = codes[pc++];
        if (code === 9) throw new Error("handled");
        if (code === 0) return acc;
        acc += code;
      }
      return -acc;
    } catch (e) {
      acc *= 10;
    }
  }
}

function scoped(): string {
  const e = "outer";
  try {
    throw new Error("inner");
  } catch (e) {
    if (e instanceof Error) log.push(e.message);
  }
  return e;
}

export function main(_argv: string[]): int {
  console.log(`${loops()} ${retry(3)} ${retry(50)}`);
  console.log(`${overrides(0)} ${overrides(1)} ${overrides(2)} ${finallyThrows()}`);
  console.log(`${nested(4)} ${valueKept()} ${doWhile()}`);
  console.log(inSwitch(4));
  console.log(`${dispatch([1, 2, 9, 3, 0, 5])} ${dispatch([1, 9, 9])} ${scoped()}`);
  console.log(log.join(","));
  return 0;
}
