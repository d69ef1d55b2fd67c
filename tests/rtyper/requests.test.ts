/**
 * Functions that join a program later, as collectors do: what one request passes to a function that they share must be
 * known before the branches that the others never take are removed from it.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { annotate } from "../../annotator/annotate.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { Machine } from "../../rtyper/llinterp/machine.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { Signed } from "../../rtyper/lltype/types.ts";
import { rtype } from "../../rtyper/rtype.ts";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder } from "../../translator/flow/build/index.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { loadTarget } from "../../translator/load/target.ts";
import { makeFolder } from "../load/fixtures.ts";

const folder = makeFolder({
  "main.ts": `import type { int } from "rtypescript/rlib";
export const target = () => ({ entry: (_argv: string[]): int => 0 });
function shared(n: int, flags: int): int { return (flags & 512) !== 0 ? n + 1 : n + 2; }
export function first(n: int): int { return shared(n, 64); }
export function second(n: int): int { return shared(n, 512); }
`,
});
afterAll(() => folder.remove());

test("a branch that only the second request takes is kept", async () => {
  const file = join(folder.path, "main.ts");
  const options = { target: "x86-64", wordBits: 64, gc: "none", jit: false, optimize: 2, arguments: [] } as const;
  const target = await loadTarget(file, options);
  const { first, second } = (await import(pathToFileURL(file).href)) as Record<"first" | "second", () => unknown>;
  const loaded = new LoadedProgram();
  const builder = new FlowBuilder(loaded, new DiagnosticCollector());
  const annotation = annotate(target.entry, builder, loaded, { wordBits: 64, checkUncalled: false });
  const requests = [first, second].map((f) => ({ f, args: [Signed] }));
  const program = rtype(annotation, { wordBits: 64, lldebug: true, jit: false, requests });
  const interpreter = new Interpreter(new Machine({ wordBits: 64 }));
  const results = program.requested.map((f) => interpreter.call(f as LowFunction, [10n]));
  expect(results).toEqual([12n, 11n]);
});
