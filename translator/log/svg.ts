/** A small writer of SVG: elements with attributes, text that is escaped, numbers without needless digits. */

type Attributes = Readonly<Record<string, string | number>>;

/** The font of the pictures; `png.ts` has it at hand, browsers fall back to one of the same width. */
export const FONT = "DejaVu Sans";

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function attributeText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeText(typeof value === "number" ? String(round(value)) : value)}"`)
    .join("");
}

function round(x: number): number {
  return Math.round(x * 100) / 100;
}

export class SvgWriter {
  readonly #parts: string[] = [];

  rect(x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}, title = ""): void {
    const attributes = attributeText({ x, y, width, height, fill, ...more });
    this.#parts.push(
      title === "" ? `<rect${attributes}/>` : `<rect${attributes}><title>${escapeText(title)}</title></rect>`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: string): void {
    this.#parts.push(`<line${attributeText({ x1, y1, x2, y2, stroke })} stroke-width="1"/>`);
  }

  text(x: number, y: number, text: string, more: Attributes = {}): void {
    this.#parts.push(`<text${attributeText({ x, y, ...more })}>${escapeText(text)}</text>`);
  }

  /** The whole picture on a white ground. */
  finish(width: number, height: number): string {
    const root = {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": `${FONT}, Verdana, sans-serif`,
      "font-size": 13,
      fill: "#24292f",
    };
    const ground = `<rect${attributeText({ x: 0, y: 0, width, height, fill: "#ffffff" })}/>`;
    return `<svg${attributeText(root)}>\n${ground}\n${this.#parts.join("\n")}\n</svg>\n`;
  }
}
