/** Making things: lists, tuples, records, instances, closures, and the cells of captured variables. */
import type { Cell, ClosureTemplate, RecordShape, SpreadMask, TypeRef } from "../../translator/flow/description.ts";
import { Constant } from "../../translator/flow/model.ts";
import { TypeCell } from "../cells.ts";
import type { RecordDesc } from "../classes.ts";
import type { DeclaredRecord, DeclaredType } from "../declared.ts";
import { ClosureFunction, type FunctionSpecialization } from "../functions.ts";
import { defaultWhat, iteratedItem } from "../iteration.ts";
import {
  NOTHING,
  type Nulls,
  POISON,
  SomeCell,
  SomeFunction,
  SomeInstance,
  SomeList,
  SomeTuple,
  type SomeValue,
  UNDEFINED,
  UNDEFINED_BIT,
} from "../model.ts";
import type { OpContext, Transfer } from "../opcontext.ts";

function newList(ctx: OpContext): SomeValue {
  const declared = ctx.resolve(ctx.constant<TypeRef | null>(0));
  const cell = ctx.listCell();
  if (declared?.kind === "list") ctx.solver.unifier.declare(cell.item, declared.item);
  for (let i = 1; i < ctx.count; i++) ctx.merge(cell.item, ctx.arg(i), "item of the list", i);
  return new SomeList(cell.find());
}

function listExtend(ctx: OpContext): SomeValue {
  const [list, source] = [ctx.arg(0), ctx.arg(1)];
  if (source.kind === "nothing") return NOTHING;
  if (!(list instanceof SomeList)) return POISON;
  list.cell.resized = true;
  ctx.merge(list.cell.item, iteratedItem(ctx, source, defaultWhat(source), 1), "spread into a list", 1);
  return UNDEFINED;
}

function newTuple(ctx: OpContext): SomeValue {
  const declared = ctx.resolve(ctx.constant<TypeRef | null>(0));
  const items: SomeValue[] = [];
  for (let i = 1; i < ctx.count; i++) {
    const wanted: DeclaredType | undefined = declared?.kind === "tuple" ? declared.items[i - 1] : undefined;
    ctx.operand = ctx.op.args[i] ?? null;
    ctx.what = `item ${i - 1} of the tuple`;
    items.push(wanted === undefined ? ctx.arg(i) : ctx.solver.unifier.conform(ctx.arg(i), wanted));
  }
  return new SomeTuple(items);
}

/** The declared shape of a literal: a record, or the member of a union of records that has its properties. */
function declaredShape(declared: DeclaredType | null, names: readonly string[]): DeclaredRecord | null {
  if (declared === null) return null;
  if (declared.kind === "record") return declared;
  if (declared.kind !== "union") return null;
  for (const member of declared.members ?? []) {
    if (member.kind !== "record") continue;
    const properties = member.properties();
    const isComplete = [...properties].every(([name, p]) => p.optional || names.includes(name));
    if (isComplete && names.every((n) => properties.has(n))) return member;
  }
  return null;
}

function recordOf(ctx: OpContext, shape: RecordShape, names: readonly string[]): RecordDesc {
  const declared = declaredShape(ctx.resolve(shape.declared), names);
  const { classes } = ctx.solver;
  const desc =
    declared === null ? classes.anonymousRecord(ctx.op, names, shape.node) : classes.declaredRecord(declared);
  const { op } = ctx;
  classes.noteNames(desc, names, (type) => ({
    type,
    what: "property absent",
    position: op.position,
    from: null,
    cell: null,
  }));
  classes.markInstantiated(desc);
  return desc;
}

function newRecord(ctx: OpContext): SomeValue {
  const shape = ctx.constant<RecordShape>(0);
  const desc = recordOf(ctx, shape, shape.names);
  shape.names.forEach((name, i) => {
    const field = ctx.solver.classes.field(desc, name);
    ctx.merge(field.cell, ctx.arg(i + 1), `property ${name}`, i + 1);
  });
  return new SomeInstance(desc.find());
}

