/**
 * Code for expressions.
 *
 * Each visit leaves one value on the stack. The source position is set for the instructions of a node when they are
 * emitted: operands set their own, so every emission after visiting one sets it again.
 */
import type { int } from "rtypescript/rlib";
import type * as ast from "../parser/ast.ts";
import type { ConstValue } from "../parser/constant.ts";
import * as c from "../parser/constant.ts";
import type { Expr, Span } from "../parser/node.ts";
import * as n from "../parser/node.ts";
import { CompilerBase } from "./base.ts";
import { Position } from "./code.ts";
import { constantTuple, isTrue } from "./fold.ts";
import * as op from "./opcodes.ts";
import { type PercentFormat, parsePercentFormat } from "./percent.ts";
import { warnCall, warnCompare, warnIndex, warnSubscript } from "./suspicious.ts";

/** A display of more elements than this is built step by step, so that the stack stays shallow. */
const STACK_USE_GUIDELINE: int = 30;

export abstract class ExpressionCompiler extends CompilerBase {
  abstract call(e: ast.Call): void;
  abstract lambda(e: ast.Lambda): void;
  abstract comprehension(e: Expr): void;
  abstract yieldValue(e: ast.Yield): void;
  abstract yieldFrom(e: ast.YieldFrom): void;
  abstract awaitValue(e: ast.Await): void;

  expressions(list: Expr[]): void {
    for (const e of list) this.expression(e);
  }

  override expression(e: Expr): void {
    const outer: Position = this.unit.position;
    this.at(e);
    const value: ConstValue | null = this.constantOf(e);
    if (value !== null) this.loadConst(value);
    else this.#visit(e);
    this.unit.position = outer;
  }

  #visit(e: Expr): void {
    switch (e.kind) {
      case n.N_NAME:
        this.loadName((e as ast.Name).id);
        return;
      case n.N_ATTRIBUTE:
        this.#attribute(e as ast.Attribute);
        return;
      case n.N_CALL:
        warnCall(this, e as ast.Call);
        this.call(e as ast.Call);
        return;
      case n.N_BIN_OP:
        if (this.#percentFormat(e as ast.BinOp)) return;
        this.expression((e as ast.BinOp).left);
        this.expression((e as ast.BinOp).right);
        this.emit0(op.BINARY_ADD + (e as ast.BinOp).op);
        return;
      case n.N_SUBSCRIPT:
        warnSubscript(this, e as ast.Subscript);
        warnIndex(this, e as ast.Subscript);
        this.expression((e as ast.Subscript).value);
        this.expression((e as ast.Subscript).index);
        this.emit0(op.BINARY_SUBSCR);
        return;
      case n.N_COMPARE:
        this.#compare(e as ast.Compare);
        return;
      case n.N_BOOL_OP:
        this.#boolOp(e as ast.BoolOp);
        return;
      case n.N_UNARY_OP:
        if ((e as ast.UnaryOp).op === n.OP_NOT && isInvertible((e as ast.UnaryOp).operand)) {
          this.#inverted((e as ast.UnaryOp).operand as ast.Compare);
          return;
        }
        this.expression((e as ast.UnaryOp).operand);
        this.emit0(op.UNARY_POSITIVE + (e as ast.UnaryOp).op);
        return;
      case n.N_TUPLE_EXPR:
        this.#sequence((e as ast.TupleExpr).elts, op.BUILD_TUPLE);
        return;
      case n.N_LIST_EXPR:
        this.#sequence((e as ast.ListExpr).elts, op.BUILD_LIST);
        return;
      case n.N_SET_EXPR:
        this.#sequence((e as ast.SetExpr).elts, op.BUILD_SET);
        return;
      case n.N_DICT_EXPR:
        this.#dict(e as ast.DictExpr);
        return;
      case n.N_IF_EXP:
        this.#conditional(e as ast.IfExp);
        return;
      case n.N_JOINED_STR:
        this.#joined(e as ast.JoinedStr);
        return;
      case n.N_FORMATTED_VALUE:
        this.#formatted(e as ast.FormattedValue);
        return;
      case n.N_SLICE:
        this.#slice(e as ast.Slice);
        return;
      case n.N_STARRED:
        throw this.error(e, "can't use starred expression here");
      case n.N_NAMED_EXPR:
        this.expression((e as ast.NamedExpr).value);
        this.emit(op.COPY, 1);
        this.storeTarget((e as ast.NamedExpr).target);
        return;
      case n.N_LAMBDA:
        this.lambda(e as ast.Lambda);
        return;
      case n.N_YIELD:
        this.yieldValue(e as ast.Yield);
        return;
      case n.N_YIELD_FROM:
        this.yieldFrom(e as ast.YieldFrom);
        return;
      case n.N_AWAIT:
        this.awaitValue(e as ast.Await);
        return;
    }
    this.comprehension(e);
  }

