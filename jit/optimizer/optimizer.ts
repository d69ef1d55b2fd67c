/**
 * The forward pass: takes recorded operations in order, resolves their operands, sends each through the chain of
 * passes; and the state that all passes share: what values have become, what is known of them, what was emitted.
 *
 * A recorded operation is never changed. A working copy with resolved operands goes through the passes; the recorded
 * one is forwarded to it, and it may be forwarded in turn to the value that replaces it. So `resolve` follows
 * forwarding from whatever a snapshot or operand mentions to what stands for it now.
 */
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type { Descr } from "../format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, SAME_AS_I } from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, ONE, Op, sameValue, type Value, ZERO } from "../format/values.ts";
import { BOOL_BOUND, fullBound, IntBound, intersect } from "./bounds.ts";
import { EmitPass } from "./emit.ts";
import { InvalidLoop, type OptimizeEnv, type QuasiDependency, TraceState } from "./environment.ts";
import { GuardsPass } from "./guards.ts";
import { HeapPass } from "./heap.ts";
import { IntInfo, RefInfo, UNKNOWN_CLASS, VirtualInfo } from "./info.ts";
import { IntsPass } from "./ints.ts";
import { materialize } from "./materialize.ts";
import { OVERFLOW_OPEN, type Pass } from "./pass.ts";
import { PurePass } from "./pure.ts";
import { RewritePass } from "./rewrite.ts";
import { activate, ImportedBox, type ShortOp } from "./short.ts";
import { StringsPass } from "./strings.ts";
import { VirtualsPass } from "./virtuals.ts";

export class Optimizer extends TraceState {
  readonly env: OptimizeEnv;
  readonly bits: int;
  /** Operations emitted so far. */
  readonly out: Op[] = [];
  readonly dependencies: QuasiDependency[] = [];
  /** Facts from the iteration before that this segment relies on. */
  readonly needed: ShortOp[] = [];
  readonly emitter: EmitPass;
  readonly heap: HeapPass;
  readonly pure: PurePass;
  readonly ints: IntsPass;
  readonly #first: Pass;
  /** What is known of constant objects. */
  readonly #constants: Map<GcRef, RefInfo> = new Map();
  /** May an exception be pending: did a call that can raise come last? */
  exceptionPossible: boolean = false;
  /** Was the last call removed, so that guards about what it might have forced go too? */
  callRemoved: boolean = false;
  /** OVERFLOW_… of the overflow operation just processed. */
  overflow: int = OVERFLOW_OPEN;
  /** The recorded operation that follows the one being processed. */
  following: Op | null = null;

  constructor(env: OptimizeEnv) {
    super();
    this.env = env;
    this.bits = env.bits;
    this.emitter = new EmitPass(this, null);
    this.heap = new HeapPass(this, this.emitter);
    this.pure = new PurePass(this, this.heap);
    const strings = new StringsPass(this, this.pure);
    const virtuals = new VirtualsPass(this, strings);
    const rewrite = new RewritePass(this, virtuals);
    this.ints = new IntsPass(this, rewrite);
    this.#first = new GuardsPass(this, this.ints);
  }

  /** Processes recorded operations `from` to before `to`. */
  run(ops: readonly Op[], from: int, to: int): void {
    for (let i = from; i < to; i++) {
      this.following = i + 1 < to ? ops[i + 1] : null;
      this.process(ops[i]);
    }
    this.following = null;
  }

  /** Processes one recorded operation. */
  process(op: Op): void {
    const work = op.copyWith(op.opnum, this.resolveAll(op.args));
    work.failArgs = op.failArgs;
    op.forwarded = work;
    this.#first.process(work);
  }

  /** Sends an operation of the optimizer's own, with resolved operands, through all passes; gives its result. */
  send(opnum: int, args: Value[], descr: Descr | null): Value {
    const op = new Op(opnum, args, descr);
    this.sendOp(op);
    return this.resolve(op);
  }

  sendOp(op: Op): void {
    const following = this.following;
    this.following = null;
    this.#first.process(op);
    this.following = following;
  }

  resolve(value: Value): Value {
    let v = value;
    while (v instanceof Box) {
      const next = v.forwarded;
      if (next === null) return v;
      v = next;
    }
    return v;
  }

  resolveAll(values: readonly Value[]): Value[] {
    const resolved: Value[] = [];
    for (const v of values) resolved.push(this.resolve(v));
    return resolved;
  }

  /** The resolved value of a fact that was looked up. */
  use(value: Value): Value {
    if (value instanceof ImportedBox) activate(value, this.needed);
    return this.resolve(value);
  }

  /** From now on `op` is `value`. */
  replace(op: Op, value: Value): void {
    const target = this.resolve(value);
    if (target !== op) op.forwarded = target;
  }

  replaceByInt(op: Op, n: int): void {
    op.forwarded = n === 0 ? ZERO : n === 1 ? ONE : new ConstInt(n);
  }

  replaceByFloat(op: Op, x: float): void {
    op.forwarded = new ConstFloat(x);
  }

  replaceByBool(op: Op, b: boolean): void {
    op.forwarded = b ? ONE : ZERO;
  }

  /** A guard said that the value is this constant. */
  learnConstant(value: Value, constant: Value): void {
    const v = this.resolve(value);
    if (!(v instanceof Box)) {
      if (!sameValue(v, constant)) throw new InvalidLoop("a constant is not another");
      return;
    }
    if (constant instanceof ConstInt && !this.boundOf(v).contains(constant.value)) {
      throw new InvalidLoop("a value is out of its range");
    }
    if (constant instanceof ConstRef) this.#requireFits(v, constant);
    v.forwarded = constant;
  }

