/** switch on ints, floats, strings, chars, booleans, objects, true; fallthrough; default anywhere; nested; scopes. */
import type { char, float, int } from "rtypescript/rlib";

function onInt(n: int): string {
  let out = "";
  switch (n) {
    case 0:
      out += "zero ";
    case 1:
      out += "one ";
      break;
    default:
      out += "default ";
    case 5:
      out += "five ";
    case -3:
      out += "minus ";
      break;
    case 1000000:
      return "million";
  }
  return out;
}

function onString(s: string): int {
  switch (s) {
    case "":
      return 0;
    case "add":
    case "plus":
      return 1;
    case "a very long operation name":
      return 2;
    case "\u{1f600}":
      return 3;
    default:
      return s.length > 3 ? -1 : -2;
  }
}

function onFloat(x: float): string {
  switch (x) {
    case 0.5:
      return "half";
    case 1:
      return "one";
    case NaN:
      return "never";
    default:
      return "other";
  }
}

function onChar(c: char): int {
  switch (c) {
    case "0":
    case "1":
      return c.charCodeAt(0) - 48;
    case "\n":
      return 10;
    case "":
      return -1;
    default:
      return 99;
  }
}

class Token {}
const PLUS = new Token();
const MINUS = new Token();

function onObject(t: Token | null): string {
  switch (t) {
    case PLUS:
      return "plus";
    case MINUS:
      return "minus";
    case null:
      return "null";
    default:
      return "unknown";
  }
}

function onTrue(n: int): string {
  switch (true) {
    case n < 0:
      return "negative";
    case n === 0:
      return "zero";
    case n < 10:
      return "small";
    default:
      return "large";
  }
}

function onBoolean(b: boolean): int {
  switch (b) {
    case true:
      return 1;
    case false:
      return 0;
  }
}

let calls = 0;
function next(): int {
  return ++calls;
}

function evaluatedOnce(): string {
  switch (next()) {
    case 2:
      return "two";
    case next() - 1:
      return `computed ${calls}`;
    case next():
      return "third";
  }
  return `none ${calls}`;
}

function nested(a: int, b: int): string {
  let out = "";
  loop: for (let i = 0; i < 3; i++) {
    switch (a + i) {
      case 1: {
        const text = `a${i}`;
        switch (b) {
          case 1:
            out += text;
            break;
          case 2:
            continue loop;
          default:
            break loop;
        }
        out += "+";
        break;
      }
      case 2:
        out += "two";
    }
    out += ".";
  }
  return out;
}

function lexical(n: int): int {
  switch (n) {
    case 0:
      let shared = 10;
      shared++;
      return shared;
    case 1:
      shared = 20;
      return shared;
  }
  return -1;
}

function nullable(n: int | null): string {
  switch (n) {
    case null:
      return "none";
    case 1:
      return "one";
    default:
      return `${n + 1}`;
  }
}

export function main(_argv: string[]): int {
  for (const n of [0, 1, 5, -3, 7, 1000000]) console.log(`${n}: ${onInt(n)}`);
  for (const s of ["", "plus", "a very long operation " + "name", "\u{1f600}", "abcd", "abc"])
    console.log(`${onString(s)}`);
  console.log(`${onFloat(0.5)} ${onFloat(1)} ${onFloat(0 / 0)} ${onFloat(2)}`);
  console.log(`${onChar("1")} ${onChar("\n")} ${onChar("x".charAt(1))} ${onChar("q")}`);
  console.log(`${onObject(PLUS)} ${onObject(MINUS)} ${onObject(null)} ${onObject(new Token())}`);
  console.log(`${onTrue(-5)} ${onTrue(0)} ${onTrue(5)} ${onTrue(50)} ${onBoolean(true)} ${onBoolean(false)}`);
  console.log(`${evaluatedOnce()} ${evaluatedOnce()} ${evaluatedOnce()}`);
  console.log(`${nested(1, 1)} ${nested(0, 2)} ${nested(1, 9)} ${nested(0, 1)}`);
  console.log(`${lexical(0)} ${lexical(2)}`);
  console.log(`${nullable(null)} ${nullable(1)} ${nullable(41)}`);
  return 0;
}
