// The program that random traces work on: its types and functions as descriptors. On Node the numbers are invented; the
// native driver finds out what the backend made of the real classes.

import {
  ArrayDescr,
  CallDescr,
  EFFECT_CAN_RAISE,
  EFFECT_CANNOT_RAISE,
  EffectInfo,
  FieldDescr,
  GuardDescr,
  Layout,
  SizeDescr,
} from "../../../../jit/format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../../../../jit/format/traceops.ts";
import type { GcRef } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";

/** An exit whose values have roles (letters, see generator.ts). */
export class RoleDescr extends GuardDescr {
  readonly roles: string;

  constructor(name: string, roles: string) {
    super(name);
    this.roles = roles;
  }
}

/** A function that traces may call. */
export class Callee {
  readonly address: int;
  readonly descr: CallDescr;
  /** Roles of the arguments, and of the result ("" for none). */
  readonly roles: string;
  readonly result: string;
  readonly raises: boolean;

  constructor(address: int, roles: string, result: string, collects: boolean, raises: boolean) {
    this.address = address;
    this.roles = roles;
    this.result = result;
    this.raises = raises;
    const effect = new EffectInfo(raises ? EFFECT_CAN_RAISE : EFFECT_CANNOT_RAISE, [], [], 0, false, collects);
    let kinds = "";
    for (const role of roles) kinds += kindLetter(role);
    this.descr = new CallDescr(`f${address}`, kinds, kindOfRole(result), effect, null);
  }
}

export function kindLetter(role: string): string {
  if (role === "i" || role === "c" || role === "b") return "i";
  return role === "f" ? "f" : "r";
}

export function kindOfRole(role: string): int {
  if (role === "") return KIND_VOID;
  if (role === "i" || role === "c" || role === "b") return KIND_INT;
  return role === "f" ? KIND_FLOAT : KIND_REF;
}

/** Where the fields of the test classes stand. */
export class Places {
  node: int = 16;
  leaf: int = 32;
  nodeSize: int = 56;
  leafSize: int = 64;
  value: int = 16;
  weight: int = 24;
  next: int = 32;
  flag: int = 40;
  extra: int = 48;
  items: int = 24;
  length: int = 16;
  intArray: int = 48;
  floatArray: int = 64;
  refArray: int = 80;
}

export class World {
  readonly wordBits: int;
  readonly node: SizeDescr;
  /** A class below. */
  readonly leaf: SizeDescr;
  readonly value: FieldDescr;
  readonly weight: FieldDescr;
  readonly next: FieldDescr;
  /** One byte. */
  readonly flag: FieldDescr;
  readonly extra: FieldDescr;
  readonly ints: ArrayDescr;
  readonly floats: ArrayDescr;
  readonly refs: ArrayDescr;
  readonly callees: Callee[] = [];
  /** A function that may force: (i) -> i. */
  forcing: Callee | null = null;
  /** Nodes that exist before any trace runs. */
  readonly constants: GcRef[] = [];

  constructor(wordBits: int, p: Places) {
    this.wordBits = wordBits;
    const word = wordBits === 64 ? 8 : 4;
    this.node = new SizeDescr("Node", p.nodeSize, p.node, true, p.node, p.leaf);
    this.leaf = new SizeDescr("Leaf", p.leafSize, p.leaf, true, p.leaf, p.leaf);
    const field = (name: string, kind: int, offset: int, size: int, slot: int): FieldDescr =>
      new FieldDescr(name, this.node, slot, kind, new Layout(offset, size, false), false, false, slot);
    this.value = field("Node.value", KIND_INT, p.value, word, 0);
    this.weight = field("Node.weight", KIND_FLOAT, p.weight, 8, 1);
    this.next = field("Node.next", KIND_REF, p.next, word, 2);
    this.flag = field("Node.flag", KIND_INT, p.flag, 1, 3);
    const extra = new Layout(p.extra, word, false);
    this.extra = new FieldDescr("Leaf.extra", this.leaf, 4, KIND_INT, extra, false, false, 4);
    this.node.fields = [this.value, this.weight, this.next, this.flag];
    this.leaf.fields = [this.value, this.weight, this.next, this.flag, this.extra];
    this.ints = new ArrayDescr("ints", 10, p.intArray, KIND_INT, p.items, word, p.length, true, false);
    this.floats = new ArrayDescr("floats", 11, p.floatArray, KIND_FLOAT, p.items, 8, p.length, false, false);
    this.refs = new ArrayDescr("refs", 12, p.refArray, KIND_REF, p.items, word, p.length, false, false);
  }
}
