import type { char, float, int } from "rtypescript/rlib";
class Point { x: int = 0; }
export function main(argv: string[]): int {
  const p = new Point();
  p.x = Math.sqrt(argv.length);
  return p.x;
}
