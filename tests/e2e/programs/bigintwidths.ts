/** BigInt.asIntN and asUintN as machine integers: wrapping, comparison, mixing with bigints, hashing. */
import type { int } from "rtypescript/rlib";

function mix(state: bigint): bigint {
  let x = BigInt.asUintN(64, state);
  x = BigInt.asUintN(64, x ^ (x << 13n));
  x = BigInt.asUintN(64, x ^ (x >> 7n));
  x = BigInt.asUintN(64, x ^ (x << 17n));
  return x;
}

function crc(text: string): int {
  let hash = BigInt.asUintN(32, 0xffffffffn);
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(32, hash * 33n + BigInt(text.charCodeAt(i)));
  return Number(BigInt.asUintN(16, hash));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let b = base % modulus;
  for (let e = exponent; e > 0n; e >>= 1n) {
    if ((e & 1n) === 1n) result = (result * b) % modulus;
    b = (b * b) % modulus;
  }
  return result;
}

export function main(_argv: string[]): int {
  let state = 88172645463325252n;
  for (let i = 0; i < 4; i++) {
    state = mix(state);
    console.log(
      `${state} ${BigInt.asIntN(64, state)} ${Number(BigInt.asUintN(8, state))} ${Number(BigInt.asIntN(8, state))}`,
    );
  }
  console.log(`${crc("hello")} ${crc("")}`);
  const max = BigInt.asIntN(64, 2n ** 63n - 1n);
  const next = BigInt.asIntN(64, max + 1n);
  console.log(`${max} ${next} ${next < max} ${next === -(2n ** 63n)} ${BigInt.asUintN(64, -1n)}`);
  console.log(
    `${BigInt.asIntN(32, 2n ** 31n)} ${BigInt.asUintN(32, -5n)} ${BigInt.asIntN(16, 40000n)} ${BigInt.asUintN(8, 511n)}`,
  );
  console.log(`${power(3n, 1000n, 1000007n)} ${power(2n, 521n, 2n ** 89n - 1n)}`);
  console.log(`${-7n / 2n} ${-7n % 2n} ${7n / -2n} ${-8n >> 1n} ${5n ** 3n} ${~5n} ${5n & -2n} ${5n | 8n} ${-5n ^ 3n}`);
  console.log(`${10n > 9n} ${10n === 10n} ${2n ** 70n > 2n ** 69n} ${-1n < 0n} ${0n === -0n}`);
  const values = [3n, -10n, 10n ** 25n, 0n];
  values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  console.log(values.join());
  let sum = 0n;
  for (const v of values) sum += v;
  console.log(
    `${sum} ${sum ? "truthy" : "falsy"} ${sum - sum ? "truthy" : "falsy"} ${BigInt(42) + 1n} ${BigInt("0xff")} ${BigInt("-123")}`,
  );
  console.log(
    `${(255n).toString(16)} ${(-255n).toString(2)} ${(10n ** 30n).toString(36)} ${Number(2n ** 60n)} ${Number(-5n) / 2}`,
  );
  let fib = [0n, 1n];
  for (let i = 0; i < 150; i++) fib = [fib[1], fib[0] + fib[1]];
  console.log(`${fib[0]}`);
  let x = 5n;
  x++;
  x *= x;
  x -= 1n;
  x <<= 3n;
  console.log(`${x} ${-x} ${x--} ${x}`);
  return 0;
}
