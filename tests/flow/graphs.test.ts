/** Text, verifier and clean-up of graphs: case files, and parse ∘ print = identity on random graphs. */
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SourcePosition } from "../../translator/diagnostics/position.ts";
import { TextConstants } from "../../translator/flow/constants.ts";
import { copyGraph } from "../../translator/flow/copy.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  FunctionGraph,
  Link,
  Operation,
  type Value,
  type ValueType,
  Variable,
} from "../../translator/flow/model.ts";
import { parseGraph } from "../../translator/flow/parse.ts";
import { printGraph } from "../../translator/flow/print.ts";
import { simplifyGraph } from "../../translator/flow/simplify.ts";
import { problemText, verifyGraph } from "../../translator/flow/verify.ts";
import { TextError } from "../../translator/text/lexer.ts";
import { runCaseFiles } from "../kit/cases.ts";

const types = new Map<string, ValueType>();
function parseType(text: string): ValueType {
  const type = types.get(text) ?? { toText: () => text };
  types.set(text, type);
  return type;
}

function read(input: string, isLow: boolean): FunctionGraph {
  return parseGraph(input, isLow ? { parseType } : {});
}

const printing = (isLow: boolean) => ({ constants: new TextConstants(isLow ? { parseType } : {}) });
const lowOptions = { checkOperation: () => null, canRaise: () => true };

runCaseFiles(join(import.meta.dirname, "graphs"), {
  print: (input, args) => printGraph(read(input, args.includes("low")), { positions: args.includes("positions") }),
  simplify: (input, args) => {
    const graph = read(input, args.includes("low"));
    simplifyGraph(graph, args.includes("low") ? { canRemove: (op) => op.opname.startsWith("int_") } : {});
    expect(verifyGraph(graph, args.includes("low") ? lowOptions : {})).toEqual([]);
    return printGraph(graph, printing(args.includes("low")));
  },
  verify: (input, args) => {
    const graph = read(input, args.includes("low"));
    const problems = verifyGraph(graph, args.includes("low") ? lowOptions : {});
    return problems.length === 0 ? "well formed" : problemText(graph, problems, printing(args.includes("low")));
  },
  error: (input) => {
    try {
      read(input, true);
    } catch (error) {
      if (error instanceof TextError) return error.message;
      throw error;
    }
    return "no error";
  },
});

/** Random well-formed graphs from a list of small numbers that drives the choices. */
function randomGraph(choices: readonly number[], isLow: boolean): FunctionGraph {
  let at = 0;
  const choose = (n: number): number => (choices[at++ % choices.length] as number) % n;
  const position = new SourcePosition("random.ts", 1 + choose(9), 1 + choose(9), "random");
  const typed = (name: string): ValueType | null => (isLow ? parseType(name) : null);
  const variable = (): Variable => new Variable(["", "x", "x1", "node", "#y"][choose(5)], typed("Signed"));
  const constants: (() => Constant)[] = [
    () => new Constant(isLow ? BigInt(choose(5)) : choose(5), typed("Signed"), isLow ? null : "int"),
    () => new Constant(choose(5) - 0.5, typed("Float"), isLow ? null : "float"),
    () => new Constant(choose(2) === 0, typed("Bool")),
    () => new Constant(choose(5) === 0 ? -0 : choose(7), typed("Float")),
    () => new Constant("text", typed("Void")),
    () => new Constant(null, typed("Ptr(Box)")),
    () => new Constant(parseType, typed("Ptr(Code)")),
    () => new Constant(SourcePosition, typed("Ptr(VTable)")),
    () => new Constant(choose(300), typed("UInt16")),
  ];
  const blocks = Array.from({ length: 1 + choose(6) }, () => new Block());
  for (const block of blocks) block.inputargs = Array.from({ length: choose(4) }, variable);
  const graph = new FunctionGraph("random.f", blocks[0] as Block, position);
  if (isLow)
    for (const end of [graph.returnBlock, graph.exceptBlock]) (end.inputargs[0] as Variable).type = parseType("Signed");
  for (const block of blocks) {
    const known: Value[] = [...block.inputargs];
    const value = (): Value =>
      known.length > 0 && choose(3) > 0
        ? (known[choose(known.length)] as Value)
        : (constants[choose(constants.length)] as () => Constant)();
    for (let n = choose(4); n > 0; n--) {
      const op = new Operation(choose(2) === 0 ? "add" : "lt", [value(), value()], variable(), position);
      block.operations.push(op);
      known.push(op.result);
    }
    const link = (exitcase: Link["exitcase"], caught: Variable | null = null): Link => {
      const target = choose(4) === 0 ? graph.returnBlock : (blocks[choose(blocks.length)] as Block);
      const made = new Link(target.inputargs.map(value), target, exitcase, caught);
      if (choose(5) === 0) made.weight = "unlikely";
      return made;
    };
    const shape = choose(4);
    if (shape === 0) {
      block.exitswitch = value();
      block.exits = choose(2) === 0 ? [link(true), link(false)] : [link(false), link(true)];
    } else if (shape === 1) {
      block.exitswitch = value();
      block.exits = [link(1), link(2), link("default")];
    } else if (shape === 2) {
      block.operations.push(new Operation("call", [new Constant(parseType)], variable(), position));
      block.exitswitch = EXCEPTION;
      const caught = variable();
      block.exits = [link(null), new Link([caught], graph.exceptBlock, EXCEPTION, caught)];
    } else {
      block.exits = [link(null)];
    }
  }
  return graph;
}

const drive = fc.array(fc.nat({ max: 1000 }), { minLength: 5, maxLength: 200 });

test("parse ∘ print is the identity", () => {
  fc.assert(
    fc.property(drive, fc.boolean(), fc.boolean(), (choices, isLow, positions) => {
      const graph = randomGraph(choices, isLow);
      const text = printGraph(graph, { ...printing(isLow), positions });
      const again = parseGraph(text, isLow ? { parseType } : {});
      expect(printGraph(again, { ...printing(isLow), positions })).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test("a copy prints as the original and shares nothing", () => {
  fc.assert(
    fc.property(drive, (choices) => {
      const graph = randomGraph(choices, false);
      const text = printGraph(graph);
      const { graph: copy } = copyGraph(graph);
      expect(printGraph(copy)).toBe(text);
      simplifyGraph(copy);
      expect(printGraph(graph)).toBe(text);
    }),
  );
});

test("simplification keeps graphs well formed and reaches a fixpoint", () => {
  fc.assert(
    fc.property(drive, (choices) => {
      const graph = randomGraph(choices, false);
      const before = verifyGraph(graph);
      simplifyGraph(graph);
      if (before.length === 0) expect(verifyGraph(graph)).toEqual([]);
      expect(simplifyGraph(graph)).toBe(false);
    }),
    { numRuns: 300 },
  );
});
