/** Weak references keep what lives; collections on demand; objects survive moves with their identity. */
import { gc, identityHash, type int, keepAlive, weakRef } from "rtypescript/rlib";

class Thing {
  readonly id: int;
  other: Thing | null = null;
  constructor(id: int) {
    this.id = id;
  }
}

class Cache {
  readonly #refs = new Map<int, ReturnType<typeof weakRef<Thing>>>();
  add(thing: Thing): void {
    this.#refs.set(thing.id, weakRef(thing));
  }
  get(id: int): Thing | null {
    return this.#refs.get(id)?.get() ?? null;
  }
}

function garbage(n: int): int {
  let total = 0;
  for (let i = 0; i < n; i++) total += new Thing(i).id & 1;
  return total;
}

export function main(_argv: string[]): int {
  const thing = new Thing(7);
  const ref = weakRef(thing);
  const hash = identityHash(thing);
  const set = new Set<Thing>([thing]);
  const map = new Map<Thing, string>([[thing, "seven"]]);
  const cache = new Cache();
  cache.add(thing);
  for (let i = 0; i < 3; i++) {
    garbage(20000);
    gc.collect();
  }
  console.log(`${ref.get() === thing} ${ref.get()?.id ?? -1} ${identityHash(thing) === hash}`);
  console.log(`${set.has(thing)} ${map.get(thing) ?? "lost"} ${cache.get(7)?.id ?? -1} ${cache.get(8)?.id ?? -1}`);
  const a = new Thing(1);
  const b = new Thing(2);
  a.other = b;
  b.other = a;
  gc.collect();
  console.log(`${a.other.other === a} ${b.other.id}`);
  keepAlive(thing);
  return 0;
}
