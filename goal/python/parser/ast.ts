/**
 * The syntax tree of Python 3.11 as classes, one per constructor of the `ast` module's grammar.
 *
 * Differences from `ast`: async variants are a flag, type comments are dropped, `Set`, `List` … have a suffix where a
 * TypeScript name would be hidden, and constants are `ConstValue`s. Each constructor takes the first and last span
 * that the node covers, then its fields.
 */
import type { int } from "rtypescript/rlib";
import type { ConstValue } from "./constant.ts";
import {
  Expr,
  N_ALIAS,
  N_ANN_ASSIGN,
  N_ARG,
  N_ARGUMENTS,
  N_ASSERT,
  N_ASSIGN,
  N_ATTRIBUTE,
  N_AUG_ASSIGN,
  N_AWAIT,
  N_BIN_OP,
  N_BOOL_OP,
  N_BREAK,
  N_CALL,
  N_CLASS_DEF,
  N_COMPARE,
  N_COMPREHENSION,
  N_CONSTANT,
  N_CONTINUE,
  N_DELETE,
  N_DICT_COMP,
  N_DICT_EXPR,
  N_EXCEPT_HANDLER,
  N_EXPR_STMT,
  N_FOR,
  N_FORMATTED_VALUE,
  N_FUNCTION_DEF,
  N_GENERATOR_EXP,
  N_GLOBAL,
  N_IF,
  N_IF_EXP,
  N_IMPORT,
  N_IMPORT_FROM,
  N_JOINED_STR,
  N_KEYWORD,
  N_LAMBDA,
  N_LIST_COMP,
  N_LIST_EXPR,
  N_MATCH,
  N_MATCH_AS,
  N_MATCH_CASE,
  N_MATCH_CLASS,
  N_MATCH_MAPPING,
  N_MATCH_OR,
  N_MATCH_SEQUENCE,
  N_MATCH_SINGLETON,
  N_MATCH_STAR,
  N_MATCH_VALUE,
  N_NAME,
  N_NAMED_EXPR,
  N_NONLOCAL,
  N_PASS,
  N_RAISE,
  N_RETURN,
  N_SET_COMP,
  N_SET_EXPR,
  N_SLICE,
  N_STARRED,
  N_SUBSCRIPT,
  N_TRY,
  N_TUPLE_EXPR,
  N_UNARY_OP,
  N_WHILE,
  N_WITH,
  N_WITH_ITEM,
  N_YIELD,
  N_YIELD_FROM,
  Node,
  Pattern,
  type Span,
  Stmt,
} from "./node.ts";

export class Comprehension extends Node {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: Expr[];
  readonly isAsync: boolean;
  constructor(first: Span, last: Span, target: Expr, iter: Expr, ifs: Expr[], isAsync: boolean) {
    super(N_COMPREHENSION, first, last);
    this.target = target;
    this.iter = iter;
    this.ifs = ifs;
    this.isAsync = isAsync;
  }
}

export class ExceptHandler extends Node {
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: Stmt[];
  constructor(first: Span, last: Span, type: Expr | null, name: string | null, body: Stmt[]) {
    super(N_EXCEPT_HANDLER, first, last);
    this.type = type;
    this.name = name;
    this.body = body;
  }
}

export class Arguments extends Node {
  readonly posonlyargs: Arg[];
  readonly args: Arg[];
  readonly vararg: Arg | null;
  readonly kwonlyargs: Arg[];
  readonly kwDefaults: (Expr | null)[];
  readonly kwarg: Arg | null;
  readonly defaults: Expr[];
  constructor(
    first: Span,
    last: Span,
    posonlyargs: Arg[],
    args: Arg[],
    vararg: Arg | null,
    kwonlyargs: Arg[],
    kwDefaults: (Expr | null)[],
    kwarg: Arg | null,
    defaults: Expr[],
  ) {
    super(N_ARGUMENTS, first, last);
    this.posonlyargs = posonlyargs;
    this.args = args;
    this.vararg = vararg;
    this.kwonlyargs = kwonlyargs;
    this.kwDefaults = kwDefaults;
    this.kwarg = kwarg;
    this.defaults = defaults;
  }
}

export class Arg extends Node {
  readonly arg: string;
  readonly annotation: Expr | null;
  constructor(first: Span, last: Span, arg: string, annotation: Expr | null) {
    super(N_ARG, first, last);
    this.arg = arg;
    this.annotation = annotation;
  }
}

