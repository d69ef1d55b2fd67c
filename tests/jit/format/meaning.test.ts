// Double-width products against exact arithmetic.
import fc from "fast-check";
import { expect, test } from "vitest";
import { intMeaning } from "../../../jit/format/meaning.ts";
import { INT_MUL_HIGH, UINT_MUL_HIGH } from "../../../jit/format/traceops.ts";

const WIDTHS = [8, 32];

for (const bits of WIDTHS) {
  test(`upper words of products of ${bits} bits`, () => {
    const limit = 2 ** (bits - 1);
    const words = fc.maxSafeInteger().map((x) => Number(BigInt.asIntN(bits, BigInt(x))));
    fc.assert(
      fc.property(fc.oneof(words, fc.constantFrom(0, -1, 1, -limit, limit - 1)), words, (a, b) => {
        const exact = BigInt(a) * BigInt(b);
        expect(intMeaning(INT_MUL_HIGH, a, b, bits)).toBe(Number(BigInt.asIntN(bits, exact >> BigInt(bits))));
        const unsigned = BigInt.asUintN(bits, BigInt(a)) * BigInt.asUintN(bits, BigInt(b));
        const upper = Number(BigInt.asIntN(bits, unsigned >> BigInt(bits)));
        expect(intMeaning(UINT_MUL_HIGH, a, b, bits)).toBe(upper);
      }),
    );
  });
}
