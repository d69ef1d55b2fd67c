/**
 * Which file a specifier means, and how a file is loaded: shared by the Node hook and the Vite plugin.
 *
 * Knows folders, not syntax: it must load in a millisecond. TypeScript files are ours; everything else is left to
 * Node. Specifiers end in `.ts`, in `.js` that stands for `.ts`, or in nothing; `rtypescript/…` is the toolchain that
 * runs, wherever the importing file is; `paths` of the nearest tsconfig are followed.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** What a program is loaded for. */
export type LoadPurpose = "translate" | "run" | "fast";

/** Folders (and files) of the toolchain whose code is RTypeScript: translated together with the program. */
const runtimeFolders = [
  "rlib",
  "rtyper/runtime",
  "gc/collectors",
  "gc/typetable.ts",
  "goal",
  "bench",
  "tests",
  "jit/format",
];
const jitFolders = [
  "jit/metainterp",
  "jit/optimizer",
  "jit/runtime",
  "jit/backend/cpu.ts",
  "jit/backend/watchers.ts",
  "jit/backend/x86",
];

/** Is this file of the toolchain at `root` RTypeScript (or outside the toolchain, a user's program)? */
export function isRuntimeFile(file: string, root: string): boolean {
  if (!file.startsWith(root + sep)) return true;
  const inside = file.slice(root.length + 1);
  return (
    inside === "gc/typetable.ts" ||
    [...runtimeFolders, ...jitFolders].some((folder) => inside === folder || inside.startsWith(`${folder}/`))
  );
}

/** How a TypeScript file is instrumented. rlib is tested by itself and not checked again in every run. */
export function modeOf(file: string, root: string, purpose: LoadPurpose): "record" | "check" | "strip" {
  if (purpose === "fast" || !isRuntimeFile(file, root)) return "strip";
  if (purpose === "translate") return "record";
  return file.startsWith(join(root, "rlib") + sep) ? "strip" : "check";
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The file that a path without certain ending means; null if there is none. */
export function findFile(path: string): string | null {
  if (/\.[cm]?ts$/.test(path)) return isFile(path) ? path : null;
  if (/\.[cm]?js$/.test(path)) {
    if (isFile(path)) return path;
    const standsFor = path.replace(/js$/, "ts");
    return isFile(standsFor) ? standsFor : null;
  }
  for (const candidate of [path, `${path}.ts`, join(path, "index.ts")]) if (isFile(candidate)) return candidate;
  return null;
}

/** The file of a `rtypescript/…` specifier; null for others. */
export function findToolchainFile(specifier: string, root: string): string | null {
  if (!specifier.startsWith("rtypescript/")) return null;
  const name = specifier.slice("rtypescript/".length);
  if (name === "lowlevel") return join(root, "rlib/lowlevel.ts");
  return findFile(join(root, name));
}

/** The part of a tsconfig that counts. */
export interface Config {
  readonly folder: string;
  readonly options: {
    readonly verbatimModuleSyntax?: boolean;
    readonly useDefineForClassFields?: boolean;
    readonly experimentalDecorators?: boolean;
    readonly baseUrl?: string;
    readonly paths?: Record<string, string[]>;
  };
}

const configs = new Map<string, Config | null>();

/** The nearest tsconfig.json above a file, with what it extends. */
export function configOf(file: string): Config | null {
  const folder = dirname(file);
  let config = configs.get(folder);
  if (config === undefined) {
    const path = join(folder, "tsconfig.json");
    config = existsSync(path) ? readConfig(path) : folder === dirname(folder) ? null : configOf(folder);
    configs.set(folder, config);
  }
  return config;
}

function readConfig(path: string): Config {
  const folder = dirname(path);
  try {
    const json = parseJsonWithComments(readFileSync(path, "utf8")) as {
      extends?: string;
      compilerOptions?: Config["options"];
    };
    const base =
      typeof json.extends === "string" && json.extends.startsWith(".") ? resolve(folder, json.extends) : null;
    const inherited = base === null ? {} : readConfig(base.endsWith(".json") ? base : `${base}.json`).options;
    return { folder, options: { ...inherited, ...json.compilerOptions } };
  } catch {
    return { folder, options: {} };
  }
}

function parseJsonWithComments(text: string): unknown {
  const plain = text.replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, s) => s ?? "");
  return JSON.parse(plain.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, s) => s ?? ""));
}

/** A file through `paths` of the importing file's tsconfig; null if none matches. */
function findByPaths(specifier: string, importer: string): string | null {
  const config = configOf(importer);
  if (config === null || config.options.paths === undefined) return null;
  const base = resolve(config.folder, config.options.baseUrl ?? ".");
  for (const [pattern, targets] of Object.entries(config.options.paths)) {
    const [before, after] = pattern.split("*") as [string, string | undefined];
    const matches =
      after === undefined ? specifier === pattern : specifier.startsWith(before) && specifier.endsWith(after);
    if (!matches) continue;
    const star = after === undefined ? "" : specifier.slice(before.length, specifier.length - after.length);
    for (const target of targets) {
      const found = findFile(resolve(base, target.replace("*", star)));
      if (found !== null) return found;
    }
  }
  return null;
}

/** The file that `specifier` means in `importer`; null where Node's own rules decide. */
export function findImport(specifier: string, importer: string, root: string): string | null {
  const toolchain = findToolchainFile(specifier, root);
  if (toolchain !== null) return toolchain;
  if (importer.includes(`${sep}node_modules${sep}`)) return null;
  if (specifier.startsWith("./") || specifier.startsWith("../") || specifier === "." || specifier === "..") {
    return findFile(resolve(dirname(importer), specifier));
  }
  if (specifier.startsWith("/")) return findFile(specifier);
  return specifier.startsWith("node:") ? null : findByPaths(specifier, importer);
}
