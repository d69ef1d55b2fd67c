/** Errors that the system raises: division by zero, conversions, lengths; instanceof and messages. */
import { DivisionByZeroError, type float, type int, intDiv, intFloorMod, OSError, toInt } from "rtypescript/rlib";
import { readFile } from "rtypescript/rlib/os";

function attempt(name: string, f: () => int): void {
  try {
    console.log(`${name}: ${f()}`);
  } catch (e) {
    if (e instanceof DivisionByZeroError)
      console.log(`${name}: division ${e instanceof RangeError} ${e instanceof Error}`);
    else if (e instanceof RangeError) console.log(`${name}: range: ${e.message}`);
    else if (e instanceof OSError) console.log(`${name}: os ${e.code} ${e.errno} ${e.path} ${e.message}`);
    else throw e;
  }
}

function lengthOf(n: int): int {
  return new Array<int>(n).fill(1).length;
}

export function main(argv: string[]): int {
  const zero = argv.length;
  const huge: float = 1e20 + zero;
  attempt("mod", () => 7 % zero);
  attempt("mod ok", () => 7 % (zero + 4));
  attempt("div", () => intDiv(1, zero));
  attempt("floormod", () => intFloorMod(1, zero));
  attempt("floor", () => Math.floor(5 / zero));
  attempt("wrapped", () => (5 / zero) | 0);
  attempt("bigint", () => Number(BigInt.asIntN(16, 5n / BigInt(zero))));
  attempt("bigint mod", () => Number(BigInt.asIntN(16, 5n % BigInt(zero))));
  attempt("toInt", () => toInt(huge));
  attempt("toInt nan", () => toInt(0 / 0));
  attempt("toInt ok", () => toInt(12.9));
  attempt("length", () => lengthOf(zero - 1));
  attempt("length ok", () => lengthOf(zero + 3));
  attempt("repeat", () => "ab".repeat(zero - 1).length);
  attempt("code point", () => String.fromCodePoint(0x110000 + zero).length);
  attempt("radix", () => (255).toString(zero + 99).length);
  attempt("fixed", () => (1.5).toFixed(zero + 101).length);
  attempt("BigInt()", () => BigInt(0.5 + zero).toString().length);
  attempt("file", () => readFile("/nonexistent/file").length);
  attempt("typed", () => new Uint8Array(zero - 1).length);
  return 0;
}
