/** Calls, execution state, exceptions after their transform, stopping the program. */
import type { ExternalFunction, LowFunction } from "../../../rtyper/lltype/memory.ts";
import { LowFunction as LowFunctionClass } from "../../../rtyper/lltype/memory.ts";
import type { CALL_OPS } from "../../../rtyper/lltype/ops/calls.ts";
import { FuncType, type LowType } from "../../../rtyper/lltype/types.ts";
import { VM_SYMBOL } from "../../../rtyper/lltype/vm.ts";
import type { Operation, Value } from "../../../translator/flow/model.ts";
import { callingConvention, externalRef } from "../attributes.ts";
import type { FunctionWriter } from "../function.ts";
import { TYPE_TABLE_SYMBOL } from "../header.ts";
import { argumentTypes, cExtension, isVoid, targetOf, valueType } from "../types.ts";
import type { Emit } from "./emitter.ts";
import { constantOperand, operand } from "./objects.ts";
import { loadVm, storeVm } from "./vm.ts";

function argumentList(w: FunctionWriter, args: readonly Value[], isC: boolean): string {
  return args
    .filter((arg) => !isVoid(arg.type as LowType))
    .map((arg) => `${w.type(arg)} ${isC ? cExtension(arg.type as LowType) : ""}${w.value(arg)}`)
    .join(", ");
}

/** Emits a call of a known function; `attributes` are those of the call. */
export function callFunction(
  w: FunctionWriter,
  op: Operation,
  callee: LowFunction,
  args: readonly Value[],
  attributes = "",
): void {
  if (callee.external !== null) {
    callExternal(w, op, callee.external, args);
    return;
  }
  const convention = callingConvention(callee);
  const result = valueType(callee.type.result, w.module.world.target);
  const list = argumentList(w, args, convention === "");
  const suffix = attributes === "" ? "" : ` ${w.module.attributeGroup(attributes)}`;
  w.result(op, `call ${convention}${result} ${w.module.functionRef(callee)}(${list})${suffix}`);
  if (callee.attributes.has("never_returns")) unreachable(w);
}

function unreachable(w: FunctionWriter): void {
  w.emit("unreachable");
  w.openBlock(w.newLabel("dead"));
}

const directCall: Emit = (w, op) => {
  const callee = constantOperand<unknown>(op, 0);
  if (!(callee instanceof LowFunctionClass)) throw new Error("direct_call of something that is not a function");
  callFunction(w, op, callee, op.args.slice(1));
};

const indirectCall: Emit = (w, op) => {
  const f = operand(op, 0);
  const type = targetOf(f.type as LowType);
  if (!(type instanceof FuncType)) throw new Error(`indirect_call through ${type.toText()}`);
  const args = op.args.slice(1, -1);
  const expected = argumentTypes(type, w.module.world.target);
  const list = argumentList(w, args, false);
  if (expected.length !== args.filter((a) => !isVoid(a.type as LowType)).length) {
    throw new Error(`indirect_call with ${args.length} arguments of a function type with ${expected.length}`);
  }
  w.result(op, `call fastcc ${valueType(type.result, w.module.world.target)} ${w.value(f)}(${list})`);
};

/** C names that are values of the program's own: no call. */
const INTRINSIC_EXTERNALS: Readonly<Record<string, string>> = {
  rts_vm_address: VM_SYMBOL,
  rts_type_table: TYPE_TABLE_SYMBOL,
};

function callExternal(w: FunctionWriter, op: Operation, external: ExternalFunction, args: readonly Value[]): void {
  const data = INTRINSIC_EXTERNALS[external.name];
  if (data !== undefined) {
    w.alias(op, w.module.runtimeData(data));
    return;
  }
  const result = `${cExtension(external.result)}${valueType(external.result, w.module.world.target)}`;
  w.result(op, `call ${result} ${externalRef(w.module, external)}(${argumentList(w, args, true)})`);
}

