/** Truthiness, short circuits, conditional expressions, comparison of booleans. */
import type { float, int } from "rtypescript/rlib";

function truth(n: int, s: string, f: float, o: string | null): string {
  return `${n ? 1 : 0}${s ? 1 : 0}${f ? 1 : 0}${o ? 1 : 0}${!n ? 1 : 0}`;
}

let calls = 0;
function yes(): boolean {
  calls++;
  return true;
}
function no(): boolean {
  calls++;
  return false;
}

export function main(argv: string[]): int {
  console.log(`${truth(0, "", 0 / 0, null)} ${truth(1, "a", 0.5, "x")} ${truth(-1, " ", -0, "")}`);
  console.log(`${yes() || no()} ${no() && yes()} ${no() || yes()} ${calls}`);
  const flag = argv.length > 100;
  console.log(`${flag === false} ${flag !== true} ${!flag}`);
  const n = argv.length;
  console.log(n > 5 ? "big" : n > 0 ? "some" : "none");
  let a: string | null = null;
  a ??= "set";
  console.log(a);
  let count = 0;
  count ||= 7;
  count &&= count + 1;
  console.log(`${count}`);
  return 0;
}
