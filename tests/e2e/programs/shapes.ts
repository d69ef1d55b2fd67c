/** Single inheritance, virtual methods, super calls, accessors. */
import type { float, int } from "rtypescript/rlib";

abstract class Shape {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  abstract area(): float;
  describe(): string {
    return `${this.name} of area ${this.area()}`;
  }
  get doubled(): float {
    return this.area() * 2;
  }
}

class Square extends Shape {
  #side: float;
  constructor(side: float) {
    super("square");
    this.#side = side;
  }
  area(): float {
    return this.#side * this.#side;
  }
  set side(value: float) {
    this.#side = value;
  }
}

class Circle extends Shape {
  // @ts-expect-error the repository itself is stricter
  constructor(readonly radius: float) {
    super("circle");
  }
  area(): float {
    return 3 * this.radius * this.radius;
  }
  override describe(): string {
    return `round ${super.describe()}`;
  }
  override get doubled(): float {
    return super.doubled + 1;
  }
}

export function main(_argv: string[]): int {
  const square = new Square(2.5);
  const shapes: Shape[] = [square, new Circle(1.5)];
  for (const shape of shapes) console.log(shape.describe());
  square.side = 4;
  let total = 0.0;
  for (const shape of shapes) total += shape.area() + shape.doubled;
  console.log(`${total}`);
  for (const shape of shapes) {
    if (shape instanceof Circle) console.log(`radius ${shape.radius}`);
    else console.log(`no circle ${shape instanceof Square}`);
  }
  return 0;
}
