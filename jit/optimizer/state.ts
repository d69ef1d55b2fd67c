/**
 * Virtual states: what a label asks of the values that enter it. One node for each value: a constant, an int in a
 * range, a reference with what is known of it, or a virtual whose contents are nodes again (shared as the objects are).
 * The leaves, those that are neither constant nor virtual, are the label's operands, in order.
 *
 * A value fits a node, fits it behind guards, or does not fit. Two states are joined to one that both fit: virtuals of
 * different shape become allocated objects, ranges are widened so that a second join changes nothing more.
 */
import type { int } from "../../rlib/types.ts";
import type { ArrayDescr, SizeDescr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstInt, ConstRef, InputArg, Op, sameValue, type Value, zeroOf } from "../format/values.ts";
import { wordMax, wordMin } from "../format/word.ts";
import { fullBound, IntBound, union } from "./bounds.ts";
import {
  IntInfo,
  RefInfo,
  UNKNOWN_CLASS,
  VirtualArray,
  type VirtualInfo,
  VirtualStruct,
  VirtualStructArray,
} from "./info.ts";
import type { Optimizer } from "./optimizer.ts";

export abstract class StateNode {
  /** KIND_… */
  readonly kind: int;

  constructor(kind: int) {
    this.kind = kind;
  }
}

export class ConstantNode extends StateNode {
  readonly value: Value;

  constructor(value: Value) {
    super(value.kind);
    this.value = value;
  }
}

export class IntNode extends StateNode {
  readonly bound: IntBound;

  constructor(bound: IntBound) {
    super(ops.KIND_INT);
    this.bound = bound;
  }
}

export class FloatNode extends StateNode {
  constructor() {
    super(ops.KIND_FLOAT);
  }
}

export class RefNode extends StateNode {
  readonly nonNull: boolean;
  readonly classId: int;
  readonly atLeast: SizeDescr | null;

  constructor(nonNull: boolean, classId: int, atLeast: SizeDescr | null) {
    super(ops.KIND_REF);
    this.nonNull = nonNull;
    this.classId = classId;
    this.atLeast = atLeast;
  }
}

/** A virtual struct, array, or array of structs. */
export class VirtualNode extends StateNode {
  /** One of the two is null. */
  readonly struct: SizeDescr | null;
  readonly array: ArrayDescr | null;
  /** Items of an array of structs; 0 of others. */
  readonly count: int;
  readonly clear: boolean;
  readonly children: StateNode[] = [];

  constructor(struct: SizeDescr | null, array: ArrayDescr | null, count: int, clear: boolean) {
    super(ops.KIND_REF);
    this.struct = struct;
    this.array = array;
    this.count = count;
    this.clear = clear;
  }

  /** The same sort of virtual, whatever is in it? */
  isLike(other: VirtualNode): boolean {
    return (
      this.struct === other.struct &&
      this.array === other.array &&
      this.count === other.count &&
      this.clear === other.clear
    );
  }

  hasShapeOf(other: VirtualNode): boolean {
    return this.isLike(other) && this.children.length === other.children.length;
  }
}

/** The fields or items of a virtual that can be part of a state. */
export function contentsOf(info: VirtualInfo): (Value | null)[] | null {
  if (info instanceof VirtualStruct) return info.fields;
  if (info instanceof VirtualArray) return info.items;
  return info instanceof VirtualStructArray ? info.items : null;
}

/** Kind of the contents at a place. */
function kindAt(info: VirtualInfo, at: int): int {
  if (info instanceof VirtualStruct) return info.descr.fields[at].kind;
  if (info instanceof VirtualArray) return info.descr.kind;
  if (!(info instanceof VirtualStructArray)) return ops.KIND_VOID;
  const fields = info.descr.itemFields;
  return fields[at % fields.length].kind;
}

function emptyNodeOf(info: VirtualInfo): VirtualNode {
  if (info instanceof VirtualStruct) return new VirtualNode(info.descr, null, 0, true);
  if (info instanceof VirtualArray) return new VirtualNode(null, info.descr, 0, info.clear);
  const array = info as VirtualStructArray;
  return new VirtualNode(null, array.descr, array.count, true);
}

