/**
 * Errors of the host (`Error`, `RangeError`, …) are classes like others whose constructors are here: message, name,
 * cause.
 */
import type { ClassDesc } from "../annotator/classes.ts";
import type { Value } from "../translator/flow/model.ts";
import type { Hop } from "./hop.ts";
import { ptrTo } from "./lltype/types.ts";
import { InstanceRepr } from "./repr/instance.ts";
import { builtins } from "./repr.ts";
import { errorText } from "./runtime/start.ts";

const HOST_ERRORS = new Set<unknown>([Error, RangeError, TypeError, EvalError, SyntaxError, ReferenceError]);

/** `name` of errors of a class: that of the host class it derives from. */
function hostName(desc: ClassDesc): string {
  for (const c of desc.chain())
    if (HOST_ERRORS.has(c.liveClass)) return (c.liveClass as { name: string } | null)?.name ?? "Error";
  return "Error";
}

/** What the host's constructor does with `operands` (message, options). */
export function initError(hop: Hop, object: Value, repr: InstanceRepr, operands: readonly number[]): void {
  const store = (name: string, give: (r: ReturnType<InstanceRepr["fieldRepr"]>) => Value): void => {
    const field = repr.desc.findField(name);
    if (field !== null) repr.store(object, field, give(repr.fieldRepr(field)), hop);
  };
  const [message, options] = operands;
  store("name", (r) => hop.typer.constant(r, hostName(repr.desc)));
  store("message", (r) =>
    message === undefined || (hop.repr(message).lowType !== ptrTo.string && hop.some(message).kind === "nothing")
      ? hop.typer.constant(r, "")
      : hop.inputArg(r, message),
  );
  if (options === undefined) return;
  const from = hop.repr(options);
  if (!(from instanceof InstanceRepr)) return;
  const cause = from.desc.findField("cause");
  if (cause === null) return;
  const value = from.load(hop.inputNonNull(options), cause, hop);
  store("cause", (r) => hop.convert(value, from.fieldRepr(cause), r));
}

builtins.on("error.init", (hop) => {
  const repr = hop.repr(0) as InstanceRepr;
  const operands = Array.from({ length: hop.argCount - 1 }, (_, i) => i + 1);
  initError(hop, hop.inputNonNull(0), repr, operands);
  return null;
});

builtins.on("error.toString", (hop) => hop.helperResult(errorText, hop.typed(0)));
