/**
 * Tables of lowering functions by node kind. Each build file exports its tables; `index.ts` merges them. Defining a
 * kind twice is an error of ours; a kind that no table has gives a diagnostic.
 */
import type { ts } from "ts-morph";
import { bug } from "../../diagnostics/report.ts";
import type { Value } from "../model.ts";
import type { FunctionContext } from "./context.ts";
import type { Expected } from "./types.ts";

/**
 * A table of handlers of one signature. A handler of expressions gives the value; `expected` is the declared type of
 * the place that the value goes to, if one is known.
 */
export class HandlerTable<R> {
  readonly #handlers = new Map<ts.SyntaxKind, (ctx: FunctionContext, node: ts.Node, expected: Expected | null) => R>();

  /** Adds the handler of one kind. */
  on<N extends ts.Node>(
    kind: N["kind"],
    handler: (ctx: FunctionContext, node: N, expected: Expected | null) => R,
  ): this {
    if (this.#handlers.has(kind)) bug(`two handlers for syntax kind ${kind}`);
    this.#handlers.set(kind, handler as (ctx: FunctionContext, node: ts.Node, expected: Expected | null) => R);
    return this;
  }

  /** Takes over all handlers of other tables. */
  merge(...tables: readonly HandlerTable<R>[]): this {
    for (const table of tables) for (const [kind, handler] of table.#handlers) this.on(kind, handler);
    return this;
  }

  find(kind: ts.SyntaxKind): ((ctx: FunctionContext, node: ts.Node, expected: Expected | null) => R) | undefined {
    return this.#handlers.get(kind);
  }
}

/** All tables of the builder. */
export interface Handlers {
  readonly expressions: HandlerTable<Value>;
  readonly statements: HandlerTable<void>;
}
