// Every diagnostic of the toolchain. `docs/errors.md` is generated from this table.
//
// RTS10xx: syntax and features that are not RTypeScript. RTS12xx: types. RTS13xx: prebuilt data. RTS14xx: loading and
// targets. RTS15xx: hints for the JIT. A row's `cure` is the default for "what to do"; a report may give a more exact one.

/** One kind of diagnostic. */
export interface CodeInfo {
  /** A few words. */
  readonly title: string;
  /** Why it is refused. */
  readonly explanation: string;
  /** The least code that gives it. */
  readonly example: string;
  /** One sentence: what to do. */
  readonly cure: string;
}

export const CODES = {
  RTS1001: {
    title: "unsupported syntax",
    explanation: "The construct has no meaning in RTypeScript's run-time part.",
    example: "function f() { debugger; }",
    cure: "write it with the statements and expressions that the language reference lists, or do it at import time",
  },
  RTS1002: {
    title: "async and await",
    explanation: "There is no event loop at run time.",
    example: "async function f() { await g(); }",
    cure: "make the function synchronous; rlib/os reads and writes synchronously",
  },
  RTS1003: {
    title: "with, eval or Function from text",
    explanation: "Names and code must be known at translation time.",
    example: 'eval("1 + 1")',
    cure: "generate the function at import time with a closure",
  },
  RTS1004: {
    title: "delete",
    explanation: "Objects have fixed shapes at run time.",
    example: "delete o.x;",
    cure: "assign null or undefined to the property, or use a Map",
  },
  RTS1005: {
    title: "for…in",
    explanation: "Property names are not data at run time.",
    example: "for (const k in o) {}",
    cure: "use a Map, or for…of over a list of names made at import time",
  },
  RTS1006: {
    title: "arguments",
    explanation: "The arguments object does not exist at run time.",
    example: "function f() { return arguments.length; }",
    cure: "use a rest parameter: (...args: T[])",
  },
  RTS1007: {
    title: "class declared at run time",
    explanation: "All classes exist before the program runs.",
    example: "function f() { class A {} return new A(); }",
    cure: "declare the class at module level, or call the function that makes it at import time",
  },
  RTS1008: {
    title: "regular expression",
    explanation: "Regular expressions are not part of the run-time language.",
    example: "/a+/.test(s)",
    cure: "match by hand, or use the regular expression at import time",
  },
  RTS1009: {
    title: "locale-dependent method",
    explanation: "The binary carries no locale data.",
    example: "s.localeCompare(t)",
    cure: "compare with < and ===, or use toLowerCase and toUpperCase",
  },
  RTS1010: {
    title: "property name computed at run time",
    explanation: "Objects have fixed shapes; which field is meant must be known at translation time.",
    example: "o[name]",
    cure: "use a Map keyed by the name",
  },
  RTS1011: {
    title: "unsupported built-in",
    explanation: "This function, method or property of the standard library is not available at run time.",
    example: "JSON.parse(text)",
    cure: "use what the language reference lists, or call it at import time",
  },
  RTS1012: {
    title: "prototype changed",
    explanation: "Classes are fixed before the program runs.",
    example: "C.prototype.f = g;",
    cure: "declare the method in the class, or assign it at import time",
  },
  RTS1013: {
    title: "not an Error thrown",
    explanation: "Only instances of Error and its subclasses can be thrown.",
    example: 'throw "text";',
    cure: "throw new Error(…), or a subclass; for jumps out of several calls a subclass of ControlFlow",
  },
  RTS1014: {
    title: "import at run time",
    explanation: "All modules are loaded before the program runs.",
    example: 'await import("./x.ts")',
    cure: "import at the head of the file",
  },
  RTS1015: {
    title: "function without a declaration",
    explanation:
      "The body of a function that run-time code calls must stand in a file that RTypeScript loaded; functions of Node and of plain JavaScript packages have none.",
    example: 'import { readFileSync } from "node:fs"; function main() { readFileSync("x"); }',
    cure: "use rlib (os, external), or call it at import time and keep the result",
  },
  RTS1016: {
    title: "explicit iteration protocol",
    explanation: "Iterators are driven by for…of, spread and destructuring.",
    example: "it.next()",
    cure: "use for…of",
  },
  RTS1017: {
    title: "hint that does not apply",
    explanation: "A hint names a member or parameter that does not exist, or a merge point stands where none can be.",
    example: 'unrollSafe(Frame, "popp")',
    cure: "correct the name",
  },
  RTS1018: {
    title: "feature of the language that is not available yet",
    explanation: "The construct belongs to RTypeScript, but this version of the translator does not translate it.",
    example: "",
    cure: "write it another way",
  },
  RTS1201: {
    title: "two types that do not go together",
    explanation: "A variable, field, parameter, item or result receives values of types that have no union.",
    example: 'const xs = [1]; xs.push("a" as never);',
    cure: "give both a common base class, or keep them in two variables",
  },
  RTS1202: {
    title: "float where an int is required",
    explanation:
      "An index, a bit operation or a declared int receives a float that need not be integral, so a silent conversion could change its value.",
    example: "xs[n / 2]",
    cure: "convert with Math.floor, Math.trunc or toInt",
  },
  RTS1203: {
    title: "no such property",
    explanation: "The object's class or shape, as inferred, has no property of this name.",
    example: "(node as Add).lefft",
    cure: "test the class first (instanceof, a tag), or declare the property in the common base",
  },
  RTS1204: {
    title: "not a function",
    explanation: "What is called is not always a function.",
    example: "const f: unknown = 1; (f as () => void)();",
    cure: "call a function, a bound method or a closure",
  },
  RTS1205: {
    title: "arguments do not fit",
    explanation: "A function is called with arguments that it has no parameters for, or without ones that it needs.",
    example: "f(1)   // function f(a: int, b: int)",
    cure: "pass what the function declares, or give the parameter a default",
  },
  RTS1206: {
    title: "operator applied to the wrong types",
    explanation: "The operator has no meaning for operands of these types.",
    example: "({}) - 1",
    cure: "convert the operands explicitly",
  },
  RTS1207: {
    title: "not iterable",
    explanation: "for…of, spread or destructuring is applied to something that cannot be iterated.",
    example: "for (const x of 3 as never) {}",
    cure: "iterate over a list, string, map, set or generator",
  },
  RTS1208: {
    title: "infinite instantiation",
    explanation: "A generic class or function uses itself with ever larger type arguments.",
    example: "class Box<T> { wrap() { return new Box<Box<T>>(this); } constructor(readonly x: unknown) {} }",
    cure: "break the recursion with a non-generic class",
  },
  RTS1209: {
    title: "int too large for the target",
    explanation: "A literal or prebuilt number is used as an int but does not fit the target's word.",
    example: "const big: int = 5000000000;   // x86-32",
    cure: "write it as a float (5000000000.0) or a bigint (5000000000n)",
  },
  RTS1210: {
    title: "impossible cast",
    explanation: "The value can never have the type it is cast to.",
    example: "(cat as unknown as Dog)",
    cure: "cast to a subclass of the value's class",
  },
  RTS1211: {
    title: "type unknown",
    explanation: "Nothing that reaches this place tells what type it has.",
    example: "const xs = []; use(xs[0]);",
    cure: "declare the type",
  },
  RTS1212: {
    title: "assignment to an immutable value",
    explanation: "A readonly field is assigned outside the constructor, or a frozen prebuilt value is changed.",
    example: "frozen.x = 1;",
    cure: "drop readonly, or assign in the constructor only",
  },
  RTS1213: {
    title: "unsupported key",
    explanation: "Maps and sets take strings, ints, floats, chars, booleans, bigints and instances as keys.",
    example: "new Map<[int, int], int>()",
    cure: "use hashMap(eq, hash)",
  },
  RTS1214: {
    title: "declared type contradicted",
    explanation: "A declared type is a contract; a value that does not meet it flows in.",
    example: "const n: int = 1.5;",
    cure: "change the declaration or convert the value",
  },
  RTS1215: {
    title: "comparison of unrelated types",
    explanation: "The two sides can never be equal.",
    example: '(1 as unknown) === "1"',
    cure: "convert one side",
  },
  RTS1216: {
    title: "null where an object is required",
    explanation: "The value is always null or undefined here.",
    example: "const x = null; x!.f;",
    cure: "assign an object, or test for null before",
  },
  RTS1217: {
    title: "index that is not an int",
    explanation: "Lists, strings and typed arrays are indexed by ints.",
    example: 'xs["a" as never]',
    cure: "use an int, or a Map for other keys",
  },
  RTS1218: {
    title: "methods that do not agree",
    explanation: "An override and the method it overrides, or functions in one table, have signatures without a union.",
    example: "class A { f(x: int) {} } class B extends A { override f(x: string | int) {} }",
    cure: "give them the same parameter and result types",
  },
  RTS1219: {
    title: "tuple of another length",
    explanation: "A tuple meets one of another length, or is indexed beyond its length.",
    example: "const [a, b, c] = pair;",
    cure: "use a list if the length varies",
  },
  RTS1301: {
    title: "value that cannot be prebuilt",
    explanation:
      "Run-time code reaches an object made at import time that has no form in the binary: Promise, Proxy, Date, RegExp, symbol, live iterator, object of Node.",
    example: "const started = new Date(); function main() { return started.getTime(); }",
    cure: "keep only plain data (numbers, strings, lists, maps, instances) for run time",
  },
  RTS1302: {
    title: "hole in a prebuilt list",
    explanation: "Lists have no holes.",
    example: "const xs = [1, , 3];",
    cure: "fill the list: new Array(n).fill(x)",
  },
  RTS1303: {
    title: "two places disagree about a prebuilt value",
    explanation: "One prebuilt object is reached through declarations that give it different types.",
    example: "const a: int[] = []; const b: float[] = a;",
    cure: "declare both places alike",
  },
  RTS1304: {
    title: "computation with a target constant at import time",
    explanation: "wordBits(), minInt() and maxInt() are known for the binary only.",
    example: "const half = wordBits() / 2;",
    cure: "use options.wordBits, passed to target()",
  },
  RTS1305: {
    title: "import-time object changed behind its class",
    explanation: "A prebuilt instance has properties that its class does not declare.",
    example: "(point as any).extra = 1;",
    cure: "declare the property in the class",
  },
  RTS1501: {
    title: "JIT driver that is not known",
    explanation: "A merge point belongs to one JitDriver, which the JIT is made for at translation time.",
    example: "drivers[i].mergePoint({ pc });",
    cure: "hold the driver in a module-level constant and call its methods on that",
  },
  RTS1502: {
    title: "wrong greens or reds",
    explanation:
      "A merge point names all greens of its driver, and the reds if it lists them; an entry names the greens.",
    example: 'new JitDriver({ greens: ["pc", "code"] }).mergePoint({ pc });',
    cure: "pass an object literal with exactly the names that the driver declares",
  },
  RTS1503: {
    title: "type of a green or red",
    explanation: "Greens are compared when a position is looked up, and both live in registers.",
    example: "const pc: int | null = next(); driver.mergePoint({ pc });",
    cure: "greens are numbers, chars, booleans, strings or objects, and no number is nullable",
  },
  RTS1504: {
    title: "not virtualizable",
    explanation: "A driver's virtualizable is an instance of a class that is declared so.",
    example: 'new JitDriver({ greens: ["pc"], virtualizables: ["frame"] })',
    cure: 'declare it: virtualizable(Frame, ["pc", "stack[*]"])',
  },
  RTS1505: {
    title: "hint about something that is not there",
    explanation: "A hint names a method or field that the class does not have.",
    example: 'quasiImmutable(Cell, "vlaue");',
    cure: "correct the name; private members are written with their #",
  },
  RTS1506: {
    title: "misplaced merge point",
    explanation: "A driver has one merge point, in one function, and whoever can enter its loop leads there.",
    example: "driver.mergePoint({ pc }); driver.mergePoint({ pc });",
    cure: "keep one merge point for each driver, at the head of the interpreter's loop",
  },
  RTS1401: {
    title: "unknown target",
    explanation: "No file of this name was found, as a path or in goal/.",
    example: "bin/translate targetpyton",
    cure: "give a name in goal/ or the path of a .ts file",
  },
  RTS1402: {
    title: "no target function",
    explanation: "A target's file exports `target(options)`.",
    example: "export function main() {}",
    cure: "export function target(options: TargetOptions) { return { entry: main }; }",
  },
  RTS1403: {
    title: "target returned something else",
    explanation: "`target(options)` returns an object with the entry function.",
    example: "export function target() { return 3; }",
    cure: "return { entry: main, name: … } where main(argv: string[]): int",
  },
  RTS1404: {
    title: "import failed",
    explanation: "Node could not load the target: a syntax error, a missing file, or an exception at import time.",
    example: 'import { x } from "./missing.ts";',
    cure: "correct the error; bin/run shows the same",
  },
} as const satisfies Record<string, CodeInfo>;

/** A code of the table. */
export type DiagnosticCode = keyof typeof CODES;
