import type { MasterPlan } from '@tutti/music/mastering';
import { htmlPage, keyFigures } from '../report-page/html-page.ts';
import { clockTime, escapeText } from '../svg-text.ts';
import { figuresTable } from './figures-table.ts';
import { gainCharts } from './gain-chart.ts';
import { loudnessChart } from './loudness-chart.ts';
import { player } from './player.ts';
import { PLAYER_SCRIPT } from './player-script.ts';
import type { MasterReportData } from './report-data.ts';
import { responseChart, spectrumChart } from './spectrum-chart.ts';
import { waveformCharts } from './waveform-chart.ts';

/** One page that shows and explains a master, and plays a part of it. It needs nothing from elsewhere; its only script is the player. */
export function drawMasterReport(data: MasterReportData): string {
  const { title, plan } = data;
  const waveforms = waveformCharts(data);
  const response = responseChart(data);
  const gains = gainCharts(data);
  const legend = '<span class="key b"></span>before<span class="key a"></span>after';
  const body = [
    `<h1>${escapeText(title)}</h1>`,
    `<p class="sub">${escapeText(subtitle(plan))}</p>`,
    keyFigures(mainFigures(data)),
    ...plan.warnings.map((warning) => `<p class="warning">${escapeText(warning)}</p>`),
    player(data.listening),
    '<h2>What was done, and why</h2>',
    `<p><b>${escapeText(plan.behaviour.kind)}.</b> ${escapeText(plan.behaviour.reason)}</p>`,
    stages(plan),
    `<h2>Level ${legend}</h2>`,
    '<p class="sub">dark: the level; pale: the true peak of each second</p>',
    waveforms.before,
    '<h3></h3>',
    waveforms.after,
    `<h2>Loudness of 3 s ${legend}</h2>`,
    loudnessChart(data),
    `<h2>Balance ${legend}</h2>`,
    '<p class="sub">levels in third octaves, the song before made as loud as the master</p>',
    spectrumChart(data),
    ...(response ? ['<h3>what the equaliser does</h3>', response] : []),
    ...(gains.length > 0 ? ['<h2>Where the level was changed</h2>'] : []),
    ...gains.flatMap(({ title: heading, chart }) => [`<h3>${heading}</h3>`, chart]),
    '<h2>Measured</h2>',
    figuresTable(data),
  ];
  return htmlPage({ title: `${title}: its master`, body, script: PLAYER_SCRIPT });
}

function subtitle({ source, target, style, output }: MasterPlan): string {
  const channels = source.channels === 1 ? 'mono' : 'stereo';
  return `${clockTime(source.seconds)}, ${channels}, ${output.sampleRate} Hz, ${output.sampleFormat}; target ${target.name}, style ${style.name}; ${source.path}`;
}

function mainFigures({ plan, before, after }: MasterReportData): [string, string][] {
  const worked = plan.stages.find(({ kind }) => kind === 'limiter') && plan.expected.limitingDb;
  const figures: [string, string][] = [
    [level(after.figures.integratedLufs, 'LUFS'), `loudness, before ${level(before.figures.integratedLufs, 'LUFS')}`],
    [level(after.figures.truePeakDb, 'dBTP'), `true peak, ceiling ${plan.target.ceilingDb} dBTP`],
    [level(after.figures.crestDb, 'dB'), `crest factor, before ${level(before.figures.crestDb, 'dB')}`],
  ];
  if (typeof worked === 'number') figures.push([level(worked, 'dB'), 'most that the limiter was to take']);
  return figures;
}

function level(value: number | null, unit: string): string {
  return value === null ? 'silent' : `${value.toFixed(1)} ${unit}`;
}

function stages({ stages: chain }: MasterPlan): string {
  if (chain.length === 0) return '<p>Nothing had to be done: the samples are those of the source.</p>';
  const items = chain.map(({ kind, reason }) => `<li><b>${escapeText(kind)}</b>${escapeText(reason)}</li>`);
  return `<ol>${items.join('')}</ol>`;
}