export class Keyword extends Node {
  readonly arg: string | null;
  readonly value: Expr;
  constructor(first: Span, last: Span, arg: string | null, value: Expr) {
    super(N_KEYWORD, first, last);
    this.arg = arg;
    this.value = value;
  }
}

export class Alias extends Node {
  readonly name: string;
  readonly asname: string | null;
  constructor(first: Span, last: Span, name: string, asname: string | null) {
    super(N_ALIAS, first, last);
    this.name = name;
    this.asname = asname;
  }
}

export class WithItem extends Node {
  readonly contextExpr: Expr;
  readonly optionalVars: Expr | null;
  constructor(first: Span, last: Span, contextExpr: Expr, optionalVars: Expr | null) {
    super(N_WITH_ITEM, first, last);
    this.contextExpr = contextExpr;
    this.optionalVars = optionalVars;
  }
}

export class MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: Stmt[];
  constructor(first: Span, last: Span, pattern: Pattern, guard: Expr | null, body: Stmt[]) {
    super(N_MATCH_CASE, first, last);
    this.pattern = pattern;
    this.guard = guard;
    this.body = body;
  }
}

export class BoolOp extends Expr {
  readonly op: int;
  readonly values: Expr[];
  constructor(first: Span, last: Span, op: int, values: Expr[]) {
    super(N_BOOL_OP, first, last);
    this.op = op;
    this.values = values;
  }
}

export class NamedExpr extends Expr {
  readonly target: Name;
  readonly value: Expr;
  constructor(first: Span, last: Span, target: Name, value: Expr) {
    super(N_NAMED_EXPR, first, last);
    this.target = target;
    this.value = value;
  }
}

export class BinOp extends Expr {
  readonly left: Expr;
  readonly op: int;
  readonly right: Expr;
  constructor(first: Span, last: Span, left: Expr, op: int, right: Expr) {
    super(N_BIN_OP, first, last);
    this.left = left;
    this.op = op;
    this.right = right;
  }
}

export class UnaryOp extends Expr {
  readonly op: int;
  readonly operand: Expr;
  constructor(first: Span, last: Span, op: int, operand: Expr) {
    super(N_UNARY_OP, first, last);
    this.op = op;
    this.operand = operand;
  }
}

export class Lambda extends Expr {
  readonly args: Arguments;
  readonly body: Expr;
  constructor(first: Span, last: Span, args: Arguments, body: Expr) {
    super(N_LAMBDA, first, last);
    this.args = args;
    this.body = body;
  }
}

export class IfExp extends Expr {
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
  constructor(first: Span, last: Span, test: Expr, body: Expr, orelse: Expr) {
    super(N_IF_EXP, first, last);
    this.test = test;
    this.body = body;
    this.orelse = orelse;
  }
}

export class DictExpr extends Expr {
  readonly keys: (Expr | null)[];
  readonly values: Expr[];
  constructor(first: Span, last: Span, keys: (Expr | null)[], values: Expr[]) {
    super(N_DICT_EXPR, first, last);
    this.keys = keys;
    this.values = values;
  }
}

export class SetExpr extends Expr {
  readonly elts: Expr[];
  constructor(first: Span, last: Span, elts: Expr[]) {
    super(N_SET_EXPR, first, last);
    this.elts = elts;
  }
}

export class ListComp extends Expr {
  readonly elt: Expr;
  readonly generators: Comprehension[];
  constructor(first: Span, last: Span, elt: Expr, generators: Comprehension[]) {
    super(N_LIST_COMP, first, last);
    this.elt = elt;
    this.generators = generators;
  }
}

export class SetComp extends Expr {
  readonly elt: Expr;
  readonly generators: Comprehension[];
  constructor(first: Span, last: Span, elt: Expr, generators: Comprehension[]) {
    super(N_SET_COMP, first, last);
    this.elt = elt;
    this.generators = generators;
  }
}

export class DictComp extends Expr {
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: Comprehension[];
  constructor(first: Span, last: Span, key: Expr, value: Expr, generators: Comprehension[]) {
    super(N_DICT_COMP, first, last);
    this.key = key;
    this.value = value;
    this.generators = generators;
  }
}

export class GeneratorExp extends Expr {
  readonly elt: Expr;
  readonly generators: Comprehension[];
  constructor(first: Span, last: Span, elt: Expr, generators: Comprehension[]) {
    super(N_GENERATOR_EXP, first, last);
    this.elt = elt;
    this.generators = generators;
  }
}

export class Await extends Expr {
  readonly value: Expr;
  constructor(first: Span, last: Span, value: Expr) {
    super(N_AWAIT, first, last);
    this.value = value;
  }
}

