/**
 * The instruction set of the Python machine: the one table that compiler, interpreter and disassembler share.
 *
 * A stack machine in the spirit of CPython 3.11. Bytecode is one flat list of ints: instruction at `pc` is the opcode
 * `bytecode[pc]` with the argument `bytecode[pc + 1]` (0 where unused); the next instruction is at `pc + 2`. Every jump
 * argument is the absolute `pc` of its target. Forward jumps and backward jumps are different opcodes
 * (`JUMP_BACKWARD…`), so that only those are loop edges for the JIT.
 *
 * The comment of an entry is its meaning: `[a b -- c]` shows the top of the stack before and after, the top at the
 * right. `NULL` is a null reference on the stack. `null`-effect entries depend on the argument: see `stackEffect`.
 */
import type { int } from "rtypescript/rlib";

/** What an instruction's argument stands for; used by the disassembler. */
export const ARG_NONE: int = 0;
export const ARG_NUMBER: int = 1;
export const ARG_CONST: int = 2;
export const ARG_NAME: int = 3;
export const ARG_LOCAL: int = 4;
/** Index into the frame's cells: cell variables first, then free variables. */
export const ARG_CELL: int = 5;
export const ARG_JUMP: int = 6;

/** The stack effect depends on the argument or on whether the jump is taken. */
const VARIES = -1000;

const names: string[] = [];
const effects: int[] = [];
const kinds: int[] = [];
const docs: string[] = [];

function define(name: string, effect: int, kind: int, doc: string): int {
  names.push(name);
  effects.push(effect);
  kinds.push(kind);
  docs.push(doc);
  return names.length - 1;
}

// Stack.
export const NOP: int = define("NOP", 0, ARG_NONE, "does nothing");
export const POP_TOP: int = define("POP_TOP", -1, ARG_NONE, "[v -- ]");
export const COPY: int = define("COPY", 1, ARG_NUMBER, "pushes a copy of the n-th entry from the top, 1 is the top");
export const SWAP: int = define("SWAP", 0, ARG_NUMBER, "exchanges the top with the n-th entry from the top, n ≥ 2");
export const LOAD_CONST: int = define("LOAD_CONST", 1, ARG_CONST, "[ -- consts[i]]");

// Variables.
export const LOAD_FAST: int = define("LOAD_FAST", 1, ARG_LOCAL, "[ -- local]; unbound: UnboundLocalError");
export const STORE_FAST: int = define("STORE_FAST", -1, ARG_LOCAL, "[v -- ]");
export const DELETE_FAST: int = define("DELETE_FAST", 0, ARG_LOCAL, "unbinds; unbound already: UnboundLocalError");
export const LOAD_NAME: int = define("LOAD_NAME", 1, ARG_NAME, "[ -- v]; looks in f_locals, globals, builtins");
export const STORE_NAME: int = define("STORE_NAME", -1, ARG_NAME, "[v -- ]; stores into f_locals");
export const DELETE_NAME: int = define("DELETE_NAME", 0, ARG_NAME, "deletes from f_locals");
export const LOAD_GLOBAL: int = define("LOAD_GLOBAL", 1, ARG_NAME, "[ -- v]; looks in globals, builtins");
export const STORE_GLOBAL: int = define("STORE_GLOBAL", -1, ARG_NAME, "[v -- ]");
export const DELETE_GLOBAL: int = define("DELETE_GLOBAL", 0, ARG_NAME, "deletes from globals");
export const MAKE_CELL: int = define(
  "MAKE_CELL",
  0,
  ARG_CELL,
  "creates cell i; when cellToArg[i] ≥ 0 moves that local into the cell and unbinds the local",
);
export const LOAD_CLOSURE: int = define("LOAD_CLOSURE", 1, ARG_CELL, "[ -- cell itself]");
export const LOAD_DEREF: int = define("LOAD_DEREF", 1, ARG_CELL, "[ -- contents]; empty: UnboundLocalError/NameError");
export const LOAD_CLASSDEREF: int = define(
  "LOAD_CLASSDEREF",
  1,
  ARG_CELL,
  "[ -- v]; looks the variable's name up in f_locals, then in the cell",
);
export const STORE_DEREF: int = define("STORE_DEREF", -1, ARG_CELL, "[v -- ]");
export const DELETE_DEREF: int = define("DELETE_DEREF", 0, ARG_CELL, "empties the cell; empty already: error");

