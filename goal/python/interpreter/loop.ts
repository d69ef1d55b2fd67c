// The bytecode loop: the one big switch, and what happens when an instruction raises.
//
// `pc` and `sp` are locals while instructions run; the frame's `pc` is set before each instruction, because handlers
// and tracebacks need it. Simple instructions are done here; the others are functions of their operands in `handlers.ts`.
import { type int, intAddOvf, intMulOvf, intSubOvf, newList, StackOverflowError } from "rtypescript/rlib";
import { JitDriver } from "rtypescript/rlib/jit";
import * as op from "../compiler/opcodes.ts";
import { W_Dict } from "../objects/dict.ts";
import { normalize, setCause, W_BaseException } from "../objects/exceptions.ts";
import { compareFloats, compareInts, W_Float } from "../objects/float.ts";
import { newbool, W_Int, w_False, w_True } from "../objects/int.ts";
import { newlist, W_List, W_ListIterator } from "../objects/list.ts";
import { W_RangeIterator } from "../objects/range.ts";
import {
  KIND_RecursionError,
  KIND_UnboundLocalError,
  NO_NAMES,
  OperationError,
  operationError,
  runtimeError,
  type W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { W_Slice } from "../objects/slice.ts";
import {
  binaryOp,
  compareOp,
  contains,
  delattr,
  delitem,
  getitem,
  inplaceOp,
  invert,
  iter,
  len,
  neg,
  next,
  pos,
  setitem,
  truth,
} from "../objects/space.ts";
import { W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { loadAttribute, loadMethod, storeAttribute } from "./attributes.ts";
import { ec } from "./context.ts";
import { type Frame, FrameRunner, runnerCell, W_Cell } from "./frame.ts";
import { W_Function } from "./function.ts";
import { SendResult, sendTo } from "./generator.ts";
import * as h from "./handlers.ts";
import type { W_Code } from "./pycode.ts";
import { W_Traceback } from "./traceback.ts";

const driver = new JitDriver<{ pc: int; w_code: W_Code }, { frame: Frame }>({
  greens: ["pc", "w_code"],
  virtualizables: ["frame"],
  location: ({ pc, w_code }) => `${w_code.code.qualname}:${w_code.code.lineOf(pc)}`,
});

class Runner extends FrameRunner {
  override run(frame: Frame): W_Root {
    return execute(frame);
  }
}
runnerCell.runner = new Runner();

/** Runs a frame until it returns or yields. */
function execute(frame: Frame): W_Root {
  frame.back = ec.top;
  if (ec.depth >= ec.recursionLimit) throw operationError(KIND_RecursionError, "maximum recursion depth exceeded");
  ec.depth += 1;
  ec.top = frame;
  if (frame.raiseOnResume !== null) resumeRaising(frame);
  for (;;) {
    try {
      const w_result = runLoop(frame);
      ec.top = frame.back;
      ec.depth -= 1;
      return w_result;
    } catch (e) {
      const error = pythonError(e);
      if (error === null || !handleError(frame, error)) {
        ec.top = frame.back;
        ec.depth -= 1;
        throw error ?? e;
      }
    }
  }
}

/** The Python exception that an error is; null for errors of the interpreter itself. */
function pythonError(e: unknown): OperationError | null {
  if (e instanceof OperationError) return e;
  if (e instanceof StackOverflowError) return operationError(KIND_RecursionError, "maximum recursion depth exceeded");
  return null;
}

/** Raises in a resumed generator where it yielded. */
function resumeRaising(frame: Frame): void {
  const error = frame.raiseOnResume as OperationError;
  frame.raiseOnResume = null;
  frame.pc -= 2;
  if (handleError(frame, error)) return;
  ec.top = frame.back;
  ec.depth -= 1;
  throw error;
}

/** Goes to the handler of the instruction that raised; false when the frame has none. */
function handleError(frame: Frame, error: OperationError): boolean {
  if (!error.contextSet) setContext(error);
  if (error.again) error.again = false;
  else error.w_traceback = new W_Traceback(error.w_traceback, frame, frame.pc);
  const table = frame.code.exceptions;
  const entry = table.find(frame.pc);
  if (entry < 0) return false;
  const w_error = normalize(error);
  w_error.w_traceback = error.w_traceback;
  const slots = frame.slots;
  const base: int = frame.code.nlocals + table.depths[entry];
  for (let i: int = base + 1; i < slots.length; i++) slots[i] = null;
  slots[base] = w_error;
  frame.sp = base + 1;
  frame.pc = table.targets[entry];
  return true;
}

/** `__context__`: the exception that was being handled when this one was raised. */
function setContext(error: OperationError): void {
  error.contextSet = true;
  const w_handled = ec.w_handled;
  if (w_handled === null) return;
  const w_error = normalize(error);
  if (w_error === w_handled) return;
  // Cut the chain where it would become a ring.
  let w_at: W_Root | null = w_handled;
  while (w_at instanceof W_BaseException) {
    const w_next: W_Root | null = w_at.w_context;
    if (w_next === w_error) {
      w_at.w_context = null;
      break;
    }
    w_at = w_next;
  }
  w_error.w_context = w_handled;
}

function unbound(frame: Frame, i: int): OperationError {
  const name = frame.code.varnames[i];
  const error = operationError(
    KIND_UnboundLocalError,
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
  error.subject = name;
  return error;
}

/** Removes the top `n` entries into a list. */
function take(slots: (W_Root | null)[], from: int, n: int): W_Root[] {
  if (n === 0) return [];
  const items = newList<W_Root>(n, w_missing);
  for (let i: int = 0; i < n; i++) items[i] = slots[from + i] as W_Root;
  return items;
}

function asBool(w: W_Root): boolean {
  return w === w_True ? true : w === w_False ? false : truth(w);
}

/** Calls `w_f` with the `n` arguments at `from`. */
function call(w_f: W_Root, slots: (W_Root | null)[], from: int, n: int): W_Root {
  if (w_f instanceof W_Function) return w_f.callFromStack(slots, from, n);
  switch (n) {
    case 0:
      return w_f.call0();
    case 1:
      return w_f.call1(slots[from] as W_Root);
    case 2:
      return w_f.call2(slots[from] as W_Root, slots[from + 1] as W_Root);
    case 3:
      return w_f.call3(slots[from] as W_Root, slots[from + 1] as W_Root, slots[from + 2] as W_Root);
    default:
      return w_f.callArgs(take(slots, from, n), NO_NAMES);
  }
}

function add(w_a: W_Root, w_b: W_Root): W_Root {
  if (w_a instanceof W_Int) {
    if (w_b instanceof W_Int) {
      const r = intAddOvf(w_a.value, w_b.value);
      if (r !== null) return new W_Int(r);
    }
  } else if (w_a instanceof W_Float) {
    if (w_b instanceof W_Float) return new W_Float(w_a.value + w_b.value);
  }
  return binaryOp(0, w_a, w_b);
}
function subtract(w_a: W_Root, w_b: W_Root): W_Root {
  if (w_a instanceof W_Int) {
    if (w_b instanceof W_Int) {
      const r = intSubOvf(w_a.value, w_b.value);
      if (r !== null) return new W_Int(r);
    }
  } else if (w_a instanceof W_Float) {
    if (w_b instanceof W_Float) return new W_Float(w_a.value - w_b.value);
  }
  return binaryOp(1, w_a, w_b);
}
function multiply(w_a: W_Root, w_b: W_Root): W_Root {
  if (w_a instanceof W_Int) {
    if (w_b instanceof W_Int) {
      const r = intMulOvf(w_a.value, w_b.value);
      if (r !== null) return new W_Int(r);
    }
  } else if (w_a instanceof W_Float) {
    if (w_b instanceof W_Float) return new W_Float(w_a.value * w_b.value);
  }
  return binaryOp(2, w_a, w_b);
}
function compare(operation: int, w_a: W_Root, w_b: W_Root): W_Root {
  if (w_a instanceof W_Int) {
    if (w_b instanceof W_Int) return newbool(compareInts(operation, w_a.value, w_b.value) === 1);
  } else if (w_a instanceof W_Float) {
    if (w_b instanceof W_Float) return newbool(compareFloats(operation, w_a.value, w_b.value) === 1);
  } else if (w_a instanceof W_Str && w_b instanceof W_Str && operation === 0) return newbool(w_a.text === w_b.text);
  return compareOp(operation, w_a, w_b);
}
function subscript(w_obj: W_Root, w_key: W_Root): W_Root {
  if (w_obj instanceof W_List) {
    if (w_key instanceof W_Int && w_obj.user === null) {
      const items = w_obj.items;
      const i = w_key.value;
      if (i >= 0 && i < items.length) return items[i];
    }
  } else if (w_obj instanceof W_Tuple) {
    if (w_key instanceof W_Int && w_obj.user === null) {
      const items = w_obj.items;
      const i = w_key.value;
      if (i >= 0 && i < items.length) return items[i];
    }
  }
  return getitem(w_obj, w_key);
}
function storeSubscript(w_obj: W_Root, w_key: W_Root, w_value: W_Root): void {
  if (w_obj instanceof W_List && w_key instanceof W_Int && w_obj.user === null) {
    const items = w_obj.items;
    const i = w_key.value;
    if (i >= 0 && i < items.length) {
      items[i] = w_value;
      return;
    }
  }
  setitem(w_obj, w_key, w_value);
}
function nextOf(w_iterator: W_Root): W_Root | null {
  if (w_iterator instanceof W_RangeIterator) return w_iterator.next();
  if (w_iterator instanceof W_ListIterator) return w_iterator.next();
  return next(w_iterator);
}

/** Executes instructions until RETURN_VALUE or a yield. */
function runLoop(frame: Frame): W_Root {
  const w_code = frame.w_code;
  const code = w_code.code;
  const bytecode = code.bytecode;
  const slots = frame.slots;
  let pc: int = frame.pc;
  let sp: int = frame.sp;
  for (;;) {
    driver.mergePoint({ pc, w_code, frame });
    frame.pc = pc;
    const arg: int = bytecode[pc + 1];
    switch (bytecode[pc]) {
      case op.LOAD_FAST: {
        const w = slots[arg];
        if (w === null) throw unbound(frame, arg);
        slots[sp] = w;
        sp += 1;
        break;
      }
      case op.STORE_FAST:
        sp -= 1;
        slots[arg] = slots[sp];
        break;
      case op.LOAD_CONST:
        slots[sp] = code.consts[arg];
        sp += 1;
        break;
      case op.LOAD_GLOBAL: {
        const w = w_code.loadGlobal(arg, frame.w_globals);
        if (w === null) throw h.undefinedName(code.names[arg]);
        slots[sp] = w;
        sp += 1;
        break;
      }
      case op.LOAD_ATTR:
        slots[sp - 1] = loadAttribute(w_code, pc >> 1, slots[sp - 1] as W_Root, code.names[arg]);
        break;
      case op.LOAD_METHOD: {
        const w_obj = slots[sp - 1] as W_Root;
        const w_method = loadMethod(w_code, pc >> 1, w_obj, code.names[arg]);
        if (w_method !== null) {
          slots[sp - 1] = w_method;
          slots[sp] = w_obj;
        } else {
          slots[sp - 1] = loadAttribute(w_code, pc >> 1, w_obj, code.names[arg]);
          slots[sp] = null;
        }
        sp += 1;
        break;
      }
      case op.CALL: {
        const base: int = sp - arg - 1;
        slots[base] = call(slots[base] as W_Root, slots, base + 1, arg);
        sp = base + 1;
        break;
      }
      case op.CALL_METHOD: {
        const base: int = sp - arg - 2;
        const w_f = slots[base] as W_Root;
        if (slots[base + 1] === null) slots[base] = call(w_f, slots, base + 2, arg);
        else slots[base] = call(w_f, slots, base + 1, arg + 1);
        sp = base + 1;
        break;
      }
      case op.POP_JUMP_IF_FALSE:
        sp -= 1;
        if (!asBool(slots[sp] as W_Root)) {
          pc = arg;
          continue;
        }
        break;
      case op.POP_JUMP_IF_TRUE:
        sp -= 1;
        if (asBool(slots[sp] as W_Root)) {
          pc = arg;
          continue;
        }
        break;
      case op.JUMP_BACKWARD:
        pc = arg;
        driver.canEnter({ pc, w_code });
        continue;
      case op.JUMP:
        pc = arg;
        continue;
      case op.FOR_ITER: {
        const w = nextOf(slots[sp - 1] as W_Root);
        if (w === null) {
          sp -= 1;
          pc = arg;
          continue;
        }
        slots[sp] = w;
        sp += 1;
        break;
      }
      case op.BINARY_ADD:
        sp -= 1;
        slots[sp - 1] = add(slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.BINARY_SUBTRACT:
        sp -= 1;
        slots[sp - 1] = subtract(slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.BINARY_MULTIPLY:
        sp -= 1;
        slots[sp - 1] = multiply(slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.BINARY_SUBSCR:
        sp -= 1;
        slots[sp - 1] = subscript(slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.STORE_SUBSCR:
        sp -= 3;
        storeSubscript(slots[sp + 1] as W_Root, slots[sp + 2] as W_Root, slots[sp] as W_Root);
        break;
      case op.COMPARE_EQ:
      case op.COMPARE_NE:
      case op.COMPARE_LT:
      case op.COMPARE_LE:
      case op.COMPARE_GT:
      case op.COMPARE_GE:
        sp -= 1;
        slots[sp - 1] = compare(bytecode[pc] - op.COMPARE_EQ, slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.RETURN_VALUE:
        return slots[sp - 1] as W_Root;
      case op.POP_TOP:
        sp -= 1;
        break;
      case op.STORE_ATTR:
        sp -= 2;
        storeAttribute(w_code, pc >> 1, slots[sp + 1] as W_Root, code.names[arg], slots[sp] as W_Root);
        break;
      case op.INPLACE_ADD: {
        sp -= 1;
        const w_a = slots[sp - 1] as W_Root;
        const w_b = slots[sp] as W_Root;
        if (w_a instanceof W_Int || w_a instanceof W_Float) slots[sp - 1] = add(w_a, w_b);
        else slots[sp - 1] = inplaceOp(0, w_a, w_b);
        break;
      }
      case op.INPLACE_SUBTRACT: {
        sp -= 1;
        const w_a = slots[sp - 1] as W_Root;
        const w_b = slots[sp] as W_Root;
        if (w_a instanceof W_Int && w_b instanceof W_Int) slots[sp - 1] = subtract(w_a, w_b);
        else slots[sp - 1] = inplaceOp(1, w_a, w_b);
        break;
      }
      case op.LOAD_DEREF: {
        const w = frame.cells[arg].w_value;
        if (w === null) throw h.unboundCell(frame, arg);
        slots[sp] = w;
        sp += 1;
        break;
      }
      case op.STORE_DEREF:
        sp -= 1;
        frame.cells[arg].w_value = slots[sp];
        break;
      case op.BINARY_MATRIX_MULTIPLY:
      case op.BINARY_TRUE_DIVIDE:
      case op.BINARY_MODULO:
      case op.BINARY_POWER:
      case op.BINARY_LSHIFT:
      case op.BINARY_RSHIFT:
      case op.BINARY_OR:
      case op.BINARY_XOR:
      case op.BINARY_AND:
      case op.BINARY_FLOOR_DIVIDE:
        sp -= 1;
        slots[sp - 1] = binaryOp(bytecode[pc] - op.BINARY_ADD, slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.INPLACE_MULTIPLY:
      case op.INPLACE_MATRIX_MULTIPLY:
      case op.INPLACE_TRUE_DIVIDE:
      case op.INPLACE_MODULO:
      case op.INPLACE_POWER:
      case op.INPLACE_LSHIFT:
      case op.INPLACE_RSHIFT:
      case op.INPLACE_OR:
      case op.INPLACE_XOR:
      case op.INPLACE_AND:
      case op.INPLACE_FLOOR_DIVIDE:
        sp -= 1;
        slots[sp - 1] = inplaceOp(bytecode[pc] - op.INPLACE_ADD, slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.COMPARE_IS:
        sp -= 1;
        slots[sp - 1] = newbool((slots[sp - 1] as W_Root).is(slots[sp] as W_Root));
        break;
      case op.COMPARE_IS_NOT:
        sp -= 1;
        slots[sp - 1] = newbool(!(slots[sp - 1] as W_Root).is(slots[sp] as W_Root));
        break;
      case op.COMPARE_IN:
        sp -= 1;
        slots[sp - 1] = newbool(contains(slots[sp] as W_Root, slots[sp - 1] as W_Root));
        break;
      case op.COMPARE_NOT_IN:
        sp -= 1;
        slots[sp - 1] = newbool(!contains(slots[sp] as W_Root, slots[sp - 1] as W_Root));
        break;
      case op.UNARY_NOT:
        slots[sp - 1] = newbool(!asBool(slots[sp - 1] as W_Root));
        break;
      case op.UNARY_NEGATIVE:
        slots[sp - 1] = neg(slots[sp - 1] as W_Root);
        break;
      case op.UNARY_POSITIVE:
        slots[sp - 1] = pos(slots[sp - 1] as W_Root);
        break;
      case op.UNARY_INVERT:
        slots[sp - 1] = invert(slots[sp - 1] as W_Root);
        break;
      case op.GET_ITER:
        slots[sp - 1] = iter(slots[sp - 1] as W_Root);
        break;
      case op.JUMP_IF_FALSE_OR_POP:
        if (!asBool(slots[sp - 1] as W_Root)) {
          pc = arg;
          continue;
        }
        sp -= 1;
        break;
      case op.JUMP_IF_TRUE_OR_POP:
        if (asBool(slots[sp - 1] as W_Root)) {
          pc = arg;
          continue;
        }
        sp -= 1;
        break;
      case op.POP_JUMP_IF_NONE:
        sp -= 1;
        if (slots[sp] === w_None) {
          pc = arg;
          continue;
        }
        break;
      case op.POP_JUMP_IF_NOT_NONE:
        sp -= 1;
        if (slots[sp] !== w_None) {
          pc = arg;
          continue;
        }
        break;
      case op.YIELD_VALUE:
      case op.YIELD_DELEGATED:
        sp -= 1;
        frame.pc = pc + 2;
        frame.sp = sp;
        frame.suspended = true;
        return slots[sp] as W_Root;
      case op.BUILD_TUPLE:
        sp -= arg;
        slots[sp] = newtuple(take(slots, sp, arg));
        sp += 1;
        break;
      case op.BUILD_LIST:
        sp -= arg;
        slots[sp] = newlist(take(slots, sp, arg));
        sp += 1;
        break;
      case op.BUILD_SET:
        sp -= arg;
        slots[sp] = h.buildSet(slots, sp, arg);
        sp += 1;
        break;
      case op.BUILD_MAP: {
        sp -= 2 * arg;
        const w_dict = new W_Dict();
        for (let i: int = 0; i < arg; i++) {
          w_dict.storeKey(slots[sp + 2 * i] as W_Root, slots[sp + 2 * i + 1] as W_Root);
        }
        slots[sp] = w_dict;
        sp += 1;
        break;
      }
      case op.BUILD_CONST_KEY_MAP:
        sp -= arg + 1;
        slots[sp] = h.buildConstKeyMap(slots, sp, arg);
        sp += 1;
        break;
      case op.BUILD_STRING:
        sp -= arg;
        slots[sp] = h.buildString(slots, sp, arg);
        sp += 1;
        break;
      case op.BUILD_SLICE:
        sp -= arg;
        slots[sp] = new W_Slice(
          slots[sp] as W_Root,
          slots[sp + 1] as W_Root,
          arg === 3 ? (slots[sp + 2] as W_Root) : w_None,
        );
        sp += 1;
        break;
      case op.LIST_TO_TUPLE:
        slots[sp - 1] = newtuple((slots[sp - 1] as W_List).items);
        break;
      case op.LIST_APPEND:
        sp -= 1;
        (slots[sp - arg] as W_List).items.push(slots[sp] as W_Root);
        break;
      case op.SET_ADD:
        sp -= 1;
        h.setAdd(slots[sp - arg] as W_Root, slots[sp] as W_Root);
        break;
      case op.MAP_ADD:
        sp -= 2;
        (slots[sp - arg] as W_Dict).storeKey(slots[sp] as W_Root, slots[sp + 1] as W_Root);
        break;
      case op.LIST_EXTEND:
        sp -= 1;
        h.listExtend(slots[sp - arg] as W_List, slots[sp] as W_Root);
        break;
      case op.SET_UPDATE:
        sp -= 1;
        h.setUpdate(slots[sp - arg] as W_Root, slots[sp] as W_Root);
        break;
      case op.DICT_UPDATE:
        sp -= 1;
        h.dictUpdate(slots[sp - arg] as W_Dict, slots[sp] as W_Root);
        break;
      case op.DICT_MERGE:
        sp -= 1;
        h.dictMerge(slots[sp - arg] as W_Dict, slots[sp] as W_Root, slots[sp - arg - 2] as W_Root);
        break;
      case op.UNPACK_SEQUENCE:
        sp -= 1;
        h.unpackSequence(slots, sp, arg);
        sp += arg;
        break;
      case op.UNPACK_EX:
        sp -= 1;
        h.unpackEx(slots, sp, arg & 255, arg >> 8);
        sp += (arg & 255) + (arg >> 8) + 1;
        break;
      case op.FORMAT_VALUE: {
        let spec = "";
        if ((arg & 4) !== 0) {
          sp -= 1;
          spec = (slots[sp] as W_Str).text;
        }
        slots[sp - 1] = h.formatValue(slots[sp - 1] as W_Root, arg & 3, spec);
        break;
      }
      case op.COPY:
        slots[sp] = slots[sp - arg];
        sp += 1;
        break;
      case op.SWAP: {
        const w = slots[sp - 1];
        slots[sp - 1] = slots[sp - arg];
        slots[sp - arg] = w;
        break;
      }
      case op.NOP:
        break;
      case op.LOAD_NAME:
        slots[sp] = h.loadName(frame, arg);
        sp += 1;
        break;
      case op.STORE_NAME:
        sp -= 1;
        h.storeName(frame, arg, slots[sp] as W_Root);
        break;
      case op.DELETE_NAME:
        h.deleteName(frame, arg);
        break;
      case op.STORE_GLOBAL:
        sp -= 1;
        frame.w_globals.storeKey(code.w_names[arg], slots[sp] as W_Root);
        break;
      case op.DELETE_GLOBAL:
        if (frame.w_globals.removeKey(code.w_names[arg]) === null) throw h.undefinedName(code.names[arg]);
        break;
      case op.DELETE_FAST:
        if (slots[arg] === null) throw unbound(frame, arg);
        slots[arg] = null;
        break;
      case op.MAKE_CELL: {
        const from: int = code.cellToArg[arg];
        if (from >= 0) {
          frame.cells[arg] = new W_Cell(slots[from]);
          slots[from] = null;
        } else frame.cells[arg] = new W_Cell(null);
        break;
      }
      case op.LOAD_CLOSURE:
        slots[sp] = frame.cells[arg];
        sp += 1;
        break;
      case op.LOAD_CLASSDEREF:
        slots[sp] = h.loadClassDeref(frame, arg);
        sp += 1;
        break;
      case op.DELETE_DEREF:
        if (frame.cells[arg].w_value === null) throw h.unboundCell(frame, arg);
        frame.cells[arg].w_value = null;
        break;
      case op.DELETE_ATTR:
        sp -= 1;
        delattr(slots[sp] as W_Root, code.names[arg]);
        break;
      case op.DELETE_SUBSCR:
        sp -= 2;
        delitem(slots[sp] as W_Root, slots[sp + 1] as W_Root);
        break;
      case op.GET_YIELD_FROM_ITER:
        slots[sp - 1] = h.yieldFromIter(frame, slots[sp - 1] as W_Root);
        break;
      case op.SEND: {
        const box = new SendResult();
        const w = sendTo(slots[sp - 2] as W_Root, slots[sp - 1] as W_Root, box);
        if (w === null) {
          sp -= 1;
          slots[sp - 1] = box.w_result;
          pc = arg;
          continue;
        }
        slots[sp - 1] = w;
        break;
      }
      case op.MAKE_FUNCTION:
        sp = h.makeFunction(frame, slots, sp, arg);
        break;
      case op.CALL_KW: {
        const names = slots[sp - 1] as W_Tuple;
        const base: int = sp - arg - 2;
        const keywords = w_code.keywordNames(pc >> 1, names);
        slots[base] = (slots[base] as W_Root).callArgs(take(slots, base + 1, arg), keywords);
        sp = base + 1;
        break;
      }
      case op.CALL_METHOD_KW: {
        const names = slots[sp - 1] as W_Tuple;
        const base: int = sp - arg - 3;
        const bound: int = slots[base + 1] === null ? 0 : 1;
        const keywords = w_code.keywordNames(pc >> 1, names);
        slots[base] = (slots[base] as W_Root).callArgs(take(slots, base + 2 - bound, arg + bound), keywords);
        sp = base + 1;
        break;
      }
      case op.CALL_EX: {
        sp -= arg & 1;
        const w_kwargs = (arg & 1) !== 0 ? slots[sp] : null;
        sp -= 1;
        slots[sp - 1] = h.callEx(slots[sp - 1] as W_Root, slots[sp] as W_Root, w_kwargs);
        break;
      }
      case op.LOAD_BUILD_CLASS:
        slots[sp] = h.builtinNamed("__build_class__");
        sp += 1;
        break;
      case op.LOAD_ASSERTION_ERROR:
        slots[sp] = h.assertionError();
        sp += 1;
        break;
      case op.SETUP_ANNOTATIONS:
        h.setupAnnotations(frame);
        break;
      case op.PRINT_EXPR:
        sp -= 1;
        h.printExpression(slots[sp] as W_Root);
        break;
      case op.IMPORT_NAME:
        sp -= 1;
        slots[sp - 1] = h.importName(frame, code.names[arg], slots[sp - 1] as W_Root, slots[sp] as W_Root);
        break;
      case op.IMPORT_FROM:
        slots[sp] = h.importFrom(slots[sp - 1] as W_Root, code.names[arg]);
        sp += 1;
        break;
      case op.IMPORT_STAR:
        sp -= 1;
        h.importStar(frame, slots[sp] as W_Root);
        break;
      case op.RAISE_VARARGS:
        if (arg === 2) {
          const w_error = h.exceptionInstance(slots[sp - 2] as W_Root);
          setCause(w_error, h.causeInstance(slots[sp - 1] as W_Root));
          throw h.raised(w_error);
        }
        if (arg === 1) throw h.raised(h.exceptionInstance(slots[sp - 1] as W_Root));
        if (ec.w_handled === null) throw runtimeError("No active exception to reraise");
        throw h.raisedAgain(ec.w_handled, false);
      case op.RERAISE:
        throw h.raisedAgain(slots[sp - 1] as W_Root, true);
      case op.PUSH_EXC_INFO: {
        const w_error = slots[sp - 1];
        slots[sp - 1] = ec.w_handled ?? w_None;
        slots[sp] = w_error;
        ec.w_handled = w_error;
        sp += 1;
        break;
      }
      case op.POP_EXCEPT:
        sp -= 1;
        ec.w_handled = slots[sp] === w_None ? null : slots[sp];
        break;
      case op.CHECK_EXC_MATCH:
        slots[sp - 1] = newbool(h.exceptionMatches(slots[sp - 2] as W_Root, slots[sp - 1] as W_Root));
        break;
      case op.CHECK_EG_MATCH:
        h.matchGroup(slots, sp);
        break;
      case op.PREP_RERAISE_STAR:
        sp -= 1;
        slots[sp - 1] = h.prepareReraise(slots[sp - 1] as W_Root, slots[sp] as W_List);
        break;
      case op.BEFORE_WITH:
        h.beforeWith(slots, sp, "__enter__", "__exit__", "context manager");
        sp += 1;
        break;
      case op.BEFORE_ASYNC_WITH:
        h.beforeWith(slots, sp, "__aenter__", "__aexit__", "asynchronous context manager");
        sp += 1;
        break;
      case op.WITH_EXCEPT_START:
        slots[sp] = h.callExit(slots[sp - 3] as W_Root, slots[sp - 1] as W_BaseException);
        sp += 1;
        break;
      case op.GET_LEN:
        slots[sp] = new W_Int(len(slots[sp - 1] as W_Root));
        sp += 1;
        break;
      case op.MATCH_MAPPING:
        slots[sp] = newbool((slots[sp - 1] as W_Root).getclass().patternKind === 2);
        sp += 1;
        break;
      case op.MATCH_SEQUENCE:
        slots[sp] = newbool((slots[sp - 1] as W_Root).getclass().patternKind === 1);
        sp += 1;
        break;
      case op.MATCH_KEYS:
        slots[sp] = h.matchKeys(slots[sp - 2] as W_Root, slots[sp - 1] as W_Tuple);
        sp += 1;
        break;
      case op.MATCH_CLASS:
        sp -= 2;
        slots[sp - 1] = h.matchClass(slots[sp - 1] as W_Root, slots[sp] as W_Root, slots[sp + 1] as W_Tuple, arg);
        break;
      case op.GET_AWAITABLE:
        slots[sp - 1] = h.awaitable(slots[sp - 1] as W_Root, arg);
        break;
      case op.GET_AITER:
        slots[sp - 1] = h.asyncIter(slots[sp - 1] as W_Root);
        break;
      case op.GET_ANEXT:
        slots[sp] = h.asyncNext(slots[sp - 1] as W_Root);
        sp += 1;
        break;
      case op.END_ASYNC_FOR:
        h.endAsyncFor(slots[sp - 1] as W_Root);
        sp -= 2;
        break;
      case op.ASYNC_GEN_WRAP:
        break;
      default:
        throw runtimeError(`unknown opcode ${bytecode[pc]}`);
    }
    pc += 2;
  }
}
