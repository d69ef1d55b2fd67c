/** The idioms of checked arithmetic: falling back to bigint, sums that stop, and shifts. */
import {
  bigIntToInt,
  type int,
  intAddOvf,
  intMulOvf,
  intNegOvf,
  intShlOvf,
  intSubOvf,
  maxInt,
  minInt,
} from "rtypescript/rlib";

abstract class Num {
  abstract text(): string;
  abstract big(): bigint;
}

class Small extends Num {
  readonly value: int;
  constructor(value: int) {
    super();
    this.value = value;
  }
  text(): string {
    return `${this.value}`;
  }
  big(): bigint {
    return BigInt(this.value);
  }
}

class Big extends Num {
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
  text(): string {
    return `${this.value}`;
  }
  big(): bigint {
    return this.value;
  }
}

function add(a: Num, b: Num): Num {
  if (a instanceof Small && b instanceof Small) {
    const sum = intAddOvf(a.value, b.value);
    if (sum !== null) return new Small(sum);
  }
  return new Big(a.big() + b.big());
}

function multiply(a: Num, b: Num): Num {
  if (a instanceof Small && b instanceof Small) {
    const product = intMulOvf(a.value, b.value);
    return product === null ? new Big(a.big() * b.big()) : new Small(product);
  }
  return new Big(a.big() * b.big());
}

function negate(a: Num): Num {
  if (!(a instanceof Small)) return new Big(-a.big());
  const result = intNegOvf(a.value);
  return result === null ? new Big(-a.big()) : new Small(result);
}

function addOr(a: int, b: int, otherwise: int): int {
  return intAddOvf(a, b) ?? otherwise;
}

function subOr(a: int, b: int): int {
  return intSubOvf(a, b) ?? 0;
}

export function main(_argv: string[]): int {
  let product: Num = new Small(1);
  for (let i = 1; i <= 30; i++) product = multiply(product, new Small(i));
  console.log(`${product.text()} ${product instanceof Big}`);
  let [a, b]: [Num, Num] = [new Small(0), new Small(1)];
  for (let i = 0; i < 120; i++) [a, b] = [b, add(a, b)];
  console.log(a.text());
  console.log(`${negate(new Small(5)).text()} ${negate(product).text()}`);
  console.log(`${addOr(1, 2, -1)} ${addOr(maxInt(), 1, -1)} ${addOr(maxInt(), -1, 0) === maxInt() - 1}`);
  console.log(`${subOr(5, 9)} ${subOr(minInt(), 1)} ${subOr(0, maxInt()) === -maxInt()}`);
  console.log(
    `${intShlOvf(1, 5) ?? -1} ${intShlOvf(maxInt(), 1) ?? -1} ${intShlOvf(-3, 4) ?? -1} ${intShlOvf(0, 99) ?? -1}`,
  );
  console.log(`${bigIntToInt(123n)} ${bigIntToInt(-(10n ** 9n))}`);
  try {
    bigIntToInt(10n ** 40n);
  } catch (e) {
    console.log(e instanceof RangeError ? "too large" : "?");
  }
  let overflowed = 0;
  for (let i = 1, n = 1; i < 80; i++) {
    const next = intMulOvf(n, 3);
    if (next === null) {
      overflowed++;
      n = 1;
    } else n = next;
  }
  console.log(overflowed > 0 ? "overflowed" : "never");
  return 0;
}
