// How long a scan of many small files takes: walked, hashed and tagged, and again with nothing new; and how many times as long
// as `find` over the same files and reading all their bytes, in turn in the same run.
// node scripts/run.mjs conformance/library/scan-bench.ts [--files 10000] [--keep DIR] [--in-one-folder] [--covers]
// With DATABASE_URL on that server, else in a new library of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAudioWriter } from '@tutti/media';
import { flacWithComments, makePng } from '@tutti/media/testing';
import { addLibraryRoot, artworkFolder, type ScanProgress, scanLibrary, withLibrary } from '@tutti/workflows';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    keep: { type: 'string' },
    'in-one-folder': { type: 'boolean', default: false },
    covers: { type: 'boolean', default: false },
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
    if (values.covers && n % ALBUM === 0)
      writeFileSync(join(place, 'cover.png'), makePng(500, 500, [album, artist, n]));
    writeFileSync(join(place, `${n}.flac`), flacWithComments(sounds[n % SOUNDS]!, comments));
  }
}

/** Milliseconds that `find` takes to name all files with sizes and times, and `cat` to read them. */
function plainReading(): { readonly find: number; readonly read: number } {
  const run = (...args: string[]) => {
    const started = performance.now();
    const { status } = spawnSync('find', [music, '-type', 'f', ...args], { stdio: 'ignore' });
    if (status !== 0) throw new Error('find is needed, as Linux has it');
    return performance.now() - started;
  };
  return { find: run('-printf', '%p %s %T@\\n'), read: run('-exec', 'cat', '{}', '+') };
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
  const spent: Partial<Record<ScanProgress['step'], number>> = {};
  const scan = () =>
    withLibrary({}, (library) => {
      let last = performance.now();
      return scanLibrary(library, {
        analyse: false,
        artworkFolder: artworkFolder(),
        onProgress: ({ step }) => {
          const now = performance.now();
          spent[step] = (spent[step] ?? 0) + now - last;
          last = now;
        },
      });
    });
  plainReading();
  const before = plainReading();
  const first = await timed('walked, hashed and tagged', scan);
  for (const [step, milliseconds] of Object.entries(spent))
    console.log(`  ${step}: ${(milliseconds / 1000).toFixed(1)} s`);
  console.log(JSON.stringify(first.counts));
  const walkedAndTagged = (spent.walk ?? 0) + (spent.tags ?? 0) + (spent.artwork ?? 0);
  const between = plainReading();
  const started = performance.now();
  const again = await timed('again, nothing new', scan);
  const unchanged = performance.now() - started;
  console.log(JSON.stringify(again.counts));
  const after = plainReading();
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one) / all.length;
  const find = mean([before.find, between.find, after.find]);
  const read = mean([before.read, between.read, after.read]);
  console.log(
    `walk, tags and pictures: ${(walkedAndTagged / (find + read)).toFixed(1)} times find and reading all bytes`,
  );
  console.log(`again, with opening the library: ${(unchanged / find).toFixed(1)} times find`);
  if (first.counts.added !== count || again.counts.unchanged !== count) process.exitCode = 1;
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
