/**
 * Heads of functions: linkage, calling convention, argument and function attributes. Everything of ours uses `fastcc`
 * except functions that C calls by name; a function seen from one partition only is internal to it.
 */
import type { ExternalFunction, LowFunction } from "../../rtyper/lltype/memory.ts";
import { type LowType, Ptr } from "../../rtyper/lltype/types.ts";
import type { Module } from "./module.ts";
import { quoted } from "./symbols.ts";
import { cExtension, isVoid, valueType } from "./types.ts";

/** "fastcc " or "" (C). */
export function callingConvention(f: LowFunction): string {
  return f.external !== null || f.attributes.has("c_entry") ? "" : "fastcc ";
}

/** `declare …` or `define …` of a function; `parameters` are the names of a definition. */
export function functionHead(
  module: Module,
  f: LowFunction,
  word: "declare" | "define",
  parameters: readonly string[] | null,
): string {
  const { target } = module.world;
  const isC = callingConvention(f) === "";
  const args = f.type.args.filter((type) => !isVoid(type));
  const list = args.map((type, i) => {
    const attribute = isC ? cExtension(type) : "";
    return `${valueType(type, target)} ${attribute}${parameters === null ? "" : (parameters[i] ?? "")}`.trimEnd();
  });
  const result = `${isC ? cExtension(f.type.result) : ""}${valueType(f.type.result, target)}`;
  const linkage = f.external !== null ? "" : word === "declare" ? "hidden " : module.world.linkage(f);
  const group = module.attributeGroup(
    f.external === null ? functionAttributes(module, f) : externalAttributes(f.external),
  );
  return `${word} ${linkage}${callingConvention(f)}${result} ${quoted(module.world.symbol(f))}(${list.join(", ")}) ${group}`;
}

function functionAttributes(module: Module, f: LowFunction): string {
  const parts = ["nounwind", "uwtable", module.world.target.functionAttributes];
  const has = f.attributes;
  if (has.has("alwaysinline")) parts.push("alwaysinline");
  else if (has.has("noinline") || has.has("cold")) parts.push("noinline");
  if (has.has("cold")) parts.push("cold", "minsize", "optsize");
  if (has.has("never_returns")) parts.push("noreturn");
  return parts.join(" ");
}

/** What may be assumed of a C function. */
export function externalAttributes(external: ExternalFunction): string {
  if (!external.pure) return "nounwind";
  const readsMemory = external.args.some((type) => type instanceof Ptr || isAddress(type));
  return `nounwind willreturn memory(${readsMemory ? "read" : "none"})`;
}

function isAddress(type: LowType): boolean {
  return type.toText() === "Address";
}

/** Declares a C function and returns its symbol as an operand. */
export function externalRef(module: Module, external: ExternalFunction): string {
  const { target } = module.world;
  const args = external.args.filter((type) => !isVoid(type));
  const list = args.map((type) => `${valueType(type, target)} ${cExtension(type)}`.trimEnd()).join(", ");
  const result = `${cExtension(external.result)}${valueType(external.result, target)}`;
  return module.runtimeFunction(external.name, result, list, externalAttributes(external));
}
