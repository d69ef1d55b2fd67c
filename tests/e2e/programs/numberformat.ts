/** What numbers look like as text, of all magnitudes and in all methods. Needs 64-bit words. */
import type { float, int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const one: float = 1 + argv.length;
  const numbers: float[] = [
    0.1,
    0.2 + 0.1,
    1 / 3,
    100,
    1e5,
    123456789.125,
    1e20,
    1e21,
    1.5e300,
    1e-6,
    1e-7,
    2e-320,
    0.5,
    255.5,
    4.35,
    1.005,
    1e15 + 0.3,
    9007199254740993,
    3.14159265358979,
  ];
  for (const x of numbers)
    console.log(`${x} ${-x} ${x.toFixed(3)} ${x.toPrecision(6)} ${x.toExponential(2)} ${x.toString(16)}`);
  console.log(`${one / 0} ${-one / 0} ${0 / (one - 1)} ${-0.0} ${(-0.0).toFixed(1)} ${(0.0).toExponential()}`);
  console.log(
    `${(25).toString(2)} ${(-255).toString(16)} ${(35).toString(36)} ${(0.5).toString(2)} ${(-7.25).toString(8)}`,
  );
  console.log(
    `${(1234.5678).toFixed(0)} ${(0.000001).toFixed(7)} ${(1e21).toFixed(2)} ${(2.5).toFixed(0)} ${(-1.5).toFixed(0)} ${(1.45).toFixed(1)}`,
  );
  console.log(
    `${(123.456).toPrecision(2)} ${(0.00001).toPrecision(1)} ${(99.99).toPrecision(3)} ${(1e21).toPrecision(3)} ${(5).toPrecision(4)}`,
  );
  console.log(`${(12345).toExponential()} ${(12345).toExponential(0)} ${(0.00015).toExponential(1)}`);
  console.log(
    `${Number("12.50")} ${Number("  7 ")} ${Number("1e3")} ${Number("abc")} ${Number("")} ${Number("0x1f")} ${Number("-0")} ${Number("1 2")}`,
  );
  console.log(
    `${parseFloat("3.7abc")} ${parseFloat(".5.5")} ${parseFloat("-")} ${parseInt("42px")} ${parseInt("ff", 16)} ${parseInt("0x1f")} ${parseInt("")} ${parseInt("-12.9")} ${parseInt("zz", 36)}`,
  );
  console.log(
    `${Number.parseFloat("1.5")} ${Number.parseInt("7")} ${Number.MAX_SAFE_INTEGER} ${Number.MIN_VALUE} ${Number.MAX_VALUE} ${Number.POSITIVE_INFINITY}`,
  );
  console.log(`${Math.PI} ${Math.E} ${Math.SQRT2} ${Math.LN10}`);
  const n: int = 1000000 + argv.length;
  console.log(
    `${n} ${n * 1000} ${-n} ${n / 3} ${n / 1000000} ${n.toFixed(2)} ${n.toString(16)} ${n.toExponential(1)} ${n.toPrecision(3)}`,
  );
  console.log(
    `${Number.isInteger(n / 2)} ${Number.isInteger(n / 3)} ${Number.isFinite(n / 0)} ${Number.isNaN(Number("x"))}`,
  );
  let digits = "";
  for (let x = 1; x < 1e9; x *= 7.3) digits += `${x} `;
  console.log(digits);
  return 0;
}
