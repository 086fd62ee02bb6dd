import type { MasterPlan } from '@tutti/music/mastering';
import { medianOf } from '../../accuracy/metrics/bootstrap.ts';
import { markdown } from '../bench/tables.ts';
import type { Album } from './albums.ts';
import type { JudgedMaster } from './judge-master.ts';
import type { JudgedPreview } from './previews.ts';
import type { Match } from './references.ts';
import type { SecondMaster } from './second-masters.ts';

const number = (value: number | null, digits = 2) => (value === null ? '-' : value.toFixed(digits));

/** The value that a share of the values lies at or below; null of none. */
export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function masterTable(judged: readonly JudgedMaster[]): string {
  const head = ['song', 'behaviour', 'LUFS', 'now', 'loudness', 'true peak', 'crest', 'now', 'off plan', 'limiting'];
  return markdown(
    head,
    judged.map((each) => [
      each.madeBy === null ? each.name : `${each.name} (${each.madeBy})`,
      each.behaviour.kind +
        (each.hasDynamics || each.behaviour.kind === 'preserve' ? '' : ' (without a dynamics stage)'),
      number(each.before.lufs),
      number(each.lufs),
      each.loudness,
      `${number(each.truePeakDb, 1)}${each.peak === 'OVER' ? ' OVER' : ''}`,
      number(each.before.crestDb),
      number(each.crestDb),
      number(each.crestErrorDb),
      number(each.limitingDb, 1),
    ]),
  );
}

/** Which behaviour happened how often, with the numbers that made it of the first songs. */
export function behaviourLines(judged: readonly JudgedMaster[], kinds: readonly MasterPlan['behaviour']['kind'][]) {
  return kinds.map((kind) => {
    const own = judged.filter(({ behaviour }) => behaviour.kind === kind);
    const asTheyAre = own.filter(({ madeBy }) => madeBy === null).length;
    const examples = own.slice(0, 3).map(({ name, behaviour }) => `${name} (${behaviour.reason})`);
    const made = own.length > asTheyAre ? ` and on ${own.length - asTheyAre} made for it` : '';
    return `${kind}: on ${asTheyAre} songs as they are${made}${own.length > 0 ? `: ${examples.join('; ')}` : ''}`;
  });
}

/** What the masters are like together. */
export function summaryLines(judged: readonly JudgedMaster[]): string[] {
  const count = (value: JudgedMaster['loudness']) => judged.filter(({ loudness }) => loudness === value).length;
  const off = judged.flatMap(({ offTargetLu, loudness }) =>
    offTargetLu !== null && loudness === 'on target' ? [Math.abs(offTargetLu)] : [],
  );
  const crest = judged.flatMap(({ crestErrorDb }) => (crestErrorDb === null ? [] : [Math.abs(crestErrorDb)]));
  const meters = judged.flatMap(({ metersApartLu }) => (metersApartLu === null ? [] : [Math.abs(metersApartLu)]));
  const over = judged.filter(({ peak }) => peak === 'OVER').length;
  return [
    `loudness by ffmpeg: ${count('on target')} of ${judged.length} within 0.1 LU of the target (median ${number(medianOf(off), 3)}), ${count('warned')} softer and the plan says why, ${count('as it comes')} with no target, ${count('OFF')} OFF`,
    `true peak by ffmpeg: ${judged.length - over} of ${judged.length} at or under the ceiling, the highest ${number(
      quantileOf(
        judged.map(({ truePeakDb }) => truePeakDb),
        1,
      ),
      1,
    )} dBTP`,
    `crest factor off the planned one: median ${number(medianOf(crest), 3)} dB, 90th percentile ${number(quantileOf(crest, 0.9), 3)}, largest ${number(quantileOf(crest, 1), 3)} (wanted: median 0.5)`,
    `our meter and ffmpeg's: at most ${number(quantileOf(meters, 1), 3)} LU apart`,
  ];
}

