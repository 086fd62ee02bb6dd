// Measures a rendered mix afresh, by code and programs that share nothing with the planner:
//   node scripts/run.mjs conformance/mix/check-mix.ts PLAN.json MIX.wav [--analyses LINES.jsonl] [--json]
// The plan is rendered twice more with every other track muted, so that the two tracks of each transition stand apart;
// their onsets and their basses are compared in the time domain, and ffmpeg's ebur128 measures the mix. What an offset and a
// deviation are is defined where the report of a mix has it from, so that the two can be held against each other; what they are
// measured on is not shared: the report renders excerpts and has our own loudness meter. With the analyses of the files
// (tutti analyse --json) it says how far from phrases transitions begin and end. It ends with 1 when a figure is beyond what a
// mix is held to.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import {
  joinLoudness,
  type MixPlan,
  type MixTransition,
  onsetOffset,
  parseMixPlan,
  renderMix,
  sourceSecondsAt,
} from '@tutti/music/mixing';
import { readAnalyses } from '@tutti/workflows';
import { measureWithFfmpeg } from '../loudness/ffmpeg-loudness.ts';
import { bassTogetherDb, fullBass } from './bass-together.ts';
import { phraseMoments, phraseOffsetBeats } from './phrase-offset.ts';

/** A step's mark is looked for this close to where a track begins or ends, and compared with the music this far around. */
const STEP_SECONDS = 0.005;
const AROUND_STEP_SECONDS = 1;

/** Stretch beside a transition in which a track's own bass is heard. */
const BASS_ALONE_SECONDS = 10;
/** Nearer to a border of a phrase than this a moment is on it: less than the distance to the beats beside it. */
const ON_PHRASE_BEATS = 0.5;
/** What a mix is held to. Lags of the onsets in milliseconds, as median and at worst; windows of 3 s; a track that counts as heard. */
const HELD = {
  medianLag: 5,
  worstLag: 15,
  deviationLu: 1.5,
  bassTogetherDb: -1,
  heardDb: -45,
  truePeakDb: 0.05,
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, analyses: { type: 'string' } },
});
const [planPath, mixPath] = positionals;
if (!planPath || !mixPath) throw new Error('usage: check-mix.ts PLAN.json MIX.wav [--analyses LINES.jsonl] [--json]');

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
  signal.subarray(Math.max(0, Math.round(from * sampleRate)), Math.max(0, Math.round(to * sampleRate)));
const soloOf = (index: number) => (index % 2 === 0 ? even : odd);
const loudness = await measureWithFfmpeg(mixPath);

/** Milliseconds from the onsets of one track to those of the next, and whether there is a common rhythm to tell it by. */
function lagBetween({ from, to, start, end }: MixTransition): { milliseconds: number; clear: boolean } {
  const solos = [from, to].map((index) => part(soloOf(index), start, end)) as [Float32Array, Float32Array];
  return onsetOffset(...solos, sampleRate);
}

/** How full the basses of both tracks are at once; null for a cut, or where one of them has no bass. */
function bassOf({ kind, from, to, start, end }: MixTransition): number | null {
  if (kind === 'cut') return null;
  const alone = [
    part(soloOf(from), Math.max(start - BASS_ALONE_SECONDS, plan.tracks[from]!.start), start),
    part(soloOf(to), end, Math.min(end + BASS_ALONE_SECONDS, plan.tracks[to]!.end)),
  ] as const;
  const full = [fullBass(alone[0], sampleRate), fullBass(alone[1], sampleRate)] as const;
  if (full[0] === null || full[1] === null) return null;
  const sounds = [part(soloOf(from), start, end), part(soloOf(to), start, end)] as const;
  return bassTogetherDb(sounds, [full[0], full[1]], sampleRate);
}

const analyses = new Map(
  values.analyses === undefined
    ? []
    : (await readAnalyses(values.analyses, new Set(plan.tracks.map(({ audioHash }) => audioHash)))).map((line) => [
        line.audioHash,
        line,
      ]),
);

/** Beats between a moment of the mix and the nearest phrase of a track; null where that is not known. */
function phraseBeats(index: number, mixSeconds: number): number | null {
  const { audioHash, timeMap } = plan.tracks[index]!;
  const analysis = analyses.get(audioHash);
  return analysis ? phraseOffsetBeats(analysis, sourceSecondsAt(timeMap, mixSeconds)) : null;
}

const transitions = plan.transitions.map((transition) => {
  const { kind, technique, start, end, from, to, bars } = transition;
  const moments = phraseMoments(plan, transition);
  return {
    kind,
    technique,
    bassTogetherDb: bassOf(transition),
    phraseBeats: { out: phraseBeats(from, moments.out), incoming: phraseBeats(to, moments.incoming) },
    bars,
    start,
    end,
    titles: [plan.tracks[from]!.title, plan.tracks[to]!.title],
    lag: kind === 'beat-matched' ? lagBetween(transition) : null,
    ...joinLoudness({ values: loudness.shortTermLufs, firstEndSeconds: 0.1 }, start, end),
  };
});

const heard = plan.tracks.map((track, index) => {
  const aloneFrom = plan.transitions[index - 1]?.end ?? track.start;
  const aloneTo = plan.transitions[index]?.start ?? track.end;
  const levelDb = rmsDb(part(soloOf(index), aloneFrom, aloneTo));
  return { title: track.title, aloneSeconds: aloneTo - aloneFrom, levelDb };
});

