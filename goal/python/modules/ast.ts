// _ast: the classes of syntax trees. Trees are made by `compile(…, PyCF_ONLY_AST)`.
import type { int } from "rtypescript/rlib";
import { methodKw, newKw } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { typeError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { setattr } from "../objects/space.ts";
import { newstr, type W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { W_Instance, W_Type, w_object } from "../objects/type.ts";
import { builtinModule, constant } from "./registry.ts";

/** Class, base, fields, optional fields. */
const TABLE = [
  "AST object - -",
  "operator AST - -",
  "Add operator - -",
  "boolop AST - -",
  "And boolop - -",
  "stmt AST - -",
  "AnnAssign stmt target,annotation,value,simple value",
  "Assert stmt test,msg msg",
  "Assign stmt targets,value,type_comment type_comment",
  "AsyncFor stmt target,iter,body,orelse,type_comment type_comment",
  "AsyncFunctionDef stmt name,args,body,decorator_list,returns,type_comment returns,type_comment",
  "AsyncWith stmt items,body,type_comment type_comment",
  "expr AST - -",
  "Attribute expr value,attr,ctx -",
  "AugAssign stmt target,op,value -",
  "Await expr value -",
  "BinOp expr left,op,right -",
  "BitAnd operator - -",
  "BitOr operator - -",
  "BitXor operator - -",
  "BoolOp expr op,values -",
  "Break stmt - -",
  "Call expr func,args,keywords -",
  "ClassDef stmt name,bases,keywords,body,decorator_list -",
  "Compare expr left,ops,comparators -",
  "Constant expr value,kind kind",
  "Continue stmt - -",
  "expr_context AST - -",
  "Del expr_context - -",
  "Delete stmt targets -",
  "Dict expr keys,values -",
  "DictComp expr key,value,generators -",
  "Div operator - -",
  "cmpop AST - -",
  "Eq cmpop - -",
  "excepthandler AST - -",
  "ExceptHandler excepthandler type,name,body type,name",
  "Expr stmt value -",
  "mod AST - -",
  "Expression mod body -",
  "FloorDiv operator - -",
  "For stmt target,iter,body,orelse,type_comment type_comment",
  "FormattedValue expr value,conversion,format_spec format_spec",
  "FunctionDef stmt name,args,body,decorator_list,returns,type_comment returns,type_comment",
  "FunctionType mod argtypes,returns -",
  "GeneratorExp expr elt,generators -",
  "Global stmt names -",
  "Gt cmpop - -",
  "GtE cmpop - -",
  "If stmt test,body,orelse -",
  "IfExp expr test,body,orelse -",
  "Import stmt names -",
  "ImportFrom stmt module,names,level module,level",
  "In cmpop - -",
  "Interactive mod body -",
  "unaryop AST - -",
  "Invert unaryop - -",
  "Is cmpop - -",
  "IsNot cmpop - -",
  "JoinedStr expr values -",
  "LShift operator - -",
  "Lambda expr args,body -",
  "List expr elts,ctx -",
  "ListComp expr elt,generators -",
  "Load expr_context - -",
  "Lt cmpop - -",
  "LtE cmpop - -",
  "MatMult operator - -",
  "Match stmt subject,cases -",
  "pattern AST - -",
  "MatchAs pattern pattern,name pattern,name",
  "MatchClass pattern cls,patterns,kwd_attrs,kwd_patterns -",
  "MatchMapping pattern keys,patterns,rest rest",
  "MatchOr pattern patterns -",
  "MatchSequence pattern patterns -",
  "MatchSingleton pattern value -",
  "MatchStar pattern name name",
  "MatchValue pattern value -",
  "Mod operator - -",
  "Module mod body,type_ignores -",
  "Mult operator - -",
  "Name expr id,ctx -",
  "NamedExpr expr target,value -",
  "Nonlocal stmt names -",
  "Not unaryop - -",
  "NotEq cmpop - -",
  "NotIn cmpop - -",
  "Or boolop - -",
  "Pass stmt - -",
  "Pow operator - -",
  "RShift operator - -",
  "Raise stmt exc,cause exc,cause",
  "Return stmt value value",
  "Set expr elts -",
  "SetComp expr elt,generators -",
  "Slice expr lower,upper,step lower,upper,step",
  "Starred expr value,ctx -",
  "Store expr_context - -",
  "Sub operator - -",
  "Subscript expr value,slice,ctx -",
  "Try stmt body,handlers,orelse,finalbody -",
  "TryStar stmt body,handlers,orelse,finalbody -",
  "Tuple expr elts,ctx -",
  "type_ignore AST - -",
  "TypeIgnore type_ignore lineno,tag -",
  "UAdd unaryop - -",
  "USub unaryop - -",
  "UnaryOp expr op,operand -",
  "While stmt test,body,orelse -",
  "With stmt items,body,type_comment type_comment",
  "Yield expr value value",
  "YieldFrom expr value -",
  "alias AST name,asname asname",
  "arg AST arg,annotation,type_comment annotation,type_comment",
  "arguments AST posonlyargs,args,vararg,kwonlyargs,kw_defaults,kwarg,defaults vararg,kwarg",
  "comprehension AST target,iter,ifs,is_async -",
  "keyword AST arg,value arg",
  "match_case AST pattern,guard,body guard",
  "withitem AST context_expr,optional_vars optional_vars",
];

const w_ast = builtinModule("_ast");
const LOCATION = ["lineno", "col_offset", "end_lineno", "end_col_offset"];
const LOCATED = ["stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern"];

/** The class of a kind of node; import time. */
export const nodeTypes = new Map<string, W_Type>();

function texts(names: string[]): W_Root {
  const items: W_Root[] = [];
  for (const name of names) items.push(newstr(name));
  return newtuple(items);
}

function define(row: string): void {
  const [name, base, fields, optional] = row.split(" ");
  const w_base = nodeTypes.get(base) ?? w_object;
  const w_class = new W_Type(name, "ast", [w_base], true);
  w_class.dict.set("__module__", newstr("ast"));
  w_class.dict.set("__doc__", w_None);
  w_class.hasDict = true;
  const names = fields === "-" ? [] : fields.split(",");
  w_class.dict.set("_fields", texts(names));
  w_class.dict.set("__match_args__", texts(names));
  if (LOCATED.includes(name)) w_class.dict.set("_attributes", texts(LOCATION));
  else if (name === "AST") w_class.dict.set("_attributes", texts([]));
  if (LOCATED.includes(name)) {
    w_class.dict.set("end_lineno", w_None);
    w_class.dict.set("end_col_offset", w_None);
  }
  if (optional !== "-")
    for (const field of optional.split(",")) if (names.includes(field)) w_class.dict.set(field, w_None);
  w_class.mutated();
  nodeTypes.set(name, w_class);
  constant(w_ast, name, w_class);
}
for (const row of TABLE) define(row);

/** The names of the fields of a node's class. */
function fieldNames(w_node: W_Root): W_Root[] {
  const w_fields = w_node.getclass().lookup("_fields");
  return w_fields instanceof W_Tuple ? w_fields.items : [];
}

const w_AST = nodeTypes.get("AST") as W_Type;
newKw(w_AST, (args, _names) => new W_Instance((args[0] as W_Type).shape()));
methodKw(w_AST, "__init__", (args, names) => {
  const w_self = args[0];
  const fields = fieldNames(w_self);
  const given: int = args.length - names.length - 1;
  if (given > fields.length) {
    const n = fields.length;
    throw typeError(`${w_self.typename()} constructor takes at most ${n} positional argument${n === 1 ? "" : "s"}`);
  }
  for (let i: int = 0; i < given; i++) setattr(w_self, (fields[i] as W_Str).text, args[i + 1]);
  for (let k: int = 0; k < names.length; k++) {
    for (let i: int = 0; i < given; i++) {
      if ((fields[i] as W_Str).text === names[k]) {
        throw typeError(`${w_self.typename()} got multiple values for argument '${names[k]}'`);
      }
    }
    setattr(w_self, names[k], args[given + 1 + k]);
  }
  return w_None;
});
constant(w_ast, "PyCF_ONLY_AST", newint(1024));
constant(w_ast, "PyCF_TYPE_COMMENTS", newint(4096));
constant(w_ast, "PyCF_ALLOW_TOP_LEVEL_AWAIT", newint(8192));
