// Who may import whom, as the layers of the architecture say, and no cycles of value imports.
//
// node .ci/imports.mjs: one line for each violation, exit status 1 if there is any. Reads import statements only, in
// the form in which the formatter leaves them; type-only imports are free. (dependency-cruiser does not run on Node 20
// and needs the compiler API that TypeScript 7 no longer has.)
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folders = ["rlib", "translator", "annotator", "rtyper", "gc", "jit", "backends", "goal", "bench"];

const low = ["translator/flow", "translator/text", "translator/diagnostics", "rtyper/lltype"];
const front = [...low, "translator/load", "rlib"];
/** The layout of type tables: one definition for collectors and backends. */
const typeTable = "gc/typetable.ts";
const runtime = ["rlib", "rtyper/runtime", "rtyper/lltype", "gc/collectors", "jit/format", typeTable];

/** The first rule whose `from` is a prefix of a file's path holds; files may always import from their own `from`. */
const rules = [
  { from: "rlib/lowlevel.ts", to: ["rlib", "rtyper/lltype", "translator/flow", "translator/text"], node: false },
  { from: "rlib/", to: [], node: true },
  { from: "translator/text/", to: [], node: true },
  { from: "translator/diagnostics/", to: [], node: true },
  { from: "translator/load/", to: ["translator/diagnostics", "rlib"], node: true },
  { from: "translator/flow/build/", to: front, node: true },
  { from: "translator/flow/", to: ["translator/text", "translator/diagnostics"], node: true },
  { from: "rtyper/lltype/", to: ["translator/flow", "translator/text", "translator/diagnostics"], node: true },
  { from: "rtyper/runtime/", to: runtime, node: false },
  { from: "annotator/", to: front, node: true },
  { from: "rtyper/", to: [...front, "annotator"], node: true },
  { from: "translator/optimize/", to: low, node: true },
  { from: "gc/collectors/", to: runtime, node: false },
  { from: typeTable, to: runtime, node: false },
  { from: "gc/", to: low, node: true },
  { from: "jit/codewriter/", to: [...low, "jit/format"], node: true },
  { from: "jit/format/", to: runtime, node: false },
  { from: "jit/text/", to: [...low, "jit/format"], node: true },
  { from: "jit/backend/x86/", to: [...runtime, "jit/backend"], node: false },
  { from: "jit/metainterp/", to: [...runtime, "jit/optimizer", "jit/backend"], node: false },
  { from: "jit/runtime/", to: [...runtime, "jit/metainterp", "jit/optimizer", "jit/backend"], node: false },
  { from: "jit/optimizer/", to: [...runtime, "jit/backend"], node: false },
  { from: "backends/", to: [...low, typeTable], node: true },
  { from: "goal/", to: ["rlib"], node: true },
  { from: "bench/rts/", to: ["rlib"], node: true },
];

function* filesIn(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

const statement = /^(?:import|export)\s(?:\s*(type)\s)?(?:[^"';]*?\sfrom\s)?\s*"([^"]+)"/gm;

/** The value imports of a file: of ours by path, of others by specifier. */
function importsOf(file) {
  const text = readFileSync(join(root, file), "utf8");
  const found = [];
  for (const [, type, specifier] of text.matchAll(statement)) {
    if (type !== undefined) continue;
    if (specifier.startsWith(".")) found.push(relative(root, resolve(root, dirname(file), specifier)));
    else if (specifier === "rtypescript/rlib") found.push("rlib/index.ts");
    else if (specifier.startsWith("rtypescript/")) {
      const name = specifier.slice(12);
      found.push(name === "lowlevel" ? "rlib/lowlevel.ts" : `${name}.ts`);
    } else found.push(specifier);
  }
  return found;
}

function violations(graph) {
  const found = [];
  for (const [file, imports] of graph) {
    const rule = rules.find((r) => file.startsWith(r.from));
    if (rule === undefined) continue;
    for (const target of imports) {
      if (!target.endsWith(".ts")) {
        if (!rule.node && target.startsWith("node:")) found.push(`${file} imports ${target}: RTypeScript has no Node`);
        continue;
      }
      const allowed =
        target.startsWith(rule.from) || rule.to.some((to) => target === to || target.startsWith(`${to}/`));
      if (!allowed)
        found.push(`${file} imports ${target}: ${rule.from} may use only ${rule.to.join(", ") || "itself"}`);
    }
  }
  return found;
}

/** Strongly connected components of more than one file (Tarjan). */
function cycles(graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const open = new Set();
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    open.add(file);
    for (const target of graph.get(file) ?? []) {
      if (!graph.has(target)) continue;
      if (!index.has(target)) visit(target);
      if (open.has(target)) low.set(file, Math.min(low.get(file), low.get(target)));
    }
    if (low.get(file) !== index.get(file)) return;
    const component = [];
    let last;
    do {
      last = stack.pop();
      open.delete(last);
      component.push(last);
    } while (last !== file);
    if (component.length > 1 || graph.get(file).includes(file)) found.push(component.reverse());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

function existing(folder) {
  try {
    return [...filesIn(folder)];
  } catch {
    return [];
  }
}

const graph = new Map(folders.flatMap(existing).map((file) => [file, importsOf(file)]));
const problems = [...violations(graph), ...cycles(graph).map((c) => `import cycle: ${c.join(" → ")}`)];
for (const problem of problems) console.log(problem);
console.log(`imports: ${graph.size} files, ${problems.length} violations`);
process.exitCode = problems.length === 0 ? 0 : 1;
