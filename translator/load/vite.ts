/**
 * The instrumenter as a Vite plugin, for vitest, whose modules a Node hook does not see. Tests thus find the same live
 * registry as a translation does. Put `translator/load/recorder.ts` among vitest's `setupFiles`.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findImport, isRuntimeFile } from "./files.ts";
import { instrument } from "./instrument.ts";

/** The part of Vite's plugin interface that is used. */
export interface VitePlugin {
  readonly name: string;
  readonly enforce: "pre";
  resolveId(specifier: string, importer: string | undefined): string | null;
  transform(code: string, id: string): { code: string; map: unknown } | null;
}

/** Instruments RTypeScript files and tests; other files of the toolchain are left to Vite. */
export function rtypescript(): VitePlugin {
  const root = join(fileURLToPath(import.meta.url), "../../..");
  return {
    name: "rtypescript",
    enforce: "pre",
    resolveId(specifier, importer) {
      return importer === undefined ? null : findImport(specifier, importer.replace(/\?.*$/, ""), root);
    },
    transform(code, id) {
      const file = id.replace(/\?.*$/, "");
      if (!/\.[cm]?ts$/.test(file) || file.includes("/node_modules/") || !isRuntimeFile(file, root)) return null;
      const emitted = instrument(code, file, "record", { verbatimModuleSyntax: true });
      const mark = "//# sourceMappingURL=data:application/json;base64,";
      const at = emitted.lastIndexOf(mark);
      const map: unknown = JSON.parse(Buffer.from(emitted.slice(at + mark.length), "base64").toString("utf8"));
      return { code: emitted.slice(0, at), map };
    },
  };
}
