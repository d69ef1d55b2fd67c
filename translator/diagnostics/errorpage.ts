// Writes `docs/errors.md` from the table of codes: `npm run docs:errors`. A test compares the two.
import { writeFileSync } from "node:fs";
import { CODES, type CodeInfo } from "./codes.ts";

const groups: readonly (readonly [prefix: string, title: string])[] = [
  ["RTS10", "Syntax and features that are not RTypeScript"],
  ["RTS12", "Types"],
  ["RTS13", "Prebuilt data"],
  ["RTS14", "Loading and targets"],
];

function section(code: string, info: CodeInfo): string {
  const example = info.example === "" ? "" : `\n\`\`\`ts\n${info.example}\n\`\`\`\n`;
  return `### ${code}: ${info.title}\n\n${info.explanation}\n${example}\nCure: ${info.cure}.\n`;
}

/** The page as Markdown. */
export function errorPage(): string {
  const parts = ["# Diagnostics\n\nGenerated from `translator/diagnostics/codes.ts`; do not edit.\n"];
  for (const [prefix, title] of groups) {
    parts.push(`## ${prefix}xx: ${title}\n`);
    for (const [code, info] of Object.entries(CODES)) if (code.startsWith(prefix)) parts.push(section(code, info));
  }
  return parts.join("\n");
}

/** Writes the page to the file named. */
export function main(args: readonly string[]): number {
  writeFileSync(args[0] as string, errorPage());
  return 0;
}
