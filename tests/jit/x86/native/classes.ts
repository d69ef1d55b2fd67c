// The classes and functions that random traces use, and where the backend put their fields: found by making objects with
// known contents and looking for those in memory.

import { TYPE_SIZE, TYPE_TABLE_SYMBOL, typeEntry, typeIdOf } from "../../../../gc/typetable.ts";
import {
  type Address,
  addressOfGcRef,
  fromGcRef,
  functionAddress,
  type GcRef,
  symbolAddress,
  toGcRef,
  wordBytes,
} from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";
import { Callee, Places, World } from "./world.ts";

export class TestNode {
  value: int;
  weight: float;
  next: TestNode | null;
  flag: boolean;

  constructor(value: int, weight: float, next: TestNode | null) {
    this.value = value;
    this.weight = weight;
    this.next = next;
    this.flag = false;
  }
}

export class TestLeaf extends TestNode {
  extra: int;

  constructor(value: int, weight: float, next: TestNode | null) {
    super(value, weight, next);
    this.extra = 0;
  }
}

export class TestFailure extends Error {}

function wordAt(at: Address, wanted: int): int {
  const word = wordBytes();
  for (let offset = word; offset < 128; offset += word) if (at.loadWord(offset) === wanted) return offset;
  throw new Error(`no word ${wanted} in an object`);
}

/** Where the bytes of two objects of a class first differ behind the header. */
function firstDifference(a: Address, b: Address): int {
  for (let offset = wordBytes(); offset < 128; offset++) if (a.loadUInt8(offset) !== b.loadUInt8(offset)) return offset;
  throw new Error("two objects do not differ");
}

function addressOfObject(o: TestNode): Address {
  return addressOfGcRef(toGcRef(o));
}

export function findPlaces(): Places {
  const p = new Places();
  const next = new TestNode(0, 0.0, null);
  const node = new TestNode(81985529, 0.0, next);
  const heavy = new TestNode(81985529, 1.0, next);
  const flagged = new TestNode(81985529, 0.0, next);
  flagged.flag = true;
  const leaf = new TestLeaf(81985529, 0.0, next);
  leaf.extra = 19088743;
  const at = addressOfObject(node);
  p.value = wordAt(at, 81985529);
  p.next = wordAt(at, addressOfObject(next).toInt());
  p.weight = firstDifference(at, addressOfObject(heavy)) & -4;
  if (wordBytes() === 8) p.weight &= -8;
  else p.weight = floatOffset(at, addressOfObject(heavy));
  p.flag = firstDifference(at, addressOfObject(flagged));
  p.extra = wordAt(addressOfObject(leaf), 19088743);
  p.node = typeIdOf(at);
  p.leaf = typeIdOf(addressOfObject(leaf));
  const table = symbolAddress(TYPE_TABLE_SYMBOL);
  p.nodeSize = typeEntry(table, p.node).loadUInt32(TYPE_SIZE);
  p.leafSize = typeEntry(table, p.leaf).loadUInt32(TYPE_SIZE);
  const ints = new Array<int>(11).fill(0);
  ints[0] = 81985529;
  const array = addressOfGcRef(toGcRef(ints));
  p.length = wordAt(array, 11);
  p.items = wordAt(array, 81985529);
  p.intArray = typeIdOf(array);
  const floats = new Array<float>(11).fill(0.5);
  p.floatArray = typeIdOf(addressOfGcRef(toGcRef(floats)));
  const refs = new Array<TestNode | null>(11).fill(next);
  p.refArray = typeIdOf(addressOfGcRef(toGcRef(refs)));
  if (node.value + heavy.value + (flagged.flag ? 1 : 0) + leaf.extra + (ints[0] as int) === 0) throw new Error("gone");
  return p;
}

/** 1.0 differs from 0.0 in its upper four bytes. */
function floatOffset(a: Address, b: Address): int {
  return (firstDifference(a, b) & -4) - 4;
}

// Functions.

function nodeOf(ref: GcRef | null): TestNode {
  if (ref === null) throw new Error("a function of the test got null");
  return fromGcRef(ref, TestNode);
}

