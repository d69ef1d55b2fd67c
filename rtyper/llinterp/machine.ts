/** The state of the simulated machine: the Vm struct's part that graphs see, word size, output, and how calls are made. */
import type { LowFunction, LowStruct, LowValue } from "../lltype/memory.ts";
import type { Struct } from "../lltype/types.ts";
import type { Heap } from "./heap.ts";

/** A program's exception on its way through Node's stack. */
export class RaisedException extends Error {
  readonly value: LowStruct;

  constructor(value: LowStruct) {
    super("an exception of the simulated program");
    this.value = value;
  }
}

/** A check failed: the program stops with this message, as the binary does. */
export class FatalStop extends Error {}

/** `process.exit` of the program. */
export class ExitStop extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export interface MachineOptions {
  /** 32, 53 (Node seen as a machine) or 64. */
  readonly wordBits: number;
  /** Calls nested deeper than this raise the StackOverflowError given. */
  readonly depthLimit?: number;
  readonly stackOverflowError?: LowStruct | null;
  /** For graphs after the gc transform. */
  readonly heap?: Heap | null;
}

export class Machine {
  readonly wordBits: number;
  readonly depthLimit: number;
  /** Calls that are running. */
  depth = 0;
  /** `vm.exception`: set by exc_set and by raising external code after the exception transform. */
  exception: LowStruct | null = null;
  /** `vm.flag`. */
  flag = 0n;
  /** Set by the interpreter that runs on this machine. */
  call: (f: LowFunction, args: readonly LowValue[]) => LowValue;
  readonly heap: Heap | null;
  readonly #stackOverflowError: LowStruct | null;
  readonly #classes = new Map<object, Struct>();
  readonly #hashes = new WeakMap<object, bigint>();
  #nextHash = 1n;

  constructor(options: MachineOptions) {
    this.wordBits = options.wordBits;
    this.depthLimit = options.depthLimit ?? 2000;
    this.heap = options.heap ?? null;
    this.#stackOverflowError = options.stackOverflowError ?? null;
    this.call = () => {
      throw new Error("the machine has no interpreter");
    };
  }

  /** Makes classes known to `malloc_of_class`. */
  registerClasses(structs: Iterable<Struct>): void {
    for (const struct of structs) if (struct.vtable !== null) this.#classes.set(struct.vtable as object, struct);
  }

  classOfVtable(vtable: object): Struct {
    const struct = this.#classes.get(vtable);
    if (struct === undefined) throw new Error("a vtable of no registered class");
    return struct;
  }

  /** `stack_check` of transformed graphs: leaves the error in the Vm struct. */
  checkStack(): void {
    if (this.heap !== null && this.depth > this.depthLimit) this.exception = this.#stackOverflowError;
  }

  stackOverflow(): never {
    if (this.#stackOverflowError === null) throw new FatalStop("stack overflow");
    throw new RaisedException(this.#stackOverflowError);
  }

  /** The moving heap that transformed graphs need. */
  requireHeap(): Heap {
    if (this.heap === null) throw new Error("graphs after the gc transform run on a machine with a heap");
    return this.heap;
  }

  /** Takes the exception left by transformed code. */
  fetchException(): LowStruct {
    const value = this.exception;
    if (value === null) throw new Error("exc_fetch without an exception in flight");
    this.exception = null;
    return value;
  }

  identityHash(object: object): bigint {
    let hash = this.#hashes.get(object);
    if (hash === undefined) {
      // Prebuilt keys of maps have a number from the start, by which their maps were filled.
      const given = "identityHash" in object ? (object.identityHash as number) : 0;
      hash = given === 0 ? this.#nextHash++ : BigInt(given);
      this.#hashes.set(object, hash);
    }
    return hash;
  }
}
