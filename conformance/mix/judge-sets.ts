// Mixes three sets of real songs and judges each transition:
//   node scripts/run.mjs conformance/mix/judge-sets.ts --corpus DIR [--out DIR] [--set NAME]
// The sets are named in judged-sets.data.ts; each is analysed, planned, rendered into DIR (a temporary folder unless told) with its picture,
// and measured by check-mix.ts beside this file, in a process of its own. It ends with 1 when a set is beyond what a mix is held to, and says
// so when the corpus is not there.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnalysisLine } from '@tutti/contract';
import { analyseFiles, makeFolder, planMixOf, renderMixToFile, writeMixPlan } from '@tutti/workflows';
import { z } from 'zod';
import { JUDGED_SETS } from './judged-sets.data.ts';

const SEED = 1;
const CHECK = fileURLToPath(new URL('check-mix.ts', import.meta.url));

const number = z.number().nullable();
/** Of what check-mix.ts prints, what is shown here. */
const reportSchema = z.object({
  transitions: z.array(
    z.object({
      technique: z.string(),
      bars: number,
      start: z.number(),
      titles: z.tuple([z.string(), z.string()]),
      lag: z.object({ milliseconds: z.number(), clear: z.boolean() }).nullable(),
      phraseBeats: z.object({ out: number, incoming: number }),
      deviationLu: number,
      bassTogetherDb: number,
    }),
  ),
  matched: z.number(),
  clear: z.number(),
  medianLagMilliseconds: number,
  worstLagMilliseconds: number,
  medianDeviationLu: number,
  worstDeviationLu: number,
  fullestBassesDb: number,
  quietestTrackDb: z.number(),
  truePeakDb: z.number(),
  complaints: z.array(z.string()),
});
type Report = z.infer<typeof reportSchema>;

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, out: { type: 'string' }, set: { type: 'string' } },
});
const { corpus } = values;
if (!corpus) throw new Error('usage: judge-sets.ts --corpus DIR [--out DIR] [--set NAME]');
const chosen = JUDGED_SETS.filter(({ name }) => values.set === undefined || name === values.set);
const missing = chosen.flatMap(({ songs }) => songs).filter((song) => !existsSync(join(corpus, 'audio', song)));

const figure = (value: number | null, digits = 1) => (value === null ? '-' : value.toFixed(digits));

async function analysed(songs: readonly string[]): Promise<AnalysisLine[]> {
  const lines: AnalysisLine[] = [];
  for await (const line of analyseFiles(songs.map((song) => join(corpus!, 'audio', song)))) {
    if ('error' in line) throw new Error(`${line.path}: ${line.error.message}`);
    lines.push(line);
  }
  return lines;
}

/** What check-mix.ts measures; it ends with 1 where something is beyond what a mix is held to, and prints all the same. */
function check(plan: string, mix: string, lines: string): Promise<Report> {
  const args = ['--conditions=@tutti/source', CHECK, plan, mix, '--analyses', lines, '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 28 }, (error, stdout) => {
      if (stdout.trim() === '') reject(error ?? new Error(`${CHECK} said nothing`));
      else resolve(reportSchema.parse(JSON.parse(stdout)));
    });
  });
}

function show(name: string, report: Report): void {
  console.log(`\n${name}: ${report.transitions.length + 1} songs`);
  for (const { technique, bars, start, titles, lag, phraseBeats, deviationLu, bassTogetherDb } of report.transitions) {
    const offset = lag === null ? '' : `${lag.milliseconds.toFixed(0)} ms${lag.clear ? '' : ' (no clear pulse)'}`;
    const phrase = (beats: number | null) => (beats === null ? '-' : Math.abs(beats) <= 0.5 ? 'yes' : 'no');
    console.log(
      `${start.toFixed(1).padStart(7)} s  ${technique.padEnd(12)} ${String(bars ?? '').padStart(2)} bars  offset ${offset.padEnd(23)} phrases ${phrase(phraseBeats.out).padStart(3)} > ${phrase(phraseBeats.incoming).padEnd(3)}  level ${figure(deviationLu).padStart(4)} LU  bass ${figure(bassTogetherDb).padStart(6)} dB   ${titles.join(' > ')}`,
    );
  }
  console.log(
    `offset: median ${figure(report.medianLagMilliseconds, 0)} ms, worst ${figure(report.worstLagMilliseconds, 0)} ms, clear in ${report.clear} of ${report.matched}; level: median ${figure(report.medianDeviationLu)} LU, worst ${figure(report.worstDeviationLu)} LU; basses at once at most ${figure(report.fullestBassesDb)} dB; true peak ${figure(report.truePeakDb)} dBTP; quietest track alone ${figure(report.quietestTrackDb)} dB RMS`,
  );
  for (const complaint of report.complaints) console.log(`BEYOND WHAT A MIX IS HELD TO: ${complaint}`);
}

if (missing.length > 0) {
  console.log(`not judged: ${missing.length} songs are not in ${corpus}, the first is ${missing[0]}`);
} else {
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'tutti-sets-'));
  await makeFolder(out);
  for (const { name, songs } of chosen) {
    const file = (ending: string) => join(out, `${name.replaceAll(' ', '-')}.${ending}`);
    const lines = await analysed(songs);
    writeFileSync(file('jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const [plan] = planMixOf(lines, { seed: SEED });
    await writeMixPlan(file('json'), plan!, { force: true });
    await renderMixToFile(plan!, file('wav'), { force: true, picture: true, analyses: lines });
    const report = await check(file('json'), file('wav'), file('jsonl'));
    show(name, report);
    if (report.complaints.length > 0) process.exitCode = 1;
  }
  console.log(`\nmixes, plans and pictures: ${out}`);
}
