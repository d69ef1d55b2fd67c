/** Names of structs, functions and prebuilt data by their origin: `file#declaration`, stable between runs. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Node } from "ts-morph";

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
