import { meanOf } from '../../accuracy/metrics/bootstrap.ts';
import { markdown } from '../../mastering/bench/tables.ts';
import { FIGURE_NAMES, FIGURES, type FigureName, type Material, type Result } from './figures.ts';

/** Ratios that a mix asks for, and wider ones. */
export const SPANS = [
  { title: '0.95 to 1.05', holds: (ratio: number) => Math.abs(ratio - 1) < 0.051 },
  { title: '0.85 to 1.15', holds: (ratio: number) => Math.abs(ratio - 1) > 0.051 },
] as const;

const TITLES: Readonly<Record<Material, string>> = {
  made: 'Made by formula, beside the ideal',
  composed: 'Songs composed at both tempos, beside the ideal',
  recorded: 'Recordings, beside the original at the mapped place',
};

const programsOf = (results: readonly Result[]) => [...new Set(results.map(({ program }) => program))];

function cell(results: readonly Result[], program: string, figure: FigureName): string {
  const values = results.flatMap((result) => {
    const value = result.figures[figure];
    return result.program === program && value !== undefined ? [value] : [];
  });
  return values.length === 0 ? '-' : meanOf(values).toFixed(FIGURES[figure].digits);
}

/** Figures down, programs across, the mean over sounds and ratios: one table for each material and span of ratios. */
export function comparisonTables(results: readonly Result[]): string[] {
  return (Object.keys(TITLES) as Material[]).flatMap((material) =>
    SPANS.flatMap(({ title, holds }) => {
      const of = results.filter((result) => result.material === material && holds(result.ratio));
      const present = FIGURE_NAMES.filter((name) => of.some(({ figures }) => figures[name] !== undefined));
      if (present.length === 0) return [];
      const programs = programsOf(of);
      const rows = present.map((name) => [
        `${FIGURES[name].title}, ${FIGURES[name].unit}`,
        ...programs.map((program) => cell(of, program, name)),
      ]);
      const sounds = new Set(of.map(({ sound }) => sound)).size;
      return [`## ${TITLES[material]}: ratios ${title}, ${sounds} sounds\n\n${markdown(['mean', ...programs], rows)}`];
    }),
  );
}

/** One figure over the ratios, or sound by sound. */
export function detailTable(results: readonly Result[], figure: FigureName, by: 'ratio' | 'sound'): string {
  const of = results.filter(({ figures }) => figures[figure] !== undefined);
  const programs = programsOf(of);
  const keys = [...new Set(of.map((result) => `${result[by]}`))];
  const rows = keys.map((key) => [
    key,
    ...programs.map((program) =>
      cell(
        of.filter((result) => `${result[by]}` === key),
        program,
        figure,
      ),
    ),
  ]);
  return markdown([`${FIGURES[figure].title}, ${FIGURES[figure].unit}`, ...programs], rows);
}