// Attributes and items.
export const LOAD_ATTR: int = define("LOAD_ATTR", 0, ARG_NAME, "[o -- o.name]");
export const STORE_ATTR: int = define("STORE_ATTR", -2, ARG_NAME, "[v o -- ]; o.name = v");
export const DELETE_ATTR: int = define("DELETE_ATTR", -1, ARG_NAME, "[o -- ]; del o.name");
export const LOAD_METHOD: int = define(
  "LOAD_METHOD",
  1,
  ARG_NAME,
  "[o -- f o] when o.name is a plain method f of o's type, else [o -- o.name NULL]",
);
export const BINARY_SUBSCR: int = define("BINARY_SUBSCR", -1, ARG_NONE, "[o k -- o[k]]");
export const STORE_SUBSCR: int = define("STORE_SUBSCR", -3, ARG_NONE, "[v o k -- ]; o[k] = v");
export const DELETE_SUBSCR: int = define("DELETE_SUBSCR", -2, ARG_NONE, "[o k -- ]; del o[k]");

// Unary operators.
export const UNARY_POSITIVE: int = define("UNARY_POSITIVE", 0, ARG_NONE, "[v -- +v]");
export const UNARY_NEGATIVE: int = define("UNARY_NEGATIVE", 0, ARG_NONE, "[v -- -v]");
export const UNARY_NOT: int = define("UNARY_NOT", 0, ARG_NONE, "[v -- not v]");
export const UNARY_INVERT: int = define("UNARY_INVERT", 0, ARG_NONE, "[v -- ~v]");

// Binary operators; BINARY_X + INPLACE_OFFSET is INPLACE_X, both in the order of the AST's operator numbers.
export const BINARY_ADD: int = define("BINARY_ADD", -1, ARG_NONE, "[a b -- a + b]");
export const BINARY_SUBTRACT: int = define("BINARY_SUBTRACT", -1, ARG_NONE, "[a b -- a - b]");
export const BINARY_MULTIPLY: int = define("BINARY_MULTIPLY", -1, ARG_NONE, "[a b -- a * b]");
export const BINARY_MATRIX_MULTIPLY: int = define("BINARY_MATRIX_MULTIPLY", -1, ARG_NONE, "[a b -- a @ b]");
export const BINARY_TRUE_DIVIDE: int = define("BINARY_TRUE_DIVIDE", -1, ARG_NONE, "[a b -- a / b]");
export const BINARY_MODULO: int = define("BINARY_MODULO", -1, ARG_NONE, "[a b -- a % b]");
export const BINARY_POWER: int = define("BINARY_POWER", -1, ARG_NONE, "[a b -- a ** b]");
export const BINARY_LSHIFT: int = define("BINARY_LSHIFT", -1, ARG_NONE, "[a b -- a << b]");
export const BINARY_RSHIFT: int = define("BINARY_RSHIFT", -1, ARG_NONE, "[a b -- a >> b]");
export const BINARY_OR: int = define("BINARY_OR", -1, ARG_NONE, "[a b -- a | b]");
export const BINARY_XOR: int = define("BINARY_XOR", -1, ARG_NONE, "[a b -- a ^ b]");
export const BINARY_AND: int = define("BINARY_AND", -1, ARG_NONE, "[a b -- a & b]");
export const BINARY_FLOOR_DIVIDE: int = define("BINARY_FLOOR_DIVIDE", -1, ARG_NONE, "[a b -- a // b]");
export const INPLACE_ADD: int = define("INPLACE_ADD", -1, ARG_NONE, "[a b -- a += b]");
export const INPLACE_SUBTRACT: int = define("INPLACE_SUBTRACT", -1, ARG_NONE, "[a b -- a -= b]");
export const INPLACE_MULTIPLY: int = define("INPLACE_MULTIPLY", -1, ARG_NONE, "[a b -- a *= b]");
export const INPLACE_MATRIX_MULTIPLY: int = define("INPLACE_MATRIX_MULTIPLY", -1, ARG_NONE, "[a b -- a @= b]");
export const INPLACE_TRUE_DIVIDE: int = define("INPLACE_TRUE_DIVIDE", -1, ARG_NONE, "[a b -- a /= b]");
export const INPLACE_MODULO: int = define("INPLACE_MODULO", -1, ARG_NONE, "[a b -- a %= b]");
export const INPLACE_POWER: int = define("INPLACE_POWER", -1, ARG_NONE, "[a b -- a **= b]");
export const INPLACE_LSHIFT: int = define("INPLACE_LSHIFT", -1, ARG_NONE, "[a b -- a <<= b]");
export const INPLACE_RSHIFT: int = define("INPLACE_RSHIFT", -1, ARG_NONE, "[a b -- a >>= b]");
export const INPLACE_OR: int = define("INPLACE_OR", -1, ARG_NONE, "[a b -- a |= b]");
export const INPLACE_XOR: int = define("INPLACE_XOR", -1, ARG_NONE, "[a b -- a ^= b]");
export const INPLACE_AND: int = define("INPLACE_AND", -1, ARG_NONE, "[a b -- a &= b]");
export const INPLACE_FLOOR_DIVIDE: int = define("INPLACE_FLOOR_DIVIDE", -1, ARG_NONE, "[a b -- a //= b]");

