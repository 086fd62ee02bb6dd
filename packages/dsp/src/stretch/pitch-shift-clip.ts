import { SampleBlock } from '../block.ts';
import { type Clip, clipFrames } from '../clip.ts';
import { requireInRange } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { Resampler } from '../rate/resampler.ts';
import { stretchClip } from './stretch-clip.ts';

const LARGEST_SHIFT_SEMITONES = 12;
/** The resampler takes whole rates; over this one a shift is exact to 0.02 cents. It need not be that of the clip. */
const NOMINAL_RATE = 96_000;
const BLOCK_FRAMES = 16_384;
/** Share of the band that is kept where resampling narrows it. */
const PASS_BAND = 0.95;

/**
 * A whole clip at another pitch, its pace and length unchanged. All partials move, formants with them.
 * Stages: stretch by the ratio of frequencies (`stretchClip`) -> resample by it, back to the clip's length.
 * @param semitones -12 to 12, may be fractional; positive is higher
 * @returns a new clip of the same sample rate, channels and frames
 * @throws DspError 'invalid-parameter' when the shift, or the clip's sample rate or channels are out of range
 */
export function pitchShiftClip(kernels: Kernels, clip: Clip, semitones: number): Clip {
  requireInRange('semitones', semitones, -LARGEST_SHIFT_SEMITONES, LARGEST_SHIFT_SEMITONES);
  const fromRate = Math.round(NOMINAL_RATE * 2 ** (semitones / 12));
  const ratio = fromRate / NOMINAL_RATE;
  const frames = clipFrames(clip);
  const stretched = stretchClip(kernels, clip, {
    // One more, so that rounding cannot leave the result short.
    outputFrames: Math.ceil(frames * ratio) + 1,
    sourceFrameAt: (outputFrame) => outputFrame / ratio,
  });
  const channels = clip.channels.map(() => new Float32Array(frames));
  const mark = kernels.mark();
  try {
    resample(kernels, stretched, fromRate, channels);
  } finally {
    kernels.release(mark);
  }
  return { sampleRate: clip.sampleRate, channels };
}

/** Fills `target` from the start of the source, taken as `fromRate` Hz, at the nominal rate. */
function resample(kernels: Kernels, source: Clip, fromRate: number, target: readonly Float32Array[]): void {
  const resampler = new Resampler(kernels, {
    channels: target.length,
    fromRate,
    toRate: NOMINAL_RATE,
    maximumFrames: BLOCK_FRAMES,
    passBand: PASS_BAND,
  });
  const input = new SampleBlock(kernels, target.length, BLOCK_FRAMES);
  const output = new SampleBlock(kernels, target.length, resampler.maximumOutputFrames);
  const frames = target[0]!.length;
  let written = 0;
  const keep = () => {
    output.frames = Math.min(output.frames, frames - written);
    output.read(target, written);
    written += output.frames;
  };
  for (let start = 0; start < clipFrames(source); start += BLOCK_FRAMES) {
    input.write(source.channels, start, Math.min(BLOCK_FRAMES, clipFrames(source) - start));
    resampler.process(input, output);
    keep();
  }
  resampler.flush(output);
  keep();
}
