/** Lowering of small hand-annotated graphs, run in llinterp: numbers, nullable scalars, exceptions that end a block. */
import { expect, test } from "vitest";
import type { FunctionSpecialization } from "../../annotator/functions.ts";
import { FLOAT, INT, SomeInt, type SomeValue } from "../../annotator/model.ts";
import type { AnnotationResult } from "../../annotator/result.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { Machine } from "../../rtyper/llinterp/machine.ts";
import type { LowValue } from "../../rtyper/lltype/memory.ts";
import { requireValidFunction } from "../../rtyper/lltype/verify.ts";
import "../../rtyper/checks.ts";
import "../../rtyper/repr/float.ts";
import "../../rtyper/repr/nullable.ts";
import { ProgramTyper } from "../../rtyper/typer.ts";
import { SourcePosition } from "../../translator/diagnostics/position.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "../../translator/flow/model.ts";

const position = new SourcePosition("test.ts", 1, 1, "f");
const types = new Map<Value, SomeValue>();

function typed(s: SomeValue, name = ""): Variable {
  const v = new Variable(name);
  types.set(v, s);
  return v;
}

function op(opname: string, args: Value[], result: SomeValue): Operation {
  return new Operation(opname, args, typed(result), position);
}

function specialization(
  name: string,
  graph: FunctionGraph,
  params: SomeValue[],
  result: SomeValue,
): FunctionSpecialization {
  const cell = (type: SomeValue) => ({ type });
  return {
    name,
    graph,
    params: params.map(cell),
    paramTypes: params,
    result: cell(result),
    resultType: result,
    signature: { node: null, hasThis: false },
  } as unknown as FunctionSpecialization;
}

/** Lowers a function of one block and calls it. */
function run(
  params: SomeValue[],
  result: SomeValue,
  build: (args: Variable[]) => [Operation[], Value],
  values: LowValue[],
): LowValue {
  const args = params.map((p, i) => typed(p, `a${i}`));
  const block = new Block(args);
  const graph = new FunctionGraph("f", block, position);
  const [operations, returned] = build(args);
  block.operations = operations;
  block.exits = [new Link([returned], graph.returnBlock)];
  const s = specialization("f", graph, params, result);
  const annotation = {
    entry: s,
    specializations: [s],
    typeOf: (v: Value) => types.get(v) ?? (typeof (v as Constant).value === "number" ? INT : null),
    findTarget: () => null,
    classOf: () => errorDesc,
    pathTo: () => "",
  } as unknown as AnnotationResult;
  const typer = new ProgramTyper(annotation, { wordBits: 64, lldebug: true });
  typer.lowerAll();
  const { lowered } = typer.functions.of(s);
  for (const f of typer.lowFunctions) requireValidFunction(f);
  return new Interpreter(new Machine({ wordBits: 64 })).call(lowered, values);
}

const errorDesc = {
  name: "Error",
  base: null,
  node: null,
  fields: new Map(),
  find: () => errorDesc,
} as never;

test("integer and float arithmetic", () => {
  const sum = run(
    [INT, FLOAT],
    FLOAT,
    ([a, b]) => {
      const product = op("mul", [a as Value, new Constant(3)], INT);
      const total = op("add", [product.result, b as Value], FLOAT);
      return [[product, total], total.result];
    },
    [4n, 0.5],
  );
  expect(sum).toBe(12.5);
});

test("32-bit operations", () => {
  const shifted = run(
    [INT],
    INT,
    ([a]) => {
      const made = op("shl", [a as Value, new Constant(31)], INT);
      return [[made], made.result];
    },
    [3n],
  );
  expect(shifted).toBe(BigInt(3 << 31));
});

test("a nullable int is a value and a flag", () => {
  const nullable = new SomeInt(1);
  const f = (flag: bigint) =>
    run(
      [nullable],
      INT,
      ([a]) => {
        const made = op("nonnull", [a as Value], INT);
        return [[made], made.result];
      },
      [7n, flag],
    );
  expect(f(0n)).toBe(7n);
  expect(() => f(1n)).toThrow();
});
