// Hash functions over words of 64 bits: SHA-384, SHA-512, SHA-3 and BLAKE2. A word is two signed 32-bit numbers beside
// each other in an Int32Array, the upper half first.
import type { float, int } from "rtypescript/rlib";
import { BlockHasher, bigWord, Hasher, littleWord, rootFractions } from "./block.ts";

/** Carry of the sum of unsigned words that gave `sum`. */
function carry(sum: int, part: int): int {
  return sum >>> 0 < part >>> 0 ? 1 : 0;
}
/** `to[t] += from[f]` */
function add(to: Int32Array, t: int, from: Int32Array, f: int): void {
  const low: int = (to[t + 1] + from[f + 1]) | 0;
  to[t] = (to[t] + from[f] + carry(low, from[f + 1])) | 0;
  to[t + 1] = low;
}
/** Upper half of a word turned right by `n` (1…63, not 32). */
function turnHigh(high: int, low: int, n: int): int {
  if (n < 32) return (high >>> n) | (low << (32 - n));
  return (low >>> (n - 32)) | (high << (64 - n));
}
function turnLow(high: int, low: int, n: int): int {
  return turnHigh(low, high, n);
}

// --- SHA-512 ---------------------------------------------------------------------------------------------------------------

const KEYS = Int32Array.from(rootFractions(80, 3));
const SHA512_START: readonly int[] = rootFractions(8, 2);
const SHA384_START: readonly int[] = rootFractions(8, 2, 8);

export class Sha512 extends BlockHasher {
  constructor(name: string, digestSize: int) {
    super(name, digestSize, 128, 16);
    for (let i: int = 0; i < 16; i++) this.state[i] = digestSize === 48 ? SHA384_START[i] : SHA512_START[i];
  }
  override fresh(): BlockHasher {
    return new Sha512(this.name, this.digestSize);
  }
  override compress(): void {
    const w = new Int32Array(160);
    for (let i: int = 0; i < 32; i++) w[i] = bigWord(this.block, 4 * i);
    const t = new Int32Array(4);
    for (let i: int = 32; i < 160; i += 2) {
      w[i] = w[i - 32];
      w[i + 1] = w[i - 31];
      add(w, i, w, i - 14);
      small(t, w[i - 30], w[i - 29], 1, 8, 7);
      add(w, i, t, 0);
      small(t, w[i - 4], w[i - 3], 19, 61, 6);
      add(w, i, t, 0);
    }
    const v = new Int32Array(16);
    for (let i: int = 0; i < 16; i++) v[i] = this.state[i];
    for (let i: int = 0; i < 160; i += 2) {
      // t[0] t[1]: the first sum; t[2] t[3]: the second.
      t[0] = v[14];
      t[1] = v[15];
      add(t, 0, KEYS, i);
      add(t, 0, w, i);
      const e = v[8];
      const f = v[9];
      const u = new Int32Array(2);
      u[0] = turnHigh(e, f, 14) ^ turnHigh(e, f, 18) ^ turnHigh(e, f, 41);
      u[1] = turnLow(e, f, 14) ^ turnLow(e, f, 18) ^ turnLow(e, f, 41);
      add(t, 0, u, 0);
      u[0] = (e & v[10]) ^ (~e & v[12]);
      u[1] = (f & v[11]) ^ (~f & v[13]);
      add(t, 0, u, 0);
      const a = v[0];
      const b = v[1];
      t[2] = turnHigh(a, b, 28) ^ turnHigh(a, b, 34) ^ turnHigh(a, b, 39);
      t[3] = turnLow(a, b, 28) ^ turnLow(a, b, 34) ^ turnLow(a, b, 39);
      u[0] = (a & v[2]) ^ (a & v[4]) ^ (v[2] & v[4]);
      u[1] = (b & v[3]) ^ (b & v[5]) ^ (v[3] & v[5]);
      add(t, 2, u, 0);
      for (let k: int = 15; k > 1; k--) v[k] = v[k - 2];
      add(v, 8, t, 0);
      add(t, 2, t, 0);
      v[0] = t[2];
      v[1] = t[3];
    }
    for (let i: int = 0; i < 16; i += 2) add(this.state, i, v, i);
  }
}
/** Two turns and a shift of a word, exclusive or. */
function small(t: Int32Array, high: int, low: int, a: int, b: int, shift: int): void {
  t[0] = turnHigh(high, low, a) ^ turnHigh(high, low, b) ^ (high >>> shift);
  t[1] = turnLow(high, low, a) ^ turnLow(high, low, b) ^ ((low >>> shift) | (high << (32 - shift)));
}

// --- SHA-3 -----------------------------------------------------------------------------------------------------------------

const TURNS: readonly int[] = [
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
];
const LANES: readonly int[] = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
/** Pairs of words, from the linear feedback register of the standard. Import time. */
const ROUNDS: readonly int[] = (() => {
  const words: int[] = [];
  let register = 1;
  for (let round = 0; round < 24; round++) {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if ((register & 1) === 1) constant |= 1n << BigInt((1 << j) - 1);
      register = (register & 0x80) !== 0 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
    words.push(Number(BigInt.asIntN(32, constant >> 32n)), Number(BigInt.asIntN(32, constant)));
  }
  return words;
})();

