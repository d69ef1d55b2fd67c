import { intAddOvf, type int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  return intAddOvf(argv.length / 2, 1) ?? 0;
}
