/**
 * The Node loader hook (`module.register`): reads TypeScript files itself, forces ESM, emits them through the
 * instrumenter or from the cache. Runs in Node's loader thread; chains behind nothing.
 *
 * bin/start.mjs bundles this file, with the instrumenter as a part that is loaded when the cache misses, and passes
 * the toolchain's folder, for after bundling `import.meta.url` says nothing.
 */
import { readFileSync } from "node:fs";
import type { InitializeHook, LoadHook, ResolveHook } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { EmitCache } from "./cache.ts";
import { configOf, findFile, findImport, type LoadPurpose, modeOf } from "./files.ts";
import type { EmitOptions } from "./instrument.ts";

/** What bin/start.mjs tells the hook. */
export interface HookData {
  readonly root: string;
  readonly purpose: LoadPurpose;
  /** Changes with the sources of the instrumenter. */
  readonly version: string;
}

const state: { root: string; purpose: LoadPurpose; cache: EmitCache | null } = {
  root: "",
  purpose: "fast",
  cache: null,
};

export const initialize: InitializeHook<HookData> = (data) => {
  state.root = data.root;
  state.purpose = data.purpose;
  state.cache = new EmitCache(join(data.root, ".cache/load"), data.version);
};

function findTarget(specifier: string, parent: string | undefined): string | null {
  if (specifier.startsWith("file:")) return findFile(fileURLToPath(specifier));
  if (parent === undefined || !parent.startsWith("file:"))
    return specifier.startsWith("/") ? findFile(specifier) : null;
  return findImport(specifier, fileURLToPath(parent), state.root);
}

export const resolve: ResolveHook = (specifier, context, next) => {
  const file = findTarget(specifier, context.parentURL);
  if (file === null || !/\.[cm]?ts$/.test(file)) return next(specifier, context);
  return { url: pathToFileURL(file).href, format: "module", shortCircuit: true };
};

/** The JavaScript of a TypeScript file. */
export async function emit(file: string): Promise<string> {
  const text = readFileSync(file, "utf8");
  const mode = modeOf(file, state.root, state.purpose);
  const options: EmitOptions = configOf(file)?.options ?? {};
  const cache = state.cache as EmitCache;
  const key = cache.key(text, file, mode, options);
  const known = cache.find(key);
  if (known !== null) return known;
  const { instrument } = await import("./instrument.ts");
  const code = instrument(text, file, mode, options);
  cache.store(key, code);
  return code;
}

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith("file:") || !/\.[cm]?ts$/.test(url)) return next(url, context);
  return { format: "module", source: await emit(fileURLToPath(url)), shortCircuit: true };
};
