// Runs random traces as machine code and by their meaning, and compares: `traces FIRST COUNT`. Prints the number of the
// first seed that differs, or how much was run.
import { parseInteger, type Target, type TargetOptions } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";
import { Arguments, type DeadFrame } from "../../../../jit/backend/cpu.ts";
import { NativeCpu } from "../../../../jit/backend/x86/cpu.ts";
import { GuardDescr } from "../../../../jit/format/descr.ts";
import { printTrace } from "../../../../jit/format/print.ts";
import { KIND_FLOAT, KIND_INT } from "../../../../jit/format/traceops.ts";
import { sameFloat, type Trace } from "../../../../jit/format/values.ts";
import type { GcRef } from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";
import { makeWorld, resetConstants } from "./classes.ts";
import { Generator, LENGTH, Rng, type TestLoop, UNITS } from "./generator.ts";
import { Outcome, Reference } from "./reference.ts";
import { kindOfRole, RoleDescr, type World } from "./world.ts";

export function target(_options: TargetOptions): Target {
  return { entry: main, name: "traces" };
}

/** Runs of each loop, each with other inputs. */
const ROUNDS = 6;

class Tester {
  readonly cpu: NativeCpu;
  readonly world: World;
  readonly inputsDescr: GuardDescr;
  steps: int = 0;
  runs: int = 0;
  bridges: int = 0;

  constructor() {
    this.cpu = new NativeCpu();
    this.world = makeWorld();
    this.inputsDescr = new GuardDescr("inputs");
  }

  // Objects.

  node(rng: Rng, depth: int): GcRef {
    const { cpu, world } = this;
    const isLeaf = rng.chance(30);
    const made = cpu.newStruct(isLeaf ? world.leaf : world.node);
    cpu.setFieldInt(made, world.value, rng.below(1000) - 500);
    cpu.setFieldFloat(made, world.weight, rng.below(100) * 0.5);
    if (isLeaf) cpu.setFieldInt(made, world.extra, rng.below(50));
    if (depth > 0 && rng.chance(60)) {
      const next = this.node(rng, depth - 1);
      cpu.setFieldRef(made, world.next, next);
    }
    return made;
  }

  object(rng: Rng, role: string): GcRef | null {
    const { cpu, world } = this;
    if (role === "m" && rng.chance(30)) return null;
    if (role === "m" || role === "n") return this.node(rng, 2);
    if (role === "s") {
      const text = cpu.newString(UNITS);
      for (let i = 0; i < UNITS; i++) cpu.setUnit(text, i, rng.below(65536));
      return text;
    }
    const n = LENGTH + rng.below(10);
    if (role === "a") {
      const ints = cpu.newArray(world.ints, n, true);
      for (let i = 0; i < n; i++) cpu.setItemInt(ints, i, world.ints, rng.below(100000) - 50000);
      return ints;
    }
    if (role === "d") {
      const floats = cpu.newArray(world.floats, n, true);
      for (let i = 0; i < n; i++) cpu.setItemFloat(floats, i, world.floats, rng.below(1000) * 0.25 - 100.0);
      return floats;
    }
    const refs = cpu.newArray(world.refs, n, true);
    for (let i = 0; i < n; i++) if (rng.chance(50)) this.setRef(refs, i, this.node(rng, 1));
    return refs;
  }

  setRef(refs: GcRef, i: int, value: GcRef): void {
    this.cpu.setItemRef(refs, i, this.world.refs, value);
  }

  /** Inputs of a loop, the same for the same seed. */
  inputs(roles: string, seed: int): Outcome {
    const rng = new Rng(seed);
    const out = new Outcome(this.inputsDescr, [], [], [], []);
    for (let i = 0; i < roles.length; i++) {
      const role = roles.charAt(i);
      let int = 0;
      let float = 0.0;
      let ref: GcRef | null = null;
      if (role === "c") int = 1 + rng.below(12);
      else if (role === "b") int = rng.below(2);
      else if (role === "i")
        int = rng.chance(50) ? rng.below(20) - 10 : (rng.below(65536) - 32768) * 32768 + rng.below(32768);
      else if (role === "f") float = (rng.below(2000) - 1000) * 0.125;
      else ref = this.object(rng, role);
      out.ints.push(int);
      out.refs.push(ref);
      out.floats.push(float);
    }
    return out;
  }

  // Comparing.

  digest(ref: GcRef | null, role: string, depth: int): string {
    if (ref === null) return "null";
    const { cpu, world } = this;
    if (role === "n" || role === "m") {
      const isLeaf = cpu.isInstance(ref, world.leaf);
      if (!isLeaf && !cpu.isInstance(ref, world.node)) return "something else";
      const next = depth > 0 ? this.digest(cpu.getFieldRef(ref, world.next), "m", depth - 1) : "...";
      const extra = isLeaf ? ` ${cpu.getFieldInt(ref, world.extra)}` : "";
      const flag = cpu.getFieldInt(ref, world.flag);
      return `{${cpu.getFieldInt(ref, world.value)} ${floatText(cpu.getFieldFloat(ref, world.weight))} ${flag}${extra} ${next}}`;
    }
    if (role === "s") {
      let text = "'";
      for (let i = 0; i < cpu.stringLength(ref); i++) text += `${cpu.stringUnit(ref, i)} `;
      return text;
    }
    let text = "[";
    const descr = role === "a" ? world.ints : role === "d" ? world.floats : world.refs;
    const n = cpu.arrayLength(ref, descr);
    for (let i = 0; i < n; i++) {
      if (role === "a") text += `${cpu.getItemInt(ref, i, descr)} `;
      else if (role === "d") text += `${floatText(cpu.getItemFloat(ref, i, descr))} `;
      else text += `${this.digest(cpu.getItemRef(ref, i, descr), "m", depth - 1)} `;
    }
    return `${text}]`;
  }

