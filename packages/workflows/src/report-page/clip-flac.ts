import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clip, clipFrames, type Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import { writeClip } from '../write-clip.ts';

const BLOCK_FRAMES = 16_384;

/**
 * A clip as FLAC of 16 bits, for a page.
 * @param highestRate Hz; a clip of a higher rate is brought to it
 * @param kernels what this allocates in them is freed again
 * @returns the bytes of a FLAC file
 * @throws MediaError when there is no room for a file that is gone afterwards
 */
export async function flacOfClip(clip: Clip, highestRate: number, kernels: Kernels): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-report-'));
  try {
    const path = join(folder, 'part.flac');
    const output = { sampleFormat: 'int16', dither: 'triangular' } as const;
    await writeClip(path, atMost(highestRate, clip, kernels), 0, output, kernels, { force: true });
    return await readFile(path);
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
