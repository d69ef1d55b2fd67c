// The modules _md5, _sha1, _sha256, _sha512, _sha3 and _blake2, from which `hashlib` is made.
import type { int } from "rtypescript/rlib";
import { functionN, getset, method0, method1, methodN, newN } from "../../objects/builtin.ts";
import { newbytes, requireBuffer } from "../../objects/bytes.ts";
import { hexText } from "../../objects/bytesmethods.ts";
import { newint } from "../../objects/int.ts";
import { overflowError, typeError, valueError, W_Root } from "../../objects/root.ts";
import { w_missing, w_None } from "../../objects/singletons.ts";
import { intArgument } from "../../objects/slice.ts";
import { newstr } from "../../objects/str.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";
import { builtinModule, constant, functions } from "../registry.ts";
import { type Hasher, Md5, Sha1, Sha256 } from "./block.ts";
import { Blake2, Sha3, Sha512 } from "./wide.ts";

class W_Hash extends W_Root {
  readonly w_class: W_Type;
  readonly hasher: Hasher;
  constructor(w_class: W_Type, hasher: Hasher) {
    super();
    this.w_class = w_class;
    this.hasher = hasher;
  }
  override getclass(): W_Type {
    return this.w_class;
  }
}
function hasherOf(w_self: W_Root): Hasher {
  return (w_self as W_Hash).hasher;
}

function octets(w_data: W_Root): Uint8Array {
  if (w_data.asStr() !== null) throw typeError("Strings must be encoded before hashing");
  return requireBuffer(w_data);
}

/** A class of hash objects; import time. `variable`: the digest's length is an argument. */
function hashType(name: string, module: string, variable: boolean): W_Type {
  const w_class = builtinType(name, null, module);
  w_class.acceptsSubclasses = false;
  method1(w_class, "update", (w_self, w_data) => {
    hasherOf(w_self).update(octets(w_data));
    return w_None;
  });
  method0(w_class, "copy", (w_self) => new W_Hash(w_self.getclass(), hasherOf(w_self).copy()));
  if (variable) {
    methodN(w_class, "digest", "length, /", (args) => newbytes(hasherOf(args[0]).digest(lengthOf(args[1]))));
    methodN(w_class, "hexdigest", "length, /", (args) =>
      newstr(hexText(hasherOf(args[0]).digest(lengthOf(args[1])), "", 0)),
    );
  } else {
    method0(w_class, "digest", (w_self) => newbytes(hasherOf(w_self).digest(hasherOf(w_self).digestSize)));
    method0(w_class, "hexdigest", (w_self) =>
      newstr(hexText(hasherOf(w_self).digest(hasherOf(w_self).digestSize), "", 0)),
    );
  }
  getset(w_class, "name", (w_self) => newstr(hasherOf(w_self).name));
  getset(w_class, "digest_size", (w_self) => newint(variable ? 0 : hasherOf(w_self).digestSize));
  getset(w_class, "block_size", (w_self) => newint(hasherOf(w_self).blockSize));
  return w_class;
}
function lengthOf(w_length: W_Root): int {
  const length = intArgument(w_length);
  if (length < 0) throw valueError("value must be positive");
  if (length > 536870911) throw valueError("length is too large");
  return length;
}

function begun(w_class: W_Type, hasher: Hasher, w_data: W_Root): W_Root {
  if (w_data !== w_missing) hasher.update(octets(w_data));
  return new W_Hash(w_class, hasher);
}

const SIGNATURE = "string=?, *, usedforsecurity=True";
const w_md5 = hashType("md5", "_md5", false);
const w_sha1 = hashType("sha1", "_sha1", false);
const w_sha224 = hashType("sha224", "_sha256", false);
const w_sha256 = hashType("sha256", "_sha256", false);
const w_sha384 = hashType("sha384", "_sha512", false);
const w_sha512 = hashType("sha512", "_sha512", false);
functions(builtinModule("_md5"), [functionN("md5", SIGNATURE, (args) => begun(w_md5, new Md5(), args[0]))]);
functions(builtinModule("_sha1"), [functionN("sha1", SIGNATURE, (args) => begun(w_sha1, new Sha1(), args[0]))]);
functions(builtinModule("_sha256"), [
  functionN("sha224", SIGNATURE, (args) => begun(w_sha224, new Sha256("sha224", 28), args[0])),
  functionN("sha256", SIGNATURE, (args) => begun(w_sha256, new Sha256("sha256", 32), args[0])),
]);
functions(builtinModule("_sha512"), [
  functionN("sha384", SIGNATURE, (args) => begun(w_sha384, new Sha512("sha384", 48), args[0])),
  functionN("sha512", SIGNATURE, (args) => begun(w_sha512, new Sha512("sha512", 64), args[0])),
]);

