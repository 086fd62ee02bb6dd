// How even the loudness stays through joins of every technique, whatever a planner would choose:
//   node scripts/run.mjs conformance/mix/level-by-technique.ts LINES.jsonl [--technique NAME] [--bars N] [--worst]
// Each song of the lines (tutti analyse --json) is joined to the next one by tempo, in each technique that the two allow; the seconds
// around the join are rendered, and every window of 3 s that touches it is held against its surroundings. A table says how far each
// technique is off, as median, in nine of ten joins, and at worst.
import { parseArgs } from 'node:util';
import { Kernels, LoudnessMeter } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import {
  excerptOf,
  joinLoudness,
  type MixableTrack,
  MixingError,
  type MixPlan,
  planMix,
  renderMix,
  TECHNIQUES,
  type Technique,
} from '@tutti/music/mixing';
import { analysisLines, mixableTrack, setCandidate } from '@tutti/workflows';

/** Seconds beside a join that it is compared with: surroundings, and the window that ends there. */
const BESIDE_SECONDS = 14;
const WINDOW_SECONDS = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { technique: { type: 'string', multiple: true }, bars: { type: 'string' }, worst: { type: 'boolean' } },
});
const [linesPath] = positionals;
if (!linesPath) throw new Error('usage: level-by-technique.ts LINES.jsonl [--technique NAME] [--bars N] [--worst]');
const techniques = TECHNIQUES.filter((technique) => !values.technique || values.technique.includes(technique));

/** The loudness of the join of a mix of two; null where it cannot be compared. */
async function deviationOf(plan: MixPlan): Promise<number | null> {
  const { start, end } = plan.transitions[0]!;
  const excerpt = excerptOf(plan, start - BESIDE_SECONDS, end + BESIDE_SECONDS + WINDOW_SECONDS);
  if (excerpt === null) return null;
  const kernels = new Kernels();
  const meter = new LoudnessMeter(kernels, { sampleRate: plan.sampleRate, channels: 2 });
  const open = (part: number) => openAudio(plan.tracks[excerpt.tracks[part]!]!.path);
  for await (const block of renderMix(excerpt.plan, open, kernels)) meter.process(block);
  const first = Math.max(0, start - BESIDE_SECONDS) - excerpt.leadSeconds;
  const shortTerm = { values: meter.result().shortTerm, firstEndSeconds: WINDOW_SECONDS };
  return joinLoudness(shortTerm, start - first, end - first).deviationLu;
}

function planned(pair: readonly MixableTrack[], technique: Technique): MixPlan | null {
  const bars = values.bars === undefined ? {} : { bars: Number(values.bars) };
  try {
    return planMix(pair, { joins: [{ technique, ...bars }] });
  } catch (error) {
    if (error instanceof MixingError) return null;
    throw error;
  }
}

const tracks: MixableTrack[] = [];
for await (const line of analysisLines(linesPath)) {
  if (!('error' in line)) tracks.push(mixableTrack(setCandidate(line), line));
}
tracks.sort((a, b) => (a.analysis.tempo.bpm ?? 0) - (b.analysis.tempo.bpm ?? 0));
const pairs = tracks.flatMap((out, index) =>
  tracks.slice(index + 1, index + 2).map((incoming) => [out, incoming] as const),
);
console.log('technique      joins  median   9 of 10     worst');
for (const technique of techniques) {
  const found: { deviation: number; titles: string }[] = [];
  for (const pair of pairs) {
    const plan = planned(pair, technique);
    const deviation = plan && (await deviationOf(plan));
    if (deviation !== null) found.push({ deviation, titles: pair.map(({ title }) => title).join(' > ') });
  }
  found.sort((a, b) => Math.abs(a.deviation) - Math.abs(b.deviation));
  const at = (share: number) => found[Math.min(found.length - 1, Math.floor(share * found.length))];
  const shown = [0.5, 0.9, 1].map((share) => (at(share)?.deviation.toFixed(2) ?? '-').padStart(7)).join('   ');
  console.log(`${technique.padEnd(13)} ${String(found.length).padStart(6)}  ${shown}   ${at(1)?.titles ?? ''}`);
  if (values.worst)
    for (const { deviation, titles } of found.slice(-8)) console.log(`      ${deviation.toFixed(2)}  ${titles}`);
}
