// Measures a rendered mix afresh, by code and programs that share nothing with the planner:
//   node scripts/run.mjs conformance/mix/check-mix.ts PLAN.json MIX.wav [--json]
// The plan is rendered twice more with every other track muted, so that the two tracks of each transition stand apart;
// their onsets are compared in the time domain, and ffmpeg's ebur128 measures the mix.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { type MixPlan, parseMixPlan, renderMix } from '@tutti/music/mixing';
import { measureWithFfmpeg } from '../loudness/ffmpeg-loudness.ts';
import { onsetLag } from './onset-lag.ts';

/** Either side of a transition that its loudness is compared with. */
const SURROUNDINGS_SECONDS = 10;
/** Lags are tried up to half of a sixteenth note at 166 BPM: further away the next note of the grid begins. */
const LONGEST_LAG_SECONDS = 0.045;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [planPath, mixPath] = positionals;
if (!planPath || !mixPath) throw new Error('usage: check-mix.ts PLAN.json MIX.wav [--json]');

/** The mono sum of the plan rendered with only the tracks that `keep` names. */
async function renderOnly(plan: MixPlan, keep: (index: number) => boolean): Promise<Float32Array> {
  const muted = plan.tracks.map((track, index) => (keep(index) ? track : { ...track, level: [{ at: 0, gain: 0 }] }));
  const mono = new Float32Array(Math.round(plan.seconds * plan.sampleRate));
  let at = 0;
  const open = (index: number) => openAudio(plan.tracks[index]!.path);
  for await (const block of renderMix({ ...plan, tracks: muted }, open, new Kernels())) {
    const left = block.channel(0);
    const right = block.channel(1);
    for (let i = 0; i < block.frames; i++) mono[at + i] = 0.5 * (left[i]! + right[i]!);
    at += block.frames;
  }
  return mono;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function rmsDb(signal: Float32Array): number {
  const energy = signal.reduce((sum, value) => sum + value * value, 0) / Math.max(1, signal.length);
  return 10 * Math.log10(energy + 1e-12);
}

/** The largest second difference, a click's mark, in a stretch of signal. */
function roughness(signal: Float32Array): number {
  let most = 0;
  for (let i = 2; i < signal.length; i++)
    most = Math.max(most, Math.abs(signal[i]! - 2 * signal[i - 1]! + signal[i - 2]!));
  return most;
}

const plan = parseMixPlan(JSON.parse(readFileSync(planPath, 'utf8')));
const { sampleRate } = plan;
const even = await renderOnly(plan, (index) => index % 2 === 0);
const odd = await renderOnly(plan, (index) => index % 2 === 1);
const part = (signal: Float32Array, from: number, to: number) =>
  signal.subarray(Math.max(0, Math.round(from * sampleRate)), Math.round(to * sampleRate));
const loudness = await measureWithFfmpeg(mixPath);
const shortTerm = (from: number, to: number) =>
  loudness.shortTermLufs.slice(Math.max(0, Math.ceil(from * 10)), Math.max(0, Math.floor(to * 10)));

const transitions = plan.transitions.map(({ kind, start, end, from, to, bars }) => {
  const [outgoing, incoming] = from % 2 === 0 ? [even, odd] : [odd, even];
  const lag =
    kind === 'beat-matched'
      ? onsetLag(part(outgoing, start, end), part(incoming, start, end), sampleRate, LONGEST_LAG_SECONDS)
      : null;
  // A value covers the 3 s before it: the windows lie wholly before, within and behind the transition.
  const before = median(shortTerm(start - SURROUNDINGS_SECONDS, start));
  const after = median(shortTerm(end + 3, end + 3 + SURROUNDINGS_SECONDS));
  const within = shortTerm(start + 3, end).filter(Number.isFinite);
  const low = Math.min(before, after);
  const high = Math.max(before, after);
  const deviationLu = within.reduce((most, value) => Math.max(most, value - high, low - value), 0);
  return {
    kind,
    bars,
    start,
    end,
    titles: [plan.tracks[from]!.title, plan.tracks[to]!.title],
    lagMilliseconds: lag && lag.lagSeconds * 1000,
    lagContrast: lag?.contrast ?? null,
    before,
    after,
    deviationLu,
  };
});

const heard = plan.tracks.map((track, index) => {
  const aloneFrom = plan.transitions[index - 1]?.end ?? track.start;
  const aloneTo = plan.transitions[index]?.start ?? track.end;
  const solo = part(index % 2 === 0 ? even : odd, aloneFrom, aloneTo);
  return { title: track.title, aloneSeconds: aloneTo - aloneFrom, levelDb: rmsDb(solo) };
});

// A step shows where a track begins, ends or changes hands; the music elsewhere tells how rough it may sound.
const sum = even.map((value, i) => value + odd[i]!);
const joints = plan.tracks
  .flatMap(({ start, end }) => [start, end])
  .filter((at) => at > 0.1 && at < plan.seconds - 0.1);
const jointRoughness = Math.max(0, ...joints.map((at) => roughness(part(sum, at - 0.005, at + 0.005))));
const musicRoughness = roughness(sum);

const lags = transitions.flatMap(({ lagMilliseconds }) =>
  lagMilliseconds === null ? [] : [Math.abs(lagMilliseconds)],
);
const report = {
  seconds: plan.seconds,
  tracks: heard,
  transitions,
  medianLagMilliseconds: median(lags),
  worstLagMilliseconds: lags.length > 0 ? Math.max(...lags) : null,
  worstDeviationLu: Math.max(0, ...transitions.map(({ deviationLu }) => deviationLu)),
  jointRoughness,
  musicRoughness,
  integratedLufs: loudness.integratedLufs,
  truePeakDb: loudness.truePeakDb,
  ceilingDb: plan.master.ceilingDb,
};

if (values.json) console.log(JSON.stringify(report));
else {
  for (const { kind, bars, start, lagMilliseconds, lagContrast, before, after, deviationLu, titles } of transitions) {
    const lag =
      lagMilliseconds === null ? '' : `lag ${lagMilliseconds.toFixed(0)} ms (contrast ${lagContrast!.toFixed(1)})`;
    console.log(
      `${start.toFixed(1).padStart(7)} s  ${kind.padEnd(12)} ${String(bars ?? '').padStart(3)}  ${lag.padEnd(30)} ${before.toFixed(1)} -> ${after.toFixed(1)} LUFS, off by ${deviationLu.toFixed(1)} LU   ${titles.join(' > ')}`,
    );
  }
  for (const { title, aloneSeconds, levelDb } of heard) {
    console.log(`alone ${aloneSeconds.toFixed(1).padStart(6)} s at ${levelDb.toFixed(1)} dB RMS  ${title}`);
  }
  console.log(
    [
      `lag: median ${report.medianLagMilliseconds.toFixed(0)} ms, worst ${report.worstLagMilliseconds?.toFixed(0)} ms over ${lags.length} beat-matched transitions`,
      `loudness: at most ${report.worstDeviationLu.toFixed(1)} LU off its surroundings; ${report.integratedLufs} LUFS, true peak ${report.truePeakDb} dBTP (ceiling ${report.ceilingDb})`,
      `steps at joints: largest second difference ${jointRoughness.toFixed(4)}, in the music ${musicRoughness.toFixed(4)}`,
    ].join('\n'),
  );
}
