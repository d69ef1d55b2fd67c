// Modules of the standard library that are compiled while the binary is built, so that importing them is quick.
//
// Under `bin/run` nothing is frozen: the files are read as any other module's. A module whose constants depend on the
// target's word (integers between 2**53 and 2**63) stays a file.
import type { int } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { literalWord } from "../parser/number.ts";
import { compileText, MODE_EXEC } from "./compile.ts";
import type { W_Code } from "./pycode.ts";

/** Where the frozen modules come from. */
export const FROZEN_LIBRARY = "/usr/lib/python3.11";

export class FrozenModule {
  readonly file: string;
  /** The package's directory, "" for modules. */
  readonly directory: string;
  readonly w_code: W_Code;
  constructor(file: string, directory: string, w_code: W_Code) {
    this.file = file;
    this.directory = directory;
    this.w_code = w_code;
  }
}

/** By full name. */
export const frozenModules = new Map<string, FrozenModule>();

const NAMES = [
  "__future__",
  "_collections_abc",
  "_weakrefset",
  "abc",
  "argparse",
  "ast",
  "base64",
  "bisect",
  "calendar",
  "codecs",
  "collections",
  "collections.abc",
  "contextlib",
  "copy",
  "copyreg",
  "csv",
  "dataclasses",
  "datetime",
  "dis",
  "enum",
  "fnmatch",
  "fractions",
  "functools",
  "genericpath",
  "heapq",
  "inspect",
  "json",
  "json.decoder",
  "json.encoder",
  "json.scanner",
  "keyword",
  "linecache",
  "numbers",
  "opcode",
  "operator",
  "os",
  "posixpath",
  "pprint",
  "random",
  "re",
  "re._casefix",
  "re._compiler",
  "re._constants",
  "re._parser",
  "reprlib",
  "shlex",
  "stat",
  "statistics",
  "string",
  "struct",
  "textwrap",
  "timeit",
  "token",
  "tokenize",
  "traceback",
  "types",
  "typing",
  "warnings",
  "weakref",
];

function freeze(name: string): void {
  const path = `${FROZEN_LIBRARY}/${name.replaceAll(".", "/")}`;
  const isPackage = os.exists(`${path}/__init__.py`);
  const file = isPackage ? `${path}/__init__.py` : `${path}.py`;
  if (!os.exists(file)) return;
  try {
    frozenModules.set(
      name,
      new FrozenModule(file, isPackage ? path : "", compileText(os.readFile(file), file, MODE_EXEC)),
    );
  } catch (e) {
    // A constant of the target: see the head of this file.
    if (!(e instanceof TypeError)) throw e;
  }
}

/** Compiles the modules above for a binary whose words have so many bits; import time. */
export function freezeLibrary(wordBits: int): void {
  literalWord.bits = wordBits;
  for (const name of NAMES) freeze(name);
  literalWord.bits = 0;
}