// The state of values.

/** Describes values; virtuals that cannot be part of a state are allocated. */
export class StateBuilder {
  readonly #opt: Optimizer;
  readonly #infos: VirtualInfo[] = [];
  readonly #nodes: VirtualNode[] = [];

  constructor(opt: Optimizer) {
    this.#opt = opt;
  }

  nodesOf(values: readonly Value[]): StateNode[] {
    const nodes: StateNode[] = [];
    for (const value of values) nodes.push(this.#node(value));
    return nodes;
  }

  #node(given: Value): StateNode {
    const opt = this.#opt;
    let value = opt.resolve(given);
    if (!(value instanceof Box)) return new ConstantNode(value);
    if (value.kind === ops.KIND_INT) return new IntNode(initialBound(opt.boundOf(value), opt.bits));
    if (value.kind === ops.KIND_FLOAT) return new FloatNode();
    const virtual = opt.virtualOf(value);
    if (virtual !== null) {
      const contents = contentsOf(virtual);
      if (contents !== null) return this.#virtualNode(virtual, contents);
      value = opt.force(value);
    }
    return refNodeOf(opt, value);
  }

  #virtualNode(virtual: VirtualInfo, contents: (Value | null)[]): StateNode {
    const known = this.#infos.indexOf(virtual);
    if (known >= 0) return this.#nodes[known];
    const node = emptyNodeOf(virtual);
    this.#infos.push(virtual);
    this.#nodes.push(node);
    for (let i = 0; i < contents.length; i++) {
      const value = contents[i];
      node.children.push(value === null ? new ConstantNode(zeroOf(kindAt(virtual, i))) : this.#node(value));
    }
    return node;
  }
}

/** What is known of an allocated reference. */
export function refNodeOf(opt: Optimizer, value: Value): RefNode {
  const info = opt.refInfo(value);
  return new RefNode(info.nonNull, info.classId, info.atLeast);
}

/** A range as a label first asks for it: ends far away tell little, and an upper one that grows would not last. */
function initialBound(bound: IntBound, bits: int): IntBound {
  return new IntBound(bound.lo >= -FAR ? bound.lo : wordMin(bits), bound.hi <= FAR ? bound.hi : wordMax(bits));
}

const FAR = 65536;

/** States of which nothing is known. */
export function generalNodes(values: readonly Value[], bits: int): StateNode[] {
  const nodes: StateNode[] = [];
  for (const value of values) nodes.push(generalNode(value.kind, bits));
  return nodes;
}

function generalNode(kind: int, bits: int): StateNode {
  if (kind === ops.KIND_INT) return new IntNode(fullBound(bits));
  return kind === ops.KIND_FLOAT ? new FloatNode() : new RefNode(false, UNKNOWN_CLASS, null);
}

// Joining.

/** Makes the state that fits wherever one of two fits. */
export class StateJoin {
  readonly #bits: int;
  readonly #left: VirtualNode[] = [];
  readonly #right: VirtualNode[] = [];
  readonly #joined: VirtualNode[] = [];

  constructor(bits: int) {
    this.#bits = bits;
  }

