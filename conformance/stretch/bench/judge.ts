import { medianOf } from '../../accuracy/metrics/bootstrap.ts';
import { onsetTimes } from '../../mastering/measures/transients.ts';
import { type Signal, signalFrames } from '../../mastering/signal.ts';
import { type AttackChange, attackChange } from '../measures/attacks.ts';
import { crestLossDb } from '../measures/crest.ts';
import { spectralChange } from '../measures/spectral-distance.ts';
import { stereoChange } from '../measures/stereo-image.ts';
import { toneModulation } from '../measures/tone-modulation.ts';
import type { MadeSignal } from '../signals/made-signal.ts';
import type { Figures } from './figures.ts';

/** Frames of the spectra: long where tones are steady, shorter where music moves. */
const TONE_SIZE = 8192;
const MUSIC_SIZE = 4096;
/** Attacks nearer to an end are not judged. */
const EDGE_SECONDS = 0.1;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);

/** A sound that was made at both paces. @param ideal it at the other pace, @param output what a program made of it */
export function judgeMade(signal: MadeSignal, ideal: Signal, output: Signal, ratio: number): Figures {
  switch (signal.kind) {
    case 'tones':
      return { spectrumDb: spectralChange(ideal, output, 1, TONE_SIZE).distanceDb, ...imageFigures(ideal, output, 1) };
    case 'steady': {
      const tones = signal.sinesHz.map((hz) => toneModulation(output.channels[0]!, output.sampleRate, hz));
      return {
        amplitude: 100 * mean(tones.map(({ amplitude }) => amplitude)),
        cents: mean(tones.map(({ cents, offCents }) => cents + Math.abs(offCents))),
      };
    }
    case 'pulses':
      return { crestDb: Math.max(0, crestLossDb(ideal, output)) };
    case 'hits':
      return attackFigures(
        ideal,
        signal.attacks.map((at) => at * ratio),
        output,
        1,
      );
  }
}

/** Music beside a reference whose moment `at` is moment `at * slope` of the output. */
export function judgeMusic(reference: Signal, output: Signal, slope: number): Figures {
  const { distanceDb, flux, centroid } = spectralChange(reference, output, slope, MUSIC_SIZE);
  return {
    ...attackFigures(reference, onsetTimes(reference), output, slope),
    spectrumDb: distanceDb,
    flux: 100 * Math.abs(flux),
    centroid: 100 * centroid,
    ...imageFigures(reference, output, slope),
  };
}

function imageFigures(reference: Signal, output: Signal, slope: number): Figures {
  const change = stereoChange(reference, output, slope);
  if (change === null) return {};
  return {
    imageLevelDb: change.levelDb,
    imagePhase: change.phaseDegrees,
    imageCoherence: 100 * change.coherence,
    imageSideDb: Math.abs(change.sideLossDb),
  };
}

function attackFigures(reference: Signal, times: readonly number[], output: Signal, slope: number): Figures {
  const end = signalFrames(reference) / reference.sampleRate - EDGE_SECONDS;
  const changes = times
    .filter((at) => at > EDGE_SECONDS && at < end)
    .map((at) => attackChange(reference, at, output, at * slope))
    .filter((change): change is AttackChange => change !== null);
  if (changes.length === 0) return {};
  const lags = changes.map(({ lagSeconds }) => 1000 * Math.abs(lagSeconds)).sort((a, b) => a - b);
  return {
    onsetMedianMs: medianOf(lags)!,
    onsetMostMs: lags[Math.floor(0.95 * (lags.length - 1))]!,
    attackShape: 100 * mean(changes.map(({ shapeLoss }) => shapeLoss)),
    attackRiseMs: 1000 * Math.max(0, mean(changes.map(({ riseSeconds }) => riseSeconds))),
    attackPeakDb: Math.max(0, mean(changes.map(({ peakLossDb }) => peakLossDb))),
    preEcho: 100 * mean(changes.map(({ preEcho }) => preEcho)),
  };
}
