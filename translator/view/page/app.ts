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
  /** The function's own graph, or the call graph around it. */
  view: "graph" | "calls";
  scale: number;
  x: number;
  y: number;
}

const state: State = { stage: "", name: "", view: "graph", scale: 1, x: 20, y: 20 };
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

function navigate(change: Partial<Pick<State, "stage" | "name" | "view">>): void {
  const { stage, name, view } = { ...state, ...change };
  location.hash = new URLSearchParams({ stage, function: name, view }).toString();
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
  const calls = element("button", state.view === "calls" ? "current" : "", "call graph");
  calls.addEventListener("click", () => navigate({ view: state.view === "calls" ? "graph" : "calls" }));
  byId("stages").replaceChildren(
    calls,
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

/** Long argument lists would make boxes wider than a screen; the rest of a line is left out. */
const LINE_LIMIT = 110;

function shortened(line: Piece[]): Piece[] {
  const kept: Piece[] = [];
  let length = 0;
  for (const piece of line) {
    length += piece.text.length;
    if (length > LINE_LIMIT && piece.kind !== "call") {
      kept.push(plain(" …"));
      return [...kept, ...line.filter((p) => p.kind === "call" && !kept.includes(p))];
    }
    kept.push(piece);
  }
  return kept;
}

const textOf = (line: readonly Piece[]): string => line.map((piece) => piece.text).join("");

interface Box {
  readonly lines: Piece[][];
  readonly width: number;
  readonly height: number;
}

function nodeText(i: number, width: number, height: number): string {
  const inches = (pixels: number): string => (pixels / POINTS_PER_INCH).toFixed(3);
  return `n${i} [shape=box fixedsize=true width=${inches(width)} height=${inches(height)} label=""];`;
}

function dotOf(boxes: readonly Box[], graph: ShownGraph): string {
  const nodes = boxes.map((box, i) => nodeText(i, box.width, box.height));
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
    const lines = blockLines(block, i).map(shortened);
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
  // The start block comes to the middle of the top.
  const [startX] = (layout.objects[0]?.pos ?? "0,0").split(",").map(Number) as [number];
  Object.assign(state, { x: byId("canvas").clientWidth / 2 - startX, y: 20, scale: 1 });
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

function makeSvg(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.innerHTML =
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#666"/></marker></defs>';
  return svg;
}

/** The curve that Graphviz gives as `e,x,y x,y …` (end point first, y upward), and where it starts. */
function edgePath(
  pos: string,
  height: number,
  unlikely: boolean,
): { path: SVGElement; start: readonly [number, number] } {
  const words = pos.split(" ");
  const end = words[0]?.startsWith("e,") === true ? words.shift()?.slice(2) : undefined;
  const flip = (word: string): readonly [number, number] => {
    const [x, y] = word.split(",").map(Number) as [number, number];
    return [x, height - y];
  };
  const [start = [0, 0] as const, ...curve] = words.map(flip);
  const tail = end === undefined ? "" : ` L${flip(end).join(",")}`;
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", `M${start.join(",")} C${curve.map((p) => p.join(",")).join(" ")}${tail}`);
  path.setAttribute("class", unlikely ? "edge unlikely" : "edge");
  path.setAttribute("marker-end", "url(#arrow)");
  return { path, start };
}

function drawEdges(layout: Layout, graph: ShownGraph, height: number): SVGElement {
  const svg = makeSvg();
  for (const edge of layout.edges ?? []) {
    const [, from, k] = /^e(\d+)_(\d+)$/.exec(edge.id) ?? [];
    const exit = graph.blocks[Number(from)]?.exits[Number(k)] as ShownExit;
    const { path, start } = edgePath(edge.pos, height, exit.unlikely);
    svg.append(path);
    if (exit.label === "") continue;
    const label = document.createElementNS(SVG, "text");
    label.setAttribute("x", String(start[0] + 4));
    label.setAttribute("y", String(start[1] + 12));
    label.setAttribute("class", "label");
    label.textContent = exit.label;
    svg.append(label);
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

/** The call graph around the current function; a click on a function walks into its graph. */
async function showCalls(): Promise<void> {
  const found = await fetchJson<{ names: string[]; calls: [number, number][] }>("/api/callgraph", {
    stage: state.stage,
    function: state.name,
  });
  if (found === null) return;
  const width = (name: string): number => shorten(name).length * CHAR_WIDTH + PADDING;
  const nodes = found.names.map((name, i) => nodeText(i, width(name), LINE_HEIGHT + 10));
  const edges = found.calls.map(([from, to], k) => `n${from} -> n${to} [id="e${from}_${k}"];`);
  const viz = await instance();
  const dot = `digraph { rankdir=LR; nodesep=0.15; ranksep=0.6; ${nodes.join(" ")} ${edges.join(" ")} }`;
  const layout = JSON.parse(viz.renderString(dot, { format: "json" })) as Layout;
  const height = Number(layout.bb.split(",")[3]);
  const svg = makeSvg();
  for (const edge of layout.edges ?? []) svg.append(edgePath(edge.pos, height, false).path);
  const drawing = byId("drawing");
  drawing.replaceChildren(svg);
  for (const [i, name] of found.names.entries()) {
    const [x, y] = (layout.objects[i]?.pos ?? "0,0").split(",").map(Number) as [number, number];
    const box = element("div", i === 0 ? "block start" : "block");
    const link = element("span", "call", shorten(name));
    link.title = name;
    link.addEventListener("click", () => navigate({ name, view: "graph" }));
    box.append(link);
    const [w, h] = [width(name), LINE_HEIGHT + 10];
    Object.assign(box.style, {
      left: `${x - w / 2}px`,
      top: `${height - y - h / 2}px`,
      width: `${w}px`,
      height: `${h}px`,
    });
    drawing.append(box);
  }
  const [, centre] = (layout.objects[0]?.pos ?? "0,0").split(",").map(Number) as [number, number];
  Object.assign(state, { x: 20, y: byId("canvas").clientHeight / 2 - (height - centre), scale: 1 });
  applyView();
  document.body.dataset.shown = `calls ${state.stage} ${state.name}`;
}

/** Counts what was asked for: an answer that arrives after a newer question is not shown. */
let question = 0;

async function showFunction(): Promise<void> {
  const mine = ++question;
  byId("title").textContent = state.name;
  // The layout library is loaded at first use; once it is there, drawing does not wait for anything.
  await instance();
  if (mine !== question) return;
  if (state.view === "calls") {
    await Promise.all([showCalls(), showNeighbours()]);
    return;
  }
  const graph = await fetchJson<ShownGraph>("/api/graph", { stage: state.stage, function: state.name });
  if (mine !== question) return;
  if (graph === null) {
    byId("drawing").replaceChildren(element("p", "", `${state.name} does not exist at stage ${state.stage}`));
    return;
  }
  await Promise.all([draw(graph), showSource(graph, null), showNeighbours()]);
  if (mine !== question) return;
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
  state.view = query.get("view") === "calls" ? "calls" : "graph";
  await Promise.all([showStages(), showList()]);
  if (state.name !== "") await showFunction();
}

byId("search").addEventListener("input", () => void showList());
window.addEventListener("hashchange", () => void readHash());
installPanAndZoom();
void readHash();
