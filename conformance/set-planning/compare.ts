// How good sets are beside what a patient person and chance make of the same tracks, by the planner's own score (points a track
// and, where a length is asked for, what missing it costs):
//   node scripts/run.mjs conformance/set-planning/compare.ts ANALYSES.jsonl … (as `tutti analyse --json` prints them)
import { parseArgs } from 'node:util';
import { planSet, type SetTrack, withoutCopies } from '@tutti/music/set-planning';
import { makeCrate } from '@tutti/music/testing';
import { analysisLines, setCandidate } from '@tutti/workflows';
import { chanceScores, greedyScore } from './simple-planners.ts';

const CHANCES = 50;
const STARTS = 20;
/** A score from here on is that of a set which misses its length by more than 5 %. */
const MISSED = 100;

const { positionals } = parseArgs({ allowPositionals: true });
const collections: { name: string; tracks: readonly SetTrack[] }[] = [
  { name: 'made up, 100', tracks: makeCrate(100, 1) },
];
for (const path of positionals) {
  const tracks: SetTrack[] = [];
  for await (const line of analysisLines(path)) if (!('error' in line)) tracks.push(setCandidate(line).track);
  // A set that is chosen has no recording twice; neither may those that it is compared with.
  collections.push({ name: path.split('/').at(-1)!, tracks: withoutCopies(tracks, () => false) });
}

console.log(`${'tracks'.padEnd(28)} ${'asked for'.padEnd(12)} planned  greedy  chance   of greedy`);
for (const { name, tracks } of collections) {
  for (const minutes of [undefined, 15, 60]) {
    const options = { seed: 1, ...(minutes && { lengthSeconds: 60 * minutes }) };
    if (tracks.reduce((sum, { setSeconds }) => sum + setSeconds, 0) < 60 * (minutes ?? 0)) continue;
    const plan = planSet(tracks, options);
    const each = minutes === undefined ? tracks.length : 1;
    const planned = plan.score / each;
    const greedy = greedyScore(tracks, options, STARTS) / each;
    // By chance a length is hit now and then only: the middle of those that hit it.
    const chances = chanceScores(tracks, options, CHANCES).filter((score) => score / each < MISSED);
    const chance = chances.length === 0 ? Number.NaN : chances[chances.length >> 1]! / each;
    const figures = [planned, greedy, chance].map((value) => value.toFixed(3).padStart(7)).join(' ');
    const asked = minutes === undefined ? 'all' : `${minutes} minutes`;
    console.log(
      `${`${name} (${tracks.length})`.padEnd(28)} ${asked.padEnd(12)} ${figures} ${((100 * planned) / greedy).toFixed(0).padStart(9)} %`,
    );
  }
}
