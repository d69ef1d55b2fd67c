/**
 * Symbol table and code generator: scopes, instructions of small programs, positions, tables; all of the standard
 * library compiles with consistent stack depths.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Code } from "../../../goal/python/compiler/code.ts";
import {
  CompileOptions,
  compileSource,
  compileWithOptions,
  MODE_EVAL,
  MODE_EXEC,
  MODE_SINGLE,
} from "../../../goal/python/compiler/compile.ts";
import { disassemble, positionText } from "../../../goal/python/compiler/disassemble.ts";
import * as op from "../../../goal/python/compiler/opcodes.ts";
import { floatText, unparse } from "../../../goal/python/compiler/unparse.ts";
import type { ExprStmt } from "../../../goal/python/parser/ast.ts";
import { parseSource } from "../../../goal/python/parser/parser.ts";
import { allCodes, type TestConstant, TestFactory } from "./factory.ts";

function compile(source: string): Code {
  return compileSource(source, "<test>", MODE_EXEC, new TestFactory());
}

function named(source: string, qualname: string): Code {
  const code = allCodes(compile(source)).find((c) => c.qualname === qualname);
  if (code === undefined) throw new Error(`no code ${qualname}`);
  return code;
}

/** Instructions as words, constants by value. */
function words(code: Code): string {
  const out: string[] = [];
  for (let pc = 0; pc < code.bytecode.length; pc += 2) {
    const opcode = code.bytecode[pc];
    const arg = code.bytecode[pc + 1];
    const kind = op.OPCODE_ARGS[opcode];
    let text = op.OPCODE_NAMES[opcode];
    if (kind === op.ARG_CONST) text += ` ${(code.consts[arg] as unknown as TestConstant).text}`;
    else if (kind === op.ARG_NAME) text += ` ${code.names[arg]}`;
    else if (kind === op.ARG_LOCAL) text += ` ${code.varnames[arg]}`;
    else if (kind === op.ARG_CELL) text += ` ${[...code.cellvars, ...code.freevars][arg]}`;
    else if (kind !== op.ARG_NONE) text += ` ${arg}`;
    out.push(text);
  }
  return out.join("; ");
}

const END = "; LOAD_CONST None; RETURN_VALUE";

