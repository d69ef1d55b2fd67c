// Who is where: registers and slots of the frame, while the allocator walks the trace.
//
// A value has a register, a slot, both (the slot is then a valid copy), or nothing once it is dead. Values never change,
// so a copy in a slot stays valid until the slot is given away; a collection updates slots only, so the copies in
// registers are dropped there.
import type { int } from "../../../../rlib/types.ts";
import { KIND_FLOAT } from "../../../format/traceops.ts";
import type { Box } from "../../../format/values.ts";
import { FIRST_SLOT, NOWHERE, XMM } from "../encoder/registers.ts";
import { lowestBit, type Machine } from "../machine.ts";

export const NOBODY = -1;

export class Places {
  readonly #machine: Machine;
  /** By value: its register, or NOWHERE. */
  readonly register: int[];
  /** By value: its slot, or NOWHERE. */
  readonly slot: int[];
  /** By register location: the value in it, or NOBODY. */
  readonly owner: int[];
  /** By slot number: the value in it, or NOBODY. */
  readonly slotOwner: int[];
  /** Free registers, as masks. */
  #freeGeneral: int;
  #freeXmm: int;
  /** Most slots ever in use: the frame needs as many. */
  slots: int;

  constructor(machine: Machine, values: readonly Box[], slots: int) {
    this.#machine = machine;
    this.register = [];
    this.slot = [];
    for (let i = 0; i < values.length; i++) {
      this.register.push(NOWHERE);
      this.slot.push(NOWHERE);
    }
    this.owner = [];
    for (let i = 0; i < FIRST_SLOT; i++) this.owner.push(NOBODY);
    this.slotOwner = [];
    for (let i = 0; i < slots; i++) this.slotOwner.push(NOBODY);
    this.#freeGeneral = machine.general;
    this.#freeXmm = machine.xmm;
    this.slots = slots;
  }

  /** Where a value can be read: its register if it has one. */
  of(n: int): int {
    const register = this.register[n] as int;
    return register !== NOWHERE ? register : (this.slot[n] as int);
  }

  /** Free registers of a kind, as a mask of its file. */
  freeMask(kind: int): int {
    return kind === KIND_FLOAT ? this.#freeXmm : this.#freeGeneral;
  }

  isFree(register: int): boolean {
    const mask = register >= XMM ? this.#freeXmm >> (register - XMM) : this.#freeGeneral >> register;
    return (mask & 1) !== 0;
  }

  /** Takes a free register out of the pool. */
  take(register: int): void {
    if (register >= XMM) this.#freeXmm &= ~(1 << (register - XMM));
    else this.#freeGeneral &= ~(1 << register);
  }

  /** Puts a register back that no value is in. */
  give(register: int): void {
    if (register >= XMM) this.#freeXmm |= 1 << (register - XMM);
    else this.#freeGeneral |= 1 << register;
  }

  /** A value is now in a register, which is free or was taken. */
  bind(n: int, register: int): void {
    this.take(register);
    this.register[n] = register;
    this.owner[register] = n;
  }

  /** A value is no longer in its register. */
  unbind(n: int): void {
    const register = this.register[n] as int;
    this.register[n] = NOWHERE;
    this.owner[register] = NOBODY;
    this.give(register);
  }

  /** A value moves to another register, which is free or was taken. */
  rebind(n: int, register: int): void {
    this.unbind(n);
    this.bind(n, register);
  }

  /** A slot for a value: the wanted one if it is free. */
  takeSlot(n: int, wanted: int): int {
    let at = wanted >= FIRST_SLOT ? wanted - FIRST_SLOT : NOBODY;
    if (at < 0 || (at < this.slotOwner.length && this.slotOwner[at] !== NOBODY)) at = this.#freeSlot();
    this.bindSlot(n, at + FIRST_SLOT);
    return at + FIRST_SLOT;
  }

  #freeSlot(): int {
    for (let i = 0; i < this.slotOwner.length; i++) if (this.slotOwner[i] === NOBODY) return i;
    return this.slotOwner.length;
  }

  /** A value is in a slot that is free. */
  bindSlot(n: int, location: int): void {
    const at = location - FIRST_SLOT;
    while (this.slotOwner.length <= at) this.slotOwner.push(NOBODY);
    if (this.slotOwner.length > this.slots) this.slots = this.slotOwner.length;
    this.slotOwner[at] = n;
    this.slot[n] = location;
  }

  unbindSlot(n: int): void {
    this.slotOwner[(this.slot[n] as int) - FIRST_SLOT] = NOBODY;
    this.slot[n] = NOWHERE;
  }

  /** A value is dead. */
  free(n: int): void {
    if (this.register[n] !== NOWHERE) this.unbind(n);
    if (this.slot[n] !== NOWHERE) this.unbindSlot(n);
  }

  /** A free register of a mask, preferring those of `preferred`; NOWHERE if none is free. */
  findFree(kind: int, mask: int, preferred: int): int {
    const free = this.freeMask(kind) & mask;
    if (free === 0) return NOWHERE;
    const best = (free & preferred) !== 0 ? free & preferred : free;
    return lowestBit(best) + (kind === KIND_FLOAT ? XMM : 0);
  }

  /** Registers of a kind that values may live in. */
  allMask(kind: int): int {
    return kind === KIND_FLOAT ? this.#machine.xmm : this.#machine.general;
  }
}
