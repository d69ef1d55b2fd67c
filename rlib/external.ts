// C functions: described at import time, called like any function at run time.
//
// The value returned is the `node` function under a new identity, so the program runs on Node; the translator knows
// it by `externalInfo` and emits a C call. RawBuffer is memory that the collector neither moves nor frees.
import { newPinnedBytes } from "./heap.ts";
import { buffer, type Kind, nothing } from "./types.ts";

/** The TypeScript parameters that go with a tuple of kinds. */
type Arguments<K extends readonly Kind<unknown>[]> = {
  -readonly [I in keyof K]: K[I] extends Kind<infer T> ? T : never;
};

/** How an external function is linked, and what may be assumed of it. */
export interface ExternalOptions<F> {
  /** Library to link with (`"m"`); left out for libc and the run-time support itself. */
  readonly library?: string;
  /** Name of the header whose declaration this is; only for messages. */
  readonly header?: string;
  /** What Node calls instead. */
  readonly node?: F;
  /** Same arguments, same result, no effect. */
  readonly elidable?: boolean;
  /** May run RTypeScript code or block: other tasks may run meanwhile. */
  readonly releasesLock?: boolean;
}

/** Everything about one external function. */
export interface ExternalInfo {
  readonly name: string;
  readonly arguments: readonly Kind<unknown>[];
  readonly result: Kind<unknown>;
  readonly library: string | null;
  readonly elidable: boolean;
  readonly releasesLock: boolean;
}

const infos = new WeakMap<object, ExternalInfo>();

/** Declares the C function `name`. Import time. */
export function external<const K extends readonly Kind<unknown>[], R>(
  name: string,
  args: K,
  result: Kind<R>,
  options: ExternalOptions<(...args: Arguments<K>) => R> = {},
): (...args: Arguments<K>) => R {
  const node = options.node;
  const call = (...values: Arguments<K>): R => {
    if (node === undefined) throw new Error(`external function ${name} has no equivalent on Node`);
    return node(...values);
  };
  Object.defineProperty(call, "name", { value: name });
  infos.set(call, {
    name,
    arguments: args,
    result,
    library: options.library ?? null,
    elidable: options.elidable ?? false,
    releasesLock: options.releasesLock ?? false,
  });
  return call;
}

/** Translation: the description of an external function, null for any other value. */
export function externalInfo(f: unknown): ExternalInfo | null {
  return (typeof f === "function" && infos.get(f)) || null;
}

const stillUsed = external("rts_keep", [buffer], nothing, { node: () => {} });

/** Fixed memory to hand to C: never moved, freed with the object. */
export class RawBuffer {
  /** The bytes; the array itself may be passed to an external function. */
  readonly bytes: Uint8Array;
  constructor(size: number) {
    this.bytes = newPinnedBytes(size);
  }
  /** Keeps the memory up to this call, for C that remembers the address. */
  keep(): void {
    stillUsed(this.bytes);
  }
}
