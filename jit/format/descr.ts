/**
 * Descriptors: what trace operations and jitcodes say about the program's types and functions besides their operands.
 *
 * The codewriter makes them at translation time, once per field, array type, struct, function signature with effects;
 * two operations touch the same field exactly if their descriptor is the same object. Offsets and sizes are those of
 * the target (llgraph ignores them). `index` numbers fields, arrays and interior fields of a program in one sequence,
 * for the sets of effects.
 */
import type { int } from "../../rlib/types.ts";
import type { Value } from "./values.ts";

/** Base of all descriptors. */
export abstract class Descr {
  /** As written in traces, without sigil: `Box.value`. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A struct or class. */
export class SizeDescr extends Descr {
  /** Bytes of an object with header. */
  readonly size: int;
  /**
   * Class id: what class_of gives, what guard_class compares, what headers hold: natively the type id, on Node the number
   * of the vtable (0 for a struct without class). `Cpu.vtableOf` gives the vtable.
   */
  readonly classId: int;
  /** Instances have a class (new_with_vtable), plain structs do not (new). */
  readonly hasClass: boolean;
  /** Classes are numbered in preorder: those of this one and below are number ... lastNumber. */
  readonly number: int;
  readonly lastNumber: int;
  /** All fields, those of base classes first; set once after construction (fields point back here). */
  fields: FieldDescr[] = [];

  constructor(name: string, size: int, classId: int, hasClass: boolean, number: int, lastNumber: int) {
    super(name);
    this.size = size;
    this.classId = classId;
    this.hasClass = hasClass;
    this.number = number;
    this.lastNumber = lastNumber;
  }
}

/** A field of a struct or class. Inherited fields share the descriptor of the class that declares them. */
export class FieldDescr extends Descr {
  /** The declaring struct. */
  readonly parent: SizeDescr;
  readonly index: int;
  /** KIND_… */
  readonly kind: int;
  /** Bytes from the object's start. */
  readonly offset: int;
  /** Bytes. */
  readonly size: int;
  /** Narrow ints are sign-extended when read. */
  readonly signed: boolean;
  /** Assigned only while its object is made. */
  readonly immutable: boolean;
  /** A hidden field of the object holds what must be invalidated when this one changes; see quasiimmut_field. */
  readonly quasiImmutable: boolean;
  /** Place of the field in `fields` of every struct that has it. */
  readonly slot: int;

  constructor(
    name: string,
    parent: SizeDescr,
    index: int,
    kind: int,
    layout: Layout,
    immutable: boolean,
    quasiImmutable: boolean,
    slot: int,
  ) {
    super(name);
    this.parent = parent;
    this.index = index;
    this.kind = kind;
    this.offset = layout.offset;
    this.size = layout.size;
    this.signed = layout.signed;
    this.immutable = immutable;
    this.quasiImmutable = quasiImmutable;
    this.slot = slot;
  }
}

/** Where something stands in memory and how it is read. */
export class Layout {
  readonly offset: int;
  readonly size: int;
  readonly signed: boolean;

  constructor(offset: int, size: int, signed: boolean) {
    this.offset = offset;
    this.size = size;
    this.signed = signed;
  }
}

/** An array type; also the width of a raw load or store. */
export class ArrayDescr extends Descr {
  readonly index: int;
  /** Class id of the arrays, 0 for raw memory. */
  readonly classId: int;
  /** KIND_… of an item; KIND_VOID when items are structs. */
  readonly kind: int;
  /** Bytes from the array's start to item 0. */
  readonly baseOffset: int;
  /** Bytes per item. */
  readonly itemSize: int;
  /** Bytes from the array's start to the length. */
  readonly lengthOffset: int;
  /** Narrow ints are sign-extended when read. */
  readonly signed: boolean;
  /** Items do not change once another object can see them. */
  readonly immutable: boolean;
  /** Fields of the items if they are structs, by slot; set once after construction. */
  itemFields: InteriorFieldDescr[] = [];

  constructor(
    name: string,
    index: int,
    classId: int,
    kind: int,
    baseOffset: int,
    itemSize: int,
    lengthOffset: int,
    signed: boolean,
    immutable: boolean,
  ) {
    super(name);
    this.index = index;
    this.classId = classId;
    this.kind = kind;
    this.baseOffset = baseOffset;
    this.itemSize = itemSize;
    this.lengthOffset = lengthOffset;
    this.signed = signed;
    this.immutable = immutable;
  }
}

/** A field of the items of an array of structs. */
export class InteriorFieldDescr extends Descr {
  readonly array: ArrayDescr;
  readonly index: int;
  readonly kind: int;
  /** Bytes from the item's start. */
  readonly offset: int;
  readonly size: int;
  readonly signed: boolean;
  /** Place in `itemFields`. */
  readonly slot: int;

  constructor(name: string, array: ArrayDescr, index: int, kind: int, layout: Layout, slot: int) {
    super(name);
    this.array = array;
    this.index = index;
    this.kind = kind;
    this.offset = layout.offset;
    this.size = layout.size;
    this.signed = layout.signed;
    this.slot = slot;
  }
}

/** What a call can do, from mildest to wildest. */
export const EFFECT_ELIDABLE = 0;
/** Same result within one run of a loop. */
export const EFFECT_LOOPINVARIANT = 1;
export const EFFECT_CANNOT_RAISE = 2;
/** Elidable, but may raise (then it is not repeated with equal arguments either: it left the trace). */
export const EFFECT_ELIDABLE_CAN_RAISE = 3;
export const EFFECT_CAN_RAISE = 4;
/** May force virtualizables and virtual refs. */
export const EFFECT_FORCES = 5;
/** Nothing is known. */
export const EFFECT_ANY = 6;

/** What a call reads and writes. */
export class EffectInfo {
  /** EFFECT_… */
  readonly extra: int;
  /** Indices of fields, arrays, interior fields that it may read, sorted; meaningless with EFFECT_ANY or FORCES. */
  readonly reads: readonly int[];
  /** Those that it may write, sorted. */
  readonly writes: readonly int[];
  /** OOPSPEC_…: a call whose meaning the optimizer knows. */
  readonly special: int;
  /** May change a quasi-immutable, and so invalidate this loop. */
  readonly canInvalidate: boolean;
  readonly canCollect: boolean;

