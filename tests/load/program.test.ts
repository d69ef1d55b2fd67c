// Declarations of live values as ts-morph nodes.
import { Node } from "ts-morph";
import { expect, test } from "vitest";
import { LoadedProgram } from "../../translator/load/program.ts";
import { allocationPlace } from "../../translator/load/registry.ts";

class Shape {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  get name(): string {
    return this.#name;
  }
  static make() {
    return new Shape("s");
  }
}

const twice = (x: number): number => x * 2;
const list = [1.5, 2];

const program = new LoadedProgram();

test("functions, methods, classes, literals are found", () => {
  expect(program.findFunction(twice)?.getText()).toBe("(x: number): number => x * 2");
  expect(program.findFunction(Shape.make)?.getText()).toMatch(/^static make/);
  expect(program.findClass(Shape)?.getName()).toBe("Shape");
  expect(program.findFunction(Shape)).toBe(null);
  expect(program.findFunction(Math.max)).toBe(null);
  const place = allocationPlace(list);
  expect(place && program.findAllocation(place)?.getText()).toBe("[1.5, 2]");
});

test("the checker resolves names to declarations", () => {
  const node = program.findFunction(Shape.make);
  const made = node?.getFirstDescendantOrThrow(Node.isNewExpression);
  expect(made?.getType().getText()).toBe("Shape");
  const symbol = made?.getExpression().getSymbol();
  expect(symbol?.getDeclarations()[0]).toBe(program.findClass(Shape));
});

test("positions", () => {
  const node = program.findFunction(twice);
  expect(node && `${program.positionOf(node, "twice")}`).toMatch(/program\.test\.ts:20:15$/);
});
