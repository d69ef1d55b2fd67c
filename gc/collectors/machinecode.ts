// Roots in machine code that was made at run time: its frames on the machine stack, the references that its code blocks
// contain, and what a guard that failed has left for the interpreter.
//
// A frame has pushed one tagged entry on the shadow stack, the frame's address plus 1. Its first word is the address of
// the map that is valid now: a count of 32 bits, then as many signed distances from the frame to slots that hold a
// reference. The rest hangs on the area of the JIT (`rts_jit_area`, words of 8 bytes): a chain of tables of references,
// each one word for the next table, one for the number of references, then the references; and the dead values.
//
// Everything here only reads memory of the JIT; a program without a JIT has an area of zeros.
import { specialize } from "../../rlib/index.ts";
import { type Address, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import type { Visit } from "./objects.ts";

/** Words from the frame's address: the current map, and a slot that always holds a reference or null. */
export const FRAME_GCMAP = 0;
export const FRAME_FORCED = 2;

/** Indices into the JIT's area. */
export const AREA_TABLES = 16;
export const AREA_DEAD_REFS = 17;
export const AREA_DEAD_COUNT = 18;
/** Single references. */
export const AREA_EXCEPTION = 3;
export const AREA_FORCED = 4;
export const AREA_PENDING = 19;

/** Bytes of an entry of the area. */
export const AREA_STEP = 8;

/** Is an entry of the shadow stack the tagged address of a frame? */
export function isFrameEntry(entry: Address): boolean {
  return (entry.toInt() & 1) !== 0;
}

/** Visits the slots of the frame that a tagged entry names. */
export const visitFrame = specialize.byValue(function visitFrame(entry: Address, visit: Visit): void {
  const frame = entry.add(-1);
  const map = frame.loadAddress(FRAME_GCMAP * wordBytes());
  visit(frame.add(FRAME_FORCED * wordBytes()));
  if (map.isNull()) return;
  const count = map.loadUInt32(0);
  for (let i = 1; i <= count; i++) visit(frame.add(map.loadInt32(4 * i)));
}, "visit");

function areaEntry(index: int): Address {
  return symbolAddress("rts_jit_area").add(index * AREA_STEP);
}

/** Visits the references of code blocks and what the last guard left. */
export const visitMachineCode = specialize.byValue(function visitMachineCode(visit: Visit): void {
  const word = wordBytes();
  let table = areaEntry(AREA_TABLES).loadAddress(0);
  while (!table.isNull()) {
    const count = table.loadWord(word);
    for (let i = 0; i < count; i++) visit(table.add((2 + i) * word));
    table = table.loadAddress(0);
  }
  visit(areaEntry(AREA_EXCEPTION));
  visit(areaEntry(AREA_FORCED));
  visit(areaEntry(AREA_PENDING));
  const dead = areaEntry(AREA_DEAD_REFS).loadAddress(0);
  const count = areaEntry(AREA_DEAD_COUNT).loadWord(0);
  for (let i = 0; i < count; i++) visit(dead.add(i * word));
}, "visit");
