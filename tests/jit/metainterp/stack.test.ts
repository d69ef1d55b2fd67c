// Programs of the stack language with the JIT on Node: the answers are those of the interpreter itself, however early
// things are traced, with and without the optimizer.
import { beforeAll, expect, test } from "vitest";
import { type JitTarget, jitTarget } from "../../kit/jit-target.ts";
import { runStack } from "../targets/targetstack.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  sum: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 60 lt jumpf end
    load 1 load 0 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  fib: `fib 1 1 { load 0 int 2 lt jumpf rec load 0 ret
    :rec load 0 int 1 sub call fib load 0 int 2 sub call fib add ret } main 0 0 { int 12 call fib ret }`,
  branches: `main 0 3 { int 0 store 0 int 0 store 1 int 0 store 2 :loop load 0 int 80 lt jumpf end
    load 2 jumpf even load 1 int 3 add store 1 int 0 store 2 jump next
    :even load 1 load 0 add store 1 int 1 store 2
    :next load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  floats: `main 0 2 { int 0 store 0 float 0.5 store 1 :loop load 0 int 50 lt jumpf end
    load 1 float 1.25 mul load 0 sub store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  changingTypes: `main 0 2 { int 0 store 0 int 1 store 1 :loop load 0 int 60 lt jumpf end
    load 0 int 30 lt jumpf big load 1 int 1 add store 1 jump next
    :big load 1 float 0.5 add store 1
    :next load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  strings: `main 0 2 { int 0 store 0 str a store 1 :loop load 0 int 40 lt jumpf end
    load 1 str b add store 1 load 0 int 1 add store 0 jump loop :end load 1 length ret }`,
  objects: `main 0 2 { new store 1 load 1 str x int 0 pop pop load 1 int 0 set n int 0 store 0
    :loop load 0 int 60 lt jumpf end load 1 load 1 get n load 0 add set n
    load 0 int 1 add store 0 jump loop :end load 1 get n ret }`,
  temporaries: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 60 lt jumpf end
    new dup load 0 set a dup load 0 int 2 mul set b dup get a load 1 add store 1 get b load 1 add store 1
    load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  calls: `twice 1 1 { load 0 load 0 add ret } main 0 2 { int 0 store 0 int 0 store 1
    :loop load 0 int 60 lt jumpf end load 1 load 0 call twice add store 1
    load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  nestedLoops: `main 0 3 { int 0 store 0 int 0 store 2 :outer load 0 int 20 lt jumpf end int 0 store 1
    :inner load 1 int 10 lt jumpf done load 2 load 1 add store 2 load 1 int 1 add store 1 jump inner
    :done load 0 int 1 add store 0 jump outer :end load 2 ret }`,
  loopInCallee: `sum 1 3 { int 0 store 1 int 0 store 2 :loop load 1 load 0 lt jumpf end
    load 2 load 1 add store 2 load 1 int 1 add store 1 jump loop :end load 2 ret }
    main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 30 lt jumpf end
    load 1 int 8 call sum add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  globals: `main 0 1 { int 0 setglobal g int 5 setglobal h int 0 store 0 :loop load 0 int 60 lt jumpf end
    load 0 int 40 lt jumpf change :go global h load 0 add store 0 jump loop
    :change int 7 setglobal h jump go :end load 0 ret }`,
  exceptions: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 50 lt jumpf end
    try caught load 0 throw :caught load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  exceptionsFromCalls: `risky 1 1 { load 0 int 25 lt jumpf bad load 0 ret :bad str late throw }
    main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 50 lt jumpf end
    try caught load 0 call risky endtry load 1 add store 1 jump next :caught pop load 1 int 1000 add store 1
    :next load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  uncaught: `main 0 1 { int 0 store 0 :loop load 0 int 50 lt jumpf end load 0 int 40 lt jumpf bad
    load 0 int 1 add store 0 jump loop :bad str stop throw :end load 0 ret }`,
  overflow: `main 0 2 { int 1 store 0 int 0 store 1 :loop load 1 int 100 lt jumpf end
    try caught load 0 int 3 mul store 0 endtry jump next :caught pop int 1 store 0
    :next load 1 int 1 add store 1 jump loop :end load 0 ret }`,
  printing: `main 0 1 { int 0 store 0 :loop load 0 int 20 lt jumpf end load 0 print
    load 0 int 1 add store 0 jump loop :end load 0 ret }`,
  globalsThatChange: `main 0 3 { int 5 setglobal h int 0 store 0 int 0 store 1 :loop load 0 int 90 lt jumpf end
    global h load 1 add store 1 load 0 int 1 add store 0
    load 0 int 30 lt jumpf later jump loop :later load 0 int 31 lt jumpf much int 1000 setglobal h jump loop
    :much load 0 int 60 lt jumpf last jump loop :last load 0 int 61 lt jumpf loop2 int 7 setglobal h jump loop
    :loop2 jump loop :end load 1 ret }`,
  looksFromOutside: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 60 lt jumpf end
    peek 0 load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  looksSometimes: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 60 lt jumpf end
    load 0 int 40 lt jumpf look :on load 0 int 1 add store 0 jump loop
    :look peek 0 load 1 add store 1 jump on :end load 1 ret }`,
  looksRarely: `main 0 3 { int 0 store 0 int 0 store 1 int 0 store 2 :loop load 0 int 70 lt jumpf end
    load 2 int 7 lt jumpf look load 2 int 1 add store 2 int 0 jump on :look int 0 store 2 int 1
    :on maypeek 0 load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  looksWithTemporaries: `main 0 3 { int 0 store 0 int 0 store 1 int 0 store 2 :loop load 0 int 70 lt jumpf end
    new dup load 0 set a load 0 float 0.5 mul
    load 2 int 7 lt jumpf look load 2 int 1 add store 2 int 0 jump on :look int 0 store 2 int 1
    :on maypeek 0 load 1 add add store 1 get a load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  writesFromOutside: `main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 80 lt jumpf end
    load 0 int 1 add poke 0 load 1 load 0 add store 1 jump loop :end load 1 ret }`,
  framesOfCallees: `sum 2 3 { int 0 store 2 peek 0 load 1 add store 2 load 2 ret }
    main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 50 lt jumpf end
    load 0 int 3 callseen sum load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
  mutualRecursion: `even 1 1 { load 0 jumpf yes load 0 int 1 sub call odd ret :yes int 1 ret }
    odd 1 1 { load 0 jumpf no load 0 int 1 sub call even ret :no int 0 ret }
    main 0 2 { int 0 store 0 int 0 store 1 :loop load 0 int 25 lt jumpf end
    load 0 call even load 1 add store 1 load 0 int 1 add store 0 jump loop :end load 1 ret }`,
};

let target: JitTarget;

beforeAll(async () => {
  target = await jitTarget("tests/jit/targets/targetstack.ts");
}, 300_000);

const VARIANTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  plain: {},
  eager: { threshold: 2, function_threshold: 2, trace_eagerness: 1 },
  late: { threshold: 9, function_threshold: 13, trace_eagerness: 5 },
  unpeeled: { peel: 0 },
  unoptimized: { optimize: 0 },
  short: { trace_limit: 60, threshold: 2, function_threshold: 2, trace_eagerness: 1 },
};

for (const [name, program] of Object.entries(PROGRAMS)) {
  const text = program.replace(/\s+/g, " ");
  test.each(Object.keys(VARIANTS))(`${name}, %s`, (variant) => {
    const wanted = target.run(["-e", text], { enabled: 0 });
    const got = target.run(["-e", text], VARIANTS[variant]);
    expect(got.out).toBe(wanted.out);
    // Ints of Node and of the simulated machine end at different places, and printing goes to the test's own output.
    if (name !== "printing" && name !== "overflow") expect(wanted.out).toBe(`${runStack(text)}\n`);
    expect(got.traces.length + got.stats.totalAborts()).toBeGreaterThan(0);
  });
}
