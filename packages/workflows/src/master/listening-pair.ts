import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clip, clipFrames, type Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import { matchLoudness, type PreviewSpan } from '@tutti/music/mastering';
import type { ListeningPair } from '../master-report/report-data.ts';
import { writeClip } from '../write-clip.ts';

/** Hz; a page that is looked at needs no more, and half a minute of it stays below 5 MB. */
const HIGHEST_RATE = 48_000;
const BLOCK_FRAMES = 16_384;

/**
 * The same seconds of a song before and after, as FLAC of 16 bits for a page, with the gains that make them equally loud.
 * @throws MediaError when there is no room for a file that is gone afterwards
 */
export async function listeningPair(
  { before, after }: { readonly before: Clip; readonly after: Clip },
  span: PreviewSpan,
  kernels: Kernels,
): Promise<ListeningPair> {
  const match = matchLoudness(kernels, before, after);
  const folder = await mkdtemp(join(tmpdir(), 'tutti-report-'));
  try {
    const encoded = async (clip: Clip, gainDb: number) => {
      const path = join(folder, 'part.flac');
      const output = { sampleFormat: 'int16', dither: 'triangular' } as const;
      await writeClip(path, atMost(HIGHEST_RATE, clip, kernels), 0, output, kernels, { force: true });
      return { flac: await readFile(path), gainDb };
    };
    return { span, before: await encoded(before, match.before), after: await encoded(after, match.after) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A clip at a rate that is not above another. The kernels' memory is as it was afterwards. */
function atMost(highestRate: number, clip: Clip, kernels: Kernels): Clip {
  if (clip.sampleRate <= highestRate) return clip;
  const mark = kernels.mark();
  const channels = clip.channels.length;
  const resampler = new Resampler(kernels, {
    ...{ channels, fromRate: clip.sampleRate, toRate: highestRate, maximumFrames: BLOCK_FRAMES },
  });
  const [piece, converted] = [BLOCK_FRAMES, resampler.maximumOutputFrames].map(
    (frames) => new SampleBlock(kernels, channels, frames),
  );
  const frames = clipFrames(clip);
  const out = clip.channels.map(() => new Float32Array(Math.round((frames * highestRate) / clip.sampleRate)));
  let at = 0;
  const keep = () => {
    converted!.frames = Math.min(converted!.frames, out[0]!.length - at);
    converted!.read(out, at);
    at += converted!.frames;
  };
  for (let offset = 0; offset < frames; offset += BLOCK_FRAMES) {
    piece!.write(clip.channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
    resampler.process(piece!, converted!);
    keep();
  }
  resampler.flush(converted!);
  keep();
  kernels.release(mark);
  return { sampleRate: highestRate, channels: out };
}
