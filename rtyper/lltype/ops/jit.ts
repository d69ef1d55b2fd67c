/**
 * Hints for the JIT as operations. They exist from the rtyper on where a program is translated with a JIT, and only in
 * graphs that the codewriter copies: `jit/weave` takes them out before anything else sees the program's own graphs.
 * In llinterp they mean what they mean on Node.
 */
import { type OpInfo, pure, read, write } from "./info.ts";

export const JIT_OPS = {
  jit_merge_point: write(
    ["Cdriver", "..."],
    "head of the interpreter's loop: the driver's greens, then the reds that it lists",
  ),
  jit_can_enter: write(["Cdriver", "..."], "a backward jump of the user's program to these greens"),
  jit_promote: { ...pure(["?"], "?", "the operand, constant in a trace"), effect: "check" },
  jit_promote_string: { ...pure(["P"], "?", "the string, constant in a trace by its content"), effect: "check" },
  jit_is_constant: read(["?"], "Bool", "known while tracing; false otherwise"),
  jit_is_virtual: read(["GcP"], "Bool", "not allocated by the trace; false otherwise"),
  jit_we_are_jitted: read([], "Bool", "part of a trace; false otherwise"),
  jit_assert_green: write(["?"], "the trace is wrong if this is not constant"),
  jit_record_exact_class: write(["GcP", "Cstruct"], "promise: the object is exactly of this struct's class"),
  jit_virtual_ref: read(["GcP"], "?", "a reference that lets the object stay unallocated"),
  jit_virtual_ref_finish: write(["GcP", "GcP"], "ends what jit_virtual_ref began: the reference, the object"),
  jit_set_param: write(["P", "Signed"], "sets a parameter of the JIT: name, value"),
} as const satisfies Record<string, OpInfo>;

export type JitOpName = keyof typeof JIT_OPS;

/** Is this a hint? */
export function isJitOp(name: string): name is JitOpName {
  return Object.hasOwn(JIT_OPS, name);
}
