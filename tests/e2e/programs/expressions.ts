/** Assignment as an expression, compound assignment on every place, comma, conditionals, logical assignment, chaining. */
import type { float, int } from "rtypescript/rlib";

class Box {
  value = 1;
  text = "";
  list: int[] = [1, 2, 3];
  inner: Box | null = null;
  get doubled(): int {
    return this.value * 2;
  }
  set doubled(v: int) {
    this.value = Math.floor(v / 2);
  }
}

let evaluations = 0;
function at(i: int): int {
  evaluations++;
  return i;
}
function box(b: Box): Box {
  evaluations++;
  return b;
}

export function main(argv: string[]): int {
  let a = 0;
  let b = 0;
  let c = 0;
  a = b = c = 5;
  console.log(`${a} ${b} ${c} ${(a = 7) + a} ${a}`);
  a += b -= 2;
  console.log(`${a} ${b} ${a++ + ++a} ${a} ${b-- - --b} ${b}`);
  const o = new Box();
  box(o).list[at(1)] += 10;
  box(o).list[at(2)]++;
  console.log(`${o.list.join()} ${evaluations}`);
  o.value += 4;
  o.value *= 2;
  o.value %= 7;
  o.text += "x";
  o.text += 1;
  o.doubled = 20;
  o.doubled += 2;
  console.log(`${o.value} ${o.text} ${o.doubled} ${o.doubled++} ${o.value}`);
  o.inner ??= new Box();
  o.inner.value ||= 99;
  o.inner.value &&= 42;
  o.inner.inner?.list.push(1);
  console.log(`${o.inner.value} ${o.inner.inner?.value ?? "none"} ${o.inner?.list?.length}`);
  let x = 6;
  x <<= 2;
  x |= 1;
  x &= ~8;
  x ^= 3;
  x >>= 1;
  console.log(`${x} ${(c++, x)} ${x > 5 ? (x < 10 ? "mid" : "high") : "low"}`);
  let f: float = 1;
  f /= 4;
  f *= 3;
  f -= 0.5;
  console.log(`${f}`);
  const last = [1, 2, 3][o.list.length - 1];
  const picked = argv.length > 3 ? "many" : argv.length === 0 ? "none" : "some";
  console.log(
    `${last} ${picked} ${!!o.text} ${!argv.length} ${+true} ${typeof o.text} ${typeof x} ${typeof o} ${typeof at}`,
  );
  let s: string | null = argv.length > 9 ? "many" : null;
  console.log(`${s?.length ?? -1} ${(s ?? "default").length}`);
  s ??= "set";
  s &&= `${s}!`;
  console.log(`${s} ${s?.[0] ?? "-"} ${s.at(-1)}`);
  const total = [1, 2, 3].reduce((sum, v) => (v === 2 ? sum : sum + v), 0);
  console.log(`${total} ${void 0 === undefined} ${null === null}`);
  const t = 5 > 3 && "yes";
  const u = o.text.length - 2 || 77;
  const v = o.text.slice(9) || null || "third";
  console.log(`${t} ${u} ${v}`);
  if ((a = argv.length)) console.log("nonzero");
  else console.log(`zero ${a}`);
  let i = 0;
  const xs = [10, 20, 30];
  xs[i++] = xs[i++] + i;
  console.log(`${xs.join()} ${i}`);
  return 0;
}
