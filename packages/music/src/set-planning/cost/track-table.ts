import { type SetTrack, TRANSITION_PIECES, type TrackEnd } from '../set-track.ts';
import { keyNumber } from './key-points.ts';
import { UNKNOWN_POINTS } from './weights.data.ts';

/** The facts of all tracks as plain arrays, one value a track unless said: what the costs are worked out from. NaN: not known. */
export interface TrackTable {
  readonly count: number;
  /** 0 to 23; -1 when not known. */
  readonly key: Int8Array;
  readonly keyConfidence: Float64Array;
  /** Base-2 logarithm of the beats per minute. */
  readonly tempo: Float64Array;
  /** Beats per bar; 0 when not known. */
  readonly meter: Uint8Array;
  readonly energy: Float64Array;
  readonly lufs: Float64Array;
  /** How mixable each end is, drawn to the neutral value where the grid is unsure. */
  readonly introMixable: Float64Array;
  readonly outroMixable: Float64Array;
  /** Number of the artist; -1 when not known. */
  readonly artist: Int32Array;
  readonly artists: number;
  /** Values of a track from `track * dimensions` on; all of one model. */
  readonly embedding: Float32Array;
  readonly dimensions: number;
  readonly hasEmbedding: Uint8Array;
  /** `TRANSITION_PIECES` values a track. */
  readonly introVocals: Float32Array;
  readonly outroVocals: Float32Array;
  /** 0 when not known. */
  readonly vocalConfidence: Float64Array;
}

const numbers = (tracks: readonly SetTrack[], value: (track: SetTrack) => number | null) =>
  Float64Array.from(tracks, (track) => value(track) ?? Number.NaN);

/** Lays tracks out as arrays. Of embeddings, those of the model that most tracks have count; the others are not comparable. */
export function trackTable(tracks: readonly SetTrack[]): TrackTable {
  const artists = new Map<string, number>();
  const artist = Int32Array.from(tracks, (track) => {
    const name = track.artist?.trim().toLowerCase();
    if (!name) return -1;
    if (!artists.has(name)) artists.set(name, artists.size);
    return artists.get(name)!;
  });
  return {
    count: tracks.length,
    key: Int8Array.from(tracks, ({ key }) => keyNumber(key)),
    keyConfidence: numbers(tracks, ({ keyConfidence }) => keyConfidence),
    tempo: numbers(tracks, ({ bpm }) => bpm && Math.log2(bpm)),
    meter: Uint8Array.from(tracks, ({ meter }) => meter ?? 0),
    energy: numbers(tracks, ({ energyLevel }) => energyLevel),
    lufs: numbers(tracks, ({ integratedLufs }) => integratedLufs),
    introMixable: numbers(tracks, ({ intro, tempoConfidence }) => mixable(intro, tempoConfidence)),
    outroMixable: numbers(tracks, ({ outro, tempoConfidence }) => mixable(outro, tempoConfidence)),
    artist,
    artists: artists.size,
    ...embeddings(tracks),
    introVocals: pieces(tracks, ({ intro }) => intro.vocals),
    outroVocals: pieces(tracks, ({ outro }) => outro.vocals),
    vocalConfidence: numbers(tracks, ({ vocalConfidence }) => vocalConfidence),
  };
}

function mixable(end: TrackEnd, sure: number): number | null {
  return end.mixable === null ? null : sure * end.mixable + (1 - sure) * (1 - UNKNOWN_POINTS.ends);
}

function pieces(tracks: readonly SetTrack[], value: (track: SetTrack) => readonly number[] | null): Float32Array {
  const table = new Float32Array(tracks.length * TRANSITION_PIECES);
  for (const [at, track] of tracks.entries()) table.set(value(track) ?? [], at * TRANSITION_PIECES);
  return table;
}

function embeddings(tracks: readonly SetTrack[]) {
  const models = new Map<string, number>();
  const modelOf = ({ embedding }: SetTrack) => embedding && `${embedding.model}/${embedding.values.length}`;
  for (const track of tracks) {
    const model = modelOf(track);
    if (model) models.set(model, (models.get(model) ?? 0) + 1);
  }
  const [usual] = [...models].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0] ?? [];
  const dimensions = tracks.find((track) => modelOf(track) === usual)?.embedding?.values.length ?? 0;
  const embedding = new Float32Array(tracks.length * dimensions);
  const hasEmbedding = new Uint8Array(tracks.length);
  tracks.forEach((track, at) => {
    if (usual === undefined || modelOf(track) !== usual) return;
    embedding.set(track.embedding!.values, at * dimensions);
    hasEmbedding[at] = 1;
  });
  return { embedding, dimensions, hasEmbedding };
}
