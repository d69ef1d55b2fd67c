/** Arguments and environment, through main, process and rlib. */
// args: one two\sthree é --flag=x
import type { int } from "rtypescript/rlib";
import { env } from "rtypescript/rlib/os";

export function main(argv: string[]): int {
  console.log(`${argv.length} ${argv.join("|")}`);
  for (const [i, arg] of argv.entries()) console.log(`${i} ${arg.length} ${arg}`);
  console.log(
    `${process.argv.length - argv.length >= 2} ${process.argv[process.argv.length - 1] === argv[argv.length - 1]}`,
  );
  console.log(
    `${env("RTS_NO_SUCH_VARIABLE") ?? "unset"} ${(env("PATH") ?? "").length > 0} ${process.env.PATH === env("PATH")}`,
  );
  console.log(`${process.env.RTS_NO_SUCH_VARIABLE ?? "unset"} ${process.env["HOME"] === (env("HOME") ?? undefined)}`);
  const flags = argv.filter((a) => a.startsWith("--")).map((a) => a.slice(2).split("="));
  for (const [key, value = ""] of flags) console.log(`${key} -> ${value}`);
  return argv.length;
}
