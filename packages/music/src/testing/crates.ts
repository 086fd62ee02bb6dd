import { seededRandom } from '../set-planning/seeded-random.ts';
import { type SetTrack, setTrackSeconds, TRANSITION_PIECES, type TrackEnd } from '../set-planning/set-track.ts';
import { ALL_KEYS } from '../theory/key.ts';

/** A kind of music as a large collection has it: tempo and its spread in BPM, energy, minutes, bars of intro, singing. */
interface Genre {
  readonly name: string;
  readonly share: number;
  readonly bpm: number | null;
  readonly spread: number;
  readonly energy: number;
  readonly minutes: number;
  readonly introBars: number;
  readonly sung: number;
}

/** Made up, after what shops file their music under; shares add up to 1. */
const GENRES: readonly Genre[] = [
  { name: 'house', share: 0.3, bpm: 125, spread: 2.5, energy: 6.5, minutes: 5.5, introBars: 16, sung: 0.15 },
  { name: 'techno', share: 0.15, bpm: 134, spread: 5, energy: 8, minutes: 6, introBars: 24, sung: 0.03 },
  { name: 'drum and bass', share: 0.1, bpm: 174, spread: 1.5, energy: 8.5, minutes: 4.5, introBars: 16, sung: 0.15 },
  { name: 'hip-hop', share: 0.15, bpm: 92, spread: 7, energy: 5.5, minutes: 3.5, introBars: 4, sung: 0.6 },
  { name: 'pop and rock', share: 0.22, bpm: 118, spread: 18, energy: 6, minutes: 3.7, introBars: 5, sung: 0.55 },
  { name: 'ambient', share: 0.08, bpm: null, spread: 0, energy: 2.5, minutes: 6, introBars: 0, sung: 0.05 },
];

/** Numbers of an embedding, and how far genres, artists and tracks lie apart in it (variances add up to 3). */
const DIMENSIONS = 107;
const DEVIATIONS = { genre: 1.2, artist: 0.9, track: 0.85 } as const;
const TRACKS_PER_ARTIST = 8;
/** Share of the analyses in which a fact is missing. */
const MISSING = 0.05;

/** Which kind of music lies at a place from 0 to 1, each taking its share of it. */
function genreAt(place: number): number {
  let left = place;
  for (const [index, { share }] of GENRES.entries()) {
    left -= share;
    if (left < 0) return index;
  }
  return 0;
}

/**
 * A collection as a DJ may have it: kinds of music around their tempo, artists who sound like themselves, facts missing here and
 * there. The same for the same count and seed.
 */
export function makeCrate(count: number, seed: number): SetTrack[] {
  const random = seededRandom(seed);
  const normal = () => random() + random() + random() + random() - 2;
  const vector = (deviation: number) =>
    Float32Array.from({ length: DIMENSIONS }, () => (normal() * deviation) / Math.sqrt(DIMENSIONS / 3));
  const genres = GENRES.map((genre) => ({ ...genre, centre: vector(DEVIATIONS.genre) }));
  const artists = Array.from({ length: Math.ceil(count / TRACKS_PER_ARTIST) }, (_, number) => {
    const genre = genres[genreAt(random())]!;
    return { name: `Artist ${number}`, genre, offset: vector(DEVIATIONS.artist) };
  });
  const known = <T>(value: T): T | null => (random() < MISSING ? null : value);
  return Array.from({ length: count }, (_, number): SetTrack => {
    // A few artists have many tracks, most have few.
    const artist = artists[Math.floor(artists.length * random() ** 1.5)]!;
    const { genre } = artist;
    const bpm = genre.bpm === null ? null : known(genre.bpm + genre.spread * 1.7 * normal());
    const seconds = Math.max(60, 60 * (genre.minutes + 1.2 * normal()));
    const key = known(ALL_KEYS[Math.floor(24 * random())]!);
    const own = vector(DEVIATIONS.track);
    const end = (): TrackEnd => ({
      mixable: bpm === null ? null : known(Math.min(1, Math.max(0, (genre.introBars * (1 + normal())) / 16))),
      vocals: Array.from({ length: TRANSITION_PIECES }, () => Math.min(1, Math.max(0, genre.sung + 0.5 * normal()))),
    });
    return {
      id: `track-${String(number).padStart(5, '0')}`,
      title: `Track ${number}`,
      artist: artist.name,
      sound: `sound-${number}`,
      seconds,
      setSeconds: setTrackSeconds(seconds, bpm),
      key,
      keyConfidence: key === null ? 0 : 0.4 + 0.6 * random(),
      bpm,
      tempoConfidence: bpm === null ? 0 : 0.5 + 0.5 * random(),
      meter: bpm === null ? null : random() < 0.02 ? 3 : 4,
      energyLevel: known(Math.min(10, Math.max(1, Math.round(genre.energy + 2.5 * normal())))),
      integratedLufs: known(-10 + 3 * normal()),
      embedding: known({
        model: 'made-up/1',
        values: own.map((value, i) => value + genre.centre[i]! + artist.offset[i]!),
      }),
      vocalConfidence: 0.2 + 0.6 * random(),
      intro: end(),
      outro: end(),
    };
  });
}
