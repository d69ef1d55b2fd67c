/**
 * `from __future__ import …`: allowed at the beginning of a program only; one feature changes compilation.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Stmt } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { CO_FUTURE_ANNOTATIONS } from "./code.ts";
import type { ErrorPlace } from "./symbols.ts";

/** Features that have become the rule, or are accepted without effect. */
const settled: readonly string[] = [
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "generator_stop",
];

function isDocstring(s: Stmt): boolean {
  if (s.kind !== n.N_EXPR_STMT) return false;
  const e: Expr = (s as ast.ExprStmt).value;
  return e.kind === n.N_CONSTANT && (e as ast.Constant).value.kind === c.C_STR;
}

/** Flags of the features that the program asks for. */
export function futureFlags(body: Stmt[], errors: ErrorPlace): int {
  let flags: int = 0;
  let atBeginning: boolean = true;
  let sawDocstring: boolean = false;
  for (const s of body) {
    const isFuture: boolean = s.kind === n.N_IMPORT_FROM && (s as ast.ImportFrom).module === "__future__";
    if (isFuture) {
      if (!atBeginning) {
        throw errors.error(s, "from __future__ imports must occur at the beginning of the file");
      }
      flags |= featureFlags(s as ast.ImportFrom, errors);
    } else if (!sawDocstring && isDocstring(s)) sawDocstring = true;
    else atBeginning = false;
  }
  return flags;
}

function featureFlags(s: ast.ImportFrom, errors: ErrorPlace): int {
  let flags: int = 0;
  for (const alias of s.names) {
    if (alias.name === "annotations") flags |= CO_FUTURE_ANNOTATIONS;
    else if (alias.name === "braces") throw errors.error(s, "not a chance");
    else if (alias.name !== "barry_as_FLUFL" && !settled.includes(alias.name)) {
      throw errors.error(s, `future feature ${alias.name} is not defined`);
    }
  }
  return flags;
}
