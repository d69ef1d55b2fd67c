/** Typed arrays of every kind: wrapping stores, methods, conversion from lists and from each other. */
import type { int } from "rtypescript/rlib";

function bytes(): void {
  const a = new Uint8Array(6);
  for (let i = 0; i < a.length; i++) a[i] = i * 100 - 7;
  console.log(`${a.join()} ${a.length} ${a[1]} ${a.indexOf(93)} ${a.includes(1)} ${a.at(-1) ?? 0} ${a.at(9) ?? -1}`);
  console.log(
    `${a.slice(1, 3).join()} ${a.slice(-2).join()} ${a.fill(9, 1, 3).join()} ${a.copyWithin(0, 4).join()} ${a.reverse().join()}`,
  );
  const b = new Uint8Array([1, 2, 300, -1]);
  a.set(b, 1);
  a.set([7, 8], 0);
  console.log(`${b.join()} ${a.join()} ${new Uint8Array(b).join()} ${new Int8Array(b).join()}`);
  const c = new Uint8ClampedArray(4);
  c[0] = 300;
  c[1] = -5;
  c[2] = 77;
  console.log(c.join());
  let sum = 0;
  for (const x of b) sum += x;
  b.forEach((x, i) => {
    sum += x * i;
  });
  console.log(
    `${sum} ${b.reduce((x, y) => x + y, 0)} ${b.some((x) => x > 254)} ${b.every((x) => x > 254)} ${b.find((x) => x > 1) ?? 0} ${[...b].join("+")}`,
  );
}

function wide(): void {
  const i16 = new Int16Array([40000, -40000, 5]);
  const u16 = new Uint16Array([70000, -1]);
  const i32 = new Int32Array([2147483647, 1]);
  i32[0] += 1;
  const u32 = new Uint32Array(2);
  u32[0] = -1;
  u32[1] = 5;
  console.log(`${i16.join()} ${u16.join()} ${i32.join()} ${u32[0] / 2} ${u32.join()}`);
  const f32 = new Float32Array([0.1, 1e40, -2.5]);
  const f64 = new Float64Array([0.1, 1e40, 3]);
  f64[2] /= 2;
  console.log(`${f32.join()} ${f64.join()} ${f64.indexOf(1.5)} ${f64.includes(NaN)}`);
  const big = new BigInt64Array(2);
  big[0] = -5n;
  big[1] = 2n ** 63n;
  console.log(`${big[0]} ${big[1]}`);
  for (const [i, x] of f64.entries()) console.log(`${i} ${x}`);
}

const table = new Int32Array(Array.from({ length: 10 }, (_, i) => i * i - 20));

export function main(_argv: string[]): int {
  bytes();
  wide();
  table[3] = 99;
  console.log(table.join());
  try {
    new Uint8Array(2).set([1, 2, 3]);
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  return 0;
}