// Comparisons, in the order of the AST's comparison numbers.
export const COMPARE_EQ: int = define("COMPARE_EQ", -1, ARG_NONE, "[a b -- a == b]");
export const COMPARE_NE: int = define("COMPARE_NE", -1, ARG_NONE, "[a b -- a != b]");
export const COMPARE_LT: int = define("COMPARE_LT", -1, ARG_NONE, "[a b -- a < b]");
export const COMPARE_LE: int = define("COMPARE_LE", -1, ARG_NONE, "[a b -- a <= b]");
export const COMPARE_GT: int = define("COMPARE_GT", -1, ARG_NONE, "[a b -- a > b]");
export const COMPARE_GE: int = define("COMPARE_GE", -1, ARG_NONE, "[a b -- a >= b]");
export const COMPARE_IS: int = define("COMPARE_IS", -1, ARG_NONE, "[a b -- a is b]");
export const COMPARE_IS_NOT: int = define("COMPARE_IS_NOT", -1, ARG_NONE, "[a b -- a is not b]");
export const COMPARE_IN: int = define("COMPARE_IN", -1, ARG_NONE, "[a b -- a in b]");
export const COMPARE_NOT_IN: int = define("COMPARE_NOT_IN", -1, ARG_NONE, "[a b -- a not in b]");

// Building values.
export const BUILD_TUPLE: int = define("BUILD_TUPLE", VARIES, ARG_NUMBER, "[v1…vn -- (v1, …, vn)]");
export const BUILD_LIST: int = define("BUILD_LIST", VARIES, ARG_NUMBER, "[v1…vn -- [v1, …, vn]]");
export const BUILD_SET: int = define("BUILD_SET", VARIES, ARG_NUMBER, "[v1…vn -- {v1, …, vn}]");
export const BUILD_MAP: int = define("BUILD_MAP", VARIES, ARG_NUMBER, "[k1 v1…kn vn -- {k1: v1, …}]");
export const BUILD_CONST_KEY_MAP: int = define(
  "BUILD_CONST_KEY_MAP",
  VARIES,
  ARG_NUMBER,
  "[v1…vn (k1, …, kn) -- {k1: v1, …}]",
);
export const BUILD_STRING: int = define("BUILD_STRING", VARIES, ARG_NUMBER, "[s1…sn -- s1 + … + sn]");
export const BUILD_SLICE: int = define("BUILD_SLICE", VARIES, ARG_NUMBER, "n is 2 or 3: [start stop step? -- slice]");
export const LIST_TO_TUPLE: int = define("LIST_TO_TUPLE", 0, ARG_NONE, "[list -- tuple]");
export const LIST_APPEND: int = define("LIST_APPEND", -1, ARG_NUMBER, "[v -- ]; appends to the list i-th below v");
export const SET_ADD: int = define("SET_ADD", -1, ARG_NUMBER, "[v -- ]; adds to the set i-th below v");
export const MAP_ADD: int = define("MAP_ADD", -2, ARG_NUMBER, "[k v -- ]; sets in the dict i-th below k");
export const LIST_EXTEND: int = define("LIST_EXTEND", -1, ARG_NUMBER, "[it -- ]; extends the list i-th below it");
export const SET_UPDATE: int = define("SET_UPDATE", -1, ARG_NUMBER, "[it -- ]; updates the set i-th below it");
export const DICT_UPDATE: int = define("DICT_UPDATE", -1, ARG_NUMBER, "[m -- ]; updates the dict i-th below m");
export const DICT_MERGE: int = define(
  "DICT_MERGE",
  -1,
  ARG_NUMBER,
  "[m -- ]; as DICT_UPDATE for call keywords: a key present already is a TypeError naming the callable, which is i + 2 below m",
);
export const UNPACK_SEQUENCE: int = define("UNPACK_SEQUENCE", VARIES, ARG_NUMBER, "[it -- vn…v1], first on top");
export const UNPACK_EX: int = define(
  "UNPACK_EX",
  VARIES,
  ARG_NUMBER,
  "arg = before + (after << 8): [it -- after… list before…], first on top",
);
export const FORMAT_VALUE: int = define(
  "FORMAT_VALUE",
  VARIES,
  ARG_NUMBER,
  "[v spec? -- s]; arg & 3: 0 none, 1 str, 2 repr, 3 ascii; arg & 4: a format spec is on top",
);

