/**
 * Runs random programs over simulated memory, outside the test runner, whose loader makes them twenty times slower:
 *
 *     node --import ./bin/dev-register.mjs tests/gc/model/run.ts COLLECTOR FIRST_SEED PROGRAMS STEPS [SECONDS]
 *
 * runs PROGRAMS programs, or as many as end before SECONDS have passed. Prints one line of JSON with what they did; a
 * difference between heap and model ends it with the seed on standard error and status 1.
 */
import { COLLECTORS, type Collector, type CollectorName } from "../../../gc/interface.ts";
import { MODEL_COLLECTORS } from "./collectors.ts";
import { type Outcome, optionsOf, Program } from "./program.ts";
import type { Entries } from "./world.ts";

interface Totals extends Outcome {
  readonly programs: number;
}

async function run(
  name: CollectorName,
  firstSeed: number,
  programs: number,
  steps: number,
  seconds: number,
): Promise<Totals> {
  const collector: Collector = COLLECTORS[name];
  const entries = (await import(new URL(`../../../${collector.module}`, import.meta.url).href)) as Entries;
  const totals = { programs: 0, allocated: 0, collections: 0, compared: 0, finalized: 0, weakDied: 0 };
  const end = performance.now() + seconds * 1000;
  for (let seed = firstSeed; seed < firstSeed + programs && performance.now() < end; seed++) {
    const outcome = runOne(collector, entries, seed, steps);
    totals.programs++;
    for (const key of Object.keys(outcome) as (keyof Outcome)[]) totals[key] += outcome[key];
  }
  return totals;
}

function runOne(collector: Collector, entries: Entries, seed: number, steps: number): Outcome {
  try {
    return new Program(collector, entries, optionsOf(seed, steps)).run();
  } catch (error) {
    const again = `node --import ./bin/dev-register.mjs tests/gc/model/run.ts ${collector.name} ${seed} 1 ${steps}`;
    throw new Error(`${collector.name}, seed ${seed}: run it again with\n  ${again}`, { cause: error });
  }
}

const [name, firstSeed, programs, steps, seconds] = process.argv.slice(2);
if (!(MODEL_COLLECTORS as readonly (string | undefined)[]).includes(name))
  throw new Error(`no collector in RTypeScript: ${name}`);
const limit = Number(seconds ?? Number.POSITIVE_INFINITY);
const totals = await run(name as CollectorName, Number(firstSeed), Number(programs), Number(steps), limit);
process.stdout.write(`${JSON.stringify(totals)}\n`);
