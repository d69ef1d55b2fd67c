/** Objects with toString in templates, also one that throws, inside try blocks. */
import type { int } from "rtypescript/rlib";

class Amount {
  readonly cents: int;
  constructor(cents: int) {
    this.cents = cents;
  }
  toString(): string {
    if (this.cents < 0) throw new RangeError(`negative ${this.cents}`);
    return `${Math.floor(this.cents / 100)}.${`${this.cents % 100}`.padStart(2, "0")}`;
  }
}

class Dollars extends Amount {
  override toString(): string {
    return `$${super.toString()}`;
  }
}

function show(a: Amount): string {
  try {
    return `<${a}>`;
  } catch (e) {
    return e instanceof RangeError ? `refused: ${e.message}` : "other";
  }
}

export function main(_argv: string[]): int {
  for (const a of [new Amount(5), new Dollars(1234), new Amount(-1), new Dollars(-7)]) console.log(show(a));
  const text = "total " + new Amount(250);
  console.log(text);
  return 0;
}
