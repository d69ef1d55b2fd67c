/** Numbers to text and back: radixes, precisions, shortest digits, parsing of all kinds. */
import { type float, type int, parseInteger } from "rtypescript/rlib";

function formats(x: float): void {
  console.log(
    `${x} ${x.toFixed(2)} ${x.toFixed()} ${x.toPrecision(4)} ${x.toExponential(3)} ${x.toExponential()} ${x.toPrecision()}`,
  );
  console.log(`${x.toString(2)} ${x.toString(36)} ${String(x)}`);
}

function parse(s: string): void {
  console.log(
    `${Number(s)} ${parseFloat(s)} ${parseInt(s, 10)} ${parseInt(s, 16)} ${parseInteger(s, 10) ?? "none"} ${+s}`,
  );
}

export function main(_argv: string[]): int {
  const floats = [
    0.1,
    -0.0,
    1e21,
    1e-7,
    123456.789,
    5e-324,
    1.7976931348623157e308,
    -2.5,
    0.5,
    1 / 3,
    100.0,
    4294967296.5,
  ];
  for (const x of floats) formats(x);
  for (const s of [
    "12",
    " -7.5e3xyz",
    "0x1F",
    "0b101",
    "",
    "  ",
    "Infinity",
    "-Infinity",
    "1e1000",
    ".5",
    "5.",
    "1_0",
    "0x",
    "+3",
    "99999999999999999999",
    "0.1e-5",
  ])
    parse(s);
  const ints: int[] = [0, 1, -1, 255, 1023, 1024, -123456789, 2147483647, -2147483648];
  for (const i of ints)
    console.log(
      `${i} ${i.toString(16)} ${i.toString(2)} ${i.toString(36)} ${i.toString()} ${String(i)} ${i.toFixed(1)}`,
    );
  console.log(
    `${Number.isInteger(5.0)} ${Number.isInteger(5.5)} ${Number.isNaN(0 / 0)} ${Number.isFinite(1 / 0)} ${Number.isSafeInteger(2 ** 53)} ${isNaN(NaN)} ${isFinite(3)}`,
  );
  console.log(`${Number(true)} ${Number(false)} ${String(true)} ${(12.5).toString()} ${Number.EPSILON}`);
  try {
    console.log((1.5).toString(1));
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  return 0;
}
