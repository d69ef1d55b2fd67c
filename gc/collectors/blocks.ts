// Size-classed pages for objects that do not move. Chunks of 2 MB are cut into blocks of 64 KB; all cells of a block have
// one size. The place of a block follows from any address in it, so marks stand in the block and not in the objects:
//
//     block: [ next, size class, cell bytes, end of cells ][ marks: one bit for 2 words ][ cell ][ cell ] …
//
// Allocation bumps a pointer through a run of free cells. Where a run ends, the next one is looked for in the marks of the
// last full collection; so sweeping is lazy but for counting, dead objects are never touched, a block without a mark is
// free at once for any size, and freshly used blocks are one run.
//
// Invariant: marks are those of the last full collection; cells taken since then lie in runs that are not looked at again.
import { intAnd, intShr } from "../../rlib/bits.ts";
import { type Address, NULL_ADDRESS, rawClear, rawFree, wordBytes, wordDiv, wordMod } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { isWithin, poison, rawMallocAligned, rawMallocOrDie } from "./memory.ts";
import { AddressStack } from "./stack.ts";

const BLOCK_BYTES = 65536;
const CHUNK_BYTES = 2097152;
const HEADER_BYTES = 64;
/** Larger objects get memory of their own. */
export const LARGEST_CELL = 8192;

// Words of a block's header.
const NEXT = 0;
const CLASS = 1;
/** Bytes of a cell, the stored hash included; 0 when the block is free. */
const CELL = 2;
/** Distance from the block to the end of its last cell. */
const LIMIT = 3;

// Words of a size class's record.
/** The current run: next free cell, end. */
const RUN_FREE = 0;
const RUN_END = 1;
/** The block of the run, or null. */
const RUN_BLOCK = 2;
/** Further blocks with free cells, chained through NEXT. */
const PARTIAL = 3;
const CLASS_CELL = 4;
/** Words of a record, a power of two. */
const CLASS_WORDS = 8;

/** Classes: one for each number of words up to this, then eight for each doubling. */
const EXACT_WORDS = 32;

class BlockState {
  /** Records of the size classes. */
  classes: Address = NULL_ADDRESS;
  classCount: int = 0;
  /** For each size in words its class, one byte each. */
  classOfWords: Address = NULL_ADDRESS;
  /** Blocks that hold nothing, chained through NEXT. */
  freeBlocks: Address = NULL_ADDRESS;
  freeCount: int = 0;
  /** Bytes of cells that lived at the last sweep, and of runs begun since. */
  usedBytes: int = 0;
  poisons: boolean = false;
}

const state = new BlockState();
const chunks = new AddressStack();

function markBytes(): int {
  return wordBytes() === 8 ? 512 : 1024;
}

function firstCell(): int {
  return HEADER_BYTES + markBytes();
}

/** Called once. `poisons`: dead cells are overwritten when they are found. */
export function setupBlocks(poisons: boolean): void {
  const word = wordBytes();
  chunks.reset();
  state.freeBlocks = NULL_ADDRESS;
  state.freeCount = 0;
  state.usedBytes = 0;
  state.poisons = poisons;
  const words = intShr(LARGEST_CELL, word === 8 ? 3 : 2);
  state.classOfWords = rawMallocOrDie(words + 1);
  state.classes = rawMallocOrDie(128 * CLASS_WORDS * word);
  state.classCount = 0;
  let size = 2;
  let step = 1;
  let from = 0;
  while (from <= words) {
    for (let i = from; i <= size; i++) state.classOfWords.storeUInt8(i, state.classCount);
    from = size + 1;
    classAt(state.classCount).storeWord(CLASS_CELL * word, size * word);
    state.classCount += 1;
    if (size >= EXACT_WORDS && intAnd(size, size - 1) === 0) step = intShr(size, 3);
    size += step;
  }
}

function classAt(index: int): Address {
  return state.classes.add(index * CLASS_WORDS * wordBytes());
}

/** Bytes held from the system. */
export function blockBytesHeld(): int {
  return intShr(chunks.bytes, wordBytes() === 8 ? 3 : 2) * CHUNK_BYTES;
}

/** Bytes of live cells at the last sweep and of everything allocated since, free rests of runs included. */
export function blockBytesUsed(): int {
  return state.usedBytes;
}

/** An uncleared cell for an object of `bytes`, at most LARGEST_CELL; null when the system has no more memory. */
export function allocateCell(bytes: int): Address {
  const word = wordBytes();
  const index = state.classOfWords.loadUInt8(intShr(bytes, word === 8 ? 3 : 2));
  const record = classAt(index);
  const cell = record.loadAddress(RUN_FREE * word);
  if (cell.equals(record.loadAddress(RUN_END * word))) return allocateFromNextRun(record, index);
  record.storeAddress(RUN_FREE * word, cell.add(record.loadWord(CLASS_CELL * word)));
  return cell;
}