const machineCall: Emit = (w, op) => {
  const { word } = w.module;
  const [code, a, b] = [0, 1, 2].map((i) => w.value(operand(op, i)));
  w.result(op, `call ${word} ${code}(ptr ${a}, ${word} ${b})`);
};

/** Records a position in the trace ring: an exception passes. */
function trace(w: FunctionWriter): void {
  const f = w.module.runtimeFunction("rts_trace", "void", "ptr", "nounwind cold");
  w.emit(`call void ${f}(ptr ${w.module.position(w.position)})`);
}

/** Puts an exception into the Vm struct and starts its trace, or continues it when it was caught just now. */
function raise(w: FunctionWriter, exception: string): void {
  const f = w.module.runtimeFunction("rts_raise", "void", "ptr, ptr", "nounwind cold");
  w.emit(`call void ${f}(ptr ${exception}, ptr ${w.module.position(w.position)})`);
}

const excFetch: Emit = (w, op) => {
  const exception = loadVm(w, "exception", "ptr");
  storeVm(w, "exception", "ptr", "null");
  storeVm(w, "caught", "ptr", exception);
  storeVm(w, "caughtPosition", w.module.word, loadVm(w, "tracePosition", w.module.word));
  w.alias(op, exception);
};

const excOccurred: Emit = (w, op) => {
  const fused = w.pendingTest;
  if (fused !== null) {
    w.alias(op, fused);
    w.pendingTest = null;
    return;
  }
  w.result(op, `icmp ne ptr ${loadVm(w, "exception", "ptr")}, null`);
};

/**
 * Compares the stack pointer with the limit. When the exception test follows at once, the comparison is that test:
 * the Vm struct is not read on the fast path.
 */
const stackCheck: Emit = (w, _op, next) => {
  const { word, world } = w.module;
  const name = w.module.metadata(`!{!"${world.target.stackPointer}"}`);
  const read = w.module.intrinsic(`llvm.read_register.${word}`, word, "metadata");
  const pointer = w.temp(`call ${word} ${read}(metadata ${name})`);
  const limit = loadVm(w, "stackLimit", word);
  const low = w.temp(`icmp ult ${word} ${pointer}, ${limit}`);
  const [over, fine] = [w.newLabel("overflow"), w.newLabel("fine")];
  const origin = w.label;
  w.emit(`br i1 ${low}, label %${over}, label %${fine}`, w.branchWeights(false));
  w.openBlock(over);
  raiseStackOverflow(w);
  w.emit(`br label %${fine}`);
  w.openBlock(fine);
  if (next !== null && next.opname === "exc_occurred") {
    w.pendingTest = w.temp(`phi i1 [ false, %${origin} ], [ true, %${over} ]`);
  }
};

function raiseStackOverflow(w: FunctionWriter): void {
  const error = w.module.world.systemErrors.get("StackOverflowError");
  if (error === undefined) {
    const fatal = w.module.runtimeFunction("rts_fatal", "void", "ptr, ptr", "nounwind noreturn cold uwtable");
    const text = w.module.cString("stack overflow");
    w.emit(`call void ${fatal}(ptr ${text}, ptr ${w.module.position(w.position)})`);
    return;
  }
  raise(w, w.module.dataRef(error));
}

export const CALLS: Record<keyof typeof CALL_OPS, Emit> = {
  direct_call: directCall,
  indirect_call: indirectCall,
  external_call: (w, op) => callExternal(w, op, constantOperand<ExternalFunction>(op, 0), op.args.slice(1)),
  machine_call: machineCall,
  load_flag: (w, op) => w.alias(op, loadVm(w, "flag", w.module.word)),
  store_flag: (w, op) => storeVm(w, "flag", w.module.word, w.value(operand(op, 0))),
  fatal: (w, op) => w.fatal(constantOperand<string>(op, 0)),
  unreachable: (w) => unreachable(w),
  exc_occurred: excOccurred,
  exc_fetch: excFetch,
  exc_set: (w, op) => raise(w, w.value(operand(op, 0))),
  exc_trace: (w) => trace(w),
  stack_check: stackCheck,
};
