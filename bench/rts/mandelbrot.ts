/** Mandelbrot set: floating-point arithmetic in a tight loop. Counts the points of a square grid that stay bounded. */
import type { float, int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const SIZE = 400;
const LIMIT = 100;

function escapes(cr: float, ci: float): boolean {
  let zr = 0.0;
  let zi = 0.0;
  for (let i = 0; i < LIMIT; i++) {
    const zr2 = zr * zr;
    const zi2 = zi * zi;
    if (zr2 + zi2 > 4.0) return true;
    zi = 2.0 * zr * zi + ci;
    zr = zr2 - zi2 + cr;
  }
  return false;
}

function workload(): string {
  let inside: int = 0;
  for (let y = 0; y < SIZE; y++) {
    const ci = (2.0 * y) / SIZE - 1.0;
    for (let x = 0; x < SIZE; x++) {
      const cr = (2.0 * x) / SIZE - 1.5;
      if (!escapes(cr, ci)) inside++;
    }
  }
  return `${inside}`;
}

function main(argv: string[]): int {
  return benchmark("mandelbrot", workload, argv);
}

export function target() {
  return { entry: main, name: "mandelbrot" };
}
