/**
 * As `rts/harness.ts`, but by the processor's time, which other processes on the machine disturb less: collectors and
 * their peers run on one thread. The C peers (`c/harness.h` with CPU_TIME) do the same.
 *
 *     usage: PROGRAM [ROUNDS]
 */
import type { int } from "rtypescript/rlib";
import { parseInteger } from "rtypescript/rlib";
import { cpuTime, write } from "rtypescript/rlib/os";

/** Runs `workload` and prints its checksum once and the milliseconds of each round. */
export function benchmark(name: string, workload: () => string, argv: string[]): int {
  const rounds: int = argv.length > 0 ? (parseInteger(argv[0], 10) ?? 10) : 10;
  let result = "";
  for (let i = 0; i < rounds; i++) {
    const start = cpuTime();
    const answer = workload();
    const milliseconds = (cpuTime() - start) * 1000;
    if (i > 0 && answer !== result) {
      write(2, `${name}: round ${i} computed ${answer}, not ${result}\n`);
      return 1;
    }
    result = answer;
    write(1, `${name} ${milliseconds.toFixed(3)}\n`);
  }
  write(1, `result ${result}\n`);
  return 0;
}
