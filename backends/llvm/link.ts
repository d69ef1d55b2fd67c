/**
 * The link module: what C's start-up code calls, generated for the program (entry, collector's setup, printer of
 * uncaught exceptions), and the one place that knows which C sources and libraries a binary consists of.
 */
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { LIMIT_PARAMETER } from "../../rtyper/lltype/transformed.ts";
import { Address, type LowType, Ptr, Signed } from "../../rtyper/lltype/types.ts";
import { callingConvention } from "./attributes.ts";
import type { Module } from "./module.ts";
import { isVoid, valueType } from "./types.ts";

/** Writes the functions that `runtime/start.c` calls. */
export function defineProgramHooks(module: Module): void {
  const { world, word } = module;
  const group = module.attributeGroup(`nounwind uwtable ${world.target.functionAttributes}`);
  const define = (head: string, body: readonly string[]): void => {
    module.define(null, [`define ${head} ${group} {`, ...body.map((line) => `  ${line}`), "}", ""].join("\n"));
  };
  const entry = world.entry;
  const result = valueType(entry.type.result, world.target);
  const args = entryArguments(entry, word);
  const call = `call ${callingConvention(entry)}${result} ${module.functionRef(entry)}(${args})`;
  define(
    `${word} @rts_program_entry(${word} %argc, ptr %argv)`,
    result === "void" ? [call, `ret ${word} 0`] : [`%code = ${call}`, ...widen(result, word)],
  );
  const setup = world.gc.collector?.setup ?? null;
  define("void @rts_program_setup()", [...(setup === null ? [] : [plainCall(module, setup, "")]), "ret void"]);
  define("void @rts_program_uncaught(ptr %exception)", [...uncaught(module), "ret void"]);
}

function plainCall(module: Module, f: LowFunction, args: string): string {
  return `call ${callingConvention(f)}${valueType(f.type.result, module.world.target)} ${module.functionRef(f)}(${args})`;
}

/** The entry takes nothing, or argc and argv as C has them. */
function entryArguments(entry: LowFunction, word: string): string {
  const types: LowType[] = entry.type.args.filter((type) => !isVoid(type));
  if (types.length === 0) return "";
  if (types.length === 2 && types[0] === Signed && types[1] === Address) return `${word} %argc, ptr %argv`;
  throw new Error(`the entry ${entry.name} must take (Signed, Address), not ${entry.type.toText()}`);
}

function widen(result: string, word: string): string[] {
  if (result === word) return [`ret ${word} %code`];
  if (!result.startsWith("i")) throw new Error(`the entry's result cannot be ${result}`);
  const opcode = Number(result.slice(1)) > Number(word.slice(1)) ? "trunc" : "sext";
  return [`%wide = ${opcode} ${result} %code to ${word}`, `ret ${word} %wide`];
}

function uncaught(module: Module): string[] {
  const printer = module.world.printUncaught;
  if (printer === null) {
    const put = module.runtimeFunction("rts_put", "void", "ptr");
    const trace = module.runtimeFunction("rts_print_trace", "void", "");
    return [`call void ${put}(ptr ${module.cString("uncaught exception\n")})`, `call void ${trace}()`];
  }
  const [arg] = printer.type.args;
  if (!(arg instanceof Ptr)) throw new Error(`${printer.name} must take the exception`);
  return [...liftLimit(module), plainCall(module, printer, "ptr %exception")];
}

/** Printing needs memory, of which the program may have none left: the heap's limit goes. */
function liftLimit(module: Module): string[] {
  const { word, world } = module;
  const args = `${word} ${LIMIT_PARAMETER}, ${word} 0`;
  const { collector } = world.gc;
  if (collector === null) {
    const set = module.runtimeFunction("rts_gc_set_param", "void", `${word}, ${word}`);
    return [`call void ${set}(${args})`];
  }
  const set = collector.entries.get("set_param");
  return set === undefined ? [] : [plainCall(module, set, args)];
}
