// Hash functions over blocks of octets: MD5, SHA-1, SHA-224 and SHA-256. Words are signed 32-bit numbers.
import type { float, int } from "rtypescript/rlib";

/** A hash under way. */
export abstract class Hasher {
  readonly name: string;
  readonly digestSize: int;
  readonly blockSize: int;
  constructor(name: string, digestSize: int, blockSize: int) {
    this.name = name;
    this.digestSize = digestSize;
    this.blockSize = blockSize;
  }
  abstract update(data: Uint8Array): void;
  /** The digest so far; more may be added afterwards. `size` is for functions of any length. */
  abstract digest(size: int): Uint8Array;
  abstract copy(): Hasher;
}

/** Hashes that pad with a one bit, zeros and the length in bits. */
export abstract class BlockHasher extends Hasher {
  readonly block: Uint8Array;
  used: int;
  total: float;
  readonly state: Int32Array;
  constructor(name: string, digestSize: int, blockSize: int, words: int) {
    super(name, digestSize, blockSize);
    this.block = new Uint8Array(blockSize);
    this.used = 0;
    this.total = 0.0;
    this.state = new Int32Array(words);
  }
  /** Works the full block into the state. */
  abstract compress(): void;
  /** Are words written least octet first? */
  isLittle(): boolean {
    return false;
  }
  abstract fresh(): BlockHasher;

  override update(data: Uint8Array): void {
    this.total += data.length;
    for (let i: int = 0; i < data.length; i++) this.#put(data[i]);
  }
  #put(octet: int): void {
    this.block[this.used] = octet;
    this.used += 1;
    if (this.used === this.blockSize) {
      this.compress();
      this.used = 0;
    }
  }
  copyState(): BlockHasher {
    const made = this.fresh();
    for (let i: int = 0; i < this.state.length; i++) made.state[i] = this.state[i];
    for (let i: int = 0; i < this.used; i++) made.block[i] = this.block[i];
    made.used = this.used;
    made.total = this.total;
    return made;
  }
  override copy(): Hasher {
    return this.copyState();
  }
  override digest(_size: int): Uint8Array {
    const last = this.copyState();
    last.#finish();
    const result = new Uint8Array(this.digestSize);
    for (let i: int = 0; i < result.length; i++) {
      const shift: int = this.isLittle() ? 8 * (i & 3) : 24 - 8 * (i & 3);
      result[i] = (last.state[i >> 2] >> shift) & 255;
    }
    return result;
  }
  #finish(): void {
    const bits: float = this.total * 8.0;
    const field: int = this.blockSize === 128 ? 16 : 8;
    this.#put(0x80);
    while (this.used !== this.blockSize - field) this.#put(0);
    const octets: int[] = [];
    let rest: float = bits;
    for (let i: int = 0; i < field; i++) {
      octets.push(Math.floor(rest % 256.0));
      rest = Math.floor(rest / 256.0);
    }
    if (!this.isLittle()) octets.reverse();
    for (const octet of octets) this.#put(octet);
  }
}

export function rotateLeft(x: int, n: int): int {
  return (x << n) | (x >>> (32 - n));
}
function rotateRight(x: int, n: int): int {
  return (x >>> n) | (x << (32 - n));
}

/** Four octets as a word, most significant first. */
export function bigWord(data: Uint8Array, at: int): int {
  return (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
}
/** Four octets as a word, least significant first. */
export function littleWord(data: Uint8Array, at: int): int {
  return data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
}

// --- MD5 -----------------------------------------------------------------------------------------------------------------

const MD5_SHIFTS: readonly int[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_SINES: readonly int[] = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0,
);
const MD5_START: readonly int[] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];

export class Md5 extends BlockHasher {
  constructor() {
    super("md5", 16, 64, 4);
    for (let i: int = 0; i < 4; i++) this.state[i] = MD5_START[i];
  }
  override fresh(): BlockHasher {
    return new Md5();
  }
  override isLittle(): boolean {
    return true;
  }
  override compress(): void {
    const state = this.state;
    let a: int = state[0];
    let b: int = state[1];
    let c: int = state[2];
    let d: int = state[3];
    for (let i: int = 0; i < 64; i++) {
      let f: int = 0;
      let g: int = 0;
      if (i < 16) {
        f = (b & c) | (~b & d);
        g = i;
      } else if (i < 32) {
        f = (d & b) | (~d & c);
        g = (5 * i + 1) & 15;
      } else if (i < 48) {
        f = b ^ c ^ d;
        g = (3 * i + 5) & 15;
      } else {
        f = c ^ (b | ~d);
        g = (7 * i) & 15;
      }
      const sum: int = (f + a + MD5_SINES[i] + littleWord(this.block, 4 * g)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotateLeft(sum, MD5_SHIFTS[(i >> 4) * 4 + (i & 3)])) | 0;
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
  }
}

// --- SHA-1 -----------------------------------------------------------------------------------------------------------------

const SHA1_START: readonly int[] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
const SHA1_KEYS: readonly int[] = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc | 0, 0xca62c1d6 | 0];

