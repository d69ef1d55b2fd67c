/** Integer arithmetic, remainder signs, division by flooring and truncation. */
import type { int } from "rtypescript/rlib";

function gcd(a: int, b: int): int {
  while (b !== 0) {
    const t = a % b;
    a = b;
    b = t;
  }
  return a;
}

export function main(argv: string[]): int {
  const n = argv.length + 17;
  console.log(`${n + 5} ${n - 30} ${n * -3} ${-n}`);
  console.log(`${n % 5} ${-n % 5} ${n % -5} ${-n % -5}`);
  console.log(`${Math.floor(n / 5)} ${Math.floor(-n / 5)} ${Math.trunc(-n / 5)} ${(-n / 5) | 0}`);
  console.log(`${gcd(1071, 462)} ${gcd(n * 6, n * 15)}`);
  let sum = 0;
  for (let i = 0; i < 100; i++) if (i % 3 === 0 || i % 5 === 0) sum += i;
  console.log(`${sum}`);
  console.log(`${Math.abs(-n)} ${Math.max(n, 3, 99)} ${Math.min(n, 3)} ${Math.sign(-n)}`);
  return 0;
}
