/**
 * The struct of execution state: one fixed layout, one global symbol `rts_vm`. Compiled code, collectors, the JIT's
 * machine code and the C runtime read and write it; the C header is generated from this list.
 *
 * Every field is one machine word, so the offset of a field is its place in the list times the word size, and adding
 * one at the end moves nothing. A thread switch saves and restores the whole struct.
 */

export interface VmField {
  readonly name: string;
  /** How C sees it. */
  readonly ctype: "void *" | "intptr_t" | "char *";
  readonly doc: string;
}

const field = (name: string, ctype: VmField["ctype"], doc: string): VmField => ({ name, ctype, doc });

export const VM_FIELDS = [
  field("exception", "void *", "the exception in flight, or null"),
  field("flag", "intptr_t", "flag of the nullable scalar that the last call returned"),
  field("nurseryFree", "char *", "next free byte of the nursery"),
  field("nurseryTop", "char *", "end of the part of the nursery that may be used without asking"),
  field("shadowTop", "char *", "next free slot of the shadow stack of GC pointers, which grows upward"),
  field("shadowBase", "char *", "first slot of the shadow stack"),
  field("shadowLimit", "char *", "end of the shadow stack"),
  field("stackLimit", "char *", "lowest stack pointer at which stack_check lets a function go on"),
  field("stackBase", "char *", "stack pointer near the bottom of the stack, at the start of the program"),
  field(
    "pending",
    "intptr_t",
    "signals that arrived and were not taken: bit n - 1 is signal n; also asks for a collection point",
  ),
  field("tracePosition", "intptr_t", "number of positions ever recorded in the trace ring"),
  field("identityCounter", "intptr_t", "source of identity hashes for collectors that number objects"),
  field("nurseryBase", "char *", "first byte of the nursery"),
  field("collector", "char *", "where the collector keeps its own state, or null"),
  field("jit", "char *", "where the JIT's run-time part keeps its own state, or null"),
  field("caught", "void *", "the exception caught last, only compared: raising it again continues its trace"),
  field("caughtPosition", "intptr_t", "tracePosition when it was caught"),
] as const satisfies readonly VmField[];

export type VmFieldName = (typeof VM_FIELDS)[number]["name"];

const indices = new Map<string, number>(VM_FIELDS.map((f, i) => [f.name, i]));

/** Symbol of the struct. */
export const VM_SYMBOL = "rts_vm";

/** Byte offset of a field. */
export function vmOffset(name: VmFieldName, wordBytes: 4 | 8): number {
  const index = indices.get(name);
  if (index === undefined) throw new Error(`the Vm struct has no field ${name}`);
  return index * wordBytes;
}

/** Bytes of the whole struct. */
export function vmSize(wordBytes: 4 | 8): number {
  return VM_FIELDS.length * wordBytes;
}

/** The C declaration of the struct, for the runtime. */
export function vmHeader(): string {
  const lines = VM_FIELDS.map((f) => `  ${f.ctype}${f.ctype.endsWith("*") ? "" : " "}${f.name}; /* ${f.doc} */`);
  return [
    "/* Generated from rtyper/lltype/vm.ts. */",
    "#pragma once",
    "#include <stdint.h>",
    "typedef struct {",
    ...lines,
    "} rts_vm_t;",
    `extern rts_vm_t ${VM_SYMBOL};`,
    "",
  ].join("\n");
}
