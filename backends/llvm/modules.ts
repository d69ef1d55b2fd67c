/** A transformed program as named module texts: one per partition, one for types, one for the hooks of C. */
import type { LowContainer, LowFunction } from "../../rtyper/lltype/memory.ts";
import { graphOf } from "../../rtyper/lltype/program.ts";
import { absoluteSymbols, defineObject, defineTypeTable } from "./data.ts";
import { FunctionWriter } from "./function.ts";
import { defineProgramHooks } from "./link.ts";
import { defineMachineCodeFacts } from "./machinecode.ts";
import { Module } from "./module.ts";
import type { World } from "./world.ts";

export interface ModuleText {
  readonly name: string;
  readonly text: string;
  readonly extension: "ll" | "s";
  /** Data needs no optimization, which saves clang's time. */
  readonly isCode: boolean;
}

/** Writes all modules, in an order that does not matter. */
export function* writeModules(world: World): Generator<ModuleText> {
  for (const [name, functions] of groupBy(world.functionPartitions)) yield codeModule(world, name, functions);
  for (const [name, objects] of groupBy(world.objectPartitions)) yield dataModule(world, name, objects);
  const types = new Module(world, "types", "");
  defineTypeTable(types);
  yield { name: "types", text: types.toText(), extension: "ll", isCode: false };
  yield { name: "numbers", text: absoluteSymbols(world.types.entries), extension: "s", isCode: false };
  const hooks = new Module(world, "hooks", "");
  defineProgramHooks(hooks);
  definePrebuiltTable(hooks);
  defineMachineCodeFacts(hooks);
  yield { name: "hooks", text: hooks.toText(), extension: "ll", isCode: false };
}

function groupBy<T>(partitions: ReadonlyMap<T, string>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [member, name] of partitions) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [member]);
    else group.push(member);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function codeModule(world: World, name: string, functions: readonly LowFunction[]): ModuleText {
  // By symbol, so that the text does not depend on the order of discovery.
  const sorted = [...functions].sort((a, b) => (world.symbol(a) < world.symbol(b) ? -1 : 1));
  const file = sorted.length === 0 ? "" : graphOf(sorted[0] as LowFunction).position.file;
  const module = new Module(world, name, file);
  for (const f of sorted) new FunctionWriter(module, f).write();
  return { name, text: module.toText(), extension: "ll", isCode: true };
}

function dataModule(world: World, name: string, objects: readonly LowContainer[]): ModuleText {
  const module = new Module(world, name, "");
  const sorted = [...objects].sort((a, b) => (world.symbol(a) < world.symbol(b) ? -1 : 1));
  for (const object of sorted) defineObject(module, object);
  return { name, text: module.toText(), extension: "ll", isCode: false };
}

/** The prebuilt objects that hold GC pointers, as roots for collectors. */
function definePrebuiltTable(module: Module): void {
  const { world, word } = module;
  const holders: string[] = [];
  for (const object of world.objectPartitions.keys()) {
    if (world.holdsGcPointers(object)) holders.push(`ptr ${module.dataRef(object)}`);
  }
  const list = holders.length === 0 ? "zeroinitializer" : `[${holders.join(", ")}]`;
  module.define("rts_prebuilt", `@rts_prebuilt = hidden constant [${holders.length} x ptr] ${list}, align 8`);
  module.define("rts_prebuilt_count", `@rts_prebuilt_count = hidden constant ${word} ${holders.length}, align 8`);
}
