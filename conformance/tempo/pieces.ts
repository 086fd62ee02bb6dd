import { join } from 'node:path';
import { type Clip, Kernels, RealFft } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import {
  type AccentCurves,
  type BeatCandidate,
  featuresHeard,
  hearBeats,
  soundingFeatures,
  TEMPOGRAM_FFT_SIZE,
} from '@tutti/music/analysis';
import { readCorpus } from '../accuracy/corpus.ts';
import { fMeasure } from '../accuracy/metrics/event-matching.ts';
import { FIELD_TOLERANCE, isTempoRight } from '../accuracy/metrics/tempo-metrics.ts';
import { composedSongs } from './composed-songs.ts';

/** A piece whose beats are known, and what was heard in it that may be the beats. */
export interface Piece {
  readonly id: string;
  /** Where it comes from: what is fitted is judged on sources that it has not seen. */
  readonly source: string;
  readonly weight: number;
  /** Beats per minute, any of which is right. */
  readonly bpms: readonly number[];
  readonly candidates: readonly BeatCandidate[];
  readonly accents: AccentCurves;
  /** [candidates] whether people would tap it; all false where the beats are not among them. */
  readonly right: readonly boolean[];
}

/** Seconds within which a beat is found. */
const WINDOW_SECONDS = 0.07;
/** The candidate that meets the beats best is right from this F-measure on, and those nearly as good. */
const LEAST_MATCH = 0.7;
const NEARLY_AS_GOOD = 0.06;

interface Truth {
  readonly bpms: readonly number[];
  readonly beats?: readonly number[] | undefined;
}

/** What a piece counts in a fit, by its source; null where it is left out. */
export type SourceWeight = (source: string) => number | null;

/** Hears the pieces of a corpus whose tempo is known. Their source is the first part of their id. */
export async function* corpusPieces(folder: string, weightOf: SourceWeight): AsyncGenerator<Piece> {
  const listener = new Listener();
  for (const { id, path, truth } of readCorpus(folder)) {
    const source = id.split('/')[0]!;
    const weight = weightOf(source);
    if (!truth.bpms?.length || weight === null) continue;
    const { clip } = await decodeFile(join(folder, path));
    const piece = listener.hear({ id, source, weight }, clip, { bpms: truth.bpms, beats: truth.beats });
    if (piece !== null) yield piece;
  }
}

/** Hears composed songs. */
export function* composedPieces(takes: number, weight: number): Generator<Piece> {
  const listener = new Listener();
  for (const { title, clip, truth } of composedSongs(takes)) {
    const named = { id: `composed/${title}`, source: 'composed', weight };
    const piece = listener.hear(named, clip, { bpms: [truth.bpm], beats: truth.beats });
    if (piece !== null) yield piece;
  }
}

class Listener {
  readonly #kernels = new Kernels();
  readonly #fft = new RealFft(this.#kernels, TEMPOGRAM_FFT_SIZE);

  /** @returns null where no pulse is heard */
  hear(named: Pick<Piece, 'id' | 'source' | 'weight'>, clip: Clip, { bpms, beats }: Truth): Piece | null {
    const features = soundingFeatures(featuresHeard(this.#kernels, clip));
    const heard = hearBeats(this.#kernels, features, this.#fft);
    if (heard === null) return null;
    const { candidates, accents } = heard;
    const matches = candidates.map(({ bpm, beats: frames }) => {
      if (beats === undefined) return isTempoRight(bpm, bpms, FIELD_TOLERANCE) ? 1 : 0;
      const times = Array.from(frames, (frame) => features.startSeconds + frame / features.frameRate);
      return fMeasure(beats, times, WINDOW_SECONDS);
    });
    const best = Math.max(...matches);
    const right = matches.map((match) => match >= Math.max(LEAST_MATCH, best - NEARLY_AS_GOOD));
    return { ...named, bpms, candidates, accents, right };
  }
}
