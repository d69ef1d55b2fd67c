/** Weak maps and sets: what is found in them for living keys, also when prebuilt, across collections and growth. */
import { gc, type int, keepAlive } from "rtypescript/rlib";

class Thing {
  readonly id: int;
  constructor(id: int) {
    this.id = id;
  }
}

class Note {
  readonly of: Thing;
  readonly text: string;
  constructor(of: Thing, text: string) {
    this.of = of;
    this.text = text;
  }
}

const first = new Thing(-1);
const known = new WeakMap<Thing, string>([[first, "prebuilt"]]);
known.set(new Thing(-2), "unreachable");
const seen = new WeakSet<Thing>();
seen.add(first);

/** Values refer to their keys: kept only as long as something else keeps the key. */
const notes = new WeakMap<Thing, Note>();
const counts = new WeakMap<int[], int>();

function fill(n: int, kept: Thing[]): void {
  for (let i = 0; i < n; i++) {
    const thing = new Thing(i);
    notes.set(thing, new Note(thing, `note ${i}`));
    if (i % 3 === 0) seen.add(thing);
    if (i % 100 === 0) kept.push(thing);
  }
}

function describe(thing: Thing): string {
  const note = notes.get(thing);
  return `${note?.of.id ?? -1} ${note?.text ?? "none"} ${seen.has(thing)} ${known.get(thing) ?? "unknown"}`;
}

export function main(_argv: string[]): int {
  console.log(`${describe(first)} ${known.has(first)}`);
  const kept: Thing[] = [];
  for (let round = 0; round < 4; round++) {
    fill(1500, kept);
    gc.collect();
  }
  console.log(`${kept.length}`);
  for (const thing of kept.slice(0, 6)) console.log(describe(thing));
  let right = 0;
  for (const thing of kept) if (notes.get(thing)?.of === thing) right++;
  console.log(`${right}`);
  const lists = kept.map((thing) => [thing.id]);
  for (const list of lists) counts.set(list, (counts.get(list) ?? 0) + list[0] + 1);
  gc.collect();
  let total = 0;
  for (const list of lists) total += counts.get(list) ?? 0;
  console.log(`${total} ${counts.has([0])}`);
  console.log(`${notes.delete(kept[0])} ${notes.delete(kept[0])} ${notes.has(kept[0])} ${notes.has(kept[1])}`);
  notes.set(kept[0], new Note(kept[0], "again"));
  console.log(describe(kept[0]));
  keepAlive(first);
  return 0;
}
