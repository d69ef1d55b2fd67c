/** Names of structs, functions and prebuilt data by their origin: `file#declaration`, stable between runs. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Node } from "ts-morph";
import type { FieldDesc } from "../annotator/classes.ts";

const toolchainRoot = fileURLToPath(new URL("..", import.meta.url));

/** A file as names show it: relative to the toolchain, or to the current folder for files outside it. */
export function fileName(path: string): string {
  if (path === "") return "";
  if (path.startsWith(toolchainRoot)) return path.slice(toolchainRoot.length);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path.replace(/^\/+/, "") : fromHere;
}

/** `file#name` of a declaration; just the name for what has no source. */
export function originName(node: Node | null, name: string): string {
  return node === null ? name : `${fileName(node.getSourceFile().getFilePath())}#${name}`;
}

/** The struct's name for a field: a base's private field of the same name is another field. */
export function storageName(field: FieldDesc): string {
  if (!field.name.startsWith("#")) return field.name;
  let same = 0;
  for (const c of field.owner.chain()) if (c !== field.owner.find() && c.fields.has(field.name)) same++;
  return same === 0 ? field.name : `${field.name}~${same}`;
}
