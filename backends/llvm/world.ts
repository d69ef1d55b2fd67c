/**
 * What the backend knows of the whole program before it writes the first module: layout, type table, symbols,
 * partitions, linkage. Immutable once built; module writers only read it.
 */
import { TYPE_IS_LEAF } from "../../gc/typetable.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import { type LowContainer, LowFunction, type LowStruct } from "../../rtyper/lltype/memory.ts";
import type { GcBinding, TransformedProgram } from "../../rtyper/lltype/transformed.ts";
import { type PtrTarget, WEAKREF } from "../../rtyper/lltype/types.ts";
import { nameAll } from "./names.ts";
import { partitionFunctions, partitionObjects } from "./partition.ts";
import { collectReferences, type References } from "./references.ts";
import { TARGETS, type Target, type TargetInfo } from "./types.ts";
import { buildTypeTable, entryFacts, type TypeTable } from "./typetable.ts";

export interface WorldOptions {
  readonly target: Target;
  /** Assertions that only a broken pass can violate. */
  readonly lldebug: boolean;
}

export class World {
  readonly options: WorldOptions;
  readonly target: TargetInfo;
  readonly layout: Layout;
  readonly gc: GcBinding;
  readonly types: TypeTable;
  readonly references: References;
  readonly entry: LowFunction;
  readonly printUncaught: LowFunction | null;
  readonly systemErrors: ReadonlyMap<string, LowStruct>;
  readonly functionPartitions: ReadonlyMap<LowFunction, string>;
  readonly objectPartitions: ReadonlyMap<LowContainer, string>;
  readonly #symbols: ReadonlyMap<LowContainer, string>;
  readonly #internal = new Set<LowFunction>();

  constructor(transformed: TransformedProgram, options: WorldOptions) {
    const { program, gc } = transformed;
    this.options = options;
    this.target = TARGETS[options.target];
    if (program.wordBits !== this.target.wordBytes * 8) {
      throw new Error(`the program was made for ${program.wordBits} bits, not for ${options.target}`);
    }
    this.gc = gc;
    this.layout = new Layout({ wordBytes: this.target.wordBytes, typePointer: !gc.removeTypePointer });
    this.entry = program.entry;
    this.printUncaught = program.printUncaught;
    this.systemErrors = program.systemErrors;
    this.references = collectReferences(rootsOf(transformed), classTypes(transformed));
    this.types = buildTypeTable(this.references.types, this.layout);
    this.#symbols = nameAll(this.references);
    this.functionPartitions = partitionFunctions(this.references.sizes);
    this.objectPartitions = partitionObjects(
      this.references.objects.filter((object) => !this.types.isVtable(object)),
      this.#symbols,
    );
    this.#findInternal(new Set(rootsOf(transformed)));
  }

  /** The symbol of a function or prebuilt object, without `@`. */
  symbol(object: LowContainer): string {
    const symbol = this.#symbols.get(object);
    if (symbol === undefined) {
      const what = object instanceof LowFunction ? object.name : object.type.toText();
      throw new Error(`${what} was not found when the program was walked`);
    }
    return symbol;
  }

  /** Whether a prebuilt object has fields or items of GC pointer type. */
  holdsGcPointers(object: LowContainer): boolean {
    if (object instanceof LowFunction || !object.type.gc) return false;
    const facts = entryFacts(object.type, this.layout);
    return (facts.flags & TYPE_IS_LEAF) === 0;
  }

  /** Linkage and visibility of a function's definition. */
  linkage(f: LowFunction): string {
    if (f.attributes.has("c_entry")) return "";
    return this.#internal.has(f) ? "internal " : "hidden ";
  }

  /** A function is internal when only functions of its own partition name it. */
  #findInternal(roots: ReadonlySet<LowContainer>): void {
    for (const [f, partition] of this.functionPartitions) {
      if (roots.has(f)) continue;
      const referrers = this.references.referrers.get(f) ?? new Set();
      const alone = [...referrers].every(
        (by) => by instanceof LowFunction && this.functionPartitions.get(by) === partition,
      );
      if (alone && referrers.size > 0) this.#internal.add(f);
    }
  }
}

function rootsOf({ program, gc }: TransformedProgram): LowContainer[] {
  const roots: LowContainer[] = [program.entry];
  if (program.printUncaught !== null) roots.push(program.printUncaught);
  roots.push(...program.systemErrors.values());
  if (gc.collector !== null) {
    if (gc.collector.setup !== null) roots.push(gc.collector.setup);
    roots.push(...gc.collector.entries.values());
  }
  for (const f of program.functions) if (f.attributes.has("c_entry")) roots.push(f);
  return roots;
}

function* classTypes({ program }: TransformedProgram): Generator<PtrTarget> {
  // Collectors name its type id.
  yield WEAKREF;
  for (const cls of program.classes) yield cls.struct;
}
