/**
 * Which module a function or object goes to. Functions of one source file stay together; small files share a
 * partition chosen by a stable hash of their path, large files are split by a hash of the function's name. So the
 * partition of a function depends on its own origin and on coarse sizes (powers of two), not on its neighbours, and a
 * small change to the program changes few modules.
 */
import type { LowContainer, LowFunction } from "../../rtyper/lltype/memory.ts";
import { graphOf } from "../../rtyper/lltype/program.ts";
import { stableHash } from "./symbols.ts";

/** Operations per partition aimed at: clang's start-up costs as much as about 500. */
const PARTITION_OPERATIONS = 12_000;

/** Assigns partitions by name; functions without graph (C functions) get none. */
export function partitionFunctions(sizes: ReadonlyMap<LowFunction, number>): Map<LowFunction, string> {
  const files = new Map<string, number>();
  let total = 0;
  for (const [f, size] of sizes) {
    const file = graphOf(f).position.file;
    files.set(file, (files.get(file) ?? 0) + size);
    total += size;
  }
  const shared = powerOfTwo(total / PARTITION_OPERATIONS);
  const result = new Map<LowFunction, string>();
  for (const f of sizes.keys()) {
    const file = graphOf(f).position.file;
    const pieces = powerOfTwo((files.get(file) ?? 0) / (PARTITION_OPERATIONS * 1.5));
    const name =
      pieces === 1
        ? `code${stableHash(file) % shared}`
        : `code-${stableHash(file).toString(36)}-${stableHash(f.name) % pieces}`;
    result.set(f, name);
  }
  return result;
}

/** Objects per data module aimed at. */
const PARTITION_OBJECTS = 20_000;

/** Assigns prebuilt objects to data modules by the hash of the file part of their symbol. */
export function partitionObjects(
  objects: readonly LowContainer[],
  symbols: ReadonlyMap<LowContainer, string>,
): Map<LowContainer, string> {
  const shared = powerOfTwo(objects.length / PARTITION_OBJECTS);
  const result = new Map<LowContainer, string>();
  for (const object of objects) {
    const symbol = symbols.get(object) ?? "";
    const origin = symbol.startsWith("str.") ? symbol.slice(0, 6) : (symbol.split("#")[0] as string);
    result.set(object, `data${stableHash(origin) % shared}`);
  }
  return result;
}

/** The smallest power of two that is at least x. */
function powerOfTwo(x: number): number {
  let power = 1;
  while (power < x) power *= 2;
  return power;
}