  /** A constant that replaces a reference agrees with what is known of it. */
  #requireFits(v: Box, constant: ConstRef): void {
    const info = v.info;
    if (!(info instanceof RefInfo)) return;
    if (info instanceof VirtualInfo) throw new InvalidLoop("a new object is not an old one");
    const ref = constant.value;
    if (ref === null) {
      if (info.nonNull) throw new InvalidLoop("a null that is none");
      return;
    }
    if (info.classId !== UNKNOWN_CLASS && info.classId !== this.env.heap.classOf(ref)) {
      throw new InvalidLoop("an object of two classes");
    }
  }

  // Ints.

  /** Range of a resolved int. */
  boundOf(value: Value): IntBound {
    if (value instanceof ConstInt) return new IntBound(value.value, value.value);
    if (value instanceof Box) {
      const info = value.info;
      if (info instanceof IntInfo) return info.bound;
    }
    return fullBound(this.bits);
  }

  /** What is known of an int box. */
  intInfo(box: Box): IntInfo {
    const info = box.info;
    if (info instanceof IntInfo) return info;
    const made = new IntInfo(fullBound(this.bits));
    box.info = made;
    return made;
  }

  /** The value lies in this range too. An only member left becomes a constant. */
  learnBound(value: Value, bound: IntBound): void {
    if (value instanceof ConstInt) {
      if (!bound.contains(value.value)) throw new InvalidLoop("a constant is out of its range");
      return;
    }
    if (!(value instanceof Box)) return;
    const info = this.intInfo(value);
    const common = intersect(info.bound, bound);
    if (common === null) throw new InvalidLoop("no int is in both ranges");
    info.bound = common;
    if (common.isConstant) value.forwarded = new ConstInt(common.lo);
  }

  learnBool(value: Value): void {
    this.learnBound(value, BOOL_BOUND);
  }

  // References.

  /** What is known of a resolved reference, constant or box; null is no object and has nothing. */
  refInfo(value: Value): RefInfo {
    if (value instanceof Box) {
      const info = value.info;
      if (info instanceof RefInfo) return info;
      const made = new RefInfo();
      value.info = made;
      return made;
    }
    if (value instanceof ConstRef) {
      const ref = value.value;
      if (ref !== null) return this.#constantInfo(ref);
    }
    return new RefInfo();
  }

  #constantInfo(ref: GcRef): RefInfo {
    const known = this.#constants.get(ref);
    if (known !== undefined) return known;
    const made = new RefInfo();
    made.nonNull = true;
    made.classId = this.env.heap.classOf(ref);
    this.#constants.set(ref, made);
    return made;
  }

  virtualOf(value: Value): VirtualInfo | null {
    if (!(value instanceof Box) || value.kind !== KIND_REF) return null;
    const info = value.info;
    return info instanceof VirtualInfo ? info : null;
  }

  isVirtual(value: Value): boolean {
    return this.virtualOf(value) !== null;
  }

  /** The resolved value, allocated if it was virtual. */
  force(value: Value): Value {
    const v = this.resolve(value);
    const virtual = this.virtualOf(v);
    if (virtual === null) return v;
    materialize(this, v as Box, virtual);
    return this.resolve(v);
  }

  isNonNull(value: Value): boolean {
    if (value instanceof ConstRef) return value.value !== null;
    if (!(value instanceof Box)) return false;
    const info = value.info;
    return info instanceof RefInfo && info.nonNull;
  }

  isNull(value: Value): boolean {
    return value instanceof ConstRef && value.value === null;
  }

  learnNonNull(value: Value): void {
    if (this.isNull(value)) throw new InvalidLoop("null is used as an object");
    if (value instanceof Box) this.refInfo(value).nonNull = true;
  }

  /** Exact class of a resolved reference, UNKNOWN_CLASS if not known. */
  classOf(value: Value): int {
    if (value instanceof ConstRef) {
      const ref = value.value;
      return ref === null ? UNKNOWN_CLASS : this.env.heap.classOf(ref);
    }
    if (!(value instanceof Box)) return UNKNOWN_CLASS;
    const info = value.info;
    return info instanceof RefInfo ? info.classId : UNKNOWN_CLASS;
  }

  learnClass(value: Value, classId: int): void {
    const known = this.classOf(value);
    if (known !== UNKNOWN_CLASS && known !== classId) throw new InvalidLoop("an object of two classes");
    this.learnNonNull(value);
    if (value instanceof Box) this.refInfo(value).classId = classId;
  }

  /** Are two resolved references surely not the same object? */
  areDistinct(a: Value, b: Value): boolean {
    if (a instanceof ConstRef && b instanceof ConstRef) return !sameObject(a.value, b.value);
    if (a instanceof ConstInt && b instanceof ConstInt) return a.value !== b.value;
    if (a === b || a.kind !== KIND_REF) return false;
    if (this.isNull(a)) return this.isNonNull(b);
    if (this.isNull(b)) return this.isNonNull(a);
    const classA = this.classOf(a);
    const classB = this.classOf(b);
    if (classA !== UNKNOWN_CLASS && classB !== UNKNOWN_CLASS && classA !== classB) return true;
    if (this.isVirtual(a) || this.isVirtual(b)) return true;
    const freshA = this.isFresh(a);
    const freshB = this.isFresh(b);
    return (freshA && freshB) || (freshA && !(b instanceof Op)) || (freshB && !(a instanceof Op));
  }

  isFresh(value: Value): boolean {
    if (!(value instanceof Box)) return false;
    const info = value.info;
    return info instanceof RefInfo && info.fresh;
  }

  /** A copy of a value under another box, for where boxes must be distinct. */
  copyOf(value: Value): Op {
    const opnum = value.kind === KIND_INT ? SAME_AS_I : value.kind === KIND_FLOAT ? SAME_AS_I + 2 : SAME_AS_I + 1;
    return new Op(opnum, [value], null);
  }
}
