/**
 * Which registers are alive at each `live` of a listing: read later before they are written. Backwards over the flat
 * code, repeated until the sets at labels stop growing.
 *
 * The result of a call is written behind the call's own `live`: there, and at the handler, it counts as its reader says.
 */
import { INSTRUCTION_FORMATS, INSTRUCTION_NAMES } from "../format/instructions.ts";
import {
  type Instruction,
  Label,
  type Listing,
  LiveSet,
  type Operand,
  Register,
  SourceList,
  SwitchCases,
} from "./instruction.ts";

/** Fills the live sets of a listing. */
export function computeLiveness(listing: Listing): void {
  const atLabel = new Map<Label, Map<string, Register>>();
  let changed = true;
  while (changed) changed = walk(listing, atLabel);
}

/** Control does not go on behind these. */
const FINAL: ReadonlySet<string> = new Set([
  "goto",
  "int_return",
  "ref_return",
  "float_return",
  "void_return",
  "raise",
  "unreachable",
  "fatal",
]);

const keyOf = (register: Register): string => `${register.kind} ${register.index}`;

function walk(listing: Listing, atLabel: Map<Label, Map<string, Register>>): boolean {
  let changed = false;
  let alive = new Map<string, Register>();
  for (let i = listing.lines.length - 1; i >= 0; i--) {
    const line = listing.lines[i] as Instruction | Label;
    if (line instanceof Label) {
      const known = atLabel.get(line);
      if (known === undefined || known.size !== alive.size) {
        const merged = new Map([...(known ?? []), ...alive]);
        if (known === undefined || merged.size !== known.size) {
          atLabel.set(line, merged);
          changed = true;
        }
        alive = new Map(merged);
      }
      continue;
    }
    alive = step(line, alive, atLabel);
  }
  return changed;
}

function step(
  line: Instruction,
  after: Map<string, Register>,
  atLabel: ReadonlyMap<Label, Map<string, Register>>,
): Map<string, Register> {
  const name = INSTRUCTION_NAMES[line.opcode] as string;
  const alive = FINAL.has(name) ? new Map<string, Register>() : after;
  const hasResult = (INSTRUCTION_FORMATS[line.opcode] as string).includes(">");
  const result = hasResult ? (line.operands.at(-1) as Register) : null;
  if (result !== null) alive.delete(keyOf(result));
  const sources = hasResult ? line.operands.slice(0, -1) : line.operands;
  for (const operand of sources) addOperand(operand, alive, atLabel);
  return alive;
}

function addOperand(
  operand: Operand,
  alive: Map<string, Register>,
  atLabel: ReadonlyMap<Label, Map<string, Register>>,
): void {
  const add = (register: Register): void => void alive.set(keyOf(register), register);
  const addLabel = (label: Label): void => {
    for (const register of atLabel.get(label)?.values() ?? []) add(register);
  };
  if (operand instanceof Register) add(operand);
  else if (operand instanceof SourceList) {
    for (const item of operand.items) if (item instanceof Register) add(item);
  } else if (operand instanceof Label) addLabel(operand);
  else if (operand instanceof SwitchCases) for (const { label } of operand.cases) addLabel(label);
  else if (operand instanceof LiveSet) {
    operand.registers = [...alive.values()].sort((a, b) => a.kind - b.kind || a.index - b.index);
  }
}
