/**
 * Listings as text:
 *
 *     jitcode "interpret portal" i2 r1 f0
 *         live i0 r0 i1
 *         jit_merge_point 0 I[i0] R[r0] F[] I[i1] R[] F[]
 *         check_index i0 i2 <list index out of range>
 *     L1:
 *         int_add i0 $1 > i0
 *         goto L1
 *
 * Registers by the letter of their kind; `$` constants, with the letter of a kind where it is not int; `<…>` names of
 * descriptors, `@…` of functions.
 */
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { floatText } from "../../translator/flow/constants.ts";
import { INSTRUCTION_FORMATS, INSTRUCTION_NAMES } from "../format/instructions.ts";
import { KIND_FLOAT, KIND_INT, KIND_LETTERS } from "../format/traceops.ts";
import {
  CodeReference,
  ConstantOperand,
  type Instruction,
  Label,
  type Listing,
  LiveSet,
  type Operand,
  Register,
  SourceList,
  SwitchCases,
} from "./instruction.ts";

export function listingText(listing: Listing): string {
  const [ints, refs, floats] = listing.registers;
  const lines = [`jitcode ${JSON.stringify(listing.name)} i${ints} r${refs} f${floats}`];
  for (const line of listing.lines) {
    lines.push(line instanceof Label ? `${line.name}:` : `    ${instructionText(line)}`);
  }
  return `${lines.join("\n")}\n`;
}

export function instructionText(line: Instruction): string {
  const name = INSTRUCTION_NAMES[line.opcode] as string;
  const hasResult = (INSTRUCTION_FORMATS[line.opcode] as string).includes(">");
  const texts = line.operands.map(operandText).filter((text) => text !== "");
  const result = hasResult ? ` > ${texts.pop()}` : "";
  return `${[name, ...texts].join(" ")}${result}`;
}

function registerText(register: Register): string {
  return `${KIND_LETTERS[register.kind]}${register.index}`;
}

function operandText(operand: Operand): string {
  if (operand instanceof Register) return registerText(operand);
  if (operand instanceof ConstantOperand) return constantText(operand);
  if (operand instanceof SourceList) {
    return `${"IRF"[operand.kind]}[${operand.items.map(operandText).join(" ")}]`;
  }
  if (operand instanceof Label) return operand.name;
  if (operand instanceof LiveSet) return operand.registers.map(registerText).join(" ");
  if (operand instanceof CodeReference) return `@${JSON.stringify(operand.name)}`;
  if (operand instanceof SwitchCases) {
    return `{${operand.cases.map((c) => `${c.value}: ${c.label.name}`).join(", ")}}`;
  }
  return typeof operand === "number" ? `${operand}` : `<${operand.name}>`;
}

function constantText(operand: ConstantOperand): string {
  const { kind, value } = operand;
  const prefix = kind === KIND_INT ? "$" : `$${KIND_LETTERS[kind]}`;
  if (typeof value === "number") return `${prefix}${kind === KIND_FLOAT ? floatText(value) : value}`;
  if (value === null) return `${prefix}null`;
  const name = value instanceof LowFunction ? value.name : (value.name ?? value.type.toText());
  return `${prefix}@${JSON.stringify(name)}`;
}
