import { type CurvePoint, drawnCurve } from '../drawn-curve.ts';
import type { SetPlanOptions } from '../set-plan.ts';
import { type SetConstraint, SetPlanningError } from '../set-planning-error.ts';
import type { SetTrack } from '../set-track.ts';
import { requiredIds } from './required-ids.ts';
import { isNearPath } from './tempo-path.ts';
import { withoutCopies } from './without-copies.ts';

/** Places at which a track's tempo is held against the tempo path. */
const PATH_PLACES = 100;

/**
 * The tracks that a set may be made of: without those that must not be in it, have no tempo that is allowed, or, where tracks
 * are chosen, are the same recording as another one.
 * @param warnings gets a sentence for each kind that was left out
 * @throws SetPlanningError when a track that must be in the set is one of them, or none is left
 */
export function choosePool(
  tracks: readonly SetTrack[],
  options: SetPlanOptions,
  warnings: string[],
): readonly SetTrack[] {
  const wanted = requiredIds(options);
  const { tempoRange, tempoPath, lengthSeconds, notIds = [] } = options;
  const unwanted = new Set(notIds);
  let pool = tracks.filter(({ id }) => !unwanted.has(id));
  requireSome(pool, 'not', 'every track is kept out');
  const keep = (constraint: SetConstraint, words: string, allows: (track: SetTrack) => boolean): void => {
    const out = pool.filter((track) => !allows(track));
    for (const track of out) {
      const by = wanted.get(track.id);
      if (by !== undefined)
        throw new SetPlanningError(
          `"${track.title}" is wanted by "${by}", and ${tempoWords(track)} is ${words}`,
          constraint,
        );
    }
    if (out.length === 0) return;
    pool = pool.filter(allows);
    requireSome(pool, constraint, `each of the ${out.length} tracks is ${words}`);
    warnings.push(`${out.length === 1 ? `"${out[0]!.title}" is` : `${out.length} tracks are`} left out, ${words}`);
  };
  if (tempoRange) {
    const { lowest, highest } = tempoRange;
    keep(
      'tempo range',
      `outside ${lowest} to ${highest} BPM`,
      ({ bpm }) => bpm !== null && bpm >= lowest && bpm <= highest,
    );
  }
  if (tempoPath) keep('tempo path', 'nowhere within 8 % of the tempo path', ({ bpm }) => meetsPath(bpm, tempoPath));
  if (lengthSeconds === undefined || options.keepOrder) return pool;
  const left = withoutCopies(pool, ({ id }) => wanted.has(id));
  const copies = pool.length - left.length;
  if (copies > 0)
    warnings.push(`${copies} ${copies === 1 ? 'track is' : 'tracks are'} left out, the same recording as another one`);
  return left;
}

function tempoWords({ bpm }: SetTrack): string {
  return bpm === null ? 'without a tempo it' : `with ${bpm.toFixed(1)} BPM it`;
}

function requireSome(pool: readonly SetTrack[], constraint: SetConstraint, words: string): void {
  if (pool.length === 0) throw new SetPlanningError(`no track is left: ${words}`, constraint);
}

function meetsPath(bpm: number | null, points: readonly CurvePoint[]): boolean {
  if (bpm === null) return false;
  const path = drawnCurve(points);
  for (let i = 0; i <= PATH_PLACES; i++) if (isNearPath(bpm, path(i / PATH_PLACES))) return true;
  return points.some(({ value }) => isNearPath(bpm, value));
}
