// The _random module: the Mersenne Twister MT19937 as CPython uses it.
import { type float, type int, toFloat } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { method0, method1, methodN, newKw } from "../objects/builtin.ts";
import { W_Float } from "../objects/float.ts";
import { bigOf, fromBig, newint } from "../objects/int.ts";
import { typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { hash } from "../objects/space.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant } from "./registry.ts";

const N: int = 624;
const M: int = 397;
const UPPER: int = -2147483648;
const LOWER: int = 0x7fffffff;
const MATRIX: int = 0x9908b0df | 0;
const TEMPER_B: int = 0x9d2c5680 | 0;
const TEMPER_C: int = 0xefc60000 | 0;

const w_Random = builtinType("Random", null, "_random");
constant(builtinModule("_random"), "Random", w_Random);

class W_Random extends W_Root {
  /** Signed 32-bit words. */
  readonly state: Int32Array;
  index: int;
  user: W_Instance | null;
  constructor() {
    super();
    this.state = new Int32Array(N);
    this.index = N;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_Random : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  /** The next 32 random bits, signed. */
  nextWord(): int {
    if (this.index >= N) this.#generate();
    let y: int = this.state[this.index];
    this.index += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & TEMPER_B;
    y ^= (y << 15) & TEMPER_C;
    y ^= y >>> 18;
    return y | 0;
  }
  #generate(): void {
    const state = this.state;
    for (let k: int = 0; k < N; k++) {
      const y: int = (state[k] & UPPER) | (state[k + 1 < N ? k + 1 : 0] & LOWER);
      const other: int = k + M < N ? k + M : k + M - N;
      state[k] = state[other] ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : MATRIX);
    }
    this.index = 0;
  }
  #seedWord(seed: int): void {
    const state = this.state;
    state[0] = seed;
    for (let i: int = 1; i < N; i++) {
      const before: int = state[i - 1];
      state[i] = (Math.imul(1812433253, before ^ (before >>> 30)) + i) | 0;
    }
    this.index = N;
  }
  /** Seeds with words, least first. */
  seedWords(key: Int32Array): void {
    const state = this.state;
    this.#seedWord(19650218);
    let i: int = 1;
    let j: int = 0;
    for (let k: int = key.length > N ? key.length : N; k > 0; k--) {
      const before: int = state[i - 1];
      state[i] = ((state[i] ^ Math.imul(before ^ (before >>> 30), 1664525)) + key[j] + j) | 0;
      i++;
      j++;
      if (i >= N) {
        state[0] = state[N - 1];
        i = 1;
      }
      if (j >= key.length) j = 0;
    }
    for (let k: int = N - 1; k > 0; k--) {
      const before: int = state[i - 1];
      state[i] = ((state[i] ^ Math.imul(before ^ (before >>> 30), 1566083941)) - i) | 0;
      i++;
      if (i >= N) {
        state[0] = state[N - 1];
        i = 1;
      }
    }
    state[0] = UPPER;
  }
  seedBig(value: bigint): void {
    let rest: bigint = value < 0n ? -value : value;
    const words: int[] = [];
    while (rest > 0n || words.length === 0) {
      words.push(Number(BigInt.asIntN(32, rest)));
      rest >>= 32n;
    }
    const key = new Int32Array(words.length);
    for (let i: int = 0; i < words.length; i++) key[i] = words[i];
    this.seedWords(key);
  }
  random(): float {
    const a: int = this.nextWord() >>> 5;
    const b: int = this.nextWord() >>> 6;
    return (toFloat(a) * 67108864.0 + toFloat(b)) * (1.0 / 9007199254740992.0);
  }
  bits(count: int): W_Root {
    if (count === 0) return newint(0);
    if (count <= 32) return unsignedInt(this.nextWord(), 32 - count);
    let value: bigint = 0n;
    let place: bigint = 0n;
    for (let left = count; left > 0; left -= 32) {
      const drop: int = left < 32 ? 32 - left : 0;
      value |= BigInt(this.nextWord() >>> drop) << place;
      place += 32n;
    }
    return fromBig(value);
  }
}

/** The int of the upper bits of an unsigned word. */
function unsignedInt(word: int, drop: int): W_Root {
  return newint(word >>> drop);
}

function generator(w_self: W_Root): W_Random {
  return w_self as W_Random;
}

/** Seeds from the system's randomness. */
function seedFromSystem(w_random: W_Random): void {
  const data = new Uint8Array(16);
  const fd = os.open("/dev/urandom", os.O_RDONLY);
  try {
    os.read(fd, data, 0, 16);
  } finally {
    os.close(fd);
  }
  const key = new Int32Array(4);
  for (let i: int = 0; i < 16; i++) key[i >> 2] = (key[i >> 2] << 8) | data[i];
  w_random.seedWords(key);
}

function seed(w_random: W_Random, w_value: W_Root): void {
  if (w_value === w_None) {
    seedFromSystem(w_random);
    return;
  }
  const w_int = w_value.asInt();
  if (w_int !== null) w_random.seedBig(bigOf(w_int));
  else w_random.seedBig(BigInt.asUintN(64, BigInt(hash(w_value))));
}

newKw(w_Random, (args, names) => {
  const w_class = args[0] as W_Type;
  if (w_class === w_Random && names.length > 0) throw typeError("Random() takes no keyword arguments");
  const w_made = new W_Random();
  if (w_class !== w_Random) w_made.user = new W_Instance(w_class.shape());
  seed(w_made, args.length - names.length > 1 && w_class === w_Random ? args[1] : w_None);
  return w_made;
});
method0(w_Random, "random", (w_self) => new W_Float(generator(w_self).random()));
methodN(w_Random, "seed", "n=None, /", (args) => {
  seed(generator(args[0]), args[1]);
  return w_None;
});
method1(w_Random, "getrandbits", (w_self, w_count) => {
  const count = intArgument(w_count);
  if (count < 0) throw valueError("number of bits must be non-negative");
  return generator(w_self).bits(count);
});
method0(w_Random, "getstate", (w_self) => {
  const w_random = generator(w_self);
  const words: W_Root[] = [];
  for (let i: int = 0; i < N; i++) words.push(unsignedInt(w_random.state[i], 0));
  words.push(newint(w_random.index));
  return newtuple(words);
});
method1(w_Random, "setstate", (w_self, w_state) => {
  if (!(w_state instanceof W_Tuple)) throw typeError("state vector must be a tuple");
  if (w_state.items.length !== N + 1) throw valueError("state vector is the wrong size");
  const w_random = generator(w_self);
  const index = intArgument(w_state.items[N]);
  if (index < 0 || index > N) throw valueError("invalid state");
  for (let i: int = 0; i < N; i++) {
    const w_word = w_state.items[i].asInt();
    if (w_word === null) throw typeError("an integer is required");
    w_random.state[i] = Number(BigInt.asIntN(32, bigOf(w_word)));
  }
  w_random.index = index;
  return w_None;
});
