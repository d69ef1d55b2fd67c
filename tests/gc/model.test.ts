/**
 * Random programs over every collector that is RTypeScript, in simulated memory, held against a model: what can be
 * reached, contents, hashes, weak references and tables, finalizers and their order (`model/program.ts`). In a process
 * of their own, where they are twenty times faster than under the test runner.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Collector } from "../../gc/interface.ts";
import { Random } from "../kit/random-graphs.ts";
import { MODEL_COLLECTORS } from "./model/collectors.ts";
import { Model, reachableFrom } from "./model/model.ts";
import { LIST, PAIR, WEAK_REF, WEAK_TABLE } from "./model/world.ts";

const PROGRAMS = 60;
const STEPS = 500;

describe.each(MODEL_COLLECTORS)("%s", (name) => {
  test("random programs keep what the model keeps", async () => {
    const args = ["--import", "./bin/dev-register.mjs", "tests/gc/model/run.ts", name, "1", PROGRAMS, STEPS].map(
      String,
    );
    const { stdout } = await promisify(execFile)("node", args, { timeout: 110_000 });
    const totals = JSON.parse(stdout) as Record<string, number>;
    expect(totals.programs).toBe(PROGRAMS);
    // The programs did what they are for.
    expect(totals.allocated).toBeGreaterThan(50 * PROGRAMS);
    expect(totals.collections).toBeGreaterThan(10 * PROGRAMS);
    expect(totals.compared).toBeGreaterThan(100 * PROGRAMS);
    expect(totals.finalized).toBeGreaterThan(PROGRAMS);
    expect(totals.weakDied).toBeGreaterThan(PROGRAMS / 4);
  });
});

describe("the model", () => {
  const pair = (...refs: (Model | null)[]): Model => {
    const model = new Model(PAIR, 0, 0);
    for (const [i, ref] of refs.entries()) model.refs[i] = ref;
    return model;
  };

  test("weak references keep nothing alive, lists do", () => {
    const [target, kept] = [pair(), pair()];
    const weak = new Model(WEAK_REF, 0, 0);
    weak.refs[0] = target;
    const list = new Model(LIST, 2, 0);
    list.refs[1] = kept;
    const alive = reachableFrom([weak, list, null]);
    expect([alive.has(target), alive.has(kept), alive.size]).toEqual([false, true, 3]);
  });

  test("an entry of a weak table keeps its value alive as long as its key lives, also through other entries", () => {
    const [a, b, c, lost] = [pair(), pair(), pair(), pair()];
    const table = new Model(WEAK_TABLE, 3, 0);
    const value = pair(c);
    [b, value, a, b, lost, pair(lost)].forEach((ref, i) => {
      table.refs[i] = ref;
    });
    const alive = reachableFrom([table, a]);
    expect([alive.has(b), alive.has(value), alive.has(c), alive.has(lost)]).toEqual([true, true, true, false]);
    expect(reachableFrom([table]).size).toBe(1);
  });

  test("references stand where the shapes say", () => {
    const table = new Model(WEAK_TABLE, 3, 0);
    expect([0, 1, 2, 5].map((k) => table.slot(k))).toEqual([
      { offset: 16, index: 0 },
      { offset: 32, index: 0 },
      { offset: 40, index: 1 },
      { offset: 80, index: 2 },
    ]);
    expect([0, 1].map((k) => pair().slot(k))).toEqual([
      { offset: 8, index: -1 },
      { offset: 16, index: -1 },
    ]);
  });

  test("a collector that loses something is found out", async () => {
    const collector = await import("../../gc/collectors/semispace.ts");
    const { COLLECTORS } = await import("../../gc/interface.ts");
    const { optionsOf, Program } = await import("./model/program.ts");
    const run = (entries: object, record: Collector): void => {
      for (let seed = 1; seed <= 3; seed++)
        new Program(record, entries as never, {
          ...optionsOf(seed, 120),
          stress: true,
          verify: false,
          steps: 120,
          largest: 40,
        }).run();
    };
    const record: Collector = COLLECTORS.semispace;
    const random = new Random(1);
    expect(() => run({ ...collector, identity_hash: () => random.below(1 << 20) }, record)).toThrow("hash");
    expect(() => run({ ...collector, register_finalizer: () => {} }, record)).toThrow("the finalizer of a");
    expect(() => run(collector, { ...record, barrier: null })).toThrow(/seed \d/);
  });
});
