/**
 * The rtyper's state for one program: reprs by type, functions to lower, classes, prebuilt data, synthesized functions.
 * Lowerings see it as `Typer`.
 *
 * Order of work: all graphs (annotated ones, then helpers as they are asked for), then vtables and their adapters, then
 * the structs get their fields, then prebuilt data is filled, which may ask for further functions; repeated until
 * nothing is left. Structs are defined before data is filled, so no lowering may add a field afterwards.
 */
import {
  BoundMethod,
  type FamilyShape,
  type FunctionDesc,
  type FunctionFamily,
  FunctionSpecialization,
  shapeKey,
  VirtualFamily,
} from "../annotator/functions.ts";
import { SomeInstance, type SomeNothing, type SomeValue } from "../annotator/model.ts";
import type { AnnotationResult, CallTarget, HelperCall } from "../annotator/result.ts";
import { someOfLowType } from "../annotator/scalars.ts";
import { SourcePosition } from "../translator/diagnostics/position.ts";
import { Constant, Operation, type Value, Variable } from "../translator/flow/model.ts";
import { operationsOf } from "../translator/flow/traverse.ts";
import { lowerFunction as lowerGraph } from "./blocks.ts";
import { lowerTarget } from "./calls.ts";
import { ClassTable } from "./classes.ts";
import { FUNCTION_PTR } from "./closures.ts";
import { ConstantPool } from "./constants.ts";
import { explode } from "./explode.ts";
import { codeField, FunctionTable, type LoweredSignature } from "./functions.ts";
import { Hop } from "./hop.ts";
import {
  asReceiver,
  callSpecialization,
  callWithTarget,
  familySignature,
  type Held,
  implementationReceiver,
  virtualCall,
  virtualFamilies,
  virtualSignature,
} from "./invoke.ts";
import type { LowDriver } from "./lltype/jit.ts";
import { type LowFunction, LowStruct } from "./lltype/memory.ts";
import type { LowClass } from "./lltype/program.ts";
import { type LowType, Ptr, ptr, Struct } from "./lltype/types.ts";
import { FUNCTION_REPR } from "./repr/function.ts";
import { type InstanceRepr, instanceRepr } from "./repr/instance.ts";
import { noneRepr } from "./repr/none.ts";
import { NullableRepr } from "./repr/nullable.ts";
import {
  type ConstPlace,
  type FamilySlot,
  type HelperFunction,
  type LoweredHelper,
  type Repr,
  reprs,
  type Typer,
} from "./repr.ts";
import { lowFunction, type Synth, synthesize } from "./synth.ts";

export interface TyperOptions {
  readonly wordBits: 32 | 64;
  readonly lldebug: boolean;
  readonly jit?: boolean;
}

interface FamilyEntry {
  readonly family: FunctionFamily;
  readonly shape: FamilyShape;
  readonly slot: FamilySlot & { readonly candidates: LowFunction[] };
}

export class ProgramTyper implements Typer {
  readonly wordBits: 32 | 64;
  readonly lldebug: boolean;
  readonly jit: boolean;
  readonly drivers = new Map<object, LowDriver>();
  readonly annotation: AnnotationResult;
  readonly classes: ClassTable;
  readonly functions: FunctionTable;
  readonly pool: ConstantPool;
  /** Everything that has a graph, in order of lowering. */
  readonly lowFunctions: LowFunction[] = [];
  readonly #interned = new Map<object | string, Repr>();
  readonly #bySome = new Map<SomeValue, Repr>();
  readonly #lowSomes = new Map<LowType, SomeValue>();
  readonly #nullables = new Map<Repr, NullableRepr>();
  readonly #names = new Map<string, number>();
  readonly #synthesized = new Map<string, LowFunction>();
  readonly #pointers = new Map<LowFunction, Constant>();
  readonly #families = new Map<FamilyShape, FamilyEntry>();
  readonly #adapters = new Map<FunctionDesc | FunctionSpecialization, Map<object, LowFunction>>();
  readonly #virtualSlots = new Map<VirtualFamily, string>();
  readonly #callbacks = new Map<string, LoweredHelper>();
  #errorRepr: InstanceRepr | null = null;
  readonly #position: SourcePosition;
  /** Name of the function that is being lowered. */
  #current = "program";

