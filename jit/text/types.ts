/**
 * Descriptors declared in text, for traces in text. One declaration a line, words before their use:
 *
 *     class Box: value i, next p, tag i readonly, map p quasi     a class
 *     class Pair extends Box: other p                             with inherited fields
 *     struct Cell: item i8                                        a struct without class; 1-byte signed field
 *     array ints: i                                               items; `p readonly`, `u2`
 *     array entries: {key p, value i}                             items that are structs
 *     call @f(i p) -> i: elidable                                 effects: see EFFECT_WORDS; `reads .Box.value`,
 *                                                                 `writes $ints`, `invalidates`, `special slice`
 *
 * Field types: `i` word, `i1 i2 i4` signed and `u1 u2 u4` unsigned narrow ints, `p` reference, `f` float. Objects get a
 * header of two words (gc header and type); layout is as declared, without sorting.
 */
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  EFFECT_ANY,
  EFFECT_CAN_RAISE,
  EFFECT_CANNOT_RAISE,
  EFFECT_ELIDABLE,
  EFFECT_ELIDABLE_CAN_RAISE,
  EFFECT_FORCES,
  EFFECT_LOOPINVARIANT,
  EffectInfo,
  FieldDescr,
  GuardDescr,
  InteriorFieldDescr,
  Layout,
  LoopToken,
  SizeDescr,
  SPECIAL_ARRAY_COPY,
  SPECIAL_NONE,
  SPECIAL_STR_COMPARE,
  SPECIAL_STR_CONCAT,
  SPECIAL_STR_EQUAL,
  SPECIAL_STR_FROM_UNIT,
  SPECIAL_STR_SLICE,
  TargetToken,
} from "../format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";

const EFFECT_WORDS: Record<string, number> = {
  elidable: EFFECT_ELIDABLE,
  elidable_raises: EFFECT_ELIDABLE_CAN_RAISE,
  loopinvariant: EFFECT_LOOPINVARIANT,
  quiet: EFFECT_CANNOT_RAISE,
  raises: EFFECT_CAN_RAISE,
  forces: EFFECT_FORCES,
  any: EFFECT_ANY,
};

const SPECIAL_WORDS: Record<string, number> = {
  concat: SPECIAL_STR_CONCAT,
  slice: SPECIAL_STR_SLICE,
  equal: SPECIAL_STR_EQUAL,
  compare: SPECIAL_STR_COMPARE,
  fromunit: SPECIAL_STR_FROM_UNIT,
  arraycopy: SPECIAL_ARRAY_COPY,
};

/** Descriptors by name, and the objects that a text mentions. */
export class TraceTypes {
  readonly wordBytes: number;
  readonly structs = new Map<string, SizeDescr>();
  readonly arrays = new Map<string, ArrayDescr>();
  readonly fields = new Map<string, FieldDescr>();
  readonly interiors = new Map<string, InteriorFieldDescr>();
  readonly calls = new Map<string, CallDescr>();
  readonly targets = new Map<string, TargetToken>();
  readonly guards = new Map<string, GuardDescr>();
  readonly #parents = new Map<string, string>();
  #indices = 0;
  #classIds = 0;

  constructor(wordBytes = 8) {
    this.wordBytes = wordBytes;
  }

  /** Declares all lines of a text; empty lines and comments after `;` are skipped. */
  declare(text: string): this {
    const lines = text.split("\n").map((line) => line.replace(/;.*/, "").trim());
    for (const line of lines) if (line !== "") this.#declareLine(line);
    this.#numberClasses();
    return this;
  }

  /** The token of that name; made at its first mention. */
  target(name: string): TargetToken {
    let found = this.targets.get(name);
    if (found === undefined) {
      found = new TargetToken(name, new LoopToken(name));
      this.targets.set(name, found);
    }
    return found;
  }

  /** The guard descriptor of that name; made at its first mention. */
  guard(name: string): GuardDescr {
    let found = this.guards.get(name);
    if (found === undefined) {
      found = new GuardDescr(name);
      this.guards.set(name, found);
    }
    return found;
  }

  /** The struct with that class id. */
  structOfClass(id: number): SizeDescr | undefined {
    return [...this.structs.values()].find((s) => s.classId === id);
  }

