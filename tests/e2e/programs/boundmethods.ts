/** Bound methods, methods as values through arrows, callbacks that take fewer arguments, nullable functions. */
import type { int } from "rtypescript/rlib";

class Counter {
  count = 0;
  readonly step: int;
  readonly tick: () => int;
  constructor(step: int) {
    this.step = step;
    this.tick = this.advance.bind(this);
  }
  advance(): int {
    this.count += this.step;
    return this.count;
  }
  advancer(): () => int {
    return () => this.advance();
  }
}
class Doubling extends Counter {
  override advance(): int {
    this.count = this.count * 2 + this.step;
    return this.count;
  }
}

class Button {
  readonly handlers: ((name: string, times: int) => void)[] = [];
  onClick: ((name: string) => void) | null = null;
  onHover?: () => string;
  click(name: string): void {
    this.handlers.forEach((h, i) => h(name, i));
    this.onClick?.(name);
  }
}

function each(n: int, f: (i: int, total: int, label: string) => void): void {
  for (let i = 0; i < n; i++) f(i, n, `#${i}`);
}

function compose(f: (x: int) => int, g: (x: int) => int): (x: int) => int {
  return (x) => g(f(x));
}

function choose(name: string): ((x: int) => int) | undefined {
  if (name === "inc") return (x) => x + 1;
  if (name === "neg") return (x) => -x;
  return undefined;
}

const registry: { readonly name: string; readonly run: (x: int) => int }[] = [
  { name: "square", run: (x) => x * x },
  { name: "cube", run: (x) => x * x * x },
];
const shared = new Counter(7);
const bound = shared.advance.bind(shared);
const sqrt = Math.sqrt;

export function main(_argv: string[]): int {
  const c = new Counter(3);
  const d = new Doubling(1);
  console.log(`${c.tick()} ${c.tick()} ${d.tick()} ${d.tick()} ${c.advancer()()} ${d.advancer()()}`);
  const ticks = [c.tick, d.tick, bound];
  console.log(ticks.map((t) => t()).join());
  console.log(`${bound()} ${shared.count}`);
  const button = new Button();
  const log: string[] = [];
  button.handlers.push((name) => log.push(name));
  button.handlers.push((name, times) => log.push(`${name}${times}`));
  button.handlers.push(() => log.push("any"));
  button.click("a");
  button.onClick = (name) => {
    log.push(`clicked ${name}`);
  };
  button.click("b");
  console.log(log.join(" "));
  console.log(`${button.onHover === undefined} ${button.onHover?.() ?? "none"}`);
  button.onHover = () => "hover";
  console.log(`${button.onHover()}`);
  const seen: string[] = [];
  each(3, (i) => seen.push(`${i}`));
  each(2, (i, total) => seen.push(`${i}/${total}`));
  each(1, (_i, _total, label) => seen.push(label));
  console.log(seen.join());
  console.log(
    `${compose(
      (x) => x + 1,
      (x) => x * 10,
    )(4)} ${compose(Math.abs, (x) => x % 3)(-8)}`,
  );
  console.log(
    `${choose("inc")?.(5) ?? 0} ${choose("neg")?.(5) ?? 0} ${choose("?")?.(5) ?? 0} ${choose("?") === undefined}`,
  );
  for (const { name, run } of registry) console.log(`${name} ${run(3)}`);
  console.log(
    `${[4, 9].map(Math.sqrt).join()} ${sqrt(2).toFixed(3)} ${["1", "x"].map(Number).join()} ${[0, 1].map(String).join("")}`,
  );
  const recursive = (n: int): int => (n <= 1 ? 1 : n * recursive(n - 1));
  console.log(`${recursive(10)}`);
  let f = (x: int) => x + 1;
  const before = f;
  f = (x) => x * 100;
  console.log(`${before(1)} ${f(1)} ${before === f} ${before === before}`);
  return 0;
}
