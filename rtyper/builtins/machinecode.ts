/** What code made at run time needs: addresses of functions, calls of machine code, the collector's entry points. */
import { Constant, type Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import type { LowFunction } from "../lltype/memory.ts";
import { Address, type LowType, Signed, Void } from "../lltype/types.ts";
import { ADDRESS_REPR, GCREF_REPR } from "../repr/address.ts";
import { FLOAT_REPR } from "../repr/float.ts";
import { INT_REPR } from "../repr/int.ts";
import { UNDEFINED_REPR } from "../repr/none.ts";
import { builtins, type Repr } from "../repr.ts";
import { intArg, intResult } from "./arguments.ts";

const BY_LETTER: Readonly<Record<string, Repr>> = {
  i: INT_REPR,
  r: GCREF_REPR,
  f: FLOAT_REPR,
  a: ADDRESS_REPR,
  n: UNDEFINED_REPR,
};

builtins.on("lowlevel.addressOf", (hop) => hop.emit("int_to_address", [intArg(hop, 0)], Address));

builtins.on("lowlevel.functionAddress", (hop) => {
  const kinds = String(hop.known(1)?.value);
  const reprs = [...kinds].map((letter) => BY_LETTER[letter] ?? INT_REPR);
  const result = reprs.pop() ?? UNDEFINED_REPR;
  const { code, environment } = hop.callback(0, reprs, result);
  if (!(environment instanceof Constant)) throw new Error("the address of a function that is not known");
  // The function as machine code calls it: without the function value that callbacks get.
  const args = reprs.map((repr, i) => [`a${i}`, repr.lowType] as const);
  const name = `${(code.value as LowFunction).name} for machine code`;
  const f = hop.typer.synthesized(name, args, result.lowType, (s, ...values) => {
    const made = s.emit("direct_call", [code, environment, ...values], result.lowType);
    s.return(result.lowType === Void ? null : made);
  });
  return hop.emit("ptr_to_address", [hop.typer.functionPointer(f)], Address);
});

builtins.on("lowlevel.callMachineCode", (hop) => {
  const args = [hop.inputArg(ADDRESS_REPR, 0), hop.inputArg(ADDRESS_REPR, 1), intArg(hop, 2)];
  return intResult(hop, hop.emit("machine_call", args, Signed));
});

function entry(hop: Hop, name: string, args: readonly Value[], result: LowType): Value {
  return hop.emit("gc_call", [hop.void(name), ...args], result);
}

builtins.on("lowlevel.takeRoom", (hop) => entry(hop, "malloc_room", [intArg(hop, 0)], Address));
builtins.on("lowlevel.takeObject", (hop) => entry(hop, "malloc_slow", [intArg(hop, 0), intArg(hop, 1)], Address));
builtins.on("lowlevel.takeItems", (hop) => {
  const args = [0, 1, 2, 3].map((i) => intArg(hop, i));
  return entry(hop, "malloc_varsize_slow", args, Address);
});
builtins.on("lowlevel.writeBarrier", (hop) => {
  entry(hop, "write_barrier", [hop.inputArg(GCREF_REPR, 0)], Void);
  return null;
});
builtins.on("lowlevel.arrayBarrier", (hop) => {
  entry(hop, "array_barrier", [hop.inputArg(GCREF_REPR, 0), intArg(hop, 1)], Void);
  return null;
});
