/** Exceptions through virtual calls, closures, constructors, getters and callbacks. */
import type { int } from "rtypescript/rlib";

class Refused extends Error {
  readonly code: int;
  constructor(code: int) {
    super(`refused ${code}`);
    this.code = code;
    this.name = "Refused";
  }
}

class Gate {
  readonly limit: int;
  constructor(limit: int) {
    if (limit < 0) throw new Refused(limit);
    this.limit = limit;
  }
  pass(n: int): int {
    if (n > this.limit) throw new Refused(n);
    return n;
  }
  get strict(): int {
    if (this.limit === 0) throw new RangeError("no limit");
    return 100 - this.limit;
  }
}

class Open extends Gate {
  override pass(n: int): int {
    return n + 1;
  }
}

function guard(f: () => int): string {
  try {
    return `ok ${f()}`;
  } catch (e) {
    if (e instanceof Refused) return `${e.name} ${e.code} ${e.message}`;
    if (e instanceof RangeError) return `range ${e.message}`;
    return "other";
  }
}

export function main(_argv: string[]): int {
  const gates: Gate[] = [new Gate(5), new Open(2), new Gate(0)];
  for (const gate of gates) {
    console.log(guard(() => gate.pass(4)));
    console.log(guard(() => gate.pass(40)));
    console.log(guard(() => gate.strict));
  }
  console.log(guard(() => new Gate(-3).limit));
  console.log(
    guard(() => {
      throw new TypeError("inside");
    }),
  );
  const visited: int[] = [];
  try {
    [1, 2, 3, 4].forEach((x) => {
      visited.push(x);
      if (x === 3) throw new Refused(x);
    });
  } catch (e) {
    if (e instanceof Refused) console.log(`stopped at ${e.code} after ${visited.length}`);
  }
  return 0;
}
