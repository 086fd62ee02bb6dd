import { bootstrapInterval, meanOf, medianOf } from '../../accuracy/metrics/bootstrap.ts';
import {
  type PeakResult,
  SONG_FIGURE_NAMES,
  SONG_FIGURES,
  type SongFigure,
  type SongResult,
  type ToneResult,
} from './figures.ts';

type Row = readonly string[];

/** Masters that are further off their target are not at equal loudness, and only how they missed it is compared. */
const EQUAL_LU = 0.5;
/** Figures that mean something at any loudness. */
const AT_ANY_LOUDNESS: readonly SongFigure[] = ['loudnessErrorLu', 'peakOverDb'];

const isComparable = (figure: SongFigure, { figures }: SongResult) =>
  AT_ANY_LOUDNESS.includes(figure) || figures.loudnessErrorLu <= EQUAL_LU;

export function markdown(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** Values further apart than rounding in the table are ahead of each other. */
const ahead = (value: number, other: number, digits: number) => value < other - 0.5 * 10 ** -digits;

/** How one program stands to another in a figure, song by song. */
export interface Pairing {
  readonly figure: SongFigure;
  readonly other: string;
  readonly songs: number;
  /** Mean of the program's figure less the other's, and its 95 % interval: below 0 the program is ahead. */
  readonly difference: number;
  readonly interval: readonly [number, number] | null;
  readonly better: number;
  readonly worse: number;
}

/** Every figure of `program` beside that of every other one, over the songs that both of them made equally loud. */
export function pairings(results: readonly SongResult[], program: string): Pairing[] {
  const others = [...new Set(results.map((result) => result.program))].filter((name) => name !== program);
  const own = results.filter((result) => result.program === program);
  return SONG_FIGURE_NAMES.flatMap((figure) =>
    others.flatMap((other) => {
      const pairs = own.flatMap((result) => {
        const twin = results.find(
          ({ program, song, targetLufs }) =>
            program === other && song === result.song && targetLufs === result.targetLufs,
        );
        if (!twin || !isComparable(figure, result) || !isComparable(figure, twin)) return [];
        return [[result.figures[figure], twin.figures[figure]] as const];
      });
      if (pairs.length === 0) return [];
      const { digits } = SONG_FIGURES[figure];
      const differences = pairs.map(([mine, theirs]) => mine - theirs);
      return [
        {
          figure,
          other,
          songs: pairs.length,
          difference: meanOf(differences),
          interval: bootstrapInterval(differences, meanOf),
          better: pairs.filter(([mine, theirs]) => ahead(mine, theirs, digits)).length,
          worse: pairs.filter(([mine, theirs]) => ahead(theirs, mine, digits)).length,
        },
      ];
    }),
  );
}

const programsOf = (results: readonly { readonly program: string }[]) => [
  ...new Set(results.map(({ program }) => program)),
];

/** Figures down, programs across: the median over the songs that became as loud as ordered. */
export function songTable(results: readonly SongResult[]): string {
  const programs = programsOf(results);
  const rows = SONG_FIGURE_NAMES.map((figure) => {
    const { title, unit, digits } = SONG_FIGURES[figure];
    const medians = programs.map((program) =>
      medianOf(
        results
          .filter((result) => result.program === program && isComparable(figure, result))
          .map(({ figures }) => figures[figure]),
      ),
    );
    return [`${title}, ${unit}`, ...medians.map((value) => value?.toFixed(digits) ?? '-')];
  });
  const ways = programs.map((program) => {
    const said = results.flatMap((result) => (result.program === program && result.way ? [result.way] : []));
    return [...new Set(said)].map((way) => `${way} ${said.filter((each) => each === way).length}`).join(', ');
  });
  const counts = programs.map((program) => {
    const own = results.filter((result) => result.program === program);
    return `${own.filter(({ figures }) => figures.loudnessErrorLu <= EQUAL_LU).length} of ${own.length}`;
  });
  const last = [
    [`songs within ${EQUAL_LU} LU of the target`, ...counts],
    ['way', ...ways],
  ];
  return markdown(['median over the songs', ...programs], [...rows, ...last]);
}

export function pairingTable(results: readonly SongResult[], program: string): string {
  const rows = pairings(results, program).map(({ figure, other, songs, difference, interval, better, worse }) => {
    const { title, unit, digits } = SONG_FIGURES[figure];
    const range = interval ? `${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)}` : '';
    return [`${title}, ${unit}`, other, `${difference.toFixed(digits)}`, range, `${better}`, `${worse}`, `${songs}`];
  });
  return markdown([`${program} less`, 'program', 'mean difference', '95 % interval', 'better', 'worse', 'songs'], rows);
}

export function toneTable(results: readonly ToneResult[]): string {
  const programs = programsOf(results);
  const kinds = [...new Set(results.map(({ tone, driveDb }) => `${tone}, ${driveDb} dB over`))];
  const rows = kinds.flatMap((kind) => {
    const of = (program: string) =>
      results.find((result) => `${result.tone}, ${result.driveDb} dB over` === kind && result.program === program);
    const distortions = programs.map((program) => of(program)?.distortionDb.toFixed(1) ?? '-');
    const residuals = programs.map((program) => of(program)?.residualDb?.toFixed(1) ?? '-');
    const isSine = residuals.some((value) => value !== '-');
    return isSine
      ? [
          [`${kind}: harmonics`, ...distortions],
          [`${kind}: all but the tone`, ...residuals],
        ]
      : [[kind, ...distortions]];
  });
  return markdown(['dB under the tone', ...programs], rows);
}

/** The three meters side by side. */
export function peakTable(results: readonly PeakResult[]): string {
  const programs = programsOf(results);
  const rows = [...new Set(results.map(({ signal }) => signal))].map((signal) => [
    signal,
    ...programs.map((program) => {
      const found = results.find((result) => result.signal === signal && result.program === program);
      if (!found) return '-';
      return `${found.ffmpegDb.toFixed(1)} / ${found.standardDb.toFixed(2)} / ${found.fineDb.toFixed(2)}`;
    }),
  ]);
  return markdown(['dB over the ceiling: ffmpeg / ITU-R BS.1770 / fine', ...programs], rows);
}
