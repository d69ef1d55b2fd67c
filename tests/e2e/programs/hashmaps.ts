/** rlib's hashMap with the program's own equality; identityHash; maps of maps. */
import { type HashMap, hashMap, identityHash, type int } from "rtypescript/rlib";

class Point {
  readonly x: int;
  readonly y: int;
  constructor(x: int, y: int) {
    this.x = x;
    this.y = y;
  }
}

const samePoint = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;
const hashPoint = (p: Point): int => p.x * 31 + p.y;

const prebuilt = hashMap<Point, string>(samePoint, hashPoint);
prebuilt.set(new Point(1, 2), "one-two");
prebuilt.set(new Point(3, 4), "three-four");

function fold(text: string): string {
  return text.toLowerCase();
}

function build(n: int): HashMap<Point, int> {
  const map = hashMap<Point, int>(samePoint, hashPoint);
  for (let i = 0; i < n; i++) map.set(new Point(i % 10, i % 7), i);
  return map;
}

export function main(_argv: string[]): int {
  console.log(`${prebuilt.get(new Point(1, 2)) ?? "none"} ${prebuilt.get(new Point(2, 1)) ?? "none"} ${prebuilt.size}`);
  prebuilt.set(new Point(1, 2), "changed");
  prebuilt.set(new Point(9, 9), "new");
  console.log(`${prebuilt.get(new Point(1, 2)) ?? "none"} ${prebuilt.size} ${prebuilt.has(new Point(9, 9))}`);
  const map = build(200);
  console.log(
    `${map.size} ${map.get(new Point(9, 6)) ?? -1} ${map.delete(new Point(0, 0))} ${map.delete(new Point(0, 0))} ${map.size}`,
  );
  let sum = 0;
  map.forEach((value, key) => {
    sum += key.x * value;
  });
  console.log(`${sum}`);
  const words = hashMap<string, int>(
    (a, b) => fold(a) === fold(b),
    (s) => s.length,
  );
  for (const word of ["One", "ONE", "two", "Two", "three"]) words.set(word, (words.get(word) ?? 0) + 1);
  console.log(`${words.get("one") ?? 0} ${words.get("TWO") ?? 0} ${words.get("four") ?? 0} ${words.size}`);
  const a = new Point(1, 1);
  const b = new Point(1, 1);
  console.log(`${identityHash(a) === identityHash(a)} ${identityHash(a) === identityHash(b)} ${identityHash(a) >= 0}`);
  const hashes = new Set<int>();
  const alive: Point[] = [];
  for (let i = 0; i < 100; i++) {
    const p = new Point(i, i);
    alive.push(p);
    hashes.add(identityHash(p));
  }
  console.log(`${hashes.size > 50} ${alive.every((p) => hashes.has(identityHash(p)))}`);
  return 0;
}
