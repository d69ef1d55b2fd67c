// The _sre module: the engine under the library's `re`.
import type { int } from "rtypescript/rlib";
import { function0, function1, functionN } from "../../objects/builtin.ts";
import { simpleLower, simpleUpper } from "../../objects/chartype.ts";
import { W_Dict } from "../../objects/dict.ts";
import { bigOf, newbool, newint, W_Int, W_Long } from "../../objects/int.ts";
import { W_List } from "../../objects/list.ts";
import { typeError, type W_Root } from "../../objects/root.ts";
import { intArgument } from "../../objects/slice.ts";
import { W_Tuple } from "../../objects/tuple.ts";
import { builtinModule, constant, functions } from "../registry.ts";
import { W_Pattern } from "./pattern.ts";
import { translate } from "./program.ts";

const w_sre = builtinModule("_sre");
constant(w_sre, "MAGIC", newint(20220615));
constant(w_sre, "CODESIZE", newint(4));
// A long on every target: a 32-bit word does not hold it.
constant(w_sre, "MAXREPEAT", new W_Long(4294967295n));
constant(w_sre, "MAXGROUPS", newint(1073741823));
constant(w_sre, "copyright", newint(0));

/** A word of code as a signed 32-bit number: MAXREPEAT is −1. */
function wordOf(w_word: W_Root): int {
  if (w_word instanceof W_Int) return w_word.value | 0;
  const w_exact = w_word.asInt();
  if (w_exact === null) throw typeError("an integer is required");
  return Number(BigInt.asIntN(32, bigOf(w_exact)));
}

functions(w_sre, [
  functionN("compile", "pattern, flags, code, groups, groupindex, indexgroup", (args) => {
    const code: int[] = [];
    if (!(args[2] instanceof W_List)) throw typeError("compile() argument 'code' must be list");
    for (const w of args[2].items) code.push(wordOf(w));
    if (!(args[4] instanceof W_Dict)) throw typeError("compile() argument 'groupindex' must be dict");
    if (!(args[5] instanceof W_Tuple)) throw typeError("compile() argument 'indexgroup' must be tuple");
    return new W_Pattern(args[0], intArgument(args[1]), translate(code), intArgument(args[3]), args[4], args[5]);
  }),
  function0("getcodesize", () => newint(4)),
  function1("ascii_iscased", (w_code) => {
    const c = intArgument(w_code);
    return newbool((c >= 65 && c <= 90) || (c >= 97 && c <= 122));
  }),
  function1("ascii_tolower", (w_code) => {
    const c = intArgument(w_code);
    return newint(c >= 65 && c <= 90 ? c + 32 : c);
  }),
  function1("unicode_iscased", (w_code) => {
    const c = intArgument(w_code);
    return newbool(simpleLower(c) !== c || simpleUpper(c) !== c);
  }),
  function1("unicode_tolower", (w_code) => {
    const c = intArgument(w_code);
    return newint(simpleLower(c));
  }),
]);
