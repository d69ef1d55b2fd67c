// _contextvars for programs of one task: one context.
import { functionN, getset, method0, method1, methodKw, methodN, newKw, newN } from "../objects/builtin.ts";
import { KIND_LookupError, operationError, W_Root } from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { repr } from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_contextvars = builtinModule("_contextvars");
const w_ContextVar = builtinType("ContextVar", null, "_contextvars");
const w_Token = builtinType("Token", null, "_contextvars");
const w_Context = builtinType("Context", null, "_contextvars");

class W_ContextVar extends W_Root {
  readonly w_name: W_Root;
  readonly w_default: W_Root;
  w_value: W_Root | null;
  constructor(w_name: W_Root, w_default: W_Root) {
    super();
    this.w_name = w_name;
    this.w_default = w_default;
    this.w_value = null;
  }
  override getclass(): W_Type {
    return w_ContextVar;
  }
  override repr(): string {
    return `<ContextVar name=${repr(this.w_name)} at ${this.address()}>`;
  }
}
class W_Token extends W_Root {
  readonly w_var: W_ContextVar;
  readonly w_old: W_Root | null;
  constructor(w_var: W_ContextVar, w_old: W_Root | null) {
    super();
    this.w_var = w_var;
    this.w_old = w_old;
  }
  override getclass(): W_Type {
    return w_Token;
  }
}
class W_Context extends W_Root {
  override getclass(): W_Type {
    return w_Context;
  }
}

newN(w_ContextVar, "name, /, *, default=?", (args) => new W_ContextVar(args[1], args[2]));
slots(w_ContextVar, "repr");
getset(w_ContextVar, "name", (w_self) => (w_self as W_ContextVar).w_name);
methodN(w_ContextVar, "get", "default=?, /", (args) => {
  const w_var = args[0] as W_ContextVar;
  if (w_var.w_value !== null) return w_var.w_value;
  if (args[1] !== w_missing) return args[1];
  if (w_var.w_default !== w_missing) return w_var.w_default;
  throw operationError(KIND_LookupError, repr(w_var));
});
method1(w_ContextVar, "set", (w_self, w_value) => {
  const w_var = w_self as W_ContextVar;
  const w_token = new W_Token(w_var, w_var.w_value);
  w_var.w_value = w_value;
  return w_token;
});
method1(w_ContextVar, "reset", (w_self, w_token) => {
  if (w_token instanceof W_Token) (w_self as W_ContextVar).w_value = w_token.w_old;
  return w_None;
});
getset(w_Token, "var", (w_self) => (w_self as W_Token).w_var);
getset(w_Token, "old_value", (w_self) => (w_self as W_Token).w_old ?? newstr("<Token.MISSING>"));
newKw(w_Context, (_args, _names) => new W_Context());
methodKw(w_Context, "run", (args, names) => args[1].callArgs(args.slice(2), names));
method0(w_Context, "copy", (w_self) => w_self);
functions(w_contextvars, [functionN("copy_context", "", (_args) => new W_Context())]);
constant(w_contextvars, "ContextVar", w_ContextVar);
constant(w_contextvars, "Token", w_Token);
constant(w_contextvars, "Context", w_Context);
