/**
 * The graph verifier. It runs after every pass in tests and with `--lldebug`. Invariants checked:
 *
 *  1. Every variable is defined once in the graph (input of one block, result of one operation, or caught exception
 *     of one link).
 *  2. Blocks are closed: an operand, exit switch or link argument is a Constant, an input of the block, or a result
 *     of an earlier operation of the same block; a caught exception is used in its own link only; a result is not
 *     passed on by the exception link of the operation that makes it.
 *  3. A link has as many arguments as its target has inputs, and their types agree once types are there.
 *  4. `returnBlock` and `exceptBlock` have one input, no operations, no exits, and are not the start block.
 *  5. Exits fit the exit switch: none → one exit with case null, or no exit at all after `unreachable`; EXCEPTION → the
 *     normal exit with case null, then one exception exit, after at least one operation, which can raise; boolean →
 *     true and false once each; otherwise distinct cases of one kind and at most one "default", last.
 *  6. Only exits with case EXCEPTION have a caught exception.
 *  7. Operations are known, with the operand number of their table (through `checkOperation`), and have a position.
 */
import { type Block, EXCEPTION, type FunctionGraph, type Link, type Operation, type Value, Variable } from "./model.ts";
import { FLOW_OPS } from "./ops.ts";
import type { PrintOptions } from "./print.ts";
import { printGraph } from "./print.ts";
import { reversePostorder } from "./traverse.ts";

/** One broken invariant and what breaks it. */
export interface Problem {
  readonly message: string;
  readonly block: Block;
  readonly culprit: Operation | Link | Block;
}

export interface VerifyOptions {
  /** Table checks for one operation: a message, or null. By default the high-level table's. */
  readonly checkOperation?: (op: Operation) => string | null;
  /** Whether an operation may have an exception exit. By default by the high-level table. */
  readonly canRaise?: (op: Operation) => boolean;
  /** Whether control never passes an operation. By default: it is called `unreachable` or `fatal`. */
  readonly neverPasses?: (op: Operation) => boolean;
}

/** Checks the operation against the high-level table: known name, operand number. */
export function checkFlowOperation(op: Operation): string | null {
  const info = (FLOW_OPS as Record<string, { args: string }>)[op.opname];
  if (info === undefined) return `unknown operation ${op.opname}`;
  const words = info.args === "" ? [] : info.args.split(" ");
  const isVariadic = words.at(-1)?.endsWith("...") ?? false;
  const most = isVariadic ? Number.POSITIVE_INFINITY : words.length;
  const least = words.filter((word) => !word.endsWith("...") && !word.endsWith("?")).length;
  if (op.args.length < least || op.args.length > most) {
    const takes = least === most ? `${least}` : isVariadic ? `at least ${least}` : `${least} to ${most}`;
    return `${op.opname} takes ${takes} operands, not ${op.args.length}`;
  }
  return null;
}

function flowCanRaise(op: Operation): boolean {
  return (FLOW_OPS as Record<string, { canRaise: boolean }>)[op.opname]?.canRaise ?? false;
}

class Verifier {
  readonly #graph: FunctionGraph;
  readonly #options: Required<VerifyOptions>;
  readonly #definitions = new Map<Variable, Block>();
  readonly problems: Problem[] = [];

