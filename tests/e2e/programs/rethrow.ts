/** Typed dispatch in a catch clause, in both forms, with rethrow; catch variables passed on; causes; subclasses. */
import { ControlFlow, type int } from "rtypescript/rlib";

class LangError extends Error {
  readonly line: int;
  constructor(message: string, line: int) {
    super(message);
    this.name = "LangError";
    this.line = line;
  }
}
class NameError extends LangError {
  constructor(name: string, line: int) {
    super(`name '${name}' is not defined`, line);
    this.name = "NameError";
  }
}
class BreakLoop extends ControlFlow {}
class ReturnValue extends ControlFlow {
  readonly value: int;
  constructor(value: int) {
    super();
    this.value = value;
  }
}

function run(n: int): int {
  switch (n) {
    case 0:
      throw new NameError("x", 3);
    case 1:
      throw new LangError("bad", 4);
    case 2:
      throw new BreakLoop();
    case 3:
      throw new ReturnValue(42);
    case 4:
      throw new TypeError("host");
    case 5:
      throw new Error("plain", { cause: new LangError("root", 9) });
    default:
      return n;
  }
}

function chained(n: int): string {
  try {
    return `ok ${run(n)}`;
  } catch (e) {
    if (e instanceof NameError) return `name ${e.line}`;
    else if (e instanceof LangError) return `lang ${e.message}`;
    else if (e instanceof ReturnValue) return `value ${e.value}`;
    else throw e;
  }
}

function guarded(n: int): string {
  try {
    return `ok ${run(n)}`;
  } catch (e) {
    if (!(e instanceof LangError)) throw e;
    return `${e.name}: ${e.message} (${e.line})`;
  }
}

function describe(e: unknown): string {
  if (e instanceof LangError) return `${e.name}@${e.line}`;
  if (e instanceof ControlFlow) return "control";
  if (e instanceof Error) return `${e.name}:${e.message}`;
  return "unknown";
}

function causeOf(e: Error): string {
  const { cause } = e;
  return cause instanceof LangError ? `because of ${cause.message} at ${cause.line}` : "no cause";
}

function outer(n: int): string {
  try {
    return guarded(n);
  } catch (error) {
    return `outer ${describe(error)}`;
  }
}

function wrapped(n: int): int {
  try {
    return run(n);
  } catch (e) {
    throw new LangError(`wrapped: ${e instanceof Error ? e.message : ""}`, n);
  }
}

function swallow(n: int): boolean {
  try {
    run(n);
    return true;
  } catch {
    return false;
  }
}

export function main(_argv: string[]): int {
  for (let n = 0; n < 7; n++) {
    let text: string;
    try {
      text = chained(n);
    } catch (e) {
      text = `uncaught ${describe(e)}`;
    }
    console.log(`${n}: ${text} | ${outer(n)} | ${swallow(n)}`);
  }
  try {
    run(5);
  } catch (e) {
    console.log(causeOf(e as Error));
  }
  try {
    wrapped(1);
  } catch (e) {
    if (e instanceof Error) console.log(`${e}`);
  }
  console.log(`${new NameError("q", 1)} ${new RangeError("r").name} ${new LangError("", 1).message.length}`);
  const stored: Error[] = [];
  for (let n = 0; n < 6; n++) {
    try {
      run(n);
    } catch (e) {
      if (e instanceof Error) stored.push(e);
    }
  }
  console.log(stored.map((e) => e.name).join(" "));
  return 0;
}
