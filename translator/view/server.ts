/**
 * The viewer's server: a page and a small JSON interface over the recorded snapshots, on the loopback interface only.
 * All assets are local. Data is sent for what is asked, so programs of thousands of functions stay quick.
 */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { SnapshotStore } from "./snapshot.ts";

/** Functions listed at once. */
const LIST_LIMIT = 200;

/** Extent of the call graph that is drawn at once. */
const CALL_DEPTH = 2;
const CALL_LIMIT = 80;

const page = join(dirname(fileURLToPath(import.meta.url)), "page");

interface Reply {
  readonly type: string;
  readonly body: string;
}

const json = (value: unknown): Reply => ({ type: "application/json", body: JSON.stringify(value) });

/** The page's script with the layout library, as one file. */
function bundle(): string {
  const result = buildSync({
    entryPoints: [join(page, "app.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minify: true,
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** Lines of a source file; null when it cannot be read. */
function sourceLines(file: string): string[] | null {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return null;
  }
}

type Route = (query: URLSearchParams, store: SnapshotStore) => Reply | null;

const ROUTES: Record<string, Route | undefined> = {
  "/": () => ({ type: "text/html; charset=utf-8", body: readFileSync(join(page, "index.html"), "utf8") }),
  "/style.css": () => ({ type: "text/css", body: readFileSync(join(page, "style.css"), "utf8") }),
  "/api/stages": (query, store) => {
    const name = query.get("function");
    return json(name === null ? store.stages : store.stagesOf(name));
  },
  "/api/functions": (query, store) =>
    json(store.search(query.get("stage") ?? "", query.get("words") ?? "", LIST_LIMIT)),
  "/api/graph": (query, store) => {
    const graph = store.graph(query.get("stage") ?? "", query.get("function") ?? "");
    return graph === null ? null : json(graph);
  },
  "/api/callgraph": (query, store) =>
    json(store.callGraph(query.get("stage") ?? "", query.get("function") ?? "", CALL_DEPTH, CALL_LIMIT)),
  "/api/neighbours": (query, store) => json(store.neighbours(query.get("stage") ?? "", query.get("function") ?? "")),
};

/** Starts the server on a free port of the loopback interface. `shown` is the stage first shown. */
export async function startViewer(store: SnapshotStore, shown: string): Promise<{ server: Server; url: string }> {
  const script = bundle();
  const sources = new Set<string>();
  for (const stage of store.stages) {
    for (const name of store.search(stage, "", Number.MAX_SAFE_INTEGER).names) {
      const graph = store.graph(stage, name);
      if (graph !== null) for (const file of filesOf(graph)) sources.add(file);
    }
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    let reply: Reply | null = null;
    if (url.pathname === "/app.js") reply = { type: "text/javascript", body: script };
    else if (url.pathname === "/api/source") {
      // Only files that graphs refer to are readable.
      const file = url.searchParams.get("file") ?? "";
      const lines = sources.has(file) ? sourceLines(file) : null;
      reply = lines === null ? null : json(lines);
    } else reply = ROUTES[url.pathname]?.(url.searchParams, store) ?? null;
    if (reply === null) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": reply.type, "cache-control": "no-store" }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/#stage=${encodeURIComponent(shown)}` };
}

function filesOf(graph: { file: string; blocks: readonly { operations: readonly { file: string }[] }[] }): Set<string> {
  const files = new Set<string>([graph.file]);
  for (const block of graph.blocks) for (const op of block.operations) files.add(op.file);
  return files;
}
