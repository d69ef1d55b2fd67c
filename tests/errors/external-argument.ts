import { external, float, type int } from "rtypescript/rlib";
const cosine = external("cos", [float], float, { library: "m", node: Math.cos });
export function main(argv: string[]): int {
  return cosine(argv[0] as never) > 0 ? 1 : 0;
}
