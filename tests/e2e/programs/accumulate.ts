/** Strings that grow in loops: in branches, nested, reset, read afterwards, left by break, return and throw. */
import type { int } from "rtypescript/rlib";

function simple(n: int): string {
  let s = "";
  for (let i = 0; i < n; i++) s += i % 7;
  return s;
}

function branches(n: int): string {
  let s = "<";
  for (let i = 0; i < n; i++) {
    if (i % 3 === 0) s += "fizz";
    else if (i % 5 === 0) continue;
    else s = `${s}${i},`;
    if (i === 17) break;
  }
  return `${s}>`;
}

function nested(n: int): string {
  let s = "";
  let lines = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) s += String.fromCharCode(97 + j);
    s += "\n";
    lines++;
  }
  return `${lines}:${s.length}:${s}`;
}

function reset(text: string): string[] {
  const words: string[] = [];
  let word = "";
  for (const c of text) {
    if (c === " ") {
      words.push(word);
      word = "";
    } else word += c;
  }
  words.push(word);
  return words;
}

function twice(n: int): string {
  let a = "";
  let b = "";
  for (let i = 0; i < n; i++) {
    a += "x";
    b = a + b;
    if (b.length > 40) b = "";
  }
  return `${a} ${b}`;
}

function doubling(n: int): int {
  let s = "ab";
  for (let i = 0; i < n; i++) s += s;
  return s.length;
}

function leaving(n: int): string {
  let s = "";
  try {
    for (let i = 0; ; i++) {
      s += `${i};`;
      if (i === n) return `returned ${s}`;
      if (i === 12) throw new Error(s);
    }
  } catch (e) {
    return e instanceof Error ? `thrown ${e.message} ${s.length}` : "";
  }
}

function long(n: int): int {
  let s = "";
  for (let i = 0; i < n; i++) {
    s += "abc";
    s += "d";
  }
  let sum = 0;
  for (let i = 0; i < s.length; i += 1000) sum += s.charCodeAt(i);
  return sum + s.length;
}

function inner(rows: int): string {
  let all = "";
  for (let i = 0; i < rows; i++) {
    let row = "";
    for (let j = 0; j < 5; j++) row += i * j;
    all += `[${row}]`;
  }
  return all;
}

export function main(_argv: string[]): int {
  console.log(`${simple(0)}|${simple(50)}|${branches(9)}|${branches(100)}`);
  console.log(nested(6));
  console.log(reset("the quick  brown fox").join("/"));
  console.log(`${twice(12)} ${doubling(5)} ${leaving(4)} ${leaving(99)}`);
  console.log(`${long(20000)} ${inner(4)}`);
  return 0;
}
