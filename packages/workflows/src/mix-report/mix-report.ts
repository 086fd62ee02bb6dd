import type { MixPlan } from '@tutti/music/mixing';
import { shortTermPoints } from '../mix/short-term-points.ts';
import { drawMix } from '../mix-picture/mix-picture.ts';
import { htmlPage, keyFigures } from '../report-page/html-page.ts';
import { clockTime, escapeText } from '../svg-text.ts';
import { decimal, signed } from './figures.ts';
import { MIX_REPORT_STYLE } from './mix-report-style.ts';
import type { MixReportData } from './report-data.ts';
import { MIX_REPORT_SCRIPT } from './report-script.ts';
import { transitionSection } from './transition-section.ts';

/** One page that shows and explains a mix, and plays its transitions. It needs nothing from elsewhere. */
export function drawMixReport(data: MixReportData): string {
  const { title, plan, picture, shortTerm, transitions } = data;
  const points = shortTermPoints(shortTerm);
  const body = [
    `<h1>${escapeText(title)}</h1>`,
    `<p class="sub">${escapeText(subtitle(plan))}</p>`,
    keyFigures(mainFigures(data)),
    ...plan.warnings.map((warning) => `<p class="warning">${escapeText(warning)}</p>`),
    pictureWithTools(plan.seconds, drawMix(picture, { everyBar: true })),
    trackTable(plan),
    `<h2>${transitions.length === 0 ? 'No transitions' : 'Transitions'}</h2>`,
    ...plan.transitions.map((transition, index) =>
      transitionSection(plan, transition, index, transitions[index]!, points),
    ),
  ];
  return htmlPage({
    ...{ title: `${title}: its mix`, style: MIX_REPORT_STYLE, body, script: MIX_REPORT_SCRIPT },
    allow: 'media-src data:',
  });
}

function subtitle({ tracks, seconds, sampleRate, tempo, master }: MixPlan): string {
  const course = tempo === 'follow' ? 'each track at its own tempo' : `held at ${tempo} BPM`;
  const count = tracks.length === 1 ? '1 track' : `${tracks.length} tracks`;
  return `${count}, ${clockTime(seconds)}, ${sampleRate} Hz; ${course}; ${master.reason}`;
}

function mainFigures({ plan, loudness, transitions }: MixReportData): [string, string][] {
  const level = (value: number | null, unit: string) => (value === null ? 'silent' : `${decimal(value, 1)} ${unit}`);
  const figures: [string, string][] = [
    [level(loudness.integratedLufs, 'LUFS'), 'loudness of the whole'],
    [level(loudness.truePeakDb, 'dBTP'), `true peak, ceiling ${decimal(plan.master.ceilingDb, 1)} dBTP`],
  ];
  const offsets = transitions.flatMap(({ offset }) => (offset?.clear ? [Math.abs(offset.milliseconds)] : []));
  const matched = transitions.filter(({ offset }) => offset !== null).length;
  if (offsets.length > 0)
    figures.push([
      `${median(offsets).toFixed(0)} ms, worst ${Math.max(...offsets).toFixed(0)} ms`,
      `from beat to beat, at ${offsets.length} of ${matched} beat-matched transitions`,
    ]);
  const deviations = transitions.flatMap(({ loudness: { deviationLu } }) =>
    deviationLu === null ? [] : [deviationLu],
  );
  const worst = deviations.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  if (deviations.length > 0) figures.push([`${signed(worst, 1)} LU`, 'loudness farthest off at a transition']);
  return figures;
}

/** The upper one of two in the middle. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function pictureWithTools(seconds: number, picture: string): string {
  return [
    '<div class="bar-of-tools">',
    '<button type="button" id="in" aria-label="closer">+</button>',
    '<button type="button" id="out" aria-label="farther">−</button>',
    '<button type="button" id="all">all</button>',
    '<output id="seen"></output>',
    '</div>',
    `<div id="picture" tabindex="0" role="group" aria-label="the picture of the mix: plus and minus zoom, the arrow keys move" data-seconds="${seconds}">`,
    picture,
    '</div>',
    '<p class="sub">Click it or tab to it: <kbd>+</kbd> <kbd>−</kbd> or the wheel zooms, <kbd>←</kbd> <kbd>→</kbd> or dragging moves, <kbd>0</kbd> shows all. What is bright is what is heard; lines are phrases and, closer up, bars.</p>',
  ].join('\n');
}

function trackTable({ tracks }: MixPlan): string {
  const rows = tracks.map(({ title, start, camelot, bpm, reason }, index) =>
    [
      `<tr><td class="number">${index + 1}</td><td class="number">${clockTime(start)}</td><td>${escapeText(title)}</td>`,
      `<td>${escapeText(camelot ?? 'no key')}</td><td class="number">${bpm === null ? 'no tempo' : bpm.toFixed(1)}</td></tr>`,
      `<tr class="why"><td colspan="2"></td><td colspan="3" class="sub">${escapeText(reason)}</td></tr>`,
    ].join(''),
  );
  return [
    '<h2>Tracks</h2><div class="wide"><table>',
    '<thead><tr><th scope="col"></th><th scope="col" class="number">from</th><th scope="col">track</th><th scope="col">key</th><th scope="col" class="number">BPM</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
  ].join('\n');
}
