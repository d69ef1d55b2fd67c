/** Typed arrays of all kinds: wrapping on store, reading back, methods, iteration, copies. */
import type { float, int } from "rtypescript/rlib";

function checksum(bytes: Uint8Array): int {
  let sum = 0;
  for (const b of bytes) sum = (sum * 31 + b) & 0xffff;
  return sum;
}

export function main(argv: string[]): int {
  const n = argv.length;
  const u8 = new Uint8Array(4);
  u8[0] = 300 + n;
  u8[1] = -1;
  u8[2]++;
  u8[3] = 7;
  u8[3] <<= 5;
  console.log(`${u8.join()} ${u8.length} ${checksum(u8)}`);
  const i8 = new Int8Array([127, 128, -129, 255]);
  console.log(i8.join());
  const u16 = new Uint16Array(3).fill(65535);
  u16[1] += 2;
  console.log(u16.join());
  const i16 = new Int16Array([32768, -32769]);
  console.log(i16.join());
  const i32 = new Int32Array(2);
  i32[0] = 0x7fffffff;
  i32[0] = (i32[0] + 1) | 0;
  i32[1] = -5 >> 1;
  console.log(i32.join());
  const u32 = new Uint32Array(2);
  u32[0] = -1 >>> 0;
  u32[1] = 5;
  console.log(`${u32[0]} ${u32[1] - 6} ${u32[0] > u32[1]} ${u32[0] / 2}`);
  const f32 = new Float32Array([0.1, 1.5, 16777217]);
  console.log(`${f32[0]} ${f32[1]} ${f32[2]} ${f32[0] === 0.1}`);
  const f64: Float64Array = new Float64Array(3);
  f64[0] = 0.1;
  f64[1] = n;
  f64[2] = f64[0] / 3;
  console.log(`${f64.join()} ${f64.indexOf(0.1)} ${f64.includes(9)}`);
  const clamped = new Uint8ClampedArray([300, -5, 100]);
  console.log(clamped.join());
  const b64 = new BigInt64Array([5n, -(2n ** 63n)]);
  const bu64 = new BigUint64Array([2n ** 64n - 1n, 3n]);
  b64[0] -= 6n;
  console.log(`${b64[0]} ${b64[1]} ${bu64[0]} ${bu64[0] + 1n}`);
  const part = u8.slice(1, 3);
  part[0] = 9;
  console.log(`${part.join()} ${u8.join()}`);
  const target = new Uint8Array(6);
  target.set(u8, 1);
  target.set([1, 2], 4);
  console.log(target.join());
  target.copyWithin(0, 3);
  console.log(`${target.join()} ${target.indexOf(1)} ${target.at(-1) ?? -1}`);
  target.fill(8, 2, 4);
  target.reverse();
  console.log(
    `${target.join()} ${target.some((x) => x === 8)} ${target.every((x) => x > 0)} ${target.find((x) => x > 1) ?? -1}`,
  );
  const copy = new Int32Array(target);
  const fromList = new Float64Array([1, 2.5]);
  console.log(`${copy.length} ${copy[0]} ${fromList.join()} ${target.reduce((a, b) => a + b, 0)}`);
  let floats: float = 0;
  for (const [i, x] of f64.entries()) floats += i * x;
  console.log(`${floats}`);
  const words = new Map<int, Uint8Array>();
  words.set(1, new Uint8Array([1]));
  console.log(`${words.get(1)?.length ?? 0} ${new Uint8Array(0).length} ${[...u8].map((x) => x + 1).join()}`);
  return 0;
}