/** The crest factor by length: of a short song the plan has tried all. */
export function crestByLength(judged: readonly JudgedMaster[], secondsOf: (name: string) => number, tried: number) {
  const part = (words: string, isIn: (seconds: number) => boolean) => {
    const errors = judged.flatMap(({ name, crestErrorDb }) =>
      crestErrorDb !== null && isIn(secondsOf(name)) ? [Math.abs(crestErrorDb)] : [],
    );
    return `crest factor of songs ${words} ${tried} s: ${errors.length}, median ${number(medianOf(errors), 3)} dB, 90th percentile ${number(quantileOf(errors, 0.9), 3)}, largest ${number(quantileOf(errors, 1), 3)}`;
  };
  return [part('up to', (seconds) => seconds <= tried), part('over', (seconds) => seconds > tried)];
}

export function secondTable(seconds: readonly SecondMaster[]): string {
  const row = (name: string, value: (each: SecondMaster) => number) => {
    const sizes = seconds.map((each) => Math.abs(value(each)));
    return [name, number(medianOf(sizes)), number(quantileOf(sizes, 0.9)), number(quantileOf(sizes, 1))];
  };
  const gentle = seconds.filter(({ balanceDb, firstBalanceDb }) => balanceDb <= firstBalanceDb).length;
  return [
    markdown(
      ['a master of the master changes', 'median', '90th percentile', 'largest'],
      [
        row('loudness, LU', ({ loudnessLu }) => loudnessLu),
        row('crest factor, dB', ({ crestDb }) => crestDb),
        row('balance, dB', ({ balanceDb }) => balanceDb),
        row('balance, dB, of the first master', ({ firstBalanceDb }) => firstBalanceDb),
        row('crest factor, dB, of the first master', ({ firstCrestDb }) => firstCrestDb),
      ],
    ),
    `${gentle} of ${seconds.length} second masters change the balance less than the first did`,
  ].join('\n');
}

export function matchTable(matches: readonly Match[]): string {
  const rows = matches.map(({ song, reference, distance: { before, after } }) => [
    `${song} as ${reference}`,
    `${number(before.balanceDb)} to ${number(after.balanceDb)}`,
    `${number(before.loudnessLu)} to ${number(after.loudnessLu)}`,
    `${number(before.crestDb)} to ${number(after.crestDb)}`,
    `${number(before.widthPercent, 1)} to ${number(after.widthPercent, 1)}`,
  ]);
  return markdown(['distance from the reference', 'balance, dB', 'loudness, LU', 'crest, dB', 'width, %'], rows);
}

export function matchLine(matches: readonly Match[]): string {
  const parts = (['balanceDb', 'loudnessLu', 'crestDb', 'widthPercent'] as const).map((part) => {
    const before = medianOf(matches.map(({ distance }) => distance.before[part]));
    const after = medianOf(matches.map(({ distance }) => distance.after[part]));
    const nearer = matches.filter(({ distance }) => distance.after[part] < distance.before[part]).length;
    return `${part} ${number(before)} to ${number(after)} (nearer in ${nearer} of ${matches.length})`;
  });
  return `references, median distance: ${parts.join(', ')}`;
}

export function albumTable(albums: readonly Album[]): string {
  return markdown(
    ['album', 'songs apart before, LU', 'largest change of a relation, LU', 'said'],
    albums.map(({ songs, spreadBeforeLu, largestErrorLu, warnings }) => [
      songs.join(', '),
      number(spreadBeforeLu),
      number(largestErrorLu, 3),
      warnings.filter((words) => words.startsWith('The album')).join(' '),
    ]),
  );
}

export function previewTable(previews: readonly JudgedPreview[]): string {
  return markdown(
    ['preview', 'seconds', 'frames', 'differing samples', 'largest difference'],
    previews.map(({ name, span, frames, differing, largestDifference }) => [
      name,
      span,
      String(frames),
      String(differing),
      largestDifference === 0 ? '0' : largestDifference.toExponential(1),
    ]),
  );
}
