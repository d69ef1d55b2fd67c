/** Integer and float arithmetic, conversions between them, and 32-bit operators. */
import { type float, type int, intDiv, intFloorDiv, intFloorMod, intMod, toInt } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

function show(name: string, value: int): void {
  write(1, `${name} ${value}\n`);
}

function showFloat(name: string, value: float): void {
  write(1, `${name} ${value}\n`);
}

export function main(_argv: string[]): int {
  const values: int[] = [0, 1, -1, 7, -7, 100, 1234, -4321];
  for (const a of values) {
    for (const b of values) {
      show("add", a + b);
      show("mul", a * b);
      show("and", a & b);
      show("or", a | b);
      show("xor", a ^ b);
      show("shl", a << (b & 7));
      show("shr", a >> (b & 7));
      if (b !== 0) {
        show("mod", a % b);
        show("div", intDiv(a, b));
        show("intmod", intMod(a, b));
        show("floordiv", intFloorDiv(a, b));
        show("floormod", intFloorMod(a, b));
        show("floor", Math.floor(a / b));
        show("trunc", Math.trunc(a / b));
        showFloat("quotient", a / b);
      }
      show("max", Math.max(a, b));
      show("min", Math.min(a, b));
    }
    show("neg", -a);
    show("not", ~a);
    show("abs", Math.abs(a));
    show("sign", Math.sign(a));
  }
  const floats: float[] = [0.5, -0.5, 1.5, 2.5, -2.5, 1e21, 1e-7, 123456.789];
  for (const x of floats) {
    showFloat("x", x);
    showFloat("floor", Math.floor(x));
    showFloat("ceil", Math.ceil(x));
    showFloat("round", Math.round(x));
    showFloat("trunc", Math.trunc(x));
    showFloat("sqrt", Math.sqrt(Math.abs(x)));
    showFloat("half", x / 2);
    if (Math.abs(x) < 1e9) show("int", toInt(x));
  }
  return 3;
}
