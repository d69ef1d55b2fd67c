/** The first and the last code of a program: its arguments as strings, its entry, what an uncaught error prints. */
import type { Address } from "../../rlib/lowlevel.ts";
import { buildString, newUnits, setUnit, wordBytes } from "../../rlib/lowlevel.ts";
import { write } from "../../rlib/os.ts";
import type { int } from "../../rlib/types.ts";
import { keepArguments } from "./arglist.ts";

/** Code point that stands for bytes that are no UTF-8. */
const REPLACEMENT = 0xfffd;

function byteLength(text: Address): int {
  let n = 0;
  while (text.loadUInt8(n) !== 0) n++;
  return n;
}

/** Bytes of the sequence that a lead byte begins; 0 for no lead byte. */
function sequenceLength(lead: int): int {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/** A zero-terminated text of the system, decoded; malformed bytes become U+FFFD one by one. */
export function textFromC(text: Address): string {
  const n = byteLength(text);
  const units = newUnits(n);
  let at = 0;
  let i = 0;
  while (i < n) {
    const lead = text.loadUInt8(i);
    const size = sequenceLength(lead);
    let code = size === 1 ? lead : size === 0 ? REPLACEMENT : lead & (0xff >> (size + 1));
    let used = 1;
    while (used < size && i + used < n && (text.loadUInt8(i + used) & 0xc0) === 0x80) {
      code = (code << 6) | (text.loadUInt8(i + used) & 0x3f);
      used++;
    }
    if (used < size) {
      code = REPLACEMENT;
      used = 1;
    }
    if (code > 0xffff) {
      setUnit(units, at, 0xd7c0 + (code >> 10));
      setUnit(units, at + 1, 0xdc00 + (code & 0x3ff));
      at += 2;
    } else {
      setUnit(units, at, code);
      at++;
    }
    i += used > 0 ? used : 1;
  }
  return buildString(units, at);
}

/** `argv` of C without the program's name. */
function programArguments(argc: int, argv: Address): string[] {
  const list: string[] = [];
  for (let i = 1; i < argc; i++) list.push(textFromC(argv.loadAddress(i * wordBytes())));
  keepArguments(list);
  return list;
}

export function startWithArguments(entry: (argv: string[]) => int, argc: int, argv: Address): int {
  return entry(programArguments(argc, argv));
}

/** For an entry that returns nothing. */
export function startWithoutResult(entry: (argv: string[]) => void, argc: int, argv: Address): int {
  entry(programArguments(argc, argv));
  return 0;
}

/** `e.toString()` of an error that has no method of its own. */
export function errorText(e: Error): string {
  const { name, message } = e;
  if (name === "") return message;
  return message === "" ? name : `${name}: ${message}`;
}

/** What Node prints first of an uncaught error; the stack follows from the trace. */
export function printUncaughtError(e: Error): void {
  write(2, `Uncaught ${errorText(e)}\n`);
}