  // Attributes.

  #attribute(e: ast.Attribute): void {
    this.expression(e.value);
    this.atAttribute(e);
    this.emitName(op.LOAD_ATTR, e.attr);
  }

  /** An attribute on a line of its own is marked at its name, not at the start of the chain. */
  atAttribute(e: ast.Attribute): void {
    if (e.line === e.endLine) {
      this.at(e);
      return;
    }
    const width: int = e.attr.length;
    if (width > e.endCol) this.unit.position = new Position(e.endLine, e.endLine, -1, -1);
    else this.unit.position = new Position(e.endLine, e.endLine, e.endCol - width, e.endCol);
  }

  // Displays.

  #sequence(elts: Expr[], build: int): void {
    const count: int = elts.length;
    const starred: boolean = hasStarred(elts);
    if (count > 2 && !starred && build !== op.BUILD_TUPLE && this.#constantSequence(elts, build)) return;
    if (!starred && count <= STACK_USE_GUIDELINE) {
      this.expressions(elts);
      this.emit(build, count);
      return;
    }
    if (!starred && build === op.BUILD_TUPLE) {
      this.expressions(elts);
      this.emit(build, count);
      return;
    }
    this.buildStarred(elts, build, 0);
  }

  /** A list or set of constants is made from one constant. */
  #constantSequence(elts: Expr[], build: int): boolean {
    const tuple: ConstValue | null = constantTuple(elts, this.settings.optimize > 0);
    if (tuple === null) return false;
    this.emit(build, 0);
    this.loadConst(build === op.BUILD_SET ? c.frozenSetValue(tuple.items) : tuple);
    this.emit(build === op.BUILD_SET ? op.SET_UPDATE : op.LIST_EXTEND, 1);
    return true;
  }

  /**
   * Elements, some of them starred, added one by one to a list or set; a tuple is made of a list. `pushed` values are
   * on the stack already and become the first elements.
   */
  buildStarred(elts: Expr[], build: int, pushed: int): void {
    const isSet: boolean = build === op.BUILD_SET;
    const first: int = isSet ? op.BUILD_SET : op.BUILD_LIST;
    const add: int = isSet ? op.SET_ADD : op.LIST_APPEND;
    const extend: int = isSet ? op.SET_UPDATE : op.LIST_EXTEND;
    let before: int = pushed;
    let made: boolean = elts.length > STACK_USE_GUIDELINE;
    if (made) this.emit(first, pushed);
    for (const e of elts) {
      if (e.kind === n.N_STARRED) {
        if (!made) this.emit(first, before);
        made = true;
        this.expression((e as ast.Starred).value);
        this.emit(extend, 1);
      } else {
        this.expression(e);
        if (made) this.emit(add, 1);
        else before += 1;
      }
    }
    if (!made) this.emit(first, before);
    if (build === op.BUILD_TUPLE) this.emit0(op.LIST_TO_TUPLE);
  }

  #dict(e: ast.DictExpr): void {
    const count: int = e.keys.length;
    let made: boolean = false;
    let i: int = 0;
    while (i < count) {
      if (e.keys[i] === null) {
        if (!made) this.emit(op.BUILD_MAP, 0);
        made = true;
        this.expression(e.values[i]);
        this.emit(op.DICT_UPDATE, 1);
        i += 1;
        continue;
      }
      let end: int = i;
      while (end < count && e.keys[end] !== null) end += 1;
      this.#dictPart(e, i, end);
      if (made) this.emit(op.DICT_UPDATE, 1);
      made = true;
      i = end;
    }
    if (!made) this.emit(op.BUILD_MAP, 0);
  }

  /** A dict of the entries from `start` to `end`, all with keys. */
  #dictPart(e: ast.DictExpr, start: int, end: int): void {
    if ((end - start) * 2 > STACK_USE_GUIDELINE) {
      this.emit(op.BUILD_MAP, 0);
      for (let i: int = start; i < end; i += 1) {
        this.expression(e.keys[i] as Expr);
        this.expression(e.values[i]);
        this.emit(op.MAP_ADD, 1);
      }
      return;
    }
    const keys: ConstValue[] = [];
    for (let i: int = start; i < end; i += 1) {
      const key: ConstValue | null = this.constantOf(e.keys[i] as Expr);
      if (key === null) break;
      keys.push(key);
    }
    if (end - start > 1 && keys.length === end - start) {
      for (let i: int = start; i < end; i += 1) this.expression(e.values[i]);
      this.loadConst(c.tupleValue(keys));
      this.emit(op.BUILD_CONST_KEY_MAP, end - start);
      return;
    }
    for (let i: int = start; i < end; i += 1) {
      this.expression(e.keys[i] as Expr);
      this.expression(e.values[i]);
    }
    this.emit(op.BUILD_MAP, end - start);
  }

  #slice(e: ast.Slice): void {
    this.#sliceBound(e.lower);
    this.#sliceBound(e.upper);
    if (e.step !== null) this.expression(e.step);
    this.emit(op.BUILD_SLICE, e.step === null ? 2 : 3);
  }

  #sliceBound(e: Expr | null): void {
    if (e === null) this.loadNone();
    else this.expression(e);
  }

  // Strings.

  #joined(e: ast.JoinedStr): void {
    const count: int = e.values.length;
    if (count > STACK_USE_GUIDELINE) {
      this.loadText("");
      this.emitName(op.LOAD_METHOD, "join");
      this.emit(op.BUILD_LIST, 0);
      for (const v of e.values) {
        this.expression(v);
        this.emit(op.LIST_APPEND, 1);
      }
      this.emit(op.CALL_METHOD, 1);
      return;
    }
    this.expressions(e.values);
    if (count !== 1) this.emit(op.BUILD_STRING, count);
  }

  #formatted(e: ast.FormattedValue): void {
    this.expression(e.value);
    let flags: int = 0;
    if (e.conversion === 115) flags = 1;
    else if (e.conversion === 114) flags = 2;
    else if (e.conversion === 97) flags = 3;
    if (e.formatSpec !== null) {
      this.expression(e.formatSpec);
      flags |= 4;
    }
    this.emit(op.FORMAT_VALUE, flags);
  }

  /** `"…%s…" % (a, b)` with plain %s, %r and %a is an f-string. False when it is not of that form. */
  #percentFormat(e: ast.BinOp): boolean {
    if (e.op !== n.OP_MOD || e.left.kind !== n.N_CONSTANT || e.right.kind !== n.N_TUPLE_EXPR) return false;
    const format: ConstValue = (e.left as ast.Constant).value;
    if (format.kind !== c.C_STR || format.data !== null) return false;
    const elts: Expr[] = (e.right as ast.TupleExpr).elts;
    if (hasStarred(elts)) return false;
    const parts: PercentFormat | null = parsePercentFormat(format.text);
    if (parts === null || parts.conversions.length !== elts.length || elts.length * 2 > STACK_USE_GUIDELINE)
      return false;
    let count: int = 0;
    for (let i: int = 0; i <= elts.length; i += 1) {
      if (parts.texts[i] !== "") {
        this.loadText(parts.texts[i]);
        count += 1;
      }
      if (i === elts.length) break;
      this.expression(elts[i]);
      this.at(elts[i]);
      this.emit(op.FORMAT_VALUE, parts.conversions[i]);
      this.at(e);
      count += 1;
    }
    if (count !== 1) this.emit(op.BUILD_STRING, count);
    return true;
  }

  // Conditions.

  #conditional(e: ast.IfExp): void {
    const orelse: int = this.newLabel();
    const end: int = this.newLabel();
    this.jumpIf(e.test, orelse, false);
    this.expression(e.body);
    this.jump(op.JUMP, end);
    this.place(orelse);
    this.expression(e.orelse);
    this.place(end);
  }

  #boolOp(e: ast.BoolOp): void {
    const end: int = this.newLabel();
    const jump: int = e.op === n.OP_AND ? op.JUMP_IF_FALSE_OR_POP : op.JUMP_IF_TRUE_OR_POP;
    for (let i: int = 0; i < e.values.length - 1; i += 1) {
      this.expression(e.values[i]);
      this.jump(jump, end);
    }
    this.expression(e.values[e.values.length - 1]);
    this.place(end);
  }

  #compare(e: ast.Compare): void {
    warnCompare(this, e);
    this.expression(e.left);
    const last: int = e.ops.length - 1;
    if (last === 0) {
      this.#rightOperand(e, 0);
      this.emit0(op.COMPARE_EQ + e.ops[0]);
      return;
    }
    const cleanup: int = this.newLabel();
    const end: int = this.newLabel();
    for (let i: int = 0; i < last; i += 1) {
      this.#chained(e, i);
      this.jump(op.JUMP_IF_FALSE_OR_POP, cleanup);
    }
    this.#rightOperand(e, last);
    this.emit0(op.COMPARE_EQ + e.ops[last]);
    this.jump(op.JUMP, end);
    this.place(cleanup);
    this.emit(op.SWAP, 2);
    this.emit0(op.POP_TOP);
    this.place(end);
  }

  /** `not (a in b)` is `a not in b`, and so on. */
  #inverted(e: ast.Compare): void {
    warnCompare(this, e);
    this.at(e);
    this.expression(e.left);
    this.#rightOperand(e, 0);
    this.emit0(op.COMPARE_EQ + invertedOperator(e.ops[0]));
  }

  /** One comparison of a chain; the right operand stays below the result. */
  #chained(e: ast.Compare, i: int): void {
    this.#rightOperand(e, i);
    this.emit(op.SWAP, 2);
    this.emit(op.COPY, 2);
    this.emit0(op.COMPARE_EQ + e.ops[i]);
  }

  /** `x in [1, 2]` tests against a constant. */
  #rightOperand(e: ast.Compare, i: int): void {
    const right: Expr = e.comparators[i];
    const isIn: boolean = e.ops[i] === n.CMP_IN || e.ops[i] === n.CMP_NOT_IN;
    if (!isIn || i !== e.ops.length - 1) {
      this.expression(right);
      return;
    }
    this.iterableOrConstant(right);
  }

  /** A list or set display that is only read: a constant when its elements are, a list otherwise a tuple. */
  iterableOrConstant(e: Expr): void {
    const isSet: boolean = e.kind === n.N_SET_EXPR;
    if (isSet || e.kind === n.N_LIST_EXPR) {
      const elts: Expr[] = isSet ? (e as ast.SetExpr).elts : (e as ast.ListExpr).elts;
      const tuple: ConstValue | null = constantTuple(elts, this.settings.optimize > 0);
      if (tuple !== null) {
        const outer: Position = this.unit.position;
        this.at(e);
        this.loadConst(isSet ? c.frozenSetValue(tuple.items) : tuple);
        this.unit.position = outer;
        return;
      }
      if (!isSet && elts.length <= STACK_USE_GUIDELINE && !hasStarred(elts)) {
        const outer: Position = this.unit.position;
        this.at(e);
        this.expressions(elts);
        this.emit(op.BUILD_TUPLE, elts.length);
        this.unit.position = outer;
        return;
      }
    }
    this.expression(e);
  }

  /** Jumps to `target` when the truth of `e` is `when`, else goes on. Leaves nothing on the stack. */
  jumpIf(e: Expr, target: int, when: boolean): void {
    const value: ConstValue | null = this.constantOf(e);
    if (value !== null) {
      if (isTrue(value) === when) this.jump(op.JUMP, target);
      return;
    }
    switch (e.kind) {
      case n.N_UNARY_OP:
        if ((e as ast.UnaryOp).op === n.OP_NOT) {
          if (isInvertible((e as ast.UnaryOp).operand)) break;
          this.jumpIf((e as ast.UnaryOp).operand, target, !when);
          return;
        }
        break;
      case n.N_BOOL_OP:
        this.#jumpIfBool(e as ast.BoolOp, target, when);
        return;
      case n.N_IF_EXP: {
        const orelse: int = this.newLabel();
        const end: int = this.newLabel();
        this.jumpIf((e as ast.IfExp).test, orelse, false);
        this.jumpIf((e as ast.IfExp).body, target, when);
        this.jump(op.JUMP, end);
        this.place(orelse);
        this.jumpIf((e as ast.IfExp).orelse, target, when);
        this.place(end);
        return;
      }
      case n.N_COMPARE:
        // What follows, such as the raising of an assert, is marked at the comparison.
        this.at(e);
        if (this.#jumpIfCompare(e as ast.Compare, target, when)) return;
        break;
    }
    this.expression(e);
    this.jump(when ? op.POP_JUMP_IF_TRUE : op.POP_JUMP_IF_FALSE, target);
  }

  #jumpIfBool(e: ast.BoolOp, target: int, when: boolean): void {
    // "or" is decided by a true operand, "and" by a false one.
    const decides: boolean = e.op === n.OP_OR;
    const end: int = this.newLabel();
    const early: int = decides === when ? target : end;
    for (let i: int = 0; i < e.values.length - 1; i += 1) this.jumpIf(e.values[i], early, decides);
    this.jumpIf(e.values[e.values.length - 1], target, when);
    this.place(end);
  }

  /** Comparisons with None, and chains; false when `e` is neither. */
  #jumpIfCompare(e: ast.Compare, target: int, when: boolean): boolean {
    const last: int = e.ops.length - 1;
    if (last === 0) return this.#jumpIfNone(e, target, when);
    warnCompare(this, e);
    const cleanup: int = this.newLabel();
    const end: int = this.newLabel();
    this.expression(e.left);
    for (let i: int = 0; i < last; i += 1) {
      this.#chained(e, i);
      this.jump(op.POP_JUMP_IF_FALSE, cleanup);
    }
    this.#rightOperand(e, last);
    this.emit0(op.COMPARE_EQ + e.ops[last]);
    this.jump(when ? op.POP_JUMP_IF_TRUE : op.POP_JUMP_IF_FALSE, target);
    this.jump(op.JUMP, end);
    this.place(cleanup);
    this.emit0(op.POP_TOP);
    if (!when) this.jump(op.JUMP, target);
    this.place(end);
    return true;
  }

  #jumpIfNone(e: ast.Compare, target: int, when: boolean): boolean {
    if (e.ops[0] !== n.CMP_IS && e.ops[0] !== n.CMP_IS_NOT) return false;
    const right: ConstValue | null = this.constantOf(e.comparators[0]);
    if (right === null || right.kind !== c.C_NONE) return false;
    warnCompare(this, e);
    this.expression(e.left);
    const onNone: boolean = (e.ops[0] === n.CMP_IS) === when;
    this.jump(onNone ? op.POP_JUMP_IF_NONE : op.POP_JUMP_IF_NOT_NONE, target);
    return true;
  }

  // Targets.

  /** Stores the top of the stack. */
  storeTarget(e: Expr): void {
    const outer: Position = this.unit.position;
    this.at(e);
    switch (e.kind) {
      case n.N_NAME:
        this.storeName((e as ast.Name).id, e);
        break;
      case n.N_ATTRIBUTE: {
        const attribute: ast.Attribute = e as ast.Attribute;
        this.forbidName(attribute.attr, e);
        this.expression(attribute.value);
        this.atAttribute(attribute);
        this.emitName(op.STORE_ATTR, attribute.attr);
        break;
      }
      case n.N_SUBSCRIPT:
        this.expression((e as ast.Subscript).value);
        this.expression((e as ast.Subscript).index);
        this.emit0(op.STORE_SUBSCR);
        break;
      case n.N_TUPLE_EXPR:
        this.#unpack(e, (e as ast.TupleExpr).elts);
        break;
      case n.N_LIST_EXPR:
        this.#unpack(e, (e as ast.ListExpr).elts);
        break;
      case n.N_STARRED:
        throw this.error(e, "starred assignment target must be in a list or tuple");
    }
    this.unit.position = outer;
  }

  #unpack(e: Span, elts: Expr[]): void {
    let star: int = -1;
    for (let i: int = 0; i < elts.length; i += 1) {
      if (elts[i].kind !== n.N_STARRED) continue;
      if (star >= 0) throw this.error(e, "multiple starred expressions in assignment");
      star = i;
    }
    if (star < 0) this.emit(op.UNPACK_SEQUENCE, elts.length);
    else {
      const after: int = elts.length - star - 1;
      if (star > 255 || after > 0x7fffff) throw this.error(e, "too many expressions in star-unpacking assignment");
      this.emit(op.UNPACK_EX, star + (after << 8));
    }
    for (const x of elts) this.storeTarget(x.kind === n.N_STARRED ? (x as ast.Starred).value : x);
  }

  /** Deletes what a target names. */
  deleteTarget(e: Expr): void {
    const outer: Position = this.unit.position;
    this.at(e);
    switch (e.kind) {
      case n.N_NAME:
        this.deleteName((e as ast.Name).id, e);
        break;
      case n.N_ATTRIBUTE: {
        const attribute: ast.Attribute = e as ast.Attribute;
        if (attribute.attr === "__debug__") throw this.error(e, "cannot delete __debug__");
        this.expression(attribute.value);
        this.atAttribute(attribute);
        this.emitName(op.DELETE_ATTR, attribute.attr);
        break;
      }
      case n.N_SUBSCRIPT:
        this.expression((e as ast.Subscript).value);
        this.expression((e as ast.Subscript).index);
        this.emit0(op.DELETE_SUBSCR);
        break;
      case n.N_TUPLE_EXPR:
        for (const x of (e as ast.TupleExpr).elts) this.deleteTarget(x);
        break;
      case n.N_LIST_EXPR:
        for (const x of (e as ast.ListExpr).elts) this.deleteTarget(x);
        break;
    }
    this.unit.position = outer;
  }
}

/** Whether the negation of `e` is a comparison too. */
function isInvertible(e: Expr): boolean {
  if (e.kind !== n.N_COMPARE) return false;
  const ops: int[] = (e as ast.Compare).ops;
  return ops.length === 1 && ops[0] >= n.CMP_IS;
}

/** The operator that means the negation of is, is not, in, not in. */
function invertedOperator(operator: int): int {
  switch (operator) {
    case n.CMP_IS:
      return n.CMP_IS_NOT;
    case n.CMP_IS_NOT:
      return n.CMP_IS;
    case n.CMP_IN:
      return n.CMP_NOT_IN;
  }
  return n.CMP_IN;
}

function hasStarred(elts: Expr[]): boolean {
  for (const e of elts) if (e.kind === n.N_STARRED) return true;
  return false;
}
