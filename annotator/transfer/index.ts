/** All transfer functions: of operations by name, of builtins by name. */
import type { FlowOpName } from "../../translator/flow/ops.ts";
import type { BuiltinTables } from "../builtins.ts";
import type { Transfer } from "../opcontext.ts";
import { ACCESS } from "./access.ts";
import { ARITHMETIC } from "./arith.ts";
import { CALLS } from "./callops.ts";
import { COMPARISON } from "./compare.ts";
import { CONVERSION } from "./convert.ts";
import { HOST_CONSTRUCTORS, HOST_FUNCTIONS, HOST_OBJECTS, hostProperty, INTRINSIC_CLASSES } from "./host.ts";
import { ITERATION } from "./iterate.ts";
import { JIT_INTRINSICS } from "./jit.ts";
import { LIST_METHODS, TUPLE_METHODS, TYPED_ARRAY_METHODS } from "./lists.ts";
import { ADDRESS_METHODS } from "./lowlevel.ts";
import { MAP_METHODS, SET_METHODS, WEAK_METHODS } from "./maps.ts";
import { BIGINT_METHODS, BOOLEAN_METHODS, NUMBER_METHODS } from "./numbers.ts";
import { OBJECTS } from "./objects.ts";
import { declaredIntrinsic, INTRINSICS } from "./rlib.ts";
import { BUILDER_METHODS, STRING_METHODS } from "./strings.ts";

/** By operation name. */
export const TRANSFERS: Readonly<Record<string, Transfer>> = {
  ...ARITHMETIC,
  ...COMPARISON,
  ...CONVERSION,
  ...ACCESS,
  ...OBJECTS,
  ...CALLS,
  ...ITERATION,
};

/** Operations without a transfer function; the tests require that there is none. */
export function missingTransfers(names: readonly FlowOpName[]): FlowOpName[] {
  return names.filter((name) => TRANSFERS[name] === undefined);
}

export const BUILTIN_TABLES: BuiltinTables = {
  methods: {
    string: { prefix: "string", table: STRING_METHODS },
    char: { prefix: "string", table: STRING_METHODS },
    list: { prefix: "list", table: LIST_METHODS },
    tuple: { prefix: "tuple", table: TUPLE_METHODS },
    typedArray: { prefix: "typedArray", table: TYPED_ARRAY_METHODS },
    map: { prefix: "map", table: MAP_METHODS },
    set: { prefix: "set", table: SET_METHODS },
    weakRef: { prefix: "weakRef", table: WEAK_METHODS },
    stringBuilder: { prefix: "stringBuilder", table: BUILDER_METHODS },
    intValued: { prefix: "number", table: NUMBER_METHODS },
    int: { prefix: "number", table: NUMBER_METHODS },
    float: { prefix: "number", table: NUMBER_METHODS },
    bool: { prefix: "boolean", table: BOOLEAN_METHODS },
    bigint: { prefix: "bigint", table: BIGINT_METHODS },
    machineInt: { prefix: "bigint", table: BIGINT_METHODS },
    address: { prefix: "address", table: ADDRESS_METHODS },
  },
  functions: HOST_FUNCTIONS,
  constructors: HOST_CONSTRUCTORS,
  intrinsicClasses: INTRINSIC_CLASSES,
  hosts: HOST_OBJECTS,
  intrinsics: { ...INTRINSICS, ...JIT_INTRINSICS },
  declared: declaredIntrinsic,
  hostProperty,
};
