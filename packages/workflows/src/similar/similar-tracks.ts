import { SIMILAR_SCHEMA, type SimilarTrack } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { type Filter, matchesFilter } from '@tutti/music/filter';
import { type NearTrack, SoundIndex, sonicPath } from '@tutti/music/similarity';
import { camelotDistance, camelotOf, tempoStep } from '@tutti/music/theory';
import { WorkflowError } from '../failure.ts';
import type { SetCandidate } from '../set/set-candidate.ts';
import { trackFinder } from '../set/track-finder.ts';

/** Which tracks may be answered; what a rule looks at and is not known of a track leaves it out. */
export interface SimilarRequest {
  readonly filter?: Filter | undefined;
  /** In a key that mixes with that of the track asked about. */
  readonly harmonic?: boolean | undefined;
  /** With a tempo, or its half or double, at most this share from that of the track asked about; 0 to 1 */
  readonly tempoWithin?: number | undefined;
  /** By somebody else. */
  readonly otherArtists?: boolean | undefined;
}

/** The candidates that have a place among sounds, and the paths of those that were named. */
interface Sounds<Role extends string> {
  readonly byPath: ReadonlyMap<string, SetCandidate>;
  readonly index: SoundIndex;
  readonly named: Readonly<Record<Role, string>>;
}

/**
 * The tracks that sound most like one of them, nearest first.
 * @param name of the track, as people name it
 * @param most 1 to 10,000
 * @throws WorkflowError when the track is none of the files, or silent
 */
export function similarTracks(
  candidates: readonly SetCandidate[],
  name: string,
  most: number,
  request: SimilarRequest,
): SimilarTrack[] {
  const sounds = soundsOf(candidates, { similar: name });
  const asked = sounds.byPath.get(sounds.named.similar)!;
  const isAllowed = allowed(asked, sounds, request);
  const found = sounds.index.nearest(asked.track.embedding!.values, most, (id) => id !== asked.path && isAllowed(id));
  return told(found, sounds);
}

/**
 * A way from one track to another in steps that sound alike.
 * @param between how many tracks lie between the two, 0 to 1000
 * @throws WorkflowError when either is none of the files, or silent, or both are one
 */
export function pathBetween(
  candidates: readonly SetCandidate[],
  names: { readonly from: string; readonly to: string },
  between: number,
  filter: Filter | undefined,
): SimilarTrack[] {
  const sounds = soundsOf(candidates, names);
  const ends = sounds.named;
  if (ends.from === ends.to)
    throw new WorkflowError('unsupported', `path: ${names.from} and ${names.to} are one track; a path needs two`);
  const isAllowed = (id: string) => filter === undefined || matchesFilter(filter, sounds.byPath.get(id)!.facts);
  return told(sonicPath(sounds.index, ends, between, isAllowed), sounds);
}

function soundsOf<Role extends string>(
  candidates: readonly SetCandidate[],
  names: Readonly<Record<Role, string>>,
): Sounds<Role> {
  const find = trackFinder(candidates);
  const byPath = new Map(candidates.map((candidate) => [candidate.path, candidate]));
  const embedded = [...byPath.values()].flatMap(({ path, track: { embedding } }) =>
    embedding ? [{ id: path, model: embedding.model, values: embedding.values }] : [],
  );
  const found = Object.entries<string>(names).map(([role, name]) => [role, find(name, role)] as const);
  for (const [, path] of found) {
    if (!byPath.get(path)!.track.embedding)
      throw new WorkflowError('empty', `${path} is silent or too short to be compared with other sounds`);
  }
  const models = new Set(embedded.map(({ model }) => model));
  if (models.size > 1)
    throw new WorkflowError(
      'unsupported',
      `the analyses are of different versions (${[...models].join(', ')}): analyse the files anew to compare them`,
    );
  const named = Object.fromEntries(found) as Record<Role, string>;
  return { byPath, named, index: new SoundIndex(new Kernels(), embedded) };
}

function allowed(
  { track: asked }: SetCandidate,
  { byPath }: Sounds<string>,
  { filter, harmonic, tempoWithin, otherArtists }: SimilarRequest,
): (id: string) => boolean {
  return (id) => {
    const { track, facts } = byPath.get(id)!;
    if (filter && !matchesFilter(filter, facts)) return false;
    if (harmonic && !(asked.key && track.key && camelotDistance(asked.key, track.key) <= 1)) return false;
    if (otherArtists && (track.artist === null || track.artist === asked.artist)) return false;
    if (tempoWithin === undefined) return true;
    return (
      asked.bpm !== null && track.bpm !== null && Math.abs(tempoStep(asked.bpm, track.bpm).ratio - 1) <= tempoWithin
    );
  };
}

function told(found: readonly NearTrack[], { byPath }: Sounds<string>): SimilarTrack[] {
  return found.map(({ id, distance }) => {
    const { path, audioHash, title, track } = byPath.get(id)!;
    const facts = { bpm: track.bpm, camelot: track.key && camelotOf(track.key), energy: track.energyLevel };
    return { schema: SIMILAR_SCHEMA, path, audioHash, title, distance, ...facts };
  });
}
