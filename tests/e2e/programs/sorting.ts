/** Sorting with callbacks on ints, floats, strings, instances and tuples; stability. */
import type { int } from "rtypescript/rlib";

class Person {
  readonly name: string;
  readonly age: int;
  constructor(name: string, age: int) {
    this.name = name;
    this.age = age;
  }
}

function quicksort(xs: int[], low: int, high: int): void {
  if (low >= high) return;
  const pivot = xs[(low + high) >> 1];
  let i = low;
  let j = high;
  while (i <= j) {
    while (xs[i] < pivot) i++;
    while (xs[j] > pivot) j--;
    if (i <= j) {
      const t = xs[i];
      xs[i] = xs[j];
      xs[j] = t;
      i++;
      j--;
    }
  }
  quicksort(xs, low, j);
  quicksort(xs, i, high);
}

export function main(_argv: string[]): int {
  const xs: int[] = [];
  let seed = 12345;
  for (let i = 0; i < 30; i++) {
    seed = (seed * 1103 + 12347) % 65536;
    xs.push(seed % 100);
  }
  const copy = xs.slice();
  quicksort(copy, 0, copy.length - 1);
  console.log(copy.join(" "));
  console.log(
    `${
      xs
        .slice()
        .sort((a, b) => b - a)
        .join(" ") === copy.slice().reverse().join(" ")
    }`,
  );
  const people = [new Person("Eve", 30), new Person("Bob", 25), new Person("Ann", 30), new Person("Cid", 25)];
  people.sort((a, b) => a.age - b.age);
  console.log(people.map((p) => `${p.name}${p.age}`).join(" "));
  people.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  console.log(people.map((p) => p.name).join(" "));
  const floats = [2.5, -1, 0.125, 9];
  console.log(floats.sort((a, b) => a - b).join(" "));
  const entries: [string, int][] = [
    ["b", 2],
    ["a", 2],
    ["c", 1],
  ];
  entries.sort((p, q) => p[1] - q[1]);
  console.log(entries.map(([k, v]) => `${k}${v}`).join(" "));
  return 0;
}
