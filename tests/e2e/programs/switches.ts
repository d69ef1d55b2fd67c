/** Switch on ints, strings, chars, enums and constants; fall through. */
import type { int } from "rtypescript/rlib";

// @ts-expect-error the repository itself is erasable
enum Color {
  Red,
  Green = 5,
  Blue,
}

const Op = { Add: 1, Sub: 2 } as const;

function word(n: int): string {
  switch (n) {
    case 0:
      return "zero";
    case 1:
    case 2:
      return "few";
    case 10: {
      const t = "ten";
      return t;
    }
    default:
      return "many";
  }
}

function kind(text: string): int {
  switch (text) {
    case "if":
      return 1;
    case "while":
      return 2;
    case "":
      return 3;
  }
  return 0;
}

function classify(c: string): string {
  let out = "";
  switch (c) {
    case "a":
      out += "A";
    case "b":
      out += "B";
      break;
    case "0":
      out += "digit";
  }
  return out;
}

function compute(op: int, a: int, b: int): int {
  switch (op) {
    case Op.Add:
      return a + b;
    case Op.Sub:
      return a - b;
    default:
      return 0;
  }
}

function colorName(c: Color): string {
  switch (c) {
    case Color.Red:
      return "red";
    case Color.Green:
      return "green";
    case Color.Blue:
      return "blue";
  }
}

export function main(_argv: string[]): int {
  for (const n of [0, 1, 2, 3, 10]) console.log(word(n));
  console.log(`${kind("if")} ${kind("while")} ${kind("")} ${kind("for")}`);
  const text = "ab0x";
  for (let i = 0; i < text.length; i++) console.log(classify(text[i]));
  console.log(`${compute(Op.Add, 5, 3)} ${compute(Op.Sub, 5, 3)}`);
  console.log(`${colorName(Color.Red)} ${colorName(Color.Green)} ${colorName(Color.Blue)} ${Color.Blue}`);
  return 0;
}
