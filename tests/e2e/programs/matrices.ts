/** Lists of lists of floats and ints: multiplication, transposition, determinants. */
import type { float, int } from "rtypescript/rlib";

type Matrix = float[][];

function identity(n: int): Matrix {
  const m: Matrix = [];
  for (let i = 0; i < n; i++) {
    const row = new Array<float>(n).fill(0);
    row[i] = 1;
    m.push(row);
  }
  return m;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const result: Matrix = [];
  for (const row of a) {
    const out: float[] = [];
    for (let j = 0; j < b[0].length; j++) {
      let sum = 0.0;
      for (let k = 0; k < b.length; k++) sum += row[k] * b[k][j];
      out.push(sum);
    }
    result.push(out);
  }
  return result;
}

function determinant(m: Matrix): float {
  const a = m.map((row) => row.slice());
  let det = 1.0;
  for (let i = 0; i < a.length; i++) {
    let pivot = i;
    for (let r = i + 1; r < a.length; r++) if (Math.abs(a[r][i]) > Math.abs(a[pivot][i])) pivot = r;
    if (a[pivot][i] === 0) return 0;
    if (pivot !== i) {
      [a[i], a[pivot]] = [a[pivot], a[i]];
      det = -det;
    }
    det *= a[i][i];
    for (let r = i + 1; r < a.length; r++) {
      const factor = a[r][i] / a[i][i];
      for (let c = i; c < a.length; c++) a[r][c] -= factor * a[i][c];
    }
  }
  return det;
}

export function main(_argv: string[]): int {
  const m: Matrix = [
    [2, 0.5, 1],
    [0, 3, -1],
    [4, 1, 0.25],
  ];
  const p = multiply(m, multiply(identity(3), m));
  for (const row of p) console.log(row.map((x) => `${x}`).join(" "));
  console.log(`${determinant(m)} ${determinant(identity(4))}`);
  return 0;
}
