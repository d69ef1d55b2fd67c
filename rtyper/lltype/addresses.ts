/**
 * Numbers that stand on Node for raw objects where code wants a machine word: function addresses, vtables and raw
 * structs, as jitcodes and traces see them (natively they are the addresses the linker gives).
 *
 * Each object gets a range of its own, so that an offset can be added to its number and taken off again. 0 is null.
 */
import { LowAddress, type LowContainer } from "./memory.ts";

/** Room between two objects' numbers: no raw object is larger. */
const RANGE = 2 ** 20;

const numbers = new WeakMap<object, number>();
const objects: LowContainer[] = [];

/** The number of a raw object, the same each time; 0 for null. */
export function addressNumber(object: LowContainer | null): number {
  if (object === null) return 0;
  let found = numbers.get(object);
  if (found === undefined) {
    objects.push(object);
    found = objects.length * RANGE;
    numbers.set(object, found);
  }
  return found;
}

/** The object that a number stands for; null for 0. */
export function objectAtNumber(number: number): LowContainer | null {
  if (number === 0) return null;
  const object = objects[Math.floor(number / RANGE) - 1];
  if (object === undefined) throw new Error(`${number} is the address of no raw object`);
  return object;
}

/** An address on the simulated heap as a number. */
export function numberOfAddress(address: LowAddress): number {
  return addressNumber(address.base) + Number(address.offset);
}

/** The address that a number stands for. */
export function addressOfNumber(number: number): LowAddress {
  if (number < RANGE) return new LowAddress(null, BigInt(number));
  return new LowAddress(objectAtNumber(number), BigInt(number % RANGE));
}
