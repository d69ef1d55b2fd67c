/** Methods of `Address`: typed loads and stores at a byte offset. */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import type { ExternalFunction } from "../lltype/memory.ts";
import { Address, Bool, Int32, type LowType, Signed, UInt8, UInt16, UInt32, Void } from "../lltype/types.ts";
import { ADDRESS_REPR } from "../repr/address.ts";
import { INT_REPR } from "../repr/int.ts";
import { builtins } from "../repr.ts";

const address = (hop: Hop, i: number): Value => hop.inputArg(ADDRESS_REPR, i);
const int = (hop: Hop, i: number): Value => hop.inputArg(INT_REPR, i);

builtins.on("address.add", (hop) => hop.emit("address_add", [address(hop, 0), int(hop, 1)], Address));
builtins.on("address.diff", (hop) => hop.emit("address_sub", [address(hop, 0), address(hop, 1)], Signed));
builtins.on("address.equals", (hop) => hop.emit("address_eq", [address(hop, 0), address(hop, 1)], Bool));
builtins.on("address.below", (hop) => hop.emit("address_lt", [address(hop, 0), address(hop, 1)], Bool));
builtins.on("address.toInt", (hop) => hop.emit("address_to_int", [address(hop, 0)], Signed));
builtins.on("address.isNull", (hop) => {
  const word = hop.emit("address_to_int", [address(hop, 0)], Signed);
  return hop.emit("int_eq", [word, hop.int(0)], Bool);
});

const INTEGERS: readonly (readonly [suffix: string, type: LowType])[] = [
  ["Int32", Int32],
  ["UInt32", UInt32],
  ["UInt16", UInt16],
  ["UInt8", UInt8],
];

for (const [suffix, type] of INTEGERS) {
  builtins.on(`address.load${suffix}`, (hop) => {
    const loaded = hop.emit("raw_load", [address(hop, 0), int(hop, 1)], type);
    return hop.toResult(hop.emit("int_cast", [loaded], Signed), INT_REPR);
  });
  builtins.on(`address.store${suffix}`, (hop) => {
    const value = hop.emit("int_cast", [int(hop, 2)], type);
    hop.emit("raw_store", [address(hop, 0), int(hop, 1), value], Void);
    return null;
  });
}

builtins.on("address.loadWord", (hop) => hop.emit("raw_load", [address(hop, 0), int(hop, 1)], Signed));
builtins.on("address.storeWord", (hop) => {
  hop.emit("raw_store", [address(hop, 0), int(hop, 1), int(hop, 2)], Void);
  return null;
});
builtins.on("address.loadAddress", (hop) => hop.emit("raw_load", [address(hop, 0), int(hop, 1)], Address));
builtins.on("address.storeAddress", (hop) => {
  hop.emit("raw_store", [address(hop, 0), int(hop, 1), address(hop, 2)], Void);
  return null;
});

// ---- functions of `rtypescript/lowlevel`

builtins.on("lowlevel.wordBytes", (hop) => hop.int(hop.typer.wordBits / 8));
builtins.on("lowlevel.rawCopy", (hop) => {
  hop.emit("raw_copy", [address(hop, 0), address(hop, 1), int(hop, 2)], Void);
  return null;
});
builtins.on("lowlevel.rawClear", (hop) => {
  hop.emit("raw_clear", [address(hop, 0), int(hop, 1)], Void);
  return null;
});
builtins.on("lowlevel.symbolAddress", (hop) =>
  hop.emit("symbol_address", [hop.void(String(hop.known(0)?.value))], Address),
);
builtins.on("lowlevel.fatalError", (hop) => {
  hop.emit("fatal", [hop.void(String(hop.known(0)?.value ?? "fatal error"))], Void);
  return null;
});

const RAW_MALLOC: ExternalFunction = {
  name: "rts_raw_malloc",
  args: [Signed],
  result: Address,
  library: null,
  pure: false,
  run: null,
};
const RAW_FREE: ExternalFunction = {
  name: "rts_raw_free",
  args: [Address, Signed],
  result: Void,
  library: null,
  pure: false,
  run: null,
};

builtins.on("lowlevel.rawMalloc", (hop) => hop.emit("external_call", [hop.void(RAW_MALLOC), int(hop, 0)], Address));
builtins.on("lowlevel.rawFree", (hop) => {
  hop.emit("external_call", [hop.void(RAW_FREE), address(hop, 0), int(hop, 1)], Void);
  return null;
});
