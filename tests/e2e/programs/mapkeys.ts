/** Maps and sets with every kind of key: strings, chars, ints, floats, booleans, bigints, instances, enums. */
import type { char, float, int } from "rtypescript/rlib";

class Key {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
const Color = { Red: 0, Green: 1, Blue: 2 } as const;
type Color = (typeof Color)[keyof typeof Color];

export function main(argv: string[]): int {
  const zero: float = argv.length;
  const texts = new Map<string, int>();
  for (const word of ["x", "yy", "x" + "", "y" + "y", ""]) texts.set(word, (texts.get(word) ?? 0) + 1);
  console.log([...texts].map(([k, v]) => `${k}=${v}`).join(" "));
  const chars = new Map<char, int>();
  const source = "hello";
  for (let i = 0; i < source.length; i++) chars.set(source[i], i);
  console.log([...chars].map(([k, v]) => `${k}=${v}`).join(" "));
  const floats = new Map<float, string>();
  floats.set(0.1, "tenth");
  floats.set(zero / zero, "nan");
  floats.set(-zero, "zero");
  floats.set(1, "one");
  console.log(
    `${floats.get(0.1)} ${floats.get(0 / zero)} ${floats.get(zero)} ${floats.get(1.0)} ${floats.has(2)} ${floats.size}`,
  );
  for (const k of floats.keys()) console.log(`${k} ${1 / k}`);
  const flags = new Map<boolean, string>([
    [true, "yes"],
    [false, "no"],
  ]);
  console.log(`${flags.get(zero === 0)} ${flags.get(zero > 0)}`);
  const bigs = new Map<bigint, int>();
  bigs.set(10n ** 30n, 1);
  bigs.set(5n, 2);
  bigs.set(10n ** 29n * 10n, 3);
  console.log(`${bigs.size} ${bigs.get(10n ** 30n)} ${bigs.get(BigInt(5))} ${bigs.has(-5n)}`);
  const a = new Key("a");
  const b = new Key("b");
  const objects = new Map<Key, int>([
    [a, 1],
    [b, 2],
  ]);
  objects.set(a, 10);
  console.log(`${objects.get(a)} ${objects.get(b)} ${objects.get(new Key("a")) ?? "none"} ${objects.size}`);
  const colors = new Map<Color, string>([
    [Color.Red, "red"],
    [Color.Blue, "blue"],
  ]);
  console.log(`${colors.get(Color.Blue)} ${colors.get(Color.Green) ?? "none"}`);
  const seen = new Set<Key>();
  for (const k of [a, b, a, a]) seen.add(k);
  console.log(`${seen.size} ${seen.has(b)} ${seen.delete(b)} ${seen.delete(b)} ${[...seen].map((k) => k.name).join()}`);
  const ints = new Set<int>();
  for (let i = 0; i < 3000; i++) ints.add((i * i) % 1009);
  console.log(`${ints.size} ${ints.has(4)} ${ints.has(1010)}`);
  const fs = new Set<float>([0.5, 1, 0.5, zero]);
  console.log(`${fs.size} ${fs.has(1)} ${[...fs].join()}`);
  const bs = new Set<bigint>([1n, 2n, 1n]);
  console.log(`${bs.size} ${bs.has(2n)}`);
  const nested = new Map<string, Map<int, string>>();
  nested.set("m", new Map([[1, "one"]]));
  nested.get("m")?.set(2, "two");
  console.log(`${nested.get("m")?.get(2) ?? "?"} ${nested.get("n")?.get(2) ?? "?"} ${nested.get("m")?.size ?? 0}`);
  const functions = new Map<string, (x: int) => int>([
    ["inc", (x) => x + 1],
    ["double", (x) => x * 2],
  ]);
  console.log(
    `${functions.get("inc")?.(4) ?? -1} ${functions.get("double")?.(4) ?? -1} ${functions.get("none")?.(4) ?? -1}`,
  );
  return 0;
}
