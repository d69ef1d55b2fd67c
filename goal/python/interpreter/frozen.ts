// Modules of the standard library that are compiled while the binary is built, so that importing them is quick.
//
// Under `bin/run` nothing is frozen: the files are read as any other module's.
import { type int, scratch } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { CompileOptions, compileWithOptions, MODE_EXEC } from "../compiler/compile.ts";
import type { W_Root } from "../objects/root.ts";
import { literalWord } from "../parser/number.ts";
import { ObjectConstants, objectConstants } from "./compile.ts";
import { dumpCode, loadCode, W_Digits } from "./marshal.ts";
import type { W_Code } from "./pycode.ts";

/** Where the frozen modules come from. */
export const FROZEN_LIBRARY = "/usr/lib/python3.11";

export class FrozenModule {
  readonly file: string;
  /** The package's directory, "" for modules. */
  readonly directory: string;
  /** As `dumpCode` wrote it. */
  readonly text: string;
  constructor(file: string, directory: string, text: string) {
    this.file = file;
    this.directory = directory;
    this.text = text;
  }
  code(): W_Code {
    return loadCode(this.text, objectConstants);
  }
}

/** Keeps integers that depend on the target as digits. */
class FreezingConstants extends ObjectConstants {
  override makeBigInt(digits: string, radix: int): W_Root {
    return new W_Digits(digits, radix);
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
  const text = scratch(() =>
    dumpCode(compileWithOptions(os.readFile(file), file, MODE_EXEC, new FreezingConstants(), new CompileOptions(0))),
  );
  frozenModules.set(name, new FrozenModule(file, isPackage ? path : "", text));
}

/** Compiles the modules above for a binary whose words have so many bits; import time. */
export function freezeLibrary(wordBits: int): void {
  literalWord.bits = wordBits;
  for (const name of NAMES) freeze(name);
  literalWord.bits = 0;
}
