// How far the search is from the best there is, where that is known: on sets of 14 tracks, which can all be looked at, and on
// collections into which a set was planted that costs nearly nothing.
//   node scripts/run.mjs conformance/set-planning/gap.ts [ANALYSES.jsonl …] [--rounds N]
import { parseArgs } from 'node:util';
import { planSet, type SetPlanOptions, type SetTrack, seededRandom } from '@tutti/music/set-planning';
import { makeCrate } from '@tutti/music/testing';
import { analysisLines, setCandidate } from '@tutti/workflows';
import { plantSet } from './plant-set.ts';

const EXACT_TRACKS = 14;
const PLANTED = [500, 5000, 20_000];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '20' } },
});
const rounds = Number(values.rounds);

const real: SetTrack[] = [];
for (const path of positionals) {
  for await (const line of analysisLines(path)) if (!('error' in line)) real.push(setCandidate(line).track);
}

/** Some tracks by chance. */
function some(tracks: readonly SetTrack[], seed: number): SetTrack[] {
  const random = seededRandom(seed);
  const left = [...tracks];
  return Array.from({ length: EXACT_TRACKS }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

const asked: readonly (readonly [string, (tracks: readonly SetTrack[]) => Omit<SetPlanOptions, 'seed'>])[] = [
  ['all of them', () => ({})],
  ['all of them, peak', () => ({ energy: 'peak' })],
  ['half of their length', (tracks) => ({ lengthSeconds: half(tracks) })],
  ['half of their length, rise', (tracks) => ({ lengthSeconds: half(tracks), energy: 'rise' })],
  [
    'the same, with constraints',
    (tracks) => ({
      lengthSeconds: half(tracks),
      energy: 'rise',
      firstId: tracks[0]!.id,
      mustIds: [tracks[1]!.id],
      orderIds: [tracks[2]!.id, tracks[3]!.id],
    }),
  ],
];

function half(tracks: readonly SetTrack[]): number {
  return tracks.reduce((sum, { setSeconds }) => sum + setSeconds, 0) / 2;
}

console.log(`search against the proven best of ${EXACT_TRACKS} tracks, ${rounds} rounds`);
console.log(`${'tracks'.padEnd(10)} ${'asked for'.padEnd(28)} best found   mean gap  worst gap`);
for (const [name, pick] of [
  ['made up', (seed: number) => makeCrate(EXACT_TRACKS, seed)],
  ...(real.length >= EXACT_TRACKS ? [['real', (seed: number) => some(real, seed)] as const] : []),
] as const) {
  for (const [words, options] of asked) {
    const gaps = Array.from({ length: rounds }, (_, round) => {
      const tracks = pick(round + 1);
      const exact = planSet(tracks, { seed: 1, ...options(tracks) });
      const found = planSet(tracks, { seed: 1, ...options(tracks), exhaustive: false });
      return found.score / exact.score - 1;
    });
    const best = gaps.filter((gap) => gap < 1e-9).length;
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / rounds;
    const figures = [mean, Math.max(...gaps)].map((gap) => `${(100 * gap).toFixed(2)} %`.padStart(10)).join(' ');
    console.log(`${name.padEnd(10)} ${words.padEnd(28)} ${`${best}/${rounds}`.padStart(10)} ${figures}`);
  }
}

console.log('\na set of an hour that was planted into a collection, score');
for (const count of PLANTED) {
  const { tracks, planted } = plantSet(count, 1);
  const best = planSet(planted, { seed: 1, keepOrder: true, energy: 'rise', lengthSeconds: 3600 });
  const plan = planSet(tracks, { seed: 1, energy: 'rise', lengthSeconds: 3600 });
  const met = plan.tracks.filter(({ id }) => planted.some((track) => track.id === id)).length;
  console.log(
    `of ${String(count).padStart(6)} tracks: planted ${best.score.toFixed(3)}, found ${plan.score.toFixed(3)}, with ${met} of the ${planted.length} planted`,
  );
}
