/**
 * The syntax tree as text, one node after another, in a form that `dump.py` prints from Python's own `ast` too.
 */
import type { ConstValue } from "../../../goal/python/parser/constant.ts";
import * as c from "../../../goal/python/parser/constant.ts";
import * as n from "../../../goal/python/parser/node.ts";

/** A line per node: the constant of its kind, its name in `ast`, its fields with their types. Read by dump.py too. */
const shapeText = `
N_BOOL_OP BoolOp op:int values:Expr[]
N_NAMED_EXPR NamedExpr target:Name value:Expr
N_BIN_OP BinOp left:Expr op:int right:Expr
N_UNARY_OP UnaryOp op:int operand:Expr
N_LAMBDA Lambda args:Arguments body:Expr
N_IF_EXP IfExp test:Expr body:Expr orelse:Expr
N_DICT_EXPR Dict keys:(Expr|null)[] values:Expr[]
N_SET_EXPR Set elts:Expr[]
N_LIST_COMP ListComp elt:Expr generators:Comprehension[]
N_SET_COMP SetComp elt:Expr generators:Comprehension[]
N_DICT_COMP DictComp key:Expr value:Expr generators:Comprehension[]
N_GENERATOR_EXP GeneratorExp elt:Expr generators:Comprehension[]
N_AWAIT Await value:Expr
N_YIELD Yield value:Expr|null
N_YIELD_FROM YieldFrom value:Expr
N_COMPARE Compare left:Expr ops:int[] comparators:Expr[]
N_CALL Call func:Expr args:Expr[] keywords:Keyword[]
N_FORMATTED_VALUE FormattedValue value:Expr conversion:int formatSpec:JoinedStr|null
N_JOINED_STR JoinedStr values:Expr[]
N_CONSTANT Constant value:ConstValue
N_ATTRIBUTE Attribute value:Expr attr:string ctx:int
N_SUBSCRIPT Subscript value:Expr index:Expr ctx:int
N_STARRED Starred value:Expr ctx:int
N_NAME Name id:string ctx:int
N_LIST_EXPR List elts:Expr[] ctx:int
N_TUPLE_EXPR Tuple elts:Expr[] ctx:int
N_SLICE Slice lower:Expr|null upper:Expr|null step:Expr|null
N_FUNCTION_DEF FunctionDef name:string args:Arguments body:Stmt[] decorators:Expr[] returns:Expr|null isAsync:boolean
N_CLASS_DEF ClassDef name:string bases:Expr[] keywords:Keyword[] body:Stmt[] decorators:Expr[]
N_RETURN Return value:Expr|null
N_DELETE Delete targets:Expr[]
N_ASSIGN Assign targets:Expr[] value:Expr
N_AUG_ASSIGN AugAssign target:Expr op:int value:Expr
N_ANN_ASSIGN AnnAssign target:Expr annotation:Expr value:Expr|null simple:boolean
N_FOR For target:Expr iter:Expr body:Stmt[] orelse:Stmt[] isAsync:boolean
N_WHILE While test:Expr body:Stmt[] orelse:Stmt[]
N_IF If test:Expr body:Stmt[] orelse:Stmt[]
N_WITH With items:WithItem[] body:Stmt[] isAsync:boolean
N_MATCH Match subject:Expr cases:MatchCase[]
N_RAISE Raise exc:Expr|null cause:Expr|null
N_TRY Try body:Stmt[] handlers:ExceptHandler[] orelse:Stmt[] finalbody:Stmt[] isStar:boolean
N_ASSERT Assert test:Expr msg:Expr|null
N_IMPORT Import names:Alias[]
N_IMPORT_FROM ImportFrom module:string|null names:Alias[] level:int
N_GLOBAL Global names:string[]
N_NONLOCAL Nonlocal names:string[]
N_EXPR_STMT Expr value:Expr
N_PASS Pass
N_BREAK Break
N_CONTINUE Continue
N_MATCH_VALUE MatchValue value:Expr
N_MATCH_SINGLETON MatchSingleton value:ConstValue
N_MATCH_SEQUENCE MatchSequence patterns:Pattern[]
N_MATCH_MAPPING MatchMapping keys:Expr[] patterns:Pattern[] rest:string|null
N_MATCH_CLASS MatchClass cls:Expr patterns:Pattern[] kwdAttrs:string[] kwdPatterns:Pattern[]
N_MATCH_STAR MatchStar name:string|null
N_MATCH_AS MatchAs pattern:Pattern|null name:string|null
N_MATCH_OR MatchOr patterns:Pattern[]
N_COMPREHENSION comprehension target:Expr iter:Expr ifs:Expr[] isAsync:boolean
N_EXCEPT_HANDLER ExceptHandler type:Expr|null name:string|null body:Stmt[]
N_ARGUMENTS arguments posonlyargs:Arg[] args:Arg[] vararg:Arg|null kwonlyargs:Arg[] kwDefaults:(Expr|null)[] kwarg:Arg|null defaults:Expr[]
N_ARG arg arg:string annotation:Expr|null
N_KEYWORD keyword arg:string|null value:Expr
N_ALIAS alias name:string asname:string|null
N_WITH_ITEM withitem contextExpr:Expr optionalVars:Expr|null
N_MATCH_CASE match_case pattern:Pattern guard:Expr|null body:Stmt[]
`;

