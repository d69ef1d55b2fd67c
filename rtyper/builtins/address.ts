/** The two words of `rtypescript/lowlevel` that take a constant text. */
import { Address, Void } from "../lltype/types.ts";
import { builtins } from "../repr.ts";

builtins.on("lowlevel.symbolAddress", (hop) =>
  hop.emit("symbol_address", [hop.void(String(hop.known(0)?.value))], Address),
);
builtins.on("lowlevel.fatalError", (hop) => {
  hop.emit("fatal", [hop.void(String(hop.known(0)?.value ?? "fatal error"))], Void);
  return null;
});
