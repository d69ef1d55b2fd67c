/**
 * Assertions of `--lldebug`: what the operation table states as preconditions is checked in the binary, so that a
 * broken pass stops at the operation that it broke, with a TypeScript position, and not in a random place later.
 */
import { type LowType, OBJECT, Ptr, Struct } from "../../../rtyper/lltype/types.ts";
import type { Operation, Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";
import { instanceTest, lengthText } from "./objects.ts";

function operand(op: Operation, i: number): Value {
  return op.args[i] as Value;
}

type Assertion = (w: FunctionWriter, op: Operation) => void;

const pointerIsNotNull: Assertion = (w, op) => requireNotNull(w, operand(op, 0), op);

function requireNotNull(w: FunctionWriter, pointer: Value, op: Operation): void {
  w.require(w.temp(`icmp ne ptr ${w.value(pointer)}, null`), `assertion: ${op.opname} of null`);
}

const indexIsInRange: Assertion = (w, op) => {
  requireNotNull(w, operand(op, 0), op);
  const length = lengthText(w, operand(op, 0));
  const below = w.temp(`icmp ult ${w.module.word} ${w.value(operand(op, 1))}, ${length}`);
  w.require(below, `assertion: index of ${op.opname} out of range`);
};

/** `a[start…start+n)` lies inside; both are words. */
function requireRange(w: FunctionWriter, op: Operation, array: Value, start: Value, n: Value): void {
  const { word } = w.module;
  requireNotNull(w, array, op);
  const length = lengthText(w, array);
  const message = `assertion: range of ${op.opname} outside the array`;
  w.require(w.temp(`icmp ule ${word} ${w.value(start)}, ${length}`), message);
  const room = w.temp(`sub ${word} ${length}, ${w.value(start)}`);
  w.require(w.temp(`icmp ule ${word} ${w.value(n)}, ${room}`), message);
}

const rangesAreInside: Assertion = (w, op) => {
  requireRange(w, op, operand(op, 0), operand(op, 1), operand(op, 4));
  requireRange(w, op, operand(op, 2), operand(op, 3), operand(op, 4));
};

const divisorIsNotZero: Assertion = (w, op) => {
  const divisor = operand(op, 1);
  w.require(w.temp(`icmp ne ${w.typed(divisor)}, 0`), `assertion: ${op.opname} by zero`);
};

const countIsSmall: Assertion = (w, op) => {
  const count = operand(op, 1);
  const bits = w.type(count).slice(1);
  w.require(w.temp(`icmp ult ${w.typed(count)}, ${bits}`), `assertion: count of ${op.opname} out of range`);
};

/** A cast to a class below, of a pointer that is not null. */
const castIsRight: Assertion = (w, op) => {
  const from = operand(op, 0).type as LowType;
  const to = op.result.type as LowType;
  if (!(from instanceof Ptr) || !(to instanceof Ptr)) return;
  const target = to.to;
  if (!(target instanceof Struct) || !target.inheritsFrom(OBJECT) || !w.module.world.types.has(target)) return;
  if (!(from.to instanceof Struct) || from.to.inheritsFrom(target)) return;
  const pointer = w.value(operand(op, 0));
  const [test, fine] = [w.newLabel("test"), w.newLabel("fine")];
  w.emit(`br i1 ${w.temp(`icmp eq ptr ${pointer}, null`)}, label %${fine}, label %${test}`);
  w.openBlock(test);
  w.require(instanceTest(w, pointer, target), `assertion: cast to ${target.name}`);
  w.emit(`br label %${fine}`);
  w.openBlock(fine);
};

/** What each operation asserts before it runs. */
export const ASSERTIONS: Readonly<Record<string, Assertion | undefined>> = {
  getfield: pointerIsNotNull,
  setfield: pointerIsNotNull,
  class_of: pointerIsNotNull,
  is_instance: pointerIsNotNull,
  getarraysize: pointerIsNotNull,
  getarrayitem: indexIsInRange,
  setarrayitem: indexIsInRange,
  getinteriorfield: indexIsInRange,
  setinteriorfield: indexIsInRange,
  array_copy: rangesAreInside,
  array_fill: (w, op) => requireRange(w, op, operand(op, 0), operand(op, 1), operand(op, 2)),
  int_div: divisorIsNotZero,
  int_mod: divisorIsNotZero,
  int_shl: countIsSmall,
  int_shr: countIsSmall,
  cast_pointer: castIsRight,
};
