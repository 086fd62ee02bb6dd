import type { MixPlanTrack } from '../plan-schema.ts';
import { curveAt } from './effect-curve.ts';
import { type EffectOf, type MixEffect, organOf, RECORD_SECONDS } from './effect-schema.ts';

/** Moments that are the same but for the last digit of a decimal. */
const SAME_SECONDS = 1e-4;

/** Refuses a field of the track with what its value must be. */
export type Refuse = (field: string, value: unknown, rule: string) => never;

/** What the schema cannot say of a track's effects. */
export function checkEffects(track: MixPlanTrack, refuse: Refuse): void {
  track.effects.forEach((effect, index) => {
    const field = `effects[${index}]`;
    checkPlace(effect, track, field, refuse);
    for (const [name, curve] of Object.entries(effect)) {
      if (Array.isArray(curve)) checkRising(curve, `${field}.${name}`, refuse);
    }
    if (effect.kind === 'phaser') checkCorners(effect, field, refuse);
    if (effect.kind === 'backspin') checkRecord(effect, field, refuse);
    const other = track.effects.findIndex((before, i) => i < index && overlap(before, effect));
    if (other >= 0)
      refuse(
        `${field}.start`,
        effect.start,
        `must not be while effects[${other}] lasts, from ${track.effects[other]!.start} to ${track.effects[other]!.end}: a deck has one ${organOf(effect.kind)}`,
      );
  });
}

function overlap(a: MixEffect, b: MixEffect): boolean {
  if (organOf(a.kind) !== organOf(b.kind)) return false;
  return a.start < b.end - SAME_SECONDS && b.start < a.end - SAME_SECONDS;
}

function checkPlace({ start, end }: MixEffect, track: MixPlanTrack, field: string, refuse: Refuse): void {
  if (start < track.start - SAME_SECONDS || start > track.end)
    refuse(`${field}.start`, start, `must be between the track's start, ${track.start}, and its end, ${track.end}`);
  if (end <= start) refuse(`${field}.end`, end, `must be above its start, ${start}`);
  if (end > track.end + SAME_SECONDS) refuse(`${field}.end`, end, `must be at most the track's end, ${track.end}`);
}

function checkRising(points: readonly { readonly at: number }[], field: string, refuse: Refuse): void {
  points.forEach(({ at }, i) => {
    const before = points[i - 1];
    if (before && at <= before.at) refuse(`${field}[${i}].at`, at, `must be above ${before.at}, the point before it`);
  });
}

/** Both corners move in straight lines of octaves, so it is enough to look at their points. */
function checkCorners({ start, lowHz, highHz }: EffectOf<'phaser'>, field: string, refuse: Refuse): void {
  const moments = [lowHz, highHz].flatMap((curve) => (typeof curve === 'number' ? [] : curve.map(({ at }) => at)));
  for (const at of [start, ...moments]) {
    const low = curveAt(lowHz, at, 'octaves');
    const high = curveAt(highHz, at, 'octaves');
    if (low > high) refuse(`${field}.lowHz`, low, `must be at most the highHz at ${at} s, ${high}`);
  }
}

function checkRecord({ seconds, speed }: EffectOf<'backspin'>, field: string, refuse: Refuse): void {
  const most = RECORD_SECONDS / (1 + speed / 2);
  if (seconds > most) refuse(`${field}.seconds`, seconds, `must be at most ${most} at a speed of ${speed}`);
}