const w_sha3Module = builtinModule("_sha3");
const SHA3: [string, int, int, int][] = [
  ["sha3_224", 28, 144, 6],
  ["sha3_256", 32, 136, 6],
  ["sha3_384", 48, 104, 6],
  ["sha3_512", 64, 72, 6],
  ["shake_128", 0, 168, 31],
  ["shake_256", 0, 136, 31],
];
for (const [name, size, rate, suffix] of SHA3) {
  const w_class = hashType(name, "_sha3", size === 0);
  newN(w_class, "data=?, /, *, usedforsecurity=True", (args) =>
    begun(args[0] as W_Type, new Sha3(name, size, rate, suffix), args[1]),
  );
  constant(w_sha3Module, name, w_class);
}

// --- BLAKE2 ----------------------------------------------------------------------------------------------------------------

function bounded(w: W_Root, least: int, most: int, text: string): int {
  const value = intArgument(w);
  if (value < least || value > most) throw valueError(text);
  return value;
}
function field(parameters: Uint8Array, at: int, size: int, value: int): void {
  let rest = value;
  for (let i: int = 0; i < size; i++) {
    parameters[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
function piece(w: W_Root, most: int, name: string): Uint8Array {
  const data = w === w_missing ? new Uint8Array(0) : requireBuffer(w);
  if (data.length > most) throw valueError(`maximum ${name} length is ${most} bytes`);
  return data;
}

/** A BLAKE2 object from the arguments of its class. */
function blake2(args: W_Root[], wide: boolean): W_Root {
  const most: int = wide ? 64 : 32;
  const extra: int = wide ? 16 : 8;
  const size = bounded(args[2], 1, most, `digest_size must be between 1 and ${most} bytes`);
  const key = piece(args[3], most, "key");
  const salt = piece(args[4], extra, "salt");
  const person = piece(args[5], extra, "person");
  const parameters = new Uint8Array(64);
  parameters[0] = size;
  parameters[1] = key.length;
  parameters[2] = bounded(args[6], 1, 255, "fanout must be between 0 and 255");
  parameters[3] = bounded(args[7], 1, 255, "depth must be between 1 and 255");
  const leaf = intArgument(args[8]);
  const offset = intArgument(args[9]);
  if (leaf < 0 || leaf > 4294967295) throw overflowError("leaf_size is too large");
  if (offset < 0) throw overflowError("node_offset is too large");
  field(parameters, 4, 4, leaf);
  field(parameters, 8, wide ? 8 : 6, offset);
  parameters[wide ? 16 : 14] = bounded(args[10], 0, 255, "node_depth must be between 0 and 255");
  parameters[wide ? 17 : 15] = bounded(args[11], 0, most, `inner_size must be between 0 and is ${most}`);
  for (let i: int = 0; i < salt.length; i++) parameters[(wide ? 32 : 16) + i] = salt[i];
  for (let i: int = 0; i < person.length; i++) parameters[(wide ? 48 : 24) + i] = person[i];
  const hasher = new Blake2(wide, size);
  hasher.begin(parameters, key);
  return begun(args[0] as W_Type, hasher, args[1]);
}
const BLAKE2 =
  "key=?, salt=?, person=?, fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True";
const w_blake2 = builtinModule("_blake2");
const w_blake2b = hashType("blake2b", "_blake2", false);
const w_blake2s = hashType("blake2s", "_blake2", false);
newN(w_blake2b, `data=?, /, *, digest_size=64, ${BLAKE2}`, (args) => blake2(args, true));
newN(w_blake2s, `data=?, /, *, digest_size=32, ${BLAKE2}`, (args) => blake2(args, false));
constant(w_blake2, "blake2b", w_blake2b);
constant(w_blake2, "blake2s", w_blake2s);
for (const [w_class, most, extra] of [
  [w_blake2b, 64, 16],
  [w_blake2s, 32, 8],
] as [W_Type, int, int][]) {
  w_class.setOwn("MAX_DIGEST_SIZE", newint(most));
  w_class.setOwn("MAX_KEY_SIZE", newint(most));
  w_class.setOwn("SALT_SIZE", newint(extra));
  w_class.setOwn("PERSON_SIZE", newint(extra));
}
