import {
  type Clip,
  clipFrames,
  type Kernels,
  type Loudness,
  LoudnessMeter,
  SampleBlock,
  TruePeakMeter,
} from '@tutti/dsp';
import type { Expectation } from './signal.ts';

/** What the meters read of a signal. */
export interface Reading extends Loudness {
  readonly truePeakDb: number | null;
}

/** One expectation beside what was read: of several values the one that is farthest off. */
export interface Verdict extends Expectation {
  readonly read: number | null;
  readonly isRight: boolean;
}

const BLOCK_FRAMES = 8192;
/** Meter values a second, and where the windows begin that end 3 s and 1 s after the start. */
const METER_RATE = 10;
const MOMENTARY_SECONDS = 0.4;

export function measure(kernels: Kernels, { sampleRate, channels }: Clip): Reading {
  const mark = kernels.mark();
  try {
    const loudness = new LoudnessMeter(kernels, { sampleRate, channels: channels.length });
    const truePeak = new TruePeakMeter(kernels, { sampleRate, channels: channels.length });
    const block = new SampleBlock(kernels, channels.length, BLOCK_FRAMES);
    const frames = clipFrames({ sampleRate, channels });
    for (let at = 0; at < frames; at += BLOCK_FRAMES) {
      block.write(channels, at, Math.min(BLOCK_FRAMES, frames - at));
      loudness.process(block);
      truePeak.process(block);
    }
    return { ...loudness.result(), truePeakDb: truePeak.result().peakDb };
  } finally {
    kernels.release(mark);
  }
}

export function judge(reading: Reading, expected: readonly Expectation[]): Verdict[] {
  return expected.map((expectation) => {
    const read = readFigure(reading, expectation);
    const error = read === null ? Number.NaN : read - expectation.value;
    return { ...expectation, read, isRight: error <= expectation.above && error >= -expectation.below };
  });
}

function readFigure(reading: Reading, { figure, value }: Expectation): number | null {
  if (figure === 'everyShortTermLufs') return farthest(reading.shortTerm, value);
  if (figure === 'everyMomentaryLufs') {
    return farthest(reading.momentary.subarray(Math.round((1 - MOMENTARY_SECONDS) * METER_RATE)), value);
  }
  return reading[figure];
}

/** The value that is farthest from what it should be; null when there are none. */
function farthest(values: Float32Array, value: number): number | null {
  return values.reduce<number | null>(
    (worst, each) => (worst === null || Math.abs(each - value) > Math.abs(worst - value) ? each : worst),
    null,
  );
}
