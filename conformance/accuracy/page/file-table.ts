import { escapeText } from '@tutti/workflows';
import type { Answer } from '../answers.ts';
import type { CorpusFile } from '../corpus.ts';
import { faultsOf } from '../faults.ts';
import type { FileScores } from '../judge-file.ts';
import { pictureId, type ReportData } from './report-data.ts';

interface Cell {
  readonly text: string;
  /** What the column is sorted by; text where absent. */
  readonly sort?: number | undefined;
  readonly markup?: string;
}

const HEAD = [
  'file',
  'kind',
  'wrong',
  'true BPM',
  'heard',
  'error, %',
  'confidence',
  'beat F',
  'CMLt',
  'downbeat F',
  'true key',
  'heard',
  'sections 0.5 s',
] as const;

/** Every file with what is true, what was heard and how right that is; columns sort on a click. */
export function fileTable({ corpus, answers, evaluations, pictures }: ReportData): string {
  const rows = corpus.map((file) => {
    const answer = answers.get(file.id);
    const scores = evaluations[0].perFile[file.id] ?? {};
    const faults = faultsOf(file.truth, answer, scores);
    const cells = cellsOf(file, answer, scores, faults, pictures.has(file.id));
    return `<tr${faults.length > 0 ? ' class="faulty"' : ''}>${cells.map(cellMarkup).join('')}</tr>`;
  });
  const head = HEAD.map((title) => `<th scope="col" aria-sort="none"><button>${title}</button></th>`).join('');
  return `<section><h2>Every file</h2><p class="tools"><label><input type="checkbox" id="only-wrong"> only what is wrong</label>
<input type="search" id="find" placeholder="find a file or a kind" aria-label="find a file or a kind"></p>
<div class="scroll"><table id="files"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function cellsOf(
  { id, kind, truth }: CorpusFile,
  answer: Answer | undefined,
  scores: FileScores,
  faults: readonly string[],
  hasPicture: boolean,
): Cell[] {
  const [trueBpm] = truth.bpms ?? [];
  const bpm = answer?.bpm ?? null;
  const error = trueBpm !== undefined && bpm !== null ? 100 * (bpm / trueBpm - 1) : undefined;
  const key = (value: { readonly tonic: string; readonly mode: string } | null | undefined) =>
    value ? `${value.tonic} ${value.mode}` : '';
  const name = hasPicture ? `<a href="#${pictureId(id)}">${escapeText(id)}</a>` : escapeText(id);
  return [
    { text: id, markup: name },
    { text: kind },
    { text: faults.join(', ') },
    { text: truth.bpms?.length === 0 ? 'none' : decimal(trueBpm, 2), sort: trueBpm ?? -1 },
    { text: answer && bpm === null ? 'none' : decimal(bpm ?? undefined, 2), sort: bpm ?? -1 },
    { text: decimal(error, 2), sort: error === undefined ? -1 : Math.abs(error) },
    share(answer?.confidence ?? undefined),
    share(scores.beatF),
    share(scores.cmlT),
    share(scores.downbeatF),
    { text: key(truth.key) },
    { text: key(answer?.key) },
    share(scores.boundary05),
  ];
}

function decimal(value: number | undefined, digits: number): string {
  return value === undefined ? '' : value.toFixed(digits);
}

/** A share in percent; unknown sorts before all others. */
function share(value: number | undefined): Cell {
  return { text: value === undefined ? '' : (100 * value).toFixed(0), sort: value ?? -1 };
}

function cellMarkup({ text, sort, markup }: Cell): string {
  if (sort === undefined) return `<td>${markup ?? escapeText(text)}</td>`;
  return `<td class="number" data-sort="${sort}">${escapeText(text)}</td>`;
}
