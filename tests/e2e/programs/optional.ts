/** Nullable scalars through function values, virtual methods, closures and recursion. */
import type { float, int } from "rtypescript/rlib";

abstract class Source {
  abstract next(): int | null;
  abstract ratio(): float | undefined;
}

class Counting extends Source {
  #n = 0;
  next(): int | null {
    this.#n++;
    return this.#n > 3 ? null : this.#n;
  }
  ratio(): float | undefined {
    return this.#n / 2;
  }
}

class Empty extends Source {
  next(): int | null {
    return null;
  }
  ratio(): float | undefined {
    return undefined;
  }
}

function depth(n: int): int | null {
  if (n > 5) return null;
  const below = depth(n + 1);
  return below === null ? n : below * 10 + n;
}

const PARSERS: readonly ((s: string) => int | null)[] = [
  (s) => (s.length > 2 ? s.length : null),
  (s) => (s.startsWith("x") ? s.charCodeAt(1) : null),
  () => null,
];

function flag(n: int): boolean | null {
  return n === 0 ? null : n > 0;
}

export function main(_argv: string[]): int {
  const sources: Source[] = [new Counting(), new Empty()];
  for (const s of sources) {
    let sum = 0;
    for (;;) {
      const n = s.next();
      if (n === null) break;
      sum += n;
    }
    console.log(`${sum} ${s.ratio() ?? -1}`);
  }
  console.log(`${depth(0) ?? -1} ${depth(6) ?? -1}`);
  for (const text of ["xyz", "x!", "a"]) {
    let line = "";
    for (const p of PARSERS) line += ` ${p(text) ?? -1}`;
    console.log(line);
  }
  let best: int | null = null;
  const consider = (n: int | null): void => {
    if (n !== null && (best === null || n > best)) best = n;
  };
  consider(3);
  consider(null);
  consider(9);
  console.log(`${best ?? -1}`);
  for (const n of [-2, 0, 2]) {
    const f = flag(n);
    console.log(f === null ? "unknown" : f ? "yes" : "no");
  }
  return 0;
}
