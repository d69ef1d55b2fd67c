/**
 * Low-level types as LLVM sees them. A value in a register and the same value in memory may differ (`Bool` is `i1`
 * and `i8`). All pointers are `ptr`; structs never become LLVM structs: fields are addressed by our own byte offsets
 * (rtyper/lltype/layout.ts), so that one module decides where things stand.
 */
import {
  type FuncType,
  LowArray,
  type LowType,
  Opaque,
  Primitive,
  Ptr,
  type PtrTarget,
  Struct,
} from "../../rtyper/lltype/types.ts";

export type Target = "x86-64" | "x86-32";

export interface TargetInfo {
  readonly target: Target;
  readonly wordBytes: 4 | 8;
  readonly triple: string;
  readonly dataLayout: string;
  /** What clang is told about the machine, for .ll and .c alike. */
  readonly clangFlags: readonly string[];
  /** Attributes that every function definition gets besides. */
  readonly functionAttributes: string;
  readonly stackPointer: "rsp" | "esp";
}

export const TARGETS: Readonly<Record<Target, TargetInfo>> = {
  "x86-64": {
    target: "x86-64",
    wordBytes: 8,
    triple: "x86_64-pc-linux-gnu",
    dataLayout: "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128",
    clangFlags: ["-m64"],
    functionAttributes: '"target-cpu"="x86-64" "tune-cpu"="generic"',
    stackPointer: "rsp",
  },
  "x86-32": {
    target: "x86-32",
    wordBytes: 4,
    triple: "i386-pc-linux-gnu",
    dataLayout: "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128",
    // x87 arithmetic would round twice and break "one program, one answer".
    clangFlags: ["-m32", "-march=pentium4", "-mfpmath=sse"],
    functionAttributes: '"target-cpu"="pentium4" "tune-cpu"="generic"',
    stackPointer: "esp",
  },
};

/** The integer type of a machine word. */
export function wordType(target: TargetInfo): "i32" | "i64" {
  return target.wordBytes === 8 ? "i64" : "i32";
}

/** Type of a value in a register; "void" for Void. */
export function valueType(type: LowType, target: TargetInfo): string {
  if (type instanceof Ptr) return "ptr";
  if (!(type instanceof Primitive)) throw new Error(`no value has type ${type.toText()}`);
  switch (type.kind) {
    case "bool":
      return "i1";
    case "char":
      return "i16";
    case "float":
      return type.bits === 32 ? "float" : "double";
    case "address":
      return "ptr";
    case "void":
      return "void";
    default:
      return type.bits === 0 ? wordType(target) : `i${type.bits}`;
  }
}

/** Type of the same value in memory. */
export function memoryType(type: LowType, target: TargetInfo): string {
  const register = valueType(type, target);
  return register === "i1" ? "i8" : register;
}

export function isVoid(type: LowType | null): boolean {
  return type instanceof Primitive && type.kind === "void";
}

/** Bits of an integer, char or bool type. */
export function bitsOf(type: LowType, target: TargetInfo): number {
  if (type instanceof Primitive && type.bits > 0) return type.bits;
  return target.wordBytes * 8;
}

/** Attributes that C's calling convention wants on a narrow argument or result. */
export function cExtension(type: LowType): string {
  if (!(type instanceof Primitive)) return "";
  if (type.kind === "bool" || type.kind === "char") return "zeroext ";
  if (type.kind !== "integer" || type.bits === 0 || type.bits >= 32) return "";
  return type.signed ? "signext " : "zeroext ";
}

/** Arguments that exist at run time, as LLVM types. */
export function argumentTypes(type: FuncType, target: TargetInfo): string[] {
  return type.args.filter((arg) => !isVoid(arg)).map((arg) => valueType(arg, target));
}

/** What a pointer type points to. */
export function targetOf(type: LowType): PtrTarget {
  if (!(type instanceof Ptr)) throw new Error(`${type.toText()} is not a pointer type`);
  return type.to;
}

/** The item type of an array or variable-sized struct. */
export function itemType(target: PtrTarget): LowType {
  if (target instanceof LowArray) return target.item;
  if (target instanceof Struct && target.varItem !== null) return target.varItem;
  throw new Error(`${target instanceof Opaque ? target.name : target.toText()} has no items`);
}