function allocateFromNextRun(record: Address, index: int): Address {
  const word = wordBytes();
  if (!findNextRun(record) && !takeFreshBlock(record, index)) return NULL_ADDRESS;
  const cell = record.loadAddress(RUN_FREE * word);
  const end = record.loadAddress(RUN_END * word);
  state.usedBytes += end.diff(cell);
  record.storeAddress(RUN_FREE * word, cell.add(record.loadWord(CLASS_CELL * word)));
  return cell;
}

/** Makes the next run of free cells current, in the current block behind the last run or in the partly used blocks. */
function findNextRun(record: Address): boolean {
  const word = wordBytes();
  let block = record.loadAddress(RUN_BLOCK * word);
  let from = record.loadAddress(RUN_END * word);
  for (;;) {
    if (!block.isNull() && findRunIn(record, block, from)) return true;
    block = record.loadAddress(PARTIAL * word);
    record.storeAddress(RUN_BLOCK * word, block);
    if (block.isNull()) return false;
    record.storeAddress(PARTIAL * word, block.loadAddress(NEXT * word));
    from = block.add(firstCell());
  }
}

function findRunIn(record: Address, block: Address, from: Address): boolean {
  const word = wordBytes();
  const cell = block.loadWord(CELL * word);
  const limit = block.add(block.loadWord(LIMIT * word));
  let start = from;
  while (start.below(limit) && isMarked(start)) start = start.add(cell);
  if (!start.below(limit)) return false;
  let end = start.add(cell);
  while (end.below(limit) && !isMarked(end)) end = end.add(cell);
  record.storeAddress(RUN_FREE * word, start);
  record.storeAddress(RUN_END * word, end);
  return true;
}

/** Makes a block that holds nothing the current run. */
function takeFreshBlock(record: Address, index: int): boolean {
  const word = wordBytes();
  if (state.freeBlocks.isNull() && !addChunk()) return false;
  const block = state.freeBlocks;
  state.freeBlocks = block.loadAddress(NEXT * word);
  state.freeCount -= 1;
  const cell = record.loadWord(CLASS_CELL * word);
  const limit = firstCell() + wordDiv(BLOCK_BYTES - firstCell(), cell) * cell;
  block.storeWord(CLASS * word, index);
  block.storeWord(CELL * word, cell);
  block.storeWord(LIMIT * word, limit);
  rawClear(block.add(HEADER_BYTES), markBytes());
  record.storeAddress(RUN_BLOCK * word, block);
  record.storeAddress(RUN_FREE * word, block.add(firstCell()));
  record.storeAddress(RUN_END * word, block.add(limit));
  return true;
}

function addChunk(): boolean {
  const chunk = rawMallocAligned(CHUNK_BYTES, CHUNK_BYTES);
  if (chunk.isNull()) return false;
  chunks.push(chunk);
  for (let at = CHUNK_BYTES - BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) addFree(chunk.add(at));
  return true;
}

function addFree(block: Address): void {
  const word = wordBytes();
  block.storeAddress(NEXT * word, state.freeBlocks);
  block.storeWord(CELL * word, 0);
  state.freeBlocks = block;
  state.freeCount += 1;
}

function blockOf(p: Address): Address {
  return p.add(-intAnd(p.toInt(), BLOCK_BYTES - 1));
}

/** Number of the mark bit of an address within its block. */
function markIndex(p: Address): int {
  return intShr(intAnd(p.toInt(), BLOCK_BYTES - 1), wordBytes() === 8 ? 4 : 3);
}

function isMarked(cell: Address): boolean {
  const index = markIndex(cell);
  return (blockOf(cell).loadUInt8(HEADER_BYTES + (index >> 3)) & (1 << (index & 7))) !== 0;
}

/** Whether a full collection that is going on, or the last one, reached the object in this cell. */
export function isCellMarked(cell: Address): boolean {
  return isMarked(cell);
}

/** Marks a cell; false if it was marked already. */
export function markCell(cell: Address): boolean {
  const index = markIndex(cell);
  const at = blockOf(cell).add(HEADER_BYTES + (index >> 3));
  const bit = 1 << (index & 7);
  const bits = at.loadUInt8(0);
  if ((bits & bit) !== 0) return false;
  at.storeUInt8(0, bits | bit);
  return true;
}

/** Begins a full collection: nothing is marked, and no run is current. */
export function clearMarks(): void {
  forgetRuns();
  const word = wordBytes();
  for (let i = 0; i < chunks.bytes; i += word) {
    const chunk = chunks.base.loadAddress(i);
    for (let at = 0; at < CHUNK_BYTES; at += BLOCK_BYTES) {
      const block = chunk.add(at);
      if (block.loadWord(CELL * word) !== 0) rawClear(block.add(HEADER_BYTES), markBytes());
    }
  }
}

