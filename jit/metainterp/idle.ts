/** The entry of a program that does nothing: for functions that are translated one by one. */
import type { int } from "../../rlib/types.ts";

export function idle(_argv: string[]): int {
  return 0;
}