  constructor(
    extra: int,
    reads: readonly int[],
    writes: readonly int[],
    special: int,
    canInvalidate: boolean,
    canCollect: boolean,
  ) {
    this.extra = extra;
    this.reads = reads;
    this.writes = writes;
    this.special = special;
    this.canInvalidate = canInvalidate;
    this.canCollect = canCollect;
  }

  get canRaise(): boolean {
    return this.extra >= EFFECT_ELIDABLE_CAN_RAISE;
  }

  get isElidable(): boolean {
    return this.extra === EFFECT_ELIDABLE || this.extra === EFFECT_ELIDABLE_CAN_RAISE;
  }

  get canForce(): boolean {
    return this.extra >= EFFECT_FORCES;
  }

  /** May it write the field, array or interior field of this index? */
  mayWrite(index: int): boolean {
    return this.extra >= EFFECT_FORCES || contains(this.writes, index);
  }

  /** May it read it? */
  mayRead(index: int): boolean {
    return this.extra >= EFFECT_FORCES || contains(this.reads, index);
  }
}

function contains(sorted: readonly int[], index: int): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as int;
    if (at === index) return true;
    if (at < index) low = middle + 1;
    else high = middle;
  }
  return false;
}

/** Calls whose meaning the optimizer knows. Operands after the function address. */
export const SPECIAL_NONE = 0;
/** concat(a, b): a new string. */
export const SPECIAL_STR_CONCAT = 1;
/** slice(s, start, stop) with 0 <= start <= stop <= length. */
export const SPECIAL_STR_SLICE = 2;
/** equal(a, b) of non-null strings: 0 or 1. */
export const SPECIAL_STR_EQUAL = 3;
/** copy(src, dst, srcStart, dstStart, n) of arrays of the same type, as if through a temporary. */
export const SPECIAL_ARRAY_COPY = 4;
/** fromUnit(unit): string of one unit. */
export const SPECIAL_STR_FROM_UNIT = 5;
/** compare(a, b) of non-null strings: negative, 0, positive. */
export const SPECIAL_STR_COMPARE = 6;

/** What a backend keeps about compiled code; backends subclass it. */
export abstract class CompiledCode {}

/** A call's signature and effects. */
export class CallDescr extends Descr {
  /** Letters `irf` of the arguments after the function address. */
  readonly arguments: string;
  /** KIND_… of the result. */
  readonly result: int;
  readonly effect: EffectInfo;
  /** Arrays that a SPECIAL_ARRAY_COPY copies. */
  readonly array: ArrayDescr | null;
  /** The function is called as C functions are; else as the program's own (the same on x86-64). Set once. */
  isC = false;
  /** Bits of an int result that mean something: 1 for a bool, 16 for a char, ...; 0 for the whole word. Set once. */
  resultBits: int = 0;
  /** A narrow result is sign-extended. Set once. */
  resultSigned = false;
  /** What the backend keeps for calls from outside of compiled code. */
  caller: CompiledCode | null = null;

  constructor(name: string, args: string, result: int, effect: EffectInfo, array: ArrayDescr | null) {
    super(name);
    this.arguments = args;
    this.result = result;
    this.effect = effect;
    this.array = array;
  }
}

/** What the optimizer knew at a guard, for the bridge that may be made there; it subclasses it. */
export abstract class GuardKnowledge {}

/** What a guard (or finish) leaves the trace with. The metainterp subclasses it with its resume data. */
export class GuardDescr extends Descr {
  /** What the backend keeps about the exit, and the bridge that was attached to it. */
  exit: CompiledCode | null = null;
  /** A finish with the result of the function that was traced: a call_assembler has it then, nothing else is to be done. */
  returnsResult = false;
  /** Facts about the guard's failArgs. */
  knowledge: GuardKnowledge | null = null;
}

/** What the optimizer keeps about a label for those who jump to it; it subclasses it. */
export abstract class LabelState {}

/** A loop (or function) with its compiled code: entry point and the labels in it. */
export class LoopToken extends Descr {
  /** Labels in the loop, best first. */
  targets: TargetToken[] = [];
  /** Null until compiled. */
  compiled: CompiledCode | null = null;
  /** A quasi-immutable that it relied on changed. */
  invalidated = false;
}

/** A label that can be jumped to. */
export class TargetToken extends Descr {
  readonly loop: LoopToken;
  /** What holds at the label; null for the start of a loop, where nothing does. */
  state: LabelState | null = null;
  /** What the backend keeps about the label; null until compiled. */
  entry: CompiledCode | null = null;

  constructor(name: string, loop: LoopToken) {
    super(name);
    this.loop = loop;
  }
}

/** A store that a guard's exit must do first, because the optimizer had put it off. */
export class PendingStore {
  readonly object: Value;
  /** FieldDescr, or ArrayDescr with an index. */
  readonly descr: Descr;
  readonly index: int;
  readonly value: Value;

  constructor(object: Value, descr: Descr, index: int, value: Value) {
    this.object = object;
    this.descr = descr;
    this.index = index;
    this.value = value;
  }
}