function forgetRuns(): void {
  const word = wordBytes();
  for (let index = 0; index < state.classCount; index++) {
    const record = classAt(index);
    record.storeAddress(RUN_FREE * word, NULL_ADDRESS);
    record.storeAddress(RUN_END * word, NULL_ADDRESS);
    record.storeAddress(RUN_BLOCK * word, NULL_ADDRESS);
    record.storeAddress(PARTIAL * word, NULL_ADDRESS);
  }
}

/**
 * Ends a full collection: what is not marked is free. Chunks without live cells go back to the system as long as
 * the free blocks left can hold `spare` bytes for each 100 that live. Returns the live bytes.
 */
export function sweepBlocks(spare: int): int {
  const word = wordBytes();
  const count = chunks.bytes;
  state.freeBlocks = NULL_ADDRESS;
  state.freeCount = 0;
  state.usedBytes = 0;
  for (let i = 0; i < count; i += word) sweepChunk(chunks.base.loadAddress(i));
  const wanted = wordDiv(state.usedBytes, 100) * spare;
  if (state.freeCount * BLOCK_BYTES > wanted + CHUNK_BYTES) releaseChunks(wanted);
  return state.usedBytes;
}

function sweepChunk(chunk: Address): void {
  const word = wordBytes();
  for (let at = CHUNK_BYTES - BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) {
    const block = chunk.add(at);
    const cell = block.loadWord(CELL * word);
    if (cell === 0) addFree(block);
    else sweepBlock(block, cell);
  }
}

function sweepBlock(block: Address, cell: int): void {
  const word = wordBytes();
  const live = countMarks(block) * cell;
  if (state.poisons) poisonDead(block, cell);
  if (live === 0) {
    addFree(block);
    return;
  }
  state.usedBytes += live;
  if (live === block.loadWord(LIMIT * word) - firstCell()) return;
  const record = classAt(block.loadWord(CLASS * word));
  block.storeAddress(NEXT * word, record.loadAddress(PARTIAL * word));
  record.storeAddress(PARTIAL * word, block);
}

function countMarks(block: Address): int {
  const marks = block.add(HEADER_BYTES);
  const bytes = markBytes();
  let count = 0;
  for (let i = 0; i < bytes; i += 4) {
    let bits = marks.loadInt32(i);
    if (bits === 0) continue;
    bits = bits - ((bits >> 1) & 0x55555555);
    bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f;
    count += (Math.imul(bits, 0x01010101) >> 24) & 0xff;
  }
  return count;
}

function poisonDead(block: Address, cell: int): void {
  const limit = block.add(block.loadWord(LIMIT * wordBytes()));
  for (let at = block.add(firstCell()); at.below(limit); at = at.add(cell)) if (!isMarked(at)) poison(at, cell);
}

/** Gives chunks that hold nothing back, as long as `wanted` bytes of free blocks remain. */
function releaseChunks(wanted: int): void {
  const word = wordBytes();
  const slots = chunks.base;
  let freeBytes = state.freeCount * BLOCK_BYTES;
  let kept = 0;
  state.freeBlocks = NULL_ADDRESS;
  state.freeCount = 0;
  for (let i = 0; i < chunks.bytes; i += word) {
    const chunk = slots.loadAddress(i);
    if (freeBytes - CHUNK_BYTES >= wanted && isChunkFree(chunk)) {
      freeBytes -= CHUNK_BYTES;
      rawFree(chunk, CHUNK_BYTES);
      continue;
    }
    slots.storeAddress(kept, chunk);
    kept += word;
    for (let at = CHUNK_BYTES - BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) {
      const block = chunk.add(at);
      if (block.loadWord(CELL * word) === 0) addFree(block);
    }
  }
  chunks.cut(kept);
}

function isChunkFree(chunk: Address): boolean {
  for (let at = 0; at < CHUNK_BYTES; at += BLOCK_BYTES)
    if (chunk.add(at).loadWord(CELL * wordBytes()) !== 0) return false;
  return true;
}

/** Whether a cell begins at this address. For the verifier: it looks at all chunks. */
export function isCell(p: Address): boolean {
  const word = wordBytes();
  for (let i = 0; i < chunks.bytes; i += word) {
    if (!isWithin(p, chunks.base.loadAddress(i), CHUNK_BYTES)) continue;
    const block = blockOf(p);
    const cell = block.loadWord(CELL * word);
    const offset = p.diff(block) - firstCell();
    return cell !== 0 && offset >= 0 && offset < block.loadWord(LIMIT * word) && wordMod(offset, cell) === 0;
  }
  return false;
}
