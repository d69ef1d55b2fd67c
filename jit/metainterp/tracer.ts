/**
 * The tracer: runs jitcodes once with concrete values and records what happened, from a merge point (or the exit of a
 * guard) until the trace can be closed: at a merge point that it passed before or that has compiled code, or at the end
 * of the portal.
 *
 * One instruction at a time; what each does stands in the recorders below this class. Instructions of the same shape go
 * through `groups.ts`. The state between two instructions is always one that the blackhole interpreter can go on from,
 * so giving up is possible there.
 */
import type { int } from "../../rlib/types.ts";
import type { CallDescr } from "../format/descr.ts";
import * as I from "../format/instructions.ts";
import type { SwitchDescr, TextDescr } from "../format/jitcode.ts";
import { floatMeaning, floatToIntMeaning, intMeaning, intToFloatMeaning, overflows } from "../format/meaning.ts";
import * as T from "../format/traceops.ts";
import { ConstFloat, ConstInt, NULL, ONE, sameValue, type Value, ZERO } from "../format/values.ts";
import { comparePointers } from "./blackhole.ts";
import { floatOf, intOf, refOf } from "./concrete.ts";
import { FACT_FRESH, hasFact } from "./facts.ts";
import * as G from "./groups.ts";
import { TRACING } from "./tracecalls.ts";
import type { TraceFrame } from "./traceframe.ts";
import { MergeRecorder } from "./tracemerge.ts";

export class Tracer extends MergeRecorder {
  /** Runs until the trace ends; `state` says how. */
  run(): void {
    while (this.state === TRACING) this.#step(this.top);
  }

