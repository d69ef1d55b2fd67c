// The frame of compiled code on the machine stack, as seen from rbp.
//
//     caller's frame
//     return address
//     preserved registers, rbp first
//     general registers   \  where slow paths and guards that fail put all registers
//     xmm registers       /
//     BLOCK  FORCED  FORCE  GCMAP        <- rbp
//     slot 0, slot 1, ...                eight bytes each, downward
//     outgoing arguments                 <- rsp, a multiple of 16
//
// rbp stands between header and slots so that the slots used most are reached with one byte of displacement. The slots of
// a loop and of its bridges are the same frame: a bridge that needs more only lowers rsp. A tagged entry of the shadow
// stack (rbp + 1) tells the collector of the frame; the collector's side is `gc/collectors/machinecode.ts`.
import { FRAME_FORCED, FRAME_GCMAP } from "../../../gc/collectors/machinecode.ts";
import type { int } from "../../../rlib/types.ts";
import { FIRST_SLOT, RBX, RDI, RSI, XMM } from "./encoder/registers.ts";
import { type Machine, OUTGOING } from "./machine.ts";

export class Frame {
  readonly #machine: Machine;
  /** Offsets from rbp, in bytes. */
  readonly gcMap: int;
  /** Number of the exit of the guard_not_forced behind the running call; negative once the frame was forced. */
  readonly force: int;
  /** What `setForced` left. */
  readonly forced: int;
  /** Number of the code block through which the frame was entered. */
  readonly block: int;
  /** Where rax and xmm0 are saved; the others follow. */
  readonly savedGeneral: int;
  readonly savedXmm: int;
  /** Bytes from rbp to the preserved registers. */
  readonly header: int;
  /** Registers that the prologue pushes after rbp, in order. */
  readonly pushed: readonly int[];

  constructor(machine: Machine) {
    this.#machine = machine;
    const word = machine.wordBytes;
    this.gcMap = FRAME_GCMAP * word;
    this.force = word;
    this.forced = FRAME_FORCED * word;
    this.block = 3 * word;
    this.savedGeneral = 4 * word;
    this.savedXmm = this.savedGeneral + (machine.wide ? 16 : 8) * word;
    // With the return address and what is pushed, rbp is a multiple of 16.
    this.header = this.savedXmm + (machine.wide ? 16 * 8 + 8 : 8 * 8 + 12);
    this.pushed = machine.wide ? [RBX, 12, 13, 14, 15] : [RBX, RSI, RDI];
  }

  /** Offset of a slot from rbp. */
  slot(location: int): int {
    return -8 * (location - FIRST_SLOT + 1);
  }

  /** Offset from rbp of where a register is saved. */
  saved(register: int): int {
    if (register >= XMM) return this.savedXmm + 8 * (register - XMM);
    return this.savedGeneral + this.#machine.wordBytes * register;
  }

  /** Where a value is in a frame whose registers are saved: offset from rbp of a register's or slot's place. */
  offsetOf(location: int): int {
    return location >= FIRST_SLOT ? this.slot(location) : this.saved(location);
  }

  /** Offset from rsp of a word of outgoing arguments. */
  outgoing(location: int): int {
    return (OUTGOING - location) * this.#machine.wordBytes;
  }

  /** Offset from rbp of the first stack argument that the frame's function was called with. */
  get incoming(): int {
    return this.header + (this.pushed.length + 2) * this.#machine.wordBytes;
  }

  /** Bytes between rbp and rsp for so many slots and outgoing bytes. */
  depth(slots: int, outgoing: int): int {
    return (8 * slots + outgoing + 15) & -16;
  }
}
