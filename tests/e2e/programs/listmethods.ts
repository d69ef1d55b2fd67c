/** Methods of lists that do not call back, on ints, floats, strings, booleans, objects and nullable ints. */
import { copyItems, type float, type int, newList } from "rtypescript/rlib";

class Point {
  readonly x: int;
  constructor(x: int) {
    this.x = x;
  }
}

function ints(): void {
  const xs: int[] = [];
  for (let i = 0; i < 40; i++) xs.push(i * i);
  console.log(`${xs.pop() ?? -1} ${xs.shift() ?? -1} ${xs.unshift(7, 8)} ${xs.push(1, 2, 3)} ${xs.length}`);
  console.log(
    `${xs.slice(3, 6).join()} ${xs.slice(-2).join("-")} ${xs.slice(50).length} ${xs.splice(2, 30).length} ${xs.join(" ")}`,
  );
  xs.splice(1, 0, 100, 200);
  console.log(`${xs.join()} ${xs.splice(-3).join()} ${xs.join()}`);
  console.log(
    `${xs.indexOf(100)} ${xs.indexOf(100, 2)} ${xs.lastIndexOf(200)} ${xs.includes(7)} ${xs.at(-1) ?? 0} ${xs.at(99) ?? -9}`,
  );
  console.log(`${xs.reverse().join()} ${xs.fill(5, 1, 3).join()} ${xs.concat([1, 2], xs).join()}`);
  xs.length = 2;
  console.log(xs.join());
  xs.push(...[9, 8, 7]);
  console.log(`${[...xs, 1, ...xs].join()} ${[...xs.keys()].join()} ${[...xs.values()].join()}`);
  for (const [i, x] of xs.entries()) if (i > 2) console.log(`${i}:${x}`);
  const empty: int[] = [];
  console.log(`${empty.pop() ?? "none"} ${empty.shift() ?? "none"} ${empty.join()}|`);
}

function others(): void {
  const fs: float[] = [1.5, NaN, -0.0, 2];
  console.log(`${fs.indexOf(NaN)} ${fs.includes(NaN)} ${fs.indexOf(2)} ${fs.join()} ${fs.slice(1, 3).length}`);
  const bs = [true, false, true];
  console.log(`${bs.indexOf(false)} ${bs.join()} ${bs.lastIndexOf(true)}`);
  const names = ["b", "a", "c"];
  names.push("dd");
  console.log(`${names.sort().join()} ${names.includes("dd")} ${names.indexOf("c")} ${names.toString()}`);
  const points = [new Point(1), new Point(2)];
  const last = points[1];
  points.push(new Point(3));
  console.log(
    `${points.indexOf(last)} ${points.includes(new Point(2))} ${points.pop()?.x ?? 0} ${points.shift()?.x ?? 0} ${points.length}`,
  );
  const maybe: (int | null)[] = [1, null, 3];
  maybe.push(null);
  console.log(`${maybe.indexOf(3)} ${maybe.join()} ${maybe.includes(null)} ${maybe[1] === null} ${maybe.length}`);
  const texts: (string | null)[] = ["x", null, "y"];
  console.log(`${texts.join("+")} ${texts.indexOf("y")} ${texts.indexOf(null)}`);
  const nested = [[1, 2], [3], []];
  console.log(`${nested.flat().join()} ${nested.map((n) => n.length).join()}`);
}

function made(): void {
  const zeros = newList<int>(3, 4);
  const copy = new Array<int>(5).fill(0);
  copyItems(zeros, 0, copy, 1, 3);
  console.log(
    `${zeros.join()} ${copy.join()} ${Array.of(1, 2, 3).join()} ${Array.from("héy").join()} ${Array.isArray(zeros)}`,
  );
  console.log(`${Array.from({ length: 4 }, (_, i) => i * 2).join()} ${Array.from([1, 2], (x) => x + 0.5).join()}`);
  console.log(Array.from(new Set([3, 3, 1])).join());
  try {
    newList<int>(-1, 0);
  } catch (e) {
    if (e instanceof RangeError) console.log("range");
  }
}

export function main(_argv: string[]): int {
  ints();
  others();
  made();
  return 0;
}
