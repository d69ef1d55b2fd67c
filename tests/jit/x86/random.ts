// A small random generator with a seed in text form, so that a failure can be repeated.

/** Random numbers of a sequence that the seed determines (xorshift of 32 bits). */
export interface Random {
  /** An integer from 0 to n - 1; n is at most 2**53. */
  below(n: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
}

export function randomFrom(seed: string): Random {
  let state = 2166136261;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 16777619);
  if (state === 0) state = 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (n: number): number => {
    const exact = (next() & 0x1fffff) * 2 ** 32 + next();
    return exact % n;
  };
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}
