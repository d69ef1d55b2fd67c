/** References to any object: in fields, lists and maps, compared, cast back. */

import { fromGcRef, type GcRef, sameObject, toGcRef } from "rtypescript/lowlevel";
import type { int } from "rtypescript/rlib";

class Point {
  readonly x: int;
  constructor(x: int) {
    this.x = x;
  }
}

class Point3 extends Point {
  readonly z: int;
  constructor(x: int, z: int) {
    super(x);
    this.z = z;
  }
}

class Box {
  ref: GcRef | null = null;
}

const prebuilt = new Point(41);

function describe(ref: GcRef | null): string {
  if (ref === null) return "null";
  const point = fromGcRef(ref, Point);
  return point instanceof Point3 ? `3d ${point.x} ${point.z}` : `2d ${point.x}`;
}

export function main(argv: string[]): int {
  const box = new Box();
  console.log(describe(box.ref));
  const p = new Point3(argv.length, 7);
  box.ref = toGcRef(p);
  const again = box.ref;
  console.log(describe(box.ref), again === toGcRef(p), sameObject(box.ref, toGcRef(prebuilt)), box.ref === null);
  const refs: (GcRef | null)[] = [box.ref, null, toGcRef(prebuilt), toGcRef([1, 2, 3])];
  console.log(refs.length, refs[1] === null, describe(refs[2]), refs.indexOf(refs[2]));
  const counts = new Map<GcRef, int>();
  for (const ref of refs) if (ref !== null) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  counts.set(toGcRef(p), 10);
  console.log(counts.size, counts.get(toGcRef(p)) ?? -1, counts.get(toGcRef(prebuilt)) ?? -1);
  return 0;
}