class Shape {
  readonly name: string;
  readonly fields: [field: string, type: string][];
  constructor(name: string, fields: [string, string][]) {
    this.name = name;
    this.fields = fields;
  }
}

const kinds: Record<string, unknown> = { ...n };
const byKind = new Map<unknown, Shape>();
for (const line of shapeText.trim().split("\n")) {
  const [kind, name, ...fields] = line.trim().split(" ");
  byKind.set(
    kinds[kind],
    new Shape(
      name,
      fields.map((f) => f.split(":") as [string, string]),
    ),
  );
}

const binary = ["Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd"];
binary.push("FloorDiv");
const unary = ["UAdd", "USub", "Not", "Invert"];
const boolean = ["And", "Or"];
const comparisons = ["Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"];
const contexts = ["Load", "Store", "Del"];

/** Printable ASCII as it is, the rest by code point, surrogate pairs as one. */
function text(points: Iterable<number>): string {
  let out = "'";
  for (const p of points)
    out += p > 32 && p < 127 && p !== 39 && p !== 92 ? String.fromCharCode(p) : `\\${p.toString(16)};`;
  return `${out}'`;
}

function codePoints(s: string): number[] {
  return Array.from(s, (ch) => ch.codePointAt(0) as number);
}

function floatText(f: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(f);
  return bytes.toString("hex");
}

export function dumpConstant(v: ConstValue): string {
  switch (v.kind) {
    case c.C_NONE:
      return "None";
    case c.C_BOOL:
      return v.small === 1 ? "True" : "False";
    case c.C_ELLIPSIS:
      return "Ellipsis";
    case c.C_INT:
      return `int ${v.small.toString(16)}`;
    case c.C_BIG_INT: {
      const prefix = v.small === 16 ? "0x" : v.small === 8 ? "0o" : v.small === 2 ? "0b" : "";
      return `int ${BigInt(prefix + v.text).toString(16)}`;
    }
    case c.C_FLOAT:
      return `float ${floatText(v.real)}`;
    case c.C_COMPLEX:
      return `complex ${floatText(v.real)} ${floatText(v.imag)}`;
    case c.C_STR:
      return `str ${text(v.data ?? codePoints(v.text))}${v.hasUPrefix ? " u" : ""}`;
    case c.C_BYTES:
      return `bytes ${text(v.data ?? [])}`;
  }
  throw new Error(`constant kind ${v.kind}`);
}

function operator(kind: number, field: string, value: number): string {
  if (field === "ctx") return contexts[value];
  if (kind === n.N_UNARY_OP) return unary[value];
  if (kind === n.N_BOOL_OP) return boolean[value];
  if (kind === n.N_COMPARE) return comparisons[value];
  return field === "op" ? binary[value] : `${value}`;
}

type Fields = Record<string, unknown> & { kind: number };

function value(kind: number, field: string, type: string, v: unknown, out: string[], depth: string): void {
  if (v === null) out.push(`${depth}${field}: -`);
  else if (Array.isArray(v)) {
    out.push(`${depth}${field}: [${v.length}]`);
    for (const item of v) value(kind, field, type.replace("[]", ""), item, out, `${depth} `);
  } else if (typeof v === "object") {
    if (type === "ConstValue") out.push(`${depth}${field}: ${dumpConstant(v as ConstValue)}`);
    else {
      out.push(`${depth}${field}:`);
      node(v as n.Node, out, `${depth} `);
    }
  } else if (typeof v === "number") out.push(`${depth}${field}: ${operator(kind, field, v)}`);
  else if (typeof v === "string") out.push(`${depth}${field}: ${text(codePoints(v))}`);
  else out.push(`${depth}${field}: ${v ? 1 : 0}`);
}

function node(tree: n.Node, out: string[], depth: string): void {
  const shape = byKind.get(tree.kind);
  if (shape === undefined) throw new Error(`node kind ${tree.kind}`);
  const { name, fields } = shape;
  const hasPlace = !["comprehension", "arguments", "withitem", "match_case"].includes(name);
  const place = hasPlace ? ` ${tree.line}:${tree.col}-${tree.endLine}:${tree.endCol}` : "";
  out.push(`${depth}${name}${place}`);
  const values = tree as unknown as Fields;
  for (const [field, type] of fields) value(tree.kind, field, type, values[field], out, `${depth} `);
}

export function dump(body: n.Stmt[]): string {
  const out: string[] = [];
  for (const stmt of body) node(stmt, out, "");
  return `${out.join("\n")}\n`;
}
