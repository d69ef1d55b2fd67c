/** How numbers are written in tables and pictures. */

const TIMES: readonly (readonly [number, string])[] = [
  [1e6, "s"],
  [1e3, "ms"],
  [1, "µs"],
];

const SIZES: readonly (readonly [number, string])[] = [
  [1 << 30, "GB"],
  [1 << 20, "MB"],
  [1 << 10, "KB"],
];

/** Three significant digits, more before the point if there are. */
function digits(x: number): string {
  return x.toFixed(x < 9.995 ? 2 : x < 99.95 ? 1 : 0);
}

/** Microseconds as text: `12.3 ms`. */
export function timeText(microseconds: number): string {
  if (microseconds < 0.0005) return "0 µs";
  const [unit, name] = TIMES.find(([size]) => microseconds >= size * 0.9995) ?? [1, "µs"];
  return `${digits(microseconds / unit)} ${name}`;
}

/** A round number of microseconds without needless digits, for axes: `5 ms`, `2.5 s`. */
export function tickText(microseconds: number): string {
  const [unit, name] = TIMES.find(([size]) => microseconds >= size) ?? [1, "µs"];
  return microseconds === 0 ? "0" : `${Number((microseconds / unit).toPrecision(6))} ${name}`;
}

/** Bytes as text: `4.00 MB`. */
export function sizeText(bytes: number): string {
  const found = SIZES.find(([size]) => Math.abs(bytes) >= size);
  return found === undefined ? `${Math.round(bytes)} B` : `${digits(bytes / found[0])} ${found[1]}`;
}

/** A share as text: `12.3%`. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "0.0%" : `${((100 * part) / whole).toFixed(1)}%`;
}

/** A count with groups of three digits. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A step of 1, 2 or 5 times a power of ten so that at most `most` of them fit into a range. */
export function roundStep(range: number, most: number): number {
  const least = range / most;
  const decade = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((n) => n * decade >= least) ?? 10) * decade;
}