/** Spread records contribute all their properties, later ones win. */
function recordExtend(ctx: OpContext): SomeValue {
  const shape = ctx.constant<RecordShape>(0);
  const mask = ctx.constant<SpreadMask>(1);
  const sources: { names: string[]; operand: number; type: SomeInstance | null }[] = [];
  let plain = 0;
  for (let i = 2; i < ctx.count; i++) {
    const type = ctx.arg(i);
    if (mask.spread[i - 2] !== true) {
      sources.push({ names: [shape.names[plain++] as string], operand: i, type: null });
    } else if (type instanceof SomeInstance && type.classDesc.isRecord) {
      sources.push({ names: [...(type.classDesc as RecordDesc).names], operand: i, type });
    } else if (type.kind !== "nothing") {
      return ctx.fail("RTS1207", `${type.toText()} is spread into an object literal`, "spread a record", [i]);
    }
  }
  const names = [...new Set(sources.flatMap((s) => s.names))];
  const desc = recordOf(ctx, shape, names);
  const given = new Set<string>();
  for (const source of sources) {
    for (const name of source.names) {
      extendField(ctx, desc, name, source, given.has(name));
      given.add(name);
    }
  }
  return new SomeInstance(desc.find());
}

function extendField(
  ctx: OpContext,
  desc: RecordDesc,
  name: string,
  source: { operand: number; type: SomeInstance | null },
  isGiven: boolean,
): void {
  const { classes } = ctx.solver;
  const field = classes.field(desc, name);
  let type = source.type === null ? ctx.arg(source.operand) : ctx.read(classes.field(source.type.classDesc, name).cell);
  // What is absent in a spread record does not replace what came before.
  if (isGiven && source.type !== null) {
    if (type.kind === "nothing" && type.nulls === UNDEFINED_BIT) return;
    type = type.withNulls((type.nulls & ~UNDEFINED_BIT) as Nulls);
  }
  ctx.merge(field.cell, type, `property ${name}`, source.type === null ? source.operand : -1);
}

/** The same function made further out: local functions that call each other are not specialized for their callers. */
function findAround(specialization: FunctionSpecialization, template: ClosureTemplate): ClosureFunction | null {
  for (let { desc } = specialization; desc instanceof ClosureFunction; desc = desc.enclosing.desc) {
    if (desc.template === template) return desc;
  }
  return null;
}

function makeClosure(ctx: OpContext): SomeValue {
  const template = ctx.constant<ClosureTemplate>(0);
  const desc = ctx.solver.opValue(ctx.op, "closure", () => {
    const around = findAround(ctx.specialization, template);
    if (around !== null) return around;
    const captures = template.captures.map((name) => new TypeCell(`captured ${name}`, ctx.op.position, true));
    return new ClosureFunction(template, ctx.specialization, template.build(), captures);
  });
  template.captures.forEach((name, i) => {
    ctx.merge(desc.captures[i] as TypeCell, ctx.arg(i + 1), `captured ${name}`, i + 1);
  });
  return new SomeFunction([desc]);
}

function newCell(ctx: OpContext): SomeValue {
  const name = ctx.op.result.name;
  const cell = ctx.typeCell("cell", `variable ${name}`);
  if (ctx.count > 0) ctx.merge(cell, ctx.arg(0), `variable ${name}`, 0);
  return new SomeCell(cell);
}

function cellOf(ctx: OpContext): TypeCell | null {
  const arg = ctx.op.args[0];
  if (arg instanceof Constant) return ctx.solver.cellOf(arg.value as Cell);
  const s = ctx.arg(0);
  return s instanceof SomeCell ? s.cell : null;
}

function getCell(ctx: OpContext): SomeValue {
  const cell = cellOf(ctx);
  return cell === null ? POISON : ctx.read(cell);
}

function setCell(ctx: OpContext): SomeValue {
  const cell = cellOf(ctx);
  if (cell === null) return POISON;
  ctx.merge(cell, ctx.arg(1), `assigned to ${cell.find().what}`, 1);
  return UNDEFINED;
}

export const OBJECTS: Readonly<Record<string, Transfer>> = {
  new_list: newList,
  list_extend: listExtend,
  new_tuple: newTuple,
  new_record: newRecord,
  record_extend: recordExtend,
  make_closure: makeClosure,
  new_cell: newCell,
  get_cell: getCell,
  set_cell: setCell,
};
