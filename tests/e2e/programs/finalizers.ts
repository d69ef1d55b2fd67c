/** Finalizers of what lives are not called, whatever is registered and collected; parameters change no result. */
import { gc, type int, keepAlive, onFinalize } from "rtypescript/rlib";

class Resource {
  readonly id: int;
  readonly uses: Resource | null;
  constructor(id: int, uses: Resource | null) {
    this.id = id;
    this.uses = uses;
  }
}

const called: int[] = [];

function chain(n: int): Resource {
  let last = new Resource(0, null);
  onFinalize(last, (r) => void called.push(r.id));
  for (let i = 1; i < n; i++) {
    last = new Resource(i, last);
    onFinalize(last, (r) => void called.push(r.id));
  }
  return last;
}

function garbage(n: int): int {
  let dead = 0;
  for (let i = 0; i < n; i++) {
    const resource = new Resource(i, null);
    onFinalize(resource, (r) => {
      dead += r.id < 0 ? 1 : 0;
    });
    onFinalize([i, i + 1], (list) => {
      dead += list.length - 2;
    });
  }
  return dead;
}

export function main(_argv: string[]): int {
  gc.setParam("major_factor", 150);
  const kept = chain(50);
  let wrong = 0;
  for (let round = 0; round < 3; round++) {
    wrong += garbage(500);
    gc.collect();
  }
  let sum = 0;
  for (let r: Resource | null = kept; r !== null; r = r.uses) sum += r.id;
  const stats = gc.stats();
  console.log(`${sum} ${called.length} ${wrong} ${stats.totalBytes >= 0 && stats.heapBytes >= 0}`);
  try {
    gc.setParam("colour", 1);
  } catch (e) {
    console.log(e instanceof RangeError ? e.message : "?");
  }
  keepAlive(kept);
  return 0;
}
