// What became of one attack: the envelope around it, laid beside that of the reference.
import type { Signal } from '../../mastering/signal.ts';
import { attackEnvelope, STEP_SECONDS } from './envelope.ts';

/** Stretch of the envelope, to both sides of the attack, whose likeness tells where the attack went. */
const AROUND_SECONDS = 0.02;
/** How far an attack may have moved. */
const LARGEST_LAG_SECONDS = 0.03;
/** The attack itself; what comes right before it. */
const ATTACK_SECONDS: Span = [-0.002, 0.01];
const BEFORE_SECONDS: Span = [-0.02, -0.003];
/** Where an attack rises, and between which shares of its peak that is timed. */
const RISING_SECONDS: Span = [-0.02, 0.01];
const RISE_SHARES = [0.2, 0.8] as const;

type Span = readonly [from: number, to: number];

export interface AttackChange {
  /** By how much the attack comes too late. */
  readonly lagSeconds: number;
  /** 1 less the correlation of the envelopes where they agree best: 0 when the attack has kept its shape. */
  readonly shapeLoss: number;
  /** By how much longer its rise takes. */
  readonly riseSeconds: number;
  /** By how much its peak is lower, dB. */
  readonly peakLossDb: number;
  /** What energy there is before the attack beyond that of the reference, as a share of the attack's. */
  readonly preEcho: number;
}

/** @param referenceAt, outputAt seconds at which the attack begins in the one and ought to begin in the other */
export function attackChange(
  reference: Signal,
  referenceAt: number,
  output: Signal,
  outputAt: number,
): AttackChange | null {
  const before = attackEnvelope(reference, referenceAt - AROUND_SECONDS, 2 * AROUND_SECONDS);
  const reach = AROUND_SECONDS + LARGEST_LAG_SECONDS;
  const after = attackEnvelope(output, outputAt - reach, 2 * reach);
  const likeness = Array.from({ length: after.length - before.length + 1 }, (_, lag) =>
    correlation(before, after.subarray(lag, lag + before.length)),
  );
  const best = likeness.reduce((at, value, lag) => (value > likeness[at]! ? lag : at), 0);
  // Nothing like an attack in the reference.
  if (!(likeness[best]! > 0)) return null;
  const lagSeconds = (best + parabolaPeak(likeness, best)) * STEP_SECONDS - LARGEST_LAG_SECONDS;
  const found = after.subarray(best, best + before.length);
  const span = (envelope: Float64Array, [from, to]: Span) =>
    envelope.subarray(
      Math.round((AROUND_SECONDS + from) / STEP_SECONDS),
      Math.round((AROUND_SECONDS + to) / STEP_SECONDS),
    );
  const share = (envelope: Float64Array) =>
    energy(span(envelope, BEFORE_SECONDS)) / energy(span(envelope, ATTACK_SECONDS));
  return {
    lagSeconds,
    shapeLoss: Math.max(0, 1 - likeness[best]!),
    riseSeconds: riseSeconds(span(found, RISING_SECONDS)) - riseSeconds(span(before, RISING_SECONDS)),
    peakLossDb: 20 * Math.log10(Math.max(...span(before, ATTACK_SECONDS)) / Math.max(...span(found, ATTACK_SECONDS))),
    preEcho: Math.max(0, share(found) - share(before)),
  };
}

function energy(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    product += (a[i]! - meanA) * (b[i]! - meanB);
    squareA += (a[i]! - meanA) ** 2;
    squareB += (b[i]! - meanB) ** 2;
  }
  // Where nothing moves nothing is alike.
  return squareA * squareB > 0 ? product / Math.sqrt(squareA * squareB) : 0;
}

/** Where between its neighbours a peak lies, -0.5 to 0.5. */
function parabolaPeak(values: readonly number[], at: number): number {
  const [left, here, right] = [values[at - 1], values[at]!, values[at + 1]];
  if (left === undefined || right === undefined) return 0;
  const bend = left - 2 * here + right;
  return bend < 0 ? (0.5 * (left - right)) / bend : 0;
}

/** Time between the last crossings of two shares of the peak on the way up to it. */
function riseSeconds(envelope: Float64Array): number {
  const peak = envelope.indexOf(Math.max(...envelope));
  const crossing = (share: number) => {
    let at = peak;
    while (at > 0 && envelope[at - 1]! >= share * envelope[peak]!) at--;
    return at;
  };
  return (crossing(RISE_SHARES[1]) - crossing(RISE_SHARES[0])) * STEP_SECONDS;
}
