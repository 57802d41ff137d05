// Screenshots as palette images: a screen has few colours, and a byte for each pixel is enough for them.
// Only what Chromium writes is understood: 8 bits a channel, RGB or RGBA, not interlaced.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const COLOURS_MAX = 256;

function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Undoes the filters of the rows in place; each row starts with the number of its filter. */
function unfilter(raw, height, stride, step) {
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1) + 1;
    const filter = raw[start - 1];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= step ? raw[start + x - step] : 0;
      const up = y > 0 ? raw[start + x - stride - 1] : 0;
      const corner = x >= step && y > 0 ? raw[start + x - stride - 1 - step] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      raw[start + x] = (raw[start + x] + guess) & 255;
    }
  }
}

const partsOf = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
const distance = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

/**
 * Greedy: next is always the colour that is missed most, by how often it is used and how far it is from what
 * is there already. By use alone a small green dot would lose against the shades of the edges of letters.
 */
function paletteOf(counts) {
  const colours = [...counts].map(([colour, count]) => ({
    colour,
    parts: partsOf(colour),
    weight: Math.sqrt(count),
    far: Number.POSITIVE_INFINITY,
    index: 0,
  }));
  let next = colours.reduce((best, one) => (one.weight > best.weight ? one : best));
  const palette = [];
  while (next.far > 0 && palette.length < COLOURS_MAX) {
    const { parts } = next;
    for (const one of colours) {
      const far = distance(one.parts, parts);
      if (far < one.far) Object.assign(one, { far, index: palette.length });
    }
    palette.push(parts);
    next = colours.reduce((best, one) => (one.far * one.weight > best.far * best.weight ? one : best));
  }
  return {
    palette: Buffer.from(palette.flat()),
    nearest: new Map(colours.map(({ colour, index }) => [colour, index])),
  };
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function toPalette(png) {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks[0].data);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const step = header[9] === 6 ? 4 : 3;
  const stride = width * step;
  const raw = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)),
  );
  unfilter(raw, height, stride, step);
  const counts = new Map();
  const colours = new Uint32Array(width * height);
  for (let index = 0; index < colours.length; index += 1) {
    const at = Math.floor(index / width) * (stride + 1) + 1 + (index % width) * step;
    const colour = (raw[at] << 16) | (raw[at + 1] << 8) | raw[at + 2];
    colours[index] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const { palette, nearest } = paletteOf(counts);
  const rows = Buffer.alloc(height * (width + 1));
  colours.forEach((colour, index) => {
    rows[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = nearest.get(colour);
  });
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
