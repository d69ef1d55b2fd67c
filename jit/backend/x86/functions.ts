// What compiled code calls in the run-time part: allocation, barriers, and what leaves a frame. These functions have
// addresses; the native Cpu gives those to the assembler.
import { objectSize, TYPE_LENGTH_OFFSET, TYPE_TABLE_SYMBOL, typeEntry } from "../../../gc/typetable.ts";
import {
  type Address,
  arrayBarrier,
  fatalError,
  functionAddress,
  type GcRef,
  symbolAddress,
  takeItems,
  takeObject,
  takeRoom,
  writeBarrier,
} from "../../../rlib/lowlevel.ts";
import type { int } from "../../../rlib/types.ts";
import { STOP_CAST, STOP_INDEX, STOP_MEMORY, STOP_NULL } from "./assembler/guards.ts";
import { copyStringUnits } from "./memory.ts";
import type { Runtime } from "./runtime.ts";

function present(at: Address): Address {
  if (at.isNull()) fatalError("out of memory");
  return at;
}

function room(bytes: int): Address {
  return present(takeRoom(bytes));
}

function object(typeId: int, bytes: int): Address {
  return present(takeObject(typeId, bytes));
}

function items(typeId: int, n: int): Address {
  const entry = typeEntry(symbolAddress(TYPE_TABLE_SYMBOL), typeId);
  if (n < 0) fatalError("an array of negative length in compiled code");
  return present(takeItems(typeId, objectSize(entry, n), n, entry.loadUInt32(TYPE_LENGTH_OFFSET)));
}

function barrier(o: GcRef | null): void {
  if (o !== null) writeBarrier(o);
}

function itemBarrier(o: GcRef | null, index: int): void {
  if (o !== null) arrayBarrier(o, index);
}

function stop(which: int): void {
  if (which === STOP_INDEX) fatalError("index out of range");
  else if (which === STOP_NULL) fatalError("null used as an object");
  else if (which === STOP_CAST) fatalError("wrong cast");
  else if (which === STOP_MEMORY) fatalError("out of memory");
  else fatalError("a check failed in compiled code");
}

/** Tells compiled code where these functions are. */
export function findFunctions(runtime: Runtime): void {
  runtime.room = functionAddress(room, "ia").toInt();
  runtime.allocateObject = functionAddress(object, "iia").toInt();
  runtime.allocateItems = functionAddress(items, "iia").toInt();
  runtime.barrier = functionAddress(barrier, "rn").toInt();
  runtime.arrayBarrier = functionAddress(itemBarrier, "rin").toInt();
  runtime.stop = functionAddress(stop, "in").toInt();
  runtime.copyUnits = functionAddress(copyStringUnits, "rriiin").toInt();
}
