// Loops of small interpreters: the right answer, and the operations that remain.
import { expect, test } from "vitest";
import { expectLoop, MetaProgram } from "../../../jit/testing.ts";
import { JitDriver } from "../../../rlib/jit.ts";
import type { int } from "../../../rlib/types.ts";
import { Signed } from "../../../rtyper/lltype/types.ts";

const driver = new JitDriver<{ pc: int }, object>({ greens: ["pc"] });

const CODE: readonly int[] = Object.freeze([0, 1, 2, 3]);

function count(n: int): int {
  let i = n;
  let sum = 0;
  let pc = 0;
  while (pc < CODE.length) {
    driver.mergePoint({ pc });
    const op = CODE[pc] as int;
    if (op === 0) sum += i;
    else if (op === 1) i--;
    else if (op === 2 && i > 0) {
      pc = 0;
      driver.canEnter({ pc });
      continue;
    }
    pc++;
  }
  return sum;
}

const counting = new MetaProgram(count, [Signed]);

test("a counting loop is two additions, a comparison and a guard", () => {
  const result = counting.run([100]);
  expect(result.result).toBe(count(100));
  expectLoop(result, { int_add: 2, int_gt: 1, guard_true: 1, jump: 1 });
});

test.each([0, 1, 3, 4, 5, 50])("the loop with and without the optimizer, %i times", (n) => {
  expect(counting.run([n]).result).toBe(count(n));
  expect(counting.run([n], { peel: 0 }).result).toBe(count(n));
  expect(counting.run([n], { optimize: 0 }).result).toBe(count(n));
});
