/** `>>>` and 32-bit hashing: uint32 as ints and as floats, within lists, fields and conditions. */
import type { int } from "rtypescript/rlib";

function fnv(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

class Random {
  state: number;
  constructor(seed: int) {
    this.state = seed >>> 0;
  }
  next(): number {
    let x = this.state | 0;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
  below(n: int): int {
    return (this.next() % n) | 0;
  }
  fraction(): number {
    return this.next() / 4294967296;
  }
}

const TABLE: int[] = [];
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  TABLE.push(c | 0);
}

function crc32(text: string): number {
  let crc = -1;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ text.charCodeAt(i)) & 0xff];
  return (crc ^ -1) >>> 0;
}

function popcount(x: int): int {
  let n = 0;
  for (let rest = x >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) n++;
  return n;
}

export function main(argv: string[]): int {
  const minus = argv.length - 1;
  for (const text of ["", "a", "hello", "the quick brown fox"]) console.log(`${fnv(text)} ${crc32(text)}`);
  const random = new Random(12345);
  for (let i = 0; i < 5; i++) console.log(`${random.next()} ${random.fraction() < 1}`);
  const dice: int[] = [];
  for (let i = 0; i < 12; i++) dice.push(random.below(6) + 1);
  console.log(dice.join(" "));
  console.log(`${minus >>> 0} ${minus >>> 1} ${minus >>> 31} ${(minus >>> 0) + 1} ${(minus >>> 0) / 2}`);
  console.log(`${minus >>> 28 === 15} ${minus >>> 0 > 4e9} ${minus >>> 0 === 0xffffffff}`);
  console.log(`${popcount(minus)} ${popcount(0)} ${popcount(0x5555)} ${Math.clz32(minus >>> 0)} ${Math.clz32(1)}`);
  let x = 0x80000000 >>> 0;
  let bits = "";
  while (x !== 0) {
    bits += x > 0xffff ? "h" : "l";
    x >>>= 5;
  }
  console.log(bits);
  console.log(`${((minus >>> 0) | 0) === minus} ${(minus >>> 4).toString(16)} ${(0xdeadbeef >>> 0).toString(16)}`);
  return 0;
}
