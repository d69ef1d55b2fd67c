/** Spectral norm of an infinite matrix, cut at SIZE: float lists, integer index arithmetic, division. */
import { type float, type int, newList } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const SIZE = 300;

function element(i: int, j: int): float {
  const d: int = Math.floor(((i + j) * (i + j + 1)) / 2) + i + 1;
  return 1.0 / d;
}

function timesMatrix(v: float[], out: float[]): void {
  for (let i = 0; i < v.length; i++) {
    let sum = 0.0;
    for (let j = 0; j < v.length; j++) sum += element(i, j) * v[j];
    out[i] = sum;
  }
}

function timesTransposed(v: float[], out: float[]): void {
  for (let i = 0; i < v.length; i++) {
    let sum = 0.0;
    for (let j = 0; j < v.length; j++) sum += element(j, i) * v[j];
    out[i] = sum;
  }
}

function workload(): string {
  const u: float[] = newList<float>(SIZE, 1.0);
  const v: float[] = newList<float>(SIZE, 0.0);
  const t: float[] = newList<float>(SIZE, 0.0);
  for (let i = 0; i < 5; i++) {
    timesMatrix(u, t);
    timesTransposed(t, v);
    timesMatrix(v, t);
    timesTransposed(t, u);
  }
  let vBv = 0.0;
  let vv = 0.0;
  for (let i = 0; i < SIZE; i++) {
    vBv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return Math.sqrt(vBv / vv).toFixed(9);
}

function main(argv: string[]): int {
  return benchmark("spectralnorm", workload, argv);
}

export function target() {
  return { entry: main, name: "spectralnorm" };
}
