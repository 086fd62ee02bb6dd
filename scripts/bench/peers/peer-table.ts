import type { Compared, Comparison } from './compare-peers.ts';

const HEAD = ['program', 'gives', 'CPU s', 'spread', 'RTF', 'decoded', 'peak MiB', 'times Tutti', 'least to most'];
/** The first two columns are words. */
const WORDS = 2;

function cells({ name, gives, cpuSeconds, timesTutti, ...rest }: Compared): string[] {
  const { realTimeFactor, realTimeFactorDecoded, peakMebibytes } = rest;
  return [
    name,
    gives,
    cpuSeconds.median.toFixed(2),
    `${((100 * (cpuSeconds.most - cpuSeconds.least)) / cpuSeconds.median).toFixed(0)} %`,
    realTimeFactor.toFixed(0),
    realTimeFactorDecoded?.toFixed(0) ?? '',
    peakMebibytes?.toFixed(0) ?? '?',
    timesTutti.median.toFixed(2),
    `${timesTutti.least.toFixed(2)} to ${timesTutti.most.toFixed(2)}`,
  ];
}

/** A comparison as lines of text, the fastest first. */
export function peerTable({ song, audioSeconds, rounds, compared, skipped }: Comparison): string[] {
  const sorted = compared.toSorted((a, b) => a.cpuSeconds.median - b.cpuSeconds.median);
  const rows = [HEAD, ...sorted.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i < WORDS ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  );
  return [
    `${song}, ${audioSeconds.toFixed(1)} s, ${rounds} rounds in turn, whole processes: medians of user and system time`,
    ...lines.map((line) => line.trimEnd()),
    'RTF: with decoding by ffmpeg where the program does not decode; "decoded": without. Times Tutti: above 1, Tutti is faster',
    ...skipped,
  ];
}
