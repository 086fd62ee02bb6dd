import type { SetTrack } from '../set-track.ts';

/**
 * Up to here two files are taken for one recording in two encodings, if their length, tempo and key agree as well: Euclidean
 * distance of their embeddings, a fifth of that of two songs drawn at random. Re-encoded songs lie within 0.6 of each
 * other, different ones hardly ever under 1.
 */
const SAME_DISTANCE = 0.5;
/** Encoders pad, and trim silence. */
const SAME_SECONDS = 2;
const SAME_TEMPO = 0.005;

/**
 * Of tracks with the same sound, or the same recording in another encoding, one: that which is wanted, else the first by its id.
 * All that are wanted stay.
 */
export function withoutCopies(tracks: readonly SetTrack[], wanted: (track: SetTrack) => boolean): readonly SetTrack[] {
  const byId = tracks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const kept = new Set<SetTrack>();
  const sounds = new Set<string>();
  /** Kept tracks by their length and tempo: a copy is in the same or in a neighbouring slot. */
  const slots = new Map<number, SetTrack[]>();
  for (const track of [...byId.filter(wanted), ...byId.filter((each) => !wanted(each))]) {
    const slot = slotOf(track);
    const isKnown =
      (track.sound !== null && sounds.has(track.sound)) ||
      NEIGHBOURS.some((step) => slots.get(slot + step)?.some((other) => isCopy(track, other)));
    if (isKnown && !wanted(track)) continue;
    kept.add(track);
    if (track.sound !== null) sounds.add(track.sound);
    const own = slots.get(slot);
    if (own) own.push(track);
    else slots.set(slot, [track]);
  }
  return tracks.filter((track) => kept.has(track));
}

/** Slots of tempo for each slot of length. */
const TEMPO_SLOTS = 10_000;
const NEIGHBOURS = [-1, 0, 1].flatMap((length) => [-1, 0, 1].map((tempo) => TEMPO_SLOTS * length + tempo));

/** Tracks without a tempo have a slot of tempo that is nobody's neighbour. */
function slotOf({ seconds, bpm }: SetTrack): number {
  const tempo = bpm === null ? 0 : 2 + Math.max(0, Math.floor(Math.log(bpm) / SAME_TEMPO));
  return TEMPO_SLOTS * Math.floor(seconds / SAME_SECONDS) + tempo;
}

function isCopy(a: SetTrack, b: SetTrack): boolean {
  if (Math.abs(a.seconds - b.seconds) > SAME_SECONDS) return false;
  if (a.bpm !== null && b.bpm !== null ? Math.abs(Math.log(a.bpm / b.bpm)) > SAME_TEMPO : a.bpm !== b.bpm) return false;
  if (a.key !== null && b.key !== null && (a.key.tonic !== b.key.tonic || a.key.mode !== b.key.mode)) return false;
  if (a.embedding === null || b.embedding === null || a.embedding.model !== b.embedding.model) return false;
  const { values } = a.embedding;
  const others = b.embedding.values;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    squares += (values[i]! - others[i]!) ** 2;
    if (squares > SAME_DISTANCE ** 2) return false;
  }
  return values.length === others.length;
}
