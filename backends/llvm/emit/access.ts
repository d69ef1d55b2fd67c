/** Loads and stores at byte offsets, with the metadata that makes them cheap: TBAA, ranges, invariance. */
import type { LowType } from "../../../rtyper/lltype/types.ts";
import type { FunctionWriter } from "../function.ts";
import { memoryType, valueType } from "../types.ts";

export interface Access {
  /** TBAA name; accesses with different names never overlap. Null for raw memory, which may overlap anything. */
  readonly tbaa: string | null;
  readonly parent?: string;
  readonly align: number;
  /** The memory never changes while the program runs. */
  readonly invariant?: boolean;
  /** An integer that is never negative. */
  readonly nonNegative?: boolean;
  /** A pointer that is never null. */
  readonly nonnull?: boolean;
}

/** `base + offset` in bytes. */
export function addressAt(w: FunctionWriter, base: string, offset: number): string {
  if (offset === 0) return base;
  return w.temp(`getelementptr inbounds i8, ptr ${base}, ${w.module.word} ${offset}`);
}

/** `base + offset` for an offset known at run time. */
export function addressPlus(w: FunctionWriter, base: string, offset: string): string {
  return w.temp(`getelementptr i8, ptr ${base}, ${w.module.word} ${offset}`);
}

function metadata(w: FunctionWriter, access: Access, llvm: string): string {
  let text = `, align ${access.align}`;
  if (access.tbaa !== null) text += `, !tbaa ${w.module.tbaa(access.tbaa, access.parent ?? null)}`;
  if (access.invariant === true) text += `, !invariant.load ${w.module.metadata("!{}")}`;
  if (access.nonnull === true) text += `, !nonnull ${w.module.metadata("!{}")}`;
  if (access.nonNegative === true) {
    const bits = Number(llvm.slice(1));
    text += `, !range ${w.module.metadata(`!{${llvm} 0, ${llvm} ${2n ** BigInt(bits - 1) - 1n}}`)}`;
  }
  return text;
}

/** Loads a value of a low-level type; returns its text. */
export function load(w: FunctionWriter, address: string, type: LowType, access: Access): string {
  const { target } = w.module.world;
  const inMemory = memoryType(type, target);
  const register = valueType(type, target);
  if (register === "i1") {
    const range = `, !range ${w.module.metadata("!{i8 0, i8 2}")}`;
    const byte = w.temp(`load i8, ptr ${address}`, metadata(w, access, "i8") + range);
    return w.temp(`trunc i8 ${byte} to i1`);
  }
  return w.temp(`load ${inMemory}, ptr ${address}`, metadata(w, access, inMemory));
}

/** Stores a value (its text) of a low-level type. */
export function store(w: FunctionWriter, address: string, value: string, type: LowType, access: Access): void {
  const { target } = w.module.world;
  const inMemory = memoryType(type, target);
  let text = value;
  if (valueType(type, target) === "i1") text = w.temp(`zext i1 ${value} to i8`);
  w.emit(
    `store ${inMemory} ${text}, ptr ${address}`,
    metadata(
      w,
      { tbaa: access.tbaa, align: access.align, ...(access.parent === undefined ? {} : { parent: access.parent }) },
      inMemory,
    ),
  );
}
