/** Text to text: each case declares types, gives a recorded trace and shows what becomes of it. */
import { fileURLToPath } from "node:url";
import { type GuardDescr, LoopToken } from "../../../jit/format/descr.ts";
import { printOp } from "../../../jit/format/print.ts";
import { isGuard } from "../../../jit/format/traceops.ts";
import type { Trace } from "../../../jit/format/values.ts";
import { InvalidLoop, OptimizeEnv } from "../../../jit/optimizer/environment.ts";
import { optimizeBridge, optimizeTrace } from "../../../jit/optimizer/optimize.ts";
import { optimizeLoop } from "../../../jit/optimizer/unroll.ts";
import { parseTrace, TraceObjects } from "../../../jit/text/trace.ts";
import { TraceTypes } from "../../../jit/text/types.ts";
import { runCaseFiles } from "../../kit/cases.ts";
import { ExitEncoder, exitText } from "./exits.ts";
import { List, Struct, TestHeap, Text } from "./heap.ts";

const DECLARATIONS = `
class Box: value i, next p, tag i readonly, shape p quasi, f f
class Sub extends Box: extra i
class Other: value i
struct Cell: item i, link p, byte u1
array ints: i
array refs: p
array consts: i readonly
array entries: {key p, value i}
call @quiet(i) -> i: quiet
call @noise(p) -> n: raises
call @reads(p) -> i: quiet reads .Box.value
call @writes(p) -> n: quiet writes .Box.value, $ints
call @forces(p) -> n: forces
call @anything(i) -> p: any
call @invalidate() -> n: raises invalidates
call @pure(i) -> i: elidable
call @pure2(p i) -> i: elidable
call @pureraise(i) -> i: elidable_raises
call @square(i) -> i: elidable
call @inv() -> p: loopinvariant
call @concat(p p) -> p: elidable special concat
call @slice(p i i) -> p: elidable special slice
call @equal(p p) -> i: elidable special equal
call @unit(i) -> p: elidable special fromunit
call @copy(p p i i i) -> n: quiet reads $ints writes $ints special arraycopy $ints
`;

/** Objects of a case: `@box…` and `@sub…` are instances, `@consts…` [10, 20, 30], `@abc` and so on strings. */
function makeObject(types: TraceTypes, name: string): object {
  const struct = /^(box|sub|other)/.exec(name)?.[1];
  if (struct !== undefined) {
    const made = new Struct(types.structs.get(struct[0]!.toUpperCase() + struct.slice(1))!);
    if (struct !== "other") made.fields[2] = 7;
    return made;
  }
  if (name.startsWith("consts") || name.startsWith("ints")) {
    const made = new List(types.arrays.get(name.replace(/\d*$/, ""))!, 3);
    made.items.splice(0, 3, 10, 20, 30);
    return made;
  }
  return new Text([...name].map((c) => c.charCodeAt(0)));
}

export function setUp() {
  const types = new TraceTypes().declare(DECLARATIONS);
  const objects = new TraceObjects(types, (name) => makeObject(types, name));
  const heap = new TestHeap();
  heap.structs = [...types.structs.values()];
  heap.callees.set("square", ([x]) => (x as number) ** 2);
  return { types, objects, env: new OptimizeEnv(heap, new ExitEncoder(), 32) };
}

function printOptimized(trace: Trace, names: TraceObjects): string {
  names.number(trace);
  const lines = [names.listText(trace.inputs)];
  for (const op of trace.ops) {
    if (!isGuard(op.opnum)) lines.push(printOp(op, names));
    else {
      const { failArgs } = op;
      op.failArgs = null;
      const text = printOp(op, names);
      op.failArgs = failArgs;
      lines.push(`${text} ${exitText(op, names)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Numbers of boxes by first appearance, so that a case may use any. */
function renumber(text: string): string {
  const names = new Map<string, string>();
  return text.replace(/\b[ipf]\d+\b/g, (name) => {
    if (!names.has(name)) names.set(name, `${name[0]}${names.size}`);
    return names.get(name)!;
  });
}

runCaseFiles(fileURLToPath(new URL("cases", import.meta.url)), {
  optimize: (input) => {
    const { objects, env } = setUp();
    return attempt(() => printOptimized(optimizeTrace(parseTrace(input, objects), env).trace, objects));
  },
  /** A loop: the recorded jump has no target yet. */
  loop: (input) => {
    const { objects, env } = setUp();
    const loop = new LoopToken("loop");
    return attempt(() => printOptimized(optimizeLoop(parseTrace(input, objects), loop, env).trace, objects));
  },
  /** A loop, a line `---`, and a bridge to it from the guard named `@from`. */
  bridge: (input) => {
    const { objects, env } = setUp();
    const [first, second] = input.split("---\n");
    const loop = new LoopToken("loop");
    const compiled = optimizeLoop(parseTrace(first!, objects), loop, env).trace;
    const guard = compiled.ops.findLast((op) => op.descr?.name === "from");
    const knowledge = guard === undefined ? null : (guard.descr as GuardDescr).knowledge;
    return attempt(() =>
      printOptimized(optimizeBridge(parseTrace(second!, objects), loop, knowledge, env).trace, objects),
    );
  },
});

function attempt(print: () => string): string {
  try {
    return renumber(print());
  } catch (e) {
    if (e instanceof InvalidLoop) return `invalid: ${e.message}\n`;
    throw e;
  }
}
