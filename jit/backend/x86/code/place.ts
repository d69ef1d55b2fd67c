// Puts a block into its memory: code, then data, then the table of references, which the collector finds through a chain
// that starts in the JIT's area.
import { AREA_TABLES } from "../../../../gc/collectors/machinecode.ts";
import { type Address, addressOf, addressOfGcRef, NULL_ADDRESS } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";
import type { Assembler } from "../assembler/assembler.ts";
import type { CodeMemory } from "./memory.ts";

function rounded(bytes: int): int {
  return (bytes + 7) & -8;
}

/** Places what the assembler has made as its block's code; its offsets become addresses. */
export function placeBlock(a: Assembler, memory: CodeMemory): void {
  const { block } = a;
  const word = a.machine.wordBytes;
  const code = a.e.code.length;
  const data = rounded(code);
  const table = rounded(data + a.data.length);
  const references = a.data.references.length;
  const bytes = table + (references > 0 ? (2 + references) * word : 0);
  const start = memory.allocate(bytes);
  const base = start.toInt();
  fixAbsolute(a, a.dataFixups, base + data);
  fixAbsolute(a, a.referenceFixups, base + table + 2 * word);
  for (let i = 0; i < a.callFixups.length; i++) {
    const at = a.callFixups[i] as int;
    a.e.code.patch32(at - 4, (a.callTargets[i] as int) - (base + at));
  }
  memory.open(start, bytes);
  a.e.code.copyTo(start);
  a.data.copyTo(start.add(data));
  memory.close(start, bytes);
  block.start = start;
  block.codeBytes = code;
  block.bytes = bytes;
  if (references > 0) {
    block.table = start.add(table);
    linkTable(a, block.table, references, word);
  }
  moveOffsets(a, base);
}

function fixAbsolute(a: Assembler, fixups: readonly int[], base: int): void {
  const { code } = a.e;
  for (const at of fixups) code.patch32(at - 4, code.int32At(at - 4) + base);
}

function linkTable(a: Assembler, table: Address, count: int, word: int): void {
  const head = addressOf(a.runtime.areaEntry(AREA_TABLES));
  table.storeAddress(0, head.loadAddress(0));
  table.storeWord(word, count);
  for (let i = 0; i < count; i++) {
    const ref = a.data.references[i];
    table.storeAddress((2 + i) * word, ref === undefined || ref === null ? NULL_ADDRESS : addressOfGcRef(ref));
  }
  head.storeAddress(0, table);
}

/** Takes a table out of the chain. */
export function unlinkTable(area: Address, table: Address): void {
  let link = area;
  while (!link.loadAddress(0).isNull()) {
    const next = link.loadAddress(0);
    if (next.equals(table)) {
      link.storeAddress(0, next.loadAddress(0));
      return;
    }
    link = next;
  }
}

function moveOffsets(a: Assembler, base: int): void {
  const { block } = a;
  for (const entry of block.entries) entry.address += base;
  for (const exit of block.exits) {
    exit.stub += base;
    if (exit.patchable >= 0) exit.patchable += base;
    for (let i = 0; i < exit.jumps.length; i++) exit.jumps[i] = (exit.jumps[i] as int) + base;
  }
}

/** Makes the 32-bit displacement that ends at an address lead to another. */
export function patchJump(memory: CodeMemory, end: int, target: int): void {
  const at = addressOf(end - 4);
  memory.open(at, 4);
  at.storeInt32(0, target - end);
  memory.close(at, 4);
}

/** Writes a jump of five bytes over what is at an address. */
export function writeJump(memory: CodeMemory, from: int, target: int): void {
  const at = addressOf(from);
  memory.open(at, 5);
  at.storeUInt8(0, 0xe9);
  at.storeInt32(1, target - (from + 5));
  memory.close(at, 5);
}
