import type { BandLevelsResult, Level, Loudness, TruePeak } from '@tutti/dsp';
import { smallestPeakToShortTerm } from '../../analysis/loudness/peak-to-short-term.ts';
import type { MidSidePowers } from '../../analysis/timbre/stereo-image.ts';
import type { MasterMeasurement } from '../measurement-schema.ts';
import { bandFigures, imageFigures, midAndSide } from './band-figures.ts';
import { hopLevels, noiseFloorDb, silenceAround, soundingHops } from './hop-levels.ts';

export interface Meters {
  readonly loudness: Loudness;
  readonly truePeak: TruePeak;
  /** Of all channels, and of each. */
  readonly level: Level;
  readonly channelLevels: readonly Level[];
  readonly bands: BandLevelsResult;
  readonly transients: number | null;
}

/** Puts what the meters heard into the figures of a plan; null where nothing can be said. */
export function figuresOf({ loudness, truePeak, level, channelLevels, bands, transients }: Meters): MasterMeasurement {
  const { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu } = loudness;
  const { frames, channels } = bands;
  const decibels = (amplitude: number) => (amplitude > 0 ? 20 * Math.log10(amplitude) : null);
  const levels = hopLevels(bands);
  const sound = soundingHops(levels);
  const stereo = channels === 2 ? imageOf(midAndSide(bands)) : MONO;
  return {
    ...{ integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu },
    truePeakDb: truePeak.peakDb,
    samplePeakDb: decibels(level.samplePeak),
    rmsDb: decibels(level.rms),
    crestDb: level.crestDb,
    peakToLoudnessDb: integratedLufs !== null && truePeak.peakDb !== null ? truePeak.peakDb - integratedLufs : null,
    peakToShortTermDb: smallestPeakToShortTerm(truePeak.secondPeaks, loudness),
    bands: bandFigures(bands),
    ...stereo,
    transientsPerSecond: transients,
    noiseFloorDb: noiseFloorDb(levels.slice(sound.from, sound.to)),
    clippedSamples: Math.round(level.clippedShare * frames * channels),
    dcOffset: channelLevels.map(({ mean }) => mean),
    silence: silenceAround(sound, frames / bands.sampleRate),
  };
}

const MONO = { width: null, correlation: null, monoLossDb: null } as const;
/** Mid this far below mid and side is as good as none. */
const MOST_MONO_LOSS_DB = 60;

function imageOf(powers: MidSidePowers): Pick<MasterMeasurement, 'width' | 'correlation' | 'monoLossDb'> {
  const { width, correlation } = imageFigures(powers);
  if (width === null) return MONO;
  const loss = -10 * Math.log10(Math.max(1 - width, 10 ** (-MOST_MONO_LOSS_DB / 10)));
  return { width, correlation, monoLossDb: loss };
}
