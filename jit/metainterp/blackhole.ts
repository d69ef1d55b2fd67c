/**
 * The blackhole interpreter: runs jitcodes with concrete values, from where compiled code or the tracer left off until
 * the program's own code can go on. It records nothing and decides nothing.
 *
 * It runs a chain of frames that was rebuilt from resume data. At a merge point of the bottom frame it stops, because
 * the portal goes on there with these greens and reds. At a merge point of an inner portal frame it *calls* the portal
 * at its merge point, as an ordinary function, and takes its result as that frame's own. Calls that the tracer follows
 * are calls of the compiled functions here.
 *
 * Pure operations share their meaning with everything else through `groups.ts` and `format/meaning.ts`.
 */
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { Arguments, type Cpu } from "../backend/cpu.ts";
import type { ArrayDescr, CallDescr, FieldDescr, InteriorFieldDescr, SizeDescr } from "../format/descr.ts";
import * as I from "../format/instructions.ts";
import type { DriverInfo, JitCode, JitStore, SwitchDescr, TextDescr } from "../format/jitcode.ts";
import { floatMeaning, floatToIntMeaning, intMeaning, intToFloatMeaning, overflows } from "../format/meaning.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID, PTR_EQ } from "../format/traceops.ts";
import { BlackFrame, handlerBehindCall } from "./blackframe.ts";
import * as G from "./groups.ts";

/** How a run ended. */
export const ENDED_RETURN = 1;
export const ENDED_RAISE = 2;
export const ENDED_MERGE_POINT = 3;

const RUNNING = 0;

/** Told about back edges that the blackhole passes. */
export abstract class LoopHooks {
  abstract loopHeader(driver: DriverInfo, greens: Arguments): void;
}

export class Blackhole {
  readonly #cpu: Cpu;
  readonly #store: JitStore;
  readonly #hooks: LoopHooks | null;
  /** Interpret calls of functions that have jitcodes rather than call their code; for tests of jitcodes. */
  readonly #follow: boolean;
  /** Operands of the call being made. */
  readonly #args: Arguments;
  #frame: BlackFrame | null = null;
  #state: int = RUNNING;
  /** The flag of a nullable result, if code that ran here set it; else it is where compiled code left it. */
  #flag: int = 0;
  #flagIsHere = false;
  /** The exception that a handler is being entered with. */
  #caught: GcRef | null = null;

  /** After ENDED_RETURN: kind and value of the result. */
  resultKind: int = KIND_VOID;
  resultInt: int = 0;
  resultRef: GcRef | null = null;
  resultFloat: float = 0.0;
  /** After ENDED_RAISE. */
  raised: GcRef | null = null;
  /** After ENDED_MERGE_POINT: whose, and greens followed by reds. */
  driver: DriverInfo | null = null;
  readonly merge: Arguments = new Arguments();
  /** Instructions run. */
  instructions: int = 0;

  constructor(cpu: Cpu, store: JitStore, hooks: LoopHooks | null, follow: boolean) {
    this.#cpu = cpu;
    this.#store = store;
    this.#hooks = hooks;
    this.#follow = follow;
    this.#args = new Arguments();
  }

  /** Runs a chain of frames from where its innermost stands. Returns ENDED_…. */
  run(frame: BlackFrame): int {
    this.#frame = frame;
    return this.#runAll();
  }

  /** The same with an exception that the innermost frame's last call left. */
  runRaised(frame: BlackFrame, exception: GcRef): int {
    this.#frame = frame;
    this.#raise(exception);
    return this.#runAll();
  }

  /** The flag that compiled code left before resuming here. */
  setFlag(flag: int): void {
    this.#flag = flag;
    this.#flagIsHere = true;
  }

