/** Records: declared and anonymous, optional properties, Partial, Pick, Readonly, Record, shorthand, methods, nesting. */
import type { float, int } from "rtypescript/rlib";

interface Config {
  readonly name: string;
  size: int;
  ratio: float;
  tags?: string[];
  parent?: Config;
  onChange?: (name: string) => void;
}
type Named = Pick<Config, "name" | "size">;
type Patch = Partial<Omit<Config, "parent">>;

function update(config: Config, patch: Patch): Config {
  return { ...config, ...patch };
}

function show(config: Readonly<Config>): string {
  const parent = config.parent === undefined ? "" : ` < ${show(config.parent)}`;
  return `${config.name}/${config.size}/${config.ratio}/${config.tags?.join("+") ?? "-"}${parent}`;
}

function named(n: Named): string {
  return `${n.name}:${n.size}`;
}

interface Visitor {
  enter(name: string): void;
  leave?(name: string): void;
}

function walk(visitor: Visitor, names: readonly string[]): void {
  for (const name of names) {
    visitor.enter(name);
    visitor.leave?.(name);
  }
}

function minmax(xs: readonly int[]): { min: int; max: int } {
  let min = xs[0];
  let max = xs[0];
  for (const x of xs) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { min, max };
}

interface Tree {
  value: int;
  children: Tree[];
}

function total(tree: Tree): int {
  return tree.children.reduce((sum, child) => sum + total(child), tree.value);
}

export function main(argv: string[]): int {
  const base: Config = { name: "base", size: 1, ratio: 0.5 };
  const child: Config = { name: "child", size: 2, ratio: 1, tags: ["x"], parent: base };
  console.log(`${show(base)} | ${show(child)}`);
  const patched = update(child, { size: 20, tags: ["y", "z"] });
  console.log(`${show(patched)} ${child.size}`);
  console.log(`${named(child)} ${named({ name: "n", size: 3 })}`);
  let changes = "";
  const watching: Config = { ...base, onChange: (name) => (changes += name) };
  watching.onChange?.("a");
  base.onChange?.("b");
  watching.size += 5;
  console.log(`${changes} ${watching.size} ${base.size}`);
  const log: string[] = [];
  walk({ enter: (name) => log.push(`+${name}`) }, ["a", "b"]);
  walk(
    {
      enter(name) {
        log.push(`>${name}`);
      },
      leave(name) {
        log.push(`<${name}`);
      },
    },
    ["c"],
  );
  console.log(log.join(" "));
  const { min, max } = minmax([5, 2, 9]);
  console.log(`${min} ${max} ${minmax([7]).max}`);
  const tree: Tree = {
    value: 1,
    children: [
      { value: 2, children: [] },
      { value: 3, children: [{ value: 4, children: [] }] },
    ],
  };
  console.log(`${total(tree)}`);
  const x = 3;
  const y = 4;
  const point = { x, y, "quoted key": 1 };
  point.x = argv.length;
  console.log(`${point.x} ${point["quoted key"]} ${point["y"]}`);
  const points = [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ];
  points[0].x += 10;
  console.log(points.map((p) => p.x * p.y).join());
  const ages: Record<"ann" | "bob", int> = { ann: 30, bob: 25 };
  console.log(`${ages.ann + ages["bob"]}`);
  const { name, ...rest } = child;
  console.log(`${name} ${rest.size} ${rest.tags?.length ?? 0}`);
  return 0;
}
