/** Memory for C that stays where it is, beside memory that moves. */
import { external, gc, int, RawBuffer } from "rtypescript/rlib";
import { buffer, nothing } from "rtypescript/rlib/types";

const copy = external("memcpy", [buffer, buffer, int], nothing, {
  node: (to, from, n) => {
    for (let i = 0; i < n; i++) (to as Uint8Array)[i] = (from as Uint8Array)[i];
  },
});

function fill(bytes: Uint8Array, seed: int): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (seed + i * 7) & 255;
}

function check(bytes: Uint8Array): int {
  let hash = 17;
  for (const b of bytes) hash = (hash * 31 + b) % 1000003;
  return hash;
}

export function main(_argv: string[]): int {
  const buffers: RawBuffer[] = [];
  for (let i = 0; i < 20; i++) {
    const made = new RawBuffer(i * 37);
    fill(made.bytes, i);
    buffers.push(made);
  }
  gc.collect();
  const moving = new Uint8Array(1000);
  let total = 0;
  for (const made of buffers) {
    copy(moving, made.bytes, made.bytes.length);
    total += check(moving) + check(made.bytes) + made.bytes.length;
    gc.collect();
    made.keep();
  }
  console.log(`${total}`);
  try {
    console.log(`${new RawBuffer(total - total - 1).bytes.length}`);
  } catch (e) {
    console.log(e instanceof RangeError ? "no such length" : "?");
  }
  return 0;
}
