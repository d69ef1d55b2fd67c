// What a program tells the translator about its functions and classes, and how the translator reads it back.
//
// A hint is recorded at import time against the function object, or against a class and the name of a member (`#pop`
// for private ones, which only their name can reach). Run-time hints (`likely`, `keepAlive`) are identities on Node.
// biome-ignore lint/complexity/noBannedTypes: hints are about any function or class object, whatever its signature
type AnyFunction = Function;
/** A class, abstract or not. */
export type AnyClass = abstract new (...args: never[]) => unknown;

/** A hint's name with what it carries (`true` if nothing). */
export type HintMap = ReadonlyMap<string, unknown>;

const functionHints = new WeakMap<object, Map<string, unknown>>();
const memberHints = new WeakMap<object, Map<string, Map<string, unknown>>>();
const freezers = new WeakMap<object, (value: never) => object>();

/** Records a hint about a function; for rlib's own hint functions. */
export function recordFunctionHint(f: AnyFunction, hint: string, value: unknown = true): void {
  const known = functionHints.get(f);
  if (known === undefined) functionHints.set(f, new Map([[hint, value]]));
  else known.set(hint, value);
}

/** Records a hint about a member of a class, `""` for the class itself; for rlib's own hint functions. */
export function recordMemberHint(cls: AnyFunction, member: string, hint: string, value: unknown = true): void {
  let members = memberHints.get(cls);
  if (members === undefined) {
    members = new Map();
    memberHints.set(cls, members);
  }
  const known = members.get(member);
  if (known === undefined) members.set(member, new Map([[hint, value]]));
  else known.set(hint, value);
}

/** Translation: the hints of a function object, null if it has none. */
export function hintsOfFunction(f: AnyFunction): HintMap | null {
  return functionHints.get(f) ?? null;
}

/** Translation: hints of a class by member name (`""`: the class itself), null if it has none. Bases not included. */
export function hintsOfClass(cls: AnyFunction): ReadonlyMap<string, HintMap> | null {
  return memberHints.get(cls) ?? null;
}

/**
 * Import-time work that leaves nothing behind but what it returns, and of that only classes' instances and strings: the
 * places where its objects are made are not recorded, which makes a compiler that runs at import time much quicker.
 */
export function scratch<T>(work: () => T): T {
  const { __rts: recorder } = globalThis as { __rts?: { scratch: number } };
  if (recorder === undefined) return work();
  recorder.scratch++;
  try {
    return work();
  } finally {
    recorder.scratch--;
  }
}

/**
 * For a class whose prebuilt form differs from its form on Node: `freeze` is called with each prebuilt instance and
 * returns the object that goes into the binary instead.
 */
export function freezeWith<T extends object>(cls: abstract new (...args: never[]) => T, freeze: (value: T) => T): void {
  freezers.set(cls, freeze as (value: never) => object);
}

/** Translation: what `freezeWith` recorded for a class. */
export function freezerOf(cls: AnyFunction): ((value: object) => object) | null {
  return (freezers.get(cls) as ((value: object) => object) | undefined) ?? null;
}

/** Copies of a function for different arguments. Import time; both return the function. */
export const specialize = Object.freeze({
  /** One copy for each tuple of argument types. */
  byType<F extends AnyFunction>(f: F): F {
    recordFunctionHint(f, "specializeByType");
    return f;
  },
  /** One copy for each constant passed as `parameter`, and a general one for what is not constant. */
  byValue<F extends AnyFunction>(f: F, parameter: string): F {
    recordFunctionHint(f, "specializeByValue", parameter);
    return f;
  },
});

/** The condition, expected to be true. @intrinsic */
export function likely(condition: boolean): boolean {
  return condition;
}

/** The condition, expected to be false. @intrinsic */
export function unlikely(condition: boolean): boolean {
  return condition;
}

/** Marks a place that is never reached; stops the program where checks are on, undefined otherwise. @intrinsic */
export function unreachable(message: string = "unreachable code was reached"): never {
  throw new Error(message);
}

/** Keeps `o` from being collected, and its finalizer from running, up to this call. @intrinsic */
export function keepAlive(o: object): void {
  void o;
}
