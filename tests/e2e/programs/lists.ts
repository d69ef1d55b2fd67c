/** List methods, sorting, nesting, lists of every item kind. */
import { type float, type int, newList } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

class Item {
  readonly name: string;
  readonly weight: int;

  constructor(name: string, weight: int) {
    this.name = name;
    this.weight = weight;
  }
}

export function main(_argv: string[]): int {
  const list: int[] = [5, 3, 8];
  list.push(1, 9);
  list.unshift(7);
  write(1, `${list.join(" ")} ${list.length}\n`);
  write(1, `${list.pop() ?? -1} ${list.shift() ?? -1} ${list.join(" ")}\n`);
  write(1, `${list.slice(1, 3).join(" ")} ${list.splice(1, 2, 40, 41, 42).join(" ")} ${list.join(" ")}\n`);
  write(1, `${list.concat([1, 2]).join(" ")} ${list.indexOf(41)} ${list.includes(99)} ${list.at(-1) ?? -1}\n`);
  list.sort((a, b) => b - a);
  write(1, `${list.join(" ")} ${list.reverse().join(" ")}\n`);
  const items: Item[] = [];
  for (let i = 0; i < 30; i++) items.push(new Item(`item${i}`, (i * 7) % 5));
  items.sort((a, b) => a.weight - b.weight);
  write(1, `${items.map((item) => `${item.name}:${item.weight}`).join(" ")}\n`);
  const found = items.find((item) => item.weight === 3);
  write(1, `${found === undefined ? "none" : found.name} ${items.findIndex((item) => item.weight === 4)}\n`);
  const grid: int[][] = [];
  for (let y = 0; y < 4; y++) grid.push(newList<int>(4, y));
  grid[2][1] = 99;
  write(1, `${grid.map((row) => row.join("")).join("/")}\n`);
  const floats: float[] = [1.5, 2.25];
  floats.push(1e3);
  write(1, `${floats.join(" ")} ${floats.every((x) => x > 1)}\n`);
  const flags: boolean[] = new Array<boolean>(3).fill(false);
  flags[1] = true;
  write(1, `${flags.join(" ")}\n`);
  const words: string[] = ["pear", "apple", "fig"];
  words.sort();
  write(1, `${words.join(" ")} ${words.flatMap((w) => [w, w.length.toString()]).join(" ")}\n`);
  const [first, second = "none", ...rest] = words;
  write(1, `${first} ${second} ${rest.length}\n`);
  return 0;
}