// Jumps.
export const JUMP: int = define("JUMP", 0, ARG_JUMP, "forward");
export const JUMP_BACKWARD: int = define("JUMP_BACKWARD", 0, ARG_JUMP, "the back edge of a loop");
export const POP_JUMP_IF_FALSE: int = define("POP_JUMP_IF_FALSE", -1, ARG_JUMP, "[v -- ]; jumps when v is false");
export const POP_JUMP_IF_TRUE: int = define("POP_JUMP_IF_TRUE", -1, ARG_JUMP, "[v -- ]; jumps when v is true");
export const POP_JUMP_IF_NONE: int = define("POP_JUMP_IF_NONE", -1, ARG_JUMP, "[v -- ]; jumps when v is None");
export const POP_JUMP_IF_NOT_NONE: int = define("POP_JUMP_IF_NOT_NONE", -1, ARG_JUMP, "[v -- ]; jumps unless None");
export const JUMP_IF_FALSE_OR_POP: int = define(
  "JUMP_IF_FALSE_OR_POP",
  VARIES,
  ARG_JUMP,
  "[v -- v] and jumps when v is false, else [v -- ]",
);
export const JUMP_IF_TRUE_OR_POP: int = define(
  "JUMP_IF_TRUE_OR_POP",
  VARIES,
  ARG_JUMP,
  "[v -- v] and jumps when v is true, else [v -- ]",
);

// Iteration, generators, coroutines.
export const GET_ITER: int = define("GET_ITER", 0, ARG_NONE, "[o -- iter(o)]");
export const FOR_ITER: int = define("FOR_ITER", VARIES, ARG_JUMP, "[it -- it v]; exhausted: [it -- ] and jumps");
export const GET_YIELD_FROM_ITER: int = define(
  "GET_YIELD_FROM_ITER",
  0,
  ARG_NONE,
  "[o -- it]; iter(o), but generators and (in coroutines) coroutines stay themselves",
);
export const YIELD_VALUE: int = define("YIELD_VALUE", 0, ARG_NONE, "[v -- sent]; suspends the frame");
export const YIELD_DELEGATED: int = define(
  "YIELD_DELEGATED",
  0,
  ARG_JUMP,
  "[it v -- it sent]; as YIELD_VALUE within `yield from`/await: while suspended `it` is gi_yieldfrom, throw() and close() go to it first, and when its throw() stops with a result: [it -- result] and continues at the argument",
);
export const SEND: int = define(
  "SEND",
  0,
  ARG_JUMP,
  "[it v -- it yielded]; sends v (None: next); when `it` stops with a result: [it v -- result] and jumps",
);
export const RETURN_VALUE: int = define("RETURN_VALUE", -1, ARG_NONE, "[v -- ]; leaves the frame");
export const ASYNC_GEN_WRAP: int = define("ASYNC_GEN_WRAP", 0, ARG_NONE, "[v -- wrapped]; marks an async yield");
export const GET_AWAITABLE: int = define(
  "GET_AWAITABLE",
  0,
  ARG_NUMBER,
  "[o -- it]; arg 1: result of __aenter__, 2: of __aexit__ (for the error message)",
);
export const GET_AITER: int = define("GET_AITER", 0, ARG_NONE, "[o -- o.__aiter__()]");
export const GET_ANEXT: int = define("GET_ANEXT", 1, ARG_NONE, "[ait -- ait awaitable]");
export const END_ASYNC_FOR: int = define(
  "END_ASYNC_FOR",
  -2,
  ARG_NONE,
  "[ait exc -- ] when exc is StopAsyncIteration, else raises exc again",
);