describe("instructions", () => {
  const cases: [string, string][] = [
    ["a = b + c", "LOAD_NAME b; LOAD_NAME c; BINARY_ADD; STORE_NAME a"],
    ["a.b += c", "LOAD_NAME a; COPY 1; LOAD_ATTR b; LOAD_NAME c; INPLACE_ADD; SWAP 2; STORE_ATTR b"],
    [
      "a[b] -= c",
      "LOAD_NAME a; LOAD_NAME b; COPY 2; COPY 2; BINARY_SUBSCR; LOAD_NAME c; INPLACE_SUBTRACT; SWAP 3; SWAP 2; STORE_SUBSCR",
    ],
    ["a.b(c)", "LOAD_NAME a; LOAD_METHOD b; LOAD_NAME c; CALL_METHOD 1; POP_TOP"],
    ["a(b, c=d)", 'LOAD_NAME a; LOAD_NAME b; LOAD_NAME d; LOAD_CONST ("c"); CALL_KW 2; POP_TOP'],
    ["a(*b)", "LOAD_NAME a; LOAD_NAME b; CALL_EX 0; POP_TOP"],
    [
      "a(b, *c, **d)",
      "LOAD_NAME a; LOAD_NAME b; BUILD_LIST 1; LOAD_NAME c; LIST_EXTEND 1; LIST_TO_TUPLE; BUILD_MAP 0; LOAD_NAME d; DICT_MERGE 1; CALL_EX 1; POP_TOP",
    ],
    ["a, b = b, a", "LOAD_NAME b; LOAD_NAME a; SWAP 2; STORE_NAME a; STORE_NAME b"],
    ["a, *b = c", "LOAD_NAME c; UNPACK_EX 1; STORE_NAME a; STORE_NAME b"],
    [
      "a < b < c",
      "LOAD_NAME a; LOAD_NAME b; SWAP 2; COPY 2; COMPARE_LT; JUMP_IF_FALSE_OR_POP 18; LOAD_NAME c; COMPARE_LT; JUMP 22; SWAP 2; POP_TOP; POP_TOP",
    ],
    ["a in [1, 2]", "LOAD_NAME a; LOAD_CONST (1, 2); COMPARE_IN; POP_TOP"],
    ["not a in b", "LOAD_NAME a; LOAD_NAME b; COMPARE_NOT_IN; POP_TOP"],
    [
      "f'{a!r:>{b}}c'",
      'LOAD_NAME a; LOAD_CONST ">"; LOAD_NAME b; FORMAT_VALUE 0; BUILD_STRING 2; FORMAT_VALUE 6; LOAD_CONST "c"; BUILD_STRING 2; POP_TOP',
    ],
    [
      "'%s-%r' % (a, b)",
      'LOAD_NAME a; FORMAT_VALUE 1; LOAD_CONST "-"; LOAD_NAME b; FORMAT_VALUE 2; BUILD_STRING 3; POP_TOP',
    ],
    ["import a.b as c", "LOAD_CONST 0; LOAD_CONST None; IMPORT_NAME a.b; IMPORT_FROM b; SWAP 2; POP_TOP; STORE_NAME c"],
    ["from .a import b", 'LOAD_CONST 1; LOAD_CONST ("b"); IMPORT_NAME a; IMPORT_FROM b; STORE_NAME b; POP_TOP'],
    ["[1, 2, 3]", "BUILD_LIST 0; LOAD_CONST (1, 2, 3); LIST_EXTEND 1; POP_TOP"],
    ["{'a': b, 'c': d}", 'LOAD_NAME b; LOAD_NAME d; LOAD_CONST ("a", "c"); BUILD_CONST_KEY_MAP 2; POP_TOP'],
    ["if 0: a\nelse: b", "LOAD_NAME b; POP_TOP"],
    ["while a: b", "LOAD_NAME a; POP_JUMP_IF_FALSE 10; LOAD_NAME b; POP_TOP; JUMP_BACKWARD 0"],
    ["for a in b: c", "LOAD_NAME b; GET_ITER; FOR_ITER 14; STORE_NAME a; LOAD_NAME c; POP_TOP; JUMP_BACKWARD 4"],
    ["if a is None: b", "LOAD_NAME a; POP_JUMP_IF_NOT_NONE 8; LOAD_NAME b; POP_TOP"],
    [
      "a: int = 1",
      'SETUP_ANNOTATIONS; LOAD_CONST 1; STORE_NAME a; LOAD_NAME int; LOAD_NAME __annotations__; LOAD_CONST "a"; STORE_SUBSCR',
    ],
    ["assert a, b", "LOAD_NAME a; POP_JUMP_IF_TRUE 12; LOAD_ASSERTION_ERROR; LOAD_NAME b; CALL 1; RAISE_VARARGS 1"],
  ];
  for (const [source, expected] of cases) {
    test(source.replace("\n", "⏎"), () => expect(words(compile(source))).toBe(expected + END));
  }

  test("folding", () => {
    const cases: [string, string][] = [
      ["60 * 60 * 24", "86400"],
      ["-5 // 2 * 0", "-5; "],
      ["7 // 2", "3"],
      ["2 ** 10", "1024"],
      ["1 << 64", `1${"0".repeat(64)}r2`],
      ["(1 << 64) - 1", `${"1".repeat(64)}r2`],
      ["1 / 4", "0.25f"],
      ["-0.0", "-0f"],
      ["1 - 2j", "(1+-2j)"],
      ["'ab' * 2", '"abab"'],
      ["(1, (2, 'x'))", '(1, (2, "x"))'],
      ["not ()", "True"],
      ["1 / 0", "; BINARY_TRUE_DIVIDE"],
      ["'abc'[-1]", '"c"'],
    ];
    for (const [source, expected] of cases) {
      const code = words(compileSource(source, "<e>", MODE_EVAL, new TestFactory()));
      if (expected.includes(";")) expect(code).toContain(expected.replace(/^; /, "").replace("; ", ""));
      else expect([source, code]).toEqual([source, `LOAD_CONST ${expected}; RETURN_VALUE`]);
    }
  });

  test("handlers by table", () => {
    const code = compile("try:\n  a\nexcept B as c:\n  d\nfinally:\n  e");
    const table = code.exceptions;
    expect(table.starts.length).toBe(table.ends.length);
    for (let pc = 0; pc < code.bytecode.length; pc += 2) {
      const i = table.find(pc);
      if (i >= 0) expect(table.starts[i] <= pc && pc < table.ends[i]).toBe(true);
    }
    expect(op.OPCODE_NAMES[code.bytecode[table.targets[table.find(0)]]]).toBe("PUSH_EXC_INFO");
    expect(disassemble(code)).toContain("depth 1");
  });

  test("interactive input prints", () => {
    const code = compileSource("a", "<stdin>", MODE_SINGLE, new TestFactory());
    expect(words(code)).toBe(`LOAD_NAME a; PRINT_EXPR${END}`);
  });

  test("optimization levels", () => {
    const source = "def f():\n  'doc'\n  assert a\n  return __debug__";
    const options = new CompileOptions(2);
    const code = compileWithOptions(source, "<o>", MODE_EXEC, new TestFactory(), options);
    expect(words(allCodes(code)[1])).toBe("LOAD_CONST False; RETURN_VALUE");
    expect(words(named(source, "f"))).toContain("RAISE_VARARGS");
  });
});