export class Yield extends Expr {
  readonly value: Expr | null;
  constructor(first: Span, last: Span, value: Expr | null) {
    super(N_YIELD, first, last);
    this.value = value;
  }
}

export class YieldFrom extends Expr {
  readonly value: Expr;
  constructor(first: Span, last: Span, value: Expr) {
    super(N_YIELD_FROM, first, last);
    this.value = value;
  }
}

export class Compare extends Expr {
  readonly left: Expr;
  readonly ops: int[];
  readonly comparators: Expr[];
  constructor(first: Span, last: Span, left: Expr, ops: int[], comparators: Expr[]) {
    super(N_COMPARE, first, last);
    this.left = left;
    this.ops = ops;
    this.comparators = comparators;
  }
}

export class Call extends Expr {
  readonly func: Expr;
  readonly args: Expr[];
  readonly keywords: Keyword[];
  constructor(first: Span, last: Span, func: Expr, args: Expr[], keywords: Keyword[]) {
    super(N_CALL, first, last);
    this.func = func;
    this.args = args;
    this.keywords = keywords;
  }
}

export class FormattedValue extends Expr {
  readonly value: Expr;
  readonly conversion: int;
  readonly formatSpec: JoinedStr | null;
  constructor(first: Span, last: Span, value: Expr, conversion: int, formatSpec: JoinedStr | null) {
    super(N_FORMATTED_VALUE, first, last);
    this.value = value;
    this.conversion = conversion;
    this.formatSpec = formatSpec;
  }
}

export class JoinedStr extends Expr {
  readonly values: Expr[];
  constructor(first: Span, last: Span, values: Expr[]) {
    super(N_JOINED_STR, first, last);
    this.values = values;
  }
}

export class Constant extends Expr {
  readonly value: ConstValue;
  constructor(first: Span, last: Span, value: ConstValue) {
    super(N_CONSTANT, first, last);
    this.value = value;
  }
}

export class Attribute extends Expr {
  readonly value: Expr;
  readonly attr: string;
  ctx: int;
  constructor(first: Span, last: Span, value: Expr, attr: string, ctx: int) {
    super(N_ATTRIBUTE, first, last);
    this.value = value;
    this.attr = attr;
    this.ctx = ctx;
  }
}

export class Subscript extends Expr {
  readonly value: Expr;
  readonly index: Expr;
  ctx: int;
  constructor(first: Span, last: Span, value: Expr, index: Expr, ctx: int) {
    super(N_SUBSCRIPT, first, last);
    this.value = value;
    this.index = index;
    this.ctx = ctx;
  }
}

export class Starred extends Expr {
  readonly value: Expr;
  ctx: int;
  constructor(first: Span, last: Span, value: Expr, ctx: int) {
    super(N_STARRED, first, last);
    this.value = value;
    this.ctx = ctx;
  }
}

export class Name extends Expr {
  readonly id: string;
  ctx: int;
  constructor(first: Span, last: Span, id: string, ctx: int) {
    super(N_NAME, first, last);
    this.id = id;
    this.ctx = ctx;
  }
}

export class ListExpr extends Expr {
  readonly elts: Expr[];
  ctx: int;
  constructor(first: Span, last: Span, elts: Expr[], ctx: int) {
    super(N_LIST_EXPR, first, last);
    this.elts = elts;
    this.ctx = ctx;
  }
}

export class TupleExpr extends Expr {
  readonly elts: Expr[];
  ctx: int;
  constructor(first: Span, last: Span, elts: Expr[], ctx: int) {
    super(N_TUPLE_EXPR, first, last);
    this.elts = elts;
    this.ctx = ctx;
  }
}

export class Slice extends Expr {
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
  constructor(first: Span, last: Span, lower: Expr | null, upper: Expr | null, step: Expr | null) {
    super(N_SLICE, first, last);
    this.lower = lower;
    this.upper = upper;
    this.step = step;
  }
}

export class FunctionDef extends Stmt {
  readonly name: string;
  readonly args: Arguments;
  readonly body: Stmt[];
  readonly decorators: Expr[];
  readonly returns: Expr | null;
  readonly isAsync: boolean;
  constructor(
    first: Span,
    last: Span,
    name: string,
    args: Arguments,
    body: Stmt[],
    decorators: Expr[],
    returns: Expr | null,
    isAsync: boolean,
  ) {
    super(N_FUNCTION_DEF, first, last);
    this.name = name;
    this.args = args;
    this.body = body;
    this.decorators = decorators;
    this.returns = returns;
    this.isAsync = isAsync;
  }
}

