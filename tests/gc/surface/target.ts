/**
 * What programs ask of a collector, where the answer depends on it and so cannot be compared with Node. Each check prints
 * what it found; the test knows what every precise collector must print.
 */
import {
  external,
  gc,
  type int,
  int as intKind,
  OutOfMemoryError,
  onFinalize,
  RawBuffer,
  type WeakReference,
  weakRef,
} from "rtypescript/rlib";
import { buffer } from "rtypescript/rlib/types";

class Link {
  readonly id: int;
  next: Link | null;
  constructor(id: int, next: Link | null) {
    this.id = id;
    this.next = next;
  }
}

class Rescue {
  saved: Link | null = null;
}
const rescue = new Rescue();
const called: int[] = [];

/** A chain whose head is returned: each link refers to the one before. */
function chain(n: int): Link {
  let last = new Link(0, null);
  onFinalize(last, (link) => void called.push(link.id));
  for (let i = 1; i < n; i++) {
    last = new Link(i, last);
    onFinalize(last, (link) => {
      called.push(link.id);
      if (link.id === 3) rescue.saved = link;
    });
  }
  return last;
}

function collectAll(): void {
  for (let i = 0; i < 12; i++) gc.collect();
}

function finalizers(): void {
  let kept: Link | null = chain(3);
  chain(6);
  collectAll();
  console.log(`dropped ${called.join(" ")}; kept ${kept.id}; saved ${rescue.saved?.id ?? -1}`);
  kept = null;
  rescue.saved = null;
  collectAll();
  console.log(`then ${called.join(" ")}`);
}

class Value {
  readonly key: Link;
  constructor(key: Link) {
    this.key = key;
  }
}

const values = new WeakMap<Link, Value>();
const members = new WeakSet<Link>();

function enter(refs: WeakReference<Value>[], kept: Link[], n: int): void {
  for (let i = 0; i < n; i++) {
    const key = new Link(i, null);
    const value = new Value(key);
    values.set(key, value);
    members.add(key);
    refs.push(weakRef(value));
    if (i % 10 === 0) kept.push(key);
  }
}

function weak(): void {
  const refs: WeakReference<Value>[] = [];
  const kept: Link[] = [];
  enter(refs, kept, 500);
  collectAll();
  let alive = 0;
  for (const ref of refs) if (ref.get() !== null) alive++;
  let found = 0;
  for (const key of kept) if (values.get(key)?.key === key && members.has(key)) found++;
  console.log(`values alive ${alive}, found ${found}`);
  enter(refs, kept, 500);
  collectAll();
  alive = 0;
  for (const ref of refs) if (ref.get() !== null) alive++;
  console.log(`values alive ${alive}`);
}

class Block {
  readonly items: int[];
  readonly before: Block | null;
  constructor(before: Block | null) {
    this.items = new Array<int>(500).fill(7);
    this.before = before;
  }
}

class Count {
  blocks: int = 0;
  finals: int = 0;
}

/** Fills the heap; what was filled is garbage when it returns. */
function fill(count: Count): boolean {
  let last: Block | null = null;
  try {
    for (;;) {
      last = new Block(last);
      count.blocks++;
    }
  } catch (e) {
    return e instanceof OutOfMemoryError && last !== null;
  } finally {
    count.finals++;
  }
}

function deep(n: int, count: Count): int {
  const block = new Block(null);
  if (n === 0) return fill(count) ? block.items[0] : -1;
  return deep(n - 1, count) + block.items[1] - 7;
}

function large(length: int): string {
  try {
    return `${new Array<int>(length).fill(1).length}`;
  } catch (e) {
    return e instanceof OutOfMemoryError ? "too large" : "?";
  }
}

function memory(): void {
  gc.setParam("max", 48 << 20);
  const count = new Count();
  for (let i = 0; i < 4; i++) {
    const before = count.blocks;
    const caught = fill(count);
    console.log(`caught ${caught}, blocks ${count.blocks - before > 3000}`);
  }
  console.log(`deep ${deep(100, count)} finals ${count.finals}`);
  console.log(`large ${large(10)} ${large(30 << 20)} ${large(1000)}`);
  gc.setParam("max", 0);
  console.log(`unlimited ${large(16 << 20)}`);
}

function statistics(): void {
  const before = gc.stats();
  let list: Block | null = null;
  for (let i = 0; i < 4000; i++) list = new Block(list);
  gc.collect();
  const full = gc.stats();
  const grown = full.heapBytes - before.heapBytes;
  console.log(
    `grown ${grown > 7 << 20 && grown < 40 << 20} ${full.totalBytes >= full.heapBytes} ${list?.items.length ?? 0}`,
  );
  console.log(
    `counted ${full.majorCollections > before.majorCollections} ${full.pauseMicroseconds > before.pauseMicroseconds}`,
  );
  list = null;
  gc.collect();
  console.log(`shrunk ${gc.stats().heapBytes < full.heapBytes - (7 << 20)}`);
}

const memchr = external("memchr", [buffer, intKind, intKind], intKind);

function pinned(): void {
  const buffers: RawBuffer[] = [];
  const addresses: int[] = [];
  for (let i = 0; i < 50; i++) {
    const made = new RawBuffer(8 + i * 40);
    made.bytes[i] = 99;
    buffers.push(made);
    addresses.push(memchr(made.bytes, 99, made.bytes.length));
  }
  collectAll();
  let same = 0;
  for (let i = 0; i < 50; i++) if (memchr(buffers[i].bytes, 99, buffers[i].bytes.length) === addresses[i]) same++;
  console.log(`same ${same}`);
  for (const made of buffers) made.keep();
}

function main(argv: string[]): int {
  switch (argv[0]) {
    case "finalizers":
      finalizers();
      break;
    case "weak":
      weak();
      break;
    case "memory":
      memory();
      break;
    case "statistics":
      statistics();
      break;
    case "pinned":
      pinned();
      break;
    case "uncaught": {
      let last: Block | null = null;
      for (;;) last = new Block(last);
    }
    default:
      return 64;
  }
  return 0;
}

export function target() {
  return { entry: main, name: "surface" };
}
