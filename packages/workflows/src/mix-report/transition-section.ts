import type { MixPlan, MixTransition } from '@tutti/music/mixing';
import { clockTime, escapeText } from '../svg-text.ts';
import { decimal, signed } from './figures.ts';
import type { HeardPart, MeasuredTransition, MixReportData } from './report-data.ts';
import { transitionChart } from './transition-chart.ts';

type Points = Parameters<typeof transitionChart>[2];

/** All that is known of one transition: what was chosen and why, what came out, what else there was, and its sound. */
export function transitionSection(
  plan: MixPlan,
  transition: MixTransition,
  index: number,
  { offset, loudness, heard }: MixReportData['transitions'][number],
  points: Points,
): string {
  const { from, to, start, end, reason } = transition;
  const titles = [from, to].map((track) => escapeText(plan.tracks[track]!.title));
  return [
    `<section id="transition-${index + 1}">`,
    `<h3>${index + 1}. ${titles.join(' → ')}</h3>`,
    `<p class="sub">${escapeText(facts(transition))} <button type="button" data-start="${start}" data-end="${end}">show in the picture</button></p>`,
    `<p><b>${transition.technique}</b>, score ${transition.score.toFixed(2)}: ${escapeText(reason)}</p>`,
    measured({ offset, loudness }),
    player(heard, index, transition),
    `<div class="wide">${transitionChart(transition, plan.seconds, points)}</div>`,
    alternatives(transition),
    '</section>',
  ].join('\n');
}

function facts({ kind, technique, start, end, bars, bpm, stretch, glideBars, phrases }: MixTransition): string {
  const seconds = end - start;
  const parts = [
    seconds < 1 ? `at ${clockTime(end)} of the mix` : `${clockTime(start)} to ${clockTime(end)} of the mix`,
    ...(kind === technique ? [] : [kind]),
    ...(bars !== null && bars > 0 ? [`${bars} bars`] : seconds < 1 ? [] : [`${seconds.toFixed(1)} s`]),
    ...(bpm === null ? [] : [`at ${bpm.toFixed(1)} BPM`]),
    ...(stretch === null ? [] : [`the incoming track at ${(100 * stretch).toFixed(1)} % of its speed`]),
    ...(glideBars ? [`back to it within ${glideBars} bars`] : []),
    ...phraseWords(phrases),
  ];
  return `${parts.join(', ')}.`;
}

function phraseWords({ out, incoming }: MixTransition['phrases']): string[] {
  if (out === null && incoming === null) return [];
  const places = [out ? 'out' : '', incoming ? 'in' : ''].filter(Boolean);
  return places.length === 0 ? ['on no border of phrases'] : [`${places.join(' and ')} on a border of phrases`];
}

/** What else was possible, best first, with the chosen one on top of it. */
function alternatives({ technique, bars, start, score, reason, alternatives: others }: MixTransition): string {
  if (others.length === 0) return '<p class="sub">There was no other way to join the two.</p>';
  const row = (other: MixTransition['alternatives'][number], className: string) =>
    [
      `<tr${className}><td class="number">${other.score.toFixed(2)}</td><td>${other.technique}</td>`,
      `<td class="number">${other.bars || ''}</td><td class="number">${clockTime(other.start)}</td><td>${escapeText(other.reason)}</td></tr>`,
    ].join('');
  return [
    '<details><summary>What else was possible</summary><div class="wide"><table>',
    '<thead><tr><th scope="col">score</th><th scope="col">technique</th><th scope="col">bars</th><th scope="col">from</th><th scope="col">why</th></tr></thead>',
    `<tbody>${row({ technique, bars, start, score, reason }, ' class="chosen"')}`,
    ...others.map((other) => row(other, '')),
    '</tbody></table></div></details>',
  ].join('\n');
}

function measured({ offset, loudness }: MeasuredTransition): string {
  const { beforeLufs, afterLufs, deviationLu } = loudness;
  const figures: [string, string][] = [];
  if (offset)
    figures.push(
      offset.clear
        ? [`${signed(offset.milliseconds, 0)} ms`, 'from beat to beat of the two tracks']
        : ['beats not told apart', 'the two have no common rhythm that is clear enough'],
    );
  if (beforeLufs !== null) figures.push([`${decimal(beforeLufs, 1)} LUFS`, 'before']);
  if (afterLufs !== null) figures.push([`${decimal(afterLufs, 1)} LUFS`, 'after']);
  if (deviationLu !== null)
    figures.push([`${signed(deviationLu, 1)} LU`, 'farthest off from both through the transition']);
  if (figures.length === 0) return '';
  return `<ul class="measured">${figures.map(([value, name]) => `<li><b>${value}</b>${name}</li>`).join('')}</ul>`;
}

function player(heard: HeardPart | null, index: number, { start, end }: MixTransition): string {
  if (heard === null) return '<p class="sub">It lies outside of the mix: there is nothing to hear.</p>';
  const isWhole = heard.start <= start && heard.end >= end;
  const cut = isWhole ? '' : '; its middle, for the whole would take too much of the page';
  const sound = Buffer.from(heard.flac).toString('base64');
  return [
    `<p class="sub">${clockTime(heard.start)} to ${clockTime(heard.end)} of the mix, at ${heard.sampleRate / 1000} kHz${cut}:</p>`,
    `<audio controls preload="none" data-start="${heard.start.toFixed(3)}" aria-label="transition ${index + 1}" src="data:audio/flac;base64,${sound}"></audio>`,
  ].join('\n');
}
