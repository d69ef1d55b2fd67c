/**
 * Code objects as text, for tests and debugging.
 */
import type { int } from "rtypescript/rlib";
import type { Code, Position } from "./code.ts";
import * as op from "./opcodes.ts";

function operand(code: Code, opcode: int, arg: int): string {
  switch (op.OPCODE_ARGS[opcode]) {
    case op.ARG_NONE:
      return "";
    case op.ARG_NAME:
      return ` ${code.names[arg]}`;
    case op.ARG_LOCAL:
      return ` ${code.varnames[arg]}`;
    case op.ARG_CELL: {
      const cells: int = code.cellvars.length;
      return ` ${arg < cells ? code.cellvars[arg] : code.freevars[arg - cells]}`;
    }
    case op.ARG_JUMP:
      return ` to ${arg}`;
  }
  return ` ${arg}`;
}

/** One instruction per line with its line number, then the exception table. Constants are shown by index. */
export function disassemble(code: Code): string {
  const lines: string[] = [`${code.qualname} (stack ${code.stacksize}, flags ${code.flags})`];
  for (let pc: int = 0; pc < code.bytecode.length; pc += 2) {
    const opcode: int = code.bytecode[pc];
    const text: string = op.OPCODE_NAMES[opcode] + operand(code, opcode, code.bytecode[pc + 1]);
    lines.push(`${`${code.lineOf(pc)}`.padStart(4)} ${`${pc}`.padStart(4)} ${text}`);
  }
  const table = code.exceptions;
  for (let i: int = 0; i < table.starts.length; i += 1) {
    lines.push(`  ${table.starts[i]} to ${table.ends[i]} -> ${table.targets[i]} depth ${table.depths[i]}`);
  }
  return lines.join("\n");
}

/** "line:col-endLine:endCol" of an instruction. */
export function positionText(p: Position): string {
  return `${p.line}:${p.column}-${p.endLine}:${p.endColumn}`;
}
