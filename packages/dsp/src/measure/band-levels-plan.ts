import { type ThirdOctaveBand, thirdOctaveBands } from './third-octaves.ts';

/** A band is measured where a frame holds at least so many periods of its middle: 20 make it 4.6 bins wide. */
const PERIODS = 20;
/** Shortest frame; the next power of two is taken. */
const FRAME_SECONDS = 0.04;
const SMALLEST_FRAME = 512;
/** Halvings of the rate before the second stage. */
const FIRST_HALVINGS = 3;
/**
 * At the border of two stages the longer frames would cut more sharply than the shorter ones on its other side, and a tone
 * near it would count up to 17 % too much or too little in all. So the longer frames' band ends in four steps, in bins from
 * the edge, and the sum of both is within 8 % (0.3 dB) of 1 wherever the tone is; for noise it is 1.
 */
const STEPS = [-1.125, -0.375, 0.375, 1.125] as const;

/** Frames of one length at one rate, and the bands that are measured in them. */
export interface BandStage {
  /** Times that the sample rate is halved before. */
  readonly halvings: number;
  /** Samples of a frame at that rate, a power of two. */
  readonly size: number;
  /** What is measured, from low to high: columns of the result, and what each part of the spectrum counts there. */
  readonly columns: readonly number[];
  readonly weights: readonly number[];
  /** Hz, ascending: where the parts begin, and where the last one ends. */
  readonly edgesHz: readonly number[];
}

export interface BandLevelsPlan {
  readonly bands: readonly ThirdOctaveBand[];
  /** The first has the shortest frames and the highest bands. */
  readonly stages: readonly BandStage[];
}

/**
 * Which bands are measured in frames of which length. The shortest frames last 40 to 64 ms (46 ms at 44.1 kHz), the
 * next ones twice as long, and so on down to the band of 20 Hz. A column for each band, then one for what is below the
 * lowest and one for what is above the highest band.
 * @param sampleRate Hz, 8000 to 192000
 */
export function planBandLevels(sampleRate: number): BandLevelsPlan {
  const bands = thirdOctaveBands(sampleRate);
  const shortest = Math.max(SMALLEST_FRAME, 2 ** Math.ceil(Math.log2(FRAME_SECONDS * sampleRate)));
  const stages: BandStage[] = [];
  for (let end = bands.length, frames = shortest; end > 0; frames *= 2) {
    const first = bands.findIndex(({ middleHz }) => (middleHz * frames) / sampleRate >= PERIODS);
    const halvings = stages.length === 0 ? 0 : FIRST_HALVINGS + stages.length - 1;
    const columns = bands.slice(first, end).map((_, i) => first + i);
    const edgesHz = bands.slice(first, end).map(({ lowHz }) => lowHz);
    const highHz = bands[end - 1]!.highHz;
    if (first === 0) {
      columns.unshift(bands.length);
      edgesHz.unshift(0);
    }
    const weights = columns.map(() => 1);
    if (end === bands.length) {
      columns.push(bands.length + 1);
      weights.push(1);
      edgesHz.push(highHz, sampleRate / 2);
    } else {
      edgesHz.push(...STEPS.map((bins) => highHz + (bins * sampleRate) / frames));
      for (let i = 1; i < STEPS.length; i++) {
        columns.push(end - 1);
        weights.push(1 - i / STEPS.length);
      }
    }
    stages.push({ halvings, size: frames / 2 ** halvings, columns, weights, edgesHz });
    end = first;
  }
  return { bands, stages };
}
