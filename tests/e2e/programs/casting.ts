/** Casts, non-null assertions and type predicates that hold. */
import type { int } from "rtypescript/rlib";

abstract class Shape {
  abstract area(): int;
}
class Square extends Shape {
  readonly side: int;
  constructor(side: int) {
    super();
    this.side = side;
  }
  area(): int {
    return this.side * this.side;
  }
}
class Rect extends Shape {
  readonly width: int;
  readonly height: int;
  constructor(width: int, height: int) {
    super();
    this.width = width;
    this.height = height;
  }
  area(): int {
    return this.width * this.height;
  }
}
class RoundRect extends Rect {
  readonly radius: int = 3;
}

function isRect(shape: Shape): shape is Rect {
  return shape instanceof Rect;
}

function isSquare(shape: Shape | null): shape is Square {
  return shape !== null && shape instanceof Square;
}

function describe(shape: Shape): string {
  if (isRect(shape)) return `rect ${shape.width}x${shape.height}`;
  if (isSquare(shape)) return `square ${shape.side}`;
  return "?";
}

class Tree {
  left: Tree | null = null;
  right: Tree | null = null;
  parent?: Tree;
  readonly key: int;
  constructor(key: int) {
    this.key = key;
  }
}

function leftmost(tree: Tree): int {
  while (tree.left !== null) tree = tree.left;
  return tree.key;
}

function assertRect(shape: Shape): asserts shape is Rect {
  if (!(shape instanceof Rect)) throw new TypeError("not a rect");
}

export function main(_argv: string[]): int {
  const shapes: Shape[] = [new Square(3), new Rect(2, 5), new RoundRect(1, 1)];
  for (const shape of shapes) console.log(`${describe(shape)} ${shape.area()}`);
  console.log(`${(shapes[0] as Square).side} ${(shapes[2] as RoundRect).radius} ${(shapes[2] as Rect).width}`);
  const tree = new Tree(5);
  tree.left = new Tree(3);
  tree.left!.left = new Tree(1);
  tree.left.parent = tree;
  console.log(`${leftmost(tree)} ${tree.left!.left!.key} ${tree.left.parent!.key} ${isSquare(null)}`);
  const map = new Map<string, int>([["x", 4]]);
  console.log(`${map.get("x")! + 1}`);
  const found = shapes.find((s) => s.area() === 10)!;
  console.log(`${found.area()}`);
  const shape: Shape = shapes[1];
  assertRect(shape);
  console.log(`${shape.height}`);
  try {
    const other: Shape = shapes[0];
    assertRect(other);
    console.log("no");
  } catch (e) {
    if (e instanceof TypeError) console.log(e.message);
  }
  const list = shapes as readonly Shape[];
  const rects = list.filter(isRect);
  console.log(`${rects.length} ${rects[0].width}`);
  const square = shapes.find(isSquare);
  console.log(`${square?.side ?? -1} ${shapes.findLast(isRect)?.height ?? -1}`);
  const counts: (int | null)[] = [1, null, 3];
  const present = counts.filter((n) => n !== null);
  console.log(`${present.length} ${present[1] + present[0]}`);
  const names = ["a", null, "b"].filter((s): s is string => s !== null);
  console.log(names.join("+"));
  const text = "abc" as string;
  const n = 3 as int;
  const unknownShape: unknown = shapes[1];
  console.log(`${text.length + n} ${(unknownShape as Rect).height} ${unknownShape instanceof Square}`);
  const literal = { kind: "point", x: 1 } as const;
  const config = { name: "c", size: 2 } satisfies { name: string; size: int };
  console.log(`${literal.kind} ${literal.x} ${config.name} ${config.size}`);
  return 0;
}