// Functions, calls, classes.
export const MAKE_FUNCTION: int = define(
  "MAKE_FUNCTION",
  VARIES,
  ARG_NUMBER,
  "[defaults? kwdefaults? annotations? closure? code -- function]; arg bits 1 tuple, 2 dict, 4 tuple of name, value, …, 8 tuple of cells; the docstring is consts[0] when a str",
);
export const CALL: int = define("CALL", VARIES, ARG_NUMBER, "[f a1…an -- result]");
export const CALL_METHOD: int = define(
  "CALL_METHOD",
  VARIES,
  ARG_NUMBER,
  "[f self a1…an -- result], [f NULL a1…an -- result]",
);
export const CALL_KW: int = define(
  "CALL_KW",
  VARIES,
  ARG_NUMBER,
  "[f a1…an names -- result]; the last len(names) arguments are keywords",
);
export const CALL_METHOD_KW: int = define(
  "CALL_METHOD_KW",
  VARIES,
  ARG_NUMBER,
  "[f self|NULL a1…an names -- result]; the last len(names) arguments are keywords",
);
export const CALL_EX: int = define(
  "CALL_EX",
  VARIES,
  ARG_NUMBER,
  "[f args -- result], with arg & 1 [f args kwargs -- result]; args is any iterable, kwargs any mapping (a fresh dict when built by this code)",
);
export const LOAD_BUILD_CLASS: int = define("LOAD_BUILD_CLASS", 1, ARG_NONE, "[ -- builtins.__build_class__]");
export const LOAD_ASSERTION_ERROR: int = define("LOAD_ASSERTION_ERROR", 1, ARG_NONE, "[ -- AssertionError]");
export const SETUP_ANNOTATIONS: int = define(
  "SETUP_ANNOTATIONS",
  0,
  ARG_NONE,
  "f_locals['__annotations__'] = {} unless present",
);
export const PRINT_EXPR: int = define("PRINT_EXPR", -1, ARG_NONE, "[v -- ]; sys.displayhook(v)");

// Imports.
export const IMPORT_NAME: int = define("IMPORT_NAME", -1, ARG_NAME, "[level fromlist -- module]");
export const IMPORT_FROM: int = define("IMPORT_FROM", 1, ARG_NAME, "[module -- module attribute]");
export const IMPORT_STAR: int = define("IMPORT_STAR", -1, ARG_NONE, "[module -- ]; into f_locals");

// Exceptions. A handler is entered with the stack cut to its depth and the exception instance pushed.
export const RAISE_VARARGS: int = define(
  "RAISE_VARARGS",
  VARIES,
  ARG_NUMBER,
  "0: raises the handled exception again; 1: [exc -- ]; 2: [exc cause -- ]",
);
export const RERAISE: int = define("RERAISE", -1, ARG_NONE, "[exc -- ]; raises without a new traceback entry here");
export const PUSH_EXC_INFO: int = define(
  "PUSH_EXC_INFO",
  1,
  ARG_NONE,
  "[exc -- previous exc]; exc becomes the handled exception; previous (None when there was none) is kept for POP_EXCEPT",
);
export const POP_EXCEPT: int = define("POP_EXCEPT", -1, ARG_NONE, "[previous -- ]; becomes the handled exception");
export const CHECK_EXC_MATCH: int = define("CHECK_EXC_MATCH", 0, ARG_NONE, "[exc type -- exc bool]");
export const CHECK_EG_MATCH: int = define(
  "CHECK_EG_MATCH",
  0,
  ARG_NONE,
  "[exc type -- rest match]; splits a group; no match: [exc None]; a match becomes the handled exception",
);
export const PREP_RERAISE_STAR: int = define(
  "PREP_RERAISE_STAR",
  -1,
  ARG_NONE,
  "[original list -- exc]; what except* has to raise at its end, or None; the list holds what was raised and what was not handled, or None",
);
export const BEFORE_WITH: int = define("BEFORE_WITH", 1, ARG_NONE, "[m -- m.__exit__ m.__enter__()]");
export const BEFORE_ASYNC_WITH: int = define("BEFORE_ASYNC_WITH", 1, ARG_NONE, "[m -- m.__aexit__ m.__aenter__()]");
export const WITH_EXCEPT_START: int = define(
  "WITH_EXCEPT_START",
  1,
  ARG_NONE,
  "[exit previous exc -- exit previous exc exit(type(exc), exc, exc.__traceback__)]",
);

