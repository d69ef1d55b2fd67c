/**
 * A guard encoder for tests: an exit is a plan that gives the recorded failArgs again, making objects that were virtual
 * and doing pending stores. The plan can be printed and executed.
 */
import { ArrayDescr, FieldDescr, GuardDescr, type PendingStore } from "../../../jit/format/descr.ts";
import { descrText, type TraceNames } from "../../../jit/format/print.ts";
import { Box, type Op, type Value } from "../../../jit/format/values.ts";
import { GuardEncoder, type TraceState } from "../../../jit/optimizer/environment.ts";
import {
  VirtualArray,
  VirtualCall,
  type VirtualInfo,
  VirtualStruct,
  VirtualStructArray,
  VirtualText,
} from "../../../jit/optimizer/info.ts";

/** How an exit gets one value. */
export type Recipe =
  | { readonly kind: "failArg"; readonly index: number }
  | { readonly kind: "constant"; readonly value: Value }
  | { readonly kind: "virtual"; readonly index: number };

/** How an exit makes one object. */
export interface VirtualRecipe {
  readonly info: VirtualInfo;
  readonly contents: readonly (Recipe | null)[];
}

export class ExitDescr extends GuardDescr {
  readonly values: Recipe[] = [];
  readonly virtuals: VirtualRecipe[] = [];
  readonly pending: { descr: FieldDescr | ArrayDescr; index: number; object: Recipe; value: Recipe }[] = [];
}

function contentsOf(info: VirtualInfo): readonly (Value | null)[] {
  if (info instanceof VirtualStruct) return info.fields;
  if (info instanceof VirtualArray || info instanceof VirtualStructArray) return info.items;
  if (info instanceof VirtualText) return info.units;
  if (info instanceof VirtualCall) return info.args;
  throw new Error("a virtual of unknown sort");
}

class PlanBuilder {
  readonly descr: ExitDescr;
  readonly failArgs: Value[] = [];
  readonly #state: TraceState;
  readonly #infos: VirtualInfo[] = [];

  constructor(name: string, state: TraceState) {
    this.descr = new ExitDescr(name);
    this.#state = state;
  }

  recipe(value: Value): Recipe {
    const v = this.#state.resolve(value);
    if (!(v instanceof Box)) return { kind: "constant", value: v };
    const info = this.#state.virtualOf(v);
    if (info !== null) return { kind: "virtual", index: this.#virtual(info) };
    let index = this.failArgs.indexOf(v);
    if (index < 0) index = this.failArgs.push(v) - 1;
    return { kind: "failArg", index };
  }

  #virtual(info: VirtualInfo): number {
    const known = this.#infos.indexOf(info);
    if (known >= 0) return known;
    const index = this.#infos.push(info) - 1;
    const contents: (Recipe | null)[] = [];
    this.descr.virtuals[index] = { info, contents };
    for (const value of contentsOf(info)) contents.push(value === null ? null : this.recipe(value));
    return index;
  }
}

export class ExitEncoder extends GuardEncoder {
  encode(guard: Op, state: TraceState, pending: readonly PendingStore[]): void {
    const builder = new PlanBuilder(guard.descr?.name ?? "g", state);
    for (const value of guard.failArgs ?? []) builder.descr.values.push(builder.recipe(value));
    for (const store of pending) {
      const { descr, index } = store;
      if (!(descr instanceof FieldDescr || descr instanceof ArrayDescr)) throw new Error("a strange pending store");
      const object = builder.recipe(store.object);
      builder.descr.pending.push({ descr, index, object, value: builder.recipe(store.value) });
    }
    guard.descr = builder.descr;
    guard.failArgs = builder.failArgs;
  }
}

/** The exit of a guard: the recorded failArgs, virtuals with their contents, then pending stores. */
export function exitText(guard: Op, names: TraceNames): string {
  const descr = guard.descr as ExitDescr;
  const shown = new Set<number>();
  const text = (r: Recipe): string => {
    if (r.kind === "constant") return names.valueText(r.value);
    if (r.kind === "failArg") return names.valueText(guard.failArgs![r.index]!);
    if (shown.has(r.index)) return `#${r.index}`;
    shown.add(r.index);
    const { info, contents } = descr.virtuals[r.index]!;
    return `${sortOf(info)}(${contents.map((c) => (c === null ? "_" : text(c))).join(", ")})`;
  };
  const values = `[${descr.values.map(text).join(", ")}]`;
  const stores = descr.pending.map((p) => {
    const place = p.descr instanceof ArrayDescr ? `${descrText(p.descr)}[${p.index}]` : descrText(p.descr);
    return ` ${text(p.object)}${place} = ${text(p.value)}`;
  });
  return values + stores.join(",");
}

function sortOf(info: VirtualInfo): string {
  if (info instanceof VirtualText) return "Text";
  if (info instanceof VirtualCall) return `@${info.descr.name}`;
  if (info instanceof VirtualStruct || info instanceof VirtualArray || info instanceof VirtualStructArray) {
    return descrText(info.descr);
  }
  return "?";
}
