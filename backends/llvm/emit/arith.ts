/** Arithmetic, comparison, conversion. */
import type { ARITH_OPS } from "../../../rtyper/lltype/ops/arith.ts";
import type { LowType, Primitive } from "../../../rtyper/lltype/types.ts";
import type { Operation, Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";
import { bitsOf } from "../types.ts";
import type { Emit } from "./emitter.ts";
import { overflowPair, pairKey, pairType } from "./overflow.ts";

function isSigned(v: Value): boolean {
  return (v.type as Primitive).signed;
}

function operand(op: Operation, i: number): Value {
  return op.args[i] as Value;
}

/** `opcode type a, b`. */
function binary(signed: string, unsigned = signed): Emit {
  return (w, op) => {
    const opcode = isSigned(operand(op, 0)) ? signed : unsigned;
    w.result(op, `${opcode} ${w.typed(operand(op, 0))}, ${w.value(operand(op, 1))}`);
  };
}

/** Wrapping arithmetic that may share the instruction of its overflow test. */
function overflowing(opcode: string): Emit {
  return (w, op) => {
    if (w.overflows.has(pairKey(op)))
      w.result(op, `extractvalue ${pairType(w, operand(op, 0))} ${overflowPair(w, op)}, 0`);
    else w.result(op, `${opcode} ${w.typed(operand(op, 0))}, ${w.value(operand(op, 1))}`);
  };
}

const overflows: Emit = (w, op) => {
  w.result(op, `extractvalue ${pairType(w, operand(op, 0))} ${overflowPair(w, op)}, 1`);
};

function compare(signed: string, unsigned = signed): Emit {
  return binary(`icmp ${signed}`, `icmp ${unsigned}`);
}

function compareFloats(predicate: string): Emit {
  return (w, op) => w.result(op, `fcmp ${predicate} double ${w.value(operand(op, 0))}, ${w.value(operand(op, 1))}`);
}

function floatBinary(opcode: string): Emit {
  return (w, op) => w.result(op, `${opcode} double ${w.value(operand(op, 0))}, ${w.value(operand(op, 1))}`);
}

function floatIntrinsic(name: string): Emit {
  return (w, op) => {
    const f = w.module.intrinsic(`llvm.${name}.f64`, "double", "double");
    w.result(op, `call double ${f}(double ${w.value(operand(op, 0))})`);
  };
}

/** `ctlz`, `cttz`: the width for 0. */
function countZeros(name: string): Emit {
  return (w, op) => {
    const type = w.type(operand(op, 0));
    const f = w.module.intrinsic(`llvm.${name}.${type}`, type, `${type}, i1`);
    w.result(op, `call ${type} ${f}(${w.typed(operand(op, 0))}, i1 false)`);
  };
}

/** An integer, char or bool value in another integer type. */
export function resize(w: FunctionWriter, op: Operation, signed: boolean): void {
  const source = operand(op, 0);
  const from = w.type(source);
  const to = w.type(op.result);
  if (from === to) {
    w.alias(op, w.value(source));
    return;
  }
  const opcode = Number(to.slice(1)) < Number(from.slice(1)) ? "trunc" : signed ? "sext" : "zext";
  w.result(op, `${opcode} ${from} ${w.value(source)} to ${to}`);
}

const mulHigh: Emit = (w, op) => {
  const [a, b] = op.args as [Value, Value];
  const bits = bitsOf(a.type as LowType, w.module.world.target);
  const wide = `i${bits * 2}`;
  const extend = isSigned(a) ? "sext" : "zext";
  const left = w.temp(`${extend} ${w.typed(a)} to ${wide}`);
  const right = w.temp(`${extend} ${w.typed(b)} to ${wide}`);
  const product = w.temp(`mul ${wide} ${left}, ${right}`);
  const high = w.temp(`lshr ${wide} ${product}, ${bits}`);
  w.result(op, `trunc ${wide} ${high} to i${bits}`);
};

/** JavaScript's `%`. The C function is exact; frem would be lowered to the same call. */
const floatMod: Emit = (w, op) => {
  const f = w.module.runtimeFunction("fmod", "double", "double, double", "nounwind willreturn memory(none)");
  w.result(op, `call double ${f}(double ${w.value(operand(op, 0))}, double ${w.value(operand(op, 1))})`);
};

function expectation(kind: "likely" | "unlikely"): Emit {
  return (w, op) => {
    const text = w.value(operand(op, 0));
    w.expect(text, kind);
    w.alias(op, text);
  };
}

export const ARITH: Record<keyof typeof ARITH_OPS, Emit> = {
  int_add: overflowing("add"),
  int_sub: overflowing("sub"),
  int_mul: overflowing("mul"),
  int_div: binary("sdiv", "udiv"),
  int_mod: binary("srem", "urem"),
  int_neg: (w, op) => w.result(op, `sub ${w.type(operand(op, 0))} 0, ${w.value(operand(op, 0))}`),
  int_and: binary("and"),
  int_or: binary("or"),
  int_xor: binary("xor"),
  int_invert: (w, op) => w.result(op, `xor ${w.typed(operand(op, 0))}, -1`),
  int_shl: binary("shl"),
  int_shr: binary("ashr", "lshr"),
  int_add_overflows: overflows,
  int_sub_overflows: overflows,
  int_mul_overflows: overflows,
  int_lt: compare("slt", "ult"),
  int_le: compare("sle", "ule"),
  int_gt: compare("sgt", "ugt"),
  int_ge: compare("sge", "uge"),
  int_eq: compare("eq"),
  int_ne: compare("ne"),
  int_cast: (w, op) => resize(w, op, isSigned(operand(op, 0))),
  int_count_leading_zeros: countZeros("ctlz"),
  int_count_trailing_zeros: countZeros("cttz"),
  int_popcount: (w, op) => {
    const type = w.type(operand(op, 0));
    w.result(op, `call ${type} ${w.module.intrinsic(`llvm.ctpop.${type}`, type, type)}(${w.typed(operand(op, 0))})`);
  },
  int_mul_high: mulHigh,
  bool_not: (w, op) => w.result(op, `xor i1 ${w.value(operand(op, 0))}, true`),
  bool_eq: compare("eq"),
  bool_to_int: (w, op) => resize(w, op, false),
  int_to_bool: (w, op) => w.result(op, `icmp ne ${w.typed(operand(op, 0))}, 0`),
  char_eq: compare("eq"),
  char_to_int: (w, op) => resize(w, op, false),
  int_to_char: (w, op) => resize(w, op, isSigned(operand(op, 0))),
  float_add: floatBinary("fadd"),
  float_sub: floatBinary("fsub"),
  float_mul: floatBinary("fmul"),
  float_div: floatBinary("fdiv"),
  float_mod: floatMod,
  float_neg: (w, op) => w.result(op, `fneg double ${w.value(operand(op, 0))}`),
  float_abs: floatIntrinsic("fabs"),
  float_sqrt: floatIntrinsic("sqrt"),
  float_floor: floatIntrinsic("floor"),
  float_ceil: floatIntrinsic("ceil"),
  float_trunc: floatIntrinsic("trunc"),
  float_lt: compareFloats("olt"),
  float_le: compareFloats("ole"),
  float_gt: compareFloats("ogt"),
  float_ge: compareFloats("oge"),
  float_eq: compareFloats("oeq"),
  float_ne: compareFloats("une"),
  int_to_float: (w, op) => {
    w.result(op, `${isSigned(operand(op, 0)) ? "sitofp" : "uitofp"} ${w.typed(operand(op, 0))} to double`);
  },
  float_to_int: (w, op) => {
    const opcode = (op.result.type as Primitive).signed ? "fptosi" : "fptoui";
    w.result(op, `${opcode} double ${w.value(operand(op, 0))} to ${w.type(op.result)}`);
  },
  float_to_single: (w, op) => w.result(op, `fptrunc double ${w.value(operand(op, 0))} to float`),
  single_to_float: (w, op) => w.result(op, `fpext float ${w.value(operand(op, 0))} to double`),
  float_to_bits: (w, op) => w.result(op, `bitcast double ${w.value(operand(op, 0))} to i64`),
  bits_to_float: (w, op) => w.result(op, `bitcast i64 ${w.value(operand(op, 0))} to double`),
  same_as: (w, op) => {
    if (w.type(op.result) !== "void") w.alias(op, w.value(operand(op, 0)));
  },
  likely: expectation("likely"),
  unlikely: expectation("unlikely"),
};
