// Random programs of the stack language, with everything traced as early as possible: the output is that of the
// interpreter. RTS_JIT_PROGRAMS=FIRST-LAST runs others than the seeds below.
import { beforeAll, expect, test } from "vitest";
import { type JitTarget, jitTarget } from "../../kit/jit-target.ts";
import { randomProgram } from "../targets/stackprograms.ts";

let target: JitTarget;

beforeAll(async () => {
  target = await jitTarget("tests/jit/targets/targetstack.ts");
}, 300_000);

const [first, last] = (process.env.RTS_JIT_PROGRAMS ?? "1-25").split("-").map(Number) as [number, number];
const seeds = Array.from({ length: last - first + 1 }, (_v, i) => first + i);

test.each(seeds)("program %i", (seed) => {
  const program = randomProgram(seed);
  const wanted = target.run(["-e", program], { enabled: 0 });
  const eager = { threshold: 2, function_threshold: 3, trace_eagerness: 1 };
  for (const options of [eager, { ...eager, trace_limit: 300 }, { threshold: 4, trace_eagerness: 2, peel: 0 }]) {
    const got = target.run(["-e", program], options);
    expect(got.fatal, program).toBe(wanted.fatal);
    expect(got.out, program).toBe(wanted.out);
    expect(got.status).toBe(wanted.status);
  }
});
