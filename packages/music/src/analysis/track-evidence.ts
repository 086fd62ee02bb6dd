import type { BandCurves, Features, Kernels } from '@tutti/dsp';
import { type Key, tonicOf } from '../theory/key.ts';
import { chromaOf } from './key/chroma.ts';
import { KEY_PROFILES } from './key/key-profiles.ts';
import { pitchBlocks } from './key/pitch-blocks.ts';
import { joinCurve } from './reels/join-curve.ts';
import { COURSE_SECONDS, type Reel } from './reels/reel.ts';
import { semitoneSums } from './semitone-sums.ts';
import { soundingFeatures } from './sounding-frames.ts';
import { barFeatures } from './structure/bar-features.ts';
import { barGridOf } from './structure/bar-grid.ts';
import { barDirections } from './structure/likeness.ts';
import { cutBars } from './structure/sections.ts';
import { type BarLikeness, barLikeness } from './structure/self-similarity.ts';
import { rhythmCurves } from './tempo/rhythm-curves.ts';
import type { TempoAnalysis, TrackAnalysis } from './track-analysis.ts';

/** What the answers about a track rest on, for a person to look at. */
export interface TrackEvidence {
  readonly seconds: number;
  /** Hz, of `onset` and `bandEnergies`. */
  readonly frameRate: number;
  /** Onset strength as beats are tracked on it: background removed, levelled over time; null for what was heard in reels. */
  readonly onset: Float32Array | null;
  /** Mean square of three ranges; see `Features`. */
  readonly bandEnergies: BandCurves;
  /** [12] mean level of each pitch class from C; null where nothing is pitched, and for what was heard in reels. */
  readonly chroma: readonly number[] | null;
  /** How alike the bars are, and how well a section would begin with each, 0 to 1; null where there are too few, or reels. */
  readonly bars: (BarLikeness & { readonly borderFit: readonly number[] }) | null;
}

/** Fewer bars make no picture. */
const FEWEST_BARS = 2;
/** More are put together, so that memory does not grow with the square of a track's length. */
const MOST_BARS = 256;

/** Gathers the evidence again from the features that the analysis was made of. */
export function evidenceOf(kernels: Kernels, features: Features, { tempo, key }: TrackAnalysis): TrackEvidence {
  const { frames, frameRate, startSeconds } = features;
  const seconds = startSeconds + frames / frameRate;
  const curve = (values: Float32Array) => fromStart(values, Math.round(startSeconds * frameRate));
  const { low, mid, high } = features.bandEnergies;
  return {
    seconds,
    frameRate,
    onset: curve(rhythmCurves(kernels, features).all),
    bandEnergies: { low: curve(low), mid: curve(mid), high: curve(high) },
    chroma: key.tuningHz === null ? null : meanChroma(kernels, features, key.tuningHz),
    bars: barsOf(kernels, features, tempo),
  };
}

/** What is left to look at of a sound that was heard in reels: its course, second by second. */
export function evidenceOfReels(reels: readonly Reel[]): TrackEvidence {
  const band = (name: keyof BandCurves) =>
    Float32Array.from(
      joinCurve(reels, COURSE_SECONDS, ({ own, course }) => ({ start: own.start, values: [...course[name]] }), 0),
    );
  return {
    seconds: reels.at(-1)!.heard.end,
    frameRate: 1 / COURSE_SECONDS,
    onset: null,
    bandEnergies: { low: band('low'), mid: band('mid'), high: band('high') },
    chroma: null,
    bars: null,
  };
}

/** A curve with the frames at its front that were left out. */
function fromStart(values: Float32Array, missing: number): Float32Array {
  if (missing === 0) return values;
  const whole = new Float32Array(missing + values.length);
  whole.set(values, missing);
  return whole;
}

function barsOf(kernels: Kernels, features: Features, tempo: TempoAnalysis): TrackEvidence['bars'] {
  const sounding = soundingFeatures(features);
  const start = sounding.startSeconds;
  const downbeats = tempo.downbeats.map((time) => time - start);
  const { starts, musical } = barGridOf(sounding, { ...tempo, downbeats });
  if (starts.length - 1 < FEWEST_BARS) return null;
  const perBar = barFeatures(kernels, sounding, semitoneSums(kernels, sounding), starts);
  const directions = barDirections(perBar, Number.POSITIVE_INFINITY);
  const heard = barLikeness(directions, starts, MOST_BARS);
  const borderFit = [...cutBars(perBar, musical).fit];
  return { ...heard, starts: heard.starts.map((time) => time + start), borderFit };
}

function meanChroma(kernels: Kernels, features: Features, tuningHz: number): number[] {
  const pitch = pitchBlocks(kernels, features);
  const chroma = chromaOf(kernels, pitch, tuningHz);
  const mean = new Array<number>(12).fill(0);
  chroma.forEach((value, i) => {
    mean[i % 12] = mean[i % 12]! + value / Math.max(1, pitch.blocks);
  });
  return mean;
}

/** [12] how often each pitch class from C occurs in a key: what the chroma of a track is compared with. */
export function keyProfile(key: Key): number[] {
  const degrees = key.mode === 'major' ? KEY_PROFILES.major : KEY_PROFILES.minor;
  return Array.from({ length: 12 }, (_, pitchClass) => degrees[(pitchClass - tonicOf(key) + 12) % 12]!);
}