export class ClassDef extends Stmt {
  readonly name: string;
  readonly bases: Expr[];
  readonly keywords: Keyword[];
  readonly body: Stmt[];
  readonly decorators: Expr[];
  constructor(
    first: Span,
    last: Span,
    name: string,
    bases: Expr[],
    keywords: Keyword[],
    body: Stmt[],
    decorators: Expr[],
  ) {
    super(N_CLASS_DEF, first, last);
    this.name = name;
    this.bases = bases;
    this.keywords = keywords;
    this.body = body;
    this.decorators = decorators;
  }
}

export class Return extends Stmt {
  readonly value: Expr | null;
  constructor(first: Span, last: Span, value: Expr | null) {
    super(N_RETURN, first, last);
    this.value = value;
  }
}

export class Delete extends Stmt {
  readonly targets: Expr[];
  constructor(first: Span, last: Span, targets: Expr[]) {
    super(N_DELETE, first, last);
    this.targets = targets;
  }
}

export class Assign extends Stmt {
  readonly targets: Expr[];
  readonly value: Expr;
  constructor(first: Span, last: Span, targets: Expr[], value: Expr) {
    super(N_ASSIGN, first, last);
    this.targets = targets;
    this.value = value;
  }
}

export class AugAssign extends Stmt {
  readonly target: Expr;
  readonly op: int;
  readonly value: Expr;
  constructor(first: Span, last: Span, target: Expr, op: int, value: Expr) {
    super(N_AUG_ASSIGN, first, last);
    this.target = target;
    this.op = op;
    this.value = value;
  }
}

export class AnnAssign extends Stmt {
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
  readonly simple: boolean;
  constructor(first: Span, last: Span, target: Expr, annotation: Expr, value: Expr | null, simple: boolean) {
    super(N_ANN_ASSIGN, first, last);
    this.target = target;
    this.annotation = annotation;
    this.value = value;
    this.simple = simple;
  }
}

export class For extends Stmt {
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: Stmt[];
  readonly orelse: Stmt[];
  readonly isAsync: boolean;
  constructor(first: Span, last: Span, target: Expr, iter: Expr, body: Stmt[], orelse: Stmt[], isAsync: boolean) {
    super(N_FOR, first, last);
    this.target = target;
    this.iter = iter;
    this.body = body;
    this.orelse = orelse;
    this.isAsync = isAsync;
  }
}

export class While extends Stmt {
  readonly test: Expr;
  readonly body: Stmt[];
  readonly orelse: Stmt[];
  constructor(first: Span, last: Span, test: Expr, body: Stmt[], orelse: Stmt[]) {
    super(N_WHILE, first, last);
    this.test = test;
    this.body = body;
    this.orelse = orelse;
  }
}

export class If extends Stmt {
  readonly test: Expr;
  readonly body: Stmt[];
  readonly orelse: Stmt[];
  constructor(first: Span, last: Span, test: Expr, body: Stmt[], orelse: Stmt[]) {
    super(N_IF, first, last);
    this.test = test;
    this.body = body;
    this.orelse = orelse;
  }
}

export class With extends Stmt {
  readonly items: WithItem[];
  readonly body: Stmt[];
  readonly isAsync: boolean;
  constructor(first: Span, last: Span, items: WithItem[], body: Stmt[], isAsync: boolean) {
    super(N_WITH, first, last);
    this.items = items;
    this.body = body;
    this.isAsync = isAsync;
  }
}

export class Match extends Stmt {
  readonly subject: Expr;
  readonly cases: MatchCase[];
  constructor(first: Span, last: Span, subject: Expr, cases: MatchCase[]) {
    super(N_MATCH, first, last);
    this.subject = subject;
    this.cases = cases;
  }
}

export class Raise extends Stmt {
  readonly exc: Expr | null;
  readonly cause: Expr | null;
  constructor(first: Span, last: Span, exc: Expr | null, cause: Expr | null) {
    super(N_RAISE, first, last);
    this.exc = exc;
    this.cause = cause;
  }
}

export class Try extends Stmt {
  readonly body: Stmt[];
  readonly handlers: ExceptHandler[];
  readonly orelse: Stmt[];
  readonly finalbody: Stmt[];
  readonly isStar: boolean;
  constructor(
    first: Span,
    last: Span,
    body: Stmt[],
    handlers: ExceptHandler[],
    orelse: Stmt[],
    finalbody: Stmt[],
    isStar: boolean,
  ) {
    super(N_TRY, first, last);
    this.body = body;
    this.handlers = handlers;
    this.orelse = orelse;
    this.finalbody = finalbody;
    this.isStar = isStar;
  }
}