// A step shows where a track begins or ends; the music around it tells how rough it may sound.
const sum = even.map((value, i) => value + odd[i]!);
const stepRatios = plan.tracks
  .flatMap(({ start, end }) => [start, end])
  .filter((at) => at > AROUND_STEP_SECONDS && at < plan.seconds - AROUND_STEP_SECONDS)
  .map((at) => {
    const around = Math.max(
      roughness(part(sum, at - AROUND_STEP_SECONDS, at - STEP_SECONDS)),
      roughness(part(sum, at + STEP_SECONDS, at + AROUND_STEP_SECONDS)),
    );
    return roughness(part(sum, at - STEP_SECONDS, at + STEP_SECONDS)) / Math.max(1e-6, around);
  });

const matched = transitions.filter(({ kind }) => kind === 'beat-matched');
const lags = matched.flatMap(({ lag }) => (lag?.clear ? [Math.abs(lag.milliseconds)] : []));
const deviations = transitions.flatMap(({ deviationLu }) => (deviationLu === null ? [] : [Math.abs(deviationLu)]));
/** The upper one of two in the middle. */
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const figure = (value: number | null) => (value === null ? 'none' : value.toFixed(1));
const bassesTogether = transitions.flatMap(({ bassTogetherDb }) => (bassTogetherDb === null ? [] : [bassTogetherDb]));
const phrases = (['out', 'incoming'] as const).map((side) => {
  const known = transitions.flatMap(({ phraseBeats }) => phraseBeats[side] ?? []);
  return { known: known.length, on: known.filter((beats) => Math.abs(beats) <= ON_PHRASE_BEATS).length };
});
const most = (numbers: readonly number[]) => numbers.reduce((largest, value) => Math.max(largest, value), 0);
const report = {
  seconds: plan.seconds,
  tracks: heard,
  transitions,
  matched: matched.length,
  clear: lags.length,
  medianLagMilliseconds: median(lags),
  worstLagMilliseconds: most(lags),
  medianDeviationLu: median(deviations),
  worstDeviationLu: most(deviations),
  roughestStep: most(stepRatios),
  fullestBassesDb: bassesTogether.length === 0 ? null : Math.max(...bassesTogether),
  quietestTrackDb: Math.min(...heard.map(({ levelDb }) => levelDb)),
  phrases: { endsOnOut: phrases[0]!, beginsOnIncoming: phrases[1]! },
  integratedLufs: loudness.integratedLufs,
  truePeakDb: loudness.truePeakDb,
  ceilingDb: plan.master.ceilingDb,
};

const complaints = [
  report.medianLagMilliseconds > HELD.medianLag && `lags: median over ${HELD.medianLag} ms`,
  report.worstLagMilliseconds > HELD.worstLag && `lags: worst over ${HELD.worstLag} ms`,
  report.worstDeviationLu > HELD.deviationLu && `loudness: off by more than ${HELD.deviationLu} LU at a join`,
  (report.fullestBassesDb ?? Number.NEGATIVE_INFINITY) > HELD.bassTogetherDb && 'two basses at full',
  report.quietestTrackDb < HELD.heardDb && `a track is under ${HELD.heardDb} dB RMS where it is alone`,
  report.truePeakDb > report.ceilingDb + HELD.truePeakDb && 'true peak over the ceiling',
].filter((complaint) => complaint !== false);
if (complaints.length > 0) process.exitCode = 1;

if (values.json) console.log(JSON.stringify({ ...report, complaints }));
else {
  for (const transition of transitions) {
    const { technique, bars, start, lag, beforeLufs, afterLufs, deviationLu, titles, bassTogetherDb } = transition;
    const bass = bassTogetherDb === null ? '' : `bass ${bassTogetherDb.toFixed(1)} dB`;
    const shown = lag ? `${lag.milliseconds.toFixed(0)} ms${lag.clear ? '' : '?'}` : '';
    console.log(
      `${start.toFixed(1).padStart(7)} s  ${technique.padEnd(12)} ${String(bars ?? '').padStart(3)}  ${shown.padEnd(7)}  ${bass.padEnd(12)}  ${figure(beforeLufs)} -> ${figure(afterLufs)} LUFS, off by ${figure(deviationLu).padStart(4)} LU   ${titles.join(' > ')}`,
    );
  }
  for (const { title, aloneSeconds, levelDb } of heard) {
    console.log(`alone ${aloneSeconds.toFixed(1).padStart(6)} s at ${levelDb.toFixed(1)} dB RMS  ${title}`);
  }
  console.log(
    [
      `lag: median ${report.medianLagMilliseconds.toFixed(0)} ms, worst ${report.worstLagMilliseconds.toFixed(0)} ms; clear in ${lags.length} of ${matched.length} beat-matched transitions`,
      `loudness: off its surroundings by ${report.medianDeviationLu.toFixed(1)} LU (median), ${report.worstDeviationLu.toFixed(1)} LU (worst); ${report.integratedLufs} LUFS, true peak ${report.truePeakDb} dBTP (ceiling ${report.ceilingDb})`,
      `bass: both tracks' at once at most at ${report.fullestBassesDb?.toFixed(1) ?? '-'} dB of their full (${bassesTogether.length} transitions have two)`,
      `heard: the quietest track has ${report.quietestTrackDb.toFixed(1)} dB RMS where it is alone`,
      `phrases: ${phrases[1]!.on} of ${phrases[1]!.known} begin on one of the incoming track, ${phrases[0]!.on} of ${phrases[0]!.known} end on one of the outgoing track`,
      `steps: where tracks begin and end the signal bends at most ${report.roughestStep.toFixed(2)} times as sharply as within ${AROUND_STEP_SECONDS} s around`,
      ...complaints.map((complaint) => `BEYOND WHAT A MIX IS HELD TO: ${complaint}`),
    ].join('\n'),
  );
}
