/** process.exit leaves at once, whatever stands around; finally blocks do not run. */
import type { int } from "rtypescript/rlib";

function leave(code: int): never {
  console.log(`leaving with ${code}`);
  process.exit(code);
}

export function main(argv: string[]): int {
  try {
    if (argv.length === 0) leave(42);
    console.log("not here");
  } finally {
    console.log("nor here");
  }
  return 1;
}
