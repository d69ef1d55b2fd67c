/** Prebuilt errors that the runtime raises without running code of the program. */
import { OutOfMemoryError, StackOverflowError } from "../rlib/errors.ts";
import type { LowStruct } from "./lltype/memory.ts";
import { instanceRepr } from "./repr/instance.ts";
import type { ProgramTyper } from "./typer.ts";

const SYSTEM_ERRORS = { StackOverflowError, OutOfMemoryError } as const;

export function systemErrors(typer: ProgramTyper): Map<string, LowStruct> {
  const made = new Map<string, LowStruct>();
  for (const [name, cls] of Object.entries(SYSTEM_ERRORS)) {
    const repr = instanceRepr(typer.annotation.classOf(cls), typer);
    made.set(name, typer.prebuiltInstance(new cls(), repr, typer.placeOf(name)));
  }
  return made;
}
