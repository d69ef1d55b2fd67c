/** The native tools: where they are, which version, and how sources become objects and a binary. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GcBinding } from "../../rtyper/lltype/transformed.ts";
import type { TargetInfo } from "./types.ts";

/** Root of the toolchain's installation. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const RUNTIME = join(ROOT, "backends/llvm/runtime");

export interface Tools {
  readonly clang: string;
  readonly linker: string;
  readonly ninja: string;
  /** First line of `clang --version`, part of every cache key. */
  readonly version: string;
}

/** LLVM 16 is the first with what the IR uses; newer ones are preferred in this order. */
const VERSIONS = ["-19", "-20", "-21", "-18", "-17", "-16", ""];

function findProgram(names: readonly string[]): string | null {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? "").split(":")) {
      const path = join(dir, name);
      if (dir !== "" && existsSync(path)) return path;
    }
  }
  return null;
}

let found: Tools | null = null;

/** Finds clang, lld and ninja; an error names what to install. */
export function findTools(): Tools {
  if (found !== null) return found;
  const require = (what: string, names: readonly string[]): string => {
    const path = findProgram(names);
    if (path === null) throw new Error(`${what} is missing (looked for ${names.join(", ")}); run bin/setup`);
    return path;
  };
  const clang = require("clang", VERSIONS.map((v) => `clang${v}`));
  const linker = require("lld", VERSIONS.map((v) => `ld.lld${v}`));
  const ninja = require("ninja", ["ninja", "ninja-build"]);
  const version = execFileSync(clang, ["--version"], { encoding: "utf8" }).split("\n")[0] as string;
  found = { clang, linker, ninja, version };
  return found;
}

/** Where static i386 libraries live: not part of a Debian amd64 system. */
function i386Root(): string {
  return process.env.RTS_SYSROOT_I386 ?? join(ROOT, ".cache/sysroot-i386");
}

/** A static library's path for the target. */
export function staticLibrary(name: string, target: TargetInfo): string {
  if (target.target === "x86-64") return `-l:lib${name}.a`;
  const root = i386Root();
  const candidates = [join(root, `lib${name}.a`), join(root, "usr/lib/i386-linux-gnu", `lib${name}.a`)];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`lib${name}.a for i386 is missing in ${root}; run bin/setup`);
  return path;
}

/** Include paths for headers that only the i386 packages have. */
export function includeFlags(target: TargetInfo): string[] {
  if (target.target === "x86-64") return [];
  const root = i386Root();
  return [join(root, "usr/include"), join(root, "include")].filter(existsSync).map((dir) => `-I${dir}`);
}

export interface RuntimeSource {
  readonly path: string;
  readonly flags: readonly string[];
}

/** The C sources of a binary with their flags. */
export function runtimeSources(target: TargetInfo, gc: GcBinding): RuntimeSource[] {
  const common = [
    ...target.clangFlags,
    ...includeFlags(target),
    ...[
      "-O2",
      "-fno-pic",
      "-ffunction-sections",
      "-fdata-sections",
      "-fvisibility=hidden",
      "-Wall",
      "-Wextra",
      "-Werror",
    ],
  ];
  const c = [...common, "-std=c17"];
  const cxx = [...common, "-x", "c++", "-std=c++17", "-fno-exceptions", "-fno-rtti"];
  const memory = [...c, `-DRTS_TYPE_POINTER=${gc.removeTypePointer ? 0 : 1}`];
  if (gc.collector === null) memory.push(gc.allocator === "boehm" ? "-DRTS_BOEHM" : "-DRTS_BUMP");
  const source = (name: string, flags: readonly string[]): RuntimeSource => ({ path: join(RUNTIME, name), flags });
  return [
    source("start.c", c),
    source("trace.c", [...c, "-funwind-tables"]),
    source("dwarf.c", c),
    source("os.c", c),
    source("log.c", c),
    source("memory.c", memory),
    source("bigint.c", c),
    source("machinecode.c", c),
    source("number.cc", cxx),
  ];
}

/** Everything the C sources include, for cache keys. */
export function runtimeHeaders(): string {
  return readdirSync(RUNTIME)
    .filter((name) => name.endsWith(".h"))
    .sort()
    .map((name) => readFileSync(join(RUNTIME, name), "utf8"))
    .join("\0");
}

/** Flags of the link, after the objects. */
export function linkFlags(
  target: TargetInfo,
  gc: GcBinding,
  libraries: readonly string[],
  isStatic: boolean,
): string[] {
  const flags = [...target.clangFlags, `--ld-path=${findTools().linker}`, "-no-pie", "-static-libgcc"];
  flags.push("-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,-z,noseparate-code", "-Wl,-O1", "-Wl,--hash-style=gnu");
  if (isStatic) flags.push("-static");
  const boehm = gc.collector === null && gc.allocator === "boehm" ? [staticLibrary("gc", target)] : [];
  const wanted = libraries.filter((name) => name !== "c" && name !== "m" && name !== "gmp").map((name) => `-l${name}`);
  const own = [staticLibrary("double-conversion", target), ...boehm, staticLibrary("gmp", target)];
  return [...flags, ...own, ...wanted, "-lm"];
}
