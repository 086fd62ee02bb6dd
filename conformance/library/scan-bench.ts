// How long a scan of many small files takes: walked and tagged, hashed as well, and again with nothing new.
// node scripts/run.mjs conformance/library/scan-bench.ts [--files 10000] [--keep DIR] [--in-one-folder]
// With DATABASE_URL on that server, else in a new library of its own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAudioWriter } from '@tutti/media';
import { flacWithComments } from '@tutti/media/testing';
import { addLibraryRoot, type ScanProgress, scanLibrary, withLibrary } from '@tutti/workflows';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    keep: { type: 'string' },
    'in-one-folder': { type: 'boolean', default: false },
  },
});
const count = Number(values.files);
const SOUNDS = 200;
const ALBUM = 12;

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'tutti-scan-bench-'));
const music = join(folder, 'music');
mkdirSync(music, { recursive: true });

/** Half a second of a tone as FLAC, at 8 kHz. */
async function tone(hertz: number): Promise<Buffer> {
  const path = join(folder, 'tone.flac');
  const samples = Float32Array.from({ length: 4000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * hertz * n) / 8000));
  const writer = await createAudioWriter(path, { sampleRate: 8000, channels: 1, sampleFormat: 'int16', force: true });
  await writer.write([samples], samples.length);
  await writer.finish();
  return readFileSync(path);
}

async function makeFiles(): Promise<void> {
  const sounds: Buffer[] = [];
  for (let n = 0; n < SOUNDS; n++) sounds.push(await tone(100 + 15 * n));
  for (let n = 0; n < count; n++) {
    const album = Math.floor(n / ALBUM);
    const artist = Math.floor(album / 3);
    const place = values['in-one-folder'] ? music : join(music, `Artist ${artist}`, `Album ${album}`);
    mkdirSync(place, { recursive: true });
    const comments = [
      ...[`TITLE=Song number ${n}`, `ARTIST=Artist ${artist}`, `ALBUM=Album ${album}`, `ALBUMARTIST=Artist ${artist}`],
      ...[`TRACKNUMBER=${(n % ALBUM) + 1}`, `GENRE=Genre ${n % 23}`, `DATE=${1970 + (n % 50)}`, `BPM=${90 + (n % 60)}`],
    ];
    writeFileSync(join(place, `${n}.flac`), flacWithComments(sounds[n % SOUNDS]!, comments));
  }
}

/** Times a piece of work, by the clock and by the processors' time. */
async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - started) / 1000;
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${what.padEnd(34)} ${seconds.toFixed(1)} s by the clock, ${((user + system) / 1e6).toFixed(1)} s of processors, ` +
      `${memory} MiB, load ${loadavg()[0]!.toFixed(1)}`,
  );
  return result;
}

process.env['TUTTI_HOME'] = join(folder, 'home');
try {
  await timed(`${count} files made`, makeFiles);
  await timed('a library made', () => withLibrary({}, (library) => addLibraryRoot(library, music)));
  const ends: Partial<Record<ScanProgress['step'], number>> = {};
  const scan = (analyse: boolean) =>
    withLibrary({}, (library) =>
      scanLibrary(library, {
        analyse,
        onProgress: ({ step }) => {
          ends[step] = performance.now();
        },
      }),
    );
  const started = performance.now();
  const first = await timed('walked, hashed and tagged', () => scan(false));
  for (const [step, end] of Object.entries(ends)) {
    console.log(`  ${step} ended after ${((end - started) / 1000).toFixed(1)} s`);
  }
  console.log(JSON.stringify(first.counts));
  const again = await timed('again, nothing new', () => scan(false));
  console.log(JSON.stringify(again.counts));
  if (first.counts.added !== count || again.counts.unchanged !== count) process.exitCode = 1;
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
