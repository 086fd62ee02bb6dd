import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePng } from '../testing/make-picture.ts';
import { copyPicture } from './copy-picture.ts';
import { examinePicture, MAXIMUM_PICTURE_BYTES, PICTURE_TYPES, pictureType } from './examine-picture.ts';
import { isDiscFolder, pictureKind, picturesAmong } from './folder-pictures.ts';

const cover = makePng(60, 30);

describe('a picture', () => {
  it.each(PICTURE_TYPES)('is known by its content: %s', async (type) => {
    const copy = await copyPicture(cover, 'cover', type);
    expect(pictureType(copy)).toBe(type);
    expect(await examinePicture(copy, 'cover')).toEqual({ mediaType: type, width: 60, height: 30 });
  });

  it.each([
    [40, 40, 20],
    [7, 7, 4],
    [1024, 60, 30],
  ])('has copies that fit into %i pixels and are never enlarged', async (size, width, height) => {
    const copy = await copyPicture(cover, 'cover', 'image/webp', size);
    const examined = await examinePicture(copy, 'copy');
    expect(examined.width).toBe(width);
    expect(Math.abs(examined.height - height)).toBeLessThanOrEqual(0.5);
  });

  it('keeps its colour', async () => {
    const { default: sharp } = await import('sharp');
    const red = await copyPicture(makePng(50, 50, [255, 0, 0]), 'red', 'image/png', 10);
    const pixels = await sharp(red).raw().toBuffer();
    expect([...pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  it('that is too large is refused before anything is decoded', async () => {
    const bomb = makePng(60_000, 60_000, [0, 0, 0], 1);
    await expect(examinePicture(bomb, 'bomb.png')).rejects.toMatchObject({
      kind: 'limit',
      message: expect.stringMatching(/bomb\.png.*pixel limit.*at most 50000000 pixels/),
    });
    await expect(copyPicture(bomb, 'bomb.png', 'image/webp', 96)).rejects.toMatchObject({ kind: 'limit' });
    const heavy = Buffer.concat([cover, Buffer.alloc(MAXIMUM_PICTURE_BYTES)]);
    await expect(examinePicture(heavy, 'heavy.png')).rejects.toMatchObject({ kind: 'limit' });
  });

  it('that is cut off, or is none, is a reason', async () => {
    const jpeg = await copyPicture(makePng(300, 300), 'cover', 'image/jpeg');
    await expect(copyPicture(jpeg.subarray(0, 700), 'cut.jpg', 'image/webp', 96)).rejects.toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('the picture cut.jpg cannot be shown'),
    });
    for (const text of ['', 'no picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.4', 'II*\0']) {
      await expect(examinePicture(Buffer.from(text), 'odd')).rejects.toMatchObject({ kind: 'unsupported' });
    }
  });

  it('of any bytes ends in an error of ours or a picture', async () => {
    const beginnings = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF89a', 'RIFF\x10\0\0\0WEBPVP8L'];
    const any = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(any, async ([beginning, rest]) => {
        const bytes = Buffer.concat([Buffer.from(beginning, 'latin1'), rest]);
        const outcome = await copyPicture(bytes, 'any', 'image/webp', 96).catch((error: Error) => error.name);
        expect(typeof outcome === 'string' ? outcome : 'picture').toMatch(/^(?:MediaError|picture)$/);
      }),
    );
  });

  it('with single bytes wrong ends in an error of ours or a picture', async () => {
    const jpeg = Buffer.from(await copyPicture(makePng(64, 64), 'cover', 'image/jpeg'));
    await fc.assert(
      fc.asyncProperty(fc.nat(jpeg.length - 1), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const wrong = Buffer.from(jpeg);
        wrong[at] = value;
        const outcome = await copyPicture(wrong, 'any', 'image/webp', 96).catch((error: Error) => error.name);
        expect(typeof outcome === 'string' ? outcome : 'picture').toMatch(/^(?:MediaError|picture)$/);
      }),
    );
  });
});

describe('pictures in a folder', () => {
  const names = (...list: string[]) => picturesAmong(list.map((name) => Buffer.from(name))).map(String);

  it('are known by their names, the best first', () => {
    expect(
      names(
        'back.jpg',
        'holiday.jpg',
        'FOLDER.PNG',
        'cover.txt',
        'Cover.JPG',
        'front-1.webp',
        '.jpg',
        'cover',
        'thumb.gif',
      ),
    ).toEqual(['Cover.JPG', 'front-1.webp', 'FOLDER.PNG', 'thumb.gif']);
    expect(['cover.jpg', 'Back.png', 'CD.jpg', 'artist.jpg'].map((name) => pictureKind(Buffer.from(name)))).toEqual([
      ...['front', 'back', 'media', 'artist'],
    ]);
  });

  it('are those of the folder around for one disc of an album', () => {
    const discs = ['CD1', 'disc 2', 'Disk_03', 'Side A', 'vinyl-b'];
    const others = ['CD', 'Remixes', 'CD123', 'discovery 1', 'Side project'];
    expect([...discs, ...others].filter((name) => isDiscFolder(Buffer.from(name)))).toEqual(discs);
  });
});
