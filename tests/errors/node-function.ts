import { readFileSync } from "node:fs";
export function main(argv: string[]): number {
  return readFileSync("x").length;
}
