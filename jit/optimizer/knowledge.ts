/**
 * What is known at a guard of the values that its exit keeps, for the bridge that may be made there: classes, and what
 * fields hold. Compact, because nearly every guard has some and few get a bridge: one list of descriptors, one of ints.
 */
import type { int } from "../../rlib/types.ts";
import { type Descr, FieldDescr, GuardKnowledge, SizeDescr } from "../format/descr.ts";
import { Box, type Value } from "../format/values.ts";
import { RefInfo, UNKNOWN_CLASS } from "./info.ts";
import type { Optimizer } from "./optimizer.ts";

const FACT_NONNULL = 0;
/** The class id follows. */
const FACT_CLASS = 1;
/** The place of a SizeDescr follows. */
const FACT_AT_LEAST = 2;
/** The place of a FieldDescr and that of the value follow. */
const FACT_FIELD = 3;

/** Facts about `failArgs`, by place. */
export class Knowledge extends GuardKnowledge {
  /** Groups: FACT_…, place of the value, operands. */
  readonly facts: readonly int[];
  readonly descrs: readonly Descr[];

  constructor(facts: readonly int[], descrs: readonly Descr[]) {
    super();
    this.facts = facts;
    this.descrs = descrs;
  }
}

/** What is known of the values; null for nothing. */
export function exportKnowledge(opt: Optimizer, values: readonly Value[]): Knowledge | null {
  const facts: int[] = [];
  const descrs: Descr[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value instanceof Box)) continue;
    const info = value.info;
    if (info instanceof RefInfo) exportInfo(info, i, facts, descrs);
  }
  for (const cache of opt.heap.caches) {
    if (!(cache.descr instanceof FieldDescr)) continue;
    let place = -1;
    for (const entry of cache.entries) {
      const object = values.indexOf(opt.resolve(entry.object));
      const value = values.indexOf(opt.resolve(entry.value));
      if (object < 0 || value < 0) continue;
      if (place < 0) place = descrs.push(cache.descr) - 1;
      facts.push(FACT_FIELD, object, place, value);
    }
  }
  return facts.length === 0 ? null : new Knowledge(facts, descrs);
}

function exportInfo(info: RefInfo, place: int, facts: int[], descrs: Descr[]): void {
  const atLeast = info.atLeast;
  if (info.classId !== UNKNOWN_CLASS) facts.push(FACT_CLASS, place, info.classId);
  else if (atLeast !== null) facts.push(FACT_AT_LEAST, place, descrs.push(atLeast) - 1);
  else if (info.nonNull) facts.push(FACT_NONNULL, place);
}

/** Teaches an optimizer what held for the values of the failed guard; here they are the inputs of its bridge. */
export function importKnowledge(opt: Optimizer, knowledge: Knowledge, inputs: readonly Value[]): void {
  const facts = knowledge.facts;
  let at = 0;
  while (at < facts.length) {
    const value = inputs[facts[at + 1]];
    switch (facts[at]) {
      case FACT_NONNULL:
        opt.learnNonNull(value);
        at += 2;
        break;
      case FACT_CLASS:
        opt.learnClass(value, facts[at + 2]);
        at += 3;
        break;
      case FACT_AT_LEAST: {
        const descr = knowledge.descrs[facts[at + 2]];
        opt.learnNonNull(value);
        if (descr instanceof SizeDescr) opt.refInfo(value).atLeast = descr;
        at += 3;
        break;
      }
      default:
        opt.heap.remember(opt.heap.cacheOf(knowledge.descrs[facts[at + 2]]), value, null, inputs[facts[at + 3]]);
        at += 4;
    }
  }
}
