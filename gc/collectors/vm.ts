// The collectors' view of the Vm struct (`rtyper/lltype/vm.ts` defines its fields; the word indices here are asserted
// equal to it by a test).
import { type Address, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

export const VM_EXCEPTION = 0;
export const VM_NURSERY_FREE = 2;
export const VM_NURSERY_TOP = 3;
export const VM_SHADOW_TOP = 4;
export const VM_SHADOW_BASE = 5;
export const VM_CAUGHT = 15;

function load(index: int): Address {
  return symbolAddress("rts_vm").loadAddress(index * wordBytes());
}

function store(index: int, value: Address): void {
  symbolAddress("rts_vm").storeAddress(index * wordBytes(), value);
}

export function nurseryFree(): Address {
  return load(VM_NURSERY_FREE);
}

/** Sets the free part of the nursery. */
export function setNursery(free: Address, top: Address): void {
  store(VM_NURSERY_FREE, free);
  store(VM_NURSERY_TOP, top);
}

export function shadowBase(): Address {
  return load(VM_SHADOW_BASE);
}

export function shadowTop(): Address {
  return load(VM_SHADOW_TOP);
}

export function setShadowTop(top: Address): void {
  store(VM_SHADOW_TOP, top);
}

/** The exception in flight, a root. */
export function exception(): Address {
  return load(VM_EXCEPTION);
}

export function setException(value: Address): void {
  store(VM_EXCEPTION, value);
}

/** Where the exception in flight stands. */
export function exceptionSlot(): Address {
  return symbolAddress("rts_vm").add(VM_EXCEPTION * wordBytes());
}

/** Where the exception caught last stands: only compared, so it keeps nothing alive. */
export function caughtSlot(): Address {
  return symbolAddress("rts_vm").add(VM_CAUGHT * wordBytes());
}
