import { mkdtemp, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SampleJournal } from './sample-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-journal-'));
});
const opened: SampleJournal[] = [];
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.discard();
  await rm(folder, { recursive: true, force: true });
});

const target = () => join(folder, 'mix.wav');
const file = () => join(folder, '.mix.wav.tutti-journal');
const PIECE = 1000;

/** A journal that is closed when its test is over. */
async function journalOf(fingerprint: string, path = target()): Promise<SampleJournal> {
  const journal = await SampleJournal.open(path, fingerprint);
  opened.push(journal);
  return journal;
}

/** Piece `index`: its samples tell where they belong. */
const piece = (index: number): readonly [Float32Array, Float32Array] => [
  Float32Array.from({ length: PIECE }, (_, i) => index + i / PIECE),
  Float32Array.from({ length: PIECE }, (_, i) => -index - i / PIECE),
];

/** A run that is killed after some pieces: nothing is closed or finished. */
async function killedRun(pieces: number, fingerprint = 'a'): Promise<void> {
  const journal = await journalOf(fingerprint);
  let frames = 0;
  for await (const kept of journal.kept()) frames += kept.frames;
  for (let index = frames / PIECE; index < pieces; index++) await journal.keep(piece(index), PIECE);
}

/** How many pieces the next run is given, each of them checked. */
async function keptPieces(fingerprint = 'a'): Promise<number> {
  const journal = await journalOf(fingerprint);
  let pieces = 0;
  for await (const { channels, frames } of journal.kept()) {
    for (let at = 0; at < frames; at += PIECE, pieces++) {
      expect(channels.map((samples) => samples.slice(at, at + PIECE))).toEqual(piece(pieces));
    }
  }
  return pieces;
}

describe('SampleJournal', () => {
  it('gives the next run what was written whole, in whole pieces', async () => {
    await killedRun(100);
    // 32 pieces to a record; the last four had not been written.
    expect(await keptPieces()).toBe(96);
    await killedRun(200);
    expect(await keptPieces()).toBe(192);
  });

  it('gives nothing of another fingerprint, and begins anew', async () => {
    await killedRun(100, 'a');
    expect(await keptPieces('b')).toBe(0);
    expect(await keptPieces('a')).toBe(0);
  });

  it('stops at the first record that is cut off, changed or empty', async () => {
    const record = 16 + 8 * 32 * PIECE;
    await killedRun(100);
    await truncate(file(), 2 + 2 * record + 5000);
    expect(await keptPieces()).toBe(64);
    expect((await stat(file())).size).toBe(2 + 2 * record);
    await killedRun(100);
    const handle = await open(file(), 'r+');
    await handle.write(Buffer.from([1]), 0, 1, 2 + record + 12_345);
    await handle.close();
    expect(await keptPieces()).toBe(32);
    await killedRun(100);
    await truncate(file(), 2 + record);
    await truncate(file(), 2 + 3 * record);
    expect(await keptPieces()).toBe(32);
  });

  it('gives no samples of another run that wrote into the same file', async () => {
    const other = await journalOf('a');
    for (let index = 0; index < 33; index++) await other.keep(piece(index), PIECE);
    await killedRun(40, 'b');
    for (let index = 33; index < 100; index++) await other.keep(piece(index), PIECE);
    expect(await keptPieces('b')).toBe(32);
  });

  it('leaves nothing behind when it is discarded', async () => {
    const journal = await journalOf('a');
    for (let index = 0; index < 40; index++) await journal.keep(piece(index), PIECE);
    await journal.discard();
    await journal.discard();
    expect(await readdir(folder)).toEqual([]);
    await journal.keep(piece(0), PIECE);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is done without where it cannot be written', async () => {
    const journal = await journalOf('a', join(folder, 'nowhere', 'mix.wav'));
    for await (const kept of journal.kept()) expect(kept).toBe(undefined);
    for (let index = 0; index < 40; index++) await journal.keep(piece(index), PIECE);
    await journal.discard();
  });
});
