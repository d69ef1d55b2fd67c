/**
 * Instrumented modules on disk, by content: a warm start neither parses TypeScript nor loads a compiler.
 *
 * The key holds everything that the output depends on: text, path, mode, the tsconfig's options and the version of the
 * instrumenter. Files are written under another name and moved, so that processes may share the folder.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmitOptions, InstrumentMode } from "./instrument.ts";

/** A folder of emitted modules. */
export class EmitCache {
  readonly #folder: string;
  readonly #version: string;

  constructor(folder: string, version: string) {
    this.#folder = folder;
    this.#version = version;
  }

  /** The name under which the output for this input is kept. */
  key(text: string, file: string, mode: InstrumentMode, options: EmitOptions): string {
    const flags = [options.verbatimModuleSyntax, options.useDefineForClassFields, options.experimentalDecorators];
    const head = JSON.stringify([this.#version, file, mode, flags]);
    return createHash("sha1").update(head).update("\0").update(text).digest("hex");
  }

  find(key: string): string | null {
    try {
      return readFileSync(join(this.#folder, `${key}.js`), "utf8");
    } catch {
      return null;
    }
  }

  /** A cache that cannot be written is no error. */
  store(key: string, code: string): void {
    const path = join(this.#folder, `${key}.js`);
    const temporary = `${path}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(temporary, code);
      renameSync(temporary, path);
    } catch {}
  }
}
