// How long a set of an hour out of a large collection takes, and how much memory:
//   node scripts/run.mjs conformance/set-planning/bench.ts [--tracks N] [--minutes N] [--candidates N] [--energy SHAPE]
// Times on a busy machine mean little: the processor time of this process is told beside them.
import { parseArgs } from 'node:util';
import { ENERGY_SHAPES, planSet } from '@tutti/music/set-planning';
import { makeCrate } from '@tutti/music/testing';

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '60' },
    candidates: { type: 'string', default: '1' },
    energy: { type: 'string', default: 'peak' },
  },
});
const tracks = makeCrate(Number(values.tracks), 1);
const before = process.memoryUsage().rss;
console.log(
  `${tracks.length} tracks, ${values.minutes} minutes, ${values.candidates} candidates; ${megabytes(before)} before`,
);
const energy = ENERGY_SHAPES.find((shape) => shape === values.energy);
const start = performance.now();
const cpu = process.cpuUsage();
const plan = planSet(tracks, {
  seed: 1,
  lengthSeconds: 60 * Number(values.minutes),
  candidates: Number(values.candidates),
  ...(energy && { energy }),
});
const { user, system } = process.cpuUsage(cpu);
const seconds = ((performance.now() - start) / 1000).toFixed(2);
console.log(`${seconds} s, ${((user + system) / 1e6).toFixed(2)} s of processor time: ${plan.reason}`);
console.log(`at most ${megabytes(process.resourceUsage().maxRSS * 1024)} in all`);

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