  #step(frame: TraceFrame): void {
    const { jitcode, ints, refs, floats, pc } = frame;
    const code = jitcode.code;
    const opcode = code[pc];
    const group = G.GROUPS[opcode];
    if (group !== G.GROUP_NONE) {
      this.#group(group, G.OPERATIONS[opcode], frame);
      return;
    }
    switch (opcode) {
      case I.LIVE:
        frame.live = pc;
        if (this.ops.length > this.context.params.traceLimit) this.tooLong();
        frame.pc = pc + I.LIVE_UNITS;
        break;
      case I.CATCH_EXCEPTION:
        frame.pc = pc + 3;
        break;
      case I.GOTO:
        frame.pc = jitcode.wide(pc + 1);
        break;
      case I.INT_COPY:
        ints[code[pc + 2]] = ints[code[pc + 1]];
        frame.pc = pc + 3;
        break;
      case I.REF_COPY:
      case I.VIRTUAL_REF:
        refs[code[pc + 2]] = refs[code[pc + 1]];
        frame.pc = pc + 3;
        break;
      case I.FLOAT_COPY:
        floats[code[pc + 2]] = floats[code[pc + 1]];
        frame.pc = pc + 3;
        break;
      case I.PTR_ISZERO:
      case I.PTR_NONZERO:
        ints[code[pc + 2]] = this.#nullTest(refs[code[pc + 1]], opcode === I.PTR_ISZERO);
        frame.pc = pc + 3;
        break;
      case I.GOTO_IF_NOT_PTR_ISZERO:
        this.#jumpUnlessNull(frame, refs[code[pc + 1]], pc + 4, jitcode.wide(pc + 2));
        break;
      case I.GOTO_IF_NOT_PTR_NONZERO:
        this.#jumpUnlessNull(frame, refs[code[pc + 1]], jitcode.wide(pc + 2), pc + 4);
        break;
      case I.SWITCH:
        this.#switch(frame);
        break;
      case I.INT_RETURN:
        this.return(T.KIND_INT, ints[code[pc + 1]]);
        break;
      case I.REF_RETURN:
        this.return(T.KIND_REF, refs[code[pc + 1]]);
        break;
      case I.FLOAT_RETURN:
        this.return(T.KIND_FLOAT, floats[code[pc + 1]]);
        break;
      case I.VOID_RETURN:
        this.return(T.KIND_VOID, ZERO);
        break;
      case I.RAISE:
        this.raiseFrom(refs[code[pc + 1]]);
        break;
      case I.LAST_EXC_VALUE:
        refs[code[pc + 1]] = this.caught;
        this.caught = NULL;
        frame.pc = pc + 2;
        break;
      case I.INT_GUARD_VALUE:
      case I.INT_ASSERT_GREEN:
        this.promote(ints[code[pc + 1]]);
        frame.pc = pc + 2;
        break;
      case I.REF_GUARD_VALUE:
      case I.REF_ASSERT_GREEN:
        this.promote(refs[code[pc + 1]]);
        frame.pc = pc + 2;
        break;
      case I.FLOAT_GUARD_VALUE:
      case I.FLOAT_ASSERT_GREEN:
        this.promote(floats[code[pc + 1]]);
        frame.pc = pc + 2;
        break;
      case I.INT_ISCONSTANT:
        ints[code[pc + 2]] = ints[code[pc + 1]].isConstant ? ONE : ZERO;
        frame.pc = pc + 3;
        break;
      case I.REF_ISCONSTANT:
        ints[code[pc + 2]] = refs[code[pc + 1]].isConstant ? ONE : ZERO;
        frame.pc = pc + 3;
        break;
      case I.FLOAT_ISCONSTANT:
        ints[code[pc + 2]] = floats[code[pc + 1]].isConstant ? ONE : ZERO;
        frame.pc = pc + 3;
        break;
      case I.REF_ISVIRTUAL:
        ints[code[pc + 2]] = hasFact(refs[code[pc + 1]], FACT_FRESH) ? ONE : ZERO;
        frame.pc = pc + 3;
        break;
      case I.WE_ARE_JITTED:
        ints[code[pc + 1]] = ONE;
        frame.pc = pc + 2;
        break;
      case I.VIRTUAL_REF_FINISH:
        frame.pc = pc + 3;
        break;
      case I.KEEP_ALIVE:
        this.record(T.KEEPALIVE, [refs[code[pc + 1]]], null);
        frame.pc = pc + 2;
        break;
      case I.HINT_FORCE_VIRTUALIZABLE:
        this.forceVirtualizable(refs[code[pc + 1]]);
        frame.pc = pc + 2;
        break;
      case I.LOAD_FLAG:
        ints[code[pc + 1]] = this.loadFlag();
        frame.pc = pc + 2;
        break;
      case I.STORE_FLAG:
        this.flag = ints[code[pc + 1]];
        frame.pc = pc + 2;
        break;
      case I.LOOP_HEADER:
        this.loopHeader = code[pc + 1];
        frame.pc = this.readLists(frame, pc + 2);
        break;
      case I.JIT_MERGE_POINT:
        this.mergePoint(frame);
        break;
      case I.UNREACHABLE:
        throw new Error(`unreachable code of ${jitcode.name} was traced`);
      default:
        if (opcode >= I.INLINE_CALL_I) this.#call(opcode, frame);
        else this.#memory(opcode, frame);
    }
  }

  #nullTest(object: Value, wanted: boolean): Value {
    return this.guardNull(object, -1) === wanted ? ONE : ZERO;
  }

  #jumpUnlessNull(frame: TraceFrame, object: Value, whenNull: int, whenNot: int): void {
    const isNull = refOf(object) === null;
    this.guardNull(object, isNull ? whenNot : whenNull);
    frame.pc = isNull ? whenNull : whenNot;
  }

  /** Goes on behind a conditional jump or at its target. */
  #jumpUnless(frame: TraceFrame, condition: Value, behind: int, target: int): void {
    const holds = intOf(condition) !== 0;
    if (!condition.isConstant) {
      this.guardTo(holds ? T.GUARD_TRUE : T.GUARD_FALSE, [condition], holds ? target : behind);
    }
    frame.pc = holds ? behind : target;
  }

  #group(group: int, opnum: int, frame: TraceFrame): void {
    const { jitcode, ints, refs, floats, pc } = frame;
    const code = jitcode.code;
    switch (group) {
      case G.GROUP_II_I:
        ints[code[pc + 3]] = this.#pureInts(opnum, ints[code[pc + 1]], ints[code[pc + 2]]);
        frame.pc = pc + 4;
        break;
      case G.GROUP_I_I:
        ints[code[pc + 2]] = this.#pureInt(opnum, ints[code[pc + 1]]);
        frame.pc = pc + 3;
        break;
      case G.GROUP_IC_I:
        ints[code[pc + 3]] = this.#pureInts(opnum, ints[code[pc + 1]], new ConstInt(jitcode.small(pc + 2)));
        frame.pc = pc + 4;
        break;
      case G.GROUP_FF_F: {
        const a = floats[code[pc + 1]];
        const b = floats[code[pc + 2]];
        const value = floatMeaning(opnum, floatOf(a), floatOf(b));
        floats[code[pc + 3]] = bothConstant(a, b)
          ? new ConstFloat(value)
          : this.recordFloat(opnum, [a, b], null, value);
        frame.pc = pc + 4;
        break;
      }
      case G.GROUP_F_F: {
        const a = floats[code[pc + 1]];
        const value = floatMeaning(opnum, floatOf(a), 0.0);
        floats[code[pc + 2]] = a.isConstant ? new ConstFloat(value) : this.recordFloat(opnum, [a], null, value);
        frame.pc = pc + 3;
        break;
      }
      case G.GROUP_FF_I: {
        const a = floats[code[pc + 1]];
        const b = floats[code[pc + 2]];
        const value = floatToIntMeaning(opnum, floatOf(a), floatOf(b));
        ints[code[pc + 3]] = bothConstant(a, b) ? new ConstInt(value) : this.recordInt(opnum, [a, b], null, value);
        frame.pc = pc + 4;
        break;
      }
      case G.GROUP_F_I: {
        const a = floats[code[pc + 1]];
        const value = floatToIntMeaning(opnum, floatOf(a), 0.0);
        ints[code[pc + 2]] = a.isConstant ? new ConstInt(value) : this.recordInt(opnum, [a], null, value);
        frame.pc = pc + 3;
        break;
      }
      case G.GROUP_I_F: {
        const a = ints[code[pc + 1]];
        const value = intToFloatMeaning(opnum, intOf(a), 0, this.bits);
        floats[code[pc + 2]] = a.isConstant ? new ConstFloat(value) : this.recordFloat(opnum, [a], null, value);
        frame.pc = pc + 3;
        break;
      }
      case G.GROUP_II_F: {
        const a = ints[code[pc + 1]];
        const b = ints[code[pc + 2]];
        const value = intToFloatMeaning(opnum, intOf(a), intOf(b), this.bits);
        floats[code[pc + 3]] = bothConstant(a, b)
          ? new ConstFloat(value)
          : this.recordFloat(opnum, [a, b], null, value);
        frame.pc = pc + 4;
        break;
      }
      case G.GROUP_RR_I:
        ints[code[pc + 3]] = this.#pointers(opnum, refs[code[pc + 1]], refs[code[pc + 2]]);
        frame.pc = pc + 4;
        break;
      case G.GROUP_IIL: {
        const condition = this.#pureInts(opnum, ints[code[pc + 1]], ints[code[pc + 2]]);
        this.#jumpUnless(frame, condition, pc + 5, jitcode.wide(pc + 3));
        break;
      }
      case G.GROUP_IL: {
        const value = ints[code[pc + 1]];
        const condition = opnum === T.INT_IS_TRUE ? value : this.#pureInt(opnum, value);
        this.#jumpUnless(frame, condition, pc + 4, jitcode.wide(pc + 2));
        break;
      }
      case G.GROUP_RRL: {
        const condition = this.#pointers(opnum, refs[code[pc + 1]], refs[code[pc + 2]]);
        this.#jumpUnless(frame, condition, pc + 5, jitcode.wide(pc + 3));
        break;
      }
      default:
        this.#overflow(opnum, frame);
    }
  }

  #pureInt(opnum: int, a: Value): Value {
    const value = intMeaning(opnum, intOf(a), 0, this.bits);
    return a.isConstant ? new ConstInt(value) : this.recordInt(opnum, [a], null, value);
  }

  #pureInts(opnum: int, a: Value, b: Value): Value {
    const value = intMeaning(opnum, intOf(a), intOf(b), this.bits);
    return bothConstant(a, b) ? new ConstInt(value) : this.recordInt(opnum, [a, b], null, value);
  }

  #pointers(opnum: int, a: Value, b: Value): Value {
    const value = comparePointers(opnum, refOf(a), refOf(b));
    // What was made in this trace is nothing else.
    const known = sameValue(a, b) || hasFact(a, FACT_FRESH) || hasFact(b, FACT_FRESH);
    return known || bothConstant(a, b) ? new ConstInt(value) : this.recordInt(opnum, [a, b], null, value);
  }

  #overflow(opnum: int, frame: TraceFrame): void {
    const { jitcode, ints, pc } = frame;
    const code = jitcode.code;
    const a = ints[code[pc + 1]];
    const b = ints[code[pc + 2]];
    const value = intMeaning(opnum, intOf(a), intOf(b), this.bits);
    const leaves = overflows(opnum, intOf(a), intOf(b), this.bits);
    let result: Value = new ConstInt(value);
    if (!bothConstant(a, b)) {
      result = this.recordInt(opnum, [a, b], null, value);
      if (leaves) this.guard(T.GUARD_OVERFLOW, []);
      else this.guardTo(T.GUARD_NO_OVERFLOW, [], jitcode.wide(pc + 3));
    }
    if (leaves) frame.pc = jitcode.wide(pc + 3);
    else {
      ints[code[pc + 5]] = result;
      frame.pc = pc + 6;
    }
  }

  #switch(frame: TraceFrame): void {
    const { jitcode, ints, pc } = frame;
    const descr = this.store.descr(jitcode.wide(pc + 2)) as SwitchDescr;
    const value = ints[jitcode.code[pc + 1]];
    const target = descr.find(intOf(value));
    if (target >= 0) {
      this.promote(value);
      frame.pc = target;
      return;
    }
    if (!value.isConstant) {
      for (let i = 0; i < descr.values.length; i++) {
        const test = this.recordInt(T.INT_EQ, [value, new ConstInt(descr.values[i])], null, 0);
        this.guardTo(T.GUARD_FALSE, [test], descr.targets[i]);
      }
    }
    frame.pc = pc + 4;
  }

  #call(opcode: int, frame: TraceFrame): void {
    const { jitcode, ints, pc } = frame;
    const code = jitcode.code;
    switch (opcode) {
      case I.INLINE_CALL_I:
      case I.INLINE_CALL_R:
      case I.INLINE_CALL_F:
      case I.INLINE_CALL_V: {
        const kind = opcode - I.INLINE_CALL_I;
        const at = this.readLists(frame, pc + 3);
        frame.pc = kind === T.KIND_VOID ? at : at + 1;
        this.flag = null;
        this.enter(frame, this.store.jitcode(jitcode.wide(pc + 1)), kind);
        break;
      }
      case I.RESIDUAL_CALL_I:
      case I.RESIDUAL_CALL_R:
      case I.RESIDUAL_CALL_F:
      case I.RESIDUAL_CALL_V: {
        const kind = opcode - I.RESIDUAL_CALL_I;
        const at = this.readLists(frame, pc + 2);
        frame.pc = kind === T.KIND_VOID ? at + 2 : at + 3;
        this.residualCall(frame, ints[code[pc + 1]], this.store.descr(jitcode.wide(at)) as CallDescr, kind);
        break;
      }
      case I.INDIRECT_CALL_I:
      case I.INDIRECT_CALL_R:
      case I.INDIRECT_CALL_F:
      case I.INDIRECT_CALL_V: {
        const kind = opcode - I.INDIRECT_CALL_I;
        const at = this.readLists(frame, pc + 2);
        frame.pc = kind === T.KIND_VOID ? at + 2 : at + 3;
        const address = ints[code[pc + 1]];
        const callee = address.isConstant ? this.store.jitcodeAt(intOf(address)) : -1;
        this.flag = null;
        if (callee >= 0) this.enter(frame, this.store.jitcode(callee), kind);
        else this.residualCall(frame, address, this.store.descr(jitcode.wide(at)) as CallDescr, kind);
        break;
      }
      case I.RECURSIVE_CALL_I:
      case I.RECURSIVE_CALL_R:
      case I.RECURSIVE_CALL_F:
      case I.RECURSIVE_CALL_V: {
        const kind = opcode - I.RECURSIVE_CALL_I;
        const driver = this.store.drivers[code[pc + 1]];
        const at = this.readMoreLists(frame, this.readLists(frame, pc + 2));
        frame.pc = kind === T.KIND_VOID ? at : at + 1;
        this.flag = null;
        // Whether to follow it is decided at its merge point, where its position is known.
        this.enter(frame, this.store.jitcode(driver.portal), kind);
        break;
      }
      case I.COND_CALL: {
        const at = this.readLists(frame, pc + 3);
        frame.pc = at + 2;
        const descr = this.store.descr(jitcode.wide(at)) as CallDescr;
        this.conditionalCall(frame, ints[code[pc + 1]], ints[code[pc + 2]], descr);
        break;
      }
      default:
        throw new Error(`no meaning of ${I.INSTRUCTION_NAMES[opcode]} while tracing`);
    }
  }

  #memory(opcode: int, frame: TraceFrame): void {
    const { jitcode, ints, refs, floats, pc } = frame;
    const code = jitcode.code;
    switch (opcode) {
      case I.GUARD_CLASS:
        ints[code[pc + 2]] = this.guardClass(refs[code[pc + 1]]);
        frame.pc = pc + 3;
        break;
      case I.IS_INSTANCE:
        ints[code[pc + 4]] = this.isInstance(refs[code[pc + 1]], this.sizeAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.RECORD_EXACT_CLASS:
        this.recordExactClass(refs[code[pc + 1]], this.sizeAt(jitcode, pc + 2));
        frame.pc = pc + 4;
        break;
      case I.STR_GUARD_VALUE:
        refs[code[pc + 5]] = this.promoteString(
          refs[code[pc + 1]],
          ints[code[pc + 2]],
          this.store.descr(jitcode.wide(pc + 3)) as CallDescr,
        );
        frame.pc = pc + 6;
        break;
      case I.CHECK_INDEX: {
        const index = ints[code[pc + 1]];
        const length = ints[code[pc + 2]];
        if (intOf(index) < 0 || intOf(index) >= intOf(length)) this.#stop(frame, pc + 3);
        if (!bothConstant(index, length)) this.record(T.CHECK_INDEX, [index, length], null);
        frame.pc = pc + 5;
        break;
      }
      case I.CHECK_NONNULL:
        this.checkNonNull(refs[code[pc + 1]], this.#textAt(frame, pc + 2));
        frame.pc = pc + 4;
        break;
      case I.CHECK_INSTANCE:
        this.checkInstance(refs[code[pc + 1]], this.sizeAt(jitcode, pc + 2), this.#textAt(frame, pc + 4));
        frame.pc = pc + 6;
        break;
      case I.CHECK_TRUE: {
        const condition = ints[code[pc + 1]];
        if (intOf(condition) === 0) this.#stop(frame, pc + 2);
        if (!condition.isConstant) this.record(T.CHECK_TRUE, [condition], null);
        frame.pc = pc + 4;
        break;
      }
      case I.FATAL:
        this.#stop(frame, pc + 1);
        break;
      case I.NEW:
      case I.NEW_WITH_VTABLE:
        refs[code[pc + 3]] = this.newStruct(this.sizeAt(jitcode, pc + 1));
        frame.pc = pc + 4;
        break;
      case I.NEW_ARRAY:
      case I.NEW_ARRAY_CLEAR:
        refs[code[pc + 4]] = this.newArray(
          this.arrayAt(jitcode, pc + 2),
          ints[code[pc + 1]],
          opcode === I.NEW_ARRAY_CLEAR,
        );
        frame.pc = pc + 5;
        break;
      case I.NEWSTR:
        refs[code[pc + 2]] = this.newString(ints[code[pc + 1]]);
        frame.pc = pc + 3;
        break;
      case I.GETFIELD_GC_I:
        ints[code[pc + 4]] = this.getFieldInt(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.GETFIELD_GC_R:
        refs[code[pc + 4]] = this.getFieldRef(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.GETFIELD_GC_F:
        floats[code[pc + 4]] = this.getFieldFloat(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.SETFIELD_GC_I:
        this.setField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 3), ints[code[pc + 2]]);
        frame.pc = pc + 5;
        break;
      case I.SETFIELD_GC_R:
        this.setField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 3), refs[code[pc + 2]]);
        frame.pc = pc + 5;
        break;
      case I.SETFIELD_GC_F:
        this.setField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 3), floats[code[pc + 2]]);
        frame.pc = pc + 5;
        break;
      case I.RECORD_QUASIIMMUT_FIELD:
        this.recordQuasiImmutable(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2), this.fieldAt(jitcode, pc + 4));
        frame.pc = pc + 6;
        break;
      case I.ARRAYLEN_GC:
        ints[code[pc + 4]] = this.arrayLength(refs[code[pc + 1]], this.arrayAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.STRLEN:
        ints[code[pc + 2]] = this.stringLength(refs[code[pc + 1]]);
        frame.pc = pc + 3;
        break;
      case I.STRGETITEM:
        ints[code[pc + 3]] = this.stringUnit(refs[code[pc + 1]], ints[code[pc + 2]]);
        frame.pc = pc + 4;
        break;
      case I.STRSETITEM:
        this.setUnit(refs[code[pc + 1]], ints[code[pc + 2]], ints[code[pc + 3]]);
        frame.pc = pc + 4;
        break;
      case I.COPYSTRCONTENT:
        this.copyUnits(
          refs[code[pc + 1]],
          refs[code[pc + 2]],
          ints[code[pc + 3]],
          ints[code[pc + 4]],
          ints[code[pc + 5]],
        );
        frame.pc = pc + 6;
        break;
      case I.GETFIELD_RAW_I:
        ints[code[pc + 4]] = this.getRawField(ints[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.GETFIELD_RAW_F:
        floats[code[pc + 4]] = this.getRawField(ints[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.SETFIELD_RAW_I:
        this.setRawField(ints[code[pc + 1]], this.fieldAt(jitcode, pc + 3), ints[code[pc + 2]]);
        frame.pc = pc + 5;
        break;
      case I.RAW_LOAD_I:
        ints[code[pc + 5]] = this.rawLoadInt(ints[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.RAW_LOAD_F:
        floats[code[pc + 5]] = this.rawLoadFloat(ints[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.RAW_STORE_I:
        this.rawStore(ints[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 4), ints[code[pc + 3]]);
        frame.pc = pc + 6;
        break;
      case I.RAW_STORE_F:
        this.rawStore(ints[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 4), floats[code[pc + 3]]);
        frame.pc = pc + 6;
        break;
      default:
        this.#items(opcode, frame);
    }
  }

  /** Items, fields of items, and virtualizables. */
  #items(opcode: int, frame: TraceFrame): void {
    const { jitcode, ints, refs, floats, pc } = frame;
    const code = jitcode.code;
    switch (opcode) {
      case I.GETARRAYITEM_GC_I:
        ints[code[pc + 5]] = this.getItem(refs[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.GETARRAYITEM_GC_R:
        refs[code[pc + 5]] = this.getItem(refs[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.GETARRAYITEM_GC_F:
        floats[code[pc + 5]] = this.getItem(refs[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.SETARRAYITEM_GC_I:
      case I.SETARRAYITEM_GC_R:
      case I.SETARRAYITEM_GC_F: {
        const value = valueAt(frame, opcode - I.SETARRAYITEM_GC_I, code[pc + 3]);
        this.setItem(refs[code[pc + 1]], ints[code[pc + 2]], this.arrayAt(jitcode, pc + 4), value);
        frame.pc = pc + 6;
        break;
      }
      case I.GETINTERIORFIELD_GC_I:
        ints[code[pc + 5]] = this.getInterior(refs[code[pc + 1]], ints[code[pc + 2]], this.interiorAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.GETINTERIORFIELD_GC_R:
        refs[code[pc + 5]] = this.getInterior(refs[code[pc + 1]], ints[code[pc + 2]], this.interiorAt(jitcode, pc + 3));
        frame.pc = pc + 6;
        break;
      case I.GETINTERIORFIELD_GC_F: {
        const descr = this.interiorAt(jitcode, pc + 3);
        floats[code[pc + 5]] = this.getInterior(refs[code[pc + 1]], ints[code[pc + 2]], descr);
        frame.pc = pc + 6;
        break;
      }
      case I.SETINTERIORFIELD_GC_I:
      case I.SETINTERIORFIELD_GC_R:
      case I.SETINTERIORFIELD_GC_F: {
        const value = valueAt(frame, opcode - I.SETINTERIORFIELD_GC_I, code[pc + 3]);
        this.setInterior(refs[code[pc + 1]], ints[code[pc + 2]], this.interiorAt(jitcode, pc + 4), value);
        frame.pc = pc + 6;
        break;
      }
      case I.GETFIELD_VABLE_I:
        ints[code[pc + 4]] = this.getVirtualizableField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.GETFIELD_VABLE_R:
        refs[code[pc + 4]] = this.getVirtualizableField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.GETFIELD_VABLE_F:
        floats[code[pc + 4]] = this.getVirtualizableField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 2));
        frame.pc = pc + 5;
        break;
      case I.SETFIELD_VABLE_I:
      case I.SETFIELD_VABLE_R:
      case I.SETFIELD_VABLE_F: {
        const value = valueAt(frame, opcode - I.SETFIELD_VABLE_I, code[pc + 2]);
        this.setVirtualizableField(refs[code[pc + 1]], this.fieldAt(jitcode, pc + 3), value);
        frame.pc = pc + 5;
        break;
      }
      case I.GETARRAYITEM_VABLE_I:
        ints[code[pc + 7]] = this.#virtualizableItem(frame);
        frame.pc = pc + 8;
        break;
      case I.GETARRAYITEM_VABLE_R:
        refs[code[pc + 7]] = this.#virtualizableItem(frame);
        frame.pc = pc + 8;
        break;
      case I.GETARRAYITEM_VABLE_F:
        floats[code[pc + 7]] = this.#virtualizableItem(frame);
        frame.pc = pc + 8;
        break;
      case I.SETARRAYITEM_VABLE_I:
      case I.SETARRAYITEM_VABLE_R:
      case I.SETARRAYITEM_VABLE_F: {
        const value = valueAt(frame, opcode - I.SETARRAYITEM_VABLE_I, code[pc + 3]);
        const field = this.fieldAt(jitcode, pc + 4);
        this.setVirtualizableItem(refs[code[pc + 1]], ints[code[pc + 2]], field, this.arrayAt(jitcode, pc + 6), value);
        frame.pc = pc + 8;
        break;
      }
      case I.ARRAYLEN_VABLE: {
        const field = this.fieldAt(jitcode, pc + 2);
        const descr = this.arrayAt(jitcode, pc + 4);
        ints[code[pc + 6]] = this.virtualizableArrayLength(refs[code[pc + 1]], field, descr);
        frame.pc = pc + 7;
        break;
      }
      default:
        throw new Error(`no meaning of ${I.INSTRUCTION_NAMES[opcode]} while tracing`);
    }
  }

  #virtualizableItem(frame: TraceFrame): Value {
    const { jitcode, ints, refs, pc } = frame;
    const field = this.fieldAt(jitcode, pc + 3);
    const descr = this.arrayAt(jitcode, pc + 5);
    return this.getVirtualizableItem(refs[jitcode.code[pc + 1]], ints[jitcode.code[pc + 2]], field, descr);
  }

  #textAt(frame: TraceFrame, at: int): TextDescr {
    return this.store.descr(frame.jitcode.wide(at)) as TextDescr;
  }

  #stop(frame: TraceFrame, at: int): void {
    this.cpu.stop(this.#textAt(frame, at));
  }
}

function bothConstant(a: Value, b: Value): boolean {
  return a.isConstant && b.isConstant;
}

/** The value of a kind in a register. */
function valueAt(frame: TraceFrame, kind: int, register: int): Value {
  if (kind === T.KIND_INT) return frame.ints[register];
  return kind === T.KIND_REF ? frame.refs[register] : frame.floats[register];
}
