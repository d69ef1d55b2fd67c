/** References that can be null, undefined, or, where no test tells them apart, both. */
import type { int } from "rtypescript/rlib";

class Item {
  readonly name: string;
  link: Item | null = null;
  extra?: Item;
  constructor(name: string) {
    this.name = name;
  }
}

function describe(item: Item | null): string {
  return item === null ? "null" : item.name;
}

function present(item: Item | undefined): string {
  if (item === undefined) return "undefined";
  return item.name;
}

function either(item: Item | null | undefined): string {
  if (item == null) return "nothing";
  return item.name;
}

function text(s: string | null): string {
  return `${s} ${s === null} ${s == null} ${typeof s}`;
}

interface Query {
  name?: string;
  items?: int[];
  parent?: Query;
}

function show({ name = "default", items = [7], parent }: Query): string {
  return `${name} ${items.join()} ${parent === undefined ? "-" : show(parent)}`;
}

const cache = new Map<string, Item>();

function lookup(key: string): Item {
  const hit = cache.get(key);
  if (hit !== undefined) return hit;
  const made = new Item(key);
  cache.set(key, made);
  return made;
}

export function main(argv: string[]): int {
  const item = new Item("a");
  console.log(`${describe(item.link)} ${present(item.extra)} ${either(item.link)} ${either(item.extra)}`);
  item.link = new Item("b");
  item.extra = item.link;
  console.log(`${describe(item.link)} ${present(item.extra)} ${either(item.link)} ${item.extra === item.link}`);
  item.link = null;
  const other = new Item("c");
  other.link = item;
  console.log(
    `${(other.link ?? item.extra).name} ${other.extra?.name ?? "no extra"} ${item.extra?.link?.name ?? "none"}`,
  );
  console.log(text("s"));
  console.log(text(null));
  console.log(`${show({})} | ${show({ name: "n", items: [], parent: {} })} | ${show({ parent: { items: [1, 2] } })}`);
  console.log(`${lookup("x") === lookup("x")} ${lookup("x") === lookup("y")} ${cache.size}`);
  const list: (string | null)[] = ["x", null, "y"];
  for (const s of list) console.log(text(s));
  console.log(`${list.indexOf(null)} ${list.includes("y")} ${list.filter((s) => s !== null).join("")}`);
  const found = list.find((s) => s?.length === 1);
  console.log(`${found ?? "none"}`);
  let slot: Item | null = argv.length > 0 ? item : null;
  const log: string[] = [];
  for (let i = 0; i < 3; i++) {
    log.push(describe(slot));
    slot = slot === null ? item : null;
  }
  console.log(log.join());
  const f: ((x: int) => int) | null = argv.length > 3 ? (x) => x + 1 : null;
  console.log(`${f === null} ${f?.(1) ?? "none"}`);
  const nested: (Item | null)[][] = [[item], [null]];
  console.log(nested.map((row) => row.map((i) => i?.name ?? "-").join("")).join());
  const first = nested[1][0];
  console.log(first ? first.name : "empty");
  return 0;
}
