/** A typed array index out of range stops the program, reading or writing. */
import type { int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const bytes = new Uint8Array(4);
  for (let i = 0; i < 4; i++) bytes[i] = i * 2;
  console.log(bytes.join());
  bytes[4 + argv.length] = 1;
  console.log("not reached");
  return 0;
}
