// From source text to code objects: the compiler with Python's constants, and its errors as Python exceptions.
import type { float, int } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import type { Code } from "../compiler/code.ts";
import { CompileOptions, compileWithOptions, PySyntaxError } from "../compiler/compile.ts";
import { ConstantFactory } from "../compiler/constants.ts";
import { W_Bytes } from "../objects/bytes.ts";
import { W_Complex } from "../objects/complex.ts";
import { exceptionType, normalize } from "../objects/exceptions.ts";
import { W_Float } from "../objects/float.ts";
import { fromBig, newbool, newint } from "../objects/int.ts";
import { bigFromDigits } from "../objects/numbertext.ts";
import { OperationError, raiseValue, type W_Root } from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_Ellipsis, w_None } from "../objects/singletons.ts";
import { getattr } from "../objects/space.ts";
import { newstr, type W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { SYNTAX_ERROR_NAMES } from "../parser/errors.ts";
import type { SourceWarning } from "../parser/parser.ts";
import { ec } from "./context.ts";
import { W_Code } from "./pycode.ts";

export { MODE_EVAL, MODE_EXEC, MODE_SINGLE } from "../compiler/compile.ts";

/** Names are the same objects in all code. */
class Interned {
  readonly names: Map<string, W_Str>;
  constructor() {
    this.names = new Map<string, W_Str>();
  }
  get(text: string): W_Str {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const made = newstr(text);
    this.names.set(text, made);
    return made;
  }
}
export const interned = new Interned();

/** Makes constants as Python objects. */
export class ObjectConstants extends ConstantFactory {
  override makeNone(): W_Root {
    return w_None;
  }
  override makeEllipsis(): W_Root {
    return w_Ellipsis;
  }
  override makeBool(value: boolean): W_Root {
    return newbool(value);
  }
  override makeInt(value: int): W_Root {
    return newint(value);
  }
  override makeBigInt(digits: string, radix: int): W_Root {
    return fromBig(bigFromDigits(digits, radix));
  }
  override makeFloat(value: float): W_Root {
    return new W_Float(value);
  }
  override makeComplex(real: float, imag: float): W_Root {
    return new W_Complex(real, imag);
  }
  override makeStr(text: string): W_Root {
    return text.length <= 20 ? interned.get(text) : newstr(text);
  }
  override makeName(text: string): W_Root {
    return interned.get(text);
  }
  override makeStrFromCodePoints(points: readonly int[]): W_Root {
    const parts: string[] = [];
    for (const p of points) parts.push(String.fromCodePoint(p));
    return newstr(parts.join(""));
  }
  override makeBytes(data: readonly int[]): W_Root {
    const bytes = new Uint8Array(data.length);
    for (let i: int = 0; i < data.length; i++) bytes[i] = data[i];
    return new W_Bytes(bytes);
  }
  override makeTuple(items: readonly W_Root[]): W_Root {
    return newtuple(items.slice());
  }
  override makeFrozenSet(items: readonly W_Root[]): W_Root {
    const w_set = new W_Set(true);
    for (const w of items) w_set.add(w);
    return w_set;
  }
  override makeCode(code: Code): W_Root {
    return new W_Code(code);
  }
}
export const objectConstants: ConstantFactory = new ObjectConstants();

/** Settings of the command line. */
class CompilerFlags {
  optimize: int;
  constructor() {
    this.optimize = 0;
  }
}
export const compilerFlags = new CompilerFlags();

/** Compiles a text; raises Python's SyntaxError. */
export function compileText(source: string, filename: string, mode: int): W_Code {
  const options = new CompileOptions(compilerFlags.optimize);
  try {
    const w_code = new W_Code(compileWithOptions(source, filename, mode, objectConstants, options));
    for (const warning of options.warnings) warn(filename, warning, source);
    return w_code;
  } catch (e) {
    if (e instanceof PySyntaxError) throw syntaxError(e);
    throw e;
  }
}

/** Through the warnings module when a program has imported it. */
function warn(filename: string, warning: SourceWarning, source: string): void {
  const w_module = ec.w_modules.getStr("warnings");
  if (w_module === null) {
    if (!warning.isDeprecation) showWarning(filename, warning.line, warning.message, source);
    return;
  }
  const w_category = exceptionType(warning.isDeprecation ? "DeprecationWarning" : "SyntaxWarning");
  try {
    getattr(w_module, "warn_explicit").callArgs(
      [newstr(warning.message), w_category, newstr(filename), newint(warning.line)],
      [],
    );
  } catch (e) {
    if (!(e instanceof OperationError) || normalize(e).getclass() !== w_category) throw e;
    const lines = source.split("\n");
    const text = warning.line <= lines.length ? lines[warning.line - 1] : "";
    const details = new W_Tuple([newstr(filename), newint(warning.line), w_None, newstr(text)]);
    throw raiseValue(exceptionType("SyntaxError").call2(newstr(warning.message), details));
  }
}

function showWarning(filename: string, line: int, message: string, source: string): void {
  let text = `${filename}:${line}: SyntaxWarning: ${message}\n`;
  if (!filename.startsWith("<")) text += `  ${source.split("\n")[line - 1].trim()}\n`;
  os.write(2, text);
}

function syntaxError(e: PySyntaxError): OperationError {
  const w_class = exceptionType(SYNTAX_ERROR_NAMES[e.kind]);
  const details = new W_Tuple([
    newstr(e.filename),
    newint(e.lineno),
    newint(e.offset),
    e.text === null ? w_None : newstr(e.text),
    newint(e.endLineno),
    newint(e.endOffset),
  ]);
  return raiseValue(w_class.call2(newstr(e.msg), details));
}
