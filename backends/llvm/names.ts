/**
 * Symbols of functions and prebuilt objects, by origin and never by a global counter, so that a change in one file
 * leaves the text of other partitions alone. An object without a name of its own is called after the first place it
 * was reached from; a string after its content.
 */
import { createHash } from "node:crypto";
import { type LowContainer, LowFunction, LowStruct } from "../../rtyper/lltype/memory.ts";
import { STRING } from "../../rtyper/lltype/types.ts";
import type { References } from "./references.ts";
import { symbolOf } from "./symbols.ts";

/** Gives every function and object of the program its symbol. */
export function nameAll(references: References): Map<LowContainer, string> {
  const names = new Map<LowContainer, string>();
  const taken = new Set<string>();
  const give = (container: LowContainer, name: string): void => {
    let symbol = symbolOf(name);
    for (let n = 2; taken.has(symbol); n++) symbol = symbolOf(`${name}~${n}`);
    taken.add(symbol);
    names.set(container, symbol);
  };
  for (const f of references.functions) {
    if (f.external !== null) names.set(f, f.external.name);
    else if (f.attributes.has("c_entry")) names.set(f, f.name);
    else give(f, f.name);
  }
  for (const object of references.objects) give(object, originName(object, references, names));
  return names;
}

function originName(object: LowContainer, references: References, names: Map<LowContainer, string>): string {
  if (object instanceof LowFunction) return object.name;
  if (object.name !== null) return object.name;
  if (object instanceof LowStruct && object.type === STRING) return `str.${contentHash(object)}`;
  const origin = references.origins.get(object);
  if (origin === undefined) throw new Error("an object without origin");
  // Objects are named in order of discovery, so the parent has its symbol already.
  const parent = origin.parent === null ? "" : (names.get(origin.parent) ?? "");
  const name = `${parent}${origin.path}` || `prebuilt ${object.type.toText()}`;
  return name.length <= 200 ? name : `${name.slice(0, 100)}..${digest(name)}`;
}

function contentHash(text: LowStruct): string {
  return digest((text.items ?? []).join(","));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 20);
}
