import type { Features, Kernels } from '@tutti/dsp';
import { ALL_KEYS, namedKey, tonicOf } from '../../theory/key.ts';
import type { KeyAnalysis, StructureAnalysis } from '../track-analysis.ts';
import { chromaOf } from './chroma.ts';
import { keyFits, probabilities } from './key-fits.ts';
import { phraseBass } from './phrase-bass.ts';
import { pitchBlocks } from './pitch-blocks.ts';
import { sectionKeys } from './section-keys.ts';
import { tuningEvidence, tuningOf } from './tuning.ts';

/** Partials that agree less than this on a tuning are those of drums, noise or speech. */
const LEAST_AGREEMENT = 0.12;
/** The best key must fit at least this well. Speech reaches 0.5; pieces with a key start at 0.79. */
const LEAST_CORRELATION = 0.6;
/** Pitch classes it takes to tell a key: a triad's. A single note with its partials reaches 2.5 in this count. */
const FEWEST_PITCH_CLASSES = 3;
/**
 * What speaks for a key, in log-odds: the fit of the whole track; where phrases are known, the share of its tonic in the
 * bass at their starts; where they are not, the fit of the opening, which is in the piece's main key. These three weights
 * are a multinomial logistic regression over the development corpus and 120 composed songs, each half of the weight;
 * cross-validated in ten folds, confidence is off the share of right keys by 0.07 and 0.08 (expected calibration error).
 */
const FIT_WEIGHT = 18;
const PHRASE_BASS_WEIGHT = 14;
/** A few phrases tell little: the bass counts n / (n + 4) for n of them. */
const PHRASES_FOR_HALF = 4;
const OPENING_WEIGHT = 13.5;
/** The opening fades into the rest: what is heard so much later counts 1/e. */
const OPENING_SECONDS = 5;
/**
 * Less sound is weaker evidence, by the root of its length: the regression over windows of 4 to 64 s of the same songs.
 */
const FULL_EVIDENCE_SECONDS = 25;
export const MOST_CANDIDATES = 5;

/** What is said where there is none. */
export const NO_KEY: KeyAnalysis = {
  tonic: null,
  mode: null,
  camelot: null,
  openKey: null,
  confidence: 0,
  tuningHz: null,
  candidates: [],
};

/** Where a track's phrases and sections begin and end, in seconds. */
export interface Landmarks {
  /** Starts, where they are to be relied on: in music at a steady tempo; else empty. */
  readonly phrases: readonly number[];
  readonly sections: StructureAnalysis['sections'];
}

/**
 * Key and tuning of a track, and the keys it goes through.
 * Stages: pitch spectra in blocks of 0.6 s -> tuning -> pitch class profiles -> mean over the track, the opening and each
 * section -> fit to the 24 keys -> what speaks for a tonic -> probabilities.
 * @param kernels lend memory for the time of the call
 * @returns nulls for silence, noise, drums and speech
 */
export function analyseKey(kernels: Kernels, features: Features, { phrases, sections }: Landmarks): KeyAnalysis {
  const pitch = pitchBlocks(kernels, features);
  const maxima = tuningEvidence(kernels, pitch);
  const tuning = tuningOf(maxima);
  if (!tuning || tuning.agreement < LEAST_AGREEMENT) return NO_KEY;
  const tuningHz = 440 * 2 ** (tuning.offsetSemitones / 12);
  const chroma = chromaOf(kernels, pitch, tuningHz);
  const { blocks, blockSeconds, rms } = pitch;
  const whole = meanProfile(chroma, 0, blocks);
  if (pitchClassCount(whole) < FEWEST_PITCH_CLASSES) return { ...NO_KEY, tuningHz };
  const fits = keyFits(whole);
  const bass = phraseBass(kernels, features, phrases, { tuningHz, rms });
  const opening = keyFits(meanProfile(chroma, 0, blocks, OPENING_SECONDS / blockSeconds));
  const bassWeight = (PHRASE_BASS_WEIGHT * phrases.length) / (phrases.length + PHRASES_FOR_HALF);
  const sureness = (seconds: number) => Math.sqrt(seconds / FULL_EVIDENCE_SECONDS);
  const sure = Math.min(1, sureness(blocks * blockSeconds));
  const weights = probabilities(
    ALL_KEYS.map((key, i) => {
      const start = phrases.length > 0 ? bassWeight * bass[tonicOf(key)]! : OPENING_WEIGHT * opening[i]!;
      return sure * (FIT_WEIGHT * fits[i]! + start);
    }),
  );
  const ranked = ALL_KEYS.map((key, i) => ({ ...key, weight: weights[i]!, fit: fits[i]! })).sort(
    (a, b) => b.weight - a.weight,
  );
  const { tonic, mode, weight, fit } = ranked[0]!;
  if (!(fit >= LEAST_CORRELATION)) return { ...NO_KEY, tuningHz };
  const evidence = (start: number, end: number): number[] => {
    const [from, to] = [start / blockSeconds, end / blockSeconds];
    const heard = tuningOf(maxima, from, to);
    const weight = heard && heard.agreement >= LEAST_AGREEMENT ? FIT_WEIGHT * sureness(end - start) : 0;
    return keyFits(meanProfile(chroma, from, to)).map((fit) => weight * fit);
  };
  const borders = sections.length > 0 ? sections : [{ start: 0, end: features.frames / features.frameRate }];
  const heard = sectionKeys(borders, evidence);
  // A track that stays in one key is in the track's own.
  const stretches = heard.length > 1 ? heard : heard.map((only) => ({ ...only, tonic, mode, confidence: weight }));
  return {
    ...namedKey({ tonic, mode }),
    confidence: weight,
    tuningHz,
    candidates: ranked.slice(0, MOST_CANDIDATES).map(({ tonic, mode, weight }) => ({ tonic, mode, weight })),
    sections: stretches,
  };
}

/**
 * Mean profile of the blocks from one to another (rounded; at least one), at length 1.
 * @param fade blocks after which one counts 1/e of the first; all count alike when absent
 */
function meanProfile(chroma: Float32Array, from: number, to: number, fade = Number.POSITIVE_INFINITY): number[] {
  const sum = new Array<number>(12).fill(0);
  const first = Math.round(from);
  const end = Math.min(chroma.length / 12, Math.max(first + 1, Math.round(to)));
  for (let block = first; block < end; block++) {
    const weight = fade === Number.POSITIVE_INFINITY ? 1 : Math.exp((first - block) / fade);
    for (let i = 0; i < 12; i++) sum[i] = sum[i]! + weight * chroma[12 * block + i]!;
  }
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

/** For a profile of length 1 the square of its sum is 1 for a single pitch class and 12 for twelve equal ones. */
function pitchClassCount(profile: readonly number[]): number {
  return profile.reduce((sum, value) => sum + value, 0) ** 2;
}
