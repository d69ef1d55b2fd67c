/** Functions in fields, nullable and optional functions, callbacks that take fewer arguments. */
import type { int } from "rtypescript/rlib";

interface Hooks {
  before: ((n: int) => void) | null;
  after?: (n: int, total: int) => int;
}

class Machine {
  step: (x: int) => int;
  constructor(step: (x: int) => int) {
    this.step = step;
  }
  run(n: int, hooks: Hooks): int {
    let total = 0;
    for (let i = 0; i < n; i++) {
      hooks.before?.(i);
      total = this.step(total) + i;
      if (hooks.after !== undefined) total = hooks.after(i, total);
    }
    return total;
  }
}

function each(n: int, f: (i: int, isLast: boolean) => void): void {
  for (let i = 0; i < n; i++) f(i, i === n - 1);
}

export function main(_argv: string[]): int {
  let seen = 0;
  const machine = new Machine((x) => x * 2);
  console.log(`${machine.run(5, { before: null })}`);
  console.log(
    `${machine.run(4, {
      before: (n) => {
        seen += n;
      },
      after: (_n, total) => total + 1,
    })}`,
  );
  machine.step = (x) => x + 100;
  console.log(`${machine.run(3, { before: null, after: (n) => n })} ${seen}`);
  let text = "";
  each(3, (i) => {
    text += `${i}`;
  });
  each(3, (i, isLast) => {
    text += isLast ? `${i}.` : `${i},`;
  });
  each(2, () => {
    text += "!";
  });
  console.log(text);
  return 0;
}