  constructor(annotation: AnnotationResult, options: TyperOptions) {
    this.annotation = annotation;
    this.wordBits = options.wordBits;
    this.lldebug = options.lldebug;
    this.jit = options.jit ?? false;
    this.classes = new ClassTable(this);
    this.functions = new FunctionTable(this);
    this.pool = new ConstantPool(this);
    const { graph } = annotation.entry;
    this.#position = new SourcePosition(graph.position.file, 0, 0, "(synthesized)");
  }

  get errorRepr(): InstanceRepr {
    this.#errorRepr ??= instanceRepr(this.annotation.classOf(Error), this);
    return this.#errorRepr;
  }

  // ---- reprs

  reprOf(s: SomeValue): Repr {
    let repr = this.#bySome.get(s);
    if (repr === undefined) {
      repr = this.#makeRepr(s);
      this.#bySome.set(s, repr);
    }
    return repr;
  }

  #makeRepr(s: SomeValue): Repr {
    if (s.kind === "nothing") return noneRepr(s as SomeNothing);
    const factory = reprs.find(s.kind);
    if (factory === null) throw new Error(`rtyper: values of type ${s.toText()} have no representation`);
    const repr = factory(s.nonNull(), this);
    return s.canBeNull ? this.nullable(repr) : repr;
  }

  /** The repr of the same values or null. */
  nullable(repr: Repr): Repr {
    const type = repr.lowType;
    if (!("kind" in type) || type.kind === "void") return repr;
    let made = this.#nullables.get(repr);
    if (made === undefined) {
      made = new NullableRepr(repr);
      this.#nullables.set(repr, made);
    }
    return made;
  }

  intern<R extends Repr>(key: object | string, make: () => R): R {
    let repr = this.#interned.get(key);
    if (repr === undefined) {
      repr = make();
      this.#interned.set(key, repr);
    }
    return repr as R;
  }

  someOfLowType(type: LowType): SomeValue {
    let some = this.#lowSomes.get(type);
    if (some === undefined) {
      const desc = type instanceof Ptr && type.to instanceof Struct ? this.classes.descOfStruct(type.to) : null;
      some = desc === null ? someOfLowType(type) : new SomeInstance(desc);
      this.#lowSomes.set(type, some);
    }
    return some;
  }

  functionType(f: HelperFunction): SomeValue {
    return this.annotation.prebuilt(f);
  }

  uniqueName(name: string): string {
    const count = this.#names.get(name) ?? 0;
    this.#names.set(name, count + 1);
    return count === 0 ? name : this.uniqueName(`${name}~${count + 1}`);
  }

  // ---- constants

  constant(repr: Repr, value: unknown, path = `${this.#current} constant`): Constant {
    const origin = typeof value === "object" && value !== null ? this.annotation.pathTo(value) : "";
    return new Constant(repr.convertConst(value, this.placeOf(origin === "" ? path : origin)), repr.lowType);
  }

  placeOf(path: string): ConstPlace {
    return this.pool.place(path);
  }

  functionPointer(f: LowFunction): Constant {
    let constant = this.#pointers.get(f);
    if (constant === undefined) {
      constant = new Constant(f, ptr(f.type));
      this.#pointers.set(f, constant);
    }
    return constant;
  }

  prebuiltInstance(value: object, repr: InstanceRepr, place: ConstPlace): LowStruct {
    const some = this.annotation.prebuilt(value);
    const own = some instanceof SomeInstance ? instanceRepr(some.classDesc, this) : repr;
    return place.prebuilt(
      value,
      own,
      () => new LowStruct(own.struct, 0),
      (made, at) => own.fillPrebuilt(made, (field) => this.annotation.readProperty(value, field.name), at),
    );
  }

  // ---- functions

  targetOf(op: Operation): CallTarget | null {
    return this.annotation.findTarget(op);
  }

  helper(f: HelperFunction, args: readonly SomeValue[]): LoweredHelper {
    const s = this.annotation.annotateHelper(f, args);
    this.#scan(s);
    return this.functions.of(s);
  }

  /** Several helpers that share functions and variables, typed together. */
  helpers(wanted: readonly HelperCall[]): LoweredHelper[] {
    const all = this.annotation.annotateHelpers(wanted);
    for (const s of all) this.#scan(s);
    return all.map((s) => this.functions.of(s));
  }

  synthesized(
    name: string,
    args: readonly (readonly [name: string, type: LowType])[],
    result: LowType,
    build: (s: Synth, ...args: Value[]) => void,
  ): LowFunction {
    let f = this.#synthesized.get(name);
    if (f === undefined) {
      f = this.#build(name, args, result, build);
      this.#synthesized.set(name, f);
    }
    return f;
  }

  /** A new function from a builder; it may call itself through the object that is returned. */
  #build(
    name: string,
    args: readonly (readonly [name: string, type: LowType])[],
    result: LowType,
    build: (s: Synth, ...args: Value[]) => void,
  ): LowFunction {
    const types = args.map(([, type]) => type);
    const f = lowFunction(this.uniqueName(name), types, result, null);
    const signature = { args, result, exception: this.errorRepr.lowType };
    f.graph = synthesize(this, f.name, this.#position, signature, build);
    explode(f.graph, this.#position);
    this.lowFunctions.push(f);
    return f;
  }

  /** Notes virtual calls before the functions that they reach get their signatures. */
  #scanned = new Set<FunctionSpecialization>();
  #scan(s: FunctionSpecialization): void {
    if (this.#scanned.has(s)) return;
    this.#scanned.add(s);
    for (const op of operationsOf(s.graph)) {
      const target = this.targetOf(op);
      if (target === null) continue;
      for (const family of virtualFamilies(target)) this.functions.noteVirtual(family);
    }
  }

  /** Lowers every graph that has been asked for. */
  lowerAll(): void {
    for (const s of this.annotation.specializations) this.#scan(s);
    for (const s of this.annotation.specializations) this.functions.of(s);
    this.#drainFunctions();
  }

  #drainFunctions(): void {
    for (let f = this.functions.next(); f !== null; f = this.functions.next()) {
      this.#scan(f.specialization);
      this.#current = f.lowered.name;
      lowerGraph(this, f);
      this.lowFunctions.push(f.lowered);
    }
  }

  /** Vtables, structs, prebuilt data; lowers what these ask for. */
  finish(): void {
    this.#makeAdapters();
    this.classes.define();
    this.functions.define();
    do {
      this.pool.fillAll();
      this.#makeAdapters();
      this.functions.define();
    } while (this.pool.isPending);
    this.classes.fill();
    this.#fillFunctions();
  }

  /** All classes, records and function objects, bases before what is below them. */
  lowClasses(): LowClass[] {
    return [...this.classes.lowClasses(), ...this.functions.lowClasses()];
  }

  // ---- families of functions

  familySlot(family: FunctionFamily, shape: FamilyShape): FamilySlot {
    let entry = this.#families.get(shape);
    if (entry === undefined) {
      const signature = familySignature(shape, this);
      const vtable = this.functions.vtableOf(family);
      vtable.shapes.set(shapeKey(shape.shape), { shape, signature });
      entry = { family: family.find(), shape, slot: { signature, vtable: vtable.struct, candidates: [] } };
      this.#families.set(shape, entry);
    }
    return entry.slot;
  }

  /** Code for every member of every family that is called through objects. */
  #makeAdapters(): void {
    let before = -1;
    while (before !== this.#adapterCount()) {
      before = this.#adapterCount();
      for (const entry of [...this.#families.values()]) {
        for (const desc of entry.shape.members.keys()) this.#adapter(desc, entry);
      }
      this.#drainFunctions();
    }
  }

  #adapterCount(): number {
    let count = this.#families.size;
    for (const made of this.#adapters.values()) count += made.size;
    return count;
  }

  /** What a function object's code pointer refers to: unpacks the object and calls the function. */
  #adapter(desc: FunctionDesc, entry: FamilyEntry): LowFunction {
    return this.#adapted(desc, entry.shape, () => {
      const { signature, candidates } = entry.slot;
      const args = signature.args.map((repr, i) => [`a${i}`, repr.lowType] as const);
      const name = `${this.functions.layoutOf(desc).struct.name} code`;
      const f = this.#build(name, [["self", FUNCTION_PTR], ...args], signature.result.lowType, (s, self, ...values) => {
        const held = values.map((value, i) => ({ value, repr: signature.args[i] as Repr }));
        const made = this.#callMember(s, desc, entry.shape, self as Value, held);
        s.return(s.convert(made.value, made.repr, signature.result));
      });
      candidates.push(f);
      return f;
    });
  }

  #adapted(key: FunctionDesc | FunctionSpecialization, forWhat: object, make: () => LowFunction): LowFunction {
    let byUse = this.#adapters.get(key);
    if (byUse === undefined) {
      byUse = new Map();
      this.#adapters.set(key, byUse);
    }
    let made = byUse.get(forWhat);
    if (made === undefined) {
      made = make();
      byUse.set(forWhat, made);
    }
    return made;
  }

  #callMember(s: Synth, desc: FunctionDesc, shape: FamilyShape, self: Value, args: readonly Held[]): Held {
    const member = shape.members.get(desc);
    const passed = (k: number, repr: Repr): Value => s.convert((args[k] as Held).value, (args[k] as Held).repr, repr);
    if (member instanceof FunctionSpecialization) {
      const environment = desc instanceof BoundMethod || "captures" in desc ? desc : null;
      return callSpecialization(s, member, environment, asReceiver({ value: self, repr: FUNCTION_REPR }, s), passed);
    }
    if (member instanceof VirtualFamily) {
      const [receiver] = this.functions.layoutOf(desc).unpack(self, s) as [Held];
      return virtualCall(s, member, implementationReceiver(receiver, member), asReceiver(receiver, s), passed);
    }
    const somes = shape.params.map((p) => p.type);
    return this.#callBuiltin(s, desc.name, somes, shape.result.type, args);
  }

  /** A builtin as a member of a family or as a callback: its lowering, on the parameters. */
  #callBuiltin(s: Synth, name: string, somes: readonly SomeValue[], result: SomeValue, args: readonly Held[]): Held {
    const op = new Operation(
      "call",
      args.map((a) => a.value),
      new Variable(),
      s.position,
    );
    const operands = { opname: name, args: args.map((a) => a.value), somes, reprs: args.map((a) => a.repr), result };
    const hop = new Hop(this, op, operands, s.operations);
    const value = lowerTarget(hop, {
      kind: "builtin",
      name,
      operands: args.map((_, i) => i),
      spread: null,
      callbacks: new Map(),
    });
    return { value: value ?? s.void(null), repr: this.reprOf(result) };
  }

  #fillFunctions(): void {
    for (const layout of this.functions.layouts) {
      const code = new Map<string, LowFunction>();
      for (const { family, shape } of this.#families.values()) {
        if (layout.desc.family?.find() !== family || !shape.members.has(layout.desc)) continue;
        const f = this.#adapters.get(layout.desc)?.get(shape);
        if (f !== undefined) code.set(codeField(shapeKey(shape.shape)), f);
      }
      layout.fill(code);
    }
  }

  // ---- virtual methods

  virtualSlot(family: VirtualFamily): string {
    let name = this.#virtualSlots.get(family);
    if (name === undefined) {
      const signature = virtualSignature(family, this);
      const slot = this.classes.slotOf(family, (stem) => ({
        field: { name: stem, type: ptr(signature.type), immutable: true },
        codeOf: (desc) => {
          const s = family.implementation(desc);
          return s === null ? null : this.slotCode(family, s);
        },
      }));
      name = slot.field.name;
      this.#virtualSlots.set(family, name);
    }
    return name;
  }

  slotCode(family: VirtualFamily, s: FunctionSpecialization): LowFunction {
    const { lowered } = this.functions.of(s);
    const signature = virtualSignature(family, this);
    if (lowered.type === signature.type && this.functions.fitsSlot(s, family)) return lowered;
    return this.#adapted(s, family, () => this.#slotAdapter(family, s, signature));
  }

  #slotAdapter(family: VirtualFamily, s: FunctionSpecialization, signature: LoweredSignature): LowFunction {
    const owner = instanceRepr(family.owner, this);
    const args = signature.args.map((repr, i) => [`a${i}`, repr.lowType] as const);
    const name = `${this.functions.of(s).lowered.name} slot`;
    return this.#build(name, [["self", owner.lowType], ...args], signature.result.lowType, (b, self, ...values) => {
      const receiver = asReceiver({ value: self as Value, repr: owner }, b);
      const made = callSpecialization(b, s, null, receiver, (k, repr) =>
        b.convert(values[k] as Value, signature.args[k] as Repr, repr),
      );
      b.return(b.convert(made.value, made.repr, signature.result));
    });
  }

  // ---- callbacks of builtins

  callback(target: CallTarget, functionRepr: Repr, args: readonly Repr[], result: Repr | null): LoweredHelper {
    const key = `${targetKey(target)} ${args.map((r) => this.#keyOf(r)).join(",")} ${result === null ? "" : this.#keyOf(result)}`;
    let made = this.#callbacks.get(key);
    if (made === undefined) {
      made = this.#makeCallback(target, functionRepr, args, result);
      this.#callbacks.set(key, made);
    }
    return made;
  }

  readonly #keys = new Map<object, number>();
  #keyOf(o: object): number {
    let key = this.#keys.get(o);
    if (key === undefined) {
      key = this.#keys.size;
      this.#keys.set(o, key);
    }
    return key;
  }

  #makeCallback(target: CallTarget, functionRepr: Repr, args: readonly Repr[], wanted: Repr | null): LoweredHelper {
    const names = args.map((repr, i) => [`a${i}`, repr.lowType] as const);
    let resultRepr = wanted;
    // The callee's result repr is known once the call has been emitted: a first build finds it.
    if (resultRepr === null) {
      synthesize(
        this,
        "probe",
        this.#position,
        { args: [["self", functionRepr.lowType], ...names], result: functionRepr.lowType, exception: FUNCTION_PTR },
        (s, self, ...values) => {
          resultRepr = this.#callCallback(
            s,
            target,
            { value: self as Value, repr: functionRepr },
            heldOf(values, args),
          ).repr;
          s.unreachable();
        },
      );
    }
    const to = resultRepr as unknown as Repr;
    const f = this.#build(
      `${targetName(target)} callback`,
      [["self", functionRepr.lowType], ...names],
      to.lowType,
      (s, self, ...values) => {
        const made = this.#callCallback(s, target, { value: self as Value, repr: functionRepr }, heldOf(values, args));
        s.return(s.convert(made.value, made.repr, to));
      },
    );
    return { lowered: f, argReprs: [functionRepr, ...args], resultRepr: to };
  }

  #callCallback(s: Synth, target: CallTarget, f: Held, args: readonly Held[]): Held {
    if (target.kind !== "builtin" || target.asCallback === undefined) return callWithTarget(s, target, f, args);
    const { args: somes, result } = target.asCallback;
    const passed = somes.map((some, i) => this.#argumentOf(s, this.reprOf(some), args[i] as Held));
    return this.#callBuiltin(s, target.name, somes, result, passed);
  }

  #argumentOf(s: Synth, repr: Repr, held: Held): Held {
    return { value: s.convert(held.value, held.repr, repr), repr };
  }
}

function heldOf(values: readonly Value[], reprsOf: readonly Repr[]): Held[] {
  return values.map((value, i) => ({ value, repr: reprsOf[i] as Repr }));
}

function targetName(target: CallTarget): string {
  if (target.kind === "direct") return target.specialization.name;
  if (target.kind === "virtual") return target.family.method;
  return target.kind === "builtin" ? target.name : target.kind;
}

const targetKeys = new WeakMap<object, number>();
let nextTargetKey = 1;

/** Targets that call the same function in the same way have equal keys. */
function targetKey(target: CallTarget): string {
  const about = target.kind === "direct" ? target.specialization : target;
  let key = targetKeys.get(about);
  if (key === undefined) {
    key = nextTargetKey++;
    targetKeys.set(about, key);
  }
  return `${target.kind} ${key}`;
}