export class Assert extends Stmt {
  readonly test: Expr;
  readonly msg: Expr | null;
  constructor(first: Span, last: Span, test: Expr, msg: Expr | null) {
    super(N_ASSERT, first, last);
    this.test = test;
    this.msg = msg;
  }
}

export class Import extends Stmt {
  readonly names: Alias[];
  constructor(first: Span, last: Span, names: Alias[]) {
    super(N_IMPORT, first, last);
    this.names = names;
  }
}

export class ImportFrom extends Stmt {
  readonly module: string | null;
  readonly names: Alias[];
  readonly level: int;
  constructor(first: Span, last: Span, module: string | null, names: Alias[], level: int) {
    super(N_IMPORT_FROM, first, last);
    this.module = module;
    this.names = names;
    this.level = level;
  }
}

export class Global extends Stmt {
  readonly names: string[];
  constructor(first: Span, last: Span, names: string[]) {
    super(N_GLOBAL, first, last);
    this.names = names;
  }
}

export class Nonlocal extends Stmt {
  readonly names: string[];
  constructor(first: Span, last: Span, names: string[]) {
    super(N_NONLOCAL, first, last);
    this.names = names;
  }
}

export class ExprStmt extends Stmt {
  readonly value: Expr;
  constructor(first: Span, last: Span, value: Expr) {
    super(N_EXPR_STMT, first, last);
    this.value = value;
  }
}

export class Pass extends Stmt {
  constructor(first: Span, last: Span) {
    super(N_PASS, first, last);
  }
}

export class Break extends Stmt {
  constructor(first: Span, last: Span) {
    super(N_BREAK, first, last);
  }
}

export class Continue extends Stmt {
  constructor(first: Span, last: Span) {
    super(N_CONTINUE, first, last);
  }
}

export class MatchValue extends Pattern {
  readonly value: Expr;
  constructor(first: Span, last: Span, value: Expr) {
    super(N_MATCH_VALUE, first, last);
    this.value = value;
  }
}

export class MatchSingleton extends Pattern {
  readonly value: ConstValue;
  constructor(first: Span, last: Span, value: ConstValue) {
    super(N_MATCH_SINGLETON, first, last);
    this.value = value;
  }
}

export class MatchSequence extends Pattern {
  readonly patterns: Pattern[];
  constructor(first: Span, last: Span, patterns: Pattern[]) {
    super(N_MATCH_SEQUENCE, first, last);
    this.patterns = patterns;
  }
}

export class MatchMapping extends Pattern {
  readonly keys: Expr[];
  readonly patterns: Pattern[];
  readonly rest: string | null;
  constructor(first: Span, last: Span, keys: Expr[], patterns: Pattern[], rest: string | null) {
    super(N_MATCH_MAPPING, first, last);
    this.keys = keys;
    this.patterns = patterns;
    this.rest = rest;
  }
}

export class MatchClass extends Pattern {
  readonly cls: Expr;
  readonly patterns: Pattern[];
  readonly kwdAttrs: string[];
  readonly kwdPatterns: Pattern[];
  constructor(first: Span, last: Span, cls: Expr, patterns: Pattern[], kwdAttrs: string[], kwdPatterns: Pattern[]) {
    super(N_MATCH_CLASS, first, last);
    this.cls = cls;
    this.patterns = patterns;
    this.kwdAttrs = kwdAttrs;
    this.kwdPatterns = kwdPatterns;
  }
}

export class MatchStar extends Pattern {
  readonly name: string | null;
  constructor(first: Span, last: Span, name: string | null) {
    super(N_MATCH_STAR, first, last);
    this.name = name;
  }
}

export class MatchAs extends Pattern {
  readonly pattern: Pattern | null;
  readonly name: string | null;
  constructor(first: Span, last: Span, pattern: Pattern | null, name: string | null) {
    super(N_MATCH_AS, first, last);
    this.pattern = pattern;
    this.name = name;
  }
}

export class MatchOr extends Pattern {
  readonly patterns: Pattern[];
  constructor(first: Span, last: Span, patterns: Pattern[]) {
    super(N_MATCH_OR, first, last);
    this.patterns = patterns;
  }
}

/** A parsed source file, expression or interactive statement. */
export class Module {
  readonly body: Stmt[];
  constructor(body: Stmt[]) {
    this.body = body;
  }
}
