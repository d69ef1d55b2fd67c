import type { char, float, int } from "rtypescript/rlib";
class A { a = 1; }
function first(n: int) { return n; }
function second(xs: string[]) { return xs[0.5]; }
function third() { const m = new Map<string, any>(); m.set("a", 1); m.set("b", "t"); for (const v of m.values()) first(v); return m.get("a"); }
function fourth(x: any) { return x.nothing + 1; }
function fifth(s: any) { return s - 1; }
export function main(argv: string[]): int {
  first(1.5);
  second(argv);
  third();
  fourth(new A());
  return fifth(argv[0]);
}