describe("scopes", () => {
  test("cells, free variables, parameters", () => {
    const source = "def f(a, b):\n  c = a\n  def g(): return a + c\n  return lambda: b";
    const f = named(source, "f");
    expect([f.cellvars, f.cellToArg, f.varnames]).toEqual([
      ["a", "b", "c"],
      [0, 1, -1],
      ["a", "b", "g"],
    ]);
    expect(named(source, "f.<locals>.g").freevars).toEqual(["a", "c"]);
    expect(named(source, "f.<locals>.<lambda>").freevars).toEqual(["b"]);
  });

  test("class bodies are no enclosing scope, but give __class__", () => {
    const source = "def f():\n  x = 1\n  class C:\n    x = 2\n    def m(self): return x, super()";
    expect(named(source, "f.<locals>.C").cellvars).toEqual(["__class__"]);
    expect(named(source, "f.<locals>.C").freevars).toEqual(["x"]);
    expect(named(source, "f.<locals>.C.m").freevars).toEqual(["__class__", "x"]);
    expect(words(named("def f():\n  x = 1\n  class C:\n    y = x", "f.<locals>.C"))).toContain("LOAD_CLASSDEREF x");
  });

  test("assignment expressions leave comprehensions", () => {
    expect(words(named("def f(): return [y := x for x in z]", "f.<locals>.<listcomp>"))).toContain("STORE_DEREF y");
    expect(words(named("[y := x for x in z]", "<listcomp>"))).toContain("STORE_GLOBAL y");
  });

  test("private names", () => {
    const code = named("class _A:\n  def m(self): return self.__x, __y", "_A.m");
    expect(code.names).toEqual(["_A__x", "_A__y"]);
  });

  test("signatures and flags", () => {
    const f = named("def f(a, /, b, *c, d, **e): yield", "f");
    expect([f.argcount, f.posonlyargcount, f.kwonlyargcount, f.flags]).toEqual([2, 1, 1, 0x2f]);
    expect(f.varnames).toEqual(["a", "b", "d", "c", "e"]);
    expect(named("async def f(): await x", "f").flags).toBe(0x83);
    expect(named("async def f(): yield x", "f").flags).toBe(0x203);
  });
});

describe("positions", () => {
  test("instructions point at their expressions", () => {
    const code = compile("x = f(a,\n      b + é) * g");
    const found = new Map<string, string>();
    for (let pc = 0; pc < code.bytecode.length; pc += 2) {
      found.set(op.OPCODE_NAMES[code.bytecode[pc]], positionText(code.positionOf(pc)));
    }
    expect(found.get("BINARY_ADD")).toBe("2:6-2:12");
    expect(found.get("CALL")).toBe("1:4-2:13");
    expect(found.get("BINARY_MULTIPLY")).toBe("1:4-2:17");
    expect(code.lineOf(0)).toBe(1);
  });
});

describe("annotations as text", () => {
  const texts = [
    "Dict[str, List[int]]",
    "a.b | None",
    "'quoted'",
    "Callable[..., int]",
    "x if y else z",
    "(a, b)",
    "-1",
  ];
  texts.push(
    "lambda a, *, b=1: a + b",
    "{'a': 1, **b}",
    "[i for i in x if i]",
    "f(a, *b, c=d)",
    "a[1:2, ::3]",
    "not a or b and c",
  );
  texts.push("f'{a!r:>{b}}c'", "b'x'", "1e+16", "(yield)", "a ** (-b)", "(a, b)[0]", "1.5j", "a < b <= c");
  for (const text of texts) {
    test(text, () => expect(unparse((parseSource(text, "<a>", MODE_EVAL, []).body[0] as ExprStmt).value)).toBe(text));
  }

  test("floats as Python prints them", () => {
    const pairs: [number, string][] = [
      [1, "1.0"],
      [1e16, "1e+16"],
      [1e22, "1e+22"],
      [0.0001, "0.0001"],
      [0.00001, "1e-05"],
    ];
    for (const [f, text] of pairs) expect(floatText(f)).toBe(text);
  });
});

const library = "/usr/lib/python3.11";

test.skipIf(!existsSync(library))("the standard library compiles", { timeout: 120_000 }, () => {
  for (const name of readdirSync(library).filter((f) => f.endsWith(".py") && f < "b")) {
    compileSource(readFileSync(`${library}/${name}`, "utf8"), name, MODE_EXEC, new TestFactory());
  }
});
