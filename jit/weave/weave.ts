/**
 * The pipeline's stage `jit`: from a low-level program with hints, to one with a JIT in it.
 *
 * The run-time part (`jit/runtime/entry.ts` with all below it) is translated with the program as functions that the
 * rtyper was asked for; it sees the program only through `Cpu` and the static table. This stage splits the portals,
 * forks the graphs into jitcodes, writes the table, and weaves the portals. It must run before any optimization.
 */
import type { Layout } from "../../rtyper/lltype/layout.ts";
import { LowAddress, LowArrayObject, type LowFunction } from "../../rtyper/lltype/memory.ts";
import { graphOf, type LowProgram } from "../../rtyper/lltype/program.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import { Address, type LowType, ptrTo, rawArray, Signed } from "../../rtyper/lltype/types.ts";
import type { Value, Variable } from "../../translator/flow/model.ts";
import { Codewriter } from "../codewriter/codewriter.ts";
import { type Portal, splitPortals } from "../codewriter/portal.ts";
import type { GraphPasses } from "../codewriter/prepare.ts";
import { listingText } from "../codewriter/text.ts";
import { TABLE_SYMBOL } from "../format/serial.ts";
import {
  BUFFER_STEP,
  BUFFER_SYMBOL,
  canEnter,
  changed,
  enter,
  force,
  functionEntry,
  MARK_SYMBOL,
  setParam,
} from "../runtime/entry.ts";
import { bindSymbols, type JitEntries, removeHints, weavePortal } from "./graphs.ts";
import { ObjectGuards, ownVariables } from "./objects.ts";
import { writeTable } from "./table.ts";

/** The functions of the JIT that the rtyper must translate, with the types of their arguments. */
export const JIT_REQUESTS: readonly {
  readonly name: keyof JitEntries;
  readonly request: { readonly f: (...args: never[]) => unknown; readonly args: readonly LowType[] };
}[] = [
  { name: "enter", request: { f: enter, args: [Signed] } },
  { name: "canEnter", request: { f: canEnter, args: [Signed] } },
  { name: "functionEntry", request: { f: functionEntry, args: [Signed] } },
  { name: "changed", request: { f: changed, args: [Address] } },
  { name: "force", request: { f: force, args: [Address] } },
  { name: "setParam", request: { f: setParam, args: [ptrTo.string, Signed] } },
];

export interface WeaveOptions {
  readonly program: LowProgram;
  /** The requested functions, in the order of `JIT_REQUESTS`. */
  readonly requested: readonly LowFunction[];
  readonly layout: Layout;
  readonly passes: GraphPasses;
}

export interface WeaveReport {
  readonly portals: readonly Portal[];
  readonly jitcodes: number;
  readonly descrs: number;
  readonly codewriter: Codewriter;
}

export function weave(options: WeaveOptions): WeaveReport {
  const { program, layout, passes } = options;
  const roots = [program.entry, ...program.systemErrors.values(), ...program.requested];
  if (program.printUncaught !== null) roots.push(program.printUncaught);
  const before = findReachable(roots).functions;
  const portals = splitPortals(before, (graph) => {
    passes.removeAllocations(graph);
    passes.removeDeadCode(graph);
  });
  const codewriter = new Codewriter(program, portals, { wordBits: program.wordBits, layout, passes });
  codewriter.run();
  const entries = entriesOf(options.requested);
  const mark = rawWords("jit mark", 1);
  const buffer = rawWords("jit buffer", bufferWords(portals, program.wordBits));
  const items = BigInt(layout.array(mark.type).itemsOffset);
  const data = {
    entries,
    buffer: new LowAddress(buffer, items),
    mark: new LowAddress(mark, items),
    driverOf: (portal: Portal) => portals.indexOf(portal),
    portalOfDriver: (driver: unknown) => portals.find((p) => p.driver === driver) ?? null,
  };
  const symbols = new Map([
    [TABLE_SYMBOL, writeTable(codewriter)],
    [BUFFER_SYMBOL, data.buffer],
    [MARK_SYMBOL, data.mark],
  ]);
  const guards = new ObjectGuards(entries.changed, entries.force, graphOf(program.entry).position);
  const own = new Map(portals.map((portal) => [portal.portal, ownVirtualizable(portal)]));
  for (const portal of portals) weavePortal(portal, data);
  for (const f of findReachable([...roots, ...codewriter.helpers.all]).functions) {
    if (f.graph === null) continue;
    removeHints(f.graph, data);
    guards.guard(f.graph, own.get(f));
    bindSymbols(f.graph, symbols);
  }
  const { length } = codewriter.assembled;
  return { portals, jitcodes: length, descrs: codewriter.descrs.all.length, codewriter };
}

/** Variables of a portal that hold its own virtualizable. */
function ownVirtualizable({ portal, driver, virtualizable }: Portal): ReadonlySet<Value> {
  if (virtualizable < 0) return new Set();
  const graph = graphOf(portal);
  return ownVariables(graph, graph.startBlock.inputargs[driver.greens.length + virtualizable] as Variable);
}

function entriesOf(requested: readonly LowFunction[]): JitEntries {
  const found = {} as Record<keyof JitEntries, LowFunction>;
  for (const [i, { name }] of JIT_REQUESTS.entries()) found[name] = requested[i] as LowFunction;
  for (const f of Object.values(found)) f.attributes.add("noinline");
  return found;
}

function rawWords(name: string, words: number): LowArrayObject {
  const data = new LowArrayObject(rawArray(Signed), words);
  data.name = name;
  return data;
}

/** Room for the greens and reds of the largest portal. */
function bufferWords(portals: readonly Portal[], wordBits: number): number {
  const most = Math.max(1, ...portals.map((p) => p.portal.type.args.length));
  return (most * BUFFER_STEP * 8) / wordBits;
}

/** All jitcodes as text, for `--dump=jitcode`. */
export function textOfJitcodes(report: WeaveReport): string {
  return report.codewriter.assembled.map(({ listing }) => listingText(listing)).join("\n");
}
