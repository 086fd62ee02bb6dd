import type { Features, Kernels, RealFft } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';
import type { TempoAnalysis } from '../track-analysis.ts';
import { type AccentCurves, accentCurves } from './accent-curves.ts';
import { phaseBeats } from './beat-phase.ts';
import { fitGrid, snapBeats } from './beat-refinement.ts';
import { findBars } from './meter.ts';
import { onsetRate } from './onset-rate.ts';
import { isPulse } from './pulse-clarity.ts';
import { type RhythmCurves, rhythmCurves } from './rhythm-curves.ts';
import { type BeatCandidate, type BeatHypothesis, beatCandidates, beatHypotheses } from './tactus.ts';
import { tempoCandidates } from './tempo-candidates.ts';
import { TEMPO_MODEL } from './tempo-model.data.ts';
import { tempogramOf } from './tempogram.ts';
import { followPulses, withoutMultiples } from './tick-row.ts';
import { beatsPerMinute } from './usual-interval.ts';

/** Two rows of beats this near in tempo follow the same beat; the one with finer ticks is taken at half the probability. */
const SAME_BEAT = 0.02;
const NEARLY_AS_PROBABLE = 0.5;
/** Onset strength, in units of its root mean square, that begins and ends the part of a track that has beats. */
const AUDIBLE_ONSET = 0.7;
/** A beat may lie this far outside of that part. */
const EDGE_SECONDS = 0.05;

/** What is said where there is none. */
export const NO_TEMPO: TempoAnalysis = {
  bpm: null,
  confidence: 0,
  kind: 'none',
  candidates: [],
  beats: [],
  downbeats: [],
  meter: null,
};

/**
 * Tempo, beats and bars of a track.
 * Stages: onset curves -> tempogram -> the strongest pulses -> each followed through the track (or put on a grid when it
 * is steady) -> every way to count their ticks as beats, with its probability -> the best, refined to the onsets -> bars.
 * @param kernels lend memory for the time of the call
 * @param fft of TEMPOGRAM_FFT_SIZE
 */
export function analyseTempo(kernels: Kernels, features: Features, spectra: SemitoneSums, fft: RealFft): TempoAnalysis {
  const heard = hearBeats(kernels, features, fft);
  if (heard === null) return NO_TEMPO;
  const { curves, accents, candidates: possible } = heard;
  const hypotheses = beatHypotheses(possible, TEMPO_MODEL.tactus);
  const found = finestOf(hypotheses);
  const beats = refine({ ...found, beats: phaseBeats(kernels, found, curves, accents, spectra) }, curves);
  if (beats.length < 4) return NO_TEMPO;
  const steady = found.row.steady !== null;
  const bars = findBars(kernels, beats, curves, accents, spectra, features, steady);
  const seconds = Array.from(beats, (frame) => frame / features.frameRate);
  const bpm = beatsPerMinute(seconds, steady);
  const candidates = tempoCandidates(hypotheses, found, accents, bpm);
  return {
    bpm,
    confidence: candidates[0]!.weight,
    kind: steady ? 'constant' : 'drifting',
    candidates,
    beats: seconds,
    downbeats: bars ? bars.downbeats.map((i) => seconds[i]!) : [],
    meter: bars?.meter ?? null,
  };
}

/** What may be the beats of a track. */
export interface HeardBeats {
  readonly curves: RhythmCurves;
  readonly accents: AccentCurves;
  /** At least one. */
  readonly candidates: readonly BeatCandidate[];
}

/**
 * The stages of `analyseTempo` before the beats are chosen.
 * @returns null where there is no pulse
 */
export function hearBeats(kernels: Kernels, features: Features, fft: RealFft): HeardBeats | null {
  const curves = rhythmCurves(kernels, features);
  const tempogram = tempogramOf(kernels, curves, fft);
  const rows = followPulses(kernels, curves, tempogram);
  if (!rows.some((row) => isPulse(kernels, features, curves, tempogram, row))) return null;
  const accents = accentCurves(kernels, curves);
  const candidates = beatCandidates(kernels, withoutMultiples(rows), accents, onsetRate(curves));
  return candidates.length === 0 ? null : { curves, accents, candidates };
}

/**
 * The most probable hypothesis, or one of the same tempo that counts finer ticks, if it is nearly as probable: fine ticks
 * keep their place through passages where only the off-beats are played.
 */
export function finestOf(hypotheses: readonly BeatHypothesis[]): BeatHypothesis {
  const top = hypotheses[0]!;
  return hypotheses.reduce(
    (best, other) =>
      other.group > best.group &&
      other.probability > NEARLY_AS_PROBABLE * top.probability &&
      Math.abs(other.bpm / top.bpm - 1) < SAME_BEAT
        ? other
        : best,
    top,
  );
}

/** Beats on their onsets, from the first to the last onset of the track. */
function refine({ beats, row, group }: BeatHypothesis, curves: RhythmCurves): Float64Array {
  // Bass onsets are slow and late: they help to find the beat, but not to say when it is.
  const { frameRate, all } = curves;
  const edge = EDGE_SECONDS * frameRate;
  const first = Math.max(0, all.findIndex((value) => value > AUDIBLE_ONSET) - edge);
  const last = Math.min(curves.frames - 1, all.findLastIndex((value) => value > AUDIBLE_ONSET) + edge);
  if (!row.steady) {
    return snapBeats(all, frameRate, beats).filter((beat) => beat >= first && beat <= last);
  }
  const rough = { period: row.steady.periodFrames * group, origin: beats[0]! };
  const { period, origin } = fitGrid(all, frameRate, rough, beats.length);
  const from = Math.ceil((first - origin) / period);
  const to = Math.floor((last - origin) / period);
  return Float64Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => origin + (from + i) * period);
}
