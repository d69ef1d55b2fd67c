/** Recursion more than a thousand deep: lists, trees, mutual, with closures and try blocks. */
import type { int } from "rtypescript/rlib";

class Cell {
  readonly value: int;
  readonly next: Cell | null;
  constructor(value: int, next: Cell | null) {
    this.value = value;
    this.next = next;
  }
}

function sum(cell: Cell | null): int {
  return cell === null ? 0 : cell.value + sum(cell.next);
}

function build(n: int): Cell | null {
  return n === 0 ? null : new Cell(n, build(n - 1));
}

function ackermann(m: int, n: int): int {
  if (m === 0) return n + 1;
  if (n === 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

function fib(n: int): int {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function even(n: int): boolean {
  return n === 0 || odd(n - 1);
}
function odd(n: int): boolean {
  return n !== 0 && even(n - 1);
}

function guarded(n: int): int {
  try {
    if (n === 0) throw new Error("bottom");
    return guarded(n - 1) + 1;
  } finally {
    unwound++;
  }
}
let unwound = 0;

function permutations(items: readonly string[]): string[] {
  if (items.length <= 1) return [items.join("")];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => item + rest),
  );
}

function hanoi(n: int, from: string, to: string, via: string, moves: string[]): void {
  if (n === 0) return;
  hanoi(n - 1, from, via, to, moves);
  moves.push(from + to);
  hanoi(n - 1, via, to, from, moves);
}

export function main(_argv: string[]): int {
  console.log(`${sum(build(1500))} ${ackermann(2, 9)} ${fib(22)} ${even(1500)} ${odd(1501)}`);
  try {
    guarded(1500);
  } catch (e) {
    console.log(`${e instanceof Error ? e.message : ""} ${unwound}`);
  }
  console.log(permutations(["a", "b", "c", "d"]).length + permutations(["x", "y", "z"]).join());
  const moves: string[] = [];
  hanoi(6, "A", "C", "B", moves);
  console.log(`${moves.length} ${moves.slice(0, 8).join(" ")}`);
  return 0;
}
