/** Default, optional and rest parameters; spread arguments; destructured parameters. */
import type { float, int } from "rtypescript/rlib";

function join(separator = "-", ...parts: string[]): string {
  let out = "";
  for (let i = 0; i < parts.length; i++) out += (i > 0 ? separator : "") + parts[i];
  return out;
}

function area(width: int, height: int = width, scale?: float): float {
  return width * height * (scale ?? 1);
}

function dot({ x, y }: { x: int; y: int }, [a, b]: [int, int]): int {
  return x * a + y * b;
}

function total(...xs: int[]): int {
  let sum = 0;
  for (const x of xs) sum += x;
  return sum;
}

export function main(_argv: string[]): int {
  console.log(join("+", "a", "b", "c"));
  console.log(join());
  console.log(`${area(3)} ${area(3, 4)} ${area(3, 4, 0.5)}`);
  console.log(`${dot({ x: 2, y: 3 }, [10, 100])}`);
  const xs = [1, 2, 3];
  console.log(`${total()} ${total(...xs)} ${total(10, ...xs, 20)}`);
  return 0;
}
