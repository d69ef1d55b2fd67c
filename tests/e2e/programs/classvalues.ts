/** Classes as values: instanceof, construction, static methods. */
import type { int } from "rtypescript/rlib";

class Animal {
  sound(): string {
    return "?";
  }
}
class Dog extends Animal {
  override sound(): string {
    return "woof";
  }
}
class Cat extends Animal {
  override sound(): string {
    return "meow";
  }
}

const KINDS: readonly (new () => Animal)[] = [Dog, Cat];

function countOf(animals: readonly Animal[], cls: new () => Animal): int {
  let n = 0;
  for (const a of animals) if (a instanceof cls) n++;
  return n;
}

export function main(_argv: string[]): int {
  const animals: Animal[] = [];
  for (let i = 0; i < 5; i++) {
    const cls = KINDS[i % 2];
    animals.push(new cls());
  }
  let line = "";
  for (const a of animals) line += ` ${a.sound()}`;
  console.log(line);
  console.log(`${countOf(animals, Dog)} ${countOf(animals, Cat)} ${KINDS[0] === Dog}`);
  return 0;
}
