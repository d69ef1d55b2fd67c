/** A wrong cast stops the program. */
import type { int } from "rtypescript/rlib";

class Animal {
  readonly legs: int = 4;
}
class Dog extends Animal {
  readonly name: string = "rex";
}
class Bird extends Animal {
  readonly wings: int = 2;
}

function nameOf(animal: Animal): string {
  return (animal as Dog).name;
}

export function main(_argv: string[]): int {
  const animals: Animal[] = [new Dog(), new Bird()];
  for (const animal of animals) {
    console.log(`${animal.legs}`);
    console.log(nameOf(animal));
  }
  return 0;
}
