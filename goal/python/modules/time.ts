// The time module.
import { external, type float, type int, nothing, toInt, uint32 } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { function0, function1, functionN } from "../objects/builtin.ts";
import { W_Float } from "../objects/float.ts";
import { floatArgument } from "../objects/floatmethods.ts";
import { fromBig, newint, W_Int } from "../objects/int.ts";
import { typeError, valueError, type W_Root } from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinModule, constant, functions } from "./registry.ts";
import { structSequence } from "./structseq.ts";

const usleep = external("usleep", [uint32], nothing, {
  library: "c",
  node: (microseconds: int) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, microseconds / 1000);
  },
});

const w_time = builtinModule("time");
export const w_struct_time = structSequence("time.struct_time", "time", [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
]);

function nanoseconds(seconds: float): W_Root {
  return fromBig(BigInt(Math.floor(seconds * 1e9)));
}

function sleep(w_seconds: W_Root): W_Root {
  const seconds: float = floatArgument(w_seconds);
  if (Number.isNaN(seconds)) throw valueError("Invalid value NaN (not a number)");
  if (seconds < 0) throw valueError("sleep length must be non-negative");
  let left: float = seconds;
  while (left > 0) {
    const part: float = Math.min(left, 1000.0);
    usleep(toInt(part * 1e6));
    left -= part;
  }
  return w_None;
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const CUMULATED: int[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function isLeap(year: int): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
/** Days from 1970 to a date. */
function daysOf(year: int, month: int, day: int): int {
  const y: int = month <= 2 ? year - 1 : year;
  const era: int = Math.floor(y / 400);
  const yoe: int = y - era * 400;
  const doy: int = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const doe: int = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** The calendar fields of seconds since 1970, in UTC. */
function calendar(seconds: int): int[] {
  const days: int = Math.floor(seconds / 86400);
  const rest: int = seconds - days * 86400;
  const z: int = days + 719468;
  const era: int = Math.floor(z / 146097);
  const doe: int = z - era * 146097;
  const yoe: int = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy: int = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp: int = Math.floor((5 * doy + 2) / 153);
  const day: int = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month: int = mp < 10 ? mp + 3 : mp - 9;
  const year: int = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const yday: int = CUMULATED[month - 1] + day + (month > 2 && isLeap(year) ? 1 : 0);
  const wday: int = (((days + 3) % 7) + 7) % 7;
  return [year, month, day, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60, wday, yday, 0];
}

function secondsArgument(w_seconds: W_Root): int {
  const seconds: float = w_seconds === w_None ? os.time() : floatArgument(w_seconds);
  return toInt(Math.floor(seconds));
}
function structTime(w_seconds: W_Root): W_Root {
  const items: W_Root[] = [];
  for (const n of calendar(secondsArgument(w_seconds))) items.push(newint(n));
  return w_struct_time.make(items);
}
function fieldsOf(w_t: W_Root): int[] {
  if (w_t === w_missing || w_t === w_None) return calendar(secondsArgument(w_None));
  if (!(w_t instanceof W_Tuple)) throw typeError("Tuple or struct_time argument required");
  const fields: int[] = [];
  for (const w of w_t.items) fields.push(w instanceof W_Int ? w.value : 0);
  if (fields.length < 9) throw typeError("function takes exactly 9 arguments");
  return fields;
}
function two(n: int): string {
  return n < 10 ? `0${n}` : `${n}`;
}

function directive(c: string, t: int[]): string {
  switch (c) {
    case "Y":
      return `${t[0]}`;
    case "y":
      return two(t[0] % 100);
    case "m":
      return two(t[1]);
    case "d":
      return two(t[2]);
    case "e":
      return `${t[2]}`.padStart(2, " ");
    case "H":
      return two(t[3]);
    case "I":
      return two(t[3] % 12 === 0 ? 12 : t[3] % 12);
    case "M":
      return two(t[4]);
    case "S":
      return two(t[5]);
    case "p":
      return t[3] < 12 ? "AM" : "PM";
    case "a":
      return DAYS[t[6]];
    case "A":
      return LONG_DAYS[t[6]];
    case "b":
    case "h":
      return MONTHS[t[1] - 1];
    case "B":
      return LONG_MONTHS[t[1] - 1];
    case "j":
      return `${t[7]}`.padStart(3, "0");
    case "w":
      return `${(t[6] + 1) % 7}`;
    case "u":
      return `${t[6] + 1}`;
    case "U":
      return two(Math.floor((t[7] - 1 + 7 - ((t[6] + 1) % 7)) / 7));
    case "W":
      return two(Math.floor((t[7] - 1 + 7 - t[6]) / 7));
    case "Z":
      return "UTC";
    case "z":
      return "+0000";
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return "";
  }
}
export function formatTime(format: string, t: int[]): string {
  const parts: string[] = [];
  for (let i: int = 0; i < format.length; i++) {
    const c = format.charAt(i);
    if (c !== "%" || i + 1 === format.length) {
      parts.push(c);
      continue;
    }
    i++;
    const d = format.charAt(i);
    if (d === "c") parts.push(formatTime("%a %b %e %H:%M:%S %Y", t));
    else if (d === "x" || d === "D") parts.push(formatTime("%m/%d/%y", t));
    else if (d === "X" || d === "T") parts.push(formatTime("%H:%M:%S", t));
    else if (d === "R") parts.push(formatTime("%H:%M", t));
    else if (d === "F") parts.push(formatTime("%Y-%m-%d", t));
    else if (d === "r") parts.push(formatTime("%I:%M:%S %p", t));
    else parts.push(directive(d, t));
  }
  return parts.join("");
}

functions(w_time, [
  function0("time", () => new W_Float(os.time())),
  function0("time_ns", () => nanoseconds(os.time())),
  function0("perf_counter", () => new W_Float(os.now())),
  function0("perf_counter_ns", () => nanoseconds(os.now())),
  function0("monotonic", () => new W_Float(os.now())),
  function0("monotonic_ns", () => nanoseconds(os.now())),
  function0("process_time", () => new W_Float(os.cpuTime())),
  function0("process_time_ns", () => nanoseconds(os.cpuTime())),
  function0("thread_time", () => new W_Float(os.cpuTime())),
  function1("sleep", sleep),
  functionN("gmtime", "seconds=None, /", (args) => structTime(args[0])),
  functionN("localtime", "seconds=None, /", (args) => structTime(args[0])),
  function1("mktime", (w_t) => {
    const t = fieldsOf(w_t);
    return new W_Float(daysOf(t[0], t[1], t[2]) * 86400 + t[3] * 3600 + t[4] * 60 + t[5] + 0.0);
  }),
  functionN("strftime", "format, t=?, /", (args) => {
    const w_format = args[0].asStr();
    if (!(w_format instanceof W_Str)) throw typeError(`strftime() argument 1 must be str, not ${args[0].typename()}`);
    return newstr(formatTime(w_format.text, fieldsOf(args[1])));
  }),
  functionN("asctime", "t=?, /", (args) => newstr(formatTime("%a %b %e %H:%M:%S %Y", fieldsOf(args[0])))),
  functionN("ctime", "seconds=None, /", (args) =>
    newstr(formatTime("%a %b %e %H:%M:%S %Y", calendar(secondsArgument(args[0])))),
  ),
]);
constant(w_time, "struct_time", w_struct_time);
constant(w_time, "timezone", newint(0));
constant(w_time, "altzone", newint(0));
constant(w_time, "daylight", newint(0));
constant(w_time, "tzname", newtuple([newstr("UTC"), newstr("UTC")]));