export class Sha1 extends BlockHasher {
  constructor() {
    super("sha1", 20, 64, 5);
    for (let i: int = 0; i < 5; i++) this.state[i] = SHA1_START[i];
  }
  override fresh(): BlockHasher {
    return new Sha1();
  }
  override compress(): void {
    const state = this.state;
    const w = new Int32Array(80);
    for (let i: int = 0; i < 16; i++) w[i] = bigWord(this.block, 4 * i);
    for (let i: int = 16; i < 80; i++) w[i] = rotateLeft(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    let a: int = state[0];
    let b: int = state[1];
    let c: int = state[2];
    let d: int = state[3];
    let e: int = state[4];
    for (let i: int = 0; i < 80; i++) {
      const round: int = i < 20 ? 0 : i < 40 ? 1 : i < 60 ? 2 : 3;
      const f: int = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next: int = (rotateLeft(a, 5) + f + e + SHA1_KEYS[round] + w[i]) | 0;
      e = d;
      d = c;
      c = rotateLeft(b, 30);
      b = a;
      a = next;
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
    state[4] = (state[4] + e) | 0;
  }
}

// --- SHA-2 -----------------------------------------------------------------------------------------------------------------

/** The first primes. Import time. */
function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}
/** The largest integer whose `power`-th power is at most `n`. Import time. */
function root(n: bigint, power: bigint): bigint {
  let low = 0n;
  let high = n + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= n) low = middle;
    else high = middle;
  }
  return low;
}
/** The first 64 bits of the fractions of the roots of primes, as pairs of words (high, low). Import time. */
export function rootFractions(count: number, power: number, first: number = 0): int[] {
  const words: int[] = [];
  for (const p of primes(count + first).slice(first)) {
    const fraction = BigInt.asUintN(64, root(p << BigInt(64 * power), BigInt(power)));
    words.push(Number(BigInt.asIntN(32, fraction >> 32n)), Number(BigInt.asIntN(32, fraction)));
  }
  return words;
}
function highWords(pairs: int[]): int[] {
  return pairs.filter((_, i) => i % 2 === 0);
}
function lowWords(pairs: int[]): int[] {
  return pairs.filter((_, i) => i % 2 === 1);
}
const SHA256_KEYS: readonly int[] = highWords(rootFractions(64, 3));
const SHA256_START: readonly int[] = highWords(rootFractions(8, 2));
const SHA224_START: readonly int[] = lowWords(rootFractions(8, 2, 8));

export class Sha256 extends BlockHasher {
  constructor(name: string, digestSize: int) {
    super(name, digestSize, 64, 8);
    for (let i: int = 0; i < 8; i++) this.state[i] = digestSize === 28 ? SHA224_START[i] : SHA256_START[i];
  }
  override fresh(): BlockHasher {
    return new Sha256(this.name, this.digestSize);
  }
  override compress(): void {
    const w = new Int32Array(64);
    for (let i: int = 0; i < 16; i++) w[i] = bigWord(this.block, 4 * i);
    for (let i: int = 16; i < 64; i++) {
      const x: int = w[i - 15];
      const y: int = w[i - 2];
      const s0: int = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3);
      const s1: int = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    const v = new Int32Array(8);
    for (let i: int = 0; i < 8; i++) v[i] = this.state[i];
    for (let i: int = 0; i < 64; i++) {
      const a: int = v[0];
      const e: int = v[4];
      const s1: int = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const choice: int = (e & v[5]) ^ (~e & v[6]);
      const t1: int = (v[7] + s1 + choice + SHA256_KEYS[i] + w[i]) | 0;
      const s0: int = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const majority: int = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
      for (let k: int = 7; k > 0; k--) v[k] = v[k - 1];
      v[4] = (v[4] + t1) | 0;
      v[0] = (t1 + s0 + majority) | 0;
    }
    for (let i: int = 0; i < 8; i++) this.state[i] = (this.state[i] + v[i]) | 0;
  }
}