  join(a: readonly StateNode[], b: readonly StateNode[]): StateNode[] {
    const nodes: StateNode[] = [];
    for (let i = 0; i < a.length; i++) nodes.push(this.#node(a[i], b[i]));
    return nodes;
  }

  #node(a: StateNode, b: StateNode): StateNode {
    if (a instanceof VirtualNode && b instanceof VirtualNode && a.hasShapeOf(b)) {
      const both = this.#virtuals(a, b);
      if (both !== null) return both;
    }
    if (a instanceof ConstantNode && b instanceof ConstantNode && sameValue(a.value, b.value)) return a;
    if (a.kind === ops.KIND_INT) return new IntNode(this.#widened(boundOfNode(a), boundOfNode(b)));
    return a.kind === ops.KIND_FLOAT ? new FloatNode() : this.#refs(plainOf(a), plainOf(b));
  }

  /** Two virtuals of one shape; null if one of them was paired with another before. */
  #virtuals(a: VirtualNode, b: VirtualNode): StateNode | null {
    for (let i = 0; i < this.#joined.length; i++) {
      if (this.#left[i] === a && this.#right[i] === b) return this.#joined[i];
      if (this.#left[i] === a || this.#right[i] === b) return null;
    }
    const node = new VirtualNode(a.struct, a.array, a.count, a.clear);
    this.#left.push(a);
    this.#right.push(b);
    this.#joined.push(node);
    for (let i = 0; i < a.children.length; i++) node.children.push(this.#node(a.children[i], b.children[i]));
    return node;
  }

  /** An end that moves goes all the way, so that joining comes to an end. */
  #widened(a: IntBound, b: IntBound): IntBound {
    if (b.within(a)) return a;
    const both = union(a, b);
    const lo = both.lo === a.lo ? a.lo : both.lo >= 0 ? 0 : wordMin(this.#bits);
    return new IntBound(lo, both.hi === a.hi ? a.hi : wordMax(this.#bits));
  }

  #refs(a: RefNode, b: RefNode): RefNode {
    const atLeast = a.atLeast !== null && b.atLeast !== null ? nearestCommon(a.atLeast, b.atLeast) : null;
    return new RefNode(a.nonNull && b.nonNull, a.classId === b.classId ? a.classId : UNKNOWN_CLASS, atLeast);
  }
}

function boundOfNode(node: StateNode): IntBound {
  if (node instanceof IntNode) return node.bound;
  const value = node instanceof ConstantNode ? node.value : null;
  return value instanceof ConstInt ? new IntBound(value.value, value.value) : new IntBound(0, 0);
}

/** The more general of two classes if one is above the other. */
function nearestCommon(a: SizeDescr, b: SizeDescr): SizeDescr | null {
  if (a.number <= b.number && b.lastNumber <= a.lastNumber) return a;
  return b.number <= a.number && a.lastNumber <= b.lastNumber ? b : null;
}

/** A reference node that an allocated object of any node fits. */
function plainOf(node: StateNode): RefNode {
  if (node instanceof RefNode) return node;
  if (node instanceof VirtualNode) {
    const struct = node.struct;
    if (struct?.hasClass) return new RefNode(true, struct.classId, struct);
    const array = node.array;
    return new RefNode(true, array === null ? UNKNOWN_CLASS : array.classId, null);
  }
  const value = node instanceof ConstantNode ? node.value : null;
  return new RefNode(value instanceof ConstRef && value.value !== null, UNKNOWN_CLASS, null);
}

// Entering a label: the values that its operands get.

export const FITS_NOT = 0;
export const FITS_GUARDED = 1;
export const FITS = 2;

/** Compares values with a label's state, and brings them into it. */
export class StateEntry {
  readonly #opt: Optimizer;
  /** Carries the snapshot for guards; null where none may be added. */
  readonly #jump: Op | null;
  readonly #nodes: VirtualNode[] = [];
  readonly #infos: VirtualInfo[] = [];

  constructor(opt: Optimizer, jump: Op | null) {
    this.#opt = opt;
    this.#jump = jump;
  }

  /** FITS_…, for all values together. Changes nothing. */
  compare(nodes: readonly StateNode[], values: readonly Value[]): int {
    let result = FITS;
    for (let i = 0; i < nodes.length && result !== FITS_NOT; i++) {
      const one = this.#compareNode(nodes[i], this.#opt.resolve(values[i]));
      if (one < result) result = one;
    }
    this.#nodes.length = 0;
    this.#infos.length = 0;
    return result;
  }

  #compareNode(node: StateNode, value: Value): int {
    if (node instanceof VirtualNode) return this.#compareVirtual(node, value);
    if (node instanceof ConstantNode) return sameValue(node.value, value) ? FITS : this.#guarded(node, value);
    if (node instanceof IntNode) {
      return this.#opt.boundOf(value).within(node.bound) ? FITS : this.#guarded(node, value);
    }
    if (!(node instanceof RefNode)) return FITS;
    return fitsRef(this.#opt, node, value) ? FITS : this.#guarded(node, value);
  }

  #compareVirtual(node: VirtualNode, value: Value): int {
    const opt = this.#opt;
    const info = opt.virtualOf(value);
    if (info === null) return FITS_NOT;
    for (let i = 0; i < this.#nodes.length; i++) {
      if (this.#nodes[i] === node) return this.#infos[i] === info ? FITS : FITS_NOT;
      if (this.#infos[i] === info) return FITS_NOT;
    }
    const contents = contentsOf(info);
    if (contents === null || contents.length !== node.children.length || !emptyNodeOf(info).isLike(node)) {
      return FITS_NOT;
    }
    this.#nodes.push(node);
    this.#infos.push(info);
    let result = FITS;
    for (let i = 0; i < contents.length && result !== FITS_NOT; i++) {
      const held = contents[i];
      const one = this.#compareNode(
        node.children[i],
        held === null ? zeroOf(node.children[i].kind) : opt.resolve(held),
      );
      if (one < result) result = one;
    }
    return result;
  }

  /** Would a guard make the value fit? Only if it held in the run that was recorded. */
  #guarded(node: StateNode, value: Value): int {
    const opt = this.#opt;
    if (this.#jump === null || !(value instanceof Box) || opt.isVirtual(value)) return FITS_NOT;
    if (!opt.env.hasConcrete) return FITS_GUARDED;
    if (node instanceof ConstantNode) return isConcrete(node.value, value) ? FITS_GUARDED : FITS_NOT;
    if (node instanceof IntNode) return node.bound.contains(value.concreteInt) ? FITS_GUARDED : FITS_NOT;
    const ref = value.concreteRef;
    if (!(node instanceof RefNode) || ref === null) return FITS_NOT;
    const classId = opt.env.heap.classOf(ref);
    if (node.classId !== UNKNOWN_CLASS) return node.classId === classId ? FITS_GUARDED : FITS_NOT;
    return node.atLeast === null || opt.env.heap.isSubclass(classId, node.atLeast) ? FITS_GUARDED : FITS_NOT;
  }

  /** Makes the objects that the state wants allocated. */
  forceLeaves(nodes: readonly StateNode[], values: readonly Value[]): void {
    this.leaves(nodes, values);
  }

  /** The values of the label's operands, for values that fit; emits the guards that they need. */
  leaves(nodes: readonly StateNode[], values: readonly Value[]): Value[] {
    const leaves: Value[] = [];
    const done: VirtualNode[] = [];
    for (let i = 0; i < nodes.length; i++) this.#addLeaves(nodes[i], values[i], leaves, done);
    return leaves;
  }

  #addLeaves(node: StateNode, given: Value, leaves: Value[], done: VirtualNode[]): void {
    const opt = this.#opt;
    const value = opt.resolve(given);
    if (node instanceof VirtualNode) {
      if (done.includes(node)) return;
      done.push(node);
      const info = opt.virtualOf(value);
      const contents = info === null ? null : contentsOf(info);
      // An object that was just made elsewhere in the state: comparing again tells.
      if (contents === null) return;
      for (let i = 0; i < contents.length; i++) {
        const held = contents[i];
        this.#addLeaves(node.children[i], held === null ? zeroOf(node.children[i].kind) : held, leaves, done);
      }
      return;
    }
    const made = opt.force(value);
    if (this.#jump !== null) guardNode(opt, node, made, this.#jump);
    if (!(node instanceof ConstantNode)) leaves.push(opt.resolve(made));
  }
}

function isConcrete(constant: Value, box: Box): boolean {
  if (constant instanceof ConstInt) return constant.value === box.concreteInt;
  return constant instanceof ConstRef && sameValue(constant, new ConstRef(box.concreteRef));
}

/** Does a reference, virtual or not, have what the node asks for? */
function fitsRef(opt: Optimizer, node: RefNode, value: Value): boolean {
  if (node.nonNull && !opt.isNonNull(value)) return false;
  const classId = opt.classOf(value);
  if (node.classId !== UNKNOWN_CLASS) return classId === node.classId;
  const wanted = node.atLeast;
  if (wanted === null) return true;
  if (classId !== UNKNOWN_CLASS) return opt.env.heap.isSubclass(classId, wanted);
  const known = opt.refInfo(value).atLeast;
  return known !== null && wanted.number <= known.number && known.lastNumber <= wanted.lastNumber;
}

/** Guards that the value is as the node says, where that is not known. */
export function guardNode(opt: Optimizer, node: StateNode, value: Value, jump: Op): void {
  if (node instanceof ConstantNode) {
    if (!sameValue(node.value, value)) sendGuard(opt, ops.GUARD_VALUE, [value, node.value], jump);
  } else if (node instanceof IntNode) {
    const bound = opt.boundOf(value);
    if (bound.lo < node.bound.lo) guardComparison(opt, ops.INT_GE, value, node.bound.lo, jump);
    if (bound.hi > node.bound.hi) guardComparison(opt, ops.INT_LE, opt.resolve(value), node.bound.hi, jump);
  } else if (node instanceof RefNode && !fitsRef(opt, node, value)) {
    if (node.classId !== UNKNOWN_CLASS) {
      sendGuard(opt, ops.GUARD_NONNULL_CLASS, [value, new ConstInt(node.classId)], jump);
      return;
    }
    if (node.nonNull) sendGuard(opt, ops.GUARD_NONNULL, [value], jump);
    const atLeast = node.atLeast;
    if (atLeast === null || fitsRef(opt, node, opt.resolve(value))) return;
    const holds = opt.send(ops.IS_INSTANCE, [opt.resolve(value)], atLeast);
    sendGuard(opt, ops.GUARD_TRUE, [holds], jump);
    opt.refInfo(opt.resolve(value)).atLeast = atLeast;
  }
}

function guardComparison(opt: Optimizer, opnum: int, value: Value, limit: int, jump: Op): void {
  sendGuard(opt, ops.GUARD_TRUE, [opt.send(opnum, [value, new ConstInt(limit)], null)], jump);
}

/** A guard of the optimizer's own: it resumes where the recorded jump does. */
export function sendGuard(opt: Optimizer, opnum: int, args: Value[], jump: Op): void {
  const guard = new Op(opnum, args, null);
  guard.snapshot = jump.snapshot;
  guard.failArgs = jump.failArgs;
  opt.sendOp(guard);
}

// A label's own boxes.

/** Makes the values that a label's state stands for inside the loop: new inputs, constants, virtuals of them. */
export class StateImport {
  readonly leaves: InputArg[] = [];
  readonly #nodes: VirtualNode[] = [];
  readonly #boxes: InputArg[] = [];

  value(node: StateNode): Value {
    if (node instanceof ConstantNode) return node.value;
    if (node instanceof VirtualNode) return this.#virtual(node);
    const box = new InputArg(node.kind);
    this.leaves.push(box);
    if (node instanceof IntNode) box.info = new IntInfo(node.bound);
    else if (node instanceof RefNode) box.info = infoOfNode(node);
    return box;
  }

  #virtual(node: VirtualNode): Value {
    const known = this.#nodes.indexOf(node);
    if (known >= 0) return this.#boxes[known];
    const box = new InputArg(ops.KIND_REF);
    const contents: (Value | null)[] = [];
    this.#nodes.push(node);
    this.#boxes.push(box);
    const struct = node.struct;
    const array = node.array;
    if (struct !== null) box.info = new VirtualStruct(struct, contents);
    else if (array !== null && array.kind === ops.KIND_VOID) {
      box.info = new VirtualStructArray(array, node.count, contents);
    } else if (array !== null) box.info = new VirtualArray(array, contents, node.clear);
    for (const child of node.children) contents.push(this.value(child));
    return box;
  }
}

/** Knowledge of a reference from its node. */
export function infoOfNode(node: RefNode): RefInfo {
  const info = new RefInfo();
  info.nonNull = node.nonNull;
  info.classId = node.classId;
  info.atLeast = node.atLeast;
  return info;
}
