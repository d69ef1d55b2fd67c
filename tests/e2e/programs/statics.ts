/** Static fields and methods, private members, module-level variables. */
import type { int } from "rtypescript/rlib";

let moduleCount = 100;

class Registry {
  static count = 0;
  static readonly limit = 3;
  static #names: string[] = [];
  static add(name: string): boolean {
    if (Registry.#names.length >= Registry.limit) return false;
    Registry.#names.push(name);
    Registry.count++;
    moduleCount--;
    return true;
  }
  static joined(): string {
    return Registry.#names.join("+");
  }
}

class Account {
  #balance = 0;
  deposit(n: int): this {
    this.#check(n);
    this.#balance += n;
    return this;
  }
  #check(n: int): void {
    if (n < 0) throw new RangeError("negative deposit");
  }
  get balance(): int {
    return this.#balance;
  }
}

export function main(_argv: string[]): int {
  for (const name of ["a", "b", "c", "d"]) console.log(`${Registry.add(name)}`);
  console.log(`${Registry.count} ${Registry.joined()} ${moduleCount}`);
  console.log(`${new Account().deposit(5).deposit(7).balance}`);
  try {
    new Account().deposit(-1);
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  return 0;
}
