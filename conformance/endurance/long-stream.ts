// Listens to hours of music, the songs of the demo over and over, and says what the process holds each hour:
//   node scripts/run.mjs conformance/endurance/long-stream.ts [--hours 10]
// Nothing may grow with the length but lists of what was found. Ends with 1 when the process held more than it may.
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kernels, SampleBlock } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { TrackListener } from '@tutti/music/analysis';
import { composeDemo } from '@tutti/workflows';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '10' },
    // Used by the program itself: what composing holds is not to be counted.
    compose: { type: 'string' },
  },
});
const SAMPLE_RATE = 44_100;
const BLOCK_FRAMES = 8192;
const MEGABYTE = 2 ** 20;
/** Whatever the hours: what is held at an hour and a half, when reels begin, and some hours of lists. */
const MOST_MEGABYTES = 400;

const rssMegabytes = () => process.memoryUsage().rss / MEGABYTE;

async function listenForHours(hours: number, songs: readonly string[]): Promise<boolean> {
  const kernels = new Kernels();
  const listener = new TrackListener(kernels, { sampleRate: SAMPLE_RATE, channels: 2 });
  const block = new SampleBlock(kernels, 2, BLOCK_FRAMES);
  const last = hours * 3600 * SAMPLE_RATE;
  let largest = 0;
  let frames = 0;
  console.log(`before the first sample ${rssMegabytes().toFixed(0)} MB`);
  for (let turn = 0; frames < last; turn++) {
    const source = await openAudio(songs[turn % songs.length]!);
    for await (const piece of source.blocks()) {
      for (let offset = 0; offset < piece.frames; offset += BLOCK_FRAMES) {
        block.write(piece.channels, offset, Math.min(BLOCK_FRAMES, piece.frames - offset));
        listener.push(block);
        largest = Math.max(largest, rssMegabytes());
      }
      const hour = Math.floor(frames / (3600 * SAMPLE_RATE));
      frames += piece.frames;
      if (Math.floor(frames / (3600 * SAMPLE_RATE)) > hour) {
        console.log(`after ${hour + 1} h ${rssMegabytes().toFixed(0)} MB, at most ${largest.toFixed(0)} MB`);
      }
    }
    await source.close();
  }
  const { tempo, key, loudness, structure, notes } = listener.finish();
  largest = Math.max(largest, rssMegabytes());
  console.log(
    `${tempo.bpm?.toFixed(2)} BPM, ${tempo.kind}, ${tempo.beats.length} beats, ${key.tonic} ${key.mode}, ` +
      `${loudness.integratedLufs?.toFixed(1)} LUFS, ${structure.sections.length} sections. ${notes.join(' ')}`,
  );
  console.log(`largest ${largest.toFixed(0)} MB, ${MOST_MEGABYTES} MB allowed`);
  return largest <= MOST_MEGABYTES;
}

if (values.compose === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-endurance-'));
  try {
    const own = [...process.execArgv, process.argv[1]!, '--compose', folder];
    const { status } = spawnSync(process.execPath, own, { stdio: 'inherit' });
    if (status !== 0) throw new Error('the songs could not be composed');
    const songs = globSync('*.flac', { cwd: folder }).sort();
    const isBounded = await listenForHours(
      Number(values.hours),
      songs.map((song) => join(folder, song)),
    );
    process.exitCode = isBounded ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  for await (const _ of composeDemo(values.compose));
}
