import { describe, expect, test } from "vitest";
import { COLLECTORS, type Collector, FLAG_BARRIER } from "../../gc/interface.ts";
import { transformProgram } from "../../gc/transform/transform.ts";
import { Heap } from "../../rtyper/llinterp/heap.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { Machine, RaisedException } from "../../rtyper/llinterp/machine.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { opInfo } from "../../rtyper/lltype/ops/index.ts";
import { verifyGraph } from "../../translator/flow/verify.ts";
import { optimize } from "../../translator/optimize/passes.ts";
import { NO_NODE, RANDOM_ARGUMENTS, randomProgram } from "../kit/random-graphs.ts";

const WORD_BITS = 64;

/** The results of the entry for all arguments; a raised exception is a result too. */
function outcomes(entry: LowFunction, makeMachine: () => Machine): string[] {
  return RANDOM_ARGUMENTS.map((n) => {
    const machine = makeMachine();
    const interpreter = new Interpreter(machine);
    try {
      const value = interpreter.call(entry, [n, NO_NODE]);
      if (machine.exception !== null) return `raised ${String(machine.fetchException().get("value"))}`;
      return String(value);
    } catch (error) {
      if (error instanceof RaisedException) return `raised ${String(error.value.get("value"))}`;
      throw error;
    }
  });
}

/** What the transform does for a collector with a barrier; the simulated heap checks each store. */
const GENERATIONS: Collector = { ...COLLECTORS.semispace, barrier: FLAG_BARRIER };

const plainMachine = (): Machine => new Machine({ wordBits: WORD_BITS });

const layout = new Layout({ wordBytes: 8, typePointer: false });

function heapMachine(collectEvery: number, bumpFailsEvery: number, checkBarriers = false): () => Machine {
  const options = { collectEvery, bumpFailsEvery, prebuilt: [], layout, checkBarriers };
  return () => new Machine({ wordBits: WORD_BITS, heap: new Heap(options) });
}

function requireValid(functions: readonly LowFunction[]): void {
  const options = {
    checkOperation: (op: { opname: string }) => (opInfo(op.opname) === null ? "unknown" : null),
    canRaise: (op: { opname: string }) => opInfo(op.opname).raises,
  };
  for (const f of functions) {
    if (f.graph === null) continue;
    const problems = verifyGraph(f.graph, options).map((problem) => problem.message);
    expect(problems, f.name).toEqual([]);
  }
}

const seeds = Array.from({ length: 80 }, (_v, i) => i + 1);

describe("random programs give one answer", () => {
  test("before and after optimization", () => {
    for (const seed of seeds) {
      const expected = outcomes(randomProgram(seed).entry, plainMachine);
      const program = randomProgram(seed);
      optimize(program.functions, {
        wordBits: WORD_BITS,
        level: 2,
        switches: new Map(),
        afterPass: () => requireValid(program.functions),
      });
      expect(outcomes(program.entry, plainMachine), `seed ${seed}`).toEqual(expected);
    }
  });

  test("before and after the gc transform, with a collection at every slow allocation", () => {
    for (const seed of seeds) {
      const expected = outcomes(randomProgram(seed).entry, plainMachine);
      for (const [collectEvery, bumpFailsEvery, collector] of [
        [1, 1, COLLECTORS.semispace],
        [1, 3, COLLECTORS.semispace],
        [2, 1, GENERATIONS],
        [3, 2, GENERATIONS],
      ] as const) {
        const program = randomProgram(seed);
        if (seed % 2 === 0) optimize(program.functions, { wordBits: WORD_BITS, level: 2, switches: new Map() });
        transformProgram(program.functions, collector, layout);
        requireValid(program.functions);
        const actual = outcomes(program.entry, heapMachine(collectEvery, bumpFailsEvery, collector === GENERATIONS));
        expect(actual, `seed ${seed}, every ${collectEvery}`).toEqual(expected);
      }
    }
  });
});
