/** Abstract classes, accessors, static members and blocks, #private of all kinds, super calls, chains, toString. */
import type { float, int } from "rtypescript/rlib";

abstract class Shape {
  static made = 0;
  static readonly names: string[] = [];
  protected readonly id: int;
  #label: string | null = null;

  constructor() {
    this.id = ++Shape.made;
  }
  abstract area(): float;
  abstract get name(): string;
  describe(): string {
    return `${this.name}#${this.id} ${this.area().toFixed(2)}${this.#suffix()}`;
  }
  #suffix(): string {
    return this.#label === null ? "" : ` (${this.#label})`;
  }
  set label(text: string) {
    this.#label = text.trim();
  }
  get label(): string {
    return this.#label ?? "unlabeled";
  }
  static register(name: string): int {
    return Shape.names.push(name);
  }
  static create(kind: string, size: float): Shape {
    return kind === "circle" ? new Circle(size) : new Square(size);
  }
  toString(): string {
    return `[${this.name}]`;
  }
}

class Circle extends Shape {
  readonly #radius: float;
  static #count = 0;
  static readonly unit = new Circle(1);
  static {
    Shape.register("circle");
  }
  constructor(radius: float) {
    super();
    this.#radius = radius;
    Circle.#count++;
  }
  get name(): string {
    return "circle";
  }
  area(): float {
    return Math.PI * this.#radius ** 2;
  }
  static get count(): int {
    return Circle.#count;
  }
  isLarger(other: Circle): boolean {
    return this.#radius > other.#radius;
  }
  static isCircle(shape: Shape): boolean {
    return shape instanceof Circle;
  }
}

class Square extends Shape {
  side: float;
  static {
    Shape.register("square");
  }
  constructor(side: float) {
    super();
    this.side = side;
  }
  get name(): string {
    return this.side > 10 ? "big square" : "square";
  }
  area(): float {
    return this.side * this.side;
  }
  get perimeter(): float {
    return this.side * 4;
  }
  set perimeter(p: float) {
    this.side = p / 4;
  }
  override describe(): string {
    return `<${super.describe()}>`;
  }
  grow(by: float): this {
    this.side += by;
    return this;
  }
}

class Cube extends Square {
  override area(): float {
    return super.area() * 6;
  }
  override get name(): string {
    return `cube of ${super.name}`;
  }
  override grow(by: float): this {
    return super.grow(by).reset();
  }
  reset(): this {
    this.label = ` reset ${this.side} `;
    return this;
  }
}

class Lazy {
  static instance: Lazy | null = null;
  value = Lazy.next();
  static counter = 100;
  static get(): Lazy {
    Lazy.instance ??= new Lazy();
    return Lazy.instance;
  }
  static next(): int {
    return Lazy.counter++;
  }
  private constructor() {}
}

export function main(_argv: string[]): int {
  const shapes = [Shape.create("circle", 2), new Square(3), new Cube(1), Circle.unit];
  for (const shape of shapes) console.log(shape.describe());
  shapes[1].label = "  second ";
  console.log(`${shapes[1].describe()} ${shapes[1].label} ${shapes[0].label}`);
  const square = new Square(2);
  square.perimeter = 48;
  square.perimeter += 4;
  console.log(`${square.side} ${square.perimeter} ${square.name} ${square.grow(1).grow(2).side}`);
  const cube = new Cube(2);
  console.log(`${cube.grow(3).describe()} ${cube.label}`);
  console.log(`${Circle.count} ${Shape.made} ${Shape.names.join("+")} ${Shape.register("x")}`);
  console.log(`${Circle.isCircle(shapes[0])} ${Circle.isCircle(square)} ${new Circle(5).isLarger(Circle.unit)}`);
  console.log(`${shapes[0]} ${square} ${String(cube)} ${"" + shapes[1]}`);
  console.log(`${Lazy.get().value} ${Lazy.get() === Lazy.get()} ${Lazy.next()} ${Lazy.counter}`);
  Shape.made = 500;
  console.log(new Square(1).describe());
  return 0;
}
