/** Methods of lists that call back: closures, functions, changing the list meanwhile, all positions of arguments. */
import type { float, int } from "rtypescript/rlib";

class Person {
  readonly name: string;
  readonly age: int;
  constructor(name: string, age: int) {
    this.name = name;
    this.age = age;
  }
}

function isEven(x: int): boolean {
  return x % 2 === 0;
}

function numbers(offset: int): void {
  const xs = [5, 3, 8, 1, 9, 2];
  console.log(
    `${xs.map((x) => x + offset).join()} ${xs.map((x, i) => x * i).join()} ${xs.map((_x, _i, all) => all.length).join()}`,
  );
  console.log(
    `${xs.filter(isEven).join()} ${xs.filter((x) => x > offset).length} ${xs.some(isEven)} ${xs.every(isEven)}`,
  );
  console.log(`${xs.find((x) => x > 6) ?? -1} ${xs.find((x) => x > 60) ?? -1} ${xs.findIndex((x) => x === 1)}`);
  console.log(
    `${xs.findLast((x) => x > 6) ?? -1} ${xs.findLastIndex((x) => x < 4)} ${xs.findLastIndex((x) => x > 99)}`,
  );
  console.log(
    `${xs.reduce((a, b) => a + b)} ${xs.reduce((a, b) => a * 2 + b, 1)} ${xs.reduceRight((a, b) => a * 2 + b, 1)}`,
  );
  console.log(`${xs.reduce((s, x) => s + String.fromCharCode(96 + x), "")} ${xs.reduceRight((a, b) => a - b)}`);
  let total = 0;
  xs.forEach((x, i) => {
    total += x * i + offset;
  });
  console.log(`${total} ${xs.flatMap((x) => (x > 4 ? [x, x] : [])).join()} ${xs.flatMap((x) => x + 1).join()}`);
  const halves: float[] = xs.map((x) => x / 2);
  console.log(
    `${halves.join()} ${halves
      .filter((h) => h > 1.2)
      .map((h) => `<${h}>`)
      .join("")}`,
  );
}

function sorting(): void {
  const people = [
    new Person("Ann", 31),
    new Person("Bob", 25),
    new Person("Cy", 31),
    new Person("Di", 19),
    new Person("Ed", 25),
  ];
  people.sort((a, b) => a.age - b.age);
  console.log(people.map((p) => `${p.name}${p.age}`).join(" "));
  people.sort((a, b) => (a.name < b.name ? 1 : -1));
  console.log(people.map((p) => p.name).join(" "));
  const many: int[] = [];
  let seed = 12345;
  for (let i = 0; i < 500; i++) {
    seed = (seed * 11035 + 12345) % 65536;
    many.push(seed);
  }
  const sorted = [...many].sort((a, b) => a - b);
  let ordered = true;
  for (let i = 1; i < sorted.length; i++) if (sorted[i - 1] > sorted[i]) ordered = false;
  console.log(`${ordered} ${sorted[0]} ${sorted[499]} ${sorted.reduce((a, b) => (a * 31 + b) % 10007, 7)}`);
  console.log(
    `${[10, 9, 1, 100, -5].sort().join()} ${[2.5, 10.25, 1].sort((a, b) => b - a).join()} ${["b", "B", "a"].sort().join()}`,
  );
  console.log([true, false, true].sort().join());
}

function growing(): void {
  const xs = [1, 2, 3];
  let seen = 0;
  xs.forEach((x) => {
    if (xs.length < 6) xs.push(x * 10);
    seen++;
  });
  console.log(`${seen} ${xs.join()}`);
  const words = ["a", "b"];
  console.log(
    words
      .map((w) => [w, w + w])
      .map((p) => p.join("="))
      .join(";"),
  );
}

export function main(_argv: string[]): int {
  numbers(3);
  sorting();
  growing();
  try {
    const none: int[] = [];
    none.reduce((a, b) => a + b);
  } catch (e) {
    if (e instanceof TypeError) console.log(e.message);
  }
  return 0;
}
