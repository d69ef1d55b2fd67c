/** Closures made in loops: each round has its own variable; shared counters; closures over this. */
import type { int } from "rtypescript/rlib";

class Button {
  clicks = 0;
  readonly handlers: (() => int)[] = [];
  add(step: int): void {
    this.handlers.push(() => {
      this.clicks += step;
      return this.clicks;
    });
  }
}

export function main(_argv: string[]): int {
  const fs: (() => int)[] = [];
  for (let i = 0; i < 3; i++) {
    let own = i * 10;
    fs.push(() => {
      own += i;
      return own;
    });
  }
  let line = "";
  for (const f of fs) line += ` ${f()} ${f()}`;
  console.log(line);
  const button = new Button();
  button.add(1);
  button.add(10);
  for (const h of button.handlers) h();
  for (const h of button.handlers) h();
  console.log(`${button.clicks}`);
  let shared = 0;
  const up = (): void => {
    shared += 2;
  };
  const down = (): void => {
    shared -= 1;
  };
  up();
  up();
  down();
  console.log(`${shared}`);
  const fact = (n: int): int => (n < 2 ? 1 : n * fact(n - 1));
  console.log(`${fact(10)}`);
  return 0;
}
