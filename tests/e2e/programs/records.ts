/** Object literals with and without declared types; optional properties; spread. */
import type { int } from "rtypescript/rlib";

interface Point {
  x: int;
  y: int;
  label?: string;
}

function move(p: Point, dx: int): Point {
  return { ...p, x: p.x + dx };
}

const ORIGIN: Point = { x: 0, y: 0 };

export function main(_argv: string[]): int {
  const p: Point = { x: 3, y: 4, label: "p" };
  const q = move(p, 10);
  q.y = 40;
  console.log(`${p.x} ${p.y} ${q.x} ${q.y} ${q.label ?? "?"}`);
  const { x, y: height, label = "none" } = move(ORIGIN, 1);
  console.log(`${x} ${height} ${label}`);
  const size = { width: 2.5, height: 4 };
  console.log(`${size.width * size.height}`);
  const boxes = [
    { id: 1, area: 2.5 },
    { id: 2, area: 7.5 },
  ];
  let total = 0.0;
  for (const { id, area } of boxes) total += id * area;
  console.log(`${total}`);
  return 0;
}
