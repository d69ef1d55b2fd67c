/** Long loops over ints and floats: sums, sieves, matrix products, numeric integration. */
import type { float, int } from "rtypescript/rlib";

function sieve(limit: int): int {
  const composite = new Uint8Array(limit + 1);
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (composite[i] !== 0) continue;
    count++;
    for (let j = i * i; j <= limit; j += i) composite[j] = 1;
  }
  return count;
}

function integrate(f: (x: float) => float, from: float, to: float, steps: int): float {
  const width = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += f(from + (i + 0.5) * width);
  return sum * width;
}

function mandelbrot(size: int, limit: int): int {
  let inside = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const cr = (2.0 * x) / size - 1.5;
      const ci = (2.0 * y) / size - 1.0;
      let zr = 0.0;
      let zi = 0.0;
      let i = 0;
      while (i < limit && zr * zr + zi * zi < 4) {
        [zr, zi] = [zr * zr - zi * zi + cr, 2 * zr * zi + ci];
        i++;
      }
      if (i === limit) inside++;
    }
  }
  return inside;
}

function multiply(a: float[][], b: float[][]): float[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
}

export function main(_argv: string[]): int {
  console.log(`${sieve(20000)}`);
  console.log(`${integrate((x) => x * x, 0, 3, 2000).toFixed(6)} ${integrate(Math.sin, 0, Math.PI, 2000).toFixed(6)}`);
  console.log(`${mandelbrot(40, 30)}`);
  let m: float[][] = [
    [1, 1],
    [1, 0],
  ];
  for (let i = 0; i < 5; i++) m = multiply(m, m);
  console.log(m.map((r) => r.join()).join(";"));
  let hash = 0;
  for (let i = 0; i < 30000; i++) hash = (Math.imul(hash, 31) + i) | 0;
  console.log(`${hash}`);
  let x = 1;
  let steps = 0;
  while (x < 2000000000 - x) {
    x += x;
    steps++;
  }
  console.log(`${x} ${steps}`);
  let harmonic = 0.0;
  for (let i = 1; i <= 10000; i++) harmonic += 1 / i;
  console.log(`${harmonic}`);
  return 0;
}
