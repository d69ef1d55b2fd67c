/** The lexer, the operation-line parser and the writer. */
import { expect, test } from "vitest";
import { Cursor, lexLine, quoteName, TextError } from "../../translator/text/lexer.ts";
import { type OperandText, parseOperationLine } from "../../translator/text/line.ts";
import { operationText, Writer } from "../../translator/text/writer.ts";

function read(line: string) {
  return parseOperationLine(new Cursor(line, 1));
}

function show(operand: OperandText): string {
  const tag = operand.tag === null ? "" : `${operand.tag} `;
  return `${operand.kind} ${tag}${operand.value}${operand.type === null ? "" : `: ${operand.type}`}`;
}

test("tokens and comments", () => {
  const { tokens, comment } = lexLine('  a -> @"x y" $Box -1.5e3 5n "q\\"" ; note: b', 1);
  expect(tokens.map((t) => `${t.kind} ${t.value}`)).toEqual([
    "word a",
    "punctuation ->",
    "object x y",
    "class Box",
    "number -1.5e3",
    "number 5n",
    'string q"',
  ]);
  expect(comment).toBe("note: b");
});

test("every form of operand", () => {
  const text = read('f(v1, 5, #5, -2.5, "s", @obj, $Cls, type"int[]", .Box.value, null: Ptr(A, B), 3: UInt8)');
  expect(text.operands.map(show)).toEqual([
    "word v1",
    "number 5",
    "live 5",
    "number -2.5",
    "string s",
    "object obj",
    "class Cls",
    "tagged type int[]",
    "path Box.value",
    "word null: Ptr(A, B)",
    "number 3: UInt8",
  ]);
});

test("lines of traces", () => {
  const guard = read("guard_true(i3, descr=@g1) [p0, i1, i2]");
  expect(guard.result).toBe(null);
  expect(guard.operands.map(show)).toEqual(["word i3"]);
  expect([...guard.named].map(([name, operand]) => `${name}=${show(operand)}`)).toEqual(["descr=object g1"]);
  expect(guard.kept?.map(show)).toEqual(["word p0", "word i1", "word i2"]);
  const made = read("p6: Ptr(Box) = new_with_vtable($Box)   ; here");
  expect(made.result).toEqual({ name: "p6", type: "Ptr(Box)" });
  expect(made.comment).toBe("here");
});

test.each([
  ["f(a", 'expected ")"', 4],
  ["f(,)", "expected an operand", 3],
  ["x = (a)", "expected an operation name", 5],
  ["f(a) b", "unexpected text after the end", 6],
  ["f(`§)", 'unexpected character "§"', 4],
])("errors have their place: %s", (line, message, column) => {
  const error = (() => {
    try {
      read(line);
    } catch (e) {
      return e;
    }
    return null;
  })();
  expect(error).toBeInstanceOf(TextError);
  expect((error as TextError).message).toContain(message);
  expect((error as TextError).column).toBe(column);
});

test("the writer aligns comments and quotes names where needed", () => {
  const writer = new Writer();
  writer.line("graph f");
  writer.indented(() => writer.line(operationText("v1", "add", ["a", "b"], ["c"]), "f.ts:1:2"));
  expect(writer.toString()).toBe(`graph f\n${"    v1 = add(a, b) [c]".padEnd(60)} ; f.ts:1:2\n`);
  expect([quoteName("Frame.#pop"), quoteName("new A")]).toEqual(["Frame.#pop", '"new A"']);
});