export class Sha3 extends Hasher {
  readonly state: Int32Array;
  readonly rate: int;
  /** What follows the data: 6 for SHA-3, 31 for SHAKE. */
  readonly suffix: int;
  used: int;
  constructor(name: string, digestSize: int, rate: int, suffix: int) {
    super(name, digestSize, rate);
    this.state = new Int32Array(50);
    this.rate = rate;
    this.suffix = suffix;
    this.used = 0;
  }
  #mix(at: int, octet: int): void {
    const lane: int = (at >> 3) * 2 + ((at & 7) < 4 ? 1 : 0);
    this.state[lane] ^= octet << (8 * (at & 3));
  }
  override update(data: Uint8Array): void {
    for (let i: int = 0; i < data.length; i++) {
      this.#mix(this.used, data[i]);
      this.used += 1;
      if (this.used === this.rate) {
        this.#permute();
        this.used = 0;
      }
    }
  }
  #copyState(): Sha3 {
    const made = new Sha3(this.name, this.digestSize, this.rate, this.suffix);
    for (let i: int = 0; i < 50; i++) made.state[i] = this.state[i];
    made.used = this.used;
    return made;
  }
  override copy(): Hasher {
    return this.#copyState();
  }
  override digest(size: int): Uint8Array {
    const last = this.#copyState();
    last.#mix(last.used, this.suffix);
    last.#mix(this.rate - 1, 0x80);
    last.#permute();
    const result = new Uint8Array(size);
    let at: int = 0;
    for (let i: int = 0; i < size; i++) {
      if (at === this.rate) {
        last.#permute();
        at = 0;
      }
      const lane: int = (at >> 3) * 2 + ((at & 7) < 4 ? 1 : 0);
      result[i] = (last.state[lane] >> (8 * (at & 3))) & 255;
      at++;
    }
    return result;
  }
  #permute(): void {
    const s = this.state;
    const c = new Int32Array(10);
    for (let round: int = 0; round < 24; round++) {
      for (let x: int = 0; x < 10; x++) c[x] = s[x] ^ s[x + 10] ^ s[x + 20] ^ s[x + 30] ^ s[x + 40];
      for (let x: int = 0; x < 5; x++) {
        const left: int = 2 * ((x + 4) % 5);
        const right: int = 2 * ((x + 1) % 5);
        const high: int = c[left] ^ turnHigh(c[right], c[right + 1], 63);
        const low: int = c[left + 1] ^ turnLow(c[right], c[right + 1], 63);
        for (let y: int = 0; y < 50; y += 10) {
          s[y + 2 * x] ^= high;
          s[y + 2 * x + 1] ^= low;
        }
      }
      let high: int = s[2];
      let low: int = s[3];
      for (let i: int = 0; i < 24; i++) {
        const lane: int = 2 * LANES[i];
        const nextHigh: int = s[lane];
        const nextLow: int = s[lane + 1];
        const turn: int = 64 - TURNS[i];
        s[lane] = turnHigh(high, low, turn);
        s[lane + 1] = turnLow(high, low, turn);
        high = nextHigh;
        low = nextLow;
      }
      for (let y: int = 0; y < 50; y += 10) {
        for (let x: int = 0; x < 10; x++) c[x] = s[y + x];
        for (let x: int = 0; x < 10; x++) s[y + x] = c[x] ^ (~c[(x + 2) % 10] & c[(x + 4) % 10]);
      }
      s[0] ^= ROUNDS[2 * round];
      s[1] ^= ROUNDS[2 * round + 1];
    }
  }
}

// --- BLAKE2 ----------------------------------------------------------------------------------------------------------------

const SIGMA: readonly int[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, 11, 8, 12,
  0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, 9, 0, 5, 7, 2, 4, 10,
  15, 14, 1, 11, 12, 6, 8, 3, 13, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, 12, 5, 1, 15, 14, 13, 4, 10, 0,
  7, 6, 3, 9, 2, 8, 11, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7,
  1, 4, 10, 5, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
];

