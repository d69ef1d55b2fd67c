/** A prebuilt table of functions, called through. */
import type { int } from "rtypescript/rlib";

type Handler = (stack: int[], argument: int) => int;

function push(stack: int[], argument: int): int {
  stack.push(argument);
  return 1;
}
function addTop(stack: int[], argument: int): int {
  const b = stack.pop() ?? 0;
  const a = stack.pop() ?? 0;
  stack.push(a + b + argument);
  return 1;
}
function double(stack: int[], _argument: int): int {
  stack.push((stack.pop() ?? 0) * 2);
  return 1;
}

const TABLE: readonly Handler[] = [push, addTop, double];
const PROGRAM: readonly int[] = [0, 5, 0, 7, 1, 0, 2, 0, 0, 9, 1, 1];

export function main(_argv: string[]): int {
  const stack: int[] = [];
  let pc = 0;
  let steps = 0;
  while (pc < PROGRAM.length) {
    const handler = TABLE[PROGRAM[pc]];
    steps += handler(stack, PROGRAM[pc + 1]);
    pc += 2;
  }
  console.log(`${stack.length} ${stack[0]} ${steps}`);
  return 0;
}
