/**
 * Checked arithmetic on words, as synthesized functions: RTypeScript's own `%` and float-to-int conversion are
 * defined by them, so they cannot be written in it. The failing branch calls a helper that raises.
 */
import type { Value } from "../translator/flow/model.ts";
import type { OpList } from "./hop.ts";
import { Bool, Float, Int32, Int64, Signed } from "./lltype/types.ts";
import type { HelperFunction, Typer } from "./repr.ts";
import { raiseDivisionByZero, raiseNotAnInt, raiseOverflow } from "./runtime/raise.ts";
import type { Synth } from "./synth.ts";

/** Ends a branch by calling a helper that raises. */
export function raising(s: Synth, helper: HelperFunction): void {
  s.helper(helper);
  s.unreachable();
}

type Binary = (s: Synth, a: Value, b: Value) => void;

/** Division by zero raises; by −1 takes its own way because of the smallest int. */
function division(general: Binary, byMinusOne: Binary): Binary {
  return (s, a, b) => {
    s.branch(
      s.emit("int_eq", [b, s.int(0)], Bool),
      [a, b],
      (zero) => raising(zero, raiseDivisionByZero),
      (other, x, y) =>
        other.branch(
          other.emit("int_eq", [y as Value, other.int(-1)], Bool),
          [x as Value, y as Value],
          (minus, u, v) => byMinusOne(minus, u as Value, v as Value),
          (rest, u, v) => general(rest, u as Value, v as Value),
        ),
    );
  };
}

/** −a, RangeError when it does not fit. */
const negateChecked: Binary = (s, a) => {
  const zero = s.int(0);
  s.branch(
    s.emit("int_sub_overflows", [zero, a], Bool),
    [a],
    (over) => raising(over, raiseOverflow),
    (fits, x) => fits.return(fits.emit("int_neg", [x as Value], Signed)),
  );
};

const returnZero: Binary = (s) => s.return(s.int(0));

/** Whether quotient truncation went the wrong way for flooring: remainder not 0 and of the other sign than b. */
function needsFloor(s: Synth, remainder: Value, b: Value): Value {
  const nonZero = s.emit("int_ne", [remainder, s.int(0)], Bool);
  const signs = s.emit("int_lt", [s.emit("int_xor", [remainder, b], Signed), s.int(0)], Bool);
  const both = s.emit(
    "int_and",
    [s.emit("bool_to_int", [nonZero], Signed), s.emit("bool_to_int", [signs], Signed)],
    Signed,
  );
  return both;
}

const WORD_FUNCTIONS = {
  int_mod_checked: division((s, a, b) => s.return(s.emit("int_mod", [a, b], Signed)), returnZero),
  int_div_checked: division((s, a, b) => s.return(s.emit("int_div", [a, b], Signed)), negateChecked),
  int_floor_mod_checked: division((s, a, b) => {
    const r = s.emit("int_mod", [a, b], Signed);
    const adjust = s.emit("int_neg", [needsFloor(s, r, b)], Signed);
    s.return(s.emit("int_add", [r, s.emit("int_and", [adjust, b], Signed)], Signed));
  }, returnZero),
  int_floor_div_checked: division((s, a, b) => {
    const q = s.emit("int_div", [a, b], Signed);
    const r = s.emit("int_mod", [a, b], Signed);
    s.return(s.emit("int_sub", [q, needsFloor(s, r, b)], Signed));
  }, negateChecked),
} as const satisfies Record<string, Binary>;

/** Exact `%`, division and their flooring forms: DivisionByZeroError, RangeError for minInt / −1. */
export function checkedDivision(ops: OpList, name: keyof typeof WORD_FUNCTIONS, a: Value, b: Value): Value {
  const f = ops.typer.synthesized(
    `rtyper#${name}`,
    [
      ["a", Signed],
      ["b", Signed],
    ],
    Signed,
    (s, x, y) => WORD_FUNCTIONS[name](s, x as Value, y as Value),
  );
  return ops.call(f, [a, b], Signed);
}

/** Doubles that bound a word: −2^(n−1) is exact, 2^(n−1) too. */
function wordBound(typer: Typer): number {
  return 2 ** (typer.wordBits - 1);
}

/** An integral float as an int; RangeError for what does not fit (and NaN). */
export function exactInt(ops: OpList, value: Value): Value {
  const bound = wordBound(ops.typer);
  const f = ops.typer.synthesized("rtyper#exact_float_to_int", [["f", Float]], Signed, (s, x) => {
    s.branch(
      s.emit("float_ge", [x as Value, s.const(-bound, Float)], Bool),
      [x as Value],
      (low, y) =>
        low.branch(
          low.emit("float_lt", [y as Value, low.const(bound, Float)], Bool),
          [y as Value],
          (fits, z) => fits.return(fits.emit("float_to_int", [z as Value], Signed)),
          (over) => raising(over, raiseNotAnInt),
        ),
      (under) => raising(under, raiseNotAnInt),
    );
  });
  return ops.call(f, [value], Signed);
}

/** JavaScript's ToInt32 of a float, as an `Int32`. */
export function toInt32OfFloat(ops: OpList, value: Value): Value {
  const f = ops.typer.synthesized("rtyper#float_to_int32", [["f", Float]], Int32, (s, x) => {
    const fits = s.emit("float_lt", [s.emit("float_abs", [x as Value], Float), s.const(2 ** 31, Float)], Bool);
    s.branch(
      fits,
      [x as Value],
      (near, y) => near.return(near.emit("float_to_int", [y as Value], Int32)),
      (far, y) => {
        // The remainder is exact and below 2^32 in size; NaN and infinities give NaN, which fails the next test.
        const rest = far.emit(
          "float_mod",
          [far.emit("float_trunc", [y as Value], Float), far.const(2 ** 32, Float)],
          Float,
        );
        far.branch(
          far.emit("float_eq", [rest, rest], Bool),
          [rest],
          (finite, r) => finite.return(low32(finite, r as Value)),
          (nan) => nan.return(nan.const(0, Int32)),
        );
      },
    );
  });
  return ops.call(f, [value], Int32);
}

/** Low 32 bits of an integral float below 2^32 in size. */
function low32(s: Synth, value: Value): Value {
  const wide = s.emit("float_to_int", [value], Int64);
  return s.emit("int_cast", [wide], Int32);
}