// Pattern matching.
export const GET_LEN: int = define("GET_LEN", 1, ARG_NONE, "[v -- v len(v)]");
export const MATCH_MAPPING: int = define("MATCH_MAPPING", 1, ARG_NONE, "[v -- v bool]");
export const MATCH_SEQUENCE: int = define("MATCH_SEQUENCE", 1, ARG_NONE, "[v -- v bool]");
export const MATCH_KEYS: int = define("MATCH_KEYS", 1, ARG_NONE, "[v keys -- v keys values|None], values a tuple");
export const MATCH_CLASS: int = define(
  "MATCH_CLASS",
  -2,
  ARG_NUMBER,
  "[v cls names -- attributes|None]; n positional sub-patterns, then names; attributes a tuple",
);

/** INPLACE_X − BINARY_X. */
export const INPLACE_OFFSET: int = INPLACE_ADD - BINARY_ADD;

/** How many opcodes there are; opcodes are 0 … OPCODE_COUNT − 1. */
export const OPCODE_COUNT: int = names.length;

/** Name of each opcode. */
export const OPCODE_NAMES: readonly string[] = names;

/** What each opcode's argument is (ARG_…). */
export const OPCODE_ARGS: readonly int[] = kinds;

/** Meaning of each opcode, one line. */
export const OPCODE_DOCS: readonly string[] = docs;

/**
 * By how many entries the stack grows when the instruction is executed; `jumps` tells whether the jump (or, for
 * SEND and FOR_ITER, the end) is taken.
 */
export function stackEffect(op: int, arg: int, jumps: boolean): int {
  if (op === SEND) return jumps ? -1 : 0;
  const fixed: int = effects[op];
  if (fixed !== VARIES) return fixed;
  switch (op) {
    case BUILD_TUPLE:
    case BUILD_LIST:
    case BUILD_SET:
    case BUILD_STRING:
    case BUILD_SLICE:
      return 1 - arg;
    case BUILD_MAP:
      return 1 - 2 * arg;
    case UNPACK_SEQUENCE:
      return arg - 1;
    case UNPACK_EX:
      return (arg & 255) + (arg >> 8);
    case FORMAT_VALUE:
      return (arg & 4) !== 0 ? -1 : 0;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
      return jumps ? 0 : -1;
    case FOR_ITER:
      return jumps ? -1 : 1;
    case MAKE_FUNCTION:
      return -((arg & 1) + ((arg >> 1) & 1) + ((arg >> 2) & 1) + ((arg >> 3) & 1));
    case BUILD_CONST_KEY_MAP:
    case CALL:
      return -arg;
    case CALL_METHOD:
    case CALL_KW:
      return -1 - arg;
    case CALL_METHOD_KW:
      return -2 - arg;
    case CALL_EX:
      return -1 - (arg & 1);
    case RAISE_VARARGS:
      return -arg;
  }
  throw new Error(`no stack effect: ${OPCODE_NAMES[op]}`);
}

/** Whether the instruction after `op` is never reached from it. */
export function endsFlow(op: int): boolean {
  return op === JUMP || op === JUMP_BACKWARD || op === RETURN_VALUE || op === RAISE_VARARGS || op === RERAISE;
}

/** Whether the argument of `op` is a jump target that the instruction itself may go to. */
export function isJump(op: int): boolean {
  return OPCODE_ARGS[op] === ARG_JUMP && op !== YIELD_DELEGATED;
}
