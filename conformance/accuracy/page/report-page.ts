import { ANALYSIS_PICTURE_STYLE, escapeText } from '@tutti/workflows';
import { faultsOf } from '../faults.ts';
import { remarks } from '../text-tables.ts';
import { calibrationPlot } from './calibration-plot.ts';
import { fileTable } from './file-table.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { pictureId, type ReportData } from './report-data.ts';
import { comparisonSection, kindSection, summarySection, tallySection } from './score-tables.ts';

/**
 * The page of results: summary, kinds, confusions, calibration, every file, and pictures of those that are wrong.
 * @returns HTML that loads nothing from elsewhere
 */
export function reportPage(data: ReportData): string {
  const [tutti] = data.evaluations;
  const facts = [
    data.corpusName,
    `${tutti.files} files`,
    `${tutti.failed} failed`,
    data.analyser,
    data.day,
    ...(tutti.realTimeFactor === null ? [] : [`${tutti.realTimeFactor.toFixed(0)} times real time on one core`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline';img-src data:">
<meta name="color-scheme" content="light dark">
<title>Accuracy on ${escapeText(data.corpusName)}</title>
<style>${PAGE_STYLE}${ANALYSIS_PICTURE_STYLE}</style>
</head>
<body>
<header><h1>How right the answers are</h1><p class="facts">${facts.map(escapeText).join(' <span>/</span> ')}</p></header>
<main>
${summarySection(data.evaluations)}
${comparisonSection(data.differences)}
${kindSection(tutti)}
<section><h2>Mistakes</h2><div class="pair">
${tallySection('Tempo, heard to true', tutti.tempoRatios, '1')}
${tallySection('Key, heard to true', tutti.keyRelations, 'exact')}
</div></section>
${tutti.calibration ? calibrationPlot(tutti.calibration) : ''}
<section><h2>In a line each</h2><ul class="remarks">${remarks(tutti)
    .map((line) => `<li>${escapeText(line)}</li>`)
    .join('')}</ul></section>
${fileTable(data)}
${pictureSection(data)}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function pictureSection({ corpus, answers, evaluations, pictures }: ReportData): string {
  const shown = corpus.flatMap(({ id, truth }) => {
    const panels = pictures.get(id);
    if (!panels) return [];
    const faults = faultsOf(truth, answers.get(id), evaluations[0].perFile[id] ?? {});
    const [overview, ...others] = panels;
    return [
      `<details id="${pictureId(id)}"><summary><b>${escapeText(id)}</b> ${escapeText(faults.join(', '))}</summary>` +
        `<div class="wide">${overview}</div><div class="panels">${others.join('')}</div></details>`,
    ];
  });
  if (shown.length === 0) return '';
  return `<section id="pictures"><h2>Why</h2><p>What was heard is blue, what is true orange. Beats stand on the onset
curve they were tracked on, sections on the likeness of the bars.</p>${shown.join('\n')}</section>`;
}
