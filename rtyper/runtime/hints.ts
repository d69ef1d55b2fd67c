/** Hints that stand for code. */

/** `if (condition) code(env, …args)`. */
export function callIf<E, A extends readonly unknown[]>(
  condition: boolean,
  code: (env: E, ...args: A) => void,
  env: E,
  ...args: A
): void {
  if (condition) code(env, ...args);
}
