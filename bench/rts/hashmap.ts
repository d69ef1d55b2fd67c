/** Maps: word counting with string keys, a sieve of pairs with int keys, deletion and iteration. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const WORDS = 200000;
const KEYS = 200000;

function nextRandom(seed: int): int {
  return (seed * 1103515245 + 12345) % 2147483648;
}

function countWords(): int {
  const counts = new Map<string, int>();
  let seed: int = 42;
  for (let i = 0; i < WORDS; i++) {
    seed = nextRandom(seed) % 1000003;
    const word = `w${seed % 5000}`;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  let most: int = 0;
  for (const [word, count] of counts) if (count > most && word.length > 2) most = count;
  return most * 10000 + counts.size;
}

function numbers(): int {
  const squares = new Map<int, int>();
  for (let i = 0; i < KEYS; i++) squares.set(i * 7, i % 1000);
  let sum: int = 0;
  for (let i = 0; i < KEYS * 2; i++) {
    const found = squares.get(i);
    if (found !== undefined) sum += found;
  }
  for (let i = 0; i < KEYS; i += 2) squares.delete(i * 7);
  for (const value of squares.values()) sum += value;
  return sum + squares.size;
}

function workload(): string {
  return `${countWords()} ${numbers()}`;
}

function main(argv: string[]): int {
  return benchmark("hashmap", workload, argv);
}

export function target() {
  return { entry: main, name: "hashmap" };
}
