/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * The viewer's page: search on the left, the graph of one function at one stage in the middle, its source on the right.
 * Graphviz (as WebAssembly) computes positions only; blocks are HTML, so that every value has a hover and every call is
 * a link.
 */
import { instance } from "@viz-js/viz";
import type { ShownBlock, ShownExit, ShownGraph, ShownOperation, ShownValue } from "../snapshot.ts";

const LINE_HEIGHT = 16;
const CHAR_WIDTH = 7.25;
const PADDING = 14;
const POINTS_PER_INCH = 72;

interface State {
  stage: string;
  name: string;
  scale: number;
  x: number;
  y: number;
}

const state: State = { stage: "", name: "", scale: 1, x: 20, y: 20 };
const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

async function fetchJson<T>(path: string, query: Record<string, string> = {}): Promise<T | null> {
  const response = await fetch(`${path}?${new URLSearchParams(query)}`);
  return response.ok ? ((await response.json()) as T) : null;
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  if (text !== "") made.textContent = text;
  return made;
}

function navigate(change: Partial<Pick<State, "stage" | "name">>): void {
  const next = { stage: state.stage, name: state.name, ...change };
  location.hash = `stage=${encodeURIComponent(next.stage)}&function=${encodeURIComponent(next.name)}`;
}

async function showList(): Promise<void> {
  const words = (byId("search") as HTMLInputElement).value;
  const found = await fetchJson<{ names: string[]; total: number }>("/api/functions", { stage: state.stage, words });
  if (found === null) return;
  byId("count").textContent =
    found.total > found.names.length ? `${found.names.length} of ${found.total} functions` : `${found.total} functions`;
  byId("functions").replaceChildren(
    ...found.names.map((name) => {
      const item = element("li", name === state.name ? "current" : "", name);
      item.addEventListener("click", () => navigate({ name }));
      return item;
    }),
  );
  if (state.name === "" && found.names[0] !== undefined) navigate({ name: found.names[0] });
}

async function showStages(): Promise<void> {
  const all = (await fetchJson<string[]>("/api/stages")) ?? [];
  const having = state.name === "" ? all : ((await fetchJson<string[]>("/api/stages", { function: state.name })) ?? []);
  byId("stages").replaceChildren(
    ...all.map((stage) => {
      const button = element("button", stage === state.stage ? "current" : "", stage) as HTMLButtonElement;
      button.disabled = state.name !== "" && !having.includes(stage);
      button.addEventListener("click", () => navigate({ stage }));
      return button;
    }),
  );
}

/** One line of a block: pieces that are plain text, values, or calls. */
type Piece = { text: string; kind: "plain" | "op" | "value" | "call"; type?: string; callee?: string };

const plain = (text: string): Piece => ({ text, kind: "plain" });
const value = ([text, type]: ShownValue): Piece => ({ text, kind: "value", type });

function list(values: readonly ShownValue[]): Piece[] {
  return values.flatMap((v, i) => (i === 0 ? [value(v)] : [plain(", "), value(v)]));
}

function operationPieces(op: ShownOperation): Piece[] {
  const pieces: Piece[] = op.result === null ? [] : [value(op.result), plain(" = ")];
  pieces.push({ text: op.name, kind: "op" }, plain("("), ...list(op.args), plain(")"));
  for (const callee of op.callees.slice(0, 4)) {
    pieces.push(plain("  "), { text: `→ ${shorten(callee)}`, kind: "call", callee });
  }
  if (op.callees.length > 4) pieces.push(plain(`  and ${op.callees.length - 4} more`));
  return pieces;
}

function shorten(name: string): string {
  return name.length > 40 ? `…${name.slice(-39)}` : name;
}

function blockLines(block: ShownBlock, number: number): Piece[][] {
  const title = block.kind === "return" ? "return" : block.kind === "raise" ? "raise" : `b${number}`;
  const lines: Piece[][] = [[{ text: title, kind: "op" }, plain("("), ...list(block.inputs), plain(")")]];
  for (const op of block.operations) lines.push(operationPieces(op));
  if (block.switchOn !== null) lines.push([plain("switch "), value(block.switchOn)]);
  for (const exit of block.exits) {
    lines.push([
      plain(`${exit.label === "" ? "goto" : `${exit.label}:`} `),
      plain("("),
      ...list(exit.args),
      plain(")"),
    ]);
  }
  return lines;
}

