/**
 * Live values and where they come from: the question side of the recorder.
 *
 * Ask only after import has ended. Every answer is null for values that no instrumented module made (functions of
 * Node or of plain JavaScript). Nothing here runs code of the program, except that reading a captured variable reads
 * that variable.
 */
import { type RawCaptures, recorder } from "./recorder.ts";

/** A captured variable of a live function or class. */
export class Capture {
  readonly name: string;
  /**
   * Identity of the variable if it may be assigned after its initialisation: closures with the same token and name
   * share it. Null: assigned once, a constant.
   */
  readonly token: object | null;
  /**
   * An imported name. Its `token` is null, yet it may stand for a `let` that its own module assigns: resolve the alias
   * to its declaration, then use `moduleToken` of that file with the variable's name there.
   */
  readonly imported: boolean;
  readonly #read: () => unknown;

  constructor(name: string, token: object | null, imported: boolean, read: () => unknown) {
    this.name = name;
    this.token = token;
    this.imported = imported;
    this.#read = read;
  }

  /** The value now. Throws ReferenceError if the variable was never initialised. */
  read(): unknown {
    return this.#read();
  }
}

/** Where a live function is declared and what it captured. */
export interface FunctionInfo {
  readonly file: string;
  /** Offset of the declaration (`node.getStart()`). */
  readonly pos: number;
  /** Variables of enclosing scopes used in the function or in functions inside it; globals are not among them. */
  readonly captures: ReadonlyMap<string, Capture>;
  /** For an arrow function that uses `this`: what it is. */
  readonly thisCapture: Capture | null;
  readonly kind: "function" | "method" | "get" | "set";
  /** For methods and accessors: the class, or the object literal whose method it is. */
  readonly owner: object | null;
  readonly isStatic: boolean;
}

/** Where a live class is declared and what it captured. Methods have the class's captures. */
export interface ClassInfo {
  readonly file: string;
  readonly pos: number;
  readonly captures: ReadonlyMap<string, Capture>;
  /** The values of the `#private` fields that this very class declares, by name with `#`; null if `o` has none. */
  readPrivate(o: object): Record<string, unknown> | null;
  /** The same for static private fields. */
  readStaticPrivate(): Record<string, unknown>;
}

/** A function made by `.bind`. */
export interface BoundInfo {
  readonly target: object;
  readonly thisArgument: unknown;
  readonly arguments: readonly unknown[];
}

/** The place of a literal or `new`. */
export interface Place {
  readonly file: string;
  readonly pos: number;
}

const functionInfos = new WeakMap<object, FunctionInfo>();
const classInfos = new WeakMap<object, ClassInfo>();
const moduleTokens = new Map<string, object>();
const none: ReadonlyMap<string, Capture> = new Map();

/** The identity of a module's variables: the `token` of its captured `let`s. */
export function moduleToken(file: string): object {
  let token = moduleTokens.get(file);
  if (token === undefined) {
    token = Object.freeze({ module: file });
    moduleTokens.set(file, token);
  }
  return token;
}

function captureMap(raw: RawCaptures, file: string, self: object): ReadonlyMap<string, Capture> {
  const names = Object.keys(raw);
  if (names.length === 0) return none;
  const map = new Map<string, Capture>();
  for (const name of names) {
    const capture = raw[name];
    if (capture === undefined) continue;
    if (capture === 0) {
      map.set(name, new Capture(name, null, false, () => self));
      continue;
    }
    const [token, read] = capture;
    const identity = typeof token === "object" ? token : token === 1 ? moduleToken(file) : null;
    map.set(name, new Capture(name, identity, token === 2, read));
  }
  return map;
}

/** What is known of a live function, null if it has no TypeScript declaration. Classes: see `classInfo`. */
export function functionInfo(f: unknown): FunctionInfo | null {
  if (typeof f !== "function") return null;
  const known = functionInfos.get(f);
  if (known !== undefined) return known;
  const record = recorder.functions.get(f);
  if (record === undefined) return null;
  const { file, pos, owner, kind, isStatic } = record;
  const captures = captureMap(record.captures, file, f);
  const thisCapture = kind === "function" ? (captures.get("this") ?? null) : null;
  const info = { file, pos, captures, thisCapture, kind, owner, isStatic };
  functionInfos.set(f, info);
  return info;
}

/** What is known of a live class, null if it has no TypeScript declaration. */
export function classInfo(c: unknown): ClassInfo | null {
  if (typeof c !== "function") return null;
  const known = classInfos.get(c);
  if (known !== undefined) return known;
  const record = recorder.classes.get(c);
  if (record === undefined) return null;
  const info: ClassInfo = {
    file: record.file,
    pos: record.pos,
    captures: captureMap(record.captures, record.file, c),
    readPrivate: (o) => record.readPrivate?.(o) ?? null,
    readStaticPrivate: () => record.readStaticPrivate?.() ?? {},
  };
  classInfos.set(c, info);
  return info;
}

/** The live classes that a declaration made, by file and offset (`node.getStart()`). */
export function classesAt(file: string, pos: number): readonly object[] {
  return recorder.classesByPlace.get(`${file}:${pos}`) ?? [];
}

/** Target, `this` and arguments of a function made by `.bind`; null for others. */
export function boundInfo(f: unknown): BoundInfo | null {
  return typeof f === "function" ? (recorder.bound.get(f) ?? null) : null;
}

/** One live function of each declaration that was evaluated, in the order of evaluation. */
export function* liveFunctions(): Generator<object> {
  for (const module of recorder.modules.values()) yield* module.firstFunctions.values();
}

/** Where a live object was made, if by a literal or a `new` in an instrumented module. */
export function allocationPlace(o: object): Place | null {
  return recorder.places.get(o) ?? null;
}

/** Instrumented modules, in the order in which they first ran. */
export function loadedFiles(): string[] {
  return [...recorder.modules.keys()];
}

/** A property of a live object. */
export type LiveProperty =
  | { readonly kind: "data"; readonly value: unknown }
  | { readonly kind: "accessor"; readonly get: object | null; readonly set: object | null };

/**
 * The own properties of a live object (instance, literal, class), `#private` data included; getters do not run.
 * Symbols are left out. For functions and classes `length`, `name` and `prototype` are left out.
 */
export function ownProperties(o: object): Map<string, LiveProperty> {
  const result = new Map<string, LiveProperty>();
  const isFunction = typeof o === "function";
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(o))) {
    if (isFunction && (name === "length" || name === "name" || name === "prototype")) continue;
    if ("value" in descriptor) result.set(name, { kind: "data", value: descriptor.value });
    else result.set(name, { kind: "accessor", get: descriptor.get ?? null, set: descriptor.set ?? null });
  }
  for (const [name, value] of Object.entries(privateData(o))) result.set(name, { kind: "data", value });
  return result;
}

/** `#private` data of an object from all classes of its chain; of a class, its static ones. */
function privateData(o: object): Record<string, unknown> {
  if (typeof o === "function") return classInfo(o)?.readStaticPrivate() ?? {};
  const all: Record<string, unknown> = {};
  for (let p: object | null = Object.getPrototypeOf(o); p !== null; p = Object.getPrototypeOf(p)) {
    const cls: unknown = Object.getOwnPropertyDescriptor(p, "constructor")?.value;
    Object.assign(all, classInfo(cls)?.readPrivate(o) ?? {});
  }
  return all;
}
