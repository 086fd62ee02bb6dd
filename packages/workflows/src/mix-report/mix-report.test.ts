import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import type { MixPlan, MixTransition } from '@tutti/music/mixing';
import { describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { drawMixReport } from './mix-report.ts';
import type { MixReportData } from './report-data.ts';
import { MIX_REPORT_SCRIPT } from './report-script.ts';

const NASTY = '<script>alert("1")</script> & \'quotes\' <img src=http://example.org/x>';

const transition = (index: number): MixTransition => ({
  ...{ from: index, to: index + 1, kind: 'beat-matched', technique: 'bass-swap', start: 40 * index + 40 },
  ...{ end: 40 * index + 50, bars: 8, bpm: 120, stretch: 1, glideBars: 8, bassSwap: 40 * index + 45 },
  ...{ phrases: { out: true, incoming: false }, score: 0.81, reason: `because of ${NASTY}` },
  alternatives: [{ technique: 'cut', bars: 0, start: 40 * index + 48, score: 0.4, reason: 'cut on the <downbeat>' }],
});

function report(count: number, heard: MixReportData['transitions'][number]['heard'] = null): MixReportData {
  const mix = plannedMix(Array.from({ length: count }, (_, i) => `${i}.wav`));
  const plan: MixPlan = {
    ...mix,
    tracks: mix.tracks.map((track) => ({ ...track, title: NASTY, reason: NASTY })),
    transitions: Array.from({ length: count - 1 }, (_, i) => transition(i)),
    warnings: [NASTY],
  };
  const lane = { title: NASTY, camelot: '8A', bpm: 120, keyShift: 0, effects: [{ name: 'echo', start: 1, end: 2 }] };
  const values = Array.from({ length: 50 }, (_, i) => (i % 10) / 10);
  return {
    ...{ title: NASTY, plan, loudness: { integratedLufs: -14.04, rangeLu: 5, truePeakDb: -1 } },
    shortTerm: { values: new Array<number>(10 * (plan.seconds - 3)).fill(-14), firstEndSeconds: 3 },
    picture: {
      ...{ title: NASTY, seconds: plan.seconds, tempo: [{ time: 0, value: 120 }], loudness: [{ time: 0, value: -14 }] },
      lanes: plan.tracks.map(({ start, end }) => ({
        ...{ ...lane, start, end, downbeats: [start, start + 2], phrases: [start] },
        waveform: { hopSeconds: 1, low: values, mid: values, high: values },
      })),
      transitions: plan.transitions.map(({ start, end, reason }) => ({ start, end, label: reason })),
    },
    transitions: plan.transitions.map((_, i) => ({
      ...{ offset: { milliseconds: i === 0 ? -3 : 14, clear: i !== 2 }, heard },
      loudness: { beforeLufs: -14, afterLufs: -13.5, deviationLu: -0.6 },
    })),
  };
}

const VOID = new Set(['meta', 'br', 'input', 'img', 'path', 'rect']);

/** Elements that are opened and not closed in order; what is within scripts and styles is not looked at. */
function unbalanced(html: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const text = html.replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3');
  for (const [, close, name, rest] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (close) {
      if (open.at(-1) === name) open.pop();
      else problems.push(`</${name}> closes <${open.at(-1)}>`);
    } else if (!rest!.endsWith('/') && !(VOID.has(name!) && !text.includes(`</${name}>`))) open.push(name!);
  }
  return [...problems, ...open.map((name) => `<${name}> is not closed`)];
}

describe('drawMixReport', () => {
  const page = drawMixReport(
    report(4, { start: 36, end: 54, sampleRate: 44_100, flac: Uint8Array.of(102, 76, 97, 67) }),
  );

  it('is a whole page: every element is closed, nothing is NaN or missing', () => {
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(page.match(/<section /g)).toHaveLength(3);
  });

  it('refers to nothing outside of itself', () => {
    const links = Array.from(page.matchAll(/(?:src|href|xlink:href|action|data)="([^"]*)"/g), ([, link]) => link!);
    expect(links.length).toBe(3);
    for (const link of links) expect(link).toMatch(/^data:audio\/flac;base64,ZkxhQw==$/);
    expect(page).not.toMatch(/@import|url\(/);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    expect(policy).toMatch(/^default-src 'none';style-src 'unsafe-inline';script-src 'sha256-[^']+';media-src data:$/);
  });

  it('runs one script, the one that its policy names', () => {
    const scripts = Array.from(page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g), ([, script]) => script!);
    expect(scripts).toEqual([MIX_REPORT_SCRIPT]);
    expect(page).toContain(`sha256-${createHash('sha256').update(scripts[0]!).digest('base64')}`);
    expect(() => new Script(MIX_REPORT_SCRIPT)).not.toThrow();
    expect(MIX_REPORT_SCRIPT).not.toContain('</');
  });

  it('has everything that its script asks for', () => {
    for (const [, id] of MIX_REPORT_SCRIPT.matchAll(/getElementById\('([a-z]+)'\)/g))
      expect(page).toContain(`id="${id}"`);
    for (const name of ['shapes', 'names', 'times', 'axis', 'ground', 'range'])
      expect(page).toMatch(new RegExp(`class="(?:[a-z]+ )?${name}"`));
    expect(page.match(/<button [^>]*data-start="[\d.]+" data-end="[\d.]+"/g)).toHaveLength(3);
    expect(page.match(/<audio [^>]*data-start="[\d.]+"/g)).toHaveLength(3);
  });

  it('shows titles and reasons as they are, and runs none of them', () => {
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;');
  });

  it('says what was measured, what was chosen and what else there was', () => {
    expect(page).toContain('<b>−3 ms</b>');
    expect(page).toContain('beats not told apart');
    expect(page).toContain(
      '<b>14 ms, worst 14 ms</b><span>from beat to beat, at 2 of 3 beat-matched transitions</span>',
    );
    expect(page).toContain('<b>−0.6 LU</b>');
    expect(page).toContain('<b>bass-swap</b>, score 0.81: because of');
    expect(page).toContain('out on a border of phrases');
    expect(page).toMatch(
      /<tr class="chosen"><td class="number">0\.81<\/td>.*\n.*<td class="number">0\.40<\/td><td>cut<\/td>/,
    );
  });

  it('is a page for a single track, too', () => {
    const single = drawMixReport(report(1));
    expect(unbalanced(single)).toEqual([]);
    expect(single).toContain('No transitions');
  });

  it('of a hundred transitions has a bounded size beside its sound', () => {
    const part = { start: 36, end: 54, sampleRate: 24_000, flac: new Uint8Array(3000) };
    const size = drawMixReport(report(101, part)).length;
    expect(size - 100 * 4000).toBeLessThan(1.5e6);
  });
});
