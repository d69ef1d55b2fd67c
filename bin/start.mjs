// Starts a part of the toolchain: node bin/start.mjs translate ARGUMENTS… | run [--fast] ARGUMENTS… | tool FILE ARGUMENTS…
// A tool is a TypeScript file of the toolchain that exports `main(args)`, which returns the exit status.
//
// Only registers the loader hook and then imports the rest, so that every RTypeScript module is loaded through it. The
// hook itself is TypeScript, which Node 20 cannot load: it is bundled into .cache once per version of its sources.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { register } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const load = join(root, "translator/load");
const sources = ["hook", "files", "cache", "instrument", "scopes", "edits", "checks"].map((n) => join(load, `${n}.ts`));

function versionOf(files) {
  const hash = createHash("sha1");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** The bundled hook; what earlier versions left is removed. */
async function bundledHook(version) {
  const folder = join(root, ".cache/boot", version);
  const hook = join(folder, "hook.js");
  if (existsSync(hook)) return hook;
  const { build } = await import("esbuild");
  const temporary = `${folder}.${process.pid}`;
  await build({
    entryPoints: [join(load, "hook.ts")],
    outdir: temporary,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  rmSync(join(root, ".cache/load"), { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  try {
    renameSync(temporary, folder);
  } catch (e) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(hook)) throw e;
  }
  return hook;
}

/** Registers the hook for a purpose ("translate", "run", "fast") and installs what instrumented modules call. */
export async function startLoader(purpose) {
  const version = versionOf(sources);
  const hook = await bundledHook(version);
  process.setSourceMapsEnabled(true);
  register(pathToFileURL(hook), { data: { root, purpose, version } });
  if (purpose === "translate") await import(pathToFileURL(join(load, "recorder.ts")).href);
}

async function main([command, ...args]) {
  if (command === "translate") {
    await startLoader("translate");
    const { main: translate } = await import(pathToFileURL(join(root, "translator/cli.ts")).href);
    process.exitCode = await translate(args);
    return;
  }
  if (command === "tool") {
    await startLoader("translate");
    const { main: tool } = await import(pathToFileURL(join(root, args[0])).href);
    process.exitCode = await tool(args.slice(1));
    return;
  }
  const fast = args[0] === "--fast";
  await startLoader(fast ? "fast" : "run");
  const { main: run } = await import(pathToFileURL(join(load, "run.ts")).href);
  await run(fast ? args.slice(1) : args, !fast);
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  await main(process.argv.slice(2));
}
