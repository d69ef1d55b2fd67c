import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printTrace } from "../../../jit/format/print.ts";
import { CALL, FINAL, GUARD, KIND_VOID, TRACE_OPS } from "../../../jit/format/traceops.ts";
import { ConstFloat, ConstInt, InputArg, Op, Trace, type Value } from "../../../jit/format/values.ts";
import { parseTrace, TraceObjects } from "../../../jit/text/trace.ts";
import { TraceTypes } from "../../../jit/text/types.ts";

const declarations = `
  class Box: value i, next p, tag i readonly
  class Sub extends Box: extra f
  array ints: i
  array entries: {key p, value i}
  call @f(i p) -> i: raises reads .Box.value writes $ints, .entries.key
`;

const types = new TraceTypes().declare(declarations);

describe("textual traces", () => {
  it("reads what it prints", () => {
    const text = `[p0, i1, f2]
i3 = getfield_gc_i(p0, descr=.Box.value)
i4 = int_add_ovf(i3, -5)
guard_no_overflow(descr=@g1) [p0, i1, i3]
f5 = float_add(f2, -0.0)
guard_class(p0, $Sub, descr=@g2) [f5]
i6 = call_i(4096, i4, p0, descr=@f)
p7 = new_with_vtable(descr=$Box)
setfield_gc(p7, @someone, descr=.Box.next)
p8 = getinteriorfield_gc_r(p0, 1, descr=.entries.key)
jump(p7, i6, f5, descr=@loop)
`;
    expect(printTrace(parseTrace(text, new TraceObjects(types)), new TraceObjects(types))).toBe(
      text.replace("@someone", "@o0"),
    );
    const objects = new TraceObjects(types);
    expect(printTrace(parseTrace(text, objects), objects)).toBe(text);
  });

  it("finds the culprit", () => {
    const parse = (text: string) => () => parseTrace(text, new TraceObjects(types));
    expect(parse("[i0]\ni1 = int_add(i0)")).toThrow("2:1: int_add has 2 operands");
    expect(parse("[i0]\ni1 = int_add(i0, i2)")).toThrow("2:18: i2 is not defined");
    expect(parse("[f0]\ni1 = int_neg(f0)")).toThrow("operand 0 is not i");
    expect(parse("[i0]\nf1 = int_neg(i0)")).toThrow("kind");
    expect(parse("[i0]\nint_neg(i0)")).toThrow("has a result");
  });

  it("parse after print is the identity for every operation without descriptor", () => {
    const rows = TRACE_OPS.filter((row) => row.descr === "" && (row.flags & (CALL | FINAL | GUARD)) === 0);
    const trace = fc.array(fc.tuple(fc.nat(rows.length - 1), fc.array(fc.nat(), { minLength: 8, maxLength: 8 })));
    fc.assert(
      fc.property(trace, (choices) => {
        const inputs = [new InputArg(0), new InputArg(1), new InputArg(2)];
        const values: Value[] = [...inputs, new ConstInt(-7), new ConstFloat(1e300), new ConstFloat(Number.NaN)];
        const ops = choices.map(([row, picks]) => {
          const info = rows[row]!;
          const letters = info.operands.replace("*", "i").split("");
          const args = letters.map((letter, i) => {
            const fit = values.filter((v) => letter === "*" || "irf"[v.kind] === letter);
            return fit[picks[i]! % fit.length]!;
          });
          const op = new Op(info.opnum, args, null);
          if (op.kind !== KIND_VOID) values.push(op);
          return op;
        });
        const text = printTrace(new Trace(inputs, ops));
        expect(printTrace(parseTrace(text, new TraceObjects(types)))).toBe(text);
      }),
    );
  });
});
