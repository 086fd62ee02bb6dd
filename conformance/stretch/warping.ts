// Mixes of composed songs whose tempo drifts, planned from what the analysis heard, held against the beats that were
// composed:
//   node scripts/run.mjs conformance/stretch/warping.ts [--json]
// For every transition: how far the beats of both tracks are apart, how the speed of the incoming track changes from
// beat to beat, and what the map does to the pitch of a steady tone that is played by it.
import { parseArgs } from 'node:util';
import type { TempoDrift } from '@tutti/demo-songs';
import { markdown } from '../mastering/bench/tables.ts';
import { type DriftingSong, judgeWarping } from './bench/warped-mix.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const wander = (depth: number, periodBeats: number): TempoDrift => ({ kind: 'wander', depth, periodBeats });
const SONGS: readonly DriftingSong[] = [
  { title: 'steady', style: 'house', bpm: 122, drift: undefined },
  { title: 'wanders by 1 % over 64 beats', style: 'disco', bpm: 121, drift: wander(0.01, 64) },
  { title: 'wanders by 2 % over 64 beats', style: 'rock', bpm: 123, drift: wander(0.02, 64) },
  { title: 'wanders by 3 % over 32 beats', style: 'rock', bpm: 120, drift: wander(0.03, 32) },
  { title: 'speeds up by 6 %', style: 'disco', bpm: 118, drift: { kind: 'ramp', endBpm: 125 } },
  { title: 'wanders by 2 % over 24 beats', style: 'rock', bpm: 122, drift: wander(0.02, 24) },
];

const rows = judgeWarping(SONGS);
if (values.json) console.log(JSON.stringify(rows));
else {
  const head = [
    'transition',
    'kind',
    'bars',
    'beats',
    'median, ms',
    'worst, ms',
    'speed',
    'change per beat, %',
    'tone, cents',
    'most',
  ];
  const cells = rows.map(({ from, to, kind, bars, alignment, speed, wow: { cents, largestCents } }) => [
    `${from} > ${to}`,
    kind,
    `${bars ?? '-'}`,
    `${alignment?.beats ?? '-'}`,
    alignment?.medianMs.toFixed(2) ?? '-',
    alignment?.worstMs.toFixed(2) ?? '-',
    `${speed.slowest.toFixed(3)} to ${speed.fastest.toFixed(3)}`,
    (100 * speed.largestChange).toFixed(2),
    cents.toFixed(3),
    largestCents.toFixed(2),
  ]);
  console.log(markdown(head, cells));
}
