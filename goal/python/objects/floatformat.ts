// Text of floats: `repr`. Formatting by specifications is elsewhere.
import type { float, int } from "rtypescript/rlib";

/** The shortest text that reads back as the same float, as `repr(f)` gives it. */
export function floatRepr(f: float): string {
  if (!Number.isFinite(f)) return Number.isNaN(f) ? "nan" : f > 0 ? "inf" : "-inf";
  if (f === 0) return 1 / f < 0 ? "-0.0" : "0.0";
  const text = String(f);
  const e: int = text.indexOf("e");
  if (e < 0) return plainRepr(text, f);
  const mantissa = text.slice(0, e);
  const sign = text[e + 1];
  let digits = text.slice(e + 2);
  if (digits.length < 2) digits = `0${digits}`;
  return `${mantissa}e${sign}${digits}`;
}

/** Node writes exponents from 21 and below −6; Python from 16 and below −4. */
function plainRepr(text: string, f: float): string {
  const magnitude: float = Math.abs(f);
  if (magnitude >= 1e16) return exponentOfInteger(text);
  if (magnitude < 1e-4) return exponentOfFraction(text);
  return text.includes(".") ? text : `${text}.0`;
}

function exponentOfInteger(text: string): string {
  const sign = text.startsWith("-") ? "-" : "";
  const digits = sign === "" ? text : text.slice(1);
  let last: int = digits.length;
  while (last > 1 && digits.charCodeAt(last - 1) === 48) last--;
  const rest = digits.slice(1, last);
  return `${sign}${digits.charAt(0)}${rest.length > 0 ? `.${rest}` : ""}e+${digits.length - 1}`;
}

function exponentOfFraction(text: string): string {
  const sign = text.startsWith("-") ? "-" : "";
  const digits = sign === "" ? text.slice(2) : text.slice(3);
  let first: int = 0;
  while (digits.charCodeAt(first) === 48) first++;
  const rest = digits.slice(first + 1);
  const exponent: int = first + 1;
  return `${sign}${digits.charAt(first)}${rest.length > 0 ? `.${rest}` : ""}e-${exponent < 10 ? "0" : ""}${exponent}`;
}