  #runAll(): int {
    for (;;) {
      const frame = this.#frame;
      if (this.#state !== RUNNING || frame === null) break;
      this.#runFrame(frame);
    }
    if (this.#flagIsHere) this.#cpu.storeFlag(this.#flag);
    const state = this.#state;
    this.#state = RUNNING;
    return state;
  }

  /** Gives the innermost frame's result to its caller. */
  #return(): void {
    const frame = this.#frame;
    const caller = frame === null ? null : frame.caller;
    this.#frame = caller;
    if (caller === null) {
      this.#state = ENDED_RETURN;
      return;
    }
    // The result register stands directly in front of the position behind the call.
    const register = caller.jitcode.code[caller.pc - 1];
    if (this.resultKind === KIND_INT) caller.ints[register] = this.resultInt;
    else if (this.resultKind === KIND_REF) caller.refs[register] = this.resultRef;
    else if (this.resultKind === KIND_FLOAT) caller.floats[register] = this.resultFloat;
  }

  /** Looks for a handler from the innermost frame's last call outwards. */
  #raise(exception: GcRef): void {
    for (;;) {
      const frame = this.#frame;
      if (frame === null) {
        this.raised = exception;
        this.#state = ENDED_RAISE;
        return;
      }
      const handler = handlerBehindCall(frame.jitcode, frame.pc);
      if (handler >= 0) {
        frame.pc = handler;
        this.#caught = exception;
        return;
      }
      this.#frame = frame.caller;
    }
  }

  /** Runs the innermost frame until it calls, returns, raises or ends the run. */
  #runFrame(frame: BlackFrame): void {
    const { jitcode, ints, refs, floats } = frame;
    const code = jitcode.code;
    let pc = frame.pc;
    for (;;) {
      this.instructions++;
      const opcode = code[pc];
      const group = G.GROUPS[opcode];
      if (group !== G.GROUP_NONE) {
        pc = this.#runGroup(group, G.OPERATIONS[opcode], frame, pc);
        continue;
      }
      switch (opcode) {
        case I.LIVE:
        case I.CATCH_EXCEPTION:
        case I.RECORD_EXACT_CLASS:
          pc += opcode === I.RECORD_EXACT_CLASS ? 4 : 3;
          break;
        case I.INT_COPY:
          ints[code[pc + 2]] = ints[code[pc + 1]];
          pc += 3;
          break;
        case I.REF_COPY:
        case I.VIRTUAL_REF:
          refs[code[pc + 2]] = refs[code[pc + 1]];
          pc += 3;
          break;
        case I.FLOAT_COPY:
          floats[code[pc + 2]] = floats[code[pc + 1]];
          pc += 3;
          break;
        case I.GOTO:
          pc = jitcode.wide(pc + 1);
          break;
        case I.PTR_ISZERO:
          ints[code[pc + 2]] = refs[code[pc + 1]] === null ? 1 : 0;
          pc += 3;
          break;
        case I.PTR_NONZERO:
          ints[code[pc + 2]] = refs[code[pc + 1]] === null ? 0 : 1;
          pc += 3;
          break;
        case I.GOTO_IF_NOT_PTR_ISZERO:
          pc = refs[code[pc + 1]] === null ? pc + 4 : jitcode.wide(pc + 2);
          break;
        case I.GOTO_IF_NOT_PTR_NONZERO:
          pc = refs[code[pc + 1]] === null ? jitcode.wide(pc + 2) : pc + 4;
          break;
        case I.SWITCH: {
          const target = this.#switchAt(jitcode, pc + 2).find(ints[code[pc + 1]]);
          pc = target < 0 ? pc + 4 : target;
          break;
        }
        case I.INT_RETURN:
          this.resultKind = KIND_INT;
          this.resultInt = ints[code[pc + 1]];
          this.#return();
          return;
        case I.REF_RETURN:
          this.resultKind = KIND_REF;
          this.resultRef = refs[code[pc + 1]];
          this.#return();
          return;
        case I.FLOAT_RETURN:
          this.resultKind = KIND_FLOAT;
          this.resultFloat = floats[code[pc + 1]];
          this.#return();
          return;
        case I.VOID_RETURN:
          this.resultKind = KIND_VOID;
          this.#return();
          return;
        case I.LAST_EXC_VALUE:
          refs[code[pc + 1]] = this.#caught;
          pc += 2;
          break;
        case I.RAISE: {
          this.#frame = frame.caller;
          this.#raise(refs[code[pc + 1]]!);
          return;
        }
        case I.INT_GUARD_VALUE:
        case I.REF_GUARD_VALUE:
        case I.FLOAT_GUARD_VALUE:
        case I.INT_ASSERT_GREEN:
        case I.REF_ASSERT_GREEN:
        case I.FLOAT_ASSERT_GREEN:
        case I.HINT_FORCE_VIRTUALIZABLE:
        case I.KEEP_ALIVE:
          pc += 2;
          break;
        case I.INT_ISCONSTANT:
        case I.REF_ISCONSTANT:
        case I.FLOAT_ISCONSTANT:
        case I.REF_ISVIRTUAL:
          ints[code[pc + 2]] = 0;
          pc += 3;
          break;
        case I.WE_ARE_JITTED:
          ints[code[pc + 1]] = 1;
          pc += 2;
          break;
        case I.VIRTUAL_REF_FINISH:
          pc += 3;
          break;
        case I.RECORD_QUASIIMMUT_FIELD:
          pc += 6;
          break;
        case I.LOAD_FLAG:
          ints[code[pc + 1]] = this.#flagIsHere ? this.#flag : this.#cpu.loadFlag();
          pc += 2;
          break;
        case I.STORE_FLAG:
          this.setFlag(ints[code[pc + 1]]);
          pc += 2;
          break;
        case I.LOOP_HEADER: {
          const hooks = this.#hooks;
          const driver = this.#store.drivers[code[pc + 1]];
          pc = this.#readLists(frame, pc + 2);
          if (hooks !== null) hooks.loopHeader(driver, this.#args);
          break;
        }
        case I.JIT_MERGE_POINT:
          this.#mergePoint(frame, pc);
          return;
        case I.UNREACHABLE:
          throw new Error(`unreachable code of ${jitcode.name} was reached`);
        default:
          if (opcode >= I.INLINE_CALL_I) {
            if (this.#call(opcode, frame, pc)) return;
            pc = frame.pc;
          } else pc = this.#memory(opcode, frame, pc);
      }
    }
  }

  #runGroup(group: int, opnum: int, frame: BlackFrame, pc: int): int {
    const { jitcode, ints, refs, floats } = frame;
    const code = jitcode.code;
    const bits = this.#cpu.wordBits;
    switch (group) {
      case G.GROUP_II_I:
        ints[code[pc + 3]] = intMeaning(opnum, ints[code[pc + 1]], ints[code[pc + 2]], bits);
        return pc + 4;
      case G.GROUP_I_I:
        ints[code[pc + 2]] = intMeaning(opnum, ints[code[pc + 1]], 0, bits);
        return pc + 3;
      case G.GROUP_IC_I:
        ints[code[pc + 3]] = intMeaning(opnum, ints[code[pc + 1]], jitcode.small(pc + 2), bits);
        return pc + 4;
      case G.GROUP_FF_F:
        floats[code[pc + 3]] = floatMeaning(opnum, floats[code[pc + 1]], floats[code[pc + 2]]);
        return pc + 4;
      case G.GROUP_F_F:
        floats[code[pc + 2]] = floatMeaning(opnum, floats[code[pc + 1]], 0.0);
        return pc + 3;
      case G.GROUP_FF_I:
        ints[code[pc + 3]] = floatToIntMeaning(opnum, floats[code[pc + 1]], floats[code[pc + 2]]);
        return pc + 4;
      case G.GROUP_F_I:
        ints[code[pc + 2]] = floatToIntMeaning(opnum, floats[code[pc + 1]], 0.0);
        return pc + 3;
      case G.GROUP_I_F:
        floats[code[pc + 2]] = intToFloatMeaning(opnum, ints[code[pc + 1]], 0, bits);
        return pc + 3;
      case G.GROUP_II_F:
        floats[code[pc + 3]] = intToFloatMeaning(opnum, ints[code[pc + 1]], ints[code[pc + 2]], bits);
        return pc + 4;
      case G.GROUP_RR_I:
        ints[code[pc + 3]] = comparePointers(opnum, refs[code[pc + 1]], refs[code[pc + 2]]);
        return pc + 4;
      case G.GROUP_IIL:
        return intMeaning(opnum, ints[code[pc + 1]], ints[code[pc + 2]], bits) !== 0 ? pc + 5 : jitcode.wide(pc + 3);
      case G.GROUP_IL:
        return intMeaning(opnum, ints[code[pc + 1]], 0, bits) !== 0 ? pc + 4 : jitcode.wide(pc + 2);
      case G.GROUP_RRL:
        return comparePointers(opnum, refs[code[pc + 1]], refs[code[pc + 2]]) !== 0 ? pc + 5 : jitcode.wide(pc + 3);
      default: {
        const a = ints[code[pc + 1]];
        const b = ints[code[pc + 2]];
        if (overflows(opnum, a, b, bits)) return jitcode.wide(pc + 3);
        ints[code[pc + 5]] = intMeaning(opnum, a, b, bits);
        return pc + 6;
      }
    }
  }

  #memory(opcode: int, frame: BlackFrame, pc: int): int {
    const { jitcode, ints, refs, floats } = frame;
    const code = jitcode.code;
    const cpu = this.#cpu;
    switch (opcode) {
      case I.GUARD_CLASS:
        ints[code[pc + 2]] = cpu.vtableOf(cpu.classOf(refs[code[pc + 1]]!));
        return pc + 3;
      case I.IS_INSTANCE:
        ints[code[pc + 4]] = cpu.isInstance(refs[code[pc + 1]]!, this.#sizeAt(jitcode, pc + 2)) ? 1 : 0;
        return pc + 5;
      case I.STR_GUARD_VALUE:
        refs[code[pc + 5]] = refs[code[pc + 1]];
        return pc + 6;
      case I.CHECK_INDEX: {
        const index = ints[code[pc + 1]];
        if (index < 0 || index >= ints[code[pc + 2]]) cpu.stop(this.#textAt(jitcode, pc + 3));
        return pc + 5;
      }
      case I.CHECK_NONNULL:
        if (refs[code[pc + 1]] === null) cpu.stop(this.#textAt(jitcode, pc + 2));
        return pc + 4;
      case I.CHECK_INSTANCE:
        if (!cpu.isInstance(refs[code[pc + 1]]!, this.#sizeAt(jitcode, pc + 2))) {
          cpu.stop(this.#textAt(jitcode, pc + 4));
        }
        return pc + 6;
      case I.CHECK_TRUE:
        if (ints[code[pc + 1]] === 0) cpu.stop(this.#textAt(jitcode, pc + 2));
        return pc + 4;
      case I.FATAL:
        cpu.stop(this.#textAt(jitcode, pc + 1));
        return pc + 3;
      case I.NEW:
      case I.NEW_WITH_VTABLE:
        refs[code[pc + 3]] = cpu.newStruct(this.#sizeAt(jitcode, pc + 1));
        return pc + 4;
      case I.NEW_ARRAY:
      case I.NEW_ARRAY_CLEAR:
        refs[code[pc + 4]] = cpu.newArray(
          this.#arrayAt(jitcode, pc + 2),
          ints[code[pc + 1]],
          opcode === I.NEW_ARRAY_CLEAR,
        );
        return pc + 5;
      case I.NEWSTR:
        refs[code[pc + 2]] = cpu.newString(ints[code[pc + 1]]);
        return pc + 3;
      case I.GETFIELD_GC_I:
      case I.GETFIELD_VABLE_I:
        ints[code[pc + 4]] = cpu.getFieldInt(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 2));
        return pc + 5;
      case I.GETFIELD_GC_R:
      case I.GETFIELD_VABLE_R:
        refs[code[pc + 4]] = cpu.getFieldRef(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 2));
        return pc + 5;
      case I.GETFIELD_GC_F:
      case I.GETFIELD_VABLE_F:
        floats[code[pc + 4]] = cpu.getFieldFloat(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 2));
        return pc + 5;
      case I.SETFIELD_GC_I:
      case I.SETFIELD_VABLE_I:
        cpu.setFieldInt(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 3), ints[code[pc + 2]]);
        return pc + 5;
      case I.SETFIELD_GC_R:
      case I.SETFIELD_VABLE_R:
        cpu.setFieldRef(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 3), refs[code[pc + 2]]);
        return pc + 5;
      case I.SETFIELD_GC_F:
      case I.SETFIELD_VABLE_F:
        cpu.setFieldFloat(refs[code[pc + 1]]!, this.#fieldAt(jitcode, pc + 3), floats[code[pc + 2]]);
        return pc + 5;
      case I.ARRAYLEN_GC:
        ints[code[pc + 4]] = cpu.arrayLength(refs[code[pc + 1]]!, this.#arrayAt(jitcode, pc + 2));
        return pc + 5;
      case I.STRLEN:
        ints[code[pc + 2]] = cpu.stringLength(refs[code[pc + 1]]!);
        return pc + 3;
      case I.STRGETITEM:
        ints[code[pc + 3]] = cpu.stringUnit(refs[code[pc + 1]]!, ints[code[pc + 2]]);
        return pc + 4;
      case I.STRSETITEM:
        cpu.setUnit(refs[code[pc + 1]]!, ints[code[pc + 2]], ints[code[pc + 3]]);
        return pc + 4;
      case I.COPYSTRCONTENT:
        cpu.copyUnits(
          refs[code[pc + 1]]!,
          refs[code[pc + 2]]!,
          ints[code[pc + 3]],
          ints[code[pc + 4]],
          ints[code[pc + 5]],
        );
        return pc + 6;
      case I.ARRAYLEN_VABLE:
        ints[code[pc + 6]] = cpu.arrayLength(this.#vableArray(frame, pc), this.#arrayAt(jitcode, pc + 4));
        return pc + 7;
      case I.RAW_LOAD_I:
        ints[code[pc + 5]] = cpu.rawLoadInt(ints[code[pc + 1]], ints[code[pc + 2]], this.#arrayAt(jitcode, pc + 3));
        return pc + 6;
      case I.RAW_LOAD_F:
        floats[code[pc + 5]] = cpu.rawLoadFloat(ints[code[pc + 1]], ints[code[pc + 2]], this.#arrayAt(jitcode, pc + 3));
        return pc + 6;
      case I.RAW_STORE_I:
        cpu.rawStoreInt(ints[code[pc + 1]], ints[code[pc + 2]], this.#arrayAt(jitcode, pc + 4), ints[code[pc + 3]]);
        return pc + 6;
      case I.RAW_STORE_F:
        cpu.rawStoreFloat(ints[code[pc + 1]], ints[code[pc + 2]], this.#arrayAt(jitcode, pc + 4), floats[code[pc + 3]]);
        return pc + 6;
      case I.GETFIELD_RAW_I:
        ints[code[pc + 4]] = cpu.getRawFieldInt(ints[code[pc + 1]], this.#fieldAt(jitcode, pc + 2));
        return pc + 5;
      case I.GETFIELD_RAW_F:
        floats[code[pc + 4]] = cpu.getRawFieldFloat(ints[code[pc + 1]], this.#fieldAt(jitcode, pc + 2));
        return pc + 5;
      case I.SETFIELD_RAW_I:
        cpu.setRawFieldInt(ints[code[pc + 1]], this.#fieldAt(jitcode, pc + 3), ints[code[pc + 2]]);
        return pc + 5;
      default:
        return this.#items(opcode, frame, pc);
    }
  }

  /** Items of arrays, of virtualizables' arrays, and of arrays of structs. */
  #items(opcode: int, frame: BlackFrame, pc: int): int {
    const { jitcode, ints, refs, floats } = frame;
    const code = jitcode.code;
    const cpu = this.#cpu;
    const index = ints[code[pc + 2]];
    switch (opcode) {
      case I.GETARRAYITEM_GC_I:
        ints[code[pc + 5]] = cpu.getItemInt(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 3));
        return pc + 6;
      case I.GETARRAYITEM_GC_R:
        refs[code[pc + 5]] = cpu.getItemRef(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 3));
        return pc + 6;
      case I.GETARRAYITEM_GC_F:
        floats[code[pc + 5]] = cpu.getItemFloat(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 3));
        return pc + 6;
      case I.SETARRAYITEM_GC_I:
        cpu.setItemInt(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 4), ints[code[pc + 3]]);
        return pc + 6;
      case I.SETARRAYITEM_GC_R:
        cpu.setItemRef(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 4), refs[code[pc + 3]]);
        return pc + 6;
      case I.SETARRAYITEM_GC_F:
        cpu.setItemFloat(refs[code[pc + 1]]!, index, this.#arrayAt(jitcode, pc + 4), floats[code[pc + 3]]);
        return pc + 6;
      case I.GETARRAYITEM_VABLE_I:
        ints[code[pc + 7]] = cpu.getItemInt(this.#vableItems(frame, pc, 3), index, this.#arrayAt(jitcode, pc + 5));
        return pc + 8;
      case I.GETARRAYITEM_VABLE_R:
        refs[code[pc + 7]] = cpu.getItemRef(this.#vableItems(frame, pc, 3), index, this.#arrayAt(jitcode, pc + 5));
        return pc + 8;
      case I.GETARRAYITEM_VABLE_F:
        floats[code[pc + 7]] = cpu.getItemFloat(this.#vableItems(frame, pc, 3), index, this.#arrayAt(jitcode, pc + 5));
        return pc + 8;
      case I.SETARRAYITEM_VABLE_I:
        cpu.setItemInt(this.#vableItems(frame, pc, 4), index, this.#arrayAt(jitcode, pc + 6), ints[code[pc + 3]]);
        return pc + 8;
      case I.SETARRAYITEM_VABLE_R:
        cpu.setItemRef(this.#vableItems(frame, pc, 4), index, this.#arrayAt(jitcode, pc + 6), refs[code[pc + 3]]);
        return pc + 8;
      case I.SETARRAYITEM_VABLE_F:
        cpu.setItemFloat(this.#vableItems(frame, pc, 4), index, this.#arrayAt(jitcode, pc + 6), floats[code[pc + 3]]);
        return pc + 8;
      case I.GETINTERIORFIELD_GC_I:
        ints[code[pc + 5]] = cpu.getInteriorInt(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 3));
        return pc + 6;
      case I.GETINTERIORFIELD_GC_R:
        refs[code[pc + 5]] = cpu.getInteriorRef(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 3));
        return pc + 6;
      case I.GETINTERIORFIELD_GC_F:
        floats[code[pc + 5]] = cpu.getInteriorFloat(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 3));
        return pc + 6;
      case I.SETINTERIORFIELD_GC_I:
        cpu.setInteriorInt(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 4), ints[code[pc + 3]]);
        return pc + 6;
      case I.SETINTERIORFIELD_GC_R:
        cpu.setInteriorRef(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 4), refs[code[pc + 3]]);
        return pc + 6;
      case I.SETINTERIORFIELD_GC_F:
        cpu.setInteriorFloat(refs[code[pc + 1]]!, index, this.#interiorAt(jitcode, pc + 4), floats[code[pc + 3]]);
        return pc + 6;
      default:
        throw new Error(`no meaning of ${I.INSTRUCTION_NAMES[opcode]} in the blackhole interpreter`);
    }
  }

  /** The array of `arraylen_vable`. */
  #vableArray(frame: BlackFrame, pc: int): GcRef {
    const { jitcode } = frame;
    return this.#cpu.getFieldRef(frame.refs[jitcode.code[pc + 1]]!, this.#fieldAt(jitcode, pc + 2))!;
  }

  /** The array whose items a virtualizable's instruction touches; its field's descriptor stands `at` units behind. */
  #vableItems(frame: BlackFrame, pc: int, at: int): GcRef {
    const { jitcode } = frame;
    return this.#cpu.getFieldRef(frame.refs[jitcode.code[pc + 1]]!, this.#fieldAt(jitcode, pc + at))!;
  }

  /** A call. True when the innermost frame is another one now, or went to a handler. */
  #call(opcode: int, frame: BlackFrame, pc: int): boolean {
    const { jitcode, ints } = frame;
    const code = jitcode.code;
    switch (opcode) {
      case I.INLINE_CALL_I:
      case I.INLINE_CALL_R:
      case I.INLINE_CALL_F:
      case I.INLINE_CALL_V: {
        const callee = this.#store.jitcode(jitcode.wide(pc + 1));
        const kind = opcode - I.INLINE_CALL_I;
        const next = this.#readLists(frame, pc + 3);
        frame.pc = kind === KIND_VOID ? next : next + 1;
        if (this.#follow || callee.address === 0) {
          const inner = new BlackFrame(callee, frame);
          inner.setArguments(this.#args);
          this.#frame = inner;
          return true;
        }
        return this.#callCode(callee.address, callee.callDescr, kind, frame);
      }
      case I.RESIDUAL_CALL_I:
      case I.RESIDUAL_CALL_R:
      case I.RESIDUAL_CALL_F:
      case I.RESIDUAL_CALL_V:
      case I.INDIRECT_CALL_I:
      case I.INDIRECT_CALL_R:
      case I.INDIRECT_CALL_F:
      case I.INDIRECT_CALL_V: {
        const first = opcode >= I.INDIRECT_CALL_I ? I.INDIRECT_CALL_I : I.RESIDUAL_CALL_I;
        const at = this.#readLists(frame, pc + 2);
        const kind = opcode - first;
        frame.pc = kind === KIND_VOID ? at + 2 : at + 3;
        return this.#callCode(ints[code[pc + 1]], this.#callAt(jitcode, at), kind, frame);
      }
      case I.RECURSIVE_CALL_I:
      case I.RECURSIVE_CALL_R:
      case I.RECURSIVE_CALL_F:
      case I.RECURSIVE_CALL_V: {
        const driver = this.#store.drivers[code[pc + 1]];
        const kind = opcode - I.RECURSIVE_CALL_I;
        const at = this.#readMoreLists(frame, this.#readLists(frame, pc + 2));
        frame.pc = kind === KIND_VOID ? at : at + 1;
        return this.#callCode(driver.address, driver.callDescr, kind, frame);
      }
      case I.COND_CALL: {
        const at = this.#readLists(frame, pc + 3);
        frame.pc = at + 2;
        if (ints[code[pc + 1]] === 0) return false;
        return this.#callCode(ints[code[pc + 2]], this.#callAt(jitcode, at), KIND_VOID, frame);
      }
      default:
        throw new Error(`no meaning of ${I.INSTRUCTION_NAMES[opcode]} in the blackhole interpreter`);
    }
  }

  /** Calls compiled code with the operands read; true when it raised. */
  #callCode(address: int, descr: CallDescr, kind: int, frame: BlackFrame): boolean {
    const cpu = this.#cpu;
    const register = frame.jitcode.code[frame.pc - 1];
    this.#flagIsHere = false;
    if (kind === KIND_INT) frame.ints[register] = cpu.callInt(address, this.#args, descr);
    else if (kind === KIND_REF) frame.refs[register] = cpu.callRef(address, this.#args, descr);
    else if (kind === KIND_FLOAT) frame.floats[register] = cpu.callFloat(address, this.#args, descr);
    else cpu.callVoid(address, this.#args, descr);
    if (!cpu.exceptionPending()) return false;
    this.#raise(cpu.takeException());
    return true;
  }

  #mergePoint(frame: BlackFrame, pc: int): void {
    const driver = this.#store.drivers[frame.jitcode.code[pc + 1]];
    this.#readMoreLists(frame, this.#readLists(frame, pc + 2));
    if (frame.caller === null) {
      const merge = this.merge;
      merge.clear();
      for (const value of this.#args.ints) merge.ints.push(value);
      for (const value of this.#args.refs) merge.refs.push(value);
      for (const value of this.#args.floats) merge.floats.push(value);
      this.driver = driver;
      this.#state = ENDED_MERGE_POINT;
      return;
    }
    const cpu = this.#cpu;
    const { address, callDescr, result } = driver;
    this.#flagIsHere = false;
    this.resultKind = result;
    if (result === KIND_INT) this.resultInt = cpu.callInt(address, this.#args, callDescr);
    else if (result === KIND_REF) this.resultRef = cpu.callRef(address, this.#args, callDescr);
    else if (result === KIND_FLOAT) this.resultFloat = cpu.callFloat(address, this.#args, callDescr);
    else cpu.callVoid(address, this.#args, callDescr);
    if (cpu.exceptionPending()) {
      this.#frame = frame.caller;
      this.#raise(cpu.takeException());
    } else this.#return();
  }

  /** Reads three operand lists into the arguments; returns the position behind them. */
  #readLists(frame: BlackFrame, at: int): int {
    this.#args.clear();
    return this.#readMoreLists(frame, at);
  }

  #readMoreLists(frame: BlackFrame, at: int): int {
    const code = frame.jitcode.code;
    const args = this.#args;
    let i = at + 1;
    for (let n = code[at]; n > 0; n--) {
      args.ints.push(frame.ints[code[i]]);
      i++;
    }
    let n = code[i];
    i++;
    for (; n > 0; n--) {
      args.refs.push(frame.refs[code[i]]);
      i++;
    }
    n = code[i];
    i++;
    for (; n > 0; n--) {
      args.floats.push(frame.floats[code[i]]);
      i++;
    }
    return i;
  }

  #fieldAt(jitcode: JitCode, at: int): FieldDescr {
    return this.#store.descr(jitcode.wide(at)) as FieldDescr;
  }

  #arrayAt(jitcode: JitCode, at: int): ArrayDescr {
    return this.#store.descr(jitcode.wide(at)) as ArrayDescr;
  }

  #interiorAt(jitcode: JitCode, at: int): InteriorFieldDescr {
    return this.#store.descr(jitcode.wide(at)) as InteriorFieldDescr;
  }

  #sizeAt(jitcode: JitCode, at: int): SizeDescr {
    return this.#store.descr(jitcode.wide(at)) as SizeDescr;
  }

  #callAt(jitcode: JitCode, at: int): CallDescr {
    return this.#store.descr(jitcode.wide(at)) as CallDescr;
  }

  #switchAt(jitcode: JitCode, at: int): SwitchDescr {
    return this.#store.descr(jitcode.wide(at)) as SwitchDescr;
  }

  #textAt(jitcode: JitCode, at: int): TextDescr {
    return this.#store.descr(jitcode.wide(at)) as TextDescr;
  }
}

/** Meaning of ptr_eq and ptr_ne. */
export function comparePointers(opnum: int, a: GcRef | null, b: GcRef | null): int {
  return sameObject(a, b) === (opnum === PTR_EQ) ? 1 : 0;
}