  /** All that can be seen of a run: the exit, its values, and the objects that went in. */
  text(
    descr: GuardDescr,
    ints: int[],
    refs: (GcRef | null)[],
    floats: float[],
    exception: GcRef | null,
    roles: string,
    inputs: Outcome,
  ): string {
    let text = `${descr.name}:`;
    if (descr instanceof RoleDescr) {
      for (let i = 0; i < descr.roles.length; i++) {
        const role = descr.roles.charAt(i);
        const kind = kindOfRole(role);
        if (kind === KIND_INT) text += ` ${ints[i]}`;
        else if (kind === KIND_FLOAT) text += ` ${floatText(floats[i] as float)}`;
        else text += ` ${this.digest(refs[i] as GcRef | null, role, 3)}`;
      }
    }
    if (exception !== null) text += ` raised ${this.cpu.classOf(exception)}`;
    for (let i = 0; i < roles.length; i++) {
      const role = roles.charAt(i);
      if (kindOfRole(role) !== KIND_INT && kindOfRole(role) !== KIND_FLOAT)
        text += ` | ${this.digest(inputs.refs[i] as GcRef | null, role, 3)}`;
    }
    return text;
  }

  /** One seed: a loop, its bridges, several runs. False if something differs. */
  run(seed: int): boolean {
    const generator = new Generator(this.world, seed);
    const loop = generator.loop("loop");
    const reference = new Reference(this.cpu);
    reference.add(loop.trace, loop.token);
    this.cpu.compileLoop(loop.token, loop.trace);
    const traces: Trace[] = [loop.trace];
    const bridged: GuardDescr[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      if (round === ROUNDS - 1 && generator.rng.chance(30)) {
        this.cpu.invalidate(loop.token);
        reference.invalidated = true;
      }
      const outcome = this.compare(loop, reference, seed, round, traces);
      if (outcome === null) return false;
      const { descr } = outcome;
      if (!(descr instanceof RoleDescr) || descr.name === "finish" || bridged.includes(descr)) continue;
      if (outcome.exception !== null || !generator.rng.chance(70) || reference.invalidated) continue;
      const bridge = generator.bridge(descr, loop);
      reference.attach(descr, bridge);
      this.cpu.compileBridge(loop.token, descr, bridge);
      traces.push(bridge);
      bridged.push(descr);
      this.bridges += 1;
    }
    this.steps += reference.steps;
    this.cpu.free(loop.token);
    return true;
  }

  /** Runs both ways with the same inputs; null if the results differ. */
  compare(loop: TestLoop, reference: Reference, seed: int, round: int, traces: Trace[]): Outcome | null {
    resetConstants();
    const given = this.inputs(loop.roles, seed * 31 + round);
    const expected = reference.run(loop.trace, given);
    const { descr, ints, refs, floats, exception } = expected;
    const wanted = this.text(descr, ints, refs, floats, exception, loop.roles, given);
    resetConstants();
    const again = this.inputs(loop.roles, seed * 31 + round);
    const dead = this.execute(loop, again);
    const found = this.text(dead.descr, dead.ints, dead.refs, dead.floats, dead.exception, loop.roles, again);
    this.runs += 1;
    if (found === wanted) return expected;
    write(1, `seed ${seed} round ${round}: machine code gives\n${found}\nnot\n${wanted}\n`);
    for (const trace of traces) write(1, `${printTrace(trace)}\n`);
    return null;
  }

  execute(loop: TestLoop, given: Outcome): DeadFrame {
    const args = new Arguments();
    for (let i = 0; i < loop.roles.length; i++) {
      const kind = kindOfRole(loop.roles.charAt(i));
      if (kind === KIND_INT) args.ints.push(given.ints[i] as int);
      else if (kind === KIND_FLOAT) args.floats.push(given.floats[i] as float);
      else args.refs.push(given.refs[i] as GcRef | null);
    }
    return this.cpu.execute(loop.token, args);
  }
}

function floatText(x: float): string {
  if (Number.isNaN(x)) return "NaN";
  return sameFloat(x, -0.0) ? "-0" : `${x}`;
}

function main(argv: string[]): int {
  const first = parseInteger(argv[0] as string, 10) ?? 1;
  const count = parseInteger(argv[1] as string, 10) ?? 1;
  const verbose = argv.length > 2;
  const tester = new Tester();
  for (let seed = first; seed < first + count; seed++) {
    if (verbose) write(1, `seed ${seed}\n`);
    if (!tester.run(seed)) return 1;
  }
  const used = tester.cpu.memory.used;
  write(
    1,
    `${count} traces, ${tester.bridges} bridges, ${tester.runs} runs, ${tester.steps} operations, ${used} bytes left\n`,
  );
  return 0;
}
