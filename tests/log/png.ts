/** Reads a PNG of 8-bit RGBA pixels, as the format's specification says: for looking at pictures in tests. */
import { inflateSync } from "node:zlib";

export interface Image {
  readonly width: number;
  readonly height: number;
  /** Colour at a place as `#rrggbb`. */
  at(x: number, y: number): string;
}

const SIGNATURE = "\x89PNG\r\n\x1a\n";
const BYTES_PER_PIXEL = 4;

export function decodePng(bytes: Uint8Array): Image {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", 0, 8) !== SIGNATURE) throw new Error("not a PNG");
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file[24] !== 8 || file[25] !== 6) throw new Error("not 8-bit RGBA");
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") data.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const pixels = unfilter(inflateSync(Buffer.concat(data)), width * BYTES_PER_PIXEL, height);
  const hex = (i: number): string => (pixels[i] as number).toString(16).padStart(2, "0");
  return {
    width,
    height,
    at: (x, y) => {
      const i = (y * width + x) * BYTES_PER_PIXEL;
      return `#${hex(i)}${hex(i + 1)}${hex(i + 2)}`;
    },
  };
}

function unfilter(raw: Uint8Array, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] as number;
    for (let x = 0; x < stride; x++) {
      const i = y * stride + x;
      const left = x < BYTES_PER_PIXEL ? 0 : (out[i - BYTES_PER_PIXEL] as number);
      const up = y === 0 ? 0 : (out[i - stride] as number);
      const corner = x < BYTES_PER_PIXEL || y === 0 ? 0 : (out[i - stride - BYTES_PER_PIXEL] as number);
      out[i] = (raw[y * (stride + 1) + 1 + x] as number) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

/** Whichever of the three is nearest to left + up − corner. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
