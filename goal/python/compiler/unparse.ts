/**
 * An expression as text: what `from __future__ import annotations` keeps of annotations.
 *
 * The text is CPython's: parentheses only where precedence needs them, strings by repr, no other spacing of the source.
 */
import type { float, int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { isPrintable } from "../parser/unicode.ts";

// Precedences, weakest first.
const P_TUPLE: int = 0;
const P_TEST: int = 1;
const P_OR: int = 2;
const P_AND: int = 3;
const P_NOT: int = 4;
const P_COMPARE: int = 5;
const P_BOR: int = 6;
const P_BXOR: int = 7;
const P_BAND: int = 8;
const P_SHIFT: int = 9;
const P_ARITH: int = 10;
const P_TERM: int = 11;
const P_FACTOR: int = 12;
const P_POWER: int = 13;
const P_AWAIT: int = 14;
const P_ATOM: int = 15;

const binaryTexts: readonly string[] = [
  " + ",
  " - ",
  " * ",
  " @ ",
  " / ",
  " % ",
  " ** ",
  " << ",
  " >> ",
  " | ",
  " ^ ",
  " & ",
  " // ",
];
const binaryPowers: readonly int[] = [
  P_ARITH,
  P_ARITH,
  P_TERM,
  P_TERM,
  P_TERM,
  P_TERM,
  P_POWER,
  P_SHIFT,
  P_SHIFT,
  P_BOR,
  P_BXOR,
  P_BAND,
  P_TERM,
];
const unaryTexts: readonly string[] = ["+", "-", "not ", "~"];
const compareTexts: readonly string[] = [
  " == ",
  " != ",
  " < ",
  " <= ",
  " > ",
  " >= ",
  " is ",
  " is not ",
  " in ",
  " not in ",
];

/** Text of an expression. */
export function unparse(e: Expr): string {
  const out: string[] = [];
  write(e, P_TEST, out);
  return out.join("");
}

function open(level: int, own: int, out: string[]): boolean {
  const needed: boolean = level > own;
  if (needed) out.push("(");
  return needed;
}

function close(needed: boolean, out: string[]): void {
  if (needed) out.push(")");
}

function writeList(elts: Expr[], out: string[]): void {
  for (let i: int = 0; i < elts.length; i += 1) {
    if (i > 0) out.push(", ");
    write(elts[i], P_TEST, out);
  }
}

function write(e: Expr, level: int, out: string[]): void {
  switch (e.kind) {
    case n.N_NAME:
      out.push((e as ast.Name).id);
      return;
    case n.N_CONSTANT:
      out.push(constantText((e as ast.Constant).value));
      return;
    case n.N_ATTRIBUTE: {
      const attribute: ast.Attribute = e as ast.Attribute;
      write(attribute.value, P_ATOM, out);
      const isInt: boolean =
        attribute.value.kind === n.N_CONSTANT && (attribute.value as ast.Constant).value.kind === c.C_INT;
      out.push(isInt ? " ." : ".");
      out.push(attribute.attr);
      return;
    }
    case n.N_SUBSCRIPT:
      write((e as ast.Subscript).value, P_ATOM, out);
      out.push("[");
      write((e as ast.Subscript).index, P_TUPLE, out);
      out.push("]");
      return;
    case n.N_BIN_OP:
      writeBinary(e as ast.BinOp, level, out);
      return;
    case n.N_UNARY_OP: {
      const op: int = (e as ast.UnaryOp).op;
      const own: int = op === n.OP_NOT ? P_NOT : P_FACTOR;
      const needed: boolean = open(level, own, out);
      out.push(unaryTexts[op]);
      write((e as ast.UnaryOp).operand, own, out);
      close(needed, out);
      return;
    }
    case n.N_TUPLE_EXPR: {
      const elts: Expr[] = (e as ast.TupleExpr).elts;
      if (elts.length === 0) {
        out.push("()");
        return;
      }
      const needed: boolean = open(level, P_TUPLE, out);
      writeList(elts, out);
      if (elts.length === 1) out.push(",");
      close(needed, out);
      return;
    }
    case n.N_LIST_EXPR:
      out.push("[");
      writeList((e as ast.ListExpr).elts, out);
      out.push("]");
      return;
    case n.N_SET_EXPR:
      out.push("{");
      writeList((e as ast.SetExpr).elts, out);
      out.push("}");
      return;
    case n.N_DICT_EXPR:
      writeDict(e as ast.DictExpr, out);
      return;
    case n.N_CALL:
      writeCall(e as ast.Call, out);
      return;
    case n.N_STARRED:
      out.push("*");
      write((e as ast.Starred).value, P_BOR, out);
      return;
    case n.N_SLICE:
      writeSlice(e as ast.Slice, out);
      return;
    case n.N_JOINED_STR:
    case n.N_FORMATTED_VALUE:
      out.push(`f${quote(formatText(e))}`);
      return;
  }
  writeControl(e, level, out);
}

function writeControl(e: Expr, level: int, out: string[]): void {
  switch (e.kind) {
    case n.N_BOOL_OP: {
      const isOr: boolean = (e as ast.BoolOp).op === n.OP_OR;
      const own: int = isOr ? P_OR : P_AND;
      const needed: boolean = open(level, own, out);
      const values: Expr[] = (e as ast.BoolOp).values;
      for (let i: int = 0; i < values.length; i += 1) {
        if (i > 0) out.push(isOr ? " or " : " and ");
        write(values[i], own + 1, out);
      }
      close(needed, out);
      return;
    }
    case n.N_COMPARE: {
      const compare: ast.Compare = e as ast.Compare;
      const needed: boolean = open(level, P_COMPARE, out);
      write(compare.left, P_COMPARE + 1, out);
      for (let i: int = 0; i < compare.ops.length; i += 1) {
        out.push(compareTexts[compare.ops[i]]);
        write(compare.comparators[i], P_COMPARE + 1, out);
      }
      close(needed, out);
      return;
    }
    case n.N_IF_EXP: {
      const needed: boolean = open(level, P_TEST, out);
      write((e as ast.IfExp).body, P_TEST + 1, out);
      out.push(" if ");
      write((e as ast.IfExp).test, P_TEST + 1, out);
      out.push(" else ");
      write((e as ast.IfExp).orelse, P_TEST, out);
      close(needed, out);
      return;
    }
    case n.N_LAMBDA: {
      const needed: boolean = open(level, P_TEST, out);
      const args: ast.Arguments = (e as ast.Lambda).args;
      // CPython puts the space before positional parameters only.
      const isPositional: boolean = args.posonlyargs.length + args.args.length > 0;
      out.push(`lambda${isPositional ? " " : ""}${parametersText(args)}: `);
      write((e as ast.Lambda).body, P_TEST, out);
      close(needed, out);
      return;
    }
    case n.N_NAMED_EXPR: {
      const needed: boolean = open(level, P_TUPLE, out);
      write((e as ast.NamedExpr).target, P_ATOM, out);
      out.push(" := ");
      write((e as ast.NamedExpr).value, P_ATOM, out);
      close(needed, out);
      return;
    }
    case n.N_AWAIT: {
      const needed: boolean = open(level, P_AWAIT, out);
      out.push("await ");
      write((e as ast.Await).value, P_ATOM, out);
      close(needed, out);
      return;
    }
    case n.N_YIELD: {
      const value: Expr | null = (e as ast.Yield).value;
      out.push(value === null ? "(yield)" : "(yield ");
      if (value === null) return;
      write(value, P_TUPLE, out);
      out.push(")");
      return;
    }
    case n.N_YIELD_FROM:
      out.push("(yield from ");
      write((e as ast.YieldFrom).value, P_TEST, out);
      out.push(")");
      return;
    case n.N_LIST_COMP:
      writeComprehension("[", (e as ast.ListComp).elt, null, (e as ast.ListComp).generators, "]", out);
      return;
    case n.N_SET_COMP:
      writeComprehension("{", (e as ast.SetComp).elt, null, (e as ast.SetComp).generators, "}", out);
      return;
    case n.N_GENERATOR_EXP:
      writeComprehension("(", (e as ast.GeneratorExp).elt, null, (e as ast.GeneratorExp).generators, ")", out);
      return;
    case n.N_DICT_COMP: {
      const dict: ast.DictComp = e as ast.DictComp;
      writeComprehension("{", dict.key, dict.value, dict.generators, "}", out);
      return;
    }
  }
}

function writeBinary(e: ast.BinOp, level: int, out: string[]): void {
  const own: int = binaryPowers[e.op];
  const isPower: boolean = e.op === n.OP_POW;
  const needed: boolean = open(level, own, out);
  write(e.left, isPower ? own + 1 : own, out);
  out.push(binaryTexts[e.op]);
  write(e.right, isPower ? own : own + 1, out);
  close(needed, out);
}

function writeDict(e: ast.DictExpr, out: string[]): void {
  out.push("{");
  for (let i: int = 0; i < e.keys.length; i += 1) {
    if (i > 0) out.push(", ");
    const key: Expr | null = e.keys[i];
    if (key === null) {
      out.push("**");
      write(e.values[i], P_BOR, out);
    } else {
      write(key, P_TEST, out);
      out.push(": ");
      write(e.values[i], P_TEST, out);
    }
  }
  out.push("}");
}

function writeCall(e: ast.Call, out: string[]): void {
  write(e.func, P_ATOM, out);
  const isGenerator: boolean = e.args.length === 1 && e.keywords.length === 0 && e.args[0].kind === n.N_GENERATOR_EXP;
  if (isGenerator) {
    write(e.args[0], P_TEST, out);
    return;
  }
  out.push("(");
  writeList(e.args, out);
  for (let i: int = 0; i < e.keywords.length; i += 1) {
    if (i > 0 || e.args.length > 0) out.push(", ");
    const name: string | null = e.keywords[i].arg;
    out.push(name === null ? "**" : `${name}=`);
    write(e.keywords[i].value, P_TEST, out);
  }
  out.push(")");
}

function writeSlice(e: ast.Slice, out: string[]): void {
  if (e.lower !== null) write(e.lower, P_TEST, out);
  out.push(":");
  if (e.upper !== null) write(e.upper, P_TEST, out);
  if (e.step === null) return;
  out.push(":");
  write(e.step, P_TEST, out);
}

function writeComprehension(
  opening: string,
  elt: Expr,
  value: Expr | null,
  clauses: ast.Comprehension[],
  closing: string,
  out: string[],
): void {
  out.push(opening);
  write(elt, P_TEST, out);
  if (value !== null) {
    out.push(": ");
    write(value, P_TEST, out);
  }
  for (const clause of clauses) {
    out.push(clause.isAsync ? " async for " : " for ");
    write(clause.target, P_TUPLE, out);
    out.push(" in ");
    write(clause.iter, P_TEST + 1, out);
    for (const test of clause.ifs) {
      out.push(" if ");
      write(test, P_TEST + 1, out);
    }
  }
  out.push(closing);
}

function parametersText(args: ast.Arguments): string {
  const parts: string[] = [];
  const positional: ast.Arg[] = [...args.posonlyargs, ...args.args];
  const firstDefault: int = positional.length - args.defaults.length;
  for (let i: int = 0; i < positional.length; i += 1) {
    let text: string = positional[i].arg;
    if (i >= firstDefault) text += `=${unparse(args.defaults[i - firstDefault])}`;
    parts.push(text);
    if (args.posonlyargs.length > 0 && i === args.posonlyargs.length - 1) parts.push("/");
  }
  if (args.vararg !== null) parts.push(`*${args.vararg.arg}`);
  else if (args.kwonlyargs.length > 0) parts.push("*");
  for (let i: int = 0; i < args.kwonlyargs.length; i += 1) {
    const value: Expr | null = args.kwDefaults[i];
    parts.push(value === null ? args.kwonlyargs[i].arg : `${args.kwonlyargs[i].arg}=${unparse(value)}`);
  }
  if (args.kwarg !== null) parts.push(`**${args.kwarg.arg}`);
  return parts.join(", ");
}

// Constants.

function constantText(v: ConstValue): string {
  switch (v.kind) {
    case c.C_NONE:
      return "None";
    case c.C_BOOL:
      return v.small === 1 ? "True" : "False";
    case c.C_ELLIPSIS:
      return "...";
    case c.C_INT:
      return `${v.small}`;
    case c.C_BIG_INT:
      return v.small === 10 ? v.text : `${radixPrefix(v.small)}${v.text}`;
    case c.C_FLOAT:
      return floatText(v.real);
    case c.C_COMPLEX:
      return `${floatText(v.imag).endsWith(".0") ? floatText(v.imag).slice(0, -2) : floatText(v.imag)}j`;
    case c.C_STR:
      return v.hasUPrefix ? `u${quote(v.text)}` : quote(v.text);
    case c.C_BYTES:
      return `b${quoteBytes(v.data as readonly int[])}`;
  }
  return "";
}

function radixPrefix(radix: int): string {
  if (radix === 16) return "0x";
  return radix === 8 ? "0o" : "0b";
}

/** Python's repr of a float; infinities become a literal that overflows to them. */
export function floatText(f: float): string {
  if (!Number.isFinite(f)) return "1e309";
  const text: string = `${f}`;
  const e: int = text.indexOf("e");
  const magnitude: float = Math.abs(f);
  if (e < 0) {
    // JavaScript switches to exponents at 1e21, Python at 1e16; below 1e-4 Python does and JavaScript at 1e-7.
    if (magnitude >= 1e16 || (magnitude < 1e-4 && f !== 0.0)) return exponentText(f.toExponential());
    return text.indexOf(".") < 0 ? `${text}.0` : text;
  }
  return exponentText(text);
}

/** Two digits at least in the exponent. */
function exponentText(text: string): string {
  const e: int = text.indexOf("e");
  const digits: string = text.slice(e + 2, text.length);
  return `${text.slice(0, e)}e${text.charAt(e + 1)}${digits.length < 2 ? `0${digits}` : digits}`;
}

function hex(value: int, width: int): string {
  return value.toString(16).padStart(width, "0");
}

/** Python's repr of a str. */
export function quote(text: string): string {
  const useDouble: boolean = text.indexOf("'") >= 0 && text.indexOf('"') < 0;
  const mark: int = useDouble ? 34 : 39;
  const out: string[] = [];
  let i: int = 0;
  while (i < text.length) {
    const point: int = text.codePointAt(i) as int;
    i += point > 0xffff ? 2 : 1;
    if (point === mark || point === 92) out.push(`\\${String.fromCharCode(point)}`);
    else if (point === 10) out.push("\\n");
    else if (point === 13) out.push("\\r");
    else if (point === 9) out.push("\\t");
    else if (isPrintable(point)) out.push(String.fromCodePoint(point));
    else if (point < 256) out.push(`\\x${hex(point, 2)}`);
    else if (point < 0x10000) out.push(`\\u${hex(point, 4)}`);
    else out.push(`\\U${hex(point, 8)}`);
  }
  const q: string = useDouble ? '"' : "'";
  return q + out.join("") + q;
}

function quoteBytes(data: readonly int[]): string {
  const useDouble: boolean = data.includes(39) && !data.includes(34);
  const mark: int = useDouble ? 34 : 39;
  const out: string[] = [];
  for (const b of data) {
    if (b === mark || b === 92) out.push(`\\${String.fromCharCode(b)}`);
    else if (b === 10) out.push("\\n");
    else if (b === 13) out.push("\\r");
    else if (b === 9) out.push("\\t");
    else if (b >= 32 && b < 127) out.push(String.fromCharCode(b));
    else out.push(`\\x${hex(b, 2)}`);
  }
  const q: string = useDouble ? '"' : "'";
  return q + out.join("") + q;
}

/** The inside of an f-string. */
function formatText(e: Expr): string {
  if (e.kind === n.N_CONSTANT) return (e as ast.Constant).value.text.replaceAll("{", "{{").replaceAll("}", "}}");
  if (e.kind === n.N_JOINED_STR) {
    let text: string = "";
    for (const v of (e as ast.JoinedStr).values) text += formatText(v);
    return text;
  }
  const value: ast.FormattedValue = e as ast.FormattedValue;
  const out: string[] = [];
  write(value.value, P_TEST + 1, out);
  const inner: string = out.join("");
  let text: string = inner.startsWith("{") ? `{ ${inner}` : `{${inner}`;
  if (value.conversion >= 0) text += `!${String.fromCharCode(value.conversion)}`;
  if (value.formatSpec !== null) text += `:${formatText(value.formatSpec)}`;
  return `${text}}`;
}
