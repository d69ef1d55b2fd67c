// What is traced, what is called, and what happens to traces that get too long.
import { beforeAll, expect, test } from "vitest";
import { type JitOutcome, type JitTarget, jitTarget } from "../../kit/jit-target.ts";

let target: JitTarget;

beforeAll(async () => {
  target = await jitTarget("tests/jit/targets/targetstack.ts");
}, 300_000);

/** A loop of n rounds around a body; local 0 counts, local 1 is the result. */
function loop(n: number, body: string, functions = ""): string {
  return `${functions} main 0 3 { int 0 store 0 int 0 store 1 int 0 store 2 :loop load 0 int ${n} lt jumpf end
    ${body} load 0 int 1 add store 0 jump loop :end load 1 ret }`.replace(/\s+/g, " ");
}

const add = "load 1 load 0 add store 1 ";

function run(program: string, options: Readonly<Record<string, number>>): JitOutcome {
  const wanted = target.run(["-e", program], { enabled: 0 });
  const got = target.run(["-e", program], options);
  expect(got.out).toBe(wanted.out);
  return got;
}

function names(outcome: JitOutcome, operation: string): string[] {
  return outcome.traces.filter((t) => t.text.includes(operation)).map((t) => t.name);
}

test("a function that is called in a loop is followed", () => {
  const got = run(loop(40, "load 1 load 0 call twice add store 1", "twice 1 1 { load 0 load 0 add ret }"), {});
  expect(got.traces.map((t) => t.name)).toEqual(["loop1"]);
  expect(names(got, "call_assembler")).toEqual([]);
});

test("the largest function in a trace that gets too long is called from then on, and traced by itself", () => {
  const large = `large 1 2 { int 0 store 1 ${"load 1 load 0 add store 1 ".repeat(20)} load 1 ret }`;
  const got = run(loop(80, "load 1 load 0 call large add store 1", large), { trace_limit: 100 });
  expect(got.stats.aborts[0]).toBeGreaterThan(0);
  expect(names(got, "call_assembler").length).toBeGreaterThan(0);
  expect(got.traces.some((t) => t.name.startsWith("entry"))).toBe(true);
});

test("a loop that is too long by itself is compiled in pieces", () => {
  const got = run(loop(80, add.repeat(40)), { trace_limit: 100 });
  expect(got.stats.segments).toBeGreaterThan(0);
  expect(names(got, "guard_always_fails").length).toBe(got.stats.segments);
  // The last piece goes back to the start.
  expect(got.traces.at(-1)?.text).toMatch(/jump\(.*\)\n$/);
  expect(got.stats.totalAborts()).toBe(1);
});

test("recursion is followed some levels and then called", () => {
  const down = "down 1 1 { load 0 jumpf zero load 0 int 1 sub call down int 1 add ret :zero int 0 ret }";
  const got = run(loop(30, "load 1 int 20 call down add store 1", down), { max_unroll_recursion: 2 });
  expect(names(got, "call_assembler").length).toBeGreaterThan(0);
});

test("a loop in a function that is followed becomes a loop of its own", () => {
  const sum = `sum 1 3 { int 0 store 1 int 0 store 2 :loop load 1 load 0 lt jumpf end
    load 2 load 1 add store 2 load 1 int 1 add store 1 jump loop :end load 2 ret }`;
  const got = run(loop(60, "load 1 int 9 call sum add store 1", sum), {});
  expect(got.traces.filter((t) => t.name.startsWith("loop")).length).toBeGreaterThan(1);
});

test("a failing guard gets a bridge that goes back into the loop", () => {
  const body = `load 2 jumpf even ${add} int 0 store 2 jump next :even load 1 int 3 add store 1 int 1 store 2 :next`;
  const got = run(loop(60, body), {});
  const bridges = got.traces.filter((t) => t.name.startsWith("bridge"));
  expect(bridges.length).toBeGreaterThan(0);
  expect(bridges.every((t) => t.text.includes("jump("))).toBe(true);
});

test("the JIT can be switched off", () => {
  const got = run(loop(60, add), { enabled: 0 });
  expect(got.traces).toEqual([]);
  expect(got.stats.tracings).toBe(0);
});

test("what always fails to be traced is left alone", () => {
  const got = run(loop(400, "peek 0 load 1 add store 1"), {});
  expect(got.stats.tracings).toBeLessThan(10);
});
