import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@tutti/library';
import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { examinePicture } from '@tutti/media';
import { fixturePath, makePng } from '@tutti/media/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileArtwork, writeArtwork } from '../artwork/file-artwork.ts';
import { addLibraryRoot } from '../library/library-roots.ts';
import { id3Tag, pictureFrame } from '../testing/id3-tag.ts';
import { scanLibrary } from './scan-library.ts';

const SLOW = { timeout: 120_000 };
const FRONT = 3;
const BACK = 4;

onBothEngines((fresh) => {
  let folder: string;
  let artworkFolder: string;
  let library: Database;
  const at = (...names: string[]) => join(folder, 'music', ...names);
  const scan = () => scanLibrary(library, { analyse: false, jobs: 1, artworkFolder });
  const kept = () => readdirSync(artworkFolder, { recursive: true }).filter((name) => String(name).includes('.'));
  const shown = async (name: string) =>
    (await fileArtwork(library, at(name))).map(({ kind, source, width }) => `${kind} ${source} ${width}`);
  function song(name: string, ...pictures: (readonly [type: number, data: Uint8Array])[]): void {
    const frames = pictures.map(([type, data]) => pictureFrame(type, data));
    const sound = readFileSync(fixturePath('no-header.mp3'));
    writeFileSync(at(name), Buffer.concat([id3Tag(frames), sound]));
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tutti-artwork-'));
    artworkFolder = join(folder, 'home', 'artwork');
    mkdirSync(at('album'), { recursive: true });
    library = await emptyLibrary(fresh);
    await addLibraryRoot(library, join(folder, 'music'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps each picture once, whether it is in a file or beside it', SLOW, async () => {
    const [front, back] = [makePng(200, 200), makePng(100, 100, [0, 0, 0])];
    song('album/a.mp3', [BACK, back], [FRONT, front], [FRONT, front]);
    song('album/b.mp3', [FRONT, front]);
    song('c.mp3');
    writeFileSync(at('album', 'cover.png'), front);
    writeFileSync(at('album', 'back.jpg'), back);
    expect(await scan()).toMatchObject({ counts: { added: 3, failed: 0 } });
    expect(await shown('album/a.mp3')).toEqual([
      ...['front embedded 200', 'front folder 200', 'back embedded 100', 'back folder 100'],
    ]);
    expect(await shown('album/b.mp3')).toEqual(['front embedded 200', 'front folder 200', 'back folder 100']);
    expect(await shown('c.mp3')).toEqual([]);
    expect(kept()).toHaveLength(4);
    const steps = new Set<string>();
    await scanLibrary(library, { analyse: false, artworkFolder, onProgress: ({ step }) => steps.add(step) });
    expect([...steps]).toEqual(['walk']);
  });

  it('follows what changes beside files that do not', SLOW, async () => {
    song('album/a.mp3');
    await scan();
    writeFileSync(at('album', 'folder.png'), makePng(50, 50));
    expect((await scan()).counts).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await shown('album/a.mp3')).toEqual(['front folder 50']);
    writeFileSync(at('album', 'folder.png'), makePng(51, 50));
    await scan();
    expect(await shown('album/a.mp3')).toEqual(['front folder 51']);
    renameSync(at('album'), at('renamed'));
    expect((await scan()).counts).toMatchObject({ moved: 1 });
    expect(await shown('renamed/a.mp3')).toEqual(['front folder 51']);
    rmSync(at('renamed', 'folder.png'));
    await scan();
    expect(await shown('renamed/a.mp3')).toEqual([]);
  });

  it('says what is wrong with a picture, once for all files beside it, until it is mended', SLOW, async () => {
    for (const name of ['a', 'b']) song(`album/${name}.mp3`);
    song('c.mp3', [FRONT, makePng(60_000, 60_000, [0, 0, 0], 1)], [FRONT, makePng(10, 10)]);
    writeFileSync(at('album', 'cover.jpg'), 'no picture');
    const expected = [
      { step: 'artwork', path: at('album', 'cover.jpg'), error: { kind: 'unsupported' } },
      { step: 'artwork', path: at('c.mp3'), error: { kind: 'limit' } },
    ];
    const report = await scan();
    expect(report.failures).toMatchObject(expected);
    expect(report.counts).toMatchObject({ added: 3, failed: 2 });
    expect(await shown('c.mp3')).toEqual(['front embedded 10']);
    expect((await scan()).failures).toMatchObject(expected);
    writeFileSync(at('album', 'cover.jpg'), makePng(20, 20));
    song('c.mp3');
    expect(await scan()).toMatchObject({ failures: [], counts: { failed: 0 } });
    expect(await shown('album/b.mp3')).toEqual(['front folder 20']);
  });

  it('reads pictures that a scan without a place for them left', SLOW, async () => {
    song('a.mp3', [FRONT, makePng(30, 30)]);
    await scanLibrary(library, { analyse: false, jobs: 1 });
    expect(await shown('a.mp3')).toEqual([]);
    await scan();
    expect(await shown('a.mp3')).toEqual(['front embedded 30']);
  });

  it('gives a picture as it is or smaller, also when what was kept is lost', SLOW, async () => {
    const front = makePng(700, 350);
    song('a.mp3', [FRONT, front]);
    await scan();
    const out = (name: string) => join(folder, name);
    const write = (name: string, size?: number, force = false) =>
      writeArtwork(library, artworkFolder, at('a.mp3'), { out: out(name), size, force });
    await write('whole.png');
    expect(readFileSync(out('whole.png')).equals(front)).toBe(true);
    rmSync(artworkFolder, { recursive: true });
    await write('tile.webp', 320);
    expect(await examinePicture(readFileSync(out('tile.webp')), '')).toEqual({
      mediaType: 'image/webp',
      width: 320,
      height: 160,
    });
    expect(kept().filter((name) => String(name).includes('-320.webp'))).toHaveLength(1);
    await write('large.jpg', 1024);
    expect(await examinePicture(readFileSync(out('large.jpg')), '')).toEqual({
      mediaType: 'image/jpeg',
      width: 700,
      height: 350,
    });
    await expect(write('large.jpg')).rejects.toThrow(/--force/);
    await write('large.jpg', 96, true);
    await expect(write('x.webp', 97)).rejects.toThrow(/sizes are 96, 320, 1024/);
    await expect(write('x.tiff')).rejects.toThrow(/written as \.jpg/);
    await expect(fileArtwork(library, at('none.mp3'))).rejects.toMatchObject({ kind: 'missing' });
    rmSync(artworkFolder, { recursive: true });
    song('a.mp3');
    await expect(write('y.png')).rejects.toThrow(/neither kept nor where it was found/);
  });
});
