/** Virtual getters and setters, static members inherited, compound assignment through them. */
import type { int } from "rtypescript/rlib";

abstract class Cell {
  abstract get value(): int;
  abstract set value(n: int);
  static made = 0;
  static note(): int {
    Cell.made += 1;
    return Cell.made;
  }
}

class Plain extends Cell {
  #n = 1;
  get value(): int {
    return this.#n;
  }
  set value(n: int) {
    this.#n = n;
  }
}

class Clamped extends Cell {
  #n = 5;
  get value(): int {
    return this.#n;
  }
  set value(n: int) {
    this.#n = n > 10 ? 10 : n;
  }
}

class Logged extends Plain {
  writes = 0;
  override get value(): int {
    return super.value * 100;
  }
  override set value(n: int) {
    this.writes++;
    super.value = n;
  }
}

export function main(_argv: string[]): int {
  const logged = new Logged();
  const cells: Cell[] = [new Plain(), new Clamped(), logged];
  for (const cell of cells) {
    cell.value += 7;
    cell.value++;
    console.log(`${cell.value} ${Cell.note()}`);
  }
  console.log(`${logged.writes} ${Plain.made}`);
  return 0;
}
