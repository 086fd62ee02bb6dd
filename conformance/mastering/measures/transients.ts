// What a process does to attacks. Onsets are found in the input, in the time domain; levels are read at the same places
// of the output.
import { onsetEnvelope } from '@tutti/music/mixing';
import { monoOf, type Signal, signalFrames } from '../signal.ts';

const STEP_SECONDS = 0.001;
/** An onset is the strongest within this. */
const APART_SECONDS = 0.06;
/** Of the strongest onsets: weaker ones are left out. */
const STRONG_SHARE = 0.3;
/** The attack, from its onset on; the body behind it; what was there right before, and earlier. */
const ATTACK_SECONDS: Span = [-0.003, 0.012];
const BODY_SECONDS: Span = [0.012, 0.15];
const BEFORE_SECONDS: Span = [-0.03, -0.006];
const EARLIER_SECONDS: Span = [-0.1, -0.04];
/** What is further than this under an attack is not heard beside it. */
const HEARD_DB = 60;

type Span = readonly [from: number, to: number];

export interface TransientChange {
  readonly onsets: number;
  /** Median, over the onsets, by how much the peak of the attack fell against the song's loudness, dB. */
  readonly peakLossDb: number;
  /** The same beyond what the ceiling makes necessary: 0 where peaks that fit under it were left alone. */
  readonly needlessLossDb: number;
  /** Median by how much the level of the attack fell against the body behind it, dB. */
  readonly contrastLossDb: number;
  /** Mean by how much more what comes right before an attack rose than what was earlier, dB: pre-echo. */
  readonly preEchoDb: number;
}

/** Seconds of the onsets of a signal that stand out. */
export function onsetTimes(signal: Signal): number[] {
  const envelope = onsetEnvelope(monoOf(signal), signal.sampleRate);
  const apart = Math.round(APART_SECONDS / STEP_SECONDS);
  const peaks: number[] = [];
  for (let k = 0; k < envelope.length; k++) {
    const around = envelope.subarray(Math.max(0, k - apart), k + apart + 1);
    const earlier = envelope.subarray(Math.max(0, k - apart), k);
    if (envelope[k]! > 0 && envelope[k] === Math.max(...around) && !earlier.includes(envelope[k]!)) peaks.push(k);
  }
  const strengths = peaks.map((k) => envelope[k]!).sort((a, b) => b - a);
  // The strongest but for a twentieth, so that one crash does not hide the rest.
  const strong = (strengths[Math.floor(strengths.length / 20)] ?? 0) * STRONG_SHARE;
  return peaks.filter((k) => envelope[k]! >= strong).map((k) => k * STEP_SECONDS);
}

function peakOf({ channels, sampleRate }: Signal, at: number, [from, to]: Span): number {
  let peak = 0;
  for (const samples of channels) {
    for (let i = Math.round((at + from) * sampleRate); i < (at + to) * sampleRate; i++) {
      peak = Math.max(peak, Math.abs(samples[i]!));
    }
  }
  return peak;
}

function levelOf({ channels, sampleRate }: Signal, at: number, [from, to]: Span): number {
  let power = 0;
  let count = 0;
  for (const samples of channels) {
    for (let i = Math.round((at + from) * sampleRate); i < (at + to) * sampleRate; i++, count++)
      power += samples[i]! ** 2;
  }
  return Math.sqrt(power / Math.max(1, count));
}

const ratioDb = (a: number, b: number) => 20 * Math.log10(a / b);

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/**
 * @param output as long as `input`, and in time with it
 * @param gainDb integrated loudness of the output less that of the input
 * @param ceilingDb that the output had to keep under
 */
export function transientChange(input: Signal, output: Signal, gainDb: number, ceilingDb: number): TransientChange {
  const { sampleRate } = input;
  const end = signalFrames(input) / sampleRate - BODY_SECONDS[1];
  const times = onsetTimes(input).filter((at) => at > -EARLIER_SECONDS[0] && at < end);
  const losses = times.map((at) => {
    const peak = peakOf(input, at, ATTACK_SECONDS);
    const loss = ratioDb(peak, peakOf(output, at, ATTACK_SECONDS)) + gainDb;
    const needed = Math.max(0, 20 * Math.log10(peak) + gainDb - ceilingDb);
    const [attackIn, attackOut] = [levelOf(input, at, ATTACK_SECONDS), levelOf(output, at, ATTACK_SECONDS)];
    const bodies = ratioDb(levelOf(output, at, BODY_SECONDS), levelOf(input, at, BODY_SECONDS));
    const floor = 10 ** (-HEARD_DB / 20);
    // Beside the attack that follows it.
    const rise = (span: Span) =>
      ratioDb(
        Math.max(floor, levelOf(output, at, span) / attackOut),
        Math.max(floor, levelOf(input, at, span) / attackIn),
      );
    return {
      loss,
      needless: Math.max(0, loss - needed),
      contrast: bodies - ratioDb(attackOut, attackIn),
      preEcho: Math.max(0, rise(BEFORE_SECONDS) - rise(EARLIER_SECONDS)),
    };
  });
  return {
    onsets: times.length,
    peakLossDb: medianOf(losses.map(({ loss }) => loss)),
    needlessLossDb: medianOf(losses.map(({ needless }) => needless)),
    contrastLossDb: medianOf(losses.map(({ contrast }) => contrast)),
    preEchoDb: losses.reduce((sum, { preEcho }) => sum + preEcho / losses.length, 0),
  };
}
