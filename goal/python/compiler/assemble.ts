/**
 * From a Unit's labelled instructions to a code object: jump threading, removal of unreachable and empty instructions,
 * stack depths, jump targets, exception table, positions.
 *
 * Depths are found by following all paths from the entry and, where a SETUP is passed, from its handler. An instruction
 * reached with two different depths is a bug of the compiler and reported as such.
 */
import type { int } from "rtypescript/rlib";
import type { W_Root } from "../objects/root.ts";
import { Code, ExceptionTable, encodePositions, NameTables, type Position, Signature } from "./code.ts";
import type { ConstantFactory } from "./constants.ts";
import * as op from "./opcodes.ts";
import { SETUP, type Unit } from "./unit.ts";

/** Follows jumps to jumps at most this far: cycles are possible in empty loops. */
const MAX_THREADING: int = 8;

function isJumpTo(opcode: int): boolean {
  return opcode < op.OPCODE_COUNT && op.OPCODE_ARGS[opcode] === op.ARG_JUMP;
}

/** The first instruction at or after `index` that does something. */
function skipEmpty(unit: Unit, index: int): int {
  let i: int = index;
  while (i < unit.ops.length && (unit.ops[i] === op.NOP || unit.ops[i] === SETUP)) i += 1;
  return i;
}

/** A jump whose target is an unconditional jump goes on to that one's target. */
function threadJumps(unit: Unit): void {
  for (let i: int = 0; i < unit.ops.length; i += 1) {
    const opcode: int = unit.ops[i];
    if (!isJumpTo(opcode) || opcode === op.YIELD_DELEGATED || opcode === op.SEND || opcode === op.FOR_ITER) continue;
    for (let n: int = 0; n < MAX_THREADING; n += 1) if (!threadOnce(unit, i)) break;
  }
}

function threadOnce(unit: Unit, i: int): boolean {
  const target: int = skipEmpty(unit, unit.labels[unit.args[i]]);
  if (target >= unit.ops.length || target === i) return false;
  const next: int = unit.ops[target];
  const opcode: int = unit.ops[i];
  if (next === op.JUMP) {
    // Conditional jumps stay forward.
    if (opcode !== op.JUMP && unit.labels[unit.args[target]] <= i) return false;
    if (unit.args[i] === unit.args[target]) return false;
    unit.args[i] = unit.args[target];
    return true;
  }
  const isOrPop: boolean = opcode === op.JUMP_IF_FALSE_OR_POP || opcode === op.JUMP_IF_TRUE_OR_POP;
  if (!isOrPop || target <= i) return false;
  if (next === opcode) {
    if (unit.args[i] === unit.args[target]) return false;
    unit.args[i] = unit.args[target];
    return true;
  }
  // The value that decides here decides there too.
  const onFalse: boolean = opcode === op.JUMP_IF_FALSE_OR_POP;
  if (next !== op.POP_JUMP_IF_FALSE && next !== op.POP_JUMP_IF_TRUE) return false;
  const label: int = unit.newLabel();
  const jumps: boolean = (next === op.POP_JUMP_IF_FALSE) === onFalse;
  unit.labels[label] = jumps ? unit.labels[unit.args[target]] : target + 1;
  if (unit.labels[label] <= i) return false;
  unit.ops[i] = onFalse ? op.POP_JUMP_IF_FALSE : op.POP_JUMP_IF_TRUE;
  unit.args[i] = label;
  return true;
}

/** Whether any label stands before each instruction. */
function findTargets(unit: Unit): boolean[] {
  const targets: boolean[] = new Array<boolean>(unit.ops.length + 1).fill(false);
  for (const index of unit.labels) if (index >= 0) targets[index] = true;
  return targets;
}

/** A tuple that is unpacked at once is not built: `a, b = b, a`. */
function removeTuples(unit: Unit): void {
  const targets: boolean[] = findTargets(unit);
  for (let i: int = 0; i + 1 < unit.ops.length; i += 1) {
    if (unit.ops[i] !== op.BUILD_TUPLE || unit.ops[i + 1] !== op.UNPACK_SEQUENCE || targets[i + 1]) continue;
    const count: int = unit.args[i];
    if (count !== unit.args[i + 1] || count < 1 || count > 3) continue;
    unit.ops[i] = op.NOP;
    unit.ops[i + 1] = count === 1 ? op.NOP : op.SWAP;
    if (count > 1 && reorderStores(unit, i + 2, count, targets)) unit.ops[i + 1] = op.NOP;
  }
}

/** Instead of exchanging values on the stack, `count` stores into different locals are exchanged. */
function reorderStores(unit: Unit, start: int, count: int, targets: boolean[]): boolean {
  if (start + count > unit.ops.length) return false;
  for (let i: int = start; i < start + count; i += 1) {
    if (unit.ops[i] !== op.STORE_FAST || targets[i]) return false;
    for (let k: int = start; k < i; k += 1) if (unit.args[k] === unit.args[i]) return false;
  }
  const last: int = start + count - 1;
  const arg: int = unit.args[start];
  const position: Position = unit.positions[start];
  unit.args[start] = unit.args[last];
  unit.positions[start] = unit.positions[last];
  unit.args[last] = arg;
  unit.positions[last] = position;
  return true;
}

/** Stack depths before each instruction, −1 where it is never reached. */
class DepthAnalysis {
  readonly depths: int[];
  /** Stack depth that each handler (by label) gets, without the exception. */
  readonly handlerDepths: int[];
  maximum: int;
  readonly #unit: Unit;
  readonly #pending: int[];