/** BLAKE2b on pairs of words, or BLAKE2s on single ones (`wide` false). */
export class Blake2 extends Hasher {
  readonly wide: boolean;
  readonly state: Int32Array;
  readonly block: Uint8Array;
  used: int;
  total: float;
  constructor(wide: boolean, digestSize: int) {
    super(wide ? "blake2b" : "blake2s", digestSize, wide ? 128 : 64);
    this.wide = wide;
    this.state = new Int32Array(wide ? 16 : 8);
    this.block = new Uint8Array(wide ? 128 : 64);
    this.used = 0;
    this.total = 0.0;
    for (let i: int = 0; i < this.state.length; i++) this.state[i] = wide ? SHA512_START[i] : SHA512_START[2 * i];
  }
  /** Mixes the parameter block and the key in; before any data. */
  begin(parameters: Uint8Array, key: Uint8Array): void {
    const words = this.wide ? 8 : 8;
    for (let i: int = 0; i < words; i++) {
      if (this.wide) {
        this.state[2 * i] ^= littleWord(parameters, 8 * i + 4);
        this.state[2 * i + 1] ^= littleWord(parameters, 8 * i);
      } else this.state[i] ^= littleWord(parameters, 4 * i);
    }
    if (key.length === 0) return;
    const padded = new Uint8Array(this.blockSize);
    for (let i: int = 0; i < key.length; i++) padded[i] = key[i];
    this.update(padded);
  }
  override update(data: Uint8Array): void {
    for (let i: int = 0; i < data.length; i++) {
      if (this.used === this.blockSize) {
        this.total += this.blockSize;
        this.#compress(false);
        this.used = 0;
      }
      this.block[this.used] = data[i];
      this.used += 1;
    }
  }
  #copyState(): Blake2 {
    const made = new Blake2(this.wide, this.digestSize);
    for (let i: int = 0; i < this.state.length; i++) made.state[i] = this.state[i];
    for (let i: int = 0; i < this.used; i++) made.block[i] = this.block[i];
    made.used = this.used;
    made.total = this.total;
    return made;
  }
  override copy(): Hasher {
    return this.#copyState();
  }
  override digest(_size: int): Uint8Array {
    const last = this.#copyState();
    last.total += last.used;
    for (let i: int = last.used; i < last.blockSize; i++) last.block[i] = 0;
    last.#compress(true);
    const result = new Uint8Array(this.digestSize);
    for (let i: int = 0; i < result.length; i++) {
      const word: int = this.wide ? last.state[(i >> 3) * 2 + ((i & 7) < 4 ? 1 : 0)] : last.state[i >> 2];
      result[i] = (word >> (8 * (i & 3))) & 255;
    }
    return result;
  }
  #compress(final: boolean): void {
    const n = this.state.length;
    const v = new Int32Array(2 * n);
    for (let i: int = 0; i < n; i++) {
      v[i] = this.state[i];
      v[n + i] = this.wide ? SHA512_START[i] : SHA512_START[2 * i];
    }
    const low: int = Math.floor(this.total % 4294967296.0) | 0;
    const high: int = Math.floor(this.total / 4294967296.0) | 0;
    if (this.wide) {
      v[25] ^= low;
      v[24] ^= high;
      if (final) {
        v[28] = ~v[28];
        v[29] = ~v[29];
      }
    } else {
      v[12] ^= low;
      v[13] ^= high;
      if (final) v[14] = ~v[14];
    }
    const m = new Int32Array(2 * n);
    for (let i: int = 0; i < 2 * n; i++) {
      m[i] = this.wide ? littleWord(this.block, 4 * (i ^ 1)) : littleWord(this.block, 4 * i);
    }
    const rounds: int = this.wide ? 12 : 10;
    for (let r: int = 0; r < rounds; r++) {
      const s: int = (r % 10) * 16;
      for (let k: int = 0; k < 4; k++) {
        this.#step(v, m, k, k + 4, k + 8, k + 12, SIGMA[s + 2 * k], SIGMA[s + 2 * k + 1]);
      }
      for (let k: int = 0; k < 4; k++) {
        const b: int = 4 + ((k + 1) & 3);
        const c: int = 8 + ((k + 2) & 3);
        const d: int = 12 + ((k + 3) & 3);
        this.#step(v, m, k, b, c, d, SIGMA[s + 8 + 2 * k], SIGMA[s + 9 + 2 * k]);
      }
    }
    for (let i: int = 0; i < n; i++) this.state[i] ^= v[i] ^ v[n + i];
  }
  #step(v: Int32Array, m: Int32Array, a: int, b: int, c: int, d: int, x: int, y: int): void {
    if (this.wide) {
      mixWide(v, 2 * a, 2 * b, m, 2 * x, 2 * d, 32, 2 * c, 24);
      mixWide(v, 2 * a, 2 * b, m, 2 * y, 2 * d, 16, 2 * c, 63);
    } else {
      mixNarrow(v, a, b, m[x], d, 16, c, 12);
      mixNarrow(v, a, b, m[y], d, 8, c, 7);
    }
  }
}
function mixNarrow(v: Int32Array, a: int, b: int, word: int, d: int, n: int, c: int, k: int): void {
  v[a] = (v[a] + v[b] + word) | 0;
  const x: int = v[d] ^ v[a];
  v[d] = (x >>> n) | (x << (32 - n));
  v[c] = (v[c] + v[d]) | 0;
  const z: int = v[b] ^ v[c];
  v[b] = (z >>> k) | (z << (32 - k));
}
function mixWide(v: Int32Array, a: int, b: int, m: Int32Array, x: int, d: int, n: int, c: int, k: int): void {
  add(v, a, v, b);
  add(v, a, m, x);
  const h: int = v[d] ^ v[a];
  const l: int = v[d + 1] ^ v[a + 1];
  v[d] = n === 32 ? l : turnHigh(h, l, n);
  v[d + 1] = n === 32 ? h : turnLow(h, l, n);
  add(v, c, v, d);
  const p: int = v[b] ^ v[c];
  const q: int = v[b + 1] ^ v[c + 1];
  v[b] = turnHigh(p, q, k);
  v[b + 1] = turnLow(p, q, k);
}
