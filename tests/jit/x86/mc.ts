// llvm-mc as the judge of machine code: text to bytes, and bytes to text.
import { spawnSync } from "node:child_process";

function run(args: readonly string[], input: string): string {
  const result = spawnSync("llvm-mc-19", [...args], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`llvm-mc: ${result.stderr.slice(0, 2000)}`);
  return result.stdout;
}

const triple = (wide: boolean): string => (wide ? "--triple=x86_64-linux-gnu" : "--triple=i386-linux-gnu");

/** The bytes that LLVM's assembler makes of each line (Intel syntax). */
export function assemble(lines: readonly string[], wide: boolean): number[][] {
  const text = run([triple(wide), "--show-encoding", "--x86-asm-syntax=intel"], `${lines.join("\n")}\n`);
  const found = [...text.matchAll(/encoding: \[([^\]]*)\]/g)].map((m) => (m[1] as string).split(",").map(Number));
  if (found.length !== lines.length) throw new Error(`${lines.length} lines gave ${found.length} encodings`);
  return found;
}

/** What LLVM's disassembler reads in each sequence of bytes, which is one instruction. */
export function disassemble(codes: readonly (readonly number[])[], wide: boolean): string[] {
  const input = codes.map((code) => code.map((b) => `0x${b.toString(16)}`).join(" ")).join("\n");
  const text = run([triple(wide), "--disassemble", "--output-asm-variant=1"], `${input}\n`);
  const lines = text
    .split("\n")
    .map((line) => line.split("#")[0]?.trim().replace(/\s+/g, " ") ?? "")
    .filter((line) => line !== "" && line !== ".text");
  if (lines.length !== codes.length) throw new Error(`${codes.length} instructions were read as ${lines.length}`);
  return lines;
}
