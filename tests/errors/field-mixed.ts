import type { char, float, int } from "rtypescript/rlib";
class Holder { value: any; constructor() { this.value = 1; } }
export function main(argv: string[]): int {
  const h = new Holder();
  h.value = "text";
  return 0;
}
