/** Bigints: all operators on both signs, text in several radixes, conversions, widths. */
import { bigIntToInt, type int } from "rtypescript/rlib";

function operators(a: bigint, b: bigint): void {
  console.log(`${a + b} ${a - b} ${a * b} ${-a} ${~a} ${a & b} ${a | b} ${a ^ b}`);
  if (b !== 0n) console.log(`${a / b} ${a % b}`);
  console.log(`${a < b} ${a <= b} ${a > b} ${a >= b} ${a === b} ${a !== b} ${a ? "yes" : "no"}`);
}

function shifts(a: bigint): void {
  console.log(`${a << 3n} ${a >> 3n} ${a << 100n} ${a >> 100n} ${a << -5n} ${a >> -5n}`);
  console.log(`${a ** 3n} ${a.toString(16)} ${a.toString(2)} ${a.toString(36)} ${Number(a)}`);
  console.log(
    `${BigInt.asIntN(64, a)} ${BigInt.asUintN(64, a)} ${BigInt.asIntN(8, a)} ${BigInt.asUintN(100, a)} ${BigInt.asIntN(65, a)}`,
  );
}

function factorial(n: int): bigint {
  let result = 1n;
  for (let i = 2; i <= n; i++) result *= BigInt(i);
  return result;
}

function fibonacci(n: int): bigint {
  let a = 0n;
  let b = 1n;
  for (let i = 0; i < n; i++) {
    const next = a + b;
    a = b;
    b = next;
  }
  return a;
}

export function main(_argv: string[]): int {
  const values = [
    0n,
    1n,
    -1n,
    255n,
    -256n,
    2n ** 64n,
    -(2n ** 64n) + 1n,
    123456789012345678901234567890n,
    -987654321098765432109876543210n,
  ];
  for (const a of values) {
    shifts(a);
    for (const b of values) operators(a, b);
  }
  console.log(`${factorial(40)} ${fibonacci(300)}`);
  console.log(
    `${BigInt("0xff")} ${BigInt("-12345678901234567890")} ${BigInt("  7 ")} ${BigInt("")} ${BigInt(2 ** 60)} ${BigInt(true)} ${BigInt("0b1011")}`,
  );
  console.log(`${bigIntToInt(12345n)} ${Number(2n ** 70n)} ${Number(-(2n ** 53n) - 1n)}`);
  let h = 14695981039346656037n;
  for (const c of "hash me") h = BigInt.asUintN(64, (h ^ BigInt(c.charCodeAt(0))) * 1099511628211n);
  console.log(`${h}`);
  try {
    console.log(`${values[5] / values[0]}`);
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  try {
    console.log(`${2n ** -1n}`);
  } catch (e) {
    if (e instanceof RangeError) console.log("negative exponent");
  }
  try {
    BigInt("12x");
  } catch (e) {
    if (e instanceof SyntaxError) console.log(e.message);
  }
  return 0;
}