const textOf = (line: readonly Piece[]): string => line.map((piece) => piece.text).join("");

interface Box {
  readonly lines: Piece[][];
  readonly width: number;
  readonly height: number;
}

function dotOf(boxes: readonly Box[], graph: ShownGraph): string {
  const inches = (pixels: number): string => (pixels / POINTS_PER_INCH).toFixed(3);
  const nodes = boxes.map(
    (box, i) => `n${i} [shape=box fixedsize=true width=${inches(box.width)} height=${inches(box.height)} label=""];`,
  );
  const edges = graph.blocks.flatMap((block, i) =>
    block.exits.map((exit, k) => `n${i} -> n${exit.target} [id="e${i}_${k}" weight=${exit.unlikely ? 1 : 4}];`),
  );
  return `digraph { rankdir=TB; nodesep=0.4; ranksep=0.5; ${nodes.join(" ")} ${edges.join(" ")} }`;
}

interface Layout {
  readonly bb: string;
  readonly objects: readonly { readonly pos: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string }[];
}

async function draw(graph: ShownGraph): Promise<void> {
  const boxes = graph.blocks.map((block, i): Box => {
    const lines = blockLines(block, i);
    const longest = Math.max(...lines.map((line) => textOf(line).length));
    return { lines, width: Math.max(60, longest * CHAR_WIDTH + PADDING), height: lines.length * LINE_HEIGHT + 10 };
  });
  const viz = await instance();
  const layout = JSON.parse(viz.renderString(dotOf(boxes, graph), { format: "json" })) as Layout;
  const height = Number(layout.bb.split(",")[3]);
  const drawing = byId("drawing");
  drawing.replaceChildren(drawEdges(layout, graph, height));
  for (const [i, box] of boxes.entries()) {
    const [x, y] = (layout.objects[i]?.pos ?? "0,0").split(",").map(Number) as [number, number];
    drawing.append(drawBlock(graph, i, box, x - box.width / 2, height - y - box.height / 2));
  }
  Object.assign(state, { x: 20, y: 20, scale: 1 });
  applyView();
}

function drawBlock(graph: ShownGraph, index: number, box: Box, left: number, top: number): HTMLElement {
  const block = graph.blocks[index] as ShownBlock;
  const made = element("div", `block ${block.kind}`);
  made.dataset.block = String(index);
  Object.assign(made.style, { left: `${left}px`, top: `${top}px`, width: `${box.width}px`, height: `${box.height}px` });
  for (const line of box.lines) {
    const row = element("div", "row");
    for (const piece of line) row.append(drawPiece(piece));
    made.append(row);
  }
  made.addEventListener("click", () => {
    for (const other of document.querySelectorAll(".block.selected")) other.classList.remove("selected");
    made.classList.add("selected");
    void showSource(graph, block);
  });
  return made;
}

function drawPiece(piece: Piece): Node {
  if (piece.kind === "plain") return document.createTextNode(piece.text);
  const made = element("span", piece.kind, piece.text);
  const { type, callee } = piece;
  if (type !== undefined && type !== "") {
    made.dataset.type = type;
    made.addEventListener("mousemove", (event) => showTip(event, `${piece.text}: ${type}`));
    made.addEventListener("mouseenter", () => markSame(piece.text, true));
    made.addEventListener("mouseleave", () => {
      byId("tip").hidden = true;
      markSame(piece.text, false);
    });
  }
  if (callee !== undefined) {
    made.dataset.callee = callee;
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      navigate({ name: callee });
    });
  }
  return made;
}

function markSame(text: string, on: boolean): void {
  for (const other of document.querySelectorAll(".value")) {
    if (other.textContent === text) other.classList.toggle("same", on);
  }
}

function showTip(event: MouseEvent, text: string): void {
  const tip = byId("tip");
  tip.textContent = text;
  tip.hidden = false;
  Object.assign(tip.style, { left: `${event.clientX + 12}px`, top: `${event.clientY + 14}px` });
}

const SVG = "http://www.w3.org/2000/svg";

