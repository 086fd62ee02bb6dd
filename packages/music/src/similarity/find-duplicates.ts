import type { Kernels } from '@tutti/dsp';
import { matchRecordings, type RecordingMatch } from './same-recording.ts';
import { type EmbeddedTrack, SoundIndex } from './sound-index.ts';

/** A track as duplicates are told by: where it lies among others, and its fingerprint. */
export interface FingerprintedTrack extends EmbeddedTrack {
  /** Of the fingerprint: all of one model. */
  readonly words: Uint16Array;
}

/** Two tracks of one recording. */
export interface DuplicatePair extends RecordingMatch {
  readonly a: string;
  readonly b: string;
}

/**
 * Which tracks are compared: the nearest ones within a distance of their embeddings. Copies of a recording were within 0.6 of each
 * other, or within 1.7 where half of the spectrum is gone (mono at 22.05 kHz); so is one pair in a hundred drawn at random.
 */
const MOST_COMPARED = 50;
const FURTHEST = 1.7;

/**
 * The pairs of tracks that are one recording, whatever files they come in.
 * Stages: for each track the nearest ones by embedding -> their fingerprints at the shift where they agree best.
 * @param tracks their ids all different
 * @param edits also pairs of which one has most of the other in it, such as a radio edit
 * @param onTrack called after each track with how many are done; what it throws ends the search
 * @returns each pair once, `a` being the track that comes first
 */
export function findDuplicates(
  kernels: Kernels,
  tracks: readonly FingerprintedTrack[],
  { edits = false, onTrack }: { readonly edits?: boolean; readonly onTrack?: (done: number) => void } = {},
): DuplicatePair[] {
  if (tracks.length === 0) return [];
  return kernels.lend(() => {
    const index = new SoundIndex(kernels, tracks);
    const places = new Map(tracks.map(({ id }, place) => [id, place]));
    const seen = new Set<string>();
    const pairs: DuplicatePair[] = [];
    tracks.forEach(({ id, values }, place) => {
      for (const near of index.nearest(values, MOST_COMPARED + 1)) {
        if (near.distance > FURTHEST) break;
        const other = places.get(near.id)!;
        const [a, b] = [tracks[Math.min(place, other)]!, tracks[Math.max(place, other)]!];
        const key = `${a.id}\n${b.id}`;
        if (near.id === id || seen.has(key)) continue;
        seen.add(key);
        const match = matchRecordings(kernels, a.words, b.words, edits);
        if (match.relation !== 'different') pairs.push({ a: a.id, b: b.id, ...match });
      }
      onTrack?.(place + 1);
    });
    return pairs;
  });
}
