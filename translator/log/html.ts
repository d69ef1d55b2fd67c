/** The picture as a page: the SVG as it is, and beside the pointer what the moment under it consists of. */
import { basename } from "node:path";
import type { Log } from "./model.ts";
import type { Picture } from "./picture.ts";
import { describeSections, REST_COLOUR } from "./sections.ts";
import { escapeText } from "./svg.ts";
import { timeText } from "./units.ts";

const STYLE = `body { margin: 24px; font: 14px "DejaVu Sans", Verdana, sans-serif; color: #24292f; background: #fff }
svg { max-width: 100%; height: auto }
#moment { position: fixed; display: none; padding: 6px 10px; background: #fff; border: 1px solid #c9ced6;
  border-radius: 4px; box-shadow: 0 2px 8px #0003; pointer-events: none; white-space: nowrap }
#moment i { display: inline-block; width: 11px; height: 11px; margin-right: 7px }`;

/** Shows the moment under the pointer; \`data\` holds a text for each column. */
const SCRIPT = `const svg = document.querySelector("svg"), box = document.getElementById("moment");
svg.addEventListener("mousemove", (event) => {
  const view = svg.viewBox.baseVal, place = svg.getBoundingClientRect();
  const x = (event.clientX - place.left) * view.width / place.width - data.bar.x;
  const y = (event.clientY - place.top) * view.height / place.height - data.bar.y;
  const inside = x >= 0 && x < data.bar.width && y >= 0 && y < data.bar.height;
  box.style.display = inside ? "block" : "none";
  if (!inside) return;
  box.innerHTML = data.moments[Math.floor(x * data.moments.length / data.bar.width)];
  box.style.left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8) + "px";
  box.style.top = event.clientY + 14 + "px";
});
svg.addEventListener("mouseleave", () => { box.style.display = "none"; });`;

/** What each column consists of, as HTML. */
function moments(log: Log, { timeline }: Picture): string[] {
  const infos = describeSections(log.names);
  const { columns, spent, from, to } = timeline;
  const length = (to - from) / columns;
  return Array.from({ length: columns }, (_none, column) => {
    const parts = log.names
      .map((name, i) => ({ name, colour: infos[i]?.colour ?? "", time: spent[i * columns + column] as number }))
      .filter(({ time }) => time > length / 1000);
    const rest = length - parts.reduce((sum, part) => sum + part.time, 0);
    if (rest > length / 1000) parts.push({ name: "program", colour: REST_COLOUR, time: rest });
    const rows = parts
      .sort((a, b) => b.time - a.time)
      .map(({ name, colour, time }) => {
        const share = `${((100 * time) / length).toFixed(1)}%`;
        return `<br><i style="background:${colour}"></i>${escapeText(name)} ${timeText(time)} (${share})`;
      });
    return `<b>${timeText(from + column * length)}</b> and ${timeText(length)} more${rows.join("")}`;
  });
}

/** A page that needs nothing but itself. */
export function pageOf(log: Log, picture: Picture): string {
  const title = escapeText(`${basename(log.header.program)}: where the time went`);
  const data = JSON.stringify({ bar: picture.bar, moments: moments(log, picture) }).replaceAll("</", "<\\/");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
<style>
${STYLE}
</style></head>
<body>
${picture.svg}<div id="moment"></div>
<script>
const data = ${data};
${SCRIPT}
</script>
</body>
</html>
`;
}