let litter: TestNode | null = null;

/** Allocates: much now and then. */
function churn(a: int, b: int, c: int): int {
  const n = (a & 63) === 0 ? 2000 : 3;
  for (let i = 0; i < n; i++) litter = new TestNode(b, 0.0, i % 7 === 0 ? null : litter);
  return a - b * 3 + c;
}

function scale(a: int, x: float): float {
  return x * 0.5 + (a & 7);
}

function extend(ref: GcRef | null, a: int, x: float): GcRef | null {
  const node = nodeOf(ref);
  node.value = node.value ^ a;
  return toGcRef(new TestNode(a, x, node));
}

function manyInts(a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int, i: int): int {
  const sum = (a & 1023) + (b & 1023) + (c & 1023) - (d & 1023) + (e & 1023) * 2 - (f & 1023) + (g & 1023);
  if (((sum + h + i) & 15) === 3) throw new TestFailure("sum");
  return sum + (h ^ i);
}

function manyFloats(a: float, b: float, c: float, d: float): float {
  litter = new TestNode(1, a, null);
  return a - b + c * d;
}

function follow(ref: GcRef | null): GcRef | null {
  const node = nodeOf(ref);
  return toGcRef(node.next ?? node);
}

function mixed(a: int, b: float, c: int, d: float, e: int, f: float, g: int, h: float, i: int, j: float): int {
  litter = new TestNode(a, b, litter !== null && litter.value === a ? litter : null);
  return a + c + e + g + i + (b < d ? 1 : 0) + (f < h ? 2 : 0) + (j < 0.0 ? 4 : 0);
}

function choose(p: GcRef | null, q: GcRef | null, s: GcRef | null): GcRef | null {
  const node = nodeOf(p);
  if ((node.value & 7) === 5) throw new TestFailure("choose");
  return (node.value & 1) === 0 ? q : s;
}

function quiet(a: int, b: int): int {
  return a * 31 + b;
}

export function makeWorld(): World {
  const world = new World(wordBytes() * 8, findPlaces());
  const { callees } = world;
  callees.push(new Callee(functionAddress(churn, "iiii").toInt(), "iii", "i", true, false));
  callees.push(new Callee(functionAddress(scale, "iff").toInt(), "if", "f", false, false));
  callees.push(new Callee(functionAddress(extend, "rifr").toInt(), "nif", "n", true, false));
  callees.push(new Callee(functionAddress(manyInts, "iiiiiiiiii").toInt(), "iiiiiiiii", "i", true, true));
  callees.push(new Callee(functionAddress(manyFloats, "fffff").toInt(), "ffff", "f", true, false));
  callees.push(new Callee(functionAddress(follow, "rr").toInt(), "n", "n", false, false));
  callees.push(new Callee(functionAddress(mixed, "ifififififi").toInt(), "ififififif", "i", true, false));
  callees.push(new Callee(functionAddress(choose, "rrrr").toInt(), "nnn", "n", true, true));
  callees.push(new Callee(functionAddress(quiet, "iii").toInt(), "ii", "i", false, false));
  for (const node of prebuilt) world.constants.push(toGcRef(node));
  for (let i = 0; i < 3; i++) {
    const node = i === 1 ? new TestLeaf(i, 0.0, null) : new TestNode(i, 0.0, null);
    extras.push(node);
    world.constants.push(toGcRef(node));
  }
  return world;
}

/** Nodes that never move, and nodes that do. */
const prebuilt: TestNode[] = [new TestNode(0, 0.0, null), new TestLeaf(0, 0.0, null)];
const extras: TestNode[] = [];

/** Gives the constant nodes what they had at first. */
export function resetConstants(): void {
  litter = null;
  let i = 0;
  for (const node of prebuilt) resetNode(node, i++);
  for (const node of extras) resetNode(node, i++);
}

function resetNode(node: TestNode, i: int): void {
  node.value = i * 100 - 50;
  node.weight = i * 0.25;
  node.next = null;
  node.flag = i % 2 === 0;
  if (node instanceof TestLeaf) node.extra = i;
}
