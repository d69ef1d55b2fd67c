// The register allocator under random traces: the checker follows every value through what the allocator says.
import { describe, expect, test } from "vitest";
import { Machine } from "../../../jit/backend/x86/machine.ts";
import { allocateBridge, allocateLoop } from "../../../jit/backend/x86/regalloc/allocate.ts";
import type { Instruction, LabelPlace } from "../../../jit/backend/x86/regalloc/sink.ts";
import type { Descr, GuardDescr } from "../../../jit/format/descr.ts";
import { printTrace } from "../../../jit/format/print.ts";
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { AllocationChecker } from "./checker.ts";
import { Generator } from "./native/generator.ts";
import { Callee, Places, type RoleDescr, World } from "./native/world.ts";

const TRACES = Number(process.env.RTS_FUZZ_ROUNDS ?? 120);

function worldOf(wordBits: number): World {
  const world = new World(wordBits, new Places());
  const roles = ["iii", "if", "nif", "iiiiiiiii", "ffff", "n", "ififififif", "nnn"];
  for (const [i, r] of roles.entries()) {
    world.callees.push(new Callee(4096 + i, r, "ifn"[i % 3] as string, i % 2 === 0, i % 4 === 3));
  }
  for (let i = 0; i < 4; i++) world.constants.push({ name: `k${i}` } as unknown as GcRef);
  return world;
}

/** Records where the exits' values are, to start bridges there. */
class Recorder extends AllocationChecker {
  readonly exits: { descr: GuardDescr; locations: number[] }[] = [];

  override emit(instruction: Instruction): void {
    super.emit(instruction);
    const { guard } = instruction;
    if (guard !== null) this.exits.push({ descr: guard.descr as GuardDescr, locations: [...instruction.exits] });
  }
}

describe.each([64, 32])("%i bits", (bits) => {
  test("every operand is where the allocator says, in loops and bridges", () => {
    const machine = new Machine(bits === 64);
    const world = worldOf(bits);
    let instructions = 0;
    let moves = 0;
    for (let seed = 1; seed <= TRACES; seed++) {
      const generator = new Generator(world, seed);
      const loop = generator.loop("loop");
      const places = new Map<Descr, LabelPlace>();
      const checker = new Recorder(machine, loop.trace, places);
      checker.setLoop(loop.token);
      const say = (error: unknown, trace: typeof loop.trace): never => {
        throw new Error(`seed ${seed}: ${(error as Error).message}\n${printTrace(trace)}`);
      };
      let slots = 0;
      try {
        slots = allocateLoop(machine, checker, loop.trace);
      } catch (error) {
        say(error, loop.trace);
      }
      instructions += checker.instructions;
      moves += checker.moves;
      for (const exit of checker.exits.slice(0, 3)) {
        const bridge = generator.bridge(exit.descr as RoleDescr, loop);
        const inner = new Recorder(machine, bridge, places);
        const guard = loop.trace.ops.find((op) => op.descr === exit.descr);
        const locations = exit.locations.map((at, i) =>
          at < 0 ? inner.constant((guard?.failArgs ?? [])[i] as never) : at,
        );
        inner.assume(bridge.inputs, locations);
        try {
          allocateBridge(machine, inner, bridge, locations, slots);
        } catch (error) {
          say(error, bridge);
        }
        instructions += inner.instructions;
        moves += inner.moves;
      }
    }
    expect(instructions).toBeGreaterThan(20 * TRACES);
    // Moves (spills among them) stay few beside instructions.
    expect(moves / instructions).toBeLessThan(bits === 64 ? 1 : 2);
  });
});
