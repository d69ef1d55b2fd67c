/**
 * The functions that the C runtime calls: the program's entry (argc, argv) → exit code, and the printer of an error
 * that nobody caught. Both are helpers in RTypeScript, so that argument lists and texts are built like all others.
 */
import { ADDRESS, INT, SomeInstance } from "../annotator/model.ts";
import type { Value } from "../translator/flow/model.ts";
import type { LowFunction } from "./lltype/memory.ts";
import { Address, Signed, Void } from "./lltype/types.ts";
import { INT_REPR } from "./repr/int.ts";
import { printUncaughtError, startWithArguments, startWithoutResult } from "./runtime/start.ts";
import type { ProgramTyper } from "./typer.ts";

export interface Entry {
  readonly main: LowFunction;
  readonly printUncaught: LowFunction;
}

export function makeEntry(typer: ProgramTyper): Entry {
  const { desc } = typer.annotation.entry;
  const live = "live" in desc ? desc.live : null;
  if (live === null) throw new Error("rtyper: the entry is no live function");
  const hasResult = typer.annotation.entry.resultType.kind !== "nothing";
  const start = hasResult ? startWithArguments : startWithoutResult;
  const entryType = typer.functionType(live as (...args: unknown[]) => unknown);
  const { lowered, argReprs, resultRepr } = typer.helper(start, [entryType, INT, ADDRESS]);
  const main = typer.synthesized(
    "program entry",
    [
      ["argc", Signed],
      ["argv", Address],
    ],
    Signed,
    (s, argc, argv) => {
      const f = typer.constant(argReprs[0] as never, live);
      const code = s.call(lowered, [f, argc as Value, argv as Value], resultRepr.lowType);
      s.return(s.convert(code, resultRepr, INT_REPR));
    },
  );
  main.attributes.add("c_entry");
  const error = typer.errorRepr;
  const printer = typer.helper(printUncaughtError, [new SomeInstance(error.desc)]);
  const printUncaught = typer.synthesized("print uncaught", [["e", error.lowType]], Void, (s, e) => {
    s.call(printer.lowered, [s.convert(e as Value, error, printer.argReprs[0] as never)], printer.resultRepr.lowType);
    s.return();
  });
  printUncaught.attributes.add("c_entry");
  return { main, printUncaught };
}
