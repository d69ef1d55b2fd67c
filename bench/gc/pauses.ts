/**
 * Pauses on a heap of about 1 GB: records of mixed sizes in large arrays of references, of which random ones are
 * replaced and linked to others, beside short-lived garbage. The pauses are in the log (`RTSLOG=gc-minor,gc-collect`).
 *
 *     usage: pauses [MEGABYTES [SECONDS]]
 */
import { gc, type int, parseInteger } from "rtypescript/rlib";
import { now, write } from "rtypescript/rlib/os";

class Item {
  key: int;
  weight: int;
  other: Item | null;
  readonly payload: int[];

  constructor(key: int, other: Item | null, payload: int) {
    this.key = key;
    this.weight = key & 15;
    this.other = other;
    this.payload = new Array<int>(payload).fill(key);
  }
}

/** Small and quick; the same sequence everywhere. */
class Random {
  state: int = 12345;
  below(n: int): int {
    this.state = (this.state * 1103515245 + 12345) & 0x7fffffff;
    return (this.state >> 8) % n;
  }
}

/** References in arrays of this many items, as a hash table of a database would have them. */
const SHELF: int = 100_000;
/** Average bytes of an item with its payload. */
const ITEM_BYTES: int = 160;

function fill(items: int, random: Random): (Item | null)[][] {
  const shelves: (Item | null)[][] = [];
  for (let from = 0; from < items; from += SHELF) {
    const shelf: (Item | null)[] = new Array<Item | null>(SHELF).fill(null);
    for (let i = 0; i < SHELF; i++) shelf[i] = new Item(from + i, null, 4 + random.below(16));
    shelves.push(shelf);
  }
  return shelves;
}

/** Replaces and links some items; gives a checksum. */
function mutate(shelves: (Item | null)[][], random: Random, times: int): int {
  let sum = 0;
  for (let i = 0; i < times; i++) {
    const shelf = shelves[random.below(shelves.length)];
    const at = random.below(SHELF);
    const old = shelf[at];
    if (old === null) continue;
    const other = shelves[random.below(shelves.length)][random.below(SHELF)];
    const made = new Item(old.key, other, 4 + random.below(16));
    shelf[at] = made;
    old.other = null;
    if (other !== null && other !== made) other.other = made;
    const scratch = new Item(i, made, 8);
    sum += scratch.weight + made.weight;
  }
  return sum & 0xffff;
}

function main(argv: string[]): int {
  const megabytes: int = argv.length > 0 ? (parseInteger(argv[0], 10) ?? 1024) : 1024;
  const seconds: int = argv.length > 1 ? (parseInteger(argv[1], 10) ?? 20) : 20;
  const random = new Random();
  const start = now();
  const shelves = fill(((megabytes << 10) / ITEM_BYTES) << 10, random);
  const filled = now();
  let rounds = 0;
  let sum = 0;
  while (now() - filled < seconds) {
    sum += mutate(shelves, random, 100_000);
    rounds++;
  }
  const { heapBytes, totalBytes, minorCollections, majorCollections, pauseMicroseconds } = gc.stats();
  const mb = (bytes: int): string => `${Math.round(bytes / 1048576)} MB`;
  write(1, `filled in ${(filled - start).toFixed(2)} s, ${rounds} rounds of 100000 in ${seconds} s (${sum & 15})\n`);
  write(1, `heap ${mb(heapBytes)}, held ${mb(totalBytes)}\n`);
  write(1, `${minorCollections} minor, ${majorCollections} major, ${Math.round(pauseMicroseconds / 1000)} ms paused\n`);
  return 0;
}

export function target() {
  return { entry: main, name: "pauses" };
}
