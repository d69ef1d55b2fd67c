/** `Math`: rounding, extremes, powers, bits; transcendental functions to ten digits, which libraries agree on. */
import type { float, int } from "rtypescript/rlib";

function digits(x: float): string {
  return Number.isFinite(x) ? x.toPrecision(10) : `${x}`;
}

function rounding(x: float): void {
  console.log(
    `${Math.floor(x)} ${Math.ceil(x)} ${Math.round(x)} ${Math.trunc(x)} ${Math.abs(x)} ${Math.sign(x)} ${Math.fround(x)}`,
  );
}

function curves(x: float): void {
  const parts = [
    Math.sin(x),
    Math.cos(x),
    Math.tan(x),
    Math.atan(x),
    Math.exp(x),
    Math.log(x),
    Math.log2(x),
    Math.log10(x),
  ];
  const more = [
    Math.sqrt(x),
    Math.cbrt(x),
    Math.sinh(x),
    Math.cosh(x),
    Math.tanh(x),
    Math.asinh(x),
    Math.log1p(x),
    Math.expm1(x),
  ];
  console.log([...parts, ...more].map(digits).join(" "));
}

export function main(_argv: string[]): int {
  for (const x of [0.5, -0.5, 1.5, 2.5, -2.5, 0.0, -0.0, 1e300, 0.49999999999999994, -7.99]) rounding(x);
  for (const x of [0.1, 1, 2.75, 10, 0.001]) curves(x);
  console.log(
    `${digits(Math.asin(0.5))} ${digits(Math.acos(0.5))} ${digits(Math.atan2(1, -2))} ${digits(Math.acosh(3))} ${digits(Math.atanh(0.5))}`,
  );
  console.log(
    `${Math.max(1, 5, 3)} ${Math.min(4, -2)} ${Math.max(1.5, 2)} ${Math.min(0, -0.0)} ${Math.max(NaN, 1)} ${Math.max()} ${Math.min()}`,
  );
  const xs: int[] = [4, 8, 2];
  console.log(`${Math.max(...xs)} ${Math.min(...xs)} ${Math.max(10, ...xs)}`);
  console.log(
    `${2 ** 10} ${Math.pow(2, 0.5)} ${Math.pow(-8, 1 / 3)} ${(-2) ** 3} ${7 ** 0} ${Math.hypot(3, 4)} ${Math.hypot(1, 2, 2)} ${Math.hypot(-5)}`,
  );
  console.log(
    `${Math.imul(123456789, 987654321)} ${Math.clz32(1)} ${Math.clz32(0)} ${Math.imul(-5, 12)} ${Math.clz32(-1)}`,
  );
  let n = 0;
  for (let i = 0; i < 50; i++) {
    const r = Math.random();
    if (r >= 0 && r < 1) n++;
  }
  console.log(`${n} ${Math.PI} ${Math.E} ${Math.SQRT2}`);
  const a: int = 17;
  const b: int = -5;
  console.log(
    `${Math.floor(a / b)} ${Math.trunc(a / b)} ${Math.abs(b)} ${Math.sign(b)} ${Math.max(a, b)} ${(a / b) | 0} ${a % b}`,
  );
  return 0;
}
