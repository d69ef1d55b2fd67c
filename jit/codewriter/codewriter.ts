/**
 * From a low-level program to jitcodes: the translation-time half of the JIT.
 *
 * Starts from the portals and follows what they call, as the policy says; every function that is followed becomes one
 * jitcode. Works on copies of graphs as the rtyper leaves them; the program itself is not changed (`splitPortals` did
 * that before, to program and copies alike).
 */
import { addressNumber } from "../../rtyper/lltype/addresses.ts";
import type { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { graphOf, type LowProgram } from "../../rtyper/lltype/program.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import type { LowType, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import type { Descr } from "../format/descr.ts";
import { DriverInfo, DriverVariables, type JitCode, JitStore, type VirtualizableInfo } from "../format/jitcode.ts";
import { KIND_LETTERS, KIND_VOID } from "../format/traceops.ts";
import { type Assembled, assemble, LivenessTable } from "./assembler.ts";
import { DescrTable } from "./descrs.ts";
import { CallEffects } from "./effects.ts";
import { flatten } from "./flatten.ts";
import { Helpers } from "./helpers.ts";
import { CodeReference } from "./instruction.ts";
import { kindOf } from "./kinds.ts";
import { computeLiveness } from "./liveness.ts";
import type { World } from "./lower/context.ts";
import { lowerGraphBlocks } from "./lower/index.ts";
import { Policy } from "./policy.ts";
import type { Portal } from "./portal.ts";
import { type GraphPasses, prepareCopy } from "./prepare.ts";
import { allocate } from "./regalloc.ts";
import { virtualizableFields } from "./virtualizable.ts";

export interface CodewriterOptions {
  /** Bits of a word: 53 for Node. */
  readonly wordBits: number;
  readonly layout: Layout;
  readonly passes: GraphPasses;
}

export class Codewriter {
  readonly program: LowProgram;
  readonly portals: readonly Portal[];
  readonly descrs: DescrTable;
  readonly helpers = new Helpers();
  readonly effects: CallEffects;
  readonly policy: Policy;
  readonly liveness = new LivenessTable();
  readonly assembled: Assembled[] = [];
  readonly drivers: DriverInfo[] = [];
  readonly #options: CodewriterOptions;
  readonly #world: World;
  readonly #references = new Map<LowFunction, CodeReference>();
  readonly #queue: LowFunction[] = [];
  readonly #indirect = new Set<LowFunction>();

  constructor(program: LowProgram, portals: readonly Portal[], options: CodewriterOptions) {
    this.program = program;
    this.portals = portals;
    this.#options = options;
    this.descrs = new DescrTable(options.wordBits, options.layout, program.classes);
    const { functions } = findReachable([...program.functions, ...portals.map((p) => p.portal)]);
    this.effects = new CallEffects(functions, this.descrs);
    const byFunction = new Map(portals.map((p) => [p.portal, p]));
    this.policy = new Policy(options.wordBits, byFunction.keys());
    const equalStrings = [...functions].find((f) => /^rtyper\/runtime\/hash\.ts#equalStrings(['~]|$)/.test(f.name));
    this.#world = {
      wordBits: options.wordBits,
      descrs: this.descrs,
      effects: this.effects,
      policy: this.policy,
      helpers: this.helpers,
      portalOf: (f) => byFunction.get(f) ?? null,
      driverIndex: (portal) => portals.indexOf(portal),
      portalOfDriver: (driver) => portals.find((p) => p.driver === driver) ?? null,
      codeOf: (f) => this.#codeOf(f),
      noteIndirect: (candidates) => this.#noteIndirect(candidates),
      equalStrings: equalStrings ?? null,
    };
  }

  /** Makes all jitcodes and drivers; gives the store that holds them. */
  run(): LiveStore {
    for (const portal of this.portals) this.#codeOf(portal.portal);
    this.#drain();
    for (const [index, portal] of this.portals.entries()) this.drivers.push(this.#driver(portal, index));
    return new LiveStore(this);
  }

  /** Makes the jitcode of one function and of what it calls, whatever the policy says of it; for tests. */
  addFunction(f: LowFunction): JitCode {
    const { index } = this.#codeOf(f);
    this.#drain();
    return (this.assembled[index] as Assembled).jitcode;
  }

  /** Functions that calls through pointers reach and that have jitcodes. */
  get indirectTargets(): ReadonlySet<LowFunction> {
    return this.#indirect;
  }

  /** Number of a function's jitcode, -1 if it has none. */
  indexOf(f: LowFunction): number {
    return this.#references.get(f)?.index ?? -1;
  }

  #codeOf(f: LowFunction): CodeReference {
    let reference = this.#references.get(f);
    if (reference === undefined) {
      reference = new CodeReference(this.#references.size, f.name);
      this.#references.set(f, reference);
      this.#queue.push(f);
    }
    return reference;
  }

  #noteIndirect(candidates: readonly LowFunction[]): void {
    for (const f of candidates) {
      this.#indirect.add(f);
      this.#codeOf(f);
    }
  }

  #drain(): void {
    for (let f = this.#queue.shift(); f !== undefined; f = this.#queue.shift()) {
      this.assembled[this.indexOf(f)] = this.#write(f);
    }
  }

  #write(f: LowFunction): Assembled {
    const { wordBits, passes } = this.#options;
    const graph = prepareCopy(graphOf(f), passes);
    const lowered = lowerGraphBlocks(this.#world, f, graph);
    const allocation = allocate(graph, lowered, wordBits);
    const listing = flatten({ f, graph, lowered, allocation, wordBits });
    computeLiveness(listing);
    const portal = this.portals.findIndex((p) => p.portal === f);
    const facts = {
      index: this.indexOf(f),
      args: this.#letters(f.type.args),
      result: kindOf(f.type.result, wordBits),
      address: f,
      callDescr: this.descrs.call(f.name, f.type.args, f.type.result, this.effects.of([f]), null),
      portalOf: portal,
    };
    return assemble(listing, facts, this.descrs, this.liveness);
  }

  #letters(types: readonly LowType[]): string {
    return types
      .map((type) => kindOf(type, this.#options.wordBits))
      .filter((kind) => kind !== KIND_VOID)
      .map((kind) => KIND_LETTERS[kind])
      .join("");
  }

  #driver(portal: Portal, index: number): DriverInfo {
    const { driver } = portal;
    const f = portal.portal;
    const greens = driver.greens.length;
    const variables = new DriverVariables(
      this.#letters(f.type.args.slice(0, greens)),
      this.#letters(f.type.args.slice(greens)),
      driver.greens,
      portal.redNames,
    );
    return new DriverInfo(
      index,
      driver.name,
      this.indexOf(f),
      variables,
      portal.virtualizable,
      portal.virtualizable < 0 ? null : this.#virtualizable(f.type.args[greens + portal.virtualizable] as Ptr),
      kindOf(f.type.result, this.#options.wordBits),
      addressNumber(f),
      this.descrs.call(f.name, f.type.args, f.type.result, this.effects.of([f]), null),
      driver.location === null ? 0 : addressNumber(driver.location),
      driver.canInline === null ? 0 : addressNumber(driver.canInline),
    );
  }

  #virtualizable(type: Ptr): VirtualizableInfo {
    return virtualizableFields(type.to as Struct, this.descrs);
  }
}

/** The store on Node: everything is there. */
export class LiveStore extends JitStore {
  readonly liveness: Uint16Array;
  readonly drivers: readonly DriverInfo[];
  readonly #codewriter: Codewriter;
  readonly #byAddress = new Map<number, number>();

  constructor(codewriter: Codewriter) {
    super();
    this.#codewriter = codewriter;
    this.liveness = Uint16Array.from(codewriter.liveness.units);
    this.drivers = codewriter.drivers;
    for (const f of codewriter.indirectTargets) this.#byAddress.set(addressNumber(f), codewriter.indexOf(f));
  }

  jitcode(index: number): JitCode {
    const found = this.#codewriter.assembled[index];
    if (found === undefined) throw new Error(`there is no jitcode ${index}`);
    return found.jitcode;
  }

  descr(index: number): Descr {
    const found = this.#codewriter.descrs.all[index];
    if (found === undefined) throw new Error(`there is no descriptor ${index}`);
    return found;
  }

  jitcodeAt(address: number): number {
    return this.#byAddress.get(address) ?? -1;
  }
}