  constructor(graph: FunctionGraph, options: VerifyOptions) {
    this.#graph = graph;
    this.#options = {
      checkOperation: options.checkOperation ?? checkFlowOperation,
      canRaise: options.canRaise ?? flowCanRaise,
      neverPasses: options.neverPasses ?? ((op) => op.opname === "unreachable" || op.opname === "fatal"),
    };
  }

  run(): Problem[] {
    const { returnBlock, exceptBlock, startBlock } = this.#graph;
    for (const block of [returnBlock, exceptBlock]) this.#finalBlock(block);
    if (startBlock === returnBlock || startBlock === exceptBlock) {
      this.#report("the start block is a final block", startBlock, startBlock);
    }
    for (const block of reversePostorder(this.#graph)) {
      if (block !== returnBlock && block !== exceptBlock) this.#body(block);
    }
    return this.problems;
  }

  #report(message: string, block: Block, culprit: Operation | Link | Block): void {
    this.problems.push({ message, block, culprit });
  }

  #finalBlock(block: Block): void {
    if (block.inputargs.length !== 1) this.#report("a final block has one input", block, block);
    if (block.operations.length > 0 || block.exits.length > 0) {
      this.#report("a final block has no operations and no exits", block, block);
    }
    for (const input of block.inputargs) this.#define(input, block, block);
  }

  #define(variable: Variable, block: Block, culprit: Operation | Link | Block): void {
    if (!(variable instanceof Variable)) {
      this.#report("a definition is not a variable", block, culprit);
    } else if (this.#definitions.has(variable)) {
      this.#report(`variable ${variable.name || "v"} (id ${variable.id}) is defined twice`, block, culprit);
    } else {
      this.#definitions.set(variable, block);
    }
  }

  #body(block: Block): void {
    const visible = new Set<Variable>(block.inputargs);
    for (const input of block.inputargs) this.#define(input, block, block);
    for (const op of block.operations) {
      this.#uses(op.args, visible, block, op);
      const message = this.#options.checkOperation(op);
      if (message !== null) this.#report(message, block, op);
      if (op.position === undefined || op.position === null) this.#report("operation without a position", block, op);
      this.#define(op.result, block, op);
      visible.add(op.result);
    }
    if (block.exitswitch !== null && block.exitswitch !== EXCEPTION) {
      this.#uses([block.exitswitch], visible, block, block);
    }
    for (const link of block.exits) this.#link(link, visible, block);
    this.#exits(block);
  }

  #uses(
    values: readonly Value[],
    visible: ReadonlySet<Variable>,
    block: Block,
    culprit: Operation | Link | Block,
  ): void {
    for (const value of values) {
      if (value === undefined || value === null) this.#report("missing operand", block, culprit);
      else if (value instanceof Variable && !visible.has(value)) {
        const name = value.name || "v";
        this.#report(`variable ${name} (id ${value.id}) is not defined above in this block`, block, culprit);
      }
    }
  }

  #link(link: Link, visible: ReadonlySet<Variable>, block: Block): void {
    let known = visible;
    if (link.exitcase === EXCEPTION) {
      const own = new Set(visible);
      const last = block.operations.at(-1);
      if (last !== undefined) own.delete(last.result);
      if (link.exceptionValue !== null) {
        this.#define(link.exceptionValue, block, link);
        own.add(link.exceptionValue);
      }
      known = own;
    } else if (link.exceptionValue !== null) {
      this.#report("caught exception on a normal exit", block, link);
    }
    this.#uses(link.args, known, block, link);
    const inputs = link.target.inputargs;
    if (inputs.length !== link.args.length) {
      this.#report(`${link.args.length} link arguments for ${inputs.length} inputs`, block, link);
      return;
    }
    inputs.forEach((input, index) => {
      const from = link.args[index]?.type?.toText() ?? null;
      const to = input.type?.toText() ?? null;
      if (from !== null && to !== null && from !== to) {
        this.#report(`link argument ${index} is ${from}, the input is ${to}`, block, link);
      }
    });
  }

  #exits(block: Block): void {
    const { exitswitch, exits } = block;
    const last = block.operations.at(-1);
    if (exitswitch === null) {
      if (exits.length === 0 && last !== undefined && this.#options.neverPasses(last)) return;
      if (exits.length !== 1 || exits[0]?.exitcase !== null) {
        this.#report("without exit switch there is one exit, with case null", block, block);
      }
    } else if (exitswitch === EXCEPTION) {
      const [normal, raised] = exits;
      if (exits.length !== 2 || normal?.exitcase !== null || raised?.exitcase !== EXCEPTION) {
        this.#report("exits after a raising operation are the normal one, then the exception one", block, block);
      }
      if (last === undefined) this.#report("exception exit of a block without operations", block, block);
      else if (!this.#options.canRaise(last)) this.#report(`${last.opname} cannot raise`, block, last);
    } else {
      this.#switchExits(block);
    }
  }

  #switchExits(block: Block): void {
    const cases = block.exits.map((link) => link.exitcase);
    if (new Set(cases).size !== cases.length) this.#report("two exits have one case", block, block);
    if (cases.includes(null) || cases.includes(EXCEPTION))
      this.#report("exit of a switch without a case", block, block);
    if (cases.some((c) => typeof c === "boolean")) {
      if (cases.length !== 2 || cases.some((c) => typeof c !== "boolean")) {
        this.#report("a boolean switch has exits for true and false", block, block);
      }
      return;
    }
    const position = cases.indexOf("default");
    if (position >= 0 && position !== cases.length - 1) this.#report("the default exit is not the last", block, block);
    const kinds = new Set(cases.filter((c) => c !== "default").map((c) => typeof c));
    if (kinds.size > 1) this.#report("exit cases of several kinds", block, block);
    if (cases.length === 0) this.#report("a switch without exits", block, block);
  }
}

/** Every broken invariant of the graph; empty when it is well formed. */
export function verifyGraph(graph: FunctionGraph, options: VerifyOptions = {}): Problem[] {
  return new Verifier(graph, options).run();
}

/** The graph as text with the problems marked on their culprits. */
export function problemText(graph: FunctionGraph, problems: readonly Problem[], options: PrintOptions = {}): string {
  const mark = new Map<Operation | Link | Block, string>();
  for (const { culprit, message } of problems) {
    const before = mark.get(culprit);
    mark.set(culprit, before === undefined ? `^^^ ${message}` : `${before}; ${message}`);
  }
  const list = problems.map((problem) => `  ${problem.message}`).join("\n");
  return `graph ${graph.name} is malformed:\n${list}\n${printGraph(graph, { ...options, mark })}`;
}

/** Throws when the graph is malformed; `after` names the pass that made it. */
export function requireValid(
  graph: FunctionGraph,
  after: string,
  options: VerifyOptions = {},
  printing: PrintOptions = {},
): void {
  const problems = verifyGraph(graph, options);
  if (problems.length > 0) throw new Error(`after ${after}: ${problemText(graph, problems, printing)}`);
}
