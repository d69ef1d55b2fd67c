/** Calls, execution state, and services of the C runtime. */
import { type OpInfo, read, write } from "./info.ts";

export const CALL_OPS = {
  direct_call: {
    args: ["Func", "..."],
    result: "?",
    effect: "call",
    raises: true,
    collects: true,
    doc: "calls a known function (Constant function pointer first)",
  },
  indirect_call: {
    args: ["P", "...", "Ccandidates"],
    result: "?",
    effect: "call",
    raises: true,
    collects: true,
    doc: "calls through a function pointer; the last operand lists the possible graphs or is null",
  },
  external_call: {
    args: ["Cexternal", "..."],
    result: "?",
    effect: "call",
    raises: false,
    collects: false,
    doc: "calls a C function described by an ExternalFunction (name, types, library, effect)",
  },
  machine_call: {
    args: ["Address", "Address", "Signed"],
    result: "Signed",
    effect: "call",
    raises: false,
    collects: true,
    doc: "calls machine code made at run time, as C functions are called, with two words",
  },
  load_flag: read(
    [],
    "Signed",
    "the flag that a function returning a nullable scalar left in the Vm struct; directly after the call",
  ),
  store_flag: write(["Signed"], "leaves the flag of a nullable result; directly before returning"),
  fatal: {
    args: ["Ctext"],
    result: "Void",
    effect: "check",
    raises: false,
    collects: false,
    doc: "stops the program with the text and a stack trace",
  },
  unreachable: {
    args: [],
    result: "Void",
    effect: "check",
    raises: false,
    collects: false,
    doc: "control never comes here",
  },
  // After the exception transform:
  exc_occurred: read([], "Bool", "whether the Vm struct holds an exception"),
  exc_fetch: {
    args: [],
    result: "?",
    effect: "write",
    raises: false,
    collects: false,
    doc: "takes the exception object out of the Vm struct",
  },
  exc_set: write(["GcP"], "puts an exception object into the Vm struct and records the position in the trace ring"),
  exc_trace: write([], "records the position in the trace ring: an exception passes through this call"),
  stack_check: {
    args: [],
    result: "Void",
    effect: "call",
    raises: true,
    collects: true,
    doc: "raises StackOverflowError when the stack pointer is below the limit",
  },
} as const satisfies Record<string, OpInfo>;