function drawEdges(layout: Layout, graph: ShownGraph, height: number): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.innerHTML =
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#666"/></marker></defs>';
  for (const edge of layout.edges ?? []) {
    const [, from, k] = /^e(\d+)_(\d+)$/.exec(edge.id) ?? [];
    const exit = graph.blocks[Number(from)]?.exits[Number(k)] as ShownExit;
    const points = edge.pos.split(" ");
    const end = points[0]?.startsWith("e,") === true ? points.shift()?.slice(2) : undefined;
    const flipped = [...points, ...(end === undefined ? [] : [end])].map((p) => {
      const [x, y] = p.split(",").map(Number) as [number, number];
      return [x, height - y] as const;
    });
    const path = document.createElementNS(SVG, "path");
    const [first, ...rest] = flipped;
    const curve = rest.slice(0, points.length - 1).map(([x, y]) => `${x},${y}`);
    const tail = end === undefined ? "" : ` L${flipped.at(-1)?.join(",")}`;
    path.setAttribute("d", `M${first?.join(",")} C${curve.join(" ")}${tail}`);
    path.setAttribute("class", exit.unlikely ? "edge unlikely" : "edge");
    path.setAttribute("marker-end", "url(#arrow)");
    svg.append(path);
    if (exit.label !== "" && first !== undefined) {
      const label = document.createElementNS(SVG, "text");
      label.setAttribute("x", String(first[0] + 4));
      label.setAttribute("y", String(first[1] + 12));
      label.setAttribute("class", "label");
      label.textContent = exit.label;
      svg.append(label);
    }
  }
  return svg;
}

async function showSource(graph: ShownGraph, block: ShownBlock | null): Promise<void> {
  const file = block?.operations.find((op) => op.line > 0)?.file ?? graph.file;
  const lines = await fetchJson<string[]>("/api/source", { file });
  byId("file").textContent = file;
  const source = byId("source");
  source.replaceChildren();
  if (lines === null) return;
  const hits = new Set((block?.operations ?? []).filter((op) => op.file === file).map((op) => op.line));
  if (hits.size === 0) hits.add(graph.line);
  for (const [i, text] of lines.entries()) {
    const row = element("div", hits.has(i + 1) ? "line hit" : "line");
    row.append(element("span", "number", String(i + 1)), document.createTextNode(text));
    source.append(row);
  }
  source.querySelector(".hit")?.scrollIntoView({ block: "center" });
}

async function showNeighbours(): Promise<void> {
  const found = await fetchJson<{ callees: string[]; callers: string[] }>("/api/neighbours", {
    stage: state.stage,
    function: state.name,
  });
  const links = (names: readonly string[]): Node[] =>
    names.slice(0, 30).flatMap((name) => {
      const link = element("a", "", shorten(name));
      link.addEventListener("click", () => navigate({ name }));
      return [link, document.createTextNode("  ")];
    });
  byId("neighbours").replaceChildren(
    document.createTextNode("called by: "),
    ...links(found?.callers ?? []),
    document.createElement("br"),
    document.createTextNode("calls: "),
    ...links(found?.callees ?? []),
  );
}

async function showFunction(): Promise<void> {
  byId("title").textContent = state.name;
  const graph = await fetchJson<ShownGraph>("/api/graph", { stage: state.stage, function: state.name });
  if (graph === null) {
    byId("drawing").replaceChildren(element("p", "", `${state.name} does not exist at stage ${state.stage}`));
    return;
  }
  await Promise.all([draw(graph), showSource(graph, null), showNeighbours()]);
  document.body.dataset.shown = `${state.stage} ${state.name}`;
}

function applyView(): void {
  byId("drawing").style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
}

function installPanAndZoom(): void {
  const canvas = byId("canvas");
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const factor = Math.exp(-event.deltaY / 500);
      const { left, top } = canvas.getBoundingClientRect();
      const [px, py] = [event.clientX - left, event.clientY - top];
      state.x = px - (px - state.x) * factor;
      state.y = py - (py - state.y) * factor;
      state.scale *= factor;
      applyView();
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", (down) => {
    const [startX, startY] = [down.clientX - state.x, down.clientY - state.y];
    const move = (event: PointerEvent): void => {
      state.x = event.clientX - startX;
      state.y = event.clientY - startY;
      applyView();
    };
    const up = (): void => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
  });
}

async function readHash(): Promise<void> {
  const query = new URLSearchParams(location.hash.slice(1));
  const stages = (await fetchJson<string[]>("/api/stages")) ?? [];
  state.stage = query.get("stage") ?? stages[0] ?? "";
  state.name = query.get("function") ?? "";
  await Promise.all([showStages(), showList()]);
  if (state.name !== "") await showFunction();
}

byId("search").addEventListener("input", () => void showList());
window.addEventListener("hashchange", () => void readHash());
installPanAndZoom();
void readHash();
