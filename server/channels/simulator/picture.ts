import { crc32, deflateSync } from "node:zlib";

const width = 320;
const height = 200;

/** A small real PNG: hills under a sky. */
export function picture(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels())),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function pixels(): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    // Each row begins with its filter: none.
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.set(colourAt(x, y), 1 + x * 3);
    return row;
  });
  return Buffer.concat(rows);
}

function colourAt(x: number, y: number): [red: number, green: number, blue: number] {
  if (Math.hypot(x - 246, y - 48) < 22) return [255, 214, 110];
  if (y > 150 + 16 * Math.sin(x / 38)) return [43, 122, 92];
  if (y > 118 + 24 * Math.sin(x / 61 + 2)) return [96, 164, 132];
  return [150 + Math.round(y / 3), 196 + Math.round(y / 5), 236];
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
