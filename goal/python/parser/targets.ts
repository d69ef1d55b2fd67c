/**
 * Expressions as targets of assignment, deletion and loops: which can be, how the others are called, and the change of
 * context once it is known.
 */
import type { int } from "rtypescript/rlib";
import type { Attribute, BinOp, Compare, Constant, ListExpr, Name, Starred, Subscript, TupleExpr } from "./ast.ts";
import { C_BOOL, C_ELLIPSIS, C_NONE } from "./constant.ts";
import type { Expr } from "./node.ts";
import * as n from "./node.ts";

export const TARGET_STAR: int = 0;
export const TARGET_DEL: int = 1;
export const TARGET_FOR: int = 2;

/** The part of `e` that cannot be a target of the given sort, or null when all can. */
export function requireAssignable(e: Expr, sort: int): Expr | null {
  switch (e.kind) {
    case n.N_LIST_EXPR:
      return firstInvalid((e as ListExpr).elts, sort);
    case n.N_TUPLE_EXPR:
      return firstInvalid((e as TupleExpr).elts, sort);
    case n.N_STARRED:
      return sort === TARGET_DEL ? e : requireAssignable((e as Starred).value, sort);
    case n.N_COMPARE: {
      // In "for x in y" too much was taken for the target.
      if (sort !== TARGET_FOR) return e;
      const compare: Compare = e as Compare;
      return compare.ops[0] === n.CMP_IN ? requireAssignable(compare.left, sort) : e;
    }
    case n.N_NAME:
    case n.N_SUBSCRIPT:
    case n.N_ATTRIBUTE:
      return null;
  }
  return e;
}

function firstInvalid(elts: Expr[], sort: int): Expr | null {
  for (const e of elts) {
    const invalid: Expr | null = requireAssignable(e, sort);
    if (invalid !== null) return invalid;
  }
  return null;
}

/** Marks a valid target, and the targets within it, as stored to or deleted. */
export function setContext(e: Expr, ctx: int): void {
  switch (e.kind) {
    case n.N_NAME:
      (e as Name).ctx = ctx;
      return;
    case n.N_ATTRIBUTE:
      (e as Attribute).ctx = ctx;
      return;
    case n.N_SUBSCRIPT:
      (e as Subscript).ctx = ctx;
      return;
    case n.N_STARRED:
      (e as Starred).ctx = ctx;
      setContext((e as Starred).value, ctx);
      return;
    case n.N_LIST_EXPR:
      (e as ListExpr).ctx = ctx;
      for (const x of (e as ListExpr).elts) setContext(x, ctx);
      return;
    case n.N_TUPLE_EXPR:
      (e as TupleExpr).ctx = ctx;
      for (const x of (e as TupleExpr).elts) setContext(x, ctx);
      return;
  }
}

/** What a message calls an expression. */
export function describe(e: Expr): string {
  switch (e.kind) {
    case n.N_ATTRIBUTE:
      return "attribute";
    case n.N_SUBSCRIPT:
      return "subscript";
    case n.N_STARRED:
      return "starred";
    case n.N_NAME:
      return "name";
    case n.N_LIST_EXPR:
      return "list";
    case n.N_TUPLE_EXPR:
      return "tuple";
    case n.N_LAMBDA:
      return "lambda";
    case n.N_CALL:
      return "function call";
    case n.N_BOOL_OP:
    case n.N_BIN_OP:
    case n.N_UNARY_OP:
      return "expression";
    case n.N_GENERATOR_EXP:
      return "generator expression";
    case n.N_YIELD:
    case n.N_YIELD_FROM:
      return "yield expression";
    case n.N_AWAIT:
      return "await expression";
    case n.N_LIST_COMP:
      return "list comprehension";
    case n.N_SET_COMP:
      return "set comprehension";
    case n.N_DICT_COMP:
      return "dict comprehension";
    case n.N_DICT_EXPR:
      return "dict literal";
    case n.N_SET_EXPR:
      return "set display";
    case n.N_JOINED_STR:
    case n.N_FORMATTED_VALUE:
      return "f-string expression";
    case n.N_CONSTANT:
      return describeConstant(e as Constant);
    case n.N_COMPARE:
      return "comparison";
    case n.N_IF_EXP:
      return "conditional expression";
    case n.N_NAMED_EXPR:
      return "named expression";
  }
  return "expression";
}

function describeConstant(e: Constant): string {
  switch (e.value.kind) {
    case C_NONE:
      return "None";
    case C_BOOL:
      return e.value.small === 1 ? "True" : "False";
    case C_ELLIPSIS:
      return "ellipsis";
  }
  return "literal";
}

/** Whether `e` is a plain binary operation of the given operator. */
export function isBinary(e: Expr, op: int): boolean {
  return e.kind === n.N_BIN_OP && (e as BinOp).op === op;
}
