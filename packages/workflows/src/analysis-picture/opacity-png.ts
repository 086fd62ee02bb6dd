import { crc32, deflateSync } from 'node:zlib';

/**
 * A PNG file of one colour with an opacity for each pixel, so that it shows on any ground.
 * @param opacity [height][width] 0 to 1
 * Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", 2025.
 */
export function opacityPng(
  width: number,
  height: number,
  colour: readonly [red: number, green: number, blue: number],
  opacity: Float32Array,
): Buffer {
  const levels = Array.from({ length: 256 }, (_, level) => level);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, from a palette; compression, filter and interlace methods are the only or the plain ones.
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = Math.round(255 * opacity[row * width + column]!);
      rows[row * (width + 1) + 1 + column] = Math.max(0, Math.min(255, value));
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(levels.flatMap(() => colour))),
    chunk('tRNS', Buffer.from(levels)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
