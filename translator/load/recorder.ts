/**
 * What instrumented modules call while they are imported: the record of live functions, classes and literals.
 *
 * The instrumenter (`instrument.ts`) inserts calls of `__rts.module(file)` and, on what that gives, of `fn`, `cls`,
 * `obj` and `at`. They only store; nothing of the program runs. Captured variables are stored as thunks (arrows) that
 * are called after import has ended, so that import cycles and later assignments do no harm.
 *
 * There is one recorder per process, on `globalThis`: test runners evaluate modules of ours more than once, and what
 * was recorded through one copy must be found through another. Imports nothing.
 */

/**
 * A captured variable as instrumented code writes it: `[token, thunk]`. The token is 0 for a variable that is never
 * assigned again, 1 for a variable of the module, 2 for an import, else the object of its scope's activation.
 * A bare 0 is the function's own name.
 */
export type RawCapture = 0 | readonly [token: 0 | 1 | 2 | object, read: () => unknown];
/** All captured variables of a function or class by name, lexical `this` under "this". */
export type RawCaptures = Readonly<Record<string, RawCapture>>;
/** A method or accessor of a class (on the constructor if static) or of a literal, with where it is declared. */
export type RawMember = readonly [key: PropertyKey, kind: "method" | "get" | "set", isStatic: boolean, pos: number];
/** Reads the `#private` data of an object that has it; null for one that has not. */
export type PrivateReader = (o: object) => Record<string, unknown> | null;

export interface FunctionRecord {
  readonly file: string;
  /** Offset of the declaration in the TypeScript file, after comments. */
  readonly pos: number;
  readonly captures: RawCaptures;
  /** For methods and accessors: the class, or the object literal. */
  readonly owner: object | null;
  readonly kind: "function" | "method" | "get" | "set";
  readonly isStatic: boolean;
}

export interface ClassRecord {
  readonly file: string;
  readonly pos: number;
  readonly captures: RawCaptures;
  readonly readPrivate: PrivateReader | null;
  readonly readStaticPrivate: (() => Record<string, unknown>) | null;
}

export interface BoundRecord {
  readonly target: object;
  readonly thisArgument: unknown;
  readonly arguments: readonly unknown[];
}

/** One module's side of the recorder. */
export class ModuleRecorder {
  readonly recorder: Recorder;
  readonly file: string;
  /** The first live function of each declaration, by offset. */
  readonly firstFunctions = new Map<number, object>();

  constructor(recorder: Recorder, file: string) {
    this.recorder = recorder;
    this.file = file;
  }

  /** Records a function; restores the name that wrapping the expression made it lose. */
  fn<F extends object>(f: F, pos: number, captures: RawCaptures, name: string | null = null): F {
    const { file } = this;
    this.recorder.functions.set(f, { file, pos, captures, owner: null, kind: "function", isStatic: false });
    if (!this.firstFunctions.has(pos)) this.firstFunctions.set(pos, f);
    if (name !== null) Object.defineProperty(f, "name", { value: name, configurable: true });
    return f;
  }

  /** Records a class with its methods. */
  cls(
    c: object,
    pos: number,
    captures: RawCaptures,
    members: readonly RawMember[],
    readPrivate: PrivateReader | null,
    readStaticPrivate: (() => Record<string, unknown>) | null,
  ): void {
    const { file } = this;
    this.recorder.classes.set(c, { file, pos, captures, readPrivate, readStaticPrivate });
    const place = `${file}:${pos}`;
    const alike = this.recorder.classesByPlace.get(place);
    if (alike === undefined) this.recorder.classesByPlace.set(place, [c]);
    else alike.push(c);
    const prototype = (c as { prototype: object }).prototype;
    for (const member of members) this.#member(member[2] ? c : prototype, c, member, captures);
  }

  /** Records an object literal with its methods. */
  obj<T extends object>(o: T, pos: number, captures: RawCaptures, members: readonly RawMember[]): T {
    for (const member of members) this.#member(o, o, member, captures);
    return this.at(o, pos);
  }

  /** Records where an object was made. */
  at<T extends object>(o: T, pos: number): T {
    const { recorder } = this;
    if (recorder.scratch === 0 && typeof o === "object" && o !== null && !recorder.places.has(o)) {
      recorder.places.set(o, { file: this.file, pos });
    }
    return o;
  }

  #member(holder: object, owner: object, [key, kind, isStatic, pos]: RawMember, captures: RawCaptures): void {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    const f = kind === "method" ? descriptor?.value : kind === "get" ? descriptor?.get : descriptor?.set;
    if (typeof f !== "function") return;
    this.recorder.functions.set(f, { file: this.file, pos, captures, owner, kind, isStatic });
    if (!this.firstFunctions.has(pos)) this.firstFunctions.set(pos, f);
  }
}

/** All that was recorded in this process. */
export class Recorder {
  readonly functions = new WeakMap<object, FunctionRecord>();
  readonly classes = new WeakMap<object, ClassRecord>();
  /** Live classes by `file:offset` of their declaration; several for a class expression evaluated more than once. */
  readonly classesByPlace = new Map<string, object[]>();
  readonly bound = new WeakMap<object, BoundRecord>();
  readonly places = new WeakMap<object, { readonly file: string; readonly pos: number }>();
  /** Above 0 inside rlib's `scratch`: places are not recorded. */
  scratch = 0;
  /** Instrumented modules in the order in which they were first run. */
  readonly modules = new Map<string, ModuleRecorder>();

  /** The module's side; called by instrumented modules, before and while they run. */
  module(file: string): ModuleRecorder {
    let module = this.modules.get(file);
    if (module === undefined) {
      module = new ModuleRecorder(this, file);
      this.modules.set(file, module);
    }
    return module;
  }
}

function recordBind(recorder: Recorder): void {
  const bind = Function.prototype.bind;
  const recording = {
    bind(this: object, thisArgument: unknown, ...args: unknown[]): object {
      const result = Reflect.apply(bind, this, [thisArgument, ...args]) as object;
      recorder.bound.set(result, { target: this, thisArgument, arguments: args });
      return result;
    },
  };
  Object.defineProperty(Function.prototype, "bind", { value: recording.bind, writable: true, configurable: true });
}

function install(): Recorder {
  const world = globalThis as { __rts?: Recorder };
  if (world.__rts === undefined) {
    const recorder = new Recorder();
    Object.defineProperty(world, "__rts", { value: recorder });
    recordBind(recorder);
  }
  return world.__rts as Recorder;
}

/** The process's recorder; importing this module puts it where instrumented modules find it. */
export const recorder: Recorder = install();
