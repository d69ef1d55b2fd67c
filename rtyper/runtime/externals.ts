/**
 * C functions of the run-time support that the helpers call, beside those of rlib's `sys.ts`. The C side is in
 * `backends/llvm/runtime/`; each comment here is its contract. Beside each stands what Node does.
 *
 * Texts pass as bytes (ASCII) through buffers that the caller provides; a function that writes text gives its length
 * and needs no terminating zero.
 */
import { external } from "../../rlib/external.ts";
import { buffer, float, int, int32, nothing } from "../../rlib/types.ts";

function putAscii(out: unknown, text: string): number {
  const bytes = out as Uint8Array;
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return text.length;
}

function takeAscii(bytes: unknown, length: number): string {
  return String.fromCharCode(...(bytes as Uint8Array).subarray(0, length));
}

/**
 * `intptr_t rts_float_shortest(double x, uint8_t *out)`: the shortest decimal text that reads back as x, in the format
 * of JavaScript's Number.prototype.toString (double-conversion's EcmaScriptConverter().ToShortest). At most 32 bytes.
 */
export const floatShortest = external("rts_float_shortest", [float, buffer], int, {
  node: (x, out) => putAscii(out, String(x)),
});

/** `intptr_t rts_float_fixed(double x, int digits, uint8_t *out)`: `x.toFixed(digits)` for |x| < 1e21. At most 128 bytes. */
export const floatFixed = external("rts_float_fixed", [float, int32, buffer], int, {
  node: (x, digits, out) => putAscii(out, x.toFixed(digits)),
});

/**
 * `intptr_t rts_float_exponential(double x, int digits, uint8_t *out)`: `x.toExponential(digits)` of a finite x; digits
 * -1: as many as needed. At most 128 bytes.
 */
export const floatExponential = external("rts_float_exponential", [float, int32, buffer], int, {
  node: (x, digits, out) => putAscii(out, digits < 0 ? x.toExponential() : x.toExponential(digits)),
});

/** `intptr_t rts_float_precision(double x, int digits, uint8_t *out)`: `x.toPrecision(digits)` of a finite x, digits 1…100. At most 128 bytes. */
export const floatPrecision = external("rts_float_precision", [float, int32, buffer], int, {
  node: (x, digits, out) => putAscii(out, x.toPrecision(digits)),
});

/**
 * `double rts_parse_decimal(const uint8_t *text, intptr_t length)`: the double nearest to a decimal literal
 * `digits [. digits] [e [sign] digits]` or `. digits …` without sign; the caller has checked the syntax.
 */
export const parseDecimal = external("rts_parse_decimal", [buffer, int], float, {
  node: (text, length) => Number(takeAscii(text, length)),
});

// The mathematical functions of libm. Those whose JavaScript meaning differs are corrected in `math.ts`.
const m = { library: "m", elidable: true } as const;
export const cAcos = external("acos", [float], float, { ...m, node: Math.acos });
export const cAcosh = external("acosh", [float], float, { ...m, node: Math.acosh });
export const cAsin = external("asin", [float], float, { ...m, node: Math.asin });
export const cAsinh = external("asinh", [float], float, { ...m, node: Math.asinh });
export const cAtan = external("atan", [float], float, { ...m, node: Math.atan });
export const cAtanh = external("atanh", [float], float, { ...m, node: Math.atanh });
export const cAtan2 = external("atan2", [float, float], float, { ...m, node: Math.atan2 });
export const cCbrt = external("cbrt", [float], float, { ...m, node: Math.cbrt });
export const cCos = external("cos", [float], float, { ...m, node: Math.cos });
export const cCosh = external("cosh", [float], float, { ...m, node: Math.cosh });
export const cExp = external("exp", [float], float, { ...m, node: Math.exp });
export const cExpm1 = external("expm1", [float], float, { ...m, node: Math.expm1 });
export const cLog = external("log", [float], float, { ...m, node: Math.log });
export const cLog10 = external("log10", [float], float, { ...m, node: Math.log10 });
export const cLog1p = external("log1p", [float], float, { ...m, node: Math.log1p });
export const cLog2 = external("log2", [float], float, { ...m, node: Math.log2 });
export const cPow = external("pow", [float, float], float, { ...m, node: (x, y) => x ** y });
export const cSin = external("sin", [float], float, { ...m, node: Math.sin });
export const cSinh = external("sinh", [float], float, { ...m, node: Math.sinh });
export const cTan = external("tan", [float], float, { ...m, node: Math.tan });
export const cTanh = external("tanh", [float], float, { ...m, node: Math.tanh });

/** `double rts_random(void)`: at least 0, less than 1; seeded from the system at the first call. */
export const cRandom = external("rts_random", [], float, { node: Math.random });

/**
 * `void rts_trace_begin(void)`: makes the positions recorded for the exception now being reported available to
 * `rts_trace_line`. On Node there are none.
 */
export const traceBegin = external("rts_trace_begin", [], nothing, { node: () => {} });

/**
 * `intptr_t rts_trace_line(intptr_t n, uint8_t *out, intptr_t capacity)`: writes the n-th position of the trace,
 * innermost first, as UTF-8 `function (file:line:column)`, and gives its length (cut to the capacity), -1 after the last.
 */
export const traceLine = external("rts_trace_line", [int, buffer, int], int, { node: () => -1 });
