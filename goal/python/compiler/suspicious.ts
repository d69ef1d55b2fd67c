/**
 * SyntaxWarnings about expressions that cannot mean what they say: calling a literal, `is` with a literal, indexing a
 * list with a string.
 */
import type * as ast from "../parser/ast.ts";
import * as c from "../parser/constant.ts";
import type { Expr } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import type { CompilerBase } from "./base.ts";

/** Name of the type that a literal or display has, or "" when it is not known. */
function literalType(e: Expr): string {
  switch (e.kind) {
    case n.N_TUPLE_EXPR:
      return "tuple";
    case n.N_LIST_EXPR:
    case n.N_LIST_COMP:
      return "list";
    case n.N_DICT_EXPR:
    case n.N_DICT_COMP:
      return "dict";
    case n.N_SET_EXPR:
    case n.N_SET_COMP:
      return "set";
    case n.N_GENERATOR_EXP:
      return "generator";
    case n.N_LAMBDA:
      return "function";
    case n.N_JOINED_STR:
    case n.N_FORMATTED_VALUE:
      return "str";
    case n.N_CONSTANT:
      return constantType((e as ast.Constant).value);
  }
  return "";
}

function constantType(v: c.ConstValue): string {
  switch (v.kind) {
    case c.C_NONE:
      return "NoneType";
    case c.C_BOOL:
      return "bool";
    case c.C_ELLIPSIS:
      return "ellipsis";
    case c.C_INT:
    case c.C_BIG_INT:
      return "int";
    case c.C_FLOAT:
      return "float";
    case c.C_COMPLEX:
      return "complex";
    case c.C_STR:
      return "str";
    case c.C_BYTES:
      return "bytes";
  }
  return "";
}

/** "literal"(…). */
export function warnCall(compiler: CompilerBase, e: ast.Call): void {
  const type: string = literalType(e.func);
  if (type === "" || type === "function") return;
  compiler.warn(e.func, `'${type}' object is not callable; perhaps you missed a comma?`);
}

/** None[…], 1[…]. */
export function warnSubscript(compiler: CompilerBase, e: ast.Subscript): void {
  const type: string = literalType(e.value);
  switch (type) {
    case "":
    case "tuple":
    case "list":
    case "dict":
    case "str":
    case "bytes":
      return;
  }
  compiler.warn(e, `'${type}' object is not subscriptable; perhaps you missed a comma?`);
}

/** [1, 2]["x"]. */
export function warnIndex(compiler: CompilerBase, e: ast.Subscript): void {
  const index: string = literalType(e.index);
  if (index === "" || index === "int" || index === "bool") return;
  const type: string = literalType(e.value);
  if (type !== "tuple" && type !== "list" && type !== "str" && type !== "bytes") return;
  compiler.warn(e, `${type} indices must be integers or slices, not ${index}; perhaps you missed a comma?`);
}

/** x is 1. */
export function warnCompare(compiler: CompilerBase, e: ast.Compare): void {
  let left: boolean = isIdentityComparable(e.left);
  for (let i = 0; i < e.ops.length; i += 1) {
    const right: boolean = isIdentityComparable(e.comparators[i]);
    const isIdentity: boolean = e.ops[i] === n.CMP_IS || e.ops[i] === n.CMP_IS_NOT;
    if (isIdentity && (!left || !right)) {
      const word: string =
        e.ops[i] === n.CMP_IS
          ? '"is" with a literal. Did you mean "=="?'
          : '"is not" with a literal. Did you mean "!="?';
      compiler.warn(e, word);
      return;
    }
    left = right;
  }
}

function isIdentityComparable(e: Expr): boolean {
  if (e.kind !== n.N_CONSTANT) return true;
  const kind = (e as ast.Constant).value.kind;
  return kind === c.C_NONE || kind === c.C_BOOL || kind === c.C_ELLIPSIS;
}
