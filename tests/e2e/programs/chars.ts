/** Chars: indexing, charAt at the ends, comparison, switching, chars as keys and in lists, char + char. */
import type { char, int } from "rtypescript/rlib";

function classify(c: char): string {
  switch (c) {
    case "a":
    case "e":
    case "i":
    case "o":
    case "u":
      return "vowel";
    case " ":
      return "space";
    case "":
      return "end";
    default:
      return c >= "0" && c <= "9" ? "digit" : "other";
  }
}

class Lexer {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }
  peek(): char {
    return this.text.charAt(this.at);
  }
  next(): char {
    return this.text.charAt(this.at++);
  }
  number(): int {
    let value = 0;
    while (this.peek() >= "0" && this.peek() <= "9") value = value * 10 + (this.next().charCodeAt(0) - 48);
    return value;
  }
  expression(): int {
    let value = this.number();
    for (;;) {
      const c = this.peek();
      if (c === "+") {
        this.next();
        value += this.number();
      } else if (c === "-") {
        this.next();
        value -= this.number();
      } else if (c === "") return value;
      else throw new Error(`unexpected ${c} at ${this.at}`);
    }
  }
}

function reverse(text: string): string {
  const chars: char[] = [];
  for (let i = 0; i < text.length; i++) chars.unshift(text[i]);
  return chars.join("");
}

export function main(_argv: string[]): int {
  const text = "hi 9!";
  for (let i = 0; i <= text.length; i++) console.log(`${i} ${text.charAt(i)} ${classify(text.charAt(i))}`);
  console.log(`${new Lexer("12+30-2").expression()}`);
  try {
    new Lexer("1*2").expression();
  } catch (e) {
    if (e instanceof Error) console.log(e.message);
  }
  console.log(reverse("stressed"));
  const counts = new Map<string, int>();
  for (const c of "mississippi") counts.set(c, (counts.get(c) ?? 0) + 1);
  for (const [c, n] of counts) console.log(`${c}=${n}`);
  const first = text[0];
  const second = text[1];
  console.log(first + second);
  console.log(`${first < second} ${first === "h"} ${first !== second} ${first + "x"} ${`${first}`.length}`);
  console.log(
    `${first.toUpperCase()} ${first.charCodeAt(0)} ${String.fromCharCode(first.charCodeAt(0) + 1)} ${first.repeat(3)}`,
  );
  const vowels = new Set<string>("aeiou");
  let found = "";
  for (const c of "programming language") if (vowels.has(c)) found += c;
  console.log(found);
  let longest = "";
  for (const word of "the longest word wins".split(" ")) if (word.length > longest.length) longest = word;
  console.log(`${longest[0]}${longest.at(-1)}`);
  console.log(`[${text.charAt(99)}] ${text.charAt(99) === ""} ${text.charAt(-1).length} ${text.charAt(0).length}`);
  let last: string = text[0];
  if (text.length > 100) last = "long";
  console.log(last);
  return 0;
}
