/**
 * SVG as PNG, by resvg, which is compiled into its npm package, with a font that comes from npm too: the picture is the
 * same on every machine, whatever fonts it has.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { FONT } from "./svg.ts";

/** Pixels per unit of the SVG, so that text stays sharp. */
const ZOOM = 2;

/** The bytes of a PNG file. */
export function pngOf(svg: string): Uint8Array {
  const fonts = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: ZOOM },
    font: {
      loadSystemFonts: false,
      fontFiles: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => join(fonts, name)),
      defaultFontFamily: FONT,
    },
  });
  return image.render().asPng();
}
