/** Inheritance, abstract and overridden methods, accessors, static members, private fields, instanceof. */
import type { int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

abstract class Shape {
  static made: int = 0;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
    Shape.made++;
  }

  abstract area(): int;

  describe(): string {
    return `${this.name} of area ${this.area()}`;
  }
}

class Rectangle extends Shape {
  #width: int;
  #height: int;

  constructor(width: int, height: int, name = "rectangle") {
    super(name);
    this.#width = width;
    this.#height = height;
  }

  area(): int {
    return this.#width * this.#height;
  }

  get width(): int {
    return this.#width;
  }

  set width(value: int) {
    this.#width = value;
  }
}

class Square extends Rectangle {
  constructor(side: int) {
    super(side, side, "square");
  }

  override describe(): string {
    return `${super.describe()} (equal sides)`;
  }
}

class Dot extends Shape {
  constructor() {
    super("dot");
  }

  area(): int {
    return 0;
  }
}

export function main(_argv: string[]): int {
  const shapes: Shape[] = [new Rectangle(3, 4), new Square(5), new Dot(), new Rectangle(1, 2, "strip")];
  let total: int = 0;
  for (const shape of shapes) {
    write(1, `${shape.describe()}\n`);
    total += shape.area();
    if (shape instanceof Square) write(1, "  is a square\n");
    if (shape instanceof Rectangle) {
      shape.width += 1;
      write(1, `  wider: ${shape.width} ${shape.area()}\n`);
    } else {
      write(1, "  is no rectangle\n");
    }
  }
  write(1, `${total} ${Shape.made}\n`);
  return 0;
}