  #declareLine(line: string): void {
    const struct = /^(class|struct) (\w+)(?: extends (\w+))?:(.*)$/.exec(line);
    const array = /^array (\w+):(.*)$/.exec(line);
    const call = /^call @?(\w+)\(([ipf ]*)\) -> ([ipfn]): *(.*)$/.exec(line);
    if (struct !== null) this.#declareStruct(struct[1] === "class", struct[2]!, struct[3], struct[4]!);
    else if (array !== null) this.#declareArray(array[1]!, array[2]!.trim());
    else if (call !== null) this.#declareCall(call[1]!, call[2]!, call[3]!, call[4]!);
    else throw new Error(`cannot read the declaration "${line}"`);
  }

  #declareStruct(hasClass: boolean, name: string, base: string | undefined, fields: string): void {
    const inherited = base === undefined ? [] : required(this.structs, base).fields;
    const declared = fields.split(",").filter((f) => f.trim() !== "");
    const parts = declared.map((f) => f.trim().split(/ +/));
    let offset = inherited.reduce((end, f) => Math.max(end, f.offset + f.size), 2 * this.wordBytes);
    const layouts = parts.map(([, type]) => {
      const { size, signed } = this.#scalar(type!);
      offset = Math.ceil(offset / size) * size;
      offset += size;
      return new Layout(offset - size, size, signed);
    });
    const size = Math.ceil(offset / this.wordBytes) * this.wordBytes;
    this.#classIds += 16;
    const made = new SizeDescr(name, size, this.#classIds, hasClass, 0, 0);
    made.fields = [...inherited];
    for (const [i, [field, type, ...words]] of parts.entries()) {
      const kind = this.#scalar(type!).kind;
      const full = `${name}.${field}`;
      const flags = { readonly: words.includes("readonly"), quasi: words.includes("quasi") };
      const slot = made.fields.length;
      const descr = new FieldDescr(full, made, this.#indices++, kind, layouts[i]!, flags.readonly, flags.quasi, slot);
      made.fields.push(descr);
      this.fields.set(full, descr);
    }
    this.structs.set(name, made);
    if (base !== undefined) this.#parents.set(name, base);
  }

  /** Preorder numbers. Descriptors are immutable for the JIT, so a text declares its classes before its traces. */
  #numberClasses(): void {
    let count = 0;
    const visit = (name: string): number => {
      const descr = required(this.structs, name) as { number: number; lastNumber: number };
      descr.number = count++;
      descr.lastNumber = descr.number;
      for (const [child, parent] of this.#parents) if (parent === name) descr.lastNumber = visit(child);
      return descr.lastNumber;
    };
    for (const name of this.structs.keys()) if (!this.#parents.has(name)) visit(name);
  }

  #declareArray(name: string, item: string): void {
    const base = 3 * this.wordBytes;
    const lengthOffset = 2 * this.wordBytes;
    this.#classIds += 16;
    const struct = /^\{(.*)\}$/.exec(item);
    if (struct === null) {
      const [type, ...words] = item.split(/ +/);
      const { size, signed, kind } = this.#scalar(type!);
      const immutable = words.includes("readonly");
      const id = this.#classIds;
      this.arrays.set(
        name,
        new ArrayDescr(name, this.#indices++, id, kind, base, size, lengthOffset, signed, immutable),
      );
      return;
    }
    const parts = struct[1]!.split(",").map((f) => f.trim().split(/ +/));
    const itemSize = parts.length * 8;
    const id = this.#classIds;
    const array = new ArrayDescr(name, this.#indices++, id, KIND_VOID, base, itemSize, lengthOffset, false, false);
    array.itemFields = parts.map(([field, type], slot) => {
      const { size, signed, kind } = this.#scalar(type!);
      const layout = new Layout(slot * 8, size, signed);
      const made = new InteriorFieldDescr(`${name}.${field}`, array, this.#indices++, kind, layout, slot);
      this.interiors.set(made.name, made);
      return made;
    });
    this.arrays.set(name, array);
  }

  #declareCall(name: string, args: string, result: string, effects: string): void {
    const words = effects.split(/[ ,]+/).filter((w) => w !== "");
    const extra = EFFECT_WORDS[words[0] ?? ""];
    if (extra === undefined)
      throw new Error(`call ${name} begins its effects with none of ${Object.keys(EFFECT_WORDS)}`);
    const reads: number[] = [];
    const writes: number[] = [];
    let special = SPECIAL_NONE;
    let array: ArrayDescr | null = null;
    let into = reads;
    for (let i = 1; i < words.length; i++) {
      const word = words[i]!;
      if (word === "reads") into = reads;
      else if (word === "writes") into = writes;
      else if (word === "special") {
        special = SPECIAL_WORDS[words[++i]!]!;
        if (special === SPECIAL_ARRAY_COPY) array = required(this.arrays, words[++i]!.slice(1));
      } else if (word !== "invalidates" && word !== "collects") into.push(this.#indexOf(word));
    }
    const order = (a: number, b: number) => a - b;
    const effect = new EffectInfo(
      extra,
      reads.sort(order),
      writes.sort(order),
      special,
      words.includes("invalidates"),
      words.includes("collects") || extra >= EFFECT_CAN_RAISE,
    );
    const letters = args.replaceAll(" ", "").replaceAll("p", "r");
    this.calls.set(name, new CallDescr(name, letters, KINDS[result]!, effect, array));
  }

  #indexOf(word: string): number {
    if (word.startsWith("$")) return required(this.arrays, word.slice(1)).index;
    const name = word.slice(1);
    const found: (Descr & { index: number }) | undefined = this.fields.get(name) ?? this.interiors.get(name);
    if (found === undefined) throw new Error(`no field ${word}`);
    return found.index;
  }

  #scalar(type: string): { kind: number; size: number; signed: boolean } {
    if (type === "p") return { kind: KIND_REF, size: this.wordBytes, signed: false };
    if (type === "f") return { kind: KIND_FLOAT, size: 8, signed: false };
    const narrow = /^([iu])(\d?)$/.exec(type);
    if (narrow === null) throw new Error(`unknown type "${type}"`);
    const size = narrow[2] === "" ? this.wordBytes : Number(narrow[2]);
    return { kind: KIND_INT, size, signed: narrow[1] === "i" };
  }
}

const KINDS: Record<string, number> = { i: KIND_INT, p: KIND_REF, f: KIND_FLOAT, n: KIND_VOID };

/** The entry of a map; an error that names it when there is none. */
export function required<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`${name} is not declared`);
  return found;
}