  constructor(unit: Unit) {
    this.#unit = unit;
    this.depths = new Array<int>(unit.ops.length).fill(-1);
    this.handlerDepths = new Array<int>(unit.labels.length).fill(-1);
    this.maximum = 0;
    this.#pending = [];
  }

  run(): void {
    this.#reach(0, 0);
    while (this.#pending.length > 0) {
      const start: int = this.#pending[this.#pending.length - 1];
      this.#pending.pop();
      this.#follow(start);
    }
  }

  #reach(index: int, depth: int): boolean {
    const known: int = this.depths[index];
    if (known >= 0) {
      if (known !== depth) {
        throw new Error(`stack depth of ${this.#unit.name}, instruction ${index}: ${known} and ${depth}`);
      }
      return false;
    }
    if (depth < 0) throw new Error(`stack depth of ${this.#unit.name}, instruction ${index}: ${depth}`);
    this.depths[index] = depth;
    if (depth > this.maximum) this.maximum = depth;
    this.#pending.push(index);
    return true;
  }

  /** One instruction's successors. */
  #follow(i: int): void {
    const unit: Unit = this.#unit;
    const opcode: int = unit.ops[i];
    const arg: int = unit.args[i];
    const depth: int = this.depths[i];
    if (opcode === SETUP) {
      const label: int = arg >> 1;
      this.handlerDepths[label] = depth - (arg & 1);
      this.#reach(unit.labels[label], this.handlerDepths[label] + 1);
      this.#reach(i + 1, depth);
      return;
    }
    if (op.isJump(opcode)) this.#reach(unit.labels[arg], depth + op.stackEffect(opcode, arg, true));
    if (!op.endsFlow(opcode)) this.#reach(i + 1, depth + op.stackEffect(opcode, arg, false));
  }
}

/** What of a unit's instructions remains, and where. */
class Layout {
  /** Index of the first remaining instruction at or after each old one. */
  readonly newIndex: int[];
  readonly kept: int[];
  constructor(unit: Unit, depths: readonly int[]) {
    const count: int = unit.ops.length;
    this.newIndex = new Array<int>(count + 1).fill(0);
    this.kept = [];
    for (let i: int = 0; i < count; i += 1) {
      this.newIndex[i] = this.kept.length;
      const opcode: int = unit.ops[i];
      if (depths[i] < 0 || opcode === SETUP || opcode === op.NOP) continue;
      if (opcode === op.JUMP && jumpsToNext(unit, depths, i)) continue;
      this.kept.push(i);
    }
    this.newIndex[count] = this.kept.length;
  }
}

function jumpsToNext(unit: Unit, depths: readonly int[], i: int): boolean {
  const target: int = unit.labels[unit.args[i]];
  if (target <= i) return false;
  for (let k: int = i + 1; k < target; k += 1) {
    if (depths[k] >= 0 && unit.ops[k] !== SETUP && unit.ops[k] !== op.NOP) return false;
  }
  return true;
}

/** The code object of a finished unit. */
export function assemble(unit: Unit, filename: string, factory: ConstantFactory): Code {
  removeTuples(unit);
  threadJumps(unit);
  const analysis: DepthAnalysis = new DepthAnalysis(unit);
  analysis.run();
  const layout: Layout = new Layout(unit, analysis.depths);
  const bytecode: int[] = [];
  const positions: Position[] = [];
  for (const i of layout.kept) {
    let opcode: int = unit.ops[i];
    let arg: int = unit.args[i];
    if (isJumpTo(opcode)) {
      const target: int = layout.newIndex[unit.labels[arg]];
      if (unit.labels[arg] <= i) {
        if (opcode !== op.JUMP) throw new Error(`backward ${op.OPCODE_NAMES[opcode]} in ${unit.name}`);
        opcode = op.JUMP_BACKWARD;
      }
      arg = target * 2;
    }
    bytecode.push(opcode);
    bytecode.push(arg);
    positions.push(unit.positions[i]);
  }
  const w_names: W_Root[] = [];
  for (const name of unit.names) w_names.push(factory.makeName(name));
  return new Code(
    unit.name,
    unit.qualname,
    filename,
    unit.firstLine,
    new Signature(unit.argcount, unit.posonlyargcount, unit.kwonlyargcount, unit.flags),
    new NameTables(unit.varnames, unit.cellvars, unit.freevars, unit.names, unit.cellToArg()),
    w_names,
    unit.consts,
    bytecode,
    analysis.maximum + 1,
    exceptionTable(unit, layout, analysis),
    encodePositions(positions),
  );
}

function exceptionTable(unit: Unit, layout: Layout, analysis: DepthAnalysis): ExceptionTable {
  const starts: int[] = [];
  const ends: int[] = [];
  const targets: int[] = [];
  const depths: int[] = [];
  let i: int = 0;
  const kept: int[] = layout.kept;
  while (i < kept.length) {
    const label: int = unit.handlers[kept[i]];
    let end: int = i + 1;
    while (end < kept.length && unit.handlers[kept[end]] === label) end += 1;
    if (label >= 0 && analysis.handlerDepths[label] >= 0) {
      starts.push(i * 2);
      ends.push(end * 2);
      targets.push(layout.newIndex[unit.labels[label]] * 2);
      depths.push(analysis.handlerDepths[label]);
    }
    i = end;
  }
  return new ExceptionTable(starts, ends, targets, depths);
}
