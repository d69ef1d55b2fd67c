// The errno module: the names that the system support knows.
import { OSError } from "rtypescript/rlib";
import { W_Dict } from "../objects/dict.ts";
import { newint } from "../objects/int.ts";
import { newstr } from "../objects/str.ts";
import { builtinModule, constant } from "./registry.ts";

const w_errno = builtinModule("errno");
const w_errorcode = new W_Dict();
for (let number = 1; number < 134; number++) {
  const code = new OSError(number).code;
  if (code === `E${number}`) continue;
  constant(w_errno, code, newint(number));
  w_errorcode.storeKey(newint(number), newstr(code));
}
constant(w_errno, "errorcode", w_errorcode);
constant(w_errno, "EWOULDBLOCK", newint(11));
constant(w_errno, "EDEADLOCK", newint(35));
constant(w_errno, "EOPNOTSUPP", newint(95));
constant(w_errno, "ENOTSUP", newint(95));
